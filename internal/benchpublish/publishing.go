//go:build linux

package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/compress"
	"github.com/kairan-news/kairan/internal/store"
)

// restFor is how long a program at rest is watched.
const restFor = time.Minute

// publishing measures what collecting and publishing all sources costs, and then what a
// hundred further notices do.
func (b *bench) publishing(ctx context.Context) error {
	f := &farm{items: b.items, began: time.Now()}
	stop, err := f.start()
	if err != nil {
		return err
	}
	defer stop()
	config, data := filepath.Join(b.folder, "kairan.yaml"), filepath.Join(b.folder, "data")
	if err := b.configuration(config, b.sources); err != nil {
		return err
	}
	progress("collecting and publishing %d sources", b.sources)
	p, err := b.serve(ctx, config, data)
	if err != nil {
		return err
	}
	defer func() { p.stop() }()
	took, err := p.published(ctx, b.sources*b.items)
	if err != nil {
		return err
	}
	all, err := p.usage()
	if err != nil {
		return err
	}
	b.rows.add("CPU of collecting and publishing all", "40 s", "%.1f s", all.cpu.Seconds())
	b.rows.add("until the last mark is cleared", "40 s", "%.1f s", took.Seconds())
	if err := b.database(data); err != nil {
		return err
	}
	for _, ask := range []bool{false, true} {
		if err := b.hundred(ctx, p, f, config, data, ask); err != nil {
			return err
		}
	}
	peak, err := p.resident(true)
	if err != nil {
		return err
	}
	b.rows.add("peak memory of serve", "220 MB", "%.0f MB", megabytes(peak))
	if err := b.cold(ctx, p, data); err != nil {
		return err
	}
	p.stop()
	if p, err = b.serve(ctx, "", filepath.Join(b.folder, "built-in")); err != nil {
		return err
	}
	if _, err := p.published(ctx, 71); err != nil {
		return err
	}
	memory, cpu, err := p.rest(ctx)
	if err != nil {
		return err
	}
	b.rows.add("built-in configuration at rest: memory", "90 MB", "%.0f MB", megabytes(memory))
	b.rows.add("built-in configuration at rest: CPU", "1.5 % of a core", "%.1f %%", cpu)
	return nil
}

// database measures the file and what stands beside it.
func (b *bench) database(data string) error {
	var size int64
	files, err := filepath.Glob(filepath.Join(data, "kairan.db*"))
	if err != nil {
		return err
	}
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil {
			return err
		}
		if !strings.HasSuffix(name, "-wal") && !strings.HasSuffix(name, "-shm") {
			size += info.Size()
		}
	}
	b.rows.add("database after the first publication", "200 MB", "%.0f MB", megabytes(size))
	return nil
}

// hundred has every tenth source bring one notice more, and all be collected.
func (b *bench) hundred(ctx context.Context, p *process, f *farm, config, data string, ask bool) error {
	before, err := p.usage()
	if err != nil {
		return err
	}
	f.further.Add(1)
	collect := exec.CommandContext(ctx, b.program, "collect", "--no-publish", "--config", config, "--data", data, "--log-level", "error")
	if out, err := collect.CombinedOutput(); err != nil {
		return fmt.Errorf("collect: %w\n%s", err, out)
	}
	beside := usage{
		cpu:     collect.ProcessState.SystemTime() + collect.ProcessState.UserTime(),
		written: collect.ProcessState.SysUsage().(*syscall.Rusage).Oublock * 512, // getrusage(2)
	}
	if ask {
		if err := b.askAll(ctx, p, data); err != nil {
			return err
		}
	}
	if _, err := p.published(ctx, b.sources*b.items+int(f.further.Load())*((b.sources+9)/10)); err != nil {
		return err
	}
	after, err := p.usage()
	if err != nil {
		return err
	}
	took := after.since(before).and(beside)
	what, cpu := "100 new articles, all sources collected", "5 s"
	if ask {
		what, cpu = what+", each live document asked for once", "20 s"
	}
	b.rows.add(what+": CPU", cpu, "%.1f s", took.cpu.Seconds())
	if !ask {
		b.rows.add(what+": bytes written", "90 MB", "%.0f MB", megabytes(took.written))
	}
	return nil
}

// states reads the channels from the database.
func states(ctx context.Context, data string) (all []feeds.ChannelState, err error) {
	db, err := store.Open(ctx, "sqlite:"+filepath.Join(data, "kairan.db"))
	if err != nil {
		return nil, err
	}
	defer db.Close()
	found, err := db.Channels(ctx)
	for _, s := range found {
		all = append(all, s)
	}
	return all, err
}

