package language

import (
	"strings"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/script"
)

// Of returns the language of an article from what is said of it, best first: the
// configuration, then the entry, then the feed. What a person configured stands; of what
// a document says, the first that its text does not contradict. Where that is nothing, it
// is the language that the text proves ([script.Proven]), else "und".
//
// Chinese that does not tell its script takes that of its text, else its country's, else
// simplified.
//
// Where the text can't be in what was said, the denial says so of the first.
func Of(text string, o parse.Options, said ...string) (tag string, denied Denial) {
	n := script.Count(text)
	if tag = resolve(o.Language, Whole(o.Language), n, o.Country); tag != "" {
		return tag, Denial{tag, conflictOf(n, tag)}
	}
	for _, s := range said {
		tag := resolve(s, Said(s, o), n, o.Country)
		if tag == "" {
			continue
		}
		why := contradiction(text, n, tag)
		if why == "" {
			return tag, denied
		}
		if denied.Why == "" {
			denied = Denial{tag, why}
		}
	}
	switch tag = script.Proven(text); {
	case tag != "":
	case denied.Why != "" && 2*n.Latin > n.All():
		tag = denied.Tag // all languages have names and addresses in Latin letters
	default:
		tag = feeds.Undetermined
	}
	return tag, denied
}

// Denial tells why a text can't be in a language that was said. The zero value is none.
type Denial struct {
	Tag string // the language
	Why string // "" where the text can be in it
}

// resolve returns the tag of what is called a language, with its script where Chinese
// alone is said.
func resolve(s, tag string, n script.Letters, country string) string {
	if tag != "zh-Hans" || !saysChineseAlone(s) {
		return tag
	}
	if form := chineseForm(n); form != "" {
		return form
	}
	switch strings.ToUpper(country) {
	case "HK", "TW", "MO":
		return "zh-Hant"
	}
	return tag
}
