package feed

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
)

// TestAnOwnLinkThatStandsTwice proves that a feed whose entries have their own link
// first, without type and language, and again last, with both, is read as one that has
// it once.
func TestAnOwnLinkThatStandsTwice(t *testing.T) {
	const bare, own = `<link rel="alternate" href="/n/1"/>`, `<link rel="alternate" type="text/html" hreflang="en-GB" href="/n/1"/>`
	const versions = `<link rel="alternate" type="text/html" hreflang="ja" href="/ja/n/1"/><link rel="alternate" type="text/html" hreflang="zh-Hant" href="/tc/n/1"/>`
	both := []feeds.Alternate{{Language: "ja", Link: "https://city.example/ja/n/1"}, {Language: "zh-Hant", Link: "https://city.example/tc/n/1"}}
	for _, c := range []struct {
		name, language, links string
		want                  []feeds.Alternate
	}{
		{"once, as it was formerly", "en-GB", own + versions, both},
		{"first and last", "en-GB", bare + versions + own, both},
		{"first and last, amid other links", "en-GB", bare + versions + `<link rel="related" href="/n/2"/><link rel="license" href="https://licence.example/"/>` + own, both},
		{"first and last, its language in another spelling", "EN-gb", bare + versions + own, both},
		{"first and last, without versions", "en-GB", bare + own, nil},
		{"of an undetermined language", "", bare + `<link rel="alternate" type="text/html" href="/n/1"/>`, nil},
	} {
		f, err := Parse([]byte(`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><id>urn:x:feed</id><title>City</title><updated>2026-03-01T00:00:00Z</updated>
<link rel="alternate" href="/fr/"/><link rel="self" href="/fr/all.atom"/>
<link rel="alternate" type="application/atom+xml" hreflang="en-GB" href="/en/all.atom"/><link rel="alternate" type="text/html" hreflang="en-GB" href="/en/"/>
<link rel="alternate" type="text/html" hreflang="fr" href="/fr/"/>
<entry xml:lang="`+c.language+`"><id>urn:x:1</id><title>The bridge is open</title><updated>2026-03-01T00:00:00Z</updated>`+c.links+`</entry></feed>`),
			parse.Options{BaseURL: "https://city.example/fr/all.atom"})
		if err != nil || len(f.Articles) != 1 {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if f.Link != "https://city.example/fr/" {
			t.Errorf("%s: the feed's page is %s", c.name, f.Link)
		}
		a := f.Articles[0]
		if a.Link != "https://city.example/n/1" {
			t.Errorf("%s: the entry's page is %s", c.name, a.Link)
		}
		if d := cmp.Diff(c.want, a.Alternates); d != "" {
			t.Errorf("%s: versions (-want +got)\n%s", c.name, d)
		}
	}
}
