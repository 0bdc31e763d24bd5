package jobs

import (
	"context"
	"time"

	"github.com/kairan-news/kairan/internal/store"
)

// markLapsed marks the channels whose pages show something else since a time that has come,
// although nothing changed: an urgent notice that has stood before all others long enough.
// When that will be is found out when a channel is published, so that this is one question
// of an index, to which the answer nearly always is: none.
func (e *Engine) markLapsed(ctx context.Context, now time.Time) error {
	lapsed, err := e.Store.Lapsed(ctx, now)
	if err != nil || len(lapsed) == 0 {
		return err
	}
	return e.Store.Mark(ctx, lapsed, store.Marking{}, now)
}
