package feed

import (
	"slices"
	"strings"
	"unicode/utf8"

	ext "github.com/mmcdole/gofeed/extensions"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/field"
	"github.com/kairan-news/kairan/internal/parse/html"
	"github.com/kairan-news/kairan/internal/parse/prose"
	"github.com/kairan-news/kairan/internal/plain"
)

// maxMediaDepth is how deep Media RSS's elements may stand in each other.
const maxMediaDepth = 3

// maxAlt is how long a description may be that stands for a picture, in characters: a longer
// one is that of a film.
const maxAlt = 300

// caption is what Media RSS says of a picture or file, in plain text.
type caption struct{ title, description, credit string }

// within returns what is said of what stands among these elements: what they say themselves,
// else what is said around them.
func (c caption) within(elements map[string][]ext.Extension) caption {
	of := caption{firstText(elements["title"]), firstText(elements["description"]), firstText(elements["credit"])}
	if of.title == "" && of.description == "" {
		of.title, of.description = c.title, c.description
	}
	of.credit = prose.FirstOf(of.credit, c.credit)
	return of
}

// firstText returns the first of the elements' texts that says something.
func firstText(elements []ext.Extension) string {
	for _, e := range elements {
		if text := html.Text(unwrapped(e.Value)); text != "" {
			return text
		}
	}
	return ""
}

// alt is the text that stands for a picture.
func (c caption) alt() string {
	if c.description != "" && utf8.RuneCountInString(c.description) <= maxAlt {
		return c.description
	}
	return prose.FirstOf(c.title, plain.Shorten(c.description, maxAlt))
}

// media takes the pictures and files of Media RSS. What describes the entry as a whole is its
// summary, and of none of its pictures.
func (d *draft) media(x extensions) {
	d.mediaIn(x["media"], caption{}, 0)
}

// mediaIn takes the pictures and files among the elements of Media RSS at that depth; around
// is what is said of them around these.
func (d *draft) mediaIn(elements map[string][]ext.Extension, around caption, depth int) {
	around = around.within(elements)
	if around.description != "" && around.description == html.Text(d.summary) {
		around.description = ""
	}
	for _, c := range elements["content"] {
		own := around.within(c.Children)
		d.mediaContent(c.Attrs, own)
		if depth < maxMediaDepth {
			d.thumbnails(c.Children["thumbnail"], own)
		}
	}
	for _, g := range elements["group"] {
		if depth < maxMediaDepth {
			d.mediaIn(g.Children, around, depth+1)
		}
	}
	d.thumbnails(elements["thumbnail"], around)
}

// mediaContent takes a picture or file.
func (d *draft) mediaContent(attrs map[string]string, said caption) {
	link, typ, medium := address.Web(d.base, attrs["url"]), mediaType(attrs["type"]), attrs["medium"]
	if link == "" || isFlash(link, typ) {
		return
	}
	if medium == "image" || strings.HasPrefix(typ, "image/") || typ == "" && medium == "" && isPicture(link) {
		d.images = field.AddImage(d.images, feeds.Image{
			URL: link, Type: typ, Alt: said.alt(), Credit: said.credit, Width: html.Pixels(attrs["width"]), Height: html.Pixels(attrs["height"]),
		})
		return
	}
	duration := durationOf(attrs["duration"])
	i := slices.IndexFunc(d.enclosures, func(e feeds.Enclosure) bool { return address.Web("", e.URL) == link })
	if i < 0 {
		d.enclosures = append(d.enclosures, feeds.Enclosure{
			URL: address.File(d.base, attrs["url"]), Type: typ, Length: byteLength(attrs["fileSize"]),
			Title: prose.FirstOf(said.title, said.description), Duration: duration,
		})
		return
	}
	if d.enclosures[i].Duration == 0 {
		d.enclosures[i].Duration = duration
	}
}

// thumbnails takes the first thumbnail where there is no picture.
func (d *draft) thumbnails(list []ext.Extension, said caption) {
	for _, t := range list {
		if len(d.images) == 0 {
			d.images = field.AddImage(d.images, feeds.Image{
				URL: address.Web(d.base, t.Attrs["url"]), Alt: said.alt(), Credit: said.credit, Width: html.Pixels(t.Attrs["width"]), Height: html.Pixels(t.Attrs["height"]),
			})
		}
	}
}
