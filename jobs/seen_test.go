package jobs

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/store"
)

// seen is what who watches knows of a source.
func (h *house) seen(id string) flow.Source {
	h.Helper()
	all, err := h.Store.SourcesSeen(h.Context())
	if err != nil {
		h.Fatal(err)
	}
	return Seen(all[id])
}

const address = "https://city.example/feed"

func TestWhatVisitsShowOfFailures(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.add("news", address, "@every 30m")
	h.serve(address, body(news(1, 2)))
	h.collect("news")
	if s := h.seen("news"); s.Failing != nil || s.Status != 200 || !s.LastNew.Equal(noon) || !s.Success.Equal(noon) {
		t.Errorf("a visit that went well shows %+v", s)
	}
	h.pass(time.Hour)
	began := h.now()
	refused := &fetch.Error{Kind: fetch.KindRefused, URL: address, What: "nothing listens there", Cause: errors.New("dial tcp 10.1.2.3:4711->10.9.9.9:443: refused")}
	h.serve(address, failing(refused))
	for n := 1; n <= 3; n++ {
		h.collect("news")
		f := h.seen("news").Failing
		if f == nil || f.Count != n || !f.Since.Equal(began) || !f.At.Equal(h.now()) || f.Error != "nothing listens there" {
			t.Fatalf("failure %d is %+v", n, f)
		}
		h.pass(time.Hour)
	}
	if _, err := h.Store.Resume(t.Context(), "news", h.now()); err != nil {
		t.Fatal(err)
	}
	if f := h.seen("news").Failing; f != nil {
		t.Errorf("resumed it fails still: %+v", f)
	}
	h.serve(address, failing(&fetch.Error{Kind: fetch.KindHTTPStatus, Status: 410, URL: address, What: "it is gone"}))
	h.collect("news")
	if s := h.seen("news"); s.Gone.IsZero() || s.Status != 410 || s.Failing.Count != 1 || !s.Failing.Since.Equal(h.now()) {
		t.Errorf("gone for good it shows %+v, %+v", s, s.Failing)
	}
	h.pass(time.Hour)
	h.serve(address, body(news(1, 2, 3)))
	h.collect("news")
	if s := h.seen("news"); s.Failing != nil || !s.Gone.IsZero() || !s.LastNew.Equal(h.now()) {
		t.Errorf("back again it shows %+v", s)
	}
}

func TestWhatVisitsShowOfCertificates(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.add("news", address, "@every 30m")
	plan := h.newPlan()
	plan.Certificates = &Certificates{}
	if err := h.Adopt(t.Context(), plan); err != nil {
		t.Fatal(err)
	}
	until := noon.AddDate(0, 1, 0)
	plan.Certificates.Saw("city.example:443", until)
	h.serve(address, body(news(1)))
	h.collect("news")
	if c := h.seen("news").Certificate; !c.Until.Equal(until) || c.Wrong != "" {
		t.Errorf("its certificate is %+v", c)
	}
	unbelieved := &tls.CertificateVerificationError{Err: x509.HostnameError{Certificate: &x509.Certificate{DNSNames: []string{"other.example"}}, Host: "city.example"}}
	h.serve(address, failing(&fetch.Error{Kind: fetch.KindTLS, URL: address, What: "no secure connection", Cause: fmt.Errorf("get: %w", unbelieved)}))
	h.collect("news")
	if c := h.seen("news").Certificate; !strings.Contains(c.Wrong, "other.example") {
		t.Errorf("a certificate of another's is %+v", c)
	}
	h.serve(address, failing(&fetch.Error{Kind: fetch.KindTLS, URL: address, What: "no secure connection", Cause: errors.New("handshake failure")}))
	h.collect("news")
	if c := h.seen("news").Certificate; c.Wrong != "" {
		t.Errorf("what is no certificate's fault is %+v", c)
	}
}

