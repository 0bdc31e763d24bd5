package page

import (
	"fmt"
	"slices"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/language"
	"github.com/kairan-news/kairan/internal/parse/prose"
	"github.com/kairan-news/kairan/internal/plain"
)

// Listing is a page that lists articles.
type Listing struct {
	// Title is the page's own title, plain text.
	Title string
	// Description is what the page says of itself in its head, as [Article] has one; "" if it
	// says nothing.
	Description string
	// Language is what the page says of itself, normalized; "" if it says nothing.
	Language string
	// Items are in the order of the page, each address once.
	Items []Item
	// Next is the address of the page on which the list goes on, without what stands behind
	// "#"; "" if the page does not say it.
	Next     string
	Problems []parse.Problem
}

// ParseListing reads the links to articles from an HTML page: those that the
// selectors find, or, without selectors for items and links, those that look like
// articles. The error says that the document is no page, or that a selector can't
// be read; a page without articles is none.
func ParseListing(data []byte, o parse.Options, s feeds.Selectors) (*Listing, error) {
	p, problems, err := openPage(data, o)
	if err != nil {
		return nil, err
	}
	out := &Listing{
		Title: p.plainTitle(), Description: plain.Summarize(p.description()), Language: language.Tag(p.said), Next: p.nextPage(), Problems: problems,
	}
	var found []Item
	if s.Item != "" || s.Link != "" {
		found, problems, err = p.selected(s)
	} else {
		found, problems = p.guessed(), nil
	}
	if err != nil {
		return nil, fmt.Errorf("parse listing %s: %w", o.BaseURL, err)
	}
	out.Problems = append(out.Problems, problems...)
	for _, e := range found {
		out.add(e)
	}
	if len(out.Items) > maxListing {
		out.Problems = append(out.Problems, parse.Problem{Code: "listing-size", Detail: fmt.Sprintf("the page has %d entries; the first %d were read", len(out.Items), maxListing)})
		out.Items = out.Items[:maxListing]
	}
	return out, nil
}

// Like returns the items that stand where those of another page of the same list do; all of
// them where selectors found them. What is guessed of a page with few items left may be what
// stands beside them.
func (l *Listing) Like(first *Listing) []Item {
	places := map[string]bool{}
	for _, e := range first.Items {
		places[e.Place] = true
	}
	return slices.DeleteFunc(slices.Clone(l.Items), func(e Item) bool { return !places[e.Place] })
}

// add adds an item whose address is not there yet; of two the longer title counts.
func (l *Listing) add(e Item) {
	for i := range l.Items {
		known := &l.Items[i]
		if known.Link != e.Link {
			continue
		}
		if len(e.Title) > len(known.Title) {
			known.Title = e.Title
		}
		if known.Published.IsZero() {
			known.Published, known.PublishedDay = e.Published, e.PublishedDay
		}
		known.Summary = prose.FirstOf(known.Summary, e.Summary)
		return
	}
	l.Items = append(l.Items, e)
}
