package backup_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/backup"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/storetest"
)

var noon = time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)

// open opens a database until the test ends, or until it is closed.
func open(t *testing.T, path string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), "sqlite:"+path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() }) // once more where it was closed
	return db
}

func newDatabase(t *testing.T) (path string, db *store.DB) {
	t.Helper()
	path = strings.TrimPrefix(storetest.SQLite(t), "sqlite:")
	return path, open(t, path)
}

func say(t *testing.T, db *store.DB, value string) {
	t.Helper()
	if err := db.SetMeta(t.Context(), "said", value); err != nil {
		t.Fatal(err)
	}
}

func wantSaid(t *testing.T, path, want string) {
	t.Helper()
	db := open(t, path)
	defer db.Close()
	if said, err := db.Meta(t.Context(), "said"); err != nil || said != want {
		t.Errorf("%s says %q, %v, want %q", filepath.Base(path), said, err, want)
	}
}

func write(t *testing.T, db *store.DB, file string, force bool) error {
	t.Helper()
	_, err := backup.Write(t.Context(), db, backup.Writing{File: file, Force: force})
	return err
}

func restore(t *testing.T, from, to string) (backup.Restored, error) {
	t.Helper()
	return backup.Restore(t.Context(), backup.Restoring{From: from, To: to, Who: "sato", Reason: "a test", Now: noon})
}

// wantFiles compares the names in a folder that are there beside what the test knows.
func wantFiles(t *testing.T, folder string, want int) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != want {
		t.Errorf("%d files are there, want %d: %v", len(entries), want, entries)
	}
}

// A copy is of the moment, whatever its name has it packed by, belongs to its owner, and comes
// back; what was there is moved aside.
func TestACopyComesBack(t *testing.T) {
	for _, name := range []string{"copy.db", "copy.db.gz", "copy.db.zst"} {
		t.Run(name, func(t *testing.T) {
			path, db := newDatabase(t)
			say(t, db, "before")
			folder := t.TempDir()
			file := filepath.Join(folder, name)
			if err := write(t, db, file, false); err != nil {
				t.Fatal(err)
			}
			say(t, db, "after")
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			wantFiles(t, folder, 1)
			info, err := os.Stat(file)
			if err != nil {
				t.Fatal(err)
			}
			if info.Mode().Perm() != 0o600 {
				t.Errorf("the copy has mode %v", info.Mode())
			}
			if err := os.Chmod(path, 0o640); err != nil {
				t.Fatal(err)
			}
			out, err := restore(t, file, path)
			if err != nil {
				t.Fatal(err)
			}
			if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
				t.Errorf("who could read the database before can't now: %v, %v", info.Mode(), err)
			}
			wantSaid(t, path, "before")
			wantSaid(t, out.Aside, "after")
			if out.Epoch.Name != noon.Unix() || out.Epoch.Since != 1_000_000 || out.Damaged != nil {
				t.Errorf("restored is %+v", out)
			}
		})
	}
}

