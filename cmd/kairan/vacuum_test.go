package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/internal/store"
)

// A disk without room for the database's new file is said to be so, before anything is done.
func TestVacuumNeedsRoom(t *testing.T) {
	address := "sqlite:" + filepath.Join(t.TempDir(), "kairan.db")
	if err := hasRoom(address, store.Space{Bytes: 5 << 30, Free: 5<<30 - 1000}); err != nil {
		t.Errorf("for two kilobytes: %v", err)
	}
	err := hasRoom(address, store.Space{Bytes: 1 << 60, Free: 0})
	if err == nil || !strings.Contains(err.Error(), "are needed in "+filepath.Dir(strings.TrimPrefix(address, "sqlite:"))) {
		t.Errorf("for more than any disk has: %v", err)
	}
}
