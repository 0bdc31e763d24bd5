package source

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"mime"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/parse"
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

	// maxPending and maxKnown bound what is remembered of a source: the pages that
	// wait, and those that were seen.
	maxPending = 500
	maxKnown   = 2000
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
	// Selectors is a digest of those that the pages were read by.
	Selectors string `json:"selectors,omitempty"`
	// Title and Language are the listing's.
	Title    string `json:"title,omitempty"`
	Language string `json:"language,omitempty"`
	// Known are the pages that were seen, the longest unseen first: a key and a
	// digest of the listing's entry each.
	Known []string `json:"known,omitempty"`
	// Pending are the pages that wait, in order.
	Pending []pendingPage `json:"pending,omitempty"`
	// Sitemaps are those of an index.
	Sitemaps []sitemapMark `json:"sitemaps,omitempty"`
	// Moved is the address that permanent redirects led to; see feedMemory.
	Moved string      `json:"moved,omitempty"`
	Moves fetch.Moves `json:"moves,omitzero"`
}

// pendingPage is a page that waits to be fetched.
type pendingPage struct {
	Entry parse.Entry `json:"entry"`
	// From is the article that names the page as its version in another language, and
	// FromLanguage that article's; "" for a page of the listing.
	From         string `json:"from,omitempty"`
	FromLanguage string `json:"from_language,omitempty"`
	// Changed says that the page was fetched before, and its entry has changed.
	Changed   bool      `json:"changed,omitempty"`
	Tries     int       `json:"tries,omitempty"`
	NotBefore time.Time `json:"not_before,omitzero"`
}

// crawl is one run over the pages behind a listing or a sitemap.
type crawl struct {
	c      *Collector
	in     Input
	res    Result
	memory pagesMemory
	known  map[string]string // key of a page → digest of its entry
	order  []string          // the keys, the longest unseen first
	counts map[string]int    // of the problems of single pages, by code
	firsts map[string]string
}

