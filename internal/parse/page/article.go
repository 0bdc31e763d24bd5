package page

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	"github.com/PuerkitoBio/goquery"
	xhtml "golang.org/x/net/html"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/field"
	"github.com/kairan-news/kairan/internal/parse/html"
	"github.com/kairan-news/kairan/internal/parse/language"
	"github.com/kairan-news/kairan/internal/parse/prose"
	"github.com/kairan-news/kairan/internal/plain"
)

// ErrNoArticle is the cause of an error where a page has neither title nor text.
var ErrNoArticle = errors.New("the page has no title and no text that reads like an article")

const (
	// maxElements is how many elements of a page are searched for its text.
	maxElements = 50_000
	// maxWork bounds that search: the bytes of text, each counted once for each
	// element around it.
	maxWork = 64 << 20
)

// Article is what was read from the page of an article.
type Article struct {
	Article feeds.Article
	// Visible says that the date was found in the visible text or in the address,
	// where nothing but its place tells that it is the article's.
	Visible  bool
	Problems []parse.Problem
}

// ParseArticle reads the article of an HTML page. What the page says for machines is
// asked first: JSON-LD, OpenGraph and its article:*, microdata, other meta elements;
// what it says to people last. The selector Content names the element of its text;
// without it, that is what microdata names or what reads like it. The error says
// that there is no article.
func ParseArticle(data []byte, o parse.Options, s feeds.Selectors) (*Article, error) {
	p, problems, err := openPage(data, o)
	if err != nil {
		return nil, err
	}
	r := &articleReader{page: p, out: &Article{Problems: problems}}
	said, broken := p.linkedData()
	if broken > 0 {
		r.problem("json-ld", "%d blocks of JSON-LD can't be read", broken)
	}
	r.claims = append(r.claims, said, p.microdata())
	if err := r.read(s); err != nil {
		return nil, fmt.Errorf("parse page %s: %w", o.BaseURL, err)
	}
	return r.out, nil
}

// articleReader reads one article.
type articleReader struct {
	*page
	out    *Article
	claims []claim // of JSON-LD and of microdata
}

// claimed returns the first of the claims' values that is not blank.
func (r *articleReader) claimed(of func(claim) string) string {
	for _, c := range r.claims {
		if s := strings.TrimSpace(of(c)); s != "" {
			return s
		}
	}
	return ""
}

func (r *articleReader) read(s feeds.Selectors) error {
	a := &r.out.Article
	a.Link = r.canonical()
	a.Title = r.title()
	content, err := r.content(s.Content)
	if err != nil {
		return err
	}
	var pictures []feeds.Image
	a.Content, pictures, a.Dropped = html.Clean(content, r.base)
	text := html.Text(a.Content)
	if a.Title == "" && text == "" {
		return ErrNoArticle
	}
	if text == "" {
		r.problem("no-text", "nothing in the page reads like the text of an article; a selector for its content would find it")
	}
	a.Summary = plain.Summarize(prose.FirstOf(
		html.Text(r.claimed(func(c claim) string { return c.summary })),
		r.description(),
		text,
	))
	if a.Title == "" {
		a.Title = plain.Abridge(a.Summary, 120)
	}
	r.dates()
	r.language(text)
	r.people()
	r.terms()
	r.pictures(pictures)
	r.alternates()
	a.Rights = plain.Summarize(html.Text(prose.FirstOf(r.claimed(func(c claim) string { return c.rights }), r.meta("dcterms.rights", "dc.rights", "copyright"))))
	field.Bound(a)
	return nil
}

func (r *articleReader) problem(code, format string, args ...any) {
	r.out.Problems = append(r.out.Problems, parse.Problem{Code: code, Detail: fmt.Sprintf(format, args...)})
}

// canonical returns the address of the article: what the page calls canonical, if
// that may be true, else the one that it came from.
func (r *articleReader) canonical() string {
	own := address.Web("", r.o.BaseURL)
	own, _, _ = strings.Cut(own, "#")
	for _, link := range []string{
		r.link(r.doc.Find(`link[rel~="canonical" i]`).First().AttrOr("href", "")),
		r.link(r.meta("og:url")),
	} {
		link, _, _ = strings.Cut(link, "#")
		switch {
		case link == "" || own != "" && !address.SameSite(link, own):
		case address.IsFrontPage(link) && !address.IsFrontPage(own):
			r.problem("canonical", "the page calls the front page %s its canonical address; that was not believed", link)
		default:
			return link
		}
	}
	return own
}

