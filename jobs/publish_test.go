package jobs

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

func TestWhenAChannelIsPublished(t *testing.T) {
	ago := func(d time.Duration) time.Time { return noon.Add(-d) }
	for _, test := range []struct {
		remark string
		mark   store.Mark
		want   bool
	}{
		{"just changed: others may follow", store.Mark{FirstChanged: ago(0), Changed: ago(0)}, false},
		{"quiet for less than two seconds", store.Mark{FirstChanged: ago(1900 * time.Millisecond), Changed: ago(1900 * time.Millisecond)}, false},
		{"quiet for two seconds", store.Mark{FirstChanged: ago(2 * time.Second), Changed: ago(2 * time.Second)}, true},
		{"never quiet, but patience ends after ten", store.Mark{FirstChanged: ago(10 * time.Second), Changed: ago(0)}, true},
		{"never quiet, for nine", store.Mark{FirstChanged: ago(9 * time.Second), Changed: ago(0)}, false},
		{"published less than thirty seconds ago", store.Mark{FirstChanged: ago(20 * time.Second), Changed: ago(20 * time.Second), Published: ago(29 * time.Second)}, false},
		{"published thirty seconds ago", store.Mark{FirstChanged: ago(20 * time.Second), Changed: ago(20 * time.Second), Published: ago(30 * time.Second)}, true},
		{"rested, but not quiet", store.Mark{FirstChanged: ago(time.Second), Changed: ago(time.Second), Published: ago(time.Hour)}, false},
		{"urgent: at once", store.Mark{FirstChanged: ago(0), Changed: ago(0), Published: ago(time.Second), Marking: store.Marking{Urgent: true}}, true},
	} {
		t.Run(test.remark, func(t *testing.T) {
			if got := ready(test.mark, noon); got != test.want {
				t.Errorf("ready: %v, want %v", got, test.want)
			}
		})
	}
}

func TestUrgentChannelsGoFirst(t *testing.T) {
	h := newHouse(t)
	h.pass(time.Minute)
	marks := []store.Mark{
		{Channel: channelNamed("en/culture"), Counter: 2, Changed: noon, FirstChanged: noon},
		{Channel: channelNamed("en/everything"), Counter: 1, Changed: noon, FirstChanged: noon}, // marked by the plan alone
		{Channel: channelNamed("en/environment"), Changed: noon, FirstChanged: noon, Marking: store.Marking{Urgent: true}},
		{Channel: channelNamed("en/all"), Changed: noon, FirstChanged: noon},
		{Channel: channelNamed("xx/all"), Changed: noon, FirstChanged: noon, Marking: store.Marking{Urgent: true}}, // no longer configured
	}
	h.swept()
	h.queued.jobs = nil
	if err := h.enqueue(t.Context(), h.publishJobs(marks, h.now())); err != nil {
		t.Fatal(err)
	}
	if want := []string{"publish en/culture 2", "publish en/everything 3", "publish en/environment 1", "publish en/all 1"}; !slices.Equal(h.queued.jobs, want) {
		t.Errorf("enqueued are %q, want %q", h.queued.jobs, want)
	}
}

func TestAPlanThatPublishesOtherwiseMarksEveryChannel(t *testing.T) {
	h := newHouse(t)
	marked := func() int {
		t.Helper()
		marks, err := h.Store.Marked(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range marks {
			if _, err := h.Store.Raise(t.Context(), feeds.Raise{Channel: m.Channel, Counter: m.Counter, Now: h.now()}); err != nil {
				t.Fatal(err)
			}
		}
		return len(marks)
	}
	all := len(testSite(t).Channels())
	adopt := func(fingerprint string) {
		t.Helper()
		plan := h.newPlan()
		plan.Fingerprint = fingerprint
		if err := h.Adopt(t.Context(), plan); err != nil {
			t.Fatal(err)
		}
	}
	adopt("one")
	if n := marked(); n != all {
		t.Errorf("the first plan marks %d channels, want %d", n, all)
	}
	adopt("one")
	if n := marked(); n != 0 {
		t.Errorf("the same plan marks %d channels", n)
	}
	adopt("two")
	if n := marked(); n != all {
		t.Errorf("another plan marks %d channels, want %d", n, all)
	}
}

func TestCollectNowAndPublishNow(t *testing.T) {
	h := newHouse(t)
	h.Engine.Now = time.Now // the queue has its own clock
	for _, id := range []string{"a", "b"} {
		h.add(id, "https://"+id+".example/feed", "@yearly")
		h.serve("https://"+id+".example/feed", body(news(1, 2)))
	}
	if err := h.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer h.Stop(t.Context())

	var told []string
	for range 2 { // the second time they are not due, and collected all the same
		runs, err := h.CollectNow(t.Context(), []string{"a", "b"}, func(r store.Run) { told = append(told, r.Source) })
		if err != nil || len(runs) != 2 || runs["a"].Error+runs["b"].Error != "" {
			t.Fatalf("runs are %+v, %v", runs, err)
		}
	}
	if slices.Sort(told); !slices.Equal(told, []string{"a", "a", "b", "b"}) {
		t.Errorf("told was of %q", told)
	}
	left := -1
	if err := h.PublishNow(t.Context(), func(n int) { left = n }); err != nil || left != 0 {
		t.Fatalf("%d left, %v", left, err)
	}
	if d := h.document("en/all", feeds.Atom); d.Entries != 2 {
		t.Errorf("the document has %d entries", d.Entries)
	}
}

// A change that touches one article publishes the channels that hold it, and leaves the
// documents of all others alone.
func TestAChangeOfOneArticleRendersTheChannelsThatHoldIt(t *testing.T) {
	h := newHouse(t)
	tree := func(title string) string {
		return strings.Replace(item(11, title), "</guid>", "</guid><category>Environment</category>", 1)
	}
	h.serve("https://city.example/feed", body(rss(tree("Trees"), item(2, "Notice 2"), item(1, "Notice 1"))))
	h.add("news", "https://city.example/feed", "@hourly")
	h.reload(h.planFor("first", same))
	h.collect("news")
	h.publishAll()

	var hold []string
	for _, c := range h.Engine.plan.Load().Site.Channels() {
		if d := h.document(c.String(), feeds.JSONFeed); strings.Contains(string(d.Body), "Trees") {
			hold = append(hold, c.String())
		}
	}
	if want := []string{
		"en/all", "en/environment", "en/everything", "en/from/city", "en/only/environment",
		"ja/all", "ja/environment", "ja/everything", "ja/from/city",
	}; !slices.Equal(slices.Sorted(slices.Values(hold)), want) {
		t.Fatalf("it is held by %q, want %q", hold, want)
	}
	before, err := h.Store.Channels(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	published := map[string]bool{}
	h.Published = func(p Publication) { published[p.Channel.String()] = true }
	h.serve("https://city.example/feed", body(rss(tree("Tall trees"), item(2, "Notice 2"), item(1, "Notice 1"))))
	if run := h.collect("news"); run.Changed != 1 {
		t.Fatalf("the run is %+v", run)
	}
	h.publishAll()

	if got := slices.Sorted(maps.Keys(published)); !slices.Equal(got, slices.Sorted(slices.Values(hold))) {
		t.Errorf("published are %q, want those that hold it, %q", got, hold)
	}
	after, err := h.Store.Channels(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, state := range after {
		if changed := state.Revision != before[name].Revision; changed != slices.Contains(hold, name.String()) {
			t.Errorf("%s changed: %v", name, changed)
		}
	}
}
