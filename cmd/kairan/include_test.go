package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

func TestReloadReadsWhatIsIncluded(t *testing.T) {
	t.Parallel()
	c := newCity(t, 1)
	c.put("/a", rss(0, "Bridge"))
	c.put("/b", rss(0, "Market"))
	folder := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("kairan.yaml", urgentConfig("")+"include: '*.yml'\n")
	write("a.yml", "sources:\n"+feedSource("a", c.hosts[0], "/a"))
	p := start(t, "serve", "--config", filepath.Join(folder, "kairan.yaml"), "--data", t.TempDir())
	p.await(p.site+"/en/all.rss", "with the source that is included", holds("Bridge"))

	// A fault in one of the files changes nothing, whatever the others say now.
	write("a.yml", "sources: []\n")
	write("b.yml", "sources:\n"+strings.Replace(feedSource("b", c.hosts[0], "/b"), "feed", "feeed", 1))
	p.signal(syscall.SIGHUP)
	eventually(t, func() bool { return strings.Contains(p.output(), "the configuration was not reloaded") }, p.output)
	if want := filepath.Join(folder, "b.yml") + ":2:"; !strings.Contains(p.output(), want) {
		t.Errorf("the log does not say %q:\n%s", want, p.output())
	}
	for id, want := range map[string]int{"a": http.StatusOK, "b": http.StatusNotFound} {
		if a := p.get(p.admin + "/source/" + id); a.status != want {
			t.Errorf("after a bad reload the source %s is answered %d, want %d", id, a.status, want)
		}
	}

	write("b.yml", "sources:\n"+feedSource("b", c.hosts[0], "/b"))
	p.signal(syscall.SIGHUP)
	p.await(p.site+"/en/all.rss", "with the new source", holds("Market"))
	p.await(p.admin+"/source/a", "not there any more", is(http.StatusNotFound))
	if !strings.Contains(p.output(), "and 2 files that it includes") {
		t.Errorf("the log does not say what was read:\n%s", p.output())
	}
}
