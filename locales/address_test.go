package locales

import (
	"strings"
	"testing"
)

func TestCanonicalLocale(t *testing.T) {
	seen := 0
	for _, part := range []struct {
		about   string
		forGood bool
		cases   []struct{ site, s, want, remark string }
	}{
		{"another spelling, for good", true, []struct{ site, s, want, remark string }{
			{"tokyo", "zh-Hant", "zh-Hant", "as it is"},
			{"tokyo", "JA", "ja", "capitals"},
			{"tokyo", "zh-hant", "zh-Hant", "small letters"},
			{"tokyo", "ZH-HANT", "zh-Hant", ""},
			{"tokyo", "zh_Hant", "zh-Hant", "an underscore"},
			{"tokyo", "zh_hant", "zh-Hant", ""},
			{"tokyo", "PT-br", "pt-BR", ""},
			{"tokyo", "pt_BR", "pt-BR", ""},
			{"tokyo", "JA-Simple", "ja-simple", ""},
			{"tokyo", "zh-tw", "zh-Hant", "a region tells the script of Chinese"},
			{"tokyo", "zh-HK", "zh-Hant", ""},
			{"tokyo", "zh-mo", "zh-Hant", ""},
			{"tokyo", "zh_CN", "zh-Hans", ""},
			{"tokyo", "zh-SG", "zh-Hans", ""},
			{"tokyo", "zh", "zh-Hans", "the usual script"},
			{"tokyo", "tl", "fil", "Tagalog's code"},
			{"tokyo", "in", "id", "an old code"},
			{"tokyo", "eng", "en", "three letters"},
			{"tokyo", "jpn", "ja", ""},
			{"tokyo", "zho", "zh-Hans", ""},
			{"tokyo", "por-BR", "pt-BR", ""},
			{"tokyo", "ja-Jpan", "ja", "the script that is usual anyway"},
			{"tokyo", "ru-Cyrl", "ru", ""},
			{"oslo", "no", "nb", "Norwegian is Bokmål"},
			{"tokyo", "jp", "ja", "a country that is the code of no language"},
			{"tokyo", "JP", "ja", ""},
			{"tokyo", "cn", "zh-Hans", ""},
			{"tokyo", "hk", "zh-Hant", ""},
			{"tokyo", "tc", "zh-Hant", "as in addresses of Hong Kong's government"},
			{"tokyo", "chs", "zh-Hans", "Windows's abbreviation"},
			{"tokyo", "vn", "vi", ""},
			{"tokyo", "np", "ne", ""},
		}},
		{"what fits, for now", false, []struct{ site, s, want, remark string }{
			{"tokyo", "en-GB", "en", "a region that the site lacks"},
			{"tokyo", "en_us", "en", ""},
			{"tokyo", "nl-BE", "nl", ""},
			{"tokyo", "ar-SA", "ar", ""},
			{"tokyo", "ja-JP", "ja", ""},
			{"tokyo", "zh-Hant-HK", "zh-Hant", ""},
			{"tokyo", "zh-Hans-SG", "zh-Hans", ""},
			{"tokyo", "pt", "pt-BR", "the one region that it has"},
			{"tokyo", "pt-PT", "pt-BR", "another region"},
			{"tokyo", "en-simple", "en", "a variant that it lacks"},
			{"harbour", "ja-simple", "ja", ""},
			{"harbour", "JA-SIMPLE", "ja", ""},
			{"oslo", "no-NO", "nb", ""},
			{"london", "en", "en-GB", "the first of two"},
			{"london", "en-AU", "en-GB", ""},
			{"lisboa", "pt-AO", "pt", "what tells no region before what tells another"},
			{"london", "en-gb-oxendict", "en-GB", "the region's own"},
			{"tokyo", "tl-PH", "fil", "an old code as well"},
		}},
		{"nowhere", false, []struct{ site, s, want, remark string }{
			{"tokyo", "sc", "", "Sardinian, not simplified Chinese"},
			{"tokyo", "tw", "", "Twi, not Taiwan"},
			{"tokyo", "kr", "", "Kanuri, not Korean"},
			{"tokyo", "cht", "", "Cholón, not Chinese"},
			{"tokyo", "br", "", "Breton, not Brazilian"},
			{"tokyo", "uk", "", "Ukrainian, neither British nor Russian"},
			{"tokyo", "ms", "", "another language, however near"},
			{"tokyo", "yue", "", "a reader of Cantonese may be answered in Chinese, but no address is another's"},
			{"tokyo", "arz", "", ""},
			{"oslo", "nn", "", ""},
			{"harbour", "zh-tw", "", "no Chinese is there"},
			{"beijing", "zh-tw", "", "none in traditional characters"},
			{"harbour", "cn", "", ""},
			{"tokyo", "ja-Latn", "", "another script is another locale"},
			{"tokyo", "ja-Hira", "", ""},
			{"belgrad", "sr", "", "Cyrillic"},
			{"tokyo", "us", "", "a country of several languages"},
			{"tokyo", "feeds", "", "no language"},
			{"tokyo", "english", "", "its name"},
			{"tokyo", "", "", ""},
			{"tokyo", "und", "", ""},
			{"tokyo", "mul", "", ""},
			{"tokyo", "*", "", ""},
			{"tokyo", "x-klingon", "", ""},
		}},
	} {
		for _, tt := range part.cases {
			seen++
			have := strings.Fields(sites[tt.site])
			got, forGood, ok := CanonicalLocale(have, tt.s)
			if got != tt.want || ok != (tt.want != "") || ok && forGood != part.forGood {
				t.Errorf("%s: at %s %q leads to %q, %t, %t; want %q (%s)", part.about, tt.site, tt.s, got, forGood, ok, tt.want, tt.remark)
			}
		}
	}
	if seen < 70 {
		t.Errorf("%d cases, want 70", seen)
	}
}

func TestASiteMayBeInWhatLooksLikeAnother(t *testing.T) {
	for tag, s := range map[string]string{"sc": "SC", "tw": "tw", "kr": "kau", "en-GB": "en_gb"} {
		if got, forGood, _ := CanonicalLocale([]string{"en", "zh-Hans", "zh-Hant", "ko", tag}, s); got != tag || !forGood {
			t.Errorf("%q leads to %q, want %q for good", s, got, tag)
		}
	}
}

func TestCountriesAreNoLanguages(t *testing.T) {
	for country, language := range countries {
		if _, ok := Canonical(country); ok {
			t.Errorf("%q is the code of a language", country)
		}
		if canonical, ok := Canonical(language); !ok || canonical != language {
			t.Errorf("%q stands for %q, which is no tag", country, language)
		}
	}
}
