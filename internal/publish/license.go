package publish

import (
	"html"
	"strings"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	nethtml "golang.org/x/net/html"

	"github.com/kairan-news/kairan/feeds"
)

// summaryLength is about how long a summary may be where the licence allows no more,
// in characters as a reader counts them.
const summaryLength = 200

// permitted returns the article with what its licence lets us republish. Without
// the right to the full text that is the title, a short summary and the link: no
// text, no pictures, no files, none of the publisher's own recommendations.
func permitted(a feeds.Article, license feeds.License) feeds.Article {
	if strings.TrimSpace(a.Summary) == "" {
		a.Summary = shorten(plainText(a.Content), summaryLength)
	}
	if license.FullText {
		return a
	}
	a.Summary = shorten(a.Summary, summaryLength)
	a.Content, a.Images, a.Enclosures, a.Related = "", nil, nil, nil
	return a
}

// shorten returns the beginning of a text, at most n characters long, cut at the end
// of a word and marked by an ellipsis. Where words aren't spaced, as in Japanese,
// Chinese and Thai, it is cut between characters, never within one that is composed
// of several; better after a sentence or a phrase, if one ends near.
func shorten(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	var (
		rest, state = s, -1
		count, at   int // characters and bytes so far
		word        int // where the last word that fits ends
		phrase      int // where the last sentence or phrase ends
		phraseAt    int // its length in characters
	)
	for rest != "" && count < n {
		var cluster string
		var boundaries int
		cluster, rest, boundaries, state = uniseg.StepString(rest, state)
		at += len(cluster)
		count++
		if boundaries&uniseg.MaskWord != 0 && cluster != " " && count < n {
			word = at
		}
		if last, _ := utf8.DecodeLastRuneInString(cluster); strings.ContainsRune("。！？!?؟।", last) || last == '.' && strings.HasPrefix(rest, " ") {
			phrase, phraseAt = at, count
		}
	}
	switch {
	case rest == "":
		return s
	case phraseAt >= n*3/4:
		return s[:phrase] // a whole sentence needs no ellipsis
	case word == 0:
		word = at // one word that is longer than all that fits
	}
	return strings.TrimRight(s[:word], " ,;:、，；：،؛-–—(（「『“«") + "…"
}

// plainText returns the text of sanitized HTML, with a space for each block's end.
func plainText(content string) string {
	if !strings.ContainsAny(content, "<&") {
		return content
	}
	var b strings.Builder
	z := nethtml.NewTokenizer(strings.NewReader(content))
	for b.Len() < 16*summaryLength { // more than any summary needs
		switch z.Next() {
		case nethtml.ErrorToken:
			return b.String()
		case nethtml.TextToken:
			b.WriteString(html.UnescapeString(string(z.Raw())))
		case nethtml.StartTagToken, nethtml.EndTagToken, nethtml.SelfClosingTagToken:
			switch name, _ := z.TagName(); string(name) {
			case "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "mark", "rb", "rt", "ruby", "s", "small", "span", "strong", "sub", "sup", "u", "wbr":
			default:
				b.WriteByte(' ')
			}
		}
	}
	return b.String()
}
