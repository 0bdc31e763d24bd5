package config

import (
	"slices"
	"strings"
	"testing"
)

func TestFormerNames(t *testing.T) {
	const file = `site: {id: s, url: "https://news.example"}
categories:
  - {term: living, labels: Living, formerly: [daily-life, welfare]}
  - {term: culture, labels: Culture%s}
publishers:
  - {key: town, name: Town, time_zone: Europe/Amsterdam, language: nl, formerly: [city]}
  - {key: other, name: Other, time_zone: Europe/Amsterdam, language: nl%s}
sources: []
`
	fill := func(category, publisher string) []byte {
		return []byte(strings.Replace(strings.Replace(file, "%s", category, 1), "%s", publisher, 1))
	}
	c, err := Parse("kairan.yaml", fill("", ", formerly: [daily-life]"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Site.Categories[0].Formerly; !slices.Equal(got, []string{"daily-life", "welfare"}) {
		t.Errorf("formerly %q", got)
	}
	if got := c.Site.Publishers[0].Formerly; !slices.Equal(got, []string{"city"}) {
		t.Errorf("formerly %q", got)
	}
	for _, test := range []struct{ remark, category, publisher, want string }{
		{"a term that there is", ", formerly: [living]", "", `the category "living" is there twice, first on line 3`},
		{"its own term", ", formerly: [culture]", "", `the category "culture" is there twice`},
		{"a former term of another", ", formerly: [welfare]", "", `the category "welfare" is there twice, first on line 3`},
		{"a word of the site's", ", formerly: [only]", "", `is an address of the site itself`},
		{"a publisher that there is", "", ", formerly: [town]", `the publisher "town" is there twice`},
		{"no name at all", "", `, formerly: ["The City"]`, `"The City"`},
	} {
		if _, err := Parse("kairan.yaml", fill(test.category, test.publisher), nil); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: the error is %v; want %q", test.remark, err, test.want)
		}
	}
}
