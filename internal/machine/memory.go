package machine

import (
	"io/fs"
	"math"
	"path"
	"runtime/debug"
	"strconv"
	"strings"
)

// headroom is how much of a container's memory is left to what the runtime does not count, in
// per cent: SQLite's, stacks of threads, the program itself.
const headroom = 15

// LimitMemory bounds the memory of the runtime by that of the container, where nobody did by
// GOMEMLIMIT, and returns the bound, in bytes; 0 where there is none. It tells whether it has
// set it. Root is the system's root, for its files about control groups.
//
// A process that has no bound lets garbage gather until the system kills it.
func LimitMemory(root fs.FS) (limit int64, set bool) {
	if limit := debug.SetMemoryLimit(-1); limit < math.MaxInt64 {
		return limit, false
	}
	container := containerMemory(root)
	if container == 0 {
		return 0, false
	}
	limit = container / 100 * (100 - headroom)
	debug.SetMemoryLimit(limit)
	return limit, true
}

// containerMemory returns how much memory the control groups of this process leave it, in
// bytes; 0 for as much as there is. See cgroups(7), and memory.max in
// https://docs.kernel.org/admin-guide/cgroup-v2.html.
func containerMemory(root fs.FS) (least int64) {
	groups, err := fs.ReadFile(root, "proc/self/cgroup")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(groups)) {
		_, rest, _ := strings.Cut(strings.TrimSpace(line), ":")
		controllers, group, ok := strings.Cut(rest, ":")
		if !ok {
			continue
		}
		switch {
		case controllers == "":
			least = lesser(least, upwards(root, "sys/fs/cgroup", group, "memory.max"))
		case controllers == "memory":
			least = lesser(least, upwards(root, "sys/fs/cgroup/memory", group, "memory.limit_in_bytes"))
		}
	}
	return least
}

// upwards returns the least limit of a group and of those that it is in. Inside of a container
// the group may be named as it is outside, where there is no such folder; the folder of all is
// the container's own then.
func upwards(root fs.FS, all, group, file string) (least int64) {
	for group = path.Clean("/" + group); ; group = path.Dir(group) {
		if text, err := fs.ReadFile(root, path.Join(all, group, file)); err == nil {
			least = lesser(least, bytesOf(string(text)))
		}
		if group == "/" {
			return least
		}
	}
}

// unlimited is what version 1 says where there is no limit, at least: the largest multiple of
// a page.
const unlimited = math.MaxInt64 >> 20 << 20

func bytesOf(text string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil || n >= unlimited { // "max"
		return 0
	}
	return n
}

// lesser returns the lesser limit; 0 is none.
func lesser(a, b int64) int64 {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}
