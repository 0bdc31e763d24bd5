package field

import (
	"slices"
	"strings"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/entity"
	"github.com/kairan-news/kairan/internal/parse/html"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

// Person reads "Name", "address", "address (Name)", "Name (address)" and
// "Name <address>".
func Person(s string) feeds.Person {
	s = entity.DecodeString(s)
	s = html.Title(strings.ReplaceAll(strings.ReplaceAll(s, "<", "("), ">", ")"))
	outer, inner, ok := strings.Cut(s, "(")
	outer, inner = strings.TrimSpace(outer), strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(inner), ")"))
	switch {
	case ok && isAddress(outer):
		return feeds.Person{Name: prose.FirstOf(inner, outer), Email: outer}
	case ok && isAddress(inner):
		return feeds.Person{Name: prose.FirstOf(outer, inner), Email: inner}
	case isAddress(s):
		return feeds.Person{Name: s, Email: s}
	}
	return feeds.Person{Name: s}
}

func isAddress(s string) bool {
	at := strings.IndexByte(s, '@')
	return at > 0 && at < len(s)-1 && !strings.ContainsAny(s, " \t")
}

// AddTerm appends a term that is not there yet and is not empty.
func AddTerm(terms []feeds.Term, t feeds.Term) []feeds.Term {
	if t.Term == "" || slices.Contains(terms, t) {
		return terms
	}
	return append(terms, t)
}

// AddImage appends a picture that is not there yet, unless it has no address or counts
// readers.
func AddImage(images []feeds.Image, img feeds.Image) []feeds.Image {
	if img.URL == "" || address.IsTracker(img.URL) || slices.ContainsFunc(images, func(i feeds.Image) bool { return i.URL == img.URL }) {
		return images
	}
	return append(images, img)
}
