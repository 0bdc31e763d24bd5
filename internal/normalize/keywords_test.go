package normalize_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/normalize"
)

func TestKeywords(t *testing.T) {
	words := map[string]map[string][]string{
		"en": {
			"category.disaster-prevention": {"Disaster Prevention", "Fire", "Bush Fire", "Flood"},
			"category.infrastructure":      {"Infrastructure", "Traffic", "Roads"},
			"category.culture":             {"Culture", "Museums", "Parks"},
			"category.urban-development":   {"Parks"},
		},
		"ja": {"category.infrastructure": {"交通", "公共交通", "税"}, "category.culture": {"文化", "美術館"}},
		"th": {"category.culture": {"วัฒนธรรม"}},
	}
	labels := map[string][]string{}
	for _, locale := range words {
		for id, some := range locale {
			labels[id] = append(labels[id], some...)
		}
	}
	mapper := normalize.NewMapper([]feeds.Category{
		{Term: "disaster-prevention"}, {Term: "infrastructure"}, {Term: "urban-development"},
		{Term: "culture", Labels: map[string]string{"nl": "Kunst"}},
	}, labels, map[string]map[string][]string{"en": words["en"], "ja": words["ja"], "th": words["th"], "nl": {}})
	for _, test := range []struct {
		remark                   string
		language, title, summary string
		want                     string
	}{
		{"a word of the title", "en", "New traffic signals in the harbour", "", "infrastructure"},
		{"whole words only", "en", "Fireworks and trafficking", "", ""},
		{"a word of the summary is too little", "en", "A message", "It is about roads.", ""},
		{"two words of the summary are enough", "en", "A message", "It is about roads and traffic.", "infrastructure"},
		{"the category that scores best", "en", "Museums reopen after the flood", "They show how culture was saved.", "culture"},
		{"two that score the same: neither", "en", "Museums reopen after the flood", "", ""},
		{"a longer word hides the one within it", "en", "Bush fire near the museums: culture festival is off", "", "culture"},
		{"a word that two categories share is no word", "en", "Parks", "", ""},
		{"anywhere in a script without spaces", "ja", "都営バスの公共交通案内", "", "infrastructure"},
		{"a single character is too little there", "ja", "税関の見学", "", ""},
		{"Thai", "th", "งานวัฒนธรรมประจำปี", "", "culture"},
		{"the words of another language do not count", "ja", "Traffic in Tokyo", "", ""},
		{"a region's words are its language's", "en-GB", "Traffic in London", "", "infrastructure"},
		{"the configuration's own label", "nl", "Kunst in de stad", "", "culture"},
		{"a language without words", "de", "Traffic", "", ""},
		{"an undetermined language", "und", "Traffic", "", ""},
	} {
		t.Run(test.remark, func(t *testing.T) {
			a := feeds.Article{Language: test.language, Title: test.title, Summary: test.summary}
			got := mapper.Place(a, feeds.Source{DefaultCategories: []string{"default"}})
			want := test.want
			if want == "" {
				want = "default"
			}
			if !cmp.Equal(got.Categories, []string{want}) || got.ByDefault != (test.want == "") {
				t.Errorf("placed in %q, by default %v, want %q", got.Categories, got.ByDefault, want)
			}
		})
	}
	a := feeds.Article{Language: "en", Title: "Traffic", Terms: []feeds.Term{{Term: "Museums"}}}
	if got := mapper.Place(a, feeds.Source{}).Categories; !cmp.Equal(got, []string{"culture"}) {
		t.Errorf("what the source says goes before its words: %q", got)
	}
	a.Terms = nil
	if got := mapper.Place(a, feeds.Source{NoKeywords: true}); got.Categories != nil || got.ByDefault {
		t.Errorf("a source that wants no keywords: %+v", got)
	}
}

func TestEditionsByAddress(t *testing.T) {
	c := normalize.Context{
		Source: feeds.Source{EditionURLs: map[string]string{"/en/": "en", "/ja/": "ja", "lang=ko": "ko", "//th.city.example/": "th"}},
		Mapper: normalize.NewMapper(nil, nil, nil),
	}
	one := func(a feeds.Article) feeds.Article { return normalize.Articles([]feeds.Article{a}, c).Articles[0] }
	en := one(feeds.Article{Link: "https://city.example/en/news/7"})
	ja := one(feeds.Article{Link: "http://City.example/ja/news/7", Language: "ja"})
	if en.StoryHint == "" || en.StoryHint != ja.StoryHint {
		t.Errorf("the hints are %q and %q", en.StoryHint, ja.StoryHint)
	}
	if en.Language != "en" || ja.Language != "ja" {
		t.Errorf("the languages are %q and %q", en.Language, ja.Language)
	}
	if en.Key != "//city.example/en/news/7" {
		t.Errorf("the key is %q: each version has an identity of its own", en.Key)
	}
	for _, a := range []feeds.Article{
		{Link: "https://city.example/en/news/8"},
		{Link: "https://other.example/en/news/7"},
		{Link: "https://city.example/news/7"},
		{},
	} {
		if hint := one(a).StoryHint; hint == en.StoryHint {
			t.Errorf("%s has the same hint %q", a.Link, hint)
		}
	}
	if a := one(feeds.Article{Link: "https://city.example/n?id=7&lang=ko", Language: "nl"}); a.Language != "nl" {
		t.Errorf("an article that tells its language is in %q", a.Language)
	}
	if a := one(feeds.Article{Link: "https://city.example/en/7", StoryHint: "own"}); a.StoryHint != "own" {
		t.Errorf("what the source itself knows gave way to %q", a.StoryHint)
	}
}

func TestEditionsBySharedGUID(t *testing.T) {
	groups := normalize.Editions([]*feeds.Source{
		{ID: "en", EditionsOf: "ja"}, {ID: "ja", EditionsOf: "en"}, {ID: "ko", EditionsOf: "en"},
		{ID: "alone"}, {ID: "lost", EditionsOf: "nobody"}, {ID: "self", EditionsOf: "self"},
	})
	if want := map[string]string{"en": "en", "ja": "en", "ko": "en"}; !cmp.Equal(groups, want) {
		t.Errorf("the groups are %v, want %v", groups, want)
	}
	hint := func(source, guid string) string {
		c := normalize.Context{Source: feeds.Source{ID: source}, Edition: groups[source], Mapper: normalize.NewMapper(nil, nil, nil)}
		return normalize.Articles([]feeds.Article{{GUID: guid}}, c).Articles[0].StoryHint
	}
	if a, b := hint("en", "7"), hint("ko", "7"); a == "" || a != b {
		t.Errorf("the hints are %q and %q", a, b)
	}
	if a, b := hint("en", "7"), hint("en", "8"); a == b {
		t.Errorf("two guids have the hint %q", a)
	}
	if hint("alone", "7") != "" || hint("en", "") != "" {
		t.Error("a hint where nothing is shared")
	}
}
