package jobs

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
	"github.com/robfig/cron/v3"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/normalize"
	"github.com/kairan-news/kairan/internal/publish"
	"github.com/kairan-news/kairan/internal/source"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/storetest"
	"github.com/kairan-news/kairan/locales"
)

// noon is when every test begins.
var noon = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)

// house is an engine with a store, and with servers that answer what a test says.
type house struct {
	*testing.T
	*Engine
	log     *bytes.Buffer
	planned []Planned
	queued  *queueSpy

	mu      sync.Mutex
	clock   time.Time
	answers map[string]func() (*fetch.Response, error)
	closed  string        // what robots.txt forbids
	licence feeds.License // of the publisher
	secure  *SecureHosts
	asked   []fetch.Request
	visits  []store.Run
}

func newHouse(t *testing.T) *house {
	t.Helper()
	return newHouseAt(t, storetest.SQLite(t))
}

// newHouseAt has its store in a database of either engine.
func newHouseAt(t *testing.T, address string) *house {
	t.Helper()
	db, err := store.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	h := &house{T: t, log: &bytes.Buffer{}, clock: noon, answers: map[string]func() (*fetch.Response, error){}}
	h.Engine, err = New(Config{
		Store: db, Log: slog.New(slog.NewTextHandler(h.log, nil)),
		Now: h.now, Random: func() float64 { return 0 }, Visited: h.saw,
	}, h.newPlan())
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.clock
}

func (h *house) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.clock = h.clock.Add(d)
}

func (h *house) saw(r store.Run) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.visits = append(h.visits, r)
}

// Get answers as a server; [house] is the collector's client.
func (h *house) Get(_ context.Context, r fetch.Request) (*fetch.Response, error) {
	h.mu.Lock()
	h.asked = append(h.asked, r)
	answer := h.answers[r.URL]
	h.mu.Unlock()
	if answer == nil {
		return status(404)(r.URL)
	}
	got, err := answer()
	if got != nil {
		got.URL = r.URL
		got.Unchanged = got.Digest != "" && got.Digest == r.Digest
	}
	return got, err
}

// AllowedFor answers as a robots.txt; [house] is the collector's.
func (h *house) AllowedFor(_ context.Context, r fetch.Request) (bool, error) {
	return r.URL != h.closed, nil
}

// serve has an address answer.
func (h *house) serve(url string, answer func() (*fetch.Response, error)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.answers[url] = answer
}

// askedFor is how often an address was asked.
func (h *house) askedFor(url string) (n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, r := range h.asked {
		if r.URL == url {
			n++
		}
	}
	return n
}

func body(text string) func() (*fetch.Response, error) {
	return func() (*fetch.Response, error) {
		sum := sha256.Sum256([]byte(text))
		return &fetch.Response{Status: 200, ContentType: "application/rss+xml", Body: []byte(text), Bytes: int64(len(text)), Digest: hex.EncodeToString(sum[:])}, nil
	}
}

// status answers with an HTTP status that is an error.
func status(code int) func(url string) (*fetch.Response, error) {
	return func(url string) (*fetch.Response, error) {
		return &fetch.Response{Status: code}, &fetch.Error{Kind: fetch.KindHTTPStatus, Status: code, URL: url, What: fmt.Sprint("the server answered ", code)}
	}
}

func failing(err *fetch.Error) func() (*fetch.Response, error) {
	return func() (*fetch.Response, error) {
		if err.Status == 0 {
			return nil, err
		}
		return &fetch.Response{Status: err.Status, RetryAfter: err.RetryAfter}, err
	}
}

// item is an item of a feed; its date is so many hours before noon.
func item(n int, title string) string {
	return fmt.Sprintf(`<item><title>%s</title><link>https://city.example/n/%d</link><guid isPermaLink="false">g%d</guid><pubDate>%s</pubDate><description>What the city has to say.</description></item>`,
		title, n, n, noon.Add(-time.Duration(100-n)*time.Hour).Format(time.RFC1123Z))
}

// news is a feed of these notices, the newest first.
func news(ns ...int) string {
	slices.Sort(ns)
	slices.Reverse(ns)
	var items []string
	for _, n := range ns {
		items = append(items, item(n, fmt.Sprint("Notice ", n)))
	}
	return rss(items...)
}

func rss(items ...string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>News</title><link>https://city.example/</link><description>News</description><language>en</language>` +
		strings.Join(items, "") + `</channel></rss>`
}

// testSite has a publisher in Tokyo.
func testSite(t *testing.T) *feeds.Site {
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	return &feeds.Site{
		ID: "test", BaseURL: "https://news.example", DefaultLocale: "en",
		Locales:    []feeds.Locale{{Tag: "en", Chain: []string{"en"}}},
		Categories: []feeds.Category{{Term: "culture"}, {Term: "environment"}},
		Publishers: []feeds.Publisher{{Key: "city", Location: tokyo, Language: "en", NameID: "publisher.tokyo"}},
	}
}

