package export

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// site is a site of a few addresses.
type site struct {
	pages map[string]page

	mu    sync.Mutex
	asked []string
}

type page struct {
	status              int // 0 is 200
	mediaType, content  string
	modified            time.Time
	version             string
	statusToBeAnnounced int
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.asked = append(s.asked, r.URL.Path)
	s.mu.Unlock()
	p, ok := s.pages[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", p.mediaType)
	w.Header().Set("Cache-Control", "public, max-age=60")
	if !p.modified.IsZero() {
		w.Header().Set("Last-Modified", p.modified.Format(http.TimeFormat))
	}
	if p.status != 0 {
		w.WriteHeader(p.status)
	}
	_, _ = io.WriteString(w, p.content)
}

func (s *site) addresses() (all []Address) {
	for path, p := range s.pages {
		all = append(all, Address{Path: path, Version: p.version, Status: p.statusToBeAnnounced})
	}
	slices.SortFunc(all, func(a, b Address) int { return strings.Compare(a.Path, b.Path) })
	return all
}

var noon = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)

const html = "text/html; charset=utf-8"

func newSite() *site {
	return &site{pages: map[string]page{
		"/en/":             {mediaType: html, content: "<p>Home</p>", version: "1"},
		"/en/government":   {mediaType: html, content: strings.Repeat("<p>Government</p>", 100), version: "1"},
		"/en/all.atom":     {mediaType: "application/atom+xml; charset=utf-8", content: strings.Repeat("<entry/>", 1000), modified: noon, version: "1"},
		"/en/all.1.atom":   {mediaType: "application/atom+xml; charset=utf-8", content: "<feed/>", modified: noon.Add(-time.Hour), version: "1"},
		"/en/n/drill":      {mediaType: html, content: "<p>Drill</p>", version: "1"},
		"/en/n/old":        {version: "1", statusToBeAnnounced: http.StatusGone},
		"/en/---":          {mediaType: html, content: "Not found", version: "1", status: 404, statusToBeAnnounced: 404},
		"/style-0123.css":  {mediaType: "text/css; charset=utf-8", content: "p{}", version: "1"},
		"/sitemap.xml":     {mediaType: "application/xml; charset=utf-8", content: "<urlset/>", version: "1"},
		"/ja/feeds.opml":   {mediaType: "text/x-opml; charset=utf-8", content: "<opml/>", version: "1"},
		"/ja/n/日本":         {mediaType: html, content: "日本", version: "1"},
		"/ja/from/a-city":  {mediaType: html, content: "都市", version: "1"},
		"/ja/only/culture": {mediaType: html, content: "文化", version: "1"},
	}}
}

