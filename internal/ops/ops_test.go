package ops

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/prometheus/client_golang/prometheus"
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

func TestHealthAndReadiness(t *testing.T) {
	o := someOperations()
	duty := &readiness{missing: errors.Join(errAway, errors.New("jobs: no worker runs"))}
	h := o.handler(func(c *Config) { c.Readiness = duty })
	if r := get(h, "/healthz"); r.StatusCode != http.StatusOK || body(t, r) != "ok\n" {
		t.Errorf("healthz: status %d", r.StatusCode)
	}
	o.away = errAway
	r := get(h, "/readyz")
	if got := body(t, r); r.StatusCode != http.StatusServiceUnavailable || r.Header.Get("Retry-After") == "" || got != errAway.Error()+"\njobs: no worker runs\n" {
		t.Errorf("readyz: status %d, %s", r.StatusCode, got)
	}
	if r := get(h, "/healthz"); r.StatusCode != http.StatusOK {
		t.Errorf("a process without a database lives: status %d", r.StatusCode)
	}
	o.away, duty.missing = nil, nil
	if r := get(h, "/readyz"); r.StatusCode != http.StatusOK || body(t, r) != "ready\n" {
		t.Errorf("readyz: status %d", r.StatusCode)
	}
}

// What is wrong with a process that does its duty all the same is said, at /readyz, on the
// overview and by the metrics.
func TestWhatIsWrongWithAProcessThatIsReady(t *testing.T) {
	const full = "database: the disk of /data/kairan.db is full: free some space there"
	o := someOperations()
	duty := &readiness{}
	h := o.handler(func(c *Config) { c.Readiness, c.Documents = duty, &documents{oldWords: anyTime} })
	if got := texts(document(t, get(h, "/")), ".hold"); len(got) != 0 {
		t.Errorf("while all is well: %q", got)
	}
	duty.wrong, o.full = errors.New(full), errors.New(full)
	if r := get(h, "/readyz"); r.StatusCode != http.StatusOK || body(t, r) != "ready\n"+full+"\n" {
		t.Errorf("readyz: status %d", r.StatusCode)
	}
	for _, missing := range []error{nil, errors.New(full)} {
		if duty.missing = missing; missing != nil {
			duty.wrong = nil
		}
		if got := texts(document(t, get(h, "/")), ".hold"); len(got) != 1 || !strings.Contains(got[0], full) {
			t.Errorf("the overview says %q", got)
		}
	}
	got := body(t, get(h, "/metrics"))
	for _, want := range []string{"kairan_store_writable 0", "kairan_status_up 1", "kairan_documents_newest_words 0"} {
		if !strings.Contains(got, "\n"+want+"\n") {
			t.Errorf("metrics lack %s", want)
		}
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
