package locales

import (
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/bidi"
)

const (
	leftToRight = "ltr"
	rightToLeft = "rtl"
)

// Direction returns the direction in which a language is written, "ltr" or
// "rtl", by the script of the tag, or the one that is likely for it: "az" is
// written from the left, "az-Arab" from the right. What is not a tag is "ltr".
func Direction(tag string) string {
	script, _ := language.Make(tag).Script()
	switch script.String() {
	case "Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa":
		return rightToLeft
	}
	return leftToRight
}

// The first strong isolate and its end (Unicode Standard Annex 9, §2.4.2).
const (
	firstStrongIsolate    = "\u2068"
	popDirectionalIsolate = "\u2069"
)

// isolate wraps a value that holds letters of the other direction than dir.
// One such letter is enough, wherever it stands: it is what would pull the
// message's own words and marks to the wrong side.
func isolate(value, dir string) string {
	if !against(value, dir) {
		return value
	}
	return firstStrongIsolate + value + popDirectionalIsolate
}

func against(value, dir string) bool {
	for _, r := range value {
		if dir == leftToRight && r < '\u0590' {
			continue // no letter before Hebrew runs from the right
		}
		properties, _ := bidi.LookupRune(r)
		switch properties.Class() {
		case bidi.L:
			if dir == rightToLeft {
				return true
			}
		case bidi.R, bidi.AL:
			if dir == leftToRight {
				return true
			}
		}
	}
	return false
}
