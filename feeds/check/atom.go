package check

import (
	"github.com/kairan-news/kairan/feeds/internal/namespace"
	"github.com/kairan-news/kairan/feeds/internal/value"
)

// atomReader checks an Atom document.
type atomReader struct {
	xmlReader
	ids     ids
	gone    map[string]int
	orphans int // the offset of an entry without an author, -1 if there is none
}

func (c *checker) atom() {
	a := &atomReader{xmlReader: xmlReader{checker: c}, ids: ids{}, gone: map[string]int{}, orphans: -1}
	kind, e, _ := a.next()
	if kind != xmlStart {
		if !a.failed {
			a.fault(0, RuleRoot, "there is no element")
		}
		return
	}
	if e.space != namespace.Atom || e.name != "feed" {
		a.fault(e.at, RuleRoot, "the root is <%s> and not Atom's <feed>", e.name)
		return
	}
	a.feed(e)
	a.next() // whatever is behind
	for id, at := range a.gone {
		if _, ok := a.ids[id]; ok {
			a.fault(at, RuleWithdrawn, "%s is both there and withdrawn", excerpt(id))
		}
	}
}

// feed checks atom:feed (RFC 4287 §4.1.1).
func (a *atomReader) feed(feed xmlElement) {
	a.plain(feed)
	language, ok := feed.lang()
	if !ok || language == "" {
		a.fault(feed.at, RuleLanguage, "<feed> has no xml:lang")
	}
	var seen tally
	var links atomLinks
	a.children(func(e xmlElement) {
		switch {
		case a.common(e, &seen):
		case e.space == namespace.Tombstones:
			a.deleted(e)
		case e.space == namespace.History:
			a.history(e, &seen)
		case a.foreign(e):
		case e.name == "entry":
			a.entry(e)
		case e.name == "link":
			a.link(e, &links)
		case !a.metadata(e, &seen):
			a.fault(e.at, RuleUnknown, "<feed> has no <%s>", e.name)
			a.skip()
		}
	})
	if a.failed {
		return
	}
	a.needs(feed, &seen, "id", "title", "updated")
	if links.self != 1 {
		a.fault(feed.at, RuleSelf, "%d links of rel self, not one", links.self)
	}
	a.ownLink(&links, language)
	a.archive(feed, &seen, &links)
	if !seen.has("author") && (a.orphans >= 0 || len(a.ids) == 0) {
		a.fault(max(a.orphans, feed.at), RuleMissing, "neither the feed nor the entry has an <author>")
	}
}

// foreign reports an element of a namespace that we don't know.
func (a *atomReader) foreign(e xmlElement) bool {
	if e.space == namespace.Atom {
		return false
	}
	a.fault(e.at, RuleNamespace, "<%s> is of the namespace %s", e.name, excerpt(e.space))
	a.skip()
	return true
}

// needs reports what is required and was not there.
func (a *atomReader) needs(e xmlElement, seen *tally, names ...string) {
	for _, name := range names {
		if !seen.has(name) {
			a.fault(e.at, RuleMissing, "<%s> has no <%s>", e.name, name)
		}
	}
}

// metadata checks the elements that atom:feed, atom:entry and atom:source share. It
// tells whether the element was one of them, and has then read it.
func (a *atomReader) metadata(e xmlElement, seen *tally) bool {
	switch e.name {
	case "author", "contributor":
		seen.add(e.name)
		a.person(e)
	case "category":
		a.category(e)
	case "id":
		a.once(e, seen, e.name)
		a.plain(e)
		s, at := a.text()
		a.iri(at, "id", s)
	case "updated", "published":
		a.once(e, seen, e.name)
		a.plain(e)
		s, at := a.text()
		a.dateTime(at, e.name, s)
	case "title", "subtitle", "rights", "summary":
		a.once(e, seen, e.name)
		a.textConstruct(e)
	case "icon", "logo":
		a.once(e, seen, e.name)
		a.plain(e)
		s, at := a.text()
		a.webURI(at, e.name, s)
	case "generator":
		a.once(e, seen, e.name)
		a.plain(e, "uri", "version")
		if s, ok := e.attr("uri"); ok {
			a.webURI(e.at, "uri", s)
		}
		s, at := a.text()
		a.nonempty(at, e.name, s)
	default:
		return false
	}
	return true
}

