package publish

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/check"
)

// shown is what one document of a channel tells.
type shown struct {
	since, until int64
	entries      map[string]int64 // id → record
	gone         map[string]int64
}

func show(f feeds.Feed) shown {
	s := shown{f.Since, f.LastSeq, map[string]int64{}, map[string]int64{}}
	for _, e := range f.Entries {
		s.entries[e.Article.ID] = e.Record.Seq
	}
	for _, t := range f.Gone {
		s.gone[t.ID] = t.Seq
	}
	return s
}

// steps are all records of a channel's view, of the whole log at once.
func steps(languages []string, c feeds.Channel, records []feeds.Record, categories func(story string) []string) []feeds.Step {
	lists := map[string][]feeds.Record{}
	for _, r := range records {
		key := r.Story
		if (c.Kind == feeds.ChannelCategory || c.Kind == feeds.ChannelOnly) && !slices.Contains(categories(r.Story), c.Name) ||
			c.Kind == feeds.ChannelPublisher && r.Publisher != c.Name {
			continue
		}
		lists[key] = append(lists[key], r)
	}
	var all []feeds.Step
	for _, list := range lists {
		all = append(all, feeds.View(feeds.Accepted{Chain: languages}, list)...)
	}
	slices.SortStableFunc(all, func(a, b feeds.Step) int { return cmp.Compare(a.Record.Seq, b.Record.Seq) })
	return all
}

// expect says what a document must tell of the steps in its part of the log.
func expect(all []feeds.Step, since, until int64) shown {
	s := shown{since, until, map[string]int64{}, map[string]int64{}}
	for _, step := range all {
		if step.Record.Seq <= since || step.Record.Seq > until {
			continue
		}
		delete(s.entries, step.Replaces)
		if step.Gone != "" {
			delete(s.entries, step.Gone)
			s.gone[step.Gone] = step.Record.Seq
		}
		if step.Article != "" {
			delete(s.gone, step.Article)
			s.entries[step.Article] = step.Record.Seq
		}
	}
	return s
}

