package locales

import (
	"strings"
	"testing"
)

func TestCanonical(t *testing.T) {
	for _, tt := range []struct {
		tag, want string
		ok        bool
		remark    string
	}{
		{"ja", "ja", true, ""},
		{"ZH-hant", "zh-Hant", true, "letters"},
		{"zh_Hant", "zh-Hant", true, "underscores"},
		{" nl ", "nl", true, "spaces"},
		{"zh-tw", "zh-TW", true, "a region is kept"},
		{"EN-us", "en-US", true, ""},
		{"iw", "he", true, "an old code"}, {"in", "id", true, ""}, {"tl", "fil", true, "the legacy of CLDR"},
		{"eng", "en", true, "three letters for two"}, {"jpn", "ja", true, ""}, {"chi", "zh", true, "the bibliographic code"},
		{"zh-min-nan", "nan", true, "a grandfathered tag"},
		{"und", "und", true, "a tag, though it says nothing"},
		{"jp", "", false, "a country"}, {"cn", "", false, ""}, {"english", "", false, "a word"},
		{"en_US.UTF-8", "", false, "a POSIX locale"}, {"", "", false, ""}, {"*", "", false, "any language is none"},
	} {
		got, ok := Canonical(tt.tag)
		if got != tt.want || ok != tt.ok {
			t.Errorf("%q is %q, %t, want %q, %t (%s)", tt.tag, got, ok, tt.want, tt.ok, tt.remark)
		}
	}
}

func TestCanonicalLocale(t *testing.T) {
	have := mustLoad(t).Tags()
	for _, tt := range []struct{ s, want, remark string }{
		{"zh-Hant", "zh-Hant", "as it is"},
		{"zh-hant", "zh-Hant", "small letters"}, {"ZH-HANT", "zh-Hant", "capitals"}, {"zh_Hant", "zh-Hant", "an underscore"},
		{"zh-tw", "zh-Hant", "the script of Taiwan"}, {"zh-HK", "zh-Hant", "and of Hong Kong"}, {"zh-mo", "zh-Hant", ""},
		{"zh-cn", "zh-Hans", "that of the mainland"}, {"zh-SG", "zh-Hans", ""}, {"zh", "zh-Hans", "the likely script"},
		{"zh-Hant-HK", "zh-Hant", "more than is needed"},
		{"en-GB", "en", ""}, {"en_us", "en", ""}, {"nl-BE", "nl", ""}, {"ar-SA", "ar", ""}, {"ja-JP", "ja", ""}, {"JA", "ja", ""},
		{"tl", "fil", "Tagalog's code"}, {"in", "id", "an old code"}, {"eng", "en", "three letters"}, {"zho", "zh-Hans", ""},
		{"jp", "ja", "a country for a language"}, {"kr", "ko", ""}, {"cn", "zh-Hans", ""}, {"tw", "zh-Hant", ""},
		{"tc", "zh-Hant", "as in Hong Kong's addresses"}, {"sc", "zh-Hans", "Sardinian's code, but who has Sardinian?"},
		{"ja-Latn", "", "another script is another locale"}, {"ms", "", "another language"}, {"uk", "", ""}, {"yue", "", ""},
		{"feeds", "", "no language"}, {"", "", ""}, {"und", "", ""}, {"mul", "", ""},
	} {
		got, ok := CanonicalLocale(have, tt.s)
		if got != tt.want || ok != (tt.want != "") {
			t.Errorf("%q is %q, %t, want %q (%s)", tt.s, got, ok, tt.want, tt.remark)
		}
	}
}

func TestCanonicalLocaleKnowsOnlyWhatTheSiteHas(t *testing.T) {
	for _, tt := range []struct{ have, s, want, remark string }{
		{"en sc", "sc", "sc", "a site in Sardinian"},
		{"en en-GB", "en_gb", "en-GB", "the region's own before the language's"},
		{"en en-GB", "en-AU", "en", "the first otherwise"},
		{"en ja", "zh-tw", "", ""},
		{"en ja", "kr", "", "Korean is not there"},
	} {
		if got, _ := CanonicalLocale(strings.Fields(tt.have), tt.s); got != tt.want {
			t.Errorf("of %s, %q is %q, want %q (%s)", tt.have, tt.s, got, tt.want, tt.remark)
		}
	}
}

func TestMatch(t *testing.T) {
	have := mustLoad(t).Tags()
	for _, tt := range []struct{ header, want, remark string }{
		{"ja", "ja", ""},
		{"ja-JP,ja;q=0.9,en-US;q=0.8,en;q=0.7", "ja", "as Chrome sends it"},
		{"en-US,en;q=0.5", "en", "as Firefox sends it"},
		{"en;q=0.3, th", "th", "by weight and not by place"},
		{"zh-TW", "zh-Hant", "by script"}, {"zh-HK", "zh-Hant", ""}, {"zh-CN", "zh-Hans", ""}, {"zh", "zh-Hans", ""}, {"zh-SG", "zh-Hans", ""},
		{"nl-BE", "nl", ""}, {"fr-CA", "fr", ""}, {"ar-EG", "ar", ""}, {"ar-SA", "ar", "without -u-rg-"}, {"tl", "fil", ""},
		{"nb", "FALLBACK", "and not the first locale"}, {"de", "FALLBACK", ""}, {"sv", "FALLBACK", ""}, {"pt-PT", "pt-BR", "the Portuguese that we have"}, {"vi, en;q=0.5", "vi", ""},
		{"uk", "FALLBACK", "Ukrainian is not answered in Russian"},
		{"uk, ru;q=0.8", "ru", "unless the reader asks for it"},
		{"uk, en;q=0.5", "en", ""},
		{"ms", "id", "CLDR: Malay readers understand Indonesian"},
		{"ms, en;q=0.5", "en", "but what they name goes before"},
		{"kk, ru;q=0.9, en;q=0.5", "ru", ""},
		{"de, fr;q=0.7, en;q=0.3", "fr", "the first that we have"},
		{"fr;q=0, en;q=0.1", "en", "q=0 is not acceptable"},
		{"*", "FALLBACK", "anything"}, {"*;q=0.1, fr", "fr", ""},
		{"", "FALLBACK", "no header"},
		{"garbage!!", "FALLBACK", ""},
		{"ja, xx-yy-zz-toolongsubtag, ko", "ja", "a part that is wrong"},
		{"en-US;q=oops, ko;q=0.5", "ko", "a weight that is wrong"},
		{strings.Repeat("xx,", 100) + "ja", "FALLBACK", "what no browser sends"},
	} {
		if got := Match(have, tt.header, "FALLBACK"); got != tt.want {
			t.Errorf("%q is answered in %q, want %q (%s)", tt.header, got, tt.want, tt.remark)
		}
	}
}

func TestMatchDoesNotDependOnTheOrderOfLocales(t *testing.T) {
	for _, have := range []string{"en ja zh-Hant zh-Hans", "zh-Hans zh-Hant ja en", "zh-Hant en zh-Hans ja"} {
		for header, want := range map[string]string{"zh-TW, en;q=0.5": "zh-Hant", "zh-CN": "zh-Hans", "en-GB": "en", "sv": "ja"} {
			if got := Match(strings.Fields(have), header, "ja"); got != want {
				t.Errorf("of %s, %q is answered in %q, want %q", have, header, got, want)
			}
		}
	}
}

func TestMatchWithNoLocales(t *testing.T) {
	if got := Match(nil, "ja", "en"); got != "en" {
		t.Errorf("got %q, want the fallback", got)
	}
}
