package web

import (
	"context"
	"log/slog"
	"sync/atomic"
)

// trouble tells operators when something begins to fail and when it works again,
// not each time that somebody asks for it meanwhile.
type trouble struct {
	began  string // what to say of the beginning
	ended  string // and of the end
	lasted atomic.Bool
}

func (t *trouble) report(ctx context.Context, log *slog.Logger, err error, about ...any) {
	switch failing := err != nil; {
	case t.lasted.Swap(failing) == failing:
	case failing:
		log.ErrorContext(ctx, t.began, append(about, "error", err)...)
	default:
		log.InfoContext(ctx, t.ended)
	}
}
