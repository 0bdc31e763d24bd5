package page

import (
	"net/url"
	"path"
	"slices"
	"strings"

	xhtml "golang.org/x/net/html"

	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/html"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

// What is beside a notice without being called so: it is told by where its links lead, by
// what it asks, and by the words of its heading.

const (
	// maxQuestion is how much text, in bytes, an element with fields may hold that asks a
	// question, such as whether the page was of use.
	maxQuestion = 600
	// maxChoice is how much of it there is for each choice of a question that holds more
	// than the notice.
	maxChoice = 150
	// maxConsent is how much text, in bytes, a question about cookies has.
	maxConsent = 1500
	// maxLabel is how much text, in bytes, stands before links to networks.
	maxLabel = 60
)

// asks reports whether an element is a question to readers with the fields of its answer,
// or with buttons, where it is about cookies.
func (e *extract) asks(n *xhtml.Node) bool {
	s := e.sizes[n]
	switch n.Data {
	case "div", "section", "fieldset", "table", "form":
	default:
		return false
	}
	if s.buttons > 0 && s.text <= maxConsent && speaksOfCookies(n) {
		return true
	}
	if s.fields == 0 || s.text > maxQuestion {
		return false
	}
	return !e.holdsMost(n) || e.heading != nil && s.choices > 1 && s.text <= maxChoice*s.choices
}

// cookieWords are what cookies are called.
var cookieWords = []string{"cookie", "クッキー", "쿠키", "คุกกี้", "куки", "ملفات تعريف الارتباط", "çerez"}

func speaksOfCookies(n *xhtml.Node) bool {
	text := strings.ToLower(nodeText(n))
	return slices.ContainsFunc(cookieWords, func(word string) bool { return strings.Contains(text, word) })
}

// isShare reports whether an element holds links to networks that pass the page on, and no
// more than a word before them.
func (e *extract) isShare(n *xhtml.Node) bool {
	s := e.sizes[n]
	if s.shares == 0 || s.shares != s.links || s.text-s.linked > maxLabel {
		return false
	}
	for c := range n.Descendants() {
		if c.Type == xhtml.ElementNode && html.IsBlock(c.Data) && !isSubheading(c) && e.sizes[c].text > 0 && e.sizes[c].links == 0 {
			return false
		}
	}
	return true
}

// isWayBack reports whether an element is nothing but one link which leads to the top of the
// page, to what lists the notice, or to a script, such as one that prints.
func (e *extract) isWayBack(n *xhtml.Node) bool {
	switch n.Data {
	case "p", "div", "li", "a", "span", "ul":
	default:
		return false
	}
	link := soleLink(n)
	if link == nil {
		return false
	}
	href := strings.TrimSpace(html.Attr(link.Attr, "href"))
	if fragment, ok := strings.CutPrefix(href, "#"); ok {
		return fragment == "" || pageTops[joined(fragment)]
	}
	return hasPrefixFold(href, "javascript:") || waysBack[strings.ToLower(strings.Trim(prose.Collapse(nodeText(link)), backSigns))] || n.Data != "a" && n.Data != "span" && e.isAbove(href)
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// soleLink returns the link that holds all text of an element; nil if there is none, and
// where there is a picture.
func soleLink(n *xhtml.Node) (link *xhtml.Node) {
	if n.Data == "a" {
		link = n
	}
	for c := range n.Descendants() {
		switch {
		case c.Type == xhtml.ElementNode && (c.Data == "img" || c.Data == "iframe" || c.Data == "video"):
			return nil
		case c.Type == xhtml.ElementNode && c.Data == "a":
			if link != nil {
				return nil
			}
			link = c
		case c.Type == xhtml.TextNode && strings.Trim(c.Data, backSigns+"\t\r\n") != "" && (link == nil || !holds(link, c)):
			return nil
		}
	}
	if link == nil || html.Attr(link.Attr, "href") == "" {
		return nil
	}
	return link
}

// isAbove reports whether an address is of a folder in which the page stands.
func (e *extract) isAbove(href string) bool {
	to, err := url.Parse(address.Web(e.base, href))
	if err != nil || href == "" {
		return false
	}
	own, err := url.Parse(e.own)
	if err != nil || to.Host == "" || to.Host != own.Host || to.RawQuery != "" || to.Fragment != "" {
		return false
	}
	folder := strings.TrimSuffix(to.Path, "/")
	if base := path.Base(folder); strings.HasPrefix(base, "index.") {
		folder = path.Dir(folder)
	}
	return folder != "" && folder != "/" && strings.HasPrefix(own.Path, folder+"/") && strings.Trim(own.Path, "/") != strings.Trim(folder, "/")
}

const backSigns = " \u00a0\u3000«»‹›<>←→⇐⇒↑▲△◀▶＜＞[]【】()（）・|.…-–—:"

// pageTops are the fragments, as a whole, of the top of a page.
var pageTops = wordSet(`top pagetop totop gotop page header head wrapper wrap container body skip backtotop sitetop`)

// waysBack are the words, as a whole and in small letters, of a link that leads away from a
// notice, to the list of all or to the top of the page.
var waysBack = lineSet(`
	back|go back|back to list|back to the list|back to news|back to all news|back to overview|back to top|top of page|all news|print|print this page|close
	zurück|zurück zur übersicht|zur übersicht|zurück zur liste|nach oben|zum seitenanfang|drucken|seite drucken|alle meldungen|alle nachrichten
	retour|retour à la liste|retour aux actualités|retour en haut|haut de page|imprimer|toutes les actualités
	volver|volver al listado|volver atrás|volver arriba|imprimir|todas las noticias|voltar|voltar ao topo|todas as notícias
	indietro|torna indietro|torna alla lista|torna su|torna all'elenco|stampa|tutte le notizie|terug|terug naar overzicht|terug naar boven|naar boven|afdrukken
	一覧へ戻る|一覧に戻る|一覧へもどる|戻る|前のページへ戻る|前のページに戻る|ページトップへ|ページの先頭へ|ページの先頭へ戻る|このページの先頭へ|このページの先頭へ戻る|このページの上へ|ページの上部へ|トップへ戻る|印刷する|このページを印刷する|お知らせ一覧へ|お知らせ一覧
	返回|返回列表|返回顶部|返回頂部|回上一頁|回上一页|回上頁|回列表|回首頁|返回上一页|返回上一頁|打印|打印本页|列印|友善列印|关闭|关闭窗口|关闭本页|關閉視窗
	목록|목록으로|목록보기|이전으로|위로|맨위로|상단으로|인쇄|인쇄하기|프린트
	назад|назад к списку|возврат к списку|к списку новостей|все новости|наверх|вернуться к списку|вернуться назад|печать|распечатать|версия для печати
	geri|geri dön|listeye dön|tüm haberler|tüm duyurular|yukarı|sayfa başı|yazdır|kembali|kembali ke atas|kembali ke daftar|cetak|semua berita
	quay lại|trở về|trở lại|về đầu trang|lên đầu trang|in trang|in bài viết|กลับ|ย้อนกลับ|กลับหน้าหลัก|กลับสู่ด้านบน|พิมพ์|พิมพ์หน้านี้
	رجوع|عودة|العودة إلى القائمة|العودة إلى الأعلى|أعلى الصفحة|طباعة|bumalik|bumalik sa listahan|wróć|powrót|drukuj|do góry`)

// relatedHeadings are the words, as a whole and in small letters, of headings over other
// notices. What may as well stand over a part of a notice, such as "Links" or 関連情報, is none.
var relatedHeadings = lineSet(`
	related|related news|related articles|related posts|related stories|related content|more news|other news|latest news|recent news|recent posts|more stories|more articles|read also|read more|see also|you may also like|you might also like|popular news|most read|trending|news archive
	weitere meldungen|weitere nachrichten|weitere artikel|weitere beiträge|weitere news|weitere themen|ähnliche artikel|ähnliche beiträge|das könnte sie auch interessieren|aktuelle meldungen|verwandte artikel|mehr zum thema|auch interessant
	à lire aussi|a lire aussi|lire aussi|voir aussi|autres actualités|actualités liées|sur le même sujet|articles similaires|dans la même rubrique|les dernières actualités|dernières actualités|à la une
	otras noticias|noticias relacionadas|más noticias|últimas noticias|te puede interesar|también te puede interesar|artículos relacionados|lo más leído|outras notícias|notícias relacionadas|mais notícias|leia também|leia mais|veja também|últimas notícias|artigos relacionados
	altre notizie|notizie correlate|articoli correlati|leggi anche|ultime notizie|potrebbe interessarti|potrebbe interessarti anche|meer nieuws|gerelateerd nieuws|gerelateerde artikelen|gerelateerde berichten|lees ook|ander nieuws|laatste nieuws
	関連記事|関連ニュース|その他の記事|その他のお知らせ|その他のニュース|他のお知らせ|最新記事|最新のお知らせ|新着情報|新着記事|人気記事|おすすめ記事|あわせて読みたい|あわせて読みたい記事|このカテゴリーの記事|おすすめの記事|関連するお知らせ
	相关阅读|相关新闻|相关文章|相关推荐|推荐阅读|热门新闻|热点新闻|最新新闻|猜你喜欢|延伸阅读|相關新聞|相關文章|相關消息|其他新聞|其他消息|延伸閱讀|推薦閱讀|最新消息|熱門新聞|你可能也會喜歡
	관련기사|관련 기사|관련뉴스|관련 뉴스|다른 기사|다른 소식|최신 뉴스|최근 게시물|인기 기사|많이 본 뉴스|추천 기사|관련글|관련 글
	ещё новости|еще новости|другие новости|похожие новости|похожие записи|похожие материалы|читайте также|последние новости|читайте ещё|новости по теме|материалы по теме|смотрите также
	ilgili haberler|diğer haberler|benzer haberler|son haberler|diğer duyurular|bunlar da ilginizi çekebilir|ilgili yazılar|berita terkait|berita lainnya|berita terbaru|berita populer|baca juga|artikel terkait|pengumuman lainnya|artikel lainnya
	tin liên quan|bài viết liên quan|tin khác|các tin khác|tin cùng chuyên mục|tin mới nhất|xem thêm|tin tức liên quan|các bài viết khác|bài viết khác|tin đã đưa|tin mới|tin cũ hơn
	ข่าวที่เกี่ยวข้อง|ข่าวอื่นๆ|ข่าวอื่น ๆ|ข่าวล่าสุด|บทความที่เกี่ยวข้อง|เรื่องที่เกี่ยวข้อง|ข่าวประชาสัมพันธ์อื่นๆ|อ่านเพิ่มเติม
	أخبار ذات صلة|مواضيع ذات صلة|مقالات ذات صلة|أخبار أخرى|اقرأ أيضا|اقرأ أيضًا|اقرأ أيضاً|آخر الأخبار|قد يعجبك أيضا|المزيد من الأخبار|kaugnay na balita|iba pang balita|mga kaugnay na balita`)

// lineSet reads phrases, one after the other with a bar or a line between.
func lineSet(phrases string) map[string]bool {
	set := map[string]bool{}
	for line := range strings.Lines(phrases) {
		for phrase := range strings.SplitSeq(strings.TrimSpace(line), "|") {
			if phrase != "" {
				set[phrase] = true
			}
		}
	}
	return set
}

// isRelatedHeading reports whether a heading says that other notices follow it.
func (e *extract) isRelatedHeading(heading *xhtml.Node) bool {
	if e.strict < byName || heading == nil || e.sizes[heading].links > 0 {
		return false
	}
	text := strings.TrimRight(prose.Collapse(nodeText(heading)), " :：…")
	return relatedHeadings[strings.ToLower(text)] || slices.ContainsFunc(e.related, func(r string) bool { return strings.EqualFold(text, r) })
}

// isRelated reports whether what follows such a heading is what it says: links, or what is
// said of the pages that they lead to.
func (e *extract) isRelated(n *xhtml.Node) bool {
	s := e.sizes[n]
	return n.Type == xhtml.ElementNode && s.links > 0 && (4*s.linked >= s.text || e.isOfTeasers(n))
}

// isOfTeasers reports whether all headings in an element lead to other pages.
func (e *extract) isOfTeasers(n *xhtml.Node) bool {
	found := false
	for c := range n.Descendants() {
		if c.Type != xhtml.ElementNode || !isSubheading(c) {
			continue
		}
		if e.sizes[c].links == 0 && !isInLink(c, n) {
			return false
		}
		found = true
	}
	return found
}

// isInLink reports whether a node stands in a link inside the outer one.
func isInLink(n, outer *xhtml.Node) bool {
	for n = n.Parent; n != nil && n != outer.Parent; n = n.Parent {
		if n.Data == "a" {
			return true
		}
	}
	return false
}

// panels are the words of what is shown when its reader asks for it, and a part of the notice
// all the same.
var panels = wordSet(`tabpane tabpanel tabcontent tabs tab accordion collapse collapsible toggle faq answer`)

// isPanel reports whether an element that is hidden is shown when its reader asks for it.
func isPanel(n *xhtml.Node) bool {
	return strings.EqualFold(html.Attr(n.Attr, "role"), "tabpanel") || hasWord(n, panels) && !hasWord(n, neverNotice)
}

// shown returns an element's attributes without those that hide it.
func shown(attrs []xhtml.Attribute) []xhtml.Attribute {
	return slices.DeleteFunc(slices.Clone(attrs), func(a xhtml.Attribute) bool {
		return a.Key == "hidden" || a.Key == "aria-hidden" || a.Key == "style"
	})
}

// isLabel reports whether a button is the heading of a panel.
func isLabel(n *xhtml.Node) bool {
	return n.Data == "button" && (hasWord(n, panels) || n.Parent != nil && (isSubheading(n.Parent) || n.Parent.Data == "dt" || n.Parent.Data == "summary"))
}

// sharers are the addresses by which networks pass a page on, from their hosts on.
var sharers = []string{"facebook.com/sharer", "facebook.com/share.php", "facebook.com/dialog/share", "twitter.com/intent", "twitter.com/share", "twitter.com/home?status", "x.com/intent", "x.com/share",
	"linkedin.com/share", "linkedin.com/sharearticle", "linkedin.com/cws/share", "wa.me/?text", "api.whatsapp.com/send", "web.whatsapp.com/send", "t.me/share", "telegram.me/share", "line.me/r/msg", "line.me/r/share", "social-plugins.line.me", "lineit/share",
	"b.hatena.ne.jp/add", "b.hatena.ne.jp/entry", "getpocket.com/edit", "getpocket.com/save", "pinterest.com/pin/create", "reddit.com/submit", "vk.com/share", "vkontakte.ru/share", "connect.ok.ru/offer", "connect.mail.ru/share", "service.weibo.com/share", "v.t.sina.com.cn/share",
	"sns.qzone.qq.com", "story.kakao.com/share", "band.us/plugin/share", "share.naver.com", "tumblr.com/share", "tumblr.com/widgets/share", "plurk.com/?", "bsky.app/intent", "threads.net/intent", "sp.zalo.me", "addtoany.com", "mastodonshare"}

// leadsToSharing reports whether a link has a network pass the page on, or mails it.
func leadsToSharing(href string) bool {
	href = strings.ToLower(strings.TrimSpace(href))
	if strings.HasPrefix(href, "mailto:?") || strings.HasPrefix(href, "whatsapp:") || strings.HasPrefix(href, "fb-messenger:") {
		return true
	}
	_, rest, ok := strings.Cut(href, "//")
	rest = strings.TrimPrefix(strings.TrimPrefix(rest, "www."), "m.")
	return ok && slices.ContainsFunc(sharers, func(s string) bool { return strings.HasPrefix(rest, s) })
}
