package feeds_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
)

func selecting() *feeds.Site {
	return &feeds.Site{
		ID: "test", BaseURL: "https://news.example/city", Locales: []feeds.Locale{{Tag: "en"}, {Tag: "ja"}},
		Categories: []feeds.Category{{Term: "tourism"}, {Term: "culture", Formerly: []string{"arts", "art"}}},
		Publishers: []feeds.Publisher{{Key: "seoul"}, {Key: "tokyo", Formerly: []string{"edo"}}},
	}
}

func ExampleSite_Pick() {
	site := &feeds.Site{
		BaseURL: "https://news.example", Locales: []feeds.Locale{{Tag: "en"}},
		Categories: []feeds.Category{{Term: "tourism"}, {Term: "culture", Formerly: []string{"arts"}}}, Publishers: []feeds.Publisher{{Key: "seoul"}},
	}
	picked, err := site.Pick("en", "", []string{"tourism", "arts", "culture"}, []string{"seoul"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(site.SelectionURLs(picked)[feeds.Atom])
	// Output: https://news.example/en/feed.atom?topic=culture,tourism&from=seoul
}

func TestPick(t *testing.T) {
	for _, test := range []struct {
		words, topics, cities, page, remark string
	}{
		{"", "tourism culture", "", "en/feed?topic=culture,tourism", "in order"},
		{"", "art arts culture", "edo tokyo seoul", "en/feed?topic=culture&from=seoul,tokyo", "each once, by its present name"},
		{"drill flood", "", "", "en/search?q=drill+flood", "words"},
		{"東京 & more", "tourism", "seoul", "en/search?q=%E6%9D%B1%E4%BA%AC+%26+more&topic=tourism&from=seoul", "of any script"},
	} {
		p, err := selecting().Pick("en", test.words, strings.Fields(test.topics), strings.Fields(test.cities))
		if err != nil || p.PagePath() != test.page {
			t.Errorf("%q, %q, %q is %s, %v; want %s: %s", test.words, test.topics, test.cities, p.PagePath(), err, test.page, test.remark)
		}
		if p.IsSearch() != (test.words != "") || p.IsEmpty() {
			t.Errorf("%s: a search %v, empty %v", test.page, p.IsSearch(), p.IsEmpty())
		}
	}
	_, err := selecting().Pick("en", "", []string{"culture", "weather", "Culture"}, []string{"atlantis"})
	missing, ok := errors.AsType[*feeds.NoSuchPicks](err)
	if !ok || !slices.Equal(missing.Topics, []string{"weather", "Culture"}) || !slices.Equal(missing.Cities, []string{"atlantis"}) {
		t.Errorf("what there is not: %v", err)
	}
}

// An id stays when a topic or a city gets another name, whatever becomes of their order, and
// when the site moves.
func TestSelectionID(t *testing.T) {
	site := selecting()
	id := func(locale, words string, topics, cities []string) string {
		t.Helper()
		p, err := site.Pick(locale, words, topics, cities)
		if err != nil {
			t.Fatal(err)
		}
		return site.SelectionID(p)
	}
	before := id("en", "", []string{"culture", "tourism"}, []string{"tokyo", "seoul"})
	ids := []string{
		before, id("ja", "", []string{"culture", "tourism"}, []string{"tokyo", "seoul"}), id("en", "x", []string{"culture", "tourism"}, []string{"tokyo", "seoul"}),
		id("en", "", []string{"culture"}, []string{"tokyo", "seoul"}), id("en", "", []string{"culture"}, nil), id("en", "", nil, []string{"tokyo"}), id("en", "culture", nil, nil),
	}
	for i, a := range ids {
		if slices.Contains(ids[:i], a) {
			t.Errorf("the %d. has the id of another", i+1)
		}
	}
	site.BaseURL = "https://elsewhere.example"
	site.Categories[1] = feeds.Category{Term: "zest", Formerly: []string{"arts", "art", "culture"}}
	if now := id("en", "", []string{"zest", "tourism"}, []string{"edo", "seoul"}); now != before {
		t.Errorf("the id is %s, and was %s", now, before)
	}
}
