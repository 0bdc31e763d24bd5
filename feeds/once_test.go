package feeds_test

import (
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/internal/sample"
)

// TestATermOfACategoryIsNotToldAgain: what the source wrote stands there where it says more
// than the category that the entry is in.
func TestATermOfACategoryIsNotToldAgain(t *testing.T) {
	f := sample.Archive()
	f.Entries[0].Article.Terms = []feeds.Term{
		{Term: "living"}, {Term: "Living"}, {Term: "pools"}, {Term: "living", Scheme: "https://city.example/terms"}, {Term: "living", Label: "Homes"},
	}
	for format, wants := range map[feeds.Format][]string{
		feeds.RSS:      {`<k:source-category term="Living"/>`, `<k:source-category term="pools"/>`, `<k:source-category term="living" scheme="https://city.example/terms"/>`, `<k:source-category term="living" label="Homes"/>`},
		feeds.JSONFeed: {`"term": "Living"`, `"term": "pools"`, `"scheme": "https://city.example/terms"`, `"label": "Homes"`},
	} {
		doc := string(sample.Render(t, f, format))
		for _, want := range wants {
			if strings.Count(doc, want) != 1 {
				t.Errorf("%s has not %s once", format, want)
			}
		}
		if strings.Contains(doc, `<k:source-category term="living"/>`) || strings.Count(doc, `"term": "living"`) > 3 {
			t.Errorf("%s tells the category again", format)
		}
	}
}

// TestEachPartOfTheContentHasItsLanguage: the language and the direction of the reader's are
// said once, around all, and those of what is in another within.
func TestEachPartOfTheContentHasItsLanguage(t *testing.T) {
	for _, c := range []struct{ language, direction, want string }{
		{"en", "ltr", `<div lang="en" dir="ltr"><p>Text</p>`},
		{"ja", "ltr", `<div lang="en" dir="ltr"><div lang="ja" dir="ltr"><p>Text</p></div>`},
		{"ar", "rtl", `<div lang="en" dir="ltr"><div lang="ar" dir="rtl"><p>Text</p></div>`},
		{"und", "", `<div lang="en" dir="ltr"><div lang="" dir="auto"><p>Text</p></div>`},
	} {
		f := sample.Archive()
		e := &f.Entries[0]
		e.LanguageNote, e.Article.Content, e.Article.Language, e.Direction = "", "<p>Text</p>", c.language, c.direction
		e.Related = []feeds.RelatedLink{{Title: "One", Language: "en"}, {Title: "Two", Language: "ar"}, {Title: "Three"}}
		doc := string(sample.Render(t, f, feeds.Atom))
		for _, want := range []string{c.want, "<span>One</span>", `<span lang="ar" dir="auto">Two</span>`, `<span lang="" dir="auto">Three</span>`} {
			if !strings.Contains(doc, want) {
				t.Errorf("a text in %s: there is no %s in\n%s", c.language, want, doc)
			}
		}
	}
}
