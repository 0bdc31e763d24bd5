package pgtest

import "golang.org/x/sys/unix"

// freeBytes is how much room there is where a path leads; 0 where that can't be told.
func freeBytes(path string) uint64 {
	var stat unix.Statfs_t
	if err := unix.Statfs(path, &stat); err != nil {
		return 0
	}
	return stat.Bavail * uint64(stat.Bsize)
}
