package html

import "strings"

// isSettled reports whether the policy would let HTML through as it is: where it is
// nothing but text, tags of everyday elements without attributes, and links and
// pictures with plain addresses. That is most of what the cleaner writes, and asking
// the policy itself costs as much as parsing the feed.
//
// It knows far less than the policy does, and all that it does not know is the
// policy's to judge. That the policy changes nothing of what passes here is what
// FuzzSanitize holds it to.
func isSettled(html string) bool {
	for i := 0; i < len(html); {
		n := 1
		switch c := html[i]; {
		case isSettledText(c) || c == '\n' || c == '\t':
		case c == '<':
			n = settledTag(html[i:])
		case c == '&':
			n = settledReference(html[i:])
		default:
			n = 0
		}
		if n == 0 {
			return false
		}
		i += n
	}
	return true
}

// settledTag returns the length of the tag that the HTML begins with, 0 if the policy
// has to be asked.
func settledTag(html string) int {
	end := strings.IndexByte(html, '>')
	if end < 0 {
		return 0
	}
	tag := html[1:end]
	name, attributes, _ := strings.Cut(strings.TrimPrefix(tag, "/"), " ")
	known := false
	switch {
	case tag[:min(1, len(tag))] == "/":
		known = attributes == "" && len(name) == len(tag)-1 && (name == "a" || isEveryday(name))
	case name == "a":
		known = areSettled(attributes, isFitForLink)
	case name == "img":
		known = areSettled(attributes, isFitForImage)
	default:
		known = len(name) == len(tag) && isEveryday(name)
	}
	if !known {
		return 0
	}
	return end + 1
}

// isEveryday reports whether an element is one that the policy lets through without
// attributes.
func isEveryday(name string) bool {
	switch name {
	case "p", "br", "hr", "div", "span", "section", "h1", "h2", "h3", "h4", "h5", "h6", "em", "strong", "b", "i", "u", "s",
		"small", "sub", "sup", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td",
		"figure", "figcaption", "blockquote", "q", "cite", "code", "pre", "ruby", "rt", "rp":
		return true
	}
	return false
}

// areSettled reports whether attributes are written as the cleaner writes them, each
// with a value that is fit for its key.
func areSettled(attributes string, fit func(key, value string) bool) bool {
	for {
		key, rest, ok := strings.Cut(attributes, `="`)
		if !ok {
			return false
		}
		value, rest, ok := strings.Cut(rest, `"`)
		if !ok || !isSettledValue(value) || !fit(key, value) {
			return false
		}
		if rest == "" {
			return true
		}
		if attributes, ok = strings.CutPrefix(rest, " "); !ok {
			return false
		}
	}
}

// isFitForLink reports whether the policy lets an attribute of a link through.
func isFitForLink(key, value string) bool {
	return key == "href" && isPlainAddress(value) || key == "title"
}

// isFitForImage reports whether the policy lets an attribute of a picture through.
func isFitForImage(key, value string) bool {
	switch key {
	case "src":
		return isPlainAddress(value)
	case "width", "height":
		return value != "" && strings.Trim(value, "0123456789") == ""
	}
	return key == "alt" || key == "title"
}

func isSettledValue(value string) bool {
	for value != "" {
		n := 1
		switch c := value[0]; {
		case c == '&':
			n = settledReference(value)
		case !isSettledText(c):
			n = 0
		}
		if n == 0 {
			return false
		}
		value = value[n:]
	}
	return true
}

// isSettledText reports whether a byte stands for itself in text and in values.
func isSettledText(c byte) bool {
	return c >= ' ' && c != '<' && c != '>' && c != '"' && c != '\'' && c != '&' && c != 0x7F
}

// settledReference returns the length of the reference that the HTML begins with, as
// the policy would write it itself.
func settledReference(html string) int {
	for _, reference := range [...]string{"&amp;", "&lt;", "&gt;", "&#34;", "&#39;"} {
		if strings.HasPrefix(html, reference) {
			return len(reference)
		}
	}
	return 0
}

// isPlainAddress reports whether an http or https address has no character that could
// be written in another way, ampersands between parameters aside.
func isPlainAddress(s string) bool {
	rest, ok := strings.CutPrefix(s, "https://")
	if !ok {
		if rest, ok = strings.CutPrefix(s, "http://"); !ok {
			return false
		}
	}
	address, query, _ := strings.Cut(rest, "?")
	host, path, _ := strings.Cut(address, "/")
	name, port, hasPort := strings.Cut(host, ":")
	return name != "" && !strings.ContainsFunc(name, isNot("-.")) &&
		(!hasPort || port != "" && strings.Trim(port, "0123456789") == "") &&
		!strings.ContainsFunc(path, isNot("-._~/")) &&
		!strings.ContainsFunc(strings.ReplaceAll(query, "&amp;", "&"), isNot("-._~/=+:,@&%"))
}

// isNot returns what is true for all but ASCII letters, digits and some others.
func isNot(others string) func(rune) bool {
	return func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune(others, r)
	}
}
