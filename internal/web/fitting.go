package web

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/language"
)

// fitting makes of an article's sanitized text what may stand in a page by the letter of the
// HTML standard. Browsers forgive what publishers write, and readers of the screen do not: a
// part of a text that calls itself a section of the page is announced as one, and a heading
// without a word is read as one. No word of the text is lost, no picture and no link.
//
// It mends what is met, and is no proof that a text is valid.
func fitting(content string) string {
	body := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(content), body)
	if err != nil {
		return content // a string can't fail to be read
	}
	for _, n := range nodes {
		body.AppendChild(n)
	}
	fitChildren(body)
	var b strings.Builder
	for n := body.FirstChild; n != nil; n = n.NextSibling {
		if html.Render(&b, n) != nil {
			return content // a builder can't fail to be written
		}
	}
	return strings.ReplaceAll(b.String(), "/>", ">") // in texts and attributes it is "/&gt;"
}

// fitChildren fits what stands within an element, from the inside out.
func fitChildren(parent *html.Node) {
	for n := parent.FirstChild; n != nil; {
		next := n.NextSibling
		if n.Type == html.ElementNode {
			fitChildren(n)
			fitElement(n)
		}
		n = next
	}
}

func fitElement(n *html.Node) {
	fitLanguage(n)
	switch n.DataAtom {
	case atom.Main, atom.Article, atom.Section, atom.Aside, atom.Nav, atom.Header, atom.Footer:
		rename(n, atom.Div) // it would be a part of the page, which has no name for it
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		fitHeading(n)
	case atom.Ul, atom.Ol:
		fitList(n)
	case atom.Li:
		if !isIn(n, atom.Ul, atom.Ol) {
			rename(n, atom.Div)
		}
		if !isIn(n, atom.Ol) {
			drop(n, "value") // HTML §4.4.8
		}
	case atom.Dl:
		fitDescriptions(n)
	case atom.Dt, atom.Dd:
		if !isIn(n, atom.Dl) && !(isIn(n, atom.Div) && n.Parent.Parent != nil && n.Parent.Parent.DataAtom == atom.Dl) {
			rename(n, atom.Div)
		}
	case atom.Figcaption:
		if !isIn(n, atom.Figure) || previous(n) != nil && following(n) != nil || hasBefore(n, atom.Figcaption) {
			rename(n, atom.Div) // HTML §4.4.12: one, and first or last
		}
	case atom.Summary:
		if !isIn(n, atom.Details) || previous(n) != nil {
			rename(n, atom.Div)
		}
	case atom.Details:
		if first := firstElement(n); first == nil || first.DataAtom != atom.Summary {
			rename(n, atom.Div)
		}
	case atom.Time:
		if !machineTime.MatchString(strings.TrimSpace(attribute(n, "datetime"))) {
			drop(n, "datetime")
			rename(n, atom.Span)
		}
	case atom.Ins, atom.Del:
		if !machineTime.MatchString(attribute(n, "datetime")) {
			drop(n, "datetime")
		}
	case atom.Bdo:
		if attribute(n, "dir") == "" {
			rename(n, atom.Span) // HTML §4.5.25: it must have one
		}
	case atom.Table:
		fitTable(n)
	case atom.Tr:
		if firstElement(n) == nil {
			n.Parent.RemoveChild(n)
		}
	case atom.Td, atom.Th, atom.Col, atom.Colgroup:
		for _, name := range []string{"colspan", "rowspan", "span"} {
			if strings.Trim(attribute(n, name), "0") == "" || len(attribute(n, name)) > 3 {
				drop(n, name)
			}
		}
	}
}

// machineTime is a day, a month, a year or a time, with its zone or without (HTML §2.3.5).
var machineTime = regexp.MustCompile(`^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])([T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-]([01]\d|2[0-3]):?[0-5]\d)?)?)?)?$`)

// fitLanguage drops what is no language.
func fitLanguage(n *html.Node) {
	for _, name := range []string{"lang", "hreflang"} {
		if value := attribute(n, name); value != "" {
			if _, err := language.Parse(value); err != nil {
				drop(n, name)
			}
		}
	}
}

