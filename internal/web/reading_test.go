package web

import (
	"strings"
	"testing"

	"github.com/kairan-news/kairan/locales"
)

// Easy Japanese has a reading for each of its characters: above them where it is seen, in
// brackets where there is nothing but text, and none where it is only spoken.
func TestReadingsOfEasyJapanese(t *testing.T) {
	h := newCityOfAll(t).public()
	for _, path := range []string{"/ja-simple/", "/ja-simple/disaster-prevention", "/ja-simple/nothing"} {
		d := document(t, get(h, path))
		if got := attributes(d, "[aria-label]", "aria-label"); len(got) == 0 || strings.ContainsAny(strings.Join(got, ""), "（<") {
			t.Errorf("%s: spoken are %q", path, got)
		}
		if got := texts(d, "body rt"); len(got) < 5 {
			t.Errorf("%s: the readings are %q", path, got)
		}
		d.Find("title, script, rp, rt, bdi").Remove()
		for _, n := range texts(d, "body *") {
			if i := strings.IndexAny(n, "（"); i >= 0 && locales.WithoutReadings(n) != n {
				t.Errorf("%s: readings stand beside their characters: %q", path, n)
			}
		}
	}
	d := document(t, get(h, "/ja-simple/"))
	if got, want := d.Find("title").Text(), "東京（とうきょう）と世界（せかい）のまちのニュース"; got != want {
		t.Errorf("the window is called %q, want %q", got, want)
	}
	if got, want := attributes(d, "link[type='application/rss+xml']", "title"), "ぜんぶのお知（し）らせ｜東京（とうきょう）と世界（せかい）のまちのニュース（RSS）"; len(got) == 0 || got[0] != want {
		t.Errorf("feeds are called %q, want %q", got, want)
	}
}
