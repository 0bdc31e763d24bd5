package store

import (
	"context"
	"database/sql"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
)

// log appends the records of stories, files them under the categories of their
// stories (see filing.go), and marks the channels that they touch. It returns which records
// it added. From its first statement to the
// commit no other transaction appends, so that sequence order is commit order.
func (s session) log(ctx context.Context, stories *ledger.Stories, m marker, now time.Time) (added seqs, err error) {
	if !stories.Touched() {
		return seqs{}, nil
	}
	if err := s.lock(ctx, lockLog, ""); err != nil {
		return seqs{}, err
	}
	var closed map[string]bool
	if stories.Gains() {
		var err error
		if closed, err = s.closedCategories(ctx); err != nil {
			return seqs{}, err
		}
	}
	moves := stories.Move(closed)
	last, err := s.appendRecords(ctx, stories.Records, now)
	if err != nil {
		return seqs{}, err
	}
	if len(stories.Records) > 0 {
		added = seqs{last + 1, last + int64(len(stories.Records))}
	}
	if err := s.fileRecords(ctx, stories, last+1, moves); err != nil {
		return seqs{}, err
	}
	if err := s.indexMoved(ctx, moves); err != nil {
		return seqs{}, err
	}
	marks := m.touchedBy(stories)
	if err := s.markRecommending(ctx, stories, m, marks); err != nil {
		return seqs{}, err
	}
	return added, s.mark(ctx, marks, m.visit, now)
}

// seqs are the sequence numbers of records from a first to a last; the zero value is none.
type seqs struct{ first, last int64 }

// and returns the numbers of both, of which the others are the later ones.
func (s seqs) and(later seqs) seqs {
	switch {
	case later == seqs{}:
		return s
	case s == seqs{}:
		return later
	}
	return seqs{s.first, later.last}
}

// appendRecords appends records to the log and returns the sequence number after
// which they stand.
func (s session) appendRecords(ctx context.Context, records []*ledger.Record, now time.Time) (last int64, err error) {
	if len(records) == 0 {
		return 0, nil
	}
	if last, err = s.lastNumber(ctx); err != nil {
		return 0, err
	}
	rows := make([][]any, len(records))
	for i, r := range records {
		rows[i] = []any{last + int64(i) + 1, r.Version.ID, int64(r.Revision), string(r.Reason), r.Story.ID, r.Language, r.Version.Publisher, ledger.Millis(now)}
	}
	return last, s.insert(ctx, `INSERT INTO log (seq, article, revision, reason, story, language, publisher, time_ms)`, rows, ``, nil)
}

// fileRecords enters the records, which begin at a sequence number, into the logs of
// the categories, and remembers which categories stories have left, for what may have to
// be told there.
func (s session) fileRecords(ctx context.Context, stories *ledger.Stories, first int64, moves ledger.Moves) error {
	rows, err := s.filePast(ctx, moves)
	if err != nil {
		return err
	}
	former, err := s.formerCategories(ctx, stories.Withdrawing())
	if err != nil {
		return err
	}
	rows = append(rows, stories.File(first, moves, former)...)
	values := make([][]any, len(rows))
	for i, f := range rows {
		values[i] = []any{f.Category, f.Language, f.Seq, flag(f.Outside)}
	}
	if err := s.insert(ctx, `INSERT INTO log_categories (category, language, seq, outside)`, values, `ON CONFLICT (category, language, seq) DO NOTHING`, nil); err != nil {
		return err
	}
	values = values[:0]
	for story, left := range moves.Left() {
		for _, category := range left {
			values = append(values, []any{story, category})
		}
	}
	return s.insert(ctx, `INSERT INTO former_categories (story, category)`, values, `ON CONFLICT (story, category) DO NOTHING`, nil)
}

// closedCategories are the categories of which a channel has closed an archive.
func (s session) closedCategories(ctx context.Context) (map[string]bool, error) {
	channels, err := s.channels(ctx, `SELECT DISTINCT channel FROM archives`)
	closed := map[string]bool{}
	for _, c := range channels {
		if c.Kind == feeds.ChannelCategory || c.Kind == feeds.ChannelOnly {
			closed[c.Name] = true
		}
	}
	return closed, err
}

