// Package storetest gives tests a store that has its tables already.
//
// Making the tables takes as long as most of what a test does with them. So they are
// made once for a test binary, and each test gets a copy.
package storetest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/kairan-news/kairan/internal/store"
)

// SQLite returns the address of a store in a file of its own, which is removed when the
// test ends. It is the address of kairan.db in an otherwise empty folder.
func SQLite(t testing.TB) string {
	t.Helper()
	tables, err := template()
	if err != nil {
		t.Fatalf("prepare the template database: %v", err)
	}
	file := filepath.Join(t.TempDir(), "kairan.db")
	if err := os.WriteFile(file, tables, 0o644); err != nil {
		t.Fatal(err)
	}
	return "sqlite:" + file
}

// template is a database file with the tables of this version, and nothing in them.
var template = sync.OnceValues(func() (file []byte, err error) {
	dir, err := os.MkdirTemp("", "kairan-store-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "kairan.db")
	if err := migrate(context.Background(), "sqlite:"+path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// migrate makes the tables of a store. Closing it brings what its write-ahead log holds
// into the file.
func migrate(ctx context.Context, address string) error {
	db, err := store.Open(ctx, address)
	if err != nil {
		return err
	}
	if err := db.Migrate(ctx); err != nil {
		db.Close()
		return err
	}
	if err := db.Close(); err != nil {
		return fmt.Errorf("close the store: %w", err)
	}
	return nil
}
