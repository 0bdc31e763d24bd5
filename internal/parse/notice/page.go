package notice

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/html"
)

// Page is a page of a site's own, which is written as a notice is, in Markdown.
type Page struct {
	// Title is plain text: that of the front matter, else the first heading; "" where there
	// is neither.
	Title string
	// Content is sanitized HTML without that heading. Its headings begin at the second level,
	// and none is more than one level below the one before it.
	Content string
	// Dropped counts what had to go.
	Dropped  feeds.Dropped
	Problems []parse.Problem
}

// ParsePage reads Markdown in UTF-8 as a page. Relative addresses are resolved against the base.
func ParsePage(data []byte, base string) Page {
	n := &reader{o: parse.Options{BaseURL: base}}
	body := n.frontMatter(data)
	content, _, dropped := html.CleanNotice(string(n.convert(body)), base, nil)
	p := Page{Title: n.article.Title, Dropped: dropped}
	if at := heading.FindStringSubmatchIndex(content); at != nil {
		first := html.Text(content[at[4]:at[5]])
		if p.Title == "" || strings.EqualFold(p.Title, first) {
			p.Title = first
			content = content[:at[0]] + content[at[1]:]
		}
	}
	p.Content, p.Problems = inOrder(strings.TrimSpace(content)), n.problems
	return p
}

var (
	heading    = regexp.MustCompile(`(?s)<h([1-6])(?: [^>]*)?>(.*?)</h[1-6]>`)
	headingTag = regexp.MustCompile(`<(/?)h([1-6])([ >])`)
)

// inOrder returns HTML whose headings say by their levels what stands within what, the
// outermost of the second level: what skips a level is raised by it.
func inOrder(content string) string {
	var open []int // the levels, as they were written, of the headings that this one is within
	return headingTag.ReplaceAllStringFunc(content, func(tag string) string {
		parts := headingTag.FindStringSubmatch(tag)
		level, err := strconv.Atoi(parts[2])
		if err != nil {
			return tag // the pattern has digits alone
		}
		if parts[1] == "" {
			for len(open) > 0 && open[len(open)-1] >= level {
				open = open[:len(open)-1]
			}
			open = append(open, level)
		}
		return "<" + parts[1] + "h" + strconv.Itoa(min(len(open)+1, 6)) + parts[3]
	})
}
