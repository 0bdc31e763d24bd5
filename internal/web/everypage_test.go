package web

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/browsertest"
	"github.com/kairan-news/kairan/internal/face"
	"github.com/kairan-news/kairan/internal/htmlcheck"
)

// shownPage is one of the pages that readers meet.
type shownPage struct {
	name, path string
	status     int
}

// everyPage are the pages of each kind as a locale has them, with all that is hard to show.
func (c *city) everyPage(locale string) []shownPage {
	in := "/" + locale
	return []shownPage{
		{"home", in + "/", http.StatusOK},
		{"all notices", in + "/all", http.StatusOK},
		{"older notices", in + "/all.2", http.StatusOK},
		{"the first notices of a topic", in + "/culture.1", http.StatusOK},
		{"how to subscribe", in + "/subscribe", http.StatusOK},
		{"topic", in + "/culture", http.StatusOK},
		{"an empty topic", in + "/sports", http.StatusOK},
		{"city", in + "/from/sample-city", http.StatusOK},
		{"one language", in + "/only/government", http.StatusOK},
		{"everything", in + "/everything", http.StatusOK},
		{"article", in + "/n/" + c.slug("flood", "en"), http.StatusOK},
		{"article with media", in + "/n/" + c.slug("media", "en"), http.StatusOK},
		{"article that is hard to show", in + "/n/" + c.slug("hard", "en"), http.StatusOK},
		{"article of the other direction", in + "/n/" + c.slug("hard", "ar"), http.StatusOK},
		{"about", in + "/about", http.StatusOK},
		{"a page of the city's own", in + "/page/imprint", http.StatusOK},
		{"partners", in + "/partners", http.StatusOK},
		{"search", in + "/search", http.StatusOK},
		{"finds", in + "/search?q=notice", http.StatusOK},
		{"no finds", in + "/search?q=nowhere&topic=sports", http.StatusOK},
		{"a question that can't be answered", in + "/search?q=notice&lang=nowhere", http.StatusBadRequest},
		{"combination", in + "/feed", http.StatusOK},
		{"what is combined", in + "/feed?topic=culture,government&from=sample-city", http.StatusOK},
		{"withdrawn article", in + "/n/" + c.slug("budget", "th"), http.StatusGone},
		{"not found", in + "/nothing", http.StatusNotFound},
		{"languages", "/", http.StatusOK}, // which asks for one that no site has
	}
}

// A page for each size of type, script and length of text, and with what publishers write
// against all good advice.
func hardToShow(language, title string) Notice {
	long := strings.Repeat("Donaudampfschifffahrtsgesellschaft", 8)
	return Notice{Article: feeds.Article{
		Story: "hard", Key: "hard", Publisher: "sample-city", Source: "samples", Language: language,
		Title: title + " " + long, Summary: long,
		Content: `<h1>` + title + `</h1><p>` + long + `</p><h4>` + title + `</h4><h2>` + title + `</h2><h6>` + title + `</h6>` +
			`<table><caption>` + title + `</caption><thead><tr>` + strings.Repeat(`<th scope="col">`+title+`</th>`, 9) + `</tr></thead><tbody><tr>` + strings.Repeat(`<td>1,234,567</td>`, 9) + `</tr></tbody></table>` +
			`<pre>` + long + long + `</pre><blockquote cite="https://kazemori.example/"><p>` + title + `</p></blockquote>` +
			`<header><p>` + title + `</p></header><section><p>` + title + `</p></section><aside><p>` + title + `</p></aside><article><p>` + title + `</p></article><footer><p>` + title + `</p></footer>` +
			`<h3></h3><ul><p>` + title + `</p><li value="2">` + title + `</li></ul><figure><figcaption>` + title + `</figcaption><p>` + title + `</p><figcaption>` + title + `</figcaption></figure>` +
			`<p><time datetime="yesterday">` + title + `</time> <time>` + title + `</time> <span lang="xx-nolanguage">` + title + `</span> <bdo>` + title + `</bdo> <ins datetime="today">` + title + `</ins></p>` +
			`<details><p>` + title + `</p></details><table><tr></tr></table><table><caption>` + title + `</caption></table><table><tr><td colspan="0" rowspan="70000">` + title + `</td></tr></table>` +
			`<dl><dd>` + title + `</dd></dl><dt>` + title + `</dt><li>` + title + `</li><summary>` + title + `</summary>` +
			`<details><summary>` + title + `</summary><p>` + title + `</p></details>` +
			`<dl><dt>` + title + `</dt><dd>` + title + `</dd></dl><ol start="3"><li>` + title + `</li></ol>` +
			`<ruby>東<rp>（</rp><rt>とう</rt><rp>）</rp></ruby>` +
			`<p>` + title + ` <a href="#note">1</a></p><p id="note">` + title + `</p>` +
			`<p><a href="https://kazemori.example/` + long + `">https://kazemori.example/` + long + `</a></p>`,
		Categories: []string{"culture", "government"}, Published: anyTime, FirstSeen: anyTime, Corrected: anyTime.AddDate(0, 0, 1),
		Authors: []feeds.Person{{Name: long}},
	}, Revisions: []Revision{
		{Title: title + " " + long, Content: "<p>" + long + "</p><p>" + title + "</p>", Corrected: anyTime.AddDate(0, 0, 1)},
		{Title: title, Content: "<p>" + title + "</p>"},
	}}
}

