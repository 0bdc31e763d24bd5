package feed

import (
	"bytes"
	"slices"
	"strings"

	"github.com/kairan-news/kairan/internal/parse/entity"
)

// A name's prefix says nothing by itself: what an element is depends on the namespace
// that the innermost element around it binds the prefix to, or the default's where it
// has none (Namespaces in XML 1.0 §6). So media:title is no title of the feed's own, nor
// is <channel xmlns="…"> in an entry its channel, and <a:entry> may well be an entry.
//
// The feed's own elements are those
//
//   - in no namespace, and in the ones of its format, however they are misspelt;
//   - in the root element's namespace, whatever that is: who writes
//     <feed xmlns="https://www.w3.org/2005/Atom"> means Atom. Only where it is one of
//     another vocabulary, such as Media RSS, do the names alone count that are written
//     as the root's is;
//   - in the one namespace in which a feed without any entry has entries with titles.
//
// All others are foreign, and never take the place of one of the feed's own.

// The namespaces that are asked for by name.
const (
	nsAtom    = "http://www.w3.org/2005/Atom"
	nsAtom03  = "http://purl.org/atom/ns#"
	nsRDF     = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	nsRSS10   = "http://purl.org/rss/1.0/"
	nsRSS090  = "http://channel.netscape.com/rdf/simple/0.9/"
	nsRSS09   = "http://my.netscape.com/rdf/simple/0.9/"
	nsContent = "http://purl.org/rss/1.0/modules/content/"
	nsDC      = "http://purl.org/dc/elements/1.1/"
	nsDCTerms = "http://purl.org/dc/terms/"
	nsMedia   = "http://search.yahoo.com/mrss/"
	nsXHTML   = "http://www.w3.org/1999/xhtml"
)

// namespaceOf returns the namespace that feeds mean by a prefix.
func namespaceOf(prefix string) string {
	switch prefix {
	case "atom", "atom10":
		return nsAtom
	case "content":
		return nsContent
	case "dc":
		return nsDC
	case "dcterms":
		return nsDCTerms
	case "itunes":
		return "http://www.itunes.com/dtds/podcast-1.0.dtd"
	case "media":
		return nsMedia
	case "rdf":
		return nsRDF
	case "sy":
		return "http://purl.org/rss/1.0/modules/syndication/"
	case "georss":
		return "http://www.georss.org/georss"
	case "xhtml":
		return nsXHTML
	}
	return "urn:x-undeclared:" + prefix
}

// meant returns the namespace that a URI means: one that feeds use, where it differs
// from that in nothing but the scheme, a "www.", capitals or the end.
func meant(uri string) string {
	uri = strings.TrimSpace(uri)
	key := strings.TrimRight(strings.ToLower(uri), "/#")
	key = strings.TrimPrefix(strings.TrimPrefix(key, "http://"), "https://")
	switch strings.TrimPrefix(key, "www.") {
	case "w3.org/2005/atom":
		return nsAtom
	case "purl.org/atom/ns":
		return nsAtom03
	case "w3.org/1999/02/22-rdf-syntax-ns":
		return nsRDF
	case "purl.org/rss/1.0":
		return nsRSS10
	case "channel.netscape.com/rdf/simple/0.9":
		return nsRSS090
	case "my.netscape.com/rdf/simple/0.9":
		return nsRSS09
	case "purl.org/rss/1.0/modules/content":
		return nsContent
	case "purl.org/dc/elements/1.1":
		return nsDC
	case "purl.org/dc/terms":
		return nsDCTerms
	case "search.yahoo.com/mrss":
		return nsMedia
	case "w3.org/1999/xhtml":
		return nsXHTML
	}
	return uri
}

// isVocabulary reports whether a namespace is one that feeds use beside their own.
func isVocabulary(uri string) bool {
	switch uri {
	case nsAtom, nsAtom03, nsXHTML, nsDC, nsDCTerms, nsMedia, "http://www.itunes.com/DTDs/PodCast-1.0.dtd":
		return true
	}
	return strings.HasPrefix(uri, "http://purl.org/rss/1.0/modules/") || uri == namespaceOf("itunes") || uri == namespaceOf("georss")
}

// vocabulary is what is known of the namespace of a name.
type vocabulary struct {
	uri string // as it is meant; "" for none
	own bool   // it is the feed's own
	// plain says that gofeed takes it for the feed's own, too.
	plain bool
	// undeclared says that the name's prefix is not bound, so that it is taken for what
	// feeds mean by it.
	undeclared bool
}

// binding is a prefix, or "" for the default, that an open element binds.
type binding struct {
	vocabulary
	prefix string
	depth  int // of the element that binds it
	// out is the prefix that a repair writes for it; "" for none.
	out string
}

// names knows what the names of a document mean, at the place that a walk over it has
// come to.
type names struct {
	family family
	// adopted is the namespace in which a document without an entry of its own has
	// entries; "" for none.
	adopted string
	// prefix and uri are the root element's, and raw is the uri as it is written.
	prefix, uri, raw string
	bound            []binding // the innermost last
	// full says that more were bound at once than maxNamespaces; these are forgotten.
	full bool
	// misspelt says that a prefix of the document's own is bound to a namespace beside
	// the feed's own that is misspelt: gofeed knows such a one by its usual prefix alone.
	misspelt bool
}

