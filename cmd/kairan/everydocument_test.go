package main

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/check"
	"github.com/kairan-news/kairan/internal/schematest"
	"github.com/kairan-news/kairan/internal/store"
)

// keepDocuments names a folder in which the documents that the test below has seen are left,
// for other validators to read.
const keepDocuments = "KAIRAN_KEEP_DOCUMENTS"

// TestEveryDocumentIsValid makes every document of the built-in site and of one with more
// than five hundred difficulties: every channel and every archive in every locale and format,
// with -short each channel in one of the locales. Each must pass
// without a fault, and with nothing left out of it for the sake of one; and each must be as
// the schemas say that partners are given.
func TestEveryDocumentIsValid(t *testing.T) {
	t.Parallel()
	schemas := schematest.New(t)
	atLeast := map[string]int{"built-in": 50, "difficult": newDifficultSource().size()}
	for name, site := range map[string]func(t *testing.T) *flags{"built-in": theBuiltInSite, "difficult": theDifficultSite} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := site(t)
			setup, db, err := f.openExisting(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			made := everyDocument(t, setup, db)
			if n := entriesOf(t, made[feeds.JSONFeed]); n < atLeast[name] {
				t.Errorf("%d notices are published; want %d", n, atLeast[name])
			}
			for _, format := range feeds.Formats() {
				for name, flaw := range schemas.Flaws(t, format, made[format]) {
					t.Errorf("%s: %s", name, flaw)
				}
				keep(t, name, made[format])
			}
		})
	}
}

// theBuiltInSite collects the sources of the built-in configuration that need no network.
func theBuiltInSite(t *testing.T) *flags {
	t.Helper()
	f := &flags{data: t.TempDir()}
	runProgram(t, "collect", "--offline", "--config", "", "--data", f.data)
	return f
}

// everyDocument makes the documents of a site, and with each of the live ones what a reader
// is given who has the older half of it. By the format and the address of each.
func everyDocument(t *testing.T, setup *setup, db *store.DB) map[feeds.Format]map[string][]byte {
	t.Helper()
	states, err := db.Channels(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	channels := setup.config.Site.Channels()
	if testing.Short() {
		channels = sampleOf(channels, len(setup.config.Site.Locales))
	}
	all := map[feeds.Format]map[string][]byte{}
	for _, format := range feeds.Formats() {
		all[format] = map[string][]byte{}
	}
	var mu sync.Mutex
	var making sync.WaitGroup
	queue := make(chan feeds.Channel)
	for range 2 {
		making.Go(func() {
			for c := range queue {
				for archive := range states[c].Archives + 1 {
					for _, d := range documentsOf(t, setup, db, c, archive) {
						mu.Lock()
						all[d.Format][d.Path()] = d.Body
						if archive == 0 {
							all[d.Format][d.Path()+inPart] = newerHalf(t, d.Document)
						}
						mu.Unlock()
					}
				}
			}
		})
	}
	for _, c := range channels {
		queue <- c
	}
	close(queue)
	making.Wait()
	return all
}

// documentsOf makes the documents of a channel, or of an archive of it, and reports what was
// not as it was composed.
func documentsOf(t *testing.T, setup *setup, db *store.DB, c feeds.Channel, archive int) []feeds.MadeDocument {
	made, err := setup.composer(db).Make(t.Context(), c, archive, feeds.Formats()...)
	if err != nil {
		t.Errorf("%s, archive %d: %v", c, archive, err)
		return nil
	}
	for _, left := range made.Left {
		t.Errorf("%s, archive %d goes without a text: %s", c, archive, left)
	}
	for _, d := range made.Documents {
		if d.Fault != nil {
			t.Errorf("%s has a fault: %.2000s", d.Path(), d.Fault)
		}
	}
	return made.Documents
}

// entriesOf counts the notices that stand in JSON Feeds.
func entriesOf(t *testing.T, documents map[string][]byte) int {
	t.Helper()
	ids := map[string]bool{}
	for name, doc := range documents {
		parts, err := feeds.TakeApart(feeds.JSONFeed, doc)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, p := range parts.All {
			ids[p.ID] = true
		}
	}
	return len(ids)
}

// inPart follows the name of a document that was cut from another.
const inPart = " in part"

// sampleOf takes each channel in one locale, and of each locale some channels. The channels
// of a site stand locale by locale, in one order.
func sampleOf(channels []feeds.Channel, locales int) []feeds.Channel {
	var some []feeds.Channel
	each := len(channels) / locales
	for i, c := range channels {
		if (i/each+i%each)%locales == 0 {
			some = append(some, c)
		}
	}
	return some
}

// newerHalf returns a document as a reader is given it who has the older half.
func newerHalf(t *testing.T, d feeds.Document) []byte {
	parts, err := feeds.TakeApart(d.Format, d.Body)
	if err != nil {
		t.Errorf("%s: %v", d.Path(), err)
		return d.Body
	}
	half := parts.Assemble(d.Body, func(i int) bool { return i < len(parts.All)/2 })
	if err := check.Document(d.Format, half); err != nil {
		t.Errorf("%s, of which half is known, has a fault: %.2000s", d.Path(), err)
	}
	return half
}

// keep leaves documents where they were asked for, but for those that were cut from others.
func keep(t *testing.T, site string, documents map[string][]byte) {
	t.Helper()
	dir := os.Getenv(keepDocuments)
	if dir == "" {
		return
	}
	for name, doc := range documents {
		if strings.HasSuffix(name, inPart) {
			continue
		}
		file := filepath.Join(dir, site, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, doc, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
