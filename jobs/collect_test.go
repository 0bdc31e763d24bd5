package jobs

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/source"
	"github.com/kairan-news/kairan/internal/store"
)

const cityFeed = "https://city.example/feed"

func TestSchedulesAreReadInThePublishersZone(t *testing.T) {
	h := newHouse(t)
	h.add("a", cityFeed, "0 6 * * *")
	h.serve(cityFeed, body(news(1)))
	h.collect("a")
	if due, want := h.state("a").NextDue, time.Date(2026, 11, 2, 21, 0, 0, 0, time.UTC); !due.Equal(want) {
		t.Errorf("due at %v, want 6 o'clock in Tokyo: %v", due, want)
	}
}

func TestMissedVisitsAreMadeUpOnce(t *testing.T) {
	h := newHouse(t)
	h.add("a", cityFeed, "@every 30m")
	h.serve(cityFeed, body(news(1)))
	h.collect("a")
	if jobs := h.swept(); len(jobs) > 0 && slices.ContainsFunc(jobs, isCollect) {
		t.Errorf("just collected, and %q", jobs)
	}
	h.pass(26 * time.Hour) // the service was down
	if jobs := h.swept(); !slices.Equal(slices.DeleteFunc(jobs, isPublish), []string{"collect city.example:443"}) {
		t.Errorf("after a day the sweep enqueues %q", jobs)
	}
	h.work("city.example:443")
	if runs, _ := h.Store.Runs(t.Context(), "a", 10); len(runs) != 2 {
		t.Errorf("%d runs, want the first and one that makes up for all that were missed", len(runs))
	}
	if due := h.state("a").NextDue; !due.After(h.now()) {
		t.Errorf("due at %v, now is %v", due, h.now())
	}
}

func isPublish(job string) bool { return strings.HasPrefix(job, "publish") }
func isCollect(job string) bool { return strings.HasPrefix(job, "collect") }

func TestASliceEndsAndSnoozes(t *testing.T) {
	h := newHouse(t)
	for n := range 4 {
		url := fmt.Sprint(cityFeed, n)
		h.add(fmt.Sprint("s", n), url, "@hourly")
		h.serve(url, func() (*fetch.Response, error) {
			h.pass(6 * time.Second)
			return body(news(n))()
		})
	}
	if snooze := h.work("city.example:443"); snooze != 0 {
		t.Errorf("the slice snoozes for %v", snooze)
	}
	if n := len(h.visits); n != 3 {
		t.Errorf("%d sources were begun within 15 s, want 3", n)
	}
	if snooze := h.work("city.example:443"); snooze != -1 || len(h.visits) != 4 {
		t.Errorf("the next slice snoozes for %v after %d sources", snooze, len(h.visits))
	}
}

func TestAHostHasOneJob(t *testing.T) {
	h := newHouse(t)
	for n := range 3 {
		h.add(fmt.Sprint("s", n), fmt.Sprint(cityFeed, n), "@hourly")
	}
	h.add("other", "https://other.example/feed", "@hourly")
	spied := h.swept()
	if want := []string{"collect other.example:443", "collect city.example:443"}; !slices.Equal(slices.DeleteFunc(spied, isPublish), want) {
		t.Errorf("the sweep enqueues %q, want %q", spied, want)
	}
	// The queue itself takes a second one for neither.
	jobs := []river.InsertManyParams{{Args: CollectArgs{Host: "city.example:443"}}}
	for i := range 2 {
		results, err := h.queued.queue.InsertMany(t.Context(), jobs)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := results[0].UniqueSkippedAsDuplicate, i == 1; got != want {
			t.Errorf("insertion %d was skipped: %v, want %v", i+1, got, want)
		}
	}
}

func TestAFailureIsARowOfItsRunAndOthersGoOn(t *testing.T) {
	h := newHouse(t)
	h.add("bad", "https://city.example/bad", "@hourly")
	h.add("good", cityFeed, "@hourly")
	h.serve("https://city.example/bad", body("<html><title>Welcome</title>"))
	h.serve(cityFeed, body(news(1, 2)))
	if snooze := h.work("city.example:443"); snooze != -1 {
		t.Errorf("the job snoozes for %v", snooze)
	}
	if r := h.last("bad"); r.Outcome != store.RunFailed || r.Error == "" {
		t.Errorf("the bad run is %+v", r)
	}
	if r := h.last("good"); r.Outcome != store.RunOK || r.New != 2 {
		t.Errorf("the good run is %+v", r)
	}
	if s := h.state("bad"); s.Failures != 1 || !s.NextDue.After(noon.Add(time.Hour)) {
		t.Errorf("the bad state is %+v", s)
	}
}

