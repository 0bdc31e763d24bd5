package ledger

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// standing are so many live articles of the source, numbered from 1.
func standing(n int) (all Standing) {
	for i := range n {
		id := int64(i + 1)
		all = append(all, &Known{ID: id, UID: fmt.Sprintf("urn:%d", id), Story: fmt.Sprintf("story-%d", id), Publisher: "tokyo", Language: "ja", Title: fmt.Sprintf("Notice %d", id), Revision: 1})
	}
	return all
}

func TestWithdrawals(t *testing.T) {
	waiting, yes := &Hold{Kind: HoldWithdrawals, Since: noon}, &Hold{Kind: HoldWithdrawals, Since: noon, Released: noon}
	for _, test := range []struct {
		says       string
		had, has   int // articles
		before     *Hold
		unread     string
		gone, held int
		dropped    bool
	}{
		{"nothing is missing", 10, 10, nil, "", 0, 0, false},
		{"three may always go", 4, 1, nil, "", 3, 0, false},
		{"one in five may", 25, 20, nil, "", 5, 0, false},
		{"more wait for a person", 20, 15, nil, "", 0, 1, false},
		{"what waits still waits where it is a smaller share by now", 40, 36, waiting, "", 0, 1, false},
		{"a person has said yes", 20, 0, yes, "", 20, 0, true},
		{"more than a transaction takes go on", 250, 0, yes, "", Chunk, 0, false},
		{"what could not be read is not gone", 4, 3, nil, "story-4", 0, 0, false},
		{"a hold is over when little is missing", 20, 18, waiting, "", 2, 0, true},
	} {
		t.Run(test.says, func(t *testing.T) {
			p := at(notices(1, 1)...).part(t, brings(Whole))
			for id := range test.has {
				p.seen[int64(id+1)] = true
			}
			p.Missing(standing(test.had), map[string]bool{test.unread: true}, test.before)
			if got := p.Unfiled(); len(got) != test.gone || len(p.begun) != test.held || (len(p.dropped) > 0) != test.dropped {
				t.Errorf("%d are gone, held %d, dropped %v", len(got), len(p.begun), p.dropped)
			}
		})
	}
}

func TestAPageHasToBeSeenGoneTwice(t *testing.T) {
	now := noon.Add(48 * time.Hour)
	for _, test := range []struct {
		says   string
		extent Extent
		before map[int64]int64
		want   string // the withdrawn, and those noted
	}{
		{"of a listing the first time", Crawled, nil, "[] [1]"},
		{"of a listing the second time", Crawled, map[int64]int64{1: Millis(now.Add(-time.Hour))}, "[1] []"},
		{"too soon after the first", Crawled, map[int64]int64{1: Millis(now.Add(-time.Minute))}, "[] []"},
		{"of a feed once is enough, where it is missing in the window", Windowed, nil, "[1] []"},
	} {
		t.Run(test.says, func(t *testing.T) {
			b := brings(test.extent)
			b.Gone.IDs = []string{"urn:1"}
			p := at(notice(1)).part(t, b)
			if slugs := p.Named(nil); !slices.Equal(slugs, []string{feeds.Slug("urn:1")}) {
				t.Fatalf("it asks for %q", slugs)
			}
			p.Take(standing(1), test.before)
			if got := fmt.Sprint(p.Unfiled(), p.sight.Gone); got != test.want {
				t.Errorf("withdrawn and noted are %s, want %s", got, test.want)
			}
		})
	}
}