// What is there is replaced only by who says so, and stays where writing fails.
func TestAFileThatIsThereStays(t *testing.T) {
	_, db := newDatabase(t)
	folder := t.TempDir()
	file := filepath.Join(folder, "copy.db")
	if err := os.WriteFile(file, []byte("precious"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := write(t, db, file, false); !errors.Is(err, backup.ErrThere) {
		t.Errorf("the error is %v", err)
	}
	failing := copier(func(string) error { return errors.New("no") })
	if _, err := backup.Write(t.Context(), failing, backup.Writing{File: file, Force: true}); err == nil {
		t.Error("a copy that failed counts as written")
	}
	if data, _ := os.ReadFile(file); string(data) != "precious" {
		t.Errorf("the file is now %.20q", data)
	}
	late := copier(func(string) error { return os.WriteFile(filepath.Join(folder, "late.db"), []byte("precious"), 0o644) })
	if _, err := backup.Write(t.Context(), late, backup.Writing{File: filepath.Join(folder, "late.db")}); !errors.Is(err, backup.ErrThere) {
		t.Errorf("of a file that comes meanwhile is said: %v", err)
	}
	if err := write(t, db, file, true); err != nil {
		t.Fatal(err)
	}
	if err := store.CheckFile(t.Context(), file); err != nil {
		t.Error(err)
	}
	wantFiles(t, folder, 2)
}

type copier func(path string) error

func (c copier) CopyTo(_ context.Context, path string, _ func(int64)) error { return c(path) }

// While a process works on a database it is not taken away, and nothing changes.
func TestADatabaseAtWorkIsNotReplaced(t *testing.T) {
	path, db := newDatabase(t)
	say(t, db, "at work")
	file := filepath.Join(t.TempDir(), "copy.db")
	if err := write(t, db, file, false); err != nil {
		t.Fatal(err)
	}
	if _, err := restore(t, file, path); !errors.Is(err, backup.ErrInUse) {
		t.Errorf("the error is %v", err)
	}
	say(t, db, "still")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	wantSaid(t, path, "still")
}

// A copy that can't be used takes the place of nothing, and leaves nothing behind.
func TestACopyOfNoUse(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "copy.db")
	_, db := newDatabase(t)
	if err := write(t, db, whole, false); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	newer := filepath.Join(t.TempDir(), "newer.db")
	if err := os.WriteFile(newer, data, 0o600); err != nil {
		t.Fatal(err)
	}
	changed := open(t, newer)
	if _, err := changed.Writer().ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9000, 1)`); err != nil {
		t.Fatal(err)
	}
	changed.Close()
	ofNewer, err := os.ReadFile(newer)
	if err != nil {
		t.Fatal(err)
	}
	damaged := append([]byte(nil), data...)
	for i := len(damaged) / 3; i < len(damaged)/2; i++ {
		damaged[i] ^= 0x55
	}
	for name, c := range map[string]struct {
		data []byte
		says string
	}{
		"empty":     {nil, "none of Kairan's"},
		"text":      {[]byte(strings.Repeat("not a database ", 100)), "no database"},
		"cut off":   {data[:len(data)/2], "damaged"},
		"damaged":   {damaged, "damaged"},
		"bad gzip":  {[]byte{0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7}, "restore"},
		"bad zstd":  {[]byte{0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3}, "restore"},
		"too new":   {ofNewer, "newer version of Kairan"},
		"of others": {emptyDatabase(t), "none of Kairan's"},
	} {
		t.Run(name, func(t *testing.T) {
			path, db := newDatabase(t)
			say(t, db, "here")
			db.Close()
			file := filepath.Join(t.TempDir(), "copy")
			if err := os.WriteFile(file, c.data, 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := restore(t, file, path); err == nil || !strings.Contains(fmt.Sprint(err), c.says) {
				t.Errorf("the error is %v, want %q", err, c.says)
			}
			wantSaid(t, path, "here")
			for _, pattern := range []string{".*", "*before*"} {
				if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), pattern)); len(left) > 0 {
					t.Errorf("left are %v", left)
				}
			}
		})
	}
}

// emptyDatabase is a SQLite database of another program.
func emptyDatabase(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "other.db")
	db := open(t, path)
	if _, err := db.Writer().ExecContext(t.Context(), `CREATE TABLE other (n INTEGER)`); err != nil {
		t.Fatal(err)
	}
	db.Close()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// A database that is damaged is the usual reason to restore, and no hindrance; a folder that is
// new is none either.
func TestRestoreWhereNothingOfUseIs(t *testing.T) {
	file := filepath.Join(t.TempDir(), "copy.db.zst")
	_, db := newDatabase(t)
	say(t, db, "kept")
	if err := write(t, db, file, false); err != nil {
		t.Fatal(err)
	}
	fresh := filepath.Join(t.TempDir(), "new", "kairan.db")
	out, err := restore(t, file, fresh)
	if err != nil || out.Aside != "" {
		t.Errorf("%+v, %v", out, err)
	}
	wantSaid(t, fresh, "kept")

	broken := filepath.Join(t.TempDir(), "kairan.db")
	if err := os.WriteFile(broken, []byte(strings.Repeat("rubbish ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err = restore(t, file, broken); err != nil || out.Damaged == nil {
		t.Fatalf("%+v, %v", out, err)
	}
	wantSaid(t, broken, "kept")
	if data, err := os.ReadFile(out.Aside); err != nil || !strings.HasPrefix(string(data), "rubbish") {
		t.Errorf("aside is %.20q, %v", data, err)
	}
	if _, err := os.Stat(broken + "-wal"); err == nil && !errors.Is(err, fs.ErrNotExist) {
		if info, _ := os.Stat(broken + "-wal"); info != nil && info.Size() > 0 {
			t.Error("a log of writes stands beside the restored database that is not its own")
		}
	}
}

// Numbers go on beyond those of the database that is moved aside, and of the high-water mark.
func TestAnEpochBeginsBeyondWhatIsReplaced(t *testing.T) {
	path, db := newDatabase(t)
	file := filepath.Join(t.TempDir(), "copy.db")
	if err := write(t, db, file, false); err != nil {
		t.Fatal(err)
	}
	first, err := db.OpenEpoch(t.Context(), store.EpochOpening{Who: "sato", Reason: "first", From: store.WholeLog, Now: noon.Add(time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Writer().ExecContext(t.Context(), `INSERT INTO log (seq, article, revision, reason, story, language, publisher, time_ms)
		VALUES (1000005, 1, 1, 'new', 's', 'ja', 'p', 1)`); err != nil {
		t.Fatal(err)
	}
	db.Close()
	mark := filepath.Join(t.TempDir(), "high-water")
	if err := store.WriteLogEnd(mark, store.LogEnd{Epoch: first.Name, Seq: 2_000_010}); err != nil {
		t.Fatal(err)
	}
	out, err := backup.Restore(t.Context(), backup.Restoring{From: file, To: path, HighWater: mark, Who: "sato", Reason: "a test", Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	if out.Epoch.Name <= first.Name || out.Epoch.Since != 3_000_000 || out.Epoch.Former != 0 {
		t.Errorf("the epoch is %+v, after %+v", out.Epoch, first)
	}
}
