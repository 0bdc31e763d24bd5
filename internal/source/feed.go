package source

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/feed"
)

// acceptFeed prefers feeds and takes anything: servers mislabel them.
const acceptFeed = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1"

// feedMemory is what a feed remembers.
type feedMemory struct {
	// Moved is the address that a permanent redirect led to and that is asked in
	// place of the configured one; "" for that.
	Moved  string      `json:"moved,omitempty"`
	Moves  fetch.Moves `json:"moves,omitzero"`
	Wishes wishes      `json:"wishes,omitzero"`
	// PagesDue is when the next page behind an entry is to be asked; zero if none is. The
	// feed is then asked for as if it were not known, since its entries are needed.
	PagesDue time.Time `json:"pages_due,omitzero"`
}

// wishes is what a feed says of how often it wants to be asked.
type wishes struct {
	Every     time.Duration  `json:"every,omitempty"` // RSS ttl, sy:updatePeriod
	SkipHours []int          `json:"skip_hours,omitempty"`
	SkipDays  []time.Weekday `json:"skip_days,omitempty"`
	// Expired says that the feed will not be updated any more.
	Expired bool `json:"expired,omitempty"`
}

// collectFeed fetches an RSS, RDF, Atom or JSON Feed over HTTP. What came is to be read
// then, also of a body that ended too early, beside the error.
func (c *Collector) collectFeed(ctx context.Context, in Input) (Result, error) {
	res := Result{State: in.State}
	var memory feedMemory
	if len(in.State.Memory) > 0 && json.Unmarshal(in.State.Memory, &memory) != nil {
		memory = feedMemory{} // all of it can be learned anew
	}
	switch {
	case !TakesPages(&in.Source, &in.Publisher):
		memory.PagesDue = time.Time{}
	case !memory.PagesDue.IsZero() && !memory.PagesDue.After(in.Now):
		in.State.ETag, in.State.LastModified, in.State.Digest = "", "", ""
	}
	got, err := c.askFeed(ctx, in, memory)
	if got != nil {
		res.Status, res.Bytes = got.Status, got.Bytes
		res.NotBefore = laterOf(got.NotBefore(), memory.Wishes.notBefore(in.Now))
	}
	if err != nil {
		res.Problems = append(res.Problems, wallProblem(err)...)
		err = fmt.Errorf("collect %s: %w", in.Source.ID, err)
		if memory.Moved != "" && lost(err) {
			// Where the new address leads nowhere, the configured one is asked again.
			memory.Moved, memory.Moves = "", fetch.Moves{}
			res.Again = pagesRest
			return res, errors.Join(err, memory.keep(&res.State))
		}
		if got != nil && got.Truncated && len(got.Body) > 0 {
			res.Fetched = c.fetched(in, got)
			res.Fetched.failure = err
		}
		return res, err
	}

	var adopted string
	before := memory.Moves
	if memory.Moves, adopted = before.See(got, in.Now); adopted != "" {
		memory.Moved = adopted
		res.Problems = append(res.Problems, parse.Problem{Code: "moved", Detail: "the feed has moved for good and is asked for at " + adopted + " from now on; put that into the configuration"})
	}
	state := in.State
	state.ETag, state.LastModified, state.FinalURL, state.Digest = got.ETag, got.LastModified, got.URL, got.Digest
	if got.Unchanged {
		res.Unchanged, res.State = true, state
		if adopted == "" && memory.Moves == before {
			return res, nil // what is remembered is what was
		}
		return res, memory.keep(&res.State)
	}
	fetched := c.fetched(in, got)
	fetched.problems, fetched.state, fetched.memory, fetched.notBefore = res.Problems, state, memory, got.NotBefore()
	res.Fetched = fetched
	return res, nil
}

// askFeed asks for the feed where it is now.
func (c *Collector) askFeed(ctx context.Context, in Input, memory feedMemory) (*fetch.Response, error) {
	credentials, err := c.credentials(in.Source)
	if err != nil {
		return nil, err
	}
	if memory.Moved != "" && !sameHost(memory.Moved, in.Source.URL) {
		credentials = fetch.Credentials{} // they are for the configured host
	}
	return c.Client.Get(ctx, fetch.Request{
		URL:           cmp.Or(memory.Moved, in.Source.URL),
		ETag:          in.State.ETag,
		LastModified:  in.State.LastModified,
		ValidatorsFor: in.State.FinalURL,
		Digest:        in.State.Digest,
		Accept:        acceptFeed,
		AllowPrivate:  in.Source.AllowPrivate,
		Credentials:   credentials,
		Pause:         c.Pause,
	})
}