func TestWhatASourceDeclaresWithdrawn(t *testing.T) {
	changed := noon.Add(time.Hour)
	declared := func(n int, key string) Declared {
		return Declared{Known: standing(n)[n-1], Key: key, Changed: changed}
	}
	many := func(n int) (found []Declared, said []Declaration) {
		for i := range n {
			id := fmt.Sprintf("guid-%d", i+1)
			found, said = append(found, declared(i+1, id)), append(said, Declaration{ID: id})
		}
		return found, said
	}
	three, saysThree := many(3)
	five, saysFive := many(5)
	for _, test := range []struct {
		says   string
		run    []feeds.Article
		said   []Declaration
		found  []Declared
		live   int
		before *Hold
		gone   string
		held   int
	}{
		{"an entry that it no longer lists", nil, []Declaration{{ID: "guid-1", When: changed}}, []Declared{declared(1, "guid-1")}, 9, nil, "[1]", 0},
		{"one that is dated as the entry is not older", nil, []Declaration{{ID: "guid-1", When: changed.Add(-time.Second)}}, []Declared{declared(1, "guid-1")}, 9, nil, "[]", 0},
		{"without a date it is now", nil, []Declaration{{ID: "guid-1"}}, []Declared{declared(1, "guid-1")}, 9, nil, "[1]", 0},
		{"of two the later one counts", nil, []Declaration{{ID: "guid-1", When: changed}, {ID: "guid-1", When: noon}}, []Declared{declared(1, "guid-1")}, 9, nil, "[1]", 0},
		{"what it lists too stays", notices(1, 1), []Declaration{{ID: "guid-1", When: changed}}, []Declared{declared(1, "guid-1")}, 9, nil, "[]", 0},
		{"by its link, whatever its spelling", nil, []Declaration{{ID: "http://www.city.example/1/", When: changed}}, []Declared{declared(1, linkKey("http://www.city.example/1/"))}, 9, nil, "[1]", 0},
		{"found by two keys it goes once", nil, []Declaration{{ID: "https://city.example/1", When: changed}}, []Declared{declared(1, "https://city.example/1"), declared(1, linkKey("https://city.example/1"))}, 9, nil, "[1]", 0},
		{"three of four go", nil, saysThree, three, 4, nil, "[1 2 3]", 0},
		{"five of 25 go", nil, saysFive, five, 25, nil, "[1 2 3 4 5]", 0},
		{"five of 24 wait", nil, saysFive, five, 24, nil, "[]", 1},
		{"what waits goes on to wait", nil, saysFive, five, 250, &Hold{Kind: HoldWithdrawals}, "[]", 1},
		{"until it is released", nil, saysFive, five, 24, &Hold{Kind: HoldWithdrawals, Released: noon}, "[1 2 3 4 5]", 0},
	} {
		t.Run(test.says, func(t *testing.T) {
			b := brings(Windowed, test.run...)
			b.Gone.Declared = test.said
			p := at(notice(1)).part(t, b)
			if !p.AsksDeclared() || p.AsksGone() {
				t.Fatal("it does not ask for what is declared, or asks for what is gone")
			}
			for _, f := range test.found {
				if !slices.Contains(p.DeclaredKeys(), f.Key) {
					t.Fatalf("it asks for %q, and not for %q", p.DeclaredKeys(), f.Key)
				}
			}
			if p.Declare(test.found) {
				p.Weigh(test.live, test.before)
			}
			gone := p.Unfiled()
			p.Withdraw(map[int64]bool{1: true})
			if got := fmt.Sprint(gone); got != test.gone || len(p.begun) != test.held || len(p.withdrawn) != len(gone) {
				t.Errorf("%s are gone, %d of them withdrawn, and %d held", got, len(p.withdrawn), len(p.begun))
			}
		})
	}
}

// told are the records, such as "new ja Notice 1 in story-1".
func (p *Part) told() string {
	var lines []string
	for _, r := range p.Stories.Records {
		lines = append(lines, fmt.Sprintf("%s %s of %s", r.Reason, r.Language, r.Story.ID))
	}
	return strings.Join(lines, ", ")
}

