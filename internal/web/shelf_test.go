package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

var allRSS = feeds.DocumentKey{Channel: channelNamed("en/all"), Format: feeds.RSS}

// run keeps a shelf within a synctest bubble and returns what it logs.
func run(t *testing.T, s *Shelf) {
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { _ = s.Run(ctx); close(done) }()
	t.Cleanup(func() { cancel(); <-done })
}

func found(t *testing.T, s *Shelf, key feeds.DocumentKey) string {
	t.Helper()
	c, err := s.find(t.Context(), key)
	if err != nil {
		return "error: " + err.Error()
	}
	return string(c.plain())
}

// shelfOf returns a shelf of a city within a synctest bubble, at work.
func shelfOf(t *testing.T, c *city, change ...func(*ShelfConfig)) *Shelf {
	config := ShelfConfig{Documents: c, Settings: c.now, Log: discard()}
	for _, f := range change {
		f(&config)
	}
	s := NewShelf(config)
	run(t, s)
	synctest.Wait()
	return s
}

// pass lets time pass.
func pass(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func TestShelfFollowsTheDatabase(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		s := NewShelf(ShelfConfig{Documents: c, Settings: c.now, Log: discard()})
		if err := s.Ready(); err == nil {
			t.Error("ready before anything is known")
		}
		run(t, s)
		synctest.Wait()
		if err := s.Ready(); err != nil {
			t.Errorf("not ready: %v", err)
		}
		if c.asked != 0 {
			t.Errorf("%d documents were made that nobody asked for", c.asked)
		}
		found(t, s, allRSS)
		pass(10 * time.Second)
		found(t, s, allRSS)
		if c.asked != 1 {
			t.Errorf("%d documents were made although nothing changed", c.asked)
		}

		c.put(allRSS, []byte("second state"), 1)
		pass(time.Second)
		if got := found(t, s, allRSS); got != "second state" {
			t.Errorf("a second after the change: %q", got)
		}
		if c.asked != 2 {
			t.Errorf("%d documents were made for one change", c.asked-1)
		}

		c.drop("en/all")
		pass(time.Second)
		if _, err := s.find(t.Context(), allRSS); !errors.Is(err, feeds.ErrNotPublished) {
			t.Errorf("after its end: %v", err)
		}
		if state := s.State(); state.Held != 0 || state.Bytes != 0 {
			t.Errorf("left is %+v", state)
		}
	})
}

func TestADocumentIsMadeOnceForAllWhoWait(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		s := shelfOf(t, c)
		c.making = func(feeds.DocumentKey) { time.Sleep(time.Second) }
		var asking sync.WaitGroup
		for range 50 {
			asking.Go(func() {
				if got := found(t, s, allRSS); strings.HasPrefix(got, "error") {
					t.Error(got)
				}
			})
		}
		gone, leave := context.WithCancel(t.Context())
		leave()
		if _, err := s.find(gone, allRSS); !errors.Is(err, context.Canceled) {
			t.Errorf("who goes away gets %v", err)
		}
		asking.Wait()
		if c.asked != 1 {
			t.Errorf("it was made %d times", c.asked)
		}
	})
}

// Who asks for each document of a channel, as an export does, has them made in one go, and
// is told of the one that can't be made alone.
func TestDocumentsAreMadeTogetherForWhoAsksForEach(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		s := shelfOf(t, c, func(c *ShelfConfig) { c.Together, c.Bytes = true, 1 })
		goes, slow := 0, make(chan struct{})
		c.making = func(feeds.DocumentKey) { goes++; <-slow }
		faulty := feeds.DocumentKey{Channel: channelNamed("en/all"), Format: feeds.Atom}
		c.faulty = map[feeds.DocumentKey]feeds.MadeDocument{
			faulty: {Document: feeds.Document{DocumentKey: faulty}, Fault: errors.New("faulty")},
		}
		var asking sync.WaitGroup
		for _, format := range feeds.Formats() {
			key := feeds.DocumentKey{Channel: channelNamed("en/all"), Format: format}
			asking.Go(func() {
				got := found(t, s, key)
				want := string(c.documents[key].Body)
				if key == faulty {
					want = "error: " + errFaulty.Error()
				}
				if got != want {
					t.Errorf("%s is %.60s; want %.60s", key.Path(), got, want)
				}
			})
		}
		synctest.Wait()
		close(slow)
		asking.Wait()
		if goes != 1 {
			t.Errorf("documents were made in %d goes; want one", goes)
		}
	})
}

