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
			p.Compare(map[string]feeds.StoredArticle{town.known[0].UID: {Article: newItem(&c.stored).article}})
			if got := fates(p.matches); got != c.becomes {
				t.Errorf("it becomes %q, want %q", got, c.becomes)
			}
			p.Stories.AddVersion("story-1", Version{ID: 1, Publisher: "tokyo", Language: "ja", Revision: 1})
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

// An article that a newer grammar reads in another language, or otherwise, is the same.
func TestRereadIsTheSameArticle(t *testing.T) {
	alert := func(n int, changes ...func(*feeds.Article)) feeds.Article {
		return notice(n, append([]func(*feeds.Article){guid(""), link("https://city.example/alerts")}, changes...)...)
	}
	for _, c := range []struct {
		says   string
		stored []feeds.Article
		comes  []feeds.Article
		want   string
	}{
		{"Japanese that was taken for Chinese", []feeds.Article{notice(1, language("zh-Hant"), title("防災訓練実施"))}, []feeds.Article{notice(1, title("防災訓練実施"))}, "1 changed respoken"},
		{"Japanese that called itself English", []feeds.Article{notice(1, language("en"))}, notices(1, 1), "1 changed respoken"},
		{"what was not determined", []feeds.Article{notice(1, language("und"))}, notices(1, 1), "1 changed respoken"},
		{"what no longer is", []feeds.Article{notice(1, language("en"))}, notices(1, 1, language("und")), "1 noted"},
		{"another charset, by its GUID", []feeds.Article{notice(1, language("zh-Hans"), title("\ufffdL\u2022\u00f1"), content("<p>\u201a</p>"))}, notices(1, 1), "1 changed reread respoken"},
		{"another charset, by its link", []feeds.Article{notice(1, guid(""), title("\ufffdL\u2022\u00f1"), content("<p>\u201a</p>"))}, notices(1, 1, guid("")), "1 refiled reread"},
		{"another charset and language, by its link", []feeds.Article{notice(1, guid(""), language("zh-Hans"), title("\ufffdL\u2022\u00f1"), content("<p>\u201a</p>"))}, notices(1, 1, guid("")), "1 changed reread respoken"},
		{"a full-width space", []feeds.Article{notice(1, guid(""), title("椿まつり 城址公園"))}, notices(1, 1, guid(""), title("椿まつり　城址公園")), "1 refiled reread"},
		{"sentences without a space, where GUIDs change", []feeds.Article{notice(1, title("開催。 募集"))}, notices(1, 1, guid("x"), title("開催。募集")), "1 refiled reread"},
		{"another item at the same link", []feeds.Article{notice(1, guid(""), title("Storm"), content("<p>Storm.</p>"))}, []feeds.Article{notice(2, guid(""), link("https://city.example/1"))}, "new"},
		{"items of one link in another language", []feeds.Article{alert(1, language("en"), title("一")), alert(2, language("en"), title("二"))}, []feeds.Article{alert(2, title("二")), alert(1, title("一"))}, "1 changed reread respoken, 2 changed respoken"},
		{"items of one link with GUIDs of their own", []feeds.Article{notice(1, language("und"), link("https://city.example/v")), notice(2, language("und"), link("https://city.example/v"))},
			[]feeds.Article{notice(2, link("https://city.example/v")), notice(1, link("https://city.example/v"))}, "1 changed respoken, 2 changed respoken"},
		{"items of one link with GUIDs of their own, in another language", []feeds.Article{notice(1, language("en"), link("https://city.example/v")), notice(2, language("en"), link("https://city.example/v"))},
			[]feeds.Article{notice(2, link("https://city.example/v")), notice(1, link("https://city.example/v"))}, "1 changed respoken, 2 changed respoken"},
		{"the version of another language beside it", []feeds.Article{notice(1, language("en"), title("Notice"))}, []feeds.Article{notice(1), notice(1, language("en"), title("Notice"))}, "1 noted, new"},
	} {
		t.Run(c.says, func(t *testing.T) {
			b := brings(Some, c.comes...)
			b.Grammar = 1
			p := at(c.stored...).part(t, b)
			stored := map[string]feeds.StoredArticle{}
			for _, a := range c.stored {
				in := newItem(&a)
				stored[feeds.MintID("tokyo", in.given, a.Language)] = feeds.StoredArticle{Article: in.article}
			}
			p.Compare(stored)
			if got := fates(p.matches); got != c.want {
				t.Errorf("it becomes %q, want %q", got, c.want)
			}
		})
	}
}
