package operate

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/store"
)

// channels is what deeds on channels need of the database.
type channels interface {
	Mark(ctx context.Context, channels []feeds.Channel, how store.Marking, now time.Time) error
}

// Republish gives a channel a new revision, by its name, so that all of its documents are made
// anew, or all channels where it is "". What they say is the log's, as ever.
func (o *Operator) Republish(ctx context.Context, who Who, channel string) (Done, error) {
	return o.do(ctx, who, Republish, flow.Subject{Of: flow.OfChannel, ID: channel}.String(), "", func(ctx context.Context) (Done, error) {
		which := o.Known().Site.Channels()
		if channel != "" {
			one, err := o.channel(channel, which)
			if err != nil {
				return Done{}, err
			}
			which = []feeds.Channel{one}
		}
		// All of them at once would keep a notice waiting that is urgent.
		if err := o.Store.Mark(ctx, which, store.Marking{Urgent: channel != "", Past: true}, o.Now()); err != nil {
			return Done{}, err
		}
		return Done{Said: fmt.Sprintf("%s marked: whoever publishes gives each a new revision.", wasOrWere(len(which))), Changed: true}, nil
	})
}

func wasOrWere(n int) string {
	if n == 1 {
		return "The channel is"
	}
	return plural(n, "channel is", "channels are")
}

func (o *Operator) channel(name string, all []feeds.Channel) (feeds.Channel, error) {
	names := make([]string, len(all))
	for i, c := range all {
		if names[i] = c.String(); names[i] == name {
			return c, nil
		}
	}
	return feeds.Channel{}, refuse(Unknown, "no channel %q%s", name, o.suggestion(name, names, "the page of channels lists them"))
}

// Remap has all articles filed anew by the rules in force.
func (o *Operator) Remap(ctx context.Context, who Who) (Done, error) {
	return o.do(ctx, who, Remap, string(flow.OfService), "", func(ctx context.Context) (Done, error) {
		if o.Refile == nil {
			return Done{}, errors.New("this process can't have articles filed anew")
		}
		if err := o.Refile(ctx); err != nil {
			return Done{}, err
		}
		id, err := o.Store.PutRequest(ctx, store.Request{Time: o.Now(), Who: who.Name, What: string(Remap)})
		if err != nil {
			return Done{}, err
		}
		return Done{Said: "All articles are filed anew by the next process that works. Who reads a feed sees no new dates.", Changed: true, Request: id}, nil
	})
}