// files are a directory's, with their contents; the manifest is left out.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || d.Name() == manifestName {
			return err
		}
		data, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		found[filepath.ToSlash(name)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func run(t *testing.T, s *site, target Target, now time.Time) Result {
	t.Helper()
	s.asked = nil
	x := &Exporter{Site: s, Target: serial{target}, Now: func() time.Time { return now }}
	r, err := x.Run(t.Context(), s.addresses())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// serial writes one file after the other, so that a test can watch.
type serial struct{ Target }

func (serial) parallel() int { return 1 }

func TestExportToADirectory(t *testing.T) {
	dir := t.TempDir()
	target, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	s := newSite()
	if r := run(t, s, target, noon); r != (Result{Files: 13, Written: 13}) {
		t.Errorf("the first export: %+v", r)
	}
	got := files(t, dir)
	for name, want := range map[string]string{
		"en/index.html": "<p>Home</p>", "en/government.html": s.pages["/en/government"].content, "en/all.atom": s.pages["/en/all.atom"].content,
		"en/all.1.atom": "<feed/>", "en/n/drill.html": "<p>Drill</p>", "en/n/old.gone": "", "404.html": "Not found",
		"style-0123.css": "p{}", "sitemap.xml": "<urlset/>", "ja/feeds.opml": "<opml/>", "ja/n/日本.html": "日本",
		"ja/from/a-city.html": "都市", "ja/only/culture.html": "文化",
	} {
		if got[name] != want {
			t.Errorf("%s: %q, want %q", name, got[name], want)
		}
	}
	for _, name := range []string{"en/all.atom", "en/government.html"} {
		for _, suffix := range []string{".gz", ".zst", ".br"} {
			if small, ok := got[name+suffix]; !ok || len(small) >= len(got[name]) {
				t.Errorf("%s%s: %d bytes", name, suffix, len(small))
			}
		}
	}
	if n := len(got); n != 13+6 {
		t.Errorf("%d files, want 13 and the variants of two", n)
	}
	z, err := gzip.NewReader(strings.NewReader(got["en/all.atom.gz"]))
	if err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(z); err != nil || string(b) != got["en/all.atom"] {
		t.Errorf("the variant holds something else: %v", err)
	}
	modified := func(name string) time.Time {
		t.Helper()
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return info.ModTime().UTC()
	}
	if got := modified("en/all.atom.gz"); !got.Equal(noon) || !modified("en/all.1.atom").Equal(noon.Add(-time.Hour)) {
		t.Errorf("the document's time is not the file's: %v", got)
	}

	// The same again asks for nothing and writes nothing.
	if r := run(t, s, target, noon.Add(time.Hour)); r != (Result{Files: 13}) || len(s.asked) > 0 {
		t.Errorf("the second export: %+v, asked %q", r, s.asked)
	}

	// Another version, and the same content: asked, not written, and no new time.
	p := s.pages["/en/government"]
	p.version = "2"
	s.pages["/en/government"] = p
	if r := run(t, s, target, noon.Add(time.Hour)); r != (Result{Files: 13}) || !slices.Equal(s.asked, []string{"/en/government"}) || !modified("en/government.html").Equal(noon) {
		t.Errorf("the same content: %+v, asked %q, of %v", r, s.asked, modified("en/government.html"))
	}

	// What changed is written; what became too small has no variants any more.
	p.version, p.content = "3", "short"
	s.pages["/en/government"] = p
	if r := run(t, s, target, noon.Add(2*time.Hour)); r.Written != 1 || !modified("en/government.html").Equal(noon.Add(2*time.Hour)) {
		t.Errorf("another content: %+v", r)
	}
	if got := files(t, dir); got["en/government.html"] != "short" || got["en/government.html.gz"]+got["en/government.html.br"]+got["en/government.html.zst"] != "" {
		t.Error("old variants beside a new file")
	}

	// What is gone is removed with its variants and its directory. What somebody else
	// wrote stays.
	mine := filepath.Join(dir, "en", "mine.txt")
	if err := os.WriteFile(mine, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	delete(s.pages, "/en/all.atom")
	delete(s.pages, "/ja/from/a-city")
	delete(s.pages, "/en/n/drill")
	s.pages["/en/n/drill"] = page{version: "2", statusToBeAnnounced: http.StatusGone}
	if r := run(t, s, target, noon.Add(3*time.Hour)); r != (Result{Files: 11, Written: 1, Removed: 3}) {
		t.Errorf("with three gone: %+v", r)
	}
	got = files(t, dir)
	for _, name := range []string{"en/all.atom", "en/all.atom.gz", "en/all.atom.br", "ja/from/a-city.html", "en/n/drill.html"} {
		if _, ok := got[name]; ok {
			t.Errorf("%s is still there", name)
		}
	}
	if _, ok := got["en/n/drill.gone"]; !ok || got["en/mine.txt"] != "mine" {
		t.Error("the mark is missing, or what is not ours")
	}
	if _, err := os.Stat(filepath.Join(dir, "ja", "from")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an empty directory stays: %v", err)
	}

	// A file that was cut short, as by a loss of power, is written again.
	if err := os.Truncate(filepath.Join(dir, "sitemap.xml"), 0); err != nil {
		t.Fatal(err)
	}
	if r := run(t, s, target, noon.Add(4*time.Hour)); r.Written != 1 || files(t, dir)["sitemap.xml"] != "<urlset/>" {
		t.Errorf("a broken file: %+v", r)
	}
	// No temporary file is left.
	for name := range files(t, dir) {
		if strings.Contains(name, ".kairan-") {
			t.Errorf("%s is left", name)
		}
	}
}

func TestWhatCantBeCopiedStays(t *testing.T) {
	dir := t.TempDir()
	target, err := Open("file://" + dir)
	if err != nil {
		t.Fatal(err)
	}
	s := newSite()
	run(t, s, target, noon)
	broken := s.pages["/en/all.atom"]
	broken.status, broken.version = 503, "2"
	s.pages["/en/all.atom"] = broken
	other := s.pages["/sitemap.xml"]
	other.content, other.version = "<urlset>new</urlset>", "2"
	s.pages["/sitemap.xml"] = other
	x := &Exporter{Site: s, Target: target, Now: func() time.Time { return noon }}
	r, err := x.Run(t.Context(), s.addresses())
	if err == nil || !strings.Contains(err.Error(), "/en/all.atom: the site answers 503") || r.Written != 1 || r.Removed != 0 {
		t.Errorf("%+v, %v", r, err)
	}
	got := files(t, dir)
	if got["en/all.atom"] != strings.Repeat("<entry/>", 1000) || got["sitemap.xml"] != "<urlset>new</urlset>" {
		t.Error("the last file is gone, or the others were not copied")
	}
	// It is asked again, although its version is the same.
	broken.status = 0
	s.pages["/en/all.atom"] = broken
	s.asked = nil
	if _, err := x.Run(t.Context(), s.addresses()); err != nil || !slices.Equal(s.asked, []string{"/en/all.atom"}) {
		t.Errorf("asked %q, %v", s.asked, err)
	}
}

// stopped ends an export after a few files.
type stopped struct {
	Target
	left int
	end  context.CancelFunc
}

func (s *stopped) parallel() int { return 1 }

func (s *stopped) write(ctx context.Context, f File) error {
	if f.Name != manifestName {
		if s.left--; s.left == 0 {
			s.end()
		}
	}
	return s.Target.write(ctx, f)
}

// smallDisk has room for some files more, and then for none.
type smallDisk struct {
	Target
	room int
}

func (d *smallDisk) write(ctx context.Context, f File) error {
	if d.room--; d.room < 0 {
		return &fs.PathError{Op: "write", Path: f.Name, Err: syscall.ENOSPC}
	}
	return d.Target.write(ctx, f)
}

func (d *smallDisk) parallel() int { return 1 }

func TestAFullDiskLeavesEachFileWhole(t *testing.T) {
	dir := t.TempDir()
	s, target := newSite(), directory{dir}
	run(t, s, target, noon)
	before := files(t, dir)
	for path, p := range s.pages {
		p.content, p.version = strings.ToUpper(p.content)+"!", "2"
		s.pages[path] = p
	}
	x := &Exporter{Site: s, Target: &smallDisk{target, 5}, Now: func() time.Time { return noon }}
	res, err := x.Run(t.Context(), s.addresses())
	if err == nil || !strings.Contains(err.Error(), dir) || !strings.Contains(err.Error(), "free some space") {
		t.Errorf("the error does not say where and what to do: %v", err)
	}
	if res.Written == 0 || res.Written > 5 {
		t.Errorf("%d files count as written", res.Written)
	}
	left := files(t, dir)
	for name, content := range left {
		switch filepath.Ext(name) {
		case ".gz", ".zst", ".br", ".gone":
		default:
			if content != before[name] && !strings.HasSuffix(content, "!") {
				t.Errorf("%s is neither the old nor the new one: %.40q", name, content)
			}
		}
	}
	if len(left) < len(before) {
		t.Errorf("%d files are left of %d", len(left), len(before))
	}
	if res := run(t, s, target, noon); res.Files == 0 || res.Written == 0 {
		t.Errorf("with room the rest is not written: %+v", res)
	}
	if res := run(t, s, target, noon); res.Written != 0 {
		t.Errorf("and then it is not there: %+v", res)
	}
}

func TestAnExportThatWasBrokenOffIsTakenUp(t *testing.T) {
	dir := t.TempDir()
	target, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	s := newSite()
	ctx, cancel := context.WithCancel(t.Context())
	x := &Exporter{Site: s, Target: &stopped{target, 5, cancel}, Now: func() time.Time { return noon }}
	r, err := x.Run(ctx, s.addresses())
	if !errors.Is(err, context.Canceled) || r.Written == 0 || r.Written == 13 {
		t.Fatalf("%+v, %v", r, err)
	}
	if again := run(t, s, target, noon); again.Files != 13 || again.Written != 13-r.Written {
		t.Errorf("after %d: %+v", r.Written, again)
	}
}

func TestWhatMovedHasNoFile(t *testing.T) {
	dir := t.TempDir()
	target, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	s := newSite()
	run(t, s, target, noon)
	s.pages["/en/all.atom"] = page{version: "2", status: http.StatusMovedPermanently}
	if r := run(t, s, target, noon); r != (Result{Files: 12, Removed: 1}) {
		t.Errorf("%+v", r)
	}
}

func TestNamesThatLeadElsewhere(t *testing.T) {
	dir := t.TempDir()
	target, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := target.write(t.Context(), File{Name: "../x"}); err == nil {
		t.Error("a file was written outside of the directory")
	}
	s := &site{pages: map[string]page{}}
	x := &Exporter{Site: s, Target: target, Now: func() time.Time { return noon }}
	if _, err := x.Run(t.Context(), []Address{{Path: "/en/../../x"}}); err == nil {
		t.Error("an address outside of the site was asked")
	}
}

func TestTargetsThatAreNone(t *testing.T) {
	for _, target := range []string{"", "ftp://example/x", "file://host/x"} {
		if _, err := Open(target); err == nil {
			t.Errorf("%q was opened", target)
		}
	}
	if _, err := Open("ftp://user:secret@example/x"); err == nil || strings.Contains(err.Error(), "user") {
		t.Errorf("%v, want an error without what is secret", err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, manifestName), []byte("rubbish"), 0o600); err != nil {
		t.Fatal(err)
	}
	target, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	x := &Exporter{Site: newSite(), Target: target, Now: func() time.Time { return noon }}
	if _, err := x.Run(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "remove it") {
		t.Errorf("a broken manifest: %v", err)
	}
}

func BenchmarkExport(b *testing.B) {
	s := &site{pages: map[string]page{}}
	for i := range 200 {
		s.pages[fmt.Sprintf("/en/n/%d", i)] = page{mediaType: html, content: strings.Repeat(fmt.Sprintf("<p>Notice %d and its text.</p>\n", i), 200), version: "1"}
	}
	addresses := s.addresses()
	for name, fresh := range map[string]bool{"all": true, "none": false} {
		b.Run(name, func(b *testing.B) {
			dir := b.TempDir()
			for n := 0; b.Loop(); n++ {
				if fresh {
					dir = b.TempDir()
				}
				target, err := Open(dir)
				if err != nil {
					b.Fatal(err)
				}
				x := &Exporter{Site: s, Target: serial{target}, Now: func() time.Time { return noon }}
				if _, err := x.Run(b.Context(), addresses); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A feed whose date lies ahead tells none: its file gets it by the next export.
func TestAFeedThatHasNoDateYet(t *testing.T) {
	dir := t.TempDir()
	target, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	s := newSite()
	const path = "/en/all.atom"
	feed := s.pages[path]
	feed.modified = time.Time{}
	s.pages[path] = feed
	run(t, s, target, noon)
	feed.modified = noon.Add(2 * time.Second)
	s.pages[path] = feed
	for _, written := range []int{1, 0} {
		if r := run(t, s, target, noon.Add(time.Minute)); r.Written != written {
			t.Errorf("%d files are written, want %d", r.Written, written)
		}
		info, err := os.Stat(filepath.Join(dir, "en", "all.atom"))
		if err != nil {
			t.Fatal(err)
		}
		if !info.ModTime().Equal(feed.modified) {
			t.Errorf("the file is dated %v, want %v", info.ModTime(), feed.modified)
		}
	}
}

func TestASiteIsAskedForALanguage(t *testing.T) {
	root := t.TempDir()
	target, err := Open(root)
	if err != nil {
		t.Fatal(err)
	}
	site := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, "asked for "+r.Header.Get("Accept-Language"))
	})
	x := &Exporter{Site: site, Target: target, Now: func() time.Time { return noon }}
	if _, err := x.Run(t.Context(), []Address{{Path: "/en/"}, {Path: "/", AcceptLanguage: "mis"}}); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"index.html": "asked for mis", "en/index.html": "asked for "} {
		if got, err := os.ReadFile(filepath.Join(root, name)); err != nil || string(got) != want {
			t.Errorf("%s is %q (%v), want %q", name, got, err, want)
		}
	}
}
