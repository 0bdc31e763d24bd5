package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"
)

// log appends the transaction's records, files them under the categories of their
// stories, and marks the channels that they touch. From its first statement to the
// commit no other transaction appends, so that sequence order is commit order.
func (w *work) log(ctx context.Context) error {
	touched := false
	for _, st := range w.stories {
		touched = touched || st.touched
	}
	if !touched {
		return nil
	}
	if err := w.s.lock(ctx, lockLog, ""); err != nil {
		return err
	}
	filed, err := w.refileRecords(ctx)
	if err != nil {
		return err
	}
	if len(w.records) > 0 {
		var last int64
		if _, err := w.s.one(ctx, []any{&last}, `SELECT coalesce(max(seq), 0) FROM log`); err != nil {
			return err
		}
		rows := make([][]any, len(w.records))
		for i, r := range w.records {
			seq := last + int64(i) + 1
			rows[i] = []any{seq, r.member.id, int64(r.revision), string(r.reason), r.story.id, r.language, r.story.publisher, millis(w.c.Now)}
			for _, category := range r.story.categories() {
				filed = append(filed, []any{category, r.language, seq})
			}
		}
		if err := w.s.insert(ctx, `INSERT INTO log (seq, article, revision, reason, story, language, publisher, time_ms)`, rows, ``, nil); err != nil {
			return err
		}
	}
	if err := w.s.insert(ctx, `INSERT INTO log_categories (category, language, seq)`, filed, `ON CONFLICT (category, language, seq) DO NOTHING`, nil); err != nil {
		return err
	}
	return w.s.mark(ctx, w.channels(), w.c.Now)
}

// refileRecords returns rows for the older records of stories that gained a
// category, and removes those of stories that lost one.
func (w *work) refileRecords(ctx context.Context) (filed [][]any, err error) {
	type shift struct{ gained, lost []string }
	shifts := map[string]shift{}
	var ids []string
	for id, st := range w.stories {
		if !st.touched || len(st.before) == 0 && !slices.ContainsFunc(st.members, func(m *member) bool { return !m.added }) {
			continue
		}
		after := st.categories()
		s := shift{gained: without(after, st.before), lost: without(st.before, after)}
		if len(s.gained)+len(s.lost) > 0 {
			shifts[id] = s
			ids = append(ids, id)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	type entry struct {
		category, language string
		seq                int64
	}
	var lost []entry
	err = w.s.each(ctx, func(rows *sql.Rows) error {
		var seq int64
		var id, language string
		err := rows.Scan(&seq, &id, &language)
		for _, category := range shifts[id].gained {
			filed = append(filed, []any{category, language, seq})
		}
		for _, category := range shifts[id].lost {
			lost = append(lost, entry{category, language, seq})
		}
		return err
	}, `SELECT seq, story, language FROM log WHERE story = ANY($1)`, ids)
	if err != nil {
		return nil, err
	}
	for _, e := range lost {
		if _, err := w.s.exec(ctx, `DELETE FROM log_categories WHERE category = $1 AND language = $2 AND seq = $3`, e.category, e.language, e.seq); err != nil {
			return nil, err
		}
	}
	return filed, nil
}

// channels returns the channels to mark, and which of them urgently.
func (w *work) channels() map[string]bool {
	marks := map[string]bool{}
	if w.c.Touched == nil {
		return marks
	}
	type kind struct{ publisher, languages, categories string }
	asked := map[kind]bool{} // whether a kind of story was asked for, and urgently
	for _, st := range w.stories {
		if !st.touched {
			continue
		}
		after := st.categories()
		categories, languages := union(slices.Clone(st.before), after), st.languages()
		slices.Sort(categories)
		slices.Sort(languages)
		urgent := st.withdrawn || w.c.Urgent != nil && w.c.Urgent(after)
		k := kind{st.publisher, strings.Join(languages, " "), strings.Join(categories, " ")}
		if was, ok := asked[k]; ok && (was || !urgent) {
			continue
		}
		asked[k] = urgent
		for _, c := range w.c.Touched(st.publisher, languages, categories) {
			channel := c.String()
			marks[channel] = marks[channel] || urgent
		}
	}
	return marks
}

// without returns what is in a and not in b.
func without(a, b []string) (rest []string) {
	for _, s := range a {
		if !slices.Contains(b, s) {
			rest = append(rest, s)
		}
	}
	return rest
}
