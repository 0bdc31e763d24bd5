package jobs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/store"
)

// summary is what the feed of [item] says of each notice.
const summary = "What the city has to say."

// takesPages has a source take the texts of the pages behind its entries.
func takesPages(s *feeds.Source) { s.FullText = true }

// newPagesHouse is a house whose publisher allows the full text.
func newPagesHouse(t *testing.T) *house {
	h := newHouse(t)
	h.licence = feeds.License{Name: "CC BY 4.0", FullText: true}
	return h
}

func pageOf(n int) string { return fmt.Sprint("https://city.example/n/", n) }

// pages has the pages of these notices say this.
func (h *house) pages(says string, ns ...int) {
	for _, n := range ns {
		h.serve(pageOf(n), html(fmt.Sprintf(`<html lang="en"><head><title>Notice %d</title></head><body><main><article><h1>Notice %d</h1><p>%s This is number %d, which the page tells in all its length, with what to bring and where to go.</p></article></main></body></html>`, n, n, says, n)))
	}
}

// later collects a source when so much time has passed, and wants it to have so many new
// and changed articles.
func (h *house) later(d time.Duration, id string, wantNew, wantChanged int) store.Run {
	h.Helper()
	h.pass(d)
	r := h.collect(id)
	if r.New != wantNew || r.Changed != wantChanged || r.Withdrawn != 0 {
		h.Errorf("the run is %+v, want %d new and %d changed", r, wantNew, wantChanged)
	}
	return r
}

// wantText wants the notices to say that: the text of their pages, or the summary.
func (h *house) wantText(says string, ns ...int) {
	h.Helper()
	records, err := h.Store.ChannelRecords(h.Context(), store.RecordFilter{}, 0, 1000)
	if err != nil {
		h.Fatal(err)
	}
	for _, n := range ns {
		found := false
		for _, r := range records {
			a, ok, err := h.Store.ArticleBySlug(h.Context(), feeds.Slug(r.Article))
			if err != nil || !ok {
				h.Fatalf("article %s of the log: %v, %v", r.Article, ok, err)
			}
			if a.Link != pageOf(n) {
				continue
			}
			found = true
			if !strings.Contains(cmp.Or(a.Content, a.Summary), says) || strings.Contains(a.Content, "in all its length") != (says != summary) {
				h.Errorf("notice %d says %q, want %q", n, a.Content, says)
			}
			if a.Summary != summary {
				h.Errorf("the summary of notice %d is %q", n, a.Summary)
			}
			break
		}
		if !found {
			h.Errorf("there is no notice %d", n)
		}
	}
}

// wantRecords wants the log to have so many records.
func (h *house) wantRecords(want int) {
	h.Helper()
	records, err := h.Store.ChannelRecords(h.Context(), store.RecordFilter{}, 0, 1000)
	if err != nil || len(records) != want {
		h.Errorf("the log has %d records, want %d (%v)", len(records), want, err)
	}
}

// wantAsked wants these pages to have been asked since this was called last.
func (h *house) wantAsked(ns ...int) {
	h.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	var asked, want []string
	for _, r := range h.asked {
		if strings.HasPrefix(r.URL, "https://city.example/n/") {
			asked = append(asked, r.URL)
		}
	}
	for _, n := range ns {
		want = append(want, pageOf(n))
	}
	slices.Sort(asked)
	slices.Sort(want)
	if !slices.Equal(asked, want) {
		h.Errorf("asked were %q, want %q", asked, want)
	}
	h.asked = nil
}

// hasProblem wants a run to tell a problem of that code.
func (h *house) hasProblem(r store.Run, code, of string) {
	h.Helper()
	if !slices.ContainsFunc(r.Problems, func(p string) bool { return strings.HasPrefix(p, code+": ") && strings.Contains(p, of) }) {
		h.Errorf("the problems are %q, and none is %s of %s", r.Problems, code, of)
	}
}

