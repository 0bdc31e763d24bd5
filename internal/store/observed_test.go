package store_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/store"
)

var observedBullets = []bullet{
	{"what visits showed of a source is read without the rest of its state", func(t *testing.T, h *house) {
		state := store.SourceState{ID: "a", Address: "https://city.example/feed", NextDue: noon, LastRun: noon, LastSuccess: noon, Failures: 2, Outcome: store.RunFailed, Seen: json.RawMessage(`{"cut_off":1}`)}
		if err := h.RecordRun(t.Context(), store.Run{Source: "a", Started: noon, Outcome: store.RunFailed}, state); err != nil {
			t.Fatal(err)
		}
		want := store.SourceSeen{Address: state.Address, NextDue: noon, LastRun: noon, LastSuccess: noon, Failures: 2, Outcome: store.RunFailed, Seen: `{"cut_off":1}`}
		if got := must(h.SourcesSeen(t.Context()))(t); len(got) != 1 || got["a"] != want {
			t.Errorf("seen is %+v, want %+v", got, want)
		}
	}},
	{"when something new came is remembered, and no run without takes it away", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1))
		came := h.now
		h.collect("a", 0, 0, notice(1))
		if got := must(h.SourcesSeen(t.Context()))(t)["a"].LastNew; !got.Equal(came) {
			t.Errorf("something new came at %s, want %s", got, came)
		}
		if got, _, _ := h.SourceState(t.Context(), "a"); !got.LastNew.Equal(came) {
			t.Errorf("by its state something new came at %s, want %s", got.LastNew, came)
		}
		h.collect("a", 1, 0, notice(2), notice(1))
		if got := must(h.SourcesSeen(t.Context()))(t)["a"].LastNew; !got.Equal(h.now) {
			t.Errorf("something new came at %s, want %s", got, h.now)
		}
	}},
	{"a paused source is due for nobody but who names it, until its pause ends", func(t *testing.T, h *house) {
		if err := h.SetDue(t.Context(), map[string]time.Time{"a": noon, "b": noon}); err != nil {
			t.Fatal(err)
		}
		if err := h.PutPause(t.Context(), "a", flow.Pause{By: "me", Since: noon, Until: noon.Add(time.Hour)}); err != nil {
			t.Fatal(err)
		}
		due := func(at time.Time) (n int) {
			states := must(h.DueStates(t.Context(), at, []string{"a", "b"}))(t)
			if all := must(h.Due(t.Context(), at))(t); len(all) != len(states) {
				t.Errorf("at %s %q are due, and the states of %d", at, all, len(states))
			}
			return len(states)
		}
		if n := due(noon); n != 1 {
			t.Errorf("amid the pause %d sources are due, want the other", n)
		}
		if n := due(noon.Add(time.Hour)); n != 2 {
			t.Errorf("when the pause is over %d sources are due, want both", n)
		}
		if err := h.MakeDue(t.Context(), []string{"a"}, time.Time{}); err != nil {
			t.Fatal(err)
		}
		if n := due(noon); n != 2 {
			t.Errorf("named, %d sources are due, want both", n)
		}
		if err := h.MakeDue(t.Context(), []string{"a"}, time.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if !must(h.DropPause(t.Context(), "a"))(t) {
			t.Error("there was no pause")
		}
		if n := due(time.Now()); n != 2 {
			t.Errorf("resumed, %d sources are due, want both", n)
		}
	}},
	{"a term that a clock took which was ahead is free", func(t *testing.T, h *house) {
		if !must(h.Hold(t.Context(), "watch", "a", noon.Add(time.Hour), 20*time.Second))(t) {
			t.Fatal("the term is not free")
		}
		if !must(h.Hold(t.Context(), "watch", "b", noon, 20*time.Second))(t) {
			t.Error("nobody has the watch for an hour")
		}
	}},
	{"the job engine's leader and jobs are seen", func(t *testing.T, h *house) {
		if id, until, err := h.Leader(t.Context()); id != "" || !until.IsZero() || err != nil {
			t.Errorf("before anybody works %q leads until %s, %v", id, until, err)
		}
		if q := must(h.Queue(t.Context()))(t); q != (flow.Queue{}) {
			t.Errorf("before anybody works jobs are %+v", q)
		}
		now := time.Now()
		h.riverJob("available", now.Add(-time.Minute), 0, "")
		h.riverJob("available", now, 0, "")
		h.riverJob("discarded", now.Add(-time.Hour), 3, "")
		h.riverJob("retryable", now, 4, "no room")
		q := must(h.Queue(t.Context()))(t)
		if q.Waiting != 2 || q.Discarded != 1 || q.Oldest.Sub(now.Add(-time.Minute)).Abs() > time.Second {
			t.Errorf("jobs are %+v", q)
		}
		failing := must(h.FailingPublications(t.Context()))(t)
		f := failing["en/all"]
		if len(failing) != 1 || f.Count != 4 || f.Error != "no room" || f.Since.Sub(now).Abs() > time.Second {
			t.Errorf("publications that fail are %+v", failing)
		}
	}},
	{"the database tells its sizes and its time", func(t *testing.T, h *house) {
		f := must(h.Facts(t.Context()))(t)
		if f.Engine != string(h.Engine()) || f.Size <= 0 || f.Behind {
			t.Errorf("it tells %+v", f)
		}
		if h.Engine() == store.PostgreSQL && (f.Connections < 1 || f.ConnectionsLimit < f.Connections) {
			t.Errorf("of its connections it tells %+v", f)
		}
		if ahead := must(h.Clock(t.Context()))(t); ahead.Abs() > time.Second {
			t.Errorf("its clock is ahead by %s, on the same machine", ahead)
		}
	}},
	{"languages of articles are counted, and when something was published is known", func(t *testing.T, h *house) {
		if at := must(h.LastPublished(t.Context()))(t); !at.IsZero() {
			t.Errorf("nothing was published, and it was at %s", at)
		}
		h.collect("a", 2, 0, notice(1), notice(2))
		got := must(h.LanguagesOf(t.Context(), []int64{1, 2, 999}))(t)
		total := 0
		for _, n := range got {
			total += n
		}
		if total != 2 {
			t.Errorf("the languages of two articles are %v", got)
		}
		all := must(h.Marked(t.Context()))(t)[0].Channel
		if _, err := h.Raise(t.Context(), feeds.Raise{Channel: all, Counter: must(h.Counter(t.Context(), all))(t), Now: noon}); err != nil {
			t.Fatal(err)
		}
		if at := must(h.LastPublished(t.Context()))(t); !at.Equal(noon) {
			t.Errorf("something was published at %s, want %s", at, noon)
		}
	}},
}

