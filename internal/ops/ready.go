package ops

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// Check is a condition that must hold before a process is sent work.
type Check struct {
	Name string
	// Ready returns nil, or what is missing.
	Ready func(context.Context) error
}

// readyPatience is how long all checks of readiness may take.
const readyPatience = 3 * time.Second

// retryAfter is what a process that is not ready asks a client to wait, in seconds.
const retryAfter = "5"

func (o *pages) serveHealth(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = fmt.Fprintln(w, "ok")
}

func (o *pages) serveReady(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), readyPatience)
	defer cancel()
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	missing, wrong := o.ready(ctx)
	if missing != nil {
		w.Header().Set("Retry-After", retryAfter)
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = fmt.Fprintln(w, errors.Join(missing, wrong))
		return
	}
	_, _ = fmt.Fprintln(w, "ready")
	if wrong != nil {
		_, _ = fmt.Fprintln(w, wrong)
	}
}

// ready returns everything that is missing, a line each, and what is wrong although
// readers are served: a balancer that took the process away for that would take the
// site away, and another process would serve no more.
func (o *pages) ready(ctx context.Context) (missingAll, wrong error) {
	var missing []error
	if err := o.Status.Ping(ctx); err != nil {
		missing = append(missing, fmt.Errorf("database: %w", err))
	} else if err := o.Status.Writable(ctx); err != nil {
		const waits = "; collecting and publishing wait, and go on by themselves when it can be written"
		if o.Documents != nil {
			wrong = fmt.Errorf("database: readers are served what it holds: %w"+waits, err)
		} else {
			missing = append(missing, fmt.Errorf("database: %w"+waits, err))
		}
	}
	if o.Documents != nil {
		if err := o.Documents.Ready(); err != nil {
			missing = append(missing, fmt.Errorf("documents: %w", err))
		}
		if since := o.Documents.State().OldWords; !since.IsZero() {
			wrong = errors.Join(wrong, fmt.Errorf("words: since %s feeds are made with other words than this process's: give it the newest configuration (SIGHUP) or program; until then its feeds have no Last-Modified",
				since.UTC().Format(time.RFC3339)))
		}
	}
	for _, c := range o.Checks {
		if err := c.Ready(ctx); err != nil {
			missing = append(missing, fmt.Errorf("%s: %w", c.Name, err))
		}
	}
	return errors.Join(missing...), wrong
}