func TestFullText(t *testing.T) {
	for _, c := range []struct {
		remark string
		test   func(h *house)
	}{
		{"a first visit takes the pages, and one without news asks none", func(h *house) {
			h.pages("The pool opens.", 1, 2)
			h.serve(cityFeed, body(news(1, 2)))
			h.later(0, "a", 2, 0)
			h.wantAsked(2, 1)
			h.wantText("The pool opens.", 1, 2)
			if r := h.later(time.Hour, "a", 0, 0); r.Outcome != store.RunUnchanged {
				h.Errorf("the second visit is %+v", r)
			}
			h.pages("The pool opens.", 3)
			h.serve(cityFeed, body(news(1, 2, 3)))
			h.later(time.Hour, "a", 1, 0)
			h.wantAsked(3)
			h.wantText("The pool opens.", 1, 2, 3)
			h.wantRecords(3)
		}},
		{"an entry that changes asks its page again, by its validators", func(h *house) {
			h.pages("The pool opens.", 1, 2)
			h.serve(cityFeed, body(news(1, 2)))
			h.later(0, "a", 2, 0)
			h.wantAsked(1, 2)
			h.serve(cityFeed, body(rss(item(2, "Notice 2 of the pool"), item(1, "Notice 1"))))
			h.later(time.Hour, "a", 0, 1) // its title
			if r := h.asked[len(h.asked)-1]; r.URL != pageOf(2) || r.Digest == "" || r.ValidatorsFor != pageOf(2) {
				h.Errorf("it is asked by %+v", r)
			}
			h.wantAsked(2)
			h.wantText("The pool opens.", 1, 2)
			h.pages("The pool is closed.", 2)
			h.serve(cityFeed, body(rss(strings.Replace(item(2, "Notice 2 of the pool"), "</item>", "<category>water</category></item>", 1), item(1, "Notice 1"))))
			h.later(time.Hour, "a", 0, 0)
			h.wantAsked() // nothing that is said of it is other
			h.serve(cityFeed, body(rss(strings.Replace(item(2, "Notice 2 of the pool"), summary, summary+" And more.", 1), item(1, "Notice 1"))))
			h.later(time.Hour, "a", 0, 1)
			h.wantAsked(2)
			h.wantRecords(4)
		}},
		{"a page that is not there leaves the feed's text", func(h *house) {
			h.pages("The pool opens.", 1)
			h.serve(cityFeed, body(news(1, 2, 3)))
			r := h.later(0, "a", 3, 0)
			h.hasProblem(r, "page-gone", pageOf(3)+": the server answers that it is not there; so it is with 1 others")
			h.wantText("The pool opens.", 1)
			h.wantText(summary, 2, 3)
			h.wantAsked(1, 2, 3)
			for range 3 { // it is listed, and so is not withdrawn
				h.later(24*time.Hour, "a", 0, 0)
			}
			h.wantAsked()
			h.wantRecords(3)
		}},
		{"a page that failed is tried again, and what it says is no news", func(h *house) {
			h.serve(pageOf(1), failing(&fetch.Error{Kind: fetch.KindHTTPStatus, Status: 500, URL: pageOf(1), What: "it answered 500"}))
			h.pages("The pool opens.", 2)
			h.serve(cityFeed, body(news(1, 2)))
			r := h.later(0, "a", 2, 0)
			h.hasProblem(r, "page-failed", pageOf(1))
			if r.Outcome != store.RunOK || h.state("a").Failures != 0 {
				h.Errorf("the source is to blame: %+v", r)
			}
			h.wantText(summary, 1)
			h.wantAsked(1, 2)
			h.later(time.Minute, "a", 0, 0)
			h.wantAsked() // too soon
			h.pages("The pool closes.", 1)
			h.later(time.Hour, "a", 0, 0)
			h.wantAsked(1)
			h.wantText("The pool closes.", 1)
			h.wantText("The pool opens.", 2)
			h.wantRecords(2)
			if r := h.later(time.Hour, "a", 0, 0); r.Outcome != store.RunUnchanged {
				h.Errorf("all is there, and the run is %+v", r)
			}
			h.wantAsked()
		}},
		{"a page that always fails is given up until its entry changes", func(h *house) {
			h.serve(pageOf(1), failing(&fetch.Error{Kind: fetch.KindHTTPStatus, Status: 500, URL: pageOf(1), What: "it answered 500"}))
			h.serve(cityFeed, body(news(1)))
			h.later(0, "a", 1, 0)
			for range 7 {
				h.later(24*time.Hour, "a", 0, 0)
			}
			h.wantAsked(1, 1, 1, 1, 1)
			h.pages("The pool opens.", 1)
			h.serve(cityFeed, body(rss(item(1, "Notice 1 of the pool"))))
			h.later(24*time.Hour, "a", 0, 1)
			h.wantText("The pool opens.", 1)
			h.wantRecords(2)
		}},
		{"what a page says stays when it fails for its changed entry", func(h *house) {
			h.pages("The pool opens.", 1)
			h.serve(cityFeed, body(news(1)))
			h.later(0, "a", 1, 0)
			h.serve(pageOf(1), failing(&fetch.Error{Kind: fetch.KindHTTPStatus, Status: 503, URL: pageOf(1), What: "it answered 503"}))
			h.serve(cityFeed, body(rss(item(1, "Notice 1 of the pool"))))
			h.later(time.Hour, "a", 0, 1)
			h.wantText("The pool opens.", 1)
			h.pages("The pool is closed.", 1)
			h.later(time.Hour, "a", 0, 1) // its entry had changed, and so has its text
			h.wantText("The pool is closed.", 1)
		}},
		{"robots.txt is obeyed", func(h *house) {
			h.closed = pageOf(1)
			h.pages("The pool opens.", 1, 2)
			h.serve(cityFeed, body(news(1, 2)))
			h.hasProblem(h.later(0, "a", 2, 0), "robots", "what the feed says of it was taken")
			h.wantAsked(2)
			h.wantText(summary, 1)
		}},
		{"a run asks so many, and the rest waits for the next", func(h *house) {
			h.configure(func(s *feeds.Source) { s.MaxPages = 2 })
			h.pages("The pool opens.", 1, 2, 3, 4, 5)
			h.serve(cityFeed, body(news(1, 2, 3, 4, 5)))
			h.later(0, "a", 5, 0)
			h.wantAsked(5, 4)
			h.wantText(summary, 1, 2, 3)
			if due := h.state("a").NextDue; !due.Equal(noon.Add(time.Minute)) {
				h.Errorf("the next run is due at %v", due)
			}
			h.later(time.Minute, "a", 0, 0)
			h.wantAsked(3, 2)
			h.later(time.Minute, "a", 0, 0)
			h.wantAsked(1)
			h.wantText("The pool opens.", 1, 2, 3, 4, 5)
			h.wantRecords(5)
			if due := h.state("a").NextDue; due.Before(h.now().Add(30 * time.Minute)) {
				h.Errorf("nothing waits, and the next run is due at %v", due)
			}
		}},
		{"what is not wanted is not asked", func(h *house) {
			h.configure(func(s *feeds.Source) { s.Except = feeds.Filter{Title: []string{"/1$/"}} })
			h.pages("The pool opens.", 1, 2)
			h.serve(cityFeed, body(news(1, 2)))
			h.later(0, "a", 1, 0)
			h.wantAsked(2)
		}},
		{"where the page has less to say the feed's text stays", func(h *house) {
			h.serve(pageOf(1), html(`<html lang="en"><title>Notice 1</title><body><main><h1>Notice 1</h1><p>Read on.</p></main></body></html>`))
			h.serve(cityFeed, body(news(1)))
			h.later(0, "a", 1, 0)
			h.wantText(summary, 1)
		}},
		{"a text outlasts what is remembered of the feed, and a change of the rules", func(h *house) {
			h.pages("The pool opens.", 1, 2)
			h.serve(cityFeed, body(news(1, 2)))
			h.later(0, "a", 2, 0)
			h.wantAsked(1, 2)
			h.serve(pageOf(1), failing(&fetch.Error{Kind: fetch.KindHTTPStatus, Status: 500, URL: pageOf(1), What: "it answered 500"}))
			if _, err := h.Store.Writer().ExecContext(h.Context(), `DELETE FROM remembered`); err != nil {
				h.Fatal(err)
			}
			h.configure(func(s *feeds.Source) { s.DayFirst = true })
			h.later(time.Hour, "a", 0, 0)
			h.wantAsked()
			h.wantText("The pool opens.", 1, 2)
			if _, err := h.Store.Writer().ExecContext(h.Context(), `DELETE FROM pages`); err != nil {
				h.Fatal(err)
			}
			h.configure(func(s *feeds.Source) { s.DayFirst = false })
			h.later(time.Hour, "a", 0, 0)
			h.wantAsked(1, 2)
			h.wantText("The pool opens.", 1, 2)
			h.wantRecords(2)
		}},
		{"a host that asks for less is left alone, and the feed is not to blame", func(h *house) {
			h.serve(pageOf(2), failing(&fetch.Error{Kind: fetch.KindHTTPStatus, Status: 429, URL: pageOf(2), What: "it answered 429", RetryAfter: noon.Add(3 * time.Hour)}))
			h.pages("The pool opens.", 1)
			h.serve(cityFeed, body(news(1, 2)))
			r := h.later(0, "a", 2, 0)
			h.hasProblem(r, "pages-left", "2 pages wait")
			h.wantAsked(2)
			h.later(2*time.Hour, "a", 0, 0)
			h.wantAsked()
			h.pages("The pool opens.", 2)
			h.later(2*time.Hour, "a", 0, 0)
			h.wantAsked(1, 2)
			h.wantText("The pool opens.", 1, 2)
		}},
	} {
		t.Run(c.remark, func(t *testing.T) {
			t.Parallel()
			h := newPagesHouse(t)
			h.add("a", cityFeed, "@hourly", takesPages)
			c.test(h)
		})
	}
}

