package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// Readiness says whether a process can do its own duty: it is asked by balancers, which send
// work elsewhere meanwhile, and by operators, who are told why.
//
// A process that serves readers can while the database is away, if it has its documents: a
// balancer that took it away for that would take the site away, and another process would
// serve no more. One that only works can't.
type Readiness struct {
	// Database tells whether it answers and can be written.
	Database Reachable
	// Shelf is the public site's; nil where the process serves none.
	Shelf *Shelf
	// Checks are further conditions, such as running jobs.
	Checks []Check
}

// Check is a condition that must hold before a process is sent work.
type Check struct {
	Name string
	// Ready returns nil, or what is missing.
	Ready func(context.Context) error
	// Alone is true of one that has nothing to do with the database, and counts while that is
	// away, too.
	Alone bool
}

// Reachable is a database that may be away.
type Reachable interface {
	// Ping tells whether it answers.
	Ping(ctx context.Context) error
	// Writable returns nil while it can be written, as far as is known, else why not and what
	// to do, in a line.
	Writable(ctx context.Context) error
}

// readyPatience is how long all checks of readiness may take.
const readyPatience = 3 * time.Second

// Look returns everything that is missing, a line each, and what is wrong although the
// process does its duty.
func (r Readiness) Look(ctx context.Context) (missing, wrong error) {
	ctx, cancel := context.WithTimeout(ctx, readyPatience)
	defer cancel()
	serves := r.Shelf != nil && r.Shelf.Ready() == nil
	if err := r.Database.Ping(ctx); err != nil {
		if serves {
			return r.check(ctx, true), fmt.Errorf("database: readers are served what this process holds: %w", err)
		}
		missing = errors.Join(missing, fmt.Errorf("database: %w", err))
	} else if err := r.Database.Writable(ctx); err != nil {
		const waits = "; collecting and publishing wait, and go on by themselves when it can be written"
		if r.Shelf != nil {
			wrong = fmt.Errorf("database: readers are served what it holds: %w"+waits, err)
		} else {
			missing = errors.Join(missing, fmt.Errorf("database: %w"+waits, err))
		}
	}
	if r.Shelf != nil {
		if err := r.Shelf.Ready(); err != nil {
			missing = errors.Join(missing, fmt.Errorf("documents: %w", err))
		}
		if since := r.Shelf.State().OldWords; !since.IsZero() {
			wrong = errors.Join(wrong, fmt.Errorf("words: since %s feeds are made with other words than this process's: give it the newest configuration (SIGHUP) or program; until then its feeds have no Last-Modified",
				since.UTC().Format(time.RFC3339)))
		}
	}
	return errors.Join(missing, r.check(ctx, false)), wrong
}

// check returns what the further conditions miss, or those alone that need no database.
func (r Readiness) check(ctx context.Context, alone bool) (missing error) {
	for _, c := range r.Checks {
		if alone && !c.Alone {
			continue
		}
		if err := c.Ready(ctx); err != nil {
			missing = errors.Join(missing, fmt.Errorf("%s: %w", c.Name, err))
		}
	}
	return missing
}

// readyFor is how long an answer is given again at the public address, where anybody may ask.
const readyFor = time.Second

// beside answers at /healthz and /readyz of the public address, and leaves all else to the
// site. A balancer can't reach the operators' pages, so it is told here, and nothing more than
// that: no reason, no address. What it asks is no reader's request, so that it is not counted
// among those.
func (r Readiness) beside(site http.Handler) http.Handler {
	var mu sync.Mutex
	var looked time.Time
	var ready bool
	isReady := func(ctx context.Context) bool {
		mu.Lock()
		defer mu.Unlock()
		if time.Since(looked) >= readyFor {
			missing, _ := r.Look(context.WithoutCancel(ctx))
			ready, looked = missing == nil, time.Now()
		}
		return ready
	}
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		switch {
		case req.Method != http.MethodGet && req.Method != http.MethodHead:
			site.ServeHTTP(w, req)
		case req.URL.Path == "/healthz":
			answerPlainly(w, http.StatusOK, "ok\n")
		case req.URL.Path == "/readyz" && isReady(req.Context()):
			answerPlainly(w, http.StatusOK, "ready\n")
		case req.URL.Path == "/readyz":
			w.Header().Set("Retry-After", retryAfter)
			answerPlainly(w, http.StatusServiceUnavailable, "not ready\n")
		default:
			site.ServeHTTP(w, req)
		}
	})
}

// answerPlainly answers with a line that nobody may keep.
func answerPlainly(w http.ResponseWriter, status int, text string) {
	setSecurity(w.Header())
	w.Header()["Cache-Control"] = noStore
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text))
}
