package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strconv"

	"github.com/kairan-news/kairan/feeds"
)

// Filing: which stories stand in a category, and since when.
//
// A category has a log of its own, which is a part of the log: log_categories names
// the records that were appended while their story was in the category. Once a part of
// it is archived it is append-only like the log, so that what a channel has shown stays
// as it was:
//
//   - A story that comes into a category stands there from the next record on, at
//     the head of the log. Where it has no new record just then, as when the rules have
//     changed, one is appended that says so and nothing else ([feeds.ReasonFiling]): no
//     other channel knows of it, and the articles keep their dates.
//   - A story that leaves a category is outside from the next record on, in the same
//     way. What was shown of it stays in the archives, and its withdrawal, should
//     there be one, is told there too.
//   - As long as no channel of a category has closed an archive, a story that comes in
//     brings its past along, and stands where it would have stood; also if it had left
//     meanwhile. So a new category, or a renamed one, has the history that it would
//     have had.
//
// A record that brings a story in is found in the languages of all its live versions,
// since it shows each locale the best of them.

// move is what a transaction changes about a story's categories.
type move struct {
	entered, left []string
	// past are those in which the story stands as if it always had.
	past []string
}

// moves finds out which stories change their categories, and appends a record for
// those that have none.
func (w *work) moves(ctx context.Context) (map[*story]move, error) {
	moves := map[*story]move{}
	var closed map[string]bool
	for _, st := range w.stories {
		if !st.touched || len(st.before) == 0 && !slices.ContainsFunc(st.members, func(m *member) bool { return !m.added }) {
			continue
		}
		after := st.categories()
		m := move{left: without(st.before, after)}
		for _, category := range without(after, st.before) {
			if closed == nil {
				var err error
				if closed, err = w.closedCategories(ctx); err != nil {
					return nil, err
				}
			}
			if closed[category] {
				m.entered = append(m.entered, category)
			} else {
				m.past = append(m.past, category)
			}
		}
		if len(m.entered)+len(m.left)+len(m.past) > 0 {
			moves[st] = m
		}
	}
	if len(moves) == 0 {
		return nil, nil
	}
	recorded := map[*story]bool{}
	for _, r := range w.records {
		recorded[r.story] = true
	}
	for _, st := range slices.SortedFunc(maps.Keys(moves), func(a, b *story) int { return int(a.members[0].id - b.members[0].id) }) {
		i := slices.IndexFunc(st.members, func(m *member) bool { return !m.withdrawn })
		if m := moves[st]; recorded[st] || i < 0 || len(m.entered)+len(m.left) == 0 {
			continue
		}
		live := st.members[i]
		w.records = append(w.records, &record{story: st, member: live, revision: live.revision, reason: feeds.ReasonFiling, language: live.language})
	}
	return moves, nil
}

// closedCategories are the categories of which a channel has closed an archive.
func (w *work) closedCategories(ctx context.Context) (map[string]bool, error) {
	channels, err := w.s.channels(ctx, `SELECT channel FROM archives WHERE n = 1`)
	closed := map[string]bool{}
	for _, c := range channels {
		if c.Kind == feeds.ChannelCategory || c.Kind == feeds.ChannelOnly {
			closed[c.Name] = true
		}
	}
	return closed, err
}

// filed is a row of a category's log.
type filed struct {
	category, language string
	seq                int64
	outside            bool
}

