package web

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/locales"
)

// city is a whole feed service in memory: what the store and the publisher are to
// the real one.
type city struct {
	t        testing.TB
	settings Settings

	mu        sync.Mutex
	hang      chan struct{} // the database answers nothing until it is closed; nil answers
	away      error         // what the database answers while it is away
	notices   []Notice
	documents map[feeds.DocumentKey]feeds.Document
	states    map[feeds.Channel]feeds.ChannelState
	words     feeds.AdoptedWords
	faulty    map[feeds.DocumentKey]feeds.MadeDocument // what is made in the place of documents
	withdrawn int64                                    // [Made].Withdrawn
	making    func(feeds.DocumentKey)                  // is called while a document is made of what was read; nil for nothing
	composed  map[string]int                           // how often, by channel
	asked     int                                      // documents that were made
	minutes   atomic.Int64                             // since anyTime, by the site's clock
	fresh     map[string]Fresh                         // by publisher
}

// anyTime is when everything here happens first.
var anyTime = time.Date(2026, 11, 2, 1, 30, 0, 0, time.UTC)

// newCity has as many locales as show all that there is to see: two directions, scripts
// with and without spaces, and two spellings of one language.
func newCity(t testing.TB) *city {
	t.Helper()
	return newCityOf(t, "en", "ja", "ar", "nl", "th", "zh-Hant")
}

