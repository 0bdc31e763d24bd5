package ledger

import (
	"fmt"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// The window of a feed, or of a page that lists, moves on whether it is visited or not.
// Where nothing is left in it of what it had, notices may have come and gone in between:
// the run says so, and is not plainly ok, but partial: what is stored is not all that was
// published. It is stored as any other for all that. Its validators hold, since no second
// reading of the document brings back what is gone from it, and so does all else that a
// whole document shows. It is said once: at the next visit the entries are known.
//
// Where a feed names the document that holds what is older, that was fetched, and what it
// brought has come along ([Brought.Behind]): with something that is known nothing is missing.
// So it is with the pages behind a listing's first one ([Listing.Meets]).
//
// It is not said where there is a better reason for nothing to be known: a first visit,
// a list that was empty or whose articles are all withdrawn, one that is held, one that
// rises and falls, a document that is not whole, and entries with the titles and dates of
// known articles, whose site was made anew. A folder is whole at any time, and a sitemap
// lists the news of some days rather than so many of them. Nor is it said where entries are
// excluded: what is left of a window doesn't tell how far it has moved.

// PassedQuestion is what is to be asked to find out whether a window has moved past all
// that was known.
type PassedQuestion struct {
	// Links are keys of links; where the source has an article with one of them, the
	// window has not. Recent is how many articles are asked for, after that, of those that
	// the source had of late.
	Links  []string
	Recent int
}

// AskPassed returns what is to be asked; false where it is clear that nothing was missed,
// or better explained. The known articles of the batch were found.
func (j *judgement) AskPassed() (q PassedQuestion, asks bool) {
	before := j.Facts
	if j.run.Source.Volatile || len(j.run.Excluded) > 0 || !before.Visited || before.Items == 0 || before.Holds > 0 || j.verdict.held {
		return q, false
	}
	if slices.ContainsFunc(j.matches, func(m *match) bool { return m.known != nil && m.known.isFiled() }) {
		return q, false
	}
	q.Recent = j.recently()
	switch l := j.run.Listing; {
	case j.run.Extent == Windowed:
		return q, len(j.run.Articles) > 0
	case l != nil && l.Newest:
		q.Links = linkKeys(l.Links)
		return q, l.Items > 0 && !l.Meets
	}
	return q, false
}

// isListed reports whether an article that was found by the links of a listing still has
// one of them.
func (q PassedQuestion) isListed(found []Linked) bool { return len(withLinks(found, q.Links)) > 0 }

// passedBy says in a sentence for operators that a source's window has moved past all
// that was known of it; "" where it has not.
func (j *judgement) passedBy() string {
	if !j.hadOthers() {
		return ""
	}
	items := j.run.items()
	if j.run.Listing != nil {
		items = j.run.Listing.Items
	}
	return fmt.Sprintf("window-passed: none of its %d entries was known, so that notices may be missing that came and went since %s, when it was read last; give it a shorter schedule",
		items, j.Facts.Read.UTC().Format(time.RFC3339))
}

// hadOthers reports whether the source has live articles, and none of them has the title
// and the date of one in the batch.
func (j *judgement) hadOthers() (had bool) {
	for _, id := range j.recent {
		k := j.known[id]
		if k == nil || k.Withdrawn != 0 || k.Here.Gone {
			continue
		}
		had = true
		for _, m := range j.matches {
			if sameTitle(k.Title, m.article.Title) && (!m.dated() || m.published() == k.Published) {
				return false
			}
		}
	}
	return had
}

// KeysOf are the keys by which articles may be known, whatever their languages.
func KeysOf(articles []feeds.Article) (keys []string) {
	for i := range articles {
		a := &articles[i]
		for _, key := range []string{Clean(a.GUID), linkKey(Clean(a.Link))} {
			if key != "" {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// HasNamesake reports whether one of the articles has that title, and that date in
// milliseconds if it has any. A date that was found in a page is a day.
func HasNamesake(articles []feeds.Article, title string, published int64) bool {
	const day = 24 * 60 * 60 * 1000
	return slices.ContainsFunc(articles, func(a feeds.Article) bool {
		if !sameTitle(title, a.Title) {
			return false
		}
		later := published - Millis(a.Published)
		return a.Published.IsZero() || later == 0 || a.PublishedFrom == feeds.DatePage && later > 0 && later < day
	})
}
