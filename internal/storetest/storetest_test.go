package storetest_test

import (
	"testing"

	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/storetest"
)

func TestACopyHasItsTablesAndIsOfNobodyElse(t *testing.T) {
	for range 2 {
		db, err := store.Open(t.Context(), storetest.SQLite(t))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if pending, err := db.Pending(t.Context()); pending || err != nil {
			t.Errorf("tables are missing: %t, %v", pending, err)
		}
		if was, err := db.Meta(t.Context(), "told"); was != "" || err != nil {
			t.Errorf("a fresh copy holds %q, %v", was, err)
		}
		if err := db.SetMeta(t.Context(), "told", "by another"); err != nil {
			t.Error(err)
		}
	}
}