// enter takes in what an element binds, and returns what its own name means. The root
// element of a feed tells what is the feed's own.
func (n *names) enter(name []byte, attrs []attr, depth int, root bool) vocabulary {
	first := len(n.bound)
	for _, a := range attrs {
		prefix, ok := bound(a)
		switch {
		case !ok:
		case len(n.bound) >= maxNamespaces:
			n.full = true
		default:
			n.bound = append(n.bound, binding{prefix: string(prefix), depth: depth, vocabulary: vocabulary{uri: entity.Decode(a.value)}})
		}
	}
	if root {
		prefix, _ := cutName(name)
		n.prefix, n.uri, n.raw = string(prefix), "", ""
		for _, b := range n.bound[first:] {
			if b.prefix == n.prefix {
				n.raw = strings.TrimSpace(b.uri)
				n.uri = meant(n.raw)
			}
		}
	}
	for i := first; i < len(n.bound); i++ {
		b := &n.bound[i]
		raw := strings.TrimSpace(b.uri)
		b.vocabulary = n.judge(b.prefix, raw)
		n.misspelt = n.misspelt || !b.own && b.uri != raw && b.uri != nsXHTML && b.uri != namespaceOf(b.prefix)
	}
	return n.of(name)
}

// leave forgets what the element at that depth, and those within it, bind.
func (n *names) leave(depth int) {
	for len(n.bound) > 0 && n.bound[len(n.bound)-1].depth >= depth {
		n.bound = n.bound[:len(n.bound)-1]
	}
}

// of returns what a name means here.
func (n *names) of(name []byte) vocabulary {
	prefix, _ := cutName(name)
	if b := n.binding(prefix); b != nil {
		return b.vocabulary
	}
	return n.unbound(prefix)
}

// peek returns what the name of an element would mean that is not entered yet.
func (n *names) peek(name []byte, attrs []attr) vocabulary {
	prefix, _ := cutName(name)
	for _, a := range slices.Backward(attrs) {
		if p, ok := bound(a); ok && bytes.Equal(p, prefix) {
			return n.judge(string(prefix), strings.TrimSpace(entity.Decode(a.value)))
		}
	}
	return n.of(name)
}

// binding returns the innermost binding of a prefix; nil if it is not bound.
func (n *names) binding(prefix []byte) *binding {
	for i := len(n.bound) - 1; i >= 0; i-- {
		if n.bound[i].prefix == string(prefix) {
			return &n.bound[i]
		}
	}
	return nil
}

// unbound returns what a prefix means that is not bound.
func (n *names) unbound(prefix []byte) vocabulary {
	switch {
	case len(prefix) == 0:
		return vocabulary{own: true, plain: true}
	case string(prefix) == "xml":
		return vocabulary{uri: "http://www.w3.org/XML/1998/namespace"}
	case string(prefix) == n.prefix,
		n.family == familyAtom && string(prefix) == "atom",
		n.family != familyAtom && (string(prefix) == "rss" || string(prefix) == "rdf"):
		return vocabulary{own: true, undeclared: true}
	}
	return vocabulary{uri: namespaceOf(string(prefix)), undeclared: true}
}

// judge returns what it means that a prefix is bound to a URI.
func (n *names) judge(prefix, raw string) vocabulary {
	v := vocabulary{uri: meant(raw)}
	isRoots := v.uri == n.uri && n.uri != "" && !isVocabulary(v.uri)
	v.own = v.uri == "" || v.uri == n.adopted || v.uri == n.uri && prefix == n.prefix || isRoots || isNamespaceOf(n.family, v.uri)
	v.plain = raw == "" || isNamespaceOf(n.family, raw) || n.family != familyAtom && isRoots && raw == n.raw
	return v
}

// isNamespaceOf reports whether a namespace is one that the format's own elements are in.
func isNamespaceOf(f family, uri string) bool {
	switch uri {
	case nsAtom, nsAtom03:
		return f == familyAtom
	case nsRDF, nsRSS10, nsRSS09, nsRSS090:
		return f != familyAtom
	}
	return false
}

// bound returns the prefix that an attribute binds, "" for the default.
func bound(a attr) (prefix []byte, ok bool) {
	switch {
	case string(a.name) == "xmlns":
		return nil, true
	case bytes.HasPrefix(a.name, []byte("xmlns:")):
		return a.name[len("xmlns:"):], true
	}
	return nil, false
}

// cutName returns a name's prefix and its local name.
func cutName(name []byte) (prefix, local []byte) {
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		return name[:i], name[i+1:]
	}
	return nil, name
}

// lowered returns a name's local part in small letters.
func lowered(name []byte) []byte {
	_, local := cutName(name)
	for _, b := range local {
		if 'A' <= b && b <= 'Z' {
			return bytes.ToLower(local)
		}
	}
	return local
}