func TestWhatVisitsShowOfDocumentsThatAreCutOff(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.add("news", address, "@every 30m")
	whole := news(1, 2, 3)
	h.serve(address, body(whole))
	h.collect("news")
	cut := whole[:strings.LastIndex(whole, "<item>")+20]
	for n := 1; n <= 2; n++ {
		h.pass(time.Hour)
		h.serve(address, body(cut))
		h.collect("news")
		if s := h.seen("news"); s.CutOff != n {
			t.Errorf("visit %d shows %+v (%+v)", n, s, h.last("news"))
		}
	}
	h.pass(time.Hour)
	h.serve(address, body(whole))
	h.collect("news")
	if s := h.seen("news"); s.CutOff != 0 {
		t.Errorf("whole again it shows %+v", s)
	}
}

func TestALanguageThatIsGone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.add("news", address, "@every 30m")
	both := rss(item(1, "The bridge over the harbour is closed to cars"), item(2, "The market moves to the town hall"),
		strings.ReplaceAll(item(3, "La biblioteca municipal abre sus puertas por la tarde"), "What the city has to say.", "La biblioteca municipal abre sus puertas por la tarde para todos los vecinos."),
		strings.ReplaceAll(item(4, "El puente del puerto está cerrado al tráfico"), "What the city has to say.", "El ayuntamiento informa a los vecinos de que el puente del puerto está cerrado."))
	h.serve(address, body(both))
	h.collect("news")
	h.pass(4 * 24 * time.Hour)
	h.serve(address, body(both+" "))
	h.collect("news")
	if gone := h.seen("news").LanguagesGone; len(gone) > 0 {
		t.Fatalf("while all is there %+v is gone", gone)
	}
	english := rss(item(1, "The bridge over the harbour is closed to cars"), item(2, "The market moves to the town hall"))
	for n := 1; n <= 3; n++ {
		h.pass(time.Hour)
		h.serve(address, body(english)) // the third and second time nothing has changed
		h.collect("news")
		gone := h.seen("news").LanguagesGone
		if len(gone) != 1 || gone[0].Language != "es" || gone[0].Visits != n {
			t.Fatalf("at visit %d %+v is gone (%+v)", n, gone, h.last("news"))
		}
	}
	h.pass(time.Hour)
	h.serve(address, body(both))
	h.collect("news")
	if gone := h.seen("news").LanguagesGone; len(gone) > 0 {
		t.Errorf("back again %+v is gone", gone)
	}
}

func TestWhichLanguagesAreMissed(t *testing.T) {
	for _, c := range []struct {
		name string
		was  language
		gone int
	}{
		{"half of the document, for long", language{Entries: 10, Of: 20, Since: noon.Add(-7 * 24 * time.Hour)}, 1},
		{"a notice now and then", language{Entries: 1, Of: 20, Since: noon.Add(-7 * 24 * time.Hour)}, 0},
		{"few of many", language{Entries: 3, Of: 50, Since: noon.Add(-7 * 24 * time.Hour)}, 0},
		{"since yesterday", language{Entries: 10, Of: 20, Since: noon.Add(-24 * time.Hour)}, 0},
		{"gone already", language{Entries: 10, Of: 20, Since: noon.Add(-time.Hour), Gone: 3}, 4},
		{"gone for a season", language{Entries: 10, Of: 20, Since: noon.Add(-100 * 24 * time.Hour), Gone: 3}, 0},
	} {
		now := languagesNow(map[string]language{"fr": c.was}, map[string]int{"en": 20}, 20, noon)
		if now["fr"].Gone != c.gone || now["en"].Entries != 20 {
			t.Errorf("%s: %+v", c.name, now)
		}
	}
}

