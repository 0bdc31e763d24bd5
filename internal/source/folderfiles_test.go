package source_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/source"
)

const gif = "GIF89a..."

// shows is a notice with a text, a minute old.
func shows(text string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte("---\ntitle: Bridge\ndate: 2026-11-01\n---\n" + text + "\n"), ModTime: old}
}

// fileKeeper collects a folder again and again, and keeps its files.
type fileKeeper struct {
	*testing.T
	root  fs.FS
	kept  map[string]string // by their digests
	state source.State
}

// collect collects the folder, and tells which files were read.
func (k *fileKeeper) collect(at time.Time) (res source.Result, read []string) {
	k.Helper()
	c := &source.Collector{
		OpenFolder: func(string) (fs.FS, error) { return reading{k.root, &read}, nil },
		Wait:       func(context.Context, time.Duration) error { return nil },
	}
	res, err := c.Collect(k.Context(), source.Input{
		Source: feeds.Source{ID: "notices", Kind: feeds.KindFolder, Path: "notices"}, Now: at, State: k.state,
		KeepFile: func(_ context.Context, digest string, data []byte) error {
			k.kept[digest] = string(data)
			return nil
		},
		KeepsFile: func(_ context.Context, digest string) (bool, error) {
			_, ok := k.kept[digest]
			return ok, nil
		},
	})
	if err != nil {
		k.Fatal(err)
	}
	k.state = res.State
	return res, read
}

// reading notes which files of a folder are read that are no notices.
type reading struct {
	fs.FS
	read *[]string
}

func (r reading) ReadFile(name string) ([]byte, error) {
	if path.Ext(name) != ".md" {
		*r.read = append(*r.read, name)
	}
	return fs.ReadFile(r.FS, name)
}

func (r reading) Lstat(name string) (fs.FileInfo, error) { return fs.Lstat(r.FS, name) }
func (r reading) ReadLink(name string) (string, error)   { return fs.ReadLink(r.FS, name) }

// collectKeeping collects a folder, and returns what was kept of its files.
func collectKeeping(t *testing.T, root fs.FS, at time.Time) (source.Result, map[string]string) {
	t.Helper()
	k := &fileKeeper{T: t, root: root, kept: map[string]string{}}
	res, _ := k.collect(at)
	return res, k.kept
}

