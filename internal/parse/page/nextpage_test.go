package page

import (
	"fmt"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
)

// Rows as publishing systems, frameworks and boards of city halls write them.
func TestWhereAListingGoesOn(t *testing.T) {
	for _, test := range []struct{ says, html, want string }{
		{"a link of the relation", `<link rel="next" href="/news/page/2/">`, "/news/page/2/"},
		{"an anchor of the relation, among others", `<a href="/news/?p=9">Last</a><a rel="nofollow NEXT" href="?page=2#list">›</a>`, "/news/?page=2"},
		{"nothing", `<p><a href="/news/1.html">The next page of our history begins</a></p>`, ""},
		{"WordPress", `<nav class="navigation pagination" aria-label="Posts"><div class="nav-links"><span aria-current="page" class="page-numbers current">1</span><a class="page-numbers" href="/news/page/2/">2</a><span class="page-numbers dots">…</span><a class="page-numbers" href="/news/page/9/">9</a><a class="next page-numbers" href="/news/page/2/">次へ</a></div></nav>`, "/news/page/2/"},
		{"WordPress, of two steps", `<nav class="navigation posts-navigation"><div class="nav-previous"><a href="/news/page/2/">Older posts</a></div></nav>`, "/news/page/2/"},
		{"wp-pagenavi", `<div class='wp-pagenavi'><span class='pages'>Page 1 of 12</span><span class='current'>1</span><a class='page' href='/news/page/2/'>2</a><a class='nextpostslink' href='/news/page/2/'>»</a><a class='last' href='/news/page/12/'>Last »</a></div>`, "/news/page/2/"},
		{"Drupal, whose numbers have words for who can't see", `<nav class="pager" role="navigation" aria-labelledby="p"><h4 id="p" class="visually-hidden">Pagination</h4><ul class="pager__items"><li class="pager__item is-active"><a href="?page=0" title="Current page"><span class="visually-hidden">Current page</span>1</a></li><li class="pager__item"><a href="?page=1" title="Go to page 2"><span class="visually-hidden">Page</span>2</a></li><li class="pager__item pager__item--last"><a href="?page=8" title="Go to last page">Last »</a></li></ul></nav>`, "/news/?page=1"},
		{"Bootstrap, on its third page", `<ul class="pagination"><li class="page-item"><a class="page-link" href="?p=2">Previous</a></li><li class="page-item"><a class="page-link" href="?p=2">2</a></li><li class="page-item active"><a class="page-link" href="#">3 <span class="sr-only">(current)</span></a></li><li class="page-item"><a class="page-link" href="?p=4">4</a></li><li class="page-item"><a class="page-link" href="?p=4">Next</a></li></ul>`, "/news/?p=4"},
		{"GOV.UK", `<nav class="govuk-pagination" aria-label="Pagination"><div class="govuk-pagination__prev"><a href="?page=0"><span>Previous<span class="govuk-visually-hidden"> page</span></span></a></div><div class="govuk-pagination__next"><a href="?page=2"><span class="govuk-pagination__link-title">Next<span class="govuk-visually-hidden"> page</span></span><span>2 of 9</span></a></div></nav>`, "/news/?page=2"},
		{"a board of a Korean city hall, where 다음 leads ten pages on", `<div class="paging"><a href="?p=1">처음</a><strong title="현재 페이지">1</strong><a href="?p=2">2</a><a href="?p=3">3</a><a href="?p=11">다음</a></div>`, "/news/?p=2"},
		{"the same at its tenth page", `<div class="paging"><a href="?p=9">9</a><strong>10</strong><a href="?p=11" class="next">다음</a><a href="?p=90">마지막</a></div>`, "/news/?p=11"},
		{"a Japanese city, items by the number", `<p class="pagenation"><a href="index.html">前の20件</a>｜<a href="index-3.html">次の20件</a></p>`, "/news/index-3.html"},
		{"a Japanese city, outside of any row", `<p><a href="list2.html">次のページへ</a></p>`, "/news/list2.html"},
		{"a Chinese portal", `<div class="pagination_index"><a href="index.html">首页</a><a href="index_1.html">下一页</a><a href="index_20.html">尾页</a></div>`, "/news/index_1.html"},
		{"a Taiwanese one, by its label", `<ul class="page"><li><a href="?Page=2" title="下一頁"><img src="n.gif" alt=""></a></li></ul>`, "/news/?Page=2"},
		{"numbers in brackets", `<div class="pager">[1] [<a href="?n=2">2</a>] [<a href="?n=3">3</a>]</div>`, "/news/?n=2"},
		{"full-width numbers", `<div class="pager"><span>１</span><a href="?n=2">２</a></div>`, "/news/?n=2"},
		{"Arabic digits", `<div class="pager"><span class="current">١</span><a href="?n=2">٢</a><a href="?n=9">الأخير</a></div>`, "/news/?n=2"},
		{"Arabic words", `<div class="pager"><a href="?n=2">التالي</a></div>`, "/news/?n=2"},
		{"Russian", `<div class="paginator"><a href="?n=2">Далее →</a></div>`, "/news/?n=2"},
		{"Dutch", `<nav aria-label="Paginering"><a href="?n=2">Volgende</a></nav>`, "/news/?n=2"},
		{"Thai", `<div class="pagination"><a href="?n=2">ถัดไป</a></div>`, "/news/?n=2"},
		{"Turkish", `<div class="pagination"><a href="?n=2">İleri</a></div>`, "/news/?n=2"},
		{"German", `<nav><a href="?n=2" aria-label="Gehe zur nächsten Seite"><svg><title>x</title></svg></a></nav>`, "/news/?n=2"},
		{"signs, of which the double one is the end", `<div class="pager"><a href="?n=9">»</a><a href="?n=2">›</a></div>`, "/news/?n=2"},
		{"a double sign alone", `<div class="pager"><a href="?n=2">&gt;&gt;</a></div>`, "/news/?n=2"},
		{"a picture", `<div class="pager"><a href="?n=2"><img src="r.gif" alt="次へ"></a></div>`, "/news/?n=2"},
		{"a name of an arrow", `<ul class="pager"><li class="prev"><a href="?n=0"><i></i></a></li><li class="next"><a href="?n=2"><i></i></a></li></ul>`, "/news/?n=2"},
		{"a row that is called for both its steps", `<div class="pager next-prev"><a href="?n=1"><i></i></a><a href="?n=3" class="btn-next"><i></i></a></div>`, "/news/?n=3"},
		{"no sign in a navigation of other things", `<nav><a href="/gallery/">›</a></nav>`, ""},
		{"no months", `<div id="calendar_wrap" class="wp-calendar"><nav class="wp-calendar-nav"><a href="/2026/05/">Next »</a></nav></div>`, ""},
		{"no pictures that go round", `<div class="swiper"><div class="swiper-pagination"><a href="/feature/2">2</a><a href="/feature/2">Next</a></div></div>`, ""},
		{"no years", `<nav><span class="current">2025</span><a href="/2026/">2026</a></nav>`, ""},
		{"the last page", `<div class="pager"><a href="?n=8">前へ</a><a href="?n=8">8</a><span>9</span></div>`, ""},
		{"a script", `<div class="pager"><span>1</span><a href="javascript:go(2)">2</a></div>`, ""},
		{"where the reader is", `<div class="pager"><a href="/news/#list">Next</a></div>`, ""},
	} {
		data := `<!DOCTYPE html><html><head><title>News</title></head><body><main><ul><li><a href="/news/5.html">The bridge is open again</a></li></ul>` + test.html + `</main></body></html>`
		list, err := ParseListing([]byte(data), parse.Options{BaseURL: "https://city.example/news/"}, feeds.Selectors{})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.TrimPrefix(list.Next, "https://city.example"); got != test.want {
			t.Errorf("%s: it goes on at %q, want %q", test.says, got, test.want)
		}
	}
}

