package web

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/locales"
)

func TestRootLeadsToTheReadersLanguage(t *testing.T) {
	h := newCityOfAll(t).public()
	for _, test := range []struct{ accept, want, remark string }{
		{"", "/en/", "says nothing: the site's default"},
		{"ja", "/ja/", ""},
		{"ja-JP,ja;q=0.9,en;q=0.8", "/ja/", "a browser in Japan"},
		{"zh-TW", "/zh-Hant/", "Taiwan writes traditional characters"},
		{"zh-HK", "/zh-Hant/", ""},
		{"zh-CN", "/zh-Hans/", ""},
		{"tl", "/fil/", "an old name"},
		{"fr-CA, en;q=0.5", "/fr/", ""},
		{"*", "/en/", "anything"},
		{"uk, ru;q=0.5", "/ru/", "Ukrainian is answered in Russian where that is asked for"},
		{"en;q=0, arz", "/ar/", "Egyptian Arabic is written as Arabic"},
		{"sv, ar;q=0.5", "/ar/", "the second wish"},
		{";;;", "/en/", "rubbish"},
	} {
		r := get(h, "/", "Accept-Language", test.accept, "Cookie", "lang=nl")
		if got := r.Header.Get("Location"); r.StatusCode != http.StatusFound || got != test.want {
			t.Errorf("Accept-Language %q: %d to %s, want 302 to %s (%s)", test.accept, r.StatusCode, got, test.want, test.remark)
		}
		fields(t, r, map[string]string{"Vary": "Accept-Language", "Set-Cookie": ""})
	}
}

func TestRootListsTheLanguagesWhereNoneCanBeAnswered(t *testing.T) {
	c := newCityOfAll(t)
	h := c.public()
	for _, test := range []struct{ accept, lang string }{{"uk", "en"}, {"ms, kk;q=0.5", "en"}, {"en;q=0, de", "ja"}} {
		r := get(h, "/", "Accept-Language", test.accept)
		if r.StatusCode != http.StatusOK {
			t.Fatalf("%s: status %d to %q, want 200", test.accept, r.StatusCode, r.Header.Get("Location"))
		}
		fields(t, r, map[string]string{"Vary": "Accept-Language", "Cache-Control": "no-store", "Content-Type": htmlType, "Set-Cookie": ""})
		d := document(t, r)
		if got, _ := d.Find("html").Attr("lang"); got != test.lang {
			t.Errorf("%s: the page is in %q, want %q", test.accept, got, test.lang)
		}
		links := d.Find("main li a")
		var paths []string
		links.Each(func(_ int, a *goquery.Selection) {
			tag, path := a.AttrOr("lang", ""), a.AttrOr("href", "")
			paths = append(paths, path)
			if path != "/"+tag+"/" || a.AttrOr("hreflang", "") != tag || a.AttrOr("dir", "") != locales.Direction(tag) || a.Text() != d.Find(`.languages a[lang="`+tag+`"]`).Text() {
				t.Errorf("%s: %s is %q in %q, %q", test.accept, path, a.Text(), tag, a.AttrOr("dir", ""))
			}
		})
		if len(paths) != len(c.settings.Site.Locales) || paths[0] != "/en/" {
			t.Errorf("%s: the list is %q, want every locale and the default first", test.accept, paths)
		}
		if got := attributes(d, `link[type="application/atom+xml"]`, "href"); len(got) != len(paths) || got[0] != "/en/all.atom" {
			t.Errorf("%s: the feeds are %q, want one for each locale", test.accept, got)
		}
	}
	if r := ask(h, http.MethodHead, "/", "Accept-Language", "uk"); r.StatusCode != http.StatusOK || body(t, r) != "" {
		t.Errorf("HEAD: status %d, with a body", r.StatusCode)
	}
	c.settings.Site.BaseURL = "https://city.example/news"
	if d := document(t, get(c.public(), "/news/", "Accept-Language", "uk")); d.Find(`main li a[href="/news/ja/"]`).Length() != 1 {
		t.Error("the list below a path does not lead to /news/ja/")
	}
}

