package source

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/page"
)

const (
	acceptSitemap = "application/xml, text/xml, application/gzip;q=0.9, text/plain;q=0.8, */*;q=0.5"

	// maxSitemaps is how many sitemaps of an index a run reads, and maxSitemapMarks how
	// many are remembered.
	maxSitemaps     = 5
	maxSitemapMarks = 200
	// sitemapWindow is how many addresses of a sitemap are followed at most, the newest
	// first, and sitemapPast how old they may be when the source is visited first. A
	// sitemap lists the whole site; what is wanted is its news.
	sitemapWindow = 200
	sitemapPast   = 30 * 24 * time.Hour
	// sitemapLeast is how many are taken where none is as new as that.
	sitemapLeast = 20
)

// sitemapMark is what is remembered of a sitemap in an index.
type sitemapMark struct {
	Link string `json:"link"`
	// Modified is what the index says, and Read what it said when the sitemap was
	// read last.
	Modified time.Time `json:"modified,omitzero"`
	Read     time.Time `json:"read,omitzero"`
	// Asked is when it was asked for last.
	Asked        time.Time `json:"asked,omitzero"`
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
	FinalURL     string    `json:"final_url,omitempty"`
	Digest       string    `json:"digest,omitempty"`
}

// collectSitemap reads the articles that a sitemap lists, or the newest sitemaps of
// an index: those that are new or were modified, newest first, not more than a run
// may. What a news sitemap says of an article's title, date and language is taken
// from it.
func (c *Collector) collectSitemap(ctx context.Context, in Input) (Result, error) {
	w, err := c.newCrawl(in)
	if err != nil {
		return w.res, err
	}
	w.res.Format = "sitemap"
	got, err := w.list(ctx, acceptSitemap)
	if err != nil {
		return w.done(err)
	}
	if got != nil {
		first := w.memory.Sitemaps == nil && len(w.seen) == 0
		var readings []readList
		if !got.Unchanged {
			s, err := page.ParseSitemap(got.Body, w.options(got))
			if err != nil {
				return w.done(fmt.Errorf("collect %s: %w; if it is a feed or a page, say so by its kind", in.Source.ID, err))
			}
			w.res.Problems = append(w.res.Problems, s.Problems...)
			readings = append(readings, readList{all: w.eligible(s.Items), isWhole: isWhole(s.Problems)})
			w.learnIndex(s.Sitemaps)
		}
		fromIndex, err := w.readIndex(ctx)
		readings = append(readings, fromIndex...)
		items := w.recent(readings, first)
		w.learnSitemaps(readings, items)
		w.offer(items)
		w.listed(got)
		if err != nil {
			return w.done(err)
		}
	}
	return w.done(w.readPages(ctx))
}

// recent returns the addresses that are worth following, the newest first: not older
// than the first visit by much, and of those without a date the first and the last.
func (w *crawl) recent(readings []readList, first bool) []page.Item {
	date := func(e page.Item) time.Time { return laterOf(e.Published, e.Updated) }
	var dated, undated []page.Item
	for _, r := range readings {
		for _, e := range r.all {
			if date(e).IsZero() {
				undated = append(undated, e)
			} else {
				dated = append(dated, e)
			}
		}
	}
	slices.SortStableFunc(dated, func(a, b page.Item) int { return date(b).Compare(date(a)) })
	oldest := w.memory.Since.Add(-sitemapPast)
	fresh := slices.IndexFunc(dated, func(e page.Item) bool { return date(e).Before(oldest) })
	if fresh < 0 {
		fresh = len(dated)
	}
	if first && fresh < sitemapLeast && len(undated) == 0 {
		fresh = min(sitemapLeast, len(dated))
	}
	taken := dated[:min(fresh, sitemapWindow)]
	if n := len(undated); n > sitemapWindow {
		undated = slices.Concat(undated[:sitemapWindow/2], undated[n-sitemapWindow/2:])
		w.problem("sitemap-undated", "%d addresses have no date; the first and the last %d are followed", n, sitemapWindow/2)
	}
	return slices.Concat(taken, undated)
}

// eligible returns the addresses of a sitemap that may be those of articles.
func (w *crawl) eligible(items []page.Item) []page.Item {
	return slices.DeleteFunc(slices.Clone(items), func(e page.Item) bool {
		return !address.SameSite(e.Link, w.in.Source.URL) || address.IsFrontPage(e.Link)
	})
}

