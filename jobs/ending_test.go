package jobs

import (
	"cmp"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/check"
	"github.com/kairan-news/kairan/internal/normalize"
	"github.com/kairan-news/kairan/internal/web"
)

// planFor returns a plan for another configuration of the site.
func (h *house) planFor(fingerprint string, change func(*feeds.Site)) *Plan {
	h.Helper()
	bundle, err := bundles()
	if err != nil {
		h.Fatal(err)
	}
	p := *h.newPlan()
	site := *testSite(h.T)
	site.Locales = []feeds.Locale{{Tag: "en", Chain: []string{"en"}}, {Tag: "ja", Chain: []string{"ja", "en"}}}
	change(&site)
	p.Site, p.Fingerprint, p.RulesFingerprint = &site, fingerprint, fingerprint
	p.Mapper = normalize.NewMapper(site.Categories, bundle.Labels("category."), nil)
	p.Publisher = h.publisher(&site, bundle)
	planned := slices.Clone(h.planned)
	for i := range planned {
		planned[i].Source.Publisher = site.Publishers[0].Key
		planned[i].Source.DefaultCategories = []string{site.Categories[0].Term}
	}
	return NewPlan(p, planned, false)
}

// reload works by another plan from now on, and does what there is to do.
func (h *house) reload(p *Plan) {
	h.Helper()
	if err := h.Adopt(h.Context(), p); err != nil {
		h.Fatal(err)
	}
	h.remap()
	h.publishAll()
}

func (h *house) remap() {
	h.Helper()
	if err := (&remapWorker{engine: h.Engine}).Work(h.Context(), &river.Job[RemapArgs]{JobRow: &rivertype.JobRow{}}); err != nil {
		h.Fatal(err)
	}
}

// publishAll publishes what is marked, by its jobs.
func (h *house) publishAll() {
	h.Helper()
	h.pass(time.Minute)
	marks, err := h.Store.Marked(h.Context())
	if err != nil {
		h.Fatal(err)
	}
	for _, p := range h.publishJobs(marks, h.now()) {
		if err := (&publishWorker{engine: h.Engine}).Work(h.Context(), &river.Job[PublishArgs]{JobRow: &rivertype.JobRow{}, Args: p.Args.(PublishArgs)}); err != nil {
			h.Fatal(err)
		}
	}
}

func (h *house) maintain() {
	h.Helper()
	if err := (&maintainWorker{engine: h.Engine}).Work(h.Context(), &river.Job[MaintainArgs]{JobRow: &rivertype.JobRow{}}); err != nil {
		h.Fatal(err)
	}
}

// document returns a channel's document in a format, which passes the check.
func (h *house) document(channel string, format feeds.Format) feeds.Document {
	h.Helper()
	c, _ := feeds.ParseChannel(channel)
	made, err := h.Engine.plan.Load().Publisher.Composer.Make(h.Context(), c, 0, format)
	if err != nil {
		h.Fatalf("%s.%s: %v", channel, format, err)
	}
	d := made.Documents[0]
	if d.Fault != nil || check.Document(format, d.Body) != nil {
		h.Errorf("%s.%s: %v", channel, format, d.Fault)
	}
	return d.Document
}

// channel is the state of a channel.
func (h *house) channel(name string) feeds.ChannelState {
	h.Helper()
	state, _, err := h.Store.Channel(h.Context(), channelNamed(name))
	if err != nil {
		h.Fatal(err)
	}
	return state
}

// documents are made by the plan that is worked by.
type documents struct{ *house }

func (d documents) Published(ctx context.Context) (feeds.Published, error) {
	return d.Store.Published(ctx)
}

func (d documents) Make(ctx context.Context, c feeds.Channel, archive int, formats ...feeds.Format) (feeds.Made, error) {
	return d.Engine.plan.Load().Publisher.Composer.Make(ctx, c, archive, formats...)
}

// settings are those of the plan.
func (h *house) settings() web.Settings {
	plan := h.Engine.plan.Load()
	return web.Settings{Site: plan.Site, Bundle: plan.Publisher.Composer.Bundle, Words: plan.Fingerprint}
}

// shelf holds the documents as they are now.
func (h *house) shelf() *web.Shelf {
	h.Helper()
	shelf := web.NewShelf(web.ShelfConfig{Documents: documents{h}, Settings: h.settings})
	ctx, stop := context.WithCancel(h.Context())
	done := make(chan struct{})
	go func() { defer close(done); _ = shelf.Run(ctx) }()
	defer func() { stop(); <-done }()
	for shelf.Ready() != nil {
		time.Sleep(time.Millisecond)
	}
	return shelf
}

