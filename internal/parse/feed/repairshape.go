package feed

import "bytes"

// structural reports whether the innermost element holds no text of its own.
func (r *repairer) structural() bool {
	i := len(r.open) - 1
	return i <= 0 || i == 1 && r.inChannel() || r.isItem(i)
}

// inChannel reports whether RSS's channel is open.
func (r *repairer) inChannel() bool {
	return r.family != familyAtom && len(r.open) > 1 && r.open[1].own && r.open[1].local == "channel"
}

// isItem reports whether the open element at that place is an item or entry.
func (r *repairer) isItem(i int) bool {
	e := &r.open[i]
	if r.family == familyAtom {
		return e.own && e.local == "entry" && i == 1
	}
	return e.own && e.local == "item" && (i == 1 || i == 2 && r.inChannel())
}

// startsItem reports whether the tag begins an item, wherever it stands.
func (r *repairer) startsItem(v vocabulary, local string) bool {
	return v.own && isEntryName([]byte(local), r.family) || r.isStray(v, local)
}

// isStray reports whether the tag is that of an entry of Atom which strayed into RSS.
func (r *repairer) isStray(v vocabulary, local string) bool {
	return r.family != familyAtom && local == "entry" && v.uri == nsAtom && r.itemDepth() < 0
}

// isField reports whether a child of an item holds text and nothing else.
func (r *repairer) isField(v vocabulary, local string) bool {
	if r.family == familyAtom {
		return v.own && isAtomText(local)
	}
	return v.own || v.uri == nsContent && local == "encoded" || v.uri == nsDC || v.uri == nsDCTerms || r.isXHTMLBody(v, local)
}

// isXHTMLBody reports whether the element is content of an RSS item in XHTML.
func (r *repairer) isXHTMLBody(v vocabulary, local string) bool {
	return r.family != familyAtom && v.uri == nsXHTML && !v.own && (local == "body" || local == "div")
}

func isAtomText(local string) bool {
	switch local {
	case "title", "subtitle", "tagline", "summary", "content", "rights", "copyright", "info", "id", "published",
		"updated", "issued", "modified", "created", "generator", "icon", "logo":
		return true
	}
	return false
}

// isFeedField reports whether a child of the feed or channel holds text alone.
func (r *repairer) isFeedField(v vocabulary, local string) bool {
	if !v.own {
		return v.uri == nsDC
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

// inPerson reports whether the innermost element is an Atom person (RFC 4287 §3.2).
func (r *repairer) inPerson() bool {
	top := &r.open[len(r.open)-1]
	return r.family == familyAtom && top.own && isPerson([]byte(top.local))
}

// isSibling reports whether a tag inside a field looks like the next field.
func (r *repairer) isSibling(v vocabulary, local string) bool {
	if r.family == familyAtom {
		return isAtomText(local) || local == "author" || local == "link" || local == "category"
	}
	switch local {
	case "title", "link", "description", "pubdate", "guid", "author", "category", "comments", "enclosure", "source", "encoded", "creator":
		return true
	}
	return v.uri == nsDC
}

// repairer writes a document anew while it walks it.
type repairer struct {
	scanner
	names
	out      bytes.Buffer
	open     []written
	entities map[string]string
	// rooted says that the element that the feed begins with was entered.
	rooted bool
	// invented is how many prefixes were.
	invented int
	// inText says that what was written last is text.
	inText bool
	// suppressed counts the open elements that were too deep to be written.
	suppressed int
	// lookahead is how many bytes may still be searched for a lost end.
	lookahead int
	items     int    // that were seen
	itemTag   string // the name of the last one's tag, as it stands in the document
	isCut     bool
	// hasChannel says that RSS's channel was begun.
	hasChannel bool
	// rootAt is the place of the element that the document begins with: 1 where its root
	// is missing. hasEnded says that its end was seen.
	rootAt   int
	hasEnded bool
	// item is the item or entry that is open.
	item struct {
		from         int // where it begins in out
		title, ident bool
	}
}

// written is an element that was written and not closed yet.
type written struct {
	source string // the name in the document, with its prefix
	name   string // the name that was written
	local  string // without its prefix, in small letters
	own    bool   // it is the feed's own
	pieces int    // of text that were written directly in it
}

// itemDepth returns the place of the open item in the stack; -1 if none is open.
func (r *repairer) itemDepth() int {
	for i := 1; i < min(len(r.open), 3); i++ {
		if r.isItem(i) {
			return i
		}
	}
	return -1
}
