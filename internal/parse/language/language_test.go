package language

import (
	"testing"

	"github.com/kairan-news/kairan/internal/parse"
)

func TestLanguage(t *testing.T) {
	for in, want := range map[string]string{
		"en": "en", "en-US": "en", "en_us": "en", "EN-us": "en", "eng": "en", "English": "en", "en-AU": "en",
		"ja": "ja", "jp": "ja", "ja-JP": "ja", "jpn": "ja", "ja-Jpan": "ja",
		"zh": "zh-Hans", "chi": "zh-Hans", "zh-CN": "zh-Hans", "zh_CN": "zh-Hans", "sc": "zh-Hans", "cn": "zh-Hans", "zh-SG": "zh-Hans", "zh-hans": "zh-Hans",
		"zh-TW": "zh-Hant", "zh-HK": "zh-Hant", "tc": "zh-Hant", "zt": "zh-Hant", "zh-Hant-HK": "zh-Hant", "zh-MO": "zh-Hant", "yue": "zh-Hant",
		"kr": "ko", "ko-KR": "ko", "nl-BE": "nl", "fr-CA": "fr", "in": "id", "id-ID": "id", "tl": "fil", "fil-PH": "fil", "tgl": "fil",
		"ar-SA": "ar", "ru-RU": "ru", "ru-RU.UTF-8": "ru", "th-TH": "th", "tr-TR": "tr", "iw": "he", "sr-Latn": "sr-Latn", "sr": "sr", "pt-BR": "pt",
		"[ja]": "ja", `"ja"`: "ja", `["ja-JP","en"]`: "ja", "'fr'": "fr", "(nl)": "nl", "“th”": "th", "<de>": "de", "ja–JP": "ja", "ｊａ": "ja", "ja\u200b": "ja",
		"lang=ja": "ja", "language: ko": "ko", "ja;q=0.9": "ja", "ja_JP.eucJP": "ja", "ca_ES@valencia": "ca", "Japanese (Japan)": "ja", "English/US": "en", "1041": "ja", "en-": "en",
		"[zh]": "zh-Hans", "zh-cmn-Hant": "zh-Hant", "JA-JA": "ja", "en-EN": "en", "[]": "", `""`: "", ":": "", "1": "",
		"en, ja": "en", "fr-XX-unknown!": "fr", "": "", "und": "", "xx-yy": "", "language": "", "*": "", "x-default": "",
	} {
		if got := Tag(in); got != want {
			t.Errorf("Language(%q) = %q, want %q", in, got, want)
		}
		if got := Tag(Tag(in)); got != want {
			t.Errorf("Language(Language(%q)) = %q, want %q", in, got, want)
		}
	}
}

func TestWhole(t *testing.T) {
	for in, want := range map[string]string{
		"en": "en", "en-GB": "en-GB", "EN_us": "en-US", "en-Latn-GB": "en-GB", "en-x-city": "en", "en-u-ca-buddhist": "en",
		"pt-br": "pt-BR", "ja-simple": "ja-simple", "ja-JP": "ja-JP", "JA-Jpan": "ja", "de-CH-1996": "de-CH-1996",
		"zh": "zh-Hans", "zh-TW": "zh-TW", "zh-hant": "zh-Hant", "zh-Hant-HK": "zh-Hant-HK", "yue-HK": "zh-Hant", "cmn-CN": "zh-Hans",
		"sr": "sr", "sr-latn": "sr-Latn", "sr-Latn-RS": "sr-Latn-RS", "no": "no", "nb-NO": "nb-NO", "tl-PH": "fil-PH", "iw-IL": "he-IL", "in-ID": "id-ID",
		"es-419": "es-419", "jp": "ja", "1041": "ja", "en-": "en", "fr-XX-unknown!": "fr", "": "", "und": "", "und-JP": "", "x-default": "", "md": "",
	} {
		if got := Whole(in); got != want {
			t.Errorf("Whole(%q) = %q, want %q", in, got, want)
		}
		if got := Whole(Whole(in)); got != want {
			t.Errorf("Whole(Whole(%q)) = %q, want %q", in, got, want)
		}
	}
}

func TestSaid(t *testing.T) {
	o := parse.Options{Tags: []string{"pt-BR", "ja-simple", "zh-Hant"}}
	for in, want := range map[string]string{
		"pt_br": "pt-BR", "pt-PT": "pt", "pt": "pt", "ja-simple": "ja-simple", "ja-JP": "ja", "zh-TW": "zh-Hant", "en-US": "en", "": "",
	} {
		if got := Said(in, o); got != want {
			t.Errorf("Said(%q) = %q, want %q", in, got, want)
		}
	}
	if got := Said("pt-BR", parse.Options{}); got != "pt" {
		t.Errorf("a region that nobody named is %q", got)
	}
}

