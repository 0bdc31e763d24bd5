package check

import (
	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/internal/namespace"
)

// common checks the elements that RSS and Atom share: ours and Media RSS's. It tells
// whether the element was one of them, and has then read it.
func (x *xmlReader) common(e xmlElement, seen *tally) bool {
	switch e.space {
	case feeds.Namespace:
		x.ours(e, seen)
	case namespace.Media:
		x.media(e)
	default:
		return false
	}
	return true
}

// once reports an element that may stand once and has been there.
func (x *xmlReader) once(e xmlElement, seen *tally, key string) {
	if seen.add(key) > 1 {
		x.fault(e.at, RuleDuplicate, "a second <%s>", e.name)
	}
}

// plain reports attributes that an element does not have. Those in a namespace are
// xml:lang, or a fault.
func (x *xmlReader) plain(e xmlElement, names ...string) {
	for _, a := range e.attrs {
		if a.space == namespace.XML && a.name == "lang" {
			if a.value != "" {
				x.lang(a.at, "xml:lang", a.value)
			}
			continue
		}
		known := false
		for _, n := range names {
			known = known || a.space == "" && a.name == n
		}
		if !known {
			x.fault(a.at, RuleUnknown, "<%s> has no attribute %s", e.name, a.name)
		}
	}
}

// required returns an attribute that must be there.
func (x *xmlReader) required(e xmlElement, name string) (string, bool) {
	s, ok := e.attr(name)
	if !ok {
		x.fault(e.at, RuleMissing, "<%s> has no %s", e.name, name)
	}
	return s, ok
}

// ours checks an element of our own namespace.
func (x *xmlReader) ours(e xmlElement, seen *tally) {
	switch e.name {
	case "version":
		x.plain(e, "id", "hreflang", "href", "page")
		x.required(e, "id")
		if s, ok := x.required(e, "href"); ok {
			x.webURI(e.at, "href", s)
		}
		if s, ok := e.attr("hreflang"); ok {
			x.lang(e.at, "hreflang", s)
		}
		if s, ok := e.attr("page"); ok {
			x.webURI(e.at, "page", s)
		}
		x.text()
		return
	case "related":
		x.plain(e, "href", "hreflang")
		if s, ok := x.required(e, "href"); ok {
			x.webURI(e.at, "href", s)
		}
		s, at := x.text()
		x.nonempty(at, e.name, s)
		return
	case "term":
		x.plain(e, "scheme", "label")
		s, at := x.text()
		x.nonempty(at, e.name, s)
		return
	case "category":
		x.plain(e)
		s, at := x.text()
		x.nonempty(at, e.name, s)
		return
	}
	x.plain(e)
	x.once(e, seen, "k:"+e.name)
	s, at := x.text()
	switch e.name {
	case "seq", "since", "revision":
		x.number(at, e.name, s)
	case "updated", "corrected":
		x.dateTime(at, e.name, s)
	case "page", "license":
		x.webURI(at, e.name, s)
	case "id", "channel", "reason", "story", "publisher", "source", "replaces":
		x.nonempty(at, e.name, s)
	default:
		x.fault(e.at, RuleUnknown, "our namespace has no <%s>", e.name)
	}
}

// history checks an element of RFC 5005's namespace.
func (x *xmlReader) history(e xmlElement, seen *tally) {
	if e.name != "archive" {
		x.fault(e.at, RuleUnknown, "<fh:%s> is not expected here", e.name)
		x.skip()
		return
	}
	x.once(e, seen, "fh:archive")
	x.plain(e)
	if s, at := x.text(); s != "" {
		x.fault(at, RuleText, "text in <fh:archive>")
	}
}

// archive checks a feed's links by RFC 5005 §4: an archive links the live feed, which
// alone is the last of the chain, and none links itself.
func (x *xmlReader) archive(feed xmlElement, seen *tally, links *atomLinks) {
	for _, rel := range []string{"prev-archive", "next-archive", "current"} {
		href, linked := links.others[rel]
		switch is := seen.has("fh:archive"); {
		case linked && href == links.address:
			x.fault(feed.at, RuleArchive, "the link of rel %s leads to the document itself", rel)
		case linked && !is && rel != "prev-archive":
			x.fault(feed.at, RuleArchive, "a link of rel %s, and the document is no archive", rel)
		case !linked && is && rel == "current":
			x.fault(feed.at, RuleArchive, "an archive without a link of rel current")
		}
	}
}

// media checks an element of Media RSS.
func (x *xmlReader) media(e xmlElement) {
	if e.name != "content" {
		x.fault(e.at, RuleUnknown, "<media:%s> is not expected here", e.name)
		x.skip()
		return
	}
	x.plain(e, "url", "type", "medium", "fileSize", "width", "height")
	if s, ok := x.required(e, "url"); ok {
		x.webURI(e.at, "url", s)
	}
	if s, ok := e.attr("type"); ok {
		x.mediaType(e.at, "type", s)
	}
	if s, ok := e.attr("medium"); ok {
		x.oneOf(e.at, "medium", s, "image", "audio", "video", "document", "executable")
	}
	for _, name := range []string{"fileSize", "width", "height"} {
		if s, ok := e.attr(name); ok {
			x.number(e.at, name, s)
		}
	}
	var seen tally
	x.children(func(e xmlElement) {
		if e.space != namespace.Media || e.name != "title" && e.name != "description" {
			x.fault(e.at, RuleUnknown, "<%s> is not expected in <media:content>", e.name)
			x.skip()
			return
		}
		x.once(e, &seen, e.name)
		x.plain(e, "type")
		if s, ok := e.attr("type"); ok {
			x.oneOf(e.at, "type", s, "plain", "html")
		}
		s, at := x.text()
		x.nonempty(at, e.name, s)
	})
}