// pictured is a notice with pictures that the site itself has.
func pictured(base string) Notice {
	n := withMedia("sample-city")
	address := base + aPicture
	n.Article.Images = []feeds.Image{{URL: address, Alt: "The “old” harbour", Credit: "Photo: A. & B.", Width: 600, Height: 400}}
	n.Article.Content = `<p>See <img src="` + aPicture + `" alt="A &#34;near&#34; picture" width="600" height="400"> and <a href="https://city.example/a">a map</a>.</p>`
	n.Article.Enclosures = slices.DeleteFunc(n.Article.Enclosures, func(e feeds.Enclosure) bool { return e.Type == "image/jpeg" })
	return n
}

// aPicture is where the site has a picture.
const aPicture = "/f/00000000000000000000000000000000/harbour.png"

// pictures is a site's files, of which each is the same picture.
type pictures struct{}

var drawn = sync.OnceValue(func() []byte {
	p := image.NewPaletted(image.Rect(0, 0, 600, 400), color.Palette{color.RGBA{31, 58, 95, 255}, color.RGBA{176, 138, 26, 255}})
	for i := range p.Pix {
		if i/600 > 250 {
			p.Pix[i] = 1
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		panic(err)
	}
	return b.Bytes()
})

func (pictures) File(context.Context, string) ([]byte, bool, error) { return drawn(), true, nil }

// picking makes what readers pick of a city's notices, and the pages of its archives.
type picking struct{ *city }

func (p picking) ComposeSelection(_ context.Context, s feeds.Selection) (feeds.Feed, error) {
	feed, err := p.compose(feeds.Channel{Locale: s.Locale, Kind: feeds.ChannelAll})
	feed.Title, feed.URL = s.Query(), p.settings.Site.SelectionURLs(s)
	return feed, err
}

func (p picking) MakeSelection(ctx context.Context, s feeds.Selection, format feeds.Format) (feeds.MadeSelection, error) {
	feed, err := p.ComposeSelection(ctx, s)
	if err != nil {
		return feeds.MadeSelection{}, err
	}
	body, err := feeds.Render(feed, format)
	return feeds.MadeSelection{Body: body}, err
}

// Page has two archives of each channel, which hold what it holds.
func (p picking) Page(ctx context.Context, c feeds.Channel, archive int) (feeds.Page, error) {
	page, err := p.city.Page(ctx, c, 0)
	switch archive {
	case 0:
		page.Older = 2
	case 1, 2:
		page.Newer, page.Older, page.Records = 3-archive, archive-1, 0
	default:
		err = feeds.ErrNotPublished
	}
	return page, err
}

// Find finds the word in titles, and more than was looked through.
func (p picking) Find(ctx context.Context, s feeds.Sought) (feeds.Finds, error) {
	feed, err := p.ComposeSelection(ctx, s.Selection)
	feed.Entries = slices.DeleteFunc(feed.Entries, func(e feeds.Entry) bool {
		return !strings.Contains(strings.ToLower(e.Title), s.Words)
	})
	found := feeds.Finds{Feed: feed, Count: len(feed.Entries), More: len(feed.Entries) > 0, Building: true}
	if found.Count == 0 {
		found.Languages = []string{"en", "ar", "ja"}
	}
	return found, err
}

// siteToSee is a site of which there is every page, at a server of its own, and its address.
func siteToSee(t *testing.T) (*city, string) {
	t.Helper()
	c := newCityOfAll(t)
	var site http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			r.Header.Set("Accept-Language", noLanguage)
		}
		site.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	c.settings.Site.BaseURL = server.URL // before anything is asked
	c.settings.Face = ownFace()
	c.settings.Face.Theme, c.settings.Face.Stylesheet = face.Theme{}, "" // what is seen are the program's own
	c.settings.Face.Pages = c.settings.Face.Pages[1:]                    // and its page about the site
	c.settings.Site.Publishers[0].Logo = feeds.Picture{URL: server.URL + aPicture}
	c.fresh = map[string]Fresh{
		"sample-city": {Newest: anyTime, Visited: anyTime},
		"riyadh":      {Newest: anyTime, Visited: anyTime.AddDate(0, 0, -2), Unread: anyTime.AddDate(0, 0, -1)},
	}
	c.add(pictured(server.URL), hardToShow("en", "A notice that is hard to show"), hardToShow("ar", "إشعار يصعب عرضه"))
	c.withdraw("budget", "th")
	for _, l := range c.settings.Site.Locales {
		for _, name := range []string{"all", "culture"} {
			c.change(l.Tag+"/"+name, func(s *feeds.ChannelState) { s.Archives = 2 })
		}
	}
	site = Public(Config{Settings: c.now, Shelf: c.shelf(20 * time.Millisecond), Channels: picking{c}, Articles: c, Files: pictures{}, Freshness: c, Listing: c, Selections: picking{c}, Log: discard(), Now: func() time.Time { return anyTime }})
	return c, server.URL
}