// A hot document is made anew behind its readers, its channel's formats together; any
// other when it is asked for.
func TestHotDocumentsAreMadeAnewBehindTheReaders(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		s := shelfOf(t, c)
		hot := feeds.DocumentKey{Channel: channelNamed("en/government"), Format: feeds.RSS}
		atom := feeds.DocumentKey{Channel: channelNamed("en/government"), Format: feeds.Atom}
		cold := feeds.DocumentKey{Channel: channelNamed("en/culture"), Format: feeds.RSS}
		for _, key := range []feeds.DocumentKey{hot, hot, atom, atom, cold} {
			found(t, s, key)
		}
		before, slow := found(t, s, hot), make(chan struct{})
		c.making = func(feeds.DocumentKey) { <-slow }
		synctest.Wait() // so that no comparison of now sees one of the changes without the others
		asked := c.asked
		for _, key := range []feeds.DocumentKey{hot, atom, cold} {
			c.put(key, []byte("second state"), 1)
		}
		pass(time.Second)
		if got := found(t, s, hot); got != before {
			t.Errorf("while it is made: %q", got)
		}
		close(slow)
		pass(time.Millisecond)
		if c.asked != asked+2 {
			t.Errorf("%d documents were made behind, want the two that are hot", c.asked-asked)
		}
		for _, key := range []feeds.DocumentKey{hot, atom, cold} {
			if got := found(t, s, key); got != "second state" {
				t.Errorf("%s: %q", key.Path(), got)
			}
		}

		// What nobody asks for any more is no longer hot.
		pass(3 * time.Hour)
		asked = c.asked
		c.put(hot, []byte("third state"), 1)
		pass(5 * time.Second)
		if c.asked != asked {
			t.Error("it is made for nobody")
		}
	})
}

// The last state of a hot document is served for ten seconds at most while the database
// answers.
func TestTheLastStateIsServedForTenSeconds(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		s := shelfOf(t, c)
		found(t, s, allRSS)
		before := found(t, s, allRSS)
		slow := make(chan struct{})
		c.making = func(feeds.DocumentKey) { <-slow }
		c.put(allRSS, []byte("second state"), 1)
		pass(lastStateTime - 100*time.Millisecond) // seen after one second at most
		if got := found(t, s, allRSS); got != before {
			t.Errorf("after less than ten seconds: %q", got)
		}
		pass(1200 * time.Millisecond)
		got := make(chan string, 1)
		go func() { got <- found(t, s, allRSS) }()
		synctest.Wait()
		select {
		case got := <-got:
			t.Errorf("after ten seconds: %q, want to wait for the new state", got)
		default:
		}
		close(slow)
		if got := <-got; got != "second state" {
			t.Errorf("who waited gets %q", got)
		}
	})
}

// Once the past of a channel has changed nothing of before is served, be it held, hot, a
// delta or a page.
func TestNothingOfBeforeAnErasureIsServed(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		archive := feeds.DocumentKey{Channel: channelNamed("en/all"), Format: feeds.RSS, Archive: 1}
		c.put(archive, []byte("an archive with a name"), 50)
		s := shelfOf(t, c)
		for _, key := range []feeds.DocumentKey{allRSS, allRSS, archive, archive} {
			found(t, s, key)
		}
		c.mu.Lock()
		for _, key := range []feeds.DocumentKey{allRSS, archive} {
			d := c.documents[key]
			d.Body = []byte("without it")
			c.documents[key] = d
		}
		c.mu.Unlock()
		c.change("en/all", func(s *feeds.ChannelState) { s.Revision += 1000; s.Past = s.Revision })
		pass(time.Second)
		for _, key := range []feeds.DocumentKey{allRSS, archive} {
			if got := found(t, s, key); got != "without it" {
				t.Errorf("%s: %q", key.Path(), got)
			}
		}
	})
}

