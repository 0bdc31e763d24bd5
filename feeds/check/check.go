package check

import (
	"fmt"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/internal/syntax"
)

// Document reads a finished document back, and reports every fault that it has, as
// [Faults]: against RFC 4287 and RFC 6721, the RSS Advisory Board's profile of RSS
// 2.0, JSON Feed 1.1, what the W3C's feed validator asks for beyond them, and what
// readers need to be led to the right pages.
//
// It is strict: it passes what feeds.Render writes and not everything that the formats
// would allow. So content is text or HTML in plain, quoted markup, namespaces are
// those that we use, and what merely should be there must be there. It reads the
// document once, from its beginning to its end, and builds no tree.
func Document(format feeds.Format, doc []byte) error {
	c := &checker{doc: syntax.View(doc)}
	switch {
	case !c.characters():
		// What follows could not be trusted.
	case format == feeds.RSS:
		c.rss()
	case format == feeds.Atom:
		c.atom()
	case format == feeds.JSONFeed:
		c.json()
	default:
		return fmt.Errorf("check: no format %q; the formats are %q", format, feeds.Formats())
	}
	if len(c.faults) == 0 {
		return nil
	}
	return c.faults
}

// Content reports the faults of an entry's HTML; see [Document]. Positions are
// those within the content.
func Content(content string) error {
	c := &checker{doc: content}
	if c.characters() {
		c.html(0, content)
	}
	if len(c.faults) == 0 {
		return nil
	}
	return c.faults
}
