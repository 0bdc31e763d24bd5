package feeds

import "strings"

// WithoutLines returns the content of an entry of ours up to the lines that stand behind its
// text: related notices, and whose it is. Who reads our feeds makes a summary of that, where an
// entry has none since it would be the whole text. Other content stays as it is; tags that
// the lines close stay open.
func WithoutLines(content string) string {
	for _, line := range []string{relatedStart, sourceStart} {
		content, _, _ = strings.Cut(content, line)
	}
	return content
}

// The start tags of the lines behind a text.
const (
	relatedStart = `<div class="kairan-related">`
	sourceStart  = `<p class="kairan-source">`
)
