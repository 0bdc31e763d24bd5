package source

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/page"
)

// Robots tells what robots.txt (RFC 9309) lets us fetch; [fetch.Robots] is one.
type Robots interface {
	AllowedFor(ctx context.Context, r fetch.Request) (bool, error)
}

const (
	// DefaultMaxPages is how many article pages a run fetches at most, where the
	// source does not say.
	DefaultMaxPages = 20
	// pagesRest is when the next run follows where pages are left.
	pagesRest = time.Minute
	// listingRest is how long a listing is left alone while only pages are left.
	listingRest = 15 * time.Minute
	// timeReserve is what is kept of a run's time for storing what was read.
	timeReserve = 5 * time.Second

	// maxPending and maxSeen bound what is remembered of a source: the pages that
	// wait, and those that were seen.
	maxPending = 500
	maxSeen    = 2000
	// maxTranslations is how many versions of an article are followed.
	maxTranslations = 12

	// maxTries is how often a page is tried, the first time after firstRetry, and
	// then each time after three times as long.
	maxTries   = 5
	firstRetry = 10 * time.Minute
	// maxFailures in a row end a run: the host has a fault, and not its pages.
	maxFailures = 3

	acceptPage = "text/html, application/xhtml+xml, */*;q=0.5"
)

// pagesMemory is what a source of pages remembers.
type pagesMemory struct {
	// Since is when the source was visited first.
	Since time.Time `json:"since,omitzero"`
	// Asked is when the listing was asked for last, Fresh until when its server wants
	// it to be kept.
	Asked time.Time `json:"asked,omitzero"`
	Fresh time.Time `json:"fresh,omitzero"`
	// Selectors is a digest of those that the pages were read by, and of the rules that
	// chose among them.
	Selectors string `json:"selectors,omitempty"`
	// Title, Description and Language are the listing's.
	Title       string `json:"title,omitempty"`
	Description string `json:"description,omitempty"`
	Language    string `json:"language,omitempty"`
	// Seen are the pages that were seen, the longest unseen first: a key and a
	// digest of the listing's item each.
	Seen []string `json:"known,omitempty"`
	// Pending are the pages that wait, in order.
	Pending []pendingPage `json:"pending,omitempty"`
	// Lists are what the listing or the sitemaps named when they were read last, the
	// one that was read longest ago first; nil if none was read to its end.
	Lists []pageList `json:"lists"`
	// Sitemaps are those of an index.
	Sitemaps []sitemapMark `json:"sitemaps,omitempty"`
	// Moved is the address that permanent redirects led to; see feedMemory.
	Moved string      `json:"moved,omitempty"`
	Moves fetch.Moves `json:"moves,omitzero"`
}

// pendingPage is a page that waits to be fetched.
type pendingPage struct {
	Item page.Item `json:"entry"`
	// From is the article that names the page as its version in another language, and
	// FromLanguage that article's; "" for a page of the listing.
	From         string `json:"from,omitempty"`
	FromLanguage string `json:"from_language,omitempty"`
	// Changed says that the page was fetched before, and its item has changed.
	Changed bool `json:"changed,omitempty"`
	// Gone says that it is listed and was gone when it was asked last.
	Gone      bool      `json:"gone,omitempty"`
	Tries     int       `json:"tries,omitempty"`
	NotBefore time.Time `json:"not_before,omitzero"`
}

// crawl is one run over the pages behind a listing or a sitemap, or behind a feed's entries.
type crawl struct {
	c      *Collector
	in     Input
	res    Result
	memory pagesMemory
	seen   map[string]string // key of a page → digest of its item
	order  []string          // the keys, the longest unseen first
	isRead bool              // a list was read to its end
	before time.Time         // when the list was asked for before; zero for never
	meets  bool              // something that the list names now it named before
	pages  int               // how many were asked for
	counts map[string]int    // of the problems of single pages, by code
	firsts map[string]string

	lister string                                   // what names the pages: "listing" or "feed"
	read   func(context.Context, pendingPage) error // takes what a page gives
}

