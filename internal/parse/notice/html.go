package notice

import (
	"strings"

	"github.com/PuerkitoBio/goquery"
	xhtml "golang.org/x/net/html"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/entity"
	"github.com/kairan-news/kairan/internal/parse/field"
	"github.com/kairan-news/kairan/internal/parse/html"
	"github.com/kairan-news/kairan/internal/parse/language"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

// besideText are the elements of a page that hold none of its notice, be they inside its
// main part: those that say so themselves, and what readers have written.
const besideText = "nav, header, footer, aside, script, style, form, noscript, template, dialog, [hidden], " +
	"[role='navigation'], [role='banner'], [role='contentinfo'], [role='complementary'], [role='dialog'], [role='alertdialog'], " +
	"#comments, #respond, #disqus_thread, .comments-area, .comment-list"

// readHTML reads a notice that is a web page: its article or main element, else its
// body, without navigation and what else is beside the text.
func (n *reader) readHTML(text []byte) {
	root, err := xhtml.Parse(strings.NewReader(entity.JoinPairs(string(text))))
	if err != nil {
		n.problem("html", "the page can't be read as a whole: %v", err)
		n.article.Content, n.article.Images, n.article.Dropped = html.CleanNotice(string(text), n.o.BaseURL, n.o.File)
		return
	}
	doc := goquery.NewDocumentFromNode(root)
	a := &n.article
	meta := func(names ...string) string { return metaContent(doc, names) }

	if lang := doc.Find("html").AttrOr("lang", doc.Find("html").AttrOr("xml:lang", "")); lang != "" {
		n.said = append(n.said, lang)
	}
	n.said = append(n.said, meta("language", "dc.language", "DC.language"), doc.Find("body").AttrOr("lang", ""))
	a.Link = address.Web(n.o.BaseURL, prose.FirstOf(doc.Find("link[rel='canonical']").AttrOr("href", ""), meta("og:url")))
	base := address.Within(n.base(), doc.Find("base[href]").AttrOr("href", ""))

	body := mainPart(doc)
	h1 := body.Find("h1").First()
	if h1.Length() == 0 {
		h1 = doc.Find("h1").First()
	}
	a.Title = prose.Collapse(prose.FirstOf(plainNode(h1), meta("og:title"), doc.Find("title").First().Text()))
	h1.Remove()
	a.Dropped = droppedWith(body.Find(withText))
	body.Find(besideText).Remove()

	a.Summary = prose.FirstOf(meta("description", "og:description", "dcterms.description", "DC.description"))
	published := prose.FirstOf(meta("date", "article:published_time", "dcterms.issued", "dcterms.date", "DC.date", "dc.date", "DC.date.issued", "datePublished", "pubdate"),
		doc.Find("time[datetime]").First().AttrOr("datetime", ""))
	n.setPublished(n.date(published))
	a.Updated = n.date(meta("article:modified_time", "dcterms.modified", "DC.date.modified", "dateModified", "last-modified")).Time
	a.Corrected = n.date(meta("corrected")).Time
	a.Rights = prose.Collapse(meta("rights", "dcterms.rights", "copyright"))
	if author := meta("author", "dc.creator", "DC.creator"); author != "" {
		a.Authors = append(a.Authors, field.Person(author))
	}
	for _, term := range []string{meta("category"), meta("article:section")} {
		a.Terms = field.AddTerm(a.Terms, feeds.Term{Term: prose.Collapse(term)})
	}
	if image := n.picture(base, meta("og:image")); image != "" {
		a.Images = field.AddImage(a.Images, feeds.Image{URL: image, Alt: prose.Collapse(meta("og:image:alt"))})
	}
	doc.Find("link[rel='alternate'][hreflang]").Each(func(_ int, s *goquery.Selection) {
		lang, link := language.Said(s.AttrOr("hreflang", ""), n.o), address.Web(base, s.AttrOr("href", ""))
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
	var dropped feeds.Dropped
	a.Content, images, dropped = html.CleanNotice(inner, base, n.o.File)
	a.Dropped = a.Dropped.Plus(dropped)
	if len(a.Images) == 0 && len(images) > 0 {
		a.Images = images[:1]
	}
}

// withText are those of the elements beside the text that hold what a reader of the page
// has.
const withText = "form, dialog"

// droppedWith counts what goes with elements that hold none of the notice.
func droppedWith(elements *goquery.Selection) (dropped feeds.Dropped) {
	elements.Each(func(_ int, s *goquery.Selection) {
		if outer, err := goquery.OuterHtml(s); err == nil {
			_, _, all := html.Clean(outer, "")
			for _, kind := range []feeds.DroppedKind{feeds.DroppedForm, feeds.DroppedPassage} {
				if all[kind] > 0 {
					dropped = dropped.Plus(feeds.Dropped{kind: 1})
				}
			}
		}
	})
	return dropped
}

// metaContent returns what the first meta element says that has one of the names and says
// anything.
func metaContent(doc *goquery.Document, names []string) string {
	for _, name := range names {
		for _, attr := range []string{"name", "property", "itemprop"} {
			if v := strings.TrimSpace(doc.Find("meta["+attr+"='"+name+"']").First().AttrOr("content", "")); v != "" {
				return v
			}
		}
	}
	return ""
}

// mainPart returns the part of a page that is the article: of several elements that may be
// it, the one that has the main heading, else the first.
func mainPart(doc *goquery.Document) *goquery.Selection {
	for _, selector := range []string{"article", "main", "[role='main']", "body"} {
		found := doc.Find(selector)
		if headed := found.Has("h1"); headed.Length() > 0 {
			return headed.First()
		}
		if found.Length() > 0 {
			return found.First()
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
	return html.Text(inner)
}
