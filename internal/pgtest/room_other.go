//go:build !linux

package pgtest

// freeBytes is 0: there is no file system in memory that is known to be there.
func freeBytes(string) uint64 { return 0 }