// closed composes an archive as it would be composed now.
func closed(t testing.TB, m *memory, path string, cut feeds.Cut) (f feeds.Feed) {
	t.Helper()
	err := composer(t, m).at(t.Context(), func(m moment) error {
		c, err := m.archive(t.Context(), channel(t, path), cut)
		f = c.feed
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// TestEveryRecordStandsOnce proves, for random logs that are published at random
// moments, that the archives and the live document together tell every record of the
// view, each in one document, and that no archive is another when it is composed
// later.
func TestEveryRecordStandsOnce(t *testing.T) {
	t.Parallel()
	seeds, changes := uint64(3), 1000
	if testing.Short() {
		seeds, changes = 1, 700
	}
	paths := []string{"en/all", "ja/all", "th/sports", "ja/only/sports", "ar/everything", "en/from/sample-city", "en/from/careful-city"}
	for seed := range seeds {
		r := rand.New(rand.NewPCG(seed, 2))
		m := newMemory()
		m.pause = time.Duration(1+r.IntN(7200)) * time.Second
		bodies := map[feeds.DocumentKey]string{}
		var ids []string
		for i := range changes {
			switch story := fmt.Sprint("story-", r.IntN(350)); {
			case r.IntN(9) == 0 && len(ids) > 0:
				if id := ids[r.IntN(len(ids))]; !m.withdrawn[id] {
					m.withdraw(id)
				}
			default:
				language := []string{"en", "ja", "ar", "ko", "th"}[r.IntN(5)]
				publisher := []string{"sample-city", "careful-city"}[r.IntN(2)]
				ids = append(ids, m.put(story, feeds.Article{Publisher: publisher, Language: language, Title: story + language, Categories: []string{"sports"}}))
			}
			if r.IntN(150) != 0 && i != changes-1 {
				continue
			}
			for _, path := range paths {
				if res := publish(t, m, path, m.records[len(m.records)-1].Time); res.Rejected != nil {
					t.Fatal(res.Rejected)
				}
			}
			for key, d := range m.documents {
				if key.Archive == 0 {
					continue
				}
				if was, ok := bodies[key]; ok && was != string(d.Body) {
					t.Fatalf("seed %d: %s changed", seed, key.Path())
				}
				bodies[key] = string(d.Body)
			}
		}

		for _, path := range paths {
			all := steps(site().Accepted(channel(t, path)).Chain, channel(t, path), m.records, m.categories)
			var last int64
			for _, cut := range m.cuts[channelNamed(path)] {
				if cut.Since != last {
					t.Fatalf("seed %d, %s: archive %d begins behind %d, and the one before ends at %d", seed, path, cut.Archive, cut.Since, last)
				}
				last = cut.Until
				f := closed(t, m, path, cut)
				same(t, fmt.Sprintf("seed %d, %s, archive %d", seed, path, cut.Archive), show(f), expect(all, cut.Since, cut.Until))
				told := map[int64]bool{}
				for _, s := range all {
					if s.Record.Seq > cut.Since && s.Record.Seq <= cut.Until {
						told[s.Record.Seq] = true
					}
				}
				if len(told) != archiveSize {
					t.Errorf("seed %d, %s: archive %d holds %d records; want %d", seed, path, cut.Archive, len(told), archiveSize)
				}
				for _, format := range feeds.Formats() {
					body, err := feeds.Render(f, format) // of the whole log by now
					if key := (feeds.DocumentKey{Channel: channelNamed(path), Format: format, Archive: cut.Archive}); err != nil || string(body) != bodies[key] {
						t.Errorf("seed %d: %s is another when it is composed later (%v)", seed, key.Path(), err)
					}
				}
			}
			f := compose(t, m, path)
			want := expect(all, last, endless)
			want.until = all[len(all)-1].Record.Seq
			same(t, fmt.Sprintf("seed %d, %s, live", seed, path), show(f), want)
			if len(m.cuts[channelNamed(path)]) == 0 {
				t.Errorf("seed %d, %s has no archives of %d records", seed, path, len(all))
			}
		}
	}
}

func same(t testing.TB, what string, got, want shown) {
	t.Helper()
	if got.since != want.since || got.until != want.until || !maps.Equal(got.entries, want.entries) || !maps.Equal(got.gone, want.gone) {
		t.Errorf("%s tells %v; want %v", what, got, want)
	}
}

// TestALongPastIsArchivedAtOnce proves that a channel that comes late, as of a new
// locale, gets the archives that it would have had.
func TestALongPastIsArchivedAtOnce(t *testing.T) {
	stories, closed := 700, 13
	if testing.Short() {
		stories, closed = 300, 5
	}
	early, late := newMemory(), newMemory()
	for _, m := range []*memory{early, late} {
		m.pause = time.Hour
		for i := range stories {
			m.put(fmt.Sprint("story-", i), feeds.Article{Language: []string{"en", "ja"}[i%2], Title: fmt.Sprint(i)})
			if m == early && i%10 == 0 {
				publish(t, m, "ja/all", start)
			}
		}
		res := publish(t, m, "ja/all", start)
		if m == late && (res.Closed != closed || res.Changed != 3*closed+3) {
			t.Errorf("%d archives were closed, %d documents changed", res.Closed, res.Changed)
		}
	}
	for key, d := range early.documents {
		if string(late.documents[key].Body) != string(d.Body) {
			t.Errorf("%s differs", key.Path())
		}
	}
}

// TestACutNeverMoves proves that neither a filing that changes nor a chain of
// languages that shrinks or grows changes what is closed: its records and their titles.
func TestACutNeverMoves(t *testing.T) {
	m := newMemory()
	m.pause = time.Hour
	for i := range 150 {
		m.put(fmt.Sprint("story-", i), feeds.Article{Language: []string{"en", "ar", "ko"}[i%3], Title: fmt.Sprint(i), Categories: []string{"sports"}})
	}
	publish(t, m, "en/sports", start)
	cuts := slices.Clone(m.cuts[channelNamed("en/sports")])
	var before []feeds.Feed
	for _, cut := range cuts {
		before = append(before, closed(t, m, "en/sports", cut))
	}
	for r, a := range m.articles { // every tenth is filed anew
		if strings.HasSuffix(a.Title, "3") {
			a.Categories = []string{"zoo"}
			m.articles[r] = a
		}
	}
	for _, chain := range [][]string{{"en"}, {"en", "ar", "ko"}} {
		p := publisher(t, m)
		p.Composer.Site.Locales[0].Chain = chain
		publishBy(t, p, m, "en/sports", start)
		if !reflect.DeepEqual(m.cuts[channelNamed("en/sports")][:len(cuts)], cuts) || len(cuts) != 1 {
			t.Errorf("the cuts are %v; they were %v", m.cuts[channelNamed("en/sports")], cuts)
		}
		for i, was := range before {
			made, err := p.Composer.Make(t.Context(), channel(t, "en/sports"), i+1, feeds.JSONFeed)
			if err != nil {
				t.Fatal(err)
			}
			body := string(made.Documents[0].Body)
			at := 0
			for _, e := range was.Entries {
				next := strings.Index(body[at:], `"`+e.Article.ID+`"`)
				if next < 0 || !strings.Contains(body[at+next:], e.Title) {
					t.Fatalf("archive %d, chain %q: record %d, %q, is not where it was", i+1, chain, e.Record.Seq, e.Title)
				}
				at += next
			}
			if made.Documents[0].Entries != len(was.Entries) {
				t.Errorf("archive %d, chain %q: %d entries; there were %d", i+1, chain, made.Documents[0].Entries, len(was.Entries))
			}
		}
	}
}

// TestAnErasedTextLeavesItsArchive proves that an erasure changes the archive that
// held the article, and nothing else of it.
func TestAnErasedTextLeavesItsArchive(t *testing.T) {
	m := newMemory()
	m.pause = time.Hour
	id := m.put("bad", feeds.Article{Language: "en", Title: "A name that must go", Content: "<p>And what was said of it</p>"})
	m.put("bad", feeds.Article{Language: "en", Title: "A name that must go", Content: "<p>And what was said of it, corrected</p>"})
	m.put("bad", feeds.Article{Language: "ja", Title: "消えるべき名前"})
	for i := range 120 {
		m.put(fmt.Sprint("story-", i), feeds.Article{Language: "en", Title: fmt.Sprint(i)})
	}
	publish(t, m, "en/all", start)
	publish(t, m, "ja/all", start)
	before := maps.Clone(m.documents)

	for r, a := range m.articles {
		if r.ID == id {
			a.Title, a.Content = "", ""
			m.articles[r] = a
		}
	}
	at := m.records[len(m.records)-1].Time
	m.erased[id] = at
	m.withdraw(id)
	clear(m.documents) // so that all archives are made anew
	for _, path := range []string{"en/all", "ja/all"} {
		publish(t, m, path, at)
		for _, format := range feeds.Formats() {
			d := m.documents[feeds.DocumentKey{Channel: channelNamed(path), Format: format, Archive: 1}]
			if err := check.Document(format, d.Body); err != nil {
				t.Error(err)
			}
			if body := string(d.Body); strings.Contains(body, "must go") || strings.Contains(body, "was said") {
				t.Errorf("%s.1.%s still has the text", path, format)
			} else if format == feeds.Atom && path == "en/all" && !strings.Contains(body, `<at:deleted-entry ref="`+id) {
				t.Errorf("%s.1.%s does not tell that it is gone", path, format)
			}
		}
		if _, err := composer(t, m).Make(t.Context(), channel(t, path), 9, feeds.Atom); !errors.Is(err, feeds.ErrNotPublished) {
			t.Errorf("%s: an archive that is not closed is made: %v", path, err)
		}
	}
	if f := compose(t, m, "en/all"); len(f.Gone) != 1 || f.Gone[0].ID != id {
		t.Errorf("the live document has gone %v", f.Gone)
	}
	for key, d := range before {
		if key.Archive > 1 && string(m.documents[key].Body) != string(d.Body) {
			t.Errorf("%s changed", key.Path())
		}
	}
}

// TestAnErasureThatComesInBetween proves that no archive is closed that was found
// before an erasure.
func TestAnErasureThatComesInBetween(t *testing.T) {
	m := newMemory()
	m.pause = time.Hour
	for i := range 120 {
		m.put(fmt.Sprint("story-", i), feeds.Article{Language: "en", Title: fmt.Sprint(i)})
	}
	p := publisher(t, m)
	p.Composer.Read = func(_ context.Context, read func(Log) error) error { return read(&erasing{memory: m}) }
	if res, err := p.Publish(t.Context(), channel(t, "en/all"), m.counter, start); err != nil || res.Closed != 0 || len(m.cuts) != 0 {
		t.Errorf("closed %d, cuts %v, %v", res.Closed, m.cuts, err)
	}
	if res := publish(t, m, "en/all", start); res.Closed != 1 {
		t.Errorf("the next publication closed %d", res.Closed)
	}
}

// erasing is a log of which something is erased behind each answer.
type erasing struct{ *memory }

func (e *erasing) PastChanges(ctx context.Context) (int64, error) {
	n, err := e.memory.PastChanges(ctx)
	e.erased[fmt.Sprint("urn:", n)] = start
	return n, err
}

// BenchmarkArchive is what it costs to make an archive behind a long past: to read its
// records, compose, render and check it in three formats.
func BenchmarkArchive(b *testing.B) {
	y := newYear(b)
	for range 60 {
		y.write(50)
		y.now = y.now.AddDate(0, 0, 3)
		y.run(y.source, slices.Clone(y.articles[len(y.articles)-50:]), false)
	}
	y.publish()
	for _, n := range []int{1, 50} {
		b.Run(fmt.Sprint("number ", n), func(b *testing.B) {
			for b.Loop() {
				if _, err := y.publisher.Composer.Make(b.Context(), channel(b, "en/everything"), n, feeds.Formats()...); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkRaise is what it costs to publish a channel with a long past to which one record
// came.
func BenchmarkRaise(b *testing.B) {
	y := newYear(b)
	for range 60 {
		y.write(50)
		y.run(y.source, slices.Clone(y.articles[len(y.articles)-50:]), false)
	}
	y.publish()
	for b.Loop() {
		b.StopTimer()
		y.write(1)
		y.run(y.source, slices.Clone(y.articles[len(y.articles)-1:]), false)
		b.StartTimer()
		if _, err := y.publisher.Publish(b.Context(), channel(b, "en/everything"), 0, y.now); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkChannel is what each step of a publication costs, by kind of channel and by
// format, from SQLite.
func BenchmarkChannel(b *testing.B) {
	y := newYear(b)
	for range 10 {
		y.write(20)
		for i := range y.articles {
			y.articles[i].Content = strings.Repeat("<p>The <a href=\"https://city.example/\">city</a> &amp; 回覧板をまわす.</p>\n", 15)
		}
		y.now = y.now.AddDate(0, 0, 3)
		y.run(y.source, slices.Clone(y.articles[len(y.articles)-20:]), false)
	}
	y.publish()
	for _, path := range []string{"en/all", "ja/sports", "ja/only/sports", "en/from/sample-city", "ar/everything"} {
		f, err := y.publisher.Composer.Compose(b.Context(), channel(b, path))
		if err != nil {
			b.Fatal(err)
		}
		name := fmt.Sprintf("%s of %d", strings.ReplaceAll(path, "/", "-"), len(f.Entries))
		b.Run(name+"/compose", func(b *testing.B) {
			for b.Loop() {
				if _, err := y.publisher.Composer.Compose(b.Context(), f.Channel); err != nil {
					b.Fatal(err)
				}
			}
		})
		for _, format := range feeds.Formats() {
			body, err := feeds.Render(f, format)
			if err != nil {
				b.Fatal(err)
			}
			b.Run(name+"/render/"+string(format), func(b *testing.B) {
				b.SetBytes(int64(len(body)))
				for b.Loop() {
					if _, err := feeds.Render(f, format); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run(name+"/check/"+string(format), func(b *testing.B) {
				b.SetBytes(int64(len(body)))
				for b.Loop() {
					if err := check.Document(format, body); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
