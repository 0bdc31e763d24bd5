package backup_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"github.com/kairan-news/kairan/internal/pgtest"
	"github.com/kairan-news/kairan/internal/store"
)

var postgres = pgtest.Template{Prepare: func(ctx context.Context, url string) error {
	db, err := store.Open(ctx, url)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Migrate(ctx)
}}

// serverTool returns a command of the server's version, since pg_dump reads no newer server.
func serverTool(t *testing.T, name string) string {
	t.Helper()
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if path, err := exec.LookPath(name); err == nil {
		found = append([]string{path}, found...)
	}
	if len(found) == 0 {
		if os.Getenv("CI") != "" {
			t.Fatalf("%s is not installed", name)
		}
		t.Skipf("%s is not installed", name)
	}
	return slices.Max(found)
}

// What docs/operators.md says of PostgreSQL: pg_dump while the program works, pg_restore into an
// empty database, "kairan epoch". Whoever saw the log before finds out where the last is
// forgotten.
func TestADumpOfPostgreSQLComesBack(t *testing.T) {
	open := func(url string) *store.DB {
		t.Helper()
		db, err := store.Open(t.Context(), url)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		return db
	}
	appendRecord := func(db *store.DB, seq int) {
		t.Helper()
		if _, err := db.Writer().ExecContext(t.Context(), `INSERT INTO log (seq, article, revision, reason, story, language, publisher, time_ms)
			VALUES ($1, 1, 1, 'new', 's', 'ja', 'p', $2)`, seq, 1000*seq); err != nil {
			t.Fatal(err)
		}
	}
	was := postgres.URL(t)
	before := open(was)
	for seq := range 5 {
		appendRecord(before, seq+1)
	}
	dump := filepath.Join(t.TempDir(), "kairan.dump")
	run := func(name string, args ...string) {
		t.Helper()
		var out bytes.Buffer
		cmd := exec.CommandContext(t.Context(), serverTool(t, name), args...)
		cmd.Stdout, cmd.Stderr = &out, &out
		if err := cmd.Run(); err != nil {
			t.Fatalf("%s: %v\n%s", name, err, out.String())
		}
	}
	run("pg_dump", "--format=custom", "--file="+dump, "--dbname="+was)
	for seq := range 3 {
		appendRecord(before, seq+6)
	}
	mark := filepath.Join(t.TempDir(), "high-water")
	if _, restored, err := store.NewHighWater(before, mark).Look(t.Context(), noon); restored || err != nil {
		t.Fatal(restored, err)
	}

	is := pgtest.URL(t)
	run("pg_restore", "--no-owner", "--exit-on-error", "--dbname="+is, dump)
	after := open(is)
	if err := after.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	found, restored, err := store.NewHighWater(after, mark).Look(t.Context(), noon)
	if err != nil || !restored || found.End != 5 || found.Seen.Seq != 8 {
		t.Errorf("found is %+v, %v, %v", found, restored, err)
	}
	e, err := after.OpenEpoch(t.Context(), store.EpochOpening{Who: "sato", Reason: "pg_restore", From: store.WholeLog, Now: noon})
	if err != nil || e.From != 5 || e.Since != 1_000_000 {
		t.Errorf("the epoch is %+v, %v", e, err)
	}
	if _, restored, err := store.NewHighWater(after, mark).Look(t.Context(), noon); restored || err != nil {
		t.Errorf("after it: %v, %v", restored, err)
	}
}

// What Litestream and snapshots of a disk bring back: the file with its write-ahead log, as they
// were at one moment while the program worked.
func TestACopiedWriteAheadLogComesBack(t *testing.T) {
	path, db := newDatabase(t)
	say(t, db, "in the log")
	mark := filepath.Join(t.TempDir(), "high-water")
	snapshot := filepath.Join(t.TempDir(), "kairan.db")
	for _, part := range []string{"", "-wal"} {
		data, err := os.ReadFile(path + part)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(snapshot+part, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.Writer().ExecContext(t.Context(), `INSERT INTO log (seq, article, revision, reason, story, language, publisher, time_ms)
		VALUES (1, 1, 1, 'new', 's', 'ja', 'p', 1)`); err != nil {
		t.Fatal(err)
	}
	if _, _, err := store.NewHighWater(db, mark).Look(t.Context(), noon); err != nil {
		t.Fatal(err)
	}
	wantSaid(t, snapshot, "in the log")
	if _, restored, err := store.NewHighWater(open(t, snapshot), mark).Look(t.Context(), noon); err != nil || !restored {
		t.Errorf("that it is of an earlier time is not found: %v, %v", restored, err)
	}
}
