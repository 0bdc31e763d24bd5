package page

import (
	"slices"

	xhtml "golang.org/x/net/html"

	"github.com/kairan-news/kairan/internal/parse/html"
)

// places are the elements of a page that may hold its notice, in the order of the page:
// of main elements, articles and texts the outermost.
type places struct {
	mains    []*xhtml.Node // main elements (WHATWG HTML §4.4.14), and those of that role (WAI-ARIA)
	articles []*xhtml.Node
	texts    []*xhtml.Node // what holds the text of an article, by its name
	columns  []*xhtml.Node // columns, by their names
}

// look takes the places within a node. Nothing is looked for in what is beside notices.
func (p *places) look(n *xhtml.Node) {
	if n.Type == xhtml.ElementNode {
		if isBeside(n) {
			return
		}
		switch {
		case n.Data == "main" || html.Attr(n.Attr, "role") == "main":
			p.mains = appendOutermost(p.mains, n)
		case n.Data == "article":
			p.articles = appendOutermost(p.articles, n)
		case isNamed(n, textPlaces):
			p.texts = appendOutermost(p.texts, n)
		case isColumn(n):
			p.columns = append(p.columns, n)
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		p.look(c)
	}
}

// appendOutermost appends a node that does not stand in the last of the list.
func appendOutermost(nodes []*xhtml.Node, n *xhtml.Node) []*xhtml.Node {
	if len(nodes) > 0 && holds(nodes[len(nodes)-1], n) {
		return nodes
	}
	return append(nodes, n)
}

// isColumn reports whether an element is a column of a template by its name.
func isColumn(n *xhtml.Node) bool {
	switch n.Data {
	case "div", "section", "td", "center":
		return isNamed(n, columnPlaces)
	}
	return false
}

// isSure reports whether a place says by its element or its id that a notice stands in it.
// Classes may mean anything.
func isSure(n *xhtml.Node) bool {
	return n.Data == "main" || n.Data == "article" || html.Attr(n.Attr, "role") == "main" || isNamed(n, textPlaces) || columnPlaces[joined(html.Attr(n.Attr, "id"))]
}

// isBesideNotice reports whether an element stands in what is beside a notice. The form that
// some servers put around the whole of a page is not.
func isBesideNotice(n *xhtml.Node) bool {
	for ; n != nil; n = n.Parent {
		if isFurniture(n) && n.Data != "form" {
			return true
		}
	}
	return false
}

// isBeside reports whether an element can hold no notice, by what it is.
func isBeside(n *xhtml.Node) bool {
	switch n.Data {
	case "nav", "footer", "aside", "dialog", "noscript", "template", "script", "style", "svg", "head":
		return true
	}
	return false
}

// places returns the elements of which the page says that its notice stands there, the
// surest first. The heading is the notice's; nil if it is not known.
func (p *page) places(heading *xhtml.Node) (found []*xhtml.Node) {
	var all places
	all.look(p.doc.Nodes[0])
	main := whose(all.mains, heading)
	articles, texts := within(all.articles, main), within(all.texts, main)
	article := whose(articles, heading)
	if article == nil {
		article = dated(articles)
	}
	if inside := within(texts, article); len(inside) > 0 {
		texts = inside
	}
	if len(texts) == 1 {
		found = append(found, texts[0])
	}
	for _, n := range []*xhtml.Node{article, main} {
		if n != nil {
			found = append(found, n)
		}
	}
	return append(found, innermost(all.columns, heading)...)
}

// whose returns the element that holds the notice's heading, else the only one there is.
func whose(nodes []*xhtml.Node, heading *xhtml.Node) *xhtml.Node {
	if i := slices.IndexFunc(nodes, func(n *xhtml.Node) bool { return holds(n, heading) }); i >= 0 {
		return nodes[i]
	}
	if len(nodes) == 1 {
		return nodes[0]
	}
	return nil
}

// dated returns the only one of several articles that has a date for machines; nil if
// there are none, or several.
func dated(articles []*xhtml.Node) (found *xhtml.Node) {
	for _, n := range articles {
		if hasElement(n, "time") {
			if found != nil {
				return nil
			}
			found = n
		}
	}
	return found
}

// within returns the nodes that stand inside another; all of them where that is nil.
func within(nodes []*xhtml.Node, outer *xhtml.Node) []*xhtml.Node {
	if outer == nil {
		return nodes
	}
	var inside []*xhtml.Node
	for _, n := range nodes {
		if n != outer && holds(outer, n) {
			inside = append(inside, n)
		}
	}
	return inside
}

// innermost returns the columns that hold the heading, from the inside out, and behind them
// the only one without it, where there is no other. What holds the whole page is no column
// of it.
func innermost(columns []*xhtml.Node, heading *xhtml.Node) (found []*xhtml.Node) {
	var others []*xhtml.Node
	for _, n := range columns {
		switch {
		case holdsWholePage(n):
		case holds(n, heading):
			found = slices.Insert(found, 0, n)
		case len(others) == 0 || !holds(others[0], n):
			others = append(others, n)
		}
	}
	if len(others) == 1 {
		found = append(found, others[0])
	}
	return found
}

// holdsWholePage reports whether the footer or the header of the site stands in an
// element, or its main element.
func holdsWholePage(n *xhtml.Node) bool {
	for c := range n.Descendants() {
		if c.Type != xhtml.ElementNode {
			continue
		}
		switch {
		case c.Data == "main":
			return true
		case c.Data == "footer" || html.Attr(c.Attr, "role") == "contentinfo" || isSiteEnd[joined(html.Attr(c.Attr, "id"))]:
			if !isOfSection(c, n) {
				return true
			}
		}
	}
	return false
}

// isSiteEnd are the ids, as a whole, of what a site puts under or over each page.
var isSiteEnd = wordSet(`footer foot globalfooter sitefooter tmpfooter pagefooter ftr header siteheader globalheader tmpheader`)

// isOfSection reports whether an element stands in an article, a section or a quotation
// inside the outer one, as the footer of that.
func isOfSection(n, outer *xhtml.Node) bool {
	for n = n.Parent; n != nil && n != outer; n = n.Parent {
		switch n.Data {
		case "article", "section", "blockquote", "figure":
			return true
		}
	}
	return false
}

// holds reports whether a node is another one or stands around it; false for nil.
func holds(outer, n *xhtml.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

func hasElement(n *xhtml.Node, name string) bool {
	for c := range n.Descendants() {
		if c.Type == xhtml.ElementNode && c.Data == name {
			return true
		}
	}
	return false
}
