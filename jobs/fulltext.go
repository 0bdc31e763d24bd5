package jobs

import (
	"context"

	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/normalize"
	"github.com/kairan-news/kairan/internal/source"
	"github.com/kairan-news/kairan/internal/store"
)

// recallPages takes in what is kept of the pages behind the entries of a feed, and has the
// entries read whose pages are to be asked now.
func (w *visitor) recallPages(ctx context.Context) error {
	states, err := w.engine.Store.PageStates(ctx, w.target.source.ID)
	if err != nil {
		return err
	}
	w.pages = source.ReadPages(states)
	if w.takesPages() {
		w.document.Except(func(link string) bool { return w.pages.Waits(link, w.began) })
	}
	return nil
}

// takesPages reports whether the articles have the texts of the pages behind their entries.
func (w *visitor) takesPages() bool { return source.TakesPages(w.target.source, w.target.publisher) }

// complete gives the articles of a feed that was read the texts of their pages. Where they
// have had them, and are not to any more, nothing is kept of those, and that the texts are
// the feed's again is no news.
func (w *visitor) complete(ctx context.Context) error {
	if w.pages == nil || w.err != nil && len(w.result.Articles) == 0 {
		return nil
	}
	w.result.Problems = append(w.result.Problems, source.LicenceProblem(w.target.source, w.target.publisher)...)
	isWhole := w.extent() == ledger.Windowed
	if !w.takesPages() {
		w.pages.Unpaged(w.result.Articles)
		if isWhole {
			w.pages.DropAll()
		}
		return nil
	}
	texts, err := w.engine.Store.PageTexts(ctx, w.target.source.ID, w.pages.Wanted(w.result.Articles))
	if err != nil {
		return err
	}
	w.pages.Add(texts)
	entries := source.Entries{Whole: isWhole}
	for _, e := range w.leftOut {
		entries.Known = append(entries.Known, e.Link)
	}
	entries.Wanted = w.wanted()
	w.turn.end() // pages may take their time
	w.result, err = w.plan.Collector.Complete(ctx, source.Input{Source: *w.target.source, Publisher: *w.target.publisher, Now: w.began}, w.result, entries, w.pages)
	if err != nil {
		return err
	}
	return w.turn.begin(ctx)
}

// wanted returns which articles of the result the configuration does not leave out; nil for
// all.
func (w *visitor) wanted() func(i int) bool {
	choice := w.target.choice
	if !choice.Filters() {
		return nil
	}
	all := normalize.Articles(w.result.Articles, w.context()).Articles
	return func(i int) bool { return choice.Takes(&all[i]) }
}

// keptPages returns what the run changes of what is kept of pages.
func (w *visitor) keptPages() (c store.PageChanges, err error) {
	if w.pages == nil {
		return c, nil
	}
	put, drop, err := w.pages.Changes()
	for _, p := range put {
		c.Put = append(c.Put, store.KeptPage{Page: p.Key, State: p.State, Text: p.Text})
	}
	c.Drop = drop
	return c, err
}
