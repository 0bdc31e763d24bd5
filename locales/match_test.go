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

// The sites that readers come to: one with the locales of the program and those that show
// what regions and variants do, one of a city that is not English, and small ones.
var sites = map[string]string{
	"tokyo":   "en ja ja-simple zh-Hans zh-Hant ko nl fr th tr id fil ar ru vi ne pt-BR",
	"brussel": "nl fr de en",
	"oslo":    "nb en",
	"bergen":  "nn en",
	"belgrad": "sr-Latn en",
	"beijing": "zh-Hans en",
	"london":  "en-GB en-US fr",
	"lisboa":  "pt pt-PT pt-BR",
	"harbour": "en ja ar",
	"kabul":   "fa en",
	"basel":   "de fr",
}

func TestMatch(t *testing.T) {
	const list = "list" // none can be answered, and the reader chooses from a list
	seen := 0
	for _, part := range []struct {
		about string
		cases []struct{ site, header, want, remark string }
	}{
		{"nothing is asked for", []struct{ site, header, want, remark string }{
			{"tokyo", "", "en", "no header: the default"},
			{"tokyo", " ", "en", ""},
			{"brussel", "", "nl", "which need not be English"},
			{"tokyo", "*", "en", "anything"},
			{"tokyo", "*;q=0.1", "en", "rather than nothing"},
			{"brussel", "*", "nl", ""},
			{"tokyo", "garbage!!", "en", "what can't be read asks for nothing"},
			{"tokyo", ";;;", "en", ""},
			{"tokyo", ",,,", "en", ""},
			{"tokyo", "en_US.UTF-8", "en", "a POSIX locale"},
			{"brussel", "C", "nl", "likewise"},
			{"tokyo", "und", "en", "undetermined"},
			{"tokyo", "root", "en", ""},
			{"tokyo", "toolongforalanguage", "en", ""},
		}},
		{"browsers", []struct{ site, header, want, remark string }{
			{"tokyo", "ja", "ja", "Safari"},
			{"tokyo", "ja-JP,ja;q=0.9,en-US;q=0.8,en;q=0.7", "ja", "Chrome in Japan"},
			{"tokyo", "en-US,en;q=0.5", "en", "Firefox in English"},
			{"tokyo", "nl-BE,nl;q=0.9,fr;q=0.8,en;q=0.7", "nl", "in Flanders"},
			{"tokyo", "zh-CN,zh;q=0.9", "zh-Hans", "in Beijing"},
			{"tokyo", "zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7", "zh-Hant", "in Taipei: zh alone would be simplified"},
			{"tokyo", "zh-HK,zh;q=0.9,en;q=0.8", "zh-Hant", "in Hong Kong"},
			{"tokyo", "zh-Hant-HK,zh-Hant;q=0.9", "zh-Hant", "Safari there"},
			{"tokyo", "ko-KR,ko;q=0.9,en;q=0.8", "ko", "in Seoul"},
			{"tokyo", "th-TH,th;q=0.9,en;q=0.8", "th", "in Bangkok"},
			{"tokyo", "tr-TR,tr;q=0.9", "tr", "in Istanbul"},
			{"tokyo", "id-ID,id;q=0.9,en;q=0.8", "id", "in Jakarta"},
			{"tokyo", "fil-PH,fil;q=0.9,en;q=0.8", "fil", "in Manila"},
			{"tokyo", "ar-SA,ar;q=0.9", "ar", "in Riyadh"},
			{"tokyo", "ru-RU,ru;q=0.9,en;q=0.8", "ru", "in Tomsk"},
			{"tokyo", "fr-CA,fr;q=0.9,en-CA;q=0.8", "fr", "in Montréal"},
			{"tokyo", "vi-VN,vi;q=0.9", "vi", ""},
			{"tokyo", "ne-NP,ne;q=0.9,en;q=0.8", "ne", ""},
			{"tokyo", "pt-BR,pt;q=0.9,en-US;q=0.8,en;q=0.7", "pt-BR", "in São Paulo"},
			{"tokyo", "de-CH,de;q=0.9,fr;q=0.8,en;q=0.7", "fr", "in Zürich: the first that we have"},
			{"tokyo", "nb-NO,nb;q=0.9,no;q=0.8,nn;q=0.7,en-US;q=0.6,en;q=0.5", "en", "Chrome in Oslo"},
			{"oslo", "nb-NO,nb;q=0.9,no;q=0.8,nn;q=0.7,en-US;q=0.6,en;q=0.5", "nb", "on a site that has it"},
			{"tokyo", "uk-UA,uk;q=0.9,ru;q=0.8,en-US;q=0.7,en;q=0.6", "ru", "Chrome in Kyiv in 2021: it is named"},
			{"tokyo", "uk-UA,uk;q=0.9,en-US;q=0.8,en;q=0.7", "en", "Chrome in Kyiv now"},
			{"tokyo", "ca,es;q=0.9,en;q=0.8", "en", "in Barcelona"},
		}},
		{"weights", []struct{ site, header, want, remark string }{
			{"tokyo", "en;q=0.3, th", "th", "by weight and not by place"},
			{"tokyo", "ja;q=0.2, ko;q=0.3, th;q=0.1", "ko", ""},
			{"tokyo", "ja;q=0.5, ko;q=0.5", "ja", "of equal ones the first"},
			{"tokyo", "ko;q=0.5, ja;q=0.5", "ko", ""},
			{"tokyo", "ja;q=1.000, ko", "ja", "1 is 1.000"},
			{"tokyo", "ko;Q=0.1 , JA ; q = 0.9", "ja", "capitals and spaces"},
			{"tokyo", "ja;q=0.001", "ja", "little is not nothing"},
			{"tokyo", "*;q=0.1, fr", "fr", "what is named before anything"},
			{"tokyo", "fr;q=0.1, *", "en", "anything before French"},
			{"tokyo", "sv, *;q=0.5", "en", "anything else than Swedish is welcome"},
			{"tokyo", "en-US;q=oops, ko;q=0.5", "ko", "a weight that is wrong"},
			{"tokyo", "ja;q=2, ko;q=0.5", "ko", "one beyond 1"},
			{"tokyo", "ja;q=-1, ko;q=0.5", "ko", ""},
			{"tokyo", "ja;q=1e0, ko;q=0.5", "ko", "no number of HTTP"},
			{"tokyo", "ja;level=1, ko", "ko", "no parameter of this header"},
			{"tokyo", "ja, xx-yy-zz-toolongsubtag, ko", "ja", "a part that is wrong costs no other"},
			{"tokyo", "x,,ja", "ja", ""},
			{"tokyo", strings.Repeat("xx,", 100) + "ja", list, "what no browser sends"},
		}},
		{"what is refused", []struct{ site, header, want, remark string }{
			{"tokyo", "fr;q=0, en;q=0.1", "en", ""},
			{"tokyo", "ja, ja;q=0, ko;q=0.5", "ko", "a contradiction is a no"},
			{"tokyo", "en;q=0", "list in ja", "the default, and nothing is asked for"},
			{"tokyo", "en;q=0.0", "list in ja", "0 is 0.0"},
			{"tokyo", "en;q=0.000", "list in ja", ""},
			{"tokyo", "ja;q=0", "en", "not the default"},
			{"tokyo", "en;q=0, de", "list in ja", "what is refused is no fallback"},
			{"tokyo", "en;q=0, *", "list in ja", "anything but English: which, we don't know"},
			{"tokyo", "en;q=0, *;q=0.1, ru", "ru", ""},
			{"tokyo", "*;q=0", "en", "who refuses all says nothing"},
			{"tokyo", "*;q=0, ja", "ja", "Japanese alone"},
			{"tokyo", "*;q=0, de", list, "German alone, which we have not"},
			{"tokyo", "ja, *;q=0", "ja", ""},
			{"tokyo", "*;q=0, zh-TW", "zh-Hant", ""},
			{"tokyo", "zh;q=0, zh-TW", "zh-Hant", "simplified alone is refused"},
			{"beijing", "zh;q=0, zh-TW, en;q=0.1", "en", "so it is no near language either"},
			{"beijing", "zh-Hans;q=0, zh-TW", "list in en", ""},
			{"tokyo", "pt;q=0, pt-PT", list, "Brazil's is Portuguese"},
			{"lisboa", "pt;q=0, pt-BR", "pt-BR", "what fits better than what is refused"},
			{"lisboa", "pt-BR;q=0, pt", "pt", "Brazil's alone is refused"},
			{"lisboa", "pt-BR;q=0, pt-PT;q=0, pt-AO", "pt", ""},
			{"london", "en-GB;q=0, en", "en-US", ""},
			{"london", "en;q=0, en-US", "en-US", ""},
			{"london", "en;q=0, fr;q=0.1", "fr", ""},
			{"tokyo", "en-GB;q=0, en", "en", "to refuse a region is not to refuse the language"},
			{"tokyo", "ja-simple;q=0, ja", "ja", ""},
			{"tokyo", "ja;q=0, ja-simple", "ja-simple", "easy Japanese is not the ordinary one"},
			{"oslo", "nb;q=0, nn, en;q=0.1", "en", "who refuses Bokmål is not answered in it"},
		}},
		{"regions and variants", []struct{ site, header, want, remark string }{
			{"tokyo", "en-GB", "en", ""},
			{"tokyo", "en-001", "en", "the world is a region"},
			{"tokyo", "en-US-u-hc-h12", "en", "an extension says nothing of the language"},
			{"tokyo", "nl-NL", "nl", ""},
			{"tokyo", "ja-JP", "ja", ""},
			{"tokyo", "ja-simple", "ja-simple", ""},
			{"tokyo", "ja", "ja", "easy Japanese yields to the ordinary one"},
			{"tokyo", "ar-EG", "ar", ""},
			{"tokyo", "pt", "pt-BR", "the only one that there is"},
			{"tokyo", "pt-PT", "pt-BR", "is Portuguese still"},
			{"tokyo", "pt-AO, fr;q=0.9", "pt-BR", ""},
			{"lisboa", "pt-BR", "pt-BR", "the region's own"},
			{"lisboa", "pt-AO", "pt", "else what tells no region"},
			{"lisboa", "pt", "pt", ""},
			{"london", "en", "en-GB", "the first of two"},
			{"london", "en-US", "en-US", ""},
			{"london", "en-AU", "en-GB", ""},
			{"tokyo", "zh", "zh-Hans", "the usual script"},
			{"tokyo", "zh-SG", "zh-Hans", "Singapore's"},
			{"tokyo", "zh-CN-u-co-pinyin", "zh-Hans", ""},
			{"tokyo", "zh-MO", "zh-Hant", "Macau's"},
			{"tokyo", "zh-Hans-TW", "zh-Hans", "the script before the region"},
			{"tokyo", "zh-Hant-CN", "zh-Hant", ""},
			{"beijing", "zh-TW", "zh-Hans", "rather the other script than another language"},
			{"beijing", "zh-Latn, en;q=0.1", "en", "but Pinyin is another matter"},
			{"belgrad", "sr", "sr-Latn", "who reads Cyrillic reads Latin in Serbia"},
			{"belgrad", "sr-Latn-RS", "sr-Latn", ""},
			{"tokyo", "sr-Latn", list, "no other language is meant"},
		}},
		{"older and other spellings", []struct{ site, header, want, remark string }{
			{"tokyo", "tl", "fil", "Tagalog's code"},
			{"tokyo", "tgl", "fil", ""},
			{"tokyo", "in", "id", "Indonesian's until 1989"},
			{"tokyo", "in-ID", "id", ""},
			{"tokyo", "eng", "en", "three letters for two"},
			{"tokyo", "jpn", "ja", ""},
			{"tokyo", "chi", "zh-Hans", "the library's code"},
			{"tokyo", "fre, en;q=0.5", "fr", ""},
			{"tokyo", "ZH-tw", "zh-Hant", ""},
			{"tokyo", "zh_TW", "zh-Hant", ""},
			{"tokyo", "zh-cmn-Hans", "zh-Hans", "Mandarin is Chinese"},
			{"tokyo", "cmn", "zh-Hans", ""},
			{"tokyo", "arb", "ar", "Standard Arabic is Arabic"},
			{"tokyo", "npi", "ne", "Nepali proper"},
			{"oslo", "no", "nb", "Norwegian is Bokmål"},
			{"oslo", "nor", "nb", ""},
			{"tokyo", "inh, ru;q=0.9", "ru", "Ingush is not Indonesian, though it begins so"},
			{"tokyo", "ja-easy", "ja", "a variant that nobody knows"},
		}},
		{"near languages", []struct{ site, header, want, remark string }{
			{"tokyo", "yue", "zh-Hant", "Cantonese is written in traditional characters"},
			{"tokyo", "yue-Hans", "zh-Hans", "unless the reader says otherwise"},
			{"tokyo", "yue-CN", "zh-Hans", "or is in Guangzhou"},
			{"tokyo", "yue, en", "zh-Hant", ""},
			{"tokyo", "nan", "zh-Hant", "Taiwanese"},
			{"tokyo", "nan-Latn, en;q=0.1", "en", "in Latin letters it is none of ours"},
			{"tokyo", "hak", "zh-Hant", "Hakka"},
			{"tokyo", "zh-min-nan", "zh-Hant", "its older tag"},
			{"tokyo", "wuu", "zh-Hans", "Shanghainese"},
			{"tokyo", "wuu-CN", "zh-Hans", ""},
			{"tokyo", "gan", "zh-Hans", ""},
			{"tokyo", "hsn", "zh-Hans", ""},
			{"beijing", "yue", "zh-Hans", "rather than English"},
			{"tokyo", "ja-Hira", "ja", "Japanese in kana"},
			{"tokyo", "ja-Hrkt, en", "ja", ""},
			{"tokyo", "ja-Latn, en;q=0.1", "en", "but not in Latin letters"},
			{"tokyo", "arz", "ar", "Egyptian Arabic"},
			{"tokyo", "arz-EG, en", "ar", ""},
			{"tokyo", "ary", "ar", "Moroccan"},
			{"tokyo", "apc", "ar", "Levantine"},
			{"tokyo", "ajp", "ar", "its southern half, by the code of before"},
			{"tokyo", "acm", "ar", "Iraqi"},
			{"tokyo", "arz-Latn, en;q=0.1", "en", "in Latin letters"},
			{"tokyo", "arz, ja;q=0.9", "ar", "it is read as one's own"},
			{"tokyo", "tts", "th", "Isan"},
			{"tokyo", "sco", "en", "Scots"},
			{"tokyo", "vls", "nl", "Flemish"},
			{"basel", "gsw-CH", "de", "Swiss German"},
			{"basel", "gsw, fr;q=0.9", "de", ""},
			{"basel", "bar", "de", "Bavarian"},
			{"oslo", "nn", "nb", "Nynorsk's readers read Bokmål"},
			{"oslo", "nn-NO, en", "nb", ""},
			{"bergen", "nb", "nn", "and the other way round"},
			{"bergen", "no", "nn", ""},
			{"kabul", "prs", "fa", "Dari"},
			{"kabul", "pes", "fa", ""},
		}},
		{"no near languages, but a list", []struct{ site, header, want, remark string }{
			{"tokyo", "uk", list, "Ukrainian is not answered in Russian"},
			{"tokyo", "be", list, "nor is Belarusian"},
			{"tokyo", "kk", list, "Kazakh"},
			{"tokyo", "ky", list, "Kyrgyz"},
			{"tokyo", "tt", list, "Tatar"},
			{"tokyo", "az", list, "Azerbaijani, neither in Russian nor in Turkish"},
			{"tokyo", "hy", list, "Armenian"},
			{"tokyo", "uz", list, "Uzbek"},
			{"tokyo", "uz, ru;q=0.8", "ru", "unless the reader asks for it"},
			{"tokyo", "kk, ru;q=0.9, en;q=0.5", "ru", ""},
			{"tokyo", "ms", list, "Malay is not Indonesian"},
			{"tokyo", "ms, en;q=0.5", "en", ""},
			{"tokyo", "ms, id;q=0.5", "id", ""},
			{"tokyo", "jv", list, "nor is Javanese"},
			{"tokyo", "ceb", list, "Cebuano is not Filipino"},
			{"tokyo", "ku", list, "Kurdish is neither Turkish nor Arabic"},
			{"tokyo", "ckb", list, ""},
			{"tokyo", "ug", list, "Uyghur is not answered in Chinese"},
			{"tokyo", "bo-CN", list, "nor is Tibetan"},
			{"tokyo", "ca", list, "Catalan"},
			{"tokyo", "gl", list, "Galician, not in Portuguese either"},
			{"tokyo", "fa", list, "Persian is not Arabic"},
			{"tokyo", "de", list, "nobody is taken for a reader of English"},
			{"tokyo", "de, uk;q=0.5", list, ""},
			{"tokyo", "nb", list, "and not the first of the locales"},
			{"oslo", "da", list, "Danish is not Norwegian"},
			{"oslo", "sv", list, ""},
			{"brussel", "fy", list, "Frisian"},
			{"brussel", "af, en;q=0.1", "en", ""},
			{"tokyo", "xx", list, "a language that nobody knows"},
			{"tokyo", "mis", list, "one without a code"},
		}},
	} {
		for _, tt := range part.cases {
			seen++
			have := strings.Fields(sites[tt.site])
			locale, ok := Match(have, tt.header, have[0])
			got := locale
			switch {
			case !ok && locale == have[0]:
				got = list
			case !ok:
				got = "list in " + locale
			}
			if got != tt.want {
				t.Errorf("%s: at %s %q leads to %q, want %q (%s)", part.about, tt.site, tt.header, got, tt.want, tt.remark)
			}
		}
	}
	if seen < 160 {
		t.Errorf("%d cases, want 160", seen)
	}
}

func TestMatchDoesNotDependOnTheOrderOfLocales(t *testing.T) {
	for _, have := range []string{"en ja zh-Hant zh-Hans", "zh-Hans zh-Hant ja en", "zh-Hant en zh-Hans ja"} {
		for header, want := range map[string]string{"zh-TW, en;q=0.5": "zh-Hant", "zh-CN": "zh-Hans", "en-GB": "en", "sv": "ja"} {
			if got, _ := Match(strings.Fields(have), header, "ja"); got != want {
				t.Errorf("of %s, %q is answered in %q, want %q", have, header, got, want)
			}
		}
	}
}

func TestMatchWithNoLocales(t *testing.T) {
	if got, _ := Match(nil, "ja", "en"); got != "en" {
		t.Errorf("got %q, want the fallback", got)
	}
}

func TestNearLanguagesAreSpelledAsTagsAre(t *testing.T) {
	for from, to := range nearLanguages {
		for _, tag := range append([]string{from}, to...) {
			if canonical, ok := Canonical(tag); !ok || canonical != tag {
				t.Errorf("%q is spelled %q", tag, canonical)
			}
		}
	}
}
