package store_test

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/store"
)

var unwritableBullets = []bullet{
	{"a run that a full disk has no room for is stored not at all, and when there is room", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1))
		free := fillDisk(h)
		large := manyLarge(150)
		run := store.Run{Source: "b", Started: h.now, Outcome: store.RunOK}
		_, err := h.Collect(t.Context(), store.Collected{
			Run: run, State: store.SourceState{ID: "b", ETag: `"x"`}, Touched: site.Touched,
			Brought: ledger.Brought{Articles: large, Now: h.now},
		})
		wantUnwritable(t, err, store.DiskFull, "free some space")
		wantUnwritable(t, h.Writable(), store.DiskFull, "free some space")
		wantUnwritable(t, h.TryWriting(t.Context()), store.DiskFull, "free some space")
		if err := h.Ping(t.Context()); err != nil {
			t.Errorf("the database answers: %v", err)
		}
		h.wantLog("new ja Notice 1")
		if runs := must(h.Runs(t.Context(), "b", 10))(t); len(runs) != 0 {
			t.Errorf("the run is recorded as %+v", runs)
		}
		if s, known, err := h.SourceState(t.Context(), "b"); known || err != nil {
			t.Errorf("the source has the state %+v, %v", s, err)
		}

		free()
		canBeWritten(h)
		h.collect("b", 150, 0, large...)
		if value := must(h.Meta(t.Context(), "store.try"))(t); value != "" {
			t.Errorf("the attempt has left %d bytes", len(value))
		}
	}},
	{"a file that a full disk has no room for is kept not at all, and when there is room", func(t *testing.T, h *house) {
		_, showsA := h.keepsFile("A", "a.pdf")
		h.collect("a", 1, 0, notice(1, content(showsA)))
		free := fillDisk(h)
		large := strings.Repeat("B", 1<<20)
		digest := feeds.FileDigest([]byte(large))
		wantUnwritable(t, h.KeepFile(t.Context(), digest, h.now, []byte(large)), store.DiskFull, "free some space")
		if kept, err := h.KeepsFile(t.Context(), digest, h.now); kept || err != nil {
			t.Errorf("a part of it is kept: %v, %v", kept, err)
		}
		h.wantFiles("A a.pdf")

		free()
		canBeWritten(h)
		_, showsB := h.keepsFile(large, "b.pdf")
		h.collect("a", 0, 1, notice(1, content(showsA+showsB)))
		h.wantFiles("A a.pdf", large+" b.pdf")
	}},
	{"what may only be read is read, and written by new connections once it may be", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1))
		free := forbidWriting(h)
		wantUnwritable(t, h.SetMeta(t.Context(), "key", "value"), store.ReadOnly, "")
		h.wantLog("new ja Notice 1")
		free()
		canBeWritten(h)
		h.collect("a", 1, 0, notice(1), notice(2))
	}},
	{"other errors say nothing of the disk", func(t *testing.T, h *house) {
		if _, err := h.Writer().ExecContext(t.Context(), `INSERT INTO nowhere VALUES (1)`); h.Noted(err) != err || err == nil {
			t.Errorf("the error %v is told as %v", err, h.Noted(err))
		}
		if err := h.Writable(); err != nil {
			t.Error(err)
		}
		if err := h.TryWriting(t.Context()); err != nil {
			t.Error(err)
		}
	}},
}

// manyLarge are notices with more text than there is room for on a full disk.
func manyLarge(n int) (all []feeds.Article) {
	for i := range n {
		all = append(all, notice(1000+i, content(strings.Repeat(fmt.Sprintf("<p>Notice %d says this and that.</p>", i), 100))))
	}
	return all
}

