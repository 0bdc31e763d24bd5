package store_test

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/store"
)

// BenchmarkLists reads what sitemaps are made of, of 300,000 articles in 17 languages that are
// six versions of a notice each; KAIRAN_LISTED_ARTICLES says another number.
func BenchmarkLists(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("KAIRAN_LISTED_ARTICLES"))
	if err != nil {
		n = 300_000
	}
	onEachEngineB(b, func(b *testing.B, db *store.DB) {
		fillListed(b, db, n)
		analyze(b, db)
		const size = 2500
		languages := []string{"l0", "l1", "l2", "l3", "l4", "l5", "l6", "l7", "l8", "l9", "l10", "l11", "l12", "l13", "l14", "l15", "l16"}
		b.Run("parts", func(b *testing.B) {
			for b.Loop() {
				parts, err := db.ListParts(b.Context(), size, languages)
				if err != nil || len(parts) != (n+size-1)/size {
					b.Fatal(len(parts), err)
				}
			}
		})
		b.Run("part", func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				listed, err := db.ListPart(b.Context(), size, i%(n/size)+1)
				if err != nil || len(listed) != size {
					b.Fatal(len(listed), err)
				}
			}
		})
		b.Run("recent", func(b *testing.B) {
			for b.Loop() {
				if listed, err := db.ListRecent(b.Context(), 48*time.Hour, 1000); err != nil || len(listed) != 1000 {
					b.Fatal(len(listed), err)
				}
			}
		})
		b.Run("newest", func(b *testing.B) {
			for b.Loop() {
				if newest, err := db.NewestOf(b.Context(), []string{"p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9", "p10", "p11", "p12", "p13", "p14", "p15"}); err != nil || len(newest) != 16 {
					b.Fatal(len(newest), err)
				}
			}
		})
	})
}

// fillListed stores so many articles, one a minute, with texts of 2 KB.
func fillListed(b *testing.B, db *store.DB, n int) {
	b.Helper()
	const series = `WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < `
	rows := series + strconv.Itoa(n) + `) `
	const text = `substr('0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789', 1, 100)`
	const long = text + `||` + text + `||` + text + `||` + text + `||` + text + `||` + text + `||` + text + `||` + text + `||` + text + `||` + text
	for _, statement := range []string{
		`INSERT INTO articles (id, uid, slug, story, publisher, source, key, language, guid, link, title, revision, hash, joins, terms, categories, published_ms, first_seen_ms, withdrawn_ms)
			` + rows + `SELECT i, 'urn:uuid:'||i, 'slug-'||i, 'story-'||((i - 1) / 6), 'p'||(i % 16), 's', 'k'||i, 'l'||(i % 17), 'g'||i, 'https://city.example/'||i, 'A title of some length, as titles are '||i, 1, 'h', '[]', '[]', '["culture"]', i * 60000, i * 60000, 0 FROM s`,
		`INSERT INTO revisions (article, n, hash, time_ms, title, summary, content, link, rights, published_ms, published_from, updated_ms, corrected_ms, lists)
			` + rows + `SELECT i, 1, 'h', i * 60000, 'A title of some length, as titles are '||i, ` + text + `, ` + long + `||` + long + `, 'https://city.example/'||i, '', i * 60000, 'declared', 0, 0, '{}' FROM s`,
		`INSERT INTO log (seq, article, revision, reason, story, language, publisher, time_ms)
			` + rows + `SELECT i, i, 1, 'new', 'story-'||((i - 1) / 6), 'l'||(i % 17), 'p'||(i % 16), i * 60000 FROM s`,
	} {
		if db.Engine() == store.PostgreSQL {
			statement = strings.NewReplacer("SELECT 1 UNION", "SELECT CAST(1 AS BIGINT) UNION", "withdrawn_ms)", "withdrawn_ms) OVERRIDING SYSTEM VALUE").Replace(statement)
		}
		if _, err := db.Writer().ExecContext(b.Context(), statement); err != nil {
			b.Fatal(err)
		}
	}
}
