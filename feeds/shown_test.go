package feeds_test

import (
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/check"
	"github.com/kairan-news/kairan/feeds/internal/sample"
)

// noted is a text with a footnote, as it is stored.
const noted = `<p title="a id=">Bins<sup><a href="#fn1">1</a></sup></p><ol><li id="fn1">Not on holidays.</li></ol>`

func TestPlacesOfAnArticleAreItsOwn(t *testing.T) {
	site := feeds.Site{BaseURL: "https://news.example/base"}
	shown := site.Shown(feeds.Article{ID: "urn:uuid:1", Content: noted}).Content
	_, name, _ := strings.Cut(shown, `<li id="`)
	name, _, _ = strings.Cut(name, `"`)
	if !strings.HasSuffix(name, "-fn1") || !strings.Contains(shown, `href="#`+name+`"`) || !strings.Contains(shown, `title="a id="`) {
		t.Errorf("shown as %s", shown)
	}
	if again := site.Shown(feeds.Article{ID: "urn:uuid:1", Content: shown}).Content; again != shown {
		t.Errorf("a site that mirrors this one shows it as %s, not %s", again, shown)
	}
	if other := site.Shown(feeds.Article{ID: "urn:uuid:2", Content: noted}).Content; strings.Contains(other, `"`+name+`"`) {
		t.Errorf("two articles have the place %s", name)
	}
	const plain = `<p>A <a href="https://city.example/#a">link</a> = "#1".</p>`
	if got := site.Shown(feeds.Article{Content: plain}).Content; got != plain {
		t.Errorf("%s became %s", plain, got)
	}
}

func TestFilesOfAnArticleHaveWholeAddresses(t *testing.T) {
	path := feeds.FilePath(feeds.FileDigest([]byte("map")), "Übersicht 1.png")
	a := feeds.Article{
		Content:    `<p><img src="` + path + `" alt="/f/"> <a href="` + path + `">="/f/</a></p>`,
		Images:     []feeds.Image{{URL: path}, {URL: "https://city.example/f/1"}},
		Enclosures: []feeds.Enclosure{{URL: path}},
	}
	if got := feeds.FilesShown(&a); len(got) != 1 || got[0] != path {
		t.Errorf("files %v", got)
	}
	site := feeds.Site{BaseURL: "https://news.example/base"}
	shown, whole := site.Shown(a), "https://news.example/base"+path
	if want := `<p><img src="` + whole + `" alt="/f/"> <a href="` + whole + `">="/f/</a></p>`; shown.Content != want {
		t.Errorf("content %s, want %s", shown.Content, want)
	}
	if shown.Images[0].URL != whole || shown.Images[1].URL != "https://city.example/f/1" || shown.Enclosures[0].URL != whole {
		t.Errorf("images %v, enclosures %v", shown.Images, shown.Enclosures)
	}
	if a.Images[0].URL != path {
		t.Error("what is stored was changed")
	}
}

func TestLinksWithinAnEntryHaveItsPageAsTheirBase(t *testing.T) {
	f := sample.Feed()
	site := feeds.Site{BaseURL: "https://news.example"}
	f.Entries = f.Entries[:2]
	f.Entries[0].Article.Content = noted
	f.Entries[0].Article = site.Shown(f.Entries[0].Article)
	base := ` xml:base="` + f.Entries[0].URL + `"`
	for format, want := range map[feeds.Format]int{feeds.RSS: 1, feeds.Atom: 1, feeds.JSONFeed: 0} {
		doc := sample.Render(t, f, format)
		if err := check.Document(format, doc); err != nil {
			t.Errorf("%s: %v", format, err)
		}
		if n := strings.Count(string(doc), base); n != want {
			t.Errorf("%s: %d times%s, want %d\n%s", format, n, base, want, doc)
		}
	}
}

func TestAPlaceAndAPageElsewhereArePublished(t *testing.T) {
	f := sample.Feed()
	f.Entries = f.Entries[:2]
	f.Entries[0].Article.Point, f.Entries[0].Article.External = feeds.Point{Lat: 35.6895, Long: -0.5}, "https://museum.example/"
	f.Entries[1].Article.Point = feeds.Point{Lat: 135}
	for format, wants := range map[feeds.Format][]string{
		feeds.RSS:      {`<georss:point xmlns:georss="http://www.georss.org/georss">35.6895 -0.5</georss:point>`},
		feeds.Atom:     {`<georss:point xmlns:georss="http://www.georss.org/georss">35.6895 -0.5</georss:point>`, `<link rel="related" href="https://museum.example/"/>`},
		feeds.JSONFeed: {`"lat": 35.6895`, `"long": -0.5`, `"external_url": "https://museum.example/"`},
	} {
		doc := string(sample.Render(t, f, format))
		if err := check.Document(format, []byte(doc)); err != nil {
			t.Errorf("%s: %v", format, err)
		}
		for _, want := range wants {
			if strings.Count(doc, want) != 1 {
				t.Errorf("%s has not %s once", format, want)
			}
		}
		if strings.Contains(doc, "135") {
			t.Errorf("%s has a place that is none", format)
		}
	}
	wrong := strings.Replace(string(sample.Render(t, f, feeds.Atom)), "35.6895 -0.5<", "135.6895 -0.5<", 1)
	if check.Document(feeds.Atom, []byte(wrong)) == nil {
		t.Error("a place that is none passes the check")
	}
}
