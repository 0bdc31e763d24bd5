package html

import "strings"

// unprefixed returns an element's name without the prefix that XHTML in a feed may
// have.
func unprefixed(name string) string {
	if prefix, local, ok := strings.Cut(name, ":"); ok && (prefix == "xhtml" || prefix == "html" || prefix == "h") {
		return local
	}
	return name
}

// isDangerous reports whether an element goes with all that is in it.
func isDangerous(name string) bool {
	switch name {
	case "script", "style", "template", "noscript", "iframe", "embed", "applet", "svg", "annotation", "annotation-xml", "head", "title",
		"textarea", "select", "button", "input", "noframes", "frameset", "frame", "noembed", "link", "meta", "base",
		"plaintext", "xmp", "canvas", "dialog", "map", "area", "portal", "listing", "param", "track", "slot", "marquee",
		"bgsound", "keygen", "datalist", "option", "optgroup", "progress", "meter", "output", "xml":
		return true
	}
	return false
}

// isVoid reports whether an element has no content.
func isVoid(name string) bool {
	switch name {
	case "br", "hr", "img", "wbr", "col", "source", "input", "embed", "link", "meta", "base", "area", "param", "track", "frame", "bgsound", "keygen":
		return true
	}
	return false
}

// isKept reports whether content keeps an element.
func isKept(name string) bool {
	switch name {
	case "a", "em", "strong", "b", "i", "u", "s", "small", "sub", "sup", "mark", "abbr", "cite", "dfn", "kbd", "samp", "var",
		"code", "span", "q", "time", "del", "ins", "ruby", "rt", "rp", "rb", "rtc", "bdi", "bdo", "wbr", "br",
		"audio", "video", "source", "col", "td", "th":
		return true
	case "body", "html", "form", "center", "nav", "fieldset", "legend", "hgroup", "menu", "dir", "picture":
		return false
	}
	return IsBlock(name)
}

// IsBlock reports whether an element begins on a line of its own.
func IsBlock(name string) bool {
	switch name {
	case "p", "hr", "div", "section", "article", "aside", "header", "footer", "main", "h1", "h2", "h3", "h4", "h5", "h6",
		"pre", "address", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "colgroup", "thead", "tbody", "tfoot", "tr",
		"figure", "figcaption", "details", "summary", "blockquote",
		"body", "html", "form", "center", "nav", "fieldset", "legend", "hgroup", "menu", "dir":
		return true
	}
	return false
}

// IsCell reports whether an element of that name is a cell of a table.
func IsCell(name string) bool { return name == "td" || name == "th" }

func isTablePart(name string) bool {
	return IsCell(name) || name == "tr" || name == "table" || name == "tbody" || name == "thead" || name == "tfoot"
}
