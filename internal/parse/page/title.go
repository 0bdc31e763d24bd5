package page

import (
	"strings"
	"unicode"

	"github.com/PuerkitoBio/goquery"

	"github.com/kairan-news/kairan/internal/parse/language"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

// linkTitle returns the text of a link: a heading within it, else all of it, else
// what stands for it where it is a picture.
func linkTitle(a *goquery.Selection) string {
	heading := textOf(a.Find("h1, h2, h3, h4, h5, h6, [class*='title'], [class*='headline']").First())
	return prose.FirstOf(heading, textOf(a), prose.Collapse(a.AttrOr("title", "")), prose.Collapse(a.AttrOr("aria-label", "")), prose.Collapse(a.Find("img[alt]").AttrOr("alt", "")))
}

// linkLanguage returns the language that a link or what is around it says, within a
// few elements.
func linkLanguage(a *goquery.Selection) string {
	if tag := language.Tag(a.AttrOr("hreflang", "")); tag != "" {
		return tag
	}
	for i := 0; i < 4 && a.Length() > 0 && !a.Is("body"); i++ {
		if tag := language.Tag(a.AttrOr("lang", "")); tag != "" {
			return tag
		}
		a = a.Parent()
	}
	return ""
}

// titleWidth counts the letters of a title, those that stand for a syllable or a word
// as two and a half.
func titleWidth(s string) int {
	n := 0
	for _, c := range s {
		switch {
		case unicode.In(c, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
			n += 5
		case unicode.IsLetter(c) || unicode.IsNumber(c) || unicode.Is(unicode.Mn, c):
			n += 2
		case unicode.IsSpace(c):
			n++
		}
	}
	return n / 2
}

// isMoreLink reports whether a link's text is the same at every article.
func isMoreLink(title string) bool {
	switch strings.ToLower(strings.Trim(title, " .…>»→›[]（）()")) {
	case "", "read more", "more", "read more about", "continue reading", "details", "view details", "learn more", "full story", "click here",
		"続きを読む", "詳細", "詳しくはこちら", "もっと見る", "詳細を見る", "一覧", "查看更多", "更多", "阅读全文", "詳情", "详情", "閱讀更多", "더보기", "자세히", "자세히 보기",
		"lees meer", "lees verder", "meer", "lire la suite", "en savoir plus", "plus", "อ่านต่อ", "อ่านเพิ่มเติม", "devamı", "devamını oku", "detaylar",
		"selengkapnya", "baca selengkapnya", "basahin", "اقرأ المزيد", "المزيد", "подробнее", "читать далее", "далее":
		return true
	}
	return false
}
