package ledger

import (
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// A text that is read elsewhere than before is no news, and one that is still to come
// changes nothing.
func TestTextFrom(t *testing.T) {
	elsewhere := func(a *feeds.Article) { a.TextFrom = feeds.TextElsewhere }
	awaited := func(a *feeds.Article) { a.TextFrom = feeds.TextAwaited }
	whole := content("<p>What the city has to say, in all its length.</p>")
	updated := func(at time.Time) func(*feeds.Article) {
		return func(a *feeds.Article) { a.Updated = at }
	}
	collected := noon.Add(47 * time.Hour)
	for _, c := range []struct {
		remark  string
		came    feeds.Article
		becomes string
	}{
		{"it comes from the page now", notice(1, whole, elsewhere), "1 refiled reread"},
		{"it is the same there", notice(1, elsewhere), "1 same"},
		{"its title is another too", notice(1, whole, elsewhere, title("Corrected")), "1 changed revised"},
		{"its title is spaced otherwise", notice(1, whole, elsewhere, title("Notice  1")), "1 refiled reread"},
		{"its source says that it has changed", notice(1, whole, elsewhere, updated(collected.Add(time.Minute))), "1 changed revised"},
		{"it comes from where it came", notice(1, whole), "1 changed revised"},
		{"it is awaited", notice(1, whole, awaited), "1 same"},
	} {
		t.Run(c.remark, func(t *testing.T) {
			town := at()
			town.facts.Read = collected
			town.add("a", notice(1))
			p := town.part(t, brings(Some, c.came))
			stored := notice(1)
			p.Compare(map[string]feeds.StoredArticle{town.known[0].UID: {Article: newItem(&stored).article}})
			if got := fates(p.matches); got != c.becomes {
				t.Errorf("it becomes %q, want %q", got, c.becomes)
			}
		})
	}
}

// A withdrawn article that comes back says what it says now, whatever is awaited.
func TestAnAwaitedTextThatReturns(t *testing.T) {
	town := at()
	town.add("a", notice(1), func(k *Known) { k.Withdrawn = 1 })
	came := notice(1, content("<p>It is on again.</p>"), func(a *feeds.Article) { a.TextFrom = feeds.TextAwaited })
	p := town.part(t, brings(Some, came))
	if got := fates(p.matches); got != "1 changed revised returned" {
		t.Errorf("it becomes %q", got)
	}
}