// entry checks atom:entry (RFC 4287 §4.1.2).
func (a *atomReader) entry(entry xmlElement) {
	a.plain(entry)
	language, ok := entry.lang()
	if !ok {
		a.fault(entry.at, RuleLanguage, "<entry> has no xml:lang")
	}
	var seen tally
	var links atomLinks
	a.children(func(e xmlElement) {
		switch {
		case a.common(e, &seen):
		case a.foreign(e):
		case e.name == "link":
			a.link(e, &links)
		case e.name == "content":
			a.once(e, &seen, e.name)
			a.content(e)
		case e.name == "source":
			a.once(e, &seen, e.name)
			a.source(e)
		case e.name == "id":
			a.once(e, &seen, e.name)
			a.plain(e)
			s, at := a.text()
			a.iri(at, "id", s)
			a.unique(a.ids, at, s)
		case e.name == "icon" || e.name == "logo" || e.name == "subtitle" || e.name == "generator" || !a.metadata(e, &seen):
			a.fault(e.at, RuleUnknown, "<entry> has no <%s>", e.name)
			a.skip()
		}
	})
	if a.failed {
		return
	}
	a.needs(entry, &seen, "id", "title", "updated", "published", "content")
	if links.self > 1 {
		a.fault(entry.at, RuleSelf, "%d links of rel self", links.self)
	}
	a.ownLink(&links, language)
	if !seen.has("author") && a.orphans < 0 {
		a.orphans = entry.at
	}
}

// source checks atom:source (RFC 4287 §4.2.11).
func (a *atomReader) source(source xmlElement) {
	a.plain(source)
	var seen tally
	var links atomLinks
	a.children(func(e xmlElement) {
		switch {
		case a.foreign(e):
		case e.name == "link":
			a.link(e, &links)
		case e.name == "published" || e.name == "summary" || !a.metadata(e, &seen):
			a.fault(e.at, RuleUnknown, "<source> has no <%s>", e.name)
			a.skip()
		}
	})
	if !a.failed {
		a.needs(source, &seen, "id", "title", "updated")
	}
}

// textConstruct checks a text construct (RFC 4287 §3.1) of the types that we write.
// XHTML is Atom, and never ours.
func (a *atomReader) textConstruct(e xmlElement) {
	a.plain(e, "type")
	kind, ok := e.attr("type")
	if ok {
		a.oneOf(e.at, "type", kind, "text", "html")
	}
	s, at := a.text()
	a.nonempty(at, e.name, s)
	if kind == "html" {
		a.html(at, s)
	}
}

// content checks atom:content (RFC 4287 §4.1.3), inline as text or HTML.
func (a *atomReader) content(e xmlElement) {
	if src, ok := e.attr("src"); ok {
		a.fault(e.at, RuleUnknown, "content out of line, at %s", excerpt(src))
	}
	a.textConstruct(e)
}

// person checks a person construct (RFC 4287 §3.2).
func (a *atomReader) person(person xmlElement) {
	a.plain(person)
	var seen tally
	a.children(func(e xmlElement) {
		if a.foreign(e) {
			return
		}
		a.once(e, &seen, e.name)
		a.plain(e)
		s, at := a.text()
		switch e.name {
		case "name":
			a.nonempty(at, e.name, s)
		case "uri":
			a.webURI(at, e.name, s)
		case "email":
			if !value.IsEmail(s) {
				a.fault(at, RuleEmail, "%s is no address of e-mail", excerpt(s))
			}
		default:
			a.fault(e.at, RuleUnknown, "<%s> has no <%s>", person.name, e.name)
		}
	})
	if !a.failed {
		a.needs(person, &seen, "name")
	}
}

// category checks atom:category (RFC 4287 §4.2.2).
func (a *atomReader) category(e xmlElement) {
	a.plain(e, "term", "scheme", "label")
	if s, ok := a.required(e, "term"); ok {
		a.nonempty(e.at, "term", s)
	}
	if s, ok := e.attr("scheme"); ok {
		a.iri(e.at, "scheme", s)
	}
	if s, ok := e.attr("label"); ok {
		a.nonempty(e.at, "label", s)
	}
	a.empty(e)
}

