package feed

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"

	"github.com/mmcdole/gofeed/atom"
	"github.com/mmcdole/gofeed/rss"

	"github.com/kairan-news/kairan/internal/parse"
)

// What is read of a document is compared with what was seen in it, since nobody misses a
// notice that was lost on the way. An entry was read where anything was found in it that
// its format has a word for, however little. One that holds other things alone, or that
// was lost, was seen and not read. One that holds nothing at all is the empty form of a
// publisher with nothing to say: it is no notice, and nothing is lost with it.

// ErrNoneRead is the cause of an error where a document has entries, and none of them
// could be read.
var ErrNoneRead = errors.New("none could be read; look at the document, and tell its publisher what is wrong with it")

// ErrCutOff is the cause of an error where a document ends before its first entry does.
var ErrCutOff = errors.New("the document ends too early, before its first entry does; if it stays so, tell its publisher")

// account finds out how many of the entries that were seen were not read. The error says
// that none was, of a document that is not whole and empty.
func (r *reader) account(seen int, isCut bool) error {
	seen -= r.empty
	read := r.feed.Entries()
	r.feed.Lost = max(0, seen-read)
	switch {
	case read == 0 && r.feed.Lost > 0:
		return fmt.Errorf("of its %d entries %w", seen, ErrNoneRead)
	case read == 0 && isCut:
		return ErrCutOff
	case r.empty > 0:
		r.feed.Problems = append(r.feed.Problems, parse.Problem{Code: "empty-entries",
			Detail: fmt.Sprintf("entries without any content, which are no notices, were left out: %d", r.empty)})
	}
	return nil
}

// isPassedOver reports whether nothing was read of an entry, so that it comes to no
// article. source is the entry as it stands in the document, nil where that is not known;
// isBare reports whether its format's parser found nothing in it.
func (r *reader) isPassedOver(d *draft, source []byte, isBare func() bool) bool {
	switch {
	case !d.isBlank():
		return false
	case source != nil && !holdsAnything(source):
		r.empty++
		return true
	}
	return isBare()
}

// isBareEntry reports whether gofeed found nothing in an entry that Atom has a word for.
func isBareEntry(e *atom.Entry) bool {
	own := *e
	own.Extensions = nil
	return reflect.DeepEqual(own, atom.Entry{})
}

// isBareItem reports whether gofeed found nothing in an item that RSS has a word for.
func isBareItem(item *rss.Item) bool {
	own := *item
	own.Extensions, own.ITunesExt, own.DublinCoreExt, own.Custom = nil, nil, nil, nil
	return reflect.DeepEqual(own, rss.Item{})
}

// holdsAnything reports whether there is text in an element, or an attribute with a value
// that is more than a word about the element.
func holdsAnything(element []byte) bool {
	s := scanner{data: element}
	for {
		switch t := s.next(); t.kind {
		case tokenNone:
			return false
		case tokenText, tokenCDATA:
			if len(bytes.TrimSpace(t.text)) > 0 {
				return true
			}
		case tokenStart:
			for _, a := range s.attrs {
				if len(bytes.TrimSpace(a.value)) > 0 && !isQualifier(a) {
					return true
				}
			}
		}
	}
}

// isQualifier reports whether an attribute says nothing where its element is empty.
func isQualifier(a attr) bool {
	if _, binds := bound(a); binds || bytes.HasPrefix(a.name, []byte("xml:")) {
		return true
	}
	switch string(lowered(a.name)) {
	case "type", "mode", "rel", "hreflang", "length", "medium", "domain", "scheme", "ispermalink":
		return true
	}
	return false
}
