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

// Person reads "Name", "address", "address (Name)", "Name (address)" and "Name <address>",
// where the name may stand in quotes and be a link, and the address begin with "mailto:".
// The zero value is for what names nobody.
func Person(s string) feeds.Person {
	s = entity.DecodeString(s)
	if strings.Contains(s, "</name>") {
		return elements(s)
	}
	if strings.IndexByte(s, '<') >= 0 {
		s = html.Title(bracketed(s))
	}
	s = prose.Collapse(strings.ReplaceAll(strings.ReplaceAll(s, "<", "("), ">", ")"))
	outer, inner, ok := strings.Cut(s, "(")
	outer, inner = unquoted(outer), unquoted(strings.TrimSuffix(strings.TrimSpace(inner), ")"))
	switch {
	case ok && isAddress(withoutScheme(outer)):
		outer = withoutScheme(outer)
		return feeds.Person{Name: prose.FirstOf(inner, outer), Email: outer}
	case ok && isAddress(withoutScheme(inner)):
		inner = withoutScheme(inner)
		return feeds.Person{Name: prose.FirstOf(outer, inner), Email: inner}
	case isAddress(withoutScheme(s)):
		s = withoutScheme(s)
		return feeds.Person{Name: s, Email: s}
	case ok && outer == "":
		return feeds.Person{Name: inner}
	}
	return feeds.Person{Name: unquoted(s)}
}

// elements reads a person that is written as Atom does it (RFC 4287 §3.2) where the format
// has a text.
func elements(s string) feeds.Person {
	child := func(name string) string {
		_, rest, _ := strings.Cut(s, "<"+name+">")
		text, _, ok := strings.Cut(rest, "</"+name+">")
		if !ok {
			return ""
		}
		return html.Title(text)
	}
	p := Person(child("name"))
	if email := withoutScheme(child("email")); isAddress(email) {
		p.Email = email
	}
	p.Name, p.URL = prose.FirstOf(p.Name, p.Email), address.Web("", child("uri"))
	return p
}

// bracketed returns a text in which addresses of mail stand in round brackets in the place
// of those that look like tags.
func bracketed(s string) string {
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "<")
		inner, after, closed := strings.Cut(rest, ">")
		b.WriteString(before)
		switch {
		case !ok:
			return b.String()
		case closed && isAddress(withoutScheme(strings.TrimSpace(inner))):
			b.WriteString("(" + inner + ")")
			s = after
		default:
			b.WriteByte('<')
			s = rest
		}
	}
}

// unquoted returns a name without the quotes around it.
func unquoted(name string) string {
	name = strings.TrimSpace(name)
	for _, quotes := range [...][2]string{{`"`, `"`}, {"'", "'"}, {"“", "”"}, {"«", "»"}, {"„", "“"}} {
		inner, opens := strings.CutPrefix(name, quotes[0])
		inner, closes := strings.CutSuffix(inner, quotes[1])
		if opens && closes && !strings.Contains(inner, quotes[0]) {
			return strings.TrimSpace(inner)
		}
	}
	return name
}

// withoutScheme returns an address of mail without "mailto:" and what is behind a "?"
// (RFC 6068); what begins otherwise as it is.
func withoutScheme(s string) string {
	const scheme = "mailto:"
	if len(s) < len(scheme) || !strings.EqualFold(s[:len(scheme)], scheme) {
		return s
	}
	s, _, _ = strings.Cut(s[len(scheme):], "?")
	return strings.TrimSpace(s)
}

func isAddress(s string) bool {
	at := strings.IndexByte(s, '@')
	return at > 0 && at < len(s)-1 && !strings.ContainsAny(s, " \t")
}

// AddTerm appends a term that is not there yet and is not empty.
func AddTerm(terms []feeds.Term, t feeds.Term) []feeds.Term {
	if t.Term == "" || t.Scheme == feeds.UrgencyScheme || slices.Contains(terms, t) {
		return terms
	}
	return append(terms, t)
}

// AddImage appends a picture, unless it has no address or counts readers. Of one that is
// there already it adds what was not told before.
func AddImage(images []feeds.Image, img feeds.Image) []feeds.Image {
	if img.URL == "" || address.IsTracker(img.URL) {
		return images
	}
	i := slices.IndexFunc(images, func(i feeds.Image) bool { return i.URL == img.URL })
	if i < 0 {
		return append(images, img)
	}
	known := &images[i]
	known.Type = prose.FirstOf(known.Type, img.Type)
	known.Alt = prose.FirstOf(known.Alt, img.Alt)
	known.Credit = prose.FirstOf(known.Credit, img.Credit)
	if known.Width == 0 && known.Height == 0 {
		known.Width, known.Height = img.Width, img.Height
	}
	return images
}
