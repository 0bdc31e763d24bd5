package store_test

import (
	"reflect"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/store"
)

var watchBullets = []bullet{
	{"a process is as it wrote of itself last", func(t *testing.T, h *house) {
		p := flow.Process{ID: "p", Role: "work", Host: "a", PID: 7, Version: "1", Plan: "x", Started: noon, Beat: noon,
			Facts: flow.Facts{Memory: 5, Disks: []flow.Disk{{Path: "/", For: "database", Free: 3}}}}
		for _, beat := range []time.Time{noon, noon.Add(time.Minute)} {
			p.Beat = beat
			if err := h.Beat(t.Context(), p); err != nil {
				t.Fatal(err)
			}
		}
		if got := must(h.Processes(t.Context(), noon))(t); len(got) != 1 || !reflect.DeepEqual(got[0], p) {
			t.Errorf("read back was %+v", got)
		}
		if got := must(h.Processes(t.Context(), noon.Add(time.Hour)))(t); len(got) != 0 {
			t.Errorf("since then nobody wrote, and there is %+v", got)
		}
		if err := h.PruneProcesses(t.Context(), noon.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if got := must(h.Processes(t.Context(), noon))(t); len(got) != 0 {
			t.Errorf("pruned, and there is %+v", got)
		}
	}},
	{"a term is of one at a time, until it ends", func(t *testing.T, h *house) {
		for _, c := range []struct {
			holder string
			at     time.Duration
			want   bool
		}{
			{"a", 0, true}, {"b", time.Second, false}, {"a", 2 * time.Second, true}, {"b", 21 * time.Second, false}, {"b", 23 * time.Second, true}, {"a", 24 * time.Second, false},
		} {
			if got := must(h.Hold(t.Context(), "watch", c.holder, noon.Add(c.at), 20*time.Second))(t); got != c.want {
				t.Errorf("%s at %v: %v", c.holder, c.at, got)
			}
		}
		if err := h.Drop(t.Context(), "watch", "a"); err != nil {
			t.Fatal(err)
		}
		if must(h.Hold(t.Context(), "watch", "a", noon.Add(25*time.Second), 20*time.Second))(t) {
			t.Error("it ended another's term")
		}
		h.Drop(t.Context(), "watch", "b")
		if !must(h.Hold(t.Context(), "watch", "a", noon.Add(25*time.Second), 20*time.Second))(t) {
			t.Error("a term that was ended is not free")
		}
	}},
	{"everybody can see who has a term, and until when", func(t *testing.T, h *house) {
		if holder, until, err := h.Holder(t.Context(), "watch"); holder != "" || !until.IsZero() || err != nil {
			t.Errorf("before anybody had it: %q until %v, %v", holder, until, err)
		}
		must(h.Hold(t.Context(), "watch", "a", noon, 20*time.Second))(t)
		must(h.Hold(t.Context(), "watch", "b", noon.Add(time.Second), time.Minute))(t)
		end := noon.Add(20 * time.Second)
		if holder, until, err := h.Holder(t.Context(), "watch"); holder != "a" || !until.Equal(end) || err != nil {
			t.Errorf("it is of %q until %v, %v", holder, until, err)
		}
	}},
	{"the last times of backups are kept, the oldest first", func(t *testing.T, h *house) {
		if times := must(h.Backups(t.Context()))(t); len(times) != 0 {
			t.Errorf("before the first there are %v", times)
		}
		for n := range flow.BackupsKept + 2 {
			if err := h.NoteBackup(t.Context(), noon.Add(time.Duration(n)*time.Hour)); err != nil {
				t.Fatal(err)
			}
		}
		times := must(h.Backups(t.Context()))(t)
		if len(times) != flow.BackupsKept || !times[0].Equal(noon.Add(2*time.Hour)) || !times[len(times)-1].Equal(noon.Add(9*time.Hour)) {
			t.Errorf("kept are %v", times)
		}
	}},
	{"an incident is opened once, changed while it lasts, and stays as it ended", func(t *testing.T, h *house) {
		i := flow.Incident{Opened: noon, Seen: noon, Flaps: 2, Under: &flow.Key{Kind: "u", Subject: flow.Subject{Of: flow.OfHost, ID: "h"}}, Finding: flow.Finding{Kind: "k", Subject: flow.Subject{Of: flow.OfSource, ID: "a b"}, Urgency: flow.Page, Since: noon, What: "It is so."}}
		for range 2 {
			if err := h.PutIncidents(t.Context(), []flow.Incident{i}); err != nil {
				t.Fatal(err)
			}
		}
		open := must(h.OpenIncidents(t.Context()))(t)
		if len(open) != 1 {
			t.Fatalf("open are %+v", open)
		}
		i.ID = open[0].ID
		if !reflect.DeepEqual(open[0], i) {
			t.Errorf("read back was %+v", open[0])
		}
		taken := &flow.Taken{By: "me", At: noon}
		if !must(h.TakeIncident(t.Context(), i.ID, taken))(t) {
			t.Error("it is not open")
		}
		i.Seen, i.Resolved, i.What = noon.Add(time.Hour), noon.Add(time.Hour), "It was so."
		if err := h.PutIncidents(t.Context(), []flow.Incident{i}); err != nil {
			t.Fatal(err)
		}
		if got := must(h.OpenIncidents(t.Context()))(t); len(got) != 0 {
			t.Errorf("open are %+v", got)
		}
		got := must(h.Incidents(t.Context(), noon))(t)
		if len(got) != 1 || got[0].What != "It was so." || !reflect.DeepEqual(got[0].Taken, taken) {
			t.Errorf("it ended as %+v", got)
		}
		if must(h.TakeIncident(t.Context(), i.ID, nil))(t) {
			t.Error("it can still be taken")
		}
		if err := h.PutIncidents(t.Context(), []flow.Incident{{Opened: noon, Finding: i.Finding}}); err != nil {
			t.Fatal(err)
		}
		if open := must(h.OpenIncidents(t.Context()))(t); len(open) != 1 || open[0].ID == i.ID {
			t.Errorf("opened again it is %+v", open)
		}
		if err := h.PruneIncidents(t.Context(), noon.Add(2*time.Hour), noon); err != nil {
			t.Fatal(err)
		}
		if got := must(h.Incidents(t.Context(), noon))(t); len(got) != 1 {
			t.Errorf("after pruning there are %+v", got)
		}
	}},
	{"a mute and a pause are in force until their end", func(t *testing.T, h *house) {
		m := flow.Mute{Key: flow.Key{Kind: "k", Subject: flow.Subject{Of: flow.OfService}}, By: "me", Reason: "r", Since: noon, Until: noon.Add(time.Hour)}
		p := flow.Pause{By: "me", Reason: "r", Since: noon, Until: noon.Add(time.Hour)}
		for range 2 {
			if err := h.PutMute(t.Context(), m); err != nil {
				t.Fatal(err)
			}
			if err := h.PutPause(t.Context(), "a", p); err != nil {
				t.Fatal(err)
			}
		}
		if got := must(h.Mutes(t.Context(), noon))(t); len(got) != 1 || got[0] != m {
			t.Errorf("muted is %+v", got)
		}
		if got := must(h.Pauses(t.Context(), noon))(t); len(got) != 1 || got["a"] != p {
			t.Errorf("paused is %+v", got)
		}
		if got := must(h.Mutes(t.Context(), m.Until))(t); len(got) != 0 {
			t.Errorf("muted is still %+v", got)
		}
		if got := must(h.Pauses(t.Context(), p.Until))(t); len(got) != 0 {
			t.Errorf("paused is still %+v", got)
		}
		if !must(h.DropMute(t.Context(), m.Key))(t) || must(h.DropMute(t.Context(), m.Key))(t) {
			t.Error("a mute ends once")
		}
		if !must(h.DropPause(t.Context(), "a"))(t) || must(h.DropPause(t.Context(), "a"))(t) {
			t.Error("a pause ends once")
		}
	}},
	{"what is to be told is told by one, and again by another who finds it forgotten", func(t *testing.T, h *house) {
		wanted := []store.Telling{{Receiver: "mail", Incident: 1, What: "opened"}}
		claim := func(at time.Duration) int {
			return len(must(h.ClaimTellings(t.Context(), wanted, noon.Add(at), noon.Add(at-time.Minute)))(t))
		}
		if a, b := claim(0), claim(time.Second); a != 1 || b != 0 {
			t.Errorf("claimed %d and %d", a, b)
		}
		if n := claim(2 * time.Minute); n != 1 {
			t.Errorf("a claim that led to nothing: %d", n)
		}
		if err := h.PutTold(t.Context(), wanted, time.Time{}); err != nil {
			t.Fatal(err)
		}
		if n := claim(2*time.Minute + time.Second); n != 1 {
			t.Errorf("what failed is claimed %d times", n)
		}
		if err := h.PutTold(t.Context(), wanted, noon); err != nil {
			t.Fatal(err)
		}
		if n := claim(time.Hour); n != 0 {
			t.Error("told twice")
		}
		if got := must(h.Tellings(t.Context(), []int64{1, 2}))(t); len(got) != 1 || !got[0].Told.Equal(noon) {
			t.Errorf("told is %+v", got)
		}
	}},
	{"deeds are kept in their order", func(t *testing.T, h *house) {
		for _, what := range []string{"a", "b", "c"} {
			if err := h.PutDeed(t.Context(), store.Deed{Time: noon, Who: "me", Way: "page", Origin: "127.0.0.1", Action: what, Subject: "source x", Detail: "d", Failure: "f"}); err != nil {
				t.Fatal(err)
			}
		}
		got := must(h.Deeds(t.Context(), 0, 2))(t)
		if len(got) != 2 || got[0].Action != "c" || got[1].Action != "b" || !got[0].Time.Equal(noon) {
			t.Fatalf("the newest are %+v", got)
		}
		if got := must(h.Deeds(t.Context(), got[1].ID, 2))(t); len(got) != 1 || got[0].Action != "a" {
			t.Errorf("before them %+v", got)
		}
		if err := h.PruneDeeds(t.Context(), noon.Add(1)); err != nil {
			t.Fatal(err)
		}
	}},
	{"a request is answered once by each process, and forgotten after a month", func(t *testing.T, h *house) {
		ask := func(at time.Time) int64 {
			return must(h.PutRequest(t.Context(), store.Request{Time: at, Who: "me", What: "reload"}))(t)
		}
		first := ask(noon)
		second := ask(noon.Add(time.Hour))
		if got := must(h.Unanswered(t.Context(), "p", noon))(t); len(got) != 2 || got[0].ID != first || got[0].What != "reload" || got[0].Who != "me" || !got[0].Time.Equal(noon) {
			t.Fatalf("asked of p is %+v", got)
		}
		for _, failure := range []string{"x", "bad configuration"} {
			if err := h.PutAnswer(t.Context(), first, store.Answer{Process: "p", Time: noon, Failure: failure}); err != nil {
				t.Fatal(err)
			}
		}
		if got := must(h.Unanswered(t.Context(), "p", noon))(t); len(got) != 1 || got[0].ID != second {
			t.Errorf("left to answer is %+v", got)
		}
		if got := must(h.Unanswered(t.Context(), "q", noon.Add(time.Minute)))(t); len(got) != 1 || got[0].ID != second {
			t.Errorf("asked of a younger process is %+v", got)
		}
		all := must(h.Requests(t.Context(), 5))(t)
		if len(all) != 2 || all[0].ID != second || len(all[0].Answers) != 0 || !reflect.DeepEqual(all[1].Answers, []store.Answer{{Process: "p", Time: noon, Failure: "bad configuration"}}) {
			t.Errorf("the newest requests are %+v", all)
		}
		ask(noon.Add(31 * 24 * time.Hour))
		if all := must(h.Requests(t.Context(), 5))(t); len(all) != 1 {
			t.Errorf("after a month there are %+v", all)
		}
	}},
	{"a rhythm is kept, and days are the sums of their runs", func(t *testing.T, h *house) {
		r := flow.Rhythm{Learned: noon, Arrivals: []int64{1, 5}, Days: []flow.Day{{Day: 3, New: 4}}}
		for range 2 {
			if err := h.PutRhythm(t.Context(), "a", r); err != nil {
				t.Fatal(err)
			}
		}
		if got := must(h.Rhythms(t.Context()))(t); len(got) != 1 || !reflect.DeepEqual(got["a"], r) {
			t.Errorf("read back was %+v", got)
		}
		for i, run := range []store.Run{{New: 2, Bytes: 10, Outcome: store.RunOK}, {Outcome: store.RunFailed}, {New: 1, Outcome: store.RunOK}} {
			run.Source, run.Started = "a", noon.Add(time.Duration(i)*12*time.Hour)
			if err := h.RecordRun(t.Context(), run, store.SourceState{}); err != nil {
				t.Fatal(err)
			}
		}
		if got := must(h.Arrivals(t.Context(), "a", noon))(t); len(got) != 2 || !got[0].Equal(noon) {
			t.Errorf("something new came at %v", got)
		}
		day := noon.Unix() / 86400
		for range 2 {
			if err := h.CountDays(t.Context(), day, day+2); err != nil {
				t.Fatal(err)
			}
		}
		want := []store.SourceDay{{Source: "a", Day: day, Runs: 1, New: 2, Bytes: 10}, {Source: "a", Day: day + 1, Runs: 2, Failed: 1, New: 1}}
		for _, source := range []string{"a", ""} {
			if got := must(h.Days(t.Context(), source, day))(t); !reflect.DeepEqual(got, want) {
				t.Errorf("the days of %q are %+v", source, got)
			}
		}
	}},
}
