package feed

import (
	"slices"
	"strings"

	"github.com/mmcdole/gofeed/atom"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/date"
	"github.com/kairan-news/kairan/internal/parse/entity"
	"github.com/kairan-news/kairan/internal/parse/field"
	"github.com/kairan-news/kairan/internal/parse/html"
	"github.com/kairan-news/kairan/internal/parse/language"
	"github.com/kairan-news/kairan/internal/parse/prose"
	"github.com/kairan-news/kairan/internal/plain"
)

// readAtom takes an Atom document over from gofeed.
func (r *reader) readAtom(in *atom.Feed, v *survey) {
	f := r.feed
	f.Format = "Atom " + prose.FirstOf(in.Version, "1.0")
	base := address.Within(r.o.BaseURL, v.root.base)
	f.Title = atomPlain(in.Title, v.title)
	f.Description = plain.Summarize(html.Text(in.Subtitle))
	f.Language = language.Tag(prose.FirstOf(v.root.lang, in.Language))
	r.dates = date.In(r.o, f.Language)
	f.ID = prose.FirstOf(in.ID, address.Resolve(base, atomLink(in.Links, "self")))
	f.Link = address.Web(base, prose.FirstOf(atomLink(in.Links, "alternate"), r.textAt(v.link)))
	generator := ""
	if in.Generator != nil {
		generator = in.Generator.Value + " " + in.Generator.URI
	}
	f.Next = r.nextOf(base, func(rel string) string { return atomLink(in.Links, rel) }, generator)
	f.Updated = r.date([]string{in.Updated}).Time
	x := extensions(in.Extensions)
	f.UpdateEvery = updateEvery(x.first("sy", "updatePeriod"), x.first("sy", "updateFrequency"))

	info := r.infoFor(v, len(in.Entries))
	r.feed.Articles = make([]feeds.Article, 0, len(in.Entries))
	for i, e := range in.Entries {
		r.addAtomEntry(e, info[i], in, v)
	}
}

// addAtomEntry takes one entry over.
func (r *reader) addAtomEntry(e *atom.Entry, info entryInfo, in *atom.Feed, v *survey) {
	x := extensions(e.Extensions)
	d := draft{digest: info.digest, base: address.Within(r.o.BaseURL, prose.FirstOf(info.base, v.root.base)), guid: r.givenID(info, e.ID)}
	d.point = x.point()
	if e.Source != nil {
		d.cameFrom(feeds.SourceFeed{
			ID: strings.TrimSpace(e.Source.ID), Title: html.Title(e.Source.Title),
			URL: address.Web(d.base, atomLink(e.Source.Links, "self")), Link: address.Web(d.base, atomLink(e.Source.Links, "alternate")),
		})
	}
	d.wasKnownBy(strings.TrimSpace(e.ID))
	d.wasKnownBy(r.lostTexts(info, singleID)...)
	d.atomTexts(e, info, x, r.o.BaseURL)
	d.said = []string{info.content.lang, info.summary.lang, info.lang, info.title.lang, x.first("dc", "language"), v.root.lang, in.Language}
	if own := x.first("dc", "language"); own != "" && info.lang == v.root.lang {
		d.said = append([]string{own}, d.said...)
	}
	d.published = append([]string{e.Published, x.first("dcterms", "issued"), x.first("dc", "date")}, r.lostTexts(info, singleDate)...)
	d.published = append(d.published, e.Updated)
	d.updated = append([]string{e.Updated, x.first("dcterms", "modified")}, r.lostTexts(info, singleUpdated)...)
	d.rights = html.Text(prose.FirstOf(e.Rights, x.first("dc", "rights"), sourceRights(e), in.Rights))

	d.authors = r.authorsOf(e, info, in, v, x, d.base)
	for _, c := range e.Categories {
		d.terms = field.AddTerm(d.terms, feeds.Term{Term: prose.FirstOf(prose.Collapse(c.Term), prose.Collapse(c.Label)), Scheme: strings.TrimSpace(c.Scheme), Label: prose.Collapse(c.Label)})
	}
	for _, s := range x.all("dc", "subject") {
		d.terms = field.AddTerm(d.terms, feeds.Term{Term: html.Title(s)})
	}
	d.links(e, x, r.textAt(info.link), r.o)
	if !r.isPassedOver(&d, r.sourceOf(info), func() bool { return isBareEntry(e) }) {
		r.add(d)
	}
}

