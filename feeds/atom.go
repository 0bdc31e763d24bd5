package feeds

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	gorilla "github.com/gorilla/feeds"

	"github.com/kairan-news/kairan/feeds/internal/namespace"
	"github.com/kairan-news/kairan/feeds/internal/value"
)

// atomFeed adds to gorilla's <feed> languages, several links, a generator and
// tombstones, and our own entries.
type atomFeed struct {
	gorilla.AtomFeed
	Lang        xmlLang       `xml:"xml:lang,attr"`
	TombstoneNS string        `xml:"xmlns:at,attr"`
	MediaNS     string        `xml:"xmlns:media,attr"`
	AppleNS     string        `xml:"xmlns:itunes,attr"`
	PodNS       string        `xml:"xmlns:podcast,attr"`
	OursNS      string        `xml:"xmlns:k,attr"`
	Title       atomText      `xml:"title"`
	Subtitle    *atomText     `xml:"subtitle"`
	Rights      *atomText     `xml:"rights"`
	Author      *atomPerson   `xml:"author"`
	Generator   atomGenerator `xml:"generator"`
	Links       []atomLink    `xml:"link"`
	feedExtension
	archiveExtension
	Gone    []atomTombstone `xml:"at:deleted-entry"`
	Entries []atomEntry     `xml:"entry"`
}

// FeedXml implements [gorilla.XmlFeed]. Without it the promoted method would write
// the inner feed alone.
func (f *atomFeed) FeedXml() any { return f }

// atomEntry adds to gorilla's <entry> languages, several links, authors and
// categories, and the source.
type atomEntry struct {
	gorilla.AtomEntry
	Lang     xmlLang        `xml:"xml:lang,attr"`
	Base     string         `xml:"xml:base,attr,omitempty"`
	Title    atomText       `xml:"title"`
	Links    []atomLink     `xml:"link"`
	Summary  *atomText      `xml:"summary"`
	Content  atomHTML       `xml:"content"`
	Rights   *atomText      `xml:"rights"`
	Author   []atomPerson   `xml:"author"`
	Category []atomCategory `xml:"category"`
	Source   *atomSource    `xml:"source"`
	Media    []mediaContent `xml:"media:content"`
	mediaExtension
	entryExtension
}

// atomText is a text construct (RFC 4287 §3.1) of type "text". The type is its default, and
// is said all the same: several readers look for HTML in a title that says none.
type atomText struct {
	Type string  `xml:"type,attr"`
	Lang xmlLang `xml:"xml:lang,attr"` // where it is not that of what is around (RFC 4287 §2)
	Text string  `xml:",chardata"`
}

// atomHTML is content of type "html" (RFC 4287 §4.1.3).
type atomHTML struct {
	Type string `xml:"type,attr"`
	HTML string `xml:",cdata"`
}

// atomPerson is a person construct (RFC 4287 §3.2): gorilla's, which has all.
type atomPerson struct{ gorilla.AtomPerson }

// atomLink is a link (RFC 4287 §4.2.7). gorilla's lacks hreflang and title.
type atomLink struct {
	Rel      string `xml:"rel,attr"`
	Type     string `xml:"type,attr,omitempty"`
	Hreflang string `xml:"hreflang,attr,omitempty"`
	Href     string `xml:"href,attr"`
	Title    string `xml:"title,attr,omitempty"`
	Length   string `xml:"length,attr,omitempty"`
}

// atomCategory is a category (RFC 4287 §4.2.2).
type atomCategory struct {
	Lang   xmlLang `xml:"xml:lang,attr"` // of the label, where it is not the entry's
	Term   string  `xml:"term,attr"`
	Scheme string  `xml:"scheme,attr,omitempty"`
	Label  string  `xml:"label,attr,omitempty"`
}

// atomGenerator is the generator (RFC 4287 §4.2.4).
type atomGenerator struct {
	URI  string `xml:"uri,attr"`
	Name string `xml:",chardata"`
}

// atomSource is the feed that an entry was copied from: "it is RECOMMENDED that […]
// atom:id, atom:title, and atom:updated" be among what is kept of it (RFC 4287
// §4.2.11).
type atomSource struct {
	ID      string      `xml:"id"`
	Title   *atomText   `xml:"title"`
	Updated string      `xml:"updated"`
	Author  *atomPerson `xml:"author"`
	Links   []atomLink  `xml:"link"`
}

// atomTombstone says that an entry was deleted (RFC 6721 §3).
type atomTombstone struct {
	Ref  string `xml:"ref,attr"`
	When string `xml:"when,attr"`
}

func renderAtom(f *Feed) ([]byte, error) {
	a := &atomFeed{
		AtomFeed: gorilla.AtomFeed{
			Xmlns:   namespace.Atom,
			Id:      f.ID,
			Updated: rfc3339(f.updated()),
			Icon:    value.WebURI(f.IconURL),
			Logo:    value.WebURI(f.LogoURL),
		},
		Lang:          xmlLang(f.Language),
		TombstoneNS:   namespace.Tombstones,
		MediaNS:       namespace.Media,
		AppleNS:       namespace.ITunes,
		PodNS:         namespace.Podcast,
		OursNS:        Namespace,
		Title:         *newAtomText(f.title()),
		Subtitle:      newAtomText(value.Line(f.Description)),
		Rights:        newAtomText(value.Line(f.Rights)),
		Author:        &atomPerson{gorilla.AtomPerson{Name: f.author(), Uri: value.WebURI(f.HomeURL)}},
		Generator:     atomGenerator{URI: GeneratorURL, Name: Generator},
		feedExtension: f.extension(),
		Entries:       make([]atomEntry, len(f.Entries)),

		archiveExtension: f.history(),
	}
	for _, l := range f.links(Atom) {
		a.Links = append(a.Links, atomLink{Rel: l.Rel, Type: l.Type, Hreflang: l.Hreflang, Href: l.Href})
	}
	for _, t := range f.Gone {
		a.Gone = append(a.Gone, atomTombstone{Ref: t.id(), When: t.when()})
	}
	for i := range f.Entries {
		f.atomEntry(&a.Entries[i], &f.Entries[i])
	}

	doc, err := writeXML(a, f.size())
	if err != nil {
		return nil, fmt.Errorf("render %s as Atom: %w", f.path(), err)
	}
	return doc, nil
}