// empty reads an element that has nothing in it.
func (a *atomReader) empty(e xmlElement) {
	if s, at := a.text(); s != "" {
		a.fault(at, RuleText, "text in <%s>", e.name)
	}
}

// atomLinks are the links of one element.
type atomLinks struct {
	self       int
	alternates []alternate
	address    string // of self
	others     map[string]string
}

type alternate struct {
	mediaType, language, address string
	at                           int
}

// link checks atom:link (RFC 4287 §4.2.7).
func (a *atomReader) link(e xmlElement, links *atomLinks) {
	a.plain(e, "href", "rel", "type", "hreflang", "title", "length")
	if s, ok := a.required(e, "href"); ok {
		a.iri(e.at, "href", s)
	}
	a.linkAttributes(e, links)
	a.empty(e)
}

// linkAttributes checks the attributes that a link has in Atom and in RSS, and
// counts it.
func (x *xmlReader) linkAttributes(e xmlElement, links *atomLinks) {
	rel, ok := e.attr("rel")
	switch {
	case !ok:
		rel = "alternate"
	case rel == "":
		x.fault(e.at, RuleEmpty, "rel is empty")
	}
	kind, ok := e.attr("type")
	if ok {
		x.mediaType(e.at, "type", kind)
	}
	language, ok := e.attr("hreflang")
	if ok {
		x.lang(e.at, "hreflang", language)
	}
	if s, ok := e.attr("length"); ok {
		x.number(e.at, "length", s)
	}
	switch href, _ := e.attr("href"); rel {
	case "self":
		links.self++
		links.address = href
	case "prev-archive", "next-archive", "current":
		if _, twice := links.others[rel]; twice {
			x.fault(e.at, RuleArchive, "a second link of rel %s", rel)
		}
		if links.others == nil {
			links.others = map[string]string{}
		}
		links.others[rel] = href
	case "alternate":
		this := alternate{kind, language, href, e.at}
		for _, other := range links.alternates {
			if other.mediaType == kind && other.language == language {
				x.fault(e.at, RuleAlternate, "two alternates of type %s and language %s", excerpt(kind), excerpt(language))
				break
			}
		}
		links.alternates = append(links.alternates, this)
	}
}

// ownLink checks where readers are led that take the first alternate, or the last, for
// the page of an element, whatever its type and language. An element of an undetermined
// language can't tell it; then the last alternate has the type alone.
func (x *xmlReader) ownLink(links *atomLinks, language string) {
	if len(links.alternates) == 0 {
		return
	}
	first, last := links.alternates[0], links.alternates[len(links.alternates)-1]
	switch {
	case first.mediaType != "" || first.language != "":
		x.fault(first.at, RuleOwnLink, "the first alternate has a type or a language")
	case last.address != first.address:
		x.fault(last.at, RuleOwnLink, "the last alternate leads to %s, and the first to %s", excerpt(last.address), excerpt(first.address))
	case last.mediaType != "text/html" || last.language != language:
		x.fault(last.at, RuleOwnLink, "the last alternate is of type %s and language %s, not text/html and %s", excerpt(last.mediaType), excerpt(last.language), excerpt(language))
	}
}

// deleted checks at:deleted-entry (RFC 6721 §3).
func (a *atomReader) deleted(e xmlElement) {
	if e.name != "deleted-entry" {
		a.fault(e.at, RuleUnknown, "tombstones have no <%s>", e.name)
		a.skip()
		return
	}
	a.plain(e, "ref", "when")
	if s, ok := a.required(e, "ref"); ok {
		a.iri(e.at, "ref", s)
		if _, twice := a.gone[s]; twice {
			a.fault(e.at, RuleDuplicate, "%s is withdrawn twice", excerpt(s))
		}
		a.gone[s] = e.at
	}
	if s, ok := a.required(e, "when"); ok {
		a.dateTime(e.at, "when", s)
	}
	a.empty(e)
}
