package source

import (
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
}

// wishes is what a feed says of how often it wants to be asked.
type wishes struct {
	Every     time.Duration  `json:"every,omitempty"` // RSS ttl, sy:updatePeriod
	SkipHours []int          `json:"skip_hours,omitempty"`
	SkipDays  []time.Weekday `json:"skip_days,omitempty"`
}

// collectFeed reads an RSS, RDF, Atom or JSON Feed over HTTP. Of a body that ended
// too early it brings what could be read beside the error.
func (c *Collector) collectFeed(ctx context.Context, in Input) (Result, error) {
	res := Result{State: in.State}
	var memory feedMemory
	if len(in.State.Memory) > 0 && json.Unmarshal(in.State.Memory, &memory) != nil {
		memory = feedMemory{} // all of it can be learned anew
	}
	address := in.Source.URL
	if memory.Moved != "" {
		address = memory.Moved
	}
	credentials, err := c.credentials(in.Source)
	if err != nil {
		return res, fmt.Errorf("collect %s: %w", in.Source.ID, err)
	}
	if memory.Moved != "" && !sameHost(memory.Moved, in.Source.URL) {
		credentials = fetch.Credentials{} // they are for the configured host
	}
	got, fetchErr := c.Client.Get(ctx, fetch.Request{
		URL:           address,
		ETag:          in.State.ETag,
		LastModified:  in.State.LastModified,
		ValidatorsFor: in.State.FinalURL,
		Digest:        in.State.Digest,
		Accept:        acceptFeed,
		AllowPrivate:  in.Source.AllowPrivate,
		Credentials:   credentials,
		Pause:         c.Pause,
	})
	if got != nil {
		res.Status, res.Bytes = got.Status, got.Bytes
		res.NotBefore = laterOf(got.NotBefore(), memory.Wishes.notBefore(in.Now))
	}
	if fetchErr != nil {
		fetchErr = fmt.Errorf("collect %s: %w", in.Source.ID, fetchErr)
		if memory.Moved != "" && lost(fetchErr) {
			// Where the new address leads nowhere, the configured one is asked again.
			memory.Moved, memory.Moves = "", fetch.Moves{}
			res.Again = pagesRest
			return res, errors.Join(fetchErr, memory.keep(&res.State))
		}
		if got == nil || !got.Truncated || len(got.Body) == 0 {
			return res, fetchErr
		}
	}
	opts := c.options(in)
	opts.ContentType, opts.BaseURL = got.ContentType, got.URL
	if fetchErr != nil {
		in.Known = nil
		if feed, err := parseFeed(ctx, in, got.Body, opts); err == nil {
			res.Format, res.Articles, res.Problems, res.Lost = feed.Format, copied(feed), feed.Problems, feed.Lost
		}
		return res, fetchErr
	}

	var adopted string
	if memory.Moves, adopted = memory.Moves.See(got, in.Now); adopted != "" {
		memory.Moved = adopted
		res.Problems = append(res.Problems, parse.Problem{Code: "moved", Detail: "the feed has moved for good and is asked for at " + adopted + " from now on; put that into the configuration"})
	}
	before := slices.Clip(res.Problems)
	if !got.Unchanged {
		feed, err := parseFeed(ctx, in, got.Body, opts)
		if err != nil {
			// What can't be read is not remembered: it is fetched anew.
			return res, fmt.Errorf("collect %s: %w", in.Source.ID, err)
		}
		memory.Wishes = wishes{Every: max(feed.TTL, feed.UpdateEvery), SkipHours: feed.SkipHours, SkipDays: feed.SkipDays}
		res.take(feed, before)
		res.NotBefore = laterOf(got.NotBefore(), memory.Wishes.notBefore(in.Now))
	}
	res.Unchanged = got.Unchanged
	res.State.ETag, res.State.LastModified, res.State.FinalURL, res.State.Digest = got.ETag, got.LastModified, got.URL, got.Digest
	err = memory.keep(&res.State)
	if len(res.Known) > 0 {
		known := res
		res.ReadAll = func() (Result, error) { return readAll(known, before, got.Body, opts) }
	}
	return res, err
}

// take puts what a feed brought into the result, behind the problems before it.
func (r *Result) take(feed *feed.Feed, before []parse.Problem) {
	r.Format, r.Articles, r.Digests, r.Known, r.Lost = feed.Format, copied(feed), feed.Digests, feed.Known, feed.Lost
	r.Problems = append(before, feed.Problems...)
}

// readAll is a result with all entries of the document that it is of.
func readAll(res Result, before []parse.Problem, body []byte, o parse.Options) (Result, error) {
	o.Known = nil
	feed, err := feed.Parse(body, o)
	if err != nil {
		return res, err
	}
	res.take(feed, before)
	return res, nil
}

// copied returns the feed's articles with what the feed says of itself.
func copied(feed *feed.Feed) []feeds.Article {
	for i := range feed.Articles {
		feed.Articles[i].Feed = feeds.SourceFeed{ID: feed.ID, Title: feed.Title, Link: feed.Link}
	}
	return feed.Articles
}

// parseFeed parses a document when its turn has come.
func parseFeed(ctx context.Context, in Input, body []byte, o parse.Options) (*feed.Feed, error) {
	if in.Turn != nil {
		if err := in.Turn(ctx); err != nil {
			return nil, err
		}
	}
	if in.Known != nil {
		known, err := in.Known(ctx)
		if err != nil {
			return nil, err
		}
		o.Known = known
	}
	return feed.Parse(body, o)
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

// lost tells whether an address leads nowhere, as opposed to a server that is down.
func lost(err error) bool {
	var failed *fetch.Error
	return errors.As(err, &failed) &&
		(failed.Kind == fetch.KindDNS || failed.Kind == fetch.KindHTTPStatus && (failed.Status == 404 || failed.Status == 410))
}

// mostWish bounds how long a feed can ask to be left alone: a ttl of a year is a
// mistake.
const mostWish = 24 * time.Hour

// notBefore returns when the feed wants to be asked next: not before its interval
// has passed, and not in the hours (of GMT) and on the days that it excludes (RSS
// 2.0, skipHours and skipDays). It excludes no more than a day.
func (w wishes) notBefore(now time.Time) time.Time {
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
