package operate

import (
	"context"
	"fmt"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/store"
)

// requests is what asking all processes needs of the database.
type requests interface {
	PutRequest(ctx context.Context, r store.Request) (id int64, err error)
	PutAnswer(ctx context.Context, request int64, a store.Answer) error
}

// Reload has every process read its configuration again: this one at once, where it has one,
// and the others at their next beat. Where this one's has errors, nobody is asked.
func (o *Operator) Reload(ctx context.Context, who Who) (Done, error) {
	return o.do(ctx, who, Reload, string(flow.OfService), "", func(ctx context.Context) (Done, error) {
		if o.Reread != nil {
			if err := o.Reread(ctx); err != nil {
				return Done{}, refuse(Conflict, "the configuration was not reloaded, and the one in force stays: %v", err)
			}
		}
		id, err := o.Store.PutRequest(ctx, store.Request{Time: o.Now(), Who: who.Name, What: string(Reload)})
		if err != nil {
			return Done{}, err
		}
		if o.Process == "" {
			return Done{Said: "Every process reads its configuration at its next beat.", Changed: true, Request: id}, nil
		}
		if err := o.Store.PutAnswer(ctx, id, store.Answer{Process: o.Process, Time: o.Now()}); err != nil {
			return Done{}, err
		}
		return Done{
			Said:    fmt.Sprintf("This process has read its configuration again. Others do at their next beat, within %s.", flow.BeatEvery),
			Changed: true, Request: id,
		}, nil
	})
}

// Asked is what a process that heeds requests needs of the database.
type Asked interface {
	Unanswered(ctx context.Context, process string, since time.Time) ([]store.Request, error)
	PutAnswer(ctx context.Context, request int64, a store.Answer) error
}

// Heeder does in a process what was asked of all.
type Heeder struct {
	Store Asked
	// Process is the process's id, Started when it began: what was asked before, it has done
	// by beginning.
	Process string
	Started time.Time
	// Do are the things that it can do; others are left unanswered.
	Do  map[Action]func(context.Context) error
	Now func() time.Time
}

// Heed does what was asked and is not answered yet, each once, and answers. What fails is an
// answer, and no error.
func (h *Heeder) Heed(ctx context.Context) error {
	asked, err := h.Store.Unanswered(ctx, h.Process, h.Started)
	if err != nil {
		return err
	}
	done := map[Action]string{} // several requests for the same are one
	for _, r := range asked {
		do, can := h.Do[Action(r.What)]
		if !can {
			continue
		}
		failure, again := done[Action(r.What)]
		if !again {
			if err := do(ctx); err != nil {
				failure = cut(err.Error())
			}
			done[Action(r.What)] = failure
		}
		if err := h.Store.PutAnswer(ctx, r.ID, store.Answer{Process: h.Process, Time: h.Now(), Failure: failure}); err != nil {
			return err
		}
	}
	return nil
}
