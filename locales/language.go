package locales

import (
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"

	"github.com/kairan-news/kairan/locales/cldr"
)

// Language returns the name of a language in the reader's language, as it stands
// within a sentence: "Japans" in Dutch, "japonais" in French, "ภาษาญี่ปุ่น" in Thai.
// Regions, variants and scripts are not named ("en-GB" is English), except that
// Chinese is named by its script: "zh-TW" is Traditional Chinese. A bundle can name
// any tag by a message language.<tag>.
//
// A name that none of the chain knows is given in the language itself, and else
// the tag is returned.
func (l *Localizer) Language(tag string) string { return l.LanguageAmong(tag, nil) }

// LanguageAmong is [Localizer.Language] on a site of these locales. Where one of them is the
// language in another region, the region is named: "português (Portugal)" beside pt-BR.
func (l *Localizer) LanguageAmong(tag string, locales []string) string {
	t, err := language.Parse(tag)
	if err != nil {
		return tag
	}
	named := withoutRegion(written(t))
	if isAmong(t, locales) {
		named = written(t)
	}
	for _, loc := range l.chain {
		if name := loc.language(t, named); name != "" {
			return name
		}
	}
	return EndonymAmong(tag, locales)
}

// nameOf returns the name of a language in this locale, else in the language itself, else
// the tag.
func (l *locale) nameOf(tag string) string {
	if t, err := language.Parse(tag); err == nil {
		if name := l.language(t, written(t)); name != "" {
			return name
		}
	}
	return Endonym(tag)
}

// TagAmong returns a language that is filled into a message, on a site of these locales: with
// its region where [Localizer.LanguageAmong] names that.
func TagAmong(tag string, locales []string) LanguageTag {
	t, err := language.Parse(tag)
	if err != nil || isAmong(t, locales) || len(t.Variants()) > 0 {
		return LanguageTag(tag)
	}
	return LanguageTag(withoutRegion(written(t)).String())
}

// isAmong reports whether one of the locales is a language in another region than a tag says.
func isAmong(t language.Tag, locales []string) bool {
	base, _, region := t.Raw()
	return region != language.Region{} && slices.ContainsFunc(locales, func(locale string) bool {
		other, _, otherRegion := language.Make(locale).Raw()
		return other == base && otherRegion != region && otherRegion != language.Region{}
	})
}

// language returns the name of a language in this very locale, "" if it has none: the
// message language.<tag> of the whole tag or of what is named of it, else CLDR's name, which
// the message language.name completes in languages that say "the Thai language".
func (l *locale) language(whole, named language.Tag) string {
	for _, t := range []language.Tag{whole, named} {
		if m, ok := l.messages["language."+t.String()]; ok {
			return m.fixed
		}
	}
	names := l.names()
	if bare := withoutRegion(named); bare != named {
		name := l.language(bare, bare)
		region, _ := named.Region()
		if names == nil || name == "" || names.Region(region.String()) == "" {
			return name
		}
		return names.Variant(name, names.Region(region.String()))
	}
	name := ""
	if names != nil {
		name = names.Language(named.String())
	}
	if _, ok := l.messages["language.name"]; !ok || name == "" {
		return name
	}
	complete, err := l.localize("language.name", nil, map[string]any{"Language": name})
	if err != nil {
		return name
	}
	return complete
}

// written reduces a tag to what readers call a language: its region, without script and
// variant; but of Chinese the script that the tag, or its region, tells.
func written(t language.Tag) language.Tag {
	base, script, region := t.Raw()
	told := script != language.Script{} || region != language.Region{}
	switch {
	case base.String() == "zh" && told:
		script, _ = t.Script()
		return language.Make("zh-" + script.String())
	case region != language.Region{}:
		return language.Make(base.String() + "-" + region.String())
	}
	return language.Make(base.String())
}

// withoutRegion returns a written tag without its region.
func withoutRegion(t language.Tag) language.Tag {
	base, _, region := t.Raw()
	if region == (language.Region{}) {
		return t
	}
	return language.Make(base.String())
}

// Endonym returns what a locale of the site calls itself, as it stands in a list of
// languages: its own message language.<tag>, such as ja-simple has, else as [Endonym].
func (b *Bundle) Endonym(tag string) string {
	if own := b.locales[tag]; own != nil {
		if name := own.messages["language."+tag].fixed; name != "" {
			return capital(WithoutReadings(name))
		}
		return cmp.Or(endonym(language.Make(tag), own.names), tag)
	}
	return Endonym(tag)
}

// Endonym returns the name of a language in the language itself, as it stands in
// a list of languages: 日本語, العربية, Français, Português (Brasil). What has no known name is
// returned as it is.
func Endonym(tag string) string {
	t, err := language.Parse(tag)
	if err != nil {
		return tag
	}
	return cmp.Or(endonym(t, func() *cldr.Names { return namesOf(t) }), tag)
}

// endonym is what a language calls itself, with its region, by its own names of regions; ""
// where that is not known.
func endonym(t language.Tag, own func() *cldr.Names) string {
	name := selfName(t)
	region, sure := t.Region()
	if name == "" || sure != language.Exact || isChinese(t) {
		return name
	}
	names := own()
	if names == nil || names.Region(region.String()) == "" {
		return name
	}
	return names.Variant(name, names.Region(region.String()))
}

// namesOf returns what a locale calls languages, regions and cities; nil for a language that
// CLDR doesn't have.
func namesOf(t language.Tag) *cldr.Names {
	names := cldr.NamesOf(t)
	if names == nil {
		return nil
	}
	for _, o := range overridesOf(t.String()) {
		if o.names != nil {
			o.names(names)
		}
	}
	return names
}

// EndonymAmong is [Endonym] on a site of these locales: a region is named only where one of
// them is the language in another.
func EndonymAmong(tag string, locales []string) string {
	t, err := language.Parse(tag)
	if err != nil {
		return tag
	}
	if isAmong(t, locales) {
		return Endonym(tag)
	}
	return cmp.Or(selfName(t), tag)
}

// selfNames are the words for a language in itself that CLDR is short of, or doesn't have.
var selfNames = map[string]string{
	"id": "Bahasa Indonesia", "ms": "Bahasa Melayu", "jv": "Basa Jawa", "su": "Basa Sunda", "min": "Baso Minangkabau", "ban": "Basa Bali",
	"ilo": "Ilokano", "hil": "Hiligaynon", "war": "Winaray", "bcl": "Bikol", "pam": "Kapampangan",
}

// selfName is what a language calls itself, without a region, with a capital where its script
// has them; "" where that is not known.
func selfName(t language.Tag) string {
	if isChinese(t) {
		t = written(t)
	}
	base, _ := t.Base()
	return capital(cmp.Or(selfNames[base.String()], cldr.Endonym(t)))
}

func isChinese(t language.Tag) bool {
	base, _ := t.Base()
	return base.String() == "zh"
}

// capital writes the first letter of a name as at the beginning of a line.
func capital(name string) string {
	first, size := utf8.DecodeRuneInString(name)
	if size == 0 {
		return name
	}
	return string(unicode.ToTitle(first)) + name[size:]
}
