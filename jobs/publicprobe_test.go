package jobs

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/probe"
	"github.com/kairan-news/kairan/internal/store"
)

// cache answers as what stands before the site: with what the site has, or had when it was
// frozen.
type cache struct {
	*house
	frozen map[string][]byte
}

func (c *cache) Get(_ context.Context, r fetch.Request) (*fetch.Response, error) {
	key, ok := feeds.ParseDocumentPath(strings.TrimPrefix(r.URL, "https://news.example/"))
	if !ok {
		c.Fatalf("%s was asked", r.URL)
	}
	body := c.frozen[key.Path()]
	if body == nil {
		body = c.document(key.Channel.String(), key.Format).Body
	}
	return &fetch.Response{Status: 200, URL: r.URL, ContentType: key.Format.MediaType(), Body: body, Took: time.Millisecond}, nil
}

// freeze has the cache ask no more.
func (c *cache) freeze() {
	c.frozen = map[string][]byte{}
	for _, locale := range []string{"en", "ja"} {
		for _, format := range feeds.Formats() {
			key := feeds.DocumentKey{Channel: feeds.Channel{Locale: locale, Kind: feeds.ChannelAll}, Format: format}
			c.frozen[key.Path()] = c.document(key.Channel.String(), format).Body
		}
	}
}

// probed is what is kept after another round.
func (h *house) probed() flow.Probe {
	h.Helper()
	h.pass(time.Minute)
	if err := (&probeWorker{engine: h.Engine}).Work(h.Context(), &river.Job[ProbeArgs]{JobRow: &rivertype.JobRow{}}); err != nil {
		h.Fatal(err)
	}
	seen, err := probe.Seen(h.Context(), h.Store)
	if err != nil {
		h.Fatal(err)
	}
	return seen
}

// probing is a city whose public address is probed.
func probing(t *testing.T) (*house, *cache) {
	h := city(t)
	h.Patient = true
	c := &cache{house: h}
	plan := h.planFor("first", same)
	plan.Probe = &probe.Prober{
		Settings: probe.Settings{URL: "https://news.example", Every: time.Minute, MaxAge: time.Minute},
		Client:   c, Memory: h.Store, Log: PublicLog{h.Store, plan.Publisher.Composer}, Now: h.now,
	}
	h.reload(plan)
	return h, c
}

func TestTheDocumentsOfAStoreAreWhatTheProbeExpects(t *testing.T) {
	h, c := probing(t)
	for range 12 { // each document of both locales
		if seen := h.probed(); seen.Failing != nil || seen.Last.IsZero() {
			t.Fatalf("%s: %+v", seen.Document, seen.Failing)
		}
	}
	c.freeze()
	h.serve("https://city.example/feed", body(news(1, 2, 3, 4)))
	h.collect("news")
	h.publishAll()
	published := h.channel("en/all").Revision
	for minute := range 10 {
		seen := h.probed()
		age := h.now().Sub(time.UnixMilli(published))
		if (seen.Failing != nil) != (age >= 6*time.Minute) {
			t.Fatalf("in minute %d, %v after it was published: %+v", minute, age, seen.Failing)
		}
		if minute == 9 && (seen.Reason != flow.ProbeStale || seen.Failing.Count < 2 || !strings.Contains(seen.Failing.Error, "lacks urn:uuid:")) {
			t.Errorf("saw %s, %+v", seen.Reason, seen.Failing)
		}
	}
	c.frozen = nil
	var seen flow.Probe
	for range 4 {
		seen = h.probed()
	}
	if seen.Failing != nil {
		t.Errorf("it is mended, and fails: %+v", seen.Failing)
	}
	if n := strings.Count(h.log.String(), "the public address is not as readers need it"); n != 1 || !strings.Contains(h.log.String(), "as readers need it again") {
		t.Errorf("%d lines of the log tell it:\n%s", n, h.log)
	}
}

func TestAWithdrawalIsExpectedToo(t *testing.T) {
	h, c := probing(t)
	h.probed()
	c.freeze()
	article := h.articles()[0].Article
	if _, err := h.Store.Erase(t.Context(), store.Erasure{ID: article.ID, Reason: "a name", Touched: h.plan.Load().Site.Touched, Now: h.now()}); err != nil {
		t.Fatal(err)
	}
	var seen flow.Probe
	for range 9 {
		seen = h.probed()
	}
	if seen.Failing == nil || seen.Reason != flow.ProbeStale {
		t.Errorf("a document that shows what was erased is as it is to be: %+v", seen)
	}
}

func TestAProbeIsDueByThePlanInForce(t *testing.T) {
	h, _ := probing(t)
	due := func(want bool, remark string) {
		t.Helper()
		if got := h.probeIsDue(); got != want {
			t.Errorf("%s: due %v, want %v", remark, got, want)
		}
	}
	due(true, "the first")
	due(false, "at once again")
	h.pass(time.Minute - 500*time.Millisecond)
	due(true, "a minute later, as near as the schedule comes")
	h.Engine.plan.Load().Probe.Settings.Every = time.Hour
	h.pass(2 * time.Minute)
	due(false, "within an hour that another plan wants")
	if next := (probeSchedule{h.Engine}).Next(noon); !next.Equal(noon.Add(time.Minute)) {
		t.Errorf("a reload is heeded at %v", next)
	}
	h.pass(-3 * time.Hour) // the clock was put back
	due(true, "after a clock that was ahead")
	h.probed()
	h.reload(h.planFor("first", same))
	due(false, "without a probe")
	if seen, err := probe.Seen(t.Context(), h.Store); err != nil || seen != (flow.Probe{}) {
		t.Errorf("what is kept of a probe that is no more: %+v, %v", seen, err)
	}
}

// TestOneProcessProbes proves that the queue takes the job, and once.
func TestOneProcessProbes(t *testing.T) {
	h, _ := probing(t)
	skipped := 0
	for range 2 {
		e := h.another(Config{Patient: true})
		put, err := e.queue.InsertMany(t.Context(), []river.InsertManyParams{{Args: ProbeArgs{}}})
		if err != nil {
			t.Fatal(err)
		}
		if put[0].UniqueSkippedAsDuplicate {
			skipped++
		}
	}
	if skipped != 1 {
		t.Errorf("%d of two probes are skipped", skipped)
	}
}