func TestAStopHandsBack(t *testing.T) {
	t.Run("before a source", func(t *testing.T) {
		h := newHouse(t)
		h.add("a", cityFeed, "@hourly")
		h.Stop(t.Context())
		if snooze := h.work("city.example:443"); snooze != 0 || len(h.visits) != 0 {
			t.Errorf("snoozes for %v after %d visits", snooze, len(h.visits))
		}
	})
	t.Run("amid a source", func(t *testing.T) {
		h := newHouse(t)
		h.add("a", cityFeed, "@hourly")
		ctx, cancel := context.WithCancel(t.Context())
		h.serve(cityFeed, func() (*fetch.Response, error) {
			cancel()
			return nil, &fetch.Error{Kind: fetch.KindCanceled, URL: cityFeed}
		})
		err := (&collectWorker{engine: h.Engine}).Work(ctx, &river.Job[CollectArgs]{Args: CollectArgs{Host: "city.example:443"}})
		if _, ok := err.(*river.JobSnoozeError); !ok {
			t.Errorf("the job ends with %v, want a snooze", err)
		}
		if s := h.state("a"); s.Failures != 0 || !s.LastRun.IsZero() || h.last("a").ID != 0 {
			t.Errorf("the source is blamed: %+v", s)
		}
	})
}

func TestThrottledHostsAreLeftAlone(t *testing.T) {
	throttled := &fetch.Error{Kind: fetch.KindHTTPStatus, Status: 429, URL: cityFeed, RetryAfter: noon.Add(3 * time.Hour)}
	for _, test := range []struct {
		remark    string
		hostwide  bool
		otherDue  time.Time
		otherRuns int
	}{
		{"by default the source alone", false, noon, 0},
		{"retry_after_scope: host delays all sources of the host", true, noon.Add(3 * time.Hour), 1},
	} {
		t.Run(test.remark, func(t *testing.T) {
			h := newHouse(t)
			h.add("a", cityFeed, "@hourly", func(s *feeds.Source) { s.RetryAfterHost = test.hostwide })
			h.add("b", "https://city.example/b", "@hourly")
			h.add("c", "https://other.example/c", "@hourly")
			h.serve(cityFeed, failing(throttled))
			if snooze := h.work("city.example:443"); snooze != throttledRest {
				t.Errorf("the slice snoozes for %v, want %v", snooze, throttledRest)
			}
			if due := h.state("a").NextDue; !due.Equal(noon.Add(3 * time.Hour)) {
				t.Errorf("the source is due at %v", due)
			}
			if l := Learn(h.state("a")); !l.NotBefore.Equal(noon.Add(3 * time.Hour)) {
				t.Errorf("operators are told %v", l.NotBefore)
			}
			if due := h.state("b").NextDue; !due.Equal(test.otherDue) {
				t.Errorf("its neighbour is due at %v, want %v", due, test.otherDue)
			}
			if runs, _ := h.Store.Runs(t.Context(), "b", 9); len(runs) != test.otherRuns || test.otherRuns > 0 && (runs[0].Outcome != store.RunSkipped || !strings.Contains(runs[0].Error, "left alone until")) {
				t.Errorf("its neighbour's runs are %+v", runs)
			}
			if due := h.state("c").NextDue; !due.Equal(noon) {
				t.Errorf("another host is due at %v", due)
			}
			if s := h.state("b"); s.Failures != 0 {
				t.Error("its neighbour is blamed")
			}
		})
	}
}

