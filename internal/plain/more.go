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
	titled   = []string{
		"Continue reading", "Read the rest of", "Read more", "Continuer la lecture de", "Lire la suite de", "Lees verder", "Weiterlesen", "Seguir leyendo", "Continuar leyendo",
		"Continua a leggere", "Continuar lendo", "Читать далее", "Okumaya devam et", "Lanjutkan membaca",
	}
)

// notes are what WordPress's plug-ins write behind each text, of where a post was published,
// by how they begin and what they say. One that begins with the title has no beginning here,
// and is a sentence of its own.
var notes = []struct{ begins, says string }{
	{"The post ", " appeared first on "}, {"The post ", " first appeared on "},
	{"Der Beitrag ", " erschien zuerst auf "}, {"Het bericht ", " verscheen eerst op "},
	{"L’article ", " est apparu en premier sur "}, {"L'article ", " est apparu en premier sur "}, {"Cet article ", " est apparu en premier sur "},
	{"La entrada ", " se publicó primero en "}, {"La entrada ", " apareció primero en "}, {"La entrada ", " aparece primero en "},
	{"L'articolo ", " proviene da "}, {"L’articolo ", " proviene da "}, {"O post ", " apareceu primeiro em "}, {"O conteúdo ", " aparece primeiro em "},
	{"Сообщение ", " появились сначала на "}, {"Сообщение ", " появилось сначала на "}, {"Запись ", " впервые появилась "},
	{"Postingan ", " pertama kali tampil pada "}, {"Artikel ", " pertama kali tampil pada "}, {"Artykuł ", " pochodzi z serwisu "},
	{"ظهرت المقالة ", " أولاً على "}, {"投稿 ", " に最初に表示されました"}, {"〈", "這篇文章最早發佈於"},
	{"", " yazısı ilk önce "}, {"", "에 처음 등장했습니다"}, {"", "最先出现在"},
}

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
	from := max(0, len(s)-moreLimit)
	for _, note := range notes {
		if !strings.Contains(s[from:], note.says) {
			continue
		}
		says := strings.LastIndex(s[from:], note.says)
		i := strings.LastIndex(s[:from+says], note.begins)
		if note.begins == "" {
			i = lastSentence(s[:from+says])
		}
		if i > 0 && len(s)-i <= moreLimit {
			return strings.TrimRightFunc(s[:i], unicode.IsSpace)
		}
	}
	return s
}

// lastSentence returns where the sentence begins that a text ends amid; -1 where it has but one.
func lastSentence(s string) int {
	i := strings.LastIndexFunc(s, func(r rune) bool { return strings.ContainsRune(".!?…。！？", r) })
	if i < 0 {
		return -1
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	return i + size
}

// titleLimit is how many bytes a title has at most that stands in a link to more.
const titleLimit = 250

// withoutTitledLink returns a text without a link to more that has the title in it: behind
// an ellipsis, or behind a sentence where nobody begins another one so.
func withoutTitledLink(s string) string {
	tail := s[max(0, len(s)-moreLimit):]
	for _, link := range titled {
		if !strings.Contains(tail, link) { // faster than where it stands
			continue
		}
		i := strings.LastIndex(tail, link)
		before, title := strings.TrimRightFunc(s[:len(s)-len(tail)+i], unicode.IsSpace), tail[i+len(link):]
		for _, ellipsis := range []string{"…", "...", "…]", "...]", "…)"} {
			if strings.HasSuffix(before, ellipsis) {
				return before
			}
		}
		if link != "Read more" && endsWhole(before) && strings.HasPrefix(title, " ") && len(title) <= titleLimit && !endsWhole(strings.TrimRight(title, "\"”»“")) {
			return before
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