// fileRecords enters the records, which begin at a sequence number, into the logs of
// the categories.
func (w *work) fileRecords(ctx context.Context, first int64, moves map[*story]move) error {
	rows, err := w.filePast(ctx, moves)
	if err != nil {
		return err
	}
	former, err := w.formerCategories(ctx)
	if err != nil {
		return err
	}
	moved := map[*story]bool{}
	for i, r := range w.records {
		seq := first + int64(i)
		m := moves[r.story]
		if moved[r.story] {
			m = move{}
		}
		moved[r.story] = true
		for _, category := range r.story.categories() {
			if entered := slices.Contains(m.entered, category); entered || r.reason != feeds.ReasonFiling {
				rows = append(rows, filed{category: category, language: r.language, seq: seq})
				if entered {
					for _, language := range r.story.liveLanguages() {
						rows = append(rows, filed{category: category, language: language, seq: seq})
					}
				}
			}
		}
		for _, category := range m.left {
			rows = append(rows, filed{category, r.language, seq, true})
		}
		if r.reason == feeds.ReasonWithdrawal {
			for _, category := range without(former[r.story.id], r.story.categories()) {
				rows = append(rows, filed{category, r.language, seq, true})
			}
		}
	}
	values := make([][]any, len(rows))
	for i, f := range rows {
		values[i] = []any{f.category, f.language, f.seq, flag(f.outside)}
	}
	return w.s.insert(ctx, `INSERT INTO log_categories (category, language, seq, outside)`, values, `ON CONFLICT (category, language, seq) DO NOTHING`, nil)
}

// filePast returns rows for the older records of stories that bring them along, as if
// these had never left, and notes that there are some, for who is just about to close
// an archive.
func (w *work) filePast(ctx context.Context, moves map[*story]move) (rows []filed, err error) {
	past := map[string][]string{}
	comers := map[string][]string{} // stories by category
	var ids []string
	for st, m := range moves {
		if len(m.past) > 0 {
			past[st.id] = m.past
			ids = append(ids, st.id)
		}
		for _, category := range m.past {
			comers[category] = append(comers[category], st.id)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	for category, stories := range comers {
		if _, err := w.s.exec(ctx, `UPDATE log_categories SET outside = 0 WHERE category = $1 AND outside = 1
			AND seq IN (SELECT l.seq FROM articles a JOIN log l ON l.article = a.id WHERE a.story = ANY($2))`, category, stories); err != nil {
			return nil, err
		}
	}
	if err := w.s.each(ctx, func(r *sql.Rows) error {
		var seq int64
		var id, language string
		err := r.Scan(&seq, &id, &language)
		for _, category := range past[id] {
			rows = append(rows, filed{category: category, language: language, seq: seq})
		}
		return err
	}, `SELECT l.seq, a.story, l.language FROM articles a JOIN log l ON l.article = a.id WHERE a.story = ANY($1) AND l.reason <> $2`, ids, string(feeds.ReasonFiling)); err != nil {
		return nil, err
	}
	n, err := w.s.pastFilings(ctx)
	if err != nil {
		return nil, err
	}
	return rows, w.s.insert(ctx, `INSERT INTO meta (key, value)`, [][]any{{pastKey, strconv.FormatInt(n+1, 10)}},
		`ON CONFLICT (key) DO UPDATE SET value = excluded.value`, nil)
}

// pastKey is where the store keeps how often records were filed behind others.
const pastKey = "filing.past"

func (s session) pastFilings(ctx context.Context) (int64, error) {
	var value string
	if ok, err := s.one(ctx, []any{&value}, `SELECT value FROM meta WHERE key = $1`, pastKey); err != nil || !ok {
		return 0, err
	}
	return strconv.ParseInt(value, 10, 64)
}

// noteFormer remembers which categories stories have left, for what may have to be
// told there.
func (w *work) noteFormer(ctx context.Context, moves map[*story]move) error {
	var rows [][]any
	for st, m := range moves {
		for _, category := range m.left {
			rows = append(rows, []any{st.id, category})
		}
	}
	return w.s.insert(ctx, `INSERT INTO former_categories (story, category)`, rows, `ON CONFLICT (story, category) DO NOTHING`, nil)
}

// formerCategories returns the categories that stories had of which a version is
// withdrawn, and has their channels marked.
func (w *work) formerCategories(ctx context.Context) (map[string][]string, error) {
	var ids []string
	for _, r := range w.records {
		if r.reason == feeds.ReasonWithdrawal {
			ids = append(ids, r.story.id)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	former := map[string][]string{}
	err := w.s.each(ctx, func(rows *sql.Rows) error {
		var id, category string
		err := rows.Scan(&id, &category)
		former[id] = append(former[id], category)
		w.stories[id].told = former[id]
		return err
	}, `SELECT story, category FROM former_categories WHERE story = ANY($1) ORDER BY story, category`, ids)
	return former, err
}
