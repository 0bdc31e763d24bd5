package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/riverqueue/river"

	"github.com/kairan-news/kairan/internal/pgtest"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/storetest"
)

// The pages are River's; what is tested is that they work beside our engine, on both
// databases, without a worker, and below a prefix.
func TestTheBackRoomShowsAndChangesJobs(t *testing.T) {
	for name, address := range map[string]func(testing.TB) string{"SQLite": storetest.SQLite, "PostgreSQL": pgtest.URL} {
		t.Run(name, func(t *testing.T) {
			db, err := store.Open(t.Context(), address(t))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { db.Close() })
			if err := db.Migrate(t.Context()); err != nil {
				t.Fatal(err)
			}
			id := enqueued(t, db)
			room := BackRoom(db, "/queue", slog.New(slog.DiscardHandler))
			ask := func(method, path, body string) (int, string) {
				r := httptest.NewRequest(method, path, strings.NewReader(body))
				r.Header.Set("Accept", "text/html")
				r.Header.Set("Content-Type", "application/json")
				w := httptest.NewRecorder()
				room.ServeHTTP(w, r)
				return w.Code, w.Body.String()
			}
			status, page := ask("GET", "/queue/", "")
			if status != 200 || !strings.Contains(page, `"/queue/api"`) {
				t.Fatalf("the page is answered %d %q", status, page)
			}
			script := between(page, `<script type="module" src="`, `"`)
			if status, _ := ask("GET", script, ""); status != 200 || !strings.HasPrefix(script, "/queue/assets/") {
				t.Errorf("its script %q is answered %d", script, status)
			}
			state := func() string {
				_, body := ask("GET", fmt.Sprintf("/queue/api/jobs/%d", id), "")
				var job struct{ State, Kind string }
				if err := json.Unmarshal([]byte(body), &job); err != nil || job.Kind != "remap" {
					t.Fatalf("the job is %q", body)
				}
				return job.State
			}
			if s := state(); s != "available" {
				t.Errorf("the job is %s", s)
			}
			ids := fmt.Sprintf(`{"ids": ["%d"]}`, id)
			for _, c := range []struct{ do, state string }{{"cancel", "cancelled"}, {"retry", "available"}} {
				if status, said := ask("POST", "/queue/api/jobs/"+c.do, ids); status != 200 || state() != c.state {
					t.Errorf("%s is answered %d %s; the job is %s", c.do, status, said, state())
				}
			}
			if status, said := ask("GET", "/queue/api/states", ""); status != 200 || !strings.Contains(said, "available") {
				t.Errorf("the states are answered %d %s", status, said)
			}
			if status, said := ask("POST", "/queue/api/jobs/delete", ids); status != 200 {
				t.Errorf("delete is answered %d %s", status, said)
			}
			if status, _ := ask("GET", fmt.Sprintf("/queue/api/jobs/%d", id), ""); status != http.StatusNotFound {
				t.Errorf("a job that is deleted is answered %d", status)
			}
		})
	}
}

// enqueued enqueues a job as an engine does, and returns its id.
func enqueued(t *testing.T, db *store.DB) int64 {
	t.Helper()
	e, err := New(Config{Store: db, Log: slog.New(slog.DiscardHandler)}, &Plan{})
	if err != nil {
		t.Fatal(err)
	}
	there, err := e.queue.InsertMany(context.Background(), []river.InsertManyParams{{Args: RemapArgs{}}})
	if err != nil {
		t.Fatal(err)
	}
	return there[0].Job.ID
}

func between(s, from, until string) string {
	_, s, _ = strings.Cut(s, from)
	s, _, _ = strings.Cut(s, until)
	return s
}

func TestWhatForgetsTheRulesHasArticlesFiledAnew(t *testing.T) {
	h := newHouse(t)
	jobsOf := func() int {
		queued, err := h.Store.QueuedJobs(t.Context(), 10)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, j := range queued {
			if j.Kind == "remap" {
				n++
			}
		}
		return n
	}
	if err := h.Store.SetMeta(t.Context(), rulesKey, h.plan.Load().RulesFingerprint); err != nil {
		t.Fatal(err)
	}
	if err := h.Refile(t.Context()); err != nil || jobsOf() != 0 {
		t.Errorf("filed by the plan, there are %d jobs, %v", jobsOf(), err)
	}
	for range 2 {
		if err := ForgetRules(t.Context(), h.Store); err != nil {
			t.Fatal(err)
		}
		if err := h.Refile(t.Context()); err != nil || jobsOf() != 1 {
			t.Errorf("forgotten, there are %d jobs, %v", jobsOf(), err)
		}
	}
}