// content returns the HTML of the article's text, not yet sanitized.
func (r *articleReader) content(css string) (string, error) {
	if css != "" {
		m, err := selector("content", css)
		if err != nil {
			return "", err
		}
		if found := r.doc.FindMatcher(m); found.Length() > 0 {
			return r.inner(found), nil
		}
		r.problem("selector", "the selector %q for the content finds nothing; what reads like an article was taken", css)
	}
	var said string // the text as plain text
	for _, c := range r.claims {
		if c.bodyHTML != nil {
			if inner := r.named(c.bodyHTML); html.Text(inner) != "" {
				return inner, nil
			}
		}
		said = prose.FirstOf(said, c.body)
	}
	readable := r.notice()
	if said != "" {
		body := said
		if strings.IndexByte(body, '<') < 0 {
			body = html.Paragraphs(body)
		}
		if len(html.Text(readable)) < len(html.Text(body))/2 {
			return body, nil
		}
	}
	return readable, nil
}

// inner returns the inner HTML of elements, without a heading at its beginning that
// repeats the title.
func (r *articleReader) inner(s *goquery.Selection) string {
	var b strings.Builder
	s.Each(func(_ int, one *goquery.Selection) {
		one = one.Clone()
		if h := one.Find("h1, h2").First(); h.Length() > 0 && textOf(h) == r.out.Article.Title {
			h.Remove()
		}
		if inner, err := one.Html(); err == nil {
			b.WriteString(inner)
		}
	})
	return b.String()
}

// named returns the HTML of the elements that microdata names as the article's text.
func (r *articleReader) named(body *goquery.Selection) string {
	var b strings.Builder
	for _, n := range body.Nodes {
		if part, _ := r.noticeIn(n, r.titleHeading()); part != nil {
			b.WriteString(innerHTML(part))
		}
	}
	return b.String()
}

// notice returns the text of the article: what stands in the place that the page sets
// apart for it, else what reads like it.
func (r *articleReader) notice() string {
	heading := r.titleHeading()
	var best, at *xhtml.Node
	most := size{}
	for _, place := range r.places(heading) {
		part, left := r.noticeIn(place, heading)
		switch {
		case part == nil:
			continue
		case best == nil && isSure(place):
			return r.condensed(part, left)
		case best == nil:
		case holds(place, at) && left.text > 2*most.text: // the one inside it holds the title and little else
		default:
			continue
		}
		best, at, most = part, place, left
	}
	if best != nil {
		return r.condensed(best, most)
	}
	body := r.doc.Find("body")
	if body.Length() == 0 {
		return ""
	}
	part, left := r.noticeIn(body.Nodes[0], heading)
	if left.text == 0 {
		return ""
	}
	if found, _ := r.readable(part); found != "" {
		return found
	}
	return innerHTML(part)
}

// longText is the size, in bytes, of a text that is long enough for what reads like an
// article to be told from what does not.
const longText = 1500

// condensed returns the HTML of what was found in the place of the notice: as a whole, or
// of a long one what reads like an article, where that is most of it or long by itself.
func (r *articleReader) condensed(part *xhtml.Node, left size) string {
	whole := innerHTML(part)
	if left.text < 2*longText {
		return whole
	}
	found, text := r.readable(part)
	if text >= longText && 4*text < 3*left.text {
		return found
	}
	return whole
}

// readable returns what reads like the text of an article in a part of a page, and its
// size in bytes.
func (r *articleReader) readable(part *xhtml.Node) (string, int) {
	if textWork(part, 0, 0) > maxWork {
		r.problem("page-too-nested", "the page's elements stand inside each other too deep to be searched for its text; a selector for its content would find it")
		return "", 0
	}
	base, err := url.Parse(r.base)
	if err != nil {
		base = &url.URL{}
	}
	parser := readability.NewParser()
	parser.MaxElemsToParse = maxElements
	parser.DisableJSONLD = true // was read already
	found, err := parser.ParseAndMutate(documentOf(part), base)
	if err != nil || found.Node == nil {
		return "", 0
	}
	return r.inner(goquery.NewDocumentFromNode(found.Node).Selection), visibleBytes(nodeText(found.Node))
}

