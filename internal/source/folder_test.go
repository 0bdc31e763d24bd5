package source_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/source"
)

var now = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

// old is the time of files that have settled.
var old = now.Add(-time.Hour)

func notice(title string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte("---\ntitle: " + title + "\ndate: 2026-11-01\n---\nText.\n"), ModTime: old}
}

// folder is a folder source over files in memory.
type folder struct {
	files fstest.MapFS
	state source.State
	// whileWaiting happens while a file is waited for.
	whileWaiting func(fstest.MapFS)
	waited       int
}

func (f *folder) collect(t *testing.T) (source.Result, error) {
	t.Helper()
	c := &source.Collector{
		OpenFolder: func(string) (fs.FS, error) { return f.files, nil },
		Wait: func(context.Context, time.Duration) error {
			f.waited++
			if f.whileWaiting != nil {
				f.whileWaiting(f.files)
			}
			return nil
		},
	}
	res, err := c.Collect(t.Context(), source.Input{
		Source: feeds.Source{ID: "notices", Kind: feeds.KindFolder, Path: "notices"},
		State:  f.state,
		Now:    now,
	})
	f.state = res.State
	return res, err
}

func titles(r source.Result) string {
	var all []string
	for _, a := range r.Articles {
		all = append(all, a.Language+" "+a.Title)
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

func TestAFolderIsReadWhole(t *testing.T) {
	f := &folder{files: fstest.MapFS{
		"2026/bridge.en.md":   notice("Bridge"),
		"2026/bridge.ja.md":   notice("橋"),
		"market.en.html":      {Data: []byte("<html><head><title>Market</title></head><body><h1>Market</h1><p>At dusk.</p></body></html>"), ModTime: old},
		".git/config.en.md":   notice("Not a notice"),
		"2026/.draft.en.md":   notice("Not a notice"),
		"2026/photo.jpg":      {Data: []byte("…"), ModTime: old},
		"2026/bridge.en.md.~": {Data: []byte("…"), ModTime: old},
	}}
	res, err := f.collect(t)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := titles(res), "en Bridge, en Market, ja 橋"; got != want {
		t.Errorf("articles: %s\nwant:     %s", got, want)
	}
	if !res.Complete || res.Unchanged || len(res.Unread) != 0 {
		t.Errorf("complete %v, unchanged %v, unread %v", res.Complete, res.Unchanged, res.Unread)
	}

	t.Run("and not again until something changes", func(t *testing.T) {
		if res, err := f.collect(t); err != nil || !res.Unchanged {
			t.Errorf("unchanged %v, error %v", res.Unchanged, err)
		}
		f.files["2026/bridge.en.md"].ModTime = old.Add(time.Second)
		if res, err := f.collect(t); err != nil || res.Unchanged {
			t.Errorf("after a change: unchanged %v, error %v", res.Unchanged, err)
		}
		delete(f.files, "market.en.html")
		if res, err := f.collect(t); err != nil || res.Unchanged || !res.Complete {
			t.Errorf("after a removal: unchanged %v, complete %v, error %v", res.Unchanged, res.Complete, err)
		}
	})
}

func TestAFileIsReadWhenItHasSettled(t *testing.T) {
	fresh := notice("Bridge")
	fresh.ModTime = now.Add(-time.Second)

	t.Run("one that was just saved is waited for", func(t *testing.T) {
		f := &folder{files: fstest.MapFS{"bridge.en.md": fresh}}
		res, err := f.collect(t)
		if err != nil || titles(res) != "en Bridge" || f.waited != 1 {
			t.Errorf("articles %q, waited %d times, error %v", titles(res), f.waited, err)
		}
	})
	t.Run("one that is still being written is left for another run, and is not missing", func(t *testing.T) {
		f := &folder{files: fstest.MapFS{"bridge.en.md": fresh, "market.en.md": notice("Market")}}
		f.whileWaiting = func(files fstest.MapFS) {
			files["bridge.en.md"] = &fstest.MapFile{Data: append(fresh.Data, "More."...), ModTime: now.Add(source.SettleTime)}
		}
		res, err := f.collect(t)
		if err != nil || titles(res) != "en Market" || !slices.Equal(res.Unread, []string{"bridge"}) || res.Again == 0 {
			t.Errorf("articles %q, unread %v, again %v, error %v", titles(res), res.Unread, res.Again, err)
		}
	})
	t.Run("a time in the future settles by being seen unchanged", func(t *testing.T) {
		future := notice("Bridge")
		future.ModTime = now.Add(24 * time.Hour)
		f := &folder{files: fstest.MapFS{"bridge.en.md": future}}
		if res, err := f.collect(t); err != nil || titles(res) != "en Bridge" {
			t.Errorf("articles %q, error %v", titles(res), err)
		}
	})
}

func TestAFolderThatIsLostWithdrawsNothing(t *testing.T) {
	t.Run("a missing root", func(t *testing.T) {
		c := &source.Collector{OpenFolder: source.OpenFolder}
		_, err := c.Collect(t.Context(), source.Input{Source: feeds.Source{Kind: feeds.KindFolder, Path: filepath.Join(t.TempDir(), "no")}, Now: now})
		if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "nothing of it was withdrawn") {
			t.Errorf("error: %v", err)
		}
	})
	t.Run("an empty root", func(t *testing.T) {
		f := &folder{files: fstest.MapFS{"readme.pdf": {ModTime: old}}}
		if res, err := f.collect(t); err == nil || res.Complete {
			t.Errorf("complete %v, error %v", res.Complete, err)
		}
	})
	t.Run("a directory that can't be read", func(t *testing.T) {
		f := unreadable{fstest.MapFS{"a/bridge.en.md": notice("Bridge"), "b/market.en.md": notice("Market")}}
		c := &source.Collector{OpenFolder: func(string) (fs.FS, error) { return f, nil }}
		res, err := c.Collect(t.Context(), source.Input{Source: feeds.Source{Kind: feeds.KindFolder, Path: "x"}, Now: now})
		if err != nil || res.Complete || titles(res) != "en Bridge" || len(res.Problems) == 0 {
			t.Errorf("articles %q, complete %v, problems %v, error %v", titles(res), res.Complete, res.Problems, err)
		}
	})
}

// unreadable refuses to list its directory b.
type unreadable struct{ fstest.MapFS }

func (u unreadable) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == "b" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return u.MapFS.ReadDir(name)
}

