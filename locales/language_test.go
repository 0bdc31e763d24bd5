package locales

import (
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
)

// The languages of Tokyo and its partners, in the order of namedLanguages, in each other's words.
var languageNames = map[string]string{
	"en":        "English, Japanese, Easy Japanese, Simplified Chinese, Traditional Chinese, Korean, Dutch, French, Thai, Turkish, Indonesian, Filipino, Arabic, Russian, Vietnamese, Nepali, Portuguese",
	"ja":        "英語, 日本語, やさしい日本語, 中国語（簡体字）, 中国語（繁体字）, 韓国語, オランダ語, フランス語, タイ語, トルコ語, インドネシア語, フィリピノ語, アラビア語, ロシア語, ベトナム語, ネパール語, ポルトガル語",
	"zh-Hans":   "英语, 日语, 简明日语, 简体中文, 繁体中文, 韩语, 荷兰语, 法语, 泰语, 土耳其语, 印尼语, 菲律宾语, 阿拉伯语, 俄语, 越南语, 尼泊尔语, 葡萄牙语",
	"zh-Hant":   "英文, 日文, 簡易日文, 簡體中文, 繁體中文, 韓文, 荷蘭文, 法文, 泰文, 土耳其文, 印尼文, 菲律賓文, 阿拉伯文, 俄文, 越南文, 尼泊爾文, 葡萄牙文",
	"ko":        "영어, 일본어, 쉬운 일본어, 중국어(간체), 중국어(번체), 한국어, 네덜란드어, 프랑스어, 태국어, 튀르키예어, 인도네시아어, 필리핀어, 아랍어, 러시아어, 베트남어, 네팔어, 포르투갈어",
	"nl":        "Engels, Japans, eenvoudig Japans, vereenvoudigd Chinees, traditioneel Chinees, Koreaans, Nederlands, Frans, Thai, Turks, Indonesisch, Filipijns, Arabisch, Russisch, Vietnamees, Nepalees, Portugees",
	"fr":        "anglais, japonais, japonais facile, chinois simplifié, chinois traditionnel, coréen, néerlandais, français, thaï, turc, indonésien, filipino, arabe, russe, vietnamien, népalais, portugais",
	"th":        "ภาษาอังกฤษ, ภาษาญี่ปุ่น, ภาษาญี่ปุ่นอย่างง่าย, ภาษาจีนตัวย่อ, ภาษาจีนตัวเต็ม, ภาษาเกาหลี, ภาษาดัตช์, ภาษาฝรั่งเศส, ภาษาไทย, ภาษาตุรกี, ภาษาอินโดนีเซีย, ภาษาฟิลิปปินส์, ภาษาอาหรับ, ภาษารัสเซีย, ภาษาเวียดนาม, ภาษาเนปาล, ภาษาโปรตุเกส",
	"tr":        "İngilizce, Japonca, Basit Japonca, Basitleştirilmiş Çince, Geleneksel Çince, Korece, Felemenkçe, Fransızca, Tayca, Türkçe, Endonezce, Filipince, Arapça, Rusça, Vietnamca, Nepalce, Portekizce",
	"id":        "bahasa Inggris, bahasa Jepang, bahasa Jepang sederhana, bahasa Tionghoa (aksara sederhana), bahasa Tionghoa (aksara tradisional), bahasa Korea, bahasa Belanda, bahasa Prancis, bahasa Thai, bahasa Turki, bahasa Indonesia, bahasa Filipino, bahasa Arab, bahasa Rusia, bahasa Vietnam, bahasa Nepali, bahasa Portugis",
	"fil":       "Ingles, Hapon, Simpleng Hapones, Tsino (Pinasimple), Tsino (Tradisyonal), Koreano, Olandes, Pranses, Thai, Turko, Indones, Filipino, Arabe, Ruso, Biyetnames, Nepali, Portuges",
	"ar":        "الإنجليزية, اليابانية, اليابانية المبسطة, الصينية المبسطة, الصينية التقليدية, الكورية, الهولندية, الفرنسية, التايلاندية, التركية, الإندونيسية, الفلبينية, العربية, الروسية, الفيتنامية, النيبالية, البرتغالية",
	"ru":        "английский, японский, простой японский, китайский (упрощённое письмо), китайский (традиционное письмо), корейский, нидерландский, французский, тайский, турецкий, индонезийский, филиппинский, арабский, русский, вьетнамский, непальский, португальский",
	"ja-simple": "英語（えいご）, 日本語（にほんご）, やさしい日本語（にほんご）, 中国語（ちゅうごくご）【簡体字（かんたいじ）】, 中国語（ちゅうごくご）【繁体字（はんたいじ）】, 韓国語（かんこくご）, オランダ語（ご）, フランス語（ご）, タイ語（ご）, トルコ語（ご）, インドネシア語（ご）, フィリピノ語（ご）, アラビア語（ご）, ロシア語（ご）, ベトナム語（ご）, ネパール語（ご）, ポルトガル語（ご）",
	"vi":        "tiếng Anh, tiếng Nhật, tiếng Nhật dễ hiểu, tiếng Trung (giản thể), tiếng Trung (phồn thể), tiếng Hàn, tiếng Hà Lan, tiếng Pháp, tiếng Thái, tiếng Thổ Nhĩ Kỳ, tiếng Indonesia, tiếng Philippines, tiếng Ả Rập, tiếng Nga, tiếng Việt, tiếng Nepal, tiếng Bồ Đào Nha",
	"ne":        "अङ्ग्रेजी, जापानी, सरल जापानी, चिनियाँ (सरलीकृत), चिनियाँ (परम्परागत), कोरियाली, डच, फ्रान्सेली, थाई, टर्की, इन्डोनेसियाली, फिलिपिनी, अरबी, रुसी, भियतनामी, नेपाली, पोर्तुगाली",
	"pt-BR":     "inglês, japonês, japonês fácil, chinês simplificado, chinês tradicional, coreano, holandês, francês, tailandês, turco, indonésio, filipino, árabe, russo, vietnamita, nepalês, português",
}