func TestASourceThatIsGoneIsProbedWeekly(t *testing.T) {
	h := newHouse(t)
	h.add("a", cityFeed, "@hourly")
	gone := &fetch.Error{Kind: fetch.KindHTTPStatus, Status: 410, URL: cityFeed}
	h.serve(cityFeed, failing(gone))
	h.collect("a")
	if s := h.state("a"); !s.NextDue.Equal(noon.Add(7*24*time.Hour)) || !Learn(s).Gone.Equal(noon) {
		t.Fatalf("due at %v, gone since %v", s.NextDue, Learn(s).Gone)
	}
	// Another failure does not hasten it.
	h.pass(7 * 24 * time.Hour)
	h.serve(cityFeed, failing(&fetch.Error{Kind: fetch.KindTimeout, URL: cityFeed}))
	h.collect("a")
	if s := h.state("a"); !s.NextDue.Equal(h.now().Add(7*24*time.Hour)) || !Learn(s).Gone.Equal(noon) {
		t.Errorf("after another failure: due at %v, gone since %v", s.NextDue, Learn(s).Gone)
	}
	// A person resumes it.
	if known, err := h.Store.Resume(t.Context(), "a", h.now()); err != nil || !known {
		t.Fatal(known, err)
	}
	if s := h.state("a"); !s.NextDue.Equal(h.now()) || !Learn(s).Gone.IsZero() {
		t.Errorf("resumed: due at %v, gone since %v", s.NextDue, Learn(s).Gone)
	}
	h.collect("a") // the timeout is now a failure like any other
	if s := h.state("a"); s.NextDue.After(h.now().Add(3*time.Hour)) || !Learn(s).Gone.IsZero() {
		t.Errorf("after it was resumed: due at %v, gone since %v", s.NextDue, Learn(s).Gone)
	}
	// And it answers again.
	h.serve(cityFeed, failing(gone))
	h.collect("a")
	h.serve(cityFeed, body(news(1)))
	h.collect("a")
	if s := h.state("a"); s.Failures != 0 || !Learn(s).Gone.IsZero() || s.NextDue.After(h.now().Add(time.Hour)) {
		t.Errorf("after an answer: %+v", s)
	}
}

func TestOurOwnNetworkIsNobodysFailure(t *testing.T) {
	h := newHouse(t)
	var ids []string
	for n := range 6 {
		id, url := fmt.Sprint("s", n), fmt.Sprintf("https://city%d.example/feed", n)
		ids = append(ids, id)
		h.add(id, url, "@daily")
		h.serve(url, failing(&fetch.Error{Kind: fetch.KindDNS, URL: url, What: "no such host"}))
	}
	for _, id := range ids {
		h.collect(id)
	}
	for _, id := range ids {
		if s := h.state(id); s.Failures != 0 || s.NextDue.After(noon.Add(2*time.Minute)) {
			t.Errorf("%s: %d failures, due at %v", id, s.Failures, s.NextDue)
		}
	}
	if r := h.last("s5"); r.Outcome != store.RunSkipped || !strings.Contains(r.Error, "our own network") {
		t.Errorf("the last run is %+v", r)
	}
	if n := strings.Count(h.log.String(), "our own network"); n != 1 {
		t.Errorf("the log says it %d times:\n%s", n, h.log)
	}
	if down, err := NetworkDown(t.Context(), h.Store, h.now()); err != nil || !down.Equal(noon) {
		t.Errorf("operators are told %v, %v", down, err)
	}
	h.pass(time.Minute)
	for n, id := range ids {
		h.serve(fmt.Sprintf("https://city%d.example/feed", n), body(news(1)))
		h.collect(id)
	}
	if !strings.Contains(h.log.String(), "hosts can be reached again") {
		t.Errorf("the log does not say that it is over:\n%s", h.log)
	}
	if down, err := NetworkDown(t.Context(), h.Store, h.now()); err != nil || !down.IsZero() {
		t.Errorf("operators are told %v, %v", down, err)
	}
}

func TestOneDeadHostAmongMany(t *testing.T) {
	h := newHouse(t)
	for n := range 6 {
		id, url := fmt.Sprint("s", n), fmt.Sprintf("https://city%d.example/feed", n)
		h.add(id, url, "@daily")
		h.serve(url, body(news(n)))
		h.collect(id)
	}
	h.serve("https://city5.example/feed", failing(&fetch.Error{Kind: fetch.KindDNS, URL: "https://city5.example/feed"}))
	if r := h.collect("s5"); r.Outcome != store.RunFailed || h.state("s5").Failures != 1 {
		t.Errorf("the run is %+v", r)
	}
}

