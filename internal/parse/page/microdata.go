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
// HTML, "Microdata"; schema.org/Article).
func (r *articleReader) microdata() (c claim) {
	scope := r.doc.Find("[itemscope][itemtype]").FilterFunction(func(_ int, s *goquery.Selection) bool {
		return slices.ContainsFunc(strings.Fields(s.AttrOr("itemtype", "")), isArticleType)
	})
	if scope.Length() != 1 {
		return c // none, or a listing
	}
	prop := func(name string) *goquery.Selection {
		return scope.Find(`[itemprop~="` + name + `"]`).FilterFunction(func(_ int, s *goquery.Selection) bool {
			return s.Parent().Closest("[itemscope]").IsSelection(scope)
		})
	}
	value := func(s *goquery.Selection) string {
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
	c.title = prose.FirstOf(value(prop("headline").First()), value(prop("name").First()))
	c.published, c.modified = html.UnescapeString(value(prop("datePublished").First())), html.UnescapeString(value(prop("dateModified").First()))
	c.language, c.summary = value(prop("inLanguage").First()), value(prop("description").First())
	prop("author").Each(func(_ int, s *goquery.Selection) {
		name := s.Find(`[itemprop~="name"]`).First()
		if name.Length() == 0 {
			name = s
		}
		if v := value(name); address.Web("", v) == "" {
			c.authors = append(c.authors, feeds.Person{Name: v})
		} else {
			c.authors = append(c.authors, feeds.Person{Name: html.EscapeString(textOf(name))})
		}
	})
	prop("articleSection").Each(func(_ int, s *goquery.Selection) { c.terms = append(c.terms, value(s)) })
	prop("image").Each(func(_ int, s *goquery.Selection) {
		if s.Is("[itemscope]") {
			s = s.Find(`[itemprop~="url"]`).First()
		}
		if v := value(s); v != "" {
			c.images = append(c.images, feeds.Image{URL: v, Alt: prose.Collapse(s.AttrOr("alt", ""))})
		}
	})
	if body := prop("articleBody"); body.Length() > 0 && !body.Is("meta") {
		c.bodyHTML = body
	}
	return c
}