// newRound prepares a run over pages of which nothing is remembered.
func (c *Collector) newRound(in Input) (*crawl, error) {
	w := &crawl{c: c, in: in, res: Result{State: in.State}, seen: map[string]string{}, counts: map[string]int{}, firsts: map[string]string{}, lister: "listing"}
	w.read = w.readPage
	if c.Robots == nil {
		return w, fmt.Errorf("collect %s: nothing tells what robots.txt allows; give the collector its Robots", in.Source.ID)
	}
	return w, nil
}

// newCrawl takes up what is remembered.
func (c *Collector) newCrawl(in Input) (*crawl, error) {
	w, err := c.newRound(in)
	if err != nil {
		return w, err
	}
	if len(in.State.Memory) > 0 && json.Unmarshal(in.State.Memory, &w.memory) != nil {
		w.memory = pagesMemory{} // all of it can be learned anew
		w.res.State.ETag, w.res.State.LastModified, w.res.State.Digest = "", "", ""
	}
	if w.memory.Since.IsZero() {
		w.memory.Since = in.Now
	}
	w.before = w.memory.Asked
	if by := selectorsDigest(in.Source.Selectors) + RulesDigest(&in.Source); w.memory.Selectors != by {
		// Other selectors find other things in the same pages, and other rules choose
		// others: all are read again.
		w.memory.Selectors, w.memory.Seen, w.memory.Lists, w.memory.Asked = by, nil, nil, time.Time{}
		w.res.State.ETag, w.res.State.LastModified, w.res.State.Digest = "", "", ""
	}
	if w.memory.Lists == nil {
		// What the listing names has to be known before anything of it can be missed.
		w.memory.Lists = []pageList{}
		w.res.State.ETag, w.res.State.LastModified, w.res.State.Digest = "", "", ""
	}
	for _, line := range w.memory.Seen {
		key, digest, _ := strings.Cut(line, " ")
		w.seen[key] = digest
		w.order = append(w.order, key)
	}
	return w, nil
}

func selectorsDigest(s feeds.Selectors) string {
	if s == (feeds.Selectors{}) {
		return ""
	}
	return digestOf(s.Item, s.Link, s.Title, s.Date, s.Summary, s.Content)
}

// RulesDigest tells apart the rules by which the entries of a source are chosen and their
// titles are changed; "" for none. Where they change all has to be read again.
func RulesDigest(s *feeds.Source) string {
	rules := fmt.Sprintf("%q %q %q", s.Only, s.Except, s.Rewrite)
	if rules == fmt.Sprintf("%q %q %q", feeds.Filter{}, feeds.Filter{}, []feeds.Rewriting(nil)) {
		return ""
	}
	return digestOf(rules)
}

// keep writes what is remembered into the result.
func (w *crawl) keep() error {
	if extra := len(w.order) - maxSeen; extra > 0 {
		w.order = w.order[extra:]
	}
	w.memory.Seen = make([]string, 0, len(w.order))
	for _, key := range w.order {
		w.memory.Seen = append(w.memory.Seen, key+" "+w.seen[key])
	}
	data, err := json.Marshal(w.memory)
	if err != nil {
		return fmt.Errorf("collect %s: remember its pages: %w", w.in.Source.ID, err)
	}
	w.res.State.Memory = data
	return nil
}

// done returns the result of the run.
func (w *crawl) done(err error) (Result, error) {
	w.report()
	w.tell()
	w.res.Unchanged = err == nil && len(w.res.Articles) == 0
	if keepErr := w.keep(); keepErr != nil {
		err = errors.Join(err, keepErr)
	}
	return w.res, err
}

// report tells the problems of single pages: of each code how many have it, and the first.
func (w *crawl) report() {
	for _, code := range slices.Sorted(maps.Keys(w.counts)) {
		detail := w.firsts[code]
		if n := w.counts[code]; n > 1 {
			detail = fmt.Sprintf("%s; so it is with %d others", detail, n-1)
		}
		w.problem(code, "%s", detail)
	}
}

