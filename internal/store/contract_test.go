package store_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/pgtest"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/storetest"
)

// bullet is one promise of the store, proven on every engine.
type bullet struct {
	says string
	test func(*testing.T, *house)
}

// TestContract proves all that is promised on each engine; with -short on PostgreSQL a
// sixth of it, since the statements are the same text.
func TestContract(t *testing.T) {
	all := slices.Concat(identityBullets, changeBullets, correctionBullets, storyBullets, withdrawalBullets, categoryBullets, filingBullets,
		collectingBullets, markBullets, traceBullets, channelBullets, wordsBullets, logBullets, stateBullets, watchBullets, observedBullets, historyBullets, durabilityBullets, viewBullets,
		relatedBullets, endingBullets,
		archiveBullets, erasureBullets, leftOutBullets, rememberBullets, unwritableBullets, apartBullets, passedBullets, rereadBullets, defaultBullets, pageBullets, fileBullets,
		copublishedBullets, epochBullets, listingBullets, searchBullets)
	onEachEngine(t, func(t *testing.T, address func(testing.TB) string) {
		for i, b := range all {
			t.Run(b.says, func(t *testing.T) {
				if testing.Short() && strings.Contains(t.Name(), "/postgres/") && i%6 > 0 {
					t.Skip("-short: proven on SQLite alone")
				}
				t.Parallel()
				a := address(t)
				h := &house{T: t, DB: open(t, a), address: a, now: noon}
				b.test(t, h)
				if scans, err := h.Scans(context.WithoutCancel(t.Context())); err != nil {
					t.Error(err)
				} else if len(scans) > 0 {
					t.Errorf("stories are not found by an index:\n%s", strings.Join(scans, "\n"))
				}
			})
		}
	})
}

// onEachEngine runs a test with a maker of fresh stores, which have their tables.
func onEachEngine(t *testing.T, test func(t *testing.T, address func(testing.TB) string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, storetest.SQLite) })
	t.Run("postgres", func(t *testing.T) { test(t, postgres.URL) })
}

// sqliteAddress is of a store that is not there yet.
func sqliteAddress(t testing.TB) string { return "sqlite:" + filepath.Join(t.TempDir(), "kairan.db") }

// postgres makes databases that have their tables already.
var postgres = pgtest.Template{Prepare: func(ctx context.Context, url string) error {
	db, err := store.Open(ctx, url)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.Migrate(ctx)
}}

func open(t testing.TB, address string) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return db
}

// house is a store with what a test says to it again and again. Its clock moves on
// by a minute with each run.
type house struct {
	*testing.T
	*store.DB
	address string
	now     time.Time
}

var noon = time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)

// site has locales that need no bundle here.
var site = feeds.Site{
	ID: "test",
	Locales: []feeds.Locale{
		{Tag: "en", Chain: []string{"en"}},
		{Tag: "ja", Chain: []string{"ja", "en"}},
		{Tag: "th", Chain: []string{"th", "en"}},
	},
	Categories: []feeds.Category{{Term: "culture"}, {Term: "disaster-prevention", Urgent: true}, {Term: "sports"}},
	Publishers: []feeds.Publisher{{Key: "tokyo", Language: "ja"}, {Key: "seoul", Language: "ko"}},
}

func urgent(categories []string) bool { return slices.Contains(categories, "disaster-prevention") }

// notice is an article of Tokyo in Japanese, with changes made to it.
func notice(n int, changes ...func(*feeds.Article)) feeds.Article {
	a := feeds.Article{
		Publisher: "tokyo", GUID: fmt.Sprintf("guid-%d", n), Key: fmt.Sprintf("guid-%d", n),
		Link: fmt.Sprintf("https://city.example/%d", n), Language: "ja", Title: fmt.Sprintf("Notice %d", n),
		Content: "<p>What the city has to say.</p>", Published: noon.Add(time.Duration(n) * time.Minute), PublishedFrom: feeds.DateDeclared,
		Terms: []feeds.Term{{Term: "文化"}}, Categories: []string{"culture"},
	}
	for _, change := range changes {
		change(&a)
	}
	return a
}

func key(k string) func(*feeds.Article) { return func(a *feeds.Article) { a.Key, a.GUID = k, k } }
func id(i string) func(*feeds.Article) {
	return func(a *feeds.Article) { a.ID, a.Key, a.GUID = i, i, i }
}
func title(s string) func(*feeds.Article)    { return func(a *feeds.Article) { a.Title = s } }
func content(s string) func(*feeds.Article)  { return func(a *feeds.Article) { a.Content = s } }
func link(l string) func(*feeds.Article)     { return func(a *feeds.Article) { a.Link = l } }
func language(l string) func(*feeds.Article) { return func(a *feeds.Article) { a.Language = l } }
func hint(h string) func(*feeds.Article)     { return func(a *feeds.Article) { a.StoryHint = h } }
func of(p string) func(*feeds.Article)       { return func(a *feeds.Article) { a.Publisher = p } }
func in(categories ...string) func(*feeds.Article) {
	return func(a *feeds.Article) { a.Categories = categories }
}
func alternate(language, link string) func(*feeds.Article) {
	return func(a *feeds.Article) {
		a.Alternates = append(slices.Clone(a.Alternates), feeds.Alternate{Language: language, Link: link})
	}
}

