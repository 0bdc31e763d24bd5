package page

import (
	"slices"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse/date"
)

// dates finds when the article was published and changed.
func (r *articleReader) dates() {
	a := &r.out.Article
	a.PublishedFrom = feeds.DatePage
	published := r.declaredDate(
		r.claimed(func(c claim) string { return c.published }),
		r.meta("article:published_time", "og:published_time", "article:published"),
		r.meta("datePublished", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "published_time", "published-date",
			"dcterms.issued", "dcterms.created", "dcterms.date", "dc.date.issued", "dc.date.created", "dc.date", "dc.issued",
			"parsely-pub-date", "sailthru.date", "cXenseParse:recs:publishtime", "firstpublishedtime", "release_date", "createdate", "created", "date"),
	)
	updated := r.declaredDate(
		r.claimed(func(c claim) string { return c.modified }),
		r.meta("article:modified_time", "og:updated_time", "article:modified", "dateModified", "dcterms.modified", "dc.date.modified",
			"last-modified", "lastmod", "lastupdatedtime", "modified_time", "revised"),
	)
	if published.IsZero() {
		published = r.visibleDate()
		r.out.Visible = !published.IsZero()
	}
	if published.IsZero() {
		published = date.InAddress(a.Link, r.dating)
		r.out.Visible = !published.IsZero()
	}
	if published.IsZero() {
		published = updated
	}
	a.Published, a.PublishedDay, a.Updated = published.Time, published.DayOnly, updated.Time
	if a.Published.IsZero() {
		a.PublishedFrom = feeds.DateFirstSeen
		r.problem("no-date", "the page says nowhere when it was published")
	}
	if !a.Updated.After(a.Published) {
		a.Updated = time.Time{}
	}
}

// declaredDate returns the first date that can be read and be true.
func (r *articleReader) declaredDate(said ...string) date.Date {
	for _, s := range said {
		t, problem := date.Parse(s, r.dating)
		if problem != nil {
			r.out.Problems = append(r.out.Problems, *problem)
		} else if !t.IsZero() {
			return t
		}
	}
	return date.Date{}
}

// visibleDate returns the date that the page shows to people: in an element that is
// meant for it, else beside the main heading, else in a line of its own. A date in the
// text may be any.
func (r *articleReader) visibleDate() date.Date {
	scope := r.doc.Find("main, article, [role='main'], #main, #content, #contents, #main-content").First()
	if scope.Length() == 0 {
		scope = r.doc.Find("body")
	}
	if t := r.markedDate(scope); !t.IsZero() {
		return t
	}
	if t := r.dateAtHeading(scope); !t.IsZero() {
		return t
	}
	return r.dateLine(scope)
}

// markedDate returns the first date in an element that is meant for it.
func (r *articleReader) markedDate(scope *goquery.Selection) (t date.Date) {
	for _, s := range []string{
		"time[pubdate], time[datetime], time",
		"[class*='date' i], [class*='publish' i], [class*='posted' i], [class*='time' i], [class*='update' i], [class*='koushin' i], [id*='date' i], [id*='update' i], [class*='info' i], [class*='meta' i]",
	} {
		var other date.Date // of something else: a change, or what the notice is about
		isChange := false
		scope.Find(s).EachWithBreak(func(_ int, e *goquery.Selection) bool {
			if inFurniture(e.Nodes[0]) || !e.Is("time") && textWithin(e, 160) == "" {
				return true
			}
			found := r.dateIn(e)
			switch m := meaningOf(e); {
			case found.IsZero():
			case m == ofPublication || m == ofNothingElse && !isChange:
				t = found
			case other.IsZero():
				other, isChange = found, m == ofChange
			}
			return t.IsZero()
		})
		if t.IsZero() {
			t = other
		}
		if !t.IsZero() {
			return t
		}
	}
	return t
}

// meaning is what an element says that its date is of.
type meaning int

const (
	ofNothingElse meaning = iota
	ofPublication
	ofChange
	ofEvent
)

// meaningOf returns what an element says that its date is of, by its words and its names.
func meaningOf(e *goquery.Selection) meaning {
	text := strings.ToLower(textWithin(e, 160))
	n := e.Nodes[0]
	switch {
	case publishedAt(text) >= 0 || hasWord(n, publishedNames):
		return ofPublication
	case hasWord(n, changeNames) || hasAny(text, changeWords):
		return ofChange
	case hasWord(n, eventNames):
		return ofEvent
	}
	return ofNothingElse
}

