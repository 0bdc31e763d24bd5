//go:build linux || darwin

package machine

import (
	"golang.org/x/sys/unix"

	"github.com/kairan-news/kairan/internal/flow"
)

// disk returns how a folder's file system is, and a number that tells it from others.
func disk(folder string) (d flow.Disk, device uint64, err error) {
	var system unix.Statfs_t
	if err := unix.Statfs(folder, &system); err != nil {
		return d, 0, err
	}
	var info unix.Stat_t
	if err := unix.Stat(folder, &info); err != nil {
		return d, 0, err
	}
	block := int64(system.Bsize)
	return flow.Disk{
		Size: int64(system.Blocks) * block, Free: int64(system.Bavail) * block,
		Inodes: int64(system.Files), InodesFree: int64(system.Ffree),
	}, uint64(info.Dev), nil
}
