package ledger

import (
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// What a newer release reads otherwise is taken silently, unless the source says that it
// has changed.
func TestReread(t *testing.T) {
	updated := func(at time.Time) func(*feeds.Article) {
		return func(a *feeds.Article) { a.Updated = at }
	}
	picture := func(a *feeds.Article) { a.Images = []feeds.Image{{URL: "https://city.example/p.jpg"}} }
	footer := notice(1, content("<p>Opening hours</p>"), updated(noon))
	collected := noon.Add(47 * time.Hour)
	for _, c := range []struct {
		remark  string
		stored  feeds.Article
		by      int // the grammar it was stored by
		came    feeds.Article
		becomes string
	}{
		{"the text was the page's footer", footer, 0, notice(1, updated(noon)), "1 refiled reread"},
		{"the title had its first half only", notice(1, title("Notice")), 0, notice(1), "1 refiled reread"},
		{"it has a picture that was not seen", notice(1), 0, notice(1, picture), "1 refiled reread"},
		{"its date is another", notice(1), 0, notice(1, later(-9*time.Hour)), "1 refiled reread"},
		{"its date of change is read, and older than the last visit", notice(1), 0, notice(1, content("<p>Text</p>"), updated(noon.Add(time.Hour))), "1 refiled reread"},
		{"nothing is read otherwise", notice(1), 0, notice(1), "1 noted"},
		{"the source says that it changed", footer, 0, notice(1, updated(collected.Add(time.Minute))), "1 changed revised"},
		{"the source says so and nothing changed", notice(1, updated(noon)), 0, notice(1, updated(collected.Add(time.Minute))), "1 refiled reread"},
		{"it was read by this grammar", footer, 1, notice(1, updated(noon)), "1 changed revised"},
		{"it is another release's of before", footer, 2, notice(1, updated(noon)), "1 changed revised"},
		{"it was read by this grammar and is the same", notice(1), 1, notice(1, picture), "1 same"},
	} {
		t.Run(c.remark, func(t *testing.T) {
			town := at()
			town.facts.Read = collected
			town.add("a", c.stored, func(k *Known) { k.Grammar = c.by })
			b := brings(Some, c.came)
			b.Grammar = 1
			p := town.part(t, b)
			p.Compare(map[string]feeds.Article{town.known[0].UID: newItem(&c.stored).article})
			if got := fates(p.matches); got != c.becomes {
				t.Errorf("it becomes %q, want %q", got, c.becomes)
			}
			p.Stories.AddVersion("story-1", "tokyo", Version{ID: 1, Language: "ja", Revision: 1})
			d := p.Decide(nil)
			if reread := len(d.Reread) == 1; reread != (c.becomes == "1 refiled reread") {
				t.Errorf("%d revisions are replaced", len(d.Reread))
			}
			for _, k := range d.Updated {
				if k.Grammar != 1 {
					t.Errorf("it is stored as read by grammar %d", k.Grammar)
				}
			}
		})
	}
}

// Where most of a source is read otherwise, nothing is held: the source is as it was.
func TestRereadIsNoAnomaly(t *testing.T) {
	town := at(notices(1, 8, language("zh-Hant"))...)
	b := brings(Windowed, notices(1, 8, later(9*time.Hour))...)
	b.Grammar = 1
	_, l := town.look(t, b)
	if l.verdict.held || len(l.verdict.Put) > 0 {
		t.Errorf("it is held: %v", l.verdict.Put)
	}
}

// What is read to be in another language by a newer release is the same article.
func TestRereadInAnotherLanguage(t *testing.T) {
	for _, test := range []struct {
		says  string
		comes []feeds.Article
		want  string
	}{
		{"Chinese that is Japanese keeps its id", notices(1, 1), "1 changed respoken"},
		{"also under another GUID", notices(1, 1, guid("x")), "1 changed respoken"},
		{"but not what has another title", notices(1, 1, title("Other")), "new"},
		{"nor what stands beside it", []feeds.Article{notice(1), notice(1, language("zh-Hant"))}, "1 noted, new"},
	} {
		t.Run(test.says, func(t *testing.T) {
			stored := notice(1, language("zh-Hant"))
			b := brings(Windowed, test.comes...)
			b.Grammar = 1
			p := at(notice(1, language("zh-Hant"))).part(t, b)
			p.Compare(map[string]feeds.Article{p.known[1].UID: stored})
			if got := fates(p.matches); got != test.want {
				t.Errorf("they become %q, want %q", got, test.want)
			}
		})
	}
}
