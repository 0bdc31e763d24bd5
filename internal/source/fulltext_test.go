package source

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
)

// pagesVisitor visits a feed again and again, and keeps what is kept of its pages as a store
// does.
type pagesVisitor struct {
	*visitor
	states, texts map[string]string
}

func visitFeed(t *testing.T, s *city, change func(*feeds.Source)) *pagesVisitor {
	src := feeds.Source{Kind: feeds.KindFeed, URL: s.URL + "/feed", FullText: true}
	if change != nil {
		change(&src)
	}
	return &pagesVisitor{visit(t, s, src), map[string]string{}, map[string]string{}}
}

// summaries is a feed whose entries lead to these addresses.
func summaries(links ...string) string {
	var b strings.Builder
	for i, link := range links {
		fmt.Fprintf(&b, `<item><title>Notice %d</title><link>%s</link><guid isPermaLink="false">g%d</guid><pubDate>Wed, %02d Apr 2026 09:00:00 +0000</pubDate><description>In short.</description></item>`, i+1, link, i+1, i+1)
	}
	return `<rss version="2.0"><channel><title>City</title><link>/</link><language>en</language>` + b.String() + `</channel></rss>`
}

// notePage is the page of a notice that says this.
func notePage(says string) string {
	return `<html lang="en"><head><title>Notice 1</title></head><body><main><h1>Notice 1</h1><p>` + says + `</p></main></body></html>`
}

// collect visits the feed, and returns its articles, and the codes of its problems.
func (v *pagesVisitor) collect() (articles []feeds.Article, problems []string) {
	v.t.Helper()
	v.now = v.now.Add(time.Minute)
	in := Input{Source: v.src, Publisher: feeds.Publisher{Key: "city", License: feeds.License{FullText: true}}, State: v.state, Now: v.now}
	res, err := v.c.Collect(context.Background(), in)
	if err == nil && res.Fetched != nil {
		if res, err = res.Read(nil); err == nil {
			kept := ReadPages(v.states)
			kept.Add(v.texts)
			if res, err = v.c.Complete(context.Background(), in, res, Entries{Whole: true}, kept); err == nil {
				v.keep(kept)
			}
		}
	}
	if err != nil {
		v.t.Fatal(err)
	}
	v.state = res.State
	return res.Articles, codes(res)
}

// keep keeps what is to be kept.
func (v *pagesVisitor) keep(kept *Pages) {
	v.t.Helper()
	put, drop, err := kept.Changes()
	if err != nil {
		v.t.Fatal(err)
	}
	for _, p := range put {
		if v.states[p.Key] = p.State; p.Text != "" {
			v.texts[p.Key] = p.Text
		}
	}
	for _, key := range drop {
		delete(v.states, key)
		delete(v.texts, key)
	}
}

