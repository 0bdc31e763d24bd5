package machine

import (
	"os"

	"golang.org/x/sys/unix"
)

// openFiles returns how many file descriptors the process has open, and how many it may have.
func openFiles() (n, limit int) {
	if folder, err := os.Open("/proc/self/fd"); err == nil {
		names, _ := folder.Readdirnames(-1) // what could be read counts
		folder.Close()
		n = max(0, len(names)-1) // without the folder's own
	}
	var most unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_NOFILE, &most) == nil {
		limit = int(min(most.Cur, 1<<31-1))
	}
	return n, limit
}