func TestAPausedSourceIsLeftAlone(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.add("news", address, "@every 30m")
	h.serve(address, body(news(1)))
	if err := h.Store.PutPause(t.Context(), "news", flow.Pause{By: "me", Since: noon, Until: noon.Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	wantSwept := func(when string, want int) {
		t.Helper()
		n := 0
		for _, job := range h.swept() {
			if strings.HasPrefix(job, "collect ") {
				n++
			}
		}
		h.work("city.example:443")
		if n != want || h.askedFor(address) != want {
			t.Fatalf("%s %d jobs are enqueued, and it was asked %d times, want %d", when, n, h.askedFor(address), want)
		}
	}
	h.pass(59 * time.Minute)
	wantSwept("amid the pause", 0)
	h.pass(2 * time.Minute)
	wantSwept("when it is over", 1)

	// Who names it has it visited all the same, by whoever is at work.
	if err := h.Store.PutPause(t.Context(), "news", flow.Pause{By: "me", Since: h.now(), Until: h.now().Add(24 * time.Hour)}); err != nil {
		t.Fatal(err)
	}
	h.pass(time.Hour)
	if err := h.Store.MakeDue(t.Context(), []string{"news"}, time.Time{}); err != nil {
		t.Fatal(err)
	}
	h.work("city.example:443")
	if n := h.askedFor(address); n != 2 {
		t.Errorf("named, it was asked %d times, want 2", n)
	}
	h.pass(time.Hour)
	h.work("city.example:443")
	if n := h.askedFor(address); n != 2 {
		t.Errorf("paused as before, it was asked %d times, want 2", n)
	}
}

func TestRhythmsAreLearned(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.add("news", address, "@every 30m")
	h.add("other", "https://other.example/feed", "@every 30m")
	runs := func(from time.Time, days int) {
		for day := range days {
			for hour := range 24 {
				r := store.Run{Source: "news", Started: from.AddDate(0, 0, day).Add(time.Duration(hour) * time.Hour), Outcome: store.RunUnchanged, Bytes: 10}
				if hour == 9 {
					r.New, r.Outcome = 2, store.RunOK
				}
				if err := h.Store.RecordRun(t.Context(), r, store.SourceState{}); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	work := func() {
		t.Helper()
		if err := (&learnWorker{engine: h.Engine}).Work(t.Context(), &river.Job[LearnArgs]{}); err != nil {
			t.Fatal(err)
		}
	}
	begin := noon.AddDate(0, 0, -29).Truncate(24 * time.Hour)
	runs(begin, 29)
	work()
	rhythm, err := h.Store.Rhythm(t.Context(), "news")
	if err != nil || len(rhythm.Arrivals) != 29 || len(rhythm.Days) != 29 || !rhythm.Learned.Equal(noon) || !rhythm.Known() {
		t.Fatalf("of 29 days it learned %d arrivals and %d days at %s, known %v, %v", len(rhythm.Arrivals), len(rhythm.Days), rhythm.Learned, rhythm.Known(), err)
	}
	days, err := h.Store.Days(t.Context(), "news", 0)
	if err != nil || len(days) != 29 || days[0] != (store.SourceDay{Source: "news", Day: dayOf(begin), Runs: 24, New: 2, Bytes: 240}) {
		t.Fatalf("the days are %+v, %v", days, err)
	}

	h.pass(time.Hour)
	work()
	if r, _ := h.Store.Rhythm(t.Context(), "news"); !r.Learned.Equal(noon) {
		t.Error("it is learned again within the hour")
	}
	runs(noon.Truncate(24*time.Hour), 1)
	h.pass(24 * time.Hour)
	work()
	rhythm, _ = h.Store.Rhythm(t.Context(), "news")
	if n := len(rhythm.Arrivals); n != 30 || len(rhythm.Days) != 30 || slices.ContainsFunc(rhythm.Days, func(d flow.Day) bool { return d.New != 2 }) {
		t.Errorf("a day later it has %d arrivals, %+v", n, rhythm.Days)
	}

	// What is configured no more, and what is old, goes.
	h.planned = h.planned[:1]
	if err := h.Adopt(t.Context(), h.newPlan()); err != nil {
		t.Fatal(err)
	}
	h.pass(2 * 366 * 24 * time.Hour)
	if err := (&maintainWorker{engine: h.Engine}).Work(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if learned, err := h.Store.RhythmTimes(t.Context()); err != nil || len(learned) != 1 {
		t.Errorf("rhythms are left of %v, %v", learned, err)
	}
	if days, err := h.Store.Days(t.Context(), "", 0); err != nil || len(days) != 0 {
		t.Errorf("days are left: %+v, %v", days, err)
	}
}
