package page

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
	xhtml "golang.org/x/net/html"

	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/charset"
	"github.com/kairan-news/kairan/internal/parse/date"
	"github.com/kairan-news/kairan/internal/parse/entity"
	"github.com/kairan-news/kairan/internal/parse/html"
	"github.com/kairan-news/kairan/internal/parse/language"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

// ErrNotHTML is the cause of an error where a document is no HTML page.
var ErrNotHTML = errors.New("it is no HTML page")

// page is an HTML document.
type page struct {
	doc  *goquery.Document
	head *goquery.Selection // its meta elements
	o    parse.Options
	base string // what relative addresses are resolved against
	said string // the language that the document says it is in, as it spells it
	// dating are the options by which its dates are read.
	dating parse.Options
}

// openPage reads an HTML document.
func openPage(data []byte, o parse.Options) (*page, []parse.Problem, error) {
	if !isHTMLType(o.ContentType) || !mayBeHTML(data) {
		return nil, nil, fmt.Errorf("parse page %s: %w", o.BaseURL, ErrNotHTML)
	}
	text, problems := charset.Decode(data, o.ContentType, o.Language, o.PublisherLanguage)
	root, err := xhtml.Parse(strings.NewReader(entity.JoinPairs(string(text))))
	if err != nil {
		return nil, problems, fmt.Errorf("parse page %s: %w", o.BaseURL, err)
	}
	p := &page{doc: goquery.NewDocumentFromNode(root), o: o, base: o.BaseURL}
	p.head = p.doc.Find("meta")
	if href, ok := p.doc.Find("head base[href]").First().Attr("href"); ok {
		if base := address.Safe(o.BaseURL, href); strings.HasPrefix(base, "http") {
			p.base = base
		}
	}
	p.said = prose.FirstOf(
		p.doc.Find("html").AttrOr("lang", ""),
		p.doc.Find("html").AttrOr("xml:lang", ""),
		p.doc.Find("body").AttrOr("lang", ""),
		p.doc.Find(`meta[http-equiv="content-language" i]`).AttrOr("content", ""),
		p.meta("language", "dc.language", "dcterms.language", "og:locale"),
	)
	p.dating = date.In(o, language.Tag(p.said))
	return p, problems, nil
}

// isHTMLType reports whether a content type may be an HTML page's. Servers that say
// nothing, or "text/plain", are not believed.
func isHTMLType(contentType string) bool {
	kind, _, _ := mime.ParseMediaType(contentType)
	switch kind {
	case "", "text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain", "application/octet-stream":
		return true
	}
	return strings.TrimSpace(contentType) == "" || !strings.Contains(contentType, "/")
}

// mayBeHTML reports whether a document has tags, in whatever charset, and is not
// of a kind that says what it is by its first bytes.
func mayBeHTML(data []byte) bool {
	head := data[:min(len(data), 1<<16)]
	for _, magic := range []string{"%PDF-", "PK\x03\x04", "\x1f\x8b", "\x89PNG", "\xff\xd8\xff", "GIF8", "{\\rtf", "\xd0\xcf\x11\xe0"} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return false
		}
	}
	return bytes.IndexByte(head, '<') >= 0
}

// meta returns the content of the first meta element that has one of these names or
// properties, the first name first; "" if there is none.
func (p *page) meta(names ...string) string {
	for _, name := range names {
		if v := p.metas(name); len(v) > 0 {
			return v[0]
		}
	}
	return ""
}

// description is what a page says of itself in its head, as plain text.
func (p *page) description() string {
	return html.Text(p.meta("og:description", "description", "dcterms.description", "dc.description", "twitter:description"))
}

// metas returns the contents of all meta elements of that name or property.
func (p *page) metas(name string) (values []string) {
	p.head.Each(func(_ int, s *goquery.Selection) {
		for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
			if v, ok := s.Attr(key); ok && strings.EqualFold(strings.TrimSpace(v), name) {
				if content := strings.TrimSpace(s.AttrOr("content", "")); content != "" && len(values) < maxTerms {
					values = append(values, content)
				}
				return
			}
		}
	})
	return values
}

// link returns the absolute http or https address of a reference in the page.
func (p *page) link(ref string) string { return address.Web(p.base, ref) }

// selector compiles a selector of the configuration.
func selector(name, s string) (goquery.Matcher, error) {
	m, err := cascadia.Compile(s)
	if err != nil {
		return nil, fmt.Errorf("the selector %s %q can't be read: %w", name, s, err)
	}
	return m, nil
}

// dateIn returns the date that an element gives: in an attribute for machines, else
// as its text.
func (p *page) dateIn(s *goquery.Selection) date.Date {
	for _, n := range s.Nodes {
		for _, key := range []string{"datetime", "content", "data-date", "data-datetime"} {
			if t, problem := date.Parse(html.Attr(n.Attr, key), p.dating); problem == nil && !t.IsZero() {
				return t
			}
		}
	}
	return p.findDate(textOf(s))
}

// plainTitle returns the title of the page.
func (p *page) plainTitle() string {
	return prose.FirstOf(prose.Collapse(p.doc.Find("head title").First().Text()), prose.Collapse(p.doc.Find("title").First().Text()))
}

// itemDate returns the date in an item of a listing.
func (p *page) itemDate(item *goquery.Selection) date.Date {
	for _, s := range []string{"time", "[datetime]", "[itemprop='datePublished']", "[class*='date' i], [class*='time' i], [class*='day' i]"} {
		if t := p.dateIn(item.Find(s).First()); !t.IsZero() {
			return t
		}
	}
	t, _ := date.Find(textOf(item), p.dating)
	return t
}