// What is hot is made anew behind the readers also then.
func TestWhatIsHotStaysHotWhenThePastChanges(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		s := shelfOf(t, c)
		for range 2 {
			found(t, s, allRSS)
		}
		asked := c.asked
		c.change("en/all", func(s *feeds.ChannelState) { s.Revision += 1000; s.Past = s.Revision })
		pass(1100 * time.Millisecond)
		if c.asked != asked+1 || s.State().Held != 1 {
			t.Errorf("%d documents were made, and %d are held", c.asked-asked, s.State().Held)
		}
		c.fail(errAway)
		pass(2 * time.Second)
		if got := found(t, s, allRSS); strings.HasPrefix(got, "error") {
			t.Errorf("without the database: %s", got)
		}
	})
}

// After a restore an archive may hold other records under the same number.
func TestArchivesAreMadeAnewWhenWordsAreAdoptedAgain(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		archive := feeds.DocumentKey{Channel: channelNamed("en/all"), Format: feeds.RSS, Archive: 1}
		c.put(archive, []byte("of before"), 50)
		s := shelfOf(t, c)
		found(t, s, archive)
		c.mu.Lock()
		c.documents[archive] = feeds.Document{DocumentKey: archive, Body: []byte("of the restored log"), ETag: `"1-x"`}
		c.words.Adopted++
		c.mu.Unlock()
		pass(time.Second)
		if got := found(t, s, archive); got != "of the restored log" {
			t.Errorf("it is %q", got)
		}
	})
}

// A live document may link an archive that was closed since the last comparison.
func TestAnArchiveThatIsNewerThanWhatIsKnown(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		s := shelfOf(t, c)
		archive := feeds.DocumentKey{Channel: channelNamed("en/all"), Format: feeds.RSS, Archive: 1}
		c.put(archive, []byte("closed just now"), 50)
		if got := found(t, s, archive); got != "closed just now" {
			t.Errorf("it is %q", got)
		}
		for n := range 1000 {
			archive.Archive = n + 2
			if _, err := s.find(t.Context(), archive); !errors.Is(err, feeds.ErrNotPublished) {
				t.Fatalf("archive %d: %v", n+2, err)
			}
		}
		if n := len(s.held); n != 1 {
			t.Errorf("there are places for %d documents", n)
		}
	})
}

// A document that has the program panic is an error of its own.
func TestAPanicHarmsNoOtherDocument(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		var log lines
		s := shelfOf(t, c, func(s *ShelfConfig) { s.Log = slog.New(slog.NewTextHandler(&log, nil)) })
		c.making = func(key feeds.DocumentKey) {
			if key == allRSS {
				panic("a bug")
			}
		}
		if got := found(t, s, allRSS); !strings.Contains(got, "make en/all.rss: panic: a bug") {
			t.Errorf("it is %q", got)
		}
		if got := found(t, s, feeds.DocumentKey{Channel: channelNamed("en/all"), Format: feeds.Atom}); strings.HasPrefix(got, "error") {
			t.Errorf("the other is %q", got)
		}
		if !strings.Contains(log.all(), "a bug") {
			t.Errorf("operators are told %q", log.all())
		}
	})
}

// Nor is it where the document was being made when the past changed.
func TestNothingOfBeforeAnErasureIsServedToWhoWaits(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		s := shelfOf(t, c)
		slow := make(chan struct{})
		c.making = func(feeds.DocumentKey) { <-slow }
		got := make(chan string, 1)
		go func() { got <- found(t, s, allRSS) }()
		synctest.Wait()
		c.put(allRSS, []byte("without it"), 1)
		c.change("en/all", func(s *feeds.ChannelState) { s.Past = s.Revision })
		pass(time.Second)
		close(slow)
		if got := <-got; got != "without it" {
			t.Errorf("who waited gets %.100q", got)
		}
	})
}