// Every page is HTML by the letter, in languages of both directions, with and without spaces,
// and of one that is a variant.
func TestPagesAreValidHTML(t *testing.T) {
	c, site := siteToSee(t)
	tags := []string{"en", "ja", "ar", "th", "zh-Hant", "ja-simple"}
	if testing.Short() {
		tags = tags[1:3]
	}
	pages := map[string][]byte{}
	for _, tag := range tags {
		for _, page := range c.everyPage(tag) {
			answer, err := http.Get(site + page.path)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(answer.Body)
			answer.Body.Close()
			if err != nil {
				t.Fatal(err)
			}
			if answer.StatusCode != page.status {
				t.Errorf("%s, %s: %s; want %d", tag, page.name, answer.Status, page.status)
			}
			pages[tag+", "+page.name] = body
		}
	}
	for name, complaints := range htmlcheck.Check(t, pages) {
		complaints = slices.DeleteFunc(complaints, isNoFault)
		if len(complaints) == 0 {
			continue
		}
		t.Errorf("%s:\n%s", name, strings.Join(complaints, "\n"))
	}
}

// isNoFault tells what the checker is wrong in. An address that begins with feed: and goes on
// with one of https is valid by the URL standard (§4.3: the scheme is no special one, and what
// follows is a path); the checker knows feed: as it was drafted once, with a host behind it, and
// so no address could be of https.
func isNoFault(complaint string) bool {
	return strings.Contains(complaint, "Bad value “feed:http") && strings.Contains(complaint, "Expected a slash")
}

