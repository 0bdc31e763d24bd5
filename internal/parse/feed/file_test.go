package feed

import (
	"testing"

	"github.com/kairan-news/kairan/internal/parse"
)

// The address of a file is whole in all formats: its publisher counts by it who listens. That
// of a picture beside it is not.
func TestAddressesOfFiles(t *testing.T) {
	const file = "https://town.example/1.mp3?utm_source=feed"
	for name, document := range map[string]string{
		"RSS":   `<rss version="2.0"><channel><title>T</title><item><title>A</title><enclosure url="` + file + `" type="audio/mpeg"/></item></channel></rss>`,
		"media": `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>T</title><item><title>A</title><enclosure url="` + file + `" type="audio/mpeg"/><media:content url="` + file + `" type="audio/mpeg"/></item></channel></rss>`,
		"Atom":  `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><id>1</id><title>A</title><link rel="enclosure" href="` + file + `" type="audio/mpeg"/></entry></feed>`,
		"JSON":  `{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1","title":"A","attachments":[{"url":"` + file + `","mime_type":"audio/mpeg"}]}]}`,
	} {
		f, err := Parse([]byte(document), parse.Options{})
		if err != nil || len(f.Articles) != 1 || len(f.Articles[0].Enclosures) != 1 {
			t.Errorf("%s: %+v, %v", name, f, err)
			continue
		}
		if got := f.Articles[0].Enclosures[0].URL; got != file {
			t.Errorf("%s: %q", name, got)
		}
	}
	f, err := Parse([]byte(`<rss version="2.0"><channel><title>T</title><item><title>A</title><enclosure url="https://town.example/1.jpg?utm_source=feed" type="image/jpeg"/></item></channel></rss>`), parse.Options{})
	if err != nil || len(f.Articles[0].Images) != 1 || f.Articles[0].Images[0].URL != "https://town.example/1.jpg" {
		t.Errorf("a picture: %+v, %v", f.Articles, err)
	}
}
