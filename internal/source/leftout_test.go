package source

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse/page"
)

func TestWhatAListLeavesOut(t *testing.T) {
	now := time.Date(2026, 4, 10, 0, 0, 0, 0, time.UTC)
	entries := func(names string) (all []page.Item) {
		for _, n := range strings.Fields(names) {
			all = append(all, page.Item{Link: "https://city.example/" + n})
		}
		return all
	}
	for _, test := range []struct {
		remark, before, after string
		deeper                string // what the list names and is not followed
		want                  string // with - before what was left out
	}{
		{"nothing was there before", "", "3 2 1", "", "3 2 1"},
		{"nothing has changed", "3 2 1", "3 2 1", "", "3 2 1"},
		{"one leaves at the old end", "3 2 1", "4 3 2", "", "4 3 2"},
		{"one leaves at the old end, where the list begins with the oldest", "1 2 3", "2 3 4", "", "2 3 4"},
		{"one is missing between two", "3 2 1", "3 1", "", "3 -2 1"},
		{"one is missing between two, and the list goes on at both ends", "4 3 2 1", "5 4 2", "", "5 4 -3 2"},
		{"the newest is missing, and may have been the first of a list that begins with the oldest", "3 2 1", "2 1", "", "2 1"},
		{"the newest is missing, and a newer one is there", "3 2 1", "4 2 1", "", "4 -3 2 1"},
		{"the newest is missing, where the list begins with the oldest", "1 2 3", "1 2 4", "", "1 2 -3 4"},
		{"several are missing in two places", "6 5 4 3 2 1", "6 3 1", "", "6 -5 -4 3 -2 1"},
		{"what was left out stays so", "4 3 -2 1", "5 4 3 1", "", "5 4 3 -2 1"},
		{"what was left out is listed again", "4 3 -2 1", "4 3 2 1", "", "4 3 2 1"},
		{"the window has moved past what was left out", "4 3 -2 1", "5 4 3", "", "5 4 3"},
		{"the last is missing where more follow that are not remembered", "3 2 1", "3 2", "0", "3 2 -1"},
		{"another list altogether", "3 2 1", "c b a", "", "c b a"},
		{"one moves to the front", "3 2 1", "1 3 2", "", "1 3 2"},
		{"what was left out a month ago", "4 3 =2 1", "4 3 1", "", "4 3 1"},
		{"what is no longer followed is remembered while it is there", "4 3 2 1", "5 4", "2 1", "5 4 -3 2 1"},
		{"what is no longer followed leaves at the old end", "4 3 2 1", "5 4", "3 2", "5 4 3 2"},
	} {
		var before []listedPage
		for _, name := range strings.Fields(test.before) {
			p := listedPage{Link: "https://city.example/" + strings.TrimLeft(name, "-=")}
			switch name[0] {
			case '-':
				p.Left = now.Add(-time.Hour)
			case '=':
				p.Left = now.Add(-leftRest)
			}
			before = append(before, p)
		}
		r := readList{all: entries(test.after), taken: entries(test.after)}
		r.all = append(r.all, entries(test.deeper)...)
		has := map[string]bool{}
		for _, e := range r.all {
			has[pageKey(e.Link)] = true
		}
		var got []string
		for _, p := range r.compare(before, has, now) {
			name := strings.TrimPrefix(p.Link, "https://city.example/")
			if !p.Left.IsZero() {
				name = "-" + name
			}
			got = append(got, name)
		}
		if got := strings.Join(got, " "); got != test.want {
			t.Errorf("%s: %s → %s gives %q, want %q", test.remark, test.before, test.after, got, test.want)
		}
	}
}

// notices is a listing of these notices, and a page for each.
func (s *city) notices(path string, ns ...int) {
	var items []string
	for _, n := range ns {
		page := fmt.Sprintf("/news/%d.html", n)
		title := fmt.Sprintf("Notice of the city number %d", n)
		items = append(items, page+" "+title)
		if _, ok := s.pages[page]; !ok {
			s.set(page, articlePage("en", title, ""))
		}
	}
	s.set(path, listing(items...))
}

// leftOut are the paths that a run says were left out; nil where no list was read.
func (s *city) leftOut(res Result) []string {
	if res.Listed == nil {
		return nil
	}
	paths := []string{}
	for _, link := range res.Listed.LeftOut {
		paths = append(paths, strings.TrimPrefix(link, s.URL))
	}
	return paths
}