// Nothing on any page keeps people with a disability from using it, in either direction, in the
// light and in the dark; see [browsertest.Browser.Barriers]. Every other page is seen in the
// narrowest window, and those between in a wide one: in the other direction it is the other way
// round.
func TestNothingBarsReaders(t *testing.T) {
	c, site := siteToSee(t)
	b := browsertest.Open(t)
	for turn, locale := range []string{"ar", "en"} {
		if turn > 0 && testing.Short() {
			break
		}
		t.Run(locale, func(t *testing.T) {
			b := b.Tab(t)
			for i, page := range c.everyPage(locale) {
				width, dark := []int64{320, 1280}[(i+turn)%2], i/2%2 == 0
				b.Size(width, 800)
				b.Dark(dark)
				b.Visit(site + page.path)
				barriers := b.Barriers()
				b.Dark(!dark)
				barriers = append(barriers, b.Barriers("color-contrast")...)
				if len(barriers) > 0 {
					t.Errorf("%s, %d px wide:\n%s", page.name, width, strings.Join(barriers, "\n"))
				}
			}
		})
	}
}

// Every page fits into the narrowest window, into one at twice the size, and with twice the
// size of text, and asks nobody but the site.
func TestPagesFit(t *testing.T) {
	c, site := siteToSee(t)
	b := browsertest.Open(t)
	tags := []string{"en", "ja", "ar", "th", "zh-Hant"}
	if testing.Short() {
		tags = tags[2:3]
	}
	for _, tag := range tags {
		t.Run(tag, func(t *testing.T) {
			b := b.Tab(t)
			for _, page := range c.everyPage(tag) {
				b.Size(320, 640)
				b.Requests()
				b.Visit(site + page.path)
				fits(t, b, page.name+" at 320 px")
				b.Size(640, 400)
				fits(t, b, page.name+" at 640 px")
				var ignored any
				b.Eval(`(document.documentElement.style.fontSize = '200%')`, &ignored)
				fits(t, b, page.name+" with text of twice the size")
				if page.name == "home" {
					b.Eval(`(document.querySelector('.languages').open = true)`, &ignored)
					fits(t, b, "the languages with text of twice the size")
					b.Eval(`(document.documentElement.style.fontSize = '')`, &ignored)
					fits(t, b, "the languages at 640 px")
					b.Size(740, 640)
					fits(t, b, "the languages at 740 px")
					b.Size(320, 640)
					fits(t, b, "the languages at 320 px")
				}
				for _, r := range b.Requests() {
					if !strings.HasPrefix(r.URL, site+"/") {
						t.Errorf("%s asks for %s", page.name, r.URL)
					}
				}
				for _, complaint := range b.Complaints() {
					if page.status == http.StatusOK || !strings.Contains(complaint, "the server responded with a status of 4") {
						t.Errorf("%s: the browser complains: %s", page.name, complaint)
					}
				}
			}
		})
	}
}

// fits sees that nobody has to move a page sideways, and that nothing stands outside of it.
func fits(t *testing.T, b *browsertest.Browser, name string) {
	t.Helper()
	var seen struct {
		Window, Page float64
		Outside      []string
	}
	b.Eval(`({window: innerWidth, page: document.documentElement.scrollWidth, outside: [...document.querySelectorAll('main *, header *, footer *')].filter(e => {
		const r = e.getBoundingClientRect()
		if (!r.width || !r.height || e.closest('.skip') || !e.checkVisibility()) return false
		for (let p = e.parentElement; p; p = p.parentElement) if (/auto|scroll|hidden|clip/.test(getComputedStyle(p).overflowX)) return false
		return r.left < -1 || r.right > innerWidth + 1
	}).map(e => e.outerHTML.slice(0, 120)).slice(0, 3)})`, &seen)
	if seen.Page > seen.Window || len(seen.Outside) > 0 {
		t.Errorf("%s: the page is %v px wide in a window of %v px; outside are %v", name, seen.Page, seen.Window, seen.Outside)
	}
}
