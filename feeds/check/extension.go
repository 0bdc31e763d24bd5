package check

import (
	"slices"
	"strconv"
	"strings"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/internal/namespace"
	"github.com/kairan-news/kairan/feeds/internal/syntax"
)

// common checks the elements that RSS and Atom share: ours and Media RSS's. It reports
// whether the element was one of them, and has then read it.
func (x *xmlReader) common(e syntax.Element, seen *tally) bool {
	switch e.Space {
	case feeds.Namespace:
		x.ours(e, seen)
	case namespace.Media:
		x.media(e, seen)
	case namespace.GeoRSS:
		x.point(e, seen)
	case namespace.ITunes, namespace.Podcast:
		x.podcast(e, seen)
	default:
		return false
	}
	return true
}

// point checks GeoRSS Simple's point: a latitude and a longitude, with a space between.
func (x *xmlReader) point(e syntax.Element, seen *tally) {
	x.once(e, seen, "georss:"+e.Name)
	x.plain(e)
	if e.Name != "point" {
		x.fault(e.At, RuleUnknown, "<georss:%s> is not expected here", e.Name)
	}
	s, at := x.Text()
	lat, long, _ := strings.Cut(s, " ")
	for _, of := range []struct {
		degrees string
		most    float64
	}{{lat, 90}, {long, 180}} {
		if d, err := strconv.ParseFloat(of.degrees, 64); err != nil || !(d >= -of.most && d <= of.most) {
			x.fault(at, RuleText, "%q is no latitude and longitude", s)
			return
		}
	}
}

// once reports an element that may stand once and has been there.
func (x *xmlReader) once(e syntax.Element, seen *tally, key string) {
	if seen.add(key) > 1 {
		x.fault(e.At, RuleDuplicate, "a second <%s>", e.Name)
	}
}

// based is plain for an element that may have a base of its own.
func (x *xmlReader) based(e syntax.Element, names ...string) {
	for i, a := range e.Attrs {
		if a.Space == namespace.XML && a.Name == "base" {
			x.webURI(a.At, "xml:base", a.Value)
			e.Attrs = slices.Delete(slices.Clone(e.Attrs), i, i+1)
			break
		}
	}
	x.plain(e, names...)
}

// plain reports attributes that an element does not have. Those in a namespace are
// xml:lang, or a fault.
func (x *xmlReader) plain(e syntax.Element, names ...string) {
	for _, a := range e.Attrs {
		if a.Space == namespace.XML && a.Name == "lang" {
			if a.Value != "" {
				x.lang(a.At, "xml:lang", a.Value)
			}
			continue
		}
		known := false
		for _, n := range names {
			known = known || a.Space == "" && a.Name == n
		}
		if !known {
			x.fault(a.At, RuleUnknown, "<%s> has no attribute %s", e.Name, a.Name)
		}
	}
}

// required checks an attribute that must be there, and returns it.
func (x *xmlReader) required(e syntax.Element, name string, check func(at int, what, s string)) (string, bool) {
	s, ok := x.optional(e, name, check)
	if !ok {
		x.fault(e.At, RuleMissing, "<%s> has no %s", e.Name, name)
	}
	return s, ok
}

// optional checks an attribute that may be there, and returns it.
func (x *xmlReader) optional(e syntax.Element, name string, check func(at int, what, s string)) (string, bool) {
	s, ok := e.Attr(name)
	if ok {
		check(e.At, name, s)
	}
	return s, ok
}

// empty reads an element that has nothing in it.
func (x *xmlReader) empty(e syntax.Element) {
	if s, at := x.Text(); s != "" {
		x.fault(at, RuleText, "text in <%s>", e.Name)
	}
}

