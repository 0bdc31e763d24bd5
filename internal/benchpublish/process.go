//go:build linux

package main

import (
	"bufio"
	"bytes"
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
	"syscall"
	"time"

	"github.com/kairan-news/kairan/internal/store"
)

// process is a program at work, of which the system tells what it takes.
type process struct {
	cmd         *exec.Cmd
	ended       chan struct{} // closed when it has
	site, admin string
	client      *http.Client
	address     string    // of the database
	db          *store.DB // that this program looks into; nil before the first time
}

// serve starts the program over a folder of data. config is a file, or "" for the built-in
// configuration.
func (b *bench) serve(ctx context.Context, config, data string) (*process, error) {
	p := &process{
		address: "sqlite:" + filepath.Join(data, "kairan.db"),
		site:    "http://127.0.0.1:18080", admin: "http://127.0.0.1:19090",
		ended: make(chan struct{}), client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true}},
	}
	args := []string{"serve", "--data", data, "--listen", "127.0.0.1:18080", "--admin", "127.0.0.1:19090", "--log-level", "warn"}
	if config != "" {
		args = append(args, "--config", config)
	} else {
		args = append(args, "--offline")
	}
	p.cmd = exec.CommandContext(ctx, b.program, args...)
	p.cmd.Cancel = func() error { return p.cmd.Process.Signal(syscall.SIGTERM) }
	p.cmd.Stderr = os.Stderr
	if err := p.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the program: %w", err)
	}
	go func() {
		defer close(p.ended)
		_ = p.cmd.Wait() // what it has to say it says to standard error
	}()
	return p, nil
}

func (p *process) stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM) // it may have ended
	<-p.ended
	if p.db != nil {
		p.db.Close()
		p.db = nil
	}
}

// usage is what a process has taken so far.
type usage struct {
	cpu     time.Duration
	written int64
}

func (u usage) since(before usage) usage {
	return usage{u.cpu - before.cpu, u.written - before.written}
}

func (u usage) and(beside usage) usage {
	return usage{u.cpu + beside.cpu, u.written + beside.written}
}

// ticks are the units of CPU time in /proc, a second.
const ticks = 100

// usage reads what Linux tells of the process (proc(5)).
func (p *process) usage() (u usage, err error) {
	folder := filepath.Join("/proc", strconv.Itoa(p.cmd.Process.Pid))
	stat, err := os.ReadFile(filepath.Join(folder, "stat"))
	if err != nil {
		return u, fmt.Errorf("see what the process takes, which needs Linux: %w", err)
	}
	_, rest, _ := strings.Cut(string(stat), ") ")
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return u, errors.New("see what the process takes: /proc is not as expected")
	}
	for _, f := range fields[11:13] { // utime, stime
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return u, fmt.Errorf("see what the process takes: %w", err)
		}
		u.cpu += time.Duration(n) * time.Second / ticks
	}
	u.written, err = field(filepath.Join(folder, "io"), "write_bytes:", 1)
	return u, err
}

// memory reads how much memory the process takes, or took at its peak, in bytes.
func (p *process) resident(peak bool) (int64, error) {
	name := "VmRSS:"
	if peak {
		name = "VmHWM:"
	}
	return field(filepath.Join("/proc", strconv.Itoa(p.cmd.Process.Pid), "status"), name, 1024)
}

// field reads a number from a file of names and numbers.
func field(file, name string, unit int64) (int64, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return 0, fmt.Errorf("see what the process takes: %w", err)
	}
	lines := bufio.NewScanner(bytes.NewReader(data))
	for lines.Scan() {
		f := strings.Fields(lines.Text())
		if len(f) >= 2 && f[0] == name {
			n, err := strconv.ParseInt(f[1], 10, 64)
			return n * unit, err
		}
	}
	return 0, fmt.Errorf("see what the process takes: %s has no %s", file, name)
}

// get asks for an address of the site and returns how long the first byte took.
func (p *process) get(ctx context.Context, path string) (status int, first time.Duration, body []byte, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.site+path, nil)
	if err != nil {
		return 0, 0, nil, err
	}
	r.Header.Set("Accept-Encoding", "gzip")
	began := time.Now()
	answer, err := p.client.Do(r)
	if err != nil {
		return 0, 0, nil, err
	}
	first = time.Since(began)
	defer answer.Body.Close()
	body, err = io.ReadAll(answer.Body)
	return answer.StatusCode, first, body, err
}

// published waits until nothing is left to be published, and nothing was for some time.
//
// It looks into the database, since to ask for metrics has all articles counted.
func (p *process) published(ctx context.Context, from int) (took time.Duration, err error) {
	began, last := time.Now(), time.Time{}
	for {
		left, err := p.left(ctx, from)
		switch {
		case ctx.Err() != nil:
			return 0, ctx.Err()
		case err != nil || left:
			last = time.Time{}
		case last.IsZero():
			last = time.Now()
			took = last.Sub(began)
		case time.Since(last) > 3*time.Second:
			return took, nil
		}
		if time.Since(began) > 10*time.Minute {
			return 0, errors.New("after ten minutes there is still something to publish")
		}
		select {
		case <-p.ended:
			return 0, errors.New("the program has ended")
		case <-ctx.Done():
		case <-time.After(300 * time.Millisecond):
		}
	}
}

// left tells whether the log has less than so many records, or anything is to be published.
func (p *process) left(ctx context.Context, from int) (bool, error) {
	if p.db == nil {
		there, err := store.Exists(p.address)
		if err != nil || !there {
			return true, err
		}
		if p.db, err = store.Open(ctx, p.address); err != nil {
			return true, err
		}
	}
	seq, err := p.db.LastSeq(ctx)
	if err != nil || int(seq) < from {
		return true, err
	}
	marks, err := p.db.Marked(ctx)
	return len(marks) > 0, err
}