func TestShelfWhileTheDatabaseIsAway(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		var log lines
		c.fail(errAway)
		s := shelfOf(t, c, func(s *ShelfConfig) { s.Log = slog.New(slog.NewTextHandler(&log, nil)) })
		pass(5 * time.Second)
		if err := s.Ready(); !errors.Is(err, errAway) {
			t.Errorf("ready: %v, want the reason", err)
		}
		c.fail(nil)
		pass(time.Second)
		before := found(t, s, allRSS)

		c.fail(errAway)
		c.put(allRSS, []byte("unseen"), 1)
		pass(time.Hour)
		if got := found(t, s, allRSS); got != before {
			t.Errorf("while the database is away: %q", got)
		}
		if _, err := s.find(t.Context(), feeds.DocumentKey{Channel: channelNamed("en/all"), Format: feeds.Atom}); !errors.Is(err, errNoAnswer) {
			t.Errorf("what is not held: %v", err)
		}
		if err := s.Ready(); err != nil {
			t.Errorf("what is held can be served, yet: %v", err)
		}
		c.fail(nil)
		pass(time.Second)
		if got := found(t, s, allRSS); got != "unseen" {
			t.Errorf("when it is back: %q", got)
		}
		// Of six seconds one error is told, of an hour that it lasts too: after two minutes,
		// six, fourteen and thirty.
		if got := log.all(); strings.Count(got, "level=ERROR") != 1+5 || strings.Count(got, "level=INFO") != 2 || !strings.Contains(got, "after=6s failures=6\n") {
			t.Errorf("an error is told seldom, and its end once; told was:\n%s", got)
		}
	})
}

// Nor does it matter whether it refuses or hangs, and how many ask at once: nobody waits
// longer than the shelf is patient.
func TestADatabaseThatHangs(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		s := shelfOf(t, c, func(s *ShelfConfig) { s.Every = time.Hour })
		var keys []feeds.DocumentKey
		for key := range c.documents {
			keys = append(keys, key)
		}
		before := map[feeds.DocumentKey]string{}
		for _, key := range keys {
			before[key] = found(t, s, key)
			c.change(key.Channel.String(), func(s *feeds.ChannelState) { s.Revision += 1000 })
		}
		if err := s.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
		pass(lastStateTime)
		hang := make(chan struct{})
		c.hang = hang
		began := time.Now()
		var asking sync.WaitGroup
		for range mostWaiting/len(keys) + 2 {
			for _, key := range keys {
				asking.Go(func() {
					if got := found(t, s, key); got != before[key] {
						t.Errorf("%s: %.60s", key.Path(), got)
					}
				})
			}
		}
		asking.Wait()
		if waited := time.Since(began); waited > 5*time.Second {
			t.Errorf("somebody waited for %v", waited)
		}
		close(hang)
	})
}

// Nor does it matter whether the shelf knows yet that it is away.
func TestTheLastStateIsServedWhenItCantBeMadeAnew(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		s := shelfOf(t, c)
		cold := feeds.DocumentKey{Channel: channelNamed("en/culture"), Format: feeds.RSS}
		before := found(t, s, cold)
		c.put(cold, []byte("unseen"), 1)
		pass(time.Second)
		c.fail(errAway)
		if got := found(t, s, cold); got != before {
			t.Errorf("it is %.100q", got)
		}
		c.fail(nil)
		pass(lastStateTime) // it is hot now
		if got := found(t, s, cold); got != "unseen" {
			t.Errorf("when the database is back: %.100q", got)
		}

		other := feeds.DocumentKey{Channel: channelNamed("en/government"), Format: feeds.RSS}
		found(t, s, other)
		c.change(other.Channel.String(), func(s *feeds.ChannelState) { s.Revision += 1000; s.Past = s.Revision })
		pass(time.Second)
		c.fail(errAway)
		if got := found(t, s, other); !strings.Contains(got, errAway.Error()) {
			t.Errorf("after an erasure: %.100q", got)
		}
	})
}

// A database that was restored knows of an older state than it did: nothing of the lost
// day is served.
func TestARestoredDatabase(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		s := shelfOf(t, c)
		yesterday := c.documents[allRSS]
		c.put(allRSS, []byte("the lost day"), 1)
		pass(time.Second)
		if got := found(t, s, allRSS); got != "the lost day" {
			t.Fatal(got)
		}
		c.put(allRSS, yesterday.Body, 1)
		c.change("en/all", func(s *feeds.ChannelState) { s.Revision = anyTime.UnixMilli() })
		pass(time.Second)
		if got := found(t, s, allRSS); got != string(yesterday.Body) {
			t.Errorf("after the restore: %.100q", got)
		}
	})
}

// Nor what was being made of the lost day when it was restored, be it hot.
func TestNothingOfBeforeARestoreIsHeld(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		s := shelfOf(t, c)
		yesterday, state := c.documents[allRSS], c.states[allRSS.Channel]
		found(t, s, allRSS)
		slow := make(chan struct{})
		c.making = func(feeds.DocumentKey) { <-slow }
		c.put(allRSS, []byte("the lost day"), 1)
		pass(time.Second) // it is being made behind the readers
		c.mu.Lock()
		c.making = nil
		c.documents[allRSS], c.states[allRSS.Channel] = yesterday, state
		c.mu.Unlock()
		pass(time.Second)
		close(slow)
		pass(time.Second)
		if got := found(t, s, allRSS); got != string(yesterday.Body) {
			t.Errorf("it is %.60q", got)
		}
	})
}

