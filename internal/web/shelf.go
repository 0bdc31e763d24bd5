package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/singleflight"

	"github.com/kairan-news/kairan/feeds"
)

// ShelfConfig says where a shelf takes its documents from and how many it holds.
type ShelfConfig struct {
	Documents Documents
	// Bytes bounds the memory that documents take with all their codings.
	// Default: 256 MiB. What is beyond is read from Documents when it is asked for.
	Bytes int64
	// Every is the pause between two comparisons. Default: a second.
	Every time.Duration
	// Patience is how long one question to Documents may take. Default: 5 s.
	Patience time.Duration
	// Log takes what operators must know; nil is slog.Default.
	Log *slog.Logger
}

// Shelf holds the finished documents that a web process serves.
//
//   - A document that is held is served without asking the database.
//   - A change is on the shelf within [ShelfConfig.Every] and the time that it takes
//     to read and compress what changed.
//   - While the database is away, whatever is held is served, in its last state.
//   - A document that could not be read leaves its last state in place and is tried
//     again at each comparison.
//
// Not promised: that the documents of a channel change at the same moment in all
// formats.
type Shelf struct {
	config     ShelfConfig
	compressor *compressor

	// documents is replaced as a whole when documents come or go.
	documents atomic.Pointer[map[feeds.DocumentKey]*held]
	latest    atomic.Pointer[map[feeds.DocumentKey]int64] // the database's last answer
	bytes     atomic.Int64
	beat      atomic.Int64 // comparisons so far: the clock of the least recently used
	loaded    atomic.Bool  // everything was loaded once
	failing   atomic.Pointer[error]

	reading trouble // with documents that are not held
	fetches singleflight.Group
	books   sync.Mutex // held while content and the sum of bytes change together
	trimmed sync.Mutex
	later   laterQueue
	deltas  deltaCache
}

// held is a document's place on the shelf. It may be empty of content.
type held struct {
	key      feeds.DocumentKey
	content  atomic.Pointer[content]
	revision atomic.Int64 // of the content, also when that was put away; 0 before the first
	entries  atomic.Int64
	used     atomic.Int64 // the beat of the last request
	lineage  atomic.Pointer[lineage]
}

