package main

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/jobs"
)

// An export that fails harms neither publishing nor readers. It is told once, shown
// in the metrics, and made up for.
func TestAnExportThatFails(t *testing.T) {
	t.Parallel()
	c := newCity(t, 1)
	c.put("/a", rss(0, "Bridge"))
	dir := t.TempDir()
	config, out := filepath.Join(dir, "kairan.yaml"), filepath.Join(dir, "out")
	text := strings.Replace(urgentConfig(feedSource("a", c.hosts[0], "/a")), "url: http://news.test.example", "url: http://news.test.example/press", 1)
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	p := start(t, "serve", "--config", config, "--data", filepath.Join(dir, "data"), "--export", out)
	// Between two exports the directory becomes something else.
	p.await(p.admin+"/metrics", "with an export", holds(`kairan_exports_total{outcome="ok"}`))
	if err := os.RemoveAll(out); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(out, []byte("in the way"), 0o600); err != nil {
		t.Fatal(err)
	}
	c.put("/a", rss(0, "Bridge", "Market"))
	collected := append([]string{"collect", "--config", config, "--data", filepath.Join(dir, "data")}, "a")
	runProgram(t, collected...)
	p.await(p.site+"/press/en/all.rss", "with what is new", holds("Market"))
	p.await(p.admin+"/metrics", "with a failure", holds(`kairan_exports_total{outcome="failed"} 1`))
	letRetry(t, filepath.Join(dir, "data"))
	p.await(p.admin+"/metrics", "with two failures", holds(`kairan_exports_total{outcome="failed"} 2`))
	if n := strings.Count(p.output(), "the site could not be exported"); n != 1 {
		t.Errorf("told %d times\n%s", n, p.output())
	}
	if a := p.get(p.admin + "/readyz"); a.status != http.StatusOK {
		t.Errorf("not ready for the sake of an export: %s", a.body)
	}
	if err := os.Remove(out); err != nil {
		t.Fatal(err)
	}
	letRetry(t, filepath.Join(dir, "data"))
	eventually(t, func() bool {
		data, err := os.ReadFile(filepath.Join(out, "en", "all.rss"))
		return err == nil && strings.Contains(string(data), "Market")
	}, p.output)
	eventually(t, func() bool { return strings.Contains(p.output(), "the site is exported again") }, p.output)
}

// letRetry has the time pass that an export waits for after it failed: what the database
// tells of the failure, it tells of an hour ago.
func letRetry(t *testing.T, data string) {
	t.Helper()
	const key = "export.state"
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(data, "kairan.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var state jobs.ExportState
	eventually(t, func() bool { // the failure is counted before it is written down
		text, err := db.Meta(t.Context(), key)
		return err == nil && json.Unmarshal([]byte(text), &state) == nil && state.Failures > 0 && time.Since(state.Failed) < time.Hour
	}, func() string { return "no failure is written down" })
	state.Failed = state.Failed.Add(-time.Hour)
	text, err := json.Marshal(state)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.SetMeta(t.Context(), key, string(text)); err != nil {
		t.Fatal(err)
	}
}
