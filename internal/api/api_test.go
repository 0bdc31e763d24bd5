package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/api"
	"github.com/kairan-news/kairan/internal/apitest"
	"github.com/kairan-news/kairan/internal/config"
	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/gate"
	"github.com/kairan-news/kairan/internal/operate"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/storetest"
)

var noon = time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)

// house is an API over a service whose every field is filled.
type house struct {
	http.Handler
	db     *store.DB
	caller gate.Caller
	away   error
}

func newHouse(t *testing.T) *house {
	t.Helper()
	db, err := store.Open(t.Context(), storetest.SQLite(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	site := &feeds.Site{ID: "city", BaseURL: "https://news.city.example", Locales: []feeds.Locale{{Tag: "en", Chain: feeds.Chain{"en"}}}, Categories: []feeds.Category{{Term: "roads"}}}
	h := &house{db: db, caller: gate.Caller{Name: "yuki", Way: "api", Origin: "10.0.0.7", May: gate.Act}}
	operator := &operate.Operator{
		Store: db,
		Known: func() operate.Known {
			return operate.Known{Name: "kairan.yaml", Site: site, Sources: []feeds.Source{{ID: "harbour-ja", Kind: feeds.KindFeed}, {ID: "off", Kind: feeds.KindFeed, Disabled: true}}, Kinds: []flow.Kind{"silent"}}
		},
		Refile: func(context.Context) error { return nil }, Reread: func(context.Context) error { return nil },
		Process: "p1", Near: config.Nearest, Now: func() time.Time { return noon }, Log: slog.New(slog.DiscardHandler),
	}
	if err := db.PutIncidents(t.Context(), []flow.Incident{{Finding: flow.Finding{Kind: "silent", Subject: flow.Subject{Of: flow.OfSource, ID: "harbour-ja"}}, Opened: noon, Seen: noon}}); err != nil {
		t.Fatal(err)
	}
	h.Handler = api.Handler(api.Config{Data: filled{h}, Operator: operator, Log: slog.New(slog.DiscardHandler)})
	return h
}

func (h *house) ask(method, path, body string) *http.Response {
	r := httptest.NewRequest(method, "/api/v1"+path, strings.NewReader(body))
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	r = r.WithContext(gate.With(r.Context(), h.caller))
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

// promise is the description, to which answers are held.
func promise(t *testing.T, h *house) *apitest.Promise {
	t.Helper()
	r := h.ask("GET", "/openapi.json", "")
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return apitest.New(t, body)
}

func TestTheDescriptionIsOpenAPI31(t *testing.T) {
	if err := promise(t, newHouse(t)).Flaw(); err != nil {
		t.Error(err)
	}
	if err := apitest.New(t, []byte(`{"openapi": "3.1.1", "info": {"title": "x", "version": "1"}, "paths": {"status": {}}}`)).Flaw(); err == nil {
		t.Error("a path without a slash is no flaw")
	}
}

// answers are what is asked in the order in which it has an effect. Each operation of the
// description is among them, once at least as it succeeds.
var answers = []struct {
	method, path, body string
	status             int
	said               string
}{
	{"GET", "/status", "", 200, `"articles":3`},
	{"GET", "/configuration", "", 200, `"site":"city"`},
	{"GET", "/incidents", "", 200, `"urgency":"ticket"`},
	{"GET", "/incidents?state=all&limit=1", "", 200, `"next":"9"`},
	{"GET", "/incidents?state=all&limit=1&after=9", "", 200, `"resolved"`},
	{"GET", "/incidents?state=some", "", 400, `"open\" or \"all`},
	{"GET", "/incidents?after=77", "", 400, `begin anew`},
	{"GET", "/incidents?limit=0", "", 400, `from 1 to 1000`},
	{"GET", "/mutes", "", 200, `"reason":"New Year"`},
	{"GET", "/sources", "", 200, `"id":"harbour-ja"`},
	{"GET", "/sources?limit=1", "", 200, `"next":"harbour-ja"`},
	{"GET", "/sources?limit=1&after=harbour-ja", "", 200, `"id":"off"`},
	{"GET", "/sources?state=disabled", "", 200, `{"items":[{"id":"off"`},
	{"GET", "/sources?state=none", "", 200, `{"items":[]}`},
	{"GET", "/sources/harbour-ja", "", 200, `"last":{`},
	{"GET", "/sources/nowhere", "", 404, `no such source`},
	{"GET", "/sources/harbour-ja/runs?limit=1", "", 200, `"next":"2"`},
	{"GET", "/sources/harbour-ja/runs?after=2", "", 200, `"id":"1"`},
	{"GET", "/sources/nowhere/runs", "", 404, `no such source`},
	{"GET", "/channels", "", 200, `"name":"en/roads"`},
	{"GET", "/processes", "", 200, `"role":"serve"`},
	{"GET", "/jobs", "", 200, `"kind":"collect"`},
	{"GET", "/locales", "", 200, `"accepts":["ja","*"]`},
	{"GET", "/openapi.json", "", 200, `"openapi"`},
	{"GET", "/nowhere", "", 404, `no such operation`},
	{"POST", "/status", "", 405, `asked by GET`},
	{"GET", "/remap", "", 405, `asked by POST`},
	{"DELETE", "/sources/harbour-ja", "", 405, `asked by GET`},

	{"POST", "/sources/harbour-ja/run", "", 200, `"changed":true`},
	{"POST", "/sources/harbor-ja/run", "", 404, `did you mean`},
	{"POST", "/sources/off/run", "", 409, `disabled`},
	{"POST", "/sources/harbour-ja/pause", `{"reason": "it moves", "until": "4h"}`, 200, `16:00 UTC`},
	{"POST", "/sources/harbour-ja/pause", `{"reason": "it moves", "until": "soon"}`, 422, `no time`},
	{"POST", "/sources/harbour-ja/pause", `{"reason": "it moves", "untill": "4h"}`, 400, `untill`},
	{"POST", "/sources/harbour-ja/pause", `{"reason": "it moves"} x`, 400, `goes on`},
	{"POST", "/sources/harbour-ja/pause", `"it moves"`, 400, `not the JSON`},
	{"POST", "/sources/harbour-ja/run", "", 409, `paused until`},
	{"POST", "/sources/harbour-ja/resume", "", 200, `asked again`},
	{"POST", "/sources/harbour-ja/retry", "", 200, `"changed":false`},
	{"POST", "/sources/harbour-ja/release", "", 409, `nothing of source`},
	{"POST", "/republish", `{"channel": "en/roads"}`, 200, `is marked`},
	{"POST", "/republish", `{"all": true}`, 200, `are marked`},
	{"POST", "/republish", ``, 422, `Say which channel`},
	{"POST", "/republish", `{"channel": "en/roads", "all": true}`, 422, `not both`},
	{"POST", "/remap", "", 200, `"request":1`},
	{"POST", "/reload", "", 200, `"request":2`},
	{"POST", "/erase", `{"article": "urn:x", "reason": "court order"}`, 404, `no such article`},
	{"POST", "/incidents/1/take", `{"note": "looking"}`, 200, `by yuki`},
	{"POST", "/incidents/1/untake", "", 200, `waits for somebody`},
	{"POST", "/incidents/2/take", "", 404, `not open`},
	{"POST", "/incidents/x/take", "", 404, `is a number`},
	{"POST", "/mute", `{"kind": "silent", "subject": {"of": "source", "id": "harbour-ja"}, "reason": "New Year", "until": "3d"}`, 200, `Nobody is told`},
	{"POST", "/unmute", `{"kind": "silent", "subject": {"of": "source", "id": "harbour-ja"}}`, 200, `told of silent`},
	{"GET", "/requests", "", 200, `"answers":[{"process":"p1"`},
	{"GET", "/audit?limit=1", "", 200, `"action":"unmute"`},
	{"GET", "/audit?after=2", "", 200, `"id":1`},
	{"GET", "/audit?after=x", "", 400, `as next`},
}

func TestEachAnswerIsAsItIsDescribed(t *testing.T) {
	h := newHouse(t)
	p := promise(t, h)
	seen := map[string]bool{}
	for _, c := range answers {
		w := h.ask(c.method, c.path, c.body)
		body, err := io.ReadAll(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		mediaType := w.Header.Get("Content-Type")
		if w.StatusCode != c.status || !bytes.Contains(body, []byte(c.said)) {
			t.Errorf("%s %s %s is answered %d %s, want %d %s", c.method, c.path, c.body, w.StatusCode, body, c.status, c.said)
		}
		if w.StatusCode != 200 && mediaType != "application/problem+json" {
			t.Errorf("%s %s fails with %s", c.method, c.path, mediaType)
		}
		path, _, _ := strings.Cut(c.path, "?")
		operation := p.Operation(c.method, path)
		if operation == "" {
			if w.StatusCode != 404 && w.StatusCode != 405 {
				t.Errorf("%s %s is answered and not described", c.method, c.path)
			}
			continue
		}
		seen[operation] = true
		if err := p.Answer(operation, w.StatusCode, mediaType, body); err != nil {
			t.Errorf("%s %s is answered otherwise than described: %v\n%s", c.method, c.path, err, body)
		}
		if w.StatusCode == 200 {
			if err := p.Wish(operation, []byte(c.body)); err != nil {
				t.Errorf("%s %s takes %s, which is not described: %v", c.method, c.path, c.body, err)
			}
		}
	}
	for _, operation := range p.Operations() {
		if !seen[operation] {
			t.Errorf("%s is described, and no answer of it was looked at", operation)
		}
	}
}

func TestWhoMayOnlyLookDoesNothing(t *testing.T) {
	h := newHouse(t)
	for _, caller := range []gate.Caller{{Name: "desk", May: gate.View}, {}} {
		h.caller = caller
		if w := h.ask("POST", "/remap", ""); w.StatusCode != http.StatusForbidden {
			t.Errorf("%+v is answered %d", caller, w.StatusCode)
		}
	}
	if deeds, err := h.db.Deeds(t.Context(), 0, 1); err != nil || len(deeds) != 0 {
		t.Errorf("done is %v, %v", deeds, err)
	}
}

func TestWhatIsSentIsJSONAndShort(t *testing.T) {
	h := newHouse(t)
	for _, c := range []struct {
		mediaType, body string
		status          int
	}{
		{"text/plain", `{"reason": "it moves", "until": "4h"}`, 415},
		{"", `{"reason": "it moves", "until": "4h"}`, 415},
		{"application/x-www-form-urlencoded", "reason=it+moves&until=4h", 415},
		{"application/json; charset=utf-8", `{"reason": "it moves", "until": "4h"}`, 200},
		{"application/json", `{"reason": "` + strings.Repeat("x", 70<<10) + `"}`, 413},
	} {
		r := httptest.NewRequest("POST", "/api/v1/sources/harbour-ja/pause", strings.NewReader(c.body))
		r.Header.Set("Content-Type", c.mediaType)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r.WithContext(gate.With(r.Context(), h.caller)))
		if w.Code != c.status {
			t.Errorf("%q is answered %d %s", c.mediaType, w.Code, w.Body)
		}
	}
}

func TestWithoutADatabaseItSaysSo(t *testing.T) {
	h := newHouse(t)
	h.away = errors.New("connection refused")
	w := h.ask("GET", "/status", "")
	var p struct {
		Title, Detail string
		Status        int
	}
	if err := json.NewDecoder(w.Body).Decode(&p); err != nil || w.StatusCode != 503 || p.Status != 503 || p.Title != "Service Unavailable" || !strings.Contains(p.Detail, "connection refused") {
		t.Errorf("answered %d %+v, %v", w.StatusCode, p, err)
	}
}

// filled answers each question with everything that there may be.
type filled struct{ h *house }

func (f filled) Status(context.Context) (api.Status, error) {
	return api.Status{At: noon, Version: "v1", State: flow.Troubled, Sentence: "1 thing is wrong.", Open: map[flow.Urgency]int{flow.Page: 1}, Sources: map[string]int{"ok": 1}, Articles: 3, Log: 9, Waiting: 1}, f.h.away
}

func (f filled) Incidents(_ context.Context, resolved bool) ([]api.Incident, error) {
	finding := flow.Finding{Kind: "silent", Subject: flow.Subject{Of: flow.OfSource, ID: "harbour-ja"}, Urgency: flow.Ticket, Since: noon, What: "w", Readers: "r", Do: "d", Publishers: []string{"harbour"}, Dark: []string{"harbour"}}
	all := []api.Incident{{Incident: flow.Incident{ID: 9, Finding: finding, Opened: noon, Seen: noon, Taken: &flow.Taken{By: "yuki", At: noon, Note: "n"}}, Muted: noon}}
	if resolved {
		all = append(all, api.Incident{Incident: flow.Incident{ID: 8, Finding: finding, Opened: noon, Seen: noon, Resolved: noon}})
	}
	return all, nil
}

func (f filled) Mutes(context.Context) ([]flow.Mute, error) {
	return []flow.Mute{{Key: flow.Key{Kind: "silent", Subject: flow.Subject{Of: flow.OfService}}, By: "yuki", Reason: "New Year", Since: noon, Until: noon}}, nil
}

func (f filled) Sources(context.Context) ([]api.Source, error) {
	run := api.Run{Started: noon, Milliseconds: 7, Outcome: "failed", Status: 503, Bytes: 9, New: 1, Changed: 2, Error: "no answer", Problems: []string{"p"}}
	return []api.Source{{
		ID: "harbour-ja", Publisher: "harbour", Kind: "feed", Address: "https://www.harbour.example/feed", State: "held", Failures: 2, Held: "h",
		Paused: &flow.Pause{By: "yuki", Reason: "r", Since: noon, Until: noon}, Articles: 3, Last: &run, Succeeded: noon, Due: noon, Gone: noon, Moved: "https://m.example/",
	}, {ID: "off", Publisher: "harbour", Kind: "folder", State: "disabled"}}, nil
}

func (f filled) Runs(_ context.Context, _, after string, limit int) ([]api.Run, error) {
	all := []api.Run{{ID: "2", Started: noon, Outcome: "ok"}, {ID: "1", Started: noon, Outcome: "unchanged"}}
	if after == "2" {
		all = all[1:]
	}
	return all[:min(limit, len(all))], nil
}

func (f filled) Channels(context.Context) ([]api.Channel, error) {
	return []api.Channel{{Name: "en/roads", Revision: 7, Published: noon, Entries: 3, Archives: 1, Waiting: noon}, {Name: "en/all"}}, nil
}

func (f filled) Processes(context.Context) ([]api.Process, error) {
	return []api.Process{{ID: "p1", Role: "serve", Host: "h", PID: 7, Version: "v1", Plan: "d", Started: noon, Beat: noon, Stopped: noon, Facts: flow.Facts{Memory: 7}}}, nil
}

func (f filled) Jobs(context.Context, int) ([]api.Job, error) {
	return []api.Job{{ID: 1, Kind: "collect", About: "www.harbour.example:443", State: "running", Scheduled: noon, Attempted: noon, Attempt: 1}}, nil
}

func (f filled) Locales(context.Context) ([]api.Locale, error) {
	return []api.Locale{{Tag: "ja", Accepts: []string{"ja", "*"}, Missing: 2}}, nil
}

func (f filled) Configuration(context.Context) (api.Configuration, error) {
	none := []string{}
	return api.Configuration{Name: "kairan.yaml", Included: none, Site: "city", Address: "https://news.city.example", Storage: "sqlite:kairan.db", Plan: "d", Locales: []string{"en"}, Categories: none, Publishers: none, Sources: 2, Channels: 3, Warnings: none}, nil
}

func (f filled) Audit(ctx context.Context, before int64, limit int) ([]api.Deed, error) {
	deeds, err := f.h.db.Deeds(ctx, before, limit)
	all := make([]api.Deed, len(deeds))
	for i, d := range deeds {
		all[i] = api.Deed(d)
	}
	return all, err
}

func (f filled) Requests(ctx context.Context, limit int) ([]api.Request, error) {
	requests, err := f.h.db.Requests(ctx, limit)
	all := make([]api.Request, len(requests))
	for i, r := range requests {
		all[i] = api.Request{ID: r.ID, Time: r.Time, Who: r.Who, What: r.What, Answers: []api.Answer{}}
		for _, a := range r.Answers {
			all[i].Answers = append(all[i].Answers, api.Answer(a))
		}
	}
	return all, err
}
