package source

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"mime"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/language"
	"github.com/kairan-news/kairan/internal/parse/page"
	"github.com/kairan-news/kairan/internal/plain"
)

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
		pending := w.memory.Pending[i]
		w.memory.Pending = slices.Delete(w.memory.Pending, i, i+1)
		err := w.read(timed, pending)
		switch {
		case err == nil:
			failures = 0
			continue
		case timed.Err() != nil:
			w.putBack(i, pending)
			if ctx.Err() != nil {
				return fmt.Errorf("collect %s: %w", w.in.Source.ID, context.Cause(ctx))
			}
			continue
		case isThrottled(err):
			w.putBack(i, pending)
			return w.endVisit(err)
		case isWalled(err):
			// It may stand before all pages of the host: none is given up for it.
			w.putOff(pending)
			return w.endVisit(err)
		}
		failures++
		if pending.Tries++; pending.Tries >= maxTries {
			w.note(pending.Item.Link, "page-given-up", fmt.Sprintf("it failed %d times and is left alone until its entry changes: %v", maxTries, err))
			continue
		}
		w.putOff(pending)
		w.note(pending.Item.Link, "page-failed", fmt.Sprintf("%v; it will be tried again", err))
	}
	if failures < maxFailures && w.isReady() {
		w.res.Again = pagesRest
	}
	return nil
}

// endVisit notes why a host is left alone for this run, and returns that as the run's error.
func (w *crawl) endVisit(err error) error {
	w.res.Problems = append(w.res.Problems, wallProblem(err)...)
	var failed *fetch.Error
	if errors.As(err, &failed) && failed.Throttled() {
		w.res.NotBefore = laterOf(w.res.NotBefore, failed.RetryAfter)
	}
	return fmt.Errorf("collect %s: %w", w.in.Source.ID, err)
}

// putOff lets a page wait behind all others, the longer the more often it was tried.
func (w *crawl) putOff(pending pendingPage) {
	wait := firstRetry
	for range pending.Tries - 1 {
		wait *= 3
	}
	pending.NotBefore = w.in.Now.Add(wait)
	w.memory.Pending = append(w.memory.Pending, pending)
}

// putBack lets a page wait on in its place.
func (w *crawl) putBack(i int, pending pendingPage) {
	w.memory.Pending = slices.Insert(w.memory.Pending, i, pending)
}

func isThrottled(err error) bool {
	var failed *fetch.Error
	return errors.As(err, &failed) && failed.Throttled()
}

// readPage fetches a page and takes its article. An error means that it may succeed
// another time.
func (w *crawl) readPage(ctx context.Context, pending pendingPage) error {
	e := pending.Item
	if kind := address.DocumentType(e.Link); kind != "" {
		w.takeEntry(pending, kind)
		return nil
	}
	_, read, err := w.fetchPage(ctx, pending, fetch.Request{})
	if err != nil || read == nil || pending.From != "" && !w.isTranslation(pending, read) {
		return err
	}
	a := w.merge(read, pending)
	if p := w.listedAt(e.Link); p != nil && pending.From == "" {
		if p.Article = a.Link; a.Link == p.Link {
			p.Article = ""
		}
	}
	w.res.Articles = append(w.res.Articles, a)
	w.follow(pending, a)
	return nil
}

// fetchPage asks for a page, by the validators of the request, and reads it. What was read is
// nil where the page has not changed, which the response says, and where there is nothing to
// be read in it: then what there is of it was taken. An error means that it may succeed
// another time.
func (w *crawl) fetchPage(ctx context.Context, pending pendingPage, r fetch.Request) (*fetch.Response, *page.Article, error) {
	link := pending.Item.Link
	w.pages++
	r.URL, r.Accept = link, acceptPage
	got, err := w.ask(ctx, r)
	switch {
	case err != nil:
		return nil, nil, w.doWithout(pending, err)
	case address.IsFrontPage(got.URL) && !address.IsFrontPage(link):
		w.note(link, "page-gone", "the server leads to its front page")
		return nil, nil, nil
	case got.Unchanged:
		return got, nil, nil
	}
	return got, w.parsePage(got, pending), nil
}

