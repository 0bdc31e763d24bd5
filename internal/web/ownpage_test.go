package web

import (
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/face"
)

// ownFace is what a city might make of its pages.
func ownFace() *face.Face {
	return &face.Face{
		Theme:      face.Theme{Brand: face.Shades{Light: "#8a0000"}, Paper: face.Shades{Light: "#fffdf7"}},
		Stylesheet: ".notice { border-radius: 0 }",
		Header:     []face.Link{{URL: "https://www.city.example/", Texts: map[string]string{"en": "The City", "ja": "市役所", "ar": "المدينة"}}},
		Footer:     []face.Link{{Page: "imprint"}, {Page: "about"}, {Path: "/docs/a.pdf", TextID: "page.home"}},
		Pages: []face.Page{
			{Name: "about", Texts: []face.Text{{Language: "en", Title: "About us", Content: "<p>We are.</p>\n<h2>Who</h2>"}, {Language: "ja", Title: "私たちについて", Content: "<p>はい。</p>"}}},
			{Name: "imprint", Texts: []face.Text{{Language: "ja", Title: "運営者", Content: "<p>市です。</p>"}}},
		},
		Contact: "mailto:news@city.example",
	}
}

func TestPagesOfTheCitysOwn(t *testing.T) {
	c := newCity(t)
	c.settings.Site.BaseURL += "/p"
	c.settings.Face = ownFace()
	h := c.public()
	const base = "https://news.city.example/p"
	for _, tt := range []struct {
		path, title, lang, canonical string
		alternates                   []string
	}{
		{"/p/en/about", "About us", "en", "/en/about", []string{"en", "ja", "x-default"}},
		{"/p/ja/about", "私たちについて", "ja", "/ja/about", []string{"en", "ja", "x-default"}},
		{"/p/ar/about", "About us", "en", "/en/about", []string{"en", "ja", "x-default"}},
		{"/p/ja/page/imprint", "運営者", "ja", "/ja/page/imprint", []string{"ja", "x-default"}},
		{"/p/th/page/imprint", "運営者", "ja", "/ja/page/imprint", []string{"ja", "x-default"}},
	} {
		r := get(h, tt.path)
		fields(t, r, map[string]string{"Content-Type": "text/html; charset=utf-8", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": contentSecurity})
		d := document(t, r)
		h1 := d.Find("h1")
		if h1.Length() != 1 || h1.Text() != tt.title || h1.AttrOr("lang", "") != tt.lang || d.Find(".content").AttrOr("dir", "") != "ltr" {
			t.Errorf("%s: %q in %q", tt.path, h1.Text(), h1.AttrOr("lang", ""))
		}
		if got := attributes(d, "link[rel=canonical]", "href"); !slices.Equal(got, []string{base + tt.canonical}) {
			t.Errorf("%s: canonical %v", tt.path, got)
		}
		if got := attributes(d, "link[rel=alternate][hreflang]", "hreflang"); !slices.Equal(got, tt.alternates) {
			t.Errorf("%s: alternates %v", tt.path, got)
		}
	}
	for _, path := range []string{"/p/en/page/about", "/p/en/page/other", "/p/tlh/page/imprint", "/p/en/page/"} {
		if r := get(h, path); r.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %d", path, r.StatusCode)
		}
	}
	// A reload shows other words at once.
	other := ownFace()
	other.Pages[0].Texts[0].Title = "All about us"
	c.settings.Face = other
	if got := document(t, get(h, "/p/en/about")).Find("h1").Text(); got != "All about us" {
		t.Errorf("after a reload the page is called %q", got)
	}
}

func TestLinksOfTheCitysOwn(t *testing.T) {
	c := newCity(t)
	c.settings.Site.BaseURL += "/p"
	c.settings.Face = ownFace()
	h := c.public()
	links := func(d *goquery.Document, within string) (all []string) {
		d.Find(within + " a").Each(func(_ int, a *goquery.Selection) {
			all = append(all, strings.TrimSpace(a.AttrOr("href", "")+" "+a.Text()+" "+a.AttrOr("lang", "")))
		})
		return all
	}
	d := document(t, get(h, "/p/en/"))
	if got := links(d, ".masthead nav.own-links"); !slices.Equal(got, []string{"https://www.city.example/ The City"}) {
		t.Errorf("head: %q", got)
	}
	foot := links(d, "footer.colophon")
	for _, want := range []string{"/p/en/about About us", "/p/en/partners For Partners and Programs", "/p/en/page/imprint 運営者 ja", "/p/docs/a.pdf Home"} {
		if !slices.Contains(foot, want) {
			t.Errorf("foot: %q, want %q", foot, want)
		}
	}
	if n := len(slices.DeleteFunc(foot, func(l string) bool { return l != "/p/en/about About us" })); n != 1 {
		t.Errorf("the page about the city is linked %d times", n)
	}
	if got := links(document(t, get(h, "/p/ja/")), "footer.colophon"); !slices.Contains(got, "/p/ja/page/imprint 運営者") {
		t.Errorf("foot: %q", got)
	}
}

func TestStylesOfTheCitysOwn(t *testing.T) {
	c := newCity(t)
	c.settings.Site.BaseURL += "/p"
	h := c.public()
	if got := attributes(document(t, get(h, "/p/en/")), "link[rel=stylesheet]", "href"); len(got) != 1 {
		t.Fatalf("style sheets of a site that has none of its own: %v", got)
	}
	c.settings.Face = ownFace()
	sheets := attributes(document(t, get(h, "/p/en/")), "link[rel=stylesheet]", "href")
	if len(sheets) != 3 || !strings.HasPrefix(sheets[1], "/p/theme-") || !strings.HasPrefix(sheets[2], "/p/site-") {
		t.Fatalf("style sheets: %v", sheets)
	}
	for i, want := range map[int]string{1: "--brand: #8a0000;", 2: ".notice { border-radius: 0 }"} {
		r := get(h, sheets[i])
		fields(t, r, map[string]string{"Content-Type": "text/css; charset=utf-8", "Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"})
		if got := body(t, r); !strings.Contains(got, want) {
			t.Errorf("%s is %s", sheets[i], got)
		}
	}
	var listed []string
	for _, a := range Addresses(c.settings, c.shelf(0), nil) {
		listed = append(listed, a.Path)
	}
	for _, path := range []string{sheets[1][2:], sheets[2][2:], "/en/about", "/ja/page/imprint", "/ar/partners", "/news-sitemap.xml", "/sitemap-pages.xml", "/feed-extension.xsd"} {
		if !slices.Contains(listed, path) {
			t.Errorf("%s is not exported", path)
		}
	}
}

// What the program says of itself where the city says nothing.
func TestAbout(t *testing.T) {
	c := newCity(t)
	c.settings.Face = &face.Face{Contact: "mailto:news@city.example"}
	c.settings.Site.Publishers[0].Logo = feeds.Picture{Path: "logo-0123456789ab.png", Body: pngOf(t, 120, 60), Type: "image/png", Width: 120, Height: 60}
	c.fresh = map[string]Fresh{
		"sample-city": {Newest: anyTime, Visited: anyTime.Add(time.Hour)},
		"riyadh":      {Newest: anyTime.AddDate(0, 0, -2), Visited: anyTime.AddDate(0, 0, -1), Unread: anyTime.AddDate(0, 0, -1)},
	}
	h := c.public()
	d := document(t, get(h, "/en/about"))
	facts := func(d *goquery.Document) (all []string) {
		d.Find(".facts > li").Each(func(_ int, li *goquery.Selection) {
			all = append(all, strings.Join(append([]string{li.Find("h3").Text()}, texts(li2doc(li), "li")...), " | "))
		})
		return all
	}
	if got, want := facts(d), []string{
		"Kazemori (sample city) | Newest notice: November 2, 2026 | Last checked: November 2, 2026 at 11:30, Tokyo time | Licence: CC BY 4.0 | kazemori.example",
		"Riyadh Municipality | Their notices have been out of our reach since November 1, 2026. | Newest notice: October 31, 2026 | Last checked: November 1, 2026 at 01:30 UTC | No licence is on record, so only the title, a short summary and a link are shown here. | riyadh.example",
	}; !slices.Equal(got, want) {
		t.Errorf("publishers:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got := attributes(d, ".facts img", "src"); !slices.Equal(got, []string{"/logo-0123456789ab.png"}) {
		t.Errorf("logos: %v", got)
	}
	if r := get(h, "/logo-0123456789ab.png"); r.StatusCode != http.StatusOK {
		t.Errorf("the logo answers %d", r.StatusCode)
	}
	if got := attributes(d, `a[href^="mailto:"]`, "href"); !slices.Equal(got, []string{"mailto:news@city.example"}) {
		t.Errorf("contact: %v", got)
	}
	if got := attributes(d, `.facts a[rel=license]`, "href"); !slices.Equal(got, []string{"https://creativecommons.org/licenses/by/4.0/deed.en"}) {
		t.Errorf("licences: %v", got)
	}
	if got := document(t, get(h, "/ja/about")).Find("h1").Text(); got != "このサイトについて" {
		t.Errorf("in Japanese it is called %q", got)
	}
	// It is made anew once a minute.
	c.mu.Lock()
	c.fresh["riyadh"] = Fresh{Newest: anyTime, Unread: anyTime, Partly: true}
	c.mu.Unlock()
	if got := facts(document(t, get(h, "/en/about")))[1]; !strings.Contains(got, "Their notices have been") {
		t.Errorf("within the minute it says %q", got)
	}
	c.minutes.Add(1)
	if got := facts(document(t, get(h, "/en/about")))[1]; !strings.Contains(got, "Some of their notices have been out of our reach since November 2, 2026.") || strings.Contains(got, "Last checked") {
		t.Errorf("a minute later it says %q", got)
	}
	// While the database is away its last state stands.
	c.fail(errAway)
	c.minutes.Add(1)
	if r := get(h, "/en/about"); r.StatusCode != http.StatusOK {
		t.Errorf("while the database is away it answers %d", r.StatusCode)
	}
}

func li2doc(s *goquery.Selection) *goquery.Document { return goquery.NewDocumentFromNode(s.Get(0)) }

func TestPartners(t *testing.T) {
	c := newCity(t)
	h := c.public()
	for _, locale := range []string{"en", "ja", "ar", "th"} {
		d := document(t, get(h, "/"+locale+"/partners"))
		if d.Find("h1").Length() != 1 || d.Find("h2").Length() != 6 {
			t.Errorf("%s: %d parts", locale, d.Find("h2").Length())
		}
		// Every address that it names answers.
		for _, address := range attributes(d, "main a", "href") {
			if r := get(h, strings.TrimPrefix(address, "https://news.city.example")); r.StatusCode != http.StatusOK {
				t.Errorf("%s: %s answers %d", locale, address, r.StatusCode)
			}
		}
	}
	d := document(t, get(h, "/en/partners"))
	for _, want := range []string{"https://news.city.example/en/all.atom", "https://news.city.example/en/government.rss", "https://news.city.example/en/everything.json", "https://news.city.example/feed-extension.xsd"} {
		if !slices.Contains(texts(d, "code"), want) {
			t.Errorf("it does not name %s: %q", want, texts(d, "code"))
		}
	}
	// What a site had there before the page was stays.
	site := *c.settings.Site
	site.Categories = append(site.Categories, feeds.Category{Term: "partners", Labels: map[string]string{"en": "Partner Cities"}})
	c.settings.Site = &site
	c.publish()
	until(t, func() bool {
		r := get(h, "/en/partners")
		return r.StatusCode == http.StatusOK && document(t, r).Find("h1").Text() == "Partner Cities"
	})
	if got := attributes(document(t, get(h, "/en/")), ".colophon a", "href"); slices.Contains(got, "/en/partners") {
		t.Errorf("the page is linked that is none: %v", got)
	}
}

// The schemas that are served are those of the documentation.
func TestTheServedSchemas(t *testing.T) {
	h := newCity(t).public()
	for path, kind := range map[string]string{"/feed-extension.xsd": "application/xml; charset=utf-8", "/feed-extension.schema.json": "application/schema+json"} {
		want, err := os.ReadFile("../../docs" + path)
		if err != nil {
			t.Fatal(err)
		}
		r := get(h, path)
		fields(t, r, map[string]string{"Content-Type": kind, "Cache-Control": "public, max-age=86400"})
		if body(t, r) != string(want) {
			t.Errorf("docs%s is another than is served: copy it to internal/web/static", path)
		}
	}
}

// linkedData are the things of schema.org that a page tells, by their types.
func linkedData(t *testing.T, d *goquery.Document) map[string]map[string]any {
	t.Helper()
	all := map[string]map[string]any{}
	d.Find(`script[type="application/ld+json"]`).Each(func(_ int, s *goquery.Selection) {
		var data map[string]any
		if err := json.Unmarshal([]byte(s.Text()), &data); err != nil {
			t.Fatal(err)
		}
		if data["@context"] != "https://schema.org" {
			t.Errorf("the context is %v", data["@context"])
		}
		all[data["@type"].(string)] = data
	})
	return all
}

func TestWhatIsToldOfAnArticle(t *testing.T) {
	c := newCity(t)
	c.settings.Site.Publishers[0].Logo = feeds.Picture{Path: "logo-0123456789ab.png", Body: pngOf(t, 120, 60), Type: "image/png", Width: 120, Height: 60}
	n := sampleNotices()[2]
	n.Article.Story, n.Article.Key = "pictured", "pictured"
	n.Article.Title = `Drill </script><script>alert(1)</script> & “more”`
	n.Article.Authors = []feeds.Person{{Name: "Bureau of Rivers"}}
	n.Article.Images = []feeds.Image{{URL: "https://kazemori.example/drill.jpg", Alt: "The river", Credit: "City", Width: 1200, Height: 800}}
	n.Modified = anyTime.Add(2 * time.Hour)
	c.add(n)
	h := c.public()
	path := "/en/n/" + c.slug("pictured", "en")
	d := document(t, get(h, path))
	told := linkedData(t, d)
	article := told["NewsArticle"]
	text, err := json.Marshal(article)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"author":[{"@type":"Organization","name":"Bureau of Rivers","parentOrganization":{"@type":"Organization","name":"Kazemori (sample city)","url":"https://kazemori.example/"}}]`,
		`"publisher":{"@type":"Organization","logo":{"@type":"ImageObject","height":60,"url":"https://news.city.example/logo-0123456789ab.png","width":120},"name":"Kazemori (sample city)","url":"https://kazemori.example/"}`,
		`"image":[{"@type":"ImageObject","caption":"The river","creditText":"City","height":800,"url":"https://kazemori.example/drill.jpg","width":1200}]`,
		`"dateModified":"2026-11-02T12:30:00+09:00"`, `"datePublished":"2026-11-02T10:30:00+09:00"`, `"inLanguage":"en"`,
		`"isBasedOn":"https://kazemori.example/en/drill"`, `"license":"https://creativecommons.org/licenses/by/4.0/"`, `"articleSection":["Government","Disaster Prevention"]`,
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("it does not say %s:\n%s", want, text)
		}
	}
	if article["headline"] != n.Article.Title {
		t.Errorf("the headline is %v", article["headline"])
	}
	crumbs, err := json.Marshal(told["BreadcrumbList"]["itemListElement"])
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(crumbs), `{"@type":"ListItem","item":"https://news.city.example/en/government","name":"Government","position":2}`) || !strings.Contains(string(crumbs), `"position":3`) {
		t.Errorf("the way there: %s", crumbs)
	}
	meta := func(d *goquery.Document, name string) string {
		return d.Find(`meta[property="`+name+`"], meta[name="`+name+`"]`).AttrOr("content", "")
	}
	for name, want := range map[string]string{
		"og:type": "article", "og:title": n.Article.Title, "og:image": "https://kazemori.example/drill.jpg", "og:image:width": "1200", "og:image:alt": "The river",
		"twitter:card": "summary_large_image", "article:modified_time": "2026-11-02T12:30:00+09:00", "article:section": "Government",
	} {
		if got := meta(d, name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	// Every page tells what it is.
	for path, kind := range map[string]string{"/ja/": "WebSite", "/ar/government": "BreadcrumbList", "/th/about": "BreadcrumbList", "/en/partners": "BreadcrumbList"} {
		d := document(t, get(h, path))
		if meta(d, "og:type") != "website" || meta(d, "og:title") == "" || meta(d, "og:url") != "https://news.city.example"+path || meta(d, "og:locale") == "" || meta(d, "twitter:card") != "summary" {
			t.Errorf("%s: %q %q %q", path, meta(d, "og:title"), meta(d, "og:url"), meta(d, "og:locale"))
		}
		if linkedData(t, d)[kind] == nil {
			t.Errorf("%s tells no %s", path, kind)
		}
	}
	if d := document(t, get(h, "/en/nothing")); meta(d, "og:type") != "" {
		t.Error("a page that is none is told of")
	}
	// Programs are told how the site is searched, where it is.
	if linkedData(t, document(t, get(h, "/ja/")))["WebSite"]["potentialAction"] != nil {
		t.Error("a site without a search tells of one")
	}
	searched := Public(Config{Settings: c.now, Shelf: c.shelf(20 * time.Millisecond), Channels: c, Articles: c, Selections: picking{c}, Log: discard()})
	action, err := json.Marshal(linkedData(t, document(t, get(searched, "/ja/")))["WebSite"]["potentialAction"])
	if want := `{"@type":"SearchAction","query-input":"required name=search_term_string","target":{"@type":"EntryPoint","urlTemplate":"https://news.city.example/ja/search?q={search_term_string}"}}`; err != nil || string(action) != want {
		t.Errorf("the search: %s", action)
	}
	if d := document(t, get(searched, "/en/feed?topic=culture")); meta(d, "og:title") == "" || meta(d, "og:url") != "" {
		t.Errorf("a combination: %q %q", meta(d, "og:title"), meta(d, "og:url"))
	}
}