// filePast returns rows for the older records of stories that bring them along, as if
// these had never left, and notes that there are some, for who is just about to close
// an archive.
func (s session) filePast(ctx context.Context, moves ledger.Moves) (rows []ledger.Filed, err error) {
	categories, stories := moves.WithPast()
	if len(categories) == 0 {
		return nil, nil
	}
	for category, stories := range stories {
		if _, err := s.exec(ctx, `UPDATE log_categories SET outside = 0 WHERE category = $1 AND outside = 1
			AND seq IN (SELECT l.seq FROM articles a JOIN log l ON l.article = a.id WHERE a.story = ANY($2))`, category, stories); err != nil {
			return nil, err
		}
	}
	if err := s.each(ctx, func(r *sql.Rows) error {
		var seq int64
		var id, language string
		err := r.Scan(&seq, &id, &language)
		for _, category := range categories[id] {
			rows = append(rows, ledger.Filed{Category: category, Language: language, Seq: seq})
		}
		return err
	}, `SELECT l.seq, a.story, l.language FROM articles a JOIN log l ON l.article = a.id WHERE a.story = ANY($1) AND l.reason <> $2`,
		slices.Collect(maps.Keys(categories)), string(feeds.ReasonFiling)); err != nil {
		return nil, err
	}
	n, err := s.pastFilings(ctx)
	if err != nil {
		return nil, err
	}
	return rows, s.insert(ctx, `INSERT INTO meta (key, value)`, [][]any{{pastKey, strconv.FormatInt(n+1, 10)}},
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

// formerCategories returns the categories that stories had.
func (s session) formerCategories(ctx context.Context, ids []string) (map[string][]string, error) {
	former := map[string][]string{}
	if len(ids) == 0 {
		return former, nil
	}
	err := s.each(ctx, func(rows *sql.Rows) error {
		var id, category string
		err := rows.Scan(&id, &category)
		former[id] = append(former[id], category)
		return err
	}, `SELECT story, category FROM former_categories WHERE story = ANY($1) ORDER BY story, category`, ids)
	return former, err
}

// marker tells which channels stories touch.
type marker struct {
	// touched returns the channels that stories belong to; nil is none.
	touched func(publisher string, languages, categories []string) []feeds.Channel
	// urgent reports whether a story in these categories is published at once; nil is never.
	urgent func(categories []string) bool
	visit  string // names the visit that brought them, in logs and traces; "" for none
}

// touchedBy returns the channels to mark. Stories of one publisher in the same languages
// are asked for at once: no channel asks for more than one category.
func (m marker) touchedBy(stories *ledger.Stories) markings {
	marks := markings{}
	if m.touched == nil {
		return marks
	}
	type kind struct {
		publisher, languages string
		how                  Marking
	}
	kinds := map[kind][]string{}
	for _, t := range stories.Touches() {
		k := kind{t.Publisher, strings.Join(t.Languages, " "), Marking{Urgent: t.Withdrawn || m.urgent != nil && m.urgent(t.Now), Past: t.Past}}
		kinds[k] = append(kinds[k], t.Categories...)
	}
	for k, categories := range kinds {
		slices.Sort(categories)
		for _, c := range m.touched(k.publisher, strings.Fields(k.languages), slices.Compact(categories)) {
			marks.add(c, k.how)
		}
	}
	return marks
}

// markRecommending adds the channels whose entries recommend a story of which something
// else is shown now. In archives the recommendations stay as they were.
func (s session) markRecommending(ctx context.Context, stories *ledger.Stories, m marker, marks markings) error {
	changed := stories.ShownElsewhere()
	if len(changed) == 0 || m.touched == nil {
		return nil
	}
	others, err := s.recommending(ctx, changed)
	if err != nil || len(others) == 0 {
		return err
	}
	showing, err := s.shownIn(ctx, others)
	if err != nil {
		return err
	}
	for _, in := range showing {
		for _, publisher := range in.publishers {
			for _, c := range m.touched(publisher, in.languages, in.categories.All()) {
				marks.add(c, Marking{})
			}
		}
	}
	return nil
}

// shown is what tells in which channels a story stands.
type shown struct {
	publishers, languages []string
	categories            ledger.Categories
}

// shownIn returns where stories stand.
func (s session) shownIn(ctx context.Context, stories []string) (map[string]*shown, error) {
	found := map[string]*shown{}
	err := s.each(ctx, func(rows *sql.Rows) error {
		var story, publisher, language, packed string
		var byDefault int64
		if err := rows.Scan(&story, &publisher, &language, &packed, &byDefault); err != nil {
			return err
		}
		categories, err := ledger.Unlist[string](packed)
		in, ok := found[story]
		if !ok {
			in = &shown{}
			found[story] = in
		}
		in.publishers = ledger.Union(in.publishers, []string{publisher})
		in.languages = ledger.Union(in.languages, []string{language})
		in.categories.Add(categories, byDefault != 0)
		return err
	}, `SELECT story, publisher, language, categories, by_default FROM articles WHERE story = ANY($1)`, stories)
	return found, err
}
