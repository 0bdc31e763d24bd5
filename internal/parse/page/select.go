package page

import (
	"cmp"
	"fmt"

	"github.com/PuerkitoBio/goquery"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/prose"
	"github.com/kairan-news/kairan/internal/plain"
)

// selected reads what the selectors of the configuration find. The error says that one
// of them can't be read.
func (p *page) selected(s feeds.Selectors) (found []Item, problems []parse.Problem, err error) {
	compiled, err := compile(s)
	if err != nil {
		return nil, nil, err
	}
	items := p.doc.FindMatcher(compiled[cmp.Or(s.Item, s.Link)])
	items = items.Slice(0, min(items.Length(), 4*maxListing))
	problem := func(code, format string, args ...any) {
		problems = append(problems, parse.Problem{Code: code, Detail: fmt.Sprintf(format, args...)})
	}
	if items.Length() == 0 {
		problem("selector", "the selector %q finds nothing; has the page been redesigned?", prose.FirstOf(s.Item, s.Link))
	}
	without, dateless := 0, 0
	items.Each(func(_ int, item *goquery.Selection) {
		e, ok := p.selectedItem(item, s, compiled)
		if !ok {
			without++
			return
		}
		if s.Date != "" && e.Published.IsZero() {
			dateless++
		}
		found = append(found, e)
	})
	if without > 0 {
		problem("selector", "%d of %d items have no link", without, items.Length())
	}
	if dateless > 0 {
		problem("date-unreadable", "the selector %q gives no date that can be read for %d of %d items", s.Date, dateless, items.Length())
	}
	return found, problems, nil
}

// selectedItem reads an item of a listing; one without a link is none.
func (p *page) selectedItem(item *goquery.Selection, s feeds.Selectors, compiled matchers) (Item, bool) {
	a := compiled.find(item, s.Link)
	if s.Link == "" {
		a = item.Filter("a[href]").AddSelection(item.Find("a[href]")).First()
	} else if _, ok := a.Attr("href"); !ok {
		a = a.Find("a[href]").First()
	}
	link := p.link(a.AttrOr("href", ""))
	if link == "" {
		return Item{}, false
	}
	e := Item{Link: link, Former: former(p.base, a.AttrOr("href", ""), link), Language: linkLanguage(a), Summary: plain.Summarize(textOf(compiled.find(item, s.Summary)))}
	e.Title = prose.FirstOf(textOf(compiled.find(item, s.Title)), linkTitle(a))
	switch {
	case s.Date != "":
		e.setPublished(p.dateIn(compiled.find(item, s.Date)))
	case s.Item != "":
		e.setPublished(p.itemDate(item))
	}
	return e, true
}

// matchers are selectors as they are carried out.
type matchers map[string]goquery.Matcher

// compile reads the selectors of a listing.
func compile(s feeds.Selectors) (matchers, error) {
	compiled := matchers{}
	for name, text := range map[string]string{"item": s.Item, "link": s.Link, "title": s.Title, "date": s.Date, "summary": s.Summary} {
		if text == "" {
			continue
		}
		m, err := selector(name, text)
		if err != nil {
			return nil, err
		}
		compiled[text] = m
	}
	return compiled, nil
}

// find returns the first element that the selector finds in an item, the item itself
// among them; none for "".
func (m matchers) find(item *goquery.Selection, selector string) *goquery.Selection {
	matcher, ok := m[selector]
	if !ok {
		return item.Slice(0, 0)
	}
	return item.FindMatcher(matcher).AddSelection(item.FilterMatcher(matcher)).First()
}
