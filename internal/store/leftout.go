package store

import (
	"context"
	"database/sql"
	"slices"
)

// A listing or a sitemap is made for people and for search engines: what stands in it
// and what does not is less certain than in a feed. So what was left out there is only
// asked for, with the versions in other languages that were found by it and are not
// listed themselves; and a page has to be seen gone by two runs, goneRest apart, before
// its article is withdrawn. The collector may have met such a page itself, also one that
// is still listed. What is brought again is suspect no more.

// linked is an article of the source as its link finds it.
type linked struct {
	id                int64
	slug, story, link string
	live              bool // in this source
}

const linkedColumns = `a.id, a.slug, a.story, a.link, CASE WHEN a.withdrawn_ms = 0 AND s.gone_ms = 0 THEN 1 ELSE 0 END`

func scanLinked(rows *sql.Rows) (a linked, err error) {
	var live int64
	err = rows.Scan(&a.id, &a.slug, &a.story, &a.link, &live)
	a.live = live != 0
	return a, err
}

// byLinks returns the source's articles that have these links, also withdrawn ones.
func (w *work) byLinks(ctx context.Context, links []string) (articles []linked, err error) {
	publisher, err := w.publisher(ctx)
	if err != nil {
		return nil, err
	}
	keys := linkKeys(links)
	wanted := make([]string, 0, len(keys))
	for key := range keys {
		wanted = append(wanted, key)
	}
	slices.Sort(wanted)
	err = w.s.each(ctx, func(rows *sql.Rows) error {
		a, err := scanLinked(rows)
		if keys[linkKey(a.link)] { // and not only had it once
			articles = append(articles, a)
		}
		return err
	}, `SELECT DISTINCT `+linkedColumns+` FROM aliases k JOIN articles a ON a.id = k.article JOIN article_sources s ON s.article = a.id
		WHERE k.publisher = $1 AND k.key = ANY($2) AND s.source = $3 ORDER BY 1`, publisher, wanted, w.c.Run.Source)
	return articles, err
}

// linkKeys returns the keys of links, without those that say nothing.
func linkKeys(links []string) map[string]bool {
	keys := make(map[string]bool, len(links))
	for _, link := range links {
		if key := linkKey(clean(link)); key != "" {
			keys[key] = true
		}
	}
	return keys
}

// ofStories returns the source's live articles of these stories.
func (w *work) ofStories(ctx context.Context, stories []string) (articles []linked, err error) {
	if len(stories) == 0 {
		return nil, nil
	}
	slices.Sort(stories)
	err = w.s.each(ctx, func(rows *sql.Rows) error {
		a, err := scanLinked(rows)
		articles = append(articles, a)
		return err
	}, `SELECT `+linkedColumns+` FROM articles a JOIN article_sources s ON s.article = a.id
		WHERE a.story = ANY($1) AND s.source = $2 AND s.gone_ms = 0 AND a.withdrawn_ms = 0 ORDER BY a.id`,
		slices.Compact(stories), w.c.Run.Source)
	return articles, err
}

// lookThroughListing finds the articles whose pages are to be asked: those that the
// listing left out and the versions of these that it does not list, and those that were
// seen gone and were not brought again.
func (w *work) lookThroughListing(ctx context.Context) error {
	w.window.inside = map[int64]bool{}
	before := map[int64]int64{}
	if w.facts.missing > 0 {
		var err error
		if before, err = w.missedBefore(ctx); err != nil {
			return err
		}
	}
	for id, gone := range before {
		if gone != 0 && !w.seen[id] {
			w.window.inside[id] = true
		}
	}
	if len(w.c.Listing.LeftOut) > 0 {
		left, err := w.byLinks(ctx, w.c.Listing.LeftOut)
		if err != nil {
			return err
		}
		listed := linkKeys(w.c.Listing.Links)
		var stories []string
		for _, a := range left {
			if !listed[linkKey(a.link)] { // also at another address
				stories = append(stories, a.story)
			}
		}
		versions, err := w.ofStories(ctx, stories)
		if err != nil {
			return err
		}
		for _, a := range versions {
			if !listed[linkKey(a.link)] && !w.seen[a.id] {
				w.window.inside[a.id] = true
			}
		}
	}
	w.compareMissing(before)
	return nil
}

// seenBefore returns those of the articles that an earlier run saw gone, and notes the
// others, with the versions of their stories: who takes one back takes back all, as a
// rule, and these may not be listed.
func (w *work) seenBefore(ctx context.Context, gone []*known) (twice []*known, err error) {
	before, err := w.missedBefore(ctx)
	if err != nil {
		return nil, err
	}
	var stories []string
	for _, k := range gone {
		switch first := before[k.id]; {
		case first == 0:
			w.window.gone = append(w.window.gone, k.id)
			stories = append(stories, k.story)
		case first <= millis(w.c.Now.Add(-goneRest)):
			twice = append(twice, k)
		}
	}
	versions, err := w.ofStories(ctx, stories)
	if err != nil {
		return nil, err
	}
	for _, a := range versions {
		if !w.seen[a.id] { // nor one of the gone
			w.window.beside = append(w.window.beside, a.id)
		}
	}
	return twice, nil
}
