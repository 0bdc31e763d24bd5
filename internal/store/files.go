package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
)

// FileGrace is how long a file stays that no live article shows: who collects keeps files
// before the articles that show them.
const FileGrace = 24 * time.Hour

// KeepFile keeps a file by its digest ([feeds.FileDigest]), until no live article has shown
// it for [FileGrace].
func (db *DB) KeepFile(ctx context.Context, digest string, now time.Time, data []byte) error {
	if kept, err := db.KeepsFile(ctx, digest, now); kept || err != nil {
		return err
	}
	err := db.write(ctx, func(ctx context.Context, s session) error {
		return s.insert(ctx, `INSERT INTO files (digest, kept_ms, data)`, [][]any{{digest, ledger.Millis(now), data}},
			`ON CONFLICT (digest) DO UPDATE SET kept_ms = excluded.kept_ms`, nil)
	})
	if err != nil {
		return fmt.Errorf("keep file %s: %w", digest, err)
	}
	return nil
}

// KeepsFile goes on keeping a file, as if it had come again, and reports whether it is there.
func (db *DB) KeepsFile(ctx context.Context, digest string, now time.Time) (kept bool, err error) {
	var last int64
	kept, err = db.read().one(ctx, []any{&last}, `SELECT kept_ms FROM files WHERE digest = $1`, digest)
	if err != nil {
		return false, fmt.Errorf("look for file %s: %w", digest, err)
	}
	if !kept || now.Sub(ledger.FromMillis(last)) < FileGrace/2 {
		return kept, nil
	}
	err = db.write(ctx, func(ctx context.Context, s session) error {
		n, err := s.exec(ctx, `UPDATE files SET kept_ms = $2 WHERE digest = $1`, digest, ledger.Millis(now))
		kept = n > 0 // else it has been removed meanwhile
		return err
	})
	if err != nil {
		return false, fmt.Errorf("go on keeping file %s: %w", digest, err)
	}
	return kept, nil
}

// File returns a file that a live article shows; false if there is none of that digest.
func (db *DB) File(ctx context.Context, digest string) (data []byte, ok bool, err error) {
	ok, err = db.read().one(ctx, []any{&data}, `SELECT f.data FROM files f WHERE f.digest = $1 AND EXISTS (
		SELECT 1 FROM article_files u JOIN articles a ON a.id = u.article WHERE u.digest = f.digest AND a.withdrawn_ms = 0)`, digest)
	if err != nil {
		return nil, false, fmt.Errorf("read file %s: %w", digest, err)
	}
	return data, ok, nil
}

// FilePaths returns the paths ([feeds.FilePath]) of all files that live articles show.
func (db *DB) FilePaths(ctx context.Context) (paths []string, err error) {
	err = db.read().each(ctx, func(rows *sql.Rows) error {
		var digest, name string
		err := rows.Scan(&digest, &name)
		paths = append(paths, feeds.FilePath(digest, name))
		return err
	}, `SELECT DISTINCT u.digest, u.name FROM article_files u JOIN articles a ON a.id = u.article
		JOIN files f ON f.digest = u.digest WHERE a.withdrawn_ms = 0 ORDER BY u.digest, u.name`)
	if err != nil {
		return nil, fmt.Errorf("list the files of articles: %w", err)
	}
	return paths, nil
}

// PruneFiles removes up to so many files that no live article shows, nor is about to, and
// returns how many there were.
func (db *DB) PruneFiles(ctx context.Context, now time.Time, limit int) (n int64, err error) {
	err = db.write(ctx, func(ctx context.Context, s session) (err error) {
		n, err = s.exec(ctx, `DELETE FROM files WHERE digest IN (SELECT f.digest FROM files f WHERE f.kept_ms < $1 AND NOT EXISTS (
			SELECT 1 FROM article_files u JOIN articles a ON a.id = u.article WHERE u.digest = f.digest AND a.withdrawn_ms = 0) LIMIT $2)`,
			ledger.Millis(now.Add(-FileGrace)), limit)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("remove files that no article shows: %w", err)
	}
	return n, nil
}

// showFiles enters which files articles show now.
func (s session) showFiles(ctx context.Context, reread, stored []ledger.Revision) error {
	var changed []int64
	var rows [][]any
	for _, r := range slices.Concat(reread, stored) {
		for _, address := range feeds.FilesShown(r.Article) {
			digest, _ := feeds.FileOf(address)
			rows = append(rows, []any{r.Of.ID, digest, feeds.FileName(address)})
		}
	}
	for _, r := range reread {
		changed = append(changed, r.Of.ID)
	}
	for _, r := range stored {
		if r.N > 1 {
			changed = append(changed, r.Of.ID)
		}
	}
	if len(changed) > 0 {
		if _, err := s.exec(ctx, `DELETE FROM article_files WHERE article = ANY($1)`, changed); err != nil {
			return err
		}
	}
	return s.insert(ctx, `INSERT INTO article_files (article, digest, name)`, rows, `ON CONFLICT (article, digest) DO NOTHING`, nil)
}

// eraseFiles removes the files that an article shows, and no other that is live.
func (s session) eraseFiles(ctx context.Context, article int64) error {
	if _, err := s.exec(ctx, `DELETE FROM files WHERE digest IN (SELECT digest FROM article_files WHERE article = $1) AND NOT EXISTS (
		SELECT 1 FROM article_files u JOIN articles a ON a.id = u.article WHERE u.digest = files.digest AND u.article <> $1 AND a.withdrawn_ms = 0)`, article); err != nil {
		return err
	}
	_, err := s.exec(ctx, `DELETE FROM article_files WHERE article = $1`, article)
	return err
}
