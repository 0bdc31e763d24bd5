package page

import (
	"math"
	"strings"

	"github.com/PuerkitoBio/goquery"
	xhtml "golang.org/x/net/html"

	"github.com/kairan-news/kairan/internal/parse/html"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

// textOf returns the visible text of an element in one line, without scripts and
// the readings of ruby.
func textOf(s *goquery.Selection) string {
	var b strings.Builder
	for _, n := range s.Nodes {
		writeText(&b, n, math.MaxInt)
	}
	return prose.Collapse(b.String())
}

// textWithin is textOf where the text has at most so many bytes, else "": it is looked
// for what is short, and nothing is cut. Of a long one no more is read than need be.
func textWithin(s *goquery.Selection, limit int) string {
	const slack = 8 // white space that is not seen
	var b strings.Builder
	for _, n := range s.Nodes {
		if !writeText(&b, n, slack*limit) {
			return ""
		}
	}
	if text := prose.Collapse(b.String()); len(text) <= limit {
		return text
	}
	return ""
}

// writeText writes the text of a node. It reports whether that is no longer than
// the limit.
func writeText(b *strings.Builder, n *xhtml.Node, limit int) bool {
	switch n.Type {
	case xhtml.TextNode:
		b.WriteString(n.Data)
		return b.Len() <= limit
	case xhtml.ElementNode:
		switch n.Data {
		case "rt", "rp", "script", "style", "noscript", "template", "svg":
			return true
		}
	}
	spaced := n.Type == xhtml.ElementNode && (html.IsBlock(n.Data) || html.IsCell(n.Data) || n.Data == "br" || n.Data == "img")
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
