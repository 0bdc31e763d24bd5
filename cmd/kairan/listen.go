package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strings"
	"syscall"
	"time"
)

// unixPrefix begins the address of a socket in the file system: unix:/run/kairan/site.sock.
const unixPrefix = "unix:"

// Who may connect to a socket, by its file; its folder may allow fewer. Readers come through
// a web server that runs as another user. The operators' pages may have no token.
const (
	siteSocketMode  fs.FileMode = 0o666
	adminSocketMode fs.FileMode = 0o660
)

// listenAt opens HOST:PORT, or the socket unix:PATH with that mode, which is removed when it
// is closed.
func listenAt(ctx context.Context, address string, mode fs.FileMode) (net.Listener, error) {
	var config net.ListenConfig
	path, isSocket := strings.CutPrefix(address, unixPrefix)
	if !isSocket {
		return config.Listen(ctx, "tcp", address)
	}
	if err := checkSocketPath(path); err != nil {
		return nil, err
	}
	if err := removeStale(ctx, path); err != nil {
		return nil, err
	}
	l, err := config.Listen(ctx, "unix", path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%w: make its folder, as RuntimeDirectory=kairan of systemd does for /run/kairan", err)
	case errors.Is(err, fs.ErrPermission):
		return nil, fmt.Errorf("%w: this user has to be allowed to write its folder", err)
	case err != nil:
		return nil, err
	}
	if err := os.Chmod(path, mode); err != nil {
		l.Close()
		return nil, err
	}
	return l, nil
}

// mostSocketPath is how long the path of a socket may be, in bytes: sun_path of unix(7), less
// the zero at its end, where it is shortest.
const mostSocketPath = 103

func checkSocketPath(path string) error {
	switch {
	case path == "" || strings.HasSuffix(path, "/"):
		return errors.New("unix: names no file: write it like unix:/run/kairan/site.sock")
	case path[0] == '@':
		return errors.New("a socket without a file is open to every user of the machine: write a path, like unix:/run/kairan/site.sock")
	case len(path) > mostSocketPath:
		return fmt.Errorf("the path of a socket has %d bytes at most, and this one %d", mostSocketPath, len(path))
	}
	return nil
}

// staleTimeout is how long a socket may take to say whether anybody listens there.
const staleTimeout = time.Second

// removeStale removes a socket at which nobody listens any more, such as one of a process
// that was killed. It touches nothing else.
func removeStale(ctx context.Context, path string) error {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.Mode().Type() != fs.ModeSocket:
		return fmt.Errorf("%s is there already and is no socket: remove it if nobody needs it", path)
	}
	dialer := net.Dialer{Timeout: staleTimeout}
	conn, err := dialer.DialContext(ctx, "unix", path)
	switch {
	case err == nil:
		conn.Close()
		return fmt.Errorf("another process listens at %s", path)
	case !errors.Is(err, syscall.ECONNREFUSED):
		return fmt.Errorf("see whether anybody listens at %s: %w", path, err)
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove what a process left that was killed: %w", err)
	}
	return nil
}

// localURL returns the address at which this machine reaches what listens at HOST:PORT.
func localURL(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return "http://" + listen
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// shownAddress is where to look: the port or the socket that was really opened.
func shownAddress(l net.Listener) string {
	if l.Addr().Network() == "unix" {
		return unixPrefix + l.Addr().String()
	}
	return localURL(l.Addr().String()) + "/"
}

// listeners are the open ports of a process.
type listeners struct{ site, admin net.Listener }

func (l listeners) close() {
	for _, listener := range []net.Listener{l.site, l.admin} {
		if listener != nil {
			listener.Close() // it may be closed already
		}
	}
}

func (s *service) listenAll(ctx context.Context) (l listeners, err error) {
	if s.parts.site {
		if l.site, err = listenAt(ctx, s.listen, siteSocketMode); err != nil {
			return l, fmt.Errorf("listen for readers: %w; choose another address with --listen", err)
		}
	}
	if l.admin, err = listenAt(ctx, s.admin, adminSocketMode); err != nil {
		l.close()
		return l, fmt.Errorf("listen for operators: %w; choose another address with --admin", err)
	}
	return l, nil
}

// serveHTTP serves until the context ends, and then lets answers finish.
func serveHTTP(ctx context.Context, l net.Listener, handler http.Handler, log *slog.Logger) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          serverLog(log),
	}
	finished := make(chan struct{})
	unneeded := context.AfterFunc(ctx, func() {
		defer close(finished)
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		if err := server.Shutdown(last); err != nil {
			server.Close() // what did not finish in time is cut off
		}
	})
	err := server.Serve(l)
	if !errors.Is(err, http.ErrServerClosed) {
		unneeded()
		return fmt.Errorf("serve %s: %w", l.Addr(), err)
	}
	<-finished // Serve returns when it begins
	return nil
}
