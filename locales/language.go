package locales

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Language returns the name of a language in the reader's language, as it stands
// within a sentence: "Japans" in Dutch, "japonais" in French, "ภาษาญี่ปุ่น" in Thai.
// Regions and variants are not named ("en-GB" is English), scripts are where they
// are not the usual ones, and Chinese always has its script where the tag tells
// it: "zh-TW" is Traditional Chinese.
//
// A name that none of the chain knows is given in the language itself, and else
// the tag is returned.
func (l *Localizer) Language(tag string) string {
	t, err := language.Parse(tag)
	if err != nil {
		return tag
	}
	for _, loc := range l.chain {
		if name := loc.language(t); name != "" {
			return name
		}
	}
	return Endonym(tag)
}

// language returns the name of a language in this very locale, "" if it has
// none: the message language.<tag>, else CLDR's name, which the message
// language.name completes in languages that say "the Thai language".
func (l *locale) language(t language.Tag) string {
	if m, ok := l.messages["language."+t.String()]; ok {
		return m.fixed
	}
	t = written(t)
	if m, ok := l.messages["language."+t.String()]; ok {
		return m.fixed
	}
	if l.names == nil {
		return ""
	}
	name := l.names.Name(t)
	if name == "" {
		return ""
	}
	if _, ok := l.messages["language.name"]; !ok {
		return name
	}
	whole, err := l.localize("language.name", nil, map[string]any{"Language": name})
	if err != nil {
		return name
	}
	return whole
}

// written reduces a tag to its language, with the script where that tells readers
// something.
func written(t language.Tag) language.Tag {
	base, script, region := t.Raw()
	likely, _ := t.Script()
	usual, _ := language.Make(base.String()).Script()
	chinese := base.String() == "zh" && (script != language.Script{} || region != language.Region{})
	if !chinese && likely == usual {
		return language.Make(base.String())
	}
	reduced, err := language.Compose(base, likely)
	if err != nil {
		return t
	}
	return reduced
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