// expectCopied tells what a copy of the site has at an address: 200, 410, or 0 for
// nothing.
func (h *house) expectCopied(status int, paths ...string) {
	h.Helper()
	copied := map[string]int{}
	closed, err := h.Store.ClosedArchives(h.Context())
	if err != nil {
		h.Fatal(err)
	}
	for _, a := range web.Addresses(h.settings(), h.shelf(), closed) {
		if copied[a.Path] != 0 {
			h.Errorf("%s is copied twice", a.Path)
		}
		copied[a.Path] = cmp.Or(a.Status, http.StatusOK)
	}
	for _, path := range paths {
		if copied[path] != status {
			h.Errorf("a copy has %d at %s; want %d", copied[path], path, status)
		}
	}
}

// get asks a public site that was just started, and follows no redirect.
func (h *house) get(path string, header ...string) (status int, location, body string) {
	h.Helper()
	plan := h.Engine.plan.Load()
	shelf := h.shelf()
	handler := web.Public(web.Config{
		Settings: h.settings,
		Shelf:    shelf, Channels: plan.Publisher.Composer, Log: slog.New(slog.DiscardHandler),
	})
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, r)
	text, err := io.ReadAll(w.Body)
	if err != nil {
		h.Fatal(err)
	}
	return w.Code, w.Header().Get("Location"), string(text)
}

// expectAnswer asks for an address.
func (h *house) expectAnswer(path string, status int, has string, header ...string) {
	h.Helper()
	got, location, body := h.get(path, header...)
	if got != status || !strings.Contains(location+body, has) {
		h.Errorf("%s answers %d %s %.300q; want %d with %q", path, got, location, body, status, has)
	}
}

func same(*feeds.Site) {}

func withoutCulture(s *feeds.Site) { s.Categories = s.Categories[1:] }

// city is a house that has collected and published.
func city(t *testing.T) *house {
	h := newHouse(t)
	h.serve("https://city.example/feed", body(news(1, 2, 3)))
	h.add("news", "https://city.example/feed", "@hourly", func(s *feeds.Source) { s.DefaultCategories = []string{"culture"} })
	h.reload(h.planFor("first", same))
	h.collect("news")
	h.publishAll()
	return h
}

// TestTheEndOfAChannel proves what readers of a category meet that is taken out of the
// configuration.
func TestTheEndOfAChannel(t *testing.T) {
	h := city(t)
	before := h.document("en/culture", feeds.RSS)
	if before.Entries != 3 {
		t.Fatalf("%d entries", before.Entries)
	}
	day := h.now()
	h.reload(h.planFor("second", withoutCulture))

	// The last entry stands in every format of each channel, above what was there.
	for _, channel := range []string{"en/culture", "ja/culture", "en/only/culture"} {
		for _, format := range feeds.Formats() {
			d := h.document(channel, format)
			c, _ := feeds.ParseChannel(channel)
			if text := string(d.Body); !strings.Contains(text, feeds.EndingID("test", c, day)) || !strings.Contains(text, "Notice 3") || d.Entries != 4 {
				t.Errorf("%s.%s has %d entries:\n%.2000s", channel, format, d.Entries, text)
			}
		}
	}
	h.expectAnswer("/en/culture.atom", 200, "The Channel “Culture – News from Tokyo and Its Partner Cities” Has Ended")
	h.expectAnswer("/ja/culture.rss", 200, "終了")
	h.expectAnswer("/en/culture.json", 200, `https://news.example/en/`)
	h.expectAnswer("/en/culture", 200, "Has Ended")
	h.expectAnswer("/en/culture.rss", 302, "/en/culture", "Sec-Fetch-Dest", "document")
	h.expectAnswer("/en/environment.rss", 200, "")
	h.expectAnswer("/en/nonsense.rss", 404, "")
	h.expectCopied(200, "/en/culture", "/en/culture.rss", "/ja/only/culture", "/en/environment")

	// It changes no more, whatever runs again, and its day stays.
	ended := h.channel("en/culture")
	h.pass(time.Hour)
	h.reload(h.planFor("third", withoutCulture))
	h.maintain()
	h.publishAll()
	if now := h.channel("en/culture"); now != ended {
		t.Errorf("state %+v after %+v", now, ended)
	}

	// After 90 days by the clock, it is gone.
	h.pass(day.Add(lastEntryTime - time.Minute).Sub(h.now()))
	h.maintain()
	h.expectAnswer("/en/culture.rss", 200, "Has Ended")
	h.pass(2 * time.Minute)
	h.maintain()
	for _, path := range []string{"/en/culture.rss", "/en/culture.atom", "/ja/culture.json", "/en/only/culture.json", "/en/culture"} {
		h.expectAnswer(path, 410, "")
	}
	h.expectAnswer("/ja/culture", 410, `lang="ja"`)
	h.expectAnswer("/ja/culture.rss", 410, `lang="ja"`, "Sec-Fetch-Dest", "document")
	h.publishAll()
	h.expectAnswer("/en/culture.rss", 410, "")
	h.expectCopied(410, "/en/culture", "/en/culture.rss", "/ja/only/culture.atom", "/ja/only/culture")
	h.expectCopied(200, "/en/environment", "/en/environment.rss")

	// One that comes back is made anew.
	h.reload(h.planFor("fourth", same))
	if d := h.document("en/culture", feeds.JSONFeed); d.Entries != 3 || strings.Contains(string(d.Body), "Has Ended") {
		t.Errorf("%d entries", d.Entries)
	}
	h.expectAnswer("/en/culture.rss", 200, "Notice 3")
}

