package page

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	xhtml "golang.org/x/net/html"

	"github.com/kairan-news/kairan/internal/parse/html"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

// rowNames are the words, and names as a whole, of what turns pages: of publishing systems
// and frameworks, and as they are misspelt.
var rowNames = wordSet(`
	pager pagers pagination paginations paging pagings paginator paginate paginated pagenate pagenation pagenavi pagenav pagelink pagelinks
	pagelist pagenumber pagenumbers pagenum pagebar pagebox pageturn pagebtn wppagenavi navlinks postsnavigation postsnav fenye`)

// rowLabels are words in the labels of what turns pages, in small letters and without what
// stands between them.
var rowLabels = []string{
	"pagination", "paginación", "paginação", "paginering", "seitennavigation", "seitennummerierung", "paginazione", "ページ", "分页", "分頁", "页码", "頁碼",
	"페이지", "ترقيمالصفحات", "страниц", "sayfalama", "การแบ่งหน้า", "paginasi", "phântrang",
}

// turnsOtherThings are the words of what turns months, pictures and comments, or says where
// the page stands.
var turnsOtherThings = wordSet(`calendar wpcalendar carousel slider slick swiper breadcrumb breadcrumbs pankuzu topicpath comments commentlist`)

// currentNames are the words of where the reader is, and nextNames those of what leads on.
var (
	currentNames = wordSet(`current active selected on now cur`)
	nextNames    = wordSet(`next nextpage nextpostslink nextlink pagenext nextpages`)
)

// nextSigns lead on by one page. The double ones do, or to the end. The words are how fonts
// of signs write theirs.
var (
	nextSigns       = wordSet(`> › → ▶ ▷ ► ＞ ❯ 〉 ⟩ 》 chevron_right navigate_next arrow_forward keyboard_arrow_right`)
	nextDoubleSigns = wordSet(`» >> ›› ≫ ＞＞ ▶▶`)
)

// nextWords are what is said, and nothing else, where a listing goes on: in small letters,
// without what stands between them and without numbers, so that "次の10件" is there as
// "次の件". What blogs call older goes on as well.
var nextWords = wordSet(`
	next older olderposts olderentries olderarticles oldernews olderitems nextposts nextitems nextresults nextentries
	次へ 次 次の件 次の件へ 次の件を表示 次を表示 次の一覧 次の一覧へ つぎへ 過去の投稿 過去の記事 以前の記事 以前の投稿 古い記事
	后一页 後一頁 下页 下頁 较早文章 較舊的文章 较旧文章 舊文章
	다음 다음목록 이전글더보기
	suivant suivante suivants suivantes articlesplusanciens publicationsplusanciennes
	siguiente siguientes entradasanteriores entradasantiguas entradasmásantiguas
	próxima próximo próximas próximos seguinte seguintes postsmaisantigos
	weiter nächste nächster nächstes nächsten ältere älterebeiträge ältereeinträge ältereartikel
	successiva successivo successivi prossima prossimo avanti articolipiùvecchi
	volgende ouderberichten oudereberichten
	التالي التالية
	далее следующая следующие следующий дальше вперед вперёд след
	далі наступна наступні
	sonraki ileri
	ถัดไป ต่อไป
	berikutnya selanjutnya
	susunod
	tiếp tiếptheo
	następna następny następne dalej další následující nästa næste neste seuraava következő επόμενη επόμενο επόμενα הבא הבאים בעדי بعدی अगला
	următorul următoarea напред следваща següent`)

// nextPhrases say "next page", wherever they stand, with no more than a few words around them.
var nextPhrases = []string{
	"nextpage", "次のページ", "次ページ", "次の頁", "次頁", "下一页", "下一頁", "다음페이지", "pagesuivante", "siguientepágina", "páginasiguiente", "próximapágina",
	"páginaseguinte", "nächsteseite", "nächstenseite", "paginasuccessiva", "volgendepagina", "الصفحةالتالية", "следующаястраница", "следующуюстраницу",
	"следующейстранице", "наступнасторінка", "sonrakisayfa", "หน้าถัดไป", "หน้าต่อไป", "halamanberikutnya", "halamanselanjutnya", "susunodnapahina", "trangsau",
	"trangtiếp", "następnastrona", "dalšístrana", "nästasida", "næsteside", "nesteside", "seuraavasivu", "επόμενησελίδα", "صفحهبعد",
}

// maxAround is how many letters may stand around a phrase: a headline may hold it, too.
const maxAround = 10

// saysNextPage reports whether an anchor says so, in its text or in its labels.
func saysNextPage(a *xhtml.Node) bool {
	for _, said := range []string{saidBy(a), html.Attr(a.Attr, "aria-label"), html.Attr(a.Attr, "title")} {
		letters := lettersOf(said)
		if slices.ContainsFunc(nextPhrases, func(phrase string) bool {
			before, after, ok := strings.Cut(letters, phrase)
			return ok && utf8.RuneCountInString(before+after) <= maxAround
		}) {
			return true
		}
	}
	return false
}

// saidBy returns what an anchor says: its text, else its labels or those of its pictures.
func saidBy(a *xhtml.Node) string {
	var b strings.Builder
	alt := ""
	for n := range a.Descendants() {
		switch {
		case n.Type == xhtml.TextNode && n.Parent.Data != "style" && n.Parent.Data != "script" && n.Parent.Data != "title":
			b.WriteString(n.Data)
			b.WriteByte(' ')
		case n.Type == xhtml.ElementNode && n.Data == "img" && alt == "":
			alt = html.Attr(n.Attr, "alt")
		}
	}
	return prose.FirstOf(prose.Collapse(b.String()), prose.Collapse(alt), prose.Collapse(html.Attr(a.Attr, "aria-label")), prose.Collapse(html.Attr(a.Attr, "title")))
}

// lettersOf returns the letters of a text, in small ones.
func lettersOf(text string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsMark(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, text)
}

// pageWords are what stands beside the number of a page.
var pageWords = wordSet(`page ページ ページ目 頁 页 第页 第頁 페이지 쪽 seite página pagina strona страница الصفحة صفحة sayfa หน้า halaman pahina trang current currentpage youreonpage gotopage 現在のページ 현재페이지`)

// pageNumber returns the number of a page that a text is, up to [maxPageNumber]; 0 if it is
// none.
func pageNumber(text string) int {
	if letters := lettersOf(text); letters != "" && !pageWords[letters] {
		return 0
	}
	n, digits := 0, 0
	ended := false // digits that go on behind something else are those of several numbers
	for _, c := range text {
		d := digitOf(c)
		switch {
		case d < 0:
			ended = digits > 0
			continue
		case ended || n >= maxPageNumber:
			return 0
		}
		n, digits = 10*n+d, digits+1
	}
	if n > maxPageNumber {
		return 0
	}
	return n
}

// digitOf returns the value of a digit of the scripts that number pages; -1 if it is none.
func digitOf(c rune) int {
	for _, zero := range [...]rune{'0', '０', '٠', '۰', '๐', '०'} {
		if c >= zero && c <= zero+9 {
			return int(c - zero)
		}
	}
	return -1
}
