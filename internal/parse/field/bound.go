package field

import (
	stdhtml "html"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse/html"
	"github.com/kairan-news/kairan/internal/plain"
)

const (
	maxTitle   = 1000      // characters of a title
	maxLabel   = 200       // characters of an author's name and of a term
	maxContent = 256 << 10 // bytes of a text
)

// Bound cuts what is longer than an article may be, since it is part of every document that
// its channel has: a title of megabytes would be loaded by every reader of the city. Behind a
// text that was cut stands a link to the whole.
func Bound(a *feeds.Article) {
	a.Title = plain.Bound(a.Title, maxTitle)
	for i := range a.Authors {
		a.Authors[i].Name = plain.Bound(a.Authors[i].Name, maxLabel)
	}
	for i := range a.Terms {
		t := &a.Terms[i]
		t.Term, t.Label = plain.Bound(t.Term, maxLabel), plain.Bound(t.Label, maxLabel)
	}
	for i := range a.Images {
		p := &a.Images[i]
		p.Alt, p.Credit = plain.Bound(p.Alt, maxTitle), plain.Bound(p.Credit, maxLabel)
	}
	if len(a.Content) <= maxContent {
		return
	}
	a.Content = html.Cut(a.Content, maxContent)
	a.Dropped = a.Dropped.Plus(feeds.Dropped{feeds.DroppedEnd: 1})
	if a.Link != "" {
		link := stdhtml.EscapeString(a.Link)
		a.Content += `<p>… <a href="` + link + `">` + link + `</a></p>`
	}
}
