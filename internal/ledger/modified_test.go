package ledger

import (
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

func updated(t time.Time) func(*feeds.Article) {
	return func(a *feeds.Article) { a.Updated = t }
}

func TestWhenAnArticleWasModified(t *testing.T) {
	published := noon.Add(time.Minute)
	dawn, dusk := noon.Add(6*time.Hour), noon.Add(12*time.Hour)
	now := brings(Windowed).Now
	undated := func(a *feeds.Article) { a.Published, a.PublishedFrom = now, feeds.DateFirstSeen }
	other := content("<p>Something else.</p>")
	for _, test := range []struct {
		says   string
		stored []feeds.Article // none of a new article
		was    time.Time       // when the stored one was modified
		known  []func(*Known)
		comes  feeds.Article
		want   time.Time
	}{
		{says: "new", comes: notice(1), want: published},
		{says: "new, and changed since", comes: notice(1, updated(dawn)), want: dawn},
		{says: "new, with a date of change before that of publication", comes: notice(1, updated(noon)), want: published},
		{says: "new, and ahead of our clock", comes: notice(1, updated(now.Add(time.Hour))), want: now},
		{says: "new, without any date", comes: notice(1, undated), want: now},
		{says: "changed, without a date", stored: []feeds.Article{notice(1)}, was: published, comes: notice(1, other), want: now},
		{says: "changed, with its date of change", stored: []feeds.Article{notice(1)}, was: published, comes: notice(1, other, updated(dawn)), want: dawn},
		{says: "changed again, with the date of the first change", stored: []feeds.Article{notice(1, updated(dawn))}, was: dawn, comes: notice(1, other, updated(dawn)), want: now},
		{says: "changed again, with a later date", stored: []feeds.Article{notice(1, updated(dawn))}, was: dawn, comes: notice(1, other, updated(dusk)), want: dusk},
		{says: "changed, with a later date that is before the change that we saw", stored: []feeds.Article{notice(1)}, was: dusk, comes: notice(1, other, updated(dawn)), want: dusk},
		{says: "changed, published anew", stored: []feeds.Article{notice(1)}, was: published, comes: notice(1, other, later(6*time.Hour)), want: published.Add(6 * time.Hour)},
		{says: "back with another text", stored: []feeds.Article{notice(1)}, was: published, known: []func(*Known){withdrawn}, comes: notice(1, other), want: now},
		{says: "moved", stored: []feeds.Article{notice(1)}, was: dawn, comes: notice(1, link("https://new.example/1")), want: dawn},
	} {
		t.Run(test.says, func(t *testing.T) {
			town := at()
			for _, a := range test.stored {
				town.add("a", a, test.known...)
			}
			p := town.part(t, brings(Windowed, test.comes))
			stored := map[string]feeds.StoredArticle{}
			if len(p.MetAnew()) > 0 {
				stored[town.known[0].UID] = feeds.StoredArticle{Article: newItem(&test.stored[0]).article, Modified: test.was}
			}
			p.Compare(stored)
			if got := p.modified(p.matches[0]); len(p.matches) != 1 || !got.Equal(test.want) {
				t.Errorf("it was modified %v, want %v", got, test.want)
			}
		})
	}
}

func TestWhenWhatWasStoredWithoutThatDateWasModified(t *testing.T) {
	first := feeds.StoredArticle{Article: notice(1, updated(noon.Add(time.Hour))), Changed: noon.Add(48 * time.Hour)}
	first.Revision = 1
	if got := Modified(&first); !got.Equal(first.Updated) {
		t.Errorf("a first revision was modified %v, want when its source says: %v", got, first.Updated)
	}
	second := first
	second.Revision = 2
	if got := Modified(&second); !got.Equal(second.Changed) {
		t.Errorf("a second revision was modified %v, want when it was found: %v", got, second.Changed)
	}
}
