//go:build linux

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"text/tabwriter"
	"time"
)

// What happens in a soak beside the load.
const (
	sampleEvery = 5 * time.Second
	reloadEvery = 20 * time.Second
	killEvery   = 30 * time.Second // a second process that works is killed, and started again
)

// measure is what is watched, and how much of it may be more in the last third of the time than
// in the second: a share of it, and beside that a number.
type measure struct {
	name, unit string
	scale      float64
	share, and float64
}

var measures = []measure{
	{"memory (RSS)", "MB", 1e6, 0.10, 15e6},
	{"heap in use", "MB", 1e6, 0.10, 10e6},
	{"goroutines", "", 1, 0.10, 20},
	{"file descriptors", "", 1, 0.10, 20},
	{"write-ahead log", "MB", 1e6, 0.10, 16e6},
	{"database", "MB", 1e6, 0, 0}, // by what was brought; see allowed
}

// What a notice and a visit may add to the database, in bytes.
const (
	bytesPerNotice = 12_000
	bytesPerVisit  = 600
)

// sample is what was seen at a moment, in the order of [measures].
type sample struct {
	at     time.Duration
	values []float64
}

// soak has a program work for so long, and fails if what it takes grows.
func (b *bench) soak(ctx context.Context, lasts time.Duration) error {
	p, f, end, err := b.steady(ctx)
	if err != nil {
		return err
	}
	defer end()
	progress("under load for %v", lasts)
	l := newLoad(p, f)
	soaking, cancel := context.WithTimeout(ctx, lasts)
	defer cancel()
	var beside sync.WaitGroup
	beside.Go(func() { l.run(soaking) })
	beside.Go(func() { p.reloads(soaking) })
	var killing error
	beside.Go(func() { killing = b.kills(soaking) })
	samples, err := b.samples(soaking, p)
	cancel()
	beside.Wait()
	if err := errors.Join(err, killing); err != nil {
		return err
	}
	l.report(&b.rows)
	notices := b.sources / 10 * int(f.further.Load())
	visits := b.sources * int(lasts/time.Minute+1)
	return judge(samples, allowed(notices, visits))
}

// allowed is by how much the database may grow between the second and the last third.
func allowed(notices, visits int) float64 {
	return (float64(notices)*bytesPerNotice + float64(visits)*bytesPerVisit) / 2
}

// reloads has the program read its configuration again.
func (p *process) reloads(ctx context.Context) {
	tick := time.NewTicker(reloadEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			_ = p.cmd.Process.Signal(syscall.SIGHUP) // where it has ended, sampling says so
		}
	}
}

// kills starts a second process that works on the same data, kills it, and starts another.
func (b *bench) kills(ctx context.Context) error {
	for ctx.Err() == nil {
		life, cancel := context.WithTimeout(ctx, killEvery)
		work := exec.CommandContext(life, b.program, "work", "--config", b.configFile(), "--data", b.dataFolder(), "--admin", "127.0.0.1:0", "--log-level", "error")
		work.Stderr = os.Stderr
		err := work.Run() // which the context's end kills
		ended := life.Err() == nil
		cancel()
		if ended {
			return fmt.Errorf("a second process that works has ended by itself: %w", err)
		}
	}
	return nil
}

// samples looks at the program until the context ends.
func (b *bench) samples(ctx context.Context, p *process) (all []sample, err error) {
	began := time.Now()
	tick := time.NewTicker(sampleEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return all, nil
		case <-p.ended:
			return all, errors.New("the program has ended")
		case <-tick.C:
		}
		values, err := b.sample(ctx, p)
		if ctx.Err() != nil {
			return all, nil
		}
		if err != nil {
			return all, err
		}
		all = append(all, sample{time.Since(began), values})
	}
}

func (b *bench) sample(ctx context.Context, p *process) ([]float64, error) {
	memory, err := p.resident(false)
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.admin+"/metrics", nil)
	if err != nil {
		return nil, err
	}
	answer, err := p.client.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	values := []float64{float64(memory)}
	for _, name := range []string{"go_memstats_heap_inuse_bytes", "go_goroutines", "process_open_fds"} {
		v, err := metric(string(text), name)
		if err != nil {
			return nil, err
		}
		values = append(values, v)
	}
	for _, name := range []string{"kairan.db-wal", "kairan.db"} {
		info, err := os.Stat(filepath.Join(b.dataFolder(), name))
		if err != nil {
			return nil, err
		}
		values = append(values, float64(info.Size()))
	}
	return values, nil
}

// metric finds a metric without labels.
func metric(text, name string) (float64, error) {
	for line := range strings.Lines(text) {
		if value, ok := strings.CutPrefix(line, name+" "); ok {
			return strconv.ParseFloat(strings.TrimSpace(value), 64)
		}
	}
	return 0, fmt.Errorf("the metrics have no %s", name)
}

// judge prints what was seen, and fails where the last third has more than the second allows.
// The first third is for warming up.
func judge(samples []sample, database float64) error {
	third := len(samples) / 3
	if third < 3 {
		return errors.New("too short to tell: give at least a minute")
	}
	t := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "what\tsecond third\tlast third\tmay be\tin time")
	var grown []error
	for n, m := range measures {
		var values []float64
		for _, s := range samples {
			values = append(values, s.values[n])
		}
		middle, last := median(values[third:2*third]), median(values[2*third:])
		most := middle*(1+m.share) + m.and
		if m.name == "database" {
			most = middle + database
		}
		fmt.Fprintf(t, "%s\t%.1f %s\t%.1f\t%.1f\t%s\n", m.name, middle/m.scale, m.unit, last/m.scale, most/m.scale, plot(values))
		if last > most {
			grown = append(grown, fmt.Errorf("%s grows: %.1f %s in the last third, after %.1f", m.name, last/m.scale, m.unit, middle/m.scale))
		}
	}
	_ = t.Flush() // to standard output
	return errors.Join(grown...)
}
