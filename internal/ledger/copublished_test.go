package ledger

import (
	"slices"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
)

func publisher(p string) func(*feeds.Article) { return func(a *feeds.Article) { a.Publisher = p } }

// elsewhere has other publishers answer what a part asks: they have these articles, the
// n-th in story-n, and the links of which several have one.
func elsewhere(p *Part, shared []string, has ...feeds.Article) {
	digests := p.PermalinkDigests()
	var found []Copublished
	for i, a := range has {
		story := "story-" + string(rune('1'+i))
		if digest, ok := LinkDigest(a.Link); !ok || !slices.Contains(digests, digest) {
			continue
		}
		found = append(found, Copublished{story, a.Publisher, a.Language, a.Link, a.Title})
		p.Stories.AddVersion(story, Version{ID: int64(i + 1), Publisher: a.Publisher, Language: a.Language, Revision: 1})
	}
	several := map[string]map[Key]bool{}
	for publisher, links := range p.Copublished(found) {
		several[publisher] = map[Key]bool{}
		for _, link := range links {
			several[publisher][Key{link, "ja"}] = slices.Contains(shared, link)
		}
	}
	p.Apart(several)
	p.Name(map[string]bool{})
	p.Decide(nil)
}

func TestCopublished(t *testing.T) {
	department := publisher("harbour")
	city := notice(1, department)
	for _, test := range []struct {
		says   string
		shared []string
		has    []feeds.Article
		comes  feeds.Article
		want   string
	}{
		{"what another publisher has joins its story", nil, []feeds.Article{city}, notice(1), "translation ja of story-1"},
		{"whatever its key, text and date", nil, []feeds.Article{city}, notice(1, guid("x"), content("<p>Other.</p>"), undated), "translation ja of story-1"},
		{"under http as under https", nil, []feeds.Article{city}, notice(1, link("http://CITY.example/1")), "translation ja of story-1"},
		{"and with another space or form of a sign", nil, []feeds.Article{notice(1, department, title("Notice “1”"))}, notice(1, title("NOTICE\u3000\"1\"")), "translation ja of story-1"},
		{"under another title it doesn't", nil, []feeds.Article{city}, notice(1, title("Notice 1, corrected")), "new ja of own"},
		{"nor at another host", nil, []feeds.Article{city}, notice(1, link("https://harbour.example/1")), "new ja of own"},
		{"nor in another language", nil, []feeds.Article{city}, notice(1, language("en")), "new en of own"},
		{"nor without a link", nil, []feeds.Article{notice(1, department, link(""))}, notice(1, link("")), "new ja of own"},
		{"nor at a front page", nil, []feeds.Article{notice(1, department, link("https://city.example/ja/"))}, notice(1, link("https://city.example/ja/")), "new ja of own"},
		{"nor at a link that several have there", []string{"city.example/1"}, []feeds.Article{city}, notice(1), "new ja of own"},
		{"the first that has it is joined", nil, []feeds.Article{notice(2, department), city, notice(1, publisher("third"))}, notice(1), "translation ja of story-2"},
		{"what shares its link there is passed by", nil, []feeds.Article{notice(1, department, title("Other")), notice(1, publisher("third"))}, notice(1), "translation ja of story-2"},
	} {
		t.Run(test.says, func(t *testing.T) {
			p := at().part(t, brings(Some, test.comes))
			elsewhere(p, test.shared, test.has...)
			if got := strings.ReplaceAll(p.told(), feeds.StoryID(p.matches[0].id), "own"); got != test.want {
				t.Errorf("it tells %q, want %q", got, test.want)
			}
			if slices.Contains(p.StoryIDs(), "story-1") != strings.HasSuffix(test.want, "story-1") {
				t.Errorf("the stories to be asked for are %q", p.StoryIDs())
			}
		})
	}
}

