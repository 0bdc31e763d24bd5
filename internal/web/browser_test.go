package web

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/internal/browsertest"
)

// What a reader's browser makes of the pages. KAIRAN_SCREENSHOTS names a folder
// for pictures of them. With -short they are seen in a phone's window alone.
func TestInBrowser(t *testing.T) {
	c := newCityOfAll(t)
	c.settings.Site.SecureHosts = map[string]string{"secure": "city.example"}
	c.add(withMedia("sample-city"))
	site := c.public()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if accept := r.URL.Query().Get("accept"); accept != "" { // of a browser that asks for other languages
			r.Header.Set("Accept-Language", accept)
		}
		site.ServeHTTP(w, r)
	}))
	defer server.Close()
	c.settings.Site.BaseURL = server.URL // before anything is asked

	b := browsertest.Open(t)
	pictures := os.Getenv("KAIRAN_SCREENSHOTS")
	pages := []struct {
		name, path, lang, dir string
	}{
		{"home-en", "/en/", "en", "ltr"},
		{"home-ja", "/ja/", "ja", "ltr"},
		{"home-ar", "/ar/", "ar", "rtl"},
		{"home-th", "/th/", "th", "ltr"},
		{"languages", "/?accept=uk", "en", "ltr"},
		{"channel-ja", "/ja/government", "ja", "ltr"},
		{"publisher-ar", "/ar/from/riyadh", "ar", "rtl"},
		{"article-en", "/en/n/" + c.slug("flood", "en"), "en", "ltr"},
		{"article-media", "/ar/n/" + c.slug("media", "en"), "ar", "rtl"},
		{"article-ar", "/ar/n/" + c.slug("flood", "ar"), "ar", "rtl"},
		{"article-fallback", "/ko/n/" + c.slug("market", "ar"), "ko", "ltr"},
	}
	sizes := []struct {
		name          string
		width, height int64
	}{
		{"phone", 360, 740},
		{"desktop", 1280, 800},
	}
	if testing.Short() {
		sizes = sizes[:1]
	}
	for _, page := range pages {
		for _, size := range sizes {
			t.Run(page.name+" "+size.name, func(t *testing.T) {
				b.Size(size.width, size.height)
				b.Visit(server.URL + page.path)
				var seen struct {
					Lang, Dir, Ready  string
					Width, Overflow   int
					Feeds, Hreflangs  int
					Heading, FontSize string
				}
				b.Eval(`({
					lang: document.documentElement.lang, dir: getComputedStyle(document.documentElement).direction,
					width: innerWidth, overflow: document.documentElement.scrollWidth,
					feeds: document.querySelectorAll('link[rel=alternate][type*=rss],link[rel=alternate][type*=atom],link[rel=alternate][type*="feed+json"]').length,
					hreflangs: document.querySelectorAll('link[rel=alternate][hreflang]').length,
					heading: document.querySelector('h1').textContent, fontSize: getComputedStyle(document.body).fontSize,
				})`, &seen)
				if seen.Lang != page.lang || seen.Dir != page.dir {
					t.Errorf("lang %q dir %q, want %q %q", seen.Lang, seen.Dir, page.lang, page.dir)
				}
				if seen.Width != int(size.width) || seen.Overflow > seen.Width {
					t.Errorf("the page is %d px wide in a window of %d px", seen.Overflow, seen.Width)
				}
				if seen.Feeds < 3 {
					t.Errorf("%d feeds are advertised, want three or more", seen.Feeds)
				}
				if seen.Hreflangs < 2 {
					t.Errorf("%d versions in other languages are told", seen.Hreflangs)
				}
				if seen.Heading == "" {
					t.Error("no heading")
				}
				complaints := slices.DeleteFunc(b.Complaints(), func(s string) bool { // a reserved name has no pictures to load
					return strings.Contains(s, "Failed to load resource") && strings.Contains(s, "https://city.example/")
				})
				if len(complaints) > 0 {
					t.Errorf("the browser complains:\n%s", strings.Join(complaints, "\n"))
				}
				if pictures != "" {
					b.Screenshot(filepath.Join(pictures, page.name+"-"+size.name+".png"))
				}
			})
		}
	}

	t.Run("a fragment of another direction has its own", func(t *testing.T) {
		b.Visit(server.URL + "/ko/n/" + c.slug("market", "ar"))
		var dirs []string
		b.Eval(`[document.querySelector('article h1'), document.querySelector('.content'), document.querySelector('footer p')].map(e => getComputedStyle(e).direction)`, &dirs)
		if want := []string{"rtl", "rtl", "ltr"}; !slices.Equal(dirs, want) {
			t.Errorf("directions of heading, content, footer = %v, want %v", dirs, want)
		}
	})
	t.Run("a feed that is opened leads to its page", func(t *testing.T) {
		if got, want := b.Visit(server.URL+"/ja/government.rss"), server.URL+"/ja/government#subscribe"; got != want {
			t.Errorf("led to %s, want %s", got, want)
		}
	})
	t.Run("the feed itself can be seen", func(t *testing.T) {
		if got, want := b.Visit(server.URL+"/ja/government.atom?raw=1"), server.URL+"/ja/government.atom?raw=1"; got != want {
			t.Errorf("led to %s, want %s", got, want)
		}
	})
	t.Run("the languages can be reached without a script", func(t *testing.T) {
		b.Size(360, 740)
		b.Visit(server.URL + "/en/")
		var seen struct {
			Open     bool
			Overflow int
			Links    int
		}
		b.Eval(`(() => { document.querySelector('.languages summary').click(); return {
			open: document.querySelector('.languages').open, overflow: document.documentElement.scrollWidth,
			links: document.querySelectorAll('.languages a').length } })()`, &seen)
		if !seen.Open || seen.Links != len(c.settings.Site.Locales) || seen.Overflow > 360 {
			t.Errorf("open %v, %d links, %d px wide; want open, all, 360 at most", seen.Open, seen.Links, seen.Overflow)
		}
		if pictures != "" {
			b.Screenshot(filepath.Join(pictures, "languages-phone.png"))
		}
	})
	t.Run("in the dark", func(t *testing.T) {
		b.Size(1280, 800)
		b.Dark(true)
		b.Visit(server.URL + "/en/")
		var background string
		b.Eval(`getComputedStyle(document.body).backgroundColor`, &background)
		if background == "rgb(251, 249, 244)" {
			t.Error("the page stays light")
		}
		if pictures != "" {
			b.Screenshot(filepath.Join(pictures, "home-en-dark.png"))
		}
	})
}
