package jobs

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/publish"
	"github.com/kairan-news/kairan/internal/store"
)

// lastEntryTime is how long the last entry of an ended channel is up.
const lastEntryTime = 90 * 24 * time.Hour

// endChannels makes the store fit what a plan publishes no longer: a published channel
// that is none of the plan's gets its last entry, one that was renamed is dropped, and
// one that came back is no longer ended.
func (e *Engine) endChannels(ctx context.Context, plan *Plan) error {
	if err := e.reviveChannels(ctx, plan); err != nil {
		return err
	}
	states, err := e.Store.Channels(ctx)
	if err != nil {
		return err
	}
	var ending []feeds.Channel
	for channel, state := range states {
		if state.Status != feeds.ChannelLive || plan.Site.HasChannel(channel) {
			continue
		}
		if _, renamed := plan.Site.Successor(channel); renamed {
			if err := e.Store.DropChannel(ctx, channel); err != nil {
				return err
			}
			continue
		}
		ending = append(ending, channel)
	}
	if len(ending) > 0 {
		slices.SortFunc(ending, feeds.Channel.Compare)
		if err := e.endAll(ctx, plan, ending); err != nil {
			return err
		}
		e.Log.Info("channels have ended; their last entries are up for 90 days", "channels", len(ending), "first", ending[0].String())
	}
	return e.buryEnded(ctx)
}

// reviveChannels forgets the ends of channels that a plan publishes, or that lead to
// others by it.
func (e *Engine) reviveChannels(ctx context.Context, plan *Plan) error {
	ended, err := e.Store.Endings(ctx)
	if err != nil {
		return err
	}
	for _, ending := range ended {
		if _, renamed := plan.Site.Successor(ending.Channel); renamed || plan.Site.HasChannel(ending.Channel) {
			if err := e.Store.ReviveChannel(ctx, ending); err != nil {
				return err
			}
		}
	}
	return nil
}

// endAll ends channels. Their last documents, and their archives from now on, are those
// of the site before, since the plan's has no words for them.
func (e *Engine) endAll(ctx context.Context, plan *Plan, channels []feeds.Channel) error {
	now := plan.Publisher.Composer
	site, body, err := e.Store.LastSite(ctx)
	if err != nil {
		return err
	}
	before := now
	if site != "" {
		if before, err = now.Before(body); err != nil {
			return err
		}
	}
	for _, channel := range channels {
		if err := e.endChannel(ctx, channel, before, now, site); err != nil {
			return err
		}
	}
	return nil
}

// endAttempts is how often a channel's end is made anew since something was erased
// meanwhile.
const endAttempts = 5

func (e *Engine) endChannel(ctx context.Context, channel feeds.Channel, before, now *publish.Composer, site string) error {
	day := e.Now()
	for range endAttempts {
		last, err := before.End(ctx, channel, day, now)
		if err != nil {
			return err
		}
		ended, err := e.Store.EndChannel(ctx, store.Ending{Channel: channel, Title: last.Title, Ended: day, Site: site}, last.Documents, last.PastChanges, day)
		if err != nil || ended {
			return err
		}
		state, _, err := e.Store.Channel(ctx, channel)
		if err != nil || state.Status != feeds.ChannelLive {
			return err // another process was quicker
		}
	}
	return fmt.Errorf("end channel %s: %w", channel, errRestless)
}

var errRestless = errors.New("notices are erased or filed all the while; it is tried again at the next start")

// buryEnded takes away what ended long ago.
func (e *Engine) buryEnded(ctx context.Context) error {
	all, err := e.Store.Endings(ctx)
	if err != nil {
		return err
	}
	now := e.Now()
	for channel, ending := range all {
		if ending.Gone.IsZero() && now.Sub(ending.Ended) >= lastEntryTime {
			if err := e.Store.BuryChannel(ctx, channel, now); err != nil {
				return err
			}
		}
	}
	return nil
}
