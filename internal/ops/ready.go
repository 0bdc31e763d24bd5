package ops

import (
	"context"
	"errors"
	"fmt"
	"net/http"
)

// Readiness tells whether the process can do its duty.
type Readiness interface {
	// Look returns everything that is missing, a line each, and what is wrong although the
	// process does its duty.
	Look(context.Context) (missing, wrong error)
}

// retryAfter is what a process that is not ready asks a client to wait, in seconds.
const retryAfter = "5"

func (o *pages) serveHealth(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = fmt.Fprintln(w, "ok")
}

func (o *pages) serveReady(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	missing, wrong := o.Readiness.Look(r.Context())
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
