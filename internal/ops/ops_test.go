package ops

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/kairan-news/kairan/feeds"
)

var anyTime = time.Date(2026, 11, 2, 1, 30, 0, 0, time.UTC)

var errAway = errors.New("the database is away")

func discard() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

func get(h http.Handler, path string) *http.Response { return ask(h, http.MethodGet, path) }

func ask(h http.Handler, method, path string) *http.Response {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(method, path, nil))
	return w.Result()
}

func body(t testing.TB, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// fields compares header fields.
func fields(t *testing.T, r *http.Response, want map[string]string) {
	t.Helper()
	for name, value := range want {
		if got := r.Header.Get(name); got != value {
			t.Errorf("%s: %q, want %q", name, got, value)
		}
	}
}

// document reads a page.
func document(t *testing.T, r *http.Response) *goquery.Document {
	t.Helper()
	d, err := goquery.NewDocumentFromReader(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func texts(d *goquery.Document, selector string) []string {
	return d.Find(selector).Map(func(_ int, s *goquery.Selection) string { return strings.TrimSpace(s.Text()) })
}

// documents are those of a process that serves twelve.
type documents struct {
	missing  error
	oldWords time.Time
	faulty   []Fault
}

func (d *documents) Ready() error { return d.missing }
func (d *documents) State() DocumentState {
	return DocumentState{Documents: 12, Held: 3, Bytes: 40_000, Faulty: d.faulty, Faults: 2, OldWords: d.oldWords}
}

// operations is the state of a service in memory.
type operations struct {
	away    error
	full    error // why the database can't be written
	sources []SourceStatus
	runs    []Run
}

func (o *operations) Ping(context.Context) error                      { return o.away }
func (o *operations) Writable(context.Context) error                  { return o.full }
func (o *operations) Sources(context.Context) ([]SourceStatus, error) { return o.sources, o.away }
func (o *operations) Runs(_ context.Context, _ string, limit int) ([]Run, error) {
	return o.runs[:min(limit, len(o.runs))], o.away
}

func (o *operations) Figures(context.Context) (Figures, error) {
	return Figures{LogSeq: 412, Articles: map[string]int{"ja": 30, "en": 12}, Marks: 3, Rejections: 1}, o.away
}

func someOperations() *operations {
	now := anyTime
	var runs []Run
	for i := range 60 {
		r := Run{Started: now.Add(-time.Duration(i) * time.Hour), Took: 340 * time.Millisecond, Outcome: "unchanged", Status: 304}
		switch i % 7 {
		case 2:
			r.Outcome, r.Status, r.New, r.Bytes = "ok", 200, 3, 45_000
			r.Problems = []string{"language-conflict: the text of 3 articles is not in ja", fmt.Sprint("date-unreadable: run ", i)}
		case 5:
			r.Outcome, r.Status, r.Error, r.Took = "failed", 0, "get https://beijing.example/feed: no answer within 30 s; look whether the host is up <b>", 30*time.Second
		}
		runs = append(runs, r)
	}
	source := func(id string, state SourceState, last *Run) SourceStatus {
		return SourceStatus{
			Source:    feeds.Source{ID: id, Publisher: id, Kind: feeds.KindFeed, URL: "https://" + id + ".example/feed", Schedule: "*/30 * * * *"},
			Publisher: "City of " + id, State: state, Last: last, Due: now.Add(25 * time.Minute), Succeeded: now.Add(-time.Hour),
		}
	}
	failing := source("beijing", SourceFailing, &runs[5])
	failing.Failures = 4
	held := source("tomsk", SourceHeld, &Run{Started: now.Add(-3 * time.Minute), Took: time.Second, Outcome: "held"})
	held.Held = "this run would withdraw 14 of 20 articles"
	disabled := source("taipei", SourceDisabled, nil)
	disabled.Due, disabled.Succeeded = time.Time{}, time.Time{}
	return &operations{sources: []SourceStatus{source("tokyo", SourceOK, &runs[2]), failing, held, disabled}, runs: runs}
}

func (o *operations) handler(more func(*Config)) http.Handler {
	c := Config{Status: o, Now: func() time.Time { return anyTime }, Version: "1.2.3", Log: discard()}
	if more != nil {
		more(&c)
	}
	return Handler(c)
}

func TestSources(t *testing.T) {
	o := someOperations()
	h := o.handler(nil)
	r := get(h, "/")
	fields(t, r, map[string]string{"Content-Type": htmlType, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"})
	d := document(t, r)
	if got := texts(d, "tbody tr td:first-child"); !slices.Equal(got, []string{"tomsk", "beijing", "tokyo", "taipei"}) {
		t.Errorf("who needs a person comes first: %v", got)
	}
	if got := texts(d, ".state"); !slices.Equal(got, []string{"held", "failing 4×", "ok", "disabled"}) {
		t.Errorf("states: %v", got)
	}
	if got := texts(d, ".hold"); len(got) != 1 || !strings.Contains(got[0], "14 of 20") || !strings.Contains(got[0], "kairan sources release tomsk") {
		t.Errorf("holds, with the command that releases them: %v", got)
	}
	row := strings.Join(texts(d, "tbody tr:nth-child(3) td"), "|")
	if row != "tokyo|City of tokyo|feed|ok|2 h ago|340 ms|ok|200|43.9 KiB|3|0|in 25 min|" {
		t.Errorf("row of tokyo: %s", row)
	}
	if got := texts(d, "tbody tr:nth-child(4) td"); got[4] != "never" || got[len(got)-2] != "–" {
		t.Errorf("row of a disabled source: %q", got)
	}
	if r := get(h, "/ops.css"); r.StatusCode != http.StatusOK || r.Header.Get("Content-Type") != "text/css; charset=utf-8" {
		t.Errorf("its style: status %d", r.StatusCode)
	}

	o.away = errAway
	if r := get(h, "/"); r.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body(t, r), "the database is away") {
		t.Errorf("without a database: status %d", r.StatusCode)
	}
}

func TestSource(t *testing.T) {
	h := someOperations().handler(nil)
	d := document(t, get(h, "/source/beijing"))
	if got := d.Find("tbody tr").Length(); got != 50 {
		t.Errorf("%d runs, want the last 50", got)
	}
	if got := d.Find(".strip rect").Length(); got != 50 {
		t.Errorf("%d bars, want 50", got)
	}
	last := d.Find(".strip rect").Last()
	if last.AttrOr("x", "") != "490" || last.AttrOr("class", "") != "same" {
		t.Errorf("the newest run stands at the end: x=%s class=%s", last.AttrOr("x", ""), last.AttrOr("class", ""))
	}
	if got := texts(d, "tbody tr:nth-child(6) td.error"); !strings.HasSuffix(got[0], "is up <b>") {
		t.Errorf("an error stays text: %q", got)
	}
	if got := texts(d, ".problems li"); !slices.Equal(got, []string{"language-conflict: the text of 3 articles is not in ja", "date-unreadable: run 2"}) {
		t.Errorf("what is wrong with the newest document that was read: %q", got)
	}
	if r := get(h, "/source/nowhere"); r.StatusCode != http.StatusNotFound {
		t.Errorf("an unknown source: status %d", r.StatusCode)
	}
	if r := ask(h, http.MethodPost, "/"); r.StatusCode != http.StatusMethodNotAllowed || r.Header.Get("Allow") == "" {
		t.Errorf("POST: status %d, Allow %q", r.StatusCode, r.Header.Get("Allow"))
	}
}

func TestHealthAndReadiness(t *testing.T) {
	o := someOperations()
	jobs := errors.New("no worker runs")
	served := &documents{missing: errors.New("what is published is not known yet")}
	h := o.handler(func(c *Config) {
		c.Documents = served
		c.Checks = []Check{{"jobs", func(context.Context) error { return jobs }}}
	})
	if r := get(h, "/healthz"); r.StatusCode != http.StatusOK || body(t, r) != "ok\n" {
		t.Errorf("healthz: status %d", r.StatusCode)
	}
	o.away = errAway
	r := get(h, "/readyz")
	if got := body(t, r); r.StatusCode != http.StatusServiceUnavailable || got != "database: the database is away\ndocuments: what is published is not known yet\njobs: no worker runs\n" {
		t.Errorf("readyz: status %d, %s", r.StatusCode, got)
	}
	if r := get(h, "/healthz"); r.StatusCode != http.StatusOK {
		t.Errorf("a process without a database lives: status %d", r.StatusCode)
	}
	o.away, jobs, served.missing = nil, nil, nil
	if r := get(h, "/readyz"); r.StatusCode != http.StatusOK {
		t.Errorf("readyz: status %d, %s", r.StatusCode, body(t, r))
	}
}

// A process that serves readers serves them also while the database can't be written, and
// says that it can't; one that only works can do nothing.
func TestReadinessWhileTheDatabaseCantBeWritten(t *testing.T) {
	const full = "the disk of /data/kairan.db is full: free some space there"
	o := someOperations()
	serves := o.handler(func(c *Config) { c.Documents = &documents{} })
	works := o.handler(nil)
	ask := func(h http.Handler) (int, string) {
		r := get(h, "/readyz")
		return r.StatusCode, body(t, r)
	}

	for name, h := range map[string]http.Handler{"one that serves": serves, "one that works": works} {
		if status, text := ask(h); status != http.StatusOK || text != "ready\n" {
			t.Errorf("%s, while all is well: status %d, %q", name, status, text)
		}
		if got := texts(document(t, get(h, "/")), ".hold"); len(got) != 1 {
			t.Errorf("%s, while all is well: %q", name, got)
		}
	}

	o.full = errors.New(full)
	if status, text := ask(serves); status != http.StatusOK || !strings.HasPrefix(text, "ready\n") || !strings.Contains(text, full) {
		t.Errorf("one that serves: status %d, %q", status, text)
	}
	if status, text := ask(works); status != http.StatusServiceUnavailable || !strings.Contains(text, full) {
		t.Errorf("one that works: status %d, %q", status, text)
	}
	for want, h := range map[string]http.Handler{"Needs you: database: ": serves, "Not ready: database: ": works} {
		if got := texts(document(t, get(h, "/")), ".hold"); len(got) != 2 || !strings.HasPrefix(got[0], want) || !strings.Contains(got[0], full) {
			t.Errorf("the page of all sources says %q, want %q", got, want)
		}
		if got := body(t, get(h, "/metrics")); !strings.Contains(got, "kairan_store_writable 0") || !strings.Contains(got, "kairan_status_up 1") {
			t.Error("metrics do not tell that the database can be read alone")
		}
		if r := get(h, "/healthz"); r.StatusCode != http.StatusOK {
			t.Errorf("healthz: status %d", r.StatusCode)
		}
	}

	// One that is away is no obstacle to who has its documents.
	o.away = errAway
	if status, text := ask(serves); status != http.StatusOK || strings.Contains(text, full) || !strings.Contains(text, errAway.Error()) {
		t.Errorf("one that serves, without a database: status %d, %q", status, text)
	}
	if status, text := ask(works); status != http.StatusServiceUnavailable || !strings.Contains(text, errAway.Error()) {
		t.Errorf("one that works, without a database: status %d, %q", status, text)
	}
}

// A process whose words are not the newest serves, and says so.
func TestReadinessWithOldWords(t *testing.T) {
	h := someOperations().handler(func(c *Config) { c.Documents = &documents{oldWords: anyTime} })
	r := get(h, "/readyz")
	if got := body(t, r); r.StatusCode != http.StatusOK || !strings.Contains(got, "words: since 2026-11-02T01:30:00Z") {
		t.Errorf("status %d: %s", r.StatusCode, got)
	}
	if got := body(t, get(h, "/metrics")); !strings.Contains(got, "\nkairan_documents_newest_words 0\n") {
		t.Error("no metric tells")
	}
}

func TestMetrics(t *testing.T) {
	o := someOperations()
	own := prometheus.NewGauge(prometheus.GaugeOpts{Name: "kairan_jobs_running", Help: "From elsewhere."})
	h := o.handler(func(c *Config) {
		c.Documents, c.Collectors = &documents{faulty: []Fault{{Path: "ja/all.rss", Reason: "no title"}}}, []prometheus.Collector{own}
	})
	got := body(t, get(h, "/metrics"))
	for _, want := range []string{
		`kairan_sources{state="held"} 1`,
		`kairan_sources{state="degraded"} 0`,
		`kairan_source_last_success_age_seconds{source="tokyo"} 3600`,
		`kairan_articles{language="ja"} 30`,
		`kairan_log_sequence 412`,
		`kairan_publish_marks 3`,
		`kairan_publish_rejections_total 1`,
		`kairan_documents 12`,
		`kairan_documents_faulty 1`,
		`kairan_documents_following 1`,
		`kairan_status_up 1`,
		`kairan_store_writable 1`,
		`kairan_jobs_running 0`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s", want)
		}
	}
	o.away = errAway
	if got := body(t, get(h, "/metrics")); !strings.Contains(got, "kairan_status_up 0") || strings.Contains(got, "kairan_log_sequence 4") {
		t.Error("without a database metrics tell so, and nothing that they don't know")
	}
}