func TestFilesBesideANoticeArePublished(t *testing.T) {
	file := func(data string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(data), ModTime: old} }
	big := file("%PDF-" + strings.Repeat("x", 10<<20))
	at := func(data, name string) string { return feeds.FilePath(feeds.FileDigest([]byte(data)), name) }
	for _, test := range []struct{ text, want, problem, remark string }{
		{"![Map](map.gif)", `<img src="` + at(gif, "map.gif") + `" alt="Map">`, "", "a picture"},
		{"[Plan](../docs/plan%20a.pdf#page=2)", `<a href="` + at("%PDF-1", "plan a.pdf") + `">Plan</a>`, "", "of another folder, with a page"},
		{`<a href="..\docs\plan a.pdf">Plan</a>`, `<a href="` + at("%PDF-1", "plan a.pdf") + `">Plan</a>`, "", "as Windows writes it"},
		{`<video src="map.gif"></video>`, `<video src="` + at(gif, "map.gif") + `" controls="controls"></video>`, "", "whatever it is shown in"},
		{"[Out](../../secret.pdf)", "Out", "it is not in the folder", "outside of the folder"},
		{"[Out](..%2F..%2Fsecret.pdf)", "Out", "it is not in the folder", "outside, written otherwise"},
		{"[Hidden](.git/a.pdf)", "Hidden", "it is hidden", "a hidden folder"},
		{"[Tool](tool.exe)", "Tool", `files of type ".exe" are not published`, "a kind that is not published"},
		{"[No](no.pdf)", "No", "there is no such file", "none"},
		{"[Big](big.pdf)", "Big", "bytes, and a file may have", "too large"},
		{"![False](false.png)", "", "it is no picture", "what is no picture"},
		{"[See](market.en.md)", "See", "it is a notice itself", "another notice"},
		{"[Folder](../docs)", "Folder", "it is no file", "a folder"},
		{"[Away](https://city.example/map.gif)", `<a href="https://city.example/map.gif">Away</a>`, "", "an address"},
		{"[Name](//city.example/map.gif) [Mail](mailto:a@city.example)", `<a href="mailto:a@city.example">Mail</a>`, "", "what has a scheme or a host"},
	} {
		root := fstest.MapFS{
			"2026/bridge.en.md": shows(test.text), "2026/market.en.md": notice("Market"), "2026/map.gif": file(gif), "docs/plan a.pdf": file("%PDF-1"),
			"2026/.git/a.pdf": file("%PDF-2"), "2026/tool.exe": file("MZ"), "2026/big.pdf": big, "2026/false.png": file("<html><script>"),
		}
		res, kept := collectKeeping(t, root, now)
		if len(res.Articles) != 2 {
			t.Fatalf("%s: %d articles, %v", test.remark, len(res.Articles), res.Problems)
		}
		a := res.Articles[0]
		if !strings.Contains(a.Content, test.want) {
			t.Errorf("%s: %s became %s, want %s", test.remark, test.text, a.Content, test.want)
		}
		if told := len(res.Problems) > 0 && strings.Contains(res.Problems[0].Detail, test.problem); told != (test.problem != "") {
			t.Errorf("%s: problems %v, want %q", test.remark, res.Problems, test.problem)
		}
		for _, path := range feeds.FilesShown(&a) {
			if digest, _ := feeds.FileOf(path); kept[digest] == "" {
				t.Errorf("%s: %s is shown, and was not kept", test.remark, path)
			}
		}
		if test.problem != "" && len(kept) > 0 {
			t.Errorf("%s: kept all the same", test.remark)
		}
	}
}

func TestAPictureOfTheFrontMatterIsPublished(t *testing.T) {
	root := fstest.MapFS{
		"bridge.en.md": {Data: []byte("---\ntitle: Bridge\nlink: https://city.example/1\nimage: map.gif\n---\n[Elsewhere](page) ![Map](map.gif)\n"), ModTime: old},
		"map.gif":      {Data: []byte(gif), ModTime: old},
	}
	res, _ := collectKeeping(t, root, now)
	a := res.Articles[0]
	if len(a.Images) == 0 || !feeds.IsFilePath(a.Images[0].URL) || len(feeds.FilesShown(&a)) != 1 {
		t.Errorf("images %v in %s", a.Images, a.Content)
	}
	if !strings.Contains(a.Content, `href="https://city.example/page"`) || len(res.Problems) > 0 {
		t.Errorf("what is no file is of the notice's address: %s, %v", a.Content, res.Problems)
	}
}

func TestANoticeWaitsForItsFiles(t *testing.T) {
	root := fstest.MapFS{"bridge.en.md": shows("![Map](map.gif)"), "map.gif": {Data: []byte(gif), ModTime: now.Add(-time.Second)}}
	res, kept := collectKeeping(t, root, now)
	if len(res.Articles) != 0 || len(res.Unread) != 1 || res.Again == 0 || res.State.Digest != "" || len(kept) != 0 {
		t.Errorf("articles %v, unread %v, again %v, kept %v", res.Articles, res.Unread, res.Again, kept)
	}
	if res, _ = collectKeeping(t, root, now.Add(source.SettleTime)); len(res.Articles) != 1 || len(res.Unread) != 0 {
		t.Errorf("when it has settled: articles %v, unread %v", res.Articles, res.Unread)
	}
}