// What stands behind an entry's link is the article's text only where it is one.
func TestFullTextOfWhatIsNoPage(t *testing.T) {
	const whole = "The park by the river opens on Saturday, and everybody is welcome there."
	for _, c := range []struct {
		remark   string
		links    []string // of the entries; "/…" is on the city's host
		page     string   // what "/1" answers
		kind     string   // its content type
		content  string   // what the first article has
		problems []string
		asked    int // how many pages
	}{
		{"a page", []string{"/1"}, notePage(whole), "", whole, nil, 1},
		{"a PDF by its address", []string{"/1.pdf"}, "", "", "", nil, 0},
		{"a picture by its address", []string{"/1.jpg"}, "", "", "", nil, 0},
		{"a PDF by its type", []string{"/1"}, "%PDF-1.7 and so on", "application/pdf", "", nil, 1},
		{"the front page", []string{"/"}, "", "", "", nil, 0},
		{"one that leads to the front page", []string{"/1"}, "/", "", "", []string{"page-gone"}, 2},
		{"one that is gone", []string{"/1"}, "410", "", "", []string{"page-gone"}, 1},
		{"one that fails", []string{"/1"}, "500", "", "", []string{"page-failed"}, 1},
		{"a bot wall", []string{"/1"}, cityWall, "", "", []string{"bot-wall", "pages-left"}, 1},
		{"several entries of one page", []string{"/1#a", "/1#b"}, notePage(whole), "", "", []string{"page-shared"}, 0},
		{"a page without a text", []string{"/1"}, `<html><title>Notice 1</title><body></body></html>`, "", "", []string{"no-text"}, 1},
		{"no link", []string{""}, "", "", "", nil, 0},
	} {
		t.Run(c.remark, func(t *testing.T) {
			s := newCity(t)
			links := slices.Clone(c.links)
			for i, link := range links {
				if link != "" {
					links[i] = s.URL + link
				}
			}
			s.set("/feed", summaries(links...))
			s.set("/", notePage("Welcome to the city, where many a thing is to be seen by everybody."))
			if c.page != "" {
				s.set("/1", c.page)
				s.types["/1"] = c.kind
			}
			v := visitFeed(t, s, nil)
			articles, problems := v.collect()
			if a := articles[0]; !strings.Contains(a.Content, cmp.Or(c.content, "In short.")) || strings.Contains(a.Content, "park") != (c.content != "") || a.Title != "Notice 1" || a.Summary != "In short." {
				t.Errorf("the article is %+v", a)
			}
			if !slices.Equal(problems, c.problems) {
				t.Errorf("the problems are %q, want %q", problems, c.problems)
			}
			if asked := s.requests(); len(asked) != 1+c.asked {
				t.Errorf("asked were %q", asked)
			}
		})
	}
}

// Of the page an article has its text, and of what the entry lacks pictures and versions in
// other languages; all else is the entry's.
func TestWhatAnArticleTakesOfItsPage(t *testing.T) {
	s := newCity(t)
	s.set("/feed", summaries(s.URL+"/1"))
	s.set("/1", `<html lang="en"><head><title>The page's own title</title><meta property="og:image" content="/p.jpg"><meta name="description" content="The page's own words">
		<meta property="article:published_time" content="2020-01-01T00:00:00Z"><link rel="alternate" hreflang="ja" href="/ja/1"><link rel="alternate" hreflang="en" href="/1"></head>
		<body><main><article><h1>The page's own title</h1><p>The park by the river opens on Saturday, and everybody is welcome.</p></article><aside class="news">Other news</aside></main></body></html>`)
	v := visitFeed(t, s, func(src *feeds.Source) { src.Selectors.Content = "article p" })
	for range 2 { // the second time all of it is kept
		articles, _ := v.collect()
		a := articles[0]
		if a.Title != "Notice 1" || a.Summary != "In short." || a.Published.Year() != 2026 || a.Link != s.URL+"/1" || a.GUID != "g1" {
			t.Errorf("the article is %+v", a)
		}
		if len(a.Images) != 1 || a.Images[0].URL != s.URL+"/p.jpg" || !slices.Equal(a.Alternates, []feeds.Alternate{{Language: "ja", Link: s.URL + "/ja/1"}}) {
			t.Errorf("it has the pictures %v and the versions %v", a.Images, a.Alternates)
		}
		if a.Content != "The park by the river opens on Saturday, and everybody is welcome." {
			t.Errorf("it says %q", a.Content)
		}
		s.set("/feed", s.pages["/feed"]+"\n")
	}
	if asked := s.requests(); !slices.Equal(asked, []string{"/feed", "/1", "/feed"}) {
		t.Errorf("asked were %q", asked)
	}
	v.src.Selectors.Content = "h1"
	v.collect()
	if asked := s.requests(); !slices.Contains(asked, "/1") {
		t.Errorf("by another selector asked were %q", asked)
	}
}

