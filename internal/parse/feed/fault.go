package feed

import (
	"bytes"

	"github.com/kairan-news/kairan/internal/parse/entity"
)

// fault is a set of things that a document does against XML.
type fault uint16

const (
	faultControl   fault = 1 << iota // control characters
	faultAmp                         // an ampersand that begins no reference, or a reference to nothing
	faultTag                         // tags that do not match, or can't be read
	faultTruncated                   // the document ends before its root element does
	faultProlog                      // something before the root element that does not belong there
	faultMarkup                      // markup in an element that holds text
	faultSection                     // a comment or CDATA section without its end
	faultNamespace                   // a namespace that hides the feed's own elements, or lets foreign ones look like them
	faultPlace                       // entries, or a second channel, where none may stand
	faultHuge                        // nested or cut into pieces beyond reason
)

// faultNames gives each fault its code and sentence for operators.
var faultNames = []struct {
	fault        fault
	code, detail string
}{
	{faultControl, "control-characters", "characters that XML forbids were dropped"},
	{faultAmp, "entities", "ampersands that begin no reference, or references to nothing, were mended"},
	{faultTag, "tags", "tags that do not match or can't be read were mended"},
	{faultTruncated, "truncated", "the document ends too early; what was open was closed, and an unfinished field left out"},
	{faultProlog, "prolog", "something before the root element that does not belong there was left out"},
	{faultMarkup, "markup", "markup in an element that holds text was taken for text"},
	{faultSection, "sections", "a comment or CDATA section that does not end was closed"},
	{faultNamespace, "namespaces", "prefixes or namespaces that were not declared, or wrongly, or that let something foreign look like the feed's own, were mended"},
	{faultPlace, "places", "entries, or a second channel, that stand where none may were taken to where they belong"},
	{faultHuge, "excess", "the document is nested, cut into pieces or long beyond reason; it was flattened or cut off"},
}

// hasControl reports whether the text holds characters that XML 1.0 §2.2 forbids.
func hasControl(data []byte) bool {
	for i, b := range data {
		if b < 0x20 && b != '\t' && b != '\n' && b != '\r' {
			return true
		}
		if b == 0xEF && i+2 < len(data) && data[i+1] == 0xBF && data[i+2] >= 0xBE {
			return true
		}
	}
	return false
}

// hasBadReference reports whether an ampersand in the text begins no reference, or
// one that XML does not declare or forbids.
func hasBadReference(text []byte) bool {
	for {
		i := bytes.IndexByte(text, '&')
		if i < 0 {
			return false
		}
		text = text[i+1:]
		end := bytes.IndexByte(text[:min(len(text), 12)], ';')
		if end < 1 {
			return true
		}
		switch name := text[:end]; {
		case name[0] == '#':
			r, ok := entity.Number(name[1:])
			if !ok || !entity.IsChar(r) || r >= 0x80 && r < 0xA0 {
				return true
			}
		case string(name) != "amp" && string(name) != "lt" && string(name) != "gt" && string(name) != "quot" && string(name) != "apos":
			return true
		}
		text = text[end+1:]
	}
}

// swallowsItems reports whether a CDATA section lost its end and took the items
// behind it in.
func swallowsItems(text []byte) bool {
	i := bytes.Index(text, []byte("<![CDATA["))
	return i >= 0 && (bytes.Contains(text[:i], []byte("</item>")) || bytes.Contains(text[:i], []byte("</entry>")) ||
		bytes.Contains(text[:i], []byte("</title>")) || bytes.Contains(text[:i], []byte("</description>")))
}