func TestAPublishersOwnRulesComeFirst(t *testing.T) {
	english := language("en")
	names := func(link string) func(*feeds.Article) {
		return func(a *feeds.Article) { a.Alternates = []feeds.Alternate{{Language: "ja", Link: link}} }
	}
	department := publisher("harbour")
	t.Run("a hint to a story that there is", func(t *testing.T) {
		p := at().part(t, brings(Some, notice(1, hint("s"))))
		p.Stories.AddKey("h:s", "own")
		p.Stories.AddVersion("own", Version{ID: 9, Publisher: "tokyo", Language: "en", Revision: 1})
		if elsewhere(p, nil, notice(1, department)); p.told() != "translation ja of own" {
			t.Errorf("it tells %q", p.told())
		}
	})
	t.Run("a link of its batch that several have", func(t *testing.T) {
		p := at().part(t, brings(Some, notice(1), notice(2, link("https://city.example/1"), title("Other"))))
		if elsewhere(p, nil, notice(1, department)); strings.Contains(p.told(), "story-1") {
			t.Errorf("it tells %q", p.told())
		}
	})
	t.Run("a link that another of its articles had", func(t *testing.T) {
		p := at(notice(1, title("Old"))).part(t, brings(Some, notice(1, guid("new"), later(1e12))))
		if elsewhere(p, nil, notice(1, department)); strings.Contains(p.told(), "story-1") {
			t.Errorf("it tells %q", p.told())
		}
	})
	for _, test := range []struct {
		says  string
		comes []feeds.Article
	}{
		{"translations follow it to the other's story", []feeds.Article{notice(1), notice(2, english, names("https://city.example/1"))}},
		{"also where they come first", []feeds.Article{notice(1, later(3600e9)), notice(2, english, names("https://city.example/1"))}},
		{"by a hint", []feeds.Article{notice(1, hint("s")), notice(2, english, hint("s"))}},
	} {
		t.Run(test.says, func(t *testing.T) {
			p := at().part(t, brings(Some, test.comes...))
			// The other has a version in English too, of another title.
			p.Stories.AddVersion("story-1", Version{ID: 5, Publisher: "harbour", Language: "en", Revision: 1})
			elsewhere(p, nil, notice(1, department))
			got := strings.Split(p.told(), ", ")
			slices.Sort(got)
			if got := strings.Join(got, ", "); got != "translation en of story-1, translation ja of story-1" {
				t.Errorf("it tells %q", got)
			}
		})
	}
}

func TestPermalinks(t *testing.T) {
	for _, test := range []struct {
		says  string
		known *city
		comes []feeds.Article
		want  []string
	}{
		{"a new article is found by its link", at(), notices(1, 1), []string{"https://city.example/1"}},
		{"a known one is already", at(notice(1)), notices(1, 1, title("Corrected")), nil},
		{"at another address it is found there too", at(notice(1)), []feeds.Article{notice(1, link("https://city.example/moved"))}, []string{"https://city.example/moved"}},
		{"what has no link is not", at(), notices(1, 1, link("")), nil},
		{"nor what shares it", at(), notices(1, 2, link("https://city.example/all")), nil},
		{"nor a second one that has it", at(notice(1, link("https://city.example/all"))), notices(2, 2, link("https://city.example/all"), content("<p>Other.</p>")), nil},
	} {
		t.Run(test.says, func(t *testing.T) {
			p := test.known.part(t, brings(Some, test.comes...))
			p.Stories.AddVersion("story-1", Version{ID: 1, Publisher: "tokyo", Language: "ja"})
			p.Name(map[string]bool{})
			var got, want []int64
			for _, l := range p.Decide(nil).Permalinks {
				got = append(got, l.Digest)
			}
			for _, link := range test.want {
				digest, _ := LinkDigest(link)
				want = append(want, digest)
			}
			if !slices.Equal(got, want) {
				t.Errorf("the permalinks are %v, want %v", got, want)
			}
		})
	}
}

func TestTouchesOfAStoryOfTwoPublishers(t *testing.T) {
	p := at().part(t, brings(Some, notice(1, func(a *feeds.Article) { a.Categories = []string{"sports"} })))
	elsewhere(p, nil, notice(1, publisher("harbour")))
	var publishers []string
	for _, touch := range p.Stories.Touches() {
		publishers = append(publishers, touch.Publisher)
		if !slices.Equal(touch.Now, []string{"sports"}) {
			t.Errorf("the categories are %q", touch.Now)
		}
	}
	if !slices.Equal(publishers, []string{"harbour", "tokyo"}) {
		t.Errorf("touched are the channels of %q", publishers)
	}
}
