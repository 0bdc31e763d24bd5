package main

import (
	"database/sql"
	_ "embed"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

//go:embed testdata/languages/former.sql
var formerDatabase string

//go:embed testdata/languages/former.txt
var formerChannels string

// TestWidenedChainsFillNoFeed takes over a database of the release before, in which a tag was
// cut to its language and a locale accepted itself and English alone. What stood in a channel
// stands there as it did, and nothing else: no id is another, no notice is revised, and no
// record says that it was. What is published from then on is where it belongs.
func TestWidenedChainsFillNoFeed(t *testing.T) {
	t.Parallel()
	late := map[string]string{}
	s := newLanguageSite(t, func(feed string) map[string]string {
		files := languageFiles(feed)
		for _, name := range droppedFiles() {
			late[name] = files[name]
			delete(files, name)
		}
		return files
	})
	before := s.takeOver()
	s.collect()
	after := s.articles()
	if before.log != after.log || before.revisions != after.revisions {
		t.Errorf("there are %d records and %d revisions; there were %d and %d", after.log, after.revisions, before.log, before.revisions)
	}
	if got := slices.Sorted(maps.Keys(after.titles)); !slices.Equal(got, slices.Sorted(maps.Keys(before.titles))) {
		t.Errorf("the ids are %q, and were others", got)
	}
	for id, title := range before.titles {
		if after.titles[id] != title {
			t.Errorf("%s is %q, and was %q", id, after.titles[id], title)
		}
	}
	for _, whole := range []string{"en-GB", "pt-BR", "ja-simple", "zh-HK", "ar-SA"} {
		if !slices.Contains(after.languages, whole) {
			t.Errorf("no article keeps the tag %s that its file's name tells", whole)
		}
	}
	s.serve()
	for line := range strings.Lines(formerChannels) {
		channel, names, _ := strings.Cut(strings.TrimSpace(line), ":")
		if got := s.shown(channel); got != strings.TrimSpace(names) {
			t.Errorf("%s holds\n%s, and held\n%s", channel, got, strings.TrimSpace(names))
		}
	}

	s.write(late)
	s.collect()
	end := s.articles()
	for id, title := range before.titles {
		if end.titles[id] != title {
			t.Errorf("with all of its versions %s is %q, and was %q", id, end.titles[id], title)
		}
	}
	if n := end.log - after.log; n != len(late) {
		t.Errorf("%d files make %d records", len(late), n)
	}
}

// droppedFiles are the files that were left out as duplicates: of two that are one language
// when their tags are cut, the second.
func droppedFiles() (names []string) {
	for _, s := range told {
		taken := map[string]bool{}
		tags := strings.Fields(s.tags)
		slices.SortFunc(tags, func(a, b string) int { return strings.Compare(fileName(s.name, a), fileName(s.name, b)) })
		for _, tag := range tags {
			cut := tag
			switch base, _, _ := strings.Cut(tag, "-"); {
			case tag == "zh-HK" || tag == "zh-TW":
				cut = "zh-Hant"
			case base != "zh" && base != "sr":
				cut = base
			}
			if taken[cut] {
				names = append(names, fileName(s.name, tag))
			}
			taken[cut] = true
		}
	}
	return names
}

// held is what a database holds.
type held struct {
	titles         map[string]string // by id
	languages      []string
	log, revisions int
}

// takeOver gives the site the database of the release before.
func (s *languageSite) takeOver() held {
	s.t.Helper()
	if err := os.Mkdir(filepath.Join(s.dir, "data"), 0o755); err != nil {
		s.t.Fatal(err)
	}
	db := s.database()
	defer db.Close()
	if _, err := db.Exec(formerDatabase); err != nil {
		s.t.Fatal(err)
	}
	return s.articles()
}

func (s *languageSite) database() *sql.DB {
	s.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(s.dir, "data", "kairan.db"))
	if err != nil {
		s.t.Fatal(err)
	}
	return db
}

// articles reads what the database holds.
func (s *languageSite) articles() held {
	s.t.Helper()
	db := s.database()
	defer db.Close()
	h := held{titles: map[string]string{}}
	for query, n := range map[string]*int{`SELECT count(*) FROM log`: &h.log, `SELECT count(*) FROM revisions`: &h.revisions} {
		if err := db.QueryRow(query).Scan(n); err != nil {
			s.t.Fatal(err)
		}
	}
	rows, err := db.Query(`SELECT uid, title, language FROM articles ORDER BY id`)
	if err != nil {
		s.t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, title, language string
		if err := rows.Scan(&id, &title, &language); err != nil {
			s.t.Fatal(err)
		}
		h.titles[id], h.languages = title, append(h.languages, language)
	}
	if err := rows.Err(); err != nil {
		s.t.Fatal(err)
	}
	return h
}

// shown are the names of what stands in a channel, sorted.
func (s *languageSite) shown(channel string) string {
	s.t.Helper()
	var names []string
	for _, e := range readEntries(s.t, "json", s.get(s.site+"/"+channel+".json").body) {
		words := strings.Fields(strings.Trim(e.title, "\u2068\u2069"))
		names = append(names, words[len(words)-1])
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}