// A source that is there already takes its pages, and gives them back, without a word.
func TestFullTextIsTurnedOnAndOff(t *testing.T) {
	h := newPagesHouse(t)
	h.add("a", cityFeed, "@hourly", func(s *feeds.Source) { s.MaxPages = 2 })
	h.serve(cityFeed, body(news(1, 2, 3)))
	h.later(0, "a", 3, 0)
	h.wantText(summary, 1, 2, 3)
	before := h.articles()
	h.pages("The pool opens.", 1, 2, 3)
	h.configure(takesPages)
	h.later(time.Hour, "a", 0, 0)
	h.later(time.Minute, "a", 0, 0)
	h.wantAsked(1, 2, 3)
	h.wantText("The pool opens.", 1, 2, 3)
	h.wantRecords(3)
	for i, a := range h.articles() {
		if b := before[i]; a.Revision != b.Revision || !a.Changed.Equal(b.Changed) || !a.Updated.Equal(b.Updated) {
			t.Errorf("it was %+v and became %+v", b, a)
		}
	}
	h.configure(func(s *feeds.Source) { s.FullText = false })
	h.later(time.Hour, "a", 0, 0)
	h.wantText(summary, 1, 2, 3)
	h.wantAsked()
	h.wantRecords(3)
	if kept, err := h.Store.PageStates(t.Context(), "a"); err != nil || len(kept) != 0 {
		t.Errorf("%d pages are kept, %v", len(kept), err)
	}
}

