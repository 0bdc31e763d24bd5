package script

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// loneScripts are scripts of one language each, beside those of our locales. Scripts that
// several languages of today share, such as Devanagari, are not among them.
var loneScripts = []struct {
	table *unicode.RangeTable
	tag   string
}{
	{unicode.Hebrew, "he"}, {unicode.Armenian, "hy"}, {unicode.Georgian, "ka"}, {unicode.Tamil, "ta"}, {unicode.Telugu, "te"},
	{unicode.Kannada, "kn"}, {unicode.Malayalam, "ml"}, {unicode.Gujarati, "gu"}, {unicode.Gurmukhi, "pa"}, {unicode.Oriya, "or"},
	{unicode.Sinhala, "si"}, {unicode.Khmer, "km"}, {unicode.Lao, "lo"}, {unicode.Myanmar, "my"},
}

// firstLone is where the first of them begins.
const firstLone = 0x530

// byLoneScript returns the language of a text that is written in a script of one language
// alone; "" for any other.
func byLoneScript(text string, n Letters) string {
	if 2*n.Other <= n.All() {
		return ""
	}
	i := strings.IndexFunc(text, func(r rune) bool { return r >= firstLone && unicode.IsLetter(r) })
	if i < 0 {
		return ""
	}
	first, _ := utf8.DecodeRuneInString(text[i:])
	for _, s := range loneScripts {
		if unicode.Is(s.table, first) {
			return s.tag
		}
	}
	return ""
}

// ownLetters maps letters to the language that alone has them among those that are likely.
var ownLetters = sync.OnceValue(func() map[rune]string {
	letters := map[rune]string{}
	for tag, own := range map[string]string{
		"cs": "ěřů", "pl": "łż", "hu": "őű", "ro": "șțţ", "vi": "ơưạảấầẩẫậắằẳẵặẻẽếềểễệỉịỏốồổỗộớờởỡợủứừửữựỳỵỷỹ",
		"lv": "ģķļņ", "lt": "ėįų", "is": "ðþ", "az": "ə", "mt": "ħġ", "cy": "ŵŷ", "de": "ß", "tr": "ğı",
		"uk": "їєґ", "be": "ў", "sr": "ђћ", "mk": "ѓќѕ", "kk": "ұ", "tg": "ӣӯҳҷ",
		"ar": "ةإ", "fa": "پچژگ", "ur": "ٹڈڑےں",
	} {
		for _, r := range own {
			letters[r] = tag
		}
	}
	return letters
})

// What is needed to believe letters: so many words that have them, each counted once, and
// of all words such a share, twice as many as of any other language. Names of another
// language are fewer.
const (
	fewestOwn = 3
	ownShare  = 12 // one of so many
	ownMargin = 2
)

// byOwnLetters returns the language that alone has letters of the text; "" where they
// don't tell it clearly.
func byOwnLetters(text string) string {
	seen, words := map[string]int{}, map[string]bool{}
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), isNoLetter) {
		if words[word] {
			continue
		}
		words[word] = true
		for _, r := range word {
			if tag := ownLetters()[r]; tag != "" {
				seen[tag]++
				break
			}
		}
	}
	best, first, second := mostSeen(seen)
	if first < fewestOwn || first*ownShare < len(words) || first < ownMargin*second {
		return ""
	}
	return best
}

// isNoLetter reports whether a character parts words.
func isNoLetter(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }

// mostSeen returns the language that was seen most often, how often, and how often the
// next one was.
func mostSeen(seen map[string]int) (best string, first, second int) {
	for tag, n := range seen {
		if n > first {
			best, first, second = tag, n, first
		} else if n > second {
			second = n
		}
	}
	return best, first, second
}
