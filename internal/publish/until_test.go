package publish

import (
	"fmt"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// However much old comes into the log at once, a publication looks at little of it for what is
// urgent, and finds what is recent.
func TestUntilIsFoundAmongMuchThatIsOld(t *testing.T) {
	m := newMemory()
	now := start.Add(time.Hour)
	write := func(at, modified time.Time) { // as put does, which looks at all that was
		seq := int64(len(m.records) + 1)
		a := feeds.Article{ID: fmt.Sprint("urn:x:", seq), Story: fmt.Sprint(seq), Revision: 1, Language: "en", Publisher: "sample-city", Categories: []string{"sports"}}
		m.articles[feeds.ArticleRevision{ID: a.ID, Revision: 1}] = feeds.StoredArticle{Article: a, Modified: modified}
		m.records = append(m.records, feeds.Record{
			Seq: seq, Time: at, Reason: feeds.ReasonNew, Article: a.ID, Revision: 1, Story: a.Story, Language: "en", Publisher: a.Publisher,
		})
		m.filed[seq] = a.Categories
	}
	c := composer(t, m)
	c.Site.Categories[1].Urgent = true
	until := func(path string) (first time.Time) {
		t.Helper()
		m.asked = 0
		err := c.at(t.Context(), func(m moment) (err error) {
			first, err = m.until(t.Context(), channel(t, path), now)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if m.asked > mostRecent {
			t.Errorf("%d records are looked at, want %d at most", m.asked, mostRecent)
		}
		return first
	}
	for range 3 * mostRecent {
		write(start, start.AddDate(-1, 0, 0))
	}
	if got := until("en/all"); !got.IsZero() {
		t.Errorf("it holds until %v, and all is old", got)
	}
	recent := start.Add(-time.Hour)
	write(start, recent)
	for range batch {
		write(start, start.AddDate(-1, 0, 0))
	}
	write(start, start)
	if got, want := until("en/all"), recent.Add(feeds.UrgentFor); !got.Equal(want) {
		t.Errorf("it holds until %v, want %v", got, want)
	}
	if got := until("en/sports"); !got.IsZero() || m.asked > 0 {
		t.Errorf("a channel of one order holds until %v, for which %d records are looked at", got, m.asked)
	}
	// What came before that time needs no look at all.
	now = start.Add(feeds.UrgentFor)
	if got := until("en/all"); !got.IsZero() || m.asked > batch {
		t.Errorf("it holds until %v, for which %d records are looked at", got, m.asked)
	}
}
