package language

import (
	"golang.org/x/text/language"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/script"
)

// chineseForm returns "zh-Hans" or "zh-Hant" where the characters of the text leave
// no doubt, else "".
func chineseForm(text string) string {
	n := script.Count(text)
	switch {
	case n.Simplified >= 2 && n.Simplified > 4*n.Traditional:
		return "zh-Hans"
	case n.Traditional >= 2 && n.Traditional > 4*n.Simplified:
		return "zh-Hant"
	}
	return ""
}

// guess returns the language that the script of a text leaves no doubt of.
func guess(text string) string {
	n := script.Count(text)
	all := n.All()
	switch {
	case all < 6:
	case 2*n.Kana > all/10 && 2*(n.Kana+n.Han) > all/2:
		return "ja"
	case 2*n.Hangul > all/2:
		return "ko"
	case n.Thai > all/2:
		return "th"
	case n.Greek > all/2:
		return "el"
	case n.Kana == 0 && 2*n.Han > all*3/4:
		if form := chineseForm(text); form != "" {
			return form
		}
	}
	return feeds.Undetermined
}

// Conflict tells why a text can't be in the language that was said; "" if it
// can. Short texts and names in another script are no conflict.
func Conflict(text, tag string) string {
	n := script.Count(text)
	all := n.All()
	if all < 20 || tag == feeds.Undetermined {
		return ""
	}
	name, confidence := language.Make(tag).Script()
	if confidence == language.No {
		return ""
	}
	if why := hanConflict(n, name.String()); why != "" {
		return why
	}
	if n.Of(name.String())*10 < all && all >= 40 {
		return "the text is in another script"
	}
	return ""
}

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
