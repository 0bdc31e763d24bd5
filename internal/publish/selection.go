package publish

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// MakeSelection composes, renders and checks the document of a selection. It is a function of
// the log up to the record of its locale's channel of everything, of the selection, the site,
// the words of the locale and the format; that of a search also of what the index holds. It is
// [feeds.ErrNotPublished] while the channel of everything was never published.
func (c *Composer) MakeSelection(ctx context.Context, s feeds.Selection, format feeds.Format) (feeds.MadeSelection, error) {
	composing := c.step(ctx, "compose")
	found, err := c.composeSelection(ctx, s)
	composing()
	if err != nil {
		return feeds.MadeSelection{}, fmt.Errorf("make %s: %w", s.DocumentPath(format), err)
	}
	d := c.render(ctx, found.feed, format)
	return feeds.MadeSelection{Body: d.Body, Fault: d.Fault, Left: found.left}, nil
}

// ComposeSelection returns what the document of a selection holds.
func (c *Composer) ComposeSelection(ctx context.Context, s feeds.Selection) (feeds.Feed, error) {
	found, err := c.composeSelection(ctx, s)
	if err != nil {
		return feeds.Feed{}, fmt.Errorf("compose %s: %w", s.PagePath(), err)
	}
	return found.feed, nil
}

func (c *Composer) composeSelection(ctx context.Context, s feeds.Selection) (found composed, err error) {
	err = c.at(ctx, func(m moment) error {
		state, err := m.everything(ctx, s.Locale)
		if err != nil {
			return err
		}
		var v *view
		if s.IsSearch() {
			v, err = m.searched(ctx, s, state.Seq)
		} else {
			v, err = m.combined(ctx, s, state.Seq)
		}
		if err != nil {
			return err
		}
		w := m.selectionWords(s)
		f := w.selection(s)
		f.TTL = m.TTL
		found, err = m.fill(ctx, w, f, v)
		if found.feed.Updated.IsZero() { // it holds nothing
			found.feed.Updated = time.UnixMilli(state.Revision)
		}
		return err
	})
	return found, err
}

// everything returns the state of a locale's channel of everything, which each record changes:
// as of its newest one selections are made.
func (m moment) everything(ctx context.Context, locale string) (feeds.ChannelState, error) {
	channel := feeds.Channel{Locale: locale, Kind: feeds.ChannelEverything}
	if !m.Site.HasChannel(channel) {
		return feeds.ChannelState{}, errNoChannel
	}
	state, ok, err := m.log.Channel(ctx, channel)
	if err == nil && (!ok || state.Revision == 0) {
		err = feeds.ErrNotPublished
	}
	return state, err
}

// selectionWords speaks to a locale's readers of a selection as of all that they have.
func (c *Composer) selectionWords(s feeds.Selection) *words {
	return c.words(feeds.Channel{Locale: s.Locale, Kind: feeds.ChannelAll})
}

// selection returns the feed of a selection without its entries. A search has no versions in
// other languages: its words are of one.
func (w *words) selection(s feeds.Selection) feeds.Feed {
	f := w.frame()
	f.Channel, f.Selection = feeds.Channel{Locale: s.Locale}, s
	f.ID = w.site.SelectionID(s)
	f.HomeURL = w.site.URL(s.PagePath())
	f.URL = w.site.SelectionURLs(s)
	f.Title, f.Description = w.SelectionTitle(s), w.SelectionDescription(s)
	f.Rights = w.Text("channel.rights", nil)
	if s.IsSearch() {
		return f
	}
	for _, l := range w.site.Locales {
		other := s
		other.Locale = l.Tag
		f.Locales = append(f.Locales, feeds.FeedLocale{Language: l.Tag, URL: w.site.SelectionURLs(other)})
	}
	return f
}

// mostRead is about how many records a combination is looked for in at most: with fewer
// entries than it might have it comes in time.
const mostRead = 5000

// combined returns the newest entries of a combination, and what was withdrawn since the
// oldest of them: the union of the views of each topic, of each city, or of each city's
// notices on each topic. It is read backwards until there are enough.
func (m moment) combined(ctx context.Context, s feeds.Selection, until int64) (*view, error) {
	strands := m.strands(s)
	for look := firstLook; ; look *= 2 {
		since, read := int64(0), 0
		for _, p := range strands {
			if err := p.readOn(ctx, m.log, until, look); err != nil {
				return nil, err
			}
			since = max(since, p.since())
			read += len(p.records)
		}
		if since > 0 && read < mostRead && storiesOf(strands, since) <= newest {
			continue // whatever the views of them are
		}
		u, err := m.unite(ctx, strands, since, until)
		if err != nil {
			return nil, err
		}
		if since == 0 || read >= mostRead || len(u.places) >= newest {
			u.cut(newest)
			u.forget()
			return u, nil
		}
	}
}

