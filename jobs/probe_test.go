package jobs

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/store"
)

const cityList = "https://city.example/news/"

func cityPage(n int) string { return fmt.Sprintf("https://city.example/news/%d.html", n) }

// html answers with a page.
func html(text string) func() (*fetch.Response, error) {
	return func() (*fetch.Response, error) {
		got, err := body(text)()
		got.ContentType = "text/html; charset=utf-8"
		return got, err
	}
}

// gone answers with 404.
func gone(url string) func() (*fetch.Response, error) {
	return failing(&fetch.Error{Kind: fetch.KindHTTPStatus, Status: 404, URL: url})
}

// crawl is a source of pages, or with kind sitemap one of a sitemap, with a page for
// each of these notices.
func (h *house) crawl(kind feeds.SourceKind, ns ...int) {
	h.add("a", cityList, "@hourly", func(s *feeds.Source) { s.Kind = kind })
	for _, n := range ns {
		h.servePage(n)
	}
	h.list(kind, ns...)
	h.collect("a")
}

func (h *house) servePage(n int) {
	title := fmt.Sprintf("Notice of the city number %d", n)
	h.serve(cityPage(n), html(`<html lang="en"><title>`+title+`</title><meta property="article:published_time" content="2026-04-01T09:00:00+09:00"><main><h1>`+title+
		`</h1><p>`+strings.Repeat("What the city has to say about it. ", 8)+`</p></main></html>`))
}

// list has the source name these notices.
func (h *house) list(kind feeds.SourceKind, ns ...int) {
	var b strings.Builder
	for _, n := range ns {
		if kind == feeds.KindSitemap {
			fmt.Fprintf(&b, "<url><loc>%s</loc><lastmod>2026-10-%02d</lastmod></url>", cityPage(n), n)
		} else {
			fmt.Fprintf(&b, `<li><span>2026-10-%02d</span> <a href="%s">Notice of the city number %d</a></li>`, n, cityPage(n), n)
		}
	}
	if kind == feeds.KindSitemap {
		h.serve(cityList, html("<urlset>"+b.String()+"</urlset>"))
		return
	}
	h.serve(cityList, html(`<html lang="en"><title>News</title><main><ul>`+b.String()+`</ul></main></html>`))
}

// withdrawn is how many articles the source's runs have withdrawn in all.
func (h *house) withdrawn() (n int) {
	h.Helper()
	runs, err := h.Store.Runs(h.Context(), "a", 100)
	if err != nil {
		h.Fatal(err)
	}
	for _, r := range runs {
		n += r.Withdrawn
	}
	return n
}

// hourly collects the source each hour.
func (h *house) hourly(times int) {
	h.Helper()
	for range times {
		h.pass(time.Hour)
		h.collect("a")
	}
}

func TestWhatAListingLeavesOutIsWithdrawnOnceItsPageIsGone(t *testing.T) {
	for _, kind := range []feeds.SourceKind{feeds.KindPage, feeds.KindSitemap} {
		t.Run(string(kind), func(t *testing.T) {
			h := newHouse(t)
			h.crawl(kind, 9, 8, 7, 6, 5, 4, 3, 2, 1)
			h.list(kind, 10, 9, 8, 7, 6, 4, 3, 2) // 1 is old, 5 is missing
			h.servePage(10)
			for _, n := range []int{1, 5} {
				h.serve(cityPage(n), gone(cityPage(n)))
			}
			before := h.askedFor(cityPage(5))
			h.hourly(1)
			if h.askedFor(cityPage(5)) != before {
				t.Error("its page was asked although it is missing for the first time")
			}
			h.hourly(1)
			if h.askedFor(cityPage(5)) != before+1 || h.withdrawn() != 0 {
				t.Errorf("seen gone once: asked %d times, %d withdrawn", h.askedFor(cityPage(5))-before, h.withdrawn())
			}
			h.hourly(1)
			if h.withdrawn() != 1 || h.askedFor(cityPage(1)) != 1 {
				t.Errorf("seen gone twice: %d withdrawn; the page of the old one was asked %d times", h.withdrawn(), h.askedFor(cityPage(1))-1)
			}
			asked := h.askedFor(cityPage(5))
			h.hourly(3)
			if h.askedFor(cityPage(5)) != asked || h.state("a").Missing != 0 {
				t.Error("the page of a withdrawn article is asked on")
			}
			// It reappears.
			h.servePage(5)
			h.list(kind, 10, 9, 8, 7, 6, 5, 4, 3, 2)
			h.pass(time.Hour)
			if r := h.collect("a"); r.New != 1 {
				t.Errorf("listed again: %+v", r)
			}
		})
	}
}

