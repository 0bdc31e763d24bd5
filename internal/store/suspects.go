package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
)

// probeRest is how long a page that answered is not asked again.
const probeRest = 3 * 24 * time.Hour

// Suspect is an article that its source left out in an earlier run, or whose page was
// seen gone.
type Suspect struct {
	ID, Link, Title string
	// Gone says that an earlier run saw its page gone.
	Gone bool
}

// Suspects returns at most limit articles that are missing within the window of
// their source, and whose pages were not asked of late.
func (db *DB) Suspects(ctx context.Context, source string, now time.Time, limit int) ([]Suspect, error) {
	var suspects []Suspect
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var s Suspect
		var gone int64
		err := rows.Scan(&s.ID, &s.Link, &s.Title, &gone)
		s.Gone = gone != 0
		suspects = append(suspects, s)
		return err
	}, `SELECT a.uid, a.link, a.title, m.gone_ms FROM missing m JOIN articles a ON a.id = m.article
		WHERE m.source = $1 AND (m.probed_ms <= $2 OR m.gone_ms > 0 AND m.probed_ms <= $3) AND a.withdrawn_ms = 0 AND a.link <> ''
		ORDER BY m.probed_ms, m.since_ms, m.article LIMIT $4`, source, ledger.Millis(now.Add(-probeRest)), ledger.Millis(now.Add(-ledger.GoneRest)), limit)
	if err != nil {
		return nil, fmt.Errorf("read what source %s left out: %w", source, err)
	}
	return suspects, nil
}

// Probed notes that the pages of suspects were asked, by their ids: those that are there,
// and those that did not tell.
func (db *DB) Probed(ctx context.Context, source string, there, silent []string, now time.Time) error {
	if len(there)+len(silent) == 0 {
		return nil
	}
	err := db.write(ctx, func(ctx context.Context, s session) error {
		for _, part := range []struct {
			ids []string
			set string
		}{{there, `probed_ms = $3, gone_ms = 0`}, {silent, `probed_ms = $3`}} {
			if len(part.ids) == 0 {
				continue
			}
			slugs := make([]string, len(part.ids))
			for i, id := range part.ids {
				slugs[i] = feeds.Slug(id)
			}
			if _, err := s.exec(ctx, `UPDATE missing SET `+part.set+` WHERE source = $1
				AND article IN (SELECT id FROM articles WHERE slug = ANY($2))`, source, slugs, ledger.Millis(now)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("note which pages of source %s are there: %w", source, err)
	}
	return nil
}