var (
	publishedNames = wordSet(`published publish publication pubdate pubtime posted postdate postedon issued created`)
	changeNames    = wordSet(`updated update modified modification lastmod lastupdate lastupdated koushin`)
	eventNames     = wordSet(`event events deadline`)
)

// publishedWords are the words, in small letters, before the date of publication.
var publishedWords = []string{"published", "posted", "publication date", "date posted", "release date", "issued on", "created on",
	"掲載日", "公開日", "登録日", "作成日", "発表日", "掲載：", "公開：", "发布日期", "发布时间", "发布于", "發布日期", "發布時間", "發佈日期", "張貼日期", "公告日期", "上版日期", "刊登日期", "发文日期",
	"작성일", "등록일", "게시일", "veröffentlicht", "erstellt am", "eingestellt am", "publié le", "mis en ligne le", "date de publication", "publicado", "fecha de publicación", "data de publicação",
	"pubblicato", "data di pubblicazione", "gepubliceerd", "geplaatst op", "опубликовано", "дата публикации", "yayın tarihi", "yayınlanma", "eklenme tarihi", "diterbitkan", "dipublikasikan", "diposting", "tanggal terbit",
	"ngày đăng", "đăng ngày", "ngày xuất bản", "เผยแพร่", "วันที่ประกาศ", "โพสต์เมื่อ", "تاريخ النشر", "نشر في", "نُشر", "inilathala", "nai-post"}

// changeWords are the words, in small letters, before the date of a change.
var changeWords = []string{"updated", "modified", "last update", "last change", "last reviewed", "更新", "修正日", "修改", "수정일", "최종수정", "갱신", "aktualisiert", "geändert", "letzte änderung", "stand:",
	"mis à jour", "mise à jour", "modifié", "actualizado", "actualización", "modificado", "modificação", "atualizado", "aggiornato", "ultima modifica", "ultimo aggiornamento", "bijgewerkt", "gewijzigd",
	"обновлено", "изменено", "güncelle", "diperbarui", "diubah", "cập nhật", "ปรับปรุง", "แก้ไข", "อัปเดต", "تحديث", "تعديل", "na-update", "binago"}

func hasAny(text string, words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(text, word) })
}

// publishedAt returns where the date of publication begins in a text in small letters, behind
// the word that says so; -1 where none does.
func publishedAt(text string) int {
	for _, word := range publishedWords {
		if i := strings.Index(text, word); i >= 0 {
			return i + len(word)
		}
	}
	return -1
}

// findDate returns the date in a text that is its publication's, where it says so, else the
// first.
func (p *page) findDate(text string) date.Date {
	first, _ := date.Find(text, p.dating)
	if first.IsZero() {
		return first
	}
	lower := strings.ToLower(text)
	if i := publishedAt(lower); i >= 0 && len(lower) == len(text) {
		if t, _ := date.Find(text[i:], p.dating); !t.IsZero() {
			return t
		}
	}
	return first
}

// dateAtHeading returns the date beside the main heading, or beside what holds it.
func (r *articleReader) dateAtHeading(scope *goquery.Selection) date.Date {
	heading := scope.Find("h1").First()
	if heading.Length() == 0 {
		heading = r.doc.Find("h1").First()
	}
	for e, depth := heading, 0; e.Length() > 0 && depth < 3; e, depth = e.Parent(), depth+1 {
		for _, near := range []*goquery.Selection{e.Next(), e.Prev(), e.Next().Next()} {
			if t := r.findDate(textWithin(near, 200)); !t.IsZero() {
				return t
			}
		}
		if e.Is("main, article, body") {
			break
		}
	}
	return date.Date{}
}

// dateLine returns the date of the first line that holds little but one.
func (r *articleReader) dateLine(scope *goquery.Selection) (t date.Date) {
	scope.Find("p, div, span, li, td, dd").EachWithBreak(func(_ int, e *goquery.Selection) bool {
		if e.Children().Length() > 3 {
			return true
		}
		text := textWithin(e, 90)
		if text == "" || inFurniture(e.Nodes[0]) {
			return true
		}
		if found, at := date.Find(text, r.dating); !found.IsZero() && titleWidth(strings.Replace(text, at, "", 1)) <= 12 {
			t = found
		}
		return t.IsZero()
	})
	return t
}
