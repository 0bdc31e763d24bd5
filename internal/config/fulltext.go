package config

import (
	"fmt"
	"slices"

	"github.com/kairan-news/kairan/feeds"
)

// fullText reports whether a feed's articles have the texts of their pages, and what does
// not fit to that. Where the licence is in the way, nothing is fetched for it.
func (b *builder) fullText(item *value, publishers []feeds.Publisher) bool {
	given := item.get("full_text")
	if given != nil && item.get("kind").string() == string(feeds.KindFeed) {
		for _, p := range item.get("selectors").table() {
			if p.key != "content" {
				b.add(p.at, fmt.Sprintf("the selector %q is of a page that lists articles", p.key), "leave content alone: a feed lists its articles itself")
			}
		}
	}
	if given.string() != "fetch" {
		return false
	}
	key := item.get("publisher").string()
	i := slices.IndexFunc(publishers, func(p feeds.Publisher) bool { return p.Key == key })
	if i >= 0 && !publishers[i].License.FullText {
		b.warn(given.at, fmt.Sprintf("the licence of publisher %q does not allow the full text, so that no page is fetched for it", key), "record that it does by licence.full_text, or remove full_text")
	}
	return true
}
