package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/singleflight"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/trouble"
)

// ShelfConfig says where a shelf takes its documents from and how many it holds.
type ShelfConfig struct {
	Documents Documents
	// Settings are those that documents are made by; see [Config].
	Settings func() Settings
	// Bytes bounds the memory that documents take with all their codings and all that
	// hangs on them. Default: 48 MiB.
	Bytes int64
	// Every is the pause between two comparisons. Default: a second.
	Every time.Duration
	// Patience is how long one question to Documents may take, the wait for a turn counted
	// in. Default: 5 s.
	Patience time.Duration
	// Behind is another shelf of the process, whose documents are made before those of
	// this one; nil for none.
	Behind *Shelf
	// Together has the documents of a channel made in all formats when one is asked for,
	// for who asks for each.
	Together bool
	// Reached is told, at each comparison in which a channel of all notices goes further in
	// the log, from which record, that excluded, to which; nil is not told. What was published
	// before the first comparison, or in another epoch, is not told.
	Reached func(ctx context.Context, after, last int64)
	// Log takes what operators must know; nil is slog.Default.
	Log *slog.Logger
}

// Shelf makes the documents that a web process serves, when they are asked for, and holds
// them as long as they are asked for again.
//
//   - A document that is held is served without asking the database.
//   - A change is seen within [ShelfConfig.Every]. A document that is hot is then made
//     anew behind the readers, who get its last state meanwhile, for ten seconds at most;
//     any other when it is asked for.
//   - Of a channel whose past has changed, as by an erasure, nothing of before is served.
//   - While the database is away, whatever is held is served, in its last state, with its
//     own tag and date. What is not held can't be.
//   - What does not pass the strict check gives way to the last good document.
//
// Not promised: that the documents of a channel change at the same moment in all
// formats.
type Shelf struct {
	config     ShelfConfig
	compressor *compressor
	limiter    *limiter

	published atomic.Pointer[publishedState] // the database's last answer; nil before the first
	failing   atomic.Pointer[error]          // why there is none that is newer
	running   atomic.Bool                    // [Shelf.Run] is at work
	beat      atomic.Int64                   // comparisons so far: the clock of the least recently used

	mu   sync.RWMutex // of held
	held map[feeds.DocumentKey]*held

	bytes   atomic.Int64
	books   sync.Mutex // held while content and the sum of bytes change together
	trimmed sync.Mutex

	making    singleflight.Group
	reading   trouble.Trouble // with documents that are not held
	following trouble.Trouble // the database
	later     *queue[*held]
	behind    *queue[feeds.Channel] // channels whose hot documents are to be made anew
	deltas    deltaCache
	faults    faults
}

// publishedState is what the database said of what is published.
type publishedState struct {
	feeds.Published
	// changed is when the shelf first saw the state that each channel now has; zero for
	// the states of the first comparison.
	changed map[feeds.Channel]time.Time
}

// NewShelf returns an empty shelf. Run fills it.
func NewShelf(c ShelfConfig) *Shelf {
	if c.Bytes == 0 {
		c.Bytes = 48 << 20
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
		config: c, compressor: newCompressor(), limiter: newLimiter(), held: map[feeds.DocumentKey]*held{},
		later: newQueue[*held](), behind: newQueue[feeds.Channel](),
		reading: trouble.Trouble{
			Began: "feeds that are not in memory can't be made; see whether the database answers",
			Ended: "feeds are made again",
		},
		following: trouble.Trouble{
			Began: "feeds are served in their last state: the database does not answer; check it",
			Ended: "feeds follow the database again",
		},
	}
	if c.Behind != nil {
		s.limiter = c.Behind.limiter
	}
	return s
}

