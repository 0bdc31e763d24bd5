package normalize

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/script"
)

// languageOf returns the language of an article: its own, else the one that its
// commonest words are of, else its publisher's where the text is in that language's
// script. A city that publishes in its own language often does not say so.
func languageOf(a feeds.Article, p feeds.Publisher) string {
	if a.Language != "" && a.Language != feeds.Undetermined {
		return a.Language
	}
	text := a.Title + " " + a.Summary
	if tag := commonWords(text + " " + markup.ReplaceAllString(a.Content, " ")); tag != "" {
		return tag
	}
	if p.Language != "" && inScript(text, p.Language) {
		return p.Language
	}
	return feeds.Undetermined
}

var markup = regexp.MustCompile(`<[^>]*>`)

// functionWords are the commonest small words of languages in Latin letters: those
// of ours, and others that would be taken for them.
var functionWords = map[string]string{
	"en":  "the of and to in for is on with that by at from be are this it will",
	"nl":  "de het een van en in op te dat voor met zijn aan bij ook niet wordt er",
	"fr":  "le la les des et du une dans pour est sur au qui par avec aux ce ne",
	"tr":  "ve bir bu için ile olarak da de daha olan gibi kadar sonra çok en her ise",
	"id":  "yang dan di untuk dengan dari ini pada akan dalam ke adalah itu tidak oleh",
	"fil": "ang ng sa na mga at ay para ito kung may hindi ni si kay nang o isang",
	"de":  "der die das und ist in den von zu mit für auf dem ein eine nicht im des",
	"es":  "el la los las de que y en un una por con para del se su al es",
	"it":  "il la di che e un una per con del della in è dei le nel si sono",
	"pt":  "o a os as de que e em um uma para com do da não no na dos",
}

// What is needed to believe common words: so many words in all, and of them such a
// share in one language, half as many again as in any other.
const (
	fewestWords  = 12
	commonShare  = 0.15
	commonMargin = 1.5
)

// commonWords returns the language that the small words of a text are of; "" where
// they don't tell it clearly.
func commonWords(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) })
	if len(words) < fewestWords {
		return ""
	}
	seen := map[string]int{}
	for _, w := range words {
		seen[w]++
	}
	best, first, second := "", 0, 0
	for tag, list := range functionWords {
		n := 0
		for _, w := range strings.Fields(list) {
			n += seen[w]
		}
		if n > first {
			best, first, second = tag, n, first
		} else if n > second {
			second = n
		}
	}
	if float64(first) < commonShare*float64(len(words)) || float64(first) < commonMargin*float64(second) {
		return ""
	}
	return best
}

// inScript reports whether most letters of a text are of the script that a language
// is written in.
func inScript(text, tag string) bool {
	t, err := language.Parse(tag)
	if err != nil {
		return false
	}
	name, _ := t.Script()
	n := script.Count(text)
	return 2*n.Of(name.String()) > n.All()
}
