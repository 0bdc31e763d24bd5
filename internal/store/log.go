package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"github.com/kairan-news/kairan/feeds"
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
	marks := w.channels()
	if err := w.markRecommending(ctx, marks); err != nil {
		return err
	}
	return w.s.mark(ctx, marks, w.c.Now)
}

// channels returns the channels to mark. Stories of one publisher in the same languages
// are asked for at once: no channel asks for more than one category.
func (w *work) channels() markings {
	marks := markings{}
	if w.c.Touched == nil {
		return marks
	}
	type kind struct {
		publisher, languages string
		how                  Marking
	}
	kinds := map[kind][]string{}
	for _, st := range w.stories {
		if !st.touched {
			continue
		}
		after := st.categories()
		languages := st.languages()
		slices.Sort(languages)
		k := kind{st.publisher, strings.Join(languages, " "), Marking{Urgent: st.withdrawn || w.c.Urgent != nil && w.c.Urgent(after), Past: st.changesPast()}}
		kinds[k] = union(union(union(kinds[k], st.before), after), st.told)
	}
	for k, categories := range kinds {
		for _, c := range w.c.Touched(k.publisher, strings.Fields(k.languages), categories) {
			marks.add(c, k.how)
		}
	}
	return marks
}

// markings are how channels changed.
type markings map[feeds.Channel]Marking

func (m markings) add(c feeds.Channel, how Marking) {
	before := m[c]
	m[c] = Marking{Urgent: before.Urgent || how.Urgent, Past: before.Past || how.Past}
}

// markRecommending adds the channels whose entries recommend a story of which something
// else is shown now: its title, its best version, or that there is none. In archives the
// recommendations stay as they were.
func (w *work) markRecommending(ctx context.Context, marks markings) error {
	var changed []string
	for _, r := range w.records {
		if r.reason != feeds.ReasonNew && r.reason != feeds.ReasonFiling {
			changed = append(changed, r.story.id)
		}
	}
	if len(changed) == 0 || w.c.Touched == nil {
		return nil
	}
	others, err := w.s.recommending(ctx, changed)
	if err != nil || len(others) == 0 {
		return err
	}
	showing, err := w.s.shownIn(ctx, others)
	if err != nil {
		return err
	}
	for _, in := range showing {
		for _, c := range w.c.Touched(in.publisher, in.languages, in.categories) {
			marks.add(c, Marking{})
		}
	}
	return nil
}

// shown is what tells in which channels a story stands.
type shown struct {
	publisher             string
	languages, categories []string
}

// shownIn returns where stories stand.
func (s session) shownIn(ctx context.Context, stories []string) (map[string]*shown, error) {
	found := map[string]*shown{}
	err := s.each(ctx, func(rows *sql.Rows) error {
		var story, publisher, language, packed string
		if err := rows.Scan(&story, &publisher, &language, &packed); err != nil {
			return err
		}
		categories, err := unlist[string](packed)
		in, ok := found[story]
		if !ok {
			in = &shown{publisher: publisher}
			found[story] = in
		}
		in.languages = union(in.languages, []string{language})
		in.categories = union(in.categories, categories)
		return err
	}, `SELECT story, publisher, language, categories FROM articles WHERE story = ANY($1)`, stories)
	return found, err
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
