package main

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
)

func TestHealthcheck(t *testing.T) {
	t.Parallel()
	service := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/healthz":
			io.WriteString(w, "ok\n")
		case "/readyz":
			w.WriteHeader(http.StatusServiceUnavailable)
			io.WriteString(w, "not ready\n")
		default:
			http.Redirect(w, r, "/healthz", http.StatusFound)
		}
	})
	server := httptest.NewServer(service)
	defer server.Close()
	socket := filepath.Join(t.TempDir(), "s")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	go http.Serve(l, service)
	defer l.Close()

	for _, c := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{server.URL}, 0, "ok"},
		{[]string{server.URL + "/"}, 0, "ok"},
		{[]string{strings.TrimPrefix(server.URL, "http://")}, 0, "ok"},
		{[]string{"unix:" + socket}, 0, "ok"},
		{[]string{"--ready", server.URL}, 1, "not ready"},
		{[]string{"--ready", "unix:" + socket}, 1, "not ready"},
		{[]string{server.URL + "/elsewhere"}, 1, ""}, // what leads away is no answer
		{[]string{"unix:" + socket + "x"}, 1, "no such file"},
		{[]string{"ftp://a"}, 1, "write http://HOST:PORT"},
	} {
		var out strings.Builder
		if status := run(append([]string{"healthcheck"}, c.args...), strings.NewReader(""), &out, &out); status != c.status || !strings.Contains(out.String(), c.says) {
			t.Errorf("kairan healthcheck %s ended with %d, want %d with %q: %s", strings.Join(c.args, " "), status, c.status, c.says, &out)
		}
	}
}