// newAtomText returns nil for "".
func newAtomText(s string) *atomText {
	if s == "" {
		return nil
	}
	return &atomText{Type: "text", Text: s}
}

func (f *Feed) atomEntry(x *atomEntry, e *Entry) {
	language := value.LangTag(e.Article.Language)
	x.Id = e.id()
	x.Lang = xmlLang(language)
	x.Base = e.base()
	x.Title = *newAtomText(e.title())
	x.Published = rfc3339(e.published())
	x.Updated = rfc3339(e.modified())
	x.Summary = newAtomText(value.Line(e.Article.Summary))
	x.Content = atomHTML{Type: "html", HTML: f.body(e)}
	x.Rights = newAtomText(value.Line(e.Article.Rights))
	for _, p := range e.authors() {
		x.Author = append(x.Author, atomPerson{gorilla.AtomPerson{Name: p.Name, Uri: p.URL, Email: p.Email}})
	}
	// What is said in the reader's words stands amid those of another language.
	var spoken xmlLang
	if f.Language != language {
		spoken = xmlLang(f.Language)
	}
	for _, l := range e.Categories {
		if term := value.Line(l.Term); term != "" {
			x.Category = append(x.Category, atomCategory{Lang: spoken, Term: term, Scheme: f.TaxonomyURL, Label: l.label()})
		}
	}
	if label := value.Line(e.Urgency); label != "" {
		x.Category = append(x.Category, atomCategory{Lang: spoken, Term: Urgent, Scheme: UrgencyScheme, Label: label})
	}
	if x.Source = e.atomSource(); x.Source != nil {
		x.Source.name(e, spoken)
	}
	var untold []Version
	x.Links, untold = e.atomLinks(language)
	x.Media = e.media(nil)
	x.mediaExtension = e.mediaExtension()
	x.entryExtension = f.entryExtension(e, untold)
}

// atomSource returns nil for an entry of which nothing tells the source.
func (e *Entry) atomSource() *atomSource {
	s := &e.Source
	if value.Line(s.ID) == "" {
		return nil
	}
	x := &atomSource{
		ID:      value.Line(s.FeedID),
		Title:   newAtomText(cmp.Or(e.sourceTitle(), value.Line(s.ID))),
		Updated: rfc3339(s.Updated),
	}
	if !value.IsIRI(x.ID) {
		x.ID = SourceID(e.Article.Publisher, s.ID)
	}
	if s.Updated.IsZero() {
		x.Updated = rfc3339(e.published())
	}
	if u := value.WebURI(s.URL); u != "" {
		x.Links = append(x.Links, atomLink{Rel: "self", Href: u})
	}
	if u := value.WebURI(s.HomeURL); u != "" {
		x.Links = append(x.Links, atomLink{Rel: "alternate", Type: "text/html", Href: u})
	}
	return x
}

// name says in a language who publishes the entry, where nothing else in it does.
func (s *atomSource) name(e *Entry, spoken xmlLang) {
	switch name := value.Line(e.PublisherName); {
	case s.Title.Text == name:
		s.Title.Lang = spoken
	case name != "" && !slices.ContainsFunc(e.authors(), func(p Person) bool { return p.Name == name }):
		s.Author = &atomPerson{gorilla.AtomPerson{Name: name, Uri: value.WebURI(e.PublisherURL)}}
	}
}

// atomLinks returns the entry's links, and the versions that none of them tells.
//
// Readers let the title lead to the first alternate, or to the last, whatever its
// language. So the entry's own link is both: bare, and again with its type and
// language; versions stand between, without a type, so that whoever looks for the first of
// text/html finds the own one, too. No two alternates share "the same combination of
// type and hreflang attribute values" (RFC 4287 §4.1.2). An entry that leads nowhere
// has no alternates, or a reader would take a version for it.
func (e *Entry) atomLinks(language string) (links []atomLink, untold []Version) {
	own := atomLink{Rel: "alternate", Type: "text/html", Hreflang: hreflang(language), Href: e.link()}
	seen := map[string]bool{own.Hreflang: true}
	if own.Href != "" {
		links = append(links, atomLink{Rel: "alternate", Href: own.Href})
	}
	for _, v := range e.versions() {
		l := hreflang(v.Language)
		if own.Href == "" || seen[l] {
			untold = append(untold, v)
			continue
		}
		seen[l] = true
		links = append(links, atomLink{Rel: "alternate", Hreflang: l, Href: v.link(), Title: v.Title})
	}
	for _, x := range e.enclosures() {
		l := atomLink{Rel: "enclosure", Type: x.Type, Href: x.URL, Title: x.Title}
		if x.Length > 0 {
			l.Length = strconv.FormatInt(x.Length, 10)
		}
		links = append(links, l)
	}
	if u := value.WebURI(e.Article.External); u != "" {
		links = append(links, atomLink{Rel: "related", Href: u})
	}
	if u := value.WebURI(e.LicenseURL); u != "" {
		links = append(links, atomLink{Rel: "license", Href: u})
	}
	if own.Href != "" {
		links = append(links, own)
	}
	return links, untold
}