const namedLanguages = "en ja ja-simple zh-Hans zh-Hant ko nl fr th tr id fil ar ru vi ne pt-BR"

func TestLanguagesInEachOthersWords(t *testing.T) {
	b := mustLoad(t)
	for reader := range languageNames {
		l := b.Localizer(reader)
		var names []string
		for tag := range strings.FieldsSeq(namedLanguages) {
			names = append(names, l.Language(tag))
		}
		if got := strings.Join(names, ", "); got != languageNames[reader] {
			t.Errorf("%s says\n  %s\nwant\n  %s", reader, got, languageNames[reader])
		}
	}
}

func TestLanguagesThatAreNotLocales(t *testing.T) {
	b := mustLoad(t)
	for _, tt := range []struct{ reader, tag, want, remark string }{
		{"en", "en-GB", "English", "regions are not named"},
		{"fr", "pt-BR", "portugais", ""},
		{"en", "zh", "Chinese", "nothing tells the script"},
		{"en", "zh-TW", "Traditional Chinese", "the region tells it"},
		{"ja", "zh-Hant-HK", "中国語（繁体字）", "the script is told"},
		{"nl", "zh-MO", "traditioneel Chinees", ""},
		{"en", "sr-Latn", "Serbian", "scripts are not named"},
		{"en", "az-Arab", "Azerbaijani", ""},
		{"en", "tl", "Filipino", "an old code"},
		{"th", "de", "ภาษาเยอรมัน", "the word for language goes before"},
		{"th", "mul", "หลายภาษา", "and not twice"},
		{"id", "ms", "bahasa Melayu", ""},
		{"fil", "uk", "Ukranyo", "CLDR has it misspelt"},
		{"ar", "ms", "الملايوية", "CLDR says Malaysian"},
		{"en", "und", "unknown language", "small within a sentence"},
		{"en", "tlh", "Klingon", ""},
		{"en", "jp", "jp", "no language at all"},
		{"en", "", "", ""},
	} {
		if got := b.Localizer(tt.reader).Language(tt.tag); got != tt.want {
			t.Errorf("%s calls %q %q, want %q (%s)", tt.reader, tt.tag, got, tt.want, tt.remark)
		}
	}
}

// What a language is called alike by its neighbours.
var sameAsEndonym = map[string]bool{"zh-Hans zh": true, "zh-Hant zh": true, "ne hi": true, "ne ne": true, "vi vi": true, "pt-BR pt": true}

func TestEveryLocaleNamesCommonLanguages(t *testing.T) {
	b := mustLoad(t)
	english := b.Localizer("en")
	for _, reader := range b.Tags() {
		for tag := range strings.FieldsSeq("zh de es pt it vi ms hi uk fa he mn my bn ne ur pl el sv km lo si ta kk uz az") {
			l := &Localizer{tag: reader, chain: []*locale{b.locales[reader]}}
			name := l.Language(tag)
			own := name == Endonym(tag) && name != english.Language(tag) && feeds.FitOf(reader, tag) == feeds.FitNone
			if name == "" || name == tag || own && !sameAsEndonym[reader+" "+tag] {
				t.Errorf("%s has no name for %s: %q", reader, tag, name)
			}
		}
	}
}

