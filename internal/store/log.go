package store

import (
	"context"
	"slices"
	"strings"
)

// log appends the transaction's records, files them under the categories of their
// stories (see filing.go), and marks the channels that they touch. From its first statement to the
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
	moves, err := w.moves(ctx)
	if err != nil {
		return err
	}
	var last int64
	if len(w.records) > 0 {
		if _, err := w.s.one(ctx, []any{&last}, `SELECT coalesce(max(seq), 0) FROM log`); err != nil {
			return err
		}
		rows := make([][]any, len(w.records))
		for i, r := range w.records {
			rows[i] = []any{last + int64(i) + 1, r.member.id, int64(r.revision), string(r.reason), r.story.id, r.language, r.story.publisher, millis(w.c.Now)}
		}
		if err := w.s.insert(ctx, `INSERT INTO log (seq, article, revision, reason, story, language, publisher, time_ms)`, rows, ``, nil); err != nil {
			return err
		}
	}
	if err := w.fileRecords(ctx, last+1, moves); err != nil {
		return err
	}
	if err := w.noteFormer(ctx, moves); err != nil {
		return err
	}
	return w.s.mark(ctx, w.channels(), w.c.Now)
}

// channels returns the channels to mark, and which of them urgently. Stories of one
// publisher in the same languages are asked for at once: no channel asks for more
// than one category.
func (w *work) channels() map[string]bool {
	marks := map[string]bool{}
	if w.c.Touched == nil {
		return marks
	}
	type kind struct {
		publisher, languages string
		urgent               bool
	}
	kinds := map[kind][]string{}
	for _, st := range w.stories {
		if !st.touched {
			continue
		}
		after := st.categories()
		languages := st.languages()
		slices.Sort(languages)
		k := kind{st.publisher, strings.Join(languages, " "), st.withdrawn || w.c.Urgent != nil && w.c.Urgent(after)}
		kinds[k] = union(union(union(kinds[k], st.before), after), st.told)
	}
	for k, categories := range kinds {
		for _, c := range w.c.Touched(k.publisher, strings.Fields(k.languages), categories) {
			channel := c.String()
			marks[channel] = marks[channel] || k.urgent
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
