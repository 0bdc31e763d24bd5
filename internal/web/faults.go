package web

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// Fault is a document that did not pass the strict check.
type Fault struct {
	// Path is the document's below the site's address.
	Path string
	// Reason is what the check says.
	Reason string
	// Since is when it was found that it does not pass.
	Since time.Time
}

// faults remembers what does not pass the check. The zero value is ready.
type faults struct {
	mu     sync.Mutex
	faulty map[feeds.DocumentKey]Fault
	left   map[string]bool
	count  int64
}

// mostLeft bounds how many texts are remembered that were left out.
const mostLeft = 1000

// told reports whether a document is faulty, and says so once to operators.
func (f *faults) told(ctx context.Context, log *slog.Logger, d feeds.MadeDocument) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	if d.Fault == nil {
		delete(f.faulty, d.DocumentKey)
		return false
	}
	f.count++
	reason := d.Fault.Error()
	was, known := f.faulty[d.DocumentKey]
	if known && was.Reason == reason {
		return true
	}
	if f.faulty == nil {
		f.faulty = map[feeds.DocumentKey]Fault{}
	}
	if !known {
		was.Since = time.Now()
	}
	f.faulty[d.DocumentKey] = Fault{Path: d.Path(), Reason: reason, Since: was.Since}
	log.ErrorContext(ctx, "a feed does not pass the check; the last good one stands in, or this one without the texts that fail", "feed", d.Path(), "reason", reason)
	return true
}

// leftOut says once of each text that it was left out.
func (f *faults) leftOut(ctx context.Context, log *slog.Logger, reasons []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, reason := range reasons {
		if f.left[reason] {
			continue
		}
		if f.left == nil || len(f.left) >= mostLeft {
			f.left = map[string]bool{}
		}
		f.left[reason] = true
		f.count++
		log.WarnContext(ctx, "a text was left out of a feed", "reason", reason)
	}
}

func (f *faults) forget(key feeds.DocumentKey) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.faulty, key)
}

// list returns the faulty documents, and how often one was found.
func (f *faults) list() (all []Fault, count int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, fault := range f.faulty {
		all = append(all, fault)
	}
	slices.SortFunc(all, func(a, b Fault) int { return cmp.Compare(a.Path, b.Path) })
	return all, f.count
}
