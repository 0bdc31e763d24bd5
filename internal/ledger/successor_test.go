package ledger

import (
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// after has a run know which articles its source's last document had, as they are
// numbered.
func (b Brought) after(articles ...int64) Brought {
	var all []packed
	for _, id := range articles {
		all = append(all, packed{article: id})
	}
	b.Document.Memory = &Memory{Stored: true, Packed: pack(all)}
	return b
}

// permalink gives an article a link, which is its GUID too.
func permalink(l string) func(*feeds.Article) {
	return func(a *feeds.Article) { a.GUID, a.Key, a.Link = l, l, l }
}

func midnight(a *feeds.Article) { a.Published = noon.Truncate(24 * time.Hour) }
func textless(a *feeds.Article) { a.Content = "" }

func TestWhoseAddressChanges(t *testing.T) {
	const page = "https://city.example/page"
	session := func(s string) func(*feeds.Article) {
		return func(a *feeds.Article) { a.GUID, a.Key, a.Link = "", "", a.Link+s }
	}
	for _, test := range []struct {
		says  string
		known []feeds.Article
		was   []int64 // in the last document
		comes []feeds.Article
		want  string
	}{
		{"a slug that was mended", []feeds.Article{notice(1, permalink(page)), notice(2)}, nil,
			[]feeds.Article{notice(2), notice(1, permalink(page+"s"))}, "1 refiled relocated, 2 same"},
		{"and its text with it, where the date is one to the minute", []feeds.Article{notice(1, permalink(page))}, nil,
			[]feeds.Article{notice(1, permalink(page+"s"), content("<p>More.</p>"))}, "1 changed revised"},
		{"of a day another text is another notice", []feeds.Article{notice(1, permalink(page), midnight)}, nil,
			[]feeds.Article{notice(1, permalink(page+"s"), midnight, content("<p>More.</p>"))}, "new"},
		{"at another host it is another's", []feeds.Article{notice(1, permalink(page))}, nil,
			[]feeds.Article{notice(1, permalink("https://other.example/page"))}, "new"},
		{"beside the other one it is another notice", []feeds.Article{notice(1, permalink(page))}, nil,
			[]feeds.Article{notice(1, permalink(page)), notice(1, permalink(page+"s"))}, "new, 1 same"},
		{"of two that stood beside each other nothing tells which it was", []feeds.Article{notice(1, permalink(page)), notice(1, permalink(page+"2"))}, nil,
			[]feeds.Article{notice(1, permalink(page+"2")), notice(1, permalink(page+"3"))}, "new, 2 same"},
		{"two that come are two", []feeds.Article{notice(1, permalink(page))}, nil,
			[]feeds.Article{notice(1, permalink(page+"2")), notice(1, permalink(page+"3"))}, "new, new"},
		{"each week's notice with one title is its own", []feeds.Article{notice(1, title("Market"))}, []int64{1},
			[]feeds.Article{notice(2, title("Market"))}, "new"},
		{"a slug that is used again has another title", []feeds.Article{notice(1, permalink(page+"1"))}, []int64{1},
			[]feeds.Article{notice(2, permalink(page+"2"))}, "new"},
		{"a last slash that comes and goes", []feeds.Article{notice(1, session("/"))}, nil,
			[]feeds.Article{notice(1, session(""))}, "1 same"},
		{"a session in the path", []feeds.Article{notice(1, session(";jsessionid=A1"))}, nil,
			[]feeds.Article{notice(1, session(";jsessionid=B2"))}, "1 same"},
		{"a session in the path before a query", []feeds.Article{notice(1, session(";jsessionid=A1?p=1"))}, nil,
			[]feeds.Article{notice(1, session(";jsessionid=B2?p=1"))}, "1 same"},
		{"an undated one that left as this one came, and says the same", []feeds.Article{notice(1, undated, session("?s=1"))}, []int64{1},
			[]feeds.Article{notice(1, undated, session("?s=2"))}, "1 same"},
		{"an undated one that left long ago", []feeds.Article{notice(1, undated, session("?s=1"))}, nil,
			[]feeds.Article{notice(1, undated, session("?s=2"))}, "new"},
		{"an undated one that says something else", []feeds.Article{notice(1, undated, session("?s=1"))}, []int64{1},
			[]feeds.Article{notice(1, undated, session("?s=2"), content("<p>More.</p>"))}, "new"},
		{"nothing but titles, where all links change", []feeds.Article{notice(1, undated, textless, session("?s=1")), notice(2, undated, textless, session("?s=1")), notice(3, undated, textless, session("?s=1"))}, []int64{1, 2, 3},
			[]feeds.Article{notice(3, undated, textless, session("?s=2")), notice(2, undated, textless, session("?s=2")), notice(1, undated, textless, session("?s=2"))}, "1 same, 2 same, 3 same"},
		{"nothing but titles, where another stays", []feeds.Article{notice(1, undated, textless, session("?s=1")), notice(2, undated, textless, session("?s=1")), notice(3, undated, textless, session("?s=1"))}, []int64{1, 2, 3},
			[]feeds.Article{notice(3, undated, textless, session("?s=1")), notice(2, undated, textless, session("?s=2")), notice(1, undated, textless, session("?s=2"))}, "new, new, 3 same"},
		{"nothing but a title, alone", []feeds.Article{notice(1, undated, textless, session("?s=1"))}, []int64{1},
			[]feeds.Article{notice(1, undated, textless, session("?s=2"))}, "new"},
		{"a GUID of each visit, of an undated one", []feeds.Article{notice(1, undated, guid("x"))}, nil,
			[]feeds.Article{notice(1, undated, guid("y"))}, "1 noted"},
		{"another GUID and another date, with link, title and text", []feeds.Article{notice(1)}, []int64{1},
			[]feeds.Article{notice(1, guid("x"), later(time.Hour))}, "1 noted"},
		{"the same long after it left", []feeds.Article{notice(1)}, nil,
			[]feeds.Article{notice(1, guid("x"), later(time.Hour))}, "new"},
		{"the same with another text", []feeds.Article{notice(1)}, []int64{1},
			[]feeds.Article{notice(1, guid("x"), later(time.Hour), content("<p>More.</p>"))}, "new"},
		{"the same without any text", []feeds.Article{notice(1, textless)}, []int64{1},
			[]feeds.Article{notice(1, textless, guid("x"), later(time.Hour))}, "new"},
	} {
		t.Run(test.says, func(t *testing.T) {
			_, l := at(test.known...).look(t, brings(Windowed, test.comes...).after(test.was...))
			if got := fates(l.matches); got != test.want {
				t.Errorf("they become %q, want %q", got, test.want)
			}
		})
	}
}

func TestAPageIsOneArticleWhateverItsTitle(t *testing.T) {
	for _, extent := range []Extent{Some, CutOff, Whole, Crawled} {
		_, l := at(notice(1)).look(t, brings(extent, notice(1, permalink("https://city.example/other"))).after(1))
		if got := fates(l.matches); got != "new" {
			t.Errorf("of what is no window (%d) it becomes %q", extent, got)
		}
	}
}

func TestWhatVariesAsASession(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"city.example/1?s=a", "city.example/1?s=b", true},
		{"city.example/1/", "city.example/1", true},
		{"city.example/1#a", "city.example/1", true},
		{"www.city.example/1", "city.example/1", true},
		{"city.example/a;sid=1/b?p=1", "city.example/a;sid=2/b?p=1", true},
		{"city.example/1?s=a", "city.example/1", false},
		{"city.example/1?s=a", "city.example/1?t=a", false},
		{"city.example/1?s=a", "city.example/2?s=a", false},
		{"city.example/1", "town.example/1", false},
	} {
		if got := variesAsASession(test.a, test.b); got != test.want {
			t.Errorf("%s and %s: %v", test.a, test.b, got)
		}
	}
}

