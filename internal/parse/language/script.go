package language

import (
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
// "" if it can. Kana, Hangul and Thai contradict however short the text is, and so do the
// characters of the other form of Chinese.
func contradiction(n script.Letters, tag string) string {
	own := scriptOf(tag)
	if own == "" {
		return ""
	}
	switch proven := script.ByScript(n); {
	case proven == "ja" && own != "Jpan", proven == "ko" && own != "Kore", proven == "th" && own != "Thai":
		return "the text is in the script of " + proven
	case own == "Hans" && n.Traditional >= fewestForms && n.Traditional > 4*n.Simplified:
		return "the characters are traditional"
	case own == "Hant" && n.Simplified >= fewestForms && n.Simplified > 4*n.Traditional:
		return "the characters are simplified"
	case n.Of(own) == 0 && n.All()-n.Latin >= fewestOthers:
		return "the text is in another script"
	}
	return conflictOf(n, tag)
}

// fewestOthers is how many letters of other scripts but Latin contradict a document where
// there is none of its own; one that stands for a syllable or a word is two.
const fewestOthers = 8

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
