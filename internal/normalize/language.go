package normalize

import (
	"unicode"

	"golang.org/x/text/language"

	"github.com/kairan-news/kairan/feeds"
)

// undetermined is the language of an article of which nothing tells it (BCP 47).
const undetermined = "und"

// languageOf returns the language of an article: its own, else its publisher's
// where the text is in that language's script. A city that publishes in its own
// language often does not say so.
func languageOf(a feeds.Article, p feeds.Publisher) string {
	if a.Language != "" && a.Language != undetermined {
		return a.Language
	}
	if p.Language != "" && inScript(a.Title+" "+a.Summary, p.Language) {
		return p.Language
	}
	return undetermined
}

// inScript tells whether most letters of a text are of the script that a language
// is written in.
func inScript(text, tag string) bool {
	t, err := language.Parse(tag)
	if err != nil {
		return false
	}
	script, _ := t.Script()
	tables := scripts(script.String())
	own, all := 0, 0
	for _, r := range text {
		if !unicode.IsLetter(r) {
			continue
		}
		all++
		if unicode.In(r, tables...) {
			own++
		}
	}
	return all > 0 && 2*own > all
}

// scripts returns the characters of a script by its ISO 15924 code.
func scripts(code string) []*unicode.RangeTable {
	switch code {
	case "Jpan":
		return []*unicode.RangeTable{unicode.Hiragana, unicode.Katakana, unicode.Han}
	case "Kore":
		return []*unicode.RangeTable{unicode.Hangul, unicode.Han}
	case "Hans", "Hant":
		return []*unicode.RangeTable{unicode.Han}
	case "Arab":
		return []*unicode.RangeTable{unicode.Arabic}
	case "Cyrl":
		return []*unicode.RangeTable{unicode.Cyrillic}
	case "Thai":
		return []*unicode.RangeTable{unicode.Thai}
	case "Latn":
		return []*unicode.RangeTable{unicode.Latin}
	default:
		return nil
	}
}
