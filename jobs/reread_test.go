package jobs

import (
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/store"
)

// A page of which a release before read the footer is read again, since its list names it
// otherwise: its notice takes the footer's place, and nobody is told of a correction.
func TestAPageThatIsReadBetterIsNoNews(t *testing.T) {
	const title = "Notice of the city number 1"
	h := newHouse(t)
	h.add("a", cityList, "@hourly", func(s *feeds.Source) { s.Kind = feeds.KindPage })
	h.serve(cityPage(1), html(`<html lang="en"><title>`+title+`</title><meta property="article:published_time" content="2026-04-01T09:00:00+09:00"><main><h1>`+title+
		`</h1><p>No boats today.</p></main><footer><p>`+strings.Repeat("The offices are open on weekdays. ", 20)+`</p></footer></html>`))
	h.list(feeds.KindPage, 1)
	if r := h.collect("a"); r.New != 1 {
		t.Fatalf("the first visit is %+v", r)
	}
	read := h.notice()
	footer := read
	footer.Content, footer.Summary = "<p>The offices are open on weekdays.</p>", "The offices are open on weekdays."

	old := newHouse(t)
	old.add("a", cityList, "@hourly", func(s *feeds.Source) { s.Kind = feeds.KindPage })
	old.answers = h.answers
	if _, err := old.Store.Collect(t.Context(), store.Collected{
		Run: store.Run{Source: "a", Started: noon}, State: store.SourceState{ID: "a", Address: cityList},
		Touched: old.plan.Load().Site.Touched,
		Brought: ledger.Brought{Articles: []feeds.Article{footer.Article}, Extent: ledger.Crawled, Now: noon},
	}); err != nil {
		t.Fatal(err)
	}
	before := old.notice()
	old.pass(24 * time.Hour)
	if r := old.collect("a"); r.New+r.Changed+r.Withdrawn != 0 {
		t.Errorf("the visit is %+v", r)
	}
	after := old.notice()
	if before.Content != footer.Content || !strings.Contains(after.Content, "No boats today") || strings.Contains(after.Content+after.Summary, "offices") {
		t.Errorf("it was %q and became %q", before.Content, after.Content)
	}
	if after.Revision != before.Revision || !after.Changed.Equal(before.Changed) || !after.Updated.Equal(before.Updated) || !after.Corrected.Equal(before.Corrected) {
		t.Errorf("it was %+v and became %+v", before, after)
	}
}

// notice is the only article of the log, which has the only record.
func (h *house) notice() store.Stored {
	h.Helper()
	records, err := h.Store.ChannelRecords(h.Context(), store.RecordFilter{}, 0, 10)
	if err != nil || len(records) != 1 {
		h.Fatalf("the log is %+v, %v", records, err)
	}
	a, ok, err := h.Store.ArticleBySlug(h.Context(), feeds.Slug(records[0].Article))
	if err != nil || !ok {
		h.Fatalf("its article is not there: %v", err)
	}
	return a
}
