package page

import (
	"fmt"

	"github.com/PuerkitoBio/goquery"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/language"
	"github.com/kairan-news/kairan/internal/parse/prose"
)

const (
	// maxListing bounds the entries of a listing.
	maxListing = 300
	// maxLinks is how many links of a page are looked at.
	maxLinks = 5000
)

// Listing is a page that lists articles.
type Listing struct {
	// Title is the page's own title, plain text.
	Title string
	// Language is what the page says of itself, normalized; "" if it says nothing.
	Language string
	// Entries are in the order of the page, each address once.
	Entries  []Entry
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
	out := &Listing{Title: p.plainTitle(), Language: language.Tag(p.said), Problems: problems}
	if s.Item != "" || s.Link != "" {
		err = p.selected(out, s)
	} else {
		p.guessed(out)
	}
	if err != nil {
		return nil, fmt.Errorf("parse listing %s: %w", o.BaseURL, err)
	}
	if len(out.Entries) > maxListing {
		out.Problems = append(out.Problems, parse.Problem{Code: "listing-size", Detail: fmt.Sprintf("the page has %d entries; the first %d were read", len(out.Entries), maxListing)})
		out.Entries = out.Entries[:maxListing]
	}
	return out, nil
}

// selected reads what the selectors of the configuration find.
func (p *page) selected(out *Listing, s feeds.Selectors) error {
	compiled := map[string]goquery.Matcher{}
	for name, text := range map[string]string{"item": s.Item, "link": s.Link, "title": s.Title, "date": s.Date, "summary": s.Summary} {
		if text == "" {
			continue
		}
		m, err := selector(name, text)
		if err != nil {
			return err
		}
		compiled[name] = m
	}
	find := func(in *goquery.Selection, name string) *goquery.Selection {
		m, ok := compiled[name]
		if !ok {
			return in.Slice(0, 0)
		}
		return in.FindMatcher(m).AddSelection(in.FilterMatcher(m)).First()
	}

	var items *goquery.Selection
	if s.Item != "" {
		items = p.doc.FindMatcher(compiled["item"])
	} else {
		items = p.doc.FindMatcher(compiled["link"])
	}
	items = items.Slice(0, min(items.Length(), 4*maxListing))
	if items.Length() == 0 {
		out.Problems = append(out.Problems, parse.Problem{Code: "selector", Detail: fmt.Sprintf("the selector %q finds nothing; has the page been redesigned?", prose.FirstOf(s.Item, s.Link))})
	}
	without, dateless := 0, 0
	items.Each(func(_ int, item *goquery.Selection) {
		a := find(item, "link")
		if s.Link == "" {
			a = item.Filter("a[href]").AddSelection(item.Find("a[href]")).First()
		} else if _, ok := a.Attr("href"); !ok {
			a = a.Find("a[href]").First()
		}
		link := p.link(a.AttrOr("href", ""))
		if link == "" {
			without++
			return
		}
		e := Entry{Link: link, Language: linkLanguage(a), Summary: prose.Summarize(textOf(find(item, "summary")))}
		if e.Title = textOf(find(item, "title")); e.Title == "" {
			e.Title = linkTitle(a)
		}
		if s.Date != "" {
			if e.Published = p.dateIn(find(item, "date")); e.Published.IsZero() {
				dateless++
			}
		} else if s.Item != "" {
			e.Published = p.itemDate(item)
		}
		out.add(e)
	})
	if without > 0 {
		out.Problems = append(out.Problems, parse.Problem{Code: "selector", Detail: fmt.Sprintf("%d of %d items have no link", without, items.Length())})
	}
	if dateless > 0 {
		out.Problems = append(out.Problems, parse.Problem{Code: "date-unreadable", Detail: fmt.Sprintf("the selector %q gives no date that can be read for %d of %d items", s.Date, dateless, items.Length())})
	}
	return nil
}

// add adds an entry whose address is not there yet; of two the longer title counts.
func (l *Listing) add(e Entry) {
	for i := range l.Entries {
		known := &l.Entries[i]
		if known.Link != e.Link {
			continue
		}
		if len(e.Title) > len(known.Title) {
			known.Title = e.Title
		}
		if known.Published.IsZero() {
			known.Published = e.Published
		}
		known.Summary = prose.FirstOf(known.Summary, e.Summary)
		return
	}
	l.Entries = append(l.Entries, e)
}
