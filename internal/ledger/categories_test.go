package ledger

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
)

// A story is filed by all of its versions together.
func TestAStoryIsFiledByAllItsVersions(t *testing.T) {
	for _, test := range []struct {
		says     string
		versions []string // their categories, "?" before those of a default, "-" behind those of one that was withdrawn
		want     string
		defaults bool // alone
	}{
		{"a version", []string{"culture"}, "[culture]", false},
		{"the union of what places them", []string{"culture", "sports", "culture"}, "[culture sports]", false},
		{"a default stands in for what places nothing", []string{"?living"}, "[living]", true},
		{"defaults are united as all are", []string{"?living", "?government"}, "[living government]", true},
		{"a default gives way", []string{"?living", "disaster"}, "[disaster]", false},
		{"and that whatever the order", []string{"disaster", "?living"}, "[disaster]", false},
		{"the same category by default and not", []string{"?living", "living", "sports"}, "[living sports]", false},
		{"what is in none at all leaves the default", []string{"", "?living"}, "[living]", true},
		{"what was withdrawn counts, as it always has", []string{"?living", "disaster-"}, "[disaster]", false},
		{"no version", nil, "[]", false},
	} {
		t.Run(test.says, func(t *testing.T) {
			s := NewStories()
			st := s.story("story-1")
			var all Categories
			for i, version := range test.versions {
				categories, byDefault := strings.CutPrefix(version, "?")
				categories, withdrawn := strings.CutSuffix(categories, "-")
				s.AddVersion("story-1", Version{ID: int64(i + 1), Publisher: "tokyo", Categories: strings.Fields(categories), ByDefault: byDefault, Withdrawn: withdrawn})
				all.Add(strings.Fields(categories), byDefault)
			}
			if got := fmt.Sprint(st.categories()); got != test.want || fmt.Sprint(st.before()) != got || st.moves() {
				t.Errorf("the story is in %s, and was in %v before; want %s", got, st.before(), test.want)
			}
			if all.ByDefault() != test.defaults {
				t.Errorf("by default: %v", all.ByDefault())
			}
		})
	}
}

// What a source files as before is not asked whether that is by default; once there is
// another reason to write, it is.
func TestOfWhatStandsItIsNotAskedWhetherItIsByDefault(t *testing.T) {
	in := func(a *feeds.Article) { a.Categories = []string{"living"} }
	byDefault := func(a *feeds.Article) { a.Categories, a.ByDefault = []string{"living"}, true }
	for _, test := range []struct {
		says         string
		stored, came feeds.Article
		becomes      string
		want         []bool // of the rows of its filing
		moves        bool   // out of the default, since another version is placed
	}{
		{"the same again", notice(1, in), notice(1, byDefault), "1 same", nil, false},
		{"it has changed", notice(1, in), notice(1, byDefault, title("Another")), "1 changed revised", []bool{true}, true},
		{"it is placed now", notice(1, byDefault), notice(1, in, title("Another")), "1 changed revised", []bool{false}, true},
		{"it has changed and is filed as it was", notice(1, byDefault), notice(1, byDefault, title("Another")), "1 changed revised", nil, false},
		{"it has another default", notice(1, byDefault), notice(1, byDefault, func(a *feeds.Article) { a.Categories = []string{"sports"} }), "1 refiled", []bool{true}, false},
	} {
		t.Run(test.says, func(t *testing.T) {
			town := at()
			town.add("a", test.stored, func(k *Known) { k.ByDefault = test.stored.ByDefault })
			town.filings[0].ByDefault = test.stored.ByDefault
			p := town.part(t, brings(Some, test.came))
			p.Compare(nil)
			if got := fates(p.matches); got != test.becomes {
				t.Errorf("it becomes %q, want %q", got, test.becomes)
			}
			p.Stories.AddVersion("story-1", Version{ID: 1, Publisher: "tokyo", Language: "ja", Revision: 1, Categories: test.stored.Categories, ByDefault: test.stored.ByDefault})
			p.Stories.AddVersion("story-1", Version{ID: 2, Publisher: "tokyo", Language: "en", Revision: 1, Categories: []string{"disaster"}})
			d := p.Decide(nil)
			var got []bool
			for _, f := range d.Filings {
				got = append(got, f.ByDefault)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("its filing is stored as %v, want %v", got, test.want)
			}
			if moves := p.Stories.byID["story-1"].moves(); moves != test.moves {
				t.Errorf("the story moves: %v, want %v", moves, test.moves)
			}
			for _, k := range d.Updated {
				if k.ByDefault != test.came.ByDefault {
					t.Errorf("the article is stored as filed by default: %v", k.ByDefault)
				}
			}
		})
	}
}