// riverJob adds a job of the engine that is to publish the channel of all notices.
func (h *house) riverJob(state string, at time.Time, attempt int, failed string) {
	h.Helper()
	text := `INSERT INTO river_job (args, kind, max_attempts, state, attempt, scheduled_at, created_at, attempted_at, finalized_at, errors)
		VALUES ('{"channel":"en/all"}', 'publish', 25, CAST(CAST($1 AS TEXT) AS river_job_state), $2, to_timestamp($3), to_timestamp($3), to_timestamp($3), CASE WHEN CAST($1 AS TEXT) = 'discarded' THEN now() END,
			CASE WHEN CAST($4 AS TEXT) = '' THEN NULL ELSE ARRAY[jsonb_build_object('error', CAST($4 AS TEXT))] END)`
	if h.Engine() == store.SQLite {
		text = `INSERT INTO river_job (args, kind, max_attempts, state, attempt, scheduled_at, created_at, attempted_at, finalized_at, errors)
			VALUES (jsonb('{"channel":"en/all"}'), 'publish', 25, $1, $2, datetime($3, 'unixepoch', 'subsec'), datetime($3, 'unixepoch', 'subsec'), datetime($3, 'unixepoch', 'subsec'),
				CASE WHEN $1 = 'discarded' THEN datetime('now') END, CASE WHEN $4 = '' THEN NULL ELSE jsonb_array(jsonb_object('error', $4)) END)`
	}
	if _, err := h.Writer().ExecContext(h.Context(), text, state, attempt, float64(at.UnixMilli())/1000, failed); err != nil {
		h.Fatal(err)
	}
}