func (h *house) run(source string, articles []feeds.Article, changes ...func(*store.Collected)) store.Outcome {
	h.Helper()
	h.now = h.now.Add(time.Minute)
	c := store.Collected{
		Run:     store.Run{Source: source, Started: h.now, Took: time.Second, Outcome: store.RunOK, Status: 200},
		State:   store.SourceState{ID: source, Address: "https://city.example/feed", LastRun: h.now, LastSuccess: h.now, Outcome: store.RunOK},
		Brought: ledger.Brought{Articles: articles, Now: h.now}, Touched: site.Touched, Urgent: urgent,
	}
	for _, change := range changes {
		change(&c)
	}
	out, err := h.Collect(h.Context(), c)
	if err != nil {
		h.Fatal(err)
	}
	return out
}

func complete(c *store.Collected) { c.Extent = ledger.Whole }

// collect runs a source and wants so many new and changed articles.
func (h *house) collect(source string, wantNew, wantChanged int, articles ...feeds.Article) store.Outcome {
	h.Helper()
	out := h.run(source, articles)
	if out.New != wantNew || out.Changed != wantChanged {
		h.Errorf("source %s: %d new and %d changed, want %d and %d (%+v)", source, out.New, out.Changed, wantNew, wantChanged, out)
	}
	return out
}

func (h *house) records() []feeds.Record {
	h.Helper()
	records, err := h.ChannelRecords(h.Context(), store.RecordFilter{}, 0, 1000)
	if err != nil {
		h.Fatal(err)
	}
	slices.Reverse(records)
	return records
}

// wantLog compares the log with lines like "new ja Notice 1", the titles being
// those of the records' own revisions.
func (h *house) wantLog(want ...string) {
	h.Helper()
	records := h.records()
	var revisions []store.ArticleRevision
	for _, r := range records {
		revisions = append(revisions, store.ArticleRevision{ID: r.Article, Revision: r.Revision})
	}
	articles, err := h.Articles(h.Context(), revisions)
	if err != nil {
		h.Fatal(err)
	}
	var got []string
	for i, r := range records {
		if r.Seq != int64(i+1) {
			h.Errorf("record %d has the sequence number %d: the log has a gap", i+1, r.Seq)
		}
		got = append(got, fmt.Sprintf("%s %s %s", r.Reason, r.Language, articles[revisions[i]].Title))
	}
	if !slices.Equal(got, want) {
		h.Errorf("the log is\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// article returns the newest state of the only article with that title.
func (h *house) article(title string) store.Stored {
	h.Helper()
	found := h.find(title)
	if len(found) != 1 {
		h.Fatalf("%d articles have the title %q, want 1", len(found), title)
	}
	return found[0]
}

func (h *house) find(title string) (found []store.Stored) {
	h.Helper()
	seen := map[string]bool{}
	for _, r := range h.records() {
		if seen[r.Article] {
			continue
		}
		seen[r.Article] = true
		a, ok, err := h.ArticleBySlug(h.Context(), feeds.Slug(r.Article))
		if err != nil || !ok {
			h.Fatalf("article %s of the log: found %v, %v", r.Article, ok, err)
		}
		if a.Title == title {
			found = append(found, a)
		}
	}
	return found
}

// marks returns the marked channels, with "!" where urgent, and clears them.
func (h *house) marks() (channels []string) {
	h.Helper()
	for _, name := range h.pastMarks() {
		channels = append(channels, strings.TrimSuffix(name, "~"))
	}
	return channels
}

// pastMarks is marks, with "~" where the past changed.
func (h *house) pastMarks() (channels []string) {
	h.Helper()
	marked, err := h.Marked(h.Context())
	if err != nil {
		h.Fatal(err)
	}
	for _, m := range marked {
		name := m.Channel.String()
		if m.Urgent {
			name += "!"
		}
		if m.Past {
			name += "~"
		}
		if raised, err := h.Raise(h.Context(), feeds.Raise{Channel: m.Channel, Counter: m.Counter, Now: h.now}); err != nil || !raised.Cleared {
			h.Fatalf("clear the mark of %s: %+v, %v", m.Channel, raised, err)
		}
		channels = append(channels, name)
	}
	slices.Sort(channels)
	return channels
}

func (h *house) wantMarks(want ...string) {
	h.Helper()
	if got := h.marks(); !slices.Equal(got, want) {
		h.Errorf("marked are %q, want %q", got, want)
	}
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func emptyPostgres(t testing.TB) string { return pgtest.URL(t) }

// channelNamed is a channel by its name.
func channelNamed(name string) (c feeds.Channel) {
	if err := c.UnmarshalText([]byte(name)); err != nil {
		panic(err)
	}
	return c
}
