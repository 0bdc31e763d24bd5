package parse

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"mime"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/PuerkitoBio/goquery"
	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
	"golang.org/x/net/publicsuffix"
)

// ErrNotHTML is the cause of an error where a document is no HTML page.
var ErrNotHTML = errors.New("it is no HTML page")

// page is an HTML document.
type page struct {
	doc  *goquery.Document
	o    Options
	base string // what relative addresses are resolved against
	said string // the language that the document says it is in, as it spells it
}

// openPage reads an HTML document.
func openPage(data []byte, o Options) (*page, []Problem, error) {
	if !isHTMLType(o.ContentType) || !mayBeHTML(data) {
		return nil, nil, fmt.Errorf("parse page %s: %w", o.BaseURL, ErrNotHTML)
	}
	text, problems := decode(data, o.ContentType)
	root, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		return nil, problems, fmt.Errorf("parse page %s: %w", o.BaseURL, err)
	}
	p := &page{doc: goquery.NewDocumentFromNode(root), o: o, base: o.BaseURL}
	if href, ok := p.doc.Find("head base[href]").First().Attr("href"); ok {
		if base := safeLink(o.BaseURL, href); strings.HasPrefix(base, "http") {
			p.base = base
		}
	}
	p.said = firstOf(
		p.doc.Find("html").AttrOr("lang", ""),
		p.doc.Find("html").AttrOr("xml:lang", ""),
		p.doc.Find("body").AttrOr("lang", ""),
		p.doc.Find(`meta[http-equiv="content-language" i]`).AttrOr("content", ""),
		p.meta("language", "dc.language", "dcterms.language", "og:locale"),
	)
	return p, problems, nil
}

// isHTMLType tells whether a content type may be an HTML page's. Servers that say
// nothing, or "text/plain", are not believed.
func isHTMLType(contentType string) bool {
	kind, _, _ := mime.ParseMediaType(contentType)
	switch kind {
	case "", "text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain", "application/octet-stream":
		return true
	}
	return strings.TrimSpace(contentType) == "" || !strings.Contains(contentType, "/")
}

// mayBeHTML tells whether a document has tags, in whatever charset, and is not
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

// metas returns the contents of all meta elements of that name or property.
func (p *page) metas(name string) (values []string) {
	p.doc.Find("meta").Each(func(_ int, s *goquery.Selection) {
		for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
			if v, ok := s.Attr(key); ok && strings.EqualFold(strings.TrimSpace(v), name) {
				if content := strings.TrimSpace(s.AttrOr("content", "")); content != "" && len(values) < maxPageTerms {
					values = append(values, content)
				}
				return
			}
		}
	})
	return values
}

// link returns the absolute http or https address of a reference in the page.
func (p *page) link(ref string) string { return webLink(p.base, ref) }

// selector compiles a selector of the configuration.
func selector(name, s string) (goquery.Matcher, error) {
	m, err := cascadia.Compile(s)
	if err != nil {
		return nil, fmt.Errorf("the selector %s %q can't be read: %w", name, s, err)
	}
	return m, nil
}

// CheckSelector tells what is wrong with a CSS selector; nil if nothing is.
func CheckSelector(s string) error {
	_, err := cascadia.Compile(s)
	return err
}

// textOf returns the visible text of an element in one line, without scripts and
// the readings of ruby.
func textOf(s *goquery.Selection) string {
	var b strings.Builder
	for _, n := range s.Nodes {
		writeText(&b, n, math.MaxInt)
	}
	return collapse(b.String())
}

// shortText is textOf where the text has at most so many bytes, else "". Of a long
// one no more is read than need be.
func shortText(s *goquery.Selection, limit int) string {
	const slack = 8 // white space that is not seen
	var b strings.Builder
	for _, n := range s.Nodes {
		if !writeText(&b, n, slack*limit) {
			return ""
		}
	}
	if text := collapse(b.String()); len(text) <= limit {
		return text
	}
	return ""
}

// writeText writes the text of a node. It returns false where that is longer than the
// limit.
func writeText(b *strings.Builder, n *html.Node, limit int) bool {
	switch n.Type {
	case html.TextNode:
		b.WriteString(n.Data)
		return b.Len() <= limit
	case html.ElementNode:
		switch n.Data {
		case "rt", "rp", "script", "style", "noscript", "template", "svg":
			return true
		}
	}
	spaced := n.Type == html.ElementNode && (isBlock(n.Data) || isCell(n.Data) || n.Data == "br" || n.Data == "img")
	if spaced {
		b.WriteByte(' ')
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if !writeText(b, c, limit) {
			return false
		}
	}
	if spaced {
		b.WriteByte(' ')
	}
	return b.Len() <= limit
}

