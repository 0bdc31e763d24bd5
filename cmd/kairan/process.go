package main

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/machine"
	"github.com/kairan-news/kairan/internal/watch"
)

// role is what this process is to others.
func (p parts) role() string {
	switch {
	case p.site && p.jobs:
		return "serve"
	case p.jobs:
		return "work"
	}
	return "web"
}

// mostHostName bounds the part of a process's id that is of its host: the job engine takes an
// id of 100 bytes.
const mostHostName = 63

// newProcess returns how this process names itself to the others, before its first beat.
func newProcess(role string) (flow.Process, error) {
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	build, err := thisBuild()
	if err != nil {
		return flow.Process{}, err
	}
	random := make([]byte, 4)
	_, _ = rand.Read(random) // it never fails
	host = strings.ToValidUTF8(host[:min(len(host), mostHostName)], "")
	return flow.Process{
		ID: host + "-" + role + "-" + hex.EncodeToString(random), Role: role, Host: host, PID: os.Getpid(),
		Version: build, Started: time.Now(),
	}, nil
}

// planDigest tells configurations apart that processes work by, in whatever they differ but
// for where their files lie.
func (s *setup) planDigest() (string, error) {
	composer, site := s.composing(), s.config.Site
	// The database says these, of every process alike, and not at the same moment.
	site.NarrowUntil, site.FormerZones, site.SeenSecure = 0, nil, nil
	if s.name == builtinName {
		site.BaseURL = "" // where each serves it
	}
	composer.Site = &site
	composed, err := composer.Configuration()
	if err != nil {
		return "", fmt.Errorf("digest of the configuration: %w", err)
	}
	rules, err := s.rulesFingerprint()
	if err != nil {
		return "", fmt.Errorf("digest of the configuration: %w", err)
	}
	rest := *s.config
	rest.Name, rest.Included, rest.Messages, rest.Site = "", nil, "", feeds.Site{}
	if s.name == builtinName {
		rest.Fetch.Contact = ""
	}
	collected, err := json.Marshal(rest)
	if err != nil {
		return "", fmt.Errorf("digest of the configuration: %w", err)
	}
	hash := sha256.New()
	fmt.Fprintf(hash, "%s\x00%s\x00%s\x00%s", composed, rules, collected, s.bundle.Digest())
	for _, p := range s.config.Site.Publishers {
		if p.Logo.IsSet() { // which no document shows
			fmt.Fprintf(hash, "\x00%s %s%s", p.Key, p.Logo.Path, p.Logo.URL)
		}
	}
	return hex.EncodeToString(hash.Sum(nil)[:8]), nil
}

// newMachine returns what looks at the machine for a process that writes to these places.
func (s *service) newMachine() *machine.Machine {
	m := &machine.Machine{}
	if file := s.db.Path(); file != "" {
		m.Folders = append(m.Folders, machine.Folder{Path: file, For: "database"})
	}
	if s.export != "" && !strings.Contains(s.export, "://") {
		m.Folders = append(m.Folders, machine.Folder{Path: s.export, For: "export"})
	}
	m.Folders = append(m.Folders, machine.Folder{Path: os.TempDir(), For: "temporary files"})

	limit, set := machine.LimitMemory(os.DirFS("/"))
	if m.MemoryLimit = limit; set {
		s.log.Info("the memory of this process is bounded by its container's; GOMEMLIMIT would go before it", "bytes", limit)
	}
	return m
}

// self returns what the process says of itself.
func (s *service) self(now time.Time) flow.Process {
	p := s.process
	p.Plan = s.setup.Load().digest
	p.Facts = s.machine.Look(now)
	if ms := s.planSince.Load(); ms != 0 {
		p.Facts.PlanSince = time.UnixMilli(ms)
	}
	if s.engine != nil {
		p.Facts.Swept = s.engine.Alive()
	}
	if s.shelf != nil {
		state := s.shelf.State()
		p.Facts.OldWords = state.OldWords
		for i, f := range state.Faulty {
			if i == mostFaultyTold {
				break
			}
			p.Facts.Faulty = append(p.Facts.Faulty, flow.Fault{Path: f.Path, Reason: f.Reason, Since: f.Since})
		}
	}
	p.Facts.Reload = s.reloads.failed.Load()
	p.Facts.Notify = s.teller.Failures()
	return p
}

// mostFaultyTold bounds how many faulty documents a process tells with each beat.
const mostFaultyTold = 20

// newWatch returns what looks what is wrong, when it is this process's turn.
func (s *service) newWatch() *watch.Watch {
	observer := &watch.Service{Store: s.db, Plan: func() watch.Plan { return s.setup.Load().watched() }, Self: s.self}
	return &watch.Watch{Store: s.db, ID: s.process.ID, Observer: observer, Tell: s.tell, Log: s.log}
}

// reloads remembers how the last ones failed in a row.
type reloads struct{ failed atomic.Pointer[flow.Failure] }

// ended takes in how a reload ended.
func (r *reloads) ended(err error, now time.Time) {
	if err == nil {
		r.failed.Store(nil)
		return
	}
	f := flow.Failure{At: now, Since: now, Count: 1, Error: err.Error()}
	if last := r.failed.Load(); last != nil {
		f.Since, f.Count = last.Since, last.Count+1
	}
	r.failed.Store(&f)
}
