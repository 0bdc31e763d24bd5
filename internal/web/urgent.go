package web

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// urgentChannels are those of a locale whose notices may stand before all others.
func (g *guise) urgentChannels(locale string) (all []feeds.Channel) {
	for _, c := range g.Site.Categories {
		if c.Urgent {
			all = append(all, feeds.Channel{Locale: locale, Kind: feeds.ChannelCategory, Name: c.Term})
		}
	}
	return all
}

// urgent returns the notices that stand before all others on a locale's home page, those that
// were changed last first. Within their time they may have left the live document of all
// notices, so that those of their own channels are looked at too.
//
// A page reads no clock: what is urgent is so as of the revision that it shows, and when that
// time has run out the channel is published anew ([feeds.Site.UrgentUntil]).
func (s *public) urgent(ctx context.Context, g *guise, all feeds.Feed, revision int64) (feeds.Feed, error) {
	now := time.UnixMilli(revision)
	shown := all
	shown.Entries = nil
	take := func(entries []feeds.Entry) {
		for _, e := range entries {
			isShown := func(o feeds.Entry) bool { return o.Article.ID == e.Article.ID }
			if g.urgentUntil(e).After(now) && !slices.ContainsFunc(shown.Entries, isShown) {
				shown.Entries = append(shown.Entries, e)
			}
		}
	}
	take(all.Entries)
	for _, c := range g.urgentChannels(all.Channel.Locale) {
		if s.Shelf.channel(c).Entries == 0 {
			continue
		}
		feed, err := s.Channels.Compose(ctx, c)
		if err != nil {
			return feeds.Feed{}, err
		}
		take(feed.Entries)
	}
	slices.SortStableFunc(shown.Entries, func(a, b feeds.Entry) int {
		return cmp.Or(b.Modified.Compare(a.Modified), b.Article.Published.Compare(a.Article.Published), strings.Compare(a.Article.ID, b.Article.ID))
	})
	return shown, nil
}

func (g *guise) urgentUntil(e feeds.Entry) time.Time {
	terms := make([]string, len(e.Categories))
	for i, label := range e.Categories {
		terms[i] = label.Term
	}
	return g.Site.UrgentUntil(terms, e.Modified)
}
