package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

// keepsFile keeps a file and returns a text that shows it.
func (h *house) keepsFile(data, name string) (digest, html string) {
	h.Helper()
	digest = feeds.FileDigest([]byte(data))
	if err := h.KeepFile(h.Context(), digest, h.now, []byte(data)); err != nil {
		h.Fatal(err)
	}
	return digest, `<p><a href="` + feeds.FilePath(digest, name) + `">Plan</a></p>`
}

// wantFiles wants these files to be published, by their contents.
func (h *house) wantFiles(want ...string) {
	h.Helper()
	var got []string
	for _, path := range must(h.FilePaths(h.Context()))(h) {
		digest, _ := feeds.FileOf(path)
		data, ok, err := h.File(h.Context(), digest)
		if err != nil || !ok {
			h.Errorf("%s is listed and can't be had (%v)", path, err)
		}
		got = append(got, string(data)+" "+feeds.FileName(path))
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		h.Errorf("published are %q, want %q", got, want)
	}
}

var fileBullets = []bullet{
	{"a file is published as long as a live article shows it in its newest state", func(t *testing.T, h *house) {
		a, showsA := h.keepsFile("A", "Plan A.pdf")
		_, showsB := h.keepsFile("B", "b.pdf")
		h.wantFiles()
		h.run("a", []feeds.Article{notice(1, content(showsA)), notice(2, content(showsA)), notice(3, content(showsB))}, complete)
		h.wantFiles("A Plan A.pdf", "B b.pdf")
		h.run("a", []feeds.Article{notice(1, content(showsB)), notice(2, content(showsA)), notice(3, content(showsB))}, complete)
		h.wantFiles("A Plan A.pdf", "B b.pdf")
		h.run("a", []feeds.Article{notice(1, content(showsB)), notice(3, content(showsB))}, complete)
		h.wantFiles("B b.pdf")
		if _, ok, err := h.File(t.Context(), a); ok || err != nil {
			t.Errorf("the file of a withdrawn article is served (%v)", err)
		}
		if n := must(h.PruneFiles(t.Context(), h.now, 8))(t); n != 0 {
			t.Errorf("%d files were removed that may be about to be shown", n)
		}
		if n := must(h.PruneFiles(t.Context(), h.now.Add(store.FileGrace+time.Hour), 8))(t); n != 1 {
			t.Errorf("%d files were removed, want 1", n)
		}
		h.keepsFile("A", "Plan A.pdf")
		h.run("a", []feeds.Article{notice(1, content(showsB)), notice(2, content(showsA)), notice(3, content(showsB))}, complete)
		h.wantFiles("A Plan A.pdf", "B b.pdf")
	}},
	{"a file that came again is kept as long as a new one, be it read or not", func(t *testing.T, h *house) {
		digest, _ := h.keepsFile("A", "a.pdf")
		later := h.now.Add(store.FileGrace - time.Hour)
		if kept, err := h.KeepsFile(t.Context(), digest, later); !kept || err != nil {
			t.Errorf("it is kept: %v, %v", kept, err)
		}
		if n := must(h.PruneFiles(t.Context(), later.Add(store.FileGrace-time.Hour), 8))(t); n != 0 {
			t.Error("it was removed before its time")
		}
		if n := must(h.PruneFiles(t.Context(), later.Add(store.FileGrace+time.Hour), 8))(t); n != 1 {
			t.Error("it was not removed in time")
		}
		if kept, err := h.KeepsFile(t.Context(), digest, later); kept || err != nil {
			t.Errorf("what was removed is kept: %v, %v", kept, err)
		}
	}},
	{"another file under the same name is a change, and its old content is shown no more", func(t *testing.T, h *house) {
		_, showsA := h.keepsFile("A", "plan.pdf")
		_, showsB := h.keepsFile("B", "plan.pdf")
		h.collect("a", 1, 0, notice(1, content(showsA)))
		h.collect("a", 0, 1, notice(1, content(showsB)))
		h.wantFiles("B plan.pdf")
	}},
	{"the files of an erased article are gone at once, but for those that others show", func(t *testing.T, h *house) {
		_, showsA := h.keepsFile("A", "a.pdf")
		_, showsB := h.keepsFile("B", "b.pdf")
		h.run("a", []feeds.Article{notice(1, content(showsA+showsB)), notice(2, content(showsB))})
		for _, record := range h.records() {
			article := must(h.Articles(t.Context(), []store.ArticleRevision{{ID: record.Article, Revision: 1}}))(t)
			if strings.Contains(article[store.ArticleRevision{ID: record.Article, Revision: 1}].Content, showsA) {
				must(h.Erase(t.Context(), store.Erasure{ID: record.Article, Reason: "court order", Touched: site.Touched, Now: h.now}))(t)
			}
		}
		h.wantFiles("B b.pdf")
		if n := must(h.PruneFiles(t.Context(), h.now.Add(store.FileGrace+time.Hour), 8))(t); n != 0 {
			t.Errorf("%d files were left for later", n)
		}
	}},
}