func TestWhatIsMissingIsWithdrawnOnceItsPageIsGone(t *testing.T) {
	h := newHouse(t)
	h.add("a", cityFeed, "@hourly")
	page := func(n int) string { return fmt.Sprint("https://city.example/n/", n) }
	h.serve(page(4), body("<html>It is still there.</html>"))
	h.serve(cityFeed, body(news(1, 2, 3, 4, 5, 6, 7, 8, 9)))
	h.collect("a")
	h.serve(cityFeed, body(news(2, 5, 6, 8, 9))) // 1 has left the window; 3, 4 and 7 are missing
	if r := h.collect("a"); r.Withdrawn != 0 || h.askedFor(page(3)) != 0 {
		t.Fatalf("missing once: %+v", r)
	}
	r := h.collect("a") // the document did not change: it leaves them out a second time
	if r.Withdrawn != 2 {
		t.Errorf("missing twice: %+v", r)
	}
	if h.askedFor(page(1)) != 0 || h.askedFor(page(4)) != 1 {
		t.Error("pages that have left the window were asked, or those that are missing were not")
	}
	h.serve(cityFeed, body(news(2, 5, 6, 8, 9, 10)))
	h.collect("a")
	if h.askedFor(page(4)) != 1 {
		t.Error("a page that is there was asked again at once")
	}
	if s := h.state("a"); s.Missing != 1 {
		t.Errorf("%d are missing, want the one whose page is there", s.Missing)
	}
}

func TestProbesAreFewAndEndWhereAHostWantsLess(t *testing.T) {
	h := newHouse(t)
	h.add("a", cityFeed, "@hourly")
	h.serve(cityFeed, body(news(1, 2, 3, 4, 5, 6, 7, 8, 9)))
	h.collect("a")
	h.serve(cityFeed, body(news(1, 8, 9, 10, 11)))
	h.collect("a")
	if r := h.collect("a"); r.Withdrawn != mostProbes {
		t.Errorf("the run is %+v, want %d withdrawn", r, mostProbes)
	}
	for n := range 10 {
		url := fmt.Sprint("https://city.example/n/", n)
		h.serve(url, failing(&fetch.Error{Kind: fetch.KindHTTPStatus, Status: 429, URL: url}))
	}
	before := len(h.asked)
	h.collect("a")
	if n := len(h.asked) - before; n != 2 {
		t.Errorf("%d requests, want the feed and one page", n)
	}
}

func TestAHeldSourceTellsWhyAndIsReleased(t *testing.T) {
	h := newHouse(t)
	h.add("a", cityFeed, "@hourly")
	h.serve(cityFeed, body(news(1, 2, 3, 4, 5, 6, 7, 8, 9)))
	h.collect("a")
	h.serve(cityFeed, body(rss(item(20, "New"), item(9, "Corrected"))))
	r := h.collect("a")
	if r.Outcome != store.RunHeld || r.New != 1 || r.Changed != 0 {
		t.Fatalf("the run is %+v", r)
	}
	// The same document is read again; nothing is concluded from its digest.
	if r := h.collect("a"); r.Outcome != store.RunHeld {
		t.Errorf("the next run is %+v", r)
	}
	if held, err := h.Store.Release(t.Context(), "a", h.now()); err != nil || !held {
		t.Fatal(held, err)
	}
	if r := h.collect("a"); r.Outcome != store.RunOK || r.Changed != 1 {
		t.Errorf("released: %+v", r)
	}
}

func TestVolatileSourcesAreNotHeld(t *testing.T) {
	h := newHouse(t)
	h.add("a", cityFeed, "@hourly", func(s *feeds.Source) { s.Volatile = true })
	h.serve(cityFeed, body(news(1, 2, 3, 4, 5, 6, 7, 8, 9)))
	h.collect("a")
	h.serve(cityFeed, body(rss(item(9, "Corrected"))))
	if r := h.collect("a"); r.Outcome != store.RunOK || r.Changed != 1 {
		t.Errorf("the run is %+v", r)
	}
}