func TestWhatWithdrawsNothing(t *testing.T) {
	front := "https://city.example/"
	for _, test := range []struct {
		remark string
		answer func(url string) func() (*fetch.Response, error)
		asked  int
	}{
		{"the page is there", func(string) func() (*fetch.Response, error) { return html("<p>It is there.</p>") }, 1},
		{"a login page", func(string) func() (*fetch.Response, error) { return html("<form>Password</form>") }, 1},
		{"it asks for a password", func(url string) func() (*fetch.Response, error) {
			return failing(&fetch.Error{Kind: fetch.KindHTTPStatus, Status: 401, URL: url})
		}, 1},
		{"it is forbidden", func(url string) func() (*fetch.Response, error) {
			return failing(&fetch.Error{Kind: fetch.KindHTTPStatus, Status: 403, URL: url})
		}, 1},
		{"the server is at fault", func(url string) func() (*fetch.Response, error) {
			return failing(&fetch.Error{Kind: fetch.KindHTTPStatus, Status: 500, URL: url})
		}, 1},
		{"the server wants less", func(url string) func() (*fetch.Response, error) {
			return failing(&fetch.Error{Kind: fetch.KindHTTPStatus, Status: 503, URL: url})
		}, 4},
		{"nothing answers in time", func(url string) func() (*fetch.Response, error) {
			return failing(&fetch.Error{Kind: fetch.KindTimeout, URL: url})
		}, 1},
		{"it leads to a front page that is not there", func(string) func() (*fetch.Response, error) {
			return failing(&fetch.Error{Kind: fetch.KindHTTPStatus, Status: 404, URL: front})
		}, 1},
	} {
		t.Run(test.remark, func(t *testing.T) {
			h := newHouse(t)
			h.crawl(feeds.KindPage, 5, 4, 3, 2, 1)
			h.list(feeds.KindPage, 6, 5, 4, 2, 1)
			h.servePage(6)
			h.serve(cityPage(3), test.answer(cityPage(3)))
			before := h.askedFor(cityPage(3))
			h.hourly(5)
			if n := h.askedFor(cityPage(3)) - before; n != test.asked {
				t.Errorf("its page was asked %d times, want %d", n, test.asked)
			}
			h.pass(4 * 24 * time.Hour)
			h.hourly(3)
			if h.withdrawn() != 0 {
				t.Errorf("%d articles were withdrawn", h.withdrawn())
			}
		})
	}
}

func TestPagesThatRobotsMayNotReadAreNotProbed(t *testing.T) {
	h := newHouse(t)
	h.crawl(feeds.KindPage, 5, 4, 3, 2, 1)
	h.list(feeds.KindPage, 5, 4, 2, 1)
	h.serve(cityPage(3), gone(cityPage(3)))
	h.closed = cityPage(3)
	before := h.askedFor(cityPage(3))
	h.hourly(4)
	if h.askedFor(cityPage(3)) != before || h.withdrawn() != 0 {
		t.Errorf("asked %d times, %d withdrawn", h.askedFor(cityPage(3))-before, h.withdrawn())
	}
}

func TestASourceThatIsDownWithdrawsNothing(t *testing.T) {
	h := newHouse(t)
	h.crawl(feeds.KindPage, 5, 4, 3, 2, 1)
	h.list(feeds.KindPage, 5, 4, 2, 1)
	h.hourly(1)
	for n := range 6 {
		h.serve(cityPage(n), gone(cityPage(n)))
	}
	h.serve(cityList, gone(cityList))
	h.hourly(4)
	if h.withdrawn() != 0 {
		t.Errorf("%d articles were withdrawn", h.withdrawn())
	}
}

func TestAListingThatShrinksIsHeld(t *testing.T) {
	h := newHouse(t)
	h.crawl(feeds.KindPage, 9, 8, 7, 6, 5, 4, 3, 2, 1)
	h.list(feeds.KindPage, 9, 5, 1)
	for _, n := range []int{2, 3, 4, 6, 7, 8} {
		h.serve(cityPage(n), gone(cityPage(n)))
	}
	h.pass(time.Hour)
	if r := h.collect("a"); r.Outcome != store.RunHeld {
		t.Errorf("the run is %+v", r)
	}
	h.hourly(1)
	if h.state("a").Missing != 0 || h.withdrawn() != 0 {
		t.Errorf("held: %d missing, %d withdrawn", h.state("a").Missing, h.withdrawn())
	}
	h.hourly(1) // two more runs agree
	if h.state("a").Missing != 6 {
		t.Errorf("%d are missing, want 6", h.state("a").Missing)
	}
	h.hourly(6)
	if h.withdrawn() != 6 {
		t.Errorf("%d were withdrawn, want 6", h.withdrawn())
	}
}

func TestAListedPageThatTheCrawlerMeetsGoneIsWithdrawnAndComesBack(t *testing.T) {
	h := newHouse(t)
	h.crawl(feeds.KindSitemap, 5, 4, 3, 2, 1)
	h.serve(cityList, html(`<urlset><url><loc>`+cityPage(3)+`</loc><lastmod>2026-11-01</lastmod></url><url><loc>`+cityPage(2)+`</loc><lastmod>2026-10-02</lastmod></url></urlset>`))
	h.serve(cityPage(3), gone(cityPage(3)))
	h.hourly(1)
	if h.withdrawn() != 0 {
		t.Error("it was withdrawn at once")
	}
	h.hourly(1)
	if h.withdrawn() != 1 {
		t.Errorf("%d were withdrawn, want 1", h.withdrawn())
	}
	h.servePage(3)
	h.pass(24 * time.Hour)
	if r := h.collect("a"); r.New != 1 {
		t.Errorf("its page is there again: %+v", r)
	}
}