func TestARegionIsNamedWhereThereIsAnother(t *testing.T) {
	b, err := Load(folder("active.fr.toml", `"language.en-AU" = "anglais d’Australie"`))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ reader, tag, locales, want, remark string }{
		{"fr", "pt-PT", "en pt-BR", "portugais (Portugal)", ""},
		{"fr", "pt-BR", "en pt-BR pt-PT", "portugais (Brésil)", ""},
		{"fr", "pt-BR", "en pt-BR", "portugais", "there is no other"},
		{"fr", "pt-PT", "en pt", "portugais", "and no region of which it is another"},
		{"fr", "pt", "en pt-BR", "portugais", "it says no region"},
		{"th", "pt-PT", "pt-BR", "ภาษาโปรตุเกส (โปรตุเกส)", "the word for language stays"},
		{"id", "pt-PT", "pt-BR", "bahasa Portugis (Portugal)", ""},
		{"ja", "pt-PT", "pt-BR", "ポルトガル語（ポルトガル）", "in wide brackets"},
		{"en", "zh-TW", "zh-HK", "Traditional Chinese", "Chinese is named by its script"},
		{"fr", "en-AU", "en-GB", "anglais d’Australie", "the bundle knows better"},
		{"fr", "pt-XZ", "pt-BR", "portugais", "a region without a name"},
	} {
		if got := b.Localizer(tt.reader).LanguageAmong(tt.tag, strings.Fields(tt.locales)); got != tt.want {
			t.Errorf("%s calls %q among %s %q, want %q (%s)", tt.reader, tt.tag, tt.locales, got, tt.want, tt.remark)
		}
	}
	for _, tt := range []struct{ tag, locales, want string }{
		{"pt-PT", "en pt-BR", "Português (Portugal)"}, {"pt-PT", "en pt", "Português"}, {"zh-TW", "zh-HK", "繁體中文"}, {"jp", "en", "jp"},
	} {
		if got := EndonymAmong(tt.tag, strings.Fields(tt.locales)); got != tt.want {
			t.Errorf("among %s %q calls itself %q, want %q", tt.locales, tt.tag, got, tt.want)
		}
	}
}

func TestALocaleOfTheSiteNamesItself(t *testing.T) {
	b, err := Load(folder("active.ja-simple.toml", `"language.ja-simple" = "やさしい日本語"`, "active.pt-BR.toml", `"page.home" = "Início"`))
	if err != nil {
		t.Fatal(err)
	}
	for tag, want := range map[string]string{"ja-simple": "やさしい日本語", "pt-BR": "Português (Brasil)", "fr": "Français", "xx-none": "xx-none"} {
		if got := b.Endonym(tag); got != want {
			t.Errorf("%s calls itself %q, want %q", tag, got, want)
		}
	}
	if got := b.Localizer("ja-simple", "ja").Language("ja-simple"); got != "やさしい日本語" {
		t.Errorf("it is called %q", got)
	}
	if got := b.Localizer("nl").Language("ja-simple"); got != "eenvoudig Japans" {
		t.Errorf("in Dutch, it is called %q", got)
	}
}

func TestEndonym(t *testing.T) {
	for _, tt := range []struct{ tag, want, remark string }{
		{"en", "English", ""}, {"ja", "日本語", ""}, {"zh-Hans", "简体中文", ""}, {"zh-Hant", "繁體中文", ""}, {"ko", "한국어", ""},
		{"nl", "Nederlands", ""}, {"fr", "Français", "with a capital, as in a list"}, {"th", "ไทย", ""}, {"tr", "Türkçe", ""},
		{"id", "Bahasa Indonesia", "CLDR says Indonesia"}, {"fil", "Filipino", ""}, {"ar", "العربية", ""}, {"ru", "Русский", ""},
		{"de", "Deutsch", ""}, {"es", "Español", ""}, {"vi", "Tiếng Việt", ""}, {"ms", "Bahasa Melayu", ""}, {"uk", "Українська", ""},
		{"zh-TW", "繁體中文", "by its script"}, {"zh-CN", "简体中文", ""}, {"zh", "中文", ""}, {"pt-BR", "Português (Brasil)", ""},
		{"en-GB", "English (United Kingdom)", "a region that is told"}, {"ja-simple", "日本語", ""}, {"sr-Latn", "Srpski", "in its script"}, {"my", "မြန်မာ", ""}, {"hil", "Hiligaynon", "CLDR doesn't have it"},
		{"tl", "Filipino", "an old code"}, {"jp", "jp", "no language"}, {"", "", ""},
	} {
		if got := Endonym(tt.tag); got != tt.want {
			t.Errorf("%q calls itself %q, want %q (%s)", tt.tag, got, tt.want, tt.remark)
		}
	}
}
