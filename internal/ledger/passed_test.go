package ledger

import (
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

func TestHasNamesake(t *testing.T) {
	morning := time.Date(2026, 4, 1, 9, 30, 0, 0, time.UTC)
	day := time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		says  string
		title string
		date  time.Time
		from  feeds.DateOrigin
		want  bool
	}{
		{"its title and date", "Bridge", morning, feeds.DateDeclared, true},
		{"its title", "Bridge", time.Time{}, feeds.DateFirstSeen, true},
		{"its title and another date", "Bridge", day, feeds.DateDeclared, false},
		{"its title and its day", "Bridge", day, feeds.DatePage, true},
		{"its title and the day before", "Bridge", day.AddDate(0, 0, -1), feeds.DatePage, false},
		{"its title and the day after", "Bridge", day.AddDate(0, 0, 1), feeds.DatePage, false},
		{"another title", "Park", day, feeds.DatePage, false},
	} {
		list := []feeds.Article{{Title: "Pool"}, {Title: test.title, Published: test.date, PublishedFrom: test.from}}
		if got := HasNamesake(list, "Bridge", Millis(morning)); got != test.want {
			t.Errorf("%s: %v", test.says, got)
		}
	}
}
