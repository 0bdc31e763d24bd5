package locales

import (
	"cmp"
	"slices"
	"strings"

	"golang.org/x/text/language"
)

// Canonical returns the BCP 47 spelling of a tag: "ZH-hant" and "zh_Hant" become
// "zh-Hant", "iw" becomes "he", "eng" becomes "en", "tl" becomes "fil". It is
// about spelling alone: "zh-TW" keeps its region. See [CanonicalLocale] for what
// a site publishes. ok is false for what is not a language, such as "jp", and for
// a tag that says nothing, such as "".
func Canonical(tag string) (canonical string, ok bool) {
	t, err := language.Parse(strings.TrimSpace(tag))
	if err != nil {
		return "", false
	}
	return t.String(), true
}

// CanonicalLocale returns the locale among have that another spelling of it
// means, such as one that stands in an address: "zh-hant", "ZH_Hant", "zh-tw",
// "en-GB", "tl". It also understands what people write for a language although it
// is a country ("jp", "kr", "cn") and Hong Kong's "tc" and "sc". A language in
// another script than the locale's is another locale.
func CanonicalLocale(have []string, s string) (locale string, ok bool) {
	s = strings.TrimSpace(s)
	if i := slices.IndexFunc(have, func(tag string) bool { return strings.EqualFold(tag, s) }); i >= 0 {
		return have[i], true
	}
	if tag, err := language.Parse(s); err == nil {
		if slices.Contains(have, tag.String()) {
			return tag.String(), true
		}
		for _, h := range have {
			if sameWriting(language.Make(h), tag) {
				return h, true
			}
		}
	}
	if meant := habit(strings.ToLower(s)); meant != "" && slices.Contains(have, meant) {
		return meant, true
	}
	return "", false
}

// habit returns the locale that is meant by what is not its tag.
func habit(s string) string {
	switch s {
	case "jp":
		return "ja"
	case "kr":
		return "ko"
	case "cn", "sc", "chs":
		return "zh-Hans"
	case "tw", "hk", "tc", "cht", "zt":
		return "zh-Hant"
	}
	return ""
}

// sameWriting reports whether two tags are one language in one script.
func sameWriting(a, b language.Tag) bool {
	baseA, sureA := a.Base()
	baseB, sureB := b.Base()
	scriptA, _ := a.Script()
	scriptB, _ := b.Script()
	// What is not said is not guessed: "und" is likely English, but no locale.
	return sureA == language.Exact && sureB == language.Exact && baseA == baseB && scriptA == scriptB
}

// Match returns the locale among have that fits a reader's Accept-Language best
// (RFC 9110 §12.5.4), by CLDR's rules. A language that the reader names and that
// we have goes before one that CLDR takes for understandable instead, such as
// Indonesian for a reader of Malay. Where CLDR has no confidence in any, the
// answer is fallback: a reader of Ukrainian is not answered in Russian unasked.
//
// A part of the header that can't be read is passed over.
func Match(have []string, acceptLanguage, fallback string) string {
	tags := make([]language.Tag, len(have))
	for i, h := range have {
		tags[i] = language.Make(h)
	}
	matcher := language.NewMatcher(tags)

	instead := ""
	for _, want := range preferences(acceptLanguage) {
		want = writtenAs(want)
		// The matcher's index is used, since its tag is not one of ours. It is asked
		// for one language at a time, since of several it may prefer a later one.
		_, i, confidence := matcher.Match(want)
		if confidence == language.No {
			continue
		}
		if base, _ := want.Base(); base == baseOf(tags[i]) {
			return have[i]
		}
		if instead == "" {
			instead = have[i]
		}
	}
	return cmp.Or(instead, fallback)
}

// writtenAs returns the language that readers of another Chinese language read:
// Cantonese is written in traditional characters, Wu in simplified ones.
func writtenAs(want language.Tag) language.Tag {
	base, _ := want.Base()
	switch base.String() {
	case "yue", "nan", "hak":
		return language.TraditionalChinese
	case "wuu", "gan", "hsn":
		return language.SimplifiedChinese
	default:
		return want
	}
}

func baseOf(tag language.Tag) language.Base {
	base, _ := tag.Base()
	return base
}

// maxPreferences bounds what an Accept-Language can make us do. Browsers send
// fewer than ten.
const maxPreferences = 30

// preferences reads the header, best first. Each part is read for itself, since
// one that is wrong would lose all.
func preferences(header string) []language.Tag {
	type preference struct {
		tag     language.Tag
		quality float32
	}
	var all []preference
	parts := strings.SplitN(header, ",", maxPreferences+1)
	for _, part := range parts[:min(len(parts), maxPreferences)] {
		tags, qualities, err := language.ParseAcceptLanguage(part)
		if err != nil || len(tags) != 1 {
			continue
		}
		all = append(all, preference{tags[0], qualities[0]})
	}
	slices.SortStableFunc(all, func(a, b preference) int { return cmp.Compare(b.quality, a.quality) })
	tags := make([]language.Tag, len(all))
	for i, p := range all {
		tags[i] = p.tag
	}
	return tags
}
