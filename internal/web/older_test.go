package web

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/storetest"
)

// Whoever goes on from a channel's page to what is older, page by page, meets every notice
// that is live, in its present state and once, and finds the way back.
func TestEveryNoticeIsReachedByLinks(t *testing.T) {
	for engine, address := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": postgres.URL} {
		t.Run(engine, func(t *testing.T) {
			l := &life{t: t, city: newCity(t), address: address(t), now: anyTime, held: map[string]feeds.Article{}}
			l.open()
			days := 22
			if testing.Short() {
				days = 6
			}
			for range days {
				l.day(48)
			}
			l.day(10)
			l.change("notice-3", "notice-60", "notice-61", "notice-200") // of archives
			l.change("notice-61")
			l.takeBack("notice-4", "notice-100")
			l.day(20)
			composer := l.publisher().Composer
			h := Public(Config{Settings: l.city.now, Shelf: l.shelf, Channels: composer, Articles: l.city, Log: discard()})

			met := map[string]string{}
			var way []string
			for path := "/" + lifeChannel.String(); path != ""; {
				way = append(way, path)
				r := get(h, path)
				if r.StatusCode != http.StatusOK {
					t.Fatalf("%s: status %d", path, r.StatusCode)
				}
				d := document(t, r)
				if n := d.Find("h1").Length(); n != 1 {
					t.Errorf("%s has %d first headings", path, n)
				}
				d.Find(".notice h3 a, .headlines h3 a").Each(func(_ int, a *goquery.Selection) {
					slug := a.AttrOr("href", "")[len("/en/n/"):]
					if met[slug] != "" {
						t.Errorf("%s stands twice: %s", a.Text(), path)
					}
					met[slug] = a.Text()
				})
				want := ""
				if len(way) > 1 {
					want = way[len(way)-2]
				}
				if got := d.Find("head link[rel=prev]").AttrOr("href", ""); got != want || d.Find("main a[rel=prev]").AttrOr("href", "") != want {
					t.Errorf("%s leads back to %q, want %q", path, got, want)
				}
				if got := d.Find("head link[rel=canonical]").AttrOr("href", ""); got != l.city.settings.Site.BaseURL+path {
					t.Errorf("%s is canonical at %s", path, got)
				}
				if len(way) > 1 && d.Find("head link[hreflang]").Length() > 0 {
					t.Errorf("%s has versions in other languages", path)
				}
				next := d.Find("main a[rel=next]").AttrOr("href", "")
				if got := d.Find("head link[rel=next]").AttrOr("href", ""); got != next {
					t.Errorf("%s goes on to %q, and to %q", path, got, next)
				}
				path = next
			}
			want := l.live()
			if len(want) != l.n-2 || !maps.Equal(met, want) {
				t.Errorf("%d notices were met on %d pages; %d are live, of %d", len(met), len(way), len(want), l.n)
			}
			for _, title := range met {
				if number, _, _ := strings.Cut(title, ","); number == "Notice 61" && title != "Notice 61, corrected, corrected" {
					t.Errorf("%q is an old state", title)
				}
			}
			if len(way) < 5 {
				t.Errorf("%d pages prove little", len(way))
			}
			for _, path := range []string{fmt.Sprintf("/en/everything.%d", len(way)), "/en/everything.0", "/en/everything.01", "/en/everything.x", "/en/gossip.1"} {
				if r := get(h, path); r.StatusCode != http.StatusNotFound {
					t.Errorf("%s: status %d", path, r.StatusCode)
				}
			}
			closed, err := l.db.ClosedArchives(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			versions := func() map[string]string {
				versions := map[string]string{}
				for _, a := range Addresses(l.city.settings, l.shelf, closed) {
					versions[a.Path] = a.Version
				}
				return versions
			}
			before := versions()
			for _, path := range way {
				if _, ok := before[path]; !ok {
					t.Errorf("%s is not exported", path)
				}
			}
			l.change("notice-3")
			if closed, err = l.db.ClosedArchives(t.Context()); err != nil {
				t.Fatal(err)
			}
			var changed []string
			for path, version := range versions() {
				if slices.Contains(way, path) && before[path] != version {
					changed = append(changed, path)
				}
			}
			// It stood on the page of what was new when it was corrected.
			if len(changed) > 3 || !slices.Contains(changed, "/en/everything") || !slices.Contains(changed, "/en/everything.1") {
				t.Errorf("after a correction %q are copied again", changed)
			}
		})
	}
}
