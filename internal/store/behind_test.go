package store_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/internal/store"
)

// A database of each older schema is read where there is no room for this version's: all
// tables, with all columns that are read now, and what it holds as it was.
func TestWhatIsReadOfADatabaseThatHasNoRoomForItsSchema(t *testing.T) {
	t.Parallel()
	onEachEngine(t, func(t *testing.T, address func(testing.TB) string) {
		t.Parallel()
		h := &house{T: t, DB: open(t, address(t)), now: noon}
		plan, shows := h.keepsFile("A", "plan.pdf")
		h.collect("a", 2, 0, notice(1, content(shows), in("culture")), notice(2, language("en"), in("sports")))
		before := must(h.Published(t.Context()))(t)
		columns := must(h.Columns(t.Context()))(t)
		if !slices.Contains(columns["articles"], "by_default") || !slices.Contains(columns["article_files"], "digest") {
			t.Fatalf("the columns are %v", columns)
		}

		if err := h.MigrateTo(t.Context(), 19); err != nil {
			t.Fatal(err)
		}
		h.exec(`VACUUM`)
		free := fillDisk(h)
		wantUnwritable(t, h.Migrate(t.Context()), store.DiskFull, "migrate")
		free() // only an attempt to write tells that
		for version := int64(19); version >= 7; version-- {
			if err := h.MigrateTo(t.Context(), version); err != nil {
				t.Fatal(err)
			}
			wantUnwritable(t, h.Migrate(t.Context()), store.DiskFull, "migrate")
			if !h.Behind() {
				t.Errorf("version %d counts as the newest", version)
			}
			for _, table := range slices.Sorted(maps.Keys(columns)) {
				if err := h.ReadColumns(t.Context(), table, columns[table]); err != nil && table != "former_documents" {
					t.Errorf("version %d: %v", version, err)
				}
			}
			h.wantLog("new ja Notice 1", "new en Notice 2")
			h.wantCategory("culture", "1 Notice 1")
			if a := h.article("Notice 1"); !slices.Equal(a.StoryCategories, []string{"culture"}) || !strings.Contains(a.Content, plan) {
				t.Errorf("version %d: an article is read as %+v", version, a)
			}
			if now := must(h.Published(t.Context()))(t); !maps.Equal(now.Channels, before.Channels) {
				t.Errorf("version %d: the channels are %v, want %v", version, now.Channels, before.Channels)
			}
			if _, ok, err := h.File(t.Context(), plan); ok || err != nil {
				t.Errorf("version %d has a file: %v, %v", version, ok, err)
			}
			h.wantFiles()
			wantUnwritable(t, h.SetMeta(t.Context(), "key", "value"), store.DiskFull, "full")
		}

		canBeWritten(h)
		if pending, err := h.Pending(t.Context()); err != nil || pending || h.Behind() {
			t.Errorf("it has not its schema when there is room: %v, %v", pending, err)
		}
		_, shows = h.keepsFile("B", "plan.pdf")
		h.collect("a", 0, 1, notice(1, content(shows), in("culture")), notice(2, language("en"), in("sports")))
		h.wantLog("new ja Notice 1", "new en Notice 2", "correction ja Notice 1")
		h.wantFiles("B plan.pdf")
	})
}

// A database that has nothing yet holds nothing that could be read.
func TestADatabaseWithoutTablesIsNotRead(t *testing.T) {
	t.Parallel()
	db, err := store.Open(t.Context(), sqliteAddress(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	h := &house{T: t, DB: db, now: noon}
	fillDisk(h)
	wantUnwritable(t, db.Migrate(t.Context()), store.DiskFull, "migrate")
	if db.Behind() {
		t.Error("it counts as one that can be read")
	}
}
