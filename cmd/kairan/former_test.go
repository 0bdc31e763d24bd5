package main

import (
	"bytes"
	"regexp"
	"sync/atomic"
	"testing"

	"github.com/kairan-news/kairan/internal/readertest"
)

// TestNothingIsNewWhenDatesBecomeThePublishers has those readers that keep what they have
// met subscribe to difficult notices as they were when their dates of change were ours, and
// look again; with -short from Atom alone.
func TestNothingIsNewWhenDatesBecomeThePublishers(t *testing.T) {
	t.Parallel()
	p := publishDifficult(t)
	notices := len(wanted(t, p).entries)
	for _, r := range readertest.All() {
		for _, format := range []string{"rss", "atom"} {
			if !r.Keeps || testing.Short() && format == "rss" {
				continue
			}
			t.Run(r.Name+"/"+format, func(t *testing.T) {
				t.Parallel()
				former := &atomic.Bool{}
				former.Store(true)
				address := formerly(t, p.site, former, formerDates) + "/en/everything." + format
				if is := p.get(p.site + "/en/everything." + format).body; string(formerDates([]byte(is))) == is {
					t.Fatal("the documents of before and after are the same, so this test would see nothing")
				}
				home := t.TempDir()
				if first := r.Read(t, home, address); len(first.Entries) != notices {
					t.Fatalf("it shows %d notices; want %d", len(first.Entries), notices)
				}
				former.Store(false)
				if again := r.Read(t, home, address); len(again.Entries) != 0 {
					t.Errorf("it shows %d notices as new: %+v", len(again.Entries), again.Entries)
				}
			})
		}
	}
}

var (
	rssItem   = regexp.MustCompile(`(?s)<item>.*?</item>`)
	atomEntry = regexp.MustCompile(`(?s)<entry\b.*?</entry>`)
	seen      = regexp.MustCompile(`<k:seen>([^<]*)</k:seen>`)
	modified  = regexp.MustCompile(`<dcterms:modified>[^<]*</dcterms:modified>`)
	updated   = regexp.MustCompile(`<updated>[^<]*</updated>`)
)

// formerDates returns a feed as it was when an entry was updated at the time at which we
// met it, in Atom as updated and in RSS as k:updated, and that time had no other name.
func formerDates(document []byte) []byte {
	for _, entry := range []*regexp.Regexp{rssItem, atomEntry} {
		document = entry.ReplaceAllFunc(document, func(e []byte) []byte {
			met := seen.FindSubmatch(e)
			if met == nil {
				return e
			}
			e = bytes.Replace(e, met[0], nil, 1)
			e = modified.ReplaceAll(e, []byte("<k:updated>"+string(met[1])+"</k:updated>"))
			return updated.ReplaceAll(e, []byte("<updated>"+string(met[1])+"</updated>"))
		})
	}
	return document
}
