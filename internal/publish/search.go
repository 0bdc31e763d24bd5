package publish

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/search"
)

// hitsAtOnce is how many articles that fit are asked of the index at first, and mostHitsAtOnce
// how many at once at most, where the first were too few.
const (
	hitsAtOnce     = 100
	mostHitsAtOnce = 800
)

// errNoWords says that a search has nothing to look for.
var errNoWords = errors.New("no words are to be looked for")

// searched returns the newest finds of a search, as of a record of the log. What is found is
// what the view of the locale shows then: an article that gives way to a better version of its
// story is none, even if its text fits, nor is one that came later.
func (m moment) searched(ctx context.Context, s feeds.Selection, until int64) (*view, error) {
	found, err := m.find(ctx, feeds.Sought{Selection: s}, until)
	if err != nil {
		return nil, err
	}
	v := &view{until: until, places: found.places}
	slices.SortStableFunc(v.places, func(a, b place) int { return cmp.Compare(b.seq(), a.seq()) })
	for _, p := range slices.Backward(v.places) {
		v.seqs = append(v.seqs, p.seq())
	}
	v.cut(newest)
	return v, nil
}

// finds is what the index found and the log shows, in the order in which it was found.
type finds struct {
	places   []place
	more     bool // not all that fits was looked at
	building bool // nor is all in the index
}

// find looks for what is sought, as of a record of the log.
func (m moment) find(ctx context.Context, s feeds.Sought, until int64) (all finds, err error) {
	request := search.Request{
		Terms: search.Parse(s.Words), Categories: s.Topics, Publishers: s.Cities, Limit: hitsAtOnce, Order: search.Newest,
	}
	if request.Terms.Empty() {
		return finds{}, errNoWords
	}
	if s.Best {
		request.Order = search.Best
	}
	request.Since, request.Until = anywhere(s.Since, s.Until)
	var some bool
	if request.Languages, some, err = m.languages(ctx, s); err != nil || !some {
		return finds{}, err
	}
	stories := map[string]bool{} // that have a place
	for looked := 0; ; {
		found, err := m.log.Search(ctx, request)
		if err != nil {
			return finds{}, fmt.Errorf("search: %w", err)
		}
		// The other versions of a notice that has its place need no look.
		hits := slices.DeleteFunc(slices.Clone(found.Hits), func(h search.Hit) bool { return stories[h.Story] || !m.onDays(s, h) })
		shown, err := m.shown(ctx, s.Selection, hits, until)
		if err != nil {
			return finds{}, err
		}
		for _, p := range shown {
			if !stories[p.step.Record.Story] {
				stories[p.step.Record.Story] = true
				all.places = append(all.places, p)
			}
		}
		all.building = all.building || found.Building
		all.more = found.More || found.Bounded
		if len(all.places) > feeds.MostFound {
			all.places, all.more = all.places[:feeds.MostFound], true
		}
		looked += len(found.Hits)
		if !found.More || len(found.Hits) == 0 || len(all.places) == feeds.MostFound || looked >= feeds.MostLooked {
			return all, nil
		}
		request.After = found.Hits[len(found.Hits)-1].Place
		request.Limit = min(2*request.Limit, mostHitsAtOnce)
	}
}

// anywhere returns since when and until when it is one of these days anywhere on earth, where
// clocks are up to 14 hours ahead of UTC and 12 behind.
func anywhere(first, last time.Time) (since, until time.Time) {
	if !first.IsZero() {
		since = first.Add(-14 * time.Hour)
	}
	if !last.IsZero() {
		until = last.AddDate(0, 0, 1).Add(12 * time.Hour)
	}
	return since, until
}

// languages returns the languages of articles among which to look, nil for all; false if there
// are none.
func (m moment) languages(ctx context.Context, s feeds.Sought) (languages []string, some bool, err error) {
	chains := []feeds.Chain{m.acceptedBy(s.Selection, "").Chain}
	for _, key := range s.Cities {
		chains = append(chains, m.acceptedBy(s.Selection, key).Chain)
	}
	if s.Language == "" && slices.ContainsFunc(chains, feeds.Chain.AcceptsAll) {
		return nil, true, nil
	}
	all, err := m.log.Languages(ctx)
	if err != nil {
		return nil, false, err
	}
	for _, l := range all {
		accepted := slices.ContainsFunc(chains, func(c feeds.Chain) bool { return c.Accepts(l) })
		if accepted && (s.Language == "" || feeds.FitOf(s.Language, l) != feeds.FitNone) {
			languages = append(languages, l)
		}
	}
	return languages, len(languages) > 0, nil
}

