package wording

import (
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/locales"
)

func TestSelections(t *testing.T) {
	bundle, err := locales.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	site := &feeds.Site{
		Locales:    []feeds.Locale{{Tag: "en", Chain: feeds.Chain{"en"}}, {Tag: "ja", Chain: feeds.Chain{"ja"}}, {Tag: "ar", Chain: feeds.Chain{"ar"}}, {Tag: "fr", Chain: feeds.Chain{"fr"}}},
		Categories: []feeds.Category{{Term: "culture"}, {Term: "tourism"}, {Term: "sports"}},
		Publishers: []feeds.Publisher{{Key: "seoul", NameID: "publisher.seoul"}},
		Titles:     map[string]string{"en": "City News", "ja": "街のニュース", "ar": "أخبار", "fr": "Actualités"},
	}
	for _, test := range []struct {
		picked feeds.Selection
		want   string
	}{
		{feeds.Selection{Locale: "en", Words: "harbour"}, "Search: harbour – City News"},
		{feeds.Selection{Locale: "en", Topics: []string{"culture", "sports", "tourism"}, Cities: []string{"seoul"}}, "Culture, Sports, and Tourism · Seoul Metropolitan Government – City News"},
		{feeds.Selection{Locale: "ja", Words: "港", Topics: []string{"culture", "tourism"}}, "検索：港 · 文化、観光｜街のニュース"},
		{feeds.Selection{Locale: "fr", Words: "port"}, "Recherche\u00a0: port – Actualités"},
		{feeds.Selection{Locale: "ar", Words: "port"}, "\u2068بحث: \u2068port\u2069\u2069 – أخبار"},
	} {
		s := In(test.picked.Locale, site, bundle)
		if got := s.SelectionTitle(test.picked); got != test.want {
			t.Errorf("%s is called %q, want %q", test.picked.PagePath(), got, test.want)
		}
		if got := s.SelectionDescription(test.picked); got == "search.description" || got == "" {
			t.Errorf("%s is described as %q", test.picked.PagePath(), got)
		}
	}
}
