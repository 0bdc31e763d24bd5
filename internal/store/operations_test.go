package store_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/riverdriver/riversqlite"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/store"
)

var stateBullets = []bullet{
	{"a state is kept as it was given, and replaced as a whole", func(t *testing.T, h *house) {
		given := store.SourceState{
			ID: "a", Address: "https://city.example/feed", ETag: `W/"x"`, LastModified: "Wed, 01 Apr 2026 12:00:00 GMT",
			FinalURL: "https://city.example/f", Digest: "d", NextDue: noon, LastRun: noon, LastSuccess: noon, Failures: 3,
			Outcome: store.RunFailed, Extra: []byte(`{"seen":1}`), Seen: []byte(`{"status":200}`),
		}
		if err := h.RecordRun(t.Context(), store.Run{Source: "a", Outcome: store.RunFailed}, given); err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprintf("%+v", given)
		if got, ok, err := h.SourceState(t.Context(), "a"); fmt.Sprintf("%+v", got) != want || !ok || err != nil {
			t.Errorf("read back was %+v, %v, %v", got, ok, err)
		}
		if got := must(h.SourceStates(t.Context()))(t); len(got) != 1 || fmt.Sprintf("%+v", got["a"]) != want {
			t.Errorf("all states are %+v", got)
		}
		if _, ok, err := h.SourceState(t.Context(), "b"); ok || err != nil {
			t.Errorf("a state that does not exist: %v, %v", ok, err)
		}
		if err := h.RecordRun(t.Context(), store.Run{Source: "a"}, store.SourceState{}); err != nil {
			t.Fatal(err)
		}
		if got, _, _ := h.SourceState(t.Context(), "a"); fmt.Sprintf("%+v", got) != want {
			t.Errorf("a run without a state changed it to %+v", got)
		}
	}},
	{"sources are due when their time came, the longest first", func(t *testing.T, h *house) {
		err := h.SetDue(t.Context(), map[string]time.Time{"a": noon, "b": noon.Add(-time.Hour), "c": noon.Add(time.Hour)})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct{ ids, want []string }{
			{nil, []string{"b", "a"}},
			{[]string{"a", "c", "unknown"}, []string{"unknown", "a"}},
		} {
			if got := must(h.Due(t.Context(), noon, c.ids...))(t); !slices.Equal(got, c.want) {
				t.Errorf("of %q %q are due, want %q", c.ids, got, c.want)
			}
		}
		states := must(h.DueStates(t.Context(), noon, []string{"a", "b", "c", "unknown"}))(t)
		if len(states) != 2 || states[0].ID != "b" || states[1].ID != "a" || !states[1].NextDue.Equal(noon) {
			t.Errorf("the states of those that are due are %+v, want b's and a's", states)
		}
		if err := h.RecordRun(t.Context(), store.Run{Source: "a"}, store.SourceState{ID: "a", ETag: `"x"`}); err != nil {
			t.Fatal(err)
		}
		if s := must(h.DueStates(t.Context(), noon, []string{"a"}))(t); len(s) != 1 || s[0].ETag != `"x"` {
			t.Errorf("the state of a source that is due at once is %+v", s)
		}
		h.SetDue(t.Context(), map[string]time.Time{"a": noon})
		if s, _, _ := h.SourceState(t.Context(), "a"); s.ETag != `"x"` || !s.NextDue.Equal(noon) {
			t.Errorf("the state became %+v", s)
		}
		for _, at := range []time.Time{{}, noon.Add(time.Hour)} {
			if err := h.MakeDue(t.Context(), []string{"a", "c", "unknown"}, at); err != nil {
				t.Fatal(err)
			}
			states := must(h.SourceStates(t.Context()))(t)
			if !states["a"].NextDue.Equal(at) || !states["c"].NextDue.Equal(at) || states["a"].ETag != `"x"` {
				t.Errorf("made due at %v, the states are %+v", at, states)
			}
			if b := states["b"].NextDue; len(states) != 3 || !b.Equal(noon.Add(-time.Hour)) {
				t.Errorf("of %d states that of b, which was not named, is due at %v", len(states), b)
			}
		}
	}},
	{"a source's last reading stays, whatever the visits after it found", func(t *testing.T, h *house) {
		record := func(source, outcome string, problems ...string) {
			if err := h.RecordRun(t.Context(), store.Run{Source: source, Outcome: outcome, Problems: problems}, store.SourceState{ID: source}); err != nil {
				t.Fatal(err)
			}
		}
		record("a", store.RunOK, "old")
		record("a", store.RunPartial, "truncated: it was cut off")
		record("a", store.RunUnchanged)
		record("a", store.RunFailed)
		record("b", store.RunOK, "old")
		record("b", store.RunOK)
		record("c", store.RunUnchanged, "robots: forbidden")
		record("d", store.RunSkipped)
		read := must(h.LastReadings(t.Context()))(t)
		if len(read) != 3 || !slices.Equal(read["a"].Problems, []string{"truncated: it was cut off"}) ||
			len(read["b"].Problems) != 0 || len(read["c"].Problems) != 1 {
			t.Errorf("the last readings are %+v", read)
		}
	}},
	{"runs are kept, told newest first, and pruned in batches", func(t *testing.T, h *house) {
		for n := range 25 {
			source := []string{"a", "b"}[n%2]
			r := store.Run{
				Source: source, Started: noon.Add(time.Duration(n) * time.Hour), Took: 1500 * time.Millisecond, Outcome: store.RunFailed,
				Status: 503, Bytes: int64(n), Error: "no answer", Problems: []string{"p"},
			}
			if err := h.RecordRun(t.Context(), r, store.SourceState{ID: source}); err != nil {
				t.Fatal(err)
			}
		}
		if err := h.SetDue(t.Context(), map[string]time.Time{"never": noon}); err != nil {
			t.Fatal(err)
		}
		runs := must(h.Runs(t.Context(), "b", 2))(t)
		if len(runs) != 2 || runs[0].Bytes != 23 || runs[1].Bytes != 21 || runs[0].Took != 1500*time.Millisecond || runs[0].Problems[0] != "p" || runs[0].Error != "no answer" {
			t.Errorf("the runs are %+v", runs)
		}
		if last := must(h.LastRuns(t.Context()))(t); last["a"].Bytes != 24 || last["b"].Bytes != 23 {
			t.Errorf("the last runs are %+v", last)
		}
		ids := must(h.LastRunIDs(t.Context(), []string{"b", "never", "unknown"}))(t)
		if want := map[string]int64{"b": runs[0].ID, "never": 0}; !maps.Equal(ids, want) {
			t.Errorf("the numbers of the last runs are %v, want %v", ids, want)
		}
		if n := must(h.Prune(t.Context(), noon.Add(10*time.Hour), 3))(t); n != 10 {
			t.Errorf("%d were pruned, want 10", n)
		}
		if runs := must(h.Runs(t.Context(), "", 100))(t); len(runs) != 15 || runs[14].Bytes != 10 {
			t.Errorf("left are %d, from %+v", len(runs), runs[14])
		}
	}},
	{"runs that are recorded together are told in their order, and a source's last state is kept", func(t *testing.T, h *house) {
		if err := h.RecordRuns(t.Context(), nil); err != nil {
			t.Errorf("no runs at all: %v", err)
		}
		visited := make([]store.Visited, 0, 100)
		for n := range 100 {
			source := fmt.Sprint("source-", n%99)
			visited = append(visited, store.Visited{Run: store.Run{Source: source, Bytes: int64(n)}, State: store.SourceState{ID: source, Digest: fmt.Sprint(n)}})
		}
		if err := h.RecordRuns(t.Context(), visited); err != nil {
			t.Fatal(err)
		}
		runs := must(h.Runs(t.Context(), "", 1000))(t)
		for i, r := range runs {
			if r.Bytes != int64(99-i) {
				t.Errorf("the run before the last %d is the %dth", i, r.Bytes)
			}
		}
		states := must(h.SourceStates(t.Context()))(t)
		if len(runs) != 100 || len(states) != 99 || states["source-0"].Digest != "99" || states["source-98"].Digest != "98" {
			t.Errorf("%d runs and %d states: %+v, %+v", len(runs), len(states), states["source-0"], states["source-98"])
		}
	}},
	{"runs that are recorded at once are all recorded", func(t *testing.T, h *house) {
		var wg sync.WaitGroup
		for n := range 200 {
			wg.Go(func() {
				source := fmt.Sprint("source-", n%50)
				if err := h.RecordRun(t.Context(), store.Run{Source: source}, store.SourceState{ID: source, Failures: 1}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if runs, states := must(h.Runs(t.Context(), "", 1000))(t), must(h.SourceStates(t.Context()))(t); len(runs) != 200 || len(states) != 50 {
			t.Errorf("%d runs and %d states, want 200 and 50", len(runs), len(states))
		}
	}},
	{"values for the whole service are kept", func(t *testing.T, h *house) {
		if v := must(h.Meta(t.Context(), "rules"))(t); v != "" {
			t.Errorf("before: %q", v)
		}
		h.SetMeta(t.Context(), "rules", "1")
		h.SetMeta(t.Context(), "rules", "2")
		if v := must(h.Meta(t.Context(), "rules"))(t); v != "2" {
			t.Errorf("after: %q", v)
		}
	}},
	{"which hosts answer by https is kept, apart from what else is", func(t *testing.T, h *house) {
		h.SetMeta(t.Context(), "secure", "x")
		for _, hosts := range [][]string{{"city.example", "pictures.example", "city.example"}, {"city.example"}, nil} {
			if err := h.SawSecure(t.Context(), hosts, time.Unix(0, 0)); err != nil {
				t.Fatal(err)
			}
		}
		if got := must(h.SecureHosts(t.Context()))(t); fmt.Sprint(got) != "map[city.example:true pictures.example:true]" {
			t.Errorf("the hosts are %v", got)
		}
	}},
	{"it counts", func(t *testing.T, h *house) {
		h.run("a", notices(1, 3), complete)
		h.run("a", notices(2, 3), complete)
		h.collect("b", 1, 0, notice(4, language("en")))
		live := must(h.Live(t.Context()))(t)
		if fmt.Sprint(live) != "{map[en:1 ja:2] map[a:2 b:1]}" {
			t.Errorf("live are %v", live)
		}
	}},
}

var durabilityBullets = []bullet{
	{"it is ready for the job engine", func(t *testing.T, h *house) {
		var err error
		if h.Engine() == store.SQLite {
			_, err = river.NewClient(riversqlite.New(h.Writer()), &river.Config{})
		} else {
			_, err = river.NewClient(riverpgxv5.New(h.Pool()), &river.Config{})
		}
		if err != nil {
			t.Error(err)
		}
		var jobs int
		if err := h.Writer().QueryRowContext(t.Context(), `SELECT count(*) FROM river_job`).Scan(&jobs); err != nil {
			t.Error(err)
		}
	}},
	{"migrations can be applied twice", func(t *testing.T, h *house) {
		if pending := must(h.Pending(t.Context()))(t); pending {
			t.Error("migrations are pending after Migrate")
		}
		if err := h.Migrate(t.Context()); err != nil {
			t.Error(err)
		}
		if err := h.Ping(t.Context()); err != nil {
			t.Error(err)
		}
	}},
	{"what several write at once has one order, that of their commits", func(t *testing.T, h *house) {
		const writers, batches = 4, 15
		other := open(t, h.address)
		ctx, stop := context.WithCancel(t.Context())
		var watcher, wg sync.WaitGroup
		watcher.Go(func() { // who saw record n sees all before it, for ever
			var seen int64
			for ctx.Err() == nil {
				records, err := other.ChannelRecords(t.Context(), store.RecordFilter{}, 0, 10000)
				if err != nil {
					t.Error(err)
					return
				}
				for i, r := range records {
					if want := int64(len(records) - i); r.Seq != want {
						t.Errorf("record %d stands where %d should", r.Seq, want)
						return
					}
				}
				if int64(len(records)) < seen {
					t.Errorf("%d records, and before there were %d", len(records), seen)
				}
				seen = int64(len(records))
			}
		})
		for w := range writers {
			db := []*store.DB{h.DB, other}[w%2]
			wg.Go(func() {
				for b := range batches {
					// All fight for a shared notice, and each has its own.
					batch := []feeds.Article{notice(b, key("shared"), link("https://city.example/shared"), title(fmt.Sprint(w, b))), notice(1000*w + b + 1)}
					if _, err := db.Collect(t.Context(), store.Collected{
						Run: store.Run{Source: fmt.Sprint("s", w)}, Brought: ledger.Brought{Articles: batch, Now: noon}, Touched: site.Touched,
					}); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		wg.Wait()
		stop()
		watcher.Wait()
		created := 0
		for _, r := range h.records() {
			if r.Reason == feeds.ReasonNew {
				created++
			}
		}
		if want := writers*batches + 1; created != want {
			t.Errorf("%d articles, want %d", created, want)
		}
	}},
	{"a refused batch leaves nothing behind", func(t *testing.T, h *house) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := h.Collect(ctx, store.Collected{Run: store.Run{Source: "a"}, Brought: ledger.Brought{Articles: notices(1, 3), Now: noon}, State: store.SourceState{ID: "a"}})
		if err == nil {
			t.Fatal("no error")
		}
		if states := must(h.SourceStates(t.Context()))(t); len(h.records())+len(states) != 0 {
			t.Errorf("left are %v and %v", h.records(), states)
		}
	}},
	{"kill -9 loses nothing that was acknowledged, and leaves no half", func(t *testing.T, h *house) {
		acknowledged := 0
		for round := range 3 {
			acknowledged = killedWriter(t, h.address, acknowledged, 5+7*round)
			again := open(t, h.address)
			records := must(again.ChannelRecords(t.Context(), store.RecordFilter{}, 0, 100000))(t)
			batches := map[int64]int{}
			for _, r := range records {
				batches[r.Time.UnixMilli()]++
			}
			for time, n := range batches {
				if n != 5 {
					t.Errorf("the batch of %d has %d of 5 records", time, n)
				}
			}
			if len(batches) < acknowledged || len(batches) > acknowledged+1 {
				t.Errorf("%d batches are there, %d were acknowledged", len(batches), acknowledged)
			}
			state, _, _ := again.SourceState(t.Context(), "a")
			if want := fmt.Sprint(len(batches)); state.Digest != want {
				t.Errorf("the validators are those of batch %s, want %s", state.Digest, want)
			}
			if marks := must(again.Marked(t.Context()))(t); len(marks) == 0 || marks[0].Counter != int64(len(batches)) {
				t.Errorf("the marks are %+v after %d batches", marks, len(batches))
			}
			acknowledged = len(batches)
		}
	}},
}

// killedWriter lets a process of its own write batches, kills it after some were
// acknowledged, and returns how many were in all.
func killedWriter(t *testing.T, address string, acknowledged, more int) int {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestWriterProcess$")
	child.Env = append(os.Environ(), "KAIRAN_TEST_WRITER="+address, fmt.Sprint("KAIRAN_TEST_FROM=", acknowledged))
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for n := 0; n < more && lines.Scan(); n++ {
		acknowledged++
	}
	child.Process.Kill()
	for lines.Scan() { // what it still said before it died
		acknowledged++
	}
	io.Copy(io.Discard, out)
	child.Wait()
	return acknowledged
}

// TestWriterProcess is the process that [killedWriter] kills.
func TestWriterProcess(t *testing.T) {
	address := os.Getenv("KAIRAN_TEST_WRITER")
	if address == "" {
		return
	}
	db := open(t, address)
	var from int
	fmt.Sscan(os.Getenv("KAIRAN_TEST_FROM"), &from)
	for batch := from + 1; ; batch++ {
		_, err := db.Collect(t.Context(), store.Collected{
			Run:     store.Run{Source: "a"},
			State:   store.SourceState{ID: "a", Digest: fmt.Sprint(batch)},
			Brought: ledger.Brought{Articles: notices(10*batch, 10*batch+4), Now: noon.Add(time.Duration(batch) * time.Second)},
			Touched: site.Touched,
		})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(os.Stdout, batch)
	}
}

func TestMigrateAtOnce(t *testing.T) {
	empty := func(t testing.TB) string { return strings.Replace(sqliteAddress(t), "kairan", "sub/kairan", 1) }
	for engine, address := range map[string]func(testing.TB) string{"sqlite": empty, "postgres": emptyPostgres} {
		t.Run(engine, func(t *testing.T) {
			a := address(t)
			var wg sync.WaitGroup
			for range 5 {
				wg.Go(func() {
					db, err := store.Open(t.Context(), a)
					if err != nil {
						t.Error(err)
						return
					}
					defer db.Close()
					if err := db.Migrate(t.Context()); err != nil {
						t.Error(err)
					}
					if pending, err := db.Pending(t.Context()); pending || err != nil {
						t.Errorf("pending %v, %v", pending, err)
					}
				})
			}
			wg.Wait()
		})
	}
}

func TestOpenErrors(t *testing.T) {
	for address, want := range map[string]string{
		"":                              "neither",
		"mysql://x":                     "neither",
		"sqlite:":                       "a file is needed",
		"sqlite::memory:":               "a file is needed",
		"sqlite:/dev/null/kairan.db":    "not a directory",
		"postgres://u:secret@[::1]:1/x": "postgres://u:xxxxx@[::1]:1/x",
	} {
		db, err := store.Open(t.Context(), address)
		if err == nil {
			db.Close()
			t.Errorf("%q opens", address)
			continue
		}
		if !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v; want it to say %q", address, err, want)
		}
	}
}

func TestExistsTellsWithoutMaking(t *testing.T) {
	dir := t.TempDir()
	address := "sqlite:" + filepath.Join(dir, "deep", "kairan.db")
	if there, err := store.Exists(address); there || err != nil {
		t.Errorf("before it is opened: %v, %v", there, err)
	}
	if entries, err := os.ReadDir(dir); len(entries) > 0 || err != nil {
		t.Errorf("looking for it made %v (%v)", entries, err)
	}
	open(t, address)
	if there, err := store.Exists(address); !there || err != nil {
		t.Errorf("afterwards: %v, %v", there, err)
	}
	if there, err := store.Exists("postgres://somewhere/kairan"); !there || err != nil {
		t.Errorf("a server, which opening it will tell of: %v, %v", there, err)
	}
}