// Run keeps the shelf until the context ends. Its error is always nil: a database
// that is away is waited for.
func (s *Shelf) Run(ctx context.Context) error {
	s.running.Store(true)
	defer s.running.Store(false)
	var behind sync.WaitGroup
	defer behind.Wait()
	behind.Go(func() { s.compressBehind(ctx) })
	for range max(1, runtime.GOMAXPROCS(0)/2) { // the others are for who waits
		behind.Go(func() { s.renewBehind(ctx) })
	}

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

// Ready tells whether it is known what is published. The error says what is missing.
func (s *Shelf) Ready() error {
	if s.published.Load() != nil {
		return nil
	}
	if err := s.failing.Load(); err != nil {
		return fmt.Errorf("what is published is not known: %w", *err)
	}
	return errors.New("what is published is not known yet")
}

// ShelfState is what operators see of a shelf.
type ShelfState struct {
	Documents int   // that can be asked for, but for archives of an earlier epoch
	Held      int   // of these in memory
	Bytes     int64 // the memory that they take
	// Behind is why the shelf can't follow the database; nil while it does.
	Behind error
	// OldWords says that other words than those of this process were adopted since, and
	// when; zero if not.
	OldWords time.Time
	// Faulty are the documents that did not pass the check when they were made last, with
	// the reasons; Faults counts all that ever did not.
	Faulty []Fault
	Faults int64
}

// Sizes returns how long the live documents are that the shelf holds, by channel and format,
// in bytes.
func (s *Shelf) Sizes() map[feeds.Channel]map[string]int64 {
	sizes := map[feeds.Channel]map[string]int64{}
	s.mu.RLock()
	defer s.mu.RUnlock()
	for key, h := range s.held {
		c := h.content.Load()
		if c == nil || key.Archive > 0 {
			continue
		}
		if sizes[key.Channel] == nil {
			sizes[key.Channel] = map[string]int64{}
		}
		sizes[key.Channel][string(key.Format)] = c.length()
	}
	return sizes
}

// State returns what the shelf holds.
func (s *Shelf) State() ShelfState {
	state := ShelfState{Bytes: s.bytes.Load() + s.deltas.size()}
	if k := s.published.Load(); k != nil {
		for _, c := range k.Channels {
			if c.Revision > 0 && c.Status != feeds.ChannelGone {
				state.Documents += len(feeds.Formats()) * (1 + k.archives(c))
			}
		}
		if !k.newest(s.config.Settings()) {
			state.OldWords = time.UnixMilli(k.Words.Adopted)
		}
	}
	s.mu.RLock()
	for _, h := range s.held {
		if h.content.Load() != nil {
			state.Held++
		}
	}
	s.mu.RUnlock()
	if err := s.failing.Load(); err != nil {
		state.Behind = *err
	}
	state.Faulty, state.Faults = s.faults.list()
	return state
}

// compare brings the shelf to the state of the database.
func (s *Shelf) compare(ctx context.Context) error {
	s.beat.Add(1)
	asked, cancel := context.WithTimeout(ctx, s.config.Patience)
	published, err := s.config.Documents.Published(asked)
	cancel()
	if err != nil {
		return fmt.Errorf("compare the states of channels: %w", err)
	}
	before := s.published.Load()
	now := &publishedState{Published: published, changed: map[feeds.Channel]time.Time{}}
	changed := map[feeds.Channel]bool{}
	for name, state := range published.Channels {
		switch was, known := before.channel(name); {
		case !known && before == nil:
		case was == state:
			now.changed[name] = before.changed[name]
		default:
			now.changed[name] = time.Now()
			changed[name] = true
		}
	}
	s.published.Store(now)
	s.dropOld(before, now)
	s.renewHot(changed)
	if s.config.Reached != nil && before != nil && before.Epoch.Name == now.Epoch.Name {
		if after, last := before.reach(), now.reach(); last > after && after > 0 {
			s.config.Reached(ctx, after, last)
		}
	}
	return nil
}

// reach is how far in the log the channels of all notices go.
func (k *publishedState) reach() (seq int64) {
	for name, state := range k.Channels {
		if name.Kind == feeds.ChannelAll && state.Revision > 0 {
			seq = max(seq, state.Seq)
		}
	}
	return seq
}

// channel returns the state of a channel, and false if it was never published.
func (k *publishedState) channel(c feeds.Channel) (state feeds.ChannelState, ok bool) {
	if k == nil {
		return feeds.ChannelState{}, false
	}
	state, ok = k.Channels[c]
	return state, ok && state.Revision > 0
}

// archives returns how many archives of the present epoch a channel has.
func (k *publishedState) archives(c feeds.ChannelState) int {
	if name := int(k.Epoch.Name); c.Archives >= name {
		return c.Archives - name
	}
	return 0
}

// newest reports whether the words of these settings are those that were adopted last.
func (k *publishedState) newest(s Settings) bool {
	return k == nil || s.Words == "" || k.Words.Digest == "" || s.Words == k.Words.Digest
}

// report logs when the shelf begins or ceases to follow the database.
func (s *Shelf) report(ctx context.Context, err error) {
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		s.failing.Store(&err)
	} else {
		s.failing.Store(nil)
	}
	s.following.Report(ctx, s.config.Log, err)
}

// channel returns the state of a channel; the zero state if it was never published.
func (s *Shelf) channel(c feeds.Channel) feeds.ChannelState {
	state, _ := s.published.Load().channel(c)
	return state
}

// isNext reports whether a document is the archive that will be closed next.
func (s *Shelf) isNext(key feeds.DocumentKey) bool {
	state, ok := s.published.Load().channel(key.Channel)
	return ok && key.Archive > 1 && key.Archive == s.published.Load().Epoch.NextArchive(state.Archives)
}

// states returns what is published, in the order of the channels' names.
func (s *Shelf) states() (all []feeds.ChannelState) {
	k := s.published.Load()
	if k == nil {
		return nil
	}
	for _, name := range slices.SortedFunc(maps.Keys(k.Channels), feeds.Channel.Compare) {
		if state := k.Channels[name]; state.Revision > 0 {
			all = append(all, state)
		}
	}
	return all
}