func TestArticleLanguage(t *testing.T) {
	const (
		japanese    = "避難所を開きましたのでお知らせします"
		simplified  = "市政府发布台风警报，请市民们注意安全"
		traditional = "市政府發布颱風警報，請民眾注意安全"
	)
	tests := []struct {
		name, text string
		o          parse.Options
		said       []string
		want       string
	}{
		{"the configuration comes first", japanese, parse.Options{Language: "en"}, []string{"ja"}, "en"},
		{"the entry comes before the feed", "x", parse.Options{}, []string{"", "nl", "fr"}, "nl"},
		{"what is no language is passed over", "x", parse.Options{}, []string{"language", "fr"}, "fr"},
		{"kana is Japanese", japanese, parse.Options{}, nil, "ja"},
		{"Hangul is Korean", "대피소를 열었습니다", parse.Options{}, nil, "ko"},
		{"Thai", "เปิดศูนย์พักพิง", parse.Options{}, nil, "th"},
		{"simplified characters", simplified, parse.Options{}, nil, "zh-Hans"},
		{"traditional characters", traditional, parse.Options{}, nil, "zh-Hant"},
		{"Latin letters tell nothing", "The bridge is closed for a week", parse.Options{}, nil, "und"},
		{"Cyrillic tells nothing", "Мост закрыт на неделю", parse.Options{}, nil, "und"},
		{"Arabic letters tell nothing", "أغلق الجسر لمدة أسبوع", parse.Options{}, nil, "und"},
		{"Chinese alone, by the text", traditional, parse.Options{}, []string{"zh"}, "zh-Hant"},
		{"Chinese alone, by the country", "通知", parse.Options{Country: "HK"}, []string{"chi"}, "zh-Hant"},
		{"Chinese alone", "通知", parse.Options{}, []string{"zh"}, "zh-Hans"},
		{"a template's word on Chinese", traditional, parse.Options{}, []string{"zh-CN"}, "zh-Hant"},
		{"a template's English over kana", "防災訓練のお知らせ", parse.Options{}, []string{"en-US"}, "ja"},
		{"a template's English over Hangul", "휴관 안내입니다", parse.Options{}, []string{"en"}, "ko"},
		{"a template's English over Thai", "ปิดถนนชั่วคราว", parse.Options{}, []string{"", "en-GB"}, "th"},
		{"a template's Japanese over Hangul", "도서관 임시 휴관 안내", parse.Options{}, []string{"ja"}, "ko"},
		{"a template's Chinese over kana", "防災訓練のお知らせ", parse.Options{}, []string{"zh"}, "ja"},
		{"what is configured stands", "防災訓練のお知らせ", parse.Options{Language: "en"}, []string{"ja"}, "en"},
		{"the feed knows better than the entry", "市政府發布颱風警報", parse.Options{}, []string{"zh-CN", "zh-TW"}, "zh-Hant"},
		{"simplified characters that call themselves traditional", "地铁延长运营时间通知", parse.Options{}, []string{"zh-TW"}, "zh-Hans"},
		{"a name in Latin letters in Russian", "interesno, znaesh’ li ty, gde ona seichas? na samom dele ne znayu", parse.Options{}, []string{"ru"}, "ru"},
		{"English that calls itself Russian", "The bridge over the harbour is closed for a week, and trams stop at five in the afternoon", parse.Options{}, []string{"ru"}, "en"},
		{"a template's English over Cyrillic", "Подготовка к юбилею города и праздничный концерт на площади", parse.Options{}, []string{"en"}, "und"},
		{"Chinese alone, in brackets", traditional, parse.Options{}, []string{"[zh]"}, "zh-Hant"},
		{"a template's English over Han alone is nobody's, and may be the publisher's", "市長定例記者会見", parse.Options{}, []string{"en-US"}, "und"},
		{"a template's English over Chinese", "請市民當心颱風", parse.Options{}, []string{"en-US"}, "zh-Hant"},
		{"a template's English over Greek", "Διακοπή νερού", parse.Options{}, []string{"en"}, "el"},
		{"a name in Latin letters in Japanese", "SkyTrain 2026", parse.Options{}, []string{"ja"}, "ja"},
		{"a name in Han in English", "The 京都 tower", parse.Options{}, []string{"en"}, "en"},
		{"Han says nothing against Japanese", "市長定例記者会見", parse.Options{}, []string{"ja"}, "ja"},
		{"Han says nothing against Chinese", "防災訓練", parse.Options{}, []string{"zh-TW"}, "zh-Hant"},
		{"Han alone is nobody's", "市長定例記者会見", parse.Options{}, nil, "und"},
		{"English that quotes a Japanese name", "The exhibition “ちびまる子ちゃん” opens at the city museum on Sunday", parse.Options{}, []string{"en"}, "en"},
		{"a template's English over much Han is nobody's, and may be the publisher's", "令和八年度一般会計当初予算案概要及主要事業一覧公表", parse.Options{}, []string{"en"}, "und"},
		{"a template's English over German", "Die Hauptstraße ist von Montag bis Freitag für den Verkehr gesperrt, weil die Stadt dort neue Leitungen in der Erde verlegt und das nicht ohne Sperrung geht", parse.Options{}, []string{"en-US"}, "de"},
		{"a template's English over Turkish", "Ana cadde pazartesiden cumaya kadar trafiğe kapalı olacak ve araçlar için yan yollar kullanılacak, bu çalışma ile altyapı da yenilenecek", parse.Options{}, []string{"en"}, "tr"},
		{"the feed knows better than the entry, in one script", "La rue de la Paix est fermée du lundi au vendredi pour des travaux sur le réseau de chauffage, et la circulation est déviée par les rues voisines", parse.Options{}, []string{"en", "fr"}, "fr"},
		{"English with much of German in it", "The exhibition “Die Stadt und der Fluss in den Bildern von Paul Klee” opens at the museum on Sunday with a talk by the director, and is free for children", parse.Options{}, []string{"en"}, "en"},
		{"Afrikaans, of which no words are known", "Die hoofstraat is van Maandag tot Vrydag vir verkeer gesluit omdat die stad nuwe pype in die grond lê en dit nie anders kan nie", parse.Options{}, []string{"af"}, "af"},
		{"a template's English over Chinese with names", "之前在BBC NEWS上看到的一篇文章，發現對岸的市民也關心這樣的災害", parse.Options{}, []string{"en"}, "zh-Hant"},
		{"Bulgarian that quotes an English title", "Artery - Take It From Me много ме пълни, а клипа го има на The Site of the Band and in the Shop at the Corner for All of You to See", parse.Options{}, []string{"bg"}, "bg"},
		{"a template's English over Arabic with names", "بلدية دبي تعلن عن Dubai Run، ينطلق السباق يوم الأحد من Dubai Mall إلى Sheikh Zayed Road على أن يبدأ في الصباح ويستمر حتى المساء", parse.Options{}, []string{"en"}, "ar"},
		{"a template's English over Greek with a name", "Διακοπή νερού στην οδό Smyrna Street", parse.Options{}, []string{"en"}, "el"},
		{"a template's English over three Han", "市議会", parse.Options{}, []string{"en-US"}, "und"},
		{"a template's Japanese over Chinese", "請市民當心颱風來襲", parse.Options{}, []string{"ja"}, "zh-Hant"},
		{"a name in Chinese in Japanese", "樂天桃猿対日本ハム", parse.Options{}, []string{"ja"}, "ja"},
		{"one sentence of Dutch that calls itself English is left", "De brug is een week dicht, en de trams stoppen om vijf uur", parse.Options{}, []string{"en"}, "en"},
	}
	for _, tt := range tests {
		if got, _ := Of(tt.text, tt.o, tt.said...); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestLanguageConflict(t *testing.T) {
	tests := []struct {
		name, text, tag string
		conflict        bool
	}{
		{"Japanese as English", "台風の接近に備えて、市民の皆さまは早めの準備をお願いします", "en", true},
		{"Japanese", "台風の接近に備えて、市民の皆さまは早めの準備をお願いします", "ja", false},
		{"Chinese characters in Japanese", "令和八年度予算概要", "ja", false},
		{"Chinese as Japanese", "市政府发布台风警报，请市民们注意安全，避免外出，关好门窗，并随时留意最新消息，如有紧急情况请立即拨打电话", "ja", true},
		{"simplified as traditional", "市政府发布台风警报，请市民们注意安全，关好门窗，并随时留意最新消息", "zh-Hant", true},
		{"traditional", "市政府發布颱風警報，請民眾注意安全，關好門窗，並隨時留意最新消息", "zh-Hant", false},
		{"English as Thai", "The bridge is closed for a week, and trams stop at five in the afternoon", "th", true},
		{"Russian as Arabic", "Мост закрыт на неделю, трамваи ходят до пяти часов вечера", "ar", true},
		{"a name in Latin letters", "BTS SkyTrain", "th", false},
		{"Dutch as English", "De brug is een week dicht, en de trams stoppen om vijf uur", "en", false},
	}
	for _, tt := range tests {
		if why := Conflict(tt.text, tt.tag); (why != "") != tt.conflict {
			t.Errorf("%s: %q, want a conflict: %v", tt.name, why, tt.conflict)
		}
	}
}

// What was said and is not believed is reported.
func TestDenial(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		o          parse.Options
		said       []string
		want       string // the language that is denied; "" for none
	}{
		{"kana as English", "防災訓練のお知らせ", parse.Options{}, []string{"en"}, "en"},
		{"the first that is said", "防災訓練のお知らせ", parse.Options{}, []string{"ko", "en", "ja"}, "ko"},
		{"nothing is said", "防災訓練のお知らせ", parse.Options{}, nil, ""},
		{"what is true", "防災訓練のお知らせ", parse.Options{}, []string{"ja"}, ""},
		{"what is configured, which stands", "台風の接近に備えて、市民の皆さまは早めの準備をお願いします", parse.Options{Language: "en"}, nil, "en"},
	} {
		if _, denied := Of(tt.text, tt.o, tt.said...); (denied.Why != "") != (tt.want != "") || denied.Why != "" && denied.Tag != tt.want {
			t.Errorf("%s: %+v, want %q", tt.name, denied, tt.want)
		}
	}
}
