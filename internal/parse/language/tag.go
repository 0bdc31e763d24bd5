package language

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"

	"github.com/kairan-news/kairan/internal/parse"
)

// Tag normalizes what documents call a language to a BCP 47 tag that can be
// compared with a locale's chain: the language, and its script where that is not
// the usual one or where the language has no usual one. So "en-US" and "eng" are
// "en", "jp" is "ja", "zh-TW", "tc" and "zt" are "zh-Hant", "zh-CN", "sc" and a bare
// "zh" are "zh-Hans", "in" is "id", "tl" is "fil". A region decides the script and is
// dropped then, and so are variants: what a template says of a region is seldom meant.
//
// It returns "" for what is no language.
func Tag(s string) string {
	if s = spelled(s); s == "" || len(s) > 64 {
		return ""
	}
	if tag, ok := aliases[s]; ok {
		return tag
	}
	tag, err := language.Parse(s)
	if err != nil {
		// A known language with a subtag that nobody knows is still that language.
		first, _, ok := strings.Cut(s, "-")
		if !ok {
			return ""
		}
		return Tag(first)
	}
	base, _, _ := tag.Raw()
	script, _ := tag.Script()
	switch name := base.String(); name {
	case "und", "mul", "zxx", "mis":
		return ""
	case "zh", "cmn", "yue", "hak", "nan", "wuu":
		if script.String() == "Hant" {
			return "zh-Hant"
		}
		return "zh-Hans"
	case "nb", "nn":
		return name
	default:
		usual, _ := language.Make(name).Script()
		if script != usual && script.String() != "Zzzz" {
			return name + "-" + script.String()
		}
		return name
	}
}

// Whole is [Tag] with all that the tag says, as who names a file or writes a configuration
// means it: "pt-br" is "pt-BR", "ja-simple" itself. Extensions are dropped, and so is the
// script that is the usual one.
func Whole(s string) string {
	short := Tag(s)
	t, err := language.Parse(spelled(s))
	if short == "" || err != nil {
		return short
	}
	base, script, region := t.Raw()
	meant, _ := language.Make(short).Base()
	if region.String() == "ZZ" && len(t.Variants()) == 0 || base != meant { // "yue-HK" is zh-Hant
		return short
	}
	if usual, _ := language.Make(base.String()).Script(); script == usual && base.String() != "zh" {
		script = language.Script{}
	}
	whole, err := language.Compose(base, script, region, t.Variants())
	if err != nil {
		return short
	}
	return whole.String()
}

// Said returns the tag of what a document calls a language: whole where somebody named that
// very tag (o.Tags), else as [Tag] does. A template says "en-US" of all English.
func Said(s string, o parse.Options) string {
	if len(o.Tags) > 0 {
		if whole := Whole(s); slices.Contains(o.Tags, whole) {
			return whole
		}
	}
	return Tag(s)
}

// around is what stands around a tag that is quoted, or was a list of one.
const around = " \t\r\n\"'`[](){}<>“”‘’「」\u00A0\u200B\uFEFF"

// spelled returns the first of the tags that a text has, without what stands around it:
// "ja-jp" of ["ja_JP"], ja–JP;q=1 and lang=ＪＡ－ＪＰ.
func spelled(s string) string {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			s = strings.NewReplacer("–", "-", "‐", "-", "‑", "-", "−", "-").Replace(norm.NFKC.String(s))
			break
		}
	}
	s = strings.Trim(strings.ToLower(s), around)
	if i := strings.IndexAny(s, ",;./|@\n\t "); i > 0 && s[i-1] != ':' && s[i-1] != '=' {
		s = s[:i]
	}
	if i := strings.LastIndexAny(s, ":="); i >= 0 { // language: ja
		s = s[i+1:]
	}
	return strings.ReplaceAll(strings.Trim(s, around+"-"), "_", "-")
}

// aliases are names that are in use and not in BCP 47, or mean something else there, with
// their tags: "sc" is Sardinian, but the feeds of Hong Kong mean simplified Chinese.
var aliases = func() map[string]string {
	tags := map[string]string{}
	for tag, names := range map[string]string{
		"ja":      "jp,jap,jpn,ja-jp,jp-jp,japanese,nihongo,日本語,1041",
		"ko":      "kr,kor,ko-kr,kr-kr,korean,한국어,1042",
		"zh-Hans": "cn,sc,zs,chs,gb,gbk,gb2312,chinese,zh-chs,chi-sim,simplified,schinese,简体中文,zh-cn,zh-sg,zh-hans,chi,zho,zh,中文,汉语,2052",
		"zh-Hant": "tw,tc,zt,cht,big5,zh-cht,chi-tra,traditional,tchinese,繁體中文,zh-tw,zh-hk,zh-mo,zh-hant,1028,3076",
		"en":      "en,en-us,en-gb,en-au,eng,english,en-uk,uk-en,1033,2057",
		"nl":      "nl,nl-nl,nl-be,dut,dutch,nederlands,1043",
		"fr":      "fr,fr-fr,fre,french,français,francais,1036",
		"de":      "ger,german,deutsch,1031",
		"th":      "thai,ไทย,ภาษาไทย,1054",
		"tr":      "tur,turkish,türkçe,turkce,1055",
		"id":      "in,ind,indonesian,bahasa,1057",
		"fil":     "tl,tgl,ph,filipino,tagalog,1124",
		"ar":      "arabic,العربية,عربي,1025",
		"ru":      "rus,russian,русский,1049",
		"es":      "spanish,español,castellano,sp,1034,3082",
		"uk":      "ua,ukrainian,українська",
		"cs":      "cz,cze,czech,čeština",
		"el":      "gr,gre,greek,ελληνικά",
		"vi":      "vn,vietnamese",
		"it":      "italian,italiano",
		"pt":      "portuguese,português",
		"pl":      "polish,polski",
		"da":      "dk,danish,dansk",
		"sv":      "swedish,svenska",
		"he":      "hebrew,עברית",
	} {
		for name := range strings.SplitSeq(names, ",") {
			tags[name] = tag
		}
	}
	return tags
}()

// saysChineseAlone reports whether the document says Chinese without saying which.
func saysChineseAlone(s string) bool {
	switch spelled(s) {
	case "zh", "chi", "zho", "cmn", "chinese", "中文":
		return true
	}
	return false
}