// On the last page of a list with two items, what is beside them looks more like a list.
func TestItemsLikeThoseOfTheFirstPage(t *testing.T) {
	read := func(content string) *Listing {
		list, err := ParseListing(around("en", content), parse.Options{BaseURL: "https://city.example/news/"}, feeds.Selectors{})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	items := func(ns ...int) (html string) {
		for _, n := range ns {
			html += fmt.Sprintf(`<li class="entry">2026-04-%02d <a href="/news/%d.html">Notice of the city number %d</a></li>`, n, n, n)
		}
		return `<ul>` + html + `</ul>`
	}
	const beside = `<div class="topics"><p><a href="/about/a.html">How the council of the city works</a></p><p><a href="/about/b.html">How the offices of the city work</a></p><p><a href="/about/c.html">How to write to the city's mayor</a></p></div>`
	first := read(items(9, 8, 7, 6, 5) + beside)
	last := read(items() + beside)
	if len(first.Items) != 5 || len(first.Like(first)) != 5 {
		t.Errorf("the first page has %d items, %d are like them", len(first.Items), len(first.Like(first)))
	}
	if len(last.Items) != 3 || len(last.Like(first)) != 0 {
		t.Errorf("the last page has %d items, of which %v are like those of the first", len(last.Items), last.Like(first))
	}
	if got := read(items(4, 3)).Like(first); len(got) != 2 {
		t.Errorf("like those of the first page are %v", got)
	}
}
