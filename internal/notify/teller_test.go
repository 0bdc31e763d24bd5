package notify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/pgtest"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/storetest"
)

var postgres = pgtest.Template{Prepare: func(ctx context.Context, address string) error {
	db, err := store.Open(ctx, address)
	if err != nil {
		return err
	}
	return errors.Join(db.Migrate(ctx), db.Close())
}}

// onBoth runs a test on stores of both engines. open opens the store once more.
func onBoth(t *testing.T, test func(t *testing.T, open func() *store.DB)) {
	for engine, address := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": postgres.URL} {
		t.Run(engine, func(t *testing.T) {
			at := address(t)
			test(t, func() *store.DB {
				db, err := store.Open(t.Context(), at)
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { db.Close() })
				return db
			})
		})
	}
}

// letterbox is a sender that keeps what it is sent.
type letterbox struct {
	mu     sync.Mutex
	got    []Message
	fails  error
	during func() // while it is sent
}

func (l *letterbox) Send(_ context.Context, m Message) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.during != nil {
		l.during()
	}
	if l.fails != nil {
		return l.fails
	}
	l.got = append(l.got, m)
	return nil
}

// said is what it was sent: "began kind subject" and "over kind subject", a message a line.
func (l *letterbox) said() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var lines []string
	for _, m := range l.got {
		var words []string
		for _, i := range m.Began {
			words = append(words, "began "+string(i.Kind))
		}
		for _, i := range m.Over {
			words = append(words, "over "+string(i.Kind))
		}
		lines = append(lines, strings.Join(words, ", "))
	}
	return strings.Join(lines, "\n")
}

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

// look is a round of a process that watches, and waits until all is sent.
func look(t *testing.T, teller *Teller, at time.Time) {
	t.Helper()
	teller.Tell(t.Context(), Round{At: at, Watching: true})
	teller.Wait()
}

func open(t *testing.T, db *store.DB, at time.Time, kinds ...flow.Kind) {
	t.Helper()
	var all []flow.Incident
	for _, kind := range kinds {
		rule, _ := flow.RuleOf(kind)
		i := incident(0, kind, rule.Urgency, at)
		i.Subject = flow.Subject{Of: flow.OfService}
		all = append(all, i)
	}
	if err := db.PutIncidents(t.Context(), all); err != nil {
		t.Fatal(err)
	}
}

func resolve(t *testing.T, db *store.DB, at time.Time, kinds ...flow.Kind) {
	t.Helper()
	all, err := db.OpenIncidents(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range kinds {
		for n := range all {
			if all[n].Kind == kind {
				all[n].Resolved = at
			}
		}
	}
	if err := db.PutIncidents(t.Context(), all); err != nil {
		t.Fatal(err)
	}
}

func TestTellsOnceWhatBeganAndWhatIsOver(t *testing.T) {
	onBoth(t, func(t *testing.T, opens func() *store.DB) {
		db, box, pages := opens(), &letterbox{}, &letterbox{}
		teller := New(db, words, quiet(), Receiver{Name: "all", AtLeast: flow.Ticket, Gather: time.Hour, Sender: box}, Receiver{Name: "pages", AtLeast: flow.Page, Sender: pages})
		open(t, db, noon, flow.SourceFailing, flow.ChannelStuck, flow.SourcePaused, flow.BackupOld)
		all, err := db.OpenIncidents(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range all {
			if i.Kind == flow.BackupOld {
				if err := db.PutMute(t.Context(), flow.Mute{Key: i.Key(), By: "Ada", Until: noon.Add(time.Minute)}); err != nil {
					t.Fatal(err)
				}
			}
		}
		look(t, teller, noon)
		look(t, teller, noon.Add(40*time.Second))
		look(t, teller, noon.Add(61*time.Minute)) // the mute has ended
		resolve(t, db, noon.Add(62*time.Minute), flow.ChannelStuck, flow.BackupOld)
		look(t, teller, noon.Add(62*time.Minute))
		look(t, teller, noon.Add(63*time.Minute))
		if got, want := box.said(), "began channel-stuck, began source-failing\nbegan backup-old\nover channel-stuck, over backup-old"; got != want {
			t.Errorf("all was told\n%s\nwant\n%s", got, want)
		}
		if got, want := pages.said(), "began channel-stuck\nover channel-stuck"; got != want {
			t.Errorf("pages was told\n%s\nwant\n%s", got, want)
		}
	})
}

// Two processes that both think that they watch, each with a store and a teller of its own.
func TestNeverTwiceByTwoProcessesAtOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, opens func() *store.DB) {
		box := &letterbox{}
		var tellers []*Teller
		for range 2 {
			tellers = append(tellers, New(opens(), words, quiet(), Receiver{Name: "all", AtLeast: flow.Ticket, Sender: box}))
		}
		db := opens()
		at := noon
		const rounds = 6
		for n := range rounds {
			at = at.Add(time.Minute)
			var all []flow.Incident
			for id := range 5 {
				i := incident(int64(n*5+id), flow.ChannelStuck, flow.Page, at)
				i.ID = 0
				all = append(all, i)
			}
			if err := db.PutIncidents(t.Context(), all); err != nil {
				t.Fatal(err)
			}
			var both sync.WaitGroup
			for _, teller := range tellers {
				both.Go(func() { look(t, teller, at) })
			}
			both.Wait()
		}
		for _, teller := range tellers { // what the one claimed while the other looked
			at = at.Add(time.Minute)
			look(t, teller, at)
		}
		seen := map[int64]int{}
		for _, m := range box.got {
			for _, i := range m.Began {
				seen[i.ID]++
			}
		}
		if len(seen) != 5*rounds {
			t.Errorf("%d incidents were told, want %d", len(seen), 5*rounds)
		}
		for id, n := range seen {
			if n != 1 {
				t.Errorf("incident %d was told %d times", id, n)
			}
		}
	})
}