// doWithout takes what there is of a page that could not be fetched. It returns the
// error where the page may be had another time.
func (w *crawl) doWithout(pending pendingPage, err error) error {
	link := pending.Item.Link
	var failed *fetch.Error
	switch {
	case errors.Is(err, errForbidden):
		w.note(link, "robots", "robots.txt forbids the page; what the "+w.lister+" says of it was taken")
		w.takeEntry(pending, "")
	case isGone(err, link):
		w.note(link, "page-gone", "the server answers that it is not there")
		w.gone(pending)
	case errors.As(err, &failed) && failed.Kind == fetch.KindTooLarge:
		w.note(link, "page-too-large", "the page is too large; what the "+w.lister+" says of it was taken")
		w.takeEntry(pending, "")
	default:
		return err
	}
	return nil
}

// parsePage reads a page, and tells its problems. It returns nil for what is no page that
// can be read, of which it takes what the listing says.
func (w *crawl) parsePage(got *fetch.Response, pending pendingPage) *page.Article {
	e := pending.Item
	o := w.options(got)
	o.Language = cmp.Or(o.Language, e.Language)
	if pending.From != "" {
		o.Language = e.Language
	}
	read, err := page.ParseArticle(got.Body, o, w.in.Source.Selectors)
	if errors.Is(err, page.ErrNotHTML) {
		kind, _, _ := mime.ParseMediaType(got.ContentType)
		w.takeEntry(pending, cmp.Or(kind, "application/octet-stream"))
		return nil
	}
	if err != nil {
		w.note(e.Link, "page-unreadable", err.Error())
		w.takeEntry(pending, "")
		return nil
	}
	for _, p := range read.Problems {
		if p.Code != "no-date" || e.Published.IsZero() {
			w.note(e.Link, p.Code, p.Detail)
		}
	}
	return read
}

// isTranslation reports whether a page that was found by hreflang is the version that
// it was said to be.
func (w *crawl) isTranslation(pending pendingPage, read *page.Article) bool {
	a := read.Article
	from := pageKey(pending.From)
	names := slices.ContainsFunc(a.Alternates, func(v feeds.Alternate) bool { return pageKey(v.Link) == from })
	why := ""
	switch {
	case pageKey(a.Link) == from:
		why = "it is the same page as " + pending.From
	case len(a.Alternates) > 0 && !names:
		why = "it does not name " + pending.From + " as its own version in " + pending.FromLanguage
	case slices.ContainsFunc(read.Problems, func(p parse.Problem) bool { return p.Code == "language-conflict" }):
		why = "its text is not in " + a.Language
	}
	if why != "" {
		w.note(pending.Item.Link, "not-translated", why+"; it was left out")
	}
	return why == ""
}

// summaryText is how much of a text is read for its summary, in bytes.
const summaryText = 4096

// merge completes what a page says by what its listing says.
func (w *crawl) merge(read *page.Article, pending pendingPage) feeds.Article {
	a, e := read.Article, pending.Item
	if e.Title != "" && (a.Title == w.memory.Title || a.Title == "") {
		a.Title = e.Title
	}
	switch {
	case e.Summary != "":
		a.Summary = e.Summary
	case a.Summary != "" && a.Summary == w.memory.Description:
		// A template's words on the whole site say nothing of the page.
		a.Summary = plain.Summarize(plain.OneLine(plain.Lines(a.Content, summaryText)))
	}
	w.date(&a, e, read.Visible)
	if a.Language == feeds.Undetermined {
		a.Language = w.language(a.Title+" "+a.Summary, w.memory.Language)
	}
	a.Terms = appendMissing(a.Terms, e.Terms, func(x, y feeds.Term) bool { return strings.EqualFold(x.Term, y.Term) })
	a.Images = appendMissing(a.Images, e.Images, func(x, y feeds.Image) bool { return x.URL == y.URL })
	known := e.Alternates
	if pending.From != "" {
		// By this the store finds the story, also where redirects changed a link.
		known = append([]feeds.Alternate{{Language: pending.FromLanguage, Link: pending.From}}, known...)
	}
	for _, v := range known {
		if v.Language != a.Language && v.Link != a.Link {
			a.Alternates = appendMissing(a.Alternates, []feeds.Alternate{v}, func(x, y feeds.Alternate) bool { return pageKey(x.Link) == pageKey(y.Link) })
		}
	}
	key := w.keyOf(a.Link)
	w.see(key, cmp.Or(w.seen[key], translated))
	return a
}

