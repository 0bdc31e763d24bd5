package store_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

// opening opens an epoch of a house that knows nothing of a restore.
func opening(h *house) store.EpochOpening {
	return store.EpochOpening{Who: "sato", Reason: "a test", From: store.WholeLog, Now: h.now}
}

var epochBullets = []bullet{
	{"an epoch's numbers leap, and what was stands", func(t *testing.T, h *house) {
		h.collect("a", 2, 0, notice(1), notice(2))
		if e := must(h.Epoch(t.Context()))(t); e != (feeds.Epoch{}) {
			t.Errorf("the first epoch is %+v", e)
		}
		e := must(h.OpenEpoch(t.Context(), opening(h)))(t)
		if want := (feeds.Epoch{Name: h.now.Unix(), From: 2, Since: 1_000_000}); e != want || must(h.Epoch(t.Context()))(t) != want {
			t.Errorf("the epoch is %+v, want %+v", e, want)
		}
		h.wantLog("new ja Notice 1", "new ja Notice 2")
		h.collect("a", 1, 0, notice(1), notice(2), notice(3))
		if n := must(h.LastSeq(t.Context()))(t); n != 1_000_001 {
			t.Errorf("the first number is %d", n)
		}
		again := must(h.OpenEpoch(t.Context(), opening(h)))(t)
		if want := (feeds.Epoch{Name: max(h.now.Unix(), e.Name+1), Former: e.Name, From: 1_000_001, Since: 2_000_000}); again != want {
			t.Errorf("the next epoch is %+v, want %+v", again, want)
		}
		if all := must(h.Epochs(t.Context()))(t); len(all) != 2 || all[0].Epoch != again || all[1].Reason != "a test" || all[1].Who != "sato" {
			t.Errorf("the epochs are %+v", all)
		}
	}},
	{"an epoch begins beyond all that was seen, also where nothing is appended in it", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1))
		o := opening(h)
		o.Seen = store.LogEnd{Epoch: h.now.Unix() + 100, Seq: 3_000_001}
		e := must(h.OpenEpoch(t.Context(), o))(t)
		if e.Since != 4_000_000 || e.Name != h.now.Unix()+101 || e.From != 1 {
			t.Errorf("the epoch is %+v", e)
		}
		if e = must(h.OpenEpoch(t.Context(), opening(h)))(t); e.Since != 5_000_000 || e.From != 1 {
			t.Errorf("the epoch after an empty one is %+v", e)
		}
	}},
	{"an epoch needs a reason", func(t *testing.T, h *house) {
		o := opening(h)
		o.Reason = " "
		if _, err := h.OpenEpoch(t.Context(), o); err == nil || !strings.Contains(err.Error(), "no reason") {
			t.Errorf("the error is %v", err)
		}
	}},
	{"an epoch renews every channel's revision, and closes archives under numbers of its own", func(t *testing.T, h *house) {
		c := channelNamed("ja/all")
		h.collect("a", 3, 0, notice(1), notice(2), notice(3))
		raise := func(cuts ...feeds.Cut) bool {
			t.Helper()
			return must(h.Raise(t.Context(), feeds.Raise{Channel: c, Seq: 3, Cuts: cuts, Now: h.now}))(t).Stored
		}
		if !raise(feeds.Cut{Archive: 1, Until: 1}) {
			t.Fatal("the first archive is not closed")
		}
		before := must(h.Published(t.Context()))(t)
		e := must(h.OpenEpoch(t.Context(), opening(h)))(t)
		after := must(h.Published(t.Context()))(t)
		was, is := before.Channels[c], after.Channels[c]
		if is.Revision <= was.Revision || is.Past != is.Revision || is.Seq != was.Seq || after.Epoch != e || before.Epoch.Name != 0 {
			t.Errorf("the channel was %+v and is %+v, the epoch %+v", was, is, after.Epoch)
		}
		if raise(feeds.Cut{Archive: 2, Since: 1, Until: 2}) {
			t.Error("an archive is closed under a number of the epoch before")
		}
		next := e.NextArchive(1)
		if !raise(feeds.Cut{Archive: next, Since: 1, Until: 2}, feeds.Cut{Archive: next + 1, Since: 2, Until: 3}) {
			t.Fatalf("archive %d is not closed", next)
		}
		var numbers []int
		for _, a := range must(h.ClosedArchives(t.Context()))(t)[c] {
			numbers = append(numbers, a.N)
		}
		if want := []int{1, next, next + 1}; !slices.Equal(numbers, want) {
			t.Errorf("the archives are %v, want %v", numbers, want)
		}
		for n, want := range map[int][2]int{1: {0, next}, next: {1, next + 1}, next + 1: {next, 0}} {
			if before, after, err := h.ArchivesBeside(t.Context(), c, n); err != nil || [2]int{before, after} != want {
				t.Errorf("beside archive %d are %d and %d, %v, want %v", n, before, after, err, want)
			}
		}
	}},
	{"a log that ends before what was seen of it proves a restore, until an epoch is opened", func(t *testing.T, h *house) {
		path := filepath.Join(t.TempDir(), "high-water")
		look := func(by *store.HighWater) (store.Restore, bool) {
			t.Helper()
			found, restored, err := by.Look(t.Context(), h.now)
			if err != nil {
				t.Fatal(err)
			}
			return found, restored
		}
		h.collect("a", 3, 0, notice(1), notice(2), notice(3))
		worker, web := store.NewHighWater(h.DB, path), store.NewHighWater(h.DB, "")
		for _, by := range []*store.HighWater{worker, web, worker} {
			if _, restored := look(by); restored {
				t.Fatal("a log that nobody touched counts as restored")
			}
		}
		h.exec(`DELETE FROM log WHERE seq > 1`)
		if found, restored := look(web); !restored || found.End != 1 || found.Seen.Seq != 3 {
			t.Errorf("what lives in memory finds %+v, %v", found, restored)
		}
		if _, restored := look(store.NewHighWater(h.DB, "")); !restored {
			t.Error("a process that saw nothing is not told by the others")
		}
		h.collect("a", 4, 0, notice(4), notice(5), notice(6), notice(7)) // the sources are collected all the same
		started := store.NewHighWater(h.DB, path)
		if found, restored := look(started); !restored || found.End != 1 {
			t.Errorf("the next process finds %+v, %v", found, restored)
		}
		if kept := must(store.ReadLogEnd(path))(t); kept.Seq != 3 {
			t.Errorf("the file keeps %+v", kept)
		}
		e := must(h.OpenEpoch(t.Context(), opening(h)))(t)
		if e.From != 1 || e.Since != 1_000_000 {
			t.Errorf("the epoch is %+v", e)
		}
		for _, by := range []*store.HighWater{worker, web, started} {
			if _, restored := look(by); restored {
				t.Error("publishing stands still though an epoch was opened")
			}
		}
		if kept := must(store.ReadLogEnd(path))(t); kept.Epoch != e.Name {
			t.Errorf("the file keeps %+v", kept)
		}
	}},
	{"a log that has another record under the number seen last was restored, be it longer", func(t *testing.T, h *house) {
		h.collect("a", 2, 0, notice(1), notice(2))
		seen := store.NewHighWater(h.DB, "")
		if _, restored, err := seen.Look(t.Context(), h.now); restored || err != nil {
			t.Fatal(restored, err)
		}
		h.exec(`DELETE FROM log WHERE seq > 1`)
		h.collect("a", 2, 0, notice(1), notice(3), notice(4))
		if found, restored, err := seen.Look(t.Context(), h.now); !restored || err != nil {
			t.Errorf("found is %+v, %v, %v", found, restored, err)
		}
	}},
	{"what was seen of another database proves nothing", func(t *testing.T, h *house) {
		path := filepath.Join(t.TempDir(), "high-water")
		if err := store.WriteLogEnd(path, store.LogEnd{Database: "another", Seq: 99}); err != nil {
			t.Fatal(err)
		}
		if _, restored, err := store.NewHighWater(h.DB, path).Look(t.Context(), h.now); restored || err != nil {
			t.Error(restored, err)
		}
		if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := store.NewHighWater(h.DB, path).Look(t.Context(), h.now); err == nil || !strings.Contains(err.Error(), "remove the file") {
			t.Errorf("of a damaged file is said: %v", err)
		}
	}},
	{"a database with a newer program's schema is refused", func(t *testing.T, h *house) {
		for part, statement := range map[string]string{
			"the store":      `INSERT INTO goose_db_version (version_id, is_applied) VALUES (9000, true)`,
			"the job engine": `INSERT INTO river_migration (line, version, created_at) VALUES ('main', 900, CURRENT_TIMESTAMP)`,
		} {
			h.exec(statement)
			err := h.Migrate(t.Context())
			newer, ok := errors.AsType[*store.Newer](err)
			if !ok || newer.Part != part || newer.Has < 900 || newer.Knows == 0 || newer.Knows > 899 || !strings.Contains(fmt.Sprint(err), "newer version of Kairan") {
				t.Errorf("%s: %v", part, err)
			}
			h.exec(`DELETE FROM goose_db_version WHERE version_id = 9000`)
			h.exec(`DELETE FROM river_migration WHERE version = 900`)
		}
		if err := h.Migrate(t.Context()); err != nil {
			t.Error(err)
		}
	}},
}
