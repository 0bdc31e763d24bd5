package jobs

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

// shows has the source show these notices, the last ones first, whatever its kind is. Those of
// even numbers are jobs.
func (h *house) shows(kind feeds.SourceKind, ns ...int) {
	h.Helper()
	files := fstest.MapFS{}
	for _, n := range ns {
		title := "[Press] Notice " + fmt.Sprint(n)
		if n%2 == 0 {
			title = "Jobs: post " + fmt.Sprint(n)
		}
		text := strings.Repeat("What the city has to say about it. ", 8)
		h.serve(cityPage(n), html(`<html lang="en"><title>`+title+`</title><meta property="article:published_time" content="2026-04-01T09:00:00+09:00"><main><h1>`+title+`</h1><p>`+text+`</p></main></html>`))
		files[fmt.Sprintf("%d.en.txt", n)] = &fstest.MapFile{Data: []byte(title + "\n\n" + text + "\n"), ModTime: noon.Add(-time.Hour)}
	}
	if kind != feeds.KindFolder {
		h.list(kind, ns...)
		return
	}
	h.plan.Load().Collector.OpenFolder = func(string) (fs.FS, error) { return files, nil }
}

// What is said of a source's entries holds for every kind: it is left out at once, comes back
// without the rule, and titles are rewritten.
func TestWhatIsExcludedOfEachKind(t *testing.T) {
	for _, kind := range []feeds.SourceKind{feeds.KindPage, feeds.KindSitemap, feeds.KindFolder} {
		t.Run(string(kind), func(t *testing.T) {
			h := newHouse(t)
			h.add("city", cityList, "@hourly", func(s *feeds.Source) {
				if s.Kind = kind; kind == feeds.KindFolder {
					s.URL, s.Path = "", "notices"
				}
			})
			again := func(what string, change func(*feeds.Source), live string, ns ...int) store.Run {
				t.Helper()
				h.pass(time.Hour)
				h.configure(change)
				h.shows(kind, ns...)
				r := h.collect("city")
				if r.Outcome != store.RunOK || h.live() != live {
					t.Errorf("%s: the run is %+v, and there are %s", what, r, h.live())
				}
				return r
			}
			again("at first", func(*feeds.Source) {}, "Jobs: post 2, Jobs: post 4, [Press] Notice 1, [Press] Notice 3", 4, 3, 2, 1)
			if r := again("without jobs", func(s *feeds.Source) { s.Except = feeds.Filter{Title: []string{"jobs"}} }, "[Press] Notice 1, [Press] Notice 3", 4, 3, 2, 1); r.Withdrawn != 2 || r.New+r.Changed != 0 {
				t.Errorf("without jobs the run is %+v", r)
			}
			if r := again("with two more", func(*feeds.Source) {}, "[Press] Notice 1, [Press] Notice 3, [Press] Notice 5", 6, 5, 4, 3, 2, 1); r.New != 1 || r.Withdrawn != 0 {
				t.Errorf("with two more the run is %+v", r)
			}
			if r := again("with other titles", func(s *feeds.Source) { s.Rewrite = []feeds.Rewriting{{Pattern: "[Press] "}} }, "Notice 1, Notice 3, Notice 5", 6, 5, 4, 3, 2, 1); r.New+r.Withdrawn != 0 {
				t.Errorf("with other titles the run is %+v", r)
			}
			if r := again("only some", func(s *feeds.Source) { s.Only = feeds.Filter{Anywhere: []string{"/ [35]$/"}} }, "Notice 3, Notice 5", 6, 5, 4, 3, 2, 1); r.Withdrawn != 1 {
				t.Errorf("of only some the run is %+v", r)
			}
			again("without rules", func(s *feeds.Source) { s.Only, s.Except, s.Rewrite = feeds.Filter{}, feeds.Filter{}, nil },
				"Jobs: post 2, Jobs: post 4, Jobs: post 6, [Press] Notice 1, [Press] Notice 3, [Press] Notice 5", 6, 5, 4, 3, 2, 1)
		})
	}
}
