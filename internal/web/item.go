package web

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"

	"github.com/kairan-news/kairan/feeds"
)

// item is a notice as a list shows it.
type item struct {
	Path    string
	Title   string
	Summary string
	Lang    string
	Dir     string
	// Language names the notice's language where it is not the reader's; else "".
	Language      string
	Publisher     string
	PublisherPath string
	Published     stampText
	// Corrected says that the notice was corrected, and when; "" if it was not.
	Corrected  string
	Categories []categoryLink
	// Urgent is the mark of a category that is published at once; "" for others.
	Urgent string
}

type categoryLink struct{ Label, Path string }

// stampText is a time for machines and for the reader.
type stampText struct{ Machine, Reader string }

// items are the notices of a feed, the newest first. A correction counts as of the
// day it was made.
func (e *edition) items(p *page, feed feeds.Feed) []item {
	entries := slices.Clone(feed.Entries)
	slices.SortStableFunc(entries, func(a, b feeds.Entry) int {
		return cmp.Or(shownAt(b).Compare(shownAt(a)), cmp.Compare(b.Record.Seq, a.Record.Seq))
	})
	items := make([]item, 0, len(entries))
	for _, entry := range entries {
		items = append(items, e.item(p, entry.Article, entry.PublisherName))
	}
	return items
}

func shownAt(entry feeds.Entry) time.Time {
	if c := entry.Article.Corrected; c.After(entry.Article.Published) {
		return c
	}
	return entry.Article.Published
}

func (e *edition) item(p *page, a feeds.Article, publisher string) item {
	i := item{
		Path:          e.articlePath(p.Locale, a.Slug),
		Title:         a.Title,
		Summary:       a.Summary,
		Lang:          htmlLang(a.Language),
		Dir:           direction(a.Language),
		Publisher:     publisher,
		PublisherPath: e.pagePath(feeds.Channel{Locale: p.Locale, Kind: feeds.ChannelPublisher, Name: a.Publisher}),
		Published:     e.timeOf(p, a.Publisher, a.Published),
	}
	if i.Publisher == "" {
		i.Publisher = e.publisherName(p.Locale, a.Publisher)
	}
	if i.Summary == "" {
		i.Summary = plainText(a.Content)
	}
	i.Summary = excerpt(i.Summary, summaryLength)
	if a.Language != p.Locale && a.Language != "und" {
		i.Language = p.speech.Language(a.Language)
	}
	if !a.Corrected.IsZero() {
		i.Corrected = p.T("entry.corrected", "Date", e.timeOf(p, a.Publisher, a.Corrected).Reader)
	}
	for _, term := range a.Categories {
		if c, ok := e.Site.Category(term); ok {
			if c.Urgent {
				i.Urgent = p.T("page.urgent")
			}
			i.Categories = append(i.Categories, categoryLink{
				e.categoryLabel(p.Locale, term),
				e.pagePath(feeds.Channel{Locale: p.Locale, Kind: feeds.ChannelCategory, Name: term}),
			})
		}
	}
	return i
}

// timeOf writes a date as it was where the publisher is.
func (e *edition) timeOf(p *page, publisher string, t time.Time) stampText {
	if t.IsZero() {
		return stampText{}
	}
	if pub, ok := e.Site.Publisher(publisher); ok && pub.Location != nil {
		t = t.In(pub.Location)
	}
	return stampText{t.Format(time.RFC3339), p.speech.Date(t)}
}

// summaryLength is how much of a text stands for the whole, in characters.
const summaryLength = 280

// excerpt shortens a text to a number of characters, between words where the
// script has them.
func excerpt(text string, limit int) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	cut, space, n := 0, 0, 0
	for i, r := range text {
		if n == limit {
			break
		}
		if unicode.IsSpace(r) {
			space = i
		}
		cut = i + utf8.RuneLen(r)
		n++
	}
	if space > cut*2/3 {
		cut = space
	}
	return strings.TrimRightFunc(text[:cut], func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }) + "…"
}

// plainText is the text of sanitized HTML.
func plainText(content string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(content))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			b.Write(z.Text())
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			b.WriteByte(' ')
		}
	}
}
