package page

import (
	"cmp"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
	xhtml "golang.org/x/net/html"

	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/html"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

// title returns the article's title without the name of the site.
func (r *articleReader) title() string {
	whole := r.plainTitle()
	heading, sure := r.heading()
	site := r.site(whole)
	title := prose.FirstOf(
		html.Title(r.claimed(func(c claim) string { return c.title })),
		html.Title(r.meta("og:title", "dcterms.title", "dc.title", "ArticleTitle", "twitter:title")),
		whole,
	)
	if heading != "" && heading != site && isTitle(heading, title, site, whole, sure) {
		return heading
	}
	return withoutSite(title, site)
}

// site returns the name of the site: what the page calls it, else what its title ends or
// begins with and a link to the front page or the head of the page says as well; "" where
// nothing tells.
func (r *articleReader) site(title string) (name string) {
	if said := html.Title(r.meta("og:site_name", "application-name")); said != "" {
		return said
	}
	if !strings.ContainsAny(title, titleSeparators) {
		return ""
	}
	isName := func(s string) bool { return s != "" && (isEnd(title, s) || isBeginning(title, s)) }
	r.doc.Find("a[href]").EachWithBreak(func(_ int, a *goquery.Selection) bool {
		if said := r.nameOf(a, isName); said != "" && address.IsFrontPage(r.link(a.AttrOr("href", ""))) {
			name = said
		}
		return name == ""
	})
	if name != "" {
		return name
	}
	r.doc.Find("header, [role='banner'], [id*='header' i], [class*='header' i], h1").EachWithBreak(func(_ int, e *goquery.Selection) bool {
		if s := textWithin(e, longestName); isName(s) && (!isSubheading(e.Nodes[0]) && e.Nodes[0].Data != "h1" && e.Find("h1").Length() == 0 || isEnd(title, s) && r.hasHeadingBefore(title, s)) {
			name = s
		}
		return name == ""
	})
	return name
}

// nameOf returns the first name that a link has, be it by its picture; "" if it has none.
func (r *articleReader) nameOf(a *goquery.Selection, isName func(string) bool) string {
	said := []string{textWithin(a, longestName), prose.Collapse(a.AttrOr("title", "")), prose.Collapse(a.AttrOr("aria-label", ""))}
	if said[0] == "" {
		said = append(said, prose.Collapse(a.Find("img[alt]").AttrOr("alt", "")))
	}
	if i := slices.IndexFunc(said, isName); i >= 0 {
		return said[i]
	}
	return ""
}

// longestName is the longest name of a site, in bytes.
const longestName = 160

// hasHeadingBefore reports whether what stands before the last part of a title is a heading
// of the page by itself.
func (r *articleReader) hasHeadingBefore(title, end string) bool {
	rest := strings.TrimRight(strings.TrimSuffix(title, end), titleSpace+titleSeparators)
	found := false
	r.doc.Find("h2, h3").EachWithBreak(func(_ int, h *goquery.Selection) bool {
		found = textOf(h) == rest && !isBesideNotice(h.Nodes[0])
		return !found
	})
	return found
}

// titleNames are words by which the heading of a notice is called.
var titleNames = wordSet(`title tit subject headline judul baslik titre titulo titel titolo`)

// isCalledTitle reports whether a heading is called the title of what it stands over, and not
// of the site.
func isCalledTitle(n *xhtml.Node) bool { return hasWord(n, titleNames) && !hasWord(n, siteNames) }

var siteNames = wordSet(`site logo brand sitename sitetitle blog`)

// isBesideNotice reports whether a heading with that text stands in what is beside a notice.
// One with which the page's title begins may be called the header of the page.
func (r *articleReader) isBesideNotice(heading *xhtml.Node, text string) bool {
	if isBeginning(r.plainTitle(), text) {
		heading = heading.Parent
	}
	return isBesideNotice(heading)
}

// mainHeadings are where the main heading of a page is looked for, the surest place first.
var mainHeadings = []string{"main h1, article h1, [role='main'] h1", "h1", "main h2, article h2"}

// heading returns the text of the page's main heading, and whether it stands where the
// page says that its notice does; "" where several could be it.
func (r *articleReader) heading() (text string, sure bool) {
	for i, s := range mainHeadings {
		var texts []string
		r.doc.Find(s).Each(func(_ int, h *goquery.Selection) {
			if t := textOf(h); t != "" && !r.isBesideNotice(h.Nodes[0], t) && !slices.Contains(texts, t) {
				texts = append(texts, t)
			}
		})
		if len(texts) == 1 {
			return cmp.Or(r.titleBelow(texts[0]), texts[0]), i == 0
		}
	}
	return r.titleBelow(""), false
}

// titleBelow returns the heading with which the page's title begins where the main one,
// if there is any, is that of a section, such as "News"; "" if there is none. What a title
// has less of than of the rest may be the site's name.
func (r *articleReader) titleBelow(main string) (title string) {
	whole := r.plainTitle()
	if main != "" && strings.Contains(whole, main) {
		return ""
	}
	r.doc.Find("h2, h3, h4").EachWithBreak(func(_ int, h *goquery.Selection) bool {
		if t := textOf(h); t != "" && isBeginning(whole, t) && (2*titleWidth(t) > titleWidth(whole) || isCalledTitle(h.Nodes[0])) && !r.isBesideNotice(h.Nodes[0], t) {
			title = t
		}
		return title == ""
	})
	return title
}

// titleHeading returns the heading that says what the title says, else the first one of
// what the page calls its main part; nil if there is none.
func (r *articleReader) titleHeading() *xhtml.Node {
	var found *xhtml.Node
	r.doc.Find("h1, h2, h3, h4").EachWithBreak(func(_ int, h *goquery.Selection) bool {
		if n := h.Nodes[0]; textOf(h) == r.out.Article.Title && !r.isBesideNotice(n, r.out.Article.Title) {
			found = n
		}
		return found == nil
	})
	if found == nil {
		r.doc.Find(mainHeadings[0]).EachWithBreak(func(_ int, h *goquery.Selection) bool {
			if n := h.Nodes[0]; textOf(h) != "" && !r.isBesideNotice(n, textOf(h)) {
				found = n
			}
			return found == nil
		})
	}
	return found
}

// isTitle reports whether the main heading is the article's title rather than what the
// page calls its title. "Heading | City of Example" is the heading; a title that has nothing
// of the heading is that of the site. A heading that is sure stands in the notice.
func isTitle(heading, title, site, whole string, sure bool) bool {
	if title == "" || title == site || isBeginning(title, heading) || sure && isEnd(title, heading) && 2*titleWidth(heading) > titleWidth(title) {
		return true
	}
	if strings.Contains(title, heading) {
		return false
	}
	if title == whole {
		return sure || titleWidth(heading) >= 8
	}
	// The page calls itself "Heading | City of Example", and "City of Example" for others.
	return sure && (isBeginning(whole, heading) && isEnd(whole, title) || isBeginning(whole, title) && isEnd(whole, heading))
}

// isBeginning reports whether a title begins with a part, up to a separator.
func isBeginning(title, part string) bool {
	rest, ok := strings.CutPrefix(title, part)
	return ok && startsWithSeparator(rest)
}

// isEnd reports whether a title ends with a part, from a separator on.
func isEnd(title, part string) bool {
	rest, ok := strings.CutSuffix(title, part)
	rest = strings.TrimRight(rest, titleSpace)
	return ok && rest != "" && strings.ContainsRune(titleSeparators, []rune(rest)[len([]rune(rest))-1])
}

const titleSpace = " \u3000\u00a0"

const titleSeparators = "|｜:：·・•-–—―－_＿»«/／"

func startsWithSeparator(s string) bool {
	s = strings.TrimLeft(s, titleSpace)
	return s != "" && strings.ContainsRune(titleSeparators, []rune(s)[0])
}

// withoutSite drops the name of the site from the end or the beginning of a title.
func withoutSite(title, site string) string {
	if site == "" || title == site {
		return title
	}
	const around = titleSpace + titleSeparators
	if rest, ok := strings.CutSuffix(title, site); ok && rest != strings.TrimRight(rest, around) {
		return strings.TrimRight(rest, around)
	}
	if rest, ok := strings.CutPrefix(title, site); ok && startsWithSeparator(rest) {
		return strings.TrimLeft(rest, around)
	}
	return title
}
