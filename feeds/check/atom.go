package check

import (
	"github.com/kairan-news/kairan/feeds/internal/namespace"
	"github.com/kairan-news/kairan/feeds/internal/syntax"
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
	a := &atomReader{xmlReader: c.xml(), ids: ids{}, gone: map[string]int{}, orphans: -1}
	kind, e, _ := a.Next()
	if kind != syntax.Start {
		if !a.Failed() {
			a.fault(0, RuleRoot, "there is no element")
		}
		return
	}
	if e.Space != namespace.Atom || e.Name != "feed" {
		a.fault(e.At, RuleRoot, "the root is <%s> and not Atom's <feed>", e.Name)
		return
	}
	a.feed(e)
	a.Next() // whatever is behind
	for id, at := range a.gone {
		if _, ok := a.ids[id]; ok {
			a.fault(at, RuleWithdrawn, "%s is both there and withdrawn", value.Excerpt(id))
		}
	}
}

// feed checks atom:feed (RFC 4287 §4.1.1).
func (a *atomReader) feed(feed syntax.Element) {
	a.plain(feed)
	language, ok := feed.Lang()
	if !ok || language == "" {
		a.fault(feed.At, RuleLanguage, "<feed> has no xml:lang")
	}
	var seen tally
	var links atomLinks
	a.Children(func(e syntax.Element) {
		switch {
		case a.common(e, &seen):
		case e.Space == namespace.Tombstones:
			a.deleted(e)
		case e.Space == namespace.History:
			a.history(e, &seen)
		case a.foreign(e):
		case e.Name == "entry":
			a.entry(e)
		case e.Name == "link":
			a.link(e, &links)
		case !a.metadata(e, &seen):
			a.fault(e.At, RuleUnknown, "<feed> has no <%s>", e.Name)
			a.Skip()
		}
	})
	if a.Failed() {
		return
	}
	a.needs(feed, &seen, "id", "title", "updated")
	if links.self != 1 {
		a.fault(feed.At, RuleSelf, "%d links of rel self, not one", links.self)
	}
	a.ownLink(&links, language)
	a.archive(feed, &seen, &links)
	if !seen.has("author") && (a.orphans >= 0 || len(a.ids) == 0) {
		a.fault(max(a.orphans, feed.At), RuleMissing, "neither the feed nor the entry has an <author>")
	}
}

// foreign reports whether an element is of a namespace that we don't know.
func (a *atomReader) foreign(e syntax.Element) bool {
	if e.Space == namespace.Atom {
		return false
	}
	a.fault(e.At, RuleNamespace, "<%s> is of the namespace %s", e.Name, value.Excerpt(e.Space))
	a.Skip()
	return true
}

// needs reports what is required and was not there.
func (a *atomReader) needs(e syntax.Element, seen *tally, names ...string) {
	for _, name := range names {
		if !seen.has(name) {
			a.fault(e.At, RuleMissing, "<%s> has no <%s>", e.Name, name)
		}
	}
}

// metadata checks the elements that atom:feed, atom:entry and atom:source share. It
// reports whether the element was one of them, and has then read it.
func (a *atomReader) metadata(e syntax.Element, seen *tally) bool {
	switch e.Name {
	case "author", "contributor":
		seen.add(e.Name)
		a.person(e)
	case "category":
		a.category(e)
	case "id":
		a.once(e, seen, e.Name)
		a.plain(e)
		s, at := a.Text()
		a.iri(at, "id", s)
	case "updated", "published":
		a.once(e, seen, e.Name)
		a.plain(e)
		s, at := a.Text()
		a.dateTime(at, e.Name, s)
	case "title", "subtitle", "rights", "summary":
		a.once(e, seen, e.Name)
		a.textConstruct(e)
	case "icon", "logo":
		a.once(e, seen, e.Name)
		a.plain(e)
		s, at := a.Text()
		a.webURI(at, e.Name, s)
	case "generator":
		a.once(e, seen, e.Name)
		a.plain(e, "uri", "version")
		a.optional(e, "uri", a.webURI)
		s, at := a.Text()
		a.nonempty(at, e.Name, s)
	default:
		return false
	}
	return true
}