func (w *crawl) problem(code, format string, args ...any) {
	w.res.Problems = append(w.res.Problems, parse.Problem{Code: code, Detail: fmt.Sprintf(format, args...)})
}

// note counts a problem of a page.
func (w *crawl) note(page, code, detail string) {
	if w.counts[code]++; w.counts[code] == 1 {
		w.firsts[code] = page + ": " + detail
	}
}

// errForbidden is what robots.txt does not let us fetch.
var errForbidden = errors.New("robots.txt of its host forbids it")

// ask fetches what robots.txt allows, also where redirects lead to.
func (w *crawl) ask(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	r.AllowPrivate, r.Pause = w.in.Source.AllowPrivate, w.c.Pause
	if sameHost(r.URL, w.in.Source.URL) {
		var err error
		if r.Credentials, err = w.c.credentials(w.in.Source); err != nil {
			return nil, err
		}
	}
	if err := w.allowed(ctx, r); err != nil {
		return nil, err
	}
	got, err := w.c.Client.Get(ctx, r)
	if got != nil {
		w.res.Bytes += got.Bytes
	}
	if err == nil && len(got.Hops) > 0 {
		r.URL = got.URL
		if err := w.allowed(ctx, r); err != nil {
			return nil, fmt.Errorf("%s leads to %s: %w", fetch.Redact(got.Hops[0].URL), fetch.Redact(got.URL), err)
		}
	}
	return got, err
}

func (w *crawl) allowed(ctx context.Context, r fetch.Request) error {
	allowed, err := w.c.Robots.AllowedFor(ctx, r)
	switch {
	case allowed && err != nil:
		w.note(fetch.Redact(r.URL), "robots", "its robots.txt can't be reached, and what it said last holds: "+err.Error())
		return nil
	case allowed:
		return nil
	case err != nil:
		return fmt.Errorf("robots.txt can't be reached, which forbids everything until it can: %w", err)
	}
	return errForbidden
}

// list fetches the listing or sitemap itself. The response is nil where it was left
// alone, and its body where it has not changed.
func (w *crawl) list(ctx context.Context, accept string) (*fetch.Response, error) {
	m := &w.memory
	now := w.in.Now
	if w.isReady() && !m.Asked.IsZero() && (now.Before(m.Asked.Add(listingRest)) || now.Before(m.Fresh)) {
		return nil, nil
	}
	address := w.in.Source.URL
	if m.Moved != "" {
		address = m.Moved
	}
	before := w.res.State
	got, err := w.ask(ctx, fetch.Request{
		URL: address, ETag: before.ETag, LastModified: before.LastModified,
		ValidatorsFor: before.FinalURL, Digest: before.Digest, Accept: accept,
	})
	if got != nil {
		w.res.Status, w.res.NotBefore = got.Status, got.NotBefore()
	}
	if err != nil {
		if m.Moved != "" && lost(err) {
			m.Moved, m.Moves = "", fetch.Moves{} // the configured address is asked again
		}
		w.res.Problems = append(w.res.Problems, wallProblem(err)...)
		hint := ""
		if errors.Is(err, errForbidden) {
			hint = "; ask the publisher to let this program in, or look for a feed"
		}
		return nil, fmt.Errorf("collect %s: %w%s", w.in.Source.ID, err, hint)
	}
	m.Asked, m.Fresh = now, got.FreshUntil
	var adopted string
	if m.Moves, adopted = m.Moves.See(got, now); adopted != "" {
		m.Moved = adopted
		w.problem("moved", "it has moved for good and is asked for at %s from now on; put that into the configuration", adopted)
	}
	return got, nil
}

// listed remembers the validators of a listing whose items were taken in.
func (w *crawl) listed(got *fetch.Response) {
	s := &w.res.State
	s.ETag, s.LastModified, s.FinalURL, s.Digest = got.ETag, got.LastModified, got.URL, got.Digest
}

// options tells the parser what is known of a document.
func (w *crawl) options(got *fetch.Response) parse.Options {
	o := w.c.options(w.in)
	o.ContentType, o.BaseURL = got.ContentType, got.URL
	return o
}
