package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
)

// RecordFilter picks records of the log. The zero value picks all.
type RecordFilter = feeds.RecordFilter

// ChannelRecords returns at most limit records with a sequence number below
// beforeSeq (0 means from the end of the log), the newest first.
func (r Reader) ChannelRecords(ctx context.Context, f RecordFilter, beforeSeq int64, limit int) ([]feeds.Record, error) {
	if beforeSeq <= 0 {
		beforeSeq = math.MaxInt64
	}
	return r.channelRecords(ctx, f, newestBelow, beforeSeq, limit, func(a, b int64) int { return cmp.Compare(b, a) })
}

// channelRecords returns at most limit records of a channel that lie on one side of a
// sequence number, in the order that is given.
func (r Reader) channelRecords(ctx context.Context, f RecordFilter, side string, seq int64, limit int, order func(a, b int64) int) (records []feeds.Record, err error) {
	for _, s := range stretches(f, side, seq) {
		some, err := r.stretch(ctx, f, side, s, limit-len(records), order)
		if err != nil {
			return nil, fmt.Errorf("read the records of a channel: %w", err)
		}
		if records = append(records, some...); len(records) >= limit {
			break
		}
	}
	return records, nil
}

// stretch is a part of the log in which the same languages are searched for: those on one
// side of from, as far as another sequence number.
type stretch struct {
	from  int64
	end   string // a condition; "" for as far as the log goes
	until int64  // of the condition
	chain feeds.Chain
	exact bool // the tags of the chain alone, and none that fit them
}

// stretches are the whole log, or where fewer languages were once accepted the parts before
// and behind, as they are read.
func stretches(f RecordFilter, side string, seq int64) (parts []stretch) {
	a := f.Languages
	if a.Chain == nil || a.Until == 0 || a.Narrow.AcceptsAll() {
		return []stretch{{from: seq, chain: a.Chain}}
	}
	if side == newestBelow {
		if seq > a.Until+1 {
			parts = append(parts, stretch{from: seq, end: ">", until: a.Until, chain: a.Chain})
		}
		return append(parts, stretch{from: min(seq, a.Until+1), chain: a.Narrow, exact: true})
	}
	if seq < a.Until {
		parts = append(parts, stretch{from: seq, end: "<=", until: a.Until, chain: a.Narrow, exact: true})
	}
	return append(parts, stretch{from: max(seq, a.Until), chain: a.Chain})
}

// stretch reads a part of the log.
func (r Reader) stretch(ctx context.Context, f RecordFilter, side string, s stretch, limit int, order func(a, b int64) int) ([]feeds.Record, error) {
	languages, err := r.languages(ctx, f.Category, s)
	if err != nil {
		return nil, err
	}
	// A search for each language by itself follows an index from its end. One for
	// all languages would read the whole log where a language is rare.
	m := merge{limit: limit, order: order, read: func(language string, from int64, limit int) ([]feeds.Record, error) {
		return r.records(ctx, f, language, side, s, from, limit)
	}}
	return m.of(languages, s.from)
}

// merge puts the records of several languages into one order, and reads of each little more
// than is wanted of it.
type merge struct {
	limit int
	order func(a, b int64) int
	read  func(language string, from int64, limit int) ([]feeds.Record, error)

	all  []feeds.Record
	ends map[string]int64 // how far each language was read; those that were read whole are left out
}

// of returns the first records of these languages behind a sequence number.
func (m *merge) of(languages []string, from int64) ([]feeds.Record, error) {
	m.ends = map[string]int64{}
	for _, language := range languages {
		m.ends[language] = from
	}
	// A share, and half as much again, since languages differ.
	chunk := min(m.limit, 10+3*m.limit/(2*max(len(languages), 1)))
	next := languages
	for {
		for _, language := range next {
			some, err := m.read(language, m.ends[language], chunk)
			if err != nil {
				return nil, err
			}
			m.all = append(m.all, some...)
			if len(some) < chunk {
				delete(m.ends, language)
			} else {
				m.ends[language] = some[len(some)-1].Seq
			}
		}
		slices.SortFunc(m.all, func(a, b feeds.Record) int { return m.order(a.Seq, b.Seq) })
		// A record that brought a story in is found in each of its languages.
		m.all = slices.CompactFunc(m.all, func(a, b feeds.Record) bool { return a.Seq == b.Seq })
		if next = m.short(); len(next) == 0 {
			return m.all[:min(m.limit, len(m.all))], nil
		}
		chunk = min(m.limit, 2*chunk)
	}
}