func TestAFileBehindASymbolicLinkIsNotPublished(t *testing.T) {
	dir := t.TempDir()
	for name, data := range map[string]string{"a/map.gif": gif, "bridge.en.md": "# Bridge\n![Map](map.gif) ![Map](b/map.gif)\n"} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for name, to := range map[string]string{"map.gif": "a/map.gif", "b": "a"} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	root, err := source.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	res, kept := collectKeeping(t, root, time.Now().Add(time.Minute))
	if len(kept) != 0 || len(res.Problems) != 2 || !strings.Contains(res.Problems[0].Detail, "symbolic links are not followed") {
		t.Errorf("kept %v, problems %v", kept, res.Problems)
	}
}

func TestAFileIsReadAgainOnlyWhereItLooksDifferentOrIsKeptNoMore(t *testing.T) {
	root := fstest.MapFS{
		"bridge.en.md": shows("![Map](map.gif) [Plan](plan.pdf)"), "market.en.md": shows("[Plan](plan.pdf)"),
		"map.gif": {Data: []byte(gif), ModTime: old}, "plan.pdf": {Data: []byte("%PDF-1"), ModTime: old},
	}
	k := &fileKeeper{T: t, root: root, kept: map[string]string{}}
	first, _ := k.collect(now)
	want := func(remark string, want ...string) source.Result {
		t.Helper()
		root["bridge.en.md"].ModTime = root["bridge.en.md"].ModTime.Add(time.Second)
		res, read := k.collect(now)
		if !slices.Equal(read, want) {
			t.Errorf("%s: read are %q, want %q", remark, read, want)
		}
		if len(res.Articles) != 2 || len(res.Problems) > 0 {
			t.Errorf("%s: articles %v, problems %v", remark, res.Articles, res.Problems)
		}
		return res
	}
	if res := want("a notice alone has changed"); res.Articles[0].Content != first.Articles[0].Content {
		t.Errorf("what was not read again is shown as %s, and was as %s", res.Articles[0].Content, first.Articles[0].Content)
	}
	if res := want("nothing remembered is lost"); res.Articles[0].Content != first.Articles[0].Content {
		t.Errorf("the third time it is %s", res.Articles[0].Content)
	}
	root["map.gif"] = &fstest.MapFile{Data: []byte(gif + "!"), ModTime: old}
	res := want("another size", "map.gif")
	if at := feeds.FilePath(feeds.FileDigest([]byte(gif+"!")), "map.gif"); !strings.Contains(res.Articles[0].Content, at) {
		t.Errorf("its new content is not shown: %s", res.Articles[0].Content)
	}
	root["map.gif"] = &fstest.MapFile{Data: []byte(gif + "?"), ModTime: old.Add(time.Second)}
	want("another time", "map.gif")
	delete(k.kept, feeds.FileDigest([]byte("%PDF-1")))
	want("one that was removed from what is kept", "plan.pdf")
	delete(root, "map.gif")
	root["bridge.en.md"] = shows("[Plan](plan.pdf)")
	want("one that is shown no more")
	if strings.Contains(string(k.state.Memory), "map.gif") {
		t.Errorf("it is remembered: %s", k.state.Memory)
	}
}

func TestAFileThatCannotBeKeptEndsTheCollecting(t *testing.T) {
	root := fstest.MapFS{
		"bridge.en.md": shows("![Map](map.gif) [Plan](plan.pdf)"),
		"map.gif":      {Data: []byte(gif), ModTime: old}, "plan.pdf": {Data: []byte("%PDF-1"), ModTime: old},
	}
	full := errors.New("the disk is full")
	asked := 0
	c := &source.Collector{OpenFolder: func(string) (fs.FS, error) { return root, nil }}
	_, err := c.Collect(t.Context(), source.Input{
		Source: feeds.Source{ID: "notices", Kind: feeds.KindFolder, Path: "notices"}, Now: now,
		KeepFile: func(context.Context, string, []byte) error {
			if asked++; asked > 1 {
				return nil // a smaller one would have room
			}
			return full
		},
	})
	if !errors.Is(err, full) || asked != 1 {
		t.Errorf("%d files were to be kept, and the error is %v", asked, err)
	}
}