func TestStories(t *testing.T) {
	english := func(a *feeds.Article) { a.Language = "en" }
	names := func(link string) func(*feeds.Article) {
		return func(a *feeds.Article) { a.Alternates = []feeds.Alternate{{Language: "ja", Link: link}} }
	}
	for _, test := range []struct {
		says string
		keys map[string]string // as stored, of story-1, which has a live version in Japanese
		a    feeds.Article
		want string
	}{
		{"a hint joins", map[string]string{"h:s": "story-1"}, notice(2, english, hint("s")), "translation en of story-1"},
		{"so does a link that it names", map[string]string{"l:city.example/1": "story-1"}, notice(2, english, names("https://city.example/1")), "translation en of story-1"},
		{"so does one that names its link", map[string]string{"a:city.example/2": "story-1"}, notice(2, english), "translation en of story-1"},
		{"a link joins no story that has a live version in its language", map[string]string{"a:city.example/2": "story-1"}, notice(2), "new ja of own"},
		{"else it begins a story", nil, notice(2), "new ja of own"},
	} {
		t.Run(test.says, func(t *testing.T) {
			p := at().part(t, brings(Some, test.a))
			for key, story := range test.keys {
				if !slices.Contains(p.StoryKeys(), key) {
					t.Errorf("it does not ask for %q", key)
				}
				p.Stories.AddKey(key, story)
				p.Stories.AddVersion(story, Version{ID: 1, Publisher: "tokyo", Language: "ja", Revision: 1})
			}
			p.Name(map[string]bool{})
			p.Decide(nil)
			own := feeds.StoryID(p.matches[0].id)
			if got := strings.ReplaceAll(p.told(), own, "own"); got != test.want {
				t.Errorf("it tells %q, want %q", got, test.want)
			}
		})
	}
}

func TestAVersionThatSpeaksAnotherLanguageIsToldInBoth(t *testing.T) {
	p := at(notice(1)).part(t, brings(Some, notice(1, language("ko"))))
	p.Stories.AddVersion("story-1", Version{ID: 1, Publisher: "tokyo", Language: "ja", Revision: 1})
	d := p.Decide([]KeyAlias{{"guid-1", Alias{Article: 1}}})
	if want := "withdrawal ja of story-1, new ko of story-1"; p.told() != want {
		t.Errorf("it tells %q, want %q", p.told(), want)
	}
	if len(d.Respoken) != 1 || d.Respoken[0].Key != (Key{"guid-1", "ko"}) || d.Updated[0].Language != "ko" || d.Updated[0].Revision != 1 {
		t.Errorf("decided is %+v", d)
	}
}

func TestNaming(t *testing.T) {
	const id = "tag:city.example,2026:1"
	minted := feeds.MintID("tokyo", "guid-1", "ja")
	for _, test := range []struct {
		says  string
		comes []feeds.Article
		taken []string
		want  string
	}{
		{"an article without an id gets one", notices(1, 1), nil, minted},
		{"the source's own is kept", notices(1, 1, claims(id)), nil, id},
		{"unless another article has it", notices(1, 1, claims(id)), []string{id}, minted},
		{"or a version in another language comes with it", []feeds.Article{notice(1, claims(id)), notice(2, claims(id), language("en"))}, nil, minted},
		{"what would be minted may be taken", notices(1, 1), []string{minted}, feeds.MintID("tokyo", "guid-1\x002", "ja")},
	} {
		t.Run(test.says, func(t *testing.T) {
			p := at().part(t, brings(Some, test.comes...))
			taken := map[string]bool{}
			for ask := p.Names(); len(ask) > 0; ask = p.Name(taken) {
				for _, slug := range ask {
					taken[slug] = slices.ContainsFunc(test.taken, func(id string) bool { return feeds.Slug(id) == slug })
				}
			}
			if got := p.matches[0].id; got != test.want {
				t.Errorf("it is named %s, want %s", got, test.want)
			}
		})
	}
}

