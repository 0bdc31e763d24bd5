package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/kairan-news/kairan/feeds"
)

// contentHash is the same for two states of an article between which nothing
// changed that a reader would call a correction. It covers the title, the text
// (the summary only where there is nothing else), the link and the enclosures. It
// does not see markup, white space, characters without width, Unicode's different
// spellings of one text, the link's scheme, dates, categories or pictures.
//
// The "1" before it is the version of these rules.
func contentHash(a *feeds.Article) string {
	b := make([]byte, 0, len(a.Content)+len(a.Title)+len(a.Link)+64)
	b = append(appendText(b, a.Title), 0)
	if a.Content != "" {
		b = appendMarkup(b, a.Content)
	} else {
		b = appendText(b, a.Summary)
	}
	_, link, _ := strings.Cut(a.Link, "://")
	b = append(append(b, 0), link...)
	urls := make([]string, 0, len(a.Enclosures))
	for _, e := range a.Enclosures {
		_, url, _ := strings.Cut(e.URL, "://")
		urls = append(urls, url)
	}
	slices.Sort(urls)
	for _, url := range urls {
		b = append(append(b, 0), url...)
	}
	return "1" + short(norm.NFC.Bytes(b))
}

// sameText tells whether two texts differ in no more than what contentHash does not see.
func sameText(appended func([]byte, string) []byte, a, b string) bool {
	return a == b || bytes.Equal(norm.NFC.Bytes(appended(nil, a)), norm.NFC.Bytes(appended(nil, b)))
}

// joinsHash tells whether what joins an article to its story changed.
func joinsHash(a *feeds.Article) string {
	if a.StoryHint == "" && len(a.Alternates) == 0 {
		return ""
	}
	parts := []string{a.StoryHint}
	for _, alternate := range a.Alternates {
		parts = append(parts, alternate.Link)
	}
	slices.Sort(parts[1:])
	return short([]byte(strings.Join(parts, "\x00")))
}

func short(b []byte) string {
	sum := sha256.Sum256(b)
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}

// appendMarkup appends the visible text of sanitized HTML. It needs no parser: in
// sanitized HTML every "<" begins a tag, and ">" in attributes is escaped.
func appendMarkup(b []byte, markup string) []byte {
	for markup != "" {
		text, rest, _ := strings.Cut(markup, "<")
		if strings.IndexByte(text, '&') >= 0 {
			text = html.UnescapeString(text)
		}
		b = appendText(b, text)
		_, markup, _ = strings.Cut(rest, ">")
	}
	return b
}

// appendText appends a text without any white space or invisible characters: where
// lines break, and whether a tag or a space parts two words, is noise.
func appendText(b []byte, text string) []byte {
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			if c > ' ' {
				b = append(b, c)
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsSpace(r) && !invisible(r) {
			b = append(b, text[i:i+n]...)
		}
		i += n
	}
	return b
}

// invisible tells whether a character has no width: soft hyphen, zero-width spaces
// and joiners, direction marks, byte order mark.
func invisible(r rune) bool {
	return r == 0xad || r >= 0x200b && r <= 0x200f || r >= 0x2060 && r <= 0x2064 || r == 0xfeff
}
