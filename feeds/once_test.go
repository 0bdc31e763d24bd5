package feeds_test

import (
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/internal/sample"
)

// TestASummaryIsNotTheTextAgain: a summary that is all that the text says, or the title, is
// none (RFC 4287 §4.2.13); RSS has it all the same, for who reads nothing else.
func TestASummaryIsNotTheTextAgain(t *testing.T) {
	const summary = "The pool is closed & cold."
	for name, c := range map[string]struct {
		content string
		change  func(*feeds.Entry)
		told    bool
	}{
		"the whole text":               {content: "<p>The pool\nis <b>closed</b></p><p>&amp; cold.</p>"},
		"there is no other text":       {},
		"the text's beginning":         {content: "<p>The pool is closed &amp; cold.</p><p>It opens in May.</p>", told: true},
		"more than the text":           {content: "<p>The pool is closed</p>", told: true},
		"other words than the text":    {content: "<p>The pool is closed and cold.</p>", told: true},
		"a text behind a note":         {content: "<p>The pool is closed &amp; cold.</p>", change: func(e *feeds.Entry) { e.LanguageNote = "This is in English." }, told: true},
		"a text behind a correction":   {content: "<p>The pool is closed &amp; cold.</p>", change: func(e *feeds.Entry) { e.CorrectedNote = "Corrected." }, told: true},
		"the title":                    {content: "<p>It opens in May.</p>", change: func(e *feeds.Entry) { e.Title = summary }},
		"a text that is a picture too": {content: `<p><img src="https://city.example/p.png" alt="The pool">The pool is closed &amp; cold.</p>`},
	} {
		f := sample.Archive()
		e := &f.Entries[0]
		e.LanguageNote, e.Article.Summary, e.Article.Content = "", summary, c.content
		if c.change != nil {
			c.change(e)
		}
		for format, element := range map[feeds.Format]string{
			feeds.RSS: "<description>The pool is closed &amp;amp; cold.<", feeds.Atom: `<summary type="text">The pool is closed &amp; cold.<`, feeds.JSONFeed: `"summary": "The pool is closed & cold."`,
		} {
			told := strings.Contains(string(sample.Render(t, f, format)), element)
			if want := c.told || format == feeds.RSS; told != want {
				t.Errorf("%s, of which the summary is %s, tells it: %t; want %t", format, name, told, want)
			}
		}
	}
}

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
