package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/kairan-news/kairan/internal/ledger"
)

// A state of an article is shown where a channel's document ends while it stands: in an archive
// whose cut lies between the state's record and the article's next one, and in a live document
// that goes so far. A state that no document shows is needed for nothing but its title, link
// and hash, by which it is known. What archives are closed later over such records show it by
// these, with its summary.

// Superseded are states of articles whose texts no document shows.
type Superseded struct {
	states []state
	// Bytes is about what their texts take.
	Bytes int64
}

// state names a revision of an article, by the store's number of that.
type state struct{ article, revision int64 }

// Len returns how many states there are.
func (s *Superseded) Len() int { return len(s.states) }

// step is a record of an article.
type step struct{ article, seq, revision, at int64 }

// superseded returns the states that stood between two of an article's records, of which the
// second is from before a time, where none of the ends lies between. Steps are sorted by
// article and number, ends by number.
func superseded(steps []step, ends []int64, before int64) (found []state) {
	for i := 0; i+1 < len(steps); i++ {
		is, next := steps[i], steps[i+1]
		if is.article != next.article || next.at >= before {
			continue
		}
		end, _ := slices.BinarySearch(ends, is.seq) // the first that is not before it
		if end < len(ends) && ends[end] < next.seq {
			continue
		}
		found = append(found, state{is.article, is.revision})
	}
	return found
}

// SupersededBefore finds the states whose texts no document shows, that were followed by others
// before a time. It reads the whole log.
func (db *DB) SupersededBefore(ctx context.Context, before time.Time) (found Superseded, err error) {
	err = db.Snapshot(ctx, func(r Reader) error {
		ends, err := r.s.ends(ctx)
		if err != nil {
			return err
		}
		var steps []step
		if err := r.s.each(ctx, func(rows *sql.Rows) error {
			var s step
			err := rows.Scan(&s.article, &s.seq, &s.revision, &s.at)
			steps = append(steps, s)
			return err
		}, `SELECT article, seq, revision, time_ms FROM log WHERE reason <> 'filing' ORDER BY article, seq`); err != nil {
			return err
		}
		found, err = r.s.withTexts(ctx, r.s.notShownLater(superseded(steps, ends, ledger.Millis(before)), steps))
		return err
	})
	if err != nil {
		return Superseded{}, fmt.Errorf("look for texts that no feed shows: %w", err)
	}
	return found, nil
}

// notShownLater leaves out states in which their articles stand also where another record of
// theirs says so, such as the withdrawal of one and its return.
func (s session) notShownLater(states []state, steps []step) []state {
	lasting := map[state]int{}
	for _, step := range steps {
		lasting[state{step.article, step.revision}]++
	}
	seen := map[state]int{}
	for _, st := range states {
		seen[st]++
	}
	kept := states[:0]
	for _, st := range states {
		if seen[st] == lasting[st] && !slices.Contains(kept[max(0, len(kept)-seen[st]):], st) {
			kept = append(kept, st)
		}
	}
	return kept
}

// ends returns the numbers at which documents end, in their order.
func (s session) ends(ctx context.Context) (all []int64, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		var n int64
		err := rows.Scan(&n)
		all = append(all, n)
		return err
	}, `SELECT until_seq FROM archives UNION SELECT seq FROM channels`)
	slices.Sort(all)
	return all, err
}

// withTexts keeps the states that have a text, and sums up what these take.
func (s session) withTexts(ctx context.Context, states []state) (found Superseded, err error) {
	for batch := range slices.Chunk(states, 500) {
		articles := make([]int64, len(batch))
		for i, st := range batch {
			articles[i] = st.article
		}
		if err := s.each(ctx, func(rows *sql.Rows) error {
			var st state
			var length int64
			if err := rows.Scan(&st.article, &st.revision, &length); err != nil {
				return err
			}
			if length > 0 && slices.Contains(batch, st) {
				found.states = append(found.states, st)
				found.Bytes += length
			}
			return nil
		}, `SELECT r.article, r.n, length(r.content) FROM revisions r WHERE r.article = ANY($1)
			AND r.n < (SELECT a.revision FROM articles a WHERE a.id = r.article)`, slices.Compact(articles)); err != nil {
			return Superseded{}, err
		}
	}
	return found, nil
}

// clearBatch is how many texts one transaction removes, so that none lasts long.
const clearBatch = 100

// ClearSuperseded removes the texts of states that no document shows, in short transactions,
// and calls done after each with how many are left; nil tells nobody. Their titles,
// summaries and links stay.
func (db *DB) ClearSuperseded(ctx context.Context, found Superseded, done func(left int)) error {
	left := len(found.states)
	for batch := range slices.Chunk(found.states, clearBatch) {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := db.write(ctx, func(ctx context.Context, s session) error {
			for _, st := range batch {
				if _, err := s.exec(ctx, `UPDATE revisions SET content = '' WHERE article = $1 AND n = $2`, st.article, st.revision); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("remove texts that no feed shows: %w", err)
		}
		if left -= len(batch); done != nil {
			done(left)
		}
	}
	return nil
}
