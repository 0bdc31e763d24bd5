package page

import (
	"strings"
	"unicode"

	xhtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/html"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

// How much of a place is left out.
type strictness int

const (
	// byElement leaves out what is beside a notice by its element: navigation, asides,
	// footers, forms, what is hidden.
	byElement strictness = iota
	// byName leaves out what is called so as well, and lists of links.
	byName
	// afterHeading leaves out as well what stands before the heading.
	afterHeading
)

// extract is a copy of the place of a notice, without what is beside the notice.
type extract struct {
	place   *xhtml.Node
	heading *xhtml.Node // of the notice; nil if it is not known
	title   string      // a heading that says the same is not copied
	strict  strictness
	related []string // headings of related notices
	base    string   // what addresses are relative to
	own     string   // the address of the page
	sizes   map[*xhtml.Node]size
	prose   int  // bytes of text outside of links, up to the node that is measured
	passed  bool // the heading was copied, or there is none in the place
}

// size is how much there is in a node.
type size struct {
	text   int // bytes that are no white space
	linked int // those of them that stand in links to other pages
	links  int // links to other pages
	shares int // those of them that pass the page on
	fields int // fields of forms
	// choices are those of them that are ticked or written into at length.
	choices int
	buttons int
	until   int // bytes of text outside of links, from the beginning of the place to the node's end
}

// add adds what is in a child.
func (s *size) add(in size) {
	s.text, s.linked, s.links, s.shares = s.text+in.text, s.linked+in.linked, s.links+in.links, s.shares+in.shares
	s.fields, s.choices, s.buttons = s.fields+in.fields, s.choices+in.choices, s.buttons+in.buttons
}

// isList reports whether it is a list of links to other pages, and little else.
func (s size) isList() bool { return s.links >= 4 && 10*s.linked >= 9*s.text }

// noticeIn returns a copy of a place, and how much it holds beside the heading: what is
// beside the notice is left out, or so much of it that something is left. It returns nil
// where there is nothing.
func (r *articleReader) noticeIn(place, heading *xhtml.Node) (*xhtml.Node, size) {
	e := extract{place: place, heading: heading, title: r.out.Article.Title, related: r.o.RelatedHeadings, base: r.base, own: r.o.BaseURL, sizes: map[*xhtml.Node]size{}}
	e.measure(place, false)
	for _, e.strict = range []strictness{afterHeading, byName, byElement} {
		e.passed = e.strict != afterHeading || !holds(place, heading)
		part := e.copy(place)
		if part == nil {
			continue
		}
		copied := extract{sizes: map[*xhtml.Node]size{}}
		left := copied.measure(part, false)
		if holds(place, heading) && !e.isTitle() {
			left.text -= e.sizes[heading].text
		}
		if left.text > 0 {
			return part, left
		}
		if hasElement(part, "img") || hasElement(part, "video") || hasElement(part, "iframe") {
			return part, size{} // a poster
		}
	}
	return nil, size{}
}

// isTitle reports whether the heading says what the title says.
func (e *extract) isTitle() bool {
	text := prose.Collapse(nodeText(e.heading))
	return strings.Contains(e.title, text) || strings.Contains(text, e.title)
}

// measure finds out how much there is in a node.
func (e *extract) measure(n *xhtml.Node, inLink bool) (s size) {
	switch {
	case n.Type == xhtml.TextNode:
		if s.text = visibleBytes(n.Data); inLink {
			s.linked = s.text
		} else {
			e.prose += s.text
		}
		return s
	case n.Type != xhtml.ElementNode || isBeside(n):
		return s
	case isField(n):
		s.fields, s.choices = 1, choices(n)
	case n.Data == "button":
		s.buttons = 1
	case n.Data == "a":
		href := html.Attr(n.Attr, "href")
		if leadsToSharing(href) {
			s.shares = 1
		}
		if s.shares > 0 || href != "" && !leadsToFile(href) {
			inLink, s.links = true, 1
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		in := e.measure(c, inLink)
		s.add(in)
	}
	s.until = e.prose
	e.sizes[n] = s
	return s
}

// leadsToFile reports whether a link leads to a file, to a place in the page, or to
// somebody: that is a part of a notice, as links to other pages may not be.
func leadsToFile(href string) bool {
	href = strings.ToLower(strings.TrimSpace(href))
	return address.DocumentType(href) != "" || address.IsMediaFile(href) || strings.HasPrefix(href, "#") ||
		strings.HasPrefix(href, "mailto:") || strings.HasPrefix(href, "tel:")
}

func visibleBytes(s string) (n int) {
	for _, c := range s {
		if !unicode.IsSpace(c) {
			n += len(string(c))
		}
	}
	return n
}

// copy returns a copy of a node without what is left out; nil where nothing is left.
func (e *extract) copy(n *xhtml.Node) *xhtml.Node {
	if n.Type != xhtml.ElementNode && n.Type != xhtml.TextNode {
		return nil
	}
	c := &xhtml.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Namespace: n.Namespace, Attr: n.Attr}
	if n.Type == xhtml.ElementNode && isHidden(n) {
		c.Attr = shown(n.Attr) // what is kept of it is to be seen
	}
	if n.Type == xhtml.ElementNode && n.Data == "button" { // the heading of a panel
		c.Data, c.DataAtom = "span", atom.Span
	}
	if n == e.heading {
		if e.passed = true; e.isTitle() {
			return nil
		}
	}
	e.copyChildren(c, n)
	if n.Type == xhtml.ElementNode && c.FirstChild == nil && !isSomething(n.Data) {
		return nil
	}
	return c
}

// copyChildren copies what is kept of a node's children. A heading goes with what it stood
// over.
func (e *extract) copyChildren(to, from *xhtml.Node) {
	var over, copied *xhtml.Node // the last that was copied, where it is a heading, and its copy
	others := false              // what follows is other notices, up to the next heading
	for c := from.FirstChild; c != nil; c = c.NextSibling {
		isOther := (others || e.isRelatedHeading(over)) && e.isRelated(c)
		if isOther && holds(c, e.heading) || e.isHeading(c) && !isOther {
			isOther, others = false, false
		}
		if isOther || e.leavesOut(c) {
			if !isOther && e.isDrawing(c) {
				to.AppendChild(&xhtml.Node{Type: c.Type, Data: c.Data, DataAtom: c.DataAtom, Attr: c.Attr}) // to be told that it goes
			}
			if over != nil && (isOther || e.sizes[c].text > e.sizes[over].text && !goesOn(c)) {
				to.RemoveChild(copied)
			}
			over, others = nil, isOther
			continue
		}
		kept := e.copy(c)
		if kept == nil {
			continue
		}
		to.AppendChild(kept)
		switch {
		case !holds(c, e.heading) && e.isHeading(c):
			over, copied = c, kept
		case kept.Type != xhtml.TextNode || strings.TrimSpace(kept.Data) != "":
			over = nil
		}
	}
}

// isHeading reports whether a node is a heading of a part, or an element around nothing else.
func (e *extract) isHeading(n *xhtml.Node) bool {
	for n.Type == xhtml.ElementNode && !isSubheading(n) {
		var inside *xhtml.Node
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == xhtml.ElementNode && inside == nil && (c.Data == "div" || c.Data == "header" || isSubheading(c)):
				inside = c
			case c.Type == xhtml.ElementNode || c.Type == xhtml.TextNode && strings.TrimSpace(c.Data) != "":
				return false
			}
		}
		if inside == nil {
			return false
		}
		n = inside
	}
	return isSubheading(n)
}