// TestChangesAreCorrectionsWhereASourceSaysSo follows a changed text to its readers.
func TestChangesAreCorrectionsWhereASourceSaysSo(t *testing.T) {
	for _, test := range []struct {
		asks bool
		want int
	}{{false, 0}, {true, 1}} {
		h := newHouse(t)
		h.add("a", cityFeed, "@hourly", func(s *feeds.Source) { s.ChangesCorrect = test.asks })
		h.serve(cityFeed, body(news(1, 2)))
		h.reload(h.planFor("first", same))
		h.collect("a")
		h.publishAll()
		h.pass(25 * time.Hour)
		h.serve(cityFeed, body(rss(item(2, "Notice 2"), item(1, "Another"))))
		if r := h.collect("a"); r.Changed != 1 {
			t.Errorf("the run is %+v", r)
		}
		h.publishAll()
		for format, mark := range map[feeds.Format]string{feeds.RSS: "<k:corrected>2026-11-03T13:02:00Z", feeds.Atom: "<k:corrected>2026-11-03T13:02:00Z", feeds.JSONFeed: `"corrected": "2026-11-03T13:02:00Z"`} {
			text := string(h.document("en/all", format).Body)
			if n := strings.Count(text, mark); n != test.want {
				t.Errorf("asked for: %v; %s tells %d corrections, want %d\n%s", test.asks, format, n, test.want, text)
			}
			if n := strings.Count(text, "<em>Corrected on"); n != test.want {
				t.Errorf("asked for: %v; %s has %d notes, want %d", test.asks, format, n, test.want)
			}
		}
	}
}

func TestADocumentThatIsCutOffSaysNothingOfWhatItLacks(t *testing.T) {
	h := newHouse(t)
	h.add("a", cityFeed, "@hourly")
	whole := news(1, 2, 3, 4, 5, 6, 7, 8, 9)
	h.serve(cityFeed, body(whole))
	h.collect("a")
	h.serve(cityFeed, body(whole[:len(whole)/3]))
	if r := h.collect("a"); r.Outcome == store.RunHeld || r.New+r.Changed != 0 {
		t.Errorf("the run is %+v", r)
	}
	if s := h.state("a"); s.Missing != 0 {
		t.Errorf("%d are missing", s.Missing)
	}
}

func TestWhatCameInPartIsComparedWithTheNextDocument(t *testing.T) {
	h := newHouse(t)
	h.add("city", cityFeed, "@hourly")
	before, changed := rss(item(2, "Bridge closed"), item(1, "Park")), rss(item(2, "Bridge open"), item(1, "Park"))
	h.serve(cityFeed, body(before))
	h.collect("city")
	h.serve(cityFeed, func() (*fetch.Response, error) {
		got, _ := body(changed[:len(changed)-30])()
		got.Truncated = true
		return got, &fetch.Error{Kind: fetch.KindTruncated, URL: cityFeed, What: "the body ended too early"}
	})
	if r := h.collect("city"); r.Outcome != store.RunPartial || r.Changed != 1 {
		t.Fatalf("of the part came %+v", r)
	}
	h.serve(cityFeed, body(before)) // the publisher thought better of it
	if r := h.collect("city"); r.Outcome != store.RunOK || r.Changed != 1 {
		t.Errorf("of the document that was there before came %+v", r)
	}
	if r := h.collect("city"); r.Outcome != store.RunUnchanged {
		t.Errorf("of the same again came %+v", r)
	}
}

func TestTermsWithoutACategoryAreCounted(t *testing.T) {
	h := newHouse(t)
	h.add("a", cityFeed, "@hourly")
	with := func(n int, category string) string {
		return strings.Replace(item(n, "Notice"), "</item>", "<category>"+category+"</category></item>", 1)
	}
	h.serve(cityFeed, body(rss(with(1, "Zebra"), with(2, "Zebra"), with(3, "Abacus"), with(4, "Environnement"))))
	h.collect("a")
	want := []Unmapped{{"Zebra", 2}, {"Abacus", 1}}
	if got := Learn(h.state("a")).Unmapped; !slices.Equal(got, want) {
		t.Errorf("unmapped are %v, want %v", got, want)
	}
	h.collect("a") // unchanged
	if got := Learn(h.state("a")).Unmapped; !slices.Equal(got, want) {
		t.Errorf("after an unchanged run: %v", got)
	}
}