func TestShelfKeepsItsBound(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		s := shelfOf(t, c, func(s *ShelfConfig) { s.Bytes = 100 << 10 })
		for key, d := range c.documents {
			if got := found(t, s, key); got != string(d.Body) {
				t.Fatalf("%v: %q", key, got)
			}
			if state := s.State(); state.Bytes > 100<<10 {
				t.Fatalf("%d bytes, want 100 KiB at most", state.Bytes)
			}
		}
		if state := s.State(); state.Held == 0 || state.Held >= state.Documents {
			t.Errorf("%+v, want some documents held", state)
		}
		found(t, s, allRSS)
		asked := c.asked
		found(t, s, allRSS)
		if c.asked != asked {
			t.Error("what was just asked for was made again")
		}
		// The sum is right: it comes to nothing when everything goes.
		for _, channel := range c.settings.Site.Channels() {
			c.drop(channel.String())
		}
		pass(time.Second)
		if got := s.State(); got.Bytes != 0 || got.Documents != 0 {
			t.Errorf("an empty shelf: %+v", got)
		}
	})
}

// A channel that ends while its document is made leaves nothing on the shelf.
func TestNothingIsHeldOfWhatEndedMeanwhile(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		s := shelfOf(t, c)
		slow := make(chan struct{})
		c.making = func(feeds.DocumentKey) { <-slow }
		asking := make(chan struct{})
		go func() { found(t, s, allRSS); close(asking) }()
		synctest.Wait()
		c.drop("en/all")
		pass(time.Second)
		close(slow)
		<-asking
		if state := s.State(); state.Held != 0 || state.Bytes != 0 {
			t.Errorf("left is %+v", state)
		}
	})
}

// What can't be made does no harm to others, and is tried again when it is asked for.
func TestADocumentThatCantBeMade(t *testing.T) {
	c := newCity(t)
	synctest.Test(t, func(t *testing.T) {
		flaky := &flakyDocuments{city: c, key: allRSS}
		s := shelfOf(t, c, func(s *ShelfConfig) { s.Documents = flaky })
		if got := found(t, s, allRSS); !strings.Contains(got, "a broken page") {
			t.Errorf("it is %q", got)
		}
		if got := found(t, s, feeds.DocumentKey{Channel: channelNamed("en/all"), Format: feeds.Atom}); strings.HasPrefix(got, "error") {
			t.Errorf("another document suffers: %s", got)
		}
		flaky.mend()
		if got := found(t, s, allRSS); strings.HasPrefix(got, "error") {
			t.Errorf("when it can be: %s", got)
		}
	})
}

