package store

import (
	"context"
	"time"
)

// facts are what the store itself has learned about a source. They stand in the row
// of the source's state, and a collector that writes the state leaves them alone.
type facts struct {
	visited  bool      // it was collected before
	read     time.Time // when it was collected last
	linkKeys bool      // links are its keys, since its GUIDs change with every fetch
	items    int       // of the last run that was not held
	missing  int       // articles that are missing within its window, or whose pages were seen gone
	holds    int       // parts of its runs that are held
}

func (s session) facts(ctx context.Context, source string) (f facts, err error) {
	var success, linkKeys int64
	_, err = s.one(ctx, []any{&success, &linkKeys, &f.items, &f.missing, &f.holds},
		`SELECT last_success_ms, link_keys, items, missing, (SELECT count(*) FROM holds WHERE source = $1)
			FROM source_states WHERE id = $1`, source)
	f.visited, f.read, f.linkKeys = success > 0, fromMillis(success), linkKeys != 0
	return f, err
}

// learned returns the facts after the run.
func (w *work) learned() facts {
	f := w.facts
	f.linkKeys = w.verdict.byLink || f.linkKeys
	switch {
	case w.verdict.held:
	case w.c.Window:
		f.items = len(w.c.Articles) + len(w.c.Known)
	case w.c.Listing != nil:
		f.items = w.c.Listing.Items
	}
	return f
}

// storeFacts stores what the run taught, where it taught something.
func (w *work) storeFacts(ctx context.Context, before facts) error {
	f := w.learned()
	if f == before {
		return nil
	}
	_, err := w.s.exec(ctx, `UPDATE source_states SET link_keys = $2, items = $3, missing = $4 WHERE id = $1`,
		w.c.Run.Source, flag(f.linkKeys), f.items, f.missing)
	return err
}
