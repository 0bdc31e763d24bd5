package jobs

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/store"
)

// A database that was restored, which nobody told, is collected into, and not published, until
// an epoch is opened.
func TestNothingIsPublishedOfARestoreThatNobodyTold(t *testing.T) {
	h := newHouse(t)
	h.add("a", "https://a.example/feed", "@hourly")
	h.serve("https://a.example/feed", body(news(1, 2, 3)))
	h.swept()
	h.collect("a")
	round := func() []string {
		t.Helper()
		h.pass(2 * time.Hour)
		h.swept()
		h.queued.jobs = nil
		if err := h.sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		return slices.DeleteFunc(slices.Clone(h.queued.jobs), func(job string) bool {
			return !strings.HasPrefix(job, "publish en/all ") && !strings.HasPrefix(job, "collect")
		})
	}
	publishes := func(jobs []string) bool {
		return slices.ContainsFunc(jobs, func(job string) bool { return strings.HasPrefix(job, "publish") })
	}
	collects := func(jobs []string) bool {
		return slices.ContainsFunc(jobs, func(job string) bool { return strings.HasPrefix(job, "collect") })
	}
	if jobs := round(); !publishes(jobs) || !collects(jobs) {
		t.Fatalf("before, the jobs are %q", jobs)
	}
	if _, err := h.Store.Writer().ExecContext(t.Context(), `DELETE FROM log WHERE seq > 1`); err != nil {
		t.Fatal(err)
	}
	if jobs := round(); publishes(jobs) || !collects(jobs) {
		t.Errorf("after the restore the jobs are %q", jobs)
	}
	if jobs := round(); publishes(jobs) {
		t.Errorf("later the jobs are %q", jobs)
	}
	if n := strings.Count(h.log.String(), "publishing has stopped"); n != 1 {
		t.Errorf("it is said %d times:\n%s", n, h.log)
	}
	if _, err := h.Store.OpenEpoch(t.Context(), store.EpochOpening{Who: "sato", Reason: "a test", From: store.WholeLog, Now: h.now()}); err != nil {
		t.Fatal(err)
	}
	if jobs := round(); !publishes(jobs) {
		t.Errorf("in the new epoch the jobs are %q", jobs)
	}
	if !strings.Contains(h.log.String(), "publishing goes on") {
		t.Errorf("it is not said that publishing goes on:\n%s", h.log)
	}
}
