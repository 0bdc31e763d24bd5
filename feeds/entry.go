package feeds

import (
	"html"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds/internal/value"
)

// id is the entry's id as Atom can have it: an IRI (RFC 4287 §4.2.6). An id that
// is none is represented by the urn of its slug.
func (e *Entry) id() string {
	if value.IsIRI(e.Article.ID) {
		return e.Article.ID
	}
	return "urn:uuid:" + Slug(e.Article.ID)
}

// link is where the entry's title leads: to the publisher's original, else to the
// entry's page on this site. We pass notices on; who wants to know more should
// meet who wrote them.
func (e *Entry) link() string {
	if link := value.WebURI(e.Article.Link); link != "" {
		return link
	}
	return value.WebURI(e.URL)
}

// title is never empty: a notice without a headline is named by its beginning,
// else by who published it.
func (e *Entry) title() string {
	for _, s := range []string{e.Title, e.Article.Title, opening(e.Article.Summary), e.PublisherName} {
		if s = value.Line(s); s != "" {
			return s
		}
	}
	return e.id()
}

// opening returns the first 80 characters of a text.
func opening(s string) string {
	n := 0
	for i := range s {
		if n == 80 {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// published is the article's date, else the record's. It is written in the zone that it
// comes in, which is its publisher's: a date that was given without a time begins a day
// there, and is another day elsewhere.
func (e *Entry) published() time.Time {
	if e.Article.Published.IsZero() {
		return e.changed()
	}
	return e.Article.Published
}

// changed is the record's date, else the best that the article knows, in UTC.
func (e *Entry) changed() time.Time {
	for _, t := range []time.Time{e.Changed, e.Record.Time, e.Article.Updated, e.Article.Published} {
		if !t.IsZero() {
			return t.UTC()
		}
	}
	return epoch
}

// authors are the article's, else its publisher.
func (e *Entry) authors() []Person {
	var authors []Person
	for _, p := range e.Article.Authors {
		if p.Name = value.Line(p.Name); p.Name != "" {
			p.URL = value.WebURI(p.URL)
			if !value.IsEmail(p.Email) {
				p.Email = ""
			}
			authors = append(authors, p)
		}
	}
	if name := value.Line(e.PublisherName); len(authors) == 0 && name != "" {
		authors = []Person{{Name: name, URL: value.WebURI(e.PublisherURL)}}
	}
	return authors
}

// rights is the article's own note, else the attribution where it names a licence;
// and the language of the words.
func (f *Feed) rights(e *Entry) (words, language string) {
	if r := value.Line(e.Article.Rights); r != "" {
		return r, value.LangTag(e.Article.Language)
	}
	if e.LicenseURL != "" {
		return value.Line(e.Attribution), f.Language
	}
	return "", ""
}

// body is the entry as a reader sees it, in HTML: what language it is in, that it
// was corrected, the text or what of it may be shown, related notices, and whose it
// is. Each part says its language and direction, since a feed reader shows it amid
// words of its own.
func (f *Feed) body(e *Entry) string {
	var b strings.Builder
	b.Grow(len(e.Article.Content) + len(e.Article.Summary) + 512)
	open := func(tag, language, direction string) {
		b.WriteString("<" + tag)
		if language := value.LangTag(language); language != "" && language != value.Undetermined {
			b.WriteString(` lang="` + language + `"`)
		}
		if direction == "rtl" || direction == "ltr" {
			b.WriteString(` dir="` + direction + `"`)
		}
		b.WriteString(">")
	}
	note := func(s string) {
		if s = value.Line(s); s != "" {
			open("p", f.Language, f.Direction)
			b.WriteString("<em>" + html.EscapeString(s) + "</em></p>\n")
		}
	}
	note(e.LanguageNote)
	note(e.CorrectedNote)
	content := value.Legal(e.Article.Content)
	if strings.TrimSpace(content) == "" {
		text := value.Line(e.Article.Summary)
		if text == "" {
			text = value.Line(e.Article.Title)
		}
		if text == "" {
			text = e.title()
		}
		content = "<p>" + html.EscapeString(text) + "</p>"
	}
	open("div", e.Article.Language, e.Direction)
	b.WriteString(content)
	b.WriteString("</div>\n")
	if len(e.Related) > 0 {
		if heading := value.Line(e.RelatedTitle); heading != "" {
			open("h2", f.Language, f.Direction)
			b.WriteString(html.EscapeString(heading) + "</h2>\n")
		}
		open("ul", f.Language, f.Direction)
		b.WriteString("\n")
		for _, r := range e.Related {
			b.WriteString("<li>")
			title := html.EscapeString(value.Line(r.Title))
			lang := ""
			if l := value.LangTag(r.Language); l != "" && l != value.Undetermined {
				lang = ` lang="` + l + `"`
			}
			if u := value.WebURI(r.URL); u != "" {
				b.WriteString(`<a href="` + html.EscapeString(u) + `"` + lang + ` dir="auto">` + title + `</a>`)
			} else {
				b.WriteString(`<span` + lang + ` dir="auto">` + title + `</span>`)
			}
			if r.DateText != "" {
				b.WriteString(" <small>" + html.EscapeString(value.Line(r.DateText)) + "</small>")
			}
			b.WriteString("</li>\n")
		}
		b.WriteString("</ul>\n")
	}
	if s := value.Line(e.Attribution); s != "" {
		open("p", f.Language, f.Direction)
		if u := value.WebURI(e.LicenseURL); u != "" {
			b.WriteString(`<small><a rel="license" href="` + html.EscapeString(u) + `">` + html.EscapeString(s) + "</a></small></p>\n")
		} else {
			b.WriteString("<small>" + html.EscapeString(s) + "</small></p>\n")
		}
	}
	return b.String()
}

// versions returns the versions that can be linked.
func (e *Entry) versions() []Version {
	var versions []Version
	for _, v := range e.Versions {
		v.Language, v.URL, v.Link = value.LangTag(v.Language), value.WebURI(v.URL), value.WebURI(v.Link)
		if v.ID != e.Article.ID && (v.URL != "" || v.Link != "") {
			versions = append(versions, v)
		}
	}
	return versions
}

// link is where a version's own entry leads; see [Entry.link].
func (v *Version) link() string {
	if v.Link != "" {
		return v.Link
	}
	return v.URL
}

// page is the version's page on this site, where that is not its link anyway.
func (v *Version) page() string {
	if v.URL == v.link() {
		return ""
	}
	return v.URL
}

// enclosures returns those that can be linked, each with a media type, since every
// format asks for one.
func (e *Entry) enclosures() []Enclosure {
	var enclosures []Enclosure
	for _, x := range e.Article.Enclosures {
		if x.URL = value.WebURI(x.URL); x.URL == "" {
			continue
		}
		if !value.IsMediaType(x.Type) {
			x.Type = "application/octet-stream"
		}
		x.Length = max(x.Length, 0)
		x.Title = value.Line(x.Title)
		enclosures = append(enclosures, x)
	}
	return enclosures
}

// images returns those that can be shown.
func (e *Entry) images() []Image {
	var images []Image
	for _, m := range e.Article.Images {
		if m.URL = value.WebURI(m.URL); m.URL == "" {
			continue
		}
		if !value.IsMediaType(m.Type) {
			m.Type = ""
		}
		m.Alt = value.Line(m.Alt)
		m.Width, m.Height = max(m.Width, 0), max(m.Height, 0)
		images = append(images, m)
	}
	return images
}
