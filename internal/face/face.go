package face

import (
	"slices"

	"github.com/kairan-news/kairan/feeds"
)

// Face is what a site's pages have of its city's own. The zero value has nothing.
type Face struct {
	Theme Theme `json:"theme,omitzero"`
	// Stylesheet is further CSS, which [CheckStylesheet] has nothing against; "" for none.
	Stylesheet string `json:"stylesheet,omitempty"`
	// Header and Footer are links at the head and the foot of every page.
	Header []Link `json:"header,omitempty"`
	Footer []Link `json:"footer,omitempty"`
	// Pages are the site's own pages, in the order of their names.
	Pages []Page `json:"pages,omitempty"`
	// Contact is where readers tell of a fault: an https or mailto address; "" for none.
	Contact string `json:"contact,omitempty"`
}

// Link is a link at the head or the foot of every page. One of URL, Path and Page is set.
type Link struct {
	// Texts by locale. A locale without one takes the message TextID, and then the title of
	// the page that is linked.
	Texts  map[string]string `json:"texts,omitempty"`
	TextID string            `json:"text_id,omitempty"`
	// URL is an address elsewhere: https, mailto or tel.
	URL string `json:"url,omitempty"`
	// Path is below the site's public address, with a slash at its beginning.
	Path string `json:"path,omitempty"`
	// Page is a page of the site, in the reader's language, by its name.
	Page string `json:"page,omitempty"`
}

// Page is a page of the site's own.
type Page struct {
	// Name stands in its address.
	Name string `json:"name"`
	// Texts are its versions, each in a language of its own, one at least.
	Texts []Text `json:"texts"`
}

// Text is a page in one language.
type Text struct {
	Language string `json:"language"` // a BCP 47 tag
	Title    string `json:"title"`    // plain text
	// Content is sanitized HTML whose headings begin at the second level.
	Content string `json:"content"`
}

// Page returns the page of that name.
func (f *Face) Page(name string) (Page, bool) {
	i := slices.IndexFunc(f.Pages, func(p Page) bool { return p.Name == name })
	if i < 0 {
		return Page{}, false
	}
	return f.Pages[i], true
}

// Best returns the version for readers who accept a chain of languages: the best of it, else
// that in a language which all get where they get nothing else, else the first.
func (p Page) Best(chain feeds.Chain, otherwise string) Text {
	tags := make([]string, len(p.Texts))
	for i, t := range p.Texts {
		tags[i] = t.Language
	}
	for _, accepted := range []feeds.Chain{chain.Named(), {otherwise}} {
		if tag := accepted.Best(tags); tag != "" {
			return p.Texts[slices.Index(tags, tag)]
		}
	}
	return p.Texts[0]
}