// newCityOfAll has every locale, in an order of its own as configurations have.
func newCityOfAll(t testing.TB) *city {
	t.Helper()
	bundle, err := bundles()
	if err != nil {
		t.Fatal(err)
	}
	tags := []string{"en", "ja"}
	for _, tag := range bundle.Tags() {
		if !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	return newCityOf(t, tags...)
}

func newCityOf(t testing.TB, tags ...string) *city {
	t.Helper()
	bundle, err := bundles()
	if err != nil {
		t.Fatal(err)
	}
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	site := &feeds.Site{
		ID: "test", BaseURL: "https://news.city.example", DefaultLocale: "en",
		Categories: []feeds.Category{{Term: "government"}, {Term: "disaster-prevention", Urgent: true}, {Term: "culture"}, {Term: "sports"}},
		Publishers: []feeds.Publisher{
			{
				Key: "sample-city", NameID: "publisher.sample-city", Location: tokyo, Language: "ja", HomePage: "https://kazemori.example/",
				License: feeds.License{Name: "CC BY 4.0", URL: "https://creativecommons.org/licenses/by/4.0/", FullText: true},
			},
			{Key: "riyadh", NameID: "publisher.riyadh", Location: time.UTC, Language: "ar", HomePage: "https://riyadh.example/"},
		},
	}
	for _, tag := range tags {
		site.Locales = append(site.Locales, feeds.Locale{Tag: tag, Chain: chain(tag)})
	}
	c := &city{
		t: t, settings: Settings{Site: site, Bundle: bundle},
		documents: map[feeds.DocumentKey]feeds.Document{}, states: map[feeds.Channel]feeds.ChannelState{}, composed: map[string]int{},
	}
	c.add(sampleNotices()...)
	return c
}

// bundles are read once for all tests: nothing changes them.
var bundles = sync.OnceValues(func() (*locales.Bundle, error) { return locales.Load(nil) })

func chain(tag string) []string {
	if tag == "en" {
		return []string{"en"}
	}
	return []string{tag, "en"}
}

// add takes notices in and publishes every channel that changed.
func (c *city) add(notices ...Notice) {
	c.mu.Lock()
	for _, n := range notices {
		if n.Article.ID == "" {
			n.Article.ID = feeds.MintID(n.Article.Publisher, n.Article.Key, n.Article.Language)
		}
		n.Article.Slug = feeds.Slug(n.Article.ID)
		c.notices = slices.DeleteFunc(c.notices, func(o Notice) bool { return o.Article.ID == n.Article.ID })
		c.notices = append(c.notices, n)
	}
	c.mu.Unlock()
	c.publish()
}

// publish renders what the channels hold now.
func (c *city) publish() {
	c.t.Helper()
	for _, channel := range c.settings.Site.Channels() {
		feed, err := c.compose(channel)
		if err != nil {
			c.t.Fatal(err)
		}
		for _, f := range feeds.Formats() {
			body, err := feeds.Render(feed, f)
			if err != nil {
				c.t.Fatal(err)
			}
			c.put(feeds.DocumentKey{Channel: channel, Format: f}, body, len(feed.Entries))
		}
	}
}

// put has a document made from now on, and raises its channel's revision if it is another
// than before.
func (c *city) put(key feeds.DocumentKey, body []byte, entries int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	old, known := c.documents[key]
	if known && slices.Equal(old.Body, body) {
		return
	}
	sum := sha256.Sum256(body)
	c.documents[key] = feeds.Document{DocumentKey: key, Body: body, ETag: fmt.Sprintf(`"%x"`, sum[:8]), Entries: entries}
	state := c.states[key.Channel]
	state.Channel, state.Status = key.Channel, feeds.ChannelLive
	if known {
		state.Revision += 1000
	}
	state.Revision = max(state.Revision, anyTime.UnixMilli())
	if key.Archive == 0 {
		state.Entries = entries
	}
	state.Archives = max(state.Archives, key.Archive)
	c.states[key.Channel] = state
}

// adopt has words in force since a time, in milliseconds.
func (c *city) adopt(words string, at int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.words = feeds.AdoptedWords{Digest: words, Adopted: at}
}

// change changes what is kept of a channel.
func (c *city) change(channel string, change func(*feeds.ChannelState)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	state := c.states[channelNamed(channel)]
	change(&state)
	c.states[channelNamed(channel)] = state
}

// drop takes a channel away.
func (c *city) drop(channel string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	maps.DeleteFunc(c.documents, func(k feeds.DocumentKey, _ feeds.Document) bool { return k.Channel == channelNamed(channel) })
	delete(c.states, channelNamed(channel))
}

// fail makes the database answer with an error from now on; nil brings it back.
func (c *city) fail(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.away = err
}

var errAway = errors.New("the database is away")

func (c *city) Published(context.Context) (feeds.Published, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return feeds.Published{Channels: maps.Clone(c.states), Words: c.words}, c.away
}

func (c *city) Make(ctx context.Context, channel feeds.Channel, archive int, formats ...feeds.Format) (feeds.Made, error) {
	key := feeds.DocumentKey{Channel: channel, Format: formats[0], Archive: archive}
	if c.hang != nil {
		select {
		case <-c.hang:
		case <-ctx.Done():
			return feeds.Made{}, ctx.Err()
		}
	}
	made, err := c.read(key, formats)
	c.mu.Lock()
	making := c.making
	c.mu.Unlock()
	if making != nil {
		making(key)
	}
	return made, err
}

// read is the reading of which documents are made.
func (c *city) read(key feeds.DocumentKey, formats []feeds.Format) (feeds.Made, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.away != nil {
		return feeds.Made{}, c.away
	}
	made := feeds.Made{State: c.states[key.Channel], Withdrawn: c.withdrawn}
	for _, format := range formats {
		key.Format = format
		c.asked++
		d, ok := c.documents[key]
		if !ok {
			return feeds.Made{}, feeds.ErrNotPublished
		}
		m, faulty := c.faulty[key]
		if !faulty {
			m = feeds.MadeDocument{Document: d}
		}
		made.Documents = append(made.Documents, m)
	}
	return made, nil
}

func (c *city) Compose(_ context.Context, channel feeds.Channel) (feeds.Feed, error) {
	c.mu.Lock()
	away := c.away
	c.composed[channel.String()]++
	c.mu.Unlock()
	if away != nil {
		return feeds.Feed{}, away
	}
	return c.compose(channel)
}

// Page is what a page lists: what is newest, or of an archive what the test put there.
func (c *city) Page(ctx context.Context, channel feeds.Channel, archive int) (feeds.Page, error) {
	feed, err := c.Compose(ctx, channel)
	if archive > 0 {
		return feeds.Page{}, feeds.ErrNotPublished
	}
	return feeds.Page{Feed: feed, Records: len(feed.Entries), Began: anyTime}, err
}

func (c *city) compose(channel feeds.Channel) (feeds.Feed, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	site := c.settings.Site
	speech := c.settings.Bundle.Localizer(chain(channel.Locale)...)
	feed := feeds.Feed{
		Channel: channel, ID: feeds.ChannelID(site.ID, channel), Language: channel.Locale, Direction: speech.Dir(),
		Title: channel.String(), Description: "All of " + channel.String() + ".", HomeURL: site.BaseURL + "/" + channel.String(),
		URL: map[feeds.Format]string{}, TaxonomyURL: feeds.TaxonomyID(site.ID),
	}
	for _, f := range feeds.Formats() {
		feed.URL[f] = site.BaseURL + "/" + channel.String() + "." + string(f)
	}
	best := map[string]Notice{} // by story
	languages := site.Accepted(channel).Chain
	rank := func(n Notice) int {
		if rank, ok := languages.Rank(n.Article.Language); ok {
			return rank
		}
		return -1
	}
	for _, n := range c.notices {
		a := n.Article
		switch {
		case !n.Withdrawn.IsZero(),
			(channel.Kind == feeds.ChannelCategory || channel.Kind == feeds.ChannelOnly) && !slices.Contains(a.Categories, channel.Name),
			channel.Kind == feeds.ChannelPublisher && a.Publisher != channel.Name:
			continue
		case languages == nil:
			best[a.ID] = n
		case rank(n) >= 0:
			if before, ok := best[a.Story]; !ok || rank(n) < rank(before) {
				best[a.Story] = n
			}
		}
	}
	for _, n := range c.notices {
		a := n.Article
		if best[a.Story].Article.ID != a.ID && best[a.ID].Article.ID != a.ID {
			continue
		}
		entry := feeds.Entry{
			Article: a, Title: a.Title, Direction: locales.Direction(a.Language), Changed: a.Published, Modified: a.Published,
			URL: site.BaseURL + "/" + channel.Locale + "/n/" + a.Slug,
		}
		for _, term := range a.Categories {
			entry.Categories = append(entry.Categories, feeds.Label{Term: term, Label: term})
		}
		for _, v := range c.versions(a.Story) {
			if v.ID != a.ID {
				entry.Versions = append(entry.Versions, feeds.Version{ID: v.ID, Language: v.Language})
			}
		}
		feed.Entries = append(feed.Entries, entry)
	}
	return feed, nil
}

func (c *city) versions(story string) (all []feeds.Article) {
	for _, n := range c.notices {
		if n.Article.Story == story && n.Withdrawn.IsZero() {
			all = append(all, n.Article)
		}
	}
	return all
}

func (c *city) Notice(_ context.Context, slug string) (Notice, bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.away != nil {
		return Notice{}, false, c.away
	}
	for _, n := range c.notices {
		if n.Article.Slug == slug {
			n.Versions = c.versions(n.Article.Story)
			for _, o := range c.notices {
				if o.Article.Language == n.Article.Language && o.Article.Story != n.Article.Story && o.Withdrawn.IsZero() {
					n.Related = append(n.Related, o.Article)
				}
			}
			return n, true, nil
		}
	}
	return Notice{}, false, nil
}

// slug of a version of a story.
func (c *city) slug(story, language string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, n := range c.notices {
		if n.Article.Story == story && n.Article.Language == language {
			return n.Article.Slug
		}
	}
	c.t.Helper()
	c.t.Fatalf("no %s version of %s", language, story)
	return ""
}

// withdraw takes a version of a story back.
func (c *city) withdraw(story, language string) {
	c.mu.Lock()
	for i := range c.notices {
		if a := c.notices[i].Article; a.Story == story && a.Language == language {
			c.notices[i].Withdrawn = anyTime.Add(time.Hour)
		}
	}
	c.mu.Unlock()
	c.publish()
}

// shelf returns a shelf that follows the city until the test ends, and is loaded.
func (c *city) shelf(every time.Duration) *Shelf {
	s := NewShelf(ShelfConfig{Documents: c, Settings: c.now, Every: every, Log: discard()})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { _ = s.Run(ctx); close(done) }()
	c.t.Cleanup(func() { cancel(); <-done })
	c.t.Helper()
	until(c.t, func() bool { return s.Ready() == nil })
	return s
}

// public returns the city's public site.
func (c *city) public() http.Handler {
	c.t.Helper()
	return Public(Config{
		Settings: c.now,
		Shelf:    c.shelf(20 * time.Millisecond), Channels: c, Articles: c, Freshness: c, Listing: c, Log: discard(),
		Now: func() time.Time { return anyTime.Add(time.Duration(c.minutes.Load()) * time.Minute) },
	})
}

// now are the settings in force.
func (c *city) now() Settings { return c.settings }

func discard() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

// until waits for a condition.
func until(t testing.TB, condition func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !condition(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("waited a minute in vain")
		}
	}
}

