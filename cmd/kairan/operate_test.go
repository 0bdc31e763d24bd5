package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/internal/operate"
)

// A running service does what a command asks of it.
func TestARunningServiceVisitsWhatACommandNames(t *testing.T) {
	t.Parallel()
	c := newCity(t, 2)
	c.put("/a", rss(0, "Bridge"))
	folder := t.TempDir()
	configuration := filepath.Join(folder, "kairan.yaml")
	text := testConfig(feedSource("a", c.hosts[0], "/a") + feedSource("b", c.hosts[1], "/b"))
	if err := os.WriteFile(configuration, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	p := start(t, "serve", "--config", configuration, "--data", folder)
	p.await(p.site+"/en/all.rss", "with the first notice", holds("Bridge"))

	kairan := func(args ...string) (string, error) {
		out, err := program(append(args, "--config", configuration, "--data", folder)...).CombinedOutput()
		return string(out), err
	}
	watched := ""
	eventually(t, func() bool {
		var err error
		watched, err = kairan("status")
		return err == nil && strings.HasPrefix(watched, "FLOWING  ") && strings.Contains(watched, "\n1 serve at ") && strings.Contains(watched, "City       flowing  2")
	}, func() string { return watched })
	c.put("/a", rss(0, "Bridge", "Market"))
	if out, err := kairan("run", "a", "--wait"); err != nil || !strings.Contains(out, "a       ok       1    0") {
		t.Errorf("visited by name: %v\n%s", err, out)
	}
	if out, err := kairan("run", "a", "b", "--wait"); err == nil || !strings.Contains(out, "b       failed") || !strings.Contains(out, "a       unchanged") {
		t.Errorf("one of two fails: %v\n%s", err, out)
	}
	if out, err := kairan("pause", "a", "--reason", "relaunch", "--for", "2h"); err != nil {
		t.Errorf("paused: %v\n%s", err, out)
	}
	if out, err := kairan("run", "a"); err == nil || !strings.Contains(out, "is paused until") {
		t.Errorf("a paused source is run: %v\n%s", err, out)
	}
	who := me()
	if out, err := kairan("audit"); err != nil || !strings.Contains(out, who.Name) || who.Way != "command" || !strings.Contains(who.Name, "@") || strings.Count(out, string(operate.Run)) < 3 {
		t.Errorf("recorded is: %v\n%s", err, out)
	}
}
