package feed

import (
	"slices"
	"strings"

	"github.com/mmcdole/gofeed/atom"

	"github.com/kairan-news/kairan/feeds"
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
	f.Link = address.Web(base, atomLink(in.Links, "alternate"))
	generator := ""
	if in.Generator != nil {
		generator = in.Generator.Value + " " + in.Generator.URI
	}
	f.Next = r.nextOf(base, func(rel string) string { return atomLink(in.Links, rel) }, generator)
	f.Updated = r.date([]string{in.Updated})
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
	d := draft{digest: info.digest, base: address.Within(r.o.BaseURL, prose.FirstOf(info.base, v.root.base)), guid: strings.TrimSpace(e.ID)}
	d.title = prose.FirstOf(atomPlain(e.Title, info.title), html.Title(x.first("media", "title")))
	d.summary, d.summaryPlain = atomText(e.Summary, info.summary)
	if e.Content != nil {
		d.content, d.contentPlain = atomText(e.Content.Value, info.content)
		d.contentBase = address.Within(r.o.BaseURL, info.content.base)
		if isBinary(info.content.typ) {
			d.content = ""
		}
	}
	d.said = []string{info.content.lang, info.summary.lang, info.lang, info.title.lang, x.first("dc", "language"), v.root.lang, in.Language}
	if own := x.first("dc", "language"); own != "" && info.lang == v.root.lang {
		d.said = append([]string{own}, d.said...)
	}
	d.published = []string{e.Published, x.first("dcterms", "issued"), x.first("dc", "date"), e.Updated}
	d.updated = []string{e.Updated, x.first("dcterms", "modified")}
	d.rights = html.Text(prose.FirstOf(e.Rights, x.first("dc", "rights"), sourceRights(e), in.Rights))

	d.authors = atomPersons(e.Authors, d.base)
	if len(d.authors) == 0 && e.Source != nil {
		d.authors = atomPersons(e.Source.Authors, d.base)
	}
	for _, s := range x.all("dc", "creator") {
		if len(d.authors) == 0 {
			d.authors = append(d.authors, field.Person(s))
		}
	}
	if len(d.authors) == 0 && e.Source == nil {
		d.authors = atomPersons(in.Authors, d.base) // RFC 4287 §4.2.1
	}
	for _, c := range e.Categories {
		d.terms = field.AddTerm(d.terms, feeds.Term{Term: prose.FirstOf(prose.Collapse(c.Term), prose.Collapse(c.Label)), Scheme: strings.TrimSpace(c.Scheme), Label: prose.Collapse(c.Label)})
	}
	for _, s := range x.all("dc", "subject") {
		d.terms = field.AddTerm(d.terms, feeds.Term{Term: html.Title(s)})
	}
	d.links(e, x)
	if !r.isPassedOver(&d, r.sourceOf(info), func() bool { return isBareEntry(e) }) {
		r.add(d)
	}
}

// links sorts the links of an entry by what they are. The article's own address is
// the first alternate in its own language, or without one; versions in others have
// an hreflang.
func (d *draft) links(e *atom.Entry, x extensions) {
	own := ""
	for _, s := range d.said {
		if own = language.Tag(s); own != "" {
			break
		}
	}
	foreign := "" // stands in for the article's own address
	for _, l := range e.Links {
		href := address.Article(d.base, l.Href)
		if href == "" {
			continue
		}
		typ := mediaType(l.Type)
		switch l.Rel {
		case "alternate", "http://www.iana.org/assignments/relation/alternate":
			if d.alternate(feeds.Alternate{Language: language.Tag(l.Hreflang), Link: href}, typ, own, foreign) {
				foreign = prose.FirstOf(foreign, href)
			}
		case "enclosure":
			d.enclosures = append(d.enclosures, feeds.Enclosure{URL: href, Type: typ, Length: byteLength(l.Length), Title: prose.Collapse(l.Title)})
			if strings.HasPrefix(typ, "image/") {
				d.images = field.AddImage(d.images, feeds.Image{URL: href, Type: typ, Alt: prose.Collapse(l.Title)})
			}
		case "related":
			d.related = appendRelated(d.related, l.Title, href)
		}
	}
	d.media(x)
	d.link = prose.FirstOf(d.link, foreign)
	if d.link == "" && e.Content != nil {
		d.link = address.Web(d.base, e.Content.Src)
	}
	d.linkToItself(d.guid)
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
		if l.Rel == rel {
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
		return s, false
	case info.mode == "escaped" && info.typ == "":
		// Atom 0.3 without a type, which gofeed leaves as it is: what was escaped is
		// HTML in practice.
		return entity.DecodeString(s), false
	case info.typ == "" || info.mode != "":
		return s, !looksLikeHTML(s)
	default:
		return s, true
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

// isBinary reports whether a media type is no text.
func isBinary(typ string) bool {
	for _, prefix := range []string{"image/", "audio/", "video/", "application/octet-stream", "application/pdf", "application/zip"} {
		if strings.HasPrefix(typ, prefix) {
			return true
		}
	}
	return false
}

func atomPersons(list []*atom.Person, base string) []feeds.Person {
	var all []feeds.Person
	for _, p := range list {
		q := feeds.Person{Name: prose.Collapse(p.Name), Email: strings.TrimSpace(p.Email), URL: address.Web(base, p.URI)}
		if q.Name = prose.FirstOf(q.Name, q.Email); q.Name != "" {
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