// newCrawl takes up what is remembered.
func (c *Collector) newCrawl(in Input) (*crawl, error) {
	w := &crawl{c: c, in: in, res: Result{State: in.State}, known: map[string]string{}, counts: map[string]int{}, firsts: map[string]string{}}
	if c.Robots == nil {
		return w, fmt.Errorf("collect %s: nothing tells what robots.txt allows; give the collector its Robots", in.Source.ID)
	}
	if len(in.State.Memory) > 0 && json.Unmarshal(in.State.Memory, &w.memory) != nil {
		w.memory = pagesMemory{} // all of it can be learned anew
		w.res.State.ETag, w.res.State.LastModified, w.res.State.Digest = "", "", ""
	}
	if w.memory.Since.IsZero() {
		w.memory.Since = in.Now
	}
	if by := selectorsDigest(in.Source.Selectors); w.memory.Selectors != by {
		// Other selectors find other things in the same pages: all are read again.
		w.memory.Selectors, w.memory.Known, w.memory.Asked = by, nil, time.Time{}
		w.res.State.ETag, w.res.State.LastModified, w.res.State.Digest = "", "", ""
	}
	for _, line := range w.memory.Known {
		key, digest, _ := strings.Cut(line, " ")
		w.known[key] = digest
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

// keep writes what is remembered into the result.
func (w *crawl) keep() error {
	if extra := len(w.order) - maxKnown; extra > 0 {
		w.order = w.order[extra:]
	}
	w.memory.Known = make([]string, 0, len(w.order))
	for _, key := range w.order {
		w.memory.Known = append(w.memory.Known, key+" "+w.known[key])
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
	for _, code := range slices.Sorted(maps.Keys(w.counts)) {
		detail := w.firsts[code]
		if n := w.counts[code]; n > 1 {
			detail = fmt.Sprintf("%s; so it is with %d others", detail, n-1)
		}
		w.problem(code, "%s", detail)
	}
	w.res.Unchanged = err == nil && len(w.res.Articles) == 0
	if keepErr := w.keep(); keepErr != nil {
		err = errors.Join(err, keepErr)
	}
	return w.res, err
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

// listed remembers the validators of a listing whose entries were taken in.
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

// translated is the digest of a page that was found as a translation: what a listing
// says of it is learned without fetching it again.
const translated = "t"

// offer takes in the entries of a listing: those that are new, and those that have
// changed, wait to be fetched. Where most have changed at once, it is the listing
// that changes and not the articles.
func (w *crawl) offer(entries []parse.Entry) {
	knownBefore, changed := 0, 0
	for _, e := range entries {
		if old, ok := w.known[pageKey(e.Link)]; ok {
			knownBefore++
			if old != entryDigest(e) && old != translated {
				changed++
			}
		}
	}
	noise := changed >= 10 && 2*changed > knownBefore
	if noise {
		w.problem("entries-changed", "%d of %d entries have changed at once, which is taken for a change of the list: only new ones are fetched", changed, knownBefore)
	}
	full := 0
	for _, e := range entries {
		key, digest := pageKey(e.Link), entryDigest(e)
		old, was := w.known[key]
		if was && (old == digest || old == translated || noise) {
			w.see(key, digest)
			continue
		}
		if i := slices.IndexFunc(w.memory.Pending, func(p pendingPage) bool { return pageKey(p.Entry.Link) == key }); i >= 0 {
			p := &w.memory.Pending[i]
			p.Entry, p.Tries, p.NotBefore = e, 0, time.Time{}
		} else if len(w.memory.Pending) >= maxPending {
			full++
			continue
		} else {
			w.memory.Pending = append(w.memory.Pending, pendingPage{Entry: e, Changed: was})
		}
		w.see(key, digest)
	}
	if full > 0 {
		w.problem("pages-waiting", "%d pages wait already; %d more are left out until those are read", maxPending, full)
	}
}

// see remembers a page as seen just now.
func (w *crawl) see(key, digest string) {
	if _, ok := w.known[key]; ok {
		if i := slices.Index(w.order, key); i >= 0 {
			w.order = slices.Delete(w.order, i, i+1)
		}
	}
	w.known[key] = digest
	w.order = append(w.order, key)
}

// pageKey is what a page is remembered by: its address without the scheme.
func pageKey(link string) string {
	_, rest, ok := strings.Cut(link, "://")
	if !ok {
		rest = link
	}
	return digestOf(rest)
}

// entryDigest is of what a listing says of an article.
func entryDigest(e parse.Entry) string {
	return digestOf(e.Title, e.Summary, e.Language, e.Published.UTC().Format(time.RFC3339), e.Updated.UTC().Format(time.RFC3339))
}

func digestOf(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return base64.RawURLEncoding.EncodeToString(sum[:9])
}

// isReady tells whether a page waits that may be fetched now.
func (w *crawl) isReady() bool { return w.nextReady() >= 0 }

func (w *crawl) nextReady() int {
	return slices.IndexFunc(w.memory.Pending, func(p pendingPage) bool { return !p.NotBefore.After(w.in.Now) })
}

// errNoTime ends the fetching of pages when the run's time is nearly over.
var errNoTime = errors.New("the time of the run is nearly over")

// readPages fetches the pages that wait, one after the other, until there are enough
// for a run. The error is one that ends the run's visit to the host; what was read
// until then is in the result.
func (w *crawl) readPages(ctx context.Context) error {
	timed := ctx
	if end, ok := ctx.Deadline(); ok {
		var cancel context.CancelFunc
		timed, cancel = context.WithDeadlineCause(ctx, end.Add(-timeReserve), errNoTime)
		defer cancel()
	}
	budget := cmp.Or(w.in.Source.MaxPages, DefaultMaxPages)
	failures := 0
	for ; budget > 0 && failures < maxFailures && timed.Err() == nil; budget-- {
		i := w.nextReady()
		if i < 0 {
			return nil
		}
		page := w.memory.Pending[i]
		w.memory.Pending = slices.Delete(w.memory.Pending, i, i+1)
		err := w.readPage(timed, page)
		switch {
		case err == nil:
			failures = 0
			continue
		case timed.Err() != nil:
			w.putBack(i, page)
			if ctx.Err() != nil {
				return fmt.Errorf("collect %s: %w", w.in.Source.ID, context.Cause(ctx))
			}
			continue
		case isThrottled(err):
			w.putBack(i, page)
			var failed *fetch.Error
			if errors.As(err, &failed) {
				w.res.NotBefore = laterOf(w.res.NotBefore, failed.RetryAfter)
			}
			return fmt.Errorf("collect %s: %w", w.in.Source.ID, err)
		}
		failures++
		if page.Tries++; page.Tries >= maxTries {
			w.note(page.Entry.Link, "page-given-up", fmt.Sprintf("it failed %d times and is left alone until its entry changes: %v", maxTries, err))
			continue
		}
		wait := firstRetry
		for range page.Tries - 1 {
			wait *= 3
		}
		page.NotBefore = w.in.Now.Add(wait)
		w.memory.Pending = append(w.memory.Pending, page)
		w.note(page.Entry.Link, "page-failed", fmt.Sprintf("%v; it will be tried again", err))
	}
	if failures < maxFailures && w.isReady() {
		w.res.Again = pagesRest
	}
	return nil
}

// putBack lets a page wait on in its place.
func (w *crawl) putBack(i int, page pendingPage) {
	w.memory.Pending = slices.Insert(w.memory.Pending, i, page)
}

func isThrottled(err error) bool {
	var failed *fetch.Error
	return errors.As(err, &failed) && failed.Throttled()
}

// readPage fetches a page and takes its article. An error means that it may succeed
// another time.
func (w *crawl) readPage(ctx context.Context, page pendingPage) error {
	e := page.Entry
	if kind := parse.DocumentType(e.Link); kind != "" {
		w.takeEntry(page, kind)
		return nil
	}
	got, err := w.ask(ctx, fetch.Request{URL: e.Link, Accept: acceptPage})
	var failed *fetch.Error
	switch {
	case errors.Is(err, errForbidden):
		w.note(e.Link, "robots", "robots.txt forbids the page; what the listing says of it was taken")
		w.takeEntry(page, "")
		return nil
	case errors.As(err, &failed) && failed.Kind == fetch.KindHTTPStatus && (failed.Status == 404 || failed.Status == 410):
		w.note(e.Link, "page-gone", fmt.Sprintf("the server answers %d", failed.Status))
		return nil
	case errors.As(err, &failed) && failed.Kind == fetch.KindTooLarge:
		w.note(e.Link, "page-too-large", "the page is too large; what the listing says of it was taken")
		w.takeEntry(page, "")
		return nil
	case err != nil:
		return err
	case parse.IsFrontPage(got.URL) && !parse.IsFrontPage(e.Link):
		w.note(e.Link, "page-gone", "the server leads to its front page")
		return nil
	}
	o := w.options(got)
	o.Language = cmp.Or(o.Language, e.Language)
	if page.From != "" {
		o.Language = e.Language
	}
	read, err := parse.ParsePage(got.Body, o, w.in.Source.Selectors)
	if errors.Is(err, parse.ErrNotHTML) {
		kind, _, _ := mime.ParseMediaType(got.ContentType)
		w.takeEntry(page, cmp.Or(kind, "application/octet-stream"))
		return nil
	}
	if err != nil {
		w.note(e.Link, "page-unreadable", err.Error())
		w.takeEntry(page, "")
		return nil
	}
	for _, p := range read.Problems {
		if p.Code != "no-date" || e.Published.IsZero() {
			w.note(e.Link, p.Code, p.Detail)
		}
	}
	if page.From != "" && !w.isTranslation(page, read) {
		return nil
	}
	a := w.merge(read, page)
	w.res.Articles = append(w.res.Articles, a)
	w.follow(page, a)
	return nil
}

// isTranslation tells whether a page that was found by hreflang is the version that
// it was said to be.
func (w *crawl) isTranslation(page pendingPage, read *parse.Page) bool {
	a := read.Article
	from := pageKey(page.From)
	names := slices.ContainsFunc(a.Alternates, func(v feeds.Alternate) bool { return pageKey(v.Link) == from })
	why := ""
	switch {
	case pageKey(a.Link) == from:
		why = "it is the same page as " + page.From
	case len(a.Alternates) > 0 && !names:
		why = "it does not name " + page.From + " as its own version in " + page.FromLanguage
	case slices.ContainsFunc(read.Problems, func(p parse.Problem) bool { return p.Code == "language-conflict" }):
		why = "its text is not in " + a.Language
	}
	if why != "" {
		w.note(page.Entry.Link, "not-translated", why+"; it was left out")
	}
	return why == ""
}

// merge completes what a page says by what its listing says.
func (w *crawl) merge(read *parse.Page, page pendingPage) feeds.Article {
	a, e := read.Article, page.Entry
	if e.Title != "" && (a.Title == w.memory.Title || a.Title == "") {
		a.Title = e.Title
	}
	if e.Summary != "" {
		a.Summary = e.Summary
	}
	if !e.Published.IsZero() && (a.Published.IsZero() || read.Visible && !sameDay(a.Published, e.Published, w.in.Publisher.Location)) {
		a.Published, a.PublishedFrom = e.Published, feeds.DatePage
	}
	if w.in.Source.Kind == feeds.KindSitemap && !e.Published.IsZero() {
		a.Published, a.PublishedFrom = e.Published, feeds.DateDeclared
	}
	if a.Updated.IsZero() && e.Updated.After(a.Published) && !a.Published.IsZero() {
		a.Updated = e.Updated
	}
	if a.Language == parse.Undetermined && w.memory.Language != "" {
		a.Language = w.memory.Language
	}
	for _, t := range e.Terms {
		if !slices.ContainsFunc(a.Terms, func(k feeds.Term) bool { return strings.EqualFold(k.Term, t.Term) }) {
			a.Terms = append(a.Terms, t)
		}
	}
	for _, i := range e.Images {
		if !slices.ContainsFunc(a.Images, func(k feeds.Image) bool { return k.URL == i.URL }) {
			a.Images = append(a.Images, i)
		}
	}
	known := e.Alternates
	if page.From != "" {
		// By this the store finds the story, also where redirects changed a link.
		known = append([]feeds.Alternate{{Language: page.FromLanguage, Link: page.From}}, known...)
	}
	for _, v := range known {
		if v.Language != a.Language && v.Link != a.Link && !slices.ContainsFunc(a.Alternates, func(k feeds.Alternate) bool { return pageKey(k.Link) == pageKey(v.Link) }) {
			a.Alternates = append(a.Alternates, v)
		}
	}
	w.see(pageKey(a.Link), cmp.Or(w.known[pageKey(a.Link)], translated))
	return a
}

func sameDay(a, b time.Time, zone *time.Location) bool {
	if zone == nil {
		zone = time.UTC
	}
	return a.In(zone).Format(time.DateOnly) == b.In(zone).Format(time.DateOnly)
}

// takeEntry makes an article of what the listing says alone, of a file or of a page
// that can't be read. Without a title there is nothing to make it of.
func (w *crawl) takeEntry(page pendingPage, kind string) {
	e := page.Entry
	if e.Title == "" || page.From != "" {
		return
	}
	a := feeds.Article{
		Link: e.Link, Title: e.Title, Summary: e.Summary,
		Language:  cmp.Or(w.in.Source.Language, e.Language, w.memory.Language, parse.Undetermined),
		Published: e.Published, PublishedFrom: feeds.DatePage, Updated: e.Updated,
		Terms: e.Terms, Images: e.Images, Alternates: e.Alternates,
	}
	switch {
	case a.Published.IsZero():
		a.PublishedFrom = feeds.DateFirstSeen
	case w.in.Source.Kind == feeds.KindSitemap:
		a.PublishedFrom = feeds.DateDeclared
	}
	if kind != "" {
		a.Enclosures = []feeds.Enclosure{{URL: e.Link, Type: kind}}
	}
	w.res.Articles = append(w.res.Articles, a)
}

// follow lets the versions of an article in other languages wait, before all others:
// those of the listing's own host that are not known, or all of them where the
// article has changed.
func (w *crawl) follow(page pendingPage, a feeds.Article) {
	var found []pendingPage
	for _, v := range a.Alternates {
		key := pageKey(v.Link)
		_, known := w.known[key]
		switch {
		case len(found) >= maxTranslations || !sameHost(v.Link, w.in.Source.URL):
			continue
		case known && !page.Changed:
			continue
		case slices.ContainsFunc(w.memory.Pending, func(p pendingPage) bool { return pageKey(p.Entry.Link) == key }):
			continue
		}
		if !known {
			w.see(key, translated)
		}
		found = append(found, pendingPage{Entry: parse.Entry{Link: v.Link, Language: v.Language}, From: a.Link, FromLanguage: a.Language})
	}
	w.memory.Pending = slices.Insert(w.memory.Pending, 0, found...)
}

func sameHost(a, b string) bool {
	x, errX := url.Parse(a)
	y, errY := url.Parse(b)
	return errX == nil && errY == nil && strings.EqualFold(x.Host, y.Host)
}
