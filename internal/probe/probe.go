package probe

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/flow"
)

// Settings say what is probed. The zero value probes nothing.
type Settings struct {
	// URL is the address of the site as readers have it, without a slash at its end; "" for
	// no probe.
	URL string
	// Every lies between two rounds; it is more than 0.
	Every time.Duration
	// Implied says that nobody has configured the probe; see the package's documentation.
	Implied bool
	// MaxAge is how long caches may keep a live document.
	MaxAge time.Duration
}

// Client asks the public address: a [fetch.Client] that opens each connection anew.
type Client interface {
	Get(ctx context.Context, r fetch.Request) (*fetch.Response, error)
}

// Memory keeps what a round leaves for the next, and what was seen. Its values are bounded:
// a few hundred bytes for a locale, and some kilobytes of ids for each.
type Memory interface {
	Meta(ctx context.Context, key string) (string, error)
	SetMeta(ctx context.Context, key, value string) error
}

// Log is our own word on what readers must get.
type Log interface {
	// Channels are the states of all channels that were published.
	Channels(ctx context.Context) (map[feeds.Channel]feeds.ChannelState, error)
	// Compose returns a channel as it is now.
	Compose(ctx context.Context, channel feeds.Channel) (feeds.Feed, error)
}

// Prober asks one document a round.
type Prober struct {
	Settings Settings
	Client   Client
	Memory   Memory
	Log      Log
	Now      func() time.Time
}

// The keys under which the memory is kept. What was seen is JSON of a [flow.Probe].
const (
	SeenKey     = "probe"
	roundsKey   = "probe.rounds"
	knownPrefix = "probe.known."
)

// Seen returns what was seen of the public address in the last round; the zero value before
// the first.
func Seen(ctx context.Context, m Memory) (seen flow.Probe, err error) {
	err = load(ctx, m, SeenKey, &seen)
	return seen, err
}

// Round asks one document of the site and keeps what it saw. Its error is that of the
// database alone: what is wrong with the public address is what it returns.
func (p *Prober) Round(ctx context.Context, site *feeds.Site) (flow.Probe, error) {
	var r rounds
	if err := load(ctx, p.Memory, roundsKey, &r); err != nil {
		return flow.Probe{}, err
	}
	if r.URL != p.Settings.URL {
		r = rounds{URL: p.Settings.URL, Ladders: r.Ladders}
	}
	states, err := p.Log.Channels(ctx)
	if err != nil {
		return flow.Probe{}, fmt.Errorf("probe: %w", err)
	}
	now := p.Now()
	live := published(site, states)
	r.climb(live, states, now.Add(-p.Settings.MaxAge-Grace))
	seen := flow.Probe{URL: p.Settings.URL, Every: p.Settings.Every}
	if len(live) > 0 {
		key := r.next(live, site.DefaultLocale)
		v, took, err := p.ask(ctx, key, &r, now)
		if err != nil {
			return flow.Probe{}, err
		}
		r.note(key.Path(), v, now)
		seen.Last, seen.Document, seen.Took = now, key.Path(), took
		seen.Elsewhere, seen.Certificate = v.Elsewhere, v.Certificate
	}
	r.tell(&seen, p.Settings.Implied)
	if err := save(ctx, p.Memory, roundsKey, r); err != nil {
		return flow.Probe{}, err
	}
	return seen, save(ctx, p.Memory, SeenKey, seen)
}

// ask asks a document, checks it, and keeps the ids that it has.
func (p *Prober) ask(ctx context.Context, key feeds.DocumentKey, r *rounds, now time.Time) (v Verdict, took time.Duration, err error) {
	address := p.Settings.URL + "/" + key.Path()
	e := Expectation{Format: key.Format, MaxAge: p.Settings.MaxAge, Now: now}
	// Our own word is taken first: what comes later can only be newer.
	if e.Feed, err = p.Log.Compose(ctx, key.Channel); err != nil {
		return Verdict{}, 0, fmt.Errorf("probe: %w", err)
	}
	e.Must = r.Ladders[key.Channel.String()].at(now.Add(-p.Settings.MaxAge - Grace))
	knownKey := knownPrefix + key.Channel.String()
	if err := load(ctx, p.Memory, knownKey, &e.Known); err != nil {
		return Verdict{}, 0, err
	}
	a := Answer{URL: address}
	a.Response, a.Err = p.Client.Get(ctx, fetch.Request{URL: address, Accept: accept(key.Format)})
	if ctx.Err() != nil {
		return Verdict{}, 0, fmt.Errorf("probe: %w", ctx.Err())
	}
	if a.Response != nil {
		took = a.Response.Took
	}
	v = Check(a, e)
	switch v.Reason {
	case "":
		err = save(ctx, p.Memory, knownKey, e.Known.learned(v.Document))
	case flow.ProbeIDsChanged:
		err = save(ctx, p.Memory, knownKey, e.Known.sawChanged(v.Document, now))
	}
	return v, took, err
}

// accept asks as a reader program of one format does.
func accept(format feeds.Format) string { return format.MediaType() + ", */*;q=0.1" }

// published are the channels of everything, of the locales that were ever published.
func published(site *feeds.Site, states map[feeds.Channel]feeds.ChannelState) (live []feeds.Channel) {
	for _, c := range site.Channels() {
		if s, ok := states[c]; c.Kind == feeds.ChannelAll && ok && s.Revision > 0 {
			live = append(live, c)
		}
	}
	slices.SortFunc(live, feeds.Channel.Compare)
	return live
}

func load(ctx context.Context, m Memory, key string, into any) error {
	text, err := m.Meta(ctx, key)
	if err != nil {
		return fmt.Errorf("probe: %w", err)
	}
	if text == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return fmt.Errorf("probe: what is kept as %s can't be read: %w", key, err)
	}
	return nil
}

func save(ctx context.Context, m Memory, key string, value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("probe: keep %s: %w", key, err)
	}
	if err := m.SetMeta(ctx, key, string(body)); err != nil {
		return fmt.Errorf("probe: %w", err)
	}
	return nil
}
