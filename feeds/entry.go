package feeds

import (
	"html"
	"strings"
	"time"
)

// id is the entry's id as Atom can have it: an IRI (RFC 4287 §4.2.6). An id that
// is none is represented by the urn of its slug.
func (e *Entry) id() string {
	if isIRI(e.Article.ID) {
		return e.Article.ID
	}
	return "urn:uuid:" + Slug(e.Article.ID)
}

// link is where the entry's title leads: to the publisher's original, else to the
// entry's page on this site. We pass notices on; who wants to know more should
// meet who wrote them.
func (e *Entry) link() string {
	if link := webURI(e.Article.Link); link != "" {
		return link
	}
	return webURI(e.URL)
}

// title is never empty: a notice without a headline is named by its beginning,
// else by who published it.
func (e *Entry) title() string {
	for _, s := range []string{e.Title, e.Article.Title, opening(e.Article.Summary), e.PublisherName} {
		if s = line(s); s != "" {
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
		if p.Name = line(p.Name); p.Name != "" {
			p.URL = webURI(p.URL)
			if !isEmail(p.Email) {
				p.Email = ""
			}
			authors = append(authors, p)
		}
	}
	if name := line(e.PublisherName); len(authors) == 0 && name != "" {
		authors = []Person{{Name: name, URL: webURI(e.PublisherURL)}}
	}
	return authors
}

// rights is the article's own note, else the attribution where it names a licence;
// and the language of the words.
func (f *Feed) rights(e *Entry) (words, language string) {
	if r := line(e.Article.Rights); r != "" {
		return r, langTag(e.Article.Language)
	}
	if e.LicenseURL != "" {
		return line(e.Attribution), f.Language
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
		if language := langTag(language); language != "" && language != undetermined {
			b.WriteString(` lang="` + language + `"`)
		}
		if direction == "rtl" || direction == "ltr" {
			b.WriteString(` dir="` + direction + `"`)
		}
		b.WriteString(">")
	}
	note := func(s string) {
		if s = line(s); s != "" {
			open("p", f.Language, f.Direction)
			b.WriteString("<em>" + html.EscapeString(s) + "</em></p>\n")
		}
	}
	note(e.LanguageNote)
	note(e.CorrectedNote)
	content := legal(e.Article.Content)
	if strings.TrimSpace(content) == "" {
		text := line(e.Article.Summary)
		if text == "" {
			text = line(e.Article.Title)
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
		if heading := line(e.RelatedTitle); heading != "" {
			open("h2", f.Language, f.Direction)
			b.WriteString(html.EscapeString(heading) + "</h2>\n")
		}
		open("ul", f.Language, f.Direction)
		b.WriteString("\n")
		for _, r := range e.Related {
			b.WriteString("<li>")
			title := html.EscapeString(line(r.Title))
			lang := ""
			if l := langTag(r.Language); l != "" && l != undetermined {
				lang = ` lang="` + l + `"`
			}
			if u := webURI(r.URL); u != "" {
				b.WriteString(`<a href="` + html.EscapeString(u) + `"` + lang + ` dir="auto">` + title + `</a>`)
			} else {
				b.WriteString(`<span` + lang + ` dir="auto">` + title + `</span>`)
			}
			if r.DateText != "" {
				b.WriteString(" <small>" + html.EscapeString(line(r.DateText)) + "</small>")
			}
			b.WriteString("</li>\n")
		}
		b.WriteString("</ul>\n")
	}
	if s := line(e.Attribution); s != "" {
		open("p", f.Language, f.Direction)
		if u := webURI(e.LicenseURL); u != "" {
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
		v.Language, v.URL, v.Link = langTag(v.Language), webURI(v.URL), webURI(v.Link)
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
		if x.URL = webURI(x.URL); x.URL == "" {
			continue
		}
		if !isMediaType(x.Type) {
			x.Type = "application/octet-stream"
		}
		x.Length = max(x.Length, 0)
		x.Title = line(x.Title)
		enclosures = append(enclosures, x)
	}
	return enclosures
}

// images returns those that can be shown.
func (e *Entry) images() []Image {
	var images []Image
	for _, m := range e.Article.Images {
		if m.URL = webURI(m.URL); m.URL == "" {
			continue
		}
		if !isMediaType(m.Type) {
			m.Type = ""
		}
		m.Alt = line(m.Alt)
		m.Width, m.Height = max(m.Width, 0), max(m.Height, 0)
		images = append(images, m)
	}
	return images
}
