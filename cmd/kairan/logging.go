package main

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"log/slog"
	"net"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/tracing"
	"github.com/kairan-news/kairan/internal/trouble"
)

// A service writes two kinds of line. What it does, one line a run, a publication, a
// request (journal.go, requests.go), goes to the log as it is. What goes wrong goes there by
// a handler that says the same thing seldom. All of it is structured; only what a person at
// a terminal is told of where to look is plain text, and that is left out of --log-format
// json.

// jsonFormat is the value of --log-format that has nothing but JSON written.
const jsonFormat = "json"

// beginLog opens the service's log.
func (s *service) beginLog(ctx context.Context) (err error) {
	if s.journal.log, err = s.flags.logger(s.errOut, slog.LevelInfo); err != nil {
		return err
	}
	s.journal.setup = s.setup.Load
	s.log = slog.New(trouble.Damp(s.journal.log.Handler(), nil))
	slog.SetDefault(s.log) // what a library says without being asked
	s.tracer, err = tracing.FromEnvironment(ctx, os.Getenv, tracing.Process{Version: version(), Role: s.role()}, s.log)
	return err
}

// role is the command's name.
func (s *service) role() string {
	switch {
	case s.parts.site && s.parts.jobs:
		return "serve"
	case s.parts.site:
		return "web"
	default:
		return "work"
	}
}

// began says that the service is at work, and where to look: in the log, and to a person
// in words.
func (s *service) began(l listeners, took time.Duration) {
	about := []any{"version", version(), "role", s.role(), "pid", os.Getpid(), "configuration", s.setup.Load().name, "database", s.db.Engine()}
	say := func(what string, l net.Listener) string {
		if s.flags.logFormat != jsonFormat {
			fmt.Fprintf(s.out, "%s at %s\n", what, shownAddress(l))
		}
		return shownAddress(l)
	}
	if s.parts.site {
		about = append(about, "readers", say("Kairan serves readers", l.site))
	}
	about = append(about, "operators", say("Kairan shows operators its work", l.admin), "guarded", s.policy.Load().Guards(), "traces", s.tracer != nil, "took_ms", ms(took))
	s.journal.log.Info("started", about...)
}

// ended writes down how the service ended, and returns what is left to be said of it.
func (s *service) ended(ctx context.Context, err error) error {
	if s.journal.log == nil {
		return err
	}
	if closeErr := s.tracer.Close(ctx); closeErr != nil {
		s.log.Warn("the last traces could not be sent", "error", closeErr)
	}
	switch {
	case err == nil:
		s.journal.log.Info("ended", "role", s.role(), "pid", os.Getpid())
	case s.flags.logFormat == jsonFormat:
		s.journal.log.Error("ended", "role", s.role(), "pid", os.Getpid(), "error", err)
		return errReported
	}
	return err
}

// noteDefault says that a command uses the configuration that is there.
func noteDefault(cmd *cobra.Command) {
	if format := cmd.Flags().Lookup("log-format"); format != nil && format.Value.String() == jsonFormat {
		slog.New(slog.NewJSONHandler(cmd.ErrOrStderr(), nil)).Info("using a configuration that is there; --config names another", "configuration", defaultFile)
		return
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "kairan: using ./%s; --config names another\n", defaultFile)
}

// serverLog is where a web server writes: a handler that has panicked is an error, and all
// else, such as a client that can't speak, is for who debugs.
func serverLog(to *slog.Logger) *log.Logger { return log.New(serverWriter{to}, "", 0) }

type serverWriter struct{ log *slog.Logger }

// Write implements [io.Writer].
func (w serverWriter) Write(line []byte) (int, error) {
	text := bytes.TrimSpace(line)
	if said, stack, ok := bytes.Cut(text, []byte("\n")); ok && bytes.HasPrefix(text, []byte("http: panic serving")) {
		w.log.Error("an answer ended in a panic; the program goes on", "error", string(said), "stack", string(stack))
	} else {
		w.log.Debug("web server", "said", string(text))
	}
	return len(line), nil
}

// ms is a duration in milliseconds, to the microsecond.
func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