// fitHeading leaves what is a heading by its words, and what may stand in one.
func fitHeading(n *html.Node) {
	if strings.TrimSpace(textOf(n)) == "" {
		rename(n, atom.Div) // a picture is no heading
		return
	}
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && isBlock(c.DataAtom) {
			rename(c, atom.Span)
		}
	}
}

// isBlock reports whether an element can't stand within a line.
func isBlock(a atom.Atom) bool {
	return slices.Contains([]atom.Atom{
		atom.P, atom.Div, atom.Pre, atom.Blockquote, atom.Address, atom.Figure, atom.Figcaption, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
	}, a)
}

// fitList puts what stands between the items of a list into items of its own.
func fitList(n *html.Node) {
	if firstElement(n) == nil && strings.TrimSpace(textOf(n)) != "" {
		rename(n, atom.Div)
		return
	}
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		if c.DataAtom != atom.Li && !isSpace(c) {
			item := &html.Node{Type: html.ElementNode, Data: "li", DataAtom: atom.Li}
			n.InsertBefore(item, c)
			n.RemoveChild(c)
			item.AppendChild(c)
		}
		c = next
	}
}

// fitDescriptions leaves lists of terms and what they mean, and makes plain text of others
// (HTML §4.4.9).
func fitDescriptions(n *html.Node) {
	terms, last := 0, atom.Atom(0)
	plain := false
	var look func(*html.Node)
	look = func(parent *html.Node) {
		for c := parent.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case isSpace(c):
			case c.DataAtom == atom.Div && parent == n:
				look(c)
			case c.DataAtom == atom.Dt:
				terms, last = terms+1, atom.Dt
			case c.DataAtom == atom.Dd && last != 0:
				last = atom.Dd
			default:
				plain = true
			}
		}
	}
	look(n)
	if !plain && terms > 0 && last == atom.Dd {
		return
	}
	rename(n, atom.Div)
	for c := range n.Descendants() {
		if c.DataAtom == atom.Dt || c.DataAtom == atom.Dd {
			rename(c, atom.Div)
		}
	}
}

// fitTable leaves tables that have a cell; others are none, and what is in them stays.
func fitTable(n *html.Node) {
	for c := range n.Descendants() {
		if c.DataAtom == atom.Td || c.DataAtom == atom.Th {
			return
		}
	}
	var empty []*html.Node
	for c := range n.Descendants() {
		switch c.DataAtom {
		case atom.Caption:
			rename(c, atom.Div)
		case atom.Colgroup, atom.Col, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr: // there are words in cells alone
			empty = append(empty, c)
		}
	}
	for _, c := range empty {
		c.Parent.RemoveChild(c)
	}
	rename(n, atom.Div)
}

func rename(n *html.Node, to atom.Atom) { n.Data, n.DataAtom = to.String(), to }

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func drop(n *html.Node, name string) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func isIn(n *html.Node, parents ...atom.Atom) bool {
	return n.Parent != nil && slices.Contains(parents, n.Parent.DataAtom)
}

func isSpace(n *html.Node) bool {
	return n.Type == html.TextNode && strings.TrimSpace(n.Data) == "" || n.Type == html.CommentNode
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

func firstElement(n *html.Node) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			return c
		}
	}
	return nil
}

// previous and following are what stands before and behind an element within the same one,
// but for space.
func previous(n *html.Node) *html.Node {
	for c := n.PrevSibling; c != nil; c = c.PrevSibling {
		if !isSpace(c) {
			return c
		}
	}
	return nil
}

func following(n *html.Node) *html.Node {
	for c := n.NextSibling; c != nil; c = c.NextSibling {
		if !isSpace(c) {
			return c
		}
	}
	return nil
}

func hasBefore(n *html.Node, a atom.Atom) bool {
	for c := n.PrevSibling; c != nil; c = c.PrevSibling {
		if c.DataAtom == a {
			return true
		}
	}
	return false
}
