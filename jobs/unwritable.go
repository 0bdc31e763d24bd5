package jobs

import (
	"context"
	"errors"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/kairan-news/kairan/internal/store"
)

// While the database can't be written (a full disk, a standby) nothing that a job does
// can be kept, so that none works: whoever is visited for nothing is visited again. The
// sweep finds out when it can be written again. River goes on by itself: it tries again
// what it could not write.

func isUnwritable(err error) bool {
	_, ok := errors.AsType[*store.Unwritable](err)
	return ok
}

// writable tells whether the sweep has a point. It tries, where the database could not
// be written or River has complained: of what fails for River the store knows nothing.
func (e *Engine) writable(ctx context.Context) error {
	switch known := e.Store.Writable(); {
	case known == nil && !e.doubt.Swap(false):
		return nil
	case known != nil && !e.Patient:
		return known
	}
	return e.Store.TryWriting(ctx)
}

// putOff puts jobs off while the database can't be written.
type putOff struct {
	river.MiddlewareDefaults
	engine *Engine
}

// Work implements rivertype.WorkerMiddleware.
func (p *putOff) Work(ctx context.Context, _ *rivertype.JobRow, work func(context.Context) error) error {
	if p.engine.Store.Writable() != nil {
		return river.JobSnooze(retryAfter)
	}
	return work(ctx)
}
