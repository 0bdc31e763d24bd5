package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/jackc/pgx/v5/pgconn"
)

// pool is a database/sql pool of an engine. Its connections keep the statements that they
// prepared: pgx's by themselves, SQLite's by [keeping].
type pool struct {
	*sql.DB
	engine  Engine
	texts   atomic.Pointer[texts]
	inserts sync.Map // SQLite: its own texts, by their [insertion]
}

func newPool(db *sql.DB, engine Engine) *pool {
	p := &pool{DB: db, engine: engine}
	p.texts.Store(newTexts(engine, nil))
	return p
}

var anyOf = regexp.MustCompile(`= ANY\(\$(\d+)\)`)

// dialect turns the one text of a statement into the engine's.
func dialect(e Engine, text string) string {
	if e == PostgreSQL {
		return text
	}
	return anyOf.ReplaceAllString(text, `IN (SELECT value FROM json_each($$$1))`)
}

// texts are an engine's own texts of statements.
type texts struct {
	engine Engine
	in     standIns // of a database that has an older schema, else nil
	known  sync.Map // by ours
}

func newTexts(e Engine, in standIns) *texts { return &texts{engine: e, in: in} }

// of returns the engine's text of a statement.
func (t *texts) of(text string) string {
	if t.engine == PostgreSQL && t.in == nil {
		return text
	}
	if known, ok := t.known.Load(text); ok {
		return known.(string)
	}
	own := dialect(t.engine, t.in.read(text))
	t.known.Store(text, own)
	return own
}

// text returns the engine's text of a statement.
func (p *pool) text(text string) string { return p.texts.Load().of(text) }

// lacks reports whether the database has an older schema, without a table.
func (p *pool) lacks(table string) bool {
	_, lacks := p.texts.Load().in[table]
	return lacks
}

// session runs statements: on a pool, or in a transaction where tx is set.
type session struct {
	pool *pool
	tx   *sql.Tx
}

func (db *DB) read() session { return session{pool: db.reader} }

// by returns what runs the session's statements.
func (s session) by() interface {
	QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error)
	ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error)
} {
	if s.tx != nil {
		return s.tx
	}
	return s.pool
}

func (s session) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	args, err := s.bind(args)
	if err != nil {
		return nil, err
	}
	return s.by().QueryContext(ctx, s.pool.text(text), args...)
}

func (s session) exec(ctx context.Context, text string, args ...any) (int64, error) {
	args, err := s.bind(args)
	if err != nil {
		return 0, err
	}
	r, err := s.by().ExecContext(ctx, s.pool.text(text), args...)
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// each runs a query and calls scan for each of its rows.
func (s session) each(ctx context.Context, scan func(*sql.Rows) error, text string, args ...any) error {
	rows, err := s.query(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// one runs a query for one row and tells whether there was one.
func (s session) one(ctx context.Context, dest []any, text string, args ...any) (ok bool, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		ok = true
		return rows.Scan(dest...)
	}, text, args...)
	return ok && err == nil, err
}

// bind turns lists into what the engine's "= ANY($n)" takes.
func (s session) bind(args []any) ([]any, error) {
	if s.pool.engine == PostgreSQL {
		return args, nil
	}
	for i, arg := range args {
		switch arg.(type) {
		case []string, []int64:
			list, err := json.Marshal(arg)
			if err != nil {
				return nil, err
			}
			args[i] = string(list)
		}
	}
	return args, nil
}

// batchSizes are the numbers of rows of one INSERT on SQLite: few texts, so that
// each is prepared once, and far below the limit of 32,766 parameters.
var batchSizes = [...]int{32, 16, 8, 4, 2, 1}

// insert adds rows of strings, int64s and byte slices. Head is "INSERT INTO table
// (columns)", tail what follows the values, such as a conflict clause. Where scan
// is not nil the tail returns rows, and scan is called for each of them.
func (s session) insert(ctx context.Context, head string, rows [][]any, tail string, scan func(*sql.Rows) error) error {
	if len(rows) == 0 {
		return nil
	}
	run := func(text string, args []any) error {
		if scan != nil {
			return s.each(ctx, scan, text, args...)
		}
		_, err := s.exec(ctx, text, args...)
		return err
	}
	if s.pool.engine == PostgreSQL {
		text, args := unnest(head, rows, tail)
		return run(text, args)
	}
	args := make([]any, 0, min(len(rows), batchSizes[0])*len(rows[0]))
	for _, size := range batchSizes {
		for ; len(rows) >= size; rows = rows[size:] {
			args = args[:0]
			for _, row := range rows[:size] {
				args = append(args, row...)
			}
			if err := run(s.pool.values(insertion{head, tail, size}, len(rows[0])), args); err != nil {
				return err
			}
		}
	}
	return nil
}

// insertion is an INSERT of so many rows.
type insertion struct {
	head, tail string
	rows       int
}

// values returns the text of an INSERT of rows of so many columns. It is written once.
func (p *pool) values(i insertion, columns int) string {
	if known, ok := p.inserts.Load(i); ok {
		return known.(string)
	}
	text := i.values(columns)
	p.inserts.Store(i, text)
	return text
}

// values writes an INSERT of rows of so many columns. OR FAIL spares SQLite the journal by
// which it could take back one statement alone: we take back the transaction.
func (i insertion) values(columns int) string {
	row := ",(" + strings.Repeat("?,", columns-1) + "?)"
	return "INSERT OR FAIL" + strings.TrimPrefix(i.head, "INSERT") + " VALUES " + strings.Repeat(row, i.rows)[1:] + " " + i.tail
}

// unnest writes an INSERT of any number of rows as one list for each column.
func unnest(head string, rows [][]any, tail string) (string, []any) {
	var b strings.Builder
	b.WriteString(head)
	b.WriteString(" SELECT * FROM unnest(")
	args := make([]any, len(rows[0]))
	for i := range args {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(i + 1))
		switch rows[0][i].(type) {
		case string:
			b.WriteString("::text[]")
			args[i] = column[string](rows, i)
		case int64:
			b.WriteString("::bigint[]")
			args[i] = column[int64](rows, i)
		case []byte:
			b.WriteString("::bytea[]")
			args[i] = column[[]byte](rows, i)
		default:
			panic(fmt.Sprintf("store: a column of %T", rows[0][i]))
		}
	}
	b.WriteString(") ")
	b.WriteString(tail)
	return b.String(), args
}

