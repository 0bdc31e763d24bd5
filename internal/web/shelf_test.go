package web

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

var allRSS = feeds.DocumentKey{Channel: "en/all", Format: feeds.RSS}

// run keeps a shelf within a synctest bubble and returns what it logs.
func run(t *testing.T, s *Shelf) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { _ = s.Run(ctx); close(done) }()
	t.Cleanup(func() { cancel(); <-done })
}

func found(t *testing.T, s *Shelf, key feeds.DocumentKey) string {
	t.Helper()
	c, err := s.find(t.Context(), key)
	if err != nil {
		return "error: " + err.Error()
	}
	return string(c.variants[identity].Load().body)
}

func TestShelfFollowsTheDatabase(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		s := NewShelf(ShelfConfig{Documents: c, Log: discard()})
		if err := s.Ready(); err == nil {
			t.Error("ready before anything was loaded")
		}
		run(t, s)
		synctest.Wait()
		if err := s.Ready(); err != nil {
			t.Errorf("not ready: %v", err)
		}

		asked := c.asked
		time.Sleep(10 * time.Second)
		if c.asked != asked {
			t.Errorf("%d documents were read although nothing changed", c.asked-asked)
		}

		c.put(allRSS, []byte("second state"), 1)
		time.Sleep(time.Second)
		synctest.Wait()
		if got := found(t, s, allRSS); got != "second state" {
			t.Errorf("a second after the change: %q", got)
		}
		if c.asked != asked+1 {
			t.Errorf("%d documents were read for one change", c.asked-asked)
		}

		c.remove(allRSS)
		time.Sleep(time.Second)
		synctest.Wait()
		if _, err := s.find(t.Context(), allRSS); !errors.Is(err, errNotPublished) {
			t.Errorf("after its end: %v", err)
		}
	})
}

func TestShelfWhileTheDatabaseIsAway(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		var log lines
		s := NewShelf(ShelfConfig{Documents: c, Log: slog.New(slog.NewTextHandler(&log, nil))})
		c.fail(errAway)
		run(t, s)
		time.Sleep(5 * time.Second)
		synctest.Wait()
		if err := s.Ready(); !errors.Is(err, errAway) {
			t.Errorf("ready: %v, want the reason", err)
		}
		c.fail(nil)
		time.Sleep(time.Second)
		synctest.Wait()
		before := found(t, s, allRSS)

		c.fail(errAway)
		c.put(allRSS, []byte("unseen"), 1)
		time.Sleep(time.Hour)
		synctest.Wait()
		if got := found(t, s, allRSS); got != before {
			t.Errorf("while the database is away: %q", got)
		}
		if err := s.Ready(); err != nil {
			t.Errorf("what was loaded can be served, yet: %v", err)
		}
		c.fail(nil)
		time.Sleep(time.Second)
		synctest.Wait()
		if got := found(t, s, allRSS); got != "unseen" {
			t.Errorf("when it is back: %q", got)
		}
		if got := log.all(); strings.Count(got, "level=ERROR") != 2 || strings.Count(got, "level=INFO") != 2 {
			t.Errorf("an error and its end are told once each time; told was:\n%s", got)
		}
	})
}

func TestShelfKeepsItsBound(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		s := NewShelf(ShelfConfig{Documents: c, Bytes: 100 << 10, Log: discard()})
		run(t, s)
		synctest.Wait()
		state := s.State()
		if state.Bytes > 100<<10 || state.Held == 0 || state.Held == state.Documents {
			t.Errorf("%+v, want some documents held, within 100 KiB", state)
		}
		// Whatever is asked for often stays; the rest comes from the database.
		for key, d := range c.documents {
			if got := found(t, s, key); got != string(d.Body) {
				t.Fatalf("%v: %q", key, got)
			}
		}
		if state := s.State(); state.Bytes > 100<<10 {
			t.Errorf("%d bytes, want 100 KiB at most", state.Bytes)
		}
		found(t, s, allRSS)
		asked := c.asked
		found(t, s, allRSS)
		if c.asked != asked {
			t.Error("what was just asked for was read again")
		}
		// The sum is right: it comes to nothing when everything goes.
		for key := range c.documents {
			c.remove(key)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if got := s.State(); got.Bytes != 0 || got.Documents != 0 {
			t.Errorf("an empty shelf: %+v", got)
		}
	})
}