// Fetched is a feed as it came.
type Fetched struct {
	source  string
	body    []byte
	options parse.Options
	failure error // why it may have ended too early; nil where it is whole

	// What is kept and said of the source once it was read.
	problems  []parse.Problem
	state     State
	memory    feedMemory
	notBefore time.Time
}

// fetched is what came of a source, to be read.
func (c *Collector) fetched(in Input, got *fetch.Response) *Fetched {
	f := &Fetched{source: in.Source.ID, body: got.Body, options: c.options(in)}
	f.options.ContentType, f.options.BaseURL = got.ContentType, got.URL
	return f
}

// Read reads the feed that was fetched, and returns the result with what it brings. The
// entries with these digests are known just as they stand there, and are not read; nil has
// all of them read, and may follow upon another reading. Of a feed that ended too early it
// brings what could be read, all of that, beside the error.
//
// What can't be read is not remembered: it is fetched anew.
func (r Result) Read(known map[uint64]bool) (Result, error) {
	f := r.Fetched
	o := f.options
	if f.failure == nil {
		o.Known = known
	}
	feed, err := feed.Parse(f.body, o)
	if err != nil {
		return r, cmp.Or(f.failure, fmt.Errorf("collect %s: %w", f.source, err))
	}
	r.Format, r.Articles, r.Digests, r.Lost = feed.Format, copied(feed), feed.Digests, feed.Lost
	r.Entries, r.Deleted, r.Next = feed.Entries(), feed.Deleted, behind(feed, o.BaseURL)
	r.Problems = append(slices.Clip(f.problems), feed.Problems...)
	if feed.Expired {
		r.Problems = append(r.Problems, parse.Problem{Code: "expired", Detail: "the feed says that it will not be updated any more, and is asked once a week from now on; look for its successor"})
	}
	if f.failure != nil {
		r.Digests = nil
		return r, f.failure
	}
	memory := f.memory
	memory.Wishes = wishes{Every: max(feed.TTL, feed.UpdateEvery), SkipHours: feed.SkipHours, SkipDays: feed.SkipDays, Expired: feed.Expired}
	r.NotBefore = laterOf(f.notBefore, memory.Wishes.notBefore(o.Now))
	r.State = f.state
	return r, memory.keep(&r.State)
}

// copied returns the feed's articles with what the feed says of itself.
func copied(feed *feed.Feed) []feeds.Article {
	for i := range feed.Articles {
		if own := &feed.Articles[i].Feed; *own == (feeds.SourceFeed{}) {
			*own = feeds.SourceFeed{ID: feed.ID, Title: feed.Title, Link: feed.Link}
		}
	}
	return feed.Articles
}

// keep writes the memory into the state.
func (m feedMemory) keep(s *State) error {
	data, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("remember the feed: %w", err)
	}
	s.Memory = data
	return nil
}

// lost reports whether an address leads nowhere, as opposed to a server that is down.
func lost(err error) bool {
	var failed *fetch.Error
	return errors.As(err, &failed) &&
		(failed.Kind == fetch.KindDNS || failed.Kind == fetch.KindHTTPStatus && (failed.Status == 404 || failed.Status == 410))
}

// isWalled tells whether a bot wall answered.
func isWalled(err error) bool {
	var failed *fetch.Error
	return errors.As(err, &failed) && failed.Kind == fetch.KindBotWall
}

// wallProblem is what is told of an answer that a bot wall gave, by a code, beside the
// error; nil for other answers.
func wallProblem(err error) []parse.Problem {
	var failed *fetch.Error
	if !errors.As(err, &failed) || failed.Kind != fetch.KindBotWall {
		return nil
	}
	return []parse.Problem{{Code: string(failed.Kind), Detail: failed.What + " at " + failed.URL}}
}

// mostWish bounds how long a feed can ask to be left alone: a ttl of a year is a
// mistake.
const mostWish = 24 * time.Hour

// notBefore returns when the feed wants to be asked next: not before its interval
// has passed, and not in the hours (of GMT) and on the days that it excludes (RSS
// 2.0, skipHours and skipDays). It excludes no more than a day. One that has expired (JSON
// Feed 1.1) is asked as one whose server says that it is gone.
func (w wishes) notBefore(now time.Time) time.Time {
	if w.Expired {
		return now.Add(fetch.GoneInterval)
	}
	t := now.Add(min(w.Every, mostWish))
	for limit := now.Add(mostWish); t.Before(limit); t = t.Truncate(time.Hour).Add(time.Hour) {
		at := t.UTC()
		if !slices.Contains(w.SkipHours, at.Hour()) && !slices.Contains(w.SkipDays, at.Weekday()) {
			break
		}
	}
	return t
}

func laterOf(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