func TestAListingTellsWhatItLeftOut(t *testing.T) {
	s := newCity(t)
	s.notices("/news/", 5, 4, 3, 2, 1)
	v := visit(t, s, feeds.Source{Kind: feeds.KindPage, URL: s.URL + "/news/"})
	if res := v.mustRun(); res.Listed == nil || res.Listed.Items != 5 || len(res.Listed.LeftOut) != 0 {
		t.Fatalf("the first listing is %+v", res.Listed)
	}
	if res := v.mustRun(); res.Listed != nil {
		t.Errorf("a listing that did not change: %+v", res.Listed)
	}
	s.notices("/news/", 6, 5, 3, 2)
	res := v.mustRun()
	if diff := cmp.Diff([]string{"/news/4.html"}, s.leftOut(res)); diff != "" {
		t.Errorf("left out (-want +got):\n%s", diff)
	}
	if res.Listed.Items != 4 || res.Complete {
		t.Errorf("the listing is %+v, complete %v", res.Listed, res.Complete)
	}
	s.notices("/news/", 7, 6, 5, 3)
	if diff := cmp.Diff([]string{"/news/4.html"}, s.leftOut(v.mustRun())); diff != "" {
		t.Errorf("it is told with each listing (-want +got):\n%s", diff)
	}
	s.requests()
	s.notices("/news/", 7, 6, 5, 4, 3)
	res = v.mustRun()
	if asked := s.requests(); !slices.Contains(asked, "/news/4.html") || len(res.Articles) != 1 || len(res.Listed.LeftOut) != 0 {
		t.Errorf("listed again: asked %v, %d articles, left out %v", asked, len(res.Articles), res.Listed.LeftOut)
	}
}

func TestALoginPageInThePlaceOfAListingLeavesNothingOut(t *testing.T) {
	s := newCity(t)
	s.notices("/news/", 5, 4, 3, 2, 1)
	v := visit(t, s, feeds.Source{Kind: feeds.KindPage, URL: s.URL + "/news/"})
	v.mustRun()
	s.set("/news/", listing("/help/password A page for who forgot the password", "/help/account A page for who has no account yet"))
	s.set("/help/password", "404")
	if res := v.mustRun(); len(s.leftOut(res)) != 0 {
		t.Errorf("left out %v", s.leftOut(res))
	}
	s.set("/news/", "503")
	if res, err := v.run(); err == nil || res.Listed != nil {
		t.Errorf("a listing that fails: %v, %+v", err, res.Listed)
	}
}

func TestAnArticleIsLeftOutUnderItsOwnAddress(t *testing.T) {
	s := newCity(t)
	s.set("/news/2.html", articlePage("en", "Notice of the city number 2", `<link rel="canonical" href="/archive/two">`))
	s.notices("/news/", 3, 2, 1)
	v := visit(t, s, feeds.Source{Kind: feeds.KindPage, URL: s.URL + "/news/"})
	v.mustRun()
	s.notices("/news/", 3, 1)
	res := v.mustRun()
	if diff := cmp.Diff([]string{"/archive/two"}, s.leftOut(res)); diff != "" {
		t.Errorf("left out (-want +got):\n%s", diff)
	}
	if got := res.ReadAt[s.URL+"/archive/two"]; got != s.URL+"/news/2.html" {
		t.Errorf("it was read at %q", got)
	}
}

func TestAListedPageThatIsGoneIsAskedAgain(t *testing.T) {
	s := newCity(t)
	s.notices("/news/", 3, 2, 1)
	v := visit(t, s, feeds.Source{Kind: feeds.KindPage, URL: s.URL + "/news/"})
	v.mustRun()
	s.set("/news/", strings.Replace(s.pages["/news/"], "number 2", "number 2, corrected", 1))
	s.set("/news/2.html", "410")
	res := v.mustRun()
	if !slices.Equal(res.Gone, []string{s.URL + "/news/2.html"}) {
		t.Errorf("gone are %v", res.Gone)
	}
	s.requests()
	v.mustRun()
	if asked := s.requests(); slices.Contains(asked, "/news/2.html") {
		t.Errorf("it was asked again at once: %v", asked)
	}
	s.set("/news/2.html", articlePage("en", "Notice of the city number 2", ""))
	v.now = v.now.Add(goneRest)
	if res = v.mustRun(); len(res.Articles) != 1 || len(res.Gone) != 0 {
		t.Errorf("it is there again: %v, gone %v", lines(res.Articles), res.Gone)
	}
	// One that is no longer listed is not asked by the crawler.
	s.set("/news/", strings.Replace(s.pages["/news/"], "number 2, corrected", "number 2", 1))
	s.set("/news/2.html", "404")
	v.mustRun()
	s.notices("/news/", 3, 1)
	v.mustRun()
	s.requests()
	v.now = v.now.Add(goneRest)
	v.mustRun()
	if asked := s.requests(); slices.Contains(asked, "/news/2.html") {
		t.Errorf("it was asked although it is not listed: %v", asked)
	}
}

