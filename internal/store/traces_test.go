package store_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

// visited has the source bring a notice by a visit of this name.
func (h *house) visited(visit string, n int) store.Run {
	h.Helper()
	h.now = h.now.Add(time.Minute)
	c := store.Collected{Run: store.Run{Source: "a", Outcome: store.RunOK, Started: h.now, Visit: visit}, Touched: site.Touched}
	c.Articles, c.Now = []feeds.Article{notice(n)}, h.now
	return must(h.Collect(h.Context(), c))(h).Run
}

var traceBullets = []bullet{
	{"a run tells which records it added, and none if it added none", func(t *testing.T, h *house) {
		h.collect("a", 2, 0, notices(1, 2)...)
		if r := h.visited("v1", 3); r.FirstSeq != 3 || r.LastSeq != 3 || r.Visit != "v1" {
			t.Errorf("the run is %+v", r)
		}
		if r := h.visited("v2", 3); r.FirstSeq != 0 || r.LastSeq != 0 {
			t.Errorf("without news it is %+v", r)
		}
		c := store.Collected{Run: store.Run{Source: "b", Outcome: store.RunOK, Started: h.now}}
		c.Articles, c.Now = notices(10, 259), h.now // in several transactions
		if r := must(h.Collect(t.Context(), c))(t).Run; r.FirstSeq != 4 || r.LastSeq != 253 {
			t.Errorf("of 250 articles the records are %d to %d", r.FirstSeq, r.LastSeq)
		}
	}},
	{"a publication is told by which visits its channel was marked, each once", func(t *testing.T, h *house) {
		h.visited("v1", 1)
		h.collect("a", 1, 0, notice(2)) // a visit without a name
		counter := must(h.Counter(t.Context(), channelNamed("ja/all")))(t)
		h.visited("v2", 3)
		h.visited("v2", 4)
		raise := func(counter int64, publication string) feeds.Raised {
			t.Helper()
			return must(h.Raise(t.Context(), feeds.Raise{Channel: channelNamed("ja/all"), Counter: counter, Seq: 4, Now: h.now, Publication: publication}))(t)
		}
		// Two came while it was published: they are named again with the next.
		first := raise(counter, "p1")
		if first.Cleared || !slices.Equal(first.Visits, []string{"v1", "v2"}) {
			t.Errorf("the first publication is %+v", first)
		}
		second := raise(counter+2, "p2")
		if !second.Cleared || !slices.Equal(second.Visits, []string{"v1", "v2"}) {
			t.Errorf("the second publication is %+v", second)
		}
		if third := raise(counter+2, ""); len(third.Visits) != 0 {
			t.Errorf("the third publication is %+v", third)
		}
	}},
	{"a revision is that of the publication that raised it, and of no other", func(t *testing.T, h *house) {
		ja := channelNamed("ja/all")
		of := func(revision int64) string { return must(h.PublicationOf(t.Context(), ja, revision))(t) }
		raise := func(publication string) int64 {
			h.now = h.now.Add(time.Minute)
			r := must(h.Raise(t.Context(), feeds.Raise{Channel: ja, Seq: 1, Now: h.now, Publication: publication}))(t)
			if state := h.channel("ja/all"); state.Revision != r.Revision {
				t.Errorf("the revision is told to be %d, and is %d", r.Revision, state.Revision)
			}
			return r.Revision
		}
		first := raise("p1")
		if of(first) != "p1" {
			t.Errorf("the first is of %q", of(first))
		}
		second := raise("p2")
		if of(first) != "" || of(second) != "p2" {
			t.Errorf("the first is of %q, the second of %q", of(first), of(second))
		}
		if third := raise(""); of(third) != "" {
			t.Errorf("one without a name is of %q", of(third))
		}
	}},
	{"of many visits a mark names some, the first ones", func(t *testing.T, h *house) {
		for n := range 30 {
			h.visited(fmt.Sprintf("00-%032d-%016d-01", n, n), n)
		}
		r := must(h.Raise(t.Context(), feeds.Raise{Channel: channelNamed("ja/all"), Seq: 1, Now: h.now}))(t)
		if len(r.Visits) != 8 || r.Visits[0] != fmt.Sprintf("00-%032d-%016d-01", 0, 0) {
			t.Errorf("%d are named: %q", len(r.Visits), r.Visits)
		}
	}},
}
