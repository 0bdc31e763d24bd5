package notice

import (
	"bytes"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	renderer "github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"

	"github.com/kairan-news/kairan/internal/parse/html"
)

// converter turns Markdown into HTML, its raw HTML too: the sanitizer comes after
// it.
var converter = sync.OnceValue(func() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(extension.GFM, extension.DefinitionList, extension.CJK),
		goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(softBreaks{}, 999))),
		goldmark.WithRendererOptions(renderer.WithUnsafe()),
	)
})

// readMarkdown reads Markdown with YAML front matter, if it has any. Without a title
// there, a heading of the first level at the beginning is the title.
func (n *reader) readMarkdown(text []byte) {
	body := n.frontMatter(text)
	heading, rest := leadingHeading(body)
	if heading != "" {
		title := html.Text(string(n.convert([]byte(heading))))
		if n.article.Title == "" || strings.EqualFold(n.article.Title, title) {
			n.article.Title, body = title, rest
		}
	}
	content, images, dropped := html.CleanNotice(string(n.convert(body)), n.base(), n.o.File)
	n.article.Content, n.article.Dropped = content, dropped
	if len(n.article.Images) == 0 && len(images) > 0 {
		n.article.Images = images[:1]
	}
}

// convert turns Markdown into HTML.
func (n *reader) convert(source []byte) []byte {
	if isNestedTooDeep(source) {
		n.problem("markdown", "quotations or lists are nested too deep; the text was taken as it is")
		return []byte(html.Paragraphs(string(source)))
	}
	var out bytes.Buffer
	if err := converter().Convert(source, &out); err != nil {
		n.problem("markdown", "the text can't be read as Markdown: %v", err)
		return []byte(html.Paragraphs(string(source)))
	}
	return out.Bytes()
}

// maxMarkers is how many quotations and lists may begin in one line: the converter's
// work grows with the square of it.
const maxMarkers = 64

// isNestedTooDeep reports whether a line begins more quotations and lists than any
// person writes.
func isNestedTooDeep(source []byte) bool {
	for line := range bytes.Lines(source) {
		markers := 0
		for i, c := range line {
			if c != '>' && c != '-' && c != '*' && c != '+' && c != ' ' && c != '\t' {
				break
			}
			if c == '>' || c != ' ' && c != '\t' && i+1 < len(line) && line[i+1] == ' ' {
				markers++
			}
		}
		if markers > maxMarkers {
			return true
		}
	}
	return false
}

// leadingHeading returns the heading of the first level that the text begins with,
// and the text behind it; "" if it begins with none.
func leadingHeading(body []byte) (heading string, rest []byte) {
	body = bytes.TrimLeft(body, "\r\n\t ")
	line, after, _ := bytes.Cut(body, []byte("\n"))
	line = bytes.TrimSpace(line)
	if text, ok := bytes.CutPrefix(line, []byte("# ")); ok {
		return strings.TrimSpace(strings.TrimRight(string(text), "# ")), after
	}
	under, behind, _ := bytes.Cut(after, []byte("\n"))
	under = bytes.TrimSpace(under)
	if len(line) > 0 && len(under) > 0 && len(bytes.Trim(under, "=")) == 0 {
		return string(line), behind
	}
	return "", body
}
