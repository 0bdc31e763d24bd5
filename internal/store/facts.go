package store

import (
	"context"

	"github.com/kairan-news/kairan/internal/ledger"
)

// facts returns what was learned about a source. It stands in the row of the source's
// state, and a collector that writes the state leaves it alone.
func (s session) facts(ctx context.Context, source string) (f ledger.Facts, err error) {
	var success, linkKeys int64
	_, err = s.one(ctx, []any{&success, &linkKeys, &f.Items, &f.Missing, &f.Holds, &f.Noise},
		`SELECT last_success_ms, link_keys, items, missing, (SELECT count(*) FROM holds WHERE source = $1), noise
			FROM source_states WHERE id = $1`, source)
	f.Visited, f.Read, f.LinkKeys = success > 0, ledger.FromMillis(success), linkKeys != 0
	return f, err
}

func (s session) putFacts(ctx context.Context, source string, f ledger.Facts) error {
	_, err := s.exec(ctx, `UPDATE source_states SET link_keys = $2, items = $3, missing = $4, noise = $5 WHERE id = $1`,
		source, flag(f.LinkKeys), f.Items, f.Missing, string(f.Noise))
	return err
}
