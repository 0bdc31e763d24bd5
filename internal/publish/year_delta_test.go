package publish

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/web"
)

// witness remembers each state that some channels had in the year, in each format, and
// asks what the site answers to who holds one of them and wants no more than what is
// new (RFC 3229).
type witness struct {
	*year
	site   http.Handler
	shelf  *web.Shelf
	states map[feeds.DocumentKey][]heldState // the newest last

	deltas, wholes, unchanged int
}

// heldState is a document as a reader may hold it.
type heldState struct {
	etag     string
	modified string // Last-Modified
	seq      int64
	has      map[string]part
	gone     map[string]bool
}

// part is an entry as it stands in a document.
type part struct {
	text string
	seq  int64
}

// watched are channels of each kind of view: with the best version, by category, of
// every version, and of one language.
var watched = []string{"en/all", "ja/sports", "ar/everything", "ja/only/government"}

func (y *year) newWitness() *witness {
	w := &witness{year: y, states: map[feeds.DocumentKey][]heldState{}}
	w.shelf, w.site = w.start()
	return w
}

// start returns what a process that was just started serves by.
func (w *witness) start() (*web.Shelf, http.Handler) {
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	settings := func() web.Settings {
		c := w.publisher.Composer
		return web.Settings{Site: c.Site, Bundle: c.Bundle, Words: fmt.Sprint("words ", w.words)}
	}
	shelf := web.NewShelf(web.ShelfConfig{Documents: documents{w.year}, Settings: settings, Log: log})
	return shelf, web.Public(web.Config{Settings: settings, Shelf: shelf, Log: log})
}

// look takes in what has changed, and asks with the newest validators, or with all.
func (w *witness) look(all bool) {
	w.check(w.shelf.Refresh(w.Context()))
	fresh, restarted := w.start()
	if all {
		w.check(fresh.Refresh(w.Context()))
	}
	for _, path := range watched {
		for _, format := range feeds.Formats() {
			key := feeds.DocumentKey{Channel: channelNamed(path), Format: format}
			if state, ok, err := w.db.Channel(w.Context(), key.Channel); err != nil || !ok || state.Revision == 0 {
				w.check(err)
				continue
			}
			d := w.make(key)
			states := w.states[key]
			if modified := w.modified(key); len(states) == 0 || states[len(states)-1].etag != d.ETag {
				held := heldOf(w, format, d.ETag, d.Body)
				held.modified = modified
				states = append(states, held)
				w.states[key] = states
			} else if !all {
				continue
			}
			live := states[len(states)-1]
			if !all {
				states = states[max(0, len(states)-6):]
			}
			for _, held := range states {
				w.askByDate(w.site, key, held, live)
				w.ask(w.site, key, held, live, d)
				if all {
					w.ask(restarted, key, held, live, d)
				}
			}
		}
	}
}

// modified returns the date that the site gives a document.
func (w *witness) modified(key feeds.DocumentKey) string {
	w.Helper()
	answer := httptest.NewRecorder()
	w.site.ServeHTTP(answer, httptest.NewRequest(http.MethodHead, "/"+key.Path(), nil))
	if answer.Code != http.StatusOK || answer.Header().Get("Last-Modified") == "" {
		w.Fatalf("%s: %d, %v", key.Path(), answer.Code, answer.Header())
	}
	return answer.Header().Get("Last-Modified")
}

// askByDate asks with the date of a state alone, by which nobody may miss what changed
// since.
func (w *witness) askByDate(site http.Handler, key feeds.DocumentKey, held, live heldState) {
	w.Helper()
	r := httptest.NewRequest(http.MethodGet, "/"+key.Path(), nil)
	r.Header.Set("If-Modified-Since", held.modified)
	answer := httptest.NewRecorder()
	site.ServeHTTP(answer, r)
	if answer.Code == http.StatusNotModified && held.etag != live.etag {
		w.Fatalf("%s: %s is answered with 304, and the document is %s of %s", key.Path(), held.modified, live.etag, live.modified)
	}
}

// ask asks with the validator of a state. What was held and what is answered make what
// the live document shows; what is held besides stands in the archives.
func (w *witness) ask(site http.Handler, key feeds.DocumentKey, held, live heldState, d feeds.Document) {
	w.Helper()
	r := httptest.NewRequest(http.MethodGet, "/"+key.Path(), nil)
	r.Header.Set("A-IM", "feed")
	r.Header.Set("If-None-Match", held.etag)
	answer := httptest.NewRecorder()
	site.ServeHTTP(answer, r)
	switch answer.Code {
	case http.StatusNotModified:
		w.unchanged++
		if held.etag != live.etag {
			w.Fatalf("%s: %s is answered with 304, and the document is %s", key.Path(), held.etag, live.etag)
		}
	case http.StatusOK:
		w.wholes++
		if held.etag == live.etag || answer.Body.String() != string(d.Body) {
			w.Fatalf("%s: %s is answered with something else than the document %s", key.Path(), held.etag, live.etag)
		}
	case http.StatusIMUsed:
		w.deltas++
		w.agree(key, held, live, answer.Body.Bytes())
	default:
		w.Fatalf("%s: %s is answered with %d", key.Path(), held.etag, answer.Code)
	}
}

func (w *witness) agree(key feeds.DocumentKey, held, live heldState, delta []byte) {
	w.Helper()
	parts, err := feeds.TakeApart(key.Format, delta)
	w.check(err)
	has, gone := maps.Clone(held.has), maps.Clone(held.gone)
	for _, p := range slices.Backward(parts.All) {
		if p.Gone {
			delete(has, p.ID)
			gone[p.ID] = true
			continue
		}
		if p.Seq <= held.seq {
			w.Errorf("%s: record %d is in the delta since %d", key.Path(), p.Seq, held.seq)
		}
		delete(has, p.Replaces)
		delete(gone, p.ID)
		has[p.ID] = part{string(p.Bytes(delta)), p.Seq}
	}
	for id, p := range live.has {
		if has[id] != p {
			w.Errorf("%s: who held %s has of %s\n%s\nand the document\n%s", key.Path(), held.etag, id, has[id].text, p.text)
		}
	}
	for id := range live.gone {
		if !gone[id] {
			w.Errorf("%s: who held %s was not told that %s is gone", key.Path(), held.etag, id)
		}
	}
	for id, p := range has {
		if _, stands := live.has[id]; !stands && p.seq > parts.Since {
			w.Errorf("%s: who held %s still has %s of record %d", key.Path(), held.etag, id, p.seq)
		}
	}
	if w.Failed() {
		w.FailNow()
	}
}

func heldOf(t testing.TB, format feeds.Format, etag string, body []byte) heldState {
	t.Helper()
	parts, err := feeds.TakeApart(format, body)
	if err != nil {
		t.Fatal(err)
	}
	s := heldState{etag: etag, has: map[string]part{}, gone: map[string]bool{}}
	for _, p := range parts.All {
		s.seq = max(s.seq, p.Seq)
		if p.Gone {
			s.gone[p.ID] = true
			continue
		}
		s.has[p.ID] = part{string(p.Bytes(body)), p.Seq}
	}
	return s
}

// documents are those of the year's database, which is another one after it was
// restored.
type documents struct{ *year }

func (d documents) Published(ctx context.Context) (feeds.Published, error) {
	return d.db.Published(ctx)
}

func (d documents) Make(ctx context.Context, c feeds.Channel, archive int, formats ...feeds.Format) (feeds.Made, error) {
	return d.publisher.Composer.Make(ctx, c, archive, formats...)
}
