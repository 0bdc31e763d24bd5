package store

import (
	"context"
	"database/sql"
	"fmt"
)

// KeptPage is what is kept of a page behind an entry of a source. State and Text are the
// collector's own.
type KeptPage struct {
	// Page names it among those of its source.
	Page string
	// State is what is known of the page, Text what was read in it; "" for nothing. Where it
	// is put, an empty Text leaves the one that is there.
	State, Text string
}

// PageChanges are what a run changes of what is kept of its source's pages.
type PageChanges struct {
	Put []KeptPage
	// Drop names pages of which nothing is kept any more.
	Drop []string
}

func (c PageChanges) isEmpty() bool { return len(c.Put)+len(c.Drop) == 0 }

// PageStates returns the states of the pages that are kept of a source.
func (db *DB) PageStates(ctx context.Context, source string) (states map[string]string, err error) {
	states, err = db.read().pages(ctx, `SELECT page, state FROM pages WHERE source = $1`, source)
	if err != nil {
		return nil, fmt.Errorf("read what is kept of the pages of source %s: %w", source, err)
	}
	return states, nil
}

// PageTexts returns the texts that are kept of these pages of a source.
func (db *DB) PageTexts(ctx context.Context, source string, pages []string) (texts map[string]string, err error) {
	if len(pages) == 0 {
		return nil, nil
	}
	texts, err = db.read().pages(ctx, `SELECT page, text FROM pages WHERE source = $1 AND page = ANY($2) AND text != ''`, source, pages)
	if err != nil {
		return nil, fmt.Errorf("read the texts of pages of source %s: %w", source, err)
	}
	return texts, nil
}

func (s session) pages(ctx context.Context, text string, args ...any) (map[string]string, error) {
	all := map[string]string{}
	err := s.each(ctx, func(rows *sql.Rows) error {
		var page, what string
		err := rows.Scan(&page, &what)
		all[page] = what
		return err
	}, text, args...)
	return all, err
}

// changePages stores what a run changes of what is kept. Of a run that is held nothing is
// done to known articles, so that pages which are known stay as they were too: what changed
// in them is told when it is done.
func (s session) changePages(ctx context.Context, source string, c PageChanges, held bool) error {
	conflict := `UPDATE SET state = excluded.state, text = CASE WHEN excluded.text = '' THEN pages.text ELSE excluded.text END`
	if held {
		conflict = `NOTHING`
	}
	rows := make([][]any, len(c.Put))
	for i, p := range c.Put {
		rows[i] = []any{source, p.Page, p.State, p.Text}
	}
	if err := s.insert(ctx, `INSERT INTO pages (source, page, state, text)`, rows, `ON CONFLICT (source, page) DO `+conflict, nil); err != nil {
		return err
	}
	if len(c.Drop) == 0 || held {
		return nil
	}
	_, err := s.exec(ctx, `DELETE FROM pages WHERE source = $1 AND page = ANY($2)`, source, c.Drop)
	return err
}

// PrunePages removes up to so many pages of sources that are none of these, and returns how
// many there were.
func (db *DB) PrunePages(ctx context.Context, sources []string, limit int) (n int64, err error) {
	var others []string
	if err := db.read().each(ctx, func(rows *sql.Rows) error {
		var source string
		err := rows.Scan(&source)
		others = append(others, source)
		return err
	}, `SELECT DISTINCT source FROM pages WHERE NOT (source = ANY($1))`, sources); err != nil {
		return 0, fmt.Errorf("look for pages of sources that are no more: %w", err)
	}
	if len(others) == 0 {
		return 0, nil
	}
	err = db.write(ctx, func(ctx context.Context, s session) (err error) {
		n, err = s.exec(ctx, `DELETE FROM pages WHERE (source, page) IN (SELECT source, page FROM pages WHERE source = ANY($1) LIMIT $2)`, others, limit)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("remove pages of sources that are no more: %w", err)
	}
	return n, nil
}