func TestASiteInOneLanguageHasNoListOfLanguages(t *testing.T) {
	c := newCityOfAll(t)
	c.settings.Site.Locales = c.settings.Site.Locales[:1]
	if r := get(c.public(), "/", "Accept-Language", "uk"); r.StatusCode != http.StatusFound || r.Header.Get("Location") != "/en/" {
		t.Errorf("status %d to %q, want 302 to /en/", r.StatusCode, r.Header.Get("Location"))
	}
}

func TestOtherSpellingsOfAnAddress(t *testing.T) {
	h := newCityOfAll(t).public()
	for _, test := range []struct{ path, want string }{
		{"/zh-hant/", "/zh-Hant/"},
		{"/zh-hant", "/zh-Hant/"},
		{"/ZH-TW/", "/zh-Hant/"},
		{"/zh_Hans/government.rss", "/zh-Hans/government.rss"},
		{"/EN/from/riyadh", "/en/from/riyadh"},
		{"/zh_hant/n/some-slug", "/zh-Hant/n/some-slug"},
		{"/jp/", "/ja/"},
		{"/cn/all.rss", "/zh-Hans/all.rss"},
		{"/JA/all.atom?raw=1", "/ja/all.atom?raw=1"},
		{"/en", "/en/"},
		{"/en/government/", "/en/government"},
		{"/en/from/riyadh/", "/en/from/riyadh"},
		{"/en/n/some-slug/", "/en/n/some-slug"},
		{"/en/all/", "/en/all"},
	} {
		r := get(h, test.path)
		if got := r.Header.Get("Location"); r.StatusCode != http.StatusMovedPermanently || got != test.want {
			t.Errorf("%s: %d to %q, want 301 to %s", test.path, r.StatusCode, got, test.want)
		}
	}
	few := newCity(t).public()
	for _, test := range []struct{ path, want string }{
		{"/en-GB/", "/en/"},
		{"/en-GB/n/some-slug", "/en/n/some-slug"},
		{"/en-gb/feeds.opml", "/en/feeds.opml"},
		{"/ja-simple/", "/ja/"},
		{"/ja-simple", "/ja/"},
		{"/ja-simple/government?x=1", "/ja/government?x=1"},
		{"/ar-SA/from/riyadh.atom?raw=1", "/ar/from/riyadh.atom?raw=1"},
		{"/nl-BE/everything.3.json", "/nl/everything.3.json"},
	} {
		r := get(few, test.path)
		if got := r.Header.Get("Location"); r.StatusCode != http.StatusFound || got != test.want {
			t.Errorf("%s: %d to %q, want 302 to %s", test.path, r.StatusCode, got, test.want)
		}
		want := map[string]string{"Cache-Control": "public, max-age=3600", "Vary": "", "Access-Control-Allow-Origin": ""}
		if _, ok := feeds.ParseDocumentPath(strings.Trim(strings.Split(test.path, "?")[0], "/")); ok {
			want["Vary"], want["Access-Control-Allow-Origin"] = "Accept-Encoding, Sec-Fetch-Dest", "*"
		}
		fields(t, r, want)
	}
	for _, path := range []string{"/uk/", "/sc/", "/tw/all.rss", "/kr/", "/xx/", "/wp-login.php", "/en/nothing/at/all", "/en/n/", "/en/from/", "/.env", "/en/gossip/", "/ms/"} {
		if r := get(h, path); r.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status %d to %q, want 404", path, r.StatusCode, r.Header.Get("Location"))
		}
	}
}

func TestARegionThatWasTakenAwayHasEnded(t *testing.T) {
	c := newCityOfAll(t)
	c.change("en-GB/all", func(s *feeds.ChannelState) { s.Revision, s.Status = 1, feeds.ChannelEnded })
	h := c.public()
	for path, want := range map[string]int{"/en-GB/": http.StatusOK, "/en-AU/": http.StatusFound, "/EN-GB/": http.StatusFound} {
		if r := get(h, path); r.StatusCode != want {
			t.Errorf("%s: status %d to %q, want %d", path, r.StatusCode, r.Header.Get("Location"), want)
		}
	}
}