func TestAReceiverThatFailsIsTriedAgainAndStopsNoOther(t *testing.T) {
	onBoth(t, func(t *testing.T, opens func() *store.DB) {
		db, good, bad := opens(), &letterbox{}, &letterbox{fails: errors.New("mail.example answers 421")}
		teller := New(db, words, quiet(), Receiver{Name: "bad", Sender: bad}, Receiver{Name: "good", Sender: good})
		open(t, db, noon, flow.ChannelStuck)
		look(t, teller, noon)
		look(t, teller, noon.Add(10*time.Second)) // waits
		look(t, teller, noon.Add(20*time.Second))
		look(t, teller, noon.Add(30*time.Second)) // waits
		failure := teller.Failures()["bad"]
		if failure.Count != 2 || failure.Error != "mail.example answers 421" || !failure.Since.Equal(noon) || !failure.At.Equal(noon.Add(20*time.Second)) || len(teller.Failures()) != 1 {
			t.Errorf("it is known of bad that %+v", failure)
		}
		bad.fails = nil
		look(t, teller, noon.Add(time.Minute))
		look(t, teller, noon.Add(2*time.Minute))
		if len(teller.Failures()) != 0 {
			t.Errorf("it still fails: %+v", teller.Failures())
		}
		if bad.said() != "began channel-stuck" || good.said() != "began channel-stuck" {
			t.Errorf("bad was told %q, good %q", bad.said(), good.said())
		}
	})
}

