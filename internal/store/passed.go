package store

import (
	"context"
	"fmt"
	"time"
)

// The window of a feed, or of a page that lists, moves on whether it is visited or not.
// Where nothing is left in it of what it had, notices may have come and gone in between:
// the run says so, and is not plainly ok, but partial: what is stored is not all that was
// published. It is stored as any other for all that. Its validators hold, since no second
// reading of the document brings back what is gone from it, and so does all else that a
// whole document shows. It is said once: at the next visit the entries are known.
//
// It is not said where there is a better reason for nothing to be known: a first visit,
// a list that was empty or whose articles are all withdrawn, one that is held, one that
// rises and falls, a document that is not whole, and entries with the titles and dates of
// known articles, whose site was made anew. A folder is whole at any time, and a sitemap
// lists the news of some days rather than so many of them.

// passedBy says in a sentence for operators that a source's window has moved past all
// that was known of it; "" where it has not. The known articles of the batch were found.
func (w *work) passedBy(ctx context.Context, batch []*incoming) (string, error) {
	if w.c.Volatile || !w.before.visited || w.before.items == 0 || w.before.holds > 0 || w.verdict.held {
		return "", nil
	}
	for _, in := range batch {
		if in.known != nil && in.known.filed {
			return "", nil
		}
	}
	items := len(w.c.Articles)
	switch {
	case w.c.Window && items > 0 && len(w.c.Known) == 0:
	case w.c.Listing != nil && w.c.Listing.Newest && w.c.Listing.Items > 0:
		items = w.c.Listing.Items
		if linked, err := w.byLinks(ctx, w.c.Listing.Links); err != nil || len(linked) > 0 {
			return "", err
		}
	default:
		return "", nil
	}
	had, err := w.hadOthers(ctx, batch)
	if err != nil || !had {
		return "", err
	}
	return fmt.Sprintf("window-passed: none of its %d entries was known, so that notices may be missing that came and went since %s, when it was read last; give it a shorter schedule",
		items, w.before.read.UTC().Format(time.RFC3339)), nil
}

// hadOthers tells whether the source has live articles, and none of them has the title
// and the date of one in the batch.
func (w *work) hadOthers(ctx context.Context, batch []*incoming) (had bool, err error) {
	if err := w.resolveTexts(ctx); err != nil {
		return false, err
	}
	for _, id := range w.recent {
		k := w.known[id]
		if k == nil || k.withdrawn != 0 || k.filing.gone {
			continue
		}
		had = true
		for _, in := range batch {
			if sameTitle(k.title, in.article.Title) && (!in.dated() || millis(in.article.Published) == k.published) {
				return false, nil
			}
		}
	}
	return had, nil
}
