package language

import (
	"strings"

	"golang.org/x/text/language"
)

// Tag normalizes what documents call a language to a BCP 47 tag that can be
// compared with a locale's chain: the language, and its script where that is not
// the usual one or where the language has no usual one. So "en-US" and "eng" are
// "en", "jp" is "ja", "zh-TW", "tc" and "zt" are "zh-Hant", "zh-CN", "sc" and a bare
// "zh" are "zh-Hans", "in" is "id", "tl" is "fil". A region decides the script and is
// dropped then: no locale has one, and a reader of "en" wants "en-AU".
//
// It returns "" for what is no language.
func Tag(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if i := strings.IndexAny(s, ",;. /|"); i > 0 {
		s = s[:i]
	}
	s = strings.ReplaceAll(s, "_", "-")
	if s == "" || len(s) > 64 {
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

// aliases are names that are in use and not in BCP 47, or mean something else there, with
// their tags: "sc" is Sardinian, but the feeds of Hong Kong mean simplified Chinese.
var aliases = func() map[string]string {
	tags := map[string]string{}
	for tag, names := range map[string]string{
		"ja":      "jp,jap,jpn,ja-jp,jp-jp,japanese,日本語",
		"ko":      "kr,kor,ko-kr,kr-kr,korean,한국어",
		"zh-Hans": "cn,sc,zs,chs,gb,gbk,gb2312,chinese,zh-chs,chi-sim,simplified,schinese,简体中文,zh-cn,zh-sg,zh-hans,chi,zho,zh,中文",
		"zh-Hant": "tw,tc,zt,cht,big5,zh-cht,chi-tra,traditional,tchinese,繁體中文,zh-tw,zh-hk,zh-mo,zh-hant",
		"en":      "en,en-us,en-gb,en-au,eng,english,en-uk,uk-en",
		"nl":      "nl,nl-nl,nl-be,dut,dutch,nederlands",
		"fr":      "fr,fr-fr,fre,french,français",
		"de":      "ger,german,deutsch",
		"th":      "thai,ไทย",
		"tr":      "tur,turkish,türkçe",
		"id":      "in,ind,indonesian,bahasa",
		"fil":     "tl,tgl,ph,filipino,tagalog",
		"ar":      "arabic,العربية",
		"ru":      "rus,russian,русский",
		"es":      "spanish,sp",
		"uk":      "ua",
		"cs":      "cz,cze",
		"el":      "gr,gre",
		"vi":      "vn",
	} {
		for name := range strings.SplitSeq(names, ",") {
			tags[name] = tag
		}
	}
	return tags
}()

// saysChineseAlone reports whether the document says Chinese without saying which.
func saysChineseAlone(s string) bool {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "zh", "chi", "zho", "cmn", "chinese", "中文":
		return true
	}
	return false
}
