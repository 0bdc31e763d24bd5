package feed

import (
	"bytes"
)

// bareJSON returns the JSON that a document holds, without what some write around it: an
// answer for a script in another page ("callback({…});"), a guard against that
// (")]}',", "while(1);"), comments. ok is false where it holds none. What stands behind
// the JSON's end stays.
func bareJSON(text []byte) (json []byte, ok bool) {
	for text = trimJSON(text); len(text) > 0; text = trimJSON(text) {
		if text[0] == '{' || text[0] == '[' {
			return text, true
		}
		size := max(guardLen(text), callLen(text))
		if size == 0 {
			break
		}
		text = text[size:]
	}
	return nil, false
}

// trimJSON returns a text without the white space and the comments that it begins with.
func trimJSON(text []byte) []byte {
	for {
		text = bytes.TrimLeft(text, " \t\r\n\uFEFF\x00")
		size := commentLen(text)
		if size == 0 {
			return text
		}
		text = text[size:]
	}
}

// commentLen returns the length of the comment of JavaScript that a text begins with; 0 if
// there is none.
func commentLen(text []byte) int {
	end, size := "\n", 1
	switch {
	case bytes.HasPrefix(text, []byte("//")):
	case bytes.HasPrefix(text, []byte("/*")):
		end, size = "*/", 2
	default:
		return 0
	}
	i := bytes.Index(text[2:], []byte(end))
	if i < 0 {
		return len(text)
	}
	return 2 + i + size
}

// guardLen returns the length of the guard that a text begins with, which keeps other sites'
// scripts from running it; 0 if there is none.
func guardLen(text []byte) int {
	for _, guard := range [...]string{")]}',", ")]}'", "while(1);", "for(;;);"} {
		if bytes.HasPrefix(text, []byte(guard)) {
			return len(guard)
		}
	}
	return 0
}

// maxCallName is how long the name of a function is that is looked for before JSON.
const maxCallName = 128

// callLen returns the length of the beginning of a function's call, such as
// "feed.callback(", or of a variable's value, such as "var feed =", that a text begins
// with; 0 if there is none.
func callLen(text []byte) int {
	head := text[:min(len(text), maxCallName)]
	end := bytes.IndexAny(head, "(=")
	if end < 0 {
		return 0
	}
	words := 0
	for word := range bytes.FieldsSeq(head[:end]) {
		if words++; !isCallName(word) {
			return 0
		}
	}
	if words > 2 {
		return 0
	}
	return end + 1
}

// isCallName reports whether a word names a function or a variable of JavaScript.
func isCallName(word []byte) bool {
	for _, b := range word {
		if !isNameByte(b) && b != '$' && b != '[' && b != ']' || b == '-' || b == ':' {
			return false
		}
	}
	return true
}