// TestTheArchivesOfAnEndedChannel proves that they are made by the site that had the
// channel, as long as its last entry is up, and hold no more than they did.
func TestTheArchivesOfAnEndedChannel(t *testing.T) {
	h := newHouse(t)
	var many []int
	for n := range 160 {
		many = append(many, n+1)
	}
	h.serve("https://city.example/feed", body(news(many...)))
	h.add("news", "https://city.example/feed", "@hourly", func(s *feeds.Source) { s.DefaultCategories = []string{"culture"} })
	h.reload(h.planFor("first", same))
	h.collect("news")
	h.pass(72 * time.Hour) // so that the live document needs them no longer
	h.serve("https://city.example/feed", body(news(append(many, 161)...)))
	h.collect("news")
	h.publishAll()
	if state := h.channel("ja/culture"); state.Archives != 2 {
		t.Fatalf("%d archives", state.Archives)
	}
	_, _, before := h.get("/ja/culture.1.atom")
	h.reload(h.planFor("second", func(s *feeds.Site) {
		s.Locales = s.Locales[:1]
		withoutCulture(s)
	}))
	// The rules of filing changed as well: entries may name other categories.
	category := regexp.MustCompile(`\s*<category [^>]*/>`)
	status, _, after := h.get("/ja/culture.1.atom")
	before, after = category.ReplaceAllString(before, ""), category.ReplaceAllString(after, "")
	if status != http.StatusOK || strings.Count(after, "<entry") != 50 || after != before {
		t.Errorf("status %d:\n%s", status, gocmp.Diff(before, after))
	}
	if _, _, live := h.get("/ja/culture.atom"); !strings.Contains(live, "https://news.example/ja/culture.2.atom") {
		t.Error("the last document does not lead to its archives")
	}
	h.pass(lastEntryTime)
	h.maintain()
	h.expectAnswer("/ja/culture.1.atom", 410, "")
	h.expectAnswer("/ja/culture.2.rss", 410, "")
	h.expectAnswer("/ja/culture.3.rss", 404, "")
}

// TestAChannelThatComesBackInTime proves that a mistake can be taken back.
func TestAChannelThatComesBackInTime(t *testing.T) {
	h := city(t)
	h.reload(h.planFor("second", withoutCulture))
	h.reload(h.planFor("third", same))
	if d := h.document("en/culture", feeds.RSS); d.Entries != 3 || strings.Contains(string(d.Body), "Has Ended") {
		t.Errorf("%d entries", d.Entries)
	}
	h.pass(2 * lastEntryTime)
	h.maintain()
	h.expectAnswer("/en/culture.rss", 200, "Notice 3")
}