func TestOneBadFileIsAProblemAndNotAFailure(t *testing.T) {
	f := &folder{files: fstest.MapFS{
		"bridge.en.md":  notice("Bridge"),
		"bridge.en.txt": {Data: []byte("Living\nBridge\nText.\n"), ModTime: old},
		"market.en.md":  {Data: []byte("---\ntitle: [\n---\n"), ModTime: old},
	}}
	res, err := f.collect(t)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(titles(res), "en Bridge") || len(res.Articles) > 2 {
		t.Errorf("articles: %s", titles(res))
	}
	var codes []string
	for _, p := range res.Problems {
		codes = append(codes, p.Code)
	}
	if !slices.Contains(codes, "duplicate") {
		t.Errorf("problems: %v", res.Problems)
	}
}

func TestASymbolicLinkLeadsNowhereOutside(t *testing.T) {
	dir := t.TempDir()
	secret := filepath.Join(t.TempDir(), "secret.en.md")
	if err := os.WriteFile(secret, []byte("---\ntitle: Secret\n---\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(dir, "link.en.md")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "bridge.en.md"), []byte("---\ntitle: Bridge\n---\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := &source.Collector{OpenFolder: source.OpenFolder}
	res, err := c.Collect(t.Context(), source.Input{Source: feeds.Source{Kind: feeds.KindFolder, Path: dir}, Now: time.Now().Add(time.Minute)})
	if err != nil || titles(res) != "en Bridge" {
		t.Errorf("articles %q, error %v", titles(res), err)
	}
	if !res.Complete || !slices.Equal(res.Unread, []string{"link"}) {
		t.Errorf("complete %v, unread %v: one bad link must not keep other notices from being withdrawn", res.Complete, res.Unread)
	}
}
