package readertest

import (
	"bytes"
	"errors"
	"fmt"
	"html"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"
)

// Feed is what a reader makes of a feed.
type Feed struct {
	Site    string // the address of the page that it belongs to; empty where it is not shown
	Entries []Entry
}

// Entry is what a reader makes of an entry. A field that it does not show is empty.
type Entry struct {
	ID         string
	Title      string // in letters
	Link       string
	Date       time.Time // of publication
	Language   string    // a language tag
	Authors    []string
	Pictures   []string // the addresses of those in the text or beside it
	Enclosures []string // the addresses of files, without pictures
}

// Reader is a program or a library that reads feeds.
type Reader struct {
	Name    string
	Package string // of Debian
	// Keeps says that the reader keeps what it has met: it shows an entry once, and only
	// again if that is new to it.
	Keeps bool

	program string   // what it is run by
	probe   []string // arguments with which that ends well where the reader is there; none to only look for it
	read    func(v visit) (Feed, error)
}

// All returns the readers.
func All() []Reader {
	return []Reader{newsboat, sfeed, rsstail, rss2email, feed2exec, feedparser, xmlFeed}
}

// visit is one reading of a feed.
type visit struct {
	t       *testing.T
	program string // the path of the reader's program
	home    string // the reader's home
	address string // of the feed
}

// Read has the reader read the feed at an address. What it keeps, it keeps in home, which
// is a folder: a second reading with the same home is that of somebody who has read all
// that there was.
func (r Reader) Read(t *testing.T, home, address string) Feed {
	t.Helper()
	program, err := r.find()
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("no %s to test with: %v", r.Name, err)
		}
		t.Skipf("SKIPPED, AND NOTHING SEEN: no %s to test with: %v; install %s", r.Name, err, r.Package)
	}
	f, err := r.read(visit{t, program, home, address})
	if err != nil {
		t.Fatalf("%s does not read %s: %v", r.Name, address, err)
	}
	return f
}

// find looks for the reader: by its name in Debian's own folder and on the path.
func (r Reader) find() (string, error) {
	var failed []error
	for _, name := range []string{"/usr/bin/" + r.program, r.program} {
		path, err := exec.LookPath(name)
		if err == nil && len(r.probe) > 0 {
			var said []byte
			if said, err = exec.Command(path, r.probe...).CombinedOutput(); err != nil {
				err = fmt.Errorf("%s: %w: %s", path, err, bytes.TrimSpace(said))
			}
		}
		if err == nil {
			return path, nil
		}
		failed = append(failed, err)
	}
	return "", errors.Join(failed...)
}

// run runs the reader's program with nothing of ours around it, such as a proxy, and
// returns what it prints.
func (v visit) run(stdin string, args ...string) ([]byte, error) {
	cmd := exec.CommandContext(v.t.Context(), v.program, args...)
	cmd.Env = []string{"HOME=" + v.home, "PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8", "TZ=UTC"}
	cmd.Stdin = strings.NewReader(stdin)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%w\n%s\n%s", err, out, said.String())
	}
	return out, nil
}

var pictures = regexp.MustCompile(`<img\b[^>]*?\bsrc=["']([^"']*)["']`)

// picturesIn returns the addresses of the pictures that stand in HTML.
func picturesIn(text string) []string {
	var all []string
	for _, m := range pictures.FindAllStringSubmatch(text, -1) {
		all = append(all, html.UnescapeString(m[1]))
	}
	return all
}

// one returns a list of what a reader shows one of at most.
func one(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}
