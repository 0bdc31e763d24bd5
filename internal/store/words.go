package store

import (
	"context"
	"fmt"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
)

// mostAdoptions is how many adoptions of words are kept.
const mostAdoptions = 10

// AdoptWords notes that documents are made with these words from now on: with another
// configuration, other messages, another program; or with the same ones, of another log,
// after a database was restored. Documents count as changed at that time. It is later than
// any revision of a channel.
func (db *DB) AdoptWords(ctx context.Context, digest string, now time.Time) error {
	err := db.write(ctx, func(ctx context.Context, s session) error {
		if err := s.lock(ctx, lockRevisions, ""); err != nil {
			return err
		}
		return s.adopt(ctx, digest, now)
	})
	if err != nil {
		return fmt.Errorf("note the words that documents are made with: %w", err)
	}
	return nil
}

// adopt does so under the lock of revisions.
func (s session) adopt(ctx context.Context, digest string, now time.Time) error {
	last, err := s.adopted(ctx)
	if err != nil {
		return err
	}
	var revision int64
	if _, err := s.one(ctx, []any{&revision}, `SELECT coalesce(max(revision), 0) FROM channels`); err != nil {
		return err
	}
	at := max(ledger.Millis(now), last.Adopted+revisionStep, revision+revisionStep)
	if err := s.insert(ctx, `INSERT INTO adoptions (adopted_ms, digest)`, [][]any{{at, digest}}, ``, nil); err != nil {
		return err
	}
	_, err = s.exec(ctx, `DELETE FROM adoptions WHERE adopted_ms NOT IN (SELECT adopted_ms FROM adoptions ORDER BY adopted_ms DESC LIMIT $1)`, int64(mostAdoptions))
	return err
}

// Adopted returns the words that were adopted last; the zero value if none were.
func (r Reader) Adopted(ctx context.Context) (feeds.AdoptedWords, error) {
	words, err := r.s.adopted(ctx)
	if err != nil {
		return feeds.AdoptedWords{}, fmt.Errorf("read the words that documents are made with: %w", err)
	}
	return words, nil
}

func (s session) adopted(ctx context.Context) (words feeds.AdoptedWords, err error) {
	_, err = s.one(ctx, []any{&words.Adopted, &words.Digest}, `SELECT adopted_ms, digest FROM adoptions ORDER BY adopted_ms DESC LIMIT 1`)
	return words, err
}
