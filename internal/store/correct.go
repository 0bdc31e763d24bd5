package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// What makes a changed text a correction that readers are told of, where a source has
// asked for it ([Collected.ChangesCorrect]):
//
//   - The title, or the text, says something else than before; what counts as other is
//     what [contentHash] sees. A new address or another file is a revision as always,
//     and so is a full text where there was only a summary.
//   - The article was stored more than a day ago. In its first day a notice is still
//     being finished.
//   - Not most of the run's known articles changed at once: then a page was built anew,
//     or is read in another way.
//
// The date is the one of the revision, and later revisions keep it until the next
// correction. A date that the source declares itself comes first.

// correctionAge is how old an article is that can be corrected by a change.
const correctionAge = 24 * time.Hour

// rewritten tells whether most of what is known changed in one run.
func (w *work) rewritten(batch []*incoming) bool {
	known, revised := len(w.c.Known), 0
	for _, in := range batch {
		if in.known != nil && !in.duplicate {
			known++
			revised += int(flag(in.revise))
		}
	}
	return revised >= quarantineLeast && 2*revised > known
}

// dateCorrections finds the date of correction of the articles that are revised.
func (w *work) dateCorrections(ctx context.Context, part []*incoming) error {
	if !w.c.ChangesCorrect {
		return nil
	}
	byID := map[int64]*incoming{}
	var ids []int64
	for _, in := range part {
		in.corrected = time.Time{}
		if in.known != nil && in.revise && !in.held {
			byID[in.known.id] = in
			ids = append(ids, in.known.id)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	err := w.s.each(ctx, func(rows *sql.Rows) error {
		var id, firstSeen, corrected int64
		var before feeds.Article
		if err := rows.Scan(&id, &firstSeen, &corrected, &before.Title, &before.Summary, &before.Content); err != nil {
			return err
		}
		in := byID[id]
		in.corrected = fromMillis(corrected)
		if !w.verdict.rewritten && w.c.Now.Sub(fromMillis(firstSeen)) > correctionAge && saysOther(&before, &in.article) {
			in.corrected = w.c.Now
		}
		return nil
	}, `SELECT a.id, a.first_seen_ms, r.corrected_ms, r.title, r.summary, r.content
		FROM articles a JOIN revisions r ON r.article = a.id AND r.n = a.revision WHERE a.id = ANY($1)`, ids)
	if err != nil {
		return fmt.Errorf("look whether changed texts are corrections: %w", err)
	}
	if w.verdict.rewritten {
		w.out.Problems = append(w.out.Problems, fmt.Sprintf("%d texts changed with most of the source: readers are not told of corrections", len(ids)))
	}
	return nil
}

// saysOther tells whether an article's title or text is another than before. Contents
// are compared with contents, and summaries with summaries.
func saysOther(before, after *feeds.Article) bool {
	if !sameText((*visible).text, before.Title, after.Title) {
		return true
	}
	if before.Content != "" && after.Content != "" {
		return !sameText((*visible).markup, before.Content, after.Content)
	}
	return before.Summary != "" && after.Summary != "" && !sameText((*visible).text, before.Summary, after.Summary)
}
