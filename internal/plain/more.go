package plain

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// moreLinks are the texts of such links. They are compared as they are: amid a sentence
// they begin with a small letter, where the script has those.
var moreLinks = []string{
	"Continue reading", "Continue Reading", "Read more", "Read More", "READ MORE", "Read the full story", "Read the full article", "Keep reading",
	"続きを読む", "つづきを読む", "続きはこちら", "もっと読む", "全文を読む", "继续阅读", "阅读更多", "阅读全文", "繼續閱讀", "閱讀更多", "閱讀全文",
	"더 읽기", "계속 읽기", "더 보기", "더보기", "อ่านต่อ", "อ่านเพิ่มเติม", "اقرأ المزيد", "متابعة القراءة", "Читать далее", "Читать дальше", "Читать полностью",
	"Lire la suite", "Continuer la lecture", "Lees verder", "Lees meer", "Devamını oku", "Devamını Oku", "Okumaya devam et", "Baca selengkapnya",
	"Selengkapnya", "Baca Selengkapnya", "Magbasa pa", "Basahin pa", "Weiterlesen", "Mehr lesen", "Leer más", "Seguir leyendo", "Leia mais", "Continua a leggere", "Leggi tutto",
}

// What publishing systems write behind a text that they cut: an ellipsis in brackets, or a
// link to the whole, often with the title in it.
var (
	ellipses = []string{"[…]", "[...]", "[ … ]", "[ ... ]", "[. . .]", "(…)", "(...)", "［…］", "（…）", "【…】", "[more]", "(more)", "[…", "[..."}
	titled   = []string{"Continue reading", "Read more", "Read the rest of"}
	appeared = []string{" appeared first on ", " first appeared on "}
)

// moreLimit is how many bytes at the end of a text are searched for it.
const moreLimit = 500

// withoutMore returns a text without what tells that there is more of it. Where that
// stood amid a sentence, an ellipsis stays.
func withoutMore(s string) string {
	rest := withoutLink(withoutTitledLink(withoutNote(s)))
	for _, e := range ellipses {
		before, ok := strings.CutSuffix(rest, e)
		if !ok {
			continue
		}
		if before = strings.TrimRightFunc(before, unicode.IsSpace); before == "" {
			return s
		}
		if endsWhole(before) {
			return before
		}
		return strings.TrimRightFunc(before, trimsBeforeEllipsis) + "…"
	}
	return rest
}

// withoutNote returns a text without WordPress's note of where a post was published.
func withoutNote(s string) string {
	i := strings.LastIndex(s, "The post ")
	if i <= 0 || len(s)-i > moreLimit {
		return s
	}
	for _, note := range appeared {
		if strings.Contains(s[i:], note) {
			return strings.TrimRightFunc(s[:i], unicode.IsSpace)
		}
	}
	return s
}

// withoutTitledLink returns a text without a link to more behind an ellipsis, which has
// the title in it.
func withoutTitledLink(s string) string {
	tail := s[max(0, len(s)-moreLimit):]
	for _, link := range titled {
		i := strings.LastIndex(tail, link)
		if i < 0 {
			continue
		}
		before := strings.TrimRightFunc(s[:len(s)-len(tail)+i], unicode.IsSpace)
		for _, ellipsis := range []string{"…", "...", "…]", "...]", "…)"} {
			if strings.HasSuffix(before, ellipsis) {
				return before
			}
		}
	}
	return s
}

// withoutLink returns a text without a link to more at its end.
func withoutLink(s string) string {
	trimmed := strings.TrimRightFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(">»›→▶≫.…:：[](（）)", r)
	})
	for _, link := range moreLinks {
		before, ok := strings.CutSuffix(trimmed, link)
		if !ok {
			continue
		}
		last, _ := utf8.DecodeLastRuneInString(before)
		if before = strings.TrimRightFunc(before, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("[(（<", r) }); before == "" {
			return s
		}
		if unicode.IsLetter(last) || unicode.IsDigit(last) {
			return s // it is the end of a sentence
		}
		return before
	}
	return s
}

// endsWhole reports whether a text ends in a sentence, or says itself that it doesn't.
func endsWhole(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…。！？」』）)\"”؟۔", r)
}
