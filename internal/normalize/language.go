package normalize

import (
	"regexp"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/script"
)

// languageOf returns the language of an article: its own, else the one that its text
// proves, else its publisher's where the text is in that language's script. A city that
// publishes in its own language often does not say so.
func languageOf(a feeds.Article, p feeds.Publisher) string {
	if a.Language != "" && a.Language != feeds.Undetermined {
		return a.Language
	}
	text := a.Title + " " + a.Summary
	if tag := script.Proven(text + " " + markup.ReplaceAllString(a.Content, " ")); tag != "" {
		return tag
	}
	if p.Language != "" && script.Fits(text, p.Language) {
		return p.Language
	}
	return feeds.Undetermined
}

var markup = regexp.MustCompile(`<[^>]*>`)
