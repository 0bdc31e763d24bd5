package locales

import (
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/kairan-news/kairan/feeds"
)

// CanonicalLocale returns the locale among have to which an address leads that has
// something else in its place, such as "zh-hant", "zh-tw" or "en-GB".
//
// It leads there for good where that is another spelling of the same: other letters, an
// older code ("tl"), one for more than is needed ("ja-Jpan"), a country that tells the
// script of Chinese, or what people write for a language although it is a country and the
// code of no language ("jp", "cn", "hk"). It leads there for now where it has a region or a
// variant that the site lacks ("en-GB" to "en", "ja-simple" to "ja"), since it may get it.
//
// The code of a language is never another language: "sc" is Sardinian, "tw" is Twi, "kr" is
// Kanuri, however much they look like Chinese and Korean. Nor is a language in another
// script, or one that is near: who writes an address has asked for that one.
func CanonicalLocale(have []string, s string) (locale string, forGood, ok bool) {
	s = strings.TrimSpace(s)
	if i := slices.IndexFunc(have, func(tag string) bool { return strings.EqualFold(tag, s) }); i >= 0 {
		return have[i], true, true
	}
	tag, err := language.Parse(s)
	if err != nil {
		locale = fitting(have, countries[strings.ToLower(s)])
		return locale, true, locale != ""
	}
	if locale = fitting(have, tag.String()); locale == "" {
		return "", false, false
	}
	return locale, feeds.FitOf(tag.String(), locale) == feeds.FitExact || tellsScript(tag, locale), true
}

// tellsScript reports whether the region of a Chinese tag says no more than in which of the
// scripts a locale is written.
func tellsScript(tag language.Tag, locale string) bool {
	base, script, region := tag.Raw()
	if base.String() != "zh" || script != (language.Script{}) || region == (language.Region{}) || len(tag.Variants()) > 0 {
		return false
	}
	written, _ := tag.Script()
	return feeds.FitOf("zh-"+written.String(), locale) == feeds.FitExact
}

// countries are what people write for a language and is the code of none: the codes of
// countries (ISO 3166-1) that are known for one language, and the abbreviations of Hong
// Kong's and Windows's addresses for the scripts of Chinese.
var countries = map[string]string{
	"jp": "ja", "vn": "vi", "np": "ne", "ua": "uk", "cz": "cs", "dk": "da", "gr": "el",
	"cn": "zh-Hans", "chs": "zh-Hans",
	"hk": "zh-Hant", "tc": "zh-Hant", "zt": "zh-Hant",
}