// strand is a part of a combination that is read in one: a topic, a city, or a topic with what
// some cities publish on it.
type strand struct {
	filter feeds.RecordFilter // by which its records are read
	views  []feeds.RecordFilter
	// records are those that were read, the newest first; more tells that there may be more.
	records []feeds.Record
	more    bool
}

// strands are the strands of a combination.
func (c *Composer) strands(s feeds.Selection) (strands []*strand) {
	for _, term := range s.Topics {
		filter := c.filter(feeds.Channel{Locale: s.Locale, Kind: feeds.ChannelCategory, Name: term})
		if len(s.Cities) == 0 {
			strands = append(strands, &strand{filter: filter, views: []feeds.RecordFilter{filter}, more: true})
			continue
		}
		p := &strand{filter: feeds.RecordFilter{Category: term, Publishers: s.Cities}, more: true}
		for _, key := range s.Cities {
			of := c.filter(feeds.Channel{Locale: s.Locale, Kind: feeds.ChannelPublisher, Name: key})
			of.Category = term
			p.views = append(p.views, of)
		}
		strands = append(strands, p)
	}
	if len(s.Topics) > 0 {
		return strands
	}
	for _, key := range s.Cities {
		filter := c.filter(feeds.Channel{Locale: s.Locale, Kind: feeds.ChannelPublisher, Name: key})
		strands = append(strands, &strand{filter: filter, views: []feeds.RecordFilter{filter}, more: true})
	}
	return strands
}

// readOn reads backwards until so many records were read, if there are as many.
func (p *strand) readOn(ctx context.Context, log Log, until int64, look int) error {
	wanted := look - len(p.records)
	if !p.more || wanted <= 0 {
		return nil
	}
	before := until + 1
	if n := len(p.records); n > 0 {
		before = p.records[n-1].Seq
	}
	records, err := log.ChannelRecords(ctx, p.filter, before, wanted)
	if err != nil {
		return err
	}
	p.records, p.more = append(p.records, records...), len(records) == wanted
	return nil
}

// since is the sequence number behind which every record of the strand was read.
func (p *strand) since() int64 {
	if !p.more {
		return 0
	}
	return p.records[len(p.records)-1].Seq - 1
}

// after returns the strand's records after a sequence number in the order of the log; of one
// publisher, or of all.
func (p *strand) after(since int64, publisher string) (records []feeds.Record) {
	for _, r := range slices.Backward(p.records) {
		if r.Seq > since && (publisher == "" || r.Publisher == publisher) {
			records = append(records, r)
		}
	}
	return records
}

// storiesOf returns how many stories have records after a sequence number.
func storiesOf(strands []*strand, since int64) int {
	stories := map[string]bool{}
	for _, p := range strands {
		for _, r := range p.records {
			if r.Seq > since {
				stories[r.Story] = true
			}
		}
	}
	return len(stories)
}

// unite makes the views of the strands, and puts them together: each story once, where it stands
// newest, and what is gone from one of them and stands in no other.
func (m moment) unite(ctx context.Context, strands []*strand, since, until int64) (*view, error) {
	u := &view{since: since, until: until}
	at := map[string]int{} // a story's place among u.places
	gone := map[string]feeds.Tombstone{}
	for _, p := range strands {
		for _, filter := range p.views {
			v := newView(filter, since, until)
			if err := v.take(ctx, m.log, p.after(since, filter.Publisher)); err != nil {
				return nil, err
			}
			u.seqs = append(u.seqs, v.seqs...)
			for _, place := range v.places {
				story := place.step.Record.Story
				switch i, ok := at[story]; {
				case !ok:
					at[story] = len(u.places)
					u.places = append(u.places, place)
				case place.seq() > u.places[i].seq():
					u.places[i] = place
				}
			}
			for _, t := range v.gone {
				if t.Seq > gone[t.ID].Seq {
					gone[t.ID] = t
				}
			}
		}
	}
	for _, place := range u.places {
		delete(gone, place.step.Article)
	}
	for _, t := range gone {
		u.gone = append(u.gone, t)
	}
	slices.Sort(u.seqs)
	u.seqs = slices.Compact(u.seqs)
	slices.SortStableFunc(u.places, func(a, b place) int { return cmp.Compare(b.seq(), a.seq()) })
	slices.SortFunc(u.gone, func(a, b feeds.Tombstone) int {
		return cmp.Or(cmp.Compare(b.Seq, a.Seq), cmp.Compare(a.ID, b.ID))
	})
	return u, nil
}

// cut leaves the newest places of a view, and of what else it tells what is as new.
func (v *view) cut(most int) {
	if len(v.places) <= most {
		return
	}
	v.places = v.places[:most]
	v.since = v.places[most-1].seq() - 1
	v.seqs = slices.DeleteFunc(v.seqs, func(seq int64) bool { return seq <= v.since })
	v.gone = slices.DeleteFunc(v.gone, func(t feeds.Tombstone) bool { return t.Seq <= v.since })
}
