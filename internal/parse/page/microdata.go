package page

import (
	"html"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

// microdata reads the first article that the page's elements name as one (WHATWG
// HTML, "Microdata"; schema.org/Article). What comes out is HTML, as JSON-LD's texts are,
// but for the dates.
func (p *page) microdata() (c claim) {
	scope := p.doc.Find("[itemscope][itemtype]").FilterFunction(func(_ int, s *goquery.Selection) bool {
		return slices.ContainsFunc(strings.Fields(s.AttrOr("itemtype", "")), isArticleType)
	})
	if scope.Length() != 1 {
		return c // none, or a listing
	}
	i := item{scope}
	c.title = prose.FirstOf(i.first("headline"), i.first("name"))
	c.published, c.modified = html.UnescapeString(i.first("datePublished")), html.UnescapeString(i.first("dateModified"))
	c.language, c.summary = i.first("inLanguage"), i.first("description")
	i.property("author").Each(func(_ int, s *goquery.Selection) { c.authors = append(c.authors, itemAuthor(s)) })
	i.property("articleSection").Each(func(_ int, s *goquery.Selection) { c.terms = append(c.terms, itemValue(s)) })
	i.property("image").Each(func(_ int, s *goquery.Selection) {
		if s.Is("[itemscope]") {
			s = s.Find(`[itemprop~="url"]`).First()
		}
		if v := itemValue(s); v != "" {
			c.images = append(c.images, feeds.Image{URL: v, Alt: prose.Collapse(s.AttrOr("alt", ""))})
		}
	})
	if body := i.property("articleBody"); body.Length() > 0 && !body.Is("meta") {
		c.bodyHTML = body
	}
	return c
}

// item is the element of an item of microdata.
type item struct{ *goquery.Selection }

// property returns the elements of the item's own properties of that name.
func (i item) property(name string) *goquery.Selection {
	return i.Find(`[itemprop~="` + name + `"]`).FilterFunction(func(_ int, s *goquery.Selection) bool {
		return s.Parent().Closest("[itemscope]").IsSelection(i.Selection)
	})
}

// first returns the first value of the property of that name; "" if there is none.
func (i item) first(name string) string { return itemValue(i.property(name).First()) }

// itemValue returns the value of the element of a property: of an attribute for
// machines, else its text.
func itemValue(s *goquery.Selection) string {
	if s.Length() == 0 {
		return ""
	}
	for _, key := range []string{"content", "datetime", "src", "href"} {
		if v := strings.TrimSpace(s.AttrOr(key, "")); v != "" && (key != "href" && key != "src" || s.Is("img, link, a")) {
			return v
		}
	}
	return html.EscapeString(textOf(s.First()))
}

// itemAuthor returns the author that the element of a property names.
func itemAuthor(s *goquery.Selection) feeds.Person {
	name := s.Find(`[itemprop~="name"]`).First()
	if name.Length() == 0 {
		name = s
	}
	if v := itemValue(name); address.Web("", v) == "" {
		return feeds.Person{Name: v}
	}
	return feeds.Person{Name: html.EscapeString(textOf(name))}
}
