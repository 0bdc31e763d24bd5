package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
)

// TestReadersAreLedToTheRightPages has real readers subscribe to the built-in site as
// it was when an entry's own link did not stand last, and read it again as it is. They
// open the right pages then, and nothing that they had is new to them.
func TestReadersAreLedToTheRightPages(t *testing.T) {
	t.Parallel()
	p := start(t, "serve", "--offline", "--data", t.TempDir())
	documents := map[string]reading{} // what each says, by its path
	for _, locale := range []string{"en", "ja", "ar"} {
		said := readJSON(t, p, locale)
		for format, entry := range map[string]string{"rss": "<item>", "atom": "<entry"} {
			path := "/" + locale + "/all." + format
			p.await(p.site+path, "filled", holds(entry))
			documents[path] = said
		}
	}
	for name, reader := range map[string]reader{"feedparser": feedparser, "newsboat": newsboat} {
		t.Run(name, func(t *testing.T) {
			former := &atomic.Bool{}
			site := formerly(t, p.site, former, formerLinks)
			var addresses []string
			for path := range documents {
				addresses = append(addresses, site+path)
			}
			read := reader(t, addresses)
			former.Store(true)
			before := read()
			former.Store(false)
			after := read()
			for path, want := range documents {
				was, is := before[site+path], after[site+path]
				if strings.HasSuffix(path, ".atom") && was.Site == want.Site {
					t.Errorf("%s as it was leads to %s, so this test would not see the fault", path, was.Site)
				}
				if is.Site != want.Site {
					t.Errorf("%s is of the site %s; want %s", path, is.Site, want.Site)
				}
				if len(was.Items) != len(want.Items) || len(is.Items) != len(want.Items) {
					t.Errorf("%s has %d items, and had %d; want %d", path, len(is.Items), len(was.Items), len(want.Items))
				}
				for id, w := range want.Items {
					item, old := is.Items[id], was.Items[id]
					if item.Link != w.Link {
						t.Errorf("%s: %s leads to %q; want %s", path, id, item.Link, w.Link)
					}
					if !old.New || item.New || item.Date != old.Date || item.Title != old.Title {
						t.Errorf("%s: %s is not what the reader had: %+v, then %+v", path, id, old, item)
					}
				}
			}
		})
	}
}

// reader subscribes to feeds. What it returns reads them once, and gives by the feed's
// address what the reader knows then.
type reader func(t *testing.T, addresses []string) (read func() map[string]reading)

// reading is what a reader makes of a feed: the page that it belongs to, and its items
// by their ids.
type reading struct {
	Site  string
	Items map[string]item
}

type item struct {
	Title, Link, Date string
	New               bool // which the reader had not met before
}

// readJSON returns what the JSON Feed of a locale says, which has one address for each
// thing.
func readJSON(t *testing.T, p *process, locale string) reading {
	t.Helper()
	a := p.await(p.site+"/"+locale+"/all.json", "filled", holds(`"date_modified"`))
	var f struct {
		Home  string `json:"home_page_url"`
		Items []struct{ ID, URL string }
	}
	if err := json.Unmarshal([]byte(a.body), &f); err != nil {
		t.Fatal(err)
	}
	if u, err := url.Parse(f.Home); err != nil || u.Path != "/"+locale+"/" {
		t.Errorf("the page of the JSON Feed in %s is %s", locale, f.Home)
	}
	said := reading{Site: f.Home, Items: map[string]item{}}
	for _, i := range f.Items {
		// The samples have no page but ours.
		if want := f.Home + "n/" + strings.TrimPrefix(i.ID, "urn:uuid:"); i.URL != want {
			t.Errorf("the JSON Feed says that %s leads to %s; want %s", i.ID, i.URL, want)
		}
		said.Items[i.ID] = item{Link: i.URL}
	}
	return said
}

// formerly serves a site, and while former is set its feeds as they were once.
func formerly(t *testing.T, site string, former *atomic.Bool, asOnce func(document []byte) []byte) string {
	t.Helper()
	target, err := url.Parse(site)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(&httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			if former.Load() {
				r.Out.Header.Del("Accept-Encoding") // what Go's client asks for by itself, it decodes
			}
		},
		ModifyResponse: func(r *http.Response) error {
			if !former.Load() {
				return nil
			}
			body, err := io.ReadAll(r.Body)
			if err != nil {
				return err
			}
			body = asOnce(body)
			r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
			r.Header.Set("Content-Length", fmt.Sprint(len(body)))
			r.Header.Set("ETag", `"former"`)
			return nil
		},
	})
	t.Cleanup(s.Close)
	return s.URL
}

var (
	// otherFeed is the same feed in another language, at an address below that of its page.
	otherFeed = regexp.MustCompile(`^<link rel="alternate" type="application/atom\+xml" (hreflang="[^"]*") href="([^"]*/)[^"/]*"/>$`)

	bareLink = regexp.MustCompile(`^ *<(?:atom:)?link rel="alternate" href="([^"]*)"/>$`)
	fullLink = regexp.MustCompile(`^ *<((?:atom:)?)link rel="alternate" type="text/html"(?: hreflang="[^"]*")? href="([^"]*)"/>$`)
)

