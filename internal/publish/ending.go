package publish

import (
	"context"
	"encoding/json"
	"fmt"
	"html"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// Ending is the end of a channel that was taken out of the configuration.
type Ending struct {
	// Title is what the channel was called.
	Title string
	// Documents are its last live documents.
	Documents []feeds.Document
	// PastChanges is [Log.PastChanges] as of the reading that they were made of.
	PastChanges int64
}

// End makes the last live documents of a channel of this site: what they hold stays, so
// that nobody misses what came just before, below an entry that says that the channel has
// ended, and where to go from there: now is the composer of the site that goes on.
func (c *Composer) End(ctx context.Context, channel feeds.Channel, ended time.Time, now *Composer) (e Ending, err error) {
	site := *c.Site
	standAs(&site, now.Site)
	before := *c
	before.Site = &site
	var last composed
	err = before.at(ctx, func(m moment) error {
		state, _, err := m.log.Channel(ctx, channel)
		if err != nil {
			return err
		}
		if e.PastChanges, err = m.log.PastChanges(ctx); err != nil {
			return err
		}
		last, err = m.live(ctx, channel, state)
		return err
	})
	if err != nil {
		return Ending{}, fmt.Errorf("end %s: %w", channel, err)
	}
	f := last.feed
	e.Title = f.Title
	entries := f.Entries
	f.Entries = []feeds.Entry{before.lastEntry(f, ended, now)}
	if ended.After(f.Updated) {
		f.Updated = ended
	}
	f.Locales = nil // the channel is no longer the others' counterpart
	for _, format := range feeds.Formats() {
		whole := f
		whole.Entries = append(whole.Entries[:1:1], entries...)
		d := c.render(ctx, whole, format)
		if d.Body == nil {
			d = c.render(ctx, f, format)
		}
		if d.Body == nil {
			return Ending{}, fmt.Errorf("end %s: %w", d.Path(), d.Fault)
		}
		e.Documents = append(e.Documents, d.Document)
	}
	return e, nil
}

// lastEntry says that a channel has ended.
func (c *Composer) lastEntry(f feeds.Feed, ended time.Time, now *Composer) feeds.Entry {
	next := feeds.Channel{Locale: f.Channel.Locale, Kind: feeds.ChannelAll}
	if _, ok := now.Site.Locale(next.Locale); !ok {
		next.Locale = now.Site.DefaultLocale
	}
	w := c.words(f.Channel)
	data := map[string]any{"Channel": f.Title}
	title, text := w.Text("channel.ended.title", data), w.Text("channel.ended", data)
	nextTitle := now.words(next).ChannelTitle(next)
	return feeds.Entry{
		Article: feeds.Article{
			ID: feeds.EndingID(c.Site.ID, f.Channel, ended), Language: f.Channel.Locale, Published: ended,
			Title: title, Summary: text,
			Content: "<p>" + html.EscapeString(text) + `</p><p><a href="` + html.EscapeString(now.Site.URL(next.PagePath())) + `">` + html.EscapeString(nextTitle) + "</a></p>",
		},
		Record:        feeds.Record{Time: ended},
		URL:           now.Site.URL(next.PagePath()),
		Title:         title,
		Direction:     w.Dir(),
		Changed:       ended,
		PublisherName: f.SiteTitle,
		PublisherURL:  now.Site.BaseURL + "/",
	}
}

// ended finds the documents of a channel that has ended: those that are stored, else the
// archive as the site composes it that had the channel.
func (m moment) ended(ctx context.Context, channel feeds.Channel, archive int, formats []feeds.Format, made *feeds.Made) (composed, error) {
	for _, format := range formats {
		d, ok, err := m.log.EndingDocument(ctx, feeds.DocumentKey{Channel: channel, Format: format, Archive: archive})
		if err != nil {
			return composed{}, err
		}
		if ok {
			made.Documents = append(made.Documents, feeds.MadeDocument{Document: d})
		}
	}
	switch {
	case len(made.Documents) == len(formats):
		return composed{}, nil
	case archive == 0 || len(made.Documents) > 0:
		made.Documents = nil
		return composed{}, feeds.ErrNotPublished
	}
	before, err := m.siteOf(ctx, channel)
	if err != nil {
		return composed{}, err
	}
	return moment{before, m.log}.archiveOf(ctx, channel, archive)
}

// siteOf returns the composer of the site that had a channel.
func (m moment) siteOf(ctx context.Context, channel feeds.Channel) (*Composer, error) {
	body, err := m.log.SiteOf(ctx, channel)
	if err != nil {
		return nil, err
	}
	if body == nil {
		return nil, feeds.ErrNotPublished
	}
	before, err := m.Before(body)
	if err != nil {
		return nil, err
	}
	standAs(before.Site, m.Site)
	return before, nil
}

// standAs gives a site that was before what of a site's documents leads to where the present
// one stands.
func standAs(before, now *feeds.Site) {
	before.BaseURL, before.Icon, before.Logo = now.BaseURL, now.Icon, now.Logo
}

// configuration is what a site's channels are composed by, as it is kept for those of
// them that end.
type configuration struct {
	Site    feeds.Site
	Sources []feeds.Source
	TTL     time.Duration
	// Zones are the publishers' time zones by their keys, those that are configured no
	// longer among them.
	Zones map[string]string
}

// Configuration returns by what this composer composes: the site, and of its sources
// what entries tell of them. There is no secret in it.
func (c *Composer) Configuration() ([]byte, error) {
	kept := configuration{Site: *c.Site, TTL: c.TTL, Zones: map[string]string{}}
	kept.Site.Publishers = append([]feeds.Publisher(nil), c.Site.Publishers...)
	for key, zone := range c.Site.FormerZones {
		kept.Zones[key] = zone.String()
	}
	for i, p := range kept.Site.Publishers {
		if p.Location != nil {
			kept.Zones[p.Key] = p.Location.String()
			kept.Site.Publishers[i].Location = nil
		}
	}
	for _, s := range c.Sources {
		told := feeds.Source{ID: s.ID, Kind: s.Kind, AllowPrivate: s.AllowPrivate}
		if u, ok := toldURL(s); ok {
			told.URL = u
		}
		kept.Sources = append(kept.Sources, told)
	}
	body, err := json.Marshal(kept)
	if err != nil {
		return nil, fmt.Errorf("keep the site: %w", err)
	}
	return body, nil
}

// Before returns a composer by a configuration that was kept, with the messages of this
// one.
func (c *Composer) Before(body []byte) (*Composer, error) {
	var kept configuration
	if err := json.Unmarshal(body, &kept); err != nil {
		return nil, fmt.Errorf("read the site that was kept: %w", err)
	}
	for i, p := range kept.Site.Publishers {
		if zone, err := time.LoadLocation(kept.Zones[p.Key]); err == nil {
			kept.Site.Publishers[i].Location = zone
		}
	}
	kept.Site.FormerZones = kept.without(&kept.Site)
	return &Composer{Site: &kept.Site, Bundle: c.Bundle, Read: c.Read, Sources: kept.Sources, TTL: kept.TTL}, nil
}

// FormerZones returns the time zones of the publishers that a configuration was kept of and
// that a site has no more, for [feeds.Site.FormerZones].
func FormerZones(body []byte, site *feeds.Site) (map[string]*time.Location, error) {
	var kept configuration
	if err := json.Unmarshal(body, &kept); err != nil {
		return nil, fmt.Errorf("read the site that was kept: %w", err)
	}
	return kept.without(site), nil
}

// without returns the zones of publishers that a site has not; nil for none.
func (c *configuration) without(site *feeds.Site) map[string]*time.Location {
	var zones map[string]*time.Location
	for key, name := range c.Zones {
		if _, ok := site.Publisher(key); ok {
			continue
		}
		zone, err := time.LoadLocation(name)
		if err != nil {
			continue // the program may come to a machine with an older database of zones
		}
		if zones == nil {
			zones = map[string]*time.Location{}
		}
		zones[key] = zone
	}
	return zones
}
