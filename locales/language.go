package locales

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Language returns the name of a language in the reader's language, as it stands
// within a sentence: "Japans" in Dutch, "japonais" in French, "ภาษาญี่ปุ่น" in Thai. A
// name that none of the chain knows is given in the language itself, and else
// the tag is returned.
func (l *Localizer) Language(tag string) string {
	canonical, ok := Canonical(tag)
	if !ok {
		return tag
	}
	for _, loc := range l.chain {
		if name := loc.language(canonical); name != "" {
			return name
		}
	}
	return Endonym(tag)
}

// namer gives the names of languages.
type namer interface{ Name(any) string }

// language returns the name of a language in this very locale: the message
// language.<tag> where there is one, else CLDR's name, which the message
// language.name completes in languages that say "the Thai language".
func (l *locale) language(tag string) string {
	if m, ok := l.messages["language."+tag]; ok {
		return m.fixed
	}
	if l.names == nil {
		return ""
	}
	name := l.names.Name(language.Make(tag))
	if name == "" {
		return ""
	}
	if whole, err := l.localize("language.name", nil, map[string]any{"Language": name}); err == nil {
		return whole
	}
	return name
}

// Endonym returns the name of a language in the language itself, as it stands in
// a list of languages: 日本語, العربية, Français. What has no known name is returned
// as it is.
func Endonym(tag string) string {
	t, err := language.Parse(tag)
	if err != nil {
		return tag
	}
	switch t.String() { // CLDR's names are short of a word, or missing
	case "id":
		return "Bahasa Indonesia"
	case "ms":
		return "Bahasa Melayu"
	case "jv":
		return "Basa Jawa"
	case "su":
		return "Basa Sunda"
	case "ceb":
		return "Cebuano"
	case "ilo":
		return "Ilokano"
	case "pt-BR":
		return "Português (Brasil)"
	}
	name := display.Self.Name(t)
	if name == "" {
		return tag
	}
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToTitle(first)) + name[size:]
}