// An entry that is there twice has its page; one that another leads to the page of keeps what
// it has.
func TestEntriesOfOnePage(t *testing.T) {
	const whole = "The park by the river opens on Saturday, and everybody is welcome there."
	s := newCity(t)
	one := summaries(s.URL + "/1")
	from, to := strings.Index(one, "<item>"), strings.Index(one, "</channel>")
	s.set("/feed", one[:to]+one[from:to]+one[to:])
	s.set("/1", notePage(whole))
	v := visitFeed(t, s, nil)
	articles, problems := v.collect()
	if len(problems) != 0 {
		t.Errorf("the problems are %q", problems)
	}
	for _, a := range articles {
		if !strings.Contains(a.Content, whole) {
			t.Errorf("an entry that is there twice says %q", a.Content)
		}
	}
	s.set("/feed", one[:to]+`<item><title>Another</title><link>`+s.URL+`/1</link><guid isPermaLink="false">other</guid><description>In other words.</description></item>`+one[to:])
	articles, problems = v.collect()
	if len(articles) != 2 || !strings.Contains(articles[0].Content, whole) || articles[0].TextFrom != feeds.TextElsewhere || strings.Contains(articles[1].Content, whole) {
		t.Errorf("the articles are %+v", articles)
	}
	if !slices.Equal(problems, []string{"page-shared"}) {
		t.Errorf("the problems are %q", problems)
	}
	if asked := s.requests(); !slices.Equal(asked, []string{"/feed", "/1", "/feed"}) {
		t.Errorf("asked were %q", asked)
	}
}

// A changed entry asks its page whether it has changed.
func TestFullTextIsAskedForConditionally(t *testing.T) {
	const whole = "The park by the river opens on Saturday, and everybody is welcome there."
	s := newCity(t)
	s.set("/feed", summaries(s.URL+"/1"))
	s.set("/1", notePage(whole))
	v := visitFeed(t, s, nil)
	spy := &spyGetter{Getter: v.c.Client}
	v.c.Client = spy
	v.collect()
	s.set("/feed", strings.Replace(summaries(s.URL+"/1"), "In short", "Shorter", 1))
	articles, _ := v.collect()
	if a := articles[0]; !strings.Contains(a.Content, whole) || a.TextFrom != feeds.TextAsEver {
		t.Errorf("the article is %+v", a)
	}
	last := spy.asked[len(spy.asked)-1]
	if last.URL != s.URL+"/1" || last.ETag == "" || last.Digest == "" {
		t.Errorf("the page was asked by %+v", last)
	}
	s.set("/feed", summaries(s.URL+"/1"))
	s.set("/1", notePage(whole+" It opens on Sunday."))
	if articles, _ = v.collect(); !strings.Contains(articles[0].Content, "Sunday") {
		t.Errorf("the article is %+v", articles[0])
	}
}

// spyGetter notes what is asked.
type spyGetter struct {
	Getter
	asked []fetch.Request
}

func (s *spyGetter) Get(ctx context.Context, r fetch.Request) (*fetch.Response, error) {
	s.asked = append(s.asked, r)
	return s.Getter.Get(ctx, r)
}

// A page is kept for a week after its entry has left the feed.
func TestPagesAreKeptForAWeek(t *testing.T) {
	s := newCity(t)
	both := summaries(s.URL+"/1", s.URL+"/2")
	s.set("/feed", both)
	for _, page := range []string{"/1", "/2"} {
		s.set(page, notePage("The park by the river opens on Saturday, and everybody is welcome there."))
	}
	v := visitFeed(t, s, nil)
	v.collect()
	leaves := func(after time.Duration, want int) {
		t.Helper()
		v.now = v.now.Add(after)
		s.set("/feed", summaries(s.URL+"/1")+strings.Repeat("\n", int(v.now.Unix()%97)+1))
		v.collect()
		if len(v.states) != want || len(v.texts) != want {
			t.Errorf("%d pages are kept, want %d", len(v.states), want)
		}
	}
	leaves(time.Hour, 2)
	leaves(6*24*time.Hour, 2)
	s.requests()
	s.set("/feed", both)
	v.collect()
	if asked := s.requests(); !slices.Equal(asked, []string{"/feed"}) {
		t.Errorf("an entry that comes back asks %q", asked)
	}
	leaves(time.Hour, 2)
	leaves(8*24*time.Hour, 1)
}
