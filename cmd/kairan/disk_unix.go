//go:build unix

package main

import "golang.org/x/sys/unix"

// freeSpace returns how many bytes this user may still write to a folder's disk.
func freeSpace(folder string) (int64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(folder, &s); err != nil {
		return 0, err
	}
	return int64(s.Bavail) * int64(s.Bsize), nil
}