func TestCorrections(t *testing.T) {
	old := noon.Add(-72 * time.Hour)
	for _, test := range []struct {
		says   string
		before Text
		after  feeds.Article
		asks   bool
		want   bool
	}{
		{"another title", Text{Title: "Notice 1", Content: notice(1).Content}, notice(1, title("Corrected")), true, true},
		{"where nobody asked for it", Text{Title: "Notice 1", Content: notice(1).Content}, notice(1, title("Corrected")), false, false},
		{"white space", Text{Title: "Notice 1", Content: "<p>Old.</p>"}, notice(1, content("<p>Old .</p> "), link("https://city.example/x")), true, false},
		{"another text", Text{Title: "Notice 1", Content: "<p>Old.</p>"}, notice(1, content("<p>New.</p>")), true, true},
		{"a full text where there was a summary", Text{Title: "Notice 1", Summary: "Old."}, notice(1, content("<p>Long.</p>")), true, false},
		{"in its first day", Text{Title: "Notice 1", FirstSeen: Millis(noon.Add(47 * time.Hour))}, notice(1, title("Corrected")), true, false},
	} {
		t.Run(test.says, func(t *testing.T) {
			b := brings(Some, test.after)
			b.Source.ChangesCorrect = test.asks
			p := at(notice(1)).part(t, b)
			var texts []Text
			for _, id := range p.Rewritten() {
				test.before.Article = id
				if test.before.FirstSeen == 0 {
					test.before.FirstSeen = Millis(old)
				}
				texts = append(texts, test.before)
			}
			p.Correct(texts)
			if got := !p.matches[0].corrected.IsZero(); got != test.want {
				t.Errorf("corrected: %v, want %v", got, test.want)
			}
		})
	}
}

func TestFiling(t *testing.T) {
	for _, test := range []struct {
		says          string
		before, after []string
		closed        []string
		want          string // the rows, and the reasons of the records
	}{
		{"nothing moves", []string{"culture"}, []string{"culture"}, nil, ""},
		{"into a category with closed archives it comes at the head", []string{"culture"}, []string{"culture", "sports"}, []string{"sports"}, "sports 7"},
		{"into another one it brings its past along", []string{"culture"}, []string{"culture", "sports"}, nil, "past sports"},
		{"what leaves is outside from then on", []string{"culture", "sports"}, []string{"culture"}, nil, "sports 7 outside"},
	} {
		t.Run(test.says, func(t *testing.T) {
			s := NewStories()
			s.AddVersion("story-1", Version{ID: 1, Publisher: "tokyo", Language: "ja", Revision: 1, Categories: test.before})
			s.Refile([]*Known{{ID: 1, Story: "story-1", Elsewhere: []Filing{{Source: "a", Categories: List(test.after)}}}})
			closed := map[string]bool{}
			for _, category := range test.closed {
				closed[category] = true
			}
			moves := s.Move(closed)
			var got []string
			for _, f := range s.File(7, moves, nil) {
				line := fmt.Sprint(f.Category, " ", f.Seq)
				if f.Outside {
					line += " outside"
				}
				got = append(got, line)
			}
			categories, _ := moves.WithPast()
			for _, category := range categories["story-1"] {
				got = append(got, "past "+category)
			}
			if got := strings.Join(slices.Compact(got), ", "); got != test.want {
				t.Errorf("the rows are %q, want %q", got, test.want)
			}
		})
	}
}

func TestAliases(t *testing.T) {
	for _, test := range []struct {
		says  string
		known *city
		comes []feeds.Article
		want  string
	}{
		{"a new article is found by GUID and link", at(), notices(1, 1), "city.example/1 guid-1"},
		{"a known one gets no other", at(notice(1)), notices(1, 1), ""},
		{"under another GUID it gets that", at(notice(1)), notices(1, 1, guid("x")), "x"},
		{"at another host it gets its link", at(notice(1, link("https://old.example/1"))), notices(1, 1), "city.example/1"},
		{"a GUID of two is shared", at(), []feeds.Article{notice(2, guid("g")), notice(1, guid("g"))}, "city.example/1 city.example/2 g!"},
	} {
		t.Run(test.says, func(t *testing.T) {
			p := test.known.part(t, brings(Some, test.comes...))
			p.Stories.AddVersion("story-1", Version{ID: 1, Publisher: "tokyo", Language: "ja"})
			p.Name(map[string]bool{})
			var got []string
			for _, a := range p.Decide(nil).Aliases {
				key := a.Key.Key
				if a.Shared {
					key += "!"
				}
				got = append(got, key)
			}
			slices.Sort(got)
			if got := strings.Join(got, " "); got != test.want {
				t.Errorf("the keys are %q, want %q", got, test.want)
			}
		})
	}
}

