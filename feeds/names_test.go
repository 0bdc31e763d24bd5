package feeds_test

import (
	"encoding/json"
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/internal/sample"
)

// whose is whose an entry is, as a document tells it.
type whose struct {
	feedAuthors []string
	authors     []string
	publisher   string
	source      string
}

// whoseIs reads whose the first entry of a document is.
func whoseIs(t *testing.T, format feeds.Format, doc []byte) (w whose) {
	t.Helper()
	type named struct {
		Name string `xml:"name" json:"name"`
	}
	names := func(all []named) (n []string) {
		for _, p := range all {
			n = append(n, p.Name)
		}
		return n
	}
	var err error
	switch format {
	case feeds.RSS:
		var f struct {
			Items []struct {
				Creators  []string `xml:"http://purl.org/dc/elements/1.1/ creator"`
				Publisher string   `xml:"http://purl.org/dc/elements/1.1/ publisher"`
				Sources   []string `xml:"source"` // RSS's own, and ours behind it
			} `xml:"channel>item"`
		}
		err = xml.Unmarshal(doc, &f)
		w = whose{authors: f.Items[0].Creators, publisher: f.Items[0].Publisher, source: f.Items[0].Sources[0]}
	case feeds.Atom:
		var f struct {
			Authors []named `xml:"author"`
			Entries []struct {
				Authors []named `xml:"author"`
				Source  struct {
					Title  string `xml:"title"`
					Author named  `xml:"author"`
				} `xml:"source"`
			} `xml:"entry"`
		}
		err = xml.Unmarshal(doc, &f)
		e := f.Entries[0]
		w = whose{names(f.Authors), names(e.Authors), e.Source.Author.Name, e.Source.Title}
	case feeds.JSONFeed:
		var f struct {
			Authors []named
			Items   []struct {
				Authors []named
				Kairan  struct {
					Publisher named
					Source    struct{ Title string }
				} `json:"_kairan"`
			}
		}
		err = json.Unmarshal(doc, &f)
		i := f.Items[0]
		w = whose{names(f.Authors), names(i.Authors), i.Kairan.Publisher.Name, i.Kairan.Source.Title}
	}
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestWhoseANoticeIs proves that each format names all authors, the publisher and the
// source, and that no reader takes the site for an author of others' notices: JSON Feed's
// "top-level authors, if present, are the authors of the item" without any.
func TestWhoseANoticeIs(t *testing.T) {
	two := []string{"Press Office", "Ms. Ōta"}
	site := map[feeds.Format][]string{feeds.Atom: {"Sample City News"}} // which asks for one
	for name, c := range map[string]struct {
		change func(*feeds.Entry)
		want   whose
		inAtom string // the publisher as the source's author, where nothing else tells it
	}{
		"two authors":                  {func(*feeds.Entry) {}, whose{authors: two, publisher: "Sample City", source: "City News"}, "Sample City"},
		"none but the publisher":       {func(e *feeds.Entry) { e.Article.Authors = nil }, whose{authors: []string{"Sample City"}, publisher: "Sample City", source: "City News"}, ""},
		"a source without a title":     {func(e *feeds.Entry) { e.Source.Title = "" }, whose{authors: two, publisher: "Sample City", source: "Sample City"}, ""},
		"nobody that anybody knows of": {func(e *feeds.Entry) { e.Article.Authors, e.PublisherName = nil, "" }, whose{source: "City News"}, ""},
	} {
		for _, format := range feeds.Formats() {
			f := sample.Feed()
			f.SiteTitle = "Sample City News"
			c.change(&f.Entries[0])
			want := c.want
			want.feedAuthors = site[format]
			if format == feeds.Atom {
				want.publisher = c.inAtom
			}
			got := whoseIs(t, format, sample.Render(t, f, format))
			if !slices.Equal(got.feedAuthors, want.feedAuthors) || !slices.Equal(got.authors, want.authors) || got.publisher != want.publisher || got.source != want.source {
				t.Errorf("%s, as %s: %+v; want %+v", name, format, got, want)
			}
		}
	}
}

// TestEachThingIsSaidOnce proves that an entry says once what its formats have several
// places for, that what stands in the content can be taken off by its class, and that what is
// told there in the reader's words is data as well.
func TestEachThingIsSaidOnce(t *testing.T) {
	f := sample.Feed()
	f.Entries = f.Entries[:1]
	e := &f.Entries[0]
	for _, format := range feeds.Formats() {
		doc := string(sample.Render(t, f, format))
		for what, text := range map[string]string{
			"a version": e.Versions[0].Link, "a version's title": e.Versions[0].Title, "a second version in a language": e.Versions[2].URL,
			"the attribution": "Source: Sample City, CC BY 4.0", "the page": e.URL, "a related notice": e.Related[2].Title,
		} {
			if n := strings.Count(doc, text); n != 1 {
				t.Errorf("%s says %s %d times", format, what, n)
			}
		}
		for what, text := range map[string]string{
			"the heading over what is related": f.RelatedTitle, "the correction": e.CorrectedNote, "the deed": e.LicenseDeed,
		} {
			if n := strings.Count(doc, text); n != 2 {
				t.Errorf("%s says %s %d times, and not in the content and as data", format, what, n)
			}
		}
		for _, class := range []string{"kairan-note", "kairan-related", "kairan-source"} {
			if n := strings.Count(doc, class); n != 1 {
				t.Errorf("%s has the class %s %d times", format, class, n)
			}
		}
	}
	// An entry that leads to its page has no other.
	e.Article.Link = ""
	for _, format := range feeds.Formats() {
		if doc := string(sample.Render(t, f, format)); strings.Contains(doc, "k:page") || strings.Contains(doc, `"page"`) {
			t.Errorf("%s says the page twice", format)
		}
	}
}