// flakyDocuments can't make one document until it is mended.
// Reached is told what goes further in the log from one comparison to the next, once.
func TestTheShelfTellsHowFarReadersCanRead(t *testing.T) {
	c := &climbing{state: feeds.Published{Channels: map[feeds.Channel]feeds.ChannelState{}}}
	all, other := feeds.Channel{Locale: "en", Kind: feeds.ChannelAll}, feeds.Channel{Locale: "en", Kind: feeds.ChannelCategory, Name: "sports"}
	var told []string
	s := NewShelf(ShelfConfig{Documents: c, Settings: func() Settings { return Settings{} }, Reached: func(_ context.Context, after, last int64) { told = append(told, fmt.Sprintf("%d-%d", after, last)) }})
	for _, step := range []struct {
		channel feeds.Channel
		seq     int64
		epoch   int64
	}{
		{all, 5, 0}, // was published before
		{all, 5, 0},
		{all, 7, 0},
		{other, 9, 0}, // who reads all can't read it yet
		{all, 9, 0},
		{all, 1_000_000, 1}, // another epoch
		{all, 1_000_002, 1},
	} {
		channels := maps.Clone(c.state.Channels)
		channels[step.channel] = feeds.ChannelState{Channel: step.channel, Revision: step.seq, Seq: step.seq}
		c.state.Channels, c.state.Epoch.Name = channels, step.epoch
		if err := s.Refresh(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := strings.Join(told, " "), "5-7 7-9 1000000-1000002"; got != want {
		t.Errorf("told was %s, want %s", got, want)
	}
}

// climbing is what is published, as a test sets it.
type climbing struct {
	Documents
	state feeds.Published
}

func (c *climbing) Published(context.Context) (feeds.Published, error) { return c.state, nil }

type flakyDocuments struct {
	*city
	key feeds.DocumentKey

	mu     sync.Mutex
	mended bool
}

func (f *flakyDocuments) mend() { f.mu.Lock(); f.mended = true; f.mu.Unlock() }

func (f *flakyDocuments) Make(ctx context.Context, c feeds.Channel, archive int, formats ...feeds.Format) (feeds.Made, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if c == f.key.Channel && formats[0] == f.key.Format && !f.mended {
		return feeds.Made{}, errors.New("a broken page of the database")
	}
	return f.city.Make(ctx, c, archive, formats...)
}

// What does not pass the check gives way to the last good document, unless that shows what
// was withdrawn; else it goes without the texts that fail, else it can't be served.
func TestFaultyDocuments(t *testing.T) {
	for _, test := range []struct {
		remark    string
		held      bool // the last good one is
		reduced   string
		past      bool
		withdrawn int64
		want      string
	}{
		{"the last good one stands in", true, "reduced", false, 0, "good"},
		{"it stands in where all that was withdrawn is older", true, "reduced", false, 7, "good"},
		{"not where it shows what was withdrawn", true, "reduced", false, 8, "reduced"},
		{"nor after an erasure", true, "reduced", true, 0, "reduced"},
		{"where none is held the document goes without the texts", false, "reduced", false, 0, "reduced"},
		{"or it can't be served", false, "", false, 0, "error: " + errFaulty.Error()},
	} {
		t.Run(test.remark, func(t *testing.T) {
			c := newCity(t)
			synctest.Test(t, func(t *testing.T) {
				var log lines
				s := shelfOf(t, c, func(s *ShelfConfig) { s.Log = slog.New(slog.NewTextHandler(&log, nil)) })
				c.put(allRSS, []byte("good"), 1)
				d := c.documents[allRSS]
				d.LastSeq = 7
				c.documents[allRSS] = d
				pass(time.Second)
				if test.held {
					found(t, s, allRSS)
				}
				d.Body = nil
				if test.reduced != "" {
					d.Body = []byte(test.reduced)
				}
				c.faulty = map[feeds.DocumentKey]feeds.MadeDocument{allRSS: {Document: d, Fault: errors.New("line 3: no title")}}
				c.withdrawn = test.withdrawn
				c.change("en/all", func(s *feeds.ChannelState) {
					s.Revision += 1000
					if test.past {
						s.Past = s.Revision
					}
				})
				pass(5 * time.Second)
				for range 3 {
					if got := found(t, s, allRSS); got != test.want {
						t.Errorf("served is %q, want %q", got, test.want)
					}
				}
				state := s.State()
				if len(state.Faulty) != 1 || state.Faulty[0].Path != "en/all.rss" || state.Faults == 0 {
					t.Errorf("operators see %+v", state)
				}
				if got := log.all(); strings.Count(got, "level=ERROR") != 1 || !strings.Contains(got, "no title") {
					t.Errorf("told once, with the reason; told was:\n%s", got)
				}
				c.faulty = nil
				c.put(allRSS, []byte("good again"), 1)
				pass(5 * time.Second)
				if got := found(t, s, allRSS); got != "good again" || len(s.State().Faulty) != 0 {
					t.Errorf("when it passes: %q, %+v", got, s.State().Faulty)
				}
			})
		})
	}
}

// Where more is to be made than there are processors, live documents go first, archives
// take half at most, and who comes when 256 of his kind wait is sent away, but keeps no other
// kind from waiting.
func TestWhoGoesFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &limiter{free: 2, archives: 1}
		var mu sync.Mutex
		var order []string
		start := func(name string, kind turn) {
			go func() {
				if err := l.enter(t.Context(), kind); err != nil {
					name += " " + err.Error()
				}
				mu.Lock()
				defer mu.Unlock()
				order = append(order, name)
			}()
			synctest.Wait()
		}
		for _, name := range []string{"archive 1", "archive 2", "behind 1", "live 1", "live 2"} {
			start(name, map[byte]turn{'a': turnArchive, 'b': turnBehind, 'l': turnLive}[name[0]])
		}
		if got := strings.Join(order, ", "); got != "archive 1, behind 1" {
			t.Errorf("at work are %s", got)
		}
		for range mostWaiting {
			start("more", turnBehind)
		}
		start("too many", turnBehind)
		if got := order[len(order)-1]; got != "too many "+errBusy.Error() {
			t.Errorf("the last is %q", got)
		}
		start("live 3", turnLive)
		order = nil
		for _, done := range []turn{turnBehind, turnLive, turnArchive, turnLive, turnLive} {
			l.leave(done)
			synctest.Wait()
		}
		if got := strings.Join(order, ", "); got != "live 1, live 2, live 3, archive 2, more" {
			t.Errorf("then came %s", got)
		}
		for range mostWaiting - 1 {
			l.leave(turnBehind)
			synctest.Wait()
		}
		if left := slices.ContainsFunc(l.waiting[:], func(w []chan struct{}) bool { return len(w) > 0 }); left || l.free != 0 || l.archives != 0 {
			t.Errorf("left is %+v", l)
		}
	})
}