// ours checks an element of our own namespace.
func (x *xmlReader) ours(e syntax.Element, seen *tally) {
	switch e.Name {
	case "version":
		x.plain(e, "id", "hreflang", "href", "title")
		x.required(e, "id", x.nonempty)
		x.required(e, "href", x.webURI)
		x.optional(e, "hreflang", x.lang)
		x.optional(e, "title", x.nonempty)
		x.empty(e)
		return
	case "license":
		x.plain(e, "name", "deed")
		x.once(e, seen, "k:license")
		x.optional(e, "name", x.nonempty)
		x.optional(e, "deed", x.webURI)
		x.empty(e)
		return
	case "epoch":
		x.epoch(e, seen)
		return
	case "source-author":
		x.plain(e, "name", "localized")
		x.required(e, "name", x.nonempty)
		x.required(e, "localized", x.nonempty)
		x.empty(e)
		return
	case "category", "source-category":
		x.plain(e, "term", "scheme", "label", "localized")
		x.optional(e, "localized", x.nonempty)
		x.required(e, "term", x.nonempty)
		x.optional(e, "scheme", x.nonempty)
		x.optional(e, "label", x.nonempty)
		x.empty(e)
		return
	}
	x.plain(e)
	x.once(e, seen, "k:"+e.Name)
	s, at := x.Text()
	switch e.Name {
	case "seq", "since", "revision":
		x.number(at, e.Name, s)
	case "seen", "corrected":
		x.dateTime(at, e.Name, s)
	case "page":
		x.webURI(at, e.Name, s)
	case "id", "channel", "reason", "story", "publisher", "source", "replaces", "language-note", "correction-note", "related-heading":
		x.nonempty(at, e.Name, s)
	default:
		x.fault(e.At, RuleUnknown, "our namespace has no <%s>", e.Name)
	}
}

// epoch checks which life of the log the document's numbers belong to.
func (x *xmlReader) epoch(e syntax.Element, seen *tally) {
	x.plain(e, "former", "from", "since")
	x.once(e, seen, "k:epoch")
	for _, name := range []string{"former", "from", "since"} {
		x.required(e, name, func(at int, what, s string) { x.number(at, what, s) })
	}
	s, at := x.Text()
	x.number(at, e.Name, s)
}

// history checks an element of RFC 5005's namespace.
func (x *xmlReader) history(e syntax.Element, seen *tally) {
	if e.Name != "archive" {
		x.fault(e.At, RuleUnknown, "<fh:%s> is not expected here", e.Name)
		x.Skip()
		return
	}
	x.once(e, seen, "fh:archive")
	x.plain(e)
	if s, at := x.Text(); s != "" {
		x.fault(at, RuleText, "text in <fh:archive>")
	}
}

// archive checks a feed's links by RFC 5005 §4: an archive links the live feed, which
// alone is the last of the chain, and none links itself.
func (x *xmlReader) archive(feed syntax.Element, seen *tally, links *atomLinks) {
	for _, rel := range []string{"prev-archive", "next-archive", "current"} {
		href, linked := links.others[rel]
		switch is := seen.has("fh:archive"); {
		case linked && href == links.address:
			x.fault(feed.At, RuleArchive, "the link of rel %s leads to the document itself", rel)
		case linked && !is && rel != "prev-archive":
			x.fault(feed.At, RuleArchive, "a link of rel %s, and the document is no archive", rel)
		case !linked && is && rel == "current":
			x.fault(feed.At, RuleArchive, "an archive without a link of rel current")
		}
	}
}

// media checks an element of Media RSS.
func (x *xmlReader) media(e syntax.Element, seen *tally) {
	if e.Name == "thumbnail" {
		x.once(e, seen, "media:thumbnail")
		x.plain(e, "url", "width", "height")
		x.required(e, "url", x.webURI)
		x.optional(e, "width", x.number)
		x.optional(e, "height", x.number)
		x.Text()
		return
	}
	if e.Name != "content" {
		x.fault(e.At, RuleUnknown, "<media:%s> is not expected here", e.Name)
		x.Skip()
		return
	}
	x.plain(e, "url", "type", "medium", "fileSize", "width", "height", "duration")
	x.required(e, "url", x.webURI)
	x.optional(e, "type", x.mediaType)
	x.optional(e, "medium", x.oneOf("image", "audio", "video", "document", "executable"))
	for _, name := range []string{"fileSize", "width", "height", "duration"} {
		x.optional(e, name, x.number)
	}
	var within tally
	x.Children(func(e syntax.Element) {
		switch {
		case e.Space == namespace.Media && (e.Name == "title" || e.Name == "description"):
			x.plain(e, "type")
			x.optional(e, "type", x.oneOf("plain", "html"))
		case e.Space == namespace.Media && e.Name == "credit":
			x.plain(e)
		default:
			x.fault(e.At, RuleUnknown, "<%s> is not expected in <media:content>", e.Name)
			x.Skip()
			return
		}
		x.once(e, &within, e.Name)
		s, at := x.Text()
		x.nonempty(at, e.Name, s)
	})
}
