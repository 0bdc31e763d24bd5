package source

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse/page"
)

// translated is the digest of a page that was found as a translation: what a listing
// says of it is learned without fetching it again.
const translated = "t"

// offer takes in the items of a listing: those that are new, and those that have
// changed, wait to be fetched.
func (w *crawl) offer(items []page.Item) {
	for _, e := range items {
		w.recognize(e.Former, pageKey(e.Link))
	}
	noise := w.isNoise(items)
	full := 0
	for _, e := range items {
		key, digest := w.keyOf(e.Link), itemDigest(e)
		old, was := w.seen[key]
		isRead := was && (old == digest || old == translated || noise && old != forgotten)
		if !isRead && !w.queue(pendingPage{Item: e, Changed: was}) {
			full++
			continue
		}
		w.see(key, digest)
	}
	if full > 0 {
		w.problem("pages-waiting", "%d pages wait already; %d more are left out until those are read", maxPending, full)
	}
}

// isNoise reports whether so many items have changed at once that it is the listing
// that changes and not the articles.
func (w *crawl) isNoise(items []page.Item) bool {
	seenBefore, changed := 0, 0
	for _, e := range items {
		if old, ok := w.seen[w.keyOf(e.Link)]; ok && old != forgotten {
			seenBefore++
			if old != itemDigest(e) && old != translated {
				changed++
			}
		}
	}
	if changed < 10 || 2*changed <= seenBefore {
		return false
	}
	w.problem("entries-changed", "%d of %d entries have changed at once, which is taken for a change of the list: only new ones are fetched", changed, seenBefore)
	return true
}

// queue lets a page of the listing wait, or brings one that waits up to date. It reports
// whether there is room for it.
func (w *crawl) queue(page pendingPage) bool {
	key := pageKey(page.Item.Link)
	i := slices.IndexFunc(w.memory.Pending, func(p pendingPage) bool { return pageKey(p.Item.Link) == key })
	switch {
	case i >= 0:
		p := &w.memory.Pending[i]
		p.Item, p.Tries, p.NotBefore = page.Item, 0, time.Time{}
	case len(w.memory.Pending) >= maxPending:
		return false
	default:
		w.memory.Pending = append(w.memory.Pending, page)
	}
	return true
}

// see remembers a page as seen just now.
func (w *crawl) see(key, digest string) {
	if _, ok := w.seen[key]; ok {
		if i := slices.Index(w.order, key); i >= 0 {
			w.order = slices.Delete(w.order, i, i+1)
		}
	}
	w.seen[key] = digest
	w.order = append(w.order, key)
}

// pageKey is what a page is told from others by.
func pageKey(address string) string { return digestOf(cmp.Or(feeds.LinkKey(address), address)) }

// writtenKey is what pages were remembered by once: the address as its list writes it,
// without the scheme.
func writtenKey(address string) string {
	_, rest, ok := strings.Cut(address, "://")
	if !ok {
		rest = address
	}
	return digestOf(rest)
}

// keyOf returns the key of a page. One that is remembered by its written address is
// remembered by its key from then on.
func (w *crawl) keyOf(address string) string {
	key := pageKey(address)
	w.recognize(address, key)
	return key
}

// recognize has a page that is remembered by its written address remembered by its key.
func (w *crawl) recognize(address, key string) {
	written := writtenKey(address)
	digest, ok := w.seen[written]
	if !ok || written == key {
		return
	}
	delete(w.seen, written)
	at := slices.Index(w.order, written)
	if _, both := w.seen[key]; both {
		w.order = slices.Delete(w.order, at, at+1)
	} else {
		w.seen[key], w.order[at] = digest, key
	}
}

// entryDigest is of what a listing says of an article.
func itemDigest(e page.Item) string {
	return digestOf(e.Title, e.Summary, e.Language, e.Published.UTC().Format(time.RFC3339), e.Updated.UTC().Format(time.RFC3339))
}

func digestOf(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}

// isReady reports whether a page waits that may be fetched now.
func (w *crawl) isReady() bool { return w.nextReady() >= 0 }

func (w *crawl) nextReady() int {
	return slices.IndexFunc(w.memory.Pending, func(p pendingPage) bool { return !p.NotBefore.After(w.in.Now) })
}
