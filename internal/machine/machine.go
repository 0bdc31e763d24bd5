package machine

import (
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"sync"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// Folder is a place that the program writes to.
type Folder struct {
	// Path need not exist: the nearest folder above it that does is looked at.
	Path string
	// For says what is there, such as "database"; see [flow.Disk].
	For string
}

// Machine looks at the machine, again and again. It is safe for concurrent use.
type Machine struct {
	// Folders are those whose disks are looked at. Of several on one disk the first speaks
	// for it.
	Folders []Folder
	// MemoryLimit is what [LimitMemory] has found, in bytes; 0 where there is none.
	MemoryLimit int64

	mu      sync.Mutex
	filling map[string]*filling // by path
	last    time.Time           // the last look, with its monotonic clock
	step    time.Duration
	stepped time.Time
}

// Look returns what is seen now. Its time must be the system's, with its monotonic clock, or
// no step of the clock is seen.
func (m *Machine) Look(now time.Time) flow.Facts {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.watchClock(now)
	files, limit := openFiles()
	return flow.Facts{
		Disks:     m.disks(now),
		ClockStep: m.step, ClockSteppedAt: m.stepped,
		Memory: inUse(), MemoryLimit: m.MemoryLimit,
		Files: files, FilesLimit: limit,
		Goroutines: runtime.NumGoroutine(),
	}
}

// leastStep is by how much a clock must be set between two looks to count: what keeps clocks
// right (NTP) turns them slowly, and sets them where they are further off.
const leastStep = time.Second

// watchClock compares how far the clock on the wall has come since the last look with the
// monotonic one.
func (m *Machine) watchClock(now time.Time) {
	last := m.last
	m.last = now
	if last.IsZero() {
		return
	}
	if step := stepOf(now.Round(0).Sub(last.Round(0)), now.Sub(last)); step != 0 {
		m.step, m.stepped = step, now.Round(0)
	}
}

// stepOf returns by how much the clock on the wall was set while both came so far.
func stepOf(wall, monotonic time.Duration) time.Duration {
	if step := wall - monotonic; step.Abs() >= leastStep {
		return step
	}
	return 0
}

func (m *Machine) disks(now time.Time) []flow.Disk {
	var all []flow.Disk
	seen := map[uint64]bool{}
	for _, folder := range m.Folders {
		d, device, ok := nearest(folder.Path)
		if !ok || seen[device] {
			continue
		}
		seen[device] = true
		d.Path, d.For = folder.Path, folder.For
		if m.filling == nil {
			m.filling = map[string]*filling{}
		}
		if m.filling[folder.Path] == nil {
			m.filling[folder.Path] = &filling{}
		}
		d.Filling = m.filling[folder.Path].rate(now, d.Free)
		all = append(all, d)
	}
	return all
}

// nearest looks at the disk of a path, or of what is above it where that is not there yet.
func nearest(path string) (d flow.Disk, device uint64, ok bool) {
	path, err := filepath.Abs(path)
	if err != nil {
		return d, 0, false
	}
	for {
		if d, device, err = disk(path); err == nil {
			return d, device, true
		}
		above := filepath.Dir(path)
		if above == path {
			return d, 0, false
		}
		path = above
	}
}

// How fast a disk fills is told by what it lost within fillingWindow, in steps of fillingStep,
// and not before it was watched for fillingLeast.
const (
	fillingWindow = 6 * time.Hour
	fillingStep   = 5 * time.Minute
	fillingLeast  = 30 * time.Minute
)

// filling remembers how much of a disk was free.
type filling struct{ samples []sample }

type sample struct {
	at   time.Time
	free int64
}

// rate takes in how much is free, and returns how many bytes a day were lost lately; 0 for
// none, or where that is not known.
func (f *filling) rate(now time.Time, free int64) int64 {
	for len(f.samples) > 0 && now.Sub(f.samples[0].at) > fillingWindow {
		f.samples = f.samples[1:]
	}
	if n := len(f.samples); n == 0 || now.Sub(f.samples[n-1].at) >= fillingStep {
		f.samples = append(f.samples, sample{now, free})
	}
	first := f.samples[0]
	took := now.Sub(first.at)
	if took < fillingLeast || free >= first.free {
		return 0
	}
	return int64(float64(first.free-free) / took.Hours() * 24)
}

// inUse returns the memory that the runtime has of the system, in bytes, as its limit counts
// it.
func inUse() int64 {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(samples)
	return int64(samples[0].Value.Uint64() - samples[1].Value.Uint64())
}
