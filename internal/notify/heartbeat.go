package notify

import (
	"context"
	"log/slog"
	"net/http"
	"time"
)

// HeartbeatEvery is how often somebody else is told that the service is watched,
// heartbeatLook how often it is looked whether it is while it is not, and heartbeatTimeout how
// long telling may take.
const (
	HeartbeatEvery   = time.Minute
	heartbeatLook    = 5 * time.Second
	heartbeatTimeout = 20 * time.Second
)

// Heartbeat asks for an address each minute while the process watches, so that who is asked
// can tell somebody when it is asked no more: all is dead then, or cut off.
type Heartbeat struct {
	Client *http.Client
	// URL is what is asked for, by GET.
	URL Secret
	// Watching tells whether this process watches. Without a watch nobody is asked.
	Watching func() bool
	Log      *slog.Logger
}

// Run asks until the context ends. What fails is logged once. Its error is always nil.
func (h *Heartbeat) Run(ctx context.Context) error {
	next := time.NewTimer(HeartbeatEvery)
	defer next.Stop()
	failing := false
	for {
		wait := heartbeatLook
		if h.Watching() {
			wait = HeartbeatEvery
			err := h.beat(ctx)
			switch {
			case ctx.Err() != nil:
			case err != nil && !failing:
				h.Log.Error("the heartbeat did not come through", "error", err)
			case err == nil && failing:
				h.Log.Info("the heartbeat comes through again")
			}
			failing = err != nil
		}
		next.Reset(wait)
		select {
		case <-ctx.Done():
			return nil
		case <-next.C:
		}
	}
}

func (h *Heartbeat) beat(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, heartbeatTimeout)
	defer cancel()
	address, err := h.URL.value()
	if err != nil {
		return err
	}
	request, err := newRequest(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	return ask(h.Client, request)
}
