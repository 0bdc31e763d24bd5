package main

import (
	"context"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// socketFolder is a folder whose path is short enough for sockets.
func socketFolder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "kairan")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// awaitAt asks by a socket until the answer is as it is wanted.
func (p *process) awaitAt(socket, path string, wanted func(answer) bool) {
	p.t.Helper()
	client := http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "unix", socket)
	}}}
	defer client.CloseIdleConnections()
	eventually(p.t, func() bool {
		res, err := client.Get("http://news.test.example" + path)
		if err != nil {
			return false
		}
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		return err == nil && wanted(answer{res.StatusCode, res.Header, string(body)})
	}, func() string { return path + " at " + socket + " is not as wanted\n" + p.output() })
}

func TestServeAtSockets(t *testing.T) {
	t.Parallel()
	_, config, data := oneCity(t, "Bridge")
	collected(t, config, data)
	dir := socketFolder(t)
	site, admin := filepath.Join(dir, "site.sock"), filepath.Join(dir, "admin.sock")
	atSockets := func(args ...string) *exec.Cmd {
		for i, arg := range args {
			switch arg {
			case "--listen":
				args[i+1] = "unix:" + site
			case "--admin":
				args[i+1] = "unix:" + admin
			}
		}
		return program(args...)
	}
	p := startAs(t, atSockets, "web", "--config", config, "--data", data)
	if p.site != "unix:"+site || p.admin != "unix:"+admin {
		t.Errorf("it says to look at %s and %s", p.site, p.admin)
	}
	for path, want := range map[string]fs.FileMode{site: 0o666, admin: 0o660} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v; want %o", path, info.Mode(), err, want)
		}
	}
	p.awaitAt(admin, "/healthz", is(http.StatusOK))
	p.awaitAt(site, "/en/all.rss", holds("Bridge"))

	// Another one does not take it away, and says why.
	told, err := atSockets("web", "--config", config, "--data", data, "--listen", "", "--admin", "").CombinedOutput()
	if err == nil || !strings.Contains(string(told), "listen for readers: another process listens at "+site) || !strings.Contains(string(told), "--listen") {
		t.Errorf("a second one ended with %v\n%s", err, told)
	}
	p.awaitAt(site, "/en/", is(http.StatusOK))

	// What is left of one that was killed is in nobody's way.
	p.signal(syscall.SIGKILL)
	<-p.ended
	if _, err := os.Stat(site); err != nil {
		t.Fatal(err)
	}
	p = startAs(t, atSockets, "web", "--config", config, "--data", data)
	p.awaitAt(site, "/en/all.rss", holds("Bridge"))
	if err := p.stop(); err != nil {
		t.Errorf("ended with %v\n%s", err, p.output())
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("it leaves %v, %v", left, err)
	}
}

func TestSocketsThatCannotBe(t *testing.T) {
	t.Parallel()
	dir := socketFolder(t)
	file := filepath.Join(dir, "kairan.yaml")
	if err := os.WriteFile(file, []byte("site:"), 0o600); err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]string{
		"unix:":             "names no file",
		"unix:" + dir + "/": "names no file",
		"unix:@kairan":      "write a path",
		"unix:" + file:      "is no socket",
		"unix:" + dir:       "is no socket",
		"unix:" + filepath.Join(dir, "none", "site.sock"): "RuntimeDirectory=kairan",
		"unix:/" + strings.Repeat("long", 30) + ".sock":   "103 bytes at most, and this one 126",
	} {
		l, err := listenAt(t.Context(), address, siteSocketMode)
		if err == nil {
			l.Close()
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", address, err, want)
		}
	}
	if _, err := os.Stat(file); err != nil {
		t.Errorf("a file that is no socket was touched: %v", err)
	}
}

// The built-in site keeps its address where it is served by a socket: readers reach it by
// another.
func TestTheBuiltInSiteBehindASocket(t *testing.T) {
	f := flags{data: t.TempDir()}
	for _, tt := range []struct{ listen, want string }{
		{"unix:/run/kairan/site.sock", "http://localhost:8080"},
		{"127.0.0.1:9000", "http://127.0.0.1:9000"},
		{"unix:/run/kairan/site.sock", "http://127.0.0.1:9000"},
	} {
		s, err := f.load(tt.listen)
		if err != nil {
			t.Fatal(err)
		}
		db, err := f.open(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		db.Close()
		if got := s.config.Site.BaseURL; got != tt.want {
			t.Errorf("%s: %s; want %s", tt.listen, got, tt.want)
		}
	}
}
