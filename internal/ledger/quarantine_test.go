package ledger

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

func volatile(b *Brought)   { b.Source.Volatile = true }
func released(b *Brought)   { b.Release = true }
func inJapanese(b *Brought) { b.Source.Language = "ja" }

func TestQuarantine(t *testing.T) {
	renamed := notices(1, 8, func(a *feeds.Article) { a.GUID, a.Key = "x"+a.GUID, "x"+a.GUID })
	inOther := notices(1, 8, language("ko"))
	shifted := notices(1, 8, later(-9*time.Hour))
	for _, test := range []struct {
		says  string
		comes []feeds.Article
		run   []func(*Brought)
		want  string // the kinds of holds
	}{
		{"as it was", notices(1, 8), nil, ""},
		{"half of its items are enough", notices(1, 4), nil, ""},
		{"less than half are not", notices(1, 3), nil, "items"},
		{"all have other GUIDs", renamed, nil, "guids"},
		{"two of three do", slices.Concat(renamed[:4], notices(1, 4)), nil, ""},
		{"all are in another language", inOther, nil, "language"},
		{"as a person has said", inOther, []func(*Brought){inJapanese}, ""},
		{"all dates are shifted by hours", shifted, nil, "dates"},
		{"by minutes", notices(1, 8, later(10*time.Minute)), nil, ""},
		{"a volatile source is never held", notices(1, 3), []func(*Brought){volatile}, ""},
		{"nor one that a person releases", notices(1, 3), []func(*Brought){released}, ""},
	} {
		t.Run(test.says, func(t *testing.T) {
			b := brings(Windowed, test.comes...)
			for _, change := range test.run {
				change(&b)
			}
			_, l := at(notices(1, 8)...).look(t, b)
			var kinds []string
			for _, h := range l.verdict.Put {
				kinds = append(kinds, h.Kind)
			}
			if got := strings.Join(kinds, " "); got != test.want {
				t.Errorf("held are %q, want %q", got, test.want)
			}
			for _, m := range l.matches {
				if m.known != nil && (m.fate == held) != (test.want != "") {
					t.Errorf("%s: %s", m.article.Title, m.becomes())
				}
			}
		})
	}
}

func TestAHoldEnds(t *testing.T) {
	known := at(notices(1, 8)...)
	few := brings(Windowed, notices(1, 3)...)
	_, l := known.look(t, few)
	first := l.verdict.Put[0]
	for _, test := range []struct {
		says   string
		comes  Brought
		before func(h Hold) Hold
		want   string // what is put, and what is dropped
	}{
		{"the next run would do the same", few, func(h Hold) Hold { return h }, "items 1, "},
		{"and so would the one after it", few, func(h Hold) Hold { h.Agreed = 1; return h }, ", items"},
		{"the next would do something else", brings(Windowed, notices(2, 3, title("x"))...), func(h Hold) Hold { h.Agreed = 1; return h }, "items 0, "},
		{"the source is as it was", brings(Windowed, notices(1, 8)...), func(h Hold) Hold { return h }, ", items"},
		{"a person has released it", few, func(h Hold) Hold { h.Released = noon; return h }, ", items"},
		{"six hours have passed", few, func(h Hold) Hold { h.Since = h.Since.Add(-6 * time.Hour); return h }, ", items"},
		{"a document that was cut off says nothing", brings(CutOff, notices(1, 3)...), func(h Hold) Hold { return h }, ", "},
	} {
		t.Run(test.says, func(t *testing.T) {
			_, l := known.look(t, test.comes, test.before(first))
			var put []string
			for _, h := range l.verdict.Put {
				put = append(put, fmt.Sprint(h.Kind, " ", h.Agreed))
			}
			if got := strings.Join(put, " ") + ", " + strings.Join(l.verdict.Drop, " "); got != test.want {
				t.Errorf("put and dropped are %q, want %q", got, test.want)
			}
		})
	}
}

func TestWindow(t *testing.T) {
	var newest []Dated
	known := at(notices(1, 12)...)
	for _, k := range known.known {
		newest = append(newest, Dated{k.ID, k.Published})
	}
	without := func(numbers ...int) (all []feeds.Article) {
		for _, a := range notices(1, 12) {
			if !slices.ContainsFunc(numbers, func(n int) bool { return a.Title == fmt.Sprintf("Notice %d", n) }) {
				all = append(all, a)
			}
		}
		return all
	}
	for _, test := range []struct {
		says  string
		comes []feeds.Article
		want  string
	}{
		{"all are there", without(), ""},
		{"one is missing between others", without(6), "Notice 6"},
		{"the oldest have left at the end", without(1, 2), ""},
		{"the newest is missing, which says nothing", without(12), ""},
		{"of the two oldest that are there one may be pinned", append(without(1, 2, 3, 4, 5), notice(1)), "Notice 5 Notice 4 Notice 3 Notice 2"},
	} {
		t.Run(test.says, func(t *testing.T) {
			_, l := known.look(t, brings(Windowed, test.comes...))
			q, says := l.AskWindow()
			if !says || q.Newest < len(newest) {
				t.Fatalf("it asks %+v, %v", q, says)
			}
			l.LookThrough(newest, nil)
			var missing []string
			for _, id := range l.window.Put {
				missing = append(missing, known.known[id-1].Title)
			}
			if got := strings.Join(missing, " "); got != test.want {
				t.Errorf("missing are %q, want %q", got, test.want)
			}
		})
	}
}

func TestPassed(t *testing.T) {
	for _, test := range []struct {
		says   string
		known  *city
		extent Extent
		comes  []feeds.Article
		want   bool
	}{
		{"one is left of what was known", at(notices(1, 5)...), Windowed, notices(5, 9), false},
		{"none is left", at(notices(1, 5)...), Windowed, notices(6, 9), true},
		{"a part says nothing", at(notices(1, 5)...), Some, notices(6, 9), false},
		{"the first visit", &city{aliases: map[Key]Alias{}}, Windowed, notices(6, 9), false},
		{"all that was known is withdrawn", at().add("a", notice(1), withdrawn), Windowed, notices(6, 9), false},
		{"one has the title and date of a known one", at(notices(1, 5)...), Windowed, append(notices(7, 9), notice(5, guid("x"), link("https://city.example/x"))), false},
	} {
		t.Run(test.says, func(t *testing.T) {
			test.known.facts.Items = len(test.known.known)
			_, l := test.known.look(t, brings(test.extent, test.comes...))
			if q, asks := l.AskPassed(); asks {
				if q.Recent > 0 {
					test.known.tellRecent(l.Snapshot)
				}
				l.Pass()
			}
			if got := l.passed != ""; got != test.want {
				t.Errorf("it says %q", l.passed)
			}
		})
	}
}
