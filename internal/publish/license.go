package publish

import (
	"strings"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/plain"
)

// enough is how much of a text is read for its beginning, in bytes: more than any needs.
const enough = 16 * plain.Excerpt

// permitted returns the article with what its licence lets us republish. Without
// the right to the full text that is the title, a short summary and the link: no
// text, no pictures, no files, none of the publisher's own recommendations.
func permitted(a feeds.Article, license feeds.License) feeds.Article {
	if strings.TrimSpace(a.Summary) == "" {
		a.Summary = plain.Shorten(plain.Lines(a.Content, enough), plain.Excerpt)
	}
	if license.FullText {
		return a
	}
	a.Summary = plain.Shorten(a.Summary, plain.Excerpt)
	a.Content, a.Images, a.Enclosures, a.Related, a.Episode = "", nil, nil, nil, feeds.Episode{}
	return a
}
