package source

import (
	"context"
	"fmt"
	"slices"

	"github.com/kairan-news/kairan/internal/parse/page"
)

// collectPage reads the articles behind an HTML page that lists them. It asks for the
// list conditionally, and where something may have left it, for the pages behind it; then for
// the pages that are new in it or whose items have changed, one at a time and not more than a
// run may; what is left, it remembers.
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
		items := ownItems(list.Items, got.URL)
		if elsewhere := len(list.Items) - len(items); elsewhere > 0 {
			w.problem("other-site", "%d links lead to other sites and were left out", elsewhere)
		}
		if len(items) == 0 {
			return w.done(fmt.Errorf("collect %s: %s has no links that look like articles; name them by selectors (\"kairan preview\" shows what is found)", in.Source.ID, got.URL))
		}
		w.memory.Title, w.memory.Description, w.memory.Language = list.Title, list.Description, list.Language
		behind, err := w.reachBack(ctx, list, items, got.URL)
		if isWhole(list.Problems) {
			w.learnLists([]readList{{all: items, taken: items}})
		}
		w.offer(slices.Concat(items, behind))
		if err != nil {
			w.listed(got)
			return w.done(err)
		}
	}
	if got != nil {
		w.listed(got)
	}
	return w.done(w.readPages(ctx))
}