// textWork adds up the text of a node, as often as there are elements around it.
func textWork(n *xhtml.Node, depth, sum int) int {
	if n.Type == xhtml.TextNode {
		return sum + len(n.Data)*depth
	}
	for c := n.FirstChild; c != nil && sum <= maxWork; c = c.NextSibling {
		sum = textWork(c, depth+1, sum)
	}
	return sum
}

// language finds the language of the article. The element around its text knows it
// better than the page, which may be a template of another language.
func (r *articleReader) language(text string) {
	a := &r.out.Article
	near := r.doc.Find("main[lang], article[lang], [role='main'][lang]").First().AttrOr("lang", "")
	sample := a.Title + " " + text
	var denied language.Denial
	a.Language, denied = language.Of(sample, r.o, near, r.claimed(func(c claim) string { return c.language }), r.said)
	if denied.Why != "" {
		r.problem("language-conflict", "the page says that it is in %s, but %s", denied.Tag, denied.Why)
	}
}

// maxAuthors bounds the authors of an article.
const maxAuthors = 10

func (r *articleReader) people() {
	a := &r.out.Article
	for _, c := range r.claims {
		for _, person := range c.authors {
			r.addAuthor(person)
		}
		if len(a.Authors) > 0 {
			return
		}
	}
	for _, name := range append(r.metas("article:author"), r.metas("author")...) {
		if address.Web("", name) == "" {
			r.addAuthor(feeds.Person{Name: name})
		}
	}
}

func (r *articleReader) addAuthor(person feeds.Person) {
	a := &r.out.Article
	person.Name = html.Title(person.Name)
	if person.Name == "" || len(person.Name) > 200 || len(a.Authors) >= maxAuthors ||
		slices.ContainsFunc(a.Authors, func(p feeds.Person) bool { return p.Name == person.Name }) {
		return
	}
	a.Authors = append(a.Authors, person)
}

func (r *articleReader) terms() {
	a := &r.out.Article
	for _, c := range r.claims {
		for _, t := range c.terms {
			a.Terms = addTerm(a.Terms, t)
		}
	}
	for _, t := range append(r.metas("article:section"), r.metas("article:tag")...) {
		a.Terms = addTerm(a.Terms, t)
	}
	for _, list := range append(r.metas("news_keywords"), r.metas("keywords")...) {
		for _, t := range keywords(list) {
			a.Terms = addTerm(a.Terms, t.Term)
		}
	}
}

// pictures puts the lead picture before those in the text.
func (r *articleReader) pictures(inText []feeds.Image) {
	a := &r.out.Article
	add := func(i feeds.Image) {
		if i.URL != "" && len(a.Images) < maxImages && !slices.ContainsFunc(a.Images, func(k feeds.Image) bool { return k.URL == i.URL }) {
			a.Images = append(a.Images, i)
		}
	}
	for _, c := range r.claims {
		for _, i := range c.images {
			i.URL = r.link(i.URL)
			if !isEmblem(i.URL) {
				add(i)
			}
		}
	}
	if lead := r.link(r.meta("og:image:secure_url", "og:image", "og:image:url", "twitter:image")); !isEmblem(lead) {
		add(feeds.Image{URL: lead, Alt: prose.Collapse(r.meta("og:image:alt", "twitter:image:alt")), Width: html.Pixels(r.meta("og:image:width")), Height: html.Pixels(r.meta("og:image:height"))})
	}
	for _, i := range inText {
		add(i)
	}
}

// isEmblem reports whether a picture stands for the site and not for an article.
func isEmblem(link string) bool {
	name := strings.ToLower(link[strings.LastIndexByte(link, '/')+1:])
	for _, word := range []string{"logo", "noimage", "no-image", "no_image", "placeholder", "default", "favicon", "ogp.", "og-image.", "ogimage."} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// alternates reads the versions in other languages.
func (r *articleReader) alternates() {
	a := &r.out.Article
	r.doc.Find("link[rel][hreflang][href], a[rel][hreflang][href]").Each(func(_ int, s *goquery.Selection) {
		rel := strings.Fields(strings.ToLower(s.AttrOr("rel", "")))
		if !slices.Contains(rel, "alternate") || isFeedType(strings.ToLower(s.AttrOr("type", "")), "") {
			return
		}
		hreflang, link := s.AttrOr("hreflang", ""), r.link(s.AttrOr("href", ""))
		if language.Said(hreflang, r.o) != a.Language && link != address.Web("", r.o.BaseURL) {
			a.Alternates = addAlternate(a.Alternates, a.Link, hreflang, link, r.o)
		}
	})
}
