package ops

import (
	"context"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"net/http"
	"time"
)

// mostStreams is how many pages may be live at once; the others are loaded again by hand.
const mostStreams = 32

// A stream looks every lookEvery whether something has changed, and says at least every
// beatEvery that it is there, so that a page knows that it is of now.
const (
	lookEvery = 2 * time.Second
	beatEvery = 15 * time.Second
	sendWait  = 10 * time.Second // how long a reader may take to read a line
)

// serveEvents tells a page that what it shows may have changed, as server-sent events (HTML,
// "Server-sent events"): "state" with a digest of all that is shown of now. A page that gets
// another digest than before loads itself again.
func (o *pages) serveEvents(w http.ResponseWriter, r *http.Request) {
	select {
	case o.streams <- struct{}{}:
		defer func() { <-o.streams }()
	default:
		w.Header().Set("Retry-After", "60")
		http.Error(w, "Too many pages are live; load this one again by hand.", http.StatusServiceUnavailable)
		return
	}
	control := http.NewResponseController(w)
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("X-Accel-Buffering", "no") // of nginx
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	var last string
	var sent time.Time
	for {
		digest := o.digest(r.Context())
		if now := time.Now(); digest != last || now.Sub(sent) >= beatEvery {
			_ = control.SetWriteDeadline(now.Add(sendWait)) // else the server's own would end the stream
			if _, err := fmt.Fprintf(w, "event: state\ndata: %s\n\n", digest); err != nil || control.Flush() != nil {
				return
			}
			last, sent = digest, now
		}
		select {
		case <-tick.C:
		case <-r.Context().Done():
			return
		case <-o.Ending:
			return
		}
	}
}

// digest names the state of what pages show of now.
func (o *pages) digest(ctx context.Context) string {
	sum := fnv.New64a()
	incidents, _, away := o.desk.incidents.get(ctx)
	for _, i := range incidents {
		fmt.Fprint(sum, i.ID, i.What, i.Taken != nil, "\n")
	}
	sources, _, _ := o.desk.sources.get(ctx)
	for _, s := range sources {
		fmt.Fprint(sum, s.Source.ID, s.State, s.Failures, s.Paused != nil, s.New.Unix(), "\n")
		if s.Last != nil {
			fmt.Fprint(sum, s.Last.Started.UnixMilli())
		}
	}
	processes, _, _ := o.desk.processes.get(ctx)
	for _, p := range processes {
		fmt.Fprint(sum, p.ID, alive(p, o.Now()), p.Plan, p.Facts.Reload != nil, "\n")
	}
	mutes, _, _ := o.desk.mutes.get(ctx)
	fmt.Fprint(sum, len(mutes), away != nil)
	return hex.EncodeToString(sum.Sum(nil))
}
