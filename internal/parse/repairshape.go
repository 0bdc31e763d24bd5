package parse

import "strings"

// structural tells whether the innermost element holds no text of its own.
func (r *repairer) structural() bool {
	if len(r.open) <= 1 {
		return true
	}
	top := r.open[len(r.open)-1]
	return top.local == "channel" || r.isItem(top.name, top.local, len(r.open)-1)
}

// isItem tells whether an element of that name at that depth is an item or entry.
func (r *repairer) isItem(name, local string, depth int) bool {
	if r.family == familyAtom {
		return local == "entry" && depth == 1
	}
	return local == "item" && (depth == 1 || depth == 2 && r.open[1].local == "channel") && r.native(name)
}

// native tells whether a name belongs to the feed's own format.
func (r *repairer) native(name string) bool {
	prefix, _, ok := strings.Cut(name, ":")
	if !ok {
		return true
	}
	root, _, ok := strings.Cut(r.open[0].name, ":")
	return ok && root == prefix || prefix == "rss" && r.family != familyAtom || prefix == "atom" && r.family == familyAtom
}

// startsItem tells whether the tag begins an item, wherever it stands.
func (r *repairer) startsItem(name, local string) bool {
	if r.family == familyAtom {
		return local == "entry" && r.native(name)
	}
	return (local == "item" || local == "entry") && r.native(name)
}

// isField tells whether a child of an item holds text and nothing else.
func (r *repairer) isField(name, local string) bool {
	if r.family == familyAtom {
		return r.native(name) && isAtomText(local)
	}
	if r.native(name) {
		return true
	}
	return local == "encoded" || strings.HasPrefix(name, "dc:") || strings.HasPrefix(name, "dcterms:") || r.isXHTMLBody(name, local)
}

// isXHTMLBody tells whether the element is content of an RSS item in XHTML.
func (r *repairer) isXHTMLBody(name, local string) bool {
	return r.family != familyAtom && strings.Contains(name, ":") && (local == "body" || local == "div")
}

func isAtomText(local string) bool {
	switch local {
	case "title", "subtitle", "tagline", "summary", "content", "rights", "copyright", "info", "id", "published",
		"updated", "issued", "modified", "created", "generator", "icon", "logo":
		return true
	}
	return false
}

// isFeedField tells whether a child of the feed or channel holds text alone.
func (r *repairer) isFeedField(name, local string) bool {
	if !r.native(name) {
		return strings.HasPrefix(name, "dc:")
	}
	if r.family == familyAtom {
		return isAtomText(local)
	}
	switch local {
	case "title", "link", "description", "language", "copyright", "managingeditor", "webmaster", "pubdate",
		"lastbuilddate", "category", "generator", "docs", "ttl", "rating":
		return true
	}
	return false
}

// isPersonField tells whether the element is a part of an Atom person (RFC 4287
// §3.2).
func (r *repairer) isPersonField(name string) bool {
	top := r.open[len(r.open)-1].local
	return r.family == familyAtom && (top == "author" || top == "contributor") && r.native(name)
}

// isSibling tells whether a tag inside a field looks like the next field.
func (r *repairer) isSibling(name, local string) bool {
	if r.family == familyAtom {
		return isAtomText(local) || local == "author" || local == "link" || local == "category"
	}
	switch local {
	case "title", "link", "description", "pubdate", "guid", "author", "category", "comments", "enclosure", "source", "encoded", "creator":
		return true
	}
	return strings.HasPrefix(name, "dc:")
}
