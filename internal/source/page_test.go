package source

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
)

// city is a web site whose pages a test may change.
type city struct {
	*httptest.Server
	mu    sync.Mutex
	pages map[string]string // path and query → body; "404" and the like is a status
	types map[string]string // path → content type
	asked []string
}

func newCity(t *testing.T) *city {
	t.Helper()
	s := &city{pages: map[string]string{}, types: map[string]string{}}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

func (s *city) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	path := r.URL.RequestURI()
	s.asked = append(s.asked, path)
	body, ok := s.pages[path]
	switch {
	case !ok:
		http.NotFound(w, r)
	case len(body) == 3:
		var status int
		fmt.Sscan(body, &status)
		w.Header().Set("Retry-After", "600")
		w.WriteHeader(status)
	case strings.HasPrefix(body, "/"):
		http.Redirect(w, r, body, http.StatusFound)
	default:
		kind := s.types[path]
		if kind == "" {
			kind = "text/html; charset=utf-8"
		}
		w.Header().Set("Content-Type", kind)
		tag := fmt.Sprintf("%q", digestOf(body))
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprint(w, body)
	}
}

func (s *city) set(path, body string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages[path] = body
}

// requests returns what was asked since it was called last, without robots.txt.
func (s *city) requests() (asked []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, path := range s.asked {
		if path != "/robots.txt" {
			asked = append(asked, path)
		}
	}
	s.asked = nil
	return asked
}

// visitor visits one source again and again, as the jobs do.
type visitor struct {
	t     *testing.T
	c     *Collector
	src   feeds.Source
	state State
	now   time.Time
}

func visit(t *testing.T, s *city, src feeds.Source) *visitor {
	t.Helper()
	client := fetch.New(fetch.Config{})
	src.ID, src.AllowPrivate = "city", true
	return &visitor{t: t, c: &Collector{Client: client, Robots: fetch.NewRobots(client)}, src: src, now: time.Date(2026, 4, 10, 0, 0, 0, 0, time.UTC)}
}

// run visits the source, a minute later each time.
func (v *visitor) run() (Result, error) {
	v.t.Helper()
	v.now = v.now.Add(time.Minute)
	res, err := v.c.Collect(context.Background(), Input{Source: v.src, Publisher: feeds.Publisher{Key: "city"}, State: v.state, Now: v.now})
	v.state = res.State
	return res, err
}

func (v *visitor) mustRun() Result {
	v.t.Helper()
	res, err := v.run()
	if err != nil {
		v.t.Fatal(err)
	}
	return res
}

func lines(articles []feeds.Article) (all []string) {
	for _, a := range articles {
		all = append(all, a.Language+" "+a.Title)
	}
	return all
}