// language returns the language of an article by what its listing says of it.
func (w *crawl) language(text string, said ...string) string {
	tag, _ := language.Of(text, parse.Options{Language: w.in.Source.Language, Country: w.in.Publisher.Country, Tags: w.c.tags(w.in.Publisher)}, said...)
	return tag
}

// date gives an article the dates of its listing, where those are better than what its
// page says: a visible date may be of something else that the page shows.
func (w *crawl) date(a *feeds.Article, e page.Item, visible bool) {
	if !e.Published.IsZero() {
		switch {
		case w.in.Source.Kind == feeds.KindSitemap:
			a.Published, a.PublishedDay, a.PublishedFrom = e.Published, e.PublishedDay, feeds.DateDeclared
		case a.Published.IsZero(), visible && !sameDay(a.Published, e.Published, w.in.Publisher.Location):
			a.Published, a.PublishedDay, a.PublishedFrom = e.Published, e.PublishedDay, feeds.DatePage
		}
	}
	if a.Updated.IsZero() && !a.Published.IsZero() && e.Updated.After(a.Published) {
		a.Updated = e.Updated
	}
}

// appendMissing appends those of more that are none of the list.
func appendMissing[T any](list, more []T, same func(x, y T) bool) []T {
	for _, m := range more {
		if !slices.ContainsFunc(list, func(x T) bool { return same(x, m) }) {
			list = append(list, m)
		}
	}
	return list
}

func sameDay(a, b time.Time, zone *time.Location) bool {
	if zone == nil {
		zone = time.UTC
	}
	return a.In(zone).Format(time.DateOnly) == b.In(zone).Format(time.DateOnly)
}

// takeEntry makes an article of what the listing says alone, of a file or of a page
// that can't be read. Without a title there is nothing to make it of.
func (w *crawl) takeEntry(pending pendingPage, kind string) {
	e := pending.Item
	if e.Title == "" || pending.From != "" {
		return
	}
	a := feeds.Article{
		Link: e.Link, Title: e.Title, Summary: e.Summary,
		Language:  w.language(e.Title+" "+e.Summary, e.Language, w.memory.Language),
		Published: e.Published, PublishedDay: e.PublishedDay, PublishedFrom: feeds.DatePage, Updated: e.Updated,
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
func (w *crawl) follow(pending pendingPage, a feeds.Article) {
	var found []pendingPage
	for _, v := range a.Alternates {
		key := w.keyOf(v.Link)
		_, known := w.seen[key]
		switch {
		case len(found) >= maxTranslations || !sameHost(v.Link, w.in.Source.URL):
			continue
		case known && !pending.Changed:
			continue
		case slices.ContainsFunc(w.memory.Pending, func(p pendingPage) bool { return pageKey(p.Item.Link) == key }):
			continue
		}
		if !known {
			w.see(key, translated)
		}
		found = append(found, pendingPage{Item: page.Item{Link: v.Link, Language: v.Language}, From: a.Link, FromLanguage: a.Language})
	}
	w.memory.Pending = slices.Insert(w.memory.Pending, 0, found...)
}

func sameHost(a, b string) bool {
	x, errX := url.Parse(a)
	y, errY := url.Parse(b)
	return errX == nil && errY == nil && strings.EqualFold(x.Host, y.Host)
}
