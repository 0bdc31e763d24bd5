package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/web"
)

// TestNoAnswerHidesAChange has all befall a site that changes what its documents say, and
// asks for each of them after it with the validators of before: a process that was there
// all the time, and one that was just started. Archives keep their entries, whatever else
// of them changes.
func TestNoAnswerHidesAChange(t *testing.T) {
	t.Parallel()
	notices, archives := 160, 2
	if testing.Short() {
		notices, archives = 110, 1
	}
	h := newHouse(t)
	var many []int
	for n := range notices {
		many = append(many, n+1)
	}
	const address, translated = "https://city.example/feed", "https://city.example/ja/feed"
	h.serve(address, body(news(many...)))
	h.serve(translated, body(rss()))
	h.add("news", address, "@hourly", func(s *feeds.Source) { s.DefaultCategories = []string{"culture"} })
	h.add("translated", translated, "@hourly")
	h.reload(h.planFor("first", same))
	h.collect("news")
	h.pass(72 * time.Hour) // so that the live documents need them no longer
	h.serve(address, body(news(append(many, notices+1)...)))
	h.collect("news")
	h.publishAll()
	if state := h.channel("ja/culture"); state.Archives != archives {
		t.Fatalf("%d archives", state.Archives)
	}

	w := newWatch(h)
	w.look("nothing")
	number := 0
	site := func(change func(*feeds.Site)) {
		number++
		h.reload(h.planFor(fmt.Sprint("plan ", number), change))
	}
	label := func(s *feeds.Site) { s.Categories[0].Labels = map[string]string{"en": "Arts", "ja": "芸術"} }
	for _, event := range []struct {
		remark string
		do     func()
	}{
		{"a notice comes", func() {
			h.serve(address, body(news(append(many, notices+1, notices+2)...)))
			h.collect("news")
		}},
		{"a translation comes late, with a category of its own", func() {
			h.serve(translated, body(rss(`<item><title>お知らせ１０</title><link>https://city.example/ja/10</link><guid>ja-10</guid><dc:language xmlns:dc="http://purl.org/dc/elements/1.1/">ja</dc:language><category>environment</category>`+
				`<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="alternate" hreflang="en" href="https://city.example/n/10"/><description>市からのお知らせです。訓練を行います。</description></item>`)))
			h.collect("translated")
		}},
		{"a notice of long ago is corrected", func() {
			h.serve(address, body(strings.Replace(news(append(many, notices+1, notices+2)...), "Notice 20<", "Notice 20, corrected<", 1)))
			h.collect("news")
		}},
		{"a label changes", func() { site(label) }},
		{"a chain grows", func() { site(func(s *feeds.Site) { label(s); s.Locales[0].Chain = []string{"en", "ja"} }) }},
		{"a licence shrinks", func() {
			site(func(s *feeds.Site) { label(s); s.Publishers[0].License = feeds.License{Name: "CC BY 4.0"} })
		}},
		{"categories are mapped otherwise", func() {
			site(func(s *feeds.Site) { label(s); slices.Reverse(s.Categories) })
		}},
		{"a publisher is renamed", func() {
			site(func(s *feeds.Site) {
				s.Publishers[0].Key, s.Publishers[0].Formerly = "edo", []string{"city"}
			})
		}},
		{"a category is renamed", func() {
			site(func(s *feeds.Site) {
				s.Publishers[0].Key, s.Publishers[0].Formerly = "edo", []string{"city"}
				s.Categories[0].Term, s.Categories[0].Formerly = "arts", []string{"culture"}
			})
		}},
		{"a locale and a category end", func() {
			site(func(s *feeds.Site) {
				s.Publishers[0].Key, s.Publishers[0].Formerly = "edo", []string{"city"}
				s.Locales, s.Categories = s.Locales[:1], s.Categories[1:]
			})
		}},
		{"the program starts again", func() { h.reload(h.Engine.plan.Load()) }},
	} {
		event.do()
		h.publishAll()
		w.look(event.remark)
	}
	if w.unchanged == 0 || w.changed == 0 {
		t.Errorf("%d answers said that nothing changed, %d were new", w.unchanged, w.changed)
	}
}

// watch holds what a reader got of each document.
type watch struct {
	*house
	shelf *web.Shelf
	site  http.Handler
	held  map[string]*httptest.ResponseRecorder

	unchanged, changed int
}

