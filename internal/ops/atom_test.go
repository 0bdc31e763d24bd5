package ops

import (
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/kairan-news/kairan/internal/flow"
)

func TestIncidentsAreAFeed(t *testing.T) {
	began := anyTime.Add(-2 * time.Hour)
	o := someOperations()
	o.incidents = []flow.Incident{
		{ID: 2, Opened: anyTime.Add(-time.Minute), Finding: flow.Finding{Kind: flow.DiskFull, Urgency: flow.Page, Since: anyTime.Add(-time.Minute), Subject: flow.Subject{Of: flow.OfMachine, ID: "a <&>"}, What: "It is \x01full."}},
		{ID: 1, Opened: began, Resolved: anyTime.Add(-time.Hour), Finding: flow.Finding{Kind: flow.WorkerGone, Urgency: flow.Page, Since: began, Subject: flow.Subject{Of: flow.OfService}, What: "Gone."}},
	}
	h := o.handler(nil)
	r := get(h, "/ops.atom")
	if got := r.Header.Get("Content-Type"); got != "application/atom+xml; charset=utf-8" {
		t.Errorf("it is %s", got)
	}
	text := body(t, r)
	var f atomFeed
	if err := xml.Unmarshal([]byte(text), &f); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	var titles []string
	ids := map[string]bool{}
	for _, e := range f.Entries {
		titles = append(titles, e.Title)
		ids[e.ID] = true
		if _, err := time.Parse(time.RFC3339, e.Updated); err != nil || e.Content.Text == "" {
			t.Errorf("%+v: %v", e, err)
		}
	}
	want := "[PAGE] A disk is full (machine a <&>)|[OVER] No process collects or publishes|[PAGE] No process collects or publishes"
	if got := strings.Join(titles, "|"); got != want || len(ids) != 3 {
		t.Errorf("the entries are %s, want %s", got, want)
	}
	if f.Updated != f.Entries[0].Updated || f.ID == "" || f.Author == "" {
		t.Errorf("the feed is %+v", f)
	}
	if again := body(t, get(h, "/ops.atom")); again != text {
		t.Error("asked again it is another one")
	}
	o.away = errAway
	if r := get(h, "/ops.atom"); r.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("without a database it is answered %d", r.StatusCode)
	}
}

func TestTheFeedNamesWhereItIs(t *testing.T) {
	for _, test := range []struct {
		remark, address, proto, want string
	}{
		{"as it was asked for", "", "", "http://example.com/ops.atom"},
		{"behind a proxy with a certificate", "", "https", "https://example.com/ops.atom"},
		{"as it is configured", "https://ops.city.example", "", "https://ops.city.example/ops.atom"},
	} {
		h := Handler(Config{
			Status: someOperations(), Address: func() string { return test.address },
			Runbook: func() string { return "https://wiki.city.example/kairan" },
		})
		r := httptest.NewRequest(http.MethodGet, "/ops.atom", nil)
		r.Header.Set("X-Forwarded-Proto", test.proto)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		var f atomFeed
		if err := xml.Unmarshal(w.Body.Bytes(), &f); err != nil {
			t.Fatal(err)
		}
		if f.Link.Href != test.want {
			t.Errorf("%s: %s, want %s", test.remark, f.Link.Href, test.want)
		}
		for _, e := range f.Entries {
			if strings.HasPrefix(e.Title, "[OVER]") || strings.Contains(e.Content.Text, "https://wiki.city.example/kairan#"+e.Category.Term) {
				continue
			}
			t.Errorf("%s: the runbook of who configured it is not named: %s", test.remark, e.Content.Text)
		}
	}
}

func TestMetricsAreAsPrometheusWantsThem(t *testing.T) {
	o := someOperations()
	registry := prometheus.NewRegistry()
	registry.MustRegister(newStatusCollector(o, newDesk(o, func() time.Time { return anyTime }), &documents{}, "v1", func() time.Time { return anyTime }))
	problems, err := testutil.GatherAndLint(registry)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
}

func TestFindingsAreCountedByKindAndUrgency(t *testing.T) {
	o := someOperations()
	o.incidents = []flow.Incident{
		{Finding: flow.Finding{Kind: flow.SourceFailing, Urgency: flow.Ticket}}, {Finding: flow.Finding{Kind: flow.SourceFailing, Urgency: flow.Ticket}},
		{Finding: flow.Finding{Kind: flow.SourceFailing, Urgency: flow.Page}}, {Resolved: anyTime, Finding: flow.Finding{Kind: flow.DiskFull, Urgency: flow.Page}},
	}
	got := body(t, get(o.handler(nil), "/metrics"))
	for _, want := range []string{
		`kairan_finding{kind="source-failing",urgency="ticket"} 2`, `kairan_finding{kind="source-failing",urgency="page"} 1`,
		`kairan_finding{kind="disk-full",urgency="page"} 0`,
	} {
		if !strings.Contains(got, "\n"+want+"\n") {
			t.Errorf("no %s", want)
		}
	}
}
