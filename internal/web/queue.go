package web

import (
	"context"
	"slices"
	"sync"
)

// queue holds what waits to be done behind the readers, each once.
type queue[T comparable] struct {
	mu      sync.Mutex
	waiting []T
	wake    chan struct{} // has room for one
}

func newQueue[T comparable]() *queue[T] { return &queue[T]{wake: make(chan struct{}, 1)} }

func (q *queue[T]) push(v T) {
	q.mu.Lock()
	if !slices.Contains(q.waiting, v) {
		q.waiting = append(q.waiting, v)
	}
	q.mu.Unlock()
	q.awake()
}

func (q *queue[T]) awake() {
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// pop waits for the next; false when the context ended.
func (q *queue[T]) pop(ctx context.Context) (next T, ok bool) {
	for {
		q.mu.Lock()
		if len(q.waiting) > 0 {
			next = q.waiting[0]
			q.waiting = q.waiting[1:]
			if len(q.waiting) > 0 {
				q.awake() // for others who wait
			}
			q.mu.Unlock()
			return next, true
		}
		q.mu.Unlock()
		select {
		case <-ctx.Done():
			return next, false
		case <-q.wake:
		}
	}
}