// atomTexts takes the title and the texts of an entry, whose document has that base.
func (d *draft) atomTexts(e *atom.Entry, info entryInfo, x extensions, base string) {
	d.title = prose.FirstOf(atomPlain(e.Title, info.title), html.Title(prose.FirstOf(x.first("itunes", "title"), x.mediaText("title", false))))
	d.summary, d.summaryPlain = atomText(e.Summary, info.summary)
	if e.Content != nil {
		d.content, d.contentPlain = atomText(e.Content.Value, info.content)
		d.contentBase = address.Within(base, info.content.base)
		if isBinary(info.content.typ) || isForeignXML(info.content.typ) && !looksLikeHTML(d.content) {
			d.content = ""
		}
	}
	d.mediaTexts(x)
}

// authorsOf returns who wrote an entry: its own authors, else those of the feed that it was
// taken from, else its creators, else the authors of the feed (RFC 4287 §4.2.1).
func (r *reader) authorsOf(e *atom.Entry, info entryInfo, in *atom.Feed, v *survey, x extensions, base string) []feeds.Person {
	authors := r.atomAuthors(e.Authors, info.author, base)
	if len(authors) == 0 && e.Source != nil {
		authors = atomPersons(e.Source.Authors, base)
	}
	if len(authors) == 0 {
		authors = creators(x)
	}
	if len(authors) == 0 && e.Source == nil {
		authors = r.atomAuthors(in.Authors, v.author, base)
	}
	return authors
}

// links sorts the links of an entry by what they are. The article's own address is
// the first alternate in its own language, or without one; versions in others have
// an hreflang.
//
// text is the address that stands as the text of a link. A link to the entry itself is taken
// where there is no other.
func (d *draft) links(e *atom.Entry, x extensions, text string, o parse.Options) {
	own := ""
	for _, s := range d.said {
		if own = language.Said(s, o); own != "" {
			break
		}
	}
	foreign, self := "", "" // stand in for the article's own address
	for _, l := range e.Links {
		href := address.Article(d.base, l.Href)
		if href == "" {
			continue
		}
		typ := mediaType(l.Type)
		switch relation(l.Rel) {
		case "alternate":
			if d.alternate(feeds.Alternate{Language: language.Said(l.Hreflang, o), Link: href}, typ, own, foreign) {
				foreign = prose.FirstOf(foreign, href)
			}
		case "self":
			self = prose.FirstOf(self, href)
		case "enclosure":
			if isFlash(href, typ) {
				continue
			}
			d.enclosures = append(d.enclosures, feeds.Enclosure{URL: address.File(d.base, l.Href), Type: typ, Length: byteLength(l.Length), Title: prose.Collapse(l.Title)})
			if strings.HasPrefix(typ, "image/") {
				d.images = field.AddImage(d.images, feeds.Image{URL: href, Type: typ, Alt: prose.Collapse(l.Title)})
			}
		case "related":
			d.related = appendRelated(d.related, l.Title, href)
		}
	}
	d.media(x)
	d.podcast(x)
	d.link = prose.FirstOf(address.Web(d.base, x.original()), d.link, foreign)
	d.linkTo(text)
	d.linkOtherwise(e, self)
	d.alternates = slices.DeleteFunc(d.alternates, func(a feeds.Alternate) bool { return a.Link == d.link })
}

// linkOtherwise finds the article's own address where no link is one.
func (d *draft) linkOtherwise(e *atom.Entry, self string) {
	if d.link == "" && e.Content != nil {
		d.link = address.Web(d.base, e.Content.Src)
	}
	d.linkToItself(d.guid)
	d.linkTo(self)
	d.formerOf(e.Links)
	d.alternates = slices.DeleteFunc(d.alternates, func(a feeds.Alternate) bool { return a.Link == d.link })
}

