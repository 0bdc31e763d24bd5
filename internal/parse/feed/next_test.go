package feed

import (
	"testing"

	"github.com/kairan-news/kairan/internal/parse"
)

func TestWhereAFeedGoesOn(t *testing.T) {
	const (
		at   = "https://port.example/feed/"
		atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Port</title><id>urn:port</id>`
		rss  = `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Port</title><link>https://port.example/</link>`
		item = `<item><title>Ferry</title><guid>urn:f</guid></item></channel></rss>`
	)
	for name, test := range map[string]struct{ at, in, want string }{
		"Atom without":        {at, atom + `</feed>`, ""},
		"Atom, the next page": {at, atom + `<link rel="self" href="/feed/"/><link rel="next" href="?p=2"/></feed>`, at + "?p=2"},
		"Atom, an archive":    {at, atom + `<link rel="next" href="?p=2"/><link rel="prev-archive" href="/feed/old-7"/></feed>`, at + "old-7"},
		"Atom with a base":    {at, `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://port.example/x/"><title>Port</title><link rel="next" href="y"/></feed>`, "https://port.example/x/y"},
		"Atom, a script":      {at, atom + `<link rel="next" href="javascript:next()"/></feed>`, ""},
		"RSS, the next page":  {at, rss + `<atom:link rel="next" href="https://port.example/feed/2"/>` + item, at + "2"},
		"RSS, an archive":     {at, rss + `<atom:link rel="prev-archive" href="3.xml"/>` + item, at + "3.xml"},
		"RSS of WordPress":    {at, rss + `<generator>https://wordpress.org/?v=6.5.2</generator>` + item, at + "?paged=2"},
		"its second page":     {at + "?cat=4&paged=2", rss + `<generator>https://wordpress.org/?v=6.5.2</generator>` + item, at + "?cat=4&paged=3"},
		"Atom of WordPress":   {at, atom + `<generator uri="https://wordpress.org/" version="6.5">WordPress</generator></feed>`, at + "?paged=2"},
		"RSS of another":      {at, rss + `<generator>Drupal 10</generator>` + item, ""},
		"RSS from nowhere":    {"", rss + `<generator>https://wordpress.org/?v=6.5.2</generator>` + item, ""},
		"JSON":                {at, `{"version":"https://jsonfeed.org/version/1.1","title":"Port","next_url":"https://port.example/feed/2.json","items":[]}`, at + "2.json"},
		"JSON, relative":      {at, `{"version":"https://jsonfeed.org/version/1.1","title":"Port","next_url":"2.json","items":[]}`, at + "2.json"},
		"JSON without":        {at, `{"version":"https://jsonfeed.org/version/1.1","title":"Port","items":[]}`, ""},
	} {
		f, err := Parse([]byte(test.in), parse.Options{BaseURL: test.at})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if f.Next != test.want {
			t.Errorf("%s: it goes on at %q, want %q", name, f.Next, test.want)
		}
	}
}