func TestMemory(t *testing.T) {
	for _, test := range []struct {
		says string
		a    feeds.Article
		want bool
	}{
		{"a plain entry", notice(1), true},
		{"one without a date", notice(1, undated), false},
		{"one that says something else now", notice(1, title("Corrected")), false},
	} {
		t.Run(test.says, func(t *testing.T) {
			b := brings(Windowed, test.a)
			b.Document = Document{Digests: []uint64{42}}
			known := at(notice(1))
			p := known.part(t, b)
			entries, _ := b.remember(p.remembered(p.matches), p.verdict)
			m := &Memory{Packed: entries}
			k := known.known[0]
			k.Here = known.filings[0]
			if err := m.Recall([]Known{k}); err != nil {
				t.Fatal(err)
			}
			if _, got := m.Entry(42); got != test.want {
				t.Errorf("remembered: %v, want %v", got, test.want)
			}
			k.Title, k.Hash = "x", "x" // revised by another source
			if err := m.Recall([]Known{k}); err != nil || len(m.entries) != 0 {
				t.Errorf("what is another by now is remembered: %v", err)
			}
		})
	}
}

func TestAnEntryWhoseLanguageNothingTellsIsReadEachTime(t *testing.T) {
	for tag, want := range map[string]int{"ja": 1, feeds.Undetermined: 0} {
		b := brings(Windowed, notice(1, language(tag)))
		b.Document = Document{Digests: []uint64{42}}
		p := at(notice(1, language(tag))).part(t, b)
		if got := p.remembered(p.matches); len(got) != want {
			t.Errorf("%s: %d entries are remembered, want %d", tag, len(got), want)
		}
	}
}

func TestWhatWasNotReadCountsAsListed(t *testing.T) {
	known := at(notices(1, 8)...)
	all := brings(Windowed, notices(1, 8)...)
	for i := range all.Articles {
		all.Document.Digests = append(all.Document.Digests, uint64(i+1))
	}
	p := known.part(t, all)
	entries, _ := all.remember(p.remembered(p.matches), p.verdict)
	m := &Memory{Packed: entries}
	var now []Known
	for i, k := range known.known {
		k.Here = known.filings[i]
		now = append(now, k)
	}
	if err := m.Recall(now); err != nil || len(m.entries) != 8 {
		t.Fatalf("%d are remembered, %v", len(m.entries), err)
	}
	few := brings(Windowed, notice(9))
	few.Document = Document{Digests: append(slices.Sorted(maps.Keys(m.entries)), 9), Memory: m}
	v, l := known.look(t, few)
	l.End(nil, nil, false)
	if len(l.verdict.Put) > 0 || v.Tally.Unchanged != 8 || len(v.seen) != 8 || len(v.rest.items) != 1 {
		t.Errorf("%+v, held %+v", v.Tally, l.verdict.Put)
	}
	overlapping := brings(Windowed, notice(9, link(notice(2).Link)))
	overlapping.Document = few.Document
	if _, l := known.look(t, overlapping); !l.Overlaps() {
		t.Error("an article with a link of one that was not read does not overlap")
	}
}

func TestAVisitGoesByChunks(t *testing.T) {
	v, err := Begin(brings(Windowed, notices(1, 2*Chunk+Chunk/2)...), Facts{})
	if err != nil {
		t.Fatal(err)
	}
	var sizes []int
	for id := int64(1); !v.IsOver(); {
		p := v.Next()
		sizes = append(sizes, p.Size())
		p.Match()
		p.Name(map[string]bool{})
		for _, a := range p.Decide(nil).Added {
			a.Version.ID = id
			id++
		}
		p.Stored()
		if end, last := p.End(); last && end.Facts.Items != 2*Chunk+Chunk/2 {
			t.Errorf("it ends with %+v", end)
		}
		v.Done(p)
	}
	if !slices.Equal(sizes, []int{Chunk, Chunk, Chunk / 2}) || v.Tally.New != 2*Chunk+Chunk/2 {
		t.Errorf("the parts are %v; %+v", sizes, v.Tally)
	}
}
