package locales

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Language returns the name of a language in the reader's language, as it stands
// within a sentence: "Japans" in Dutch, "japonais" in French, "ภาษาญี่ปุ่น" in Thai.
// Regions, variants and scripts are not named ("en-GB" is English), except that
// Chinese is named by its script: "zh-TW" is Traditional Chinese. A bundle can name
// any tag by a message language.<tag>.
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

// nameOf returns the name of a language in this locale, else in the language itself, else
// the tag.
func (l *locale) nameOf(tag string) string {
	if t, err := language.Parse(tag); err == nil {
		if name := l.language(t); name != "" {
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

// written reduces a tag to what readers call a language: without region and
// script, but Chinese with the script that the tag, or its region, tells.
func written(t language.Tag) language.Tag {
	base, script, region := t.Raw()
	told := script != language.Script{} || region != language.Region{}
	if base.String() != "zh" || !told {
		return language.Make(base.String())
	}
	script, _ = t.Script()
	return language.Make("zh-" + script.String())
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
	case "ja-simple":
		return "やさしい日本語"
	case "pt-BR":
		return "Português (Brasil)"
	}
	if base, _ := t.Base(); base.String() == "zh" {
		t = written(t)
	}
	name := display.Self.Name(t)
	if name == "" {
		return tag
	}
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToTitle(first)) + name[size:]
}