// goesOn reports whether text follows a node before the next heading.
func goesOn(n *xhtml.Node) bool {
	for n = n.NextSibling; n != nil; n = n.NextSibling {
		if isSubheading(n) {
			return false
		}
		if strings.TrimSpace(nodeText(n)) != "" {
			return true
		}
	}
	return false
}

// isSubheading reports whether a node is a heading of a part.
func isSubheading(n *xhtml.Node) bool {
	if n.Type != xhtml.ElementNode {
		return false
	}
	switch n.Data {
	case "h2", "h3", "h4", "h5", "h6":
		return true
	}
	return false
}

// isSomething reports whether an element is something to see though nothing stands in it.
func isSomething(name string) bool {
	switch name {
	case "br", "hr", "wbr", "img", "td", "th", "col", "video", "audio", "source", "iframe", "embed", "object":
		return true
	case "canvas": // to be told that it goes
		return true
	}
	return false
}

// leavesOut reports whether a node in the place is none of the notice.
func (e *extract) leavesOut(n *xhtml.Node) bool {
	if n.Type != xhtml.ElementNode {
		return !e.passed && strings.TrimSpace(n.Data) != ""
	}
	if holds(n, e.heading) {
		return false
	}
	switch {
	case e.isBesideHere(n):
		return true
	case e.strict < byName:
		return false
	case !e.passed && e.sizes[n].text > 0:
		return true
	}
	return e.isCalledBeside(n) && !(e.holdsMost(n) && hasText(n)) || e.isListOfLinks(n) || e.isTeaser(n) || e.asks(n) || e.isShare(n) || e.isWayBack(n)
}

