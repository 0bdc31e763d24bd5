package web

import (
	"cmp"
	"context"
	"encoding/xml"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// partSize is how many articles a part of the city's list has.
const partSize = 4

func (c *city) Parts(_ context.Context, wanted func(string) bool) (parts []ListPart, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, n := range c.notices {
		part := ListPart{i/partSize + 1, anyTime}
		if n.Withdrawn.IsZero() && wanted(n.Article.Language) && !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	return parts, c.away
}

func (c *city) Part(_ context.Context, n int) (listed []Listed, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i, notice := range c.notices {
		if i/partSize+1 == n && notice.Withdrawn.IsZero() {
			listed = append(listed, Listed{notice.Article, anyTime, c.versions(notice.Article.Story)})
		}
	}
	return listed, c.away
}

func (c *city) Recent(_ context.Context, within time.Duration, most int) (listed []Listed, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, notice := range c.notices {
		if notice.Withdrawn.IsZero() && notice.Article.Published.After(anyTime.Add(-within)) && len(listed) < most {
			listed = append(listed, Listed{Article: notice.Article})
		}
	}
	return listed, c.away
}

func (c *city) Freshness(context.Context) (map[string]Fresh, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return maps.Clone(c.fresh), c.away
}

// xmlNode is an element of a sitemap, whatever it is.
type xmlNode struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []xmlNode  `xml:",any"`
	Text     string     `xml:",chardata"`
}

func (n xmlNode) children(name string) (found []xmlNode) {
	for _, c := range n.Children {
		if c.XMLName.Local == name {
			found = append(found, c)
		}
	}
	return found
}

func (n xmlNode) text(names ...string) string {
	for _, name := range names {
		found := n.children(name)
		if len(found) != 1 {
			return ""
		}
		n = found[0]
	}
	return strings.TrimSpace(n.Text)
}

func (n xmlNode) attr(name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

const sitemapNamespace = "http://www.sitemaps.org/schemas/sitemap/0.9"

// readSitemap reads a sitemap or an index and holds it to the rules of the schemas
// sitemap.xsd, siteindex.xsd and sitemap-news.xsd: what stands where and how often, how long
// an address is, and how dates are written.
func readSitemap(t *testing.T, r *http.Response) xmlNode {
	t.Helper()
	if r.StatusCode != http.StatusOK {
		t.Fatalf("status %d", r.StatusCode)
	}
	fields(t, r, map[string]string{"Content-Type": "application/xml; charset=utf-8", "X-Content-Type-Options": "nosniff"})
	var root xmlNode
	if err := xml.Unmarshal([]byte(body(t, r)), &root); err != nil {
		t.Fatal(err)
	}
	of := map[string]string{"urlset": "url", "sitemapindex": "sitemap"}[root.XMLName.Local]
	if of == "" || root.XMLName.Space != sitemapNamespace || len(root.Children) > 50_000 {
		t.Fatalf("the root is %v with %d children", root.XMLName, len(root.Children))
	}
	seen := map[string]bool{}
	for _, u := range root.Children {
		if u.XMLName.Local != of || u.XMLName.Space != sitemapNamespace {
			t.Errorf("%v stands in %s", u.XMLName, root.XMLName.Local)
		}
		location := u.text("loc")
		if len(location) < 12 || len(location) > 2048 || !strings.HasPrefix(location, "https://news.city.example/") || seen[location] {
			t.Errorf("the address %q, seen before: %t", location, seen[location])
		}
		seen[location] = true
		for i, c := range u.Children {
			switch {
			case c.XMLName == xml.Name{Space: sitemapNamespace, Local: "loc"} && i == 0:
			case c.XMLName == xml.Name{Space: sitemapNamespace, Local: "lastmod"} && i == 1:
				if _, err := time.Parse(time.RFC3339, c.Text); err != nil {
					t.Errorf("%s: %v", location, err)
				}
			case c.XMLName == xml.Name{Space: xhtmlNamespace, Local: "link"}:
				if c.attr("rel") != "alternate" || c.attr("hreflang") == "" || !strings.HasPrefix(c.attr("href"), "https://news.city.example/") {
					t.Errorf("%s: a link %v", location, c.Attrs)
				}
			case c.XMLName == xml.Name{Space: newsNamespace, Local: "news"}:
				checkNews(t, location, c)
			default:
				t.Errorf("%s: %v stands at place %d", location, c.XMLName, i)
			}
		}
	}
	return root
}

func checkNews(t *testing.T, location string, n xmlNode) {
	t.Helper()
	var order []string
	for _, c := range n.Children {
		order = append(order, c.XMLName.Local)
	}
	if !slices.Equal(order, []string{"publication", "publication_date", "title"}) {
		t.Errorf("%s: %q", location, order)
	}
	published := n.text("publication_date")
	_, err := time.Parse(time.DateOnly, published)
	_, err2 := time.Parse(time.RFC3339, published)
	if err != nil && err2 != nil || n.text("publication", "name") == "" || n.text("title") == "" {
		t.Errorf("%s: %q %q %q", location, published, n.text("publication", "name"), n.text("title"))
	}
	if language := n.text("publication", "language"); language != "zh-cn" && language != "zh-tw" && (len(language) < 2 || len(language) > 3) {
		t.Errorf("%s: the language %q", location, language)
	}
}

func TestRobots(t *testing.T) {
	h := newCity(t).public()
	want := "User-agent: *\nAllow: /\n"
	got := body(t, get(h, "/robots.txt"))
	if !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "\nSitemap: https://news.city.example/sitemap.xml\nSitemap: https://news.city.example/news-sitemap.xml\n") {
		t.Errorf("robots.txt:\n%s", got)
	}
}

// The sitemaps that the index names hold every live notice once, at the address that is its
// own, and the pages; each answers there and says of its other languages what the sitemap says.
func TestSitemapsHoldEverything(t *testing.T) {
	c := newCityOfAll(t)
	c.settings.Face = ownFace()
	h := c.public()
	const base = "https://news.city.example"
	pages := map[string]xmlNode{}
	index := readSitemap(t, get(h, "/sitemap.xml"))
	if n := len(index.Children); n != 1+(len(c.notices)+partSize-1)/partSize {
		t.Errorf("the index names %d sitemaps", n)
	}
	for _, part := range index.children("sitemap") {
		path := strings.TrimPrefix(part.text("loc"), base)
		if path != pagesSitemapPath && part.text("lastmod") == "" {
			t.Errorf("nobody knows when %s changed", path)
		}
		for _, u := range readSitemap(t, get(h, path)).children("url") {
			path := strings.TrimPrefix(u.text("loc"), base)
			if _, twice := pages[path]; twice {
				t.Errorf("%s stands in two sitemaps", path)
			}
			pages[path] = u
		}
	}
	for _, n := range c.notices {
		if path := "/" + n.Article.Language + "/n/" + n.Article.Slug; pages[path].XMLName.Local == "" {
			t.Errorf("no sitemap has %s", path)
		}
	}
	for path, u := range pages {
		d := document(t, get(h, path))
		if got := attributes(d, "link[rel=canonical]", "href"); !slices.Equal(got, []string{base + path}) {
			t.Errorf("%s is %v", path, got)
		}
		links := map[string]string{}
		for _, l := range u.children("link") {
			links[l.attr("hreflang")] = l.attr("href")
		}
		if len(links) > 0 && !strings.Contains(path, "/n/") {
			own := map[string]string{}
			for i, tag := range attributes(d, "link[rel=alternate][hreflang]", "hreflang") {
				own[tag] = attributes(d, "link[rel=alternate][hreflang]", "href")[i]
			}
			if !maps.Equal(links, own) {
				t.Errorf("%s: the sitemap leads to %v, and the page to %v", path, links, own)
			}
		}
	}
	for _, path := range []string{"/ja/", "/ar/government", "/en/from/riyadh", "/th/about", "/ko/partners", "/en/about", "/ja/page/imprint"} {
		if pages[path].XMLName.Local == "" && path != "/th/about" && path != "/ko/partners" || pages["/fr/partners"].XMLName.Local == "" {
			t.Errorf("no sitemap has %s", path)
		}
	}
	if pages["/en/sports"].XMLName.Local != "" || pages["/nl/page/imprint"].XMLName.Local != "" {
		t.Error("an empty channel, or a page in a language that it isn't in, is told of")
	}
	links := pages["/en/n/"+c.slug("flood", "en")].children("link")
	var told []string
	for _, l := range links {
		told = append(told, l.attr("hreflang")+" "+strings.TrimPrefix(l.attr("href"), base))
	}
	slices.Sort(told)
	if want := []string{"ar /ar/n/" + c.slug("flood", "ar"), "en /en/n/" + c.slug("flood", "en"), "ja /ja/n/" + c.slug("flood", "ja"), "x-default /en/n/" + c.slug("flood", "en")}; !slices.Equal(told, want) {
		t.Errorf("versions: %q, want %q", told, want)
	}
	for _, path := range []string{"/sitemap-0.xml", "/sitemap-99.xml", "/sitemap-01.xml", "/sitemap-x.xml", "/sitemap-.xml"} {
		if r := get(h, path); r.StatusCode != http.StatusNotFound {
			t.Errorf("%s answers %d", path, r.StatusCode)
		}
	}
}

// A part whose notices did not change is not sent again, whatever came since.
func TestOldPartsOfTheSitemapDoNotChange(t *testing.T) {
	c := newCity(t)
	h := c.public()
	first := get(h, "/sitemap-1.xml")
	later := sampleNotices()[0]
	later.Article.Story, later.Article.Key = "later", "later"
	c.add(later)
	until(t, func() bool {
		return strings.Contains(body(t, get(h, "/sitemap-3.xml")), feeds.Slug(feeds.MintID("sample-city", "later", "en")))
	})
	if r := get(h, "/sitemap-1.xml", "If-None-Match", first.Header.Get("ETag")); r.StatusCode != http.StatusNotModified {
		t.Errorf("an old part answers %d after a new notice", r.StatusCode)
	}
}

func TestTheNewsSitemapHasTwoDays(t *testing.T) {
	c := newCityOfAll(t)
	hant := sampleNotices()[2]
	hant.Article.Language, hant.Article.Title = "zh-HK", "“水災” & 演習"
	simple := sampleNotices()[3]
	simple.Article.Language, simple.Article.Title = "ja-simple", "お知（し）らせ"
	other := sampleNotices()[2]
	other.Article.Language = "sw"
	c.add(hant, simple, other)
	h := c.public()
	got := map[string]string{}
	for _, u := range readSitemap(t, get(h, "/news-sitemap.xml")).children("url") {
		n := u.children("news")[0]
		got[strings.TrimPrefix(u.text("loc"), "https://news.city.example")] = fmt.Sprint(n.text("publication", "language"), " ", n.text("publication_date"), " ", n.text("title"))
	}
	tokyo := anyTime.In(c.settings.Site.Publishers[0].Location).Format(time.RFC3339)
	want := map[string]string{
		"/en/n/" + c.slug("flood", "en"):               "en " + tokyo + " Flood drill on the Sumire river this Saturday",
		"/ja/n/" + c.slug("flood", "ja"):               "ja " + tokyo + " すみれ川で土曜日に水害避難訓練を実施します",
		"/ar/n/" + c.slug("flood", "ar"):               "ar " + tokyo + " تدريب على مواجهة الفيضانات على نهر سوميري يوم السبت",
		"/zh-Hant/n/" + c.slug("flood", "zh-HK"):       "zh-tw " + tokyo + " “水災” & 演習",
		"/ja-simple/n/" + c.slug("flood", "ja-simple"): "ja " + tokyo + " お知らせ",
	}
	if !maps.Equal(got, want) {
		keys := slices.SortedFunc(maps.Keys(got), cmp.Compare[string])
		for _, k := range keys {
			t.Errorf("%s: %s", k, got[k])
		}
		t.Errorf("want %v", want)
	}
}

func TestSitemapsOfASiteWithoutNotices(t *testing.T) {
	c := newCity(t)
	for i := range c.notices {
		c.notices[i].Withdrawn = anyTime
	}
	c.publish()
	h := c.public()
	if n := len(readSitemap(t, get(h, "/sitemap.xml")).Children); n != 1 {
		t.Errorf("the index names %d sitemaps", n)
	}
	if n := len(readSitemap(t, get(h, "/news-sitemap.xml")).Children); n != 0 {
		t.Errorf("%d news", n)
	}
	if r := get(h, "/sitemap-1.xml"); r.StatusCode != http.StatusNotFound {
		t.Errorf("an empty part answers %d", r.StatusCode)
	}
}
