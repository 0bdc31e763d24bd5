package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// An export that fails harms neither publishing nor readers. It is told once, shown
// in the metrics, and made up for.
func TestAnExportThatFails(t *testing.T) {
	t.Parallel()
	c := newCity(t, 1)
	c.put("/a", rss(0, "Bridge"))
	dir := t.TempDir()
	config, out := filepath.Join(dir, "kairan.yaml"), filepath.Join(dir, "out")
	text := strings.Replace(testConfig(feedSource("a", c.hosts[0], "/a")), "url: http://news.test.example", "url: http://news.test.example/press", 1)
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
	p.await(p.admin+"/metrics", "with a failure", holds(`kairan_exports_total{outcome="failed"} 2`))
	if n := strings.Count(p.output(), "the site could not be exported"); n != 1 {
		t.Errorf("told %d times\n%s", n, p.output())
	}
	if a := p.get(p.admin + "/readyz"); a.status != http.StatusOK {
		t.Errorf("not ready for the sake of an export: %s", a.body)
	}
	if err := os.Remove(out); err != nil {
		t.Fatal(err)
	}
	eventually(t, func() bool {
		data, err := os.ReadFile(filepath.Join(out, "en", "all.rss"))
		return err == nil && strings.Contains(string(data), "Market")
	}, p.output)
	eventually(t, func() bool { return strings.Contains(p.output(), "the site is exported again") }, p.output)
}