// bundles are read once for all tests: nothing changes them.
var bundles = sync.OnceValues(func() (*locales.Bundle, error) { return locales.Load(nil) })

// newPlan returns a plan for the sources that were added.
func (h *house) newPlan() *Plan {
	h.Helper()
	bundle, err := bundles()
	if err != nil {
		h.Fatal(err)
	}
	site := testSite(h.T)
	site.Publishers[0].License = h.licence
	p := Plan{
		Site:             site,
		Collector:        &source.Collector{Client: h, Robots: h, Secret: func(name string) (string, error) { return "secret of " + name, nil }},
		Mapper:           normalize.NewMapper(site.Categories, bundle.Labels("category."), map[string]map[string][]string{"en": bundle.Keywords("en")}),
		Secure:           h.secure,
		Fingerprint:      "one",
		RulesFingerprint: "one",
	}
	if h.Engine != nil {
		p.Publisher = h.publisher(site, bundle)
	}
	planned := slices.Clone(h.planned)
	for i := range planned {
		if planned[i].Choice, err = normalize.ChoiceOf(planned[i].Source); err != nil {
			h.Fatal(err)
		}
	}
	return NewPlan(p, planned, false)
}

// publisher publishes a site.
func (h *house) publisher(site *feeds.Site, bundle *locales.Bundle) *publish.Publisher {
	composer := &publish.Composer{Site: site, Bundle: bundle, Read: publish.At(h.Store.Snapshot)}
	return &publish.Publisher{Composer: composer, Store: h.Store, Relate: publish.NewRecommender(h.Store).Relate}
}

// add configures a feed, and has the engine work by the new plan.
func (h *house) add(id, url, schedule string, changes ...func(*feeds.Source)) {
	h.Helper()
	spec, err := cron.ParseStandard(schedule)
	if err != nil {
		h.Fatal(err)
	}
	s := feeds.Source{ID: id, Publisher: "city", Kind: feeds.KindFeed, URL: url, Schedule: schedule}
	for _, change := range changes {
		change(&s)
	}
	h.planned = append(h.planned, Planned{Source: &s, Schedule: spec})
	if err := h.Adopt(h.Context(), h.newPlan()); err != nil {
		h.Fatal(err)
	}
}

// work runs the job of a host and returns for how long it snoozes; -1 if it doesn't.
func (h *house) work(host string) time.Duration {
	h.Helper()
	err := (&collectWorker{engine: h.Engine}).Work(h.Context(), &river.Job[CollectArgs]{JobRow: &rivertype.JobRow{}, Args: CollectArgs{Host: host}})
	if snooze, ok := err.(*river.JobSnoozeError); ok {
		return snooze.Duration
	}
	if err != nil {
		h.Fatal(err)
	}
	return -1
}

// collect makes a source due and runs the job of its host.
func (h *house) collect(id string) store.Run {
	h.Helper()
	if err := h.Store.SetDue(h.Context(), map[string]time.Time{id: h.now()}); err != nil {
		h.Fatal(err)
	}
	h.work(h.Engine.plan.Load().targets[id].host)
	return h.last(id)
}

// last is a source's newest run.
func (h *house) last(id string) store.Run {
	h.Helper()
	runs, err := h.Store.Runs(h.Context(), id, 1)
	if err != nil {
		h.Fatal(err)
	}
	if len(runs) == 0 {
		return store.Run{}
	}
	return runs[0]
}

func (h *house) state(id string) store.SourceState {
	h.Helper()
	s, _, err := h.Store.SourceState(h.Context(), id)
	if err != nil {
		h.Fatal(err)
	}
	return s
}

// queueSpy stands in the place of the queue and keeps what is put into it.
type queueSpy struct {
	queue
	jobs []string
}

func (q *queueSpy) InsertMany(_ context.Context, params []river.InsertManyParams) ([]*rivertype.JobInsertResult, error) {
	for _, p := range params {
		switch args := p.Args.(type) {
		case CollectArgs:
			q.jobs = append(q.jobs, "collect "+args.Host)
		case PublishArgs:
			q.jobs = append(q.jobs, fmt.Sprint("publish ", args.Channel, " ", p.InsertOpts.Priority))
		default:
			q.jobs = append(q.jobs, p.Args.Kind())
		}
	}
	return nil, nil
}

// swept are the jobs that a sweep enqueues.
func (h *house) swept() []string {
	h.Helper()
	if h.queued == nil {
		h.queued = &queueSpy{queue: h.queue}
		h.queue = h.queued
	}
	h.queued.jobs = nil
	if err := h.sweep(h.Context()); err != nil {
		h.Fatal(err)
	}
	return h.queued.jobs
}

// channelNamed is a channel by its name.
func channelNamed(name string) (c feeds.Channel) {
	if err := c.UnmarshalText([]byte(name)); err != nil {
		panic(err)
	}
	return c
}