// NewShelf returns an empty shelf. Run fills it.
func NewShelf(c ShelfConfig) *Shelf {
	if c.Bytes == 0 {
		c.Bytes = 256 << 20
	}
	if c.Every == 0 {
		c.Every = time.Second
	}
	if c.Patience == 0 {
		c.Patience = 5 * time.Second
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	s := &Shelf{
		config: c, compressor: newCompressor(), later: laterQueue{wake: make(chan struct{}, 1)},
		reading: trouble{
			began: "feeds that are not in memory can't be read from the store; see whether the database answers",
			ended: "feeds are read from the store again",
		},
	}
	s.documents.Store(&map[feeds.DocumentKey]*held{})
	s.latest.Store(&map[feeds.DocumentKey]int64{})
	return s
}

// Run keeps the shelf until the context ends. Its error is always nil: a database
// that is away is waited for.
func (s *Shelf) Run(ctx context.Context) error {
	var behind sync.WaitGroup
	defer behind.Wait()
	behind.Go(func() { s.compressBehind(ctx) })

	tick := time.NewTicker(s.config.Every)
	defer tick.Stop()
	for {
		s.report(ctx, s.compare(ctx))
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// Refresh brings the shelf to the state of the database now, for who needs it once
// and does not want to wait for Run.
func (s *Shelf) Refresh(ctx context.Context) error { return s.compare(ctx) }

// Ready tells whether everything that is published was loaded once. The error says
// what is missing.
func (s *Shelf) Ready() error {
	if s.loaded.Load() {
		return nil
	}
	if err := s.failing.Load(); err != nil {
		return fmt.Errorf("documents are not loaded: %w", *err)
	}
	return errors.New("documents are not loaded yet")
}

// ShelfState is what operators see of a shelf.
type ShelfState struct {
	Documents int   // published documents
	Held      int   // of these in memory
	Bytes     int64 // the memory that they take
	// Behind is why the shelf can't follow the database; nil while it does.
	Behind error
}

// State returns what the shelf holds.
func (s *Shelf) State() ShelfState {
	state := ShelfState{Bytes: s.bytes.Load()}
	for _, h := range *s.documents.Load() {
		state.Documents++
		if h.content.Load() != nil {
			state.Held++
		}
	}
	if err := s.failing.Load(); err != nil {
		state.Behind = *err
	}
	return state
}

// errNotPublished says that there is no such document.
var errNotPublished = errors.New("not published")

// find returns the content of a document.
func (s *Shelf) find(ctx context.Context, key feeds.DocumentKey) (*content, error) {
	h, ok := (*s.documents.Load())[key]
	if !ok {
		return nil, errNotPublished
	}
	if now := s.beat.Load(); h.used.Load() != now {
		h.used.Store(now)
	}
	if c := h.content.Load(); c != nil {
		return c, nil
	}
	return s.fetch(ctx, h)
}

// isNext tells whether a document is the archive that will be closed next.
func (s *Shelf) isNext(key feeds.DocumentKey) bool {
	before := key
	before.Archive--
	_, there := (*s.documents.Load())[before]
	return key.Archive > 1 && there
}

// fetch reads a document that is not held, once for all who wait for it.
func (s *Shelf) fetch(ctx context.Context, h *held) (*content, error) {
	name := h.key.Channel + " " + string(h.key.Format) + " " + strconv.Itoa(h.key.Archive)
	done := s.fetches.DoChan(name, func() (any, error) {
		// Whoever asked first may go away; the others still wait.
		ctx := context.WithoutCancel(ctx)
		c, err := s.load(ctx, h)
		if !errors.Is(err, errNotPublished) {
			s.reading.report(ctx, s.config.Log, err)
		}
		s.trim(h)
		return c, err
	})
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case result := <-done:
		c, _ := result.Val.(*content)
		return c, result.Err
	}
}

// compare brings the shelf to the state of the database.
func (s *Shelf) compare(ctx context.Context) error {
	s.beat.Add(1)
	asked, cancel := context.WithTimeout(ctx, s.config.Patience)
	revisions, err := s.config.Documents.DocumentRevisions(asked)
	cancel()
	if err != nil {
		return fmt.Errorf("compare the revisions of documents: %w", err)
	}
	s.place(revisions)
	s.latest.Store(&revisions)

	var changed []*held
	for key, h := range *s.documents.Load() {
		// An archive changes almost never: it is read when it is asked for.
		if h.revision.Load() != revisions[key] && (key.Archive == 0 || h.content.Load() != nil) {
			changed = append(changed, h)
		}
	}
	var reading errgroup.Group
	reading.SetLimit(max(2, runtime.GOMAXPROCS(0)))
	for _, h := range changed {
		reading.Go(func() error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			_, err := s.load(ctx, h)
			if errors.Is(err, errNotPublished) {
				return nil // It went between two questions: the next comparison takes it away.
			}
			return err
		})
	}
	err = reading.Wait()
	s.trim(nil)
	if err == nil {
		s.loaded.Store(true)
	}
	return err
}

// place makes room for what is new and takes away what is gone.
func (s *Shelf) place(revisions map[feeds.DocumentKey]int64) {
	old := *s.documents.Load()
	var next map[feeds.DocumentKey]*held
	change := func() map[feeds.DocumentKey]*held {
		if next == nil {
			next = maps.Clone(old)
		}
		return next
	}
	for key := range revisions {
		if _, ok := old[key]; !ok {
			change()[key] = &held{key: key}
		}
	}
	for key, h := range old {
		if _, ok := revisions[key]; !ok {
			delete(change(), key)
			s.put(h, nil)
		}
	}
	if next != nil {
		s.documents.Store(&next)
	}
}

// load reads a document and compresses it.
func (s *Shelf) load(ctx context.Context, h *held) (*content, error) {
	ctx, cancel := context.WithTimeout(ctx, s.config.Patience)
	defer cancel()
	d, ok, err := s.config.Documents.Document(ctx, h.key)
	if err != nil {
		return nil, fmt.Errorf("read document %s.%s: %w", h.key.Channel, h.key.Format, err)
	}
	if !ok {
		return nil, errNotPublished
	}
	c := newContent(d.Body, d.ETag, d.Format.MediaType(), d.Modified)
	c.lineage = newLineage(h.lineage.Load(), d)
	h.lineage.Store(c.lineage)
	c.compress(gzipCoding, s.compressor)
	c.compress(zstdCoding, s.compressor)
	s.put(h, c)
	h.entries.Store(int64(d.Entries))
	h.revision.Store(d.Revision)
	s.later.push(h)
	return c, nil
}

// put sets or clears the content of a place, and keeps the sum.
func (s *Shelf) put(h *held, c *content) {
	s.books.Lock()
	defer s.books.Unlock()
	var size int64
	if c != nil {
		size = c.size()
	}
	if old := h.content.Swap(c); old != nil {
		size -= old.size()
	}
	s.bytes.Add(size)
}

// trim puts away what was not asked for the longest, until the bound is kept. What was
// read just now for somebody goes last: of many that are asked for at once, it would
// else be as likely as any.
func (s *Shelf) trim(just *held) {
	if s.bytes.Load() <= s.config.Bytes {
		return
	}
	s.trimmed.Lock()
	defer s.trimmed.Unlock()
	all := slices.Collect(maps.Values(*s.documents.Load()))
	last := func(h *held) int {
		if h == just {
			return 1
		}
		return 0
	}
	slices.SortFunc(all, func(a, b *held) int {
		return cmp.Or(last(a)-last(b), cmp.Compare(a.used.Load(), b.used.Load()))
	})
	for _, h := range all {
		if s.bytes.Load() <= s.config.Bytes {
			return
		}
		s.put(h, nil)
	}
}

// compressBehind adds the brotli variants, off the path from article to reader.
func (s *Shelf) compressBehind(ctx context.Context) {
	for {
		h := s.later.pop(ctx)
		if h == nil {
			return
		}
		if c := h.content.Load(); c != nil {
			if v := c.compressed(brotliCoding, s.compressor); v != nil {
				s.addVariant(h, c, v)
				s.trim(nil)
			}
		}
	}
}

// addVariant adds a variant to a content, unless that was put away meanwhile.
func (s *Shelf) addVariant(h *held, c *content, v *variant) {
	s.books.Lock()
	defer s.books.Unlock()
	if h.content.Load() == c && c.variants[brotliCoding].Swap(v) == nil {
		s.bytes.Add(int64(len(v.body)))
	}
}

// report logs when the shelf begins or ceases to follow the database.
func (s *Shelf) report(ctx context.Context, err error) {
	if ctx.Err() != nil {
		return
	}
	was := s.failing.Load()
	switch {
	case err != nil:
		s.failing.Store(&err)
		if was == nil {
			s.config.Log.Error("feeds are served in their last state: the database does not answer; check it", "error", err)
		}
	case was != nil:
		s.failing.Store(nil)
		s.config.Log.Info("feeds follow the database again")
	}
}

// channelState is what the pages need to know of a channel's documents.
type channelState struct {
	entries   int
	revisions [3]int64 // by format, in the order of feeds.Formats
}

// channel returns the state of a channel's live documents.
func (s *Shelf) channel(c feeds.Channel) (state channelState) {
	documents := *s.documents.Load()
	for i, f := range feeds.Formats() {
		h, ok := documents[feeds.DocumentKey{Channel: c.String(), Format: f}]
		if !ok {
			continue
		}
		state.entries = max(state.entries, int(h.entries.Load()))
		state.revisions[i] = h.revision.Load()
	}
	return state
}

// laterQueue holds the places whose content waits for brotli, each once.
type laterQueue struct {
	mu      sync.Mutex
	waiting []*held
	wake    chan struct{}
}

func (q *laterQueue) push(h *held) {
	q.mu.Lock()
	if !slices.Contains(q.waiting, h) {
		q.waiting = append(q.waiting, h)
	}
	q.mu.Unlock()
	select {
	case q.wake <- struct{}{}:
	default:
	}
}

// pop waits for the next place; nil when the context ended.
func (q *laterQueue) pop(ctx context.Context) *held {
	for {
		q.mu.Lock()
		if len(q.waiting) > 0 {
			h := q.waiting[0]
			q.waiting = q.waiting[1:]
			q.mu.Unlock()
			return h
		}
		q.mu.Unlock()
		select {
		case <-ctx.Done():
			return nil
		case <-q.wake:
		}
	}
}
