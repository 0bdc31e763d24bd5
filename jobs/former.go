package jobs

import (
	"context"
	"time"
)

// The pauses of clearing, in which others write.
const (
	clearPause = 50 * time.Millisecond
	clearRetry = 10 * time.Second
)

// clearFormer deletes what an earlier program stored and nobody needs any more, little by
// little, until nothing is left or the context ends. It goes on at the next start. That it
// fails is told once, until it works again.
func (e *Engine) clearFormer(ctx context.Context) {
	var began time.Time
	var failing bool
	for {
		more, err := e.Store.ClearFormer(ctx)
		pause := clearPause
		switch {
		case ctx.Err() != nil:
			return
		case err != nil:
			if pause = clearRetry; !failing {
				e.Log.Warn("documents that an earlier program stored can't be deleted; it is tried again", "error", err)
			}
		case !more && began.IsZero():
			return // there were none
		case !more:
			e.Log.Info("documents that an earlier program stored are deleted; \"kairan vacuum\" gives their room back", "took", time.Since(began).Round(time.Second))
			return
		case began.IsZero():
			began = time.Now()
		}
		failing = err != nil
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}