// formerLinks returns a feed as it was before an entry's own link, and the feed's own
// page, stood first without type and language and again last with both: in Atom once,
// first and with both, and in RSS not at all. The pages of other languages were linked, too.
func formerLinks(document []byte) []byte {
	var lines []string
	own, at := "", 0 // the bare link that was met last, and where
	for line := range strings.SplitSeq(string(document), "\n") {
		if m := bareLink.FindStringSubmatch(line); m != nil {
			own, at = m[1], len(lines)
			continue
		}
		if m := fullLink.FindStringSubmatch(line); m != nil && m[2] == own {
			if m[1] == "" {
				lines = append(lines[:at], append([]string{line}, lines[at:]...)...)
			}
			continue
		}
		lines = append(lines, line)
		if m := otherFeed.FindStringSubmatch(line); m != nil {
			lines = append(lines, `<link rel="alternate" type="text/html" `+m[1]+` href="`+m[2]+`"/>`)
		}
	}
	return []byte(strings.Join(lines, "\n"))
}

// without skips a test for which there is no reader; where CI is set, it fails.
func without(t *testing.T, reader, install string, err error) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatalf("no %s to test with: %v", reader, err)
	}
	t.Skipf("SKIPPED, AND NOTHING SEEN: no %s to test with: %v; install %s", reader, err, install)
}

// runReader runs a reader's program with nothing of ours around it, such as a proxy.
func runReader(t *testing.T, home, stdin, program string, args ...string) []byte {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Env = []string{"HOME=" + home, "PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8"}
	cmd.Stdin = strings.NewReader(stdin)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s\n%s", program, err, out, said.String())
	}
	return out
}

// feedparser is the library that rss2email and many others read with. It keeps nothing:
// who uses it tells entries apart by their ids.
func feedparser(t *testing.T, addresses []string) (read func() map[string]reading) {
	t.Helper()
	python, err := findFeedparser()
	if err != nil {
		without(t, "feedparser", "python3-feedparser", err)
	}
	const script = `
import feedparser, json, sys
read = {}
for address in sys.argv[1:]:
    d = feedparser.parse(address)
    if d.bozo:
        sys.exit(f"{address}: {d.bozo_exception}")
    read[address] = {"Site": d.feed.link, "Items": {
        e.id: {"Title": e.title, "Link": e.link, "Date": e.published + " " + e.updated} for e in d.entries}}
json.dump(read, sys.stdout)
`
	met := map[string]bool{}
	return func() map[string]reading {
		var feeds map[string]reading
		out := runReader(t, t.TempDir(), script, python, append([]string{"-"}, addresses...)...)
		if err := json.Unmarshal(out, &feeds); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		for address, f := range feeds {
			for id, i := range f.Items {
				i.New = !met[address+id]
				met[address+id], f.Items[id] = true, i
			}
		}
		return feeds
	}
}

// findFeedparser looks for a Python that has feedparser: Debian's own, or the first on
// the path.
func findFeedparser() (string, error) {
	var failed []error
	for _, name := range []string{"/usr/bin/python3", "python3"} {
		path, err := exec.LookPath(name)
		if err == nil {
			var said []byte
			if said, err = exec.Command(path, "-c", "import feedparser").CombinedOutput(); err == nil {
				return path, nil
			}
			err = fmt.Errorf("%s: %w: %s", path, err, bytes.TrimSpace(said[bytes.LastIndexByte(bytes.TrimSpace(said), '\n')+1:]))
		}
		failed = append(failed, err)
	}
	return "", errors.Join(failed...)
}

// newsboat keeps what it has read in a file, and what its user has read: all of it,
// after each reading. It knows an item by its id wherever that stands, so each feed is
// read by a newsboat of its own.
func newsboat(t *testing.T, addresses []string) (read func() map[string]reading) {
	t.Helper()
	program, err := exec.LookPath("newsboat")
	if err != nil {
		without(t, "newsboat", "newsboat", err)
	}
	homes := map[string]string{}
	for _, address := range addresses {
		homes[address] = t.TempDir()
		if err := os.WriteFile(filepath.Join(homes[address], "urls"), []byte(address+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return func() map[string]reading {
		feeds := map[string]reading{}
		for address, home := range homes {
			cache := filepath.Join(home, "cache.db")
			runReader(t, home, "", program, "-q", "-u", filepath.Join(home, "urls"), "-c", cache, "-C", os.DevNull, "-x", "reload")
			feeds[address] = readNewsboat(t, cache, address)
		}
		return feeds
	}
}

// readNewsboat returns what newsboat knows of a feed, and marks it as read.
func readNewsboat(t *testing.T, cache, address string) reading {
	t.Helper()
	db, err := sql.Open("sqlite", cache)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	f := reading{Items: map[string]item{}}
	if err := db.QueryRow(`SELECT url FROM rss_feed WHERE rssurl = ?`, address).Scan(&f.Site); err != nil {
		t.Fatalf("newsboat does not know %s: %v", address, err)
	}
	rows, err := db.Query(`SELECT guid, title, url, pubDate, unread FROM rss_item WHERE feedurl = ?`, address)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var i item
		if err := rows.Scan(&id, &i.Title, &i.Link, &i.Date, &i.New); err != nil {
			t.Fatal(err)
		}
		f.Items[id] = i
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(`UPDATE rss_item SET unread = 0`); err != nil {
		t.Fatal(err)
	}
	return f
}
