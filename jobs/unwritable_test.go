package jobs

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

// pragma sets something of the connection that writes.
func (h *house) pragma(text string) {
	h.Helper()
	if _, err := h.Store.Writer().ExecContext(h.Context(), "PRAGMA "+text); err != nil {
		h.Fatal(err)
	}
}

// fillDisk leaves the database no room to grow, until free is called.
func (h *house) fillDisk() (free func()) {
	h.Helper()
	var pages int
	if err := h.Store.Writer().QueryRowContext(h.Context(), `PRAGMA page_count`).Scan(&pages); err != nil {
		h.Fatal(err)
	}
	h.pragma(fmt.Sprintf("max_page_count = %d", pages))
	return func() { h.pragma("max_page_count = 1000000") }
}

// largeNews is a feed of which a full disk has no room for a part.
func largeNews() string {
	var items []string
	for n := range 80 {
		items = append(items, strings.Replace(item(n, fmt.Sprint("Notice ", n)), "What the city has to say.", strings.Repeat("What the city has to say. ", 200), 1))
	}
	return rss(items...)
}

// until waits for a condition.
func (h *house) until(what string, holds func() bool) {
	h.Helper()
	deadline := time.Now().Add(time.Minute)
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		if time.Now().After(deadline) {
			h.Fatalf("not so in a minute: %s", what)
		}
		<-tick.C
	}
}

func TestAFullDiskIsToldOnceVisitsNobodyAndIsGotOverByItself(t *testing.T) {
	t.Parallel() // since it waits
	h := newHouse(t)
	h.Engine.Now, h.Patient = time.Now, true
	h.add("a", cityFeed, "@yearly")
	h.serve(cityFeed, body(largeNews()))
	if err := h.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer h.Stop(t.Context())
	h.until("visited", func() bool { return h.last("a").Outcome == store.RunOK })

	h.serve(cityFeed, body(strings.ReplaceAll(largeNews(), "What the city", "What this city")))
	free := h.fillDisk()
	if err := h.Store.SetDue(t.Context(), map[string]time.Time{"a": {}}); err != nil {
		t.Fatal(err)
	}
	h.until("known to be full", func() bool { return h.Store.Writable() != nil })
	began := time.Now()
	h.until("swept in vain", func() bool { return h.Alive().Sub(began) > time.Second })
	if n := h.askedFor(cityFeed); n > 2 { // or once, where the sweep is the first to find the disk full
		t.Errorf("the source was visited %d times, want once before and at most once in vain", n)
	}
	if last := h.last("a"); last.Changed != 0 || len(h.runs("a")) != 1 || h.state("a").Failures != 0 {
		t.Errorf("the visit in vain is recorded: %+v", last)
	}

	free()
	h.until("stored", func() bool { return h.last("a").Changed == 80 })
	if err := h.Stop(t.Context()); err != nil {
		t.Error(err)
	}
	told := strings.Count(h.log.String(), "level=ERROR")
	if told != 1 || !strings.Contains(h.log.String(), "is full: free some space") || !strings.Contains(h.log.String(), "works again") {
		t.Errorf("the log has %d errors, want one, and its end:\n%s", told, h.log)
	}
}

func TestAPatientEngineBeginsOnceTheDatabaseCanBeWritten(t *testing.T) {
	h := newHouse(t)
	h.Engine.Now = time.Now
	h.add("a", cityFeed, "@yearly")
	h.serve(cityFeed, body(news(1, 2)))
	h.pragma("query_only = 1") // the connection can't write; another could
	if err := h.Start(t.Context()); !isUnwritable(err) {
		t.Fatalf("one that is not patient starts with %v", err)
	}
	h.Patient = true
	if err := h.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer h.Stop(t.Context())
	h.until("alive", func() bool { return !h.Alive().IsZero() })
	h.until("visited", func() bool { return h.last("a").Outcome == store.RunOK })
}

func TestCollectNowEndsWhereTheDiskIsFull(t *testing.T) {
	h := newHouse(t) // both sources are of one host: no other is being visited when the disk is full
	h.Engine.Now = time.Now
	h.add("a", cityFeed, "@yearly")
	h.add("b", "https://city.example/other", "@yearly")
	h.serve(cityFeed, body(largeNews()))
	h.serve("https://city.example/other", body(largeNews()))
	free := h.fillDisk()
	if err := h.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	runs, err := h.CollectNow(t.Context(), []string{"a", "b"}, nil)
	if u, ok := errors.AsType[*store.Unwritable](err); !ok || u.Cause != store.DiskFull || len(runs) != 0 {
		t.Errorf("ends with the runs %v and the error %v", runs, err)
	}
	if len(h.runs("a"))+len(h.runs("b")) != 0 {
		t.Errorf("runs are recorded: %v %v", h.runs("a"), h.runs("b"))
	}
	free()
	// It goes no further: who asked for it was told that it ended.
	if err := h.PublishNow(t.Context(), nil); !isUnwritable(err) {
		t.Errorf("to publish then ends with %v", err)
	}
	if err := h.Stop(t.Context()); err != nil {
		t.Error(err)
	}
}

