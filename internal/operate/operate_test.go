package operate_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/config"
	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/operate"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/storetest"
)

var noon = time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)

var me = operate.Who{Name: "yuki", Way: "page", Origin: "10.0.0.7"}

// house is an operator of a service with two sources and a channel or more.
type house struct {
	*operate.Operator
	db      *store.DB
	refiled int
	reread  error
}

func newHouse(t *testing.T) *house {
	t.Helper()
	db, err := store.Open(t.Context(), storetest.SQLite(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	site := &feeds.Site{
		ID: "city", BaseURL: "https://news.city.example", DefaultLocale: "en",
		Locales:    []feeds.Locale{{Tag: "en", Chain: feeds.Chain{"en"}}},
		Categories: []feeds.Category{{Term: "roads"}},
	}
	h := &house{db: db}
	h.Operator = &operate.Operator{
		Store: db,
		Known: func() operate.Known {
			return operate.Known{Name: "kairan.yaml", Site: site, Sources: []feeds.Source{
				{ID: "harbour-ja", Kind: feeds.KindFeed}, {ID: "harbour-en", Kind: feeds.KindFeed, Disabled: true},
			}, Kinds: []flow.Kind{"silent", "worker-gone"}}
		},
		Refile:  func(context.Context) error { h.refiled++; return nil },
		Reread:  func(context.Context) error { return h.reread },
		Process: "p1",
		Near:    config.Nearest,
		Now:     func() time.Time { return noon },
		Log:     slog.New(slog.DiscardHandler),
	}
	return h
}

// last returns what the audit log has as its newest deed.
func (h *house) last(t *testing.T) store.Deed {
	t.Helper()
	deeds, err := h.db.Deeds(t.Context(), 0, 1)
	if err != nil || len(deeds) != 1 {
		t.Fatalf("the audit log has %v, %v", deeds, err)
	}
	return deeds[0]
}

func (h *house) due(t *testing.T, source string) time.Time {
	t.Helper()
	s, _, err := h.db.SourceState(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	return s.NextDue
}

// failed gives a source a state as after some failures.
func (h *house) failed(t *testing.T, source string, failures int) {
	t.Helper()
	err := h.db.RecordRun(t.Context(), store.Run{Source: source, Outcome: store.RunFailed, Started: noon.Add(-time.Hour)},
		store.SourceState{ID: source, Failures: failures, NextDue: noon.Add(24 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
}

func TestEveryDeedIsRecordedWithWhoDidItAndWhatCameOfIt(t *testing.T) {
	silent := flow.Key{Kind: "silent", Subject: flow.Subject{Of: flow.OfSource, ID: "harbour-ja"}}
	for _, c := range []struct {
		do      func(*house, context.Context) (operate.Done, error)
		action  operate.Action
		subject string
		refused operate.Why // of a Refusal, whose words the log has
		said    string
	}{
		{do: func(h *house, ctx context.Context) (operate.Done, error) { return h.Run(ctx, me, "harbour-ja") }, action: operate.Run, subject: "source harbour-ja", refused: -1, said: "due now"},
		{do: func(h *house, ctx context.Context) (operate.Done, error) { return h.Run(ctx, me, "harbor-ja") }, action: operate.Run, subject: "source harbor-ja", refused: operate.Unknown, said: `did you mean "harbour-ja"?`},
		{do: func(h *house, ctx context.Context) (operate.Done, error) { return h.Run(ctx, me, "harbour-en") }, action: operate.Run, subject: "source harbour-en", refused: operate.Conflict, said: "disabled"},
		{do: func(h *house, ctx context.Context) (operate.Done, error) {
			return h.Pause(ctx, me, "harbour-ja", "it moves", "1h")
		}, action: operate.Pause, subject: "source harbour-ja", refused: -1, said: "2026-12-01 13:00 UTC"},
		{do: func(h *house, ctx context.Context) (operate.Done, error) {
			return h.Pause(ctx, me, "harbour-ja", "  ", "1h")
		}, action: operate.Pause, subject: "source harbour-ja", refused: operate.Invalid, said: "no reason"},
		{do: func(h *house, ctx context.Context) (operate.Done, error) {
			return h.Pause(ctx, me, "harbour-ja", "it moves", "2026-12-01 12:00")
		}, action: operate.Pause, subject: "source harbour-ja", refused: operate.Invalid, said: "over already"},
		{do: func(h *house, ctx context.Context) (operate.Done, error) {
			return h.Pause(ctx, me, "harbour-ja", "it moves", "2028-12-01")
		}, action: operate.Pause, subject: "source harbour-ja", refused: operate.Invalid, said: "more than a year"},
		{do: func(h *house, ctx context.Context) (operate.Done, error) { return h.Resume(ctx, me, "harbour-ja") }, action: operate.Resume, subject: "source harbour-ja", refused: -1, said: "never visited"},
		{do: func(h *house, ctx context.Context) (operate.Done, error) { return h.Release(ctx, me, "harbour-ja") }, action: operate.Release, subject: "source harbour-ja", refused: operate.Conflict, said: "nothing of source"},
		{do: func(h *house, ctx context.Context) (operate.Done, error) { return h.Retry(ctx, me, "harbour-ja") }, action: operate.Retry, subject: "source harbour-ja", refused: -1, said: "does not fail"},
		{do: func(h *house, ctx context.Context) (operate.Done, error) { return h.Republish(ctx, me, "") }, action: operate.Republish, subject: "channel", refused: -1, said: "are marked"},
		{do: func(h *house, ctx context.Context) (operate.Done, error) { return h.Republish(ctx, me, "en/road") }, action: operate.Republish, subject: "channel en/road", refused: operate.Unknown, said: `did you mean "en/roads"?`},
		{do: func(h *house, ctx context.Context) (operate.Done, error) { return h.Remap(ctx, me) }, action: operate.Remap, subject: "service", refused: -1, said: "filed anew"},
		{do: func(h *house, ctx context.Context) (operate.Done, error) { return h.Reload(ctx, me) }, action: operate.Reload, subject: "service", refused: -1, said: "This process has read"},
		{do: func(h *house, ctx context.Context) (operate.Done, error) { return h.Erase(ctx, me, "urn:x", "") }, action: operate.Erase, subject: "article urn:x", refused: operate.Invalid, said: "no reason"},
		{do: func(h *house, ctx context.Context) (operate.Done, error) {
			return h.Erase(ctx, me, "urn:x", "court order")
		}, action: operate.Erase, subject: "article urn:x", refused: operate.Unknown, said: "no such article"},
		{do: func(h *house, ctx context.Context) (operate.Done, error) { return h.Take(ctx, me, 7, "mine") }, action: operate.Take, subject: "incident 7", refused: operate.Unknown, said: "not open"},
		{do: func(h *house, ctx context.Context) (operate.Done, error) { return h.Untake(ctx, me, 7) }, action: operate.Untake, subject: "incident 7", refused: operate.Unknown, said: "not open"},
		{do: func(h *house, ctx context.Context) (operate.Done, error) {
			return h.Mute(ctx, me, silent, "New Year", "1h")
		}, action: operate.Mute, subject: "silent of source harbour-ja", refused: -1, said: "Nobody is told"},
		{do: func(h *house, ctx context.Context) (operate.Done, error) {
			return h.Mute(ctx, me, flow.Key{Kind: "worker-gon", Subject: flow.Subject{Of: flow.OfService}}, "New Year", "1h")
		}, action: operate.Mute, subject: "worker-gon of service", refused: operate.Unknown, said: `did you mean "worker-gone"?`},
		{do: func(h *house, ctx context.Context) (operate.Done, error) { return h.Unmute(ctx, me, silent) }, action: operate.Unmute, subject: "silent of source harbour-ja", refused: -1, said: "is not muted"},
	} {
		t.Run(string(c.action)+" "+c.said, func(t *testing.T) {
			h := newHouse(t)
			done, err := c.do(h, t.Context())
			deed := h.last(t)
			if deed.Who != me.Name || deed.Way != me.Way || deed.Origin != me.Origin || deed.Action != string(c.action) || deed.Subject != c.subject || !deed.Time.Equal(noon) {
				t.Errorf("recorded is %+v", deed)
			}
			refusal, refused := errors.AsType[*operate.Refusal](err)
			switch {
			case c.refused < 0 && (err != nil || !strings.Contains(done.Said, c.said) || deed.Failure != ""):
				t.Errorf("done is %+v, %v; recorded %q; want %q", done, err, deed.Failure, c.said)
			case c.refused >= 0 && (!refused || refusal.Why != c.refused || !strings.Contains(refusal.Said, c.said) || deed.Failure != refusal.Said):
				t.Errorf("refused with %v, recorded %q; want %q of sort %d", err, deed.Failure, c.said, c.refused)
			}
		})
	}
}

func TestAPauseForbidsVisitsUntilItIsResumed(t *testing.T) {
	h := newHouse(t)
	h.failed(t, "harbour-ja", 12)
	for range 2 { // once more is no error
		if _, err := h.Pause(t.Context(), me, "harbour-ja", "it moves", "1h"); err != nil {
			t.Fatal(err)
		}
	}
	pauses, err := h.db.Pauses(t.Context(), noon)
	if got := h.last(t).Detail; got != "until 2026-12-01 13:00 UTC: it moves" {
		t.Errorf("recorded is %q, which days later tells no end", got)
	}
	if want := (flow.Pause{By: "yuki", Reason: "it moves", Since: noon, Until: noon.Add(time.Hour)}); err != nil || pauses["harbour-ja"] != want {
		t.Errorf("paused are %+v, %v", pauses, err)
	}
	for _, do := range []func(context.Context, operate.Who, string) (operate.Done, error){h.Run, h.Retry} {
		if _, err := do(t.Context(), me, "harbour-ja"); err == nil || !strings.Contains(err.Error(), "by yuki (it moves)") {
			t.Errorf("while it is paused: %v", err)
		}
	}
	for range 2 {
		if _, err := h.Resume(t.Context(), me, "harbour-ja"); err != nil {
			t.Fatal(err)
		}
	}
	state, _, _ := h.db.SourceState(t.Context(), "harbour-ja")
	if pauses, _ := h.db.Pauses(t.Context(), noon); len(pauses) != 0 || state.Failures != 0 || !state.NextDue.Equal(noon) {
		t.Errorf("resumed it is paused %v, its state %+v", pauses, state)
	}
}

func TestASourceThatFailsIsTriedNowAndItsFailuresStay(t *testing.T) {
	h := newHouse(t)
	h.failed(t, "harbour-ja", 3)
	done, err := h.Retry(t.Context(), me, "harbour-ja")
	state, _, _ := h.db.SourceState(t.Context(), "harbour-ja")
	if err != nil || !done.Changed || state.Failures != 3 || !state.NextDue.Equal(noon) {
		t.Errorf("tried again: %+v, %v; its state %+v", done, err, state)
	}
	if _, err := h.Run(t.Context(), me, "harbour-ja"); err != nil || !h.due(t, "harbour-ja").Equal(noon) {
		t.Errorf("run twice: %v", err)
	}
}

func TestAChannelIsMarkedAndNoOther(t *testing.T) {
	h := newHouse(t)
	if _, err := h.Republish(t.Context(), me, "en/roads"); err != nil {
		t.Fatal(err)
	}
	marks, err := h.db.Marked(t.Context())
	if err != nil || len(marks) != 1 || marks[0].Channel.String() != "en/roads" || !marks[0].Urgent || !marks[0].Past {
		t.Errorf("marked are %+v, %v", marks, err)
	}
	if _, err := h.Republish(t.Context(), me, ""); err != nil {
		t.Fatal(err)
	}
	if marks, _ := h.db.Marked(t.Context()); len(marks) != len(h.Known().Site.Channels()) {
		t.Errorf("marked are %d channels", len(marks))
	}
}

func TestEveryProcessIsAskedToReloadAndAnswersOnce(t *testing.T) {
	h := newHouse(t)
	read := map[string]int{}
	other := func(id string, fails error) *operate.Heeder {
		return &operate.Heeder{Store: h.db, Process: id, Started: noon.Add(-time.Hour), Now: h.Now, Do: map[operate.Action]func(context.Context) error{
			operate.Reload: func(context.Context) error { read[id]++; return fails },
		}}
	}
	p1, p2, p3 := other("p1", nil), other("p2", nil), other("p3", errors.New("kairan.yaml:3:1: bad"))
	young := other("p4", nil)
	young.Started = noon.Add(time.Minute)
	done, err := h.Reload(t.Context(), me)
	if err != nil || done.Request == 0 {
		t.Fatalf("asked: %+v, %v", done, err)
	}
	if _, err := h.Remap(t.Context(), me); err != nil || h.refiled != 1 { // what a process can't do it leaves unanswered
		t.Fatalf("remap: %v, %d times", err, h.refiled)
	}
	for range 2 {
		for _, p := range []*operate.Heeder{p1, p2, p3, young} {
			if err := p.Heed(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	if read["p1"] != 0 || read["p2"] != 1 || read["p3"] != 1 || read["p4"] != 0 {
		t.Errorf("the processes read %v times; p1 had done so itself, p4 began later", read)
	}
	requests, err := h.db.Requests(t.Context(), 10)
	if err != nil || len(requests) != 2 || len(requests[0].Answers) != 0 {
		t.Fatalf("requests are %+v, %v", requests, err)
	}
	failures := map[string]string{}
	for _, a := range requests[1].Answers {
		failures[a.Process] = a.Failure
	}
	if len(failures) != 3 || failures["p1"] != "" || failures["p2"] != "" || failures["p3"] != "kairan.yaml:3:1: bad" {
		t.Errorf("answers are %v", failures)
	}
}

func TestAConfigurationWithErrorsIsAskedOfNobodyElse(t *testing.T) {
	h := newHouse(t)
	h.reread = errors.New("kairan.yaml:3:1: bad")
	if _, err := h.Reload(t.Context(), me); err == nil || !strings.Contains(err.Error(), "kairan.yaml:3:1: bad") || !strings.Contains(err.Error(), "stays") {
		t.Errorf("reloaded with %v", err)
	}
	if requests, err := h.db.Requests(t.Context(), 10); err != nil || len(requests) != 0 {
		t.Errorf("asked is %v, %v", requests, err)
	}
	if deed := h.last(t); !strings.Contains(deed.Failure, "bad") {
		t.Errorf("recorded is %+v", deed)
	}
}

func TestAnIncidentIsTakenAndGivenBack(t *testing.T) {
	h := newHouse(t)
	if err := h.db.PutIncidents(t.Context(), []flow.Incident{{Finding: flow.Finding{Kind: "silent", Subject: flow.Subject{Of: flow.OfSource, ID: "harbour-ja"}}, Opened: noon, Seen: noon}}); err != nil {
		t.Fatal(err)
	}
	open := func() flow.Incident {
		all, err := h.db.OpenIncidents(t.Context())
		if err != nil || len(all) != 1 {
			t.Fatalf("open are %v, %v", all, err)
		}
		return all[0]
	}
	if _, err := h.Take(t.Context(), me, open().ID, " looking "); err != nil {
		t.Fatal(err)
	}
	if got := open().Taken; got == nil || *got != (flow.Taken{By: "yuki", At: noon, Note: "looking"}) {
		t.Errorf("taken is %+v", got)
	}
	if _, err := h.Untake(t.Context(), me, open().ID); err != nil || open().Taken != nil {
		t.Errorf("given back: %v, %+v", err, open().Taken)
	}
}

// unrecorded is a store without room in its audit log.
type unrecorded struct{ operate.Store }

func (unrecorded) PutDeed(context.Context, store.Deed) error { return errors.New("disk full") }

func TestWhatIsDoneAndNotRecordedIsAnError(t *testing.T) {
	h := newHouse(t)
	h.Store = unrecorded{h.db}
	if _, err := h.Run(t.Context(), me, "harbour-ja"); !errors.Is(err, operate.ErrUnrecorded) || !strings.Contains(err.Error(), "disk full") {
		t.Errorf("not recorded: %v", err)
	}
	if _, err := h.Run(t.Context(), me, "nowhere"); errors.Is(err, operate.ErrUnrecorded) || err == nil {
		t.Errorf("neither done nor recorded: %v", err)
	}
}

func TestWhoGoesAwayIsRecordedAllTheSame(t *testing.T) {
	h := newHouse(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.Run(ctx, me, "harbour-ja"); err == nil {
		t.Error("done for nobody")
	}
	if deed := h.last(t); deed.Failure == "" {
		t.Errorf("recorded is %+v", deed)
	}
}

func TestAnEndIsReadAsPeopleWriteIt(t *testing.T) {
	tokyo := time.FixedZone("JST", 9*60*60)
	now := noon.In(tokyo)
	for _, c := range []struct{ text, want string }{
		{"90m", "2026-12-01T22:30:00+09:00"},
		{" 4h ", "2026-12-02T01:00:00+09:00"},
		{"3d", "2026-12-04T21:00:00+09:00"},
		{"2w", "2026-12-15T21:00:00+09:00"},
		{"1.5d", "2026-12-03T09:00:00+09:00"},
		{"2026-12-24", "2026-12-24T00:00:00+09:00"},
		{"2026-12-24 15:00", "2026-12-24T15:00:00+09:00"},
		{"2026-12-24T15:00", "2026-12-24T15:00:00+09:00"}, // as browsers send a datetime-local
		{"2026-12-24T15:00:00Z", "2026-12-24T15:00:00Z"},
		{"", ""}, {"soon", ""}, {"-4h", ""}, {"0d", ""}, {"2026-11-30", ""}, {"400d", ""}, {"1e300w", ""}, {"NaNd", ""}, {"d", ""},
	} {
		got, err := operate.ParseUntil(c.text, now)
		if c.want == "" {
			if r, ok := errors.AsType[*operate.Refusal](err); !ok || r.Why != operate.Invalid {
				t.Errorf("%q ends at %v, %v", c.text, got, err)
			}
		} else if err != nil || got.Format(time.RFC3339) != c.want {
			t.Errorf("%q ends at %v, %v; want %s", c.text, got, err, c.want)
		}
	}
}

func TestLongWordsAreCutInTheLog(t *testing.T) {
	h := newHouse(t)
	if _, err := h.Run(t.Context(), me, strings.Repeat("長", 5000)); err == nil {
		t.Error("no such source is visited")
	}
	if deed := h.last(t); len([]rune(deed.Subject)) > 500 || len([]rune(deed.Failure)) > 500 || !slices.Contains([]rune(deed.Subject), '…') {
		t.Errorf("recorded are %d and %d characters", len([]rune(deed.Subject)), len([]rune(deed.Failure)))
	}
}
