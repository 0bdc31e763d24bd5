// Package plain makes plain text of what is stored, the text of sanitized HTML, and cuts
// texts for people.
//
// Feeds, pages and recommendations ask it, so that a notice begins in the same way wherever
// only its beginning is shown, and no reading of ruby stands amid its words; who reads
// documents asks it for summaries and headlines. A cut stands at the end of a sentence, else
// of a word, as the text's script has it: Japanese and Chinese have no spaces, and a Thai
// vowel may stand before its consonant. None stands within what a reader takes for one
// character.
// space.go tells what white space means, and where a text may be cut.
package plain

import (
	"html"
	"strings"

	nethtml "golang.org/x/net/html"
)

// Text returns the text of sanitized HTML, or the beginning of it that has about so many
// bytes; 0 is all. What is no phrasing content ends a word (HTML §3.2.5.2.5). The readings
// of ruby are left out: they say again how the base is read.
func Text(content string, bytes int) string { return text(content, bytes, ' ') }

// Lines is [Text] with a line end where Text has a space for what is no phrasing content,
// for who makes one line of it ([OneLine], [Shorten]).
func Lines(content string, bytes int) string { return text(content, bytes, '\n') }

func text(content string, bytes int, between byte) string {
	if !strings.ContainsAny(content, "<&") {
		return content
	}
	var b strings.Builder
	reading := 0 // elements that are open and hold readings
	for z := nethtml.NewTokenizer(strings.NewReader(content)); bytes == 0 || b.Len() < bytes; {
		switch kind := z.Next(); kind {
		case nethtml.ErrorToken:
			return b.String()
		case nethtml.TextToken:
			if reading == 0 {
				b.WriteString(html.UnescapeString(string(z.Raw())))
			}
		case nethtml.StartTagToken, nethtml.EndTagToken, nethtml.SelfClosingTagToken:
			name, _ := z.TagName()
			switch {
			case isReading(string(name)) && kind == nethtml.StartTagToken:
				reading++
			case isReading(string(name)):
				reading = max(0, reading-1)
			case !isPhrasing(string(name)):
				b.WriteByte(between)
			}
		}
	}
	return b.String()
}

func isReading(element string) bool { return element == "rt" || element == "rp" }

// isPhrasing reports whether an element stands within a text and parts no words.
func isPhrasing(element string) bool {
	switch element {
	case "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "rb", "ruby",
		"s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr":
		return true
	}
	return false
}