// Who gives up takes no turn with him.
func TestATurnThatNobodyTakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &limiter{free: 1, archives: 1}
		if err := l.enter(t.Context(), turnLive); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := l.enter(ctx, turnLive); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("who gave up: %v", err)
		}
		l.leave(turnLive)
		if err := l.enter(t.Context(), turnArchive); err != nil || l.free != 0 || len(l.waiting[turnLive]) != 0 {
			t.Errorf("the next: %v, %+v", err, l)
		}
	})
}

func TestFeedsAndPagesWhileTheDatabaseIsAway(t *testing.T) {
	c := newCity(t)
	h := c.public()
	slug := c.slug("flood", "en")
	paths := []string{"/en/all.rss", "/en/", "/en/government", "/en/n/" + slug, "/en/feeds.opml"}
	for _, path := range paths {
		if r := get(h, path); r.StatusCode != http.StatusOK {
			t.Fatalf("%s: status %d", path, r.StatusCode)
		}
	}
	c.fail(errAway)
	for _, path := range paths {
		if r := get(h, path); r.StatusCode != http.StatusOK {
			t.Errorf("%s, seen before: status %d, want its last state", path, r.StatusCode)
		}
	}
	for _, path := range []string{"/nl/", "/nl/all.rss"} {
		r := get(h, path)
		if r.StatusCode != http.StatusServiceUnavailable || r.Header.Get("Retry-After") == "" || r.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s, which was never asked for: status %d, want 503 with Retry-After and no-store", path, r.StatusCode)
		}
	}
}

// lines collects a log.
type lines struct {
	mu   sync.Mutex
	text strings.Builder
}

var _ io.Writer = (*lines)(nil)

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *lines) all() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

func TestTroubleIsToldOnce(t *testing.T) {
	c := newCity(t)
	var log lines
	h := Public(Config{
		Settings: c.now,
		Shelf:    c.shelf(time.Hour), Channels: c, Articles: c, Log: slog.New(slog.NewTextHandler(&log, nil)),
	})
	c.fail(errAway)
	for _, path := range []string{"/en/", "/ja/", "/ar/", "/en/", "/en/n/whatever"} {
		if r := get(h, path); r.StatusCode != http.StatusServiceUnavailable {
			t.Errorf("%s: status %d", path, r.StatusCode)
		}
	}
	if r := get(h, "/en/feeds.opml"); r.StatusCode != http.StatusOK {
		t.Errorf("a list that needs no database: status %d", r.StatusCode)
	}
	if strings.Contains(log.all(), "composed again") {
		t.Errorf("the list is taken for the end:\n%s", log.all())
	}
	c.fail(nil)
	for _, path := range []string{"/en/", "/ja/", "/en/"} {
		if r := get(h, path); r.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d", path, r.StatusCode)
		}
	}
	if got := log.all(); strings.Count(got, "\n") != 2 || !strings.Contains(got, "level=ERROR") || !strings.Contains(got, "composed again") {
		t.Errorf("the beginning and the end are told, once each:\n%s", got)
	}
}
