package ledger

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/kairan-news/kairan/feeds"
)

// contentHash is the same for two states of an article between which nothing
// changed that a reader would call a correction. It covers the title, the text
// (the summary only where there is nothing else), the link, the enclosures, and the files
// that are published with it. It does not see markup, white space, characters without width, Unicode's different
// spellings of one text, the link's scheme, dates, categories or pictures.
//
// The "1" before it is the version of these rules.
func contentHash(a *feeds.Article) string {
	v := visible{b: make([]byte, 0, len(a.Content)+len(a.Title)+len(a.Link)+64)}
	v.text(a.Title)
	v.field("")
	if a.Content != "" {
		v.markup(a.Content)
	} else {
		v.text(a.Summary)
	}
	_, link, _ := strings.Cut(a.Link, "://")
	v.field(link)
	urls := make([]string, 0, len(a.Enclosures))
	for _, e := range a.Enclosures {
		_, url, _ := strings.Cut(e.URL, "://")
		urls = append(urls, url)
	}
	slices.Sort(urls)
	for _, url := range urls {
		v.field(url)
	}
	for _, address := range feeds.FilesShown(a) {
		digest, _ := feeds.FileOf(address)
		v.field(digest)
	}
	return "1" + short(v.composed())
}

// sameText reports whether two texts differ in no more than what contentHash does not see.
func sameText(add func(*visible, string), a, b string) bool {
	if a == b {
		return true
	}
	var before, after visible
	add(&before, a)
	add(&after, b)
	return bytes.Equal(before.composed(), after.composed())
}

// LinkDigest returns 64 bits of a link's key, and false for a link that says nothing about
// which article it is. Links that have one digest by chance are told apart by their keys.
func LinkDigest(address string) (digest int64, ok bool) {
	key := linkKey(address)
	return linkDigest(key), key != ""
}

func linkDigest(key string) int64 {
	sum := sha256.Sum256([]byte(key))
	return int64(binary.BigEndian.Uint64(sum[:8]))
}

// joinsHash is the same as long as what joins an article to its story does not change.
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
