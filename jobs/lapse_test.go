package jobs

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/pgtest"
	"github.com/kairan-news/kairan/internal/storetest"
)

// An urgent notice stands before all others for 72 hours from its last change, and then the
// channel is published anew although nothing changed: on both databases, and once.
func TestAnUrgentNoticeEnds(t *testing.T) {
	for name, address := range map[string]func(testing.TB) string{"SQLite": storetest.SQLite, "PostgreSQL": pgtest.URL} {
		t.Run(name, func(t *testing.T) {
			h := newHouseAt(t, address(t))
			h.add("a", cityFeed, "@hourly", func(s *feeds.Source) { s.DefaultCategories = []string{"environment"} })
			plan := h.newPlan()
			plan.Site.Categories[1].Urgent = true
			if err := h.Adopt(t.Context(), plan); err != nil {
				t.Fatal(err)
			}
			h.serve(cityFeed, body(news(20, 99, 100))) // 80 hours, an hour, and none before noon
			h.collect("a")
			h.publishAll()
			is := func(when string, want ...string) {
				t.Helper()
				if got := h.urgent(); !slices.Equal(got, want) {
					t.Errorf("%s stand before all others: %q; want %q", when, got, want)
				}
			}
			is("at first", "Notice 100", "Notice 99")
			lapsed := func() []feeds.Channel {
				t.Helper()
				lapsed, err := h.Store.Lapsed(t.Context(), h.now())
				if err != nil {
					t.Fatal(err)
				}
				return lapsed
			}
			h.pass(noon.Add(71*time.Hour - time.Minute).Sub(h.now()))
			if got := lapsed(); len(got) > 0 {
				t.Fatalf("%v before the time", got)
			}
			h.pass(time.Minute)
			if got := lapsed(); !slices.Equal(got, []feeds.Channel{channelNamed("en/all")}) {
				t.Fatalf("after 71 hours %v", got)
			}
			is("before the channel is published anew", "Notice 100", "Notice 99")
			revision := h.channel("en/all").Revision
			h.swept()
			if got := lapsed(); len(got) > 0 {
				t.Errorf("what is marked is marked again: %v", got)
			}
			h.pass(restTime)
			if !slices.ContainsFunc(h.swept(), func(job string) bool { return strings.HasPrefix(job, "publish en/all ") }) {
				t.Error("no sweep publishes it")
			}
			h.publishAll()
			if h.channel("en/all").Revision == revision {
				t.Error("the channel's revision is as it was")
			}
			is("after 71 hours", "Notice 100")

			h.pass(2 * time.Hour)
			h.swept()
			h.publishAll()
			is("in the end")
			h.pass(100 * time.Hour)
			if got := lapsed(); len(got) > 0 {
				t.Errorf("%v though there is nothing urgent any more", got)
			}
		})
	}
}

// urgent are the titles of what the home page shows before all others, as whoever asks now is
// shown it.
func (h *house) urgent() (titles []string) {
	h.Helper()
	status, _, body := h.get("/en/")
	if status != http.StatusOK {
		h.Fatalf("the home page answers %d", status)
	}
	_, urgent, found := strings.Cut(body, `<section class="urgent"`)
	if !found {
		return nil
	}
	urgent, _, _ = strings.Cut(urgent, "</section>")
	for _, part := range strings.Split(urgent, "<h3")[1:] {
		_, title, _ := strings.Cut(part, `">`)
		_, title, _ = strings.Cut(title, `">`)
		title, _, _ = strings.Cut(title, "<")
		titles = append(titles, title)
	}
	return titles
}