// alternate takes a link to the article, or to a version of it in another language than
// own or in another media type. It reports whether the address may be a version's; foreign
// is the first such address, "" if there was none yet.
func (d *draft) alternate(a feeds.Alternate, typ, own, foreign string) (isForeign bool) {
	switch {
	case a.Language != "" && a.Language != own && (own != "" || foreign != ""):
		d.alternates = append(d.alternates, a)
		return true
	case d.link != "":
		return false
	case typ == "" || strings.Contains(typ, "html"):
		d.link = a.Link
		return a.Language != "" && own == ""
	}
	return true
}

// atomLink returns the address of the first link with that relation.
func atomLink(links []*atom.Link, rel string) string {
	for _, l := range links {
		if relation(l.Rel) == rel && l.Href != "" {
			return l.Href
		}
	}
	return ""
}

// atomPlain returns a text construct as plain text (RFC 4287 §3.1): HTML is decoded
// as HTML, and text is what it says.
func atomPlain(s string, info textInfo) string {
	text, plain := atomText(s, info)
	if plain {
		return prose.Collapse(text)
	}
	return html.Title(text)
}

// atomText returns a text construct and whether it is plain text, rather than HTML.
// Content that tells no type and plainly is HTML is taken as such: its publisher
// forgot to say so.
func atomText(s string, info textInfo) (text string, plain bool) {
	switch {
	case strings.Contains(info.typ, "html"):
		return unwrapped(s), false
	case info.mode == "escaped" && info.typ == "":
		// Atom 0.3 without a type, which gofeed leaves as it is: what was escaped is
		// HTML in practice.
		return unwrapped(entity.DecodeString(s)), false
	case info.typ == "" || info.mode != "":
		s = unwrappedWhole(s)
		return s, !looksLikeHTML(s)
	default:
		return unwrappedWhole(s), true
	}
}

// looksLikeHTML reports whether text holds elements that only HTML has.
func looksLikeHTML(s string) bool {
	for _, tag := range []string{"</p>", "<br", "</a>", "</div>", "<img ", "</li>", "</em>", "</strong>"} {
		if strings.Contains(s, tag) {
			return true
		}
	}
	return false
}

// isForeignXML reports whether a media type is one of XML that is no text to read, such as
// an alert or a drawing (RFC 4287 §4.1.3.3).
func isForeignXML(typ string) bool {
	typ = mediaType(typ)
	return typ == "text/xml" || typ == "application/xml" || strings.HasSuffix(typ, "+xml") && !strings.Contains(typ, "html")
}

// isBinary reports whether a media type is no text.
func isBinary(typ string) bool {
	for _, prefix := range []string{"image/", "audio/", "video/", "application/octet-stream", "application/pdf", "application/zip"} {
		if strings.HasPrefix(typ, prefix) {
			return true
		}
	}
	return false
}

// atomAuthors returns the persons, or the one that stands as a text where a person's name
// belongs.
func (r *reader) atomAuthors(list []*atom.Person, text span, base string) []feeds.Person {
	all := atomPersons(list, base)
	if p := field.Person(r.textAt(text)); len(all) == 0 && p.Name != "" {
		all = append(all, p)
	}
	return all
}

// atomPerson returns a person of Atom, whose name may be written like an address of mail.
func atomPerson(name, email, link string) feeds.Person {
	p := field.Person(name)
	p.Email = prose.FirstOf(field.Person(email).Email, email, p.Email)
	p.Name, p.URL = prose.FirstOf(p.Name, p.Email), link
	return p
}

func atomPersons(list []*atom.Person, base string) []feeds.Person {
	var all []feeds.Person
	for _, p := range list {
		if q := atomPerson(p.Name, p.Email, address.Web(base, p.URI)); q.Name != "" {
			all = append(all, q)
		}
	}
	return all
}

func sourceRights(e *atom.Entry) string {
	if e.Source == nil {
		return ""
	}
	return e.Source.Rights
}
