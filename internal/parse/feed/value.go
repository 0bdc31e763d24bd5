package feed

import (
	"path"
	"strconv"
	"strings"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

func appendRelated(related []feeds.Related, title, link string) []feeds.Related {
	title = prose.Collapse(title)
	if link == "" {
		return related
	}
	return append(related, feeds.Related{Title: prose.FirstOf(title, link), Link: link})
}

// mediaType returns a media type without its parameters; "" if it is none.
func mediaType(s string) string {
	s, _, _ = strings.Cut(s, ";")
	s = strings.ToLower(strings.TrimSpace(s))
	if major, minor, ok := strings.Cut(s, "/"); !ok || major == "" || minor == "" {
		return ""
	}
	return s
}

// isFlash reports whether a file is one of Flash, which nothing plays any more: YouTube's
// feeds still name one for each film.
func isFlash(link, typ string) bool {
	link, _, _ = strings.Cut(link, "?")
	return typ == "application/x-shockwave-flash" || typ == "application/vnd.adobe.flash.movie" || strings.HasSuffix(strings.ToLower(link), ".swf")
}

// byteLength reads a length in bytes; 0 if it is none.
func byteLength(s string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// isPicture reports whether an address looks like a picture's.
func isPicture(link string) bool {
	link, _, _ = strings.Cut(link, "?")
	switch strings.ToLower(path.Ext(link)) {
	case ".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg":
		return true
	}
	return false
}