// hints returns what an element is called: its name, id, classes and role, in lower
// case.
func hints(n *html.Node) string {
	return strings.ToLower(attrOf(n.Attr, "id") + " " + attrOf(n.Attr, "class") + " " + attrOf(n.Attr, "role"))
}

// furniture are what is around the content of a page, by the names of classes and
// ids. A word counts as a whole: "header" and "page-header", and not "headline".
var furniture = regexp.MustCompile(`(^|[\s_-])(nav|navi|navbar|navigation|gnav|gnavi|lnav|menu|submenu|megamenu|footer|foot|ftr|header|hdr|sidebar|side|aside|breadcrumbs?|pankuzu|crumbs?|topicpath|pager|pagination|paging|paginator|pagenavi|share|sharing|sns|social|language|languages|lang|langs|langswitch|translate|cookie|cookies|consent|skip|skiplink|search|banner|banners|bnr|contentinfo|complementary|related|ranking|popular|tags?|tagcloud|login|toolbar)([\s_-]|$)`)

// isFurniture tells whether an element is around the content, such as navigation.
func isFurniture(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	switch n.Data {
	case "nav", "footer", "aside", "form", "select", "noscript", "template", "dialog":
		return true
	case "header":
		// The header of an article or a section is content.
		for up := n.Parent; up != nil; up = up.Parent {
			if up.Type == html.ElementNode && (up.Data == "article" || up.Data == "main" || up.Data == "section" || up.Data == "li") {
				return false
			}
		}
		return true
	case "html", "body", "main", "article":
		return false
	}
	return furniture.MatchString(hints(n))
}

// inFurniture tells whether an element stands in what is around the content.
func inFurniture(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if isFurniture(n) {
			return true
		}
	}
	return false
}

// dateShapes are the forms of dates that can be told from other text. Digits of
// every script that readDate knows count.
var dateShapes = func() []*regexp.Regexp {
	const (
		d  = `[0-9０-９٠-٩۰-۹๐-๙]`
		d2 = d + `{1,2}`
		d4 = d + `{4}`
		cl = `(?:[\sT　]*[(（][^)）]{1,6}[)）])?(?:[\sT　,]*` + d2 + `[:：]` + d + `{2}(?:[:：]` + d + `{2})?(?:\s?(?:[+-]\d{2}:?\d{2}|Z|[A-Z]{3,4}\b))?)?`
	)
	var shapes []*regexp.Regexp
	for _, s := range []string{
		`(?:令和|平成|昭和|[RHＲＨ]\.?)\s?(?:` + d2 + `|元)\s?[年.．]\s?(?:[(（]` + d4 + `年?[)）]\s?年?\s?)?` + d2 + `\s?[月.．]\s?` + d2 + `\s?日?` + cl,
		d4 + `\s?(?:年|년)\s?(?:[(（][^)）]{1,8}[)）]\s?)?` + d2 + `\s?(?:月|월)\s?` + d2 + `\s?(?:日|일)` + cl,
		`[〇零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日`,
		d4 + `\s?[-/.．／]\s?` + d2 + `\s?[-/.．／]\s?` + d2 + cl,
		d2 + `[-/.]` + d2 + `[-/.]` + d4 + cl,
		d2 + `(?:st|nd|rd|th|er|º)?\.?\s+(?:de\s+|of\s+)?[\p{L}\p{M}.]{3,15}\.?,?\s+(?:de\s+|พ\.ศ\.\s*)?` + d4 + cl,
		`[\p{L}\p{M}]{3,12}\.?\s+` + d2 + `(?:st|nd|rd|th)?,?\s+` + d4 + cl,
	} {
		shapes = append(shapes, regexp.MustCompile(s))
	}
	return shapes
}()

// findDate returns the first date in a text, and where it stands. Text that is
// longer than a few lines is not searched to its end.
func findDate(text string, o Options) (t time.Time, at string) {
	const most = 600
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "")
	}
	if strings.IndexFunc(text, unicode.IsNumber) < 0 && !strings.ContainsAny(text, "〇零一二三四五六七八九元") {
		return time.Time{}, ""
	}
	first := len(text) + 1
	for _, shape := range dateShapes {
		for _, m := range shape.FindAllStringIndex(text, 4) {
			if m[0] >= first || !standsAlone(text, m) {
				continue
			}
			if read, problem := readDate(text[m[0]:m[1]], o); problem == nil && !read.IsZero() {
				t, at, first = read, text[m[0]:m[1]], m[0]
				break
			}
		}
	}
	return t, at
}

