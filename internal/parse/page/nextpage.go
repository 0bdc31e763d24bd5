package page

import (
	"slices"
	"strings"

	xhtml "golang.org/x/net/html"

	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/html"
)

// A listing that goes on says where: by the relation "next" of a link or an anchor (WHATWG
// HTML, link type "next"), or to people alone, by a row of numbers, words and signs that
// turns its pages.

// maxPageNumber is the highest number of a page that is looked for: years and days are
// written in rows, too.
const maxPageNumber = 100

// nextPage returns the address of the page on which a listing goes on; "" if nothing says it.
func (p *page) nextPage() string {
	if link := p.nextByRelation(); link != "" {
		return link
	}
	t := turner{page: p}
	t.look(p.doc.Nodes[0], false)
	for _, row := range t.rows {
		if link := row.next(); link != "" {
			return link
		}
	}
	return t.loose
}

// nextByRelation returns what an element of the relation "next" leads to.
func (p *page) nextByRelation() string {
	for n := range p.doc.Nodes[0].Descendants() {
		if n.Type != xhtml.ElementNode || n.Data != "link" && n.Data != "a" && n.Data != "area" {
			continue
		}
		if slices.Contains(strings.Fields(strings.ToLower(html.Attr(n.Attr, "rel"))), "next") {
			if link := p.otherPage(n); link != "" {
				return link
			}
		}
	}
	return ""
}

// otherPage returns what a link leads to, without what stands behind "#"; "" where it leads
// to no other page of the web.
func (p *page) otherPage(n *xhtml.Node) string {
	link, _, _ := strings.Cut(p.link(html.Attr(n.Attr, "href")), "#")
	own, _, _ := strings.Cut(p.o.BaseURL, "#")
	if link == own || address.IsMediaFile(link) {
		return ""
	}
	return link
}

// turner finds what turns the pages of a listing.
type turner struct {
	page  *page
	rows  []row
	loose string // what an anchor elsewhere leads to that says "next page"
}

// row are the steps of what turns pages, in their order.
type row struct {
	steps []step
	// hasSigns says that signs count, such as ">": the row is called what it is.
	hasSigns bool
}

// step is an anchor of a row, or a text between its anchors.
type step struct {
	link   string // "" of a text, and of what leads nowhere
	text   string
	number int // that it consists of, as a page's; 0 for none
	isHere bool
	isNext bool // it says so in words, or is called so
}

// look takes the rows of a node, and the loose anchors. A navigation within another is no row
// of its own, unless it is called so.
func (t *turner) look(n *xhtml.Node, isInside bool) {
	if n.Type == xhtml.ElementNode {
		isRow, isNamed := rowOf(n)
		switch {
		case n.Data == "head", n.Data == "script", n.Data == "style", n.Data == "template", n.Data == "select":
			return
		case n.Data != "html" && n.Data != "body" && hasWord(n, turnsOtherThings):
			return
		case isRow && (isNamed || !isInside):
			r := row{hasSigns: isNamed}
			t.take(&r, n, false)
			t.rows = append(t.rows, r)
		case n.Data == "a" && t.loose == "" && saysNextPage(n):
			t.loose = t.page.otherPage(n)
		}
		if isRow && isNamed {
			return
		}
		isInside = isInside || isRow
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		t.look(c, isInside)
	}
}

// rowOf reports whether an element turns pages as far as it tells, and whether it is called
// so; a navigation that isn't may turn them as well.
func rowOf(n *xhtml.Node) (isRow, isNamed bool) {
	switch n.Data {
	case "html", "body", "main", "article", "a":
		return false, false
	}
	label := lettersOf(html.Attr(n.Attr, "aria-label"))
	isNamed = hasWord(n, rowNames) || hasAnchorOfRow(n) || slices.ContainsFunc(rowLabels, func(word string) bool { return strings.Contains(label, word) })
	return isNamed || n.Data == "nav" || html.Attr(n.Attr, "role") == "navigation", isNamed
}

// hasAnchorOfRow reports whether an anchor in an element is called what rows are.
func hasAnchorOfRow(n *xhtml.Node) bool {
	for c := range n.ChildNodes() {
		if c.Type == xhtml.ElementNode && c.Data == "a" && hasWord(c, rowNames) {
			return true
		}
	}
	return false
}

// take takes the steps of a node; those in an element that says so are where the reader is.
func (t *turner) take(r *row, n *xhtml.Node, isHere bool) {
	switch n.Type {
	case xhtml.TextNode:
		if text := strings.TrimSpace(n.Data); text != "" {
			r.steps = append(r.steps, step{text: text, number: pageNumber(text), isHere: isHere})
		}
		return
	case xhtml.ElementNode:
		if n.Data == "script" || n.Data == "style" || n.Data == "select" {
			return
		}
		isHere = isHere || isCurrent(n)
		if n.Data == "a" && html.Attr(n.Attr, "href") != "" {
			r.steps = append(r.steps, t.anchor(n, isHere))
			return
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		t.take(r, c, isHere)
	}
}

// anchor reads an anchor of a row.
func (t *turner) anchor(a *xhtml.Node, isHere bool) step {
	text := saidBy(a)
	return step{
		link: t.page.otherPage(a), text: text, number: pageNumber(text), isHere: isHere,
		isNext: nextWords[lettersOf(text)] || saysNextPage(a) || hasWord(a, nextNames) || isAlone(a) && hasWord(a.Parent, nextNames),
	}
}

// isAlone reports whether an anchor is the only element of the one that it stands in.
func isAlone(a *xhtml.Node) bool {
	for c := range a.Parent.ChildNodes() {
		if c.Type == xhtml.ElementNode && c != a {
			return false
		}
	}
	return true
}

// isCurrent reports whether an element is marked as where the reader is.
func isCurrent(n *xhtml.Node) bool {
	current := html.Attr(n.Attr, "aria-current")
	if current != "" && current != "false" {
		return true
	}
	return slices.ContainsFunc(namesOf(n), func(name string) bool {
		name = strings.TrimPrefix(name, "is-")
		return currentNames[joined(name)] || hasWordOf(name, currentNames)
	})
}

// next returns where the row leads to from here: to the number behind this page's, else to
// what says so in words, else by its signs, of which the single one is before the double one
// that may lead to the end.
func (r row) next() string {
	if link := r.afterCurrent(func(s step) bool { return s.isHere }); link != "" {
		return link
	}
	if link := r.afterCurrent(func(s step) bool { return s.link == "" }); link != "" {
		return link
	}
	for _, is := range []func(step) bool{
		func(s step) bool { return s.isNext },
		func(s step) bool { return r.hasSigns && nextSigns[s.text] },
		func(s step) bool { return r.hasSigns && nextDoubleSigns[s.text] },
	} {
		if i := slices.IndexFunc(r.steps, func(s step) bool { return s.link != "" && is(s) }); i >= 0 {
			return r.steps[i].link
		}
	}
	return ""
}

// afterCurrent returns where the number behind one leads to that is this page's.
func (r row) afterCurrent(isCurrent func(step) bool) string {
	for _, here := range r.steps {
		if here.number == 0 || !isCurrent(here) {
			continue
		}
		if i := slices.IndexFunc(r.steps, func(s step) bool { return s.link != "" && s.number == here.number+1 }); i >= 0 {
			return r.steps[i].link
		}
	}
	return ""
}
