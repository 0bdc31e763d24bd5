package probe

import (
	"context"
	"fmt"
	"maps"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// day is when the tests' site publishes.
var day = time.Date(2026, time.April, 1, 9, 0, 0, 0, time.UTC)

// city is a site as its own log has it: notices that were published at the rungs of its
// channels. It implements [Log].
type city struct {
	site    feeds.Site
	notices int // that the log has; each is a record
	revised time.Time
	suffix  string // of ids
	gone    map[int]bool
}

func newCity(locales ...string) *city {
	c := &city{site: feeds.Site{ID: "harbour", BaseURL: "https://news.harbour.example", DefaultLocale: locales[0]}, revised: day, gone: map[int]bool{}}
	for _, tag := range locales {
		c.site.Locales = append(c.site.Locales, feeds.Locale{Tag: tag, Chain: feeds.Chain{tag, "*"}})
	}
	return c
}

// publish publishes one more notice.
func (c *city) publish(at time.Time) { c.notices++; c.revised = at }

func (c *city) Channels(context.Context) (map[feeds.Channel]feeds.ChannelState, error) {
	all := map[feeds.Channel]feeds.ChannelState{}
	for _, channel := range c.site.Channels() {
		all[channel] = feeds.ChannelState{Channel: channel, Revision: c.revised.UnixMilli(), Seq: int64(c.notices), Entries: c.notices}
	}
	return all, nil
}

func (c *city) Compose(_ context.Context, channel feeds.Channel) (feeds.Feed, error) {
	f := feeds.Feed{
		Channel: channel, ID: c.site.ChannelID(channel), Language: channel.Locale, Direction: "ltr",
		Title: "Harbour", Description: "All notices.", SiteTitle: "Harbour", HomeURL: c.site.URL(channel.PagePath()),
		URL: c.site.DocumentURLs(channel, 0), Updated: c.revised, TaxonomyURL: feeds.TaxonomyID("harbour"), LastSeq: int64(c.notices),
	}
	for n := c.notices; n > 0; n-- {
		if c.gone[n] {
			continue
		}
		id := feeds.MintID("harbour", fmt.Sprint("notice ", n, c.suffix), channel.Locale)
		f.Entries = append(f.Entries, feeds.Entry{
			Article: feeds.Article{
				ID: id, Slug: feeds.Slug(id), Story: feeds.StoryID(id), Revision: 1, Publisher: "harbour", Source: "news", Language: channel.Locale,
				Title: fmt.Sprint("Notice ", n), Summary: "The bridge is closed.", Content: "<p>The bridge is closed.</p>",
				Link: fmt.Sprintf("https://harbour.example/%s/%d", channel.Locale, n), Published: day.Add(time.Duration(n) * time.Hour),
			},
			Record: feeds.Record{Seq: int64(n), Article: id, Reason: feeds.ReasonNew}, URL: c.site.URL(feeds.ArticlePath(channel.Locale, feeds.Slug(id))),
			Title: fmt.Sprint("Notice ", n), Direction: "ltr", Modified: day, Changed: day,
			PublisherName: "Harbour", Source: feeds.EntrySource{ID: feeds.SourceID("harbour", "news"), Title: "News"}, Attribution: "Source: Harbour",
		})
	}
	return f, nil
}

// document renders a channel as the site would serve it.
func (c *city) document(t testing.TB, key feeds.DocumentKey) []byte {
	t.Helper()
	f, err := c.Compose(t.Context(), key.Channel)
	if err != nil {
		t.Fatal(err)
	}
	body, err := feeds.Render(f, key.Format)
	if err != nil {
		t.Fatal(err)
	}
	return body
}

// as returns the site as it was when its log had so many notices.
func (c *city) as(notices int) *city {
	then := *c
	then.notices, then.gone = notices, maps.Clone(c.gone)
	return &then
}

// memory is a [Memory] that forgets with the test.
type memory map[string]string

func (m memory) Meta(_ context.Context, key string) (string, error) { return m[key], nil }

func (m memory) SetMeta(_ context.Context, key, value string) error { m[key] = value; return nil }