// askAll asks for each live document in each format.
func (b *bench) askAll(ctx context.Context, p *process, data string) error {
	channels, err := states(ctx, data)
	if err != nil {
		return err
	}
	for _, format := range feeds.Formats() {
		for _, s := range channels {
			path := "/" + feeds.DocumentKey{Channel: s.Channel, Format: format}.Path()
			if status, _, _, err := p.get(ctx, path); err != nil || status != http.StatusOK {
				return fmt.Errorf("%s: %d, %w", path, status, err)
			}
		}
	}
	return nil
}

// cold measures documents that nobody has asked for: a program that has just started holds
// none.
func (b *bench) cold(ctx context.Context, p *process, data string) error {
	p.stop()
	again, err := b.serve(ctx, filepath.Join(b.folder, "kairan.yaml"), data)
	if err != nil {
		return err
	}
	*p = *again
	if _, err := p.published(ctx, 0); err != nil {
		return err
	}
	channels, err := states(ctx, data)
	if err != nil {
		return err
	}
	var short, long []time.Duration
	for _, s := range channels {
		status, first, body, err := p.get(ctx, "/"+feeds.DocumentKey{Channel: s.Channel, Format: feeds.Atom}.Path())
		if err != nil || status != http.StatusOK {
			return fmt.Errorf("%s: %d, %w", s.Channel, status, err)
		}
		plain, err := compress.Gunzip(body)
		if err != nil {
			return err
		}
		switch entries := strings.Count(string(plain), "<entry"); {
		case entries >= 40 && entries <= 70:
			short = append(short, first)
		case entries >= 280 || len(plain) > 950_000:
			long = append(long, first)
		}
	}
	b.rows.add(fmt.Sprintf("a cold live document of 50 entries, first byte (median of %d)", len(short)), "10 ms", "%.1f ms", ms(quantile(short, 50)))
	b.rows.add(fmt.Sprintf("a cold live document of 300 entries or 1 MB, first byte (median of %d)", len(long)), "40 ms", "%.1f ms", ms(quantile(long, 50)))
	return b.archives(ctx, p, channels)
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// The load of cold archives.
const (
	archivesEvery = time.Second / 200
	archivesFor   = 20 * time.Second
)

// archives asks for two hundred archives a second, and for other things meanwhile.
func (b *bench) archives(ctx context.Context, p *process, channels []feeds.ChannelState) error {
	var paths []string
	for _, s := range channels {
		for n := range s.Archives {
			for _, format := range feeds.Formats() {
				paths = append(paths, "/"+feeds.DocumentKey{Channel: s.Channel, Format: format, Archive: n + 1}.Path())
			}
		}
	}
	rand.Shuffle(len(paths), func(i, j int) { paths[i], paths[j] = paths[j], paths[i] })
	ctx, cancel := context.WithTimeout(ctx, archivesFor)
	defer cancel()
	var mu sync.Mutex
	times := map[string][]time.Duration{} // of what was answered with 200
	sent := map[string]map[int]int{"archive": {}, "hot": {}, "cold": {}}
	var asking sync.WaitGroup
	every := func(d time.Duration, what string, path func(int) string) {
		asking.Go(func() {
			tick := time.NewTicker(d)
			defer tick.Stop()
			for i := 0; ; i++ {
				select {
				case <-ctx.Done():
					return
				case <-tick.C:
				}
				next := path(i)
				if next == "" {
					return
				}
				asking.Go(func() {
					status, first, _, err := p.get(ctx, next)
					if err != nil {
						return // the end
					}
					mu.Lock()
					defer mu.Unlock()
					sent[what][status]++
					if status == http.StatusOK {
						times[what] = append(times[what], first)
					}
				})
			}
		})
	}
	every(archivesEvery, "archive", func(i int) string {
		if i >= len(paths) {
			return ""
		}
		return paths[i]
	})
	every(20*time.Millisecond, "hot", func(int) string { return "/en/all.atom" })
	every(100*time.Millisecond, "cold", func(i int) string {
		if i >= len(channels) {
			return ""
		}
		return "/" + feeds.DocumentKey{Channel: channels[i].Channel, Format: feeds.RSS}.Path()
	})
	asking.Wait()
	p99 := func(what, name, wanted string) {
		b.rows.add(fmt.Sprintf("200 cold archives a second (%v): p99 of %s (%v)", sent["archive"], name, sent[what]), wanted, "%.1f ms", ms(quantile(times[what], 99)))
	}
	p99("hot", "a hot feed", "50 ms")
	p99("cold", "a cold live document", "500 ms")
	return nil
}

// rest watches a program that has nothing to do.
func (p *process) rest(ctx context.Context) (memory int64, percent float64, err error) {
	before, err := p.usage()
	if err != nil {
		return 0, 0, err
	}
	select {
	case <-ctx.Done():
		return 0, 0, ctx.Err()
	case <-time.After(restFor):
	}
	after, err := p.usage()
	if err != nil {
		return 0, 0, err
	}
	memory, err = p.resident(false)
	return memory, 100 * after.since(before).cpu.Seconds() / restFor.Seconds(), err
}