func wantUnwritable(t testing.TB, err error, cause store.Cause, says string) {
	t.Helper()
	u, ok := errors.AsType[*store.Unwritable](err)
	if !ok || u.Cause != cause {
		t.Fatalf("the error is %v, want one that says %s", err, cause)
	}
	if text := err.Error(); !strings.Contains(text, says) || !strings.Contains(text, "nothing that was stored is lost") || strings.Contains(text, "\n") {
		t.Errorf("the error does not say in a line what to do: %s", text)
	}
	if !strings.Contains(err.Error(), "kairan.db") && !strings.Contains(err.Error(), "PostgreSQL") {
		t.Errorf("the error does not say where: %v", err)
	}
}

// canBeWritten waits until an attempt to write succeeds.
func canBeWritten(h *house) {
	h.Helper()
	eventually(h, func() error { return h.TryWriting(h.Context()) })
	if err := h.Writable(); err != nil {
		h.Error(err)
	}
}

// eventually tries until it succeeds.
func eventually(t testing.TB, try func() error) {
	t.Helper()
	deadline := time.Now().Add(time.Minute)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		err := try()
		if err == nil {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal(err)
		}
		<-tick.C
	}
}

// fillDisk leaves the database no room to grow, until free is called. SQLite refuses
// as it does on a full disk; PostgreSQL is made to.
func fillDisk(h *house) (free func()) {
	h.Helper()
	if h.Engine() == store.SQLite {
		var pages int
		if err := h.Writer().QueryRowContext(h.Context(), `PRAGMA page_count`).Scan(&pages); err != nil {
			h.Fatal(err)
		}
		h.exec(fmt.Sprintf(`PRAGMA max_page_count = %d`, pages))
		return func() { h.exec(`PRAGMA max_page_count = 1000000`) }
	}
	h.exec(`CREATE FUNCTION full_disk() RETURNS trigger AS $$ BEGIN
		RAISE EXCEPTION 'could not extend file "base/1": No space left on device' USING ERRCODE = '53100'; END $$ LANGUAGE plpgsql`)
	rows, err := h.Writer().QueryContext(h.Context(), `SELECT tablename FROM pg_tables WHERE tablename IN ('articles', 'meta', 'files', 'goose_db_version')`)
	if err != nil {
		h.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			h.Fatal(err)
		}
		h.exec(`CREATE TRIGGER full_disk BEFORE INSERT ON ` + table + ` FOR EACH ROW EXECUTE FUNCTION full_disk()`)
	}
	if err := rows.Err(); err != nil {
		h.Fatal(err)
	}
	return func() { h.exec(`DROP FUNCTION full_disk CASCADE`) }
}

// forbidWriting has the database's connections only read, such as are there when free
// is called for as long as they live.
func forbidWriting(h *house) (free func()) {
	h.Helper()
	if h.Engine() == store.SQLite {
		h.exec(`PRAGMA query_only = 1`)
		return func() {}
	}
	var name string
	if err := h.Writer().QueryRowContext(h.Context(), `SELECT current_database()`).Scan(&name); err != nil {
		h.Fatal(err)
	}
	set := func(value string) {
		h.Helper()
		conn, err := h.Pool().Acquire(h.Context())
		if err != nil {
			h.Fatal(err)
		}
		defer conn.Release()
		defer conn.Conn().Close(h.Context()) // it may write
		for _, text := range []string{`SET default_transaction_read_only = off`, `ALTER DATABASE ` + name + ` SET default_transaction_read_only = ` + value} {
			if _, err := conn.Exec(h.Context(), text); err != nil {
				h.Fatal(err)
			}
		}
	}
	set("on")
	h.Pool().Reset()
	return func() { set("off") }
}

func (h *house) exec(text string) {
	h.Helper()
	if _, err := h.Writer().ExecContext(h.Context(), text); err != nil {
		h.Fatalf("%s: %v", text, err)
	}
}