// standsAlone tells whether no digit touches a match, as in a telephone number.
func standsAlone(text string, m []int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:m[0]])
	after, _ := utf8.DecodeRuneInString(text[m[1]:])
	return !unicode.IsDigit(before) && before != '-' && before != '/' && !unicode.IsDigit(after)
}

// dateIn returns the date that an element gives: in an attribute for machines, else
// as its text.
func (p *page) dateIn(s *goquery.Selection) time.Time {
	for _, n := range s.Nodes {
		for _, key := range []string{"datetime", "content", "data-date", "data-datetime"} {
			if t, problem := readDate(attrOf(n.Attr, key), p.o); problem == nil && !t.IsZero() {
				return t
			}
		}
	}
	t, _ := findDate(textOf(s), p.o)
	return t
}

// IsFrontPage tells whether an address is that of a site, or of a language of it, and
// so of no article: "/", "/en/", "/index.html", "/ja/index.php".
func IsFrontPage(link string) bool {
	u, err := url.Parse(link)
	if err != nil {
		return false
	}
	if u.RawQuery != "" {
		// "/?p=123" is an article of WordPress.
		q := u.Query()
		for _, key := range []string{"lang", "language", "locale", "hl", "l"} {
			q.Del(key)
		}
		if len(q) > 0 {
			return false
		}
	}
	segments := strings.FieldsFunc(u.Path, func(c rune) bool { return c == '/' })
	if n := len(segments); n > 0 {
		name, _, _ := strings.Cut(strings.ToLower(segments[n-1]), ".")
		if name == "index" || name == "default" || name == "home" || name == "top" {
			segments = segments[:n-1]
		}
	}
	return len(segments) == 0 || len(segments) == 1 && len(segments[0]) <= 10 && isTagLike(segments[0])
}

// isTagLike tells whether a segment of a path names a language, such as "en", "zh-tw"
// or "tc".
func isTagLike(s string) bool {
	if len(s) != 2 && len(s) != 3 && !strings.ContainsAny(s, "-_") {
		return false
	}
	switch strings.ToLower(s) {
	case "rss", "faq", "cat", "tag", "pdf", "new", "top", "doc", "map":
		return false
	}
	return Language(s) != ""
}

// SameSite tells whether two addresses belong to one site: to one host, or to hosts
// under one registrable domain.
func SameSite(a, b string) bool {
	x, errX := url.Parse(a)
	y, errY := url.Parse(b)
	if errX != nil || errY != nil || x.Host == "" || y.Host == "" {
		return false
	}
	if strings.EqualFold(x.Host, y.Host) || strings.EqualFold(x.Hostname(), y.Hostname()) && x.Port() == y.Port() {
		return true
	}
	dx, errX := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(x.Hostname()))
	dy, errY := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(y.Hostname()))
	return errX == nil && errY == nil && dx == dy
}

// documentType returns the media type of a file that is linked in place of a page,
// by its extension; "" for what may be a page.
func documentType(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	dot := strings.LastIndexByte(u.Path, '.')
	if dot < 0 {
		return ""
	}
	switch strings.ToLower(u.Path[dot:]) {
	case ".pdf":
		return "application/pdf"
	case ".doc":
		return "application/msword"
	case ".docx":
		return "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	case ".xls":
		return "application/vnd.ms-excel"
	case ".xlsx":
		return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case ".ppt":
		return "application/vnd.ms-powerpoint"
	case ".pptx":
		return "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	case ".odt":
		return "application/vnd.oasis.opendocument.text"
	case ".csv":
		return "text/csv"
	case ".zip":
		return "application/zip"
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg":
		return "image/*"
	case ".mp3", ".m4a":
		return "audio/mpeg"
	case ".mp4", ".mov", ".wmv":
		return "video/mp4"
	}
	return ""
}

// DocumentType returns the media type of a file, such as a PDF, that a listing links
// in place of a page, by the extension of its address; "" for what may be a page.
func DocumentType(link string) string {
	if kind := documentType(link); !strings.HasSuffix(kind, "/*") {
		return kind
	}
	return ""
}
