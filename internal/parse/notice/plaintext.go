package notice

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/date"
	"github.com/kairan-news/kairan/internal/parse/html"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

// readPlainText reads a notice as cities print it: a line with the category, a line
// with the headline, perhaps a line with the date, paragraphs, and perhaps a heading
// with pairs of title and date under it, which are related notices.
func (n *reader) readPlainText(text string) {
	lines := strings.Split(strings.ReplaceAll(strings.ReplaceAll(prose.Clean(text), "\r\n", "\n"), "\r", "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimFunc(line, unicode.IsSpace)
	}
	body := n.heading(lines)
	for i, line := range body {
		if n.isRelatedHeading(line) {
			n.related(body[i+1:])
			body = body[:i]
			break
		}
	}
	n.article.Content = html.Paragraphs(joinWrapped(body))
}

// heading reads what stands above the paragraphs, and returns the lines under it.
func (n *reader) heading(lines []string) []string {
	next := func() (string, bool) {
		for len(lines) > 0 && lines[0] == "" {
			lines = lines[1:]
		}
		if len(lines) == 0 {
			return "", false
		}
		return lines[0], true
	}
	dated := func() {
		if line, ok := next(); ok && n.article.Published.IsZero() && date.IsLine(line, n.o) {
			n.setPublished(n.date(line))
			lines = lines[1:]
		}
	}
	dated()
	first, ok := next()
	if !ok {
		return nil
	}
	lines = lines[1:]
	dated()
	second, ok := next()
	if !ok || !isCategoryLine(first) || !isHeadline(second) || n.isRelatedHeading(second) {
		n.article.Title = prose.Collapse(first)
		return lines
	}
	n.article.Terms = append(n.article.Terms, feeds.Term{Term: prose.Collapse(first)})
	n.article.Title = prose.Collapse(second)
	lines = lines[1:]
	dated()
	return lines
}

// Limits in characters of the lines above the paragraphs.
const (
	longestCategory = 40
	longestHeadline = 180
)

// isCategoryLine reports whether a line may name a category: it is short and no
// sentence.
func isCategoryLine(line string) bool {
	return utf8.RuneCountInString(line) <= longestCategory && !endsLikeSentence(line)
}

// isHeadline reports whether a line may be a headline, rather than a paragraph.
func isHeadline(line string) bool {
	return utf8.RuneCountInString(line) <= longestHeadline && !endsLikeSentence(line)
}

// endsLikeSentence reports whether a line ends as paragraphs do and headlines do not.
func endsLikeSentence(line string) bool {
	return strings.HasSuffix(line, ".") && !strings.HasSuffix(line, "..") || strings.HasSuffix(line, "。") || strings.HasSuffix(line, "।")
}

// isRelatedHeading reports whether a line begins the list of related notices.
func (n *reader) isRelatedHeading(line string) bool {
	line = strings.TrimSpace(strings.TrimRight(line, ":："))
	if line == "" {
		return false
	}
	if strings.EqualFold(line, "Recommended for You") {
		return true
	}
	for _, heading := range n.o.RelatedHeadings {
		if strings.EqualFold(line, strings.TrimSpace(strings.TrimRight(heading, ":："))) {
			return true
		}
	}
	return false
}

// related reads pairs of title and date; a date or an address may be missing.
func (n *reader) related(lines []string) {
	for _, line := range lines {
		last := len(n.article.Related) - 1
		switch {
		case line == "":
		case last >= 0 && n.article.Related[last].Date.IsZero() && date.IsLine(line, n.o):
			o := n.o
			o.Now = time.Time{} // a notice may list what is announced for later
			if t, problem := date.Parse(line, o); problem == nil {
				n.article.Related[last].Date = t.Time
			}
		case last >= 0 && n.article.Related[last].Link == "" && (strings.HasPrefix(line, "https://") || strings.HasPrefix(line, "http://")):
			n.article.Related[last].Link = address.Web("", line)
		default:
			n.article.Related = append(n.article.Related, feeds.Related{Title: prose.Collapse(strings.TrimLeft(line, "-*•・ "))})
		}
	}
}

// joinWrapped makes paragraphs of lines. Where no blank line parts them, each line
// is a paragraph; else those between blank lines are, and are joined if they were
// only wrapped at a margin.
func joinWrapped(lines []string) string {
	text := strings.TrimSpace(strings.Join(lines, "\n"))
	if !strings.Contains(text, "\n\n") {
		return strings.ReplaceAll(text, "\n", "\n\n")
	}
	blocks := strings.Split(text, "\n\n")
	for i, block := range blocks {
		rows := strings.Split(strings.TrimSpace(block), "\n")
		if !isWrapped(rows) {
			continue
		}
		joined := rows[0]
		for _, row := range rows[1:] {
			end, _ := utf8.DecodeLastRuneInString(joined)
			begin, _ := utf8.DecodeRuneInString(row)
			if end < 0x2E80 || begin < 0x2E80 {
				joined += " "
			}
			joined += row
		}
		blocks[i] = joined
	}
	return strings.Join(blocks, "\n\n")
}

// isWrapped reports whether rows are one paragraph that was wrapped at a margin: all
// but the last are about as wide.
func isWrapped(rows []string) bool {
	if len(rows) < 2 {
		return false
	}
	narrowest, widest := 1<<30, 0
	for _, row := range rows[:len(rows)-1] {
		width := 0
		for _, r := range row {
			width++
			if r >= 0x2E80 {
				width++ // full width
			}
		}
		narrowest, widest = min(narrowest, width), max(widest, width)
	}
	return narrowest >= 40 && widest <= 120 && widest-narrowest <= 24
}