func TestCredentialsGoToTheSource(t *testing.T) {
	h := newHouse(t)
	h.add("a", cityFeed, "@hourly", func(s *feeds.Source) { s.Credentials = feeds.Credentials{User: "kairan", Password: "NEWS_PASSWORD"} })
	h.serve(cityFeed, body(news(1)))
	h.collect("a")
	if c := h.asked[0].Credentials; c.User != "kairan" || c.Password != "secret of NEWS_PASSWORD" {
		t.Errorf("sent were %#v %q", c.User, c.Password)
	}
	h.plan.Load().Collector.Secret = func(name string) (string, error) { return "", fmt.Errorf("the environment has no %s", name) }
	if r := h.collect("a"); r.Outcome != store.RunFailed || !strings.Contains(r.Error, "NEWS_PASSWORD") || len(h.asked) != 1 {
		t.Errorf("the run without the secret is %+v", r)
	}
}

func TestALanguageThatIsConfiguredLaterReachesWhatIsKnown(t *testing.T) {
	h := newHouse(t)
	h.add("a", cityFeed, "@hourly")
	h.serve(cityFeed, body(strings.ReplaceAll(news(1, 2, 3, 4, 5, 6), "<language>en</language>", "<language>fr</language>")))
	h.collect("a")
	h.planned[0].Source.Language = "en"
	if err := h.Adopt(t.Context(), h.newPlan()); err != nil {
		t.Fatal(err)
	}
	// The document did not change, and the articles are the same ones.
	if r := h.collect("a"); r.Outcome != store.RunOK || r.New != 0 || r.Changed != 6 {
		t.Errorf("the run is %+v", r)
	}
	live, err := h.Store.Live(t.Context())
	if err != nil || live.Languages["en"] != 6 || live.Languages["fr"] != 0 {
		t.Errorf("live are %+v, %v", live, err)
	}
	if r := h.collect("a"); r.Outcome != store.RunUnchanged {
		t.Errorf("the next run is %+v", r)
	}
}

func TestEditionsAreOneStory(t *testing.T) {
	h := newHouse(t)
	h.add("en", "https://city.example/en.xml", "@hourly", func(s *feeds.Source) { s.Language = "en" })
	h.add("ja", "https://city.example/ja.xml", "@hourly", func(s *feeds.Source) { s.Language, s.EditionsOf = "ja", "en" })
	h.serve("https://city.example/en.xml", body(rss(item(1, "Bridge closed"))))
	h.serve("https://city.example/ja.xml", body(strings.ReplaceAll(rss(item(1, "橋の通行止め")), "/n/", "/ja/")))
	h.collect("en")
	h.collect("ja")
	records, err := h.Store.ChannelRecords(t.Context(), store.RecordFilter{}, 0, 10)
	if err != nil || len(records) != 2 || records[0].Story != records[1].Story || records[0].Article == records[1].Article {
		t.Errorf("the records are %+v, %v", records, err)
	}
}

// Sources of several hosts that redirect to one are asked beside each other; the one is
// asked by one at a time.
func TestRedirectTargetsAreAskedByOneAtATime(t *testing.T) {
	var running, most atomic.Int32
	target := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		most.Store(max(most.Load(), running.Add(1)))
		defer running.Add(-1)
		fmt.Fprint(w, news(1))
	}))
	defer target.Close()
	h := newHouse(t)
	var hosts []string
	for n := range 5 {
		s := httptest.NewServer(http.RedirectHandler(fmt.Sprint(target.URL, "/", n), http.StatusFound))
		defer s.Close()
		h.add(fmt.Sprint("s", n), s.URL+"/feed", "@hourly", func(s *feeds.Source) { s.AllowPrivate = true })
		hosts = append(hosts, Host(*h.planned[n].Source))
	}
	plan := h.newPlan()
	plan.Pause = time.Millisecond
	plan.Collector = &source.Collector{Client: fetch.New(fetch.Config{Gate: fetch.NewHostGate()}), Pause: plan.Pause}
	if err := h.Adopt(t.Context(), plan); err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for _, host := range hosts {
		all.Go(func() { h.work(host) })
	}
	all.Wait()
	for n := range hosts {
		if r := h.last(fmt.Sprint("s", n)); r.Error != "" {
			t.Error(r.Error)
		}
	}
	if most.Load() != 1 {
		t.Errorf("%d requests at once", most.Load())
	}
}
