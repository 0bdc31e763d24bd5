package wording

import (
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/locales"
)

func TestNamesOfAGlossary(t *testing.T) {
	bundle, err := locales.Load(fstest.MapFS{"glossary.tokyo.toml": {Data: []byte(`
[[department]]
ja = "港湾局"
en-GB = "Bureau of Port and Harbour"
zh-Hans = "港湾局（东京）"
[[place]]
ja = "東京港"
ko = "도쿄항"
`)}})
	if err != nil {
		t.Fatal(err)
	}
	site := &feeds.Site{Locales: []feeds.Locale{
		{Tag: "en", Chain: feeds.Chain{"en", feeds.AnyLanguage}}, {Tag: "ja", Chain: feeds.Chain{"ja", "en"}}, {Tag: "ko", Chain: feeds.Chain{"ko", "en", feeds.AnyLanguage}},
		{Tag: "zh-Hant", Chain: feeds.Chain{"zh-Hant", "zh-Hans", "en"}}, {Tag: "th", Chain: feeds.Chain{"th"}},
	}}
	a := feeds.Article{
		Publisher: "tokyo", Language: "ja",
		Authors: []feeds.Person{{Name: "港湾局"}, {Name: "大田 花子"}}, Terms: []feeds.Term{{Term: "port", Label: "東京港"}, {Term: "東京港"}, {Term: "水"}},
	}
	for locale, want := range map[string]string{
		"en":      "[Bureau of Port and Harbour ] [  ]",
		"ja":      "[ ] [  ]",
		"ko":      "[Bureau of Port and Harbour ] [도쿄항 도쿄항 ]",
		"zh-Hant": "[港湾局（东京） ] [  ]",
		"th":      "[ ] [  ]",
		"fr":      "[ ] [  ]", // which the site has not
	} {
		s := In(locale, site, bundle)
		var authors, terms []string
		for _, p := range s.Authors(a) {
			authors = append(authors, p.Localized)
		}
		for _, term := range s.Terms(a) {
			terms = append(terms, term.Localized)
		}
		if got := fmt.Sprint(authors, terms); got != want {
			t.Errorf("in %s: %s, want %s", locale, got, want)
		}
	}
	if a.Authors[0].Localized != "" || a.Terms[0].Localized != "" {
		t.Error("the article itself was changed")
	}
	a.Publisher = "seoul"
	if got := In("en", site, bundle).Authors(a); got[0].Localized != "" {
		t.Errorf("another publisher's glossary says %q", got[0].Localized)
	}
}
