package web

import (
	"html"
	"regexp"
	"strconv"
	"strings"
)

// shapedElement finds what of sanitized HTML is shaped for its page.
var shapedElement = regexp.MustCompile(`</?h[1-6]\b[^>]*>|</?table\b[^>]*>|<pre\b[^>]*>`)

// topHeading is the level of the first heading within an article's text: its title is h1.
const topHeading = 2

// shaped fits an article's sanitized text into its page. Its headings go on from the page's own
// without leaving a level out, whatever level they began with; and what may be wider than the
// page, tables and preformatted text, scrolls by itself, with the keyboard too.
func (p *page) shaped(content string) string {
	var levels headings
	tables, wide := 0, 0
	region := func() string {
		wide++
		return ` tabindex="0" role="region" aria-label="` + html.EscapeString(p.Spoken("pages.wide", "Number", wide)) + `"`
	}
	return shapedElement.ReplaceAllStringFunc(content, func(element string) string {
		switch {
		case strings.HasPrefix(element, "<h"):
			return "<h" + strconv.Itoa(levels.open(int(element[2]-'0'))) + element[3:]
		case strings.HasPrefix(element, "</h"):
			return "</h" + strconv.Itoa(levels.last()) + ">"
		case strings.HasPrefix(element, "<pre"):
			return "<pre" + region() + element[len("<pre"):]
		case strings.HasPrefix(element, "<table"):
			if tables++; tables == 1 {
				return `<div class="wide"` + region() + ">" + element
			}
		default:
			if tables--; tables == 0 {
				return element + "</div>"
			}
		}
		return element
	})
}

// headings are the levels, as they were written, of the headings that stand above a place.
type headings []int

// open takes in a heading of a level, and returns the one that it has on the page.
func (h *headings) open(level int) int {
	for len(*h) > 0 && (*h)[len(*h)-1] >= level {
		*h = (*h)[:len(*h)-1]
	}
	*h = append(*h, level)
	return h.last()
}

// last is the level on the page of the heading that was opened last.
func (h *headings) last() int { return min(topHeading+max(0, len(*h)-1), 6) }
