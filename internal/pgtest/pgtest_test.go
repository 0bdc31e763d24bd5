package pgtest_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/kairan-news/kairan/internal/pgtest"
)

func TestTemplate(t *testing.T) {
	prepared := 0
	tpl := pgtest.Template{Prepare: func(ctx context.Context, url string) error {
		prepared++
		conn, err := pgx.Connect(ctx, url)
		if err != nil {
			return err
		}
		defer conn.Close(ctx)
		_, err = conn.Exec(ctx, `CREATE TABLE notices (n int)`)
		return err
	}}
	// Each copy has the template's table, and none sees the other's rows.
	for range 2 {
		conn, err := pgx.Connect(t.Context(), tpl.URL(t))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close(t.Context())
		var rows int
		if err := conn.QueryRow(t.Context(), `WITH added AS (INSERT INTO notices VALUES (1)) SELECT count(*) FROM notices`).Scan(&rows); err != nil || rows != 0 {
			t.Errorf("a fresh copy has %d rows, %v; want 0", rows, err)
		}
	}
	if prepared != 1 {
		t.Errorf("the template was prepared %d times, want once", prepared)
	}
}

func TestServerIsStoppedAndStarted(t *testing.T) {
	s := pgtest.NewServer(t)
	ask := func(text string) error {
		conn, err := pgx.Connect(t.Context(), s.URL())
		if err != nil {
			return err
		}
		defer conn.Close(t.Context())
		_, err = conn.Exec(t.Context(), text)
		return err
	}
	if err := ask(`CREATE TABLE notices (n int)`); err != nil {
		t.Fatal(err)
	}
	for _, end := range []func(){s.Stop, s.Crash} {
		if err := ask(`INSERT INTO notices VALUES (1)`); err != nil {
			t.Fatal(err)
		}
		end()
		if err := ask(`SELECT 1`); err == nil {
			t.Error("it answers after it was stopped")
		}
		s.Start()
	}
	if err := ask(`DO $$ BEGIN ASSERT (SELECT count(*) FROM notices) = 2; END $$`); err != nil {
		t.Errorf("what was stored is not there: %v", err)
	}
}
