package jobs

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/publish"
	"github.com/kairan-news/kairan/internal/store"
)

// lastEntryTime is how long the last entry of an ended channel is up.
const lastEntryTime = 90 * 24 * time.Hour

// endChannels makes the store fit what a plan publishes no longer: a channel that has
// documents and is none of the plan's gets its last entry, one that was renamed is
// dropped, and one that came back is no longer ended.
func (e *Engine) endChannels(ctx context.Context, plan *Plan) error {
	for _, p := range plan.Site.Publishers {
		for _, former := range p.Formerly {
			renamed, err := e.Store.RenamePublisher(ctx, former, p.Key)
			if err != nil {
				return err
			}
			if renamed {
				e.Log.Info("a publisher was renamed; its articles keep their ids", "from", former, "to", p.Key)
			}
		}
	}
	ended, err := e.Store.Endings(ctx)
	if err != nil {
		return err
	}
	for _, ending := range ended {
		channel, ok := feeds.ParseChannel(ending.Channel)
		if _, renamed := plan.Site.Successor(channel); !ok || renamed || plan.Site.HasChannel(channel) {
			if err := e.Store.ReviveChannel(ctx, ending); err != nil {
				return err
			}
			delete(ended, ending.Channel)
		}
	}
	revisions, err := e.Store.DocumentRevisions(ctx)
	if err != nil {
		return err
	}
	now := e.Now()
	looked := map[string]bool{}
	var fresh []store.Ending
	for key := range revisions {
		channel, ok := feeds.ParseChannel(key.Channel)
		if _, known := ended[key.Channel]; looked[key.Channel] || known || !ok || plan.Site.HasChannel(channel) {
			continue
		}
		looked[key.Channel] = true
		if _, renamed := plan.Site.Successor(channel); renamed {
			if err := e.Store.DropChannel(ctx, key.Channel); err != nil {
				return err
			}
			continue
		}
		doc, _, err := e.Store.Document(ctx, feeds.DocumentKey{Channel: key.Channel, Format: feeds.JSONFeed})
		if err != nil {
			return err
		}
		fresh = append(fresh, store.Ending{Channel: key.Channel, Title: publish.ChannelTitle(doc.Body), Ended: now})
	}
	if len(fresh) > 0 {
		slices.SortFunc(fresh, func(a, b store.Ending) int { return cmp.Compare(a.Channel, b.Channel) })
		if err := e.Store.EndChannels(ctx, fresh); err != nil {
			return err
		}
		e.Log.Info("channels have ended; their last entries are up for 90 days", "channels", len(fresh), "first", fresh[0].Channel)
	}
	if err := e.buryEnded(ctx); err != nil {
		return err
	}
	// All of them, since another process may have published by another configuration
	// meanwhile; what is as it was is not stored again.
	var marks []feeds.Channel
	for name := range *e.ended.Load() {
		if channel, ok := feeds.ParseChannel(name); ok {
			marks = append(marks, channel)
		}
	}
	return e.Store.Mark(ctx, marks, false, now)
}

// buryEnded takes away what ended long ago, and takes note of what else has ended.
func (e *Engine) buryEnded(ctx context.Context) error {
	all, err := e.Store.Endings(ctx)
	if err != nil {
		return err
	}
	now := e.Now()
	ended := map[string]publish.Ending{}
	for name, ending := range all {
		switch {
		case !ending.Gone.IsZero():
		case now.Sub(ending.Ended) >= lastEntryTime:
			if err := e.Store.BuryChannel(ctx, name, now); err != nil {
				return err
			}
		default:
			ended[name] = publish.Ending{Title: ending.Title, Ended: ending.Ended}
		}
	}
	e.ended.Store(&ended)
	return nil
}

// publishes tells whether the channel of that name is one that is published by a
// site, or one whose last entry is up.
func (e *Engine) publishes(site *feeds.Site, name string) (feeds.Channel, bool) {
	channel, ok := feeds.ParseChannel(name)
	if !ok || site.HasChannel(channel) {
		return channel, ok
	}
	_, ok = (*e.ended.Load())[name]
	return channel, ok
}

// publish publishes a channel as the plan has it, or its end.
func (e *Engine) publish(ctx context.Context, plan *Plan, channel feeds.Channel, counter int64, now time.Time) (publish.Result, error) {
	if plan.Site.HasChannel(channel) {
		return plan.Publisher.Publish(ctx, channel, counter, now)
	}
	ending, ok := (*e.ended.Load())[channel.String()]
	if !ok {
		return publish.Result{}, fmt.Errorf("publish %s: the site has no such channel", channel)
	}
	return plan.Publisher.PublishEnding(ctx, channel, ending, counter, now)
}
