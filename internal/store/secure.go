package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/internal/ledger"
)

// secureKey begins the keys of what is kept for the whole service of the hosts that have
// answered by https; the host follows. The value is when that was seen first.
const secureKey = "secure-host:"

// SawSecure keeps that hosts have answered by https.
func (db *DB) SawSecure(ctx context.Context, hosts []string, now time.Time) error {
	var rows [][]any
	for _, host := range slices.Compact(slices.Sorted(slices.Values(hosts))) {
		rows = append(rows, []any{secureKey + ledger.Clean(host), now.UTC().Format(time.RFC3339)})
	}
	err := db.write(ctx, func(ctx context.Context, s session) error {
		return s.insert(ctx, `INSERT INTO meta (key, value)`, rows, `ON CONFLICT (key) DO NOTHING`, nil)
	})
	if err != nil {
		return fmt.Errorf("keep which hosts answer by https: %w", err)
	}
	return nil
}

// SecureHosts returns the hosts that were ever seen to answer by https.
func (db *DB) SecureHosts(ctx context.Context) (map[string]bool, error) {
	hosts := map[string]bool{}
	err := db.read().each(ctx, func(rows *sql.Rows) error {
		var key string
		err := rows.Scan(&key)
		hosts[strings.TrimPrefix(key, secureKey)] = true
		return err
	}, `SELECT key FROM meta WHERE key LIKE $1`, secureKey+"%")
	if err != nil {
		return nil, fmt.Errorf("read which hosts answer by https: %w", err)
	}
	return hosts, nil
}