// An entry with a key of one that was not read has all of them read again, with their pages'
// texts.
func TestFullTextOfEntriesWithOneKey(t *testing.T) {
	h := newPagesHouse(t)
	h.add("a", cityFeed, "@hourly", takesPages)
	h.pages("The pool opens.", 1, 2, 3)
	h.serve(cityFeed, body(news(1, 2)))
	h.later(0, "a", 2, 0)
	h.serve(cityFeed, body(news(1, 2, 3)))
	h.later(time.Hour, "a", 1, 0) // 1 and 2 are remembered
	h.wantAsked(1, 2, 3)
	twin := strings.Replace(item(4, "Another"), pageOf(4), pageOf(2), 1)
	h.serve(cityFeed, body(rss(twin, item(3, "Notice 3"), item(2, "Notice 2"), item(1, "Notice 1"))))
	h.later(time.Hour, "a", 1, 0)
	h.wantAsked()
	for _, a := range h.articles() {
		if strings.Contains(a.Content, "The pool opens.") != (a.Title != "Another") {
			t.Errorf("%s says %q", a.Title, a.Content)
		}
	}
	h.wantRecords(4)
}

// What is kept of pages goes with its source.
func TestPagesOfSourcesThatAreNoMore(t *testing.T) {
	h := newPagesHouse(t)
	h.add("a", cityFeed, "@hourly", takesPages)
	h.pages("The pool opens.", 1)
	h.serve(cityFeed, body(news(1)))
	h.later(0, "a", 1, 0)
	for _, want := range []int{1, 0} {
		if err := (&maintainWorker{engine: h.Engine}).Work(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if kept, err := h.Store.PageStates(t.Context(), "a"); err != nil || len(kept) != want {
			t.Errorf("%d pages are kept, want %d (%v)", len(kept), want, err)
		}
		h.planned = nil
		if err := h.Adopt(t.Context(), h.newPlan()); err != nil {
			t.Fatal(err)
		}
	}
}

// articles are those of the log, in its order.
func (h *house) articles() (all []store.Stored) {
	h.Helper()
	records, err := h.Store.ChannelRecords(h.Context(), store.RecordFilter{}, 0, 1000)
	if err != nil {
		h.Fatal(err)
	}
	for _, r := range records {
		a, ok, err := h.Store.ArticleBySlug(h.Context(), feeds.Slug(r.Article))
		if err != nil || !ok {
			h.Fatal(err)
		}
		all = append(all, a)
	}
	return all
}

// Where the licence does not allow the full text no page is asked for it.
func TestFullTextWithoutALicence(t *testing.T) {
	h := newPagesHouse(t)
	h.licence.FullText = false
	h.add("a", cityFeed, "@hourly", takesPages)
	h.pages("The pool opens.", 1)
	h.serve(cityFeed, body(news(1)))
	h.hasProblem(h.later(0, "a", 1, 0), "full-text", `the licence of publisher "city"`)
	h.wantAsked()
	h.wantText(summary, 1)
	h.licence.FullText = true
	h.configure(takesPages)
	h.later(time.Hour, "a", 0, 0)
	h.wantAsked(1)
	h.wantText("The pool opens.", 1)
	h.wantRecords(1)
}

// A visit that ends between its pages has asked them for nothing, and does no harm.
func TestFullTextThatIsCutShort(t *testing.T) {
	h := newPagesHouse(t)
	h.add("a", cityFeed, "@hourly", takesPages)
	h.pages("The pool opens.", 1, 2)
	h.serve(cityFeed, body(news(1, 2)))
	ctx, cancel := context.WithCancel(t.Context())
	page := h.answers[pageOf(1)]
	h.serve(pageOf(1), func() (*fetch.Response, error) {
		cancel()
		return nil, &fetch.Error{Kind: fetch.KindCanceled, What: "given up", Cause: context.Canceled}
	})
	state := h.state("a")
	s := &slice{engine: h.Engine, host: "city.example:443", began: h.now(), plan: h.plan.Load()}
	if _, err := h.visit(ctx, s, h.plan.Load().targets["a"], state); !errors.Is(err, context.Canceled) {
		t.Fatalf("the visit ends with %v", err)
	}
	h.wantRecords(0)
	h.wantAsked(1, 2)
	h.serve(pageOf(1), page)
	h.later(time.Minute, "a", 2, 0)
	h.wantAsked(1, 2)
	h.wantText("The pool opens.", 1, 2)
	h.wantRecords(2)
}
