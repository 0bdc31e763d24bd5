package check

import (
	"github.com/kairan-news/kairan/feeds/internal/syntax"
	"github.com/kairan-news/kairan/feeds/internal/value"
)

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

// linkAttributes checks the attributes that a link has in Atom and in RSS, and
// counts it.
func (x *xmlReader) linkAttributes(e syntax.Element, links *atomLinks) {
	rel, ok := e.Attr("rel")
	switch {
	case !ok:
		rel = "alternate"
	case rel == "":
		x.fault(e.At, RuleEmpty, "rel is empty")
	}
	kind, _ := x.optional(e, "type", x.mediaType)
	language, _ := x.optional(e, "hreflang", x.lang)
	x.optional(e, "length", x.number)
	switch href, _ := e.Attr("href"); rel {
	case "self":
		links.self++
		links.address = href
	case "prev-archive", "next-archive", "current":
		if _, twice := links.others[rel]; twice {
			x.fault(e.At, RuleArchive, "a second link of rel %s", rel)
		}
		if links.others == nil {
			links.others = map[string]string{}
		}
		links.others[rel] = href
	case "alternate":
		this := alternate{kind, language, href, e.At}
		for _, other := range links.alternates {
			if other.mediaType == kind && other.language == language {
				x.fault(e.At, RuleAlternate, "two alternates of type %s and language %s", value.Excerpt(kind), value.Excerpt(language))
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
		x.fault(last.at, RuleOwnLink, "the last alternate leads to %s, and the first to %s", value.Excerpt(last.address), value.Excerpt(first.address))
	case last.mediaType != "text/html" || last.language != language:
		x.fault(last.at, RuleOwnLink, "the last alternate is of type %s and language %s, not text/html and %s", value.Excerpt(last.mediaType), value.Excerpt(last.language), value.Excerpt(language))
	}
}