// noIndex has nobody make the index of a file's write-ahead log, as on a full disk or
// in a folder that can't be written: its name leads to a folder that is not there.
func noIndex(t *testing.T, path string) (free func()) {
	t.Helper()
	if err := os.Symlink(filepath.Join(filepath.Dir(path), "nowhere", "index"), path+"-shm"); err != nil {
		t.Fatal(err)
	}
	return func() {
		t.Helper()
		if err := os.Remove(path + "-shm"); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAFileThatCantBeWrittenIsReadAsItLies(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "kairan.db")
	before := &house{T: t, now: noon}
	var err error
	if before.DB, err = store.Open(t.Context(), "sqlite:"+path); err != nil {
		t.Fatal(err)
	}
	if err := before.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	before.collect("a", 1, 0, notice(1))
	if err := before.Close(); err != nil {
		t.Fatal(err)
	}

	free := noIndex(t, path)
	h := &house{T: t, DB: open(t, "sqlite:"+path), now: noon}
	wantUnwritable(t, h.Writable(), store.DiskFails, "not full")
	wantUnwritable(t, h.SetMeta(t.Context(), "key", "value"), store.DiskFails, "not full")
	if err := h.Ping(t.Context()); err != nil {
		t.Error(err)
	}
	h.wantLog("new ja Notice 1")

	free()
	canBeWritten(h)
	h.collect("a", 1, 0, notice(1), notice(2))
	h.wantLog("new ja Notice 1", "new ja Notice 2") // in the log of writes alone
}

// What stands in the write-ahead log alone must not be missing in silence.
func TestAFileIsReadWithItsLogWhereNoIndexCanBeMade(t *testing.T) {
	t.Parallel()
	original, path := filepath.Join(t.TempDir(), "kairan.db"), filepath.Join(t.TempDir(), "kairan.db")
	h := &house{T: t, DB: open(t, "sqlite:"+original), now: noon}
	h.collect("a", 1, 0, notice(1))
	for _, part := range []string{"", "-wal"} {
		copyFile(t, original+part, path+part)
	}
	free := noIndex(t, path)
	copied := &house{T: t, DB: open(t, "sqlite:"+path), now: noon}
	wantUnwritable(t, copied.Writable(), store.DiskFails, "not full")
	copied.wantLog("new ja Notice 1")

	free()
	canBeWritten(copied)
	copied.collect("a", 1, 0, notice(1), notice(2))
	copied.wantLog("new ja Notice 1", "new ja Notice 2")
}

// Where there may be an index, somebody may be writing by it: nobody reads without locks
// who can't use it.
func TestAFileIsNotReadBesideAnIndexThatCannotBeUsed(t *testing.T) {
	t.Parallel()
	original, path := filepath.Join(t.TempDir(), "kairan.db"), filepath.Join(t.TempDir(), "kairan.db")
	h := &house{T: t, DB: open(t, "sqlite:"+original), now: noon}
	h.collect("a", 1, 0, notice(1))
	for _, part := range []string{"", "-wal"} {
		copyFile(t, original+part, path+part)
	}
	if err := os.Symlink(path+"-shm", path+"-shm"); err != nil { // nobody can tell what it is
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), "sqlite:"+path)
	if err == nil {
		db.Close()
	}
	wantUnwritable(t, err, store.DiskFails, "not full")
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	in, err := os.Open(from)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	out, err := os.Create(to)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	if n, err := io.Copy(out, in); err != nil || n == 0 {
		t.Fatalf("copy %s: %d bytes, %v", from, n, err)
	}
}

func TestAMigrationThatAFullDiskHasNoRoomFor(t *testing.T) {
	t.Parallel()
	h := &house{T: t, DB: open(t, sqliteAddress(t)), now: noon}
	h.collect("a", 1, 0, notice(1))
	if err := h.MigrateTo(t.Context(), 7); err != nil { // as an older version has left it
		t.Fatal(err)
	}
	h.exec(`VACUUM`)
	free := fillDisk(h)
	for range 2 {
		wantUnwritable(t, h.Migrate(t.Context()), store.DiskFull, "migrate")
	}
	h.wantLog("new ja Notice 1")
	free()
	canBeWritten(h)
	if err := h.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.collect("a", 1, 0, notice(1), notice(2))
}
