package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"path/filepath"
	"testing"

	"modernc.org/sqlite"
)

// counting opens connections that count the statements that are prepared and closed.
type counting struct {
	driver.Connector
	prepared, closed *int
}

func (c counting) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return countingConn{conn.(lasting), c}, nil
}

type countingConn struct {
	lasting
	counts counting
}

func (c countingConn) PrepareContext(ctx context.Context, text string) (driver.Stmt, error) {
	s, err := c.lasting.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	*c.counts.prepared++
	return countingStatement{s.(statement), c.counts}, nil
}

type countingStatement struct {
	statement
	counts counting
}

func (s countingStatement) Close() error {
	*s.counts.closed++
	return s.statement.Close()
}

// openKeeping opens a database with a table of three rows by one connection.
func openKeeping(t *testing.T) (db *sql.DB, prepared, closed *int) {
	t.Helper()
	base, err := sqlite.NewConnector("file:" + filepath.Join(t.TempDir(), "kept.db"))
	if err != nil {
		t.Fatal(err)
	}
	first := sql.OpenDB(base)
	defer first.Close()
	if _, err := first.Exec(`CREATE TABLE numbers (n INTEGER PRIMARY KEY); INSERT INTO numbers VALUES (1), (2), (3)`); err != nil {
		t.Fatal(err)
	}
	prepared, closed = new(int), new(int)
	db = sql.OpenDB(keeping{counting{base, prepared, closed}})
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	return db, prepared, closed
}

func TestStatementsArePreparedOnce(t *testing.T) {
	db, prepared, closed := openKeeping(t)
	for i := range 10 {
		if _, err := db.Exec(`INSERT INTO numbers VALUES ($1)`, 10+i); err != nil {
			t.Fatal(err)
		}
		tx, err := db.Begin()
		if err != nil {
			t.Fatal(err)
		}
		var n int
		if err := tx.QueryRow(`SELECT count(*) FROM numbers`).Scan(&n); err != nil || n != 4+i {
			t.Fatalf("counted %d rows, %v; want %d", n, err, 4+i)
		}
		if err := tx.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	if *prepared != 2 {
		t.Errorf("prepared %d statements for two texts", *prepared)
	}
	if _, err := db.Exec(`INSERT INTO numbers VALUES ($1)`, 1); err == nil {
		t.Error("a number is there twice")
	}
	if _, err := db.Exec(`INSERT INTO numbers VALUES ($1)`, 100); err != nil {
		t.Errorf("after a run that failed: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if *closed != *prepared {
		t.Errorf("closed %d of %d statements", *closed, *prepared)
	}
}

func TestAStatementIsRunWhileItsRowsAreRead(t *testing.T) {
	db, _, _ := openKeeping(t)
	tx, err := db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	sum := 0
	const text = `SELECT n FROM numbers ORDER BY n`
	outer, err := tx.Query(text)
	if err != nil {
		t.Fatal(err)
	}
	defer outer.Close()
	for outer.Next() {
		var a int
		if err := outer.Scan(&a); err != nil {
			t.Fatal(err)
		}
		inner, err := tx.Query(text)
		if err != nil {
			t.Fatal(err)
		}
		for inner.Next() {
			var b int
			if err := inner.Scan(&b); err != nil {
				t.Fatal(err)
			}
			sum += a * b
		}
		inner.Close()
	}
	if want := (1 + 2 + 3) * (1 + 2 + 3); sum != want {
		t.Errorf("the rows that were read come to %d, want %d", sum, want)
	}
}

func TestAPragmaTakesEffectEachTime(t *testing.T) {
	db, prepared, _ := openKeeping(t)
	for _, size := range []int{-100, -200, -100} {
		if _, err := db.Exec(fmt.Sprintf(`PRAGMA cache_size = %d`, size)); err != nil {
			t.Fatal(err)
		}
		var got int
		if err := db.QueryRow(`PRAGMA cache_size`).Scan(&got); err != nil || got != size {
			t.Errorf("the cache has the size %d, %v; want %d", got, err, size)
		}
	}
	if *prepared != 0 {
		t.Errorf("kept %d pragmas", *prepared)
	}
}

func TestAConnectionKeepsNoMoreThanItMay(t *testing.T) {
	db, prepared, closed := openKeeping(t)
	for i := range 2*mostKept + 1 {
		var n int
		if err := db.QueryRow(fmt.Sprintf(`SELECT %d`, i)).Scan(&n); err != nil || n != i {
			t.Fatalf("SELECT %d gives %d, %v", i, n, err)
		}
	}
	if kept := *prepared - *closed; kept > mostKept {
		t.Errorf("%d statements are kept, more than %d", kept, mostKept)
	}
}

func TestAKeptStatementSeesANewSchema(t *testing.T) {
	db, _, _ := openKeeping(t)
	columns := func() int {
		rows, err := db.Query(`SELECT * FROM numbers`)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		names, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		return len(names)
	}
	if n := columns(); n != 1 {
		t.Fatalf("%d columns at first", n)
	}
	if _, err := db.Exec(`ALTER TABLE numbers ADD COLUMN name TEXT NOT NULL DEFAULT ''`); err != nil {
		t.Fatal(err)
	}
	if n := columns(); n != 2 {
		t.Errorf("%d columns after one was added", n)
	}
}
