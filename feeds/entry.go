package feeds

import (
	"cmp"
	"html"
	"slices"
	"strconv"
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

// ID returns the entry's id, as every format spells it.
func (e *Entry) ID() string { return e.id() }

// link is where the entry's title leads: to the publisher's original, else to the
// entry's page on this site. We pass notices on; who wants to know more should
// meet who wrote them.
func (e *Entry) link() string {
	if link := value.WebURI(e.Article.Link); link != "" {
		return link
	}
	return value.WebURI(e.URL)
}

// page is the entry's page on this site, where that is not its link anyway.
func (e *Entry) page() string {
	if page := value.WebURI(e.URL); page != e.link() {
		return page
	}
	return ""
}

// base is what links to places of the entry itself are resolved against, by readers that
// resolve them: the page on this site, where these places are. "" where there are none.
func (e *Entry) base() string {
	if !linksWithin(e.Article.Content) {
		return ""
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

// modified is when the publisher changed the article last, and not before it was
// published, in UTC.
func (e *Entry) modified() time.Time {
	t := e.Modified
	if published := e.published(); t.Before(published) {
		t = published
	}
	return t.UTC()
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
		if p.Localized = value.Line(p.Localized); p.Localized != "" {
			p.Name = p.Localized
		}
		if p.Name = value.Line(p.Name); p.Name != "" {
			p.URL = value.WebURI(p.URL)
			if !value.IsEmail(p.Email) {
				p.Email = ""
			}
			// A department that is written in two ways has one name in a glossary.
			if !slices.ContainsFunc(authors, func(o Person) bool { return p.Localized != "" && o.Name == p.Name }) {
				authors = append(authors, p)
			}
		}
	}
	if name := value.Line(e.PublisherName); len(authors) == 0 && name != "" {
		authors = []Person{{Name: name, URL: value.WebURI(e.PublisherURL)}}
	}
	return authors
}

// sourceTitle names where the entry was collected: by the source's title, else by its
// publisher.
func (e *Entry) sourceTitle() string {
	return cmp.Or(value.Line(e.Source.Title), value.Line(e.PublisherName))
}

// body is the entry as a reader sees it, in HTML: what language it is in, that it
// was corrected, the text or what of it may be shown, related notices, and whose it
// is. It says its language and direction, since a feed reader shows it amid words of its
// own. What is not the publisher's has a class ("kairan-note", "kairan-related",
// "kairan-source"), by which it can be taken off.
func (f *Feed) body(e *Entry) string {
	b := bodyWriter{feed: f}
	b.Grow(len(e.Article.Content) + len(e.Article.Summary) + 512)
	around := said(f.Language, f.Direction)
	b.WriteString("<div" + around + ">")
	b.note(e.LanguageNote)
	b.note(e.CorrectedNote)
	b.text(e, around)
	b.related(e)
	b.attribution(e)
	b.WriteString("</div>\n")
	return b.String()
}

// bodyWriter writes the parts of an entry's body.
type bodyWriter struct {
	strings.Builder
	feed *Feed
}

// said is the language and the direction of a text, as attributes. A language that nothing
// told is the empty one, which ends that of what is around (HTML §3.2.6.2), and what has no
// direction has that of its first letter.
func said(language, direction string) string {
	if language = value.LangTag(language); language == value.Undetermined {
		language = ""
	}
	if direction != "rtl" && direction != "ltr" {
		direction = "auto"
	}
	return ` lang="` + language + `" dir="` + direction + `"`
}

// note writes a remark in the feed's own words.
func (b *bodyWriter) note(s string) {
	if s = value.Line(s); s != "" {
		b.WriteString(`<p class="kairan-note"><em>` + html.EscapeString(s) + "</em></p>\n")
	}
}

// text writes the article's content, else its summary or its title, with its language and
// direction where they are not those that are said around it.
func (b *bodyWriter) text(e *Entry, around string) {
	content := value.Legal(e.Article.Content)
	if strings.TrimSpace(content) == "" {
		text := cmp.Or(value.Line(e.Article.Summary), value.Line(e.Article.Title))
		if text == "" {
			text = e.title()
		}
		content = "<p>" + html.EscapeString(text) + "</p>"
	}
	own := said(e.Article.Language, e.Direction)
	if own != around {
		b.WriteString("<div" + own + ">")
	}
	b.lead(e, content)
	b.WriteString(content)
	if own != around {
		b.WriteString("</div>")
	}
	b.WriteString("\n")
}

// lead writes the picture that stands for the entry, unless its text shows it, with whose
// picture it is beneath.
func (b *bodyWriter) lead(e *Entry, content string) {
	lead, ok := e.lead()
	if !ok || ShowsPicture(content, lead.URL) {
		return
	}
	b.WriteString(`<figure><img src="` + html.EscapeString(lead.URL) + `" alt="` + html.EscapeString(lead.Alt) + `"`)
	if lead.Width > 0 && lead.Height > 0 {
		b.WriteString(` width="` + strconv.Itoa(lead.Width) + `" height="` + strconv.Itoa(lead.Height) + `"`)
	}
	b.WriteString(">")
	if lead.Credit != "" {
		b.WriteString("<figcaption><small>" + html.EscapeString(lead.Credit) + "</small></figcaption>")
	}
	b.WriteString("</figure>")
}

// related writes the list of notices that are alike.
func (b *bodyWriter) related(e *Entry) {
	if len(e.Related) == 0 {
		return
	}
	b.WriteString(relatedStart)
	if heading := value.Line(b.feed.RelatedTitle); heading != "" {
		b.WriteString("<h2>" + html.EscapeString(heading) + "</h2>")
	}
	b.WriteString("\n<ul>\n")
	for _, r := range e.Related {
		address, tag := value.WebURI(r.URL), "span"
		if address != "" {
			tag = "a"
		}
		b.WriteString("<li><" + tag)
		if address != "" {
			b.WriteString(` href="` + html.EscapeString(address) + `"`)
		}
		if r.Language != b.feed.Language {
			b.WriteString(said(r.Language, ""))
		}
		b.WriteString(">" + html.EscapeString(value.Line(r.Title)) + "</" + tag + ">")
		if r.DateText != "" {
			b.WriteString(" <small>" + html.EscapeString(value.Line(r.DateText)) + "</small>")
		}
		b.WriteString("</li>\n")
	}
	b.WriteString("</ul></div>\n")
}

// attribution writes whose the entry is, with its licence.
func (b *bodyWriter) attribution(e *Entry) {
	words := html.EscapeString(value.Line(e.Attribution))
	if words == "" {
		return
	}
	switch u, deed := value.WebURI(e.LicenseURL), value.WebURI(e.LicenseDeed); {
	case deed != "": // the licence's own address stands in the format's own words
		words = `<a href="` + html.EscapeString(deed) + `">` + words + "</a>"
	case u != "":
		words = `<a rel="license" href="` + html.EscapeString(u) + `">` + words + "</a>"
	}
	b.WriteString(sourceStart + "<small>" + words + "</small></p>")
}

// sourceTerms returns the categories as the source wrote them, but for those that say no
// more than the term of a category of the entry.
func (e *Entry) sourceTerms() []Term {
	var terms []Term
	for _, t := range e.Article.Terms {
		t = Term{Term: value.Line(t.Term), Scheme: value.Line(t.Scheme), Label: value.Line(t.Label), Localized: value.Line(t.Localized)}
		if t.Term != "" && (t.Scheme+t.Label+t.Localized != "" || !e.isIn(t.Term)) {
			terms = append(terms, t)
		}
	}
	return terms
}

// isIn reports whether the entry names the category of that term.
func (e *Entry) isIn(term string) bool {
	return slices.ContainsFunc(e.Categories, func(l Label) bool { return value.Line(l.Term) == term })
}

// versions returns the versions that can be linked.
func (e *Entry) versions() []Version {
	var versions []Version
	for _, v := range e.Versions {
		v.Language, v.URL, v.Link, v.Title = value.LangTag(v.Language), value.WebURI(v.URL), value.WebURI(v.Link), value.Line(v.Title)
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
		x.Duration = max(x.Duration, 0)
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
		m.Alt, m.Credit = value.Line(m.Alt), value.Line(m.Credit)
		m.Width, m.Height = max(m.Width, 0), max(m.Height, 0)
		images = append(images, m)
	}
	return images
}

// lead returns the picture that stands for the entry; false if there is none.
func (e *Entry) lead() (Image, bool) { return leadOf(e.images()) }