func column[T any](rows [][]any, i int) []T {
	list := make([]T, len(rows))
	for j, row := range rows {
		list[j] = row[i].(T)
	}
	return list
}

// attempts is how often a transaction is tried that lost against another.
const attempts = 4

// write runs do in one transaction. It may run more than once, each time from the
// beginning, where PostgreSQL ends a transaction in favour of another. Where the database
// can't be written the error is an [Unwritable].
func (db *DB) write(ctx context.Context, do func(context.Context, session) error) error {
	if db.Behind() {
		if err := db.Writable(); err != nil {
			return err
		} // else it has got its schema in this moment
	}
	for try := 1; ; try++ {
		err := db.writeOnce(ctx, do)
		if err == nil || try == attempts || !lostAgainstAnother(err) {
			return db.Noted(err)
		}
	}
}

func (db *DB) writeOnce(ctx context.Context, do func(context.Context, session) error) error {
	conn, err := db.writer.Conn(ctx) // a wait for SQLite's one connection ends with ctx
	if err != nil {
		return err
	}
	defer conn.Close()
	if db.engine == SQLite {
		// A transaction is short, and watching over each statement costs more than
		// waiting for its end.
		ctx = context.WithoutCancel(ctx)
	}
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if err := do(ctx, session{pool: db.writer, tx: tx}); err != nil {
		return err
	}
	return tx.Commit()
}

// lostAgainstAnother reports whether trying again may help: serialization failure,
// deadlock, or a row that another transaction added first.
func lostAgainstAnother(err error) bool {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return false
	}
	return pg.Code == "40001" || pg.Code == "40P01" || pg.Code == "23505"
}

// The classes of advisory locks on PostgreSQL. SQLite has one writer and needs none.
const (
	lockLog       = 0x6b61_6901 // the log's end: held from the first record to the commit
	lockPublisher = 0x6b61_6902 // a publisher's identities and stories
	lockMigrate   = 0x6b61_6903
	lockRelated   = 0x6b61_6904 // up to which record articles were related
	lockRevisions = 0x6b61_6905 // the order of revisions and adoptions of words
	lockSearch    = 0x6b61_6906 // how far the index of searches is filled
)

// lock holds a lock until the transaction ends.
func (s session) lock(ctx context.Context, class int, name string) error {
	if s.pool.engine == SQLite {
		return nil
	}
	_, err := s.exec(ctx, `SELECT pg_advisory_xact_lock($1::int4, hashtext($2))`, class, name)
	return err
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
