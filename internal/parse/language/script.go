package language

import (
	"cmp"

	"golang.org/x/text/language"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/script"
)

// chineseForm returns "zh-Hans" or "zh-Hant" where the characters of a text that is
// Chinese leave no doubt, else "".
func chineseForm(n script.Letters) string {
	switch {
	case n.Simplified >= 2 && n.Simplified > 4*n.Traditional:
		return "zh-Hans"
	case n.Traditional >= 2 && n.Traditional > 4*n.Simplified:
		return "zh-Hant"
	}
	return ""
}

// Conflict tells why a text can't be in the language that was said; "" if it
// can. Short texts and names in another script are no conflict.
func Conflict(text, tag string) string {
	return conflictOf(script.Count(text), tag)
}

// conflictOf is [Conflict] by the letters of the text.
func conflictOf(n script.Letters, tag string) string {
	all := n.All()
	if all < 20 || tag == feeds.Undetermined {
		return ""
	}
	own := scriptOf(tag)
	if own == "" {
		return ""
	}
	if why := hanConflict(n, own); why != "" {
		return why
	}
	if n.Of(own)*10 < all && all >= 40 {
		return "the text is in another script"
	}
	return ""
}

// contradiction tells why the text of a document can't be in the language that it says;
// "" if it can. Scripts of one language contradict however short the text is, and so do the
// characters of the other form of Chinese; words of the same script do where they are many.
func contradiction(text string, n script.Letters, tag string) string {
	own := scriptOf(tag)
	if own == "" {
		return ""
	}
	if proven := script.ByScript(n); proven != "" && !isWrittenIn(proven, own) {
		return "the text is in the script of " + proven
	}
	others := n.All() - n.Latin
	if n.Of(own) == 0 && others >= fewestOthers || own == "Latn" && others >= fewestAmidNames && others > 2*n.Latin {
		return "the text is in another script"
	}
	if why := cmp.Or(formContradiction(n, own), conflictOf(n, tag)); why != "" {
		return why
	}
	if 2*n.Of(own) > n.All() && script.IsInAnother(text, tag) {
		return "its small words are those of another language"
	}
	return ""
}

// formContradiction tells by the forms of Han characters why a text can't be in what is
// written in that script; "" if it can.
func formContradiction(n script.Letters, own string) string {
	switch {
	case own == "Jpan" && max(n.Simplified, n.NotJapanese) >= fewestForms && isChinese(script.ByScript(n)):
		return "the characters are those of Chinese"
	case own == "Hans" && n.Traditional >= fewestForms && n.Traditional > 4*n.Simplified:
		return "the characters are traditional"
	case own == "Hant" && n.Simplified >= fewestForms && n.Simplified > 4*n.Traditional:
		return "the characters are simplified"
	}
	return ""
}

// What contradicts a document by its letters of other scripts but Latin, of which one that
// stands for a syllable or a word is two.
const (
	// fewestOthers is how many there are at least where there is none of its own.
	fewestOthers = 6
	// fewestAmidNames is how many there are at least where it says that it is in Latin
	// letters, and a third of them or fewer is, as names and addresses are.
	fewestAmidNames = 20
)

// isWrittenIn reports whether a language that a text proves by its script may be written in
// the one that was said. Japanese and all of Chinese have Han.
func isWrittenIn(proven, own string) bool {
	switch proven {
	case "zh-Hans", "zh-Hant":
		return own == "Hans" || own == "Hant" || own == "Hani" || own == "Jpan" || own == "Kore"
	}
	return scriptOf(proven) == own
}

func isChinese(tag string) bool { return tag == "zh-Hans" || tag == "zh-Hant" }

// scriptOf returns the script that a language is written in (ISO 15924); "" where that is
// not known.
func scriptOf(tag string) string {
	switch tag { // of our locales, which are asked for each article
	case "en", "nl", "fr", "tr", "id", "fil", "de", "es":
		return "Latn"
	case "ja":
		return "Jpan"
	case "zh-Hans":
		return "Hans"
	case "zh-Hant":
		return "Hant"
	case "ko":
		return "Kore"
	case "th":
		return "Thai"
	case "ru":
		return "Cyrl"
	case "ar":
		return "Arab"
	case "el":
		return "Grek"
	}
	name, confidence := language.Make(tag).Script()
	if confidence == language.No {
		return ""
	}
	return name.String()
}

// fewestForms is how many characters of the other form of Chinese contradict a document.
const fewestForms = 3

// hanConflict tells why a text can't be Japanese, or Chinese of that script; "" if it can.
func hanConflict(n script.Letters, name string) string {
	switch {
	case name == "Jpan":
		if n.Kana == 0 && n.Han >= 30 && (n.Simplified+n.Traditional) > 0 {
			return "the text has no kana"
		}
	case name != "Hans" && name != "Hant" && name != "Hani":
	case 2*n.Kana > n.All()/5:
		return "the text has kana"
	case name == "Hans" && n.Traditional >= 5 && n.Traditional > 4*n.Simplified:
		return "the characters are traditional"
	case name == "Hant" && n.Simplified >= 5 && n.Simplified > 4*n.Traditional:
		return "the characters are simplified"
	}
	return ""
}
