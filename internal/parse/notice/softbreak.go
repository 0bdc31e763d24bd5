package notice

import (
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// softBreaks keeps the end of a line before a link, emphasis or code, which words must not
// grow together over: the converter drops it where its East Asian line breaks are on. Between
// wide characters of East Asia a line end is nothing (CSS Text 3 §4.1.3).
type softBreaks struct{}

// Transform implements [parser.ASTTransformer].
func (softBreaks) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	source := reader.Source()
	var ends []*ast.Text
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering && t.SoftLineBreak() && isDropped(t, source) {
			ends = append(ends, t)
		}
		return ast.WalkContinue, nil
	})
	for _, t := range ends {
		t.SetSoftLineBreak(false)
		line := ast.NewString([]byte("\n"))
		line.SetRaw(true)
		t.Parent().InsertAfter(t.Parent(), t, line)
	}
}

// isDropped reports whether the converter drops the line end behind a text, and should not.
func isDropped(t *ast.Text, source []byte) bool {
	next := t.NextSibling()
	if next == nil || next.Kind() == ast.KindText {
		return false
	}
	for next.FirstChild() != nil {
		next = next.FirstChild()
	}
	first, ok := next.(*ast.Text)
	if !ok {
		return true
	}
	before, _ := utf8.DecodeLastRune(t.Segment.Value(source))
	after, _ := utf8.DecodeRune(first.Segment.Value(source))
	return !util.IsEastAsianWideRune(before) || !util.IsEastAsianWideRune(after)
}