func TestShelfTriesAgainWhatItCouldNotRead(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		flaky := &flakyDocuments{city: c, key: allRSS}
		s := NewShelf(ShelfConfig{Documents: flaky, Log: discard()})
		run(t, s)
		synctest.Wait()
		if s.Ready() == nil {
			t.Error("ready without a document")
		}
		if got := found(t, s, feeds.DocumentKey{Channel: "en/all", Format: feeds.Atom}); strings.HasPrefix(got, "error") {
			t.Errorf("another document suffers: %s", got)
		}
		flaky.mend()
		time.Sleep(time.Second)
		synctest.Wait()
		if err := s.Ready(); err != nil {
			t.Error(err)
		}
	})
}

// flakyDocuments can't read one document until it is mended.
type flakyDocuments struct {
	*city
	key feeds.DocumentKey

	mu     sync.Mutex
	mended bool
}

func (f *flakyDocuments) mend() { f.mu.Lock(); f.mended = true; f.mu.Unlock() }

func (f *flakyDocuments) Document(ctx context.Context, key feeds.DocumentKey) (feeds.Document, bool, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if key == f.key && !f.mended {
		return feeds.Document{}, false, errors.New("a broken page of the database")
	}
	return f.city.Document(ctx, key)
}

func TestFeedsAndPagesWhileTheDatabaseIsAway(t *testing.T) {
	c := newCity(t)
	h := c.public()
	slug := c.slug("flood", "en")
	paths := []string{"/en/all.rss", "/en/", "/en/government", "/en/n/" + slug, "/en/feeds.opml"}
	for _, path := range paths {
		if r := get(h, path); r.StatusCode != http.StatusOK {
			t.Fatalf("%s: status %d", path, r.StatusCode)
		}
	}
	c.fail(errAway)
	for _, path := range paths {
		if r := get(h, path); r.StatusCode != http.StatusOK {
			t.Errorf("%s, seen before: status %d, want its last state", path, r.StatusCode)
		}
	}
	if r := get(h, "/nl/"); r.StatusCode != http.StatusServiceUnavailable || r.Header.Get("Retry-After") == "" {
		t.Errorf("a page that was never composed: status %d, want 503 with Retry-After", r.StatusCode)
	}
	if r := get(h, "/nl/all.rss"); r.StatusCode != http.StatusOK {
		t.Errorf("a feed that was never asked for: status %d, want 200", r.StatusCode)
	}
}

// lines collects a log.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

var _ io.Writer = (*lines)(nil)

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *lines) all() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func TestTroubleIsToldOnce(t *testing.T) {
	c := newCity(t)
	var log lines
	h := Public(Config{
		Settings: func() Settings { return c.settings },
		Shelf:    c.shelf(time.Hour), Channels: c, Articles: c, Log: slog.New(slog.NewTextHandler(&log, nil)),
	})
	c.fail(errAway)
	for _, path := range []string{"/en/", "/ja/", "/ar/", "/en/", "/en/n/whatever"} {
		if r := get(h, path); r.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("%s: status %d", path, r.StatusCode)
		}
	}
	if r := get(h, "/en/feeds.opml"); r.StatusCode != http.StatusOK {
		t.Errorf("a list that needs no database: status %d", r.StatusCode)
	}
	if strings.Contains(log.all(), "composed again") {
		t.Errorf("the list is taken for the end:\n%s", log.all())
	}
	c.fail(nil)
	for _, path := range []string{"/en/", "/ja/", "/en/"} {
		if r := get(h, path); r.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d", path, r.StatusCode)
		}
	}
	if got := log.all(); strings.Count(got, "\n") != 2 || !strings.Contains(got, "level=ERROR") || !strings.Contains(got, "composed again") {
		t.Errorf("the beginning and the end are told, once each:\n%s", got)
	}
}
