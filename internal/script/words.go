package script

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// smallWords are the commonest small words of languages: those of ours that have spaces
// between words, and others that would be taken for them.
var smallWords = map[string]string{
	"en":  "the of and to in for is on with that by at from be are this it will",
	"nl":  "de het een van en in op te dat voor met zijn aan bij ook niet wordt er",
	"fr":  "le la les des et du une dans pour est sur au qui par avec aux ce ne de un en à il elle se que l d son sa ses ont plus pas",
	"tr":  "ve bir bu için ile olarak da de daha olan gibi kadar sonra çok en her ise",
	"id":  "yang dan di untuk dengan dari ini pada akan dalam ke adalah itu tidak oleh",
	"fil": "ang ng sa na mga at ay para ito kung may hindi ni si kay nang o isang",
	"ru":  "в и на с по для не что от до из о к за как это при или после у будет мы вы его",
	"ar":  "في من على إلى أن عن مع هذا هذه التي الذي كان ما لا أو قد كل بعد بين خلال حتى كما تم لم",
	"de":  "der die das und ist in den von zu mit für auf dem ein eine nicht im des",
	"es":  "el la los las de que y en un una por con para del se su al es",
	"it":  "il la di che e un una per con del della in è dei le nel si sono",
	"pt":  "o a os as de que e em um uma para com do da não no na dos",
	"uk":  "в і на з по для не що від до із о й за як це при або після у та буде ми ви його",
	"be":  "у і на з па для не што ад да са аб й за як гэта пры або пасля будзе мы вы яго",
	"bg":  "в и на с по за не че от до из о към как това при или след ще са се да е",
	"sr":  "у и на са по за не да од до из о ка како то при или после ће су се је",
	"mk":  "во и на со по за не дека од до низ кон како тоа при или после ќе се да е",
	"kk":  "және мен бен үшін бар бұл да де деп осы туралы болып кейін сол бір",
	"fa":  "در و به از که این را با است برای آن تا بر هم می یک شد خود",
	"ur":  "کے کی میں ہے اور سے کا کو نے پر کہ یہ ہیں بھی تو گی گا لئے",
}

// alphabets tell apart languages that have many small words in common, by their letters.
// Those that are not here have letters of no account.
var alphabets = map[string]struct {
	needs string // one of these is in each text that is long enough
	lacks string // none of these is
}{
	"ru": {"ыэё", "іїєґўјљњђћѓќәңғүұқөһӣӯҳҷ"},
	"uk": {"іїє", "ыэёъўј"},
	"be": {"ўі", "иїєъј"},
	"bg": {"ъ", "ыэёіїєўј"},
	"sr": {"јљњђћ", "ыэёйщъьюяіїєўѓќ"},
	"mk": {"јљњѓќ", "ыэёйщъьюяіїєўђћ"},
	"kk": {"әіңғүұқө", "їєў"},
	"ar": {"ةأإى", "پچژگکیےٹڈںہ"},
	"fa": {"پچژگکی", "ٹڈڑےں"},
	"ur": {"ٹڈڑےںہ", ""},
}

// What is needed to believe small words: so many words in all, and of them such a share
// in one language, half as many again as in any other; and different ones, since a text
// may say one of them over and over, and "a" is of many languages.
const (
	fewestWords     = 12
	fewestDifferent = 2
	wordShare       = 0.15
	wordMargin      = 1.5
)

// bySmallWords returns the language that the small words of a text are of; "" where
// they don't tell it clearly.
func bySmallWords(text string) string {
	counts, words := wordsOf(text)
	if words < fewestWords {
		return ""
	}
	best, _ := bestOf(counts, words)
	return best
}

// wordsOf counts the words of a text, each by itself and all of them.
func wordsOf(text string) (counts map[string]int, words int) {
	counts = map[string]int{}
	for field := range strings.FieldsSeq(strings.ToLower(text)) {
		if strings.Contains(field, "://") || strings.HasPrefix(field, "www.") {
			continue // "com" is Portuguese, and "de" of many languages
		}
		for w := range strings.FieldsFuncSeq(field, isNoLetter) {
			counts[w]++
			words++
		}
	}
	return counts, words
}

// bestOf returns the language that has clearly the most small words among those of a text,
// and how many they are; "" where there is none.
func bestOf(counts map[string]int, words int) (tag string, n int) {
	letters := lettersOf(counts)
	seen := map[string]int{}
	for tag, list := range smallWords {
		if a, ok := alphabets[tag]; ok && (!strings.ContainsFunc(a.needs, letters.has) || strings.ContainsFunc(a.lacks, letters.has)) {
			continue
		}
		if n, different := countOf(list, counts); different >= fewestDifferent {
			seen[tag] = n
		}
	}
	best, first, second := mostSeen(seen)
	if float64(first) < wordShare*float64(words) || float64(first) < wordMargin*float64(second) {
		return "", 0
	}
	return best, first
}

// letterSet are the letters beyond ASCII that a text has.
type letterSet map[rune]bool

func (s letterSet) has(r rune) bool { return s[r] }

// lettersOf returns the letters of words.
func lettersOf(words map[string]int) letterSet {
	letters := letterSet{}
	for word := range words {
		for _, r := range word {
			if r >= utf8.RuneSelf {
				letters[r] = true
			}
		}
	}
	return letters
}

// countOf returns how often the words of a list are in a text, and how many of them are.
func countOf(list string, counts map[string]int) (all, different int) {
	for w := range strings.FieldsSeq(list) {
		if n := counts[w]; n > 0 {
			all += n
			different++
		}
	}
	return all, different
}

// What is needed to believe small words against what is said of a text: more words than
// where nothing is said, and so many times those of the language that is said.
const (
	fewestAgainst = 20
	marginAgainst = 3
)

// IsInAnother reports whether the small words of a text show that it is in another language
// than the one that is said, of which they are known, too. Of all others it knows nothing:
// Afrikaans looks like Dutch.
func IsInAnother(text, said string) bool {
	own := wordSets()[said]
	if own == nil || speaks(text, own) {
		return false
	}
	counts, words := wordsOf(text)
	if words < fewestAgainst {
		return false
	}
	best, first := bestOf(counts, words)
	second := 0
	for w := range own {
		second += counts[w]
	}
	return best != "" && best != said && first >= marginAgainst*second
}

// speaks reports whether a text has at its beginning as many of these words as one in their
// language has, or is too short to lack them. So the text of most documents, which say what
// is true, is looked at no further.
func speaks(text string, own map[string]bool) bool {
	const look = fewestAgainst
	words, of := 0, 0
	for w := range strings.FieldsFuncSeq(text, isNoLetter) {
		if own[strings.ToLower(w)] {
			of++
		}
		if words++; words == look {
			break
		}
	}
	return words < fewestAgainst || float64(of) >= wordShare*float64(words)
}

// wordSets are the small words of each language.
var wordSets = sync.OnceValue(func() map[string]map[string]bool {
	sets := map[string]map[string]bool{}
	for tag, list := range smallWords {
		sets[tag] = map[string]bool{}
		for w := range strings.FieldsSeq(list) {
			sets[tag][w] = true
		}
	}
	return sets
})
