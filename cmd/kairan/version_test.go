package main

import (
	"io/fs"
	"testing"
	"testing/fstest"
	"time"
)

// What was made by one program is made anew by another, also where both have no version
// but "devel", as in a container.
func TestBuildsAreToldApart(t *testing.T) {
	program := func(size int, built time.Time) fs.FileInfo {
		info, err := fs.Stat(fstest.MapFS{"kairan": {Data: make([]byte, size), ModTime: built}}, "kairan")
		if err != nil {
			t.Fatal(err)
		}
		return info
	}
	noon := time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)
	first, larger, later := program(9, noon), program(10, noon), program(9, noon.Add(time.Second))
	for version, told := range map[string]bool{"devel": true, "v1.2.0+dirty": true, "v1.2.0": false, "devel-6cdf747b1c29": false} {
		for _, other := range []fs.FileInfo{larger, later} {
			if apart := build(version, first) != build(version, other); apart != told {
				t.Errorf("two builds of %s are told apart: %v; want %v", version, apart, told)
			}
		}
		if build(version, first) != build(version, program(9, noon)) {
			t.Errorf("one build of %s is taken for two", version)
		}
	}
}