// isDrawing reports whether a node is a drawing of the notice, which no text may have.
func (e *extract) isDrawing(n *xhtml.Node) bool {
	return n.Type == xhtml.ElementNode && n.Data == "svg" && e.passed && html.IsDrawing(n.Attr)
}

// isBesideHere reports whether an element is beside the notice by what it is.
func (e *extract) isBesideHere(n *xhtml.Node) bool {
	switch n.Data {
	case "footer":
		return !isOfQuotation(n)
	case "form":
		// Some servers put a form around the whole of a page.
		return !e.holdsMost(n)
	case "button":
		return !isLabel(n)
	case "input", "select", "textarea":
		return true
	}
	return isBeside(n) || isHidden(n) && !isPanel(n)
}

// isOfQuotation reports whether a footer names the source of a quotation.
func isOfQuotation(n *xhtml.Node) bool {
	return n.Parent != nil && (n.Parent.Data == "blockquote" || n.Parent.Data == "figure")
}

// isHidden reports whether an element is not shown.
func isHidden(n *xhtml.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return !strings.EqualFold(a.Val, "until-found")
		case "aria-hidden", "aria-modal":
			if a.Val == "true" && n.Data != "img" {
				return true
			}
		case "style":
			style := strings.ToLower(strings.Join(strings.Fields(a.Val), ""))
			if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
				return true
			}
		}
	}
	return false
}

// isCalledBeside reports whether an element is called what is beside a notice.
func (e *extract) isCalledBeside(n *xhtml.Node) bool {
	return hasWord(n, neverNotice) || isNamed(n, neverWhole) ||
		2*e.sizes[n].linked > e.sizes[n].text && hasWord(n, seldomNotice)
}

// hasText reports whether the text of an article stands in an element, by the names of what
// is in it.
func hasText(n *xhtml.Node) bool {
	for c := range n.Descendants() {
		if c.Type == xhtml.ElementNode && isNamed(c, textPlaces) {
			return true
		}
	}
	return false
}

// holdsMost reports whether an element holds more than half of the place's text.
func (e *extract) holdsMost(n *xhtml.Node) bool { return 2*e.sizes[n].text > e.sizes[e.place].text }

// partMark stands before each part of a page in Taiwan, for who jumps from one to the next.
const partMark = ":::"

// isListOfLinks reports whether an element is a list of links to other pages, with little
// text behind it. Those in a table, a paragraph or between others belong to the text.
func (e *extract) isListOfLinks(n *xhtml.Node) bool {
	switch n.Data {
	case "ul", "ol", "div", "section", "dl":
		return e.sizes[n].isList() && 10*e.sizes[n].until >= 9*e.sizes[e.place].until
	}
	return e.sizes[n].text == len(partMark) && strings.TrimSpace(nodeText(n)) == partMark
}

// isTeaser reports whether an element is an article of its own that leads to another page.
func (e *extract) isTeaser(n *xhtml.Node) bool {
	if n.Data != "article" || e.heading == nil {
		return false
	}
	for c := range n.Descendants() {
		if c.Type == xhtml.ElementNode && (c.Data == "h1" || isSubheading(c)) {
			return e.sizes[c].links > 0 || c.Parent != nil && c.Parent.Data == "a"
		}
	}
	return 2*e.sizes[n].linked > e.sizes[n].text
}

// isField reports whether an element is a field of a form that readers fill in.
func isField(n *xhtml.Node) bool {
	switch n.Data {
	case "select", "textarea":
		return true
	case "input":
		kind := strings.ToLower(html.Attr(n.Attr, "type"))
		return kind != "hidden" && kind != "button" && kind != "image"
	}
	return false
}

// choices returns 1 for a field that is ticked or written into at length, else 0.
func choices(n *xhtml.Node) int {
	kind := strings.ToLower(html.Attr(n.Attr, "type"))
	if n.Data == "textarea" || kind == "radio" || kind == "checkbox" {
		return 1
	}
	return 0
}

// innerHTML returns the HTML of what stands in an element.
func innerHTML(n *xhtml.Node) string {
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if xhtml.Render(&b, c) != nil {
			return ""
		}
	}
	return b.String()
}

// documentOf returns a document with that body.
func documentOf(body *xhtml.Node) *xhtml.Node {
	doc := &xhtml.Node{Type: xhtml.DocumentNode}
	root := &xhtml.Node{Type: xhtml.ElementNode, Data: "html", DataAtom: atom.Html}
	doc.AppendChild(root)
	root.AppendChild(body)
	return doc
}

// nodeText returns the text of a node as it stands in the source.
func nodeText(n *xhtml.Node) string {
	if n.Type == xhtml.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == xhtml.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}
