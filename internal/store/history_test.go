package store_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/store"
)

var historyBullets = []bullet{
	{"the history of runs is the newest first, by source, outcome and time, page by page", func(t *testing.T, h *house) {
		for i, run := range []store.Run{
			{Source: "a", Outcome: store.RunOK}, {Source: "b", Outcome: store.RunFailed}, {Source: "a", Outcome: store.RunFailed}, {Source: "c", Outcome: store.RunOK},
		} {
			run.Started = noon.Add(time.Duration(i/2) * time.Hour) // two start at one moment
			if err := h.RecordRun(t.Context(), run, store.SourceState{}); err != nil {
				t.Fatal(err)
			}
		}
		for _, c := range []struct {
			q    store.RunQuery
			want string
		}{
			{store.RunQuery{Limit: 9}, "c a b a"},
			{store.RunQuery{Limit: 9, Since: noon.Add(time.Minute)}, "c a"},
			{store.RunQuery{Limit: 9, Outcome: store.RunFailed}, "a b"},
			{store.RunQuery{Limit: 9, Sources: []string{"b", "c"}}, "c b"},
			{store.RunQuery{Limit: 9, Sources: []string{"a"}, Outcome: store.RunOK}, "a"},
			{store.RunQuery{Limit: 9, Sources: []string{}}, ""},
		} {
			if got := sourcesOf(must(h.History(t.Context(), c.q))(t)); got != c.want {
				t.Errorf("%+v: %q, want %q", c.q, got, c.want)
			}
		}
		var paged []string
		q := store.RunQuery{Limit: 1}
		for {
			some := must(h.History(t.Context(), q))(t)
			if len(some) == 0 {
				break
			}
			paged, q.Before = append(paged, some[0].Source), some[0]
		}
		if got := strings.Join(paged, " "); got != "c a b a" {
			t.Errorf("one by one: %q", got)
		}
		want := store.SourceDay{Source: "a", Runs: 1, Failed: 1}
		if got := must(h.CountSince(t.Context(), "a", noon.Add(time.Minute)))(t); got != want {
			t.Errorf("counted was %+v", got)
		}
	}},
	{"who reads a feed is added up by day, and of subscribers the most is kept", func(t *testing.T, h *house) {
		for _, counted := range []store.ReaderDay{
			{Requests: 3, Subscribers: 20, Day: 5}, {Requests: 2, Subscribers: 18, Clients: 1, Day: 5}, {Requests: 1, Subscribers: 21, Clients: 4, Day: 6},
		} {
			counted.Channel, counted.Format, counted.Reader = "ja/all", "rss", "Feedly"
			if err := h.AddReaderDays(t.Context(), []store.ReaderDay{counted}); err != nil {
				t.Fatal(err)
			}
		}
		want := store.ReaderDay{Channel: "ja/all", Format: "rss", Reader: "Feedly", Day: 6, Requests: 6, Subscribers: 21, Clients: 4}
		if got := must(h.ReaderDays(t.Context(), 5))(t); len(got) != 1 || got[0] != want {
			t.Errorf("summed up it is %+v", got)
		}
		if n := must(h.PruneReaderDays(t.Context(), 6, 10))(t); n != 1 {
			t.Errorf("pruned were %d", n)
		}
		want.Requests, want.Subscribers = 1, 21
		if got := must(h.ReaderDays(t.Context(), 0))(t); len(got) != 1 || got[0] != want {
			t.Errorf("left is %+v", got)
		}
	}},
	{"jobs that run and wait are told", func(t *testing.T, h *house) {
		if got := must(h.QueuedJobs(t.Context(), 10))(t); len(got) != 0 {
			t.Fatalf("there are %+v", got)
		}
		for _, text := range []string{
			`INSERT INTO river_job (kind, args, max_attempts, state, queue, priority, scheduled_at) VALUES ('publish', '{"channel": "ja/all"}', 5, 'scheduled', 'publish', 1, '2026-04-01 13:00:00+00:00')`,
			`INSERT INTO river_job (kind, args, max_attempts, state, queue, priority, scheduled_at, attempted_at, attempt) VALUES ('collect', '{"host": "a.example"}', 5, 'running', 'collect', 1, '2026-04-01 12:00:00+00:00', '2026-04-01 12:00:01+00:00', 2)`,
		} {
			if _, err := h.Writer().ExecContext(t.Context(), text); err != nil {
				t.Fatal(err)
			}
		}
		got := must(h.QueuedJobs(t.Context(), 10))(t)
		if len(got) != 2 || got[0].Kind != "collect" || got[0].About != "a.example" || got[0].State != "running" || got[0].Attempt != 2 ||
			!got[0].Attempted.Equal(noon.Add(time.Second)) || got[1].About != "ja/all" || !got[1].Scheduled.Equal(noon.Add(time.Hour)) || !got[1].Attempted.IsZero() {
			t.Errorf("they are %+v", got)
		}
	}},
	{"what was first seen lately is told", func(t *testing.T, h *house) {
		if got := must(h.FirstSeenSince(t.Context(), noon))(t); len(got) != 0 {
			t.Errorf("nothing was seen, and there is %+v", got)
		}
		h.collect("tokyo-ja", 1, 0, notice(1, language("ja")))
		want := []store.FirstSeen{{Story: must(h.FirstSeenSince(t.Context(), noon))(t)[0].Story, Language: "ja", Seen: h.now}}
		if got := must(h.FirstSeenSince(t.Context(), noon))(t); !reflect.DeepEqual(got, want) {
			t.Errorf("seen was %+v", got)
		}
		if got := must(h.FirstSeenSince(t.Context(), h.now.Add(time.Second)))(t); len(got) != 0 {
			t.Errorf("later was seen %+v", got)
		}
	}},
}

func sourcesOf(runs []store.Run) string {
	var ids []string
	for _, r := range runs {
		ids = append(ids, r.Source)
	}
	return strings.Join(ids, " ")
}
