package feeds_test

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/internal/sample"
)

// linked is an element with links in Atom's namespace.
type linked struct {
	Links []struct {
		Rel      string `xml:"rel,attr"`
		Type     string `xml:"type,attr"`
		Hreflang string `xml:"hreflang,attr"`
		Href     string `xml:"href,attr"`
	} `xml:"http://www.w3.org/2005/Atom link"`
}

// TestTheOwnLinkIsTheFirstAndTheLast proves that a reader is led to an entry's own
// page, and to the feed's, whether it takes the first alternate or the last, and that no
// two are alike.
func TestTheOwnLinkIsTheFirstAndTheLast(t *testing.T) {
	for name, f := range map[string]feeds.Feed{"full": sample.Feed(), "empty": sample.Empty(), "archive": sample.Archive(), "hostile": sample.Hostile()} {
		var atom struct {
			linked
			Lang    string `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
			Entries []struct {
				linked
				Lang string `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
			} `xml:"entry"`
		}
		if err := xml.Unmarshal(sample.Render(t, f, feeds.Atom), &atom); err != nil {
			t.Fatal(err)
		}
		expectOwnLink(t, name+".atom", atom.linked, f.HomeURL, f.Language)
		if first := atom.Links[0]; first.Href != f.HomeURL {
			t.Errorf("%s.atom: the first link of all leads to %s", name, first.Href)
		}
		for i := range f.Entries {
			e := &f.Entries[i]
			expectOwnLink(t, name+".atom: "+e.AsID(), atom.Entries[i].linked, e.AsLink(), atom.Entries[i].Lang)
		}

		var rss struct {
			Channel linked `xml:"channel"`
		}
		if err := xml.Unmarshal(sample.Render(t, f, feeds.RSS), &rss); err != nil {
			t.Fatal(err)
		}
		expectOwnLink(t, name+".rss", rss.Channel, f.HomeURL, f.Language)
		if first := rss.Channel.Links[0]; first.Rel != "self" {
			t.Errorf("%s.rss: the first link is of rel %s; want self", name, first.Rel)
		}
	}
}

func expectOwnLink(t *testing.T, what string, e linked, own, language string) {
	t.Helper()
	type kind struct{ mediaType, language string }
	kinds := map[kind]bool{}
	var all []string
	var last kind
	for _, l := range e.Links {
		if l.Rel != "alternate" {
			continue
		}
		last = kind{mediaType: l.Type, language: l.Hreflang}
		if kinds[last] {
			t.Errorf("%s: two alternates of type %q and language %q", what, l.Type, l.Hreflang)
		}
		if len(all) == 0 && last != (kind{}) {
			t.Errorf("%s: the first alternate is of type %q and language %q", what, l.Type, l.Hreflang)
		}
		kinds[last] = true
		all = append(all, l.Href)
	}
	switch {
	case own == "":
		if len(all) > 0 {
			t.Errorf("%s: it leads nowhere, and has the alternates %q", what, all)
		}
	case len(all) < 2 || all[0] != own || all[len(all)-1] != own:
		t.Errorf("%s: the alternates are %q; want the first and the last to be %s", what, all, own)
	case last != kind{mediaType: "text/html", language: language}:
		t.Errorf("%s: the last alternate is of type %q and language %q; want text/html and %q", what, last.mediaType, last.language, language)
	}
}

// TestAnEntryThatLeadsNowhereLeadsToNoVersion proves that no reader opens a version in
// another language for an entry that has no page, and that machines learn of it still.
func TestAnEntryThatLeadsNowhereLeadsToNoVersion(t *testing.T) {
	f := sample.Feed()
	e := f.Entries[1]
	e.URL, e.Versions = "", []feeds.Version{{ID: "urn:x:fr", Language: "fr", URL: "https://news.example/fr/n/1"}}
	f.Entries = []feeds.Entry{e}
	_, entry, _ := strings.Cut(string(sample.Render(t, f, feeds.Atom)), "<entry")
	if strings.Contains(entry, `rel="alternate"`) || !strings.Contains(entry, `<k:version id="urn:x:fr" hreflang="fr" href="https://news.example/fr/n/1"/>`) {
		t.Error(entry)
	}
}
