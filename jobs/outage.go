package jobs

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/store"
)

// outageRest is when a source is asked again that could not be reached while our own
// network was down.
const outageRest = time.Minute

// outageKey is where the store keeps when a process last found our network down.
const outageKey = "network.outage"

// network tells our own network's failures from those of sources.
type network struct {
	outage fetch.Outage
	mu     sync.Mutex
	down   bool
	told   time.Time // when the store was told last
	blamed []blame   // failures of late that may turn out to be ours
}

// blame is a failure that was counted against a source.
type blame struct {
	source string
	at     time.Time
}

// see takes the outcome of a visit to a host, and tells whether it is our own network
// that failed. When that shows first, the failures that led to it are taken back.
func (e *Engine) see(ctx context.Context, v target, failed *fetch.Error, now time.Time) (ours bool, err error) {
	if v.source.Kind == feeds.KindFolder {
		return false, nil
	}
	address := v.source.URL
	if failed != nil && failed.URL != "" {
		address = failed.URL // a redirect may have led elsewhere
	}
	suspect := failed != nil && failed.MayBeOurs()
	if len(e.Only) > 0 {
		return e.seeNamed(ctx, suspect, now)
	}

	e.network.outage.See(address, failed, now)
	down := e.network.outage.Ours(now)
	news := e.network.learn(v.source.ID, suspect, down, now)
	switch {
	case news.began:
		e.Log.Error("nearly no host can be reached: it is our own network; no source is blamed, and each is asked again in a minute", "last", v.source.ID)
	case news.ended:
		e.Log.Info("hosts can be reached again")
	}
	if news.tell {
		value := ""
		if down {
			value = now.UTC().Format(time.RFC3339)
		}
		if err := e.Store.SetMeta(ctx, outageKey, value); err != nil {
			return false, err
		}
	}
	if len(news.forgiven) > 0 {
		if err := e.Store.Forgive(ctx, news.forgiven, now.Add(outageRest)); err != nil {
			return false, err
		}
	}
	return down && suspect, nil
}

// networkNews is what the outcome of a visit changes in what is known of our network.
type networkNews struct {
	began, ended bool     // an outage did
	tell         bool     // the store is to be told how the network is
	forgiven     []string // sources whose failures are taken back
}

// learn takes in whether our network is down as of a visit, which may have failed for
// that.
func (n *network) learn(source string, suspect, down bool, now time.Time) (news networkNews) {
	n.mu.Lock()
	defer n.mu.Unlock()
	news.began, news.ended = down && !n.down, !down && n.down
	n.down = down
	if news.ended || down && now.Sub(n.told) >= time.Minute {
		news.tell, n.told = true, now
	}
	if news.began {
		for _, b := range n.blamed {
			if now.Sub(b.at) <= fetch.OutageWindow {
				news.forgiven = append(news.forgiven, b.source)
			}
		}
		n.blamed = nil
	} else if suspect && !down {
		n.blamed = append(n.blamed[max(0, len(n.blamed)-mostBlamed):], blame{source, now})
	}
	return news
}

// seeNamed tells the same of a visit to a source that a person named. Those are no
// measure of our network, since who names sources often names those that fail; so what
// counts is what a process has found that visits all.
func (e *Engine) seeNamed(ctx context.Context, suspect bool, now time.Time) (ours bool, err error) {
	if !suspect {
		return false, nil
	}
	down, err := NetworkDown(ctx, e.Store, now)
	return !down.IsZero(), err
}

// mostBlamed bounds how many failures of late are remembered.
const mostBlamed = 10000

// NetworkDown returns since when, as far as the last minutes tell, a process has found
// that our own network is down; the zero time if none has.
func NetworkDown(ctx context.Context, db *store.DB, now time.Time) (time.Time, error) {
	value, err := db.Meta(ctx, outageKey)
	if err != nil {
		return time.Time{}, fmt.Errorf("ask for the network: %w", err)
	}
	at, err := time.Parse(time.RFC3339, value)
	if err != nil || now.Sub(at) > fetch.OutageWindow {
		return time.Time{}, nil
	}
	return at, nil
}