func newWatch(h *house) *watch {
	w := &watch{house: h, held: map[string]*httptest.ResponseRecorder{}}
	w.shelf, w.site = w.start()
	return w
}

// start returns what a process serves by.
func (w *watch) start() (*web.Shelf, http.Handler) {
	shelf := web.NewShelf(web.ShelfConfig{Documents: documents{w.house}, Settings: w.settings})
	return shelf, web.Public(web.Config{
		Settings: w.settings, Shelf: shelf, Channels: composing{w.house}, Log: slog.New(slog.DiscardHandler),
	})
}

// composing composes by the plan that is worked by.
type composing struct{ *house }

func (c composing) Compose(ctx context.Context, channel feeds.Channel) (feeds.Feed, error) {
	return c.Engine.plan.Load().Publisher.Composer.Compose(ctx, channel)
}

func (c composing) Page(ctx context.Context, channel feeds.Channel, archive int) (feeds.Page, error) {
	return c.Engine.plan.Load().Publisher.Composer.Page(ctx, channel, archive)
}

// look asks for all documents, and for those that were there before; with -short for those
// in Atom.
func (w *watch) look(after string) {
	w.Helper()
	if err := w.shelf.Refresh(w.Context()); err != nil {
		w.Fatal(err)
	}
	fresh, restarted := w.start()
	if err := fresh.Refresh(w.Context()); err != nil {
		w.Fatal(err)
	}
	closed, err := w.Store.ClosedArchives(w.Context())
	if err != nil {
		w.Fatal(err)
	}
	paths := map[string]bool{}
	for path := range w.held {
		paths[path] = true
	}
	for _, a := range web.Addresses(w.settings(), fresh, closed) {
		if key, ok := feeds.ParseDocumentPath(strings.TrimPrefix(a.Path, "/")); ok && (key.Format == feeds.Atom || !testing.Short()) {
			paths[a.Path] = true
		}
	}
	for path := range paths {
		now := ask(restarted, path)
		if before := w.held[path]; before != nil {
			for name, site := range map[string]http.Handler{"a process at work": w.site, "one just started": restarted} {
				for _, field := range [][2]string{{"If-None-Match", "Etag"}, {"If-Modified-Since", "Last-Modified"}} {
					w.compare(fmt.Sprintf("%s, %s by %s of %s", after, path, field[0], name), before, now, ask(site, path, field[0], before.Header().Get(field[1])))
				}
			}
			w.keptEntries(after, path, before, now)
		}
		delete(w.held, path)
		if now.Code == http.StatusOK {
			w.held[path] = now
		}
	}
}

// compare looks at an answer to who holds what was answered before.
func (w *watch) compare(what string, before, now, got *httptest.ResponseRecorder) {
	w.Helper()
	switch same := before.Body.String() == now.Body.String(); {
	case got.Code == http.StatusNotModified && !same:
		w.Errorf("%s: 304, and it changed", what)
	case got.Code == http.StatusNotModified:
		w.unchanged++
	case got.Code != now.Code || got.Body.String() != now.Body.String():
		w.Errorf("%s: %d with another body than %d", what, got.Code, now.Code)
	default:
		w.changed++
	}
}

// keptEntries proves that an archive has the entries that it had, in their order.
func (w *watch) keptEntries(after, path string, before, now *httptest.ResponseRecorder) {
	w.Helper()
	key, _ := feeds.ParseDocumentPath(strings.TrimPrefix(path, "/"))
	if key.Archive == 0 || now.Code != http.StatusOK {
		return
	}
	entries := func(r *httptest.ResponseRecorder) (all []string) {
		parts, err := feeds.TakeApart(key.Format, r.Body.Bytes())
		if err != nil {
			w.Fatal(err)
		}
		for _, p := range parts.All {
			all = append(all, fmt.Sprint(p.ID, " ", p.Seq, " ", p.Gone))
		}
		return all
	}
	if was, is := entries(before), entries(now); !slices.Equal(was, is) {
		w.Errorf("%s, %s: the archive has %v, and had %v", after, path, is, was)
	}
}

func ask(site http.Handler, path string, field ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(field); i += 2 {
		r.Header.Set(field[i], field[i+1])
	}
	w := httptest.NewRecorder()
	site.ServeHTTP(w, r)
	return w
}
