package main

import (
	"io/fs"
	"runtime/debug"
	"slices"
	"testing"
	"testing/fstest"
	"time"
)

func TestAVersionNamesTheBuild(t *testing.T) {
	commit := []debug.BuildSetting{{Key: "vcs", Value: "git"}, {Key: "vcs.revision", Value: "6cdf747b1c29aa04d1"}, {Key: "vcs.modified", Value: "false"}}
	changed := append(slices.Clone(commit[:2]), debug.BuildSetting{Key: "vcs.modified", Value: "true"})
	for _, tt := range []struct {
		remark, stamp, module string
		settings              []debug.BuildSetting
		want                  string
	}{
		{"what was given goes before all else", "v1.2.0-4-g6cdf747", "v1.2.0", commit, "v1.2.0-4-g6cdf747"},
		{"installed by go install", "", "v1.2.0", nil, "v1.2.0"},
		{"built where there is a history", "", "v0.0.0-20261129081500-6cdf747b1c29+dirty", changed, "v0.0.0-20261129081500-6cdf747b1c29+dirty"},
		{"the commit alone", "", "(devel)", commit, "devel-6cdf747b1c29"},
		{"changed files", "", "(devel)", changed, "devel-6cdf747b1c29+dirty"},
		{"nothing is known", "", "(devel)", nil, "devel"},
		{"not even a module", "", "", nil, "devel"},
	} {
		info := &debug.BuildInfo{Main: debug.Module{Version: tt.module}, Settings: tt.settings}
		if got := versionOf(tt.stamp, info); got != tt.want {
			t.Errorf("%s: %s; want %s", tt.remark, got, tt.want)
		}
	}
}

// What was made by one program is made anew by another, also where both have no version
// but "devel", as where it was built from files alone.
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
	for version, told := range map[string]bool{"devel": true, "v1.2.0+dirty": true, "6cdf747-dirty": true, "v1.2.0": false, "devel-6cdf747b1c29": false} {
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
