package publish

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// Whether archives can be closed is found out by reading the end of a channel, some
// hundreds of records. At each publication that would cost more than all the rest, and
// nearly always it would find that a few records more make no archive. So it is found out
// anew after some records, or some time, of the channel's own.

const (
	// checkStories is of how many stories a channel may have records since it was looked at: a
	// live document holds that many more at most. A story may come in many languages, so that
	// there may be checkRecords of them.
	checkStories = 10
	checkRecords = 200
	// checkTime is how much later than the last one that was looked at they may be: what
	// a document has to hold depends on its newest record's time.
	checkTime = time.Hour
)

// finding is what was found out of a channel.
type finding struct {
	closing
	epoch   int64     // the name of the log's
	at      int64     // the end of the log then
	time    time.Time // of the channel's newest record
	records int       // of the channel, since it was looked at
	stories []string  // that these are of
}

// checks remembers the last finding of each channel. The zero value is ready.
type checks struct {
	mu   sync.Mutex
	done map[feeds.Channel]finding
}

func (c *checks) last(channel feeds.Channel) (last finding) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.done[channel]
}

func (c *checks) keep(channel feeds.Channel, done finding) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if done.more {
		delete(c.done, channel)
		return
	}
	if c.done == nil {
		c.done = map[feeds.Channel]finding{}
	}
	done.cuts = nil
	c.done[channel] = done
}

func (c *checks) forget(channel feeds.Channel) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.done, channel)
}

// check finds out what can be closed of a channel, of the log up to a record.
func (m moment) check(ctx context.Context, channel feeds.Channel, last finding, until int64) (finding, error) {
	epoch, err := m.log.Epoch(ctx)
	if err != nil {
		return finding{}, err
	}
	if epoch.Name == last.epoch { // else what was found was lost since
		if next, ok, err := m.recheck(ctx, channel, last, until); err != nil || ok {
			return next, err
		}
	}
	cut, err := m.log.LastCut(ctx, channel)
	if err != nil {
		return finding{}, err
	}
	found, err := m.closing(ctx, channel, cut, until)
	return finding{closing: found, epoch: epoch.Name, at: until, time: found.end}, err
}

// recheck looks at what came since the last finding, and tells whether that was too little
// to look at all. A channel that was marked although nothing came may show more or less
// than it did: so it is where the configuration changed.
func (m moment) recheck(ctx context.Context, channel feeds.Channel, last finding, until int64) (next finding, ok bool, err error) {
	if last.entries == 0 || last.at > until {
		return finding{}, false, nil // a channel that was empty may be so no more
	}
	records, err := m.log.ChannelRecordsAfter(ctx, m.filter(channel), last.at, checkRecords)
	if err != nil {
		return finding{}, false, err
	}
	if len(records) == 0 {
		return finding{}, false, nil
	}
	last.records += len(records)
	last.stories = slices.Clip(last.stories)
	last.at = until
	for _, r := range records {
		if !slices.Contains(last.stories, r.Story) {
			last.stories = append(last.stories, r.Story)
		}
		if r.Reason == feeds.ReasonWithdrawal || r.Outside || r.Reason == feeds.ReasonFiling || r.Time.Sub(last.time) > checkTime {
			return finding{}, false, nil
		}
		if r.Reason == feeds.ReasonNew {
			last.entries++
		}
	}
	return last, len(last.stories) < checkStories && last.records < checkRecords, nil
}