// entry checks atom:entry (RFC 4287 §4.1.2).
func (a *atomReader) entry(entry syntax.Element) {
	a.based(entry)
	language, ok := entry.Lang()
	if !ok {
		a.fault(entry.At, RuleLanguage, "<entry> has no xml:lang")
	}
	var seen tally
	var links atomLinks
	a.Children(func(e syntax.Element) {
		switch {
		case a.common(e, &seen):
		case a.foreign(e):
		case e.Name == "link":
			a.link(e, &links)
		case e.Name == "content":
			a.once(e, &seen, e.Name)
			a.content(e)
		case e.Name == "source":
			a.once(e, &seen, e.Name)
			a.source(e)
		case e.Name == "id":
			a.once(e, &seen, e.Name)
			a.plain(e)
			s, at := a.Text()
			a.iri(at, "id", s)
			a.unique(a.ids, at, s)
		case isOfFeedsAlone(e.Name) || !a.metadata(e, &seen):
			a.fault(e.At, RuleUnknown, "<entry> has no <%s>", e.Name)
			a.Skip()
		}
	})
	if a.Failed() {
		return
	}
	a.needs(entry, &seen, "id", "title", "updated", "published", "content")
	if links.self > 1 {
		a.fault(entry.At, RuleSelf, "%d links of rel self", links.self)
	}
	a.ownLink(&links, language)
	if !seen.has("author") && a.orphans < 0 {
		a.orphans = entry.At
	}
}

// isOfFeedsAlone reports whether a feed may have such an element, and an entry may not.
func isOfFeedsAlone(name string) bool {
	switch name {
	case "icon", "logo", "subtitle", "generator":
		return true
	}
	return false
}

// source checks atom:source (RFC 4287 §4.2.11).
func (a *atomReader) source(source syntax.Element) {
	a.plain(source)
	var seen tally
	var links atomLinks
	a.Children(func(e syntax.Element) {
		switch {
		case a.foreign(e):
		case e.Name == "link":
			a.link(e, &links)
		case e.Name == "published" || e.Name == "summary" || !a.metadata(e, &seen):
			a.fault(e.At, RuleUnknown, "<source> has no <%s>", e.Name)
			a.Skip()
		}
	})
	if !a.Failed() {
		a.needs(source, &seen, "id", "title", "updated")
	}
}

// textConstruct checks a text construct (RFC 4287 §3.1) of the types that we write.
// XHTML is Atom, and never ours.
func (a *atomReader) textConstruct(e syntax.Element) {
	a.plain(e, "type")
	kind, _ := a.optional(e, "type", a.oneOf("text", "html"))
	s, at := a.Text()
	a.nonempty(at, e.Name, s)
	if kind != "html" {
		a.letters(at, s)
	} else {
		a.html(at, s)
	}
}

// content checks atom:content (RFC 4287 §4.1.3), inline as text or HTML.
func (a *atomReader) content(e syntax.Element) {
	if src, ok := e.Attr("src"); ok {
		a.fault(e.At, RuleUnknown, "content out of line, at %s", value.Excerpt(src))
	}
	a.textConstruct(e)
}

// person checks a person construct (RFC 4287 §3.2).
func (a *atomReader) person(person syntax.Element) {
	a.plain(person)
	var seen tally
	a.Children(func(e syntax.Element) {
		if a.foreign(e) {
			return
		}
		a.once(e, &seen, e.Name)
		a.plain(e)
		s, at := a.Text()
		switch e.Name {
		case "name":
			a.nonempty(at, e.Name, s)
		case "uri":
			a.webURI(at, e.Name, s)
		case "email":
			if !value.IsEmail(s) {
				a.fault(at, RuleEmail, "%s is no address of e-mail", value.Excerpt(s))
			}
		default:
			a.fault(e.At, RuleUnknown, "<%s> has no <%s>", person.Name, e.Name)
		}
	})
	if !a.Failed() {
		a.needs(person, &seen, "name")
	}
}

// category checks atom:category (RFC 4287 §4.2.2).
func (a *atomReader) category(e syntax.Element) {
	a.plain(e, "term", "scheme", "label")
	a.required(e, "term", a.nonempty)
	a.optional(e, "scheme", a.iri)
	a.optional(e, "label", a.nonempty)
	a.empty(e)
}

// link checks atom:link (RFC 4287 §4.2.7).
func (a *atomReader) link(e syntax.Element, links *atomLinks) {
	a.plain(e, "href", "rel", "type", "hreflang", "title", "length")
	a.required(e, "href", a.iri)
	a.linkAttributes(e, links)
	a.empty(e)
}

// deleted checks at:deleted-entry (RFC 6721 §3).
func (a *atomReader) deleted(e syntax.Element) {
	if e.Name != "deleted-entry" {
		a.fault(e.At, RuleUnknown, "tombstones have no <%s>", e.Name)
		a.Skip()
		return
	}
	a.plain(e, "ref", "when")
	if s, ok := a.required(e, "ref", a.iri); ok {
		if _, twice := a.gone[s]; twice {
			a.fault(e.At, RuleDuplicate, "%s is withdrawn twice", value.Excerpt(s))
		}
		a.gone[s] = e.At
	}
	a.required(e, "when", a.dateTime)
	a.empty(e)
}
