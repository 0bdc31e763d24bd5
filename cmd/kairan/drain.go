package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/kairan-news/kairan/internal/web"
)

// drain is the end of a process that serves: asked to end, it says that it is not ready, so
// that balancers lead nobody here any more, and answers all the same for a while, since they
// learn it a little later. Connections are closed behind the answers that they bring.
type drain struct {
	grace  time.Duration // 0 ends at once
	ending atomic.Bool
}

// mostDrain bounds the time: whoever stops the program kills it after a while.
const mostDrain = 5 * time.Minute

// watch waits until the process is asked to end, and returns when it may cease to serve: at
// once where a part of it has failed, after which asked has not ended.
func (d *drain) watch(asked, running context.Context, log *slog.Logger) {
	<-running.Done()
	d.ending.Store(true)
	if asked.Err() == nil || d.grace == 0 {
		return
	}
	log.Info("this process ends; it says so at /readyz, and answers for a while", "for", d.grace)
	<-time.After(d.grace) // a second signal ends the program
}

// check is for /readyz.
func (d *drain) check() web.Check {
	return web.Check{Name: "process", Alone: true, Ready: func(context.Context) error {
		if d.ending.Load() {
			return errors.New("it was asked to end, and does so when what is asked of it is answered")
		}
		return nil
	}}
}

// closing has connections end with the answer while the process ends.
func (d *drain) closing(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if d.ending.Load() {
			w.Header().Set("Connection", "close")
		}
		h.ServeHTTP(w, r)
	})
}
