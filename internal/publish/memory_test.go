package publish

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/search"
	"github.com/kairan-news/kairan/locales"
)

// bundle is loaded once for all tests.
var bundle = sync.OnceValues(func() (*locales.Bundle, error) { return locales.Load(nil) })

func loadWords(t testing.TB) *locales.Bundle {
	t.Helper()
	b, err := bundle()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// start is when the first record of a memory was made; each is a minute after the
// one before it.
var start = time.Date(2026, 2, 1, 3, 0, 0, 0, time.UTC)

// memory is a log and a store in memory, and holds the documents that were made of it.
type memory struct {
	records   []feeds.Record
	articles  map[feeds.ArticleRevision]feeds.StoredArticle
	withdrawn map[string]bool
	newest    map[string]int
	documents map[feeds.DocumentKey]feeds.Document
	cuts      map[feeds.Channel][]feeds.Cut
	states    map[feeds.Channel]feeds.ChannelState
	filed     map[int64][]string // the categories of stories as of their records
	erased    map[string]time.Time
	counter   int64
	pause     time.Duration // between two records; 0 for a minute
	asked     int           // records that were asked for
	read      int           // articles that were asked for with their texts
}

func newMemory() *memory {
	return &memory{
		articles:  map[feeds.ArticleRevision]feeds.StoredArticle{},
		withdrawn: map[string]bool{},
		newest:    map[string]int{},
		documents: map[feeds.DocumentKey]feeds.Document{},
		cuts:      map[feeds.Channel][]feeds.Cut{},
		states:    map[feeds.Channel]feeds.ChannelState{},
		filed:     map[int64][]string{},
		erased:    map[string]time.Time{},
	}
}

// put stores a new article, or a new revision of a known one.
func (m *memory) put(story string, a feeds.Article) string {
	if a.Publisher == "" {
		a.Publisher = "sample-city"
	}
	if a.ID == "" {
		a.ID = feeds.MintID(a.Publisher, story, a.Language)
	}
	reason := feeds.ReasonNew
	if slices.ContainsFunc(m.records, func(r feeds.Record) bool { return r.Story == story }) {
		reason = feeds.ReasonTranslation
	}
	if m.newest[a.ID] > 0 && !m.withdrawn[a.ID] {
		reason = feeds.ReasonCorrection
	}
	m.newest[a.ID]++
	m.withdrawn[a.ID] = false
	a.Story, a.Slug, a.Revision = story, feeds.Slug(a.ID), m.newest[a.ID]
	if a.Published.IsZero() {
		a.Published = start
	}
	m.articles[feeds.ArticleRevision{ID: a.ID, Revision: a.Revision}] = feeds.StoredArticle{Article: a}
	m.record(reason, a)
	return a.ID
}

func (m *memory) withdraw(id string) {
	m.withdrawn[id] = true
	m.record(feeds.ReasonWithdrawal, m.articles[feeds.ArticleRevision{ID: id, Revision: m.newest[id]}].Article)
}

func (m *memory) record(reason feeds.Reason, a feeds.Article) {
	pause := m.pause
	if pause == 0 {
		pause = time.Minute
	}
	at := start
	if n := len(m.records); n > 0 {
		at = m.records[n-1].Time.Add(pause)
	}
	m.records = append(m.records, feeds.Record{
		Seq: int64(len(m.records) + 1), Time: at, Reason: reason,
		Article: a.ID, Revision: a.Revision, Story: a.Story, Language: a.Language, Publisher: a.Publisher,
	})
	m.filed[int64(len(m.records))] = m.categories(a.Story)
	m.counter++
}

// categories are those of all versions of a story.
func (m *memory) categories(story string) (all []string) {
	for _, r := range m.records {
		if a := m.articles[feeds.ArticleRevision{ID: r.Article, Revision: r.Revision}]; r.Story == story {
			for _, c := range a.Categories {
				if !slices.Contains(all, c) {
					all = append(all, c)
				}
			}
		}
	}
	return all
}

func (m *memory) ChannelRecords(_ context.Context, f feeds.RecordFilter, before int64, limit int) ([]feeds.Record, error) {
	var found []feeds.Record
	for _, r := range slices.Backward(m.records) {
		if len(found) < limit && (before == 0 || r.Seq < before) && m.picks(f, r) {
			m.asked++
			found = append(found, r)
		}
	}
	return found, nil
}

func (m *memory) ChannelRecordsAfter(_ context.Context, f feeds.RecordFilter, after int64, limit int) ([]feeds.Record, error) {
	var found []feeds.Record
	for _, r := range m.records {
		if len(found) < limit && r.Seq > after && m.picks(f, r) {
			m.asked++
			found = append(found, r)
		}
	}
	return found, nil
}

func (m *memory) picks(f feeds.RecordFilter, r feeds.Record) bool {
	return (f.Languages.Chain == nil || f.Languages.Chain.Accepts(r.Language)) &&
		(f.Publisher == "" || f.Publisher == r.Publisher) && (f.Publishers == nil || slices.Contains(f.Publishers, r.Publisher)) &&
		(f.Category == "" || slices.Contains(m.filed[r.Seq], f.Category))
}

func (m *memory) LastCut(_ context.Context, channel feeds.Channel) (feeds.Cut, error) {
	if cuts := m.cuts[channel]; len(cuts) > 0 {
		return cuts[len(cuts)-1], nil
	}
	return feeds.Cut{}, nil
}

func (m *memory) Cut(_ context.Context, channel feeds.Channel, archive int) (feeds.Cut, bool, error) {
	if archive < 1 || archive > len(m.cuts[channel]) {
		return feeds.Cut{}, false, nil
	}
	return m.cuts[channel][archive-1], true, nil
}

func (m *memory) ArchivesBeside(_ context.Context, channel feeds.Channel, archive int) (before, after int, err error) {
	if archive < len(m.cuts[channel]) {
		after = archive + 1
	}
	return archive - 1, after, nil
}

func (m *memory) CountArchives(_ context.Context, channel feeds.Channel) (int, error) {
	return len(m.cuts[channel]), nil
}

func (m *memory) Epoch(context.Context) (feeds.Epoch, error) { return feeds.Epoch{}, nil }

func (m *memory) Channel(_ context.Context, channel feeds.Channel) (feeds.ChannelState, bool, error) {
	state, ok := m.states[channel]
	return state, ok, nil
}

func (m *memory) LastSeq(context.Context) (int64, error) { return int64(len(m.records)), nil }

func (m *memory) Raise(ctx context.Context, r feeds.Raise) (feeds.Raised, error) {
	last, _ := m.LastCut(ctx, r.Channel)
	for _, cut := range r.Cuts {
		if cut.Archive != last.Archive+1 || cut.Since != last.Until || r.PastChanges != int64(len(m.erased)) {
			return feeds.Raised{}, nil
		}
		last = cut
	}
	m.cuts[r.Channel] = append(m.cuts[r.Channel], r.Cuts...)
	if r.More {
		return feeds.Raised{Stored: true}, nil
	}
	m.states[r.Channel] = feeds.ChannelState{
		Channel: r.Channel, Status: feeds.ChannelLive, Revision: m.states[r.Channel].Revision + 1000,
		Seq: r.Seq, Since: last.Until, Archives: last.Archive, Entries: r.Entries,
	}
	return feeds.Raised{Stored: true, Cleared: r.Counter == m.counter, Revision: m.states[r.Channel].Revision}, nil
}

func (m *memory) Left(context.Context, string, []string) ([]string, error) { return nil, nil }

func (m *memory) Sizes(_ context.Context, revisions []feeds.ArticleRevision) (map[feeds.ArticleRevision]int, error) {
	sizes := map[feeds.ArticleRevision]int{}
	for _, r := range revisions {
		a := m.articles[r]
		sizes[r] = feeds.EntrySize(len(a.Content), len(a.Summary), 2)
	}
	return sizes, nil
}

func (m *memory) EndingDocument(context.Context, feeds.DocumentKey) (feeds.Document, bool, error) {
	return feeds.Document{}, false, nil
}

func (m *memory) SiteOf(context.Context, feeds.Channel) ([]byte, error) { return nil, nil }

func (m *memory) PastChanges(context.Context) (int64, error) { return int64(len(m.erased)), nil }

func (m *memory) StoryRecords(_ context.Context, category string, stories []string) (map[string][]feeds.Record, error) {
	found := map[string][]feeds.Record{}
	asked := map[string]bool{}
	for _, story := range stories {
		asked[story] = true
	}
	for _, r := range m.records {
		if asked[r.Story] {
			r.Outside = category != "" && !slices.Contains(m.filed[r.Seq], category)
			found[r.Story] = append(found[r.Story], r)
		}
	}
	return found, nil
}

func (m *memory) Articles(_ context.Context, revisions []feeds.ArticleRevision) (map[feeds.ArticleRevision]feeds.StoredArticle, error) {
	found := map[feeds.ArticleRevision]feeds.StoredArticle{}
	m.read += len(revisions)
	for _, r := range revisions {
		if a, ok := m.articles[r]; ok {
			a.StoryCategories, a.Erased = m.categories(a.Story), m.erased[r.ID]
			found[r] = a
		}
	}
	return found, nil
}

func (m *memory) Modified(_ context.Context, revisions []feeds.ArticleRevision, since time.Time) (found []feeds.StoredArticle, err error) {
	for _, r := range revisions {
		if a, ok := m.articles[r]; ok && a.Modified.After(since) {
			a.StoryCategories = m.categories(a.Story)
			found = append(found, a)
		}
	}
	return found, nil
}

func (m *memory) VersionsAt(_ context.Context, stories []string, until int64) (map[string][]feeds.Article, error) {
	last := map[string]feeds.Record{}
	var order []string
	for _, r := range m.records {
		if r.Seq > until || !slices.Contains(stories, r.Story) {
			continue
		}
		if _, ok := last[r.Article]; !ok {
			order = append(order, r.Article)
		}
		last[r.Article] = r
	}
	found := map[string][]feeds.Article{}
	for _, id := range order {
		r := last[id]
		if _, erased := m.erased[id]; erased || r.Reason == feeds.ReasonWithdrawal {
			continue
		}
		a := m.articles[feeds.ArticleRevision{ID: id, Revision: r.Revision}].Article
		a.Content, a.Summary = "", ""
		found[a.Story] = append(found[a.Story], a)
	}
	return found, nil
}

func (m *memory) Languages(context.Context) (all []string, err error) {
	for _, r := range m.records {
		if !slices.Contains(all, r.Language) {
			all = append(all, r.Language)
		}
	}
	return all, nil
}

// Search looks through all live articles, the newest first, whatever the order that is asked
// for.
func (m *memory) Search(_ context.Context, q search.Request) (found search.Found, err error) {
	var seen []string
	for i, r := range slices.Backward(m.records) {
		a := m.articles[feeds.ArticleRevision{ID: r.Article, Revision: m.newest[r.Article]}].Article
		row := slices.IndexFunc(m.records, func(first feeds.Record) bool { return first.Article == r.Article })
		if i != row || m.withdrawn[a.ID] || slices.Contains(seen, a.ID) || q.After.Row > 0 && int64(row+1) >= q.After.Row {
			continue
		}
		seen = append(seen, a.ID)
		fits := (q.Languages == nil || slices.Contains(q.Languages, a.Language)) && (q.Publishers == nil || slices.Contains(q.Publishers, a.Publisher)) &&
			(q.Categories == nil || slices.ContainsFunc(m.categories(a.Story), func(c string) bool { return slices.Contains(q.Categories, c) })) &&
			(q.Since.IsZero() || !a.Published.Before(q.Since)) && (q.Until.IsZero() || a.Published.Before(q.Until))
		for word := range strings.FieldsSeq(q.Terms.String()) {
			fits = fits && len(search.Parse(word).Spans(a.Title+" "+a.Summary)) > 0
		}
		if !fits {
			continue
		}
		if len(found.Hits) == q.Limit {
			found.More = true
			return found, nil
		}
		found.Hits = append(found.Hits, search.Hit{
			Place: search.Place{Row: int64(row + 1)}, Article: a.ID, Story: a.Story, Language: a.Language, Publisher: a.Publisher, Published: a.Published,
		})
	}
	return found, nil
}

// site publishes in English, Japanese (which falls back to English), Arabic and Thai.
func site() *feeds.Site {
	bangkok, tokyo := time.FixedZone("", 7*3600), time.FixedZone("", 9*3600)
	return &feeds.Site{
		ID: "sample", BaseURL: "https://news.example", DefaultLocale: "en",
		Titles: map[string]string{"en": "Sample News"},
		Locales: []feeds.Locale{
			{Tag: "en", Chain: []string{"en", "ja", "ar", "th"}},
			{Tag: "ja", Chain: []string{"ja", "en"}},
			{Tag: "ar", Chain: []string{"ar", "en"}},
			{Tag: "th", Chain: []string{"th", "en"}},
		},
		Categories: []feeds.Category{
			{Term: "government"},
			{Term: "sports", Labels: map[string]string{"en": "Sports & Games"}},
			{Term: "zoo"},
		},
		Publishers: []feeds.Publisher{
			{
				Key: "sample-city", NameID: "publisher.sample-city", Language: "en", Location: tokyo, HomePage: "https://city.example/",
				License: feeds.License{Name: "CC BY 4.0", URL: "https://creativecommons.org/licenses/by/4.0/", FullText: true},
			},
			{Key: "careful-city", Names: map[string]string{"en": "Careful City"}, Language: "th", Location: bangkok},
		},
	}
}

func composer(t testing.TB, m *memory) *Composer {
	read := func(_ context.Context, read func(Log) error) error { return read(m) }
	return &Composer{Site: site(), Bundle: loadWords(t), Read: read, Sources: []feeds.Source{
		{ID: "news", Publisher: "sample-city", Kind: feeds.KindFeed, URL: "https://user:secret@city.example/feed.xml"},
		{ID: "inner", Publisher: "sample-city", Kind: feeds.KindFeed, URL: "http://10.0.0.1/feed.xml", AllowPrivate: true},
		{ID: "notices", Publisher: "sample-city", Kind: feeds.KindFolder, Path: "/srv/notices"},
	}}
}

// channel reads "ja/all".
func channel(t testing.TB, path string) feeds.Channel {
	t.Helper()
	c, ok := feeds.ParseChannel(path)
	if !ok {
		t.Fatalf("%q is no channel", path)
	}
	return c
}

// compose returns a channel as it is once it is published.
func compose(t testing.TB, m *memory, path string) feeds.Feed {
	t.Helper()
	p := publisher(t, m)
	if _, err := p.Publish(t.Context(), channel(t, path), m.counter, start); err != nil {
		t.Fatal(err)
	}
	f, err := p.Composer.Compose(t.Context(), channel(t, path))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func titles(f feeds.Feed) (titles []string) {
	for _, e := range f.Entries {
		titles = append(titles, e.Title)
	}
	return titles
}

// channelNamed is a channel by its name.
func channelNamed(name string) (c feeds.Channel) {
	if err := c.UnmarshalText([]byte(name)); err != nil {
		panic(err)
	}
	return c
}
