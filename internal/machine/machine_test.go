package machine

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"testing/fstest"
	"time"
)

func TestADiskIsLookedAtOnceAndBeforeItsFolderIsThere(t *testing.T) {
	if runtime.GOOS != "linux" && runtime.GOOS != "darwin" {
		t.Skip("this system does not tell")
	}
	folder := t.TempDir()
	m := Machine{Folders: []Folder{{filepath.Join(folder, "not", "there", "yet"), "database"}, {folder, "temporary files"}}}
	facts := m.Look(time.Now())
	if len(facts.Disks) != 1 || facts.Disks[0].For != "database" {
		t.Fatalf("two folders of one disk are told as %+v", facts.Disks)
	}
	if d := facts.Disks[0]; d.Size <= 0 || d.Free <= 0 || d.Free > d.Size {
		t.Errorf("the disk is %+v", d)
	}
	if facts.Memory <= 0 || facts.Goroutines <= 0 {
		t.Errorf("of itself it tells %+v", facts)
	}
}

func TestOpenFilesAreCounted(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("this system does not tell")
	}
	before, limit := openFiles()
	for range 3 {
		f, err := os.Open(os.DevNull)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
	}
	if after, _ := openFiles(); after != before+3 || limit < after {
		t.Errorf("with three more there are %d of %d, there were %d", after, limit, before)
	}
}

func TestAStepOfTheClock(t *testing.T) {
	var m Machine
	start := time.Now()
	m.watchClock(start)
	m.watchClock(start.Add(10 * time.Second)) // both clocks go on
	if m.step != 0 || !m.stepped.IsZero() {
		t.Fatalf("a clock that goes on has stepped by %s", m.step)
	}
	for _, c := range []struct {
		name      string
		wall      time.Duration // how far it has come
		monotonic time.Duration
		step      time.Duration
	}{
		{"forth", time.Hour, 10 * time.Second, time.Hour - 10*time.Second},
		{"back", -time.Hour, 10 * time.Second, -time.Hour - 10*time.Second},
		{"turned slowly", 10*time.Second + 5*time.Millisecond, 10 * time.Second, 0},
	} {
		if got := stepOf(c.wall, c.monotonic); got != c.step {
			t.Errorf("%s: a step of %s, want %s", c.name, got, c.step)
		}
	}
}

func TestHowFastADiskFills(t *testing.T) {
	start := time.Unix(1e9, 0)
	for _, c := range []struct {
		name string
		lost func(at time.Duration) int64
		for_ time.Duration
		want int64
	}{
		{"steadily", func(at time.Duration) int64 { return int64(at / time.Second) }, 3 * time.Hour, 86400},
		{"not at all", func(time.Duration) int64 { return 0 }, 3 * time.Hour, 0},
		{"it was cleaned", func(at time.Duration) int64 { return -int64(at / time.Second) }, 3 * time.Hour, 0},
		{"it is too early to tell", func(at time.Duration) int64 { return int64(at / time.Second) }, 20 * time.Minute, 0},
		{"what was long ago is forgotten", func(at time.Duration) int64 { return min(int64(at/time.Second), 3600) }, 12 * time.Hour, 0},
	} {
		var f filling
		var got int64
		for at := time.Duration(0); at <= c.for_; at += 10 * time.Second {
			got = f.rate(start.Add(at), 1e12-c.lost(at))
		}
		if got != c.want {
			t.Errorf("%s: %d bytes a day, want %d", c.name, got, c.want)
		}
		if most := int(fillingWindow/fillingStep) + 1; len(f.samples) > most {
			t.Errorf("%s: %d samples are kept", c.name, len(f.samples))
		}
	}
}

func TestMemoryOfAContainer(t *testing.T) {
	file := func(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }
	for _, c := range []struct {
		name string
		root fstest.MapFS
		want int64
	}{
		{"no groups", fstest.MapFS{}, 0},
		{"version 2, its own folder is the root", fstest.MapFS{"proc/self/cgroup": file("0::/\n"), "sys/fs/cgroup/memory.max": file("268435456\n")}, 256 << 20},
		{"version 2, named as outside", fstest.MapFS{"proc/self/cgroup": file("0::/kubepods/pod7/abc\n"), "sys/fs/cgroup/memory.max": file("268435456\n")}, 256 << 20},
		{"the folder above allows less", fstest.MapFS{
			"proc/self/cgroup": file("0::/system.slice/kairan.service\n"), "sys/fs/cgroup/system.slice/memory.max": file("1000\n"),
			"sys/fs/cgroup/system.slice/kairan.service/memory.max": file("2000\n"),
		}, 1000},
		{"version 2 without a limit", fstest.MapFS{"proc/self/cgroup": file("0::/a\n"), "sys/fs/cgroup/a/memory.max": file("max\n")}, 0},
		{"version 1", fstest.MapFS{
			"proc/self/cgroup": file("9:cpu,cpuacct:/x\n4:memory:/docker/abc\n"), "sys/fs/cgroup/memory/memory.limit_in_bytes": file("536870912\n"),
		}, 512 << 20},
		{"version 1 without a limit", fstest.MapFS{
			"proc/self/cgroup": file("4:memory:/x\n"), "sys/fs/cgroup/memory/x/memory.limit_in_bytes": file("9223372036854771712\n"),
		}, 0},
		{"rubbish", fstest.MapFS{"proc/self/cgroup": file("memory\n::\n"), "sys/fs/cgroup/memory.max": file("?\n")}, 0},
	} {
		if got := containerMemory(c.root); got != c.want {
			t.Errorf("%s: %d bytes, want %d", c.name, got, c.want)
		}
	}
}