// get asks a handler. Header fields come in pairs.
func get(h http.Handler, path string, fields ...string) *http.Response {
	return ask(h, http.MethodGet, path, fields...)
}

func ask(h http.Handler, method, path string, fields ...string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i+1 < len(fields); i += 2 {
		r.Header.Add(fields[i], fields[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func body(t testing.TB, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func sampleNotices() []Notice {
	article := func(story, language, title, summary, content string, days int, categories ...string) Notice {
		return Notice{Article: feeds.Article{
			Story: story, Key: story, Publisher: "sample-city", Source: "samples", Language: language,
			Title: title, Summary: summary, Content: content, Categories: categories,
			Published: anyTime.AddDate(0, 0, days), FirstSeen: anyTime.AddDate(0, 0, days),
		}}
	}
	flood := article("flood", "en", "Flood drill on the Sumire river this Saturday",
		"Sirens will sound at ten. Residents along the river are asked to take part, and to learn the way to their shelter.",
		"<p>Sirens will sound at <strong>ten o’clock</strong> on Saturday. Residents along the river are asked to take part.</p><h2>Where to go</h2><ul><li>North bank: Kazemori Primary School</li><li>South bank: the sports hall</li></ul><p>More on <a href=\"https://kazemori.example/drill\">the drill’s page</a>.</p>",
		0, "disaster-prevention", "government")
	flood.Article.Link = "https://kazemori.example/en/drill"
	flood.Article.Related = []feeds.Related{{Title: "Map of shelters", Date: anyTime.AddDate(0, -1, 0)}}
	arabic := article("market", "ar", "افتتاح السوق الليلي في حي البحيرة", "يفتح السوق الليلي أبوابه كل يوم خميس من الساعة السادسة مساء، مع عروض للحرف التقليدية وأطعمة من جميع المناطق.",
		"<p>يفتح السوق الليلي أبوابه كل يوم خميس.</p>", -2, "culture")
	arabic.Article.Publisher = "riyadh"
	arabic.Article.Link = "https://riyadh.example/ar/market"
	corrected := article("museum", "en", "The Museum of Wind is closed on Mondays in winter", "From December to February the museum rests on Mondays.", "<p>From December to February the museum rests on Mondays.</p>", -6, "culture")
	corrected.Article.Corrected = anyTime.AddDate(0, 0, -1)
	return []Notice{
		corrected,
		article("museum", "nl", "Museum van de Wind in de winter op maandag gesloten", "Van december tot en met februari is het museum op maandag gesloten.", "<p>Van december tot en met februari is het museum op maandag gesloten.</p>", -6, "culture"),
		flood,
		article("flood", "ja", "すみれ川で土曜日に水害避難訓練を実施します", "午前十時にサイレンが鳴ります。川沿いにお住まいの方は訓練に参加し、避難所までの道順を確かめてください。",
			"<p>午前十時にサイレンが鳴ります。川沿いにお住まいの方は訓練に参加し、避難所までの道順を確かめてください。</p>", 0, "disaster-prevention", "government"),
		article("flood", "ar", "تدريب على مواجهة الفيضانات على نهر سوميري يوم السبت", "ستنطلق صفارات الإنذار في الساعة العاشرة. يرجى من سكان ضفتي النهر المشاركة.",
			"<p>ستنطلق صفارات الإنذار في الساعة العاشرة. يرجى من سكان ضفتي النهر المشاركة.</p>", 0, "disaster-prevention", "government"),
		arabic,
		article("market", "en", "Night market opens in the lake district", "The night market opens every Thursday at six.", "<p>The night market opens every Thursday at six.</p>", -2, "culture"),
		article("budget", "ja", "来年度予算案を公表しました", "市は来年度の予算案を公表しました。福祉と防災に重点を置いています。", "<p>市は来年度の予算案を公表しました。</p>", -3, "government"),
		article("budget", "th", "ร่างงบประมาณปีหน้าเผยแพร่แล้ว", "เทศบาลได้เผยแพร่ร่างงบประมาณสำหรับปีหน้า โดยเน้นด้านสวัสดิการและการป้องกันภัยพิบัติ", "<p>เทศบาลได้เผยแพร่ร่างงบประมาณสำหรับปีหน้า</p>", -3, "government"),
		article("budget", "en", "The draft budget for next year is published, with an emphasis on welfare and the prevention of disasters", "The city has published its draft budget.", "<p>The city has published its draft budget.</p>", -3, "government"),
	}
}

// channelNamed is a channel by its name.
func channelNamed(name string) (c feeds.Channel) {
	if err := c.UnmarshalText([]byte(name)); err != nil {
		panic(err)
	}
	return c
}
