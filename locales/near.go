package locales

import (
	"slices"

	"golang.org/x/text/language"
)

// The languages that a browser may name whose readers are answered in another one, since
// it is the one in which they write to the public themselves: where a newspaper of their
// town is in it. It is a table of our own and directed. CLDR's, and so the library's
// matcher, goes by what people are likely to understand, and answers in Russian who asked
// for Ukrainian, Belarusian, Kazakh, Kyrgyz, Tatar, Azerbaijani, Armenian or Uzbek, in
// Chinese who asked for Uyghur or Tibetan, in Spanish who asked for Quechua or Basque.
// Nobody is answered so unasked here. Nor are, each for having a press of their own:
// Malay in Indonesian, Javanese and Sundanese in Indonesian, Cebuano in Filipino, Kurdish in
// Arabic or Turkish, Catalan and Galician in Spanish, Frisian and Afrikaans in Dutch, Breton
// in French, Danish in Norwegian, Croatian in Serbian. Who reads the other as well says so
// in the header, as browsers do by themselves, or chooses from a list.
//
// A tag that tells its script goes by that script alone: "arz-Latn" is not Arabic.
var nearLanguages = map[string][]string{
	// The two ways to write Norwegian; every school teaches both.
	"nb": {"nn"}, "no": {"nn"}, "nn": {"nb"},

	// Arabic as it is spoken in a country. What is written is Standard Arabic, which is
	// "arb" where it is told from them. Those of Arabia and its south:
	"arb": {"ar"}, "acw": {"ar"}, "acx": {"ar"}, "adf": {"ar"}, "afb": {"ar"}, "ars": {"ar"}, "ayh": {"ar"}, "ayn": {"ar"},
	// of the Levant and Mesopotamia:
	"acm": {"ar"}, "apc": {"ar"}, "apd": {"ar"}, "ayl": {"ar"}, "ayp": {"ar"},
	// of the Nile and the Maghreb:
	"aeb": {"ar"}, "aec": {"ar"}, "arq": {"ar"}, "ary": {"ar"}, "arz": {"ar"}, "avl": {"ar"}, "shu": {"ar"},

	// German as it is spoken: newspapers, laws and schools are in Standard German.
	"bar": {"de"}, "gsw": {"de"}, "ksh": {"de"}, "nds": {"de"}, "swg": {"de"},
	// Likewise Flemish and Zeelandic, Scots, the Thai of the north, northeast and south, the
	// Korean of Jeju, and Dari, which is Persian in Afghanistan.
	"vls": {"nl"}, "zea": {"nl"},
	"sco": {"en"},
	"nod": {"th"}, "sou": {"th"}, "tts": {"th"},
	"jje": {"ko"},
	"prs": {"fa"},

	// The code of the one language that the code of a group of them means.
	"npi": {"ne"}, "pes": {"fa"}, "swh": {"sw"}, "zsm": {"ms"}, "kmr": {"ku"},

	// Japanese in kana alone is how children and learners are written to: they live in
	// Japan, and ask for Japanese.
	"ja-Hira": {"ja"}, "ja-Kana": {"ja"}, "ja-Hrkt": {"ja"},

	// Serbian has two alphabets, and every school teaches both.
	"sr": {"sr-Latn"}, "sr-Latn": {"sr"},
}

// chineseScripts are the scripts of what is written as Chinese: those of where each is
// spoken most. Who reads one reads the other rather than another language.
var chineseScripts = map[string]string{
	"zh": "Hans", "cmn": "Hans", "wuu": "Hans", "gan": "Hans", "hsn": "Hans", "cjy": "Hans", // the mainland
	"yue": "Hant", "nan": "Hant", "hak": "Hant", // Hong Kong and Macau; Taiwan
}

// near returns the languages in which readers of a tag are answered where the site has
// their own not, best first.
func near(tag string) []string {
	t, err := language.Parse(tag)
	if err != nil {
		return nil
	}
	base, script, region := t.Raw()
	usual, chinese := chineseScripts[base.String()]
	likely, _ := language.Make(base.String()).Script()
	told := script != language.Script{}
	switch {
	case chinese && told:
		return chineseIn(script.String())
	case chinese && slices.Contains([]string{"TW", "HK", "MO"}, region.String()):
		return chineseIn("Hant")
	case chinese && slices.Contains([]string{"CN", "SG"}, region.String()):
		return chineseIn("Hans")
	case chinese:
		return chineseIn(usual)
	case told && script != likely:
		return nearLanguages[base.String()+"-"+script.String()]
	default:
		return nearLanguages[base.String()]
	}
}

// chineseIn returns Chinese in a script, and then in the other; nil for Latin letters.
func chineseIn(script string) []string {
	switch script {
	case "Hans":
		return []string{"zh-Hans", "zh-Hant"}
	case "Hant":
		return []string{"zh-Hant", "zh-Hans"}
	}
	return nil
}