// acceptedBy returns what a selection accepts of a publisher's articles: what that one's
// channel does where cities are picked, else what the channel of all does.
func (m moment) acceptedBy(s feeds.Selection, publisher string) feeds.Accepted {
	channel := feeds.Channel{Locale: s.Locale, Kind: feeds.ChannelAll}
	if publisher != "" && len(s.Cities) > 0 {
		channel.Kind, channel.Name = feeds.ChannelPublisher, publisher
	}
	return m.Site.Accepted(channel)
}

// shown returns the places in which the log shows the articles that were found, in their
// order.
func (m moment) shown(ctx context.Context, s feeds.Selection, hits []search.Hit, until int64) (places []place, err error) {
	if len(hits) == 0 {
		return nil, nil
	}
	var stories []string
	for _, h := range hits {
		stories = append(stories, h.Story)
	}
	slices.Sort(stories)
	records, err := m.log.StoryRecords(ctx, "", slices.Compact(stories))
	if err != nil {
		return nil, err
	}
	for _, h := range hits {
		filter := feeds.RecordFilter{Languages: m.acceptedBy(s, h.Publisher)}
		of := records[h.Story]
		if len(s.Cities) > 0 {
			filter.Publisher = h.Publisher
			of = ownRecords(h.Publisher, of)
		}
		v := newView(filter, 0, until)
		if v.story(of); len(v.places) == 1 && v.places[0].step.Article == h.Article {
			places = append(places, v.places[0])
		}
	}
	return places, nil
}

// Find looks for what the reader of a page seeks.
func (c *Composer) Find(ctx context.Context, s feeds.Sought) (found feeds.Finds, err error) {
	err = c.at(ctx, func(m moment) error {
		state, err := m.everything(ctx, s.Locale)
		if err != nil {
			return err
		}
		all, err := m.find(ctx, s, state.Seq)
		if err != nil {
			return err
		}
		found = feeds.Finds{Count: len(all.places), More: all.more, Building: all.building}
		if found.Count == 0 {
			if found.Languages, err = m.otherLanguages(ctx, s); err != nil {
				return err
			}
		}
		from := min(s.Skip, found.Count)
		v := &view{until: state.Seq, places: all.places[from:min(from+s.Most, found.Count)]}
		w := m.selectionWords(s.Selection)
		composed, err := m.fill(ctx, w, w.selection(s.Selection), v)
		found.Feed = composed.feed
		return err
	})
	if err != nil {
		return feeds.Finds{}, fmt.Errorf("find %s: %w", s.PagePath(), err)
	}
	return found, nil
}

// onDays reports whether an article was published on the days that are asked for, by the
// clocks of its publisher, as readers are shown it.
func (m moment) onDays(s feeds.Sought, h search.Hit) bool {
	if s.Since.IsZero() && s.Until.IsZero() {
		return true
	}
	year, month, day := h.Published.In(m.Site.Zone(h.Publisher)).Date()
	on := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return (s.Since.IsZero() || !on.Before(s.Since)) && (s.Until.IsZero() || !on.After(s.Until))
}

// otherLanguages returns the languages in which the words are found without what narrows the
// search, the one with the most of the newest finds first.
func (m moment) otherLanguages(ctx context.Context, s feeds.Sought) (languages []string, err error) {
	found, err := m.log.Search(ctx, search.Request{Terms: search.Parse(s.Words), Limit: hitsAtOnce})
	if err != nil {
		return nil, fmt.Errorf("search: %w", err)
	}
	count := map[string]int{}
	for _, h := range found.Hits {
		if count[h.Language]++; count[h.Language] == 1 {
			languages = append(languages, h.Language)
		}
	}
	slices.SortStableFunc(languages, func(a, b string) int { return count[b] - count[a] })
	return languages, nil
}
