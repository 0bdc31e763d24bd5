package ops

import (
	"context"
	"sync"
	"time"
)

// kept is an answer that is told again for a while: pages ask for the same again and again,
// and some answers cost a reading of whole tables.
type kept[T any] struct {
	// fresh is for how long it is told again. After that it is asked for anew, behind whoever
	// asks; one that is older than stale is waited for.
	fresh, stale time.Duration
	ask          func(context.Context) (T, error)
	now          func() time.Time

	mu     sync.Mutex
	value  T
	at     time.Time     // of the value; zero while there is none
	failed error         // of the last question; nil if it was answered
	asked  time.Time     // when the last question was put
	under  chan struct{} // closed when the question under way has its answer; nil for none
	doubt  bool          // something was done since: an older answer is waited for
}

// askPatience is how long one question may take.
const askPatience = 10 * time.Second

// get returns the answer and its time. With an error it is the last one that there was; its
// time is zero where there was none.
func (k *kept[T]) get(ctx context.Context) (value T, at time.Time, err error) {
	k.mu.Lock()
	now := k.now()
	if now.Sub(k.asked) >= k.fresh && k.under == nil {
		k.under, k.asked = make(chan struct{}), now
		go k.put(context.WithoutCancel(ctx), k.under)
	}
	if under := k.under; under != nil && (k.doubt || k.at.IsZero() || now.Sub(k.at) >= k.stale) {
		k.mu.Unlock()
		select {
		case <-under:
		case <-ctx.Done():
			return value, at, ctx.Err()
		}
		k.mu.Lock()
	}
	defer k.mu.Unlock()
	return k.value, k.at, k.failed
}

// within returns an answer that is no older than a time, and waits for it where there is none.
func (k *kept[T]) within(ctx context.Context, old time.Duration) (value T, err error) {
	k.mu.Lock()
	if now := k.now(); k.under == nil && (k.at.IsZero() || now.Sub(k.at) >= old || k.failed != nil) {
		k.under, k.asked = make(chan struct{}), now
		go k.put(context.WithoutCancel(ctx), k.under)
	}
	if under := k.under; under != nil {
		k.mu.Unlock()
		select {
		case <-under:
		case <-ctx.Done():
			return value, ctx.Err()
		}
		k.mu.Lock()
	}
	defer k.mu.Unlock()
	return k.value, k.failed
}

// put puts the question.
func (k *kept[T]) put(ctx context.Context, under chan struct{}) {
	ctx, cancel := context.WithTimeout(ctx, askPatience)
	defer cancel()
	value, err := k.ask(ctx)
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.failed = err; err == nil {
		k.value, k.at = value, k.asked
	}
	k.under, k.doubt = nil, false
	close(under)
}

// forget has the next answer be asked for anew and waited for: something was done.
func (k *kept[T]) forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.asked, k.doubt = time.Time{}, true
}