// A file of a folder for which there is no room is kept not at all, nor is a notice that shows
// it: no source is to blame, what was published stands, and the next visit stores both.
func TestAFullDiskHasNoRoomForTheFilesOfAFolder(t *testing.T) {
	h := newHouse(t)
	h.add("notices", "", "@yearly", func(s *feeds.Source) { s.Kind, s.Path = feeds.KindFolder, "notices" })
	files := fstest.MapFS{}
	put := func(name, text string) {
		files[name] = &fstest.MapFile{Data: []byte(text), ModTime: noon.Add(-time.Hour)}
	}
	h.plan.Load().Collector.OpenFolder = func(string) (fs.FS, error) { return files, nil }
	put("bridge.en.md", "# Bridge\n\n[Plan](plan.pdf)\n")
	put("plan.pdf", "%PDF-1")
	if r := h.collect("notices"); r.New != 1 || len(r.Problems) > 0 {
		t.Fatalf("the first run is %+v", r)
	}
	before := h.articles()[0]

	large := "GIF89a" + strings.Repeat("map ", 100_000)
	put("bridge.en.md", "# Bridge\n\n![Map](map.gif) [Route](route.pdf) [Plan](plan.pdf)\n")
	put("map.gif", large)
	put("route.pdf", "%PDF-2") // of which there is room
	if err := h.Store.SetDue(t.Context(), map[string]time.Time{"notices": h.now()}); err != nil {
		t.Fatal(err)
	}
	visit := func() error {
		return (&collectWorker{engine: h.Engine}).Work(t.Context(), &river.Job[CollectArgs]{JobRow: &rivertype.JobRow{}, Args: CollectArgs{Host: h.plan.Load().targets["notices"].host}})
	}
	free := h.fillDisk()
	if err := visit(); !isUnwritable(err) || h.Store.Writable() == nil {
		t.Errorf("the visit ends with %v", err)
	}
	if runs, state := h.runs("notices"), h.state("notices"); len(runs) != 1 || state.Failures != 0 {
		t.Errorf("the visit in vain is recorded: %+v, %+v", runs, state)
	}
	if now := h.articles(); len(now) != 1 || now[0].Content != before.Content {
		t.Errorf("what was published became %+v", now)
	}
	kept := func(want ...string) {
		t.Helper()
		for data, name := range map[string]string{"%PDF-1": "plan.pdf", "%PDF-2": "route.pdf", large: "map.gif"} {
			got, ok, err := h.Store.File(t.Context(), feeds.FileDigest([]byte(data)))
			if err != nil || ok != slices.Contains(want, name) || ok && string(got) != data {
				t.Errorf("%s is served: %v, with %d bytes, %v", name, ok, len(got), err)
			}
		}
	}
	kept("plan.pdf")

	free()
	h.until("writable", func() bool { return h.Store.TryWriting(t.Context()) == nil })
	if err := visit(); err != nil {
		t.Error(err)
	}
	if r := h.last("notices"); r.Outcome != store.RunOK || r.Changed != 1 || len(r.Problems) > 0 {
		t.Errorf("when there is room the run is %+v", r)
	}
	kept("plan.pdf", "route.pdf", "map.gif")
}

func TestJobsArePutOffWhileTheDatabaseCantBeWritten(t *testing.T) {
	h := newHouse(t)
	h.add("a", cityFeed, "@yearly")
	worked := 0
	work := func() error {
		return (&putOff{engine: h.Engine}).Work(t.Context(), nil, func(context.Context) error { worked++; return nil })
	}
	if err := work(); err != nil || worked != 1 {
		t.Errorf("worked %d times, %v", worked, err)
	}
	h.Store.Noted(&store.Unwritable{Cause: store.DiskFull, Err: errors.New("full")})
	if _, snoozes := errors.AsType[*river.JobSnoozeError](work()); !snoozes || worked != 1 {
		t.Errorf("worked %d times, and does not snooze", worked)
	}
}
