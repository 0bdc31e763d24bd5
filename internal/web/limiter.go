package web

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
)

// turn says who goes first where more is to be made than there are processors.
type turn int

const (
	turnLive    turn = iota // a live document that a reader waits for
	turnArchive             // an archive; at most half of what is made at once
	turnBehind              // what nobody waits for
	turns
)

// mostWaiting bounds how many renderings of each kind wait for their turn: who asks for
// archives by the thousand keeps nobody from a live document.
const mostWaiting = 256

// errBusy says that too many wait already.
var errBusy = errors.New("too many documents are to be made at once")

// limiter has as many documents made at once as there are processors.
type limiter struct {
	mu       sync.Mutex
	free     int // renderings that may begin
	archives int // of these, archives
	waiting  [turns][]chan struct{}
}

func newLimiter() *limiter {
	n := runtime.GOMAXPROCS(0)
	return &limiter{free: n, archives: max(1, n/2)}
}

// enter waits for a turn. Who entered must leave.
func (l *limiter) enter(ctx context.Context, t turn) error {
	l.mu.Lock()
	if len(l.waiting[t]) >= mostWaiting {
		l.mu.Unlock()
		return errBusy
	}
	granted := make(chan struct{})
	l.waiting[t] = append(l.waiting[t], granted)
	l.grant()
	l.mu.Unlock()
	select {
	case <-granted:
		return nil
	case <-ctx.Done():
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	i := slices.Index(l.waiting[t], granted)
	if i < 0 { // granted meanwhile
		l.release(t)
		return ctx.Err()
	}
	l.waiting[t] = slices.Delete(l.waiting[t], i, i+1)
	return ctx.Err()
}

func (l *limiter) leave(t turn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.release(t)
}

func (l *limiter) release(t turn) {
	l.free++
	if t == turnArchive {
		l.archives++
	}
	l.grant()
}

// grant lets those begin who may, the first of the first kind first.
func (l *limiter) grant() {
	for t := range turns {
		for l.free > 0 && len(l.waiting[t]) > 0 && (t != turnArchive || l.archives > 0) {
			close(l.waiting[t][0])
			l.waiting[t] = slices.Delete(l.waiting[t], 0, 1)
			l.free--
			if t == turnArchive {
				l.archives--
			}
		}
	}
}