// short returns the languages of which there may be more among the first records.
func (m *merge) short() (languages []string) {
	for language, end := range m.ends {
		if len(m.all) < m.limit || m.order(end, m.all[m.limit-1].Seq) < 0 {
			languages = append(languages, language)
		}
	}
	slices.Sort(languages)
	return languages
}

// anyLanguage stands for a search that needs no language.
const anyLanguage = ""

// languages returns what to search for in a part of the log: the languages that are accepted
// among those of the log, or of a category's records, whose index begins with them; none
// where the log is searched for all.
func (r Reader) languages(ctx context.Context, category string, s stretch) (languages []string, err error) {
	all := s.chain == nil || s.chain.AcceptsAll()
	switch {
	case s.exact:
		return s.chain, nil
	case all && category == "":
		return []string{anyLanguage}, nil
	case category == "":
		languages, err = r.Languages(ctx)
	default:
		languages, err = r.distinct(ctx, `log_categories`, ` AND category = $1`, category)
	}
	if !all {
		languages = slices.DeleteFunc(languages, func(l string) bool { return !s.chain.Accepts(l) })
	}
	return languages, err
}

// distinct returns the languages of a table, sorted. It asks its index for one after the
// other: there are few, and many rows of each.
func (r Reader) distinct(ctx context.Context, table, where string, args ...any) (languages []string, err error) {
	query := fmt.Sprintf(`WITH RECURSIVE l (language) AS (
		SELECT (SELECT language FROM %[1]s WHERE 1 = 1%[2]s ORDER BY language LIMIT 1)
		UNION ALL
		SELECT (SELECT t.language FROM %[1]s t WHERE t.language > l.language%[2]s ORDER BY t.language LIMIT 1) FROM l WHERE l.language IS NOT NULL
	) SELECT language FROM l WHERE language IS NOT NULL`, table, where)
	err = r.s.each(ctx, func(rows *sql.Rows) error {
		var l string
		err := rows.Scan(&l)
		languages = append(languages, l)
		return err
	}, query, args...)
	return languages, err
}

const recordColumns = `l.seq, l.time_ms, l.reason, a.uid, l.revision, l.story, l.language, l.publisher`

// Records that only say how a story is filed concern nobody but the category.
const notFiling = `l.reason <> 'filing'`

// The two ways to read the log from a sequence number on.
const (
	newestBelow = " AND %[1]s < $1 ORDER BY %[1]s DESC LIMIT $2"
	oldestAbove = " AND %[1]s > $1 ORDER BY %[1]s LIMIT $2"
)

// seqColumn is the column that gives the order: a category's own index has one.
func seqColumn(f RecordFilter) string {
	if f.Category != "" {
		return "c.seq"
	}
	return "l.seq"
}