func TestWhatADeadProcessClaimedIsToldByAnother(t *testing.T) {
	onBoth(t, func(t *testing.T, opens func() *store.DB) {
		db, box := opens(), &letterbox{}
		open(t, db, noon, flow.ChannelStuck)
		all, err := db.OpenIncidents(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if ours, err := db.ClaimTellings(t.Context(), []store.Telling{{Receiver: "all", Incident: all[0].ID, What: Paged}}, noon, noon.Add(-StaleAfter)); err != nil || len(ours) != 1 {
			t.Fatal(ours, err)
		}
		teller := New(db, words, quiet(), Receiver{Name: "all", Sender: box})
		look(t, teller, noon.Add(StaleAfter))
		if box.said() != "" {
			t.Errorf("while another may be telling it, it was told %q", box.said())
		}
		look(t, teller, noon.Add(StaleAfter+time.Second))
		if box.said() != "began channel-stuck" {
			t.Errorf("it was told %q", box.said())
		}
	})
}

// broken is a store that can be asked, and written only while it is not broken.
type broken struct {
	*store.DB
	now bool
}

func (b *broken) PutTold(ctx context.Context, done []store.Telling, told time.Time) error {
	if b.now {
		return errors.New("the disk is full")
	}
	return b.DB.PutTold(ctx, done, told)
}

func TestWhatCouldNotBeNotedIsNotToldAgain(t *testing.T) {
	onBoth(t, func(t *testing.T, opens func() *store.DB) {
		db, box := &broken{DB: opens()}, &letterbox{}
		box.during = func() { db.now = true } // between sending and noting
		teller := New(db, words, quiet(), Receiver{Name: "all", Sender: box})
		open(t, db.DB, noon, flow.ChannelStuck)
		look(t, teller, noon)
		look(t, teller, noon.Add(time.Hour))
		db.now = false
		look(t, teller, noon.Add(2*time.Hour))
		look(t, New(db, words, quiet(), Receiver{Name: "all", Sender: box}), noon.Add(3*time.Hour))
		if box.said() != "began channel-stuck" {
			t.Errorf("it was told %q", box.said())
		}
	})
}

func TestWhoDoesNotWatchTellsNobody(t *testing.T) {
	onBoth(t, func(t *testing.T, opens func() *store.DB) {
		db, box := opens(), &letterbox{}
		open(t, db, noon, flow.ChannelStuck)
		teller := New(db, words, quiet(), Receiver{Name: "all", Sender: box})
		teller.Tell(t.Context(), Round{At: noon})
		away := incident(0, flow.DatabaseAway, flow.Page, noon)
		teller.Tell(t.Context(), Round{At: noon.Add(time.Minute), Alone: true, Incidents: []flow.Incident{away}})
		teller.Wait()
		if box.said() != "" {
			t.Errorf("it was told %q", box.said())
		}
	})
}

func TestWithoutTheDatabaseWhoWatchedLastTellsOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, opens func() *store.DB) {
		db, box := opens(), &letterbox{}
		teller := New(db, words, quiet(), Receiver{Name: "all", Sender: box})
		at := noon
		next := func(round Round) {
			t.Helper()
			at = at.Add(time.Minute)
			round.At = at
			teller.Tell(t.Context(), round)
			teller.Wait()
		}
		open(t, db, noon, flow.ChannelStuck)
		next(Round{Watching: true})
		stored, err := db.OpenIncidents(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		away, network := incident(0, flow.DatabaseAway, flow.Page, at), incident(0, flow.NetworkDown, flow.Page, at)
		away.Subject, network.Subject = flow.Subject{Of: flow.OfDatabase}, flow.Subject{Of: flow.OfService}
		for range 3 {
			next(Round{Alone: true, Incidents: append([]flow.Incident{away, network}, stored...)})
		}
		// The database is back, the network is not.
		next(Round{}) // nobody has the watch yet
		open(t, db, at, flow.NetworkDown)
		for range 3 {
			next(Round{Watching: true})
		}
		resolve(t, db, at, flow.NetworkDown)
		for range 3 {
			next(Round{Watching: true})
		}
		want := "began channel-stuck\nbegan database-away, began network-down\nover database-away\nover network-down"
		if got := box.said(); got != want {
			t.Errorf("it was told\n%s\nwant\n%s", got, want)
		}
		// A second outage is another one.
		away.Opened = at
		next(Round{Alone: true, Incidents: []flow.Incident{away}})
		next(Round{Alone: true, Incidents: nil})
		want += "\nbegan database-away\nover database-away"
		if got := box.said(); got != want {
			t.Errorf("it was told\n%s\nwant\n%s", got, want)
		}
	})
}

func TestWhatWasToldAloneIsOverThoughAnotherWatches(t *testing.T) {
	onBoth(t, func(t *testing.T, opens func() *store.DB) {
		db, box := opens(), &letterbox{}
		teller := New(db, words, quiet(), Receiver{Name: "all", Sender: box})
		at := noon
		next := func(round Round) {
			t.Helper()
			at = at.Add(time.Minute)
			round.At = at
			teller.Tell(t.Context(), round)
			teller.Wait()
		}
		next(Round{Watching: true})
		away := incident(0, flow.DatabaseAway, flow.Page, at)
		next(Round{Alone: true, Incidents: []flow.Incident{away}})
		for range 2 * othersWatch {
			next(Round{})
		}
		if got, want := box.said(), "began database-away\nover database-away"; got != want {
			t.Errorf("it was told\n%s\nwant\n%s", got, want)
		}
	})
}

func TestOtherReceiversCanBeAdopted(t *testing.T) {
	onBoth(t, func(t *testing.T, opens func() *store.DB) {
		db, before, after := opens(), &letterbox{fails: errors.New("gone")}, &letterbox{}
		open(t, db, noon, flow.ChannelStuck)
		teller := New(db, words, quiet(), Receiver{Name: "all", Sender: before}, Receiver{Name: "old", Sender: before})
		look(t, teller, noon)
		teller.Adopt(words, []Receiver{{Name: "all", Sender: after}})
		look(t, teller, noon.Add(time.Second))
		if after.said() != "began channel-stuck" {
			t.Errorf("it was told %q", after.said())
		}
		teller.Adopt(words, nil)
		look(t, teller, noon.Add(time.Minute))
		if f := teller.Failures(); len(f) != 0 {
			t.Errorf("nobody is told, and %s fails", fmt.Sprint(f))
		}
	})
}