func TestAServerWhosePagesAreAllGoneIsAtFault(t *testing.T) {
	s := newCity(t)
	s.notices("/news/", 5, 4, 3, 2, 1)
	v := visit(t, s, feeds.Source{Kind: feeds.KindPage, URL: s.URL + "/news/"})
	v.mustRun()
	for n := range 6 {
		s.set(fmt.Sprintf("/news/%d.html", n), "404")
	}
	v.src.Selectors = feeds.Selectors{Content: "p"} // all are read again
	if res := v.mustRun(); len(res.Gone) != 0 || !slices.Contains(codes(res), "pages-gone") {
		t.Errorf("gone are %v, problems %v", res.Gone, codes(res))
	}
}

func TestASitemapTellsWhatItLeftOut(t *testing.T) {
	s := newCity(t)
	days := func(ns ...int) string {
		var urls []string
		for _, n := range ns {
			urls = append(urls, s.url(fmt.Sprintf("/n%d", n), fmt.Sprintf("2026-04-%02d", n), ""))
			s.set(fmt.Sprintf("/n%d", n), articlePage("en", fmt.Sprintf("Notice number %d of the city", n), ""))
		}
		return sitemapOf(urls...)
	}
	s.set("/sitemap.xml", days(1, 2, 3, 4, 5))
	v := visit(t, s, feeds.Source{Kind: feeds.KindSitemap, URL: s.URL + "/sitemap.xml"})
	v.mustRun()
	s.set("/sitemap.xml", days(2, 3, 5, 6)) // 1 is old, and 4 is missing
	if diff := cmp.Diff([]string{"/n4"}, s.leftOut(v.mustRun())); diff != "" {
		t.Errorf("left out (-want +got):\n%s", diff)
	}
	s.set("/sitemap.xml", strings.TrimSuffix(days(2, 6), "</urlset>")+"<url><loc>broken")
	if res := v.mustRun(); res.Listed != nil {
		t.Errorf("of a sitemap that is broken off: %+v, problems %v", res.Listed, codes(res))
	}
}

func TestASitemapOfAnIndexTellsWhatItLeftOut(t *testing.T) {
	s := newCity(t)
	index := func(a, b string) {
		s.set("/sitemap.xml", "<sitemapindex><sitemap><loc>"+s.URL+"/a.xml</loc><lastmod>"+a+"</lastmod></sitemap><sitemap><loc>"+s.URL+"/b.xml</loc><lastmod>"+b+"</lastmod></sitemap></sitemapindex>")
	}
	urls := func(ns ...int) string {
		var urls []string
		for _, n := range ns {
			urls = append(urls, s.url(fmt.Sprintf("/n%d", n), fmt.Sprintf("2026-04-%02d", n), ""))
		}
		return sitemapOf(urls...)
	}
	for n := range 9 {
		s.set(fmt.Sprintf("/n%d", n), articlePage("en", fmt.Sprintf("Notice number %d of the city", n), ""))
	}
	index("2026-04-08", "2026-04-07")
	s.set("/a.xml", urls(2, 4, 6))
	s.set("/b.xml", urls(1, 3, 5, 7))
	v := visit(t, s, feeds.Source{Kind: feeds.KindSitemap, URL: s.URL + "/sitemap.xml"})
	if res := v.mustRun(); res.Listed == nil || res.Listed.Items != 7 {
		t.Fatalf("the index lists %+v", res.Listed)
	}
	index("2026-04-08", "2026-04-09")
	s.set("/b.xml", urls(1, 5, 7))
	res := v.mustRun()
	if diff := cmp.Diff([]string{"/n3"}, s.leftOut(res)); diff != "" || res.Listed.Items != 6 {
		t.Errorf("%d items, left out (-want +got):\n%s", res.Listed.Items, diff)
	}
	// What moves from one sitemap to the other is listed.
	index("2026-04-10", "2026-04-10")
	s.set("/a.xml", urls(2, 5, 6))
	s.set("/b.xml", urls(1, 4, 7))
	if diff := cmp.Diff([]string{"/n3"}, s.leftOut(v.mustRun())); diff != "" {
		t.Errorf("left out (-want +got):\n%s", diff)
	}
}

func TestOfWhatWasLearnedBeforeListsWereAListIsReadOnce(t *testing.T) {
	s := newCity(t)
	s.notices("/news/", 3, 2, 1)
	v := visit(t, s, feeds.Source{Kind: feeds.KindPage, URL: s.URL + "/news/"})
	v.mustRun()
	memory := string(v.state.Memory)
	i := strings.Index(memory, `,"lists":`)
	v.state.Memory = []byte(memory[:i] + "}")
	s.requests()
	if res := v.mustRun(); res.Listed == nil || res.Listed.Items != 3 || len(res.Articles) != 0 {
		t.Errorf("the listing is %+v, %d articles", res.Listed, len(res.Articles))
	}
	if asked := s.requests(); !slices.Equal(asked, []string{"/news/"}) {
		t.Errorf("asked %v", asked)
	}
	if res := v.mustRun(); res.Listed != nil {
		t.Error("it was read again")
	}
}
