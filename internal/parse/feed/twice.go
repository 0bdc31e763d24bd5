package feed

import (
	"bytes"
	"slices"
	"strings"

	"github.com/kairan-news/kairan/internal/parse/entity"
)

// Of an element that may stand once and stands several times, the first that is not empty
// is meant, as in most readers; gofeed takes the last. The others are kept from it. What
// they say is not lost: an identifier or an address among them may be the one by which the
// article is known already, a date is read where the first one can't be, and each author is one.

// single is an element that an entry, or a feed itself, has once at most.
type single uint8

const (
	singleNone single = iota
	singleTitle
	singleLink // of RSS: an entry of Atom has as many as it likes
	singleID   // RSS's guid, Atom's id
	singleText // RSS's description, Atom's summary
	singleContent
	singleDate    // RSS's pubDate, Atom's published
	singleUpdated // Atom's; RSS's lastBuildDate
	singleAuthor  // of RSS
	singleCount
)

// singleNamed returns the feed's own element of that name, in small letters.
func singleNamed(local []byte, f family) single {
	if f == familyAtom {
		return atomSingle(local)
	}
	switch string(local) {
	case "title":
		return singleTitle
	case "link":
		return singleLink
	case "guid":
		return singleID
	case "description":
		return singleText
	case "pubdate":
		return singleDate
	case "lastbuilddate":
		return singleUpdated
	case "author":
		return singleAuthor
	}
	return singleNone
}

// atomSingle is singleNamed for Atom.
func atomSingle(local []byte) single {
	switch string(local) {
	case "title":
		return singleTitle
	case "id":
		return singleID
	case "summary":
		return singleText
	case "content":
		return singleContent
	case "published":
		return singleDate
	case "updated":
		return singleUpdated
	}
	return singleNone
}

// occurrence is an element where it stands in the document.
type occurrence struct {
	whole, content span
	// filled says that there is anything in it.
	filled bool
}

// occurrences are the elements of one entry, or of a feed, that count, by their names.
type occurrences [singleCount]occurrence

// meet takes an element in, and returns the one that it leaves without a meaning; ok is
// false where it is the first.
func (o *occurrences) meet(name single, e occurrence) (lost occurrence, ok bool) {
	have := &o[name]
	switch {
	case have.whole.to == 0:
		*have = e
		return lost, false
	case have.filled || !e.filled:
		return e, true
	}
	lost, *have = *have, e
	return lost, true
}

// lostField is an element that means nothing beside the one that counts.
type lostField struct {
	name single
	occurrence
}

// isFilled reports whether there is more than white space in the content of an element.
func isFilled(content []byte) bool {
	content = bytes.TrimSpace(content)
	if section, ok := bytes.CutPrefix(content, cdataStart); ok {
		content = bytes.TrimSpace(bytes.TrimSuffix(section, cdataEnd))
	}
	return len(content) > 0
}

// contentText returns the text of an element's content, its references decoded and without
// its comments and tags: character for character, but for white space around it.
func contentText(content []byte) string {
	if bytes.IndexByte(content, '<') < 0 {
		return strings.Trim(entity.Decode(content), " \t\r\n")
	}
	var b strings.Builder
	s := scanner{data: content}
	for t := s.next(); t.kind != tokenNone; t = s.next() {
		switch t.kind {
		case tokenText:
			b.WriteString(entity.Decode(t.text))
		case tokenCDATA:
			b.Write(t.text)
		}
	}
	return strings.Trim(b.String(), " \t\r\n")
}

// textAt returns the text of an element whose content stands there; "" where that is not known.
func (r *reader) textAt(content span) string {
	if content.to <= content.from {
		return ""
	}
	return contentText(r.text[content.from:content.to])
}

// mostLost is how many lost elements of a name are read in an entry.
const mostLost = 50

// lostTexts returns what the lost elements of that name in an entry say, in their order.
func (r *reader) lostTexts(info entryInfo, name single) (texts []string) {
	for _, l := range info.lost {
		if l.name != name {
			continue
		}
		if len(texts) == mostLost {
			break
		}
		if text := r.textAt(l.content); text != "" && !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	return texts
}

// withoutLost returns the entries that are known, and the lost elements of the feed and of
// the other entries: all that gofeed is not to see, in the order of the document.
func withoutLost(v *survey, known []span) []span {
	out := slices.Clone(known)
	for _, l := range v.lost {
		out = append(out, l.whole)
	}
	for i := range v.entries {
		for _, l := range v.entries[i].lost {
			out = append(out, l.whole)
		}
	}
	slices.SortFunc(out, func(a, b span) int { return a.from - b.from })
	return out
}
