package parse

import (
	"bytes"
	"strings"

	"github.com/PuerkitoBio/goquery"
	xhtml "golang.org/x/net/html"

	"github.com/kairan-news/kairan/feeds"
)

// readHTML reads a notice that is a web page: its article or main element, else its
// body without navigation.
func (n *noticeReader) readHTML(text []byte) {
	root, err := xhtml.Parse(bytes.NewReader(text))
	if err != nil {
		n.problem("html", "the page can't be read as a whole: %v", err)
		n.article.Content, n.article.Images = sanitize(string(text), n.o.BaseURL)
		return
	}
	doc := goquery.NewDocumentFromNode(root)
	a := &n.article
	meta := func(names ...string) string {
		for _, name := range names {
			for _, attr := range []string{"name", "property", "itemprop"} {
				if v := strings.TrimSpace(doc.Find("meta["+attr+"='"+name+"']").First().AttrOr("content", "")); v != "" {
					return v
				}
			}
		}
		return ""
	}

	if lang := doc.Find("html").AttrOr("lang", doc.Find("html").AttrOr("xml:lang", "")); lang != "" {
		n.said = append(n.said, lang)
	}
	n.said = append(n.said, meta("language", "dc.language", "DC.language"), doc.Find("body").AttrOr("lang", ""))
	a.Link = webLink(n.o.BaseURL, firstOf(doc.Find("link[rel='canonical']").AttrOr("href", ""), meta("og:url")))
	base := innerBase(n.base(), doc.Find("base[href]").AttrOr("href", ""))

	body := mainPart(doc)
	h1 := body.Find("h1").First()
	if h1.Length() == 0 {
		h1 = doc.Find("h1").First()
	}
	a.Title = collapse(firstOf(plainNode(h1), meta("og:title"), doc.Find("title").First().Text()))
	h1.Remove()
	body.Find("nav, header, footer, aside, script, style, form").Remove()

	a.Summary = firstOf(meta("description", "og:description", "dcterms.description", "DC.description"))
	published := firstOf(meta("date", "article:published_time", "dcterms.issued", "dcterms.date", "DC.date", "dc.date", "DC.date.issued", "datePublished", "pubdate"),
		doc.Find("time[datetime]").First().AttrOr("datetime", ""))
	a.Published = n.date(published)
	a.Updated = n.date(meta("article:modified_time", "dcterms.modified", "DC.date.modified", "dateModified", "last-modified"))
	a.Corrected = n.date(meta("corrected"))
	a.Rights = collapse(meta("rights", "dcterms.rights", "copyright"))
	if author := meta("author", "dc.creator", "DC.creator"); author != "" {
		a.Authors = append(a.Authors, person(author))
	}
	for _, term := range []string{meta("category"), meta("article:section")} {
		a.Terms = appendTerm(a.Terms, feeds.Term{Term: collapse(term)})
	}
	if image := webLink(base, meta("og:image")); image != "" {
		a.Images = appendImage(a.Images, feeds.Image{URL: image, Alt: collapse(meta("og:image:alt"))})
	}
	doc.Find("link[rel='alternate'][hreflang]").Each(func(_ int, s *goquery.Selection) {
		lang, link := Language(s.AttrOr("hreflang", "")), webLink(base, s.AttrOr("href", ""))
		if lang != "" && link != "" && link != a.Link {
			a.Alternates = append(a.Alternates, feeds.Alternate{Language: lang, Link: link})
		}
	})

	inner, err := body.Html()
	if err != nil {
		n.problem("html", "the page's text can't be written: %v", err)
		return
	}
	var images []feeds.Image
	a.Content, images = sanitize(inner, base)
	if len(a.Images) == 0 && len(images) > 0 {
		a.Images = images[:1]
	}
}

// mainPart returns the part of a page that is the article.
func mainPart(doc *goquery.Document) *goquery.Selection {
	for _, selector := range []string{"article", "main", "[role='main']", "body"} {
		if s := doc.Find(selector).First(); s.Length() > 0 {
			return s
		}
	}
	return doc.Selection
}

// plainNode returns the text of an element without the readings of ruby.
func plainNode(s *goquery.Selection) string {
	inner, err := s.Html()
	if err != nil {
		return s.Text()
	}
	return plainText(inner)
}
