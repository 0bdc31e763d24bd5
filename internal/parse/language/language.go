package language

import (
	"strings"

	"github.com/kairan-news/kairan/internal/parse"
)

// Of returns the language of an article from what is said of it, best
// first: the configuration, then the entry, then the feed. Chinese that does not
// tell its script takes that of its text, else its country's, else simplified.
// Where nothing is said, the text's script is asked, and only where it leaves no
// doubt: kana is Japanese, Hangul Korean, Thai and Greek are themselves, and Han
// without kana is Chinese where its characters are of one form only. All else is
// "und".
func Of(text string, o parse.Options, said ...string) string {
	for _, s := range append([]string{o.Language}, said...) {
		tag := Tag(s)
		if tag == "" {
			continue
		}
		if saysChineseAlone(s) {
			if form := chineseForm(text); form != "" {
				return form
			}
			switch strings.ToUpper(o.Country) {
			case "HK", "TW", "MO":
				return "zh-Hant"
			}
		}
		return tag
	}
	return guess(text)
}
