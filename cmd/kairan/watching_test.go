package main

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/pgtest"
	"github.com/kairan-news/kairan/internal/store"
)

// A worker that is killed is an incident, told of by who is left, and it is over when another
// works. What processes say of themselves names the leader of the job engine.
func TestAKilledWorkerIsAnIncident(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: whether a process is gone is known half a minute later")
	}
	t.Parallel()
	for engine, storage := range map[string]string{
		"sqlite": "sqlite:" + filepath.Join(t.TempDir(), "kairan.db"), "postgres": pgtest.URL(t),
	} {
		t.Run(engine, func(t *testing.T) {
			t.Parallel()
			c := newCity(t, 1)
			c.put("/a", rss(0, "Bridge"))
			config := write(t, "kairan.yaml", urgentConfig(feedSource("a", c.hosts[0], "/a")))
			work := start(t, "work", "--config", config, "--storage", storage)
			web := start(t, "web", "--config", config, "--storage", storage)
			web.await(web.site+"/en/all.rss", "with the notice", holds("Bridge"))

			db, err := store.Open(t.Context(), storage)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			eventually(t, func() bool {
				processes, err := db.Processes(t.Context(), time.Time{})
				if err != nil {
					t.Fatal(err)
				}
				leader, _, err := db.Leader(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				return len(processes) == 2 && processes[0].Plan == processes[1].Plan && processes[0].Version == processes[1].Version &&
					slices.ContainsFunc(processes, func(p flow.Process) bool { return p.ID == leader && p.Role == "work" && len(p.Facts.Disks) > 0 })
			}, work.output)
			gone := func() bool {
				incidents, err := db.OpenIncidents(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				return slices.ContainsFunc(incidents, func(i flow.Incident) bool { return i.Kind == flow.WorkerGone })
			}
			if gone() {
				t.Fatal("it is told while the worker works")
			}
			killed := time.Now()
			work.kill()
			eventually(t, gone, web.output)
			t.Logf("known after %s", time.Since(killed).Round(time.Second))
			web.await(web.site+"/readyz", "ready all the same", holds("ready"))

			another := start(t, "work", "--config", config, "--storage", storage)
			eventually(t, func() bool { return !gone() }, another.output)
			for _, p := range []*process{another, web} {
				if err := p.stop(); err != nil {
					t.Errorf("ended with %v\n%s", err, p.output())
				}
			}
			processes, err := db.Processes(t.Context(), time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range processes {
				if stopped := !p.Stopped.IsZero(); stopped != (p.PID != work.cmd.Process.Pid) {
					t.Errorf("process %s said that it ends: %v", p.ID, stopped)
				}
			}
		})
	}
}