// learnSitemaps takes in those sitemaps that were read to their ends, of which these
// items are followed.
func (w *crawl) learnSitemaps(readings []readList, taken []page.Item) {
	w.memory.Lists = slices.DeleteFunc(w.memory.Lists, func(l pageList) bool {
		return l.Of != "" && !slices.ContainsFunc(w.memory.Sitemaps, func(m sitemapMark) bool { return m.Link == l.Of })
	})
	whole := make([]readList, 0, len(readings))
	for _, r := range readings {
		if !r.isWhole || len(r.all) == 0 {
			continue
		}
		own := make(map[string]bool, len(r.all))
		for _, e := range r.all {
			own[e.Link] = true
		}
		for _, e := range taken {
			if own[e.Link] {
				r.taken = append(r.taken, e)
			}
		}
		whole = append(whole, r)
	}
	w.learnLists(whole)
}

// learnIndex takes in the sitemaps that an index lists. On the first visit only the
// newest of those that have a date are to be read; the others when they change.
func (w *crawl) learnIndex(links []page.SitemapLink) {
	if len(links) == 0 {
		w.memory.Sitemaps = nil
		return
	}
	before := map[string]sitemapMark{}
	for _, m := range w.memory.Sitemaps {
		before[m.Link] = m
	}
	var marks []sitemapMark
	undated := 0
	for i, l := range links {
		if !address.SameSite(l.Link, w.in.Source.URL) {
			continue
		}
		if l.Modified.IsZero() {
			// Which of these is the newest nobody says; it is at one end most often.
			if undated++; i >= maxSitemaps && i < len(links)-maxSitemaps {
				continue
			}
		}
		m := before[l.Link]
		m.Link, m.Modified = l.Link, l.Modified
		marks = append(marks, m)
	}
	slices.SortStableFunc(marks, newestSitemap)
	if len(marks) > maxSitemapMarks {
		w.problem("sitemap-index", "the index lists %d sitemaps; the newest %d are followed", len(marks), maxSitemapMarks)
		marks = marks[:maxSitemapMarks]
	}
	if undated > 2*maxSitemaps {
		w.problem("sitemap-index", "the index has %d sitemaps without a date; the first and the last %d are followed", undated, maxSitemaps)
	}
	if len(before) == 0 {
		for i := range marks {
			if i >= maxSitemaps {
				marks[i].Read = marks[i].Modified
			}
		}
	}
	w.memory.Sitemaps = marks
}

// newestSitemap orders sitemaps: those of news first, then the newest.
func newestSitemap(a, b sitemapMark) int {
	news := func(m sitemapMark) int {
		if strings.Contains(strings.ToLower(m.Link), "news") {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(news(a), news(b)), b.Modified.Compare(a.Modified))
}

// readIndex reads the sitemaps of the index that may have changed, as many as a run
// may, and returns them. One that fails is a problem and is asked again in
// another run.
func (w *crawl) readIndex(ctx context.Context) ([]readList, error) {
	var due []*sitemapMark
	for i := range w.memory.Sitemaps {
		if m := &w.memory.Sitemaps[i]; m.Modified.IsZero() || m.Modified.After(m.Read) {
			due = append(due, m)
		}
	}
	// Each gets its turn: those that were never asked for, or longest ago.
	slices.SortStableFunc(due, func(a, b *sitemapMark) int { return a.Asked.Compare(b.Asked) })
	var all []readList
	for _, m := range due[:min(len(due), maxSitemaps)] {
		m.Asked = w.in.Now
		got, err := w.ask(ctx, fetch.Request{
			URL: m.Link, ETag: m.ETag, LastModified: m.LastModified, ValidatorsFor: m.FinalURL, Digest: m.Digest, Accept: acceptSitemap,
		})
		switch {
		case err != nil && ctx.Err() != nil, err != nil && isThrottled(err):
			return all, fmt.Errorf("collect %s: %w", w.in.Source.ID, err)
		case err != nil:
			w.note(m.Link, "sitemap-failed", err.Error())
			continue
		}
		if !got.Unchanged {
			s, err := page.ParseSitemap(got.Body, w.options(got))
			if err != nil {
				if !errors.Is(err, page.ErrNotSitemap) {
					err = fmt.Errorf("parse sitemap: %w", err)
				}
				w.note(m.Link, "sitemap-failed", err.Error())
				continue
			}
			if len(s.Sitemaps) > 0 {
				w.note(m.Link, "sitemap-index", "an index within an index is not followed")
			}
			for _, p := range s.Problems {
				w.note(m.Link, p.Code, p.Detail)
			}
			all = append(all, readList{of: m.Link, all: w.eligible(s.Items), isWhole: isWhole(s.Problems)})
		}
		m.Read, m.ETag, m.LastModified, m.FinalURL, m.Digest = m.Modified, got.ETag, got.LastModified, got.URL, got.Digest
	}
	return all, nil
}
