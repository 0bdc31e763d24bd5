package backroom_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/internal/backroom"
)

func TestEachChangeIsRecordedAndNoLook(t *testing.T) {
	pages := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if strings.Contains(string(body), "404") {
			http.Error(w, `{"message": "no job 404"}`, http.StatusNotFound)
			return
		}
		w.Write(body)
	})
	var deeds []backroom.Deed
	handler := backroom.Handler(pages, func(ctx context.Context, d backroom.Deed) {
		if ctx.Err() != nil {
			t.Error("who goes away is not recorded")
		}
		deeds = append(deeds, d)
	})
	for _, c := range []struct {
		method, path, body string
		status             int
		want               backroom.Deed // the zero value for none
	}{
		{"GET", "/queue/api/jobs", "", 200, backroom.Deed{}},
		{"HEAD", "/queue/", "", 200, backroom.Deed{}},
		{"POST", "/queue/api/jobs/cancel", `{"ids": ["7"]}`, 200, backroom.Deed{Action: "POST jobs/cancel", Detail: `{"ids": ["7"]}`}},
		{"POST", "/queue/api/jobs/delete", `{"ids": ["7"]}`, 200, backroom.Deed{Action: "POST jobs/delete", Detail: `{"ids": ["7"]}`}},
		{"POST", "/queue/api/jobs/retry", `{"ids": ["404"]}`, 404, backroom.Deed{Action: "POST jobs/retry", Detail: `{"ids": ["404"]}`, Failure: `{"message": "no job 404"}`}},
		{"PUT", "/queue/api/queues/collect/pause", "", 200, backroom.Deed{Action: "PUT queues/collect/pause"}},
		{"PUT", "/queue/api/queues/collect/resume", "", 200, backroom.Deed{Action: "PUT queues/collect/resume"}},
		{"PATCH", "/queue/api/queues/collect", "{}", 200, backroom.Deed{Action: "PATCH queues/collect", Detail: "{}"}},
		{"POST", "/queue/api/jobs/cancel", strings.Repeat("x", 70<<10), 413, backroom.Deed{}},
		{"POST", "/queue/api/jobs/cancel", strings.Repeat("x", 500), 200, backroom.Deed{Action: "POST jobs/cancel", Detail: strings.Repeat("x", 400) + "…"}},
	} {
		deeds = nil
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequestWithContext(ctx, c.method, c.path, strings.NewReader(c.body)))
		if w.Code != c.status {
			t.Errorf("%s %s is answered %d", c.method, c.path, w.Code)
		}
		if c.want == (backroom.Deed{}) {
			if len(deeds) != 0 {
				t.Errorf("%s %s is recorded as %+v", c.method, c.path, deeds)
			}
		} else if len(deeds) != 1 || deeds[0] != c.want {
			t.Errorf("%s %s is recorded as %+v, want %+v", c.method, c.path, deeds, c.want)
		}
		if p := w.Header().Get("Content-Security-Policy"); !strings.Contains(p, "script-src 'self';") || strings.Contains(p, "unsafe-eval") {
			t.Errorf("the policy is %q", p)
		}
	}
}