// TestTheEndOfALocaleAndOfAPublisher proves the same of what else a channel is of.
func TestTheEndOfALocaleAndOfAPublisher(t *testing.T) {
	h := city(t)
	h.reload(h.planFor("second", func(s *feeds.Site) {
		s.Locales = s.Locales[:1]
		s.Publishers = append([]feeds.Publisher{}, s.Publishers...)
		s.Publishers[0].Key = "other"
	}))
	for _, channel := range []string{"ja/all", "ja/culture", "ja/everything", "en/from/city", "ja/from/city"} {
		for _, format := range feeds.Formats() {
			if d := h.document(channel, format); d.Entries < 1 {
				t.Errorf("%s.%s has %d entries", channel, format, d.Entries)
			}
		}
	}
	h.expectAnswer("/ja/all.json", 200, "終了")
	h.expectAnswer("/ja/all.json", 200, "https://news.example/en/")
	h.expectAnswer("/ja/", 200, "Has Ended")
	h.expectAnswer("/en/from/city.rss", 200, "Has Ended")
	h.pass(lastEntryTime)
	h.maintain()
	h.expectAnswer("/ja/", 410, "")
	h.expectAnswer("/ja/all.json", 410, "")
	h.expectAnswer("/en/from/city", 410, "")
}

// TestARename proves that the addresses of a category and of a publisher lead to the
// new ones, and that no article changes its id.
func TestARename(t *testing.T) {
	h := city(t)
	ids := func() (ids []string) {
		t.Helper()
		parts, err := feeds.TakeApart(feeds.Atom, h.document("en/all", feeds.Atom).Body)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range parts.All {
			ids = append(ids, p.ID)
		}
		return ids
	}
	before := ids()
	h.reload(h.planFor("second", func(s *feeds.Site) {
		s.Categories = []feeds.Category{{Term: "arts", Formerly: []string{"culture"}}, s.Categories[1]}
		s.Publishers = append([]feeds.Publisher{}, s.Publishers...)
		s.Publishers[0].Key, s.Publishers[0].Formerly = "town", []string{"city"}
	}))
	for path, want := range map[string]string{
		"/en/culture.rss":        "/en/arts.rss",
		"/ja/culture.atom":       "/ja/arts.atom",
		"/en/culture.json?raw=1": "/en/arts.json?raw=1",
		"/en/culture.7.rss":      "/en/arts.7.rss",
		"/en/culture":            "/en/arts",
		"/en/culture/":           "/en/arts",
		"/en/only/culture":       "/en/only/arts",
		"/en/only/culture.atom":  "/en/only/arts.atom",
		"/en/from/city":          "/en/from/town",
		"/ja/from/city.2.json":   "/ja/from/town.2.json",
	} {
		if status, location, _ := h.get(path); status != http.StatusMovedPermanently || location != want {
			t.Errorf("%s leads by %d to %q; want %q", path, status, location, want)
		}
	}
	if d := h.document("en/arts", feeds.RSS); d.Entries != 3 {
		t.Errorf("the category has %d entries", d.Entries)
	}
	if d := h.document("en/from/town", feeds.RSS); d.Entries != 3 {
		t.Errorf("the publisher has %d entries", d.Entries)
	}
	if state := h.channel("en/culture"); state != (feeds.ChannelState{}) {
		t.Errorf("the old channel is there: %+v", state)
	}
	// The source is read again, under the publisher's new key.
	h.serve("https://city.example/feed", body(news(1, 2, 3, 4)))
	if run := h.collect("news"); run.New != 1 || run.Changed != 0 || run.Withdrawn != 0 {
		t.Errorf("the run has %d new, %d changed, %d withdrawn", run.New, run.Changed, run.Withdrawn)
	}
	h.publishAll()
	if after := ids(); len(after) != 4 || !slices.Equal(after[1:], before) {
		t.Errorf("ids %q after %q", after, before)
	}
}

// TestAMovedSiteKeepsItsIDs proves that the address of the site is in no id.
func TestAMovedSiteKeepsItsIDs(t *testing.T) {
	h := city(t)
	all := func() (ids []string) {
		for _, channel := range []string{"en/all", "ja/culture", "en/from/city"} {
			doc := string(h.document(channel, feeds.Atom).Body)
			for rest, ok := doc, true; ok; {
				var id string
				if _, rest, ok = strings.Cut(rest, "<id>"); ok {
					id, rest, _ = strings.Cut(rest, "</id>")
					ids = append(ids, id)
				}
			}
		}
		return ids
	}
	before := all()
	h.reload(h.planFor("second", func(s *feeds.Site) { s.BaseURL = "https://moved.example/news" }))
	if doc := string(h.document("en/all", feeds.Atom).Body); !strings.Contains(doc, "https://moved.example/news/en/all.atom") {
		t.Error("the site did not move")
	}
	if after := all(); len(before) < 10 || !slices.Equal(before, after) {
		t.Errorf("ids %q after %q", after, before)
	}
}
