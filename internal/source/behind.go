package source

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/page"
)

// What left a listing's first page before it was visited stands on the pages behind it.
// Where nothing of the first page was known, and the listing names the one behind it, that is
// read too, and so on until one has an item that was known. What is found there waits to be
// fetched as the first page's items do, behind them. It is no part of what the source lists:
// see leftout.go.
//
// Nothing is looked for behind a list that is not remembered, whose items of old would seem
// to be new, nor behind one that looks like another list.

const (
	// mostBehind is how many pages behind the first one a run fetches at most.
	mostBehind = 10
	// behindReserve is what must be left of a run's time to begin one.
	behindReserve = 20 * time.Second
	// behindPast is how long before the list was asked for last an item may be dated that
	// came since. Notices are dated when they are written, or when they are decided.
	behindPast = 30 * 24 * time.Hour
	// fewListed is the least number of items that say something of a list.
	fewListed = 5
)

// walk is the way back along the pages of a listing.
type walk struct {
	*crawl
	first *page.Listing
	items []page.Item     // of the first page that are the site's own
	at    string          // the first page's address
	met   map[string]bool // keys of the items that were met on the way
	found []page.Item
	isEnd bool // the last page has something that was known
}

// reachBack returns what came to the listing since it was asked for last and has left its
// first page, given that page with its items, and remembers whether what was known was
// met. The error is one that ends the visit to the host, or the gap's own.
func (w *crawl) reachBack(ctx context.Context, first *page.Listing, items []page.Item, at string) ([]page.Item, error) {
	if w.meets = slices.ContainsFunc(items, w.isKnown); w.meets || first.Next == "" || w.in.Gap == nil || w.isAnother(items) {
		return nil, nil
	}
	if gap, err := w.in.Gap(ctx, named(items)); err != nil || !gap {
		return nil, err
	}
	back := &walk{crawl: w, first: first, items: items, at: at, met: map[string]bool{}}
	back.fresh(items)
	back.found = nil
	asked := map[string]bool{at: true}
	for next := first.Next; sameHost(next, at) && !asked[next] && len(asked) <= mostBehind && hasTimeLeft(ctx); {
		asked[next] = true
		var err error
		if next, err = back.read(ctx, next); err != nil {
			return back.found, err
		}
	}
	w.meets = back.isEnd
	return back.found, nil
}

// read reads a page of the listing, takes what is fresh there, and returns the address of the
// next; "" where there is an end to it.
func (b *walk) read(ctx context.Context, at string) (next string, err error) {
	got, err := b.ask(ctx, fetch.Request{URL: at, Accept: acceptPage})
	switch {
	case ctx.Err() != nil:
		return "", fmt.Errorf("collect %s: %w", b.in.Source.ID, context.Cause(ctx))
	case err != nil && (isThrottled(err) || isWalled(err)):
		return "", b.endVisit(err)
	case err != nil || !sameHost(got.URL, b.at):
		return "", nil
	}
	o := b.options(got)
	o.Language = ""
	list, err := page.ParseListing(got.Body, o, b.in.Source.Selectors)
	if err != nil || !isWhole(list.Problems) {
		return "", nil
	}
	if !b.fresh(ownItems(list.Like(b.first), got.URL)) {
		return "", nil
	}
	return list.Next, nil
}

// fresh takes those of a page's items that were not met, up to the last one that was known,
// and reports whether there may be more behind them: there are some, nothing was known, and
// none is of long before the last visit.
func (b *walk) fresh(items []page.Item) (goesOn bool) {
	for i, e := range slices.Backward(items) {
		if b.isKnown(e) {
			b.isEnd = true
			items = items[:i]
			break
		}
	}
	goesOn = !b.isEnd
	before := len(b.found)
	for _, e := range items {
		key := pageKey(e.Link)
		switch {
		case b.met[key] || b.isKnown(e):
			continue
		case isOlder(e, b.before.Add(-behindPast)):
			goesOn = false
			continue
		}
		b.met[key] = true
		b.found = append(b.found, e)
	}
	if room := maxPending - len(b.memory.Pending) - len(b.items); len(b.found) > room {
		b.found, b.isEnd = b.found[:max(0, room)], false
		return false
	}
	return goesOn && len(b.found) > before
}

// isKnown reports whether a list has named an item's page before.
func (w *crawl) isKnown(e page.Item) bool {
	w.recognize(e.Former, pageKey(e.Link))
	_, known := w.seen[w.keyOf(e.Link)]
	return known
}

// isAnother reports whether a list of unknown items looks like another one than that which is
// remembered, or none is: it has become much shorter, its items are at another host, most of
// them say what others said at other addresses, as where a site is made anew, or all that
// are dated are of long before the last visit.
func (w *crawl) isAnother(items []page.Item) bool {
	before, hosts := 0, false
	for _, l := range w.memory.Lists {
		for _, p := range l.Pages {
			if p.Left.IsZero() {
				before++
				hosts = hosts || slices.ContainsFunc(items, func(e page.Item) bool { return sameHost(e.Link, p.Link) })
			}
		}
	}
	said := make(map[string]bool, len(w.seen))
	for _, digest := range w.seen {
		said[digest] = true
	}
	again, dated, old := 0, 0, 0
	for _, e := range items {
		if said[itemDigest(e)] {
			again++
		}
		if !e.Published.IsZero() {
			dated++
		}
		if isOlder(e, w.before.Add(-behindPast)) {
			old++
		}
	}
	return !hosts || before >= fewListed && 2*len(items) < before || 2*again > len(items) || dated > 0 && old == dated
}

// isOlder reports whether an item is dated before a time.
func isOlder(e page.Item, t time.Time) bool {
	return !e.Published.IsZero() && e.Published.Before(t)
}

// named are items as articles, as far as their list names them.
func named(items []page.Item) []feeds.Article {
	articles := make([]feeds.Article, 0, len(items))
	for _, e := range items {
		articles = append(articles, feeds.Article{Link: e.Link, Title: e.Title, Published: e.Published, PublishedDay: e.PublishedDay, PublishedFrom: feeds.DatePage})
	}
	return articles
}

// ownItems returns the items that lead to the site of a page.
func ownItems(items []page.Item, at string) []page.Item {
	return slices.DeleteFunc(slices.Clone(items), func(e page.Item) bool { return !address.SameSite(e.Link, at) })
}

// hasTimeLeft reports whether a run has time for another page.
func hasTimeLeft(ctx context.Context) bool {
	end, ok := ctx.Deadline()
	return !ok || time.Until(end) >= behindReserve
}