func TestFragmentsOfAGUID(t *testing.T) {
	state := func(n string) func(*feeds.Article) { return guid("https://city.example/1#" + n) }
	for _, test := range []struct {
		says  string
		known []feeds.Article
		comes []feeds.Article
		want  string
	}{
		{"two states of one article are one", nil, []feeds.Article{notice(1, state("3")), notice(1, state("0"))}, "new"},
		{"so they are where one is known", []feeds.Article{notice(1, state("0"))}, []feeds.Article{notice(1, state("3")), notice(1, state("0"))}, "1 same"},
		{"and where that is the second", []feeds.Article{notice(1, state("3"))}, []feeds.Article{notice(1, state("3")), notice(1, state("0"))}, "1 same"},
		{"and where neither is known, but their link", []feeds.Article{notice(1, state("0"))}, []feeds.Article{notice(1, state("4")), notice(1, state("3"))}, "1 noted"},
		{"what were two before stay two", []feeds.Article{notice(1, state("0")), notice(1, state("3"))}, []feeds.Article{notice(1, state("3")), notice(1, state("0"))}, "1 same, 2 same"},
		{"another text is another article", nil, []feeds.Article{notice(1, state("3")), notice(1, state("0"), content("<p>More.</p>"))}, "new, new"},
		{"so is another date", nil, []feeds.Article{notice(1, state("3")), notice(1, state("0"), later(time.Hour))}, "new, new"},
		{"so is another link", nil, []feeds.Article{notice(1, state("3")), notice(1, state("0"), link("https://city.example/2"))}, "new, new"},
		{"and what has another GUID altogether", nil, []feeds.Article{notice(1, guid("a")), notice(1, guid("b"))}, "new, new"},
	} {
		t.Run(test.says, func(t *testing.T) {
			p := at(test.known...).part(t, brings(Windowed, test.comes...))
			if got := fates(p.matches); got != test.want {
				t.Errorf("they become %q, want %q", got, test.want)
			}
		})
	}
}

// Where all of a document comes under new GUIDs with new dates, what that does is held; and
// the run after it must still know what the document had.
func TestADocumentWithNewGUIDsIsKnownAfterAHold(t *testing.T) {
	anew := notices(1, 6, later(24*time.Hour), func(a *feeds.Article) { a.GUID, a.Key = "x"+a.GUID, "x"+a.GUID })
	town := at(notices(1, 6)...)
	b := brings(Windowed, anew...).after(1, 2, 3, 4, 5, 6)
	b.Document.Digests = []uint64{1, 2, 3, 4, 5, 6}
	for run := range 3 {
		_, l := town.look(t, b)
		if !l.verdict.held {
			t.Fatalf("run %d is not held", run)
		}
		for _, m := range l.matches {
			if m.known == nil {
				t.Errorf("run %d: %s is new", run, m.article.Title)
			}
		}
		entries, _ := b.remember(l.memory(), l.verdict)
		for _, e := range unpack(entries) {
			if e.digest != 0 || e.state != 0 {
				t.Errorf("run %d: an entry of a document that is held need not be read again", run)
			}
		}
		b.Document.Memory = &Memory{Stored: true, Packed: entries}
	}
}