func codes(res Result) (all []string) {
	for _, p := range res.Problems {
		all = append(all, p.Code)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Hosts have no case, and a page may be remembered by an address that says otherwise.
func TestAPageIsFoundByHowItsAddressWasWritten(t *testing.T) {
	s := newCity(t)
	host := strings.Replace(strings.TrimPrefix(s.URL, "http://"), "127.0.0.1", "LocalHost", 1)
	lists := func(host string, ns ...int) {
		s.notices("/news/", ns...)
		s.set("/news/", strings.ReplaceAll(s.pages["/news/"], "/news/", "http://"+host+"/news/"))
	}
	lists(host, 2, 1)
	v := visit(t, s, feeds.Source{Kind: feeds.KindPage, URL: "http://" + host + "/news/"})
	if res := v.mustRun(); len(res.Articles) != 2 {
		t.Fatalf("%d articles", len(res.Articles))
	}
	for _, n := range []int{1, 2} {
		page := fmt.Sprintf("%s/news/%d.html", host, n)
		v.state.Memory = bytes.ReplaceAll(v.state.Memory, []byte(digestOf(strings.ToLower(page))), []byte(digestOf(page)))
	}

	s.requests()
	lists(host, 3, 2, 1)
	if res := v.mustRun(); len(res.Articles) != 1 {
		t.Errorf("%q came anew", lines(res.Articles))
	}
	if diff := cmp.Diff([]string{"/news/", "/news/3.html"}, s.requests()); diff != "" {
		t.Errorf("asked for (-want +got):\n%s", diff)
	}
	lists(strings.ToLower(host), 4, 3, 2, 1)
	if res := v.mustRun(); len(res.Articles) != 1 {
		t.Errorf("in small letters %q came anew", lines(res.Articles))
	}
	var memory pagesMemory
	if err := json.Unmarshal(v.state.Memory, &memory); err != nil || len(memory.Seen) != 4 {
		t.Errorf("%d pages are remembered, %v", len(memory.Seen), err)
	}
}

func articlePage(lang, title, head string) string {
	return `<html lang="` + lang + `"><head><title>` + title + `</title><meta property="article:published_time" content="2026-04-01T09:00:00+09:00">` + head +
		`</head><body><main><h1>` + title + `</h1><p>` + title + `. ` + strings.Repeat("Text of the article, which is long enough to be read. ", 5) + `</p></main></body></html>`
}

func listing(items ...string) string {
	var b strings.Builder
	b.WriteString(`<html lang="en"><title>News</title><main><ul>`)
	for _, item := range items {
		link, title, _ := strings.Cut(item, " ")
		b.WriteString(`<li><span>2026-04-01</span> <a href="` + link + `">` + title + `</a></li>`)
	}
	return b.String() + `</ul></main></html>`
}

func TestPageSource(t *testing.T) {
	s := newCity(t)
	s.set("/news/", listing("/news/1.html The park by the river opens", "/news/2.html The old bridge is closed for repair"))
	s.set("/news/1.html", articlePage("en", "The park by the river opens on Sunday", ""))
	s.set("/news/2.html", articlePage("en", "The old bridge is closed for repair", ""))
	v := visit(t, s, feeds.Source{Kind: feeds.KindPage, URL: s.URL + "/news/"})

	res := v.mustRun()
	if diff := cmp.Diff([]string{"en The park by the river opens on Sunday", "en The old bridge is closed for repair"}, lines(res.Articles)); diff != "" {
		t.Errorf("first visit (-want +got):\n%s", diff)
	}
	if a := res.Articles[0]; a.Link != s.URL+"/news/1.html" || a.PublishedFrom != feeds.DatePage || a.Published.IsZero() || res.Complete || res.Again != 0 {
		t.Errorf("%+v\ncomplete %v, again %v", a, res.Complete, res.Again)
	}
	s.requests()

	res = v.mustRun()
	if asked := s.requests(); !res.Unchanged || res.Status != http.StatusNotModified || !slices.Equal(asked, []string{"/news/"}) {
		t.Errorf("nothing is new: unchanged %v, status %d, asked %v", res.Unchanged, res.Status, asked)
	}

	s.set("/news/", listing("/news/3.html A night market comes to the square", "/news/1.html The park by the river opens", "/news/2.html The old bridge is open again"))
	s.set("/news/3.html", articlePage("en", "A night market comes to the square", ""))
	s.set("/news/2.html", articlePage("en", "The old bridge is open again", ""))
	res = v.mustRun()
	if diff := cmp.Diff([]string{"/news/", "/news/3.html", "/news/2.html"}, s.requests()); diff != "" {
		t.Errorf("only what is new or has changed is asked for (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"en A night market comes to the square", "en The old bridge is open again"}, lines(res.Articles)); diff != "" {
		t.Errorf("third visit (-want +got):\n%s", diff)
	}

	v.src.Selectors = feeds.Selectors{Content: "p"}
	if res = v.mustRun(); len(res.Articles) != 3 {
		t.Errorf("with other selectors %d articles were read again, want 3", len(res.Articles))
	}
}

func TestPagesAreRationed(t *testing.T) {
	s := newCity(t)
	var items []string
	for i := range 5 {
		path := fmt.Sprintf("/news/%d.html", i)
		items = append(items, path+" Notice of the city number "+strings.Repeat("i", i+1))
		s.set(path, articlePage("en", fmt.Sprintf("Notice number %d of the city", i), ""))
	}
	s.set("/news/", listing(items...))
	v := visit(t, s, feeds.Source{Kind: feeds.KindPage, URL: s.URL + "/news/", MaxPages: 2})
	for i, want := range []struct {
		asked    []string
		articles int
		again    time.Duration
	}{
		{[]string{"/news/", "/news/0.html", "/news/1.html"}, 2, pagesRest},
		{[]string{"/news/2.html", "/news/3.html"}, 2, pagesRest},
		{[]string{"/news/4.html"}, 1, 0},
		{[]string{"/news/"}, 0, 0},
	} {
		res := v.mustRun()
		if asked := s.requests(); !slices.Equal(asked, want.asked) || len(res.Articles) != want.articles || res.Again != want.again || res.Unchanged != (want.articles == 0) {
			t.Errorf("run %d: asked %v, %d articles, again in %v, unchanged %v; want %+v", i+1, asked, len(res.Articles), res.Again, res.Unchanged, want)
		}
	}
}

func TestTranslationsOfPages(t *testing.T) {
	s := newCity(t)
	versions := func(front string) string {
		return `<link rel="alternate" hreflang="en" href="/en/1"><link rel="alternate" hreflang="nl" href="/nl/1"><link rel="alternate" hreflang="ja" href="/ja/1">` +
			`<link rel="alternate" hreflang="fr" href="/fr/"><link rel="alternate" hreflang="de" href="https://elsewhere.example/de/1">` + front
	}
	s.set("/en/", listing("/en/1 The park by the river opens", "/en/2 The old bridge is closed for repair"))
	s.set("/en/1", articlePage("en", "The park by the river opens", versions("")))
	s.set("/nl/1", articlePage("nl", "Het park aan de rivier gaat open", versions("")))
	s.set("/ja/1", articlePage("ja", "This page has not been translated yet, and is shown in English", versions("")))
	s.set("/en/2", articlePage("en", "The old bridge is closed for repair", `<link rel="alternate" hreflang="nl" href="/nl/list">`))
	s.set("/nl/list", articlePage("nl", "Overzicht van het nieuws", `<link rel="alternate" hreflang="en" href="/en/list">`))
	v := visit(t, s, feeds.Source{Kind: feeds.KindPage, URL: s.URL + "/en/"})
	res := v.mustRun()
	if diff := cmp.Diff([]string{"en The park by the river opens", "nl Het park aan de rivier gaat open", "en The old bridge is closed for repair"}, lines(res.Articles)); diff != "" {
		t.Errorf("articles (-want +got):\n%s", diff)
	}
	if !slices.Contains(codes(res), "not-translated") {
		t.Errorf("problems %v", res.Problems)
	}
	if !slices.ContainsFunc(res.Articles[1].Alternates, func(a feeds.Alternate) bool { return a.Link == s.URL+"/en/1" && a.Language == "en" }) {
		t.Errorf("the Dutch version does not name the English one: %v", res.Articles[1].Alternates)
	}
	asked := s.requests()
	if slices.Contains(asked, "/fr/") {
		t.Errorf("a front page was taken for a translation: %v", asked)
	}
	if res = v.mustRun(); !res.Unchanged {
		t.Errorf("a second visit brings %v", lines(res.Articles))
	}
}

func TestRobotsAreObeyed(t *testing.T) {
	s := newCity(t)
	s.types["/robots.txt"] = "text/plain"
	s.set("/robots.txt", "User-agent: *\nDisallow: /closed/\n")
	s.set("/news/", listing("/closed/1 A page that robots may not read", "/news/2 A page that everybody may read", "/news/3 A page that leads to a closed one"))
	s.set("/closed/1", articlePage("en", "secret", ""))
	s.set("/news/2", articlePage("en", "A page that everybody may read", ""))
	s.set("/news/3", "/closed/1")
	v := visit(t, s, feeds.Source{Kind: feeds.KindPage, URL: s.URL + "/news/"})
	res := v.mustRun()
	if diff := cmp.Diff([]string{"en A page that robots may not read", "en A page that everybody may read", "en A page that leads to a closed one"}, lines(res.Articles)); diff != "" {
		t.Errorf("what the list says of a closed page is enough for an article (-want +got):\n%s", diff)
	}
	if res.Articles[0].Content != "" || !slices.Contains(codes(res), "robots") {
		t.Errorf("%+v", res)
	}

	closed := visit(t, s, feeds.Source{Kind: feeds.KindPage, URL: s.URL + "/closed/"})
	s.requests()
	if _, err := closed.run(); err == nil || !strings.Contains(err.Error(), "robots.txt") || len(s.requests()) != 0 {
		t.Errorf("a closed list: %v", err)
	}
}

func TestPagesThatFail(t *testing.T) {
	s := newCity(t)
	s.types["/news/4"] = "application/pdf"
	s.set("/news/", listing("/news/1 A page that is broken for a while", "/news/2 A page that is gone for good", "/news/3.pdf A file in the place of a page", "/news/4 A file that looks like a page", "/news/5 A page that leads to the front page", "/news/6 A page like any other page"))
	s.set("/news/1", "500")
	s.set("/news/4", "%PDF-1.7 x")
	s.set("/news/5", "/")
	s.set("/", "<title>City</title>")
	s.set("/news/6", articlePage("en", "A page like any other page", ""))
	v := visit(t, s, feeds.Source{Kind: feeds.KindPage, URL: s.URL + "/news/"})
	res := v.mustRun()
	if diff := cmp.Diff([]string{"en A file in the place of a page", "en A file that looks like a page", "en A page like any other page"}, lines(res.Articles)); diff != "" {
		t.Errorf("one page's failure is not the run's (-want +got):\n%s", diff)
	}
	if a := res.Articles[0]; len(a.Enclosures) != 1 || a.Enclosures[0].Type != "application/pdf" {
		t.Errorf("enclosures of a file: %+v", a.Enclosures)
	}
	if diff := cmp.Diff([]string{"page-failed", "page-gone"}, codes(res)); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}
	s.requests()

	v.mustRun()
	if asked := s.requests(); !slices.Equal(asked, []string{"/news/"}) {
		t.Errorf("a page that failed is asked again at once: %v", asked)
	}
	tried := 1
	for range 10 {
		v.now = v.now.Add(48 * time.Hour)
		res = v.mustRun()
		if slices.Contains(s.requests(), "/news/1") {
			tried++
		}
		if slices.Contains(codes(res), "page-given-up") {
			break
		}
	}
	if tried != maxTries {
		t.Errorf("it was tried %d times, want %d", tried, maxTries)
	}
}

func TestThrottledPagesEndTheRun(t *testing.T) {
	s := newCity(t)
	s.set("/news/", listing("/news/1 The park by the river opens", "/news/2 The old bridge is closed", "/news/3 A night market comes here"))
	s.set("/news/1", articlePage("en", "The park by the river opens", ""))
	s.set("/news/2", "429")
	v := visit(t, s, feeds.Source{Kind: feeds.KindPage, URL: s.URL + "/news/"})
	res, err := v.run()
	if err == nil || len(res.Articles) != 1 || !res.NotBefore.After(time.Now().Add(5*time.Minute)) || res.Again != 0 {
		t.Errorf("%v, %d articles, not before %v", err, len(res.Articles), res.NotBefore)
	}
	s.set("/news/2", articlePage("en", "The old bridge is closed", ""))
	s.set("/news/3", articlePage("en", "A night market comes here", ""))
	if res := v.mustRun(); len(res.Articles) != 2 {
		t.Errorf("what was left is not read: %v", lines(res.Articles))
	}
}

func TestListingsThatFail(t *testing.T) {
	s := newCity(t)
	s.set("/empty/", "<title>News</title><p>There is no news.</p>")
	s.types["/feed"] = "application/rss+xml"
	s.set("/feed", "<rss/>")
	for path, want := range map[string]string{"/empty/": "no links that look like articles", "/feed": "kind", "/missing": "404"} {
		v := visit(t, s, feeds.Source{Kind: feeds.KindPage, URL: s.URL + path})
		if _, err := v.run(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", path, err)
		}
	}
	c := &Collector{}
	if _, err := c.Collect(context.Background(), Input{Source: feeds.Source{ID: "x", Kind: feeds.KindPage}}); err == nil {
		t.Error("pages are collected although nothing tells what robots.txt allows")
	}
}

func TestRunEndsInTime(t *testing.T) {
	s := newCity(t)
	s.set("/news/", listing("/news/1 The park by the river opens", "/news/2 The old bridge is closed"))
	v := visit(t, s, feeds.Source{Kind: feeds.KindPage, URL: s.URL + "/news/"})
	ctx, cancel := context.WithTimeout(context.Background(), timeReserve-time.Second)
	defer cancel()
	res, err := v.c.Collect(ctx, Input{Source: v.src, Now: v.now})
	if err != nil || len(res.Articles) != 0 || res.Again != pagesRest {
		t.Errorf("with no time for pages: %v, %d articles, again in %v", err, len(res.Articles), res.Again)
	}
}

// A template that describes the site on each of its pages describes none of them.
func TestADescriptionOfTheSite(t *testing.T) {
	s := newCity(t)
	const template = `<!doctype html><html lang="ja"><head><title>%s</title><meta name="description" content="%s"></head><body><main><h1>%s</h1>%s</main></body></html>`
	const site = "風森市の公式ウェブサイトです。くらしの情報をお届けします。"
	s.set("/", fmt.Sprintf(template, "風森市", site, "お知らせ", `<ul>
<li>4月9日 <a href="/1">水道管の工事のため断水します</a></li><li>4月8日 <a href="/2">市民会館の予約を受け付けます</a></li><li>4月7日 <a href="/3">図書館の休館日が変わりました</a></li></ul>`))
	s.set("/1", fmt.Sprintf(template, "水道管の工事のため断水します", site, "水道管の工事のため断水します", "<p>4月12日の午前中、港町の一部で断水します。</p>"))
	s.set("/2", fmt.Sprintf(template, "市民会館の予約を受け付けます", "5月の市民会館の予約について。", "市民会館の予約を受け付けます", "<p>4月15日から窓口で受け付けます。</p>"))
	s.set("/3", fmt.Sprintf(template, "図書館の休館日が変わりました", site, "図書館の休館日が変わりました", "<p>5月から水曜日が休館日です。</p>"))
	want := map[string]string{
		"水道管の工事のため断水します": "4月12日の午前中、港町の一部で断水します。", "市民会館の予約を受け付けます": "5月の市民会館の予約について。", "図書館の休館日が変わりました": "5月から水曜日が休館日です。",
	}
	v := visit(t, s, feeds.Source{Kind: feeds.KindPage, URL: s.URL + "/"})
	v.now = v.now.AddDate(0, 0, 1)
	for _, a := range v.mustRun().Articles {
		if a.Summary != want[a.Title] {
			t.Errorf("%s: %q, want %q", a.Title, a.Summary, want[a.Title])
		}
		delete(want, a.Title)
	}
	if len(want) > 0 {
		t.Errorf("there is no article of %v", want)
	}
}
