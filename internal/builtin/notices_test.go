package builtin_test

import (
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/builtin"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/notice"
)

func TestEverySampleIsReadWithoutAProblem(t *testing.T) {
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	options := parse.Options{Location: tokyo, Country: "JP", Now: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC), RelatedHeadings: []string{"Recommended for You", "おすすめのお知らせ"}}
	options.File = func(ref, _ string) string { // as a folder's collector does
		data, err := fs.ReadFile(builtin.Samples(), ref)
		if err != nil {
			return ""
		}
		return feeds.FilePath(feeds.FileDigest(data), ref)
	}
	titles := map[string]bool{}
	related := map[string][]string{}
	for _, s := range samples(t) {
		data, err := fs.ReadFile(builtin.Samples(), s.name)
		if err != nil {
			t.Fatal(err)
		}
		a, problems, err := notice.Parse(s.name, data, options)
		if err != nil || len(problems) > 0 {
			t.Errorf("%s: %v %v", s.name, err, problems)
			continue
		}
		if a.Language != s.language || a.StoryHint != s.story || a.Published.IsZero() || len(a.Terms) != 1 || a.Content == "" {
			t.Errorf("%s: language %q, story %q, published %s, terms %v, %d bytes", s.name, a.Language, a.StoryHint, a.Published, a.Terms, len(a.Content))
		}
		if strings.ContainsAny(a.Title, "*<>\"") || strings.TrimSpace(a.Title) == "" {
			t.Errorf("%s: its title is %q", s.name, a.Title)
		}
		if a.Published.In(tokyo).Format(time.DateOnly) != s.name[:len(time.DateOnly)] {
			t.Errorf("%s: it is of %s", s.name, a.Published.In(tokyo))
		}
		for _, picture := range a.Images {
			if picture.Alt == "" {
				t.Errorf("%s: who can't see its picture is not told what it shows", s.name)
			}
		}
		titles[a.Title] = true
		for _, r := range a.Related {
			related[s.name] = append(related[s.name], r.Title)
		}
	}
	if len(related) != 2 {
		t.Errorf("%d samples have related notices, want the two plain texts", len(related))
	}
	for name, all := range related {
		for _, title := range all {
			if !titles[title] {
				t.Errorf("%s: no sample is called %q", name, title)
			}
		}
	}
}
