package script

import (
	"golang.org/x/text/language"
)

// The tags of the two forms of Chinese.
const (
	simplified  = "zh-Hans"
	traditional = "zh-Hant"
)

// fewestLetters is how many letters a text has at least that proves anything; one that
// stands for a syllable or a word is two.
const fewestLetters = 4

// Proven returns the language that a text proves to be in, as a BCP 47 tag; "" where it
// proves none.
func Proven(text string) string {
	n := Count(text)
	if n.All() < fewestLetters {
		return ""
	}
	if tag := ByScript(n); tag != "" {
		return tag
	}
	if tag := byLoneScript(text, n); tag != "" {
		return tag
	}
	if 2*(n.Latin+n.Cyrillic+n.Arabic) <= n.All() {
		return ""
	}
	if tag := bySmallWords(text); tag != "" {
		return tag
	}
	return byOwnLetters(text)
}

// ByScript returns the language that letters prove by their scripts alone, those of our
// locales; "" where they don't.
func ByScript(n Letters) string {
	all := n.All()
	switch {
	case all < fewestLetters:
	case isJapanese(n):
		return "ja"
	case 2*n.Hangul > all/2:
		return "ko"
	case n.Thai > all/2:
		return "th"
	case n.Greek > all/2:
		return "el"
	case n.Kana <= n.Simplified+n.NotJapanese && 2*n.Han > all*3/4:
		return chinese(n)
	}
	return ""
}

// isJapanese reports whether there is kana beside Han, and no more of simplified Chinese
// than of it, as where a Chinese text calls something by its Japanese name.
func isJapanese(n Letters) bool {
	all := n.All()
	return 2*n.Kana > all/10 && 2*(n.Kana+n.Han) > all/2 && n.Kana > n.Simplified+n.NotJapanese
}

// chinese returns the form of Chinese that Han characters prove, which are none of
// Japanese.
func chinese(n Letters) string {
	switch {
	case n.Simplified >= 2 && n.Simplified > 4*n.Traditional:
		return simplified
	case n.NotJapanese >= 2 && n.Traditional > 4*n.Simplified:
		return traditional
	}
	return ""
}

// Fits reports whether most letters of a text are of the script that a language is written
// in.
func Fits(text, tag string) bool {
	t, err := language.Parse(tag)
	if err != nil {
		return false
	}
	name, _ := t.Script()
	n := Count(text)
	return 2*n.Of(name.String()) > n.All()
}
