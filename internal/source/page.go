package source

import (
	"context"
	"fmt"
	"slices"

	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/page"
)

// collectPage reads the articles behind an HTML page that lists them. It asks for the
// list conditionally, then for the pages that are new in it or whose items have
// changed, one at a time and not more than a run may; what is left, it remembers.
func (c *Collector) collectPage(ctx context.Context, in Input) (Result, error) {
	w, err := c.newCrawl(in)
	if err != nil {
		return w.res, err
	}
	w.res.Format = "page"
	got, err := w.list(ctx, acceptPage)
	if err != nil {
		return w.done(err)
	}
	if got != nil && !got.Unchanged {
		o := w.options(got)
		o.Language = "" // of the list, which may name articles in other languages
		list, err := page.ParseListing(got.Body, o, in.Source.Selectors)
		if err != nil {
			return w.done(fmt.Errorf("collect %s: %w; if it is a feed or a sitemap, say so by its kind", in.Source.ID, err))
		}
		w.res.Problems = append(w.res.Problems, list.Problems...)
		items := slices.DeleteFunc(list.Items, func(e page.Item) bool { return !address.SameSite(e.Link, got.URL) })
		if elsewhere := len(list.Items) - len(items); elsewhere > 0 {
			w.problem("other-site", "%d links lead to other sites and were left out", elsewhere)
		}
		if len(items) == 0 {
			return w.done(fmt.Errorf("collect %s: %s has no links that look like articles; name them by selectors (\"kairan preview\" shows what is found)", in.Source.ID, got.URL))
		}
		if isWhole(list.Problems) {
			w.learnLists([]readList{{all: items, taken: items}})
		}
		w.memory.Title, w.memory.Language = list.Title, list.Language
		w.offer(items)
	}
	if got != nil {
		w.listed(got)
	}
	return w.done(w.readPages(ctx))
}