func (r Reader) records(ctx context.Context, f RecordFilter, language, side string, s stretch, from int64, limit int) (records []feeds.Record, err error) {
	var b strings.Builder
	args := []any{from, limit}
	arg := func(condition, value string) {
		args = append(args, value)
		fmt.Fprintf(&b, " AND %s = $%d", condition, len(args))
	}
	b.WriteString(`SELECT ` + recordColumns + ` FROM `)
	if f.Category != "" {
		// The category's index gives the order; CROSS JOIN keeps SQLite from
		// turning the join round.
		// A story that is outside shows nothing there, but for its withdrawal.
		b.WriteString(`log_categories c CROSS JOIN log l CROSS JOIN articles a WHERE l.seq = c.seq AND a.id = l.article AND (c.outside = 0 OR l.reason = 'withdrawal')`)
		arg("c.category", f.Category)
		if language != anyLanguage {
			arg("c.language", language)
		}
	} else {
		b.WriteString(`log l CROSS JOIN articles a WHERE a.id = l.article AND ` + notFiling)
		if language != anyLanguage {
			arg("l.language", language)
		}
	}
	if f.Publisher != "" {
		arg("l.publisher", f.Publisher)
	}
	if f.Publishers != nil {
		args = append(args, f.Publishers)
		fmt.Fprintf(&b, " AND l.publisher = ANY($%d)", len(args))
	}
	if s.end != "" {
		args = append(args, s.until)
		fmt.Fprintf(&b, " AND %s %s $%d", seqColumn(f), s.end, len(args))
	}
	fmt.Fprintf(&b, side, seqColumn(f))
	err = r.s.each(ctx, func(rows *sql.Rows) error {
		r, err := scanRecord(rows)
		records = append(records, r)
		return err
	}, b.String(), args...)
	return records, err
}

func scanRecord(rows *sql.Rows) (r feeds.Record, err error) {
	var ms int64
	err = rows.Scan(&r.Seq, &ms, &r.Reason, &r.Article, &r.Revision, &r.Story, &r.Language, &r.Publisher)
	r.Time = ledger.FromMillis(ms)
	return r, err
}

// StoryRecords returns all records of stories in the order of the log, by story. With
// a category it tells where the stories belonged to it ([feeds.Record.Outside]), and
// has the records too that merely say so; "" is none.
func (r Reader) StoryRecords(ctx context.Context, category string, stories []string) (map[string][]feeds.Record, error) {
	query := `SELECT ` + recordColumns + `, 0 FROM log l JOIN articles a ON a.id = l.article WHERE a.story = ANY($1) AND ` + notFiling + ` ORDER BY l.seq`
	args := []any{stories}
	if category != "" {
		query = `SELECT ` + recordColumns + `, coalesce(c.outside, 1) FROM log l JOIN articles a ON a.id = l.article
			LEFT JOIN log_categories c ON c.category = $2 AND c.language = l.language AND c.seq = l.seq
			WHERE a.story = ANY($1) AND (` + notFiling + ` OR c.seq IS NOT NULL) ORDER BY l.seq`
		args = append(args, category)
	}
	records := make(map[string][]feeds.Record, len(stories))
	err := r.s.each(ctx, func(rows *sql.Rows) error {
		var r feeds.Record
		var ms, outside int64
		err := rows.Scan(&r.Seq, &ms, &r.Reason, &r.Article, &r.Revision, &r.Story, &r.Language, &r.Publisher, &outside)
		r.Time, r.Outside = ledger.FromMillis(ms), outside != 0
		records[r.Story] = append(records[r.Story], r)
		return err
	}, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read the records of %d stories: %w", len(stories), err)
	}
	return records, nil
}

// Left returns which of these stories have ever left a category.
func (r Reader) Left(ctx context.Context, category string, stories []string) (left []string, err error) {
	err = r.s.each(ctx, func(rows *sql.Rows) error {
		var story string
		err := rows.Scan(&story)
		left = append(left, story)
		return err
	}, `SELECT story FROM former_categories WHERE story = ANY($1) AND category = $2`, stories, category)
	if err != nil {
		return nil, fmt.Errorf("read which of %d stories left %s: %w", len(stories), category, err)
	}
	return left, nil
}

// LastSeq returns the sequence number of the newest record, 0 if there is none.
func (r Reader) LastSeq(ctx context.Context) (seq int64, err error) {
	if _, err = r.s.one(ctx, []any{&seq}, `SELECT coalesce(max(seq), 0) FROM log`); err != nil {
		return 0, fmt.Errorf("read the end of the log: %w", err)
	}
	return seq, nil
}
