package publish

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/check"
	"github.com/kairan-news/kairan/internal/search"
)

// picked is a selection of the sample site.
func picked(t testing.TB, c *Composer, locale, words, topics, cities string) feeds.Selection {
	t.Helper()
	s, err := c.Site.Pick(locale, words, strings.Fields(topics), strings.Fields(cities))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// stands is an entry as far as views tell.
type stands struct {
	seq      int64
	article  string
	revision int
}

func standing(f feeds.Feed) (all []stands) {
	for _, e := range f.Entries {
		all = append(all, stands{e.Record.Seq, e.Article.ID, e.Article.Revision})
	}
	return all
}

// united is what a combination has to hold as of a record: each view made of the whole log at
// once, and of each story the newest place.
func united(t testing.TB, c *Composer, log Log, s feeds.Selection, until int64) (all []stands) {
	t.Helper()
	records, err := log.ChannelRecordsAfter(t.Context(), feeds.RecordFilter{}, 0, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	var stories []string
	for _, r := range records {
		stories = append(stories, r.Story)
	}
	slices.Sort(stories)
	stories = slices.Compact(stories)
	places := map[string]stands{}
	topics, cities := s.Topics, s.Cities
	if len(topics) == 0 {
		topics = []string{""}
	}
	if len(cities) == 0 {
		cities = []string{""}
	}
	for _, topic := range topics {
		whole, err := log.StoryRecords(t.Context(), topic, stories)
		if err != nil {
			t.Fatal(err)
		}
		for _, city := range cities {
			accepted := c.Site.Accepted(feeds.Channel{Locale: s.Locale, Kind: feeds.ChannelAll})
			if city != "" {
				accepted = c.Site.Accepted(feeds.Channel{Locale: s.Locale, Kind: feeds.ChannelPublisher, Name: city})
			}
			for story, list := range whole {
				list = slices.DeleteFunc(slices.Clone(list), func(r feeds.Record) bool { return r.Seq > until || city != "" && r.Publisher != city })
				if steps := feeds.View(accepted, list); len(steps) > 0 {
					last := steps[len(steps)-1]
					if at := (stands{last.Record.Seq, last.Article, last.Revision}); at.article != "" && at.seq > places[story].seq {
						places[story] = at
					}
				}
			}
		}
	}
	for _, at := range places {
		all = append(all, at)
	}
	slices.SortFunc(all, func(a, b stands) int { return cmp.Compare(b.seq, a.seq) })
	return all[:min(newest, len(all))]
}

// combinations are some of a site with two topics and two cities at least.
func combinations(t testing.TB, c *Composer, locale string) (all []feeds.Selection) {
	topic := func(i int) string { return c.Site.Categories[i].Term }
	city := func(i int) string { return c.Site.Publishers[i].Key }
	for _, of := range [][2]string{
		{topic(0), ""}, {topic(1), ""}, {topic(0) + " " + topic(1), ""}, {"", city(0)}, {"", city(0) + " " + city(1)},
		{topic(0), city(0)}, {topic(1), city(1)}, {topic(0) + " " + topic(1), city(0) + " " + city(1)},
	} {
		all = append(all, picked(t, c, locale, "", of[0], of[1]))
	}
	return all
}

// A combination is the union of its views, whatever the log; one of a single topic or city
// holds the newest of that one's channel.
func TestACombinationIsAUnion(t *testing.T) {
	seeds := uint64(20)
	if testing.Short() {
		seeds = 2
	}
	for seed := range seeds {
		r := rand.New(rand.NewPCG(seed, 7))
		m := newMemory()
		m.pause = time.Duration(1+r.IntN(3600)) * time.Second
		var ids []string
		stories := 20 + r.IntN(400)
		for range 900 {
			if r.IntN(8) == 0 && len(ids) > 0 {
				if id := ids[r.IntN(len(ids))]; !m.withdrawn[id] {
					m.withdraw(id)
				}
				continue
			}
			story := r.IntN(stories)
			var categories []string
			for i, c := range []string{"government", "sports", "zoo"} {
				if story>>i&1 == 1 {
					categories = append(categories, c)
				}
			}
			language := []string{"en", "ja", "ar", "th"}[r.IntN(4)]
			ids = append(ids, m.put(fmt.Sprint("story-", story), feeds.Article{
				Language: language, Title: fmt.Sprint(story, language), Publisher: []string{"sample-city", "careful-city"}[r.IntN(2)], Categories: categories,
			}))
		}
		c := composer(t, m)
		for _, locale := range []string{"en", "ja", "th"} {
			compose(t, m, locale+"/everything")
			for _, s := range combinations(t, c, locale) {
				f, err := c.ComposeSelection(t.Context(), s)
				if err != nil {
					t.Fatal(err)
				}
				got := standing(f)
				if want := united(t, c, m, s, endless); !slices.Equal(got, want) {
					t.Fatalf("seed %d, %s: %d entries\n%v\nwant %d\n%v", seed, s.PagePath(), len(got), got, len(want), want)
				}
				agrees(t, f)
				if len(s.Topics)+len(s.Cities) == 1 {
					isItsChannel(t, m, s, f)
				}
			}
		}
	}
}

// isItsChannel tells a combination of one topic or city from the newest entries of its channel.
func isItsChannel(t *testing.T, m *memory, s feeds.Selection, f feeds.Feed) {
	t.Helper()
	path := s.Locale + "/" + strings.Join(s.Topics, "")
	if len(s.Cities) > 0 {
		path = s.Locale + "/from/" + s.Cities[0]
	}
	channel := compose(t, m, path)
	want := standing(channel)
	if got := standing(f); !slices.Equal(got, want[:min(newest, len(want))]) {
		t.Fatalf("%s holds\n%v\n%s\n%v", s.PagePath(), got, path, want)
	}
	if f.LastSeq != channel.LastSeq {
		t.Errorf("%s ends with record %d, %s with %d", s.PagePath(), f.LastSeq, path, channel.LastSeq)
	}
}

// agrees looks whether a feed tells what is in it.
func agrees(t *testing.T, f feeds.Feed) {
	t.Helper()
	for _, e := range f.Entries {
		if e.Record.Seq <= f.Since || e.Record.Seq > f.LastSeq {
			t.Errorf("%s: record %d stands behind %d, up to %d", f.Selection.PagePath(), e.Record.Seq, f.Since, f.LastSeq)
		}
		if slices.ContainsFunc(f.Gone, func(g feeds.Tombstone) bool { return g.ID == e.Article.ID }) {
			t.Errorf("%s: %s is both there and gone", f.Selection.PagePath(), e.Article.ID)
		}
	}
	for _, g := range f.Gone {
		if g.Seq <= f.Since || g.Seq > f.LastSeq {
			t.Errorf("%s: withdrawal %d stands behind %d, up to %d", f.Selection.PagePath(), g.Seq, f.Since, f.LastSeq)
		}
	}
}

// What comes behind the record of the locale's channel of everything is left out, of searches
// too, until that is published.
func TestASelectionIsAsOfTheChannelOfEverything(t *testing.T) {
	m := newMemory()
	c := composer(t, m)
	combined, sought := picked(t, c, "en", "", "sports", ""), picked(t, c, "en", "harbour", "", "")
	if _, err := c.ComposeSelection(t.Context(), combined); err == nil || !strings.Contains(err.Error(), feeds.ErrNotPublished.Error()) {
		t.Errorf("before anything was published: %v", err)
	}
	m.put("a", feeds.Article{Language: "en", Title: "Harbour run", Categories: []string{"sports"}})
	compose(t, m, "en/everything")
	m.put("b", feeds.Article{Language: "en", Title: "Harbour swim", Categories: []string{"sports"}})
	m.put("a", feeds.Article{Language: "en", Title: "Harbour run, corrected", Categories: []string{"sports"}})
	for _, s := range []feeds.Selection{combined, sought} {
		f, err := c.ComposeSelection(t.Context(), s)
		if err != nil || len(f.Entries) != 1 || f.Entries[0].Title != "Harbour run" || f.LastSeq != 1 {
			t.Errorf("%s: %q up to %d, %v", s.PagePath(), titles(f), f.LastSeq, err)
		}
	}
	compose(t, m, "en/everything")
	for _, s := range []feeds.Selection{combined, sought} {
		f, err := c.ComposeSelection(t.Context(), s)
		if err != nil || strings.Join(titles(f), "; ") != "Harbour run, corrected; Harbour swim" || f.LastSeq != 3 {
			t.Errorf("%s: %q up to %d, %v", s.PagePath(), titles(f), f.LastSeq, err)
		}
	}
}

// A search finds what readers of the locale are shown, and nothing behind it.
func TestASearchFindsWhatIsShown(t *testing.T) {
	m := newMemory()
	m.put("drill", feeds.Article{Language: "en", Title: "Flood drill", Categories: []string{"government"}})
	m.put("drill", feeds.Article{Language: "ja", Title: "水害訓練", Categories: []string{"government"}})
	gone := m.put("gone", feeds.Article{Language: "en", Title: "Flood warning"})
	m.put("other", feeds.Article{Language: "ar", Title: "flood", Publisher: "careful-city"})
	m.withdraw(gone)
	m.put("drill", feeds.Article{Language: "en", Title: "Flood drill on Saturday", Categories: []string{"government"}})
	c := composer(t, m)
	for _, locale := range []string{"en", "ja", "ar", "th"} {
		compose(t, m, locale+"/everything")
	}
	for _, test := range []struct{ locale, words, topics, cities, want, remark string }{
		{"en", "flood", "", "", "Flood drill on Saturday; [Arabic] flood", "the newest record first, as it is now; what is withdrawn is gone"},
		{"en", "水害", "", "", "", "the Japanese version gives way to the English one"},
		{"ja", "水害", "", "", "水害訓練", "its own readers find it"},
		{"ja", "flood", "", "", "", "the English version is not shown to them, and nobody accepts Arabic"},
		{"ar", "flood", "", "", "flood; [الإنجليزية] Flood drill on Saturday", "in their own language, and in another"},
		{"en", "flood", "government", "", "Flood drill on Saturday", "of a topic"},
		{"en", "flood", "", "careful-city", "[Arabic] flood", "of a city"},
		{"en", "flood", "sports", "", "", "nothing of another topic"},
		{"en", "flood saturday", "", "", "Flood drill on Saturday", "all words are found"},
	} {
		f, err := c.ComposeSelection(t.Context(), picked(t, c, test.locale, test.words, test.topics, test.cities))
		if err != nil {
			t.Fatal(err)
		}
		got := titles(f)
		if test.locale == "ar" { // by sequence the correction comes first
			slices.Reverse(got)
		}
		if got := strings.NewReplacer("\u2068", "", "\u2069", "").Replace(strings.Join(got, "; ")); got != test.want {
			t.Errorf("%s finds %q: %q, want %q: %s", test.locale, test.words, got, test.want, test.remark)
		}
		if len(f.Gone) > 0 {
			t.Errorf("%s finds %q: %d tombstones", test.locale, test.words, len(f.Gone))
		}
	}
}

// The documents of a selection pass the strict check, say who they are, and are the same each
// time.
func TestDocumentsOfASelection(t *testing.T) {
	m := newMemory()
	for i := range 80 {
		m.put(fmt.Sprint("story-", i), feeds.Article{Language: "en", Title: fmt.Sprint("Harbour & “more” ", i), Content: "<p>text</p>", Categories: []string{"sports"}})
	}
	c := composer(t, m)
	compose(t, m, "en/everything")
	for _, s := range []feeds.Selection{
		picked(t, c, "en", "", "sports zoo", "careful-city sample-city"),
		picked(t, c, "en", "harbour", "sports", ""),
	} {
		for _, format := range feeds.Formats() {
			made, err := c.MakeSelection(t.Context(), s, format)
			if err != nil || made.Fault != nil || made.Left != nil {
				t.Fatalf("%s: %v, %v, %q", s.DocumentPath(format), err, made.Fault, made.Left)
			}
			if err := check.Document(format, made.Body); err != nil {
				t.Errorf("%s: %v", s.DocumentPath(format), err)
			}
			again, err := c.MakeSelection(t.Context(), s, format)
			if err != nil || string(again.Body) != string(made.Body) {
				t.Errorf("%s is another the second time, %v", s.DocumentPath(format), err)
			}
			text := strings.ReplaceAll(string(made.Body), "&amp;", "&")
			for _, want := range []string{c.Site.SelectionID(s), c.Site.URL(s.DocumentPath(format)), c.Site.URL(s.PagePath())} {
				if !strings.Contains(text, want) && !strings.Contains(text, strings.ReplaceAll(want, "&", `\u0026`)) {
					t.Errorf("%s does not say %s", s.DocumentPath(format), want)
				}
			}
		}
		f, err := c.ComposeSelection(t.Context(), s)
		if err != nil || len(f.Entries) != newest {
			t.Errorf("%s has %d entries, %v", s.PagePath(), len(f.Entries), err)
		}
		if want := len(c.Site.Locales); !s.IsSearch() && len(f.Locales) != want || s.IsSearch() && len(f.Locales) != 0 {
			t.Errorf("%s is there in %d locales", s.PagePath(), len(f.Locales))
		}
	}
}

// What a page seeks is narrowed by language and by day, as its publisher counts days, and
// counted.
func TestFind(t *testing.T) {
	m := newMemory()
	day := func(n, hour int) time.Time { return time.Date(2026, 4, n, hour, 0, 0, 0, time.UTC) }
	m.put("first", feeds.Article{Language: "en", Title: "Fair one", Published: day(1, 16)})     // on the second in Tokyo
	m.put("second", feeds.Article{Language: "en", Title: "Fair two", Published: day(2, 14)})    // still the second
	m.put("third", feeds.Article{Language: "en", Title: "Fair three", Published: day(2, 15)})   // the third
	m.put("fourth", feeds.Article{Language: "ja", Title: "Fair 四", Published: day(9, 0)})       // in another language
	m.put("other", feeds.Article{Language: "th", Title: "งาน fair ห้า", Published: day(10, 0)}) // which Thais call otherwise
	for i := range 400 {
		m.put(fmt.Sprint("many-", i), feeds.Article{Language: "en", Title: fmt.Sprint("Bus ", i)})
	}
	c := composer(t, m)
	compose(t, m, "en/everything")
	compose(t, m, "ja/everything")
	date := func(n int) time.Time { return time.Date(2026, 4, n, 0, 0, 0, 0, time.UTC) }
	for _, test := range []struct {
		locale, words string
		narrow        func(*feeds.Sought)
		want          string
		count         int
		more          bool
		languages     string
		remark        string
	}{
		{"en", "fair", func(*feeds.Sought) {}, "[Thai] งาน fair ห้า; [Japanese] Fair 四; Fair three; Fair two; Fair one", 5, false, "", "all"},
		{"en", "fair", func(s *feeds.Sought) { s.Since, s.Until = date(2), date(2) }, "Fair two; Fair one", 2, false, "", "a day is the publisher's"},
		{"en", "fair", func(s *feeds.Sought) { s.Since = date(3) }, "[Thai] งาน fair ห้า; [Japanese] Fair 四; Fair three", 3, false, "", "open to one side"},
		{"en", "fair", func(s *feeds.Sought) { s.Language = "ja" }, "[Japanese] Fair 四", 1, false, "", "a language"},
		{"en", "fair", func(s *feeds.Sought) { s.Skip, s.Most = 1, 2 }, "[Japanese] Fair 四; Fair three", 5, false, "", "a part"},
		{"en", "fair", func(s *feeds.Sought) { s.Skip = 9 }, "", 5, false, "", "behind the last"},
		{"en", "fair", func(s *feeds.Sought) { s.Since = date(20) }, "", 0, false, "en ja th", "nothing so late; the languages without the day"},
		{"ja", "ห้า", func(*feeds.Sought) {}, "", 0, false, "th", "only in a language that they don't accept"},
		{"en", "nothing", func(*feeds.Sought) {}, "", 0, false, "", "nowhere"},
		{"en", "bus", func(s *feeds.Sought) { s.Most = 1 }, "Bus 399", feeds.MostFound, true, "", "more than are found at most"},
		{"en", "bus", func(s *feeds.Sought) { s.Most, s.Until = 1, start }, "Bus 399", feeds.MostFound, true, "", "so many of a day, of which one is read"},
	} {
		s := feeds.Sought{Selection: picked(t, c, test.locale, test.words, "", ""), Most: 20}
		test.narrow(&s)
		m.read = 0
		found, err := c.Find(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		if m.read > s.Most {
			t.Errorf("%s finds %q: %d articles are read for %d", test.locale, test.words, m.read, s.Most)
		}
		got := strings.NewReplacer("\u2068", "", "\u2069", "").Replace(strings.Join(titles(found.Feed), "; "))
		slices.Sort(found.Languages)
		if got != test.want || found.Count != test.count || found.More != test.more || strings.Join(found.Languages, " ") != test.languages {
			t.Errorf("%s finds %q: %q, %d, more %v, in %q; want %q, %d, %v, %q: %s", test.locale, test.words, got, found.Count, found.More, found.Languages,
				test.want, test.count, test.more, test.languages, test.remark)
		}
	}
}

// A word that is in every version of a notice finds each notice once, and all of them: what is
// bounded are notices, and not their versions.
func TestVersionsThatAreNotShownTakeNoRoom(t *testing.T) {
	const stories = 100
	languages := []string{"en", "ar", "fil", "fr", "id", "ja", "ko", "ne", "nl", "pt-BR", "ru", "th", "tr", "vi", "zh-Hans", "zh-Hant", "de"}
	m := newMemory()
	for i := range stories {
		for _, language := range languages {
			m.put(fmt.Sprint("story-", i), feeds.Article{Language: language, Title: fmt.Sprint("Bus ", i)})
		}
	}
	c := composer(t, m)
	c.Site.Locales[0].Chain = feeds.Chain{"en", "*"}
	compose(t, m, "en/everything")
	s := picked(t, c, "en", "bus", "", "")
	found, err := c.Find(t.Context(), feeds.Sought{Selection: s, Most: stories})
	if err != nil || found.Count != stories || found.More || len(found.Feed.Entries) != stories {
		t.Errorf("%d of %d notices are found, %d shown, more %v, %v", found.Count, stories, len(found.Feed.Entries), found.More, err)
	}
	f, err := c.ComposeSelection(t.Context(), s)
	if err != nil || len(f.Entries) != newest {
		t.Errorf("the feed has %d entries, %v; want %d", len(f.Entries), err, newest)
	}
}

// However long the past, a combination costs what it holds, and one that holds little stops
// somewhere.
func TestACombinationIsReadNoFurtherThanNeeded(t *testing.T) {
	m := newMemory()
	write := func(reason feeds.Reason, a feeds.Article) { // as put does, which looks at all that was
		m.articles[feeds.ArticleRevision{ID: a.ID, Revision: 1}] = feeds.StoredArticle{Article: a}
		seq := int64(len(m.records) + 1)
		m.records = append(m.records, feeds.Record{
			Seq: seq, Time: start.Add(time.Duration(seq) * time.Minute), Reason: reason, Article: a.ID, Revision: 1, Story: a.Story, Language: "en", Publisher: a.Publisher,
		})
		m.filed[seq] = a.Categories
	}
	notice := func(i int) feeds.Article {
		return feeds.Article{ID: fmt.Sprint("urn:x:", i), Story: fmt.Sprint(i), Revision: 1, Language: "en", Title: fmt.Sprint(i), Publisher: "sample-city", Categories: []string{"sports"}}
	}
	for i := range 20_000 {
		write(feeds.ReasonNew, notice(i))
		if i%2 == 0 { // one in two is withdrawn at once
			write(feeds.ReasonWithdrawal, notice(i))
		}
	}
	c := composer(t, m)
	m.states[channelNamed("en/everything")] = feeds.ChannelState{Status: feeds.ChannelLive, Revision: 1000, Seq: int64(len(m.records))}
	read := func(topics string) int {
		m.asked = 0
		f, err := c.ComposeSelection(t.Context(), picked(t, c, "en", "", topics, ""))
		if err != nil || topics == "sports" && len(f.Entries) != newest {
			t.Fatalf("%s: %d entries, %v", topics, len(f.Entries), err)
		}
		return m.asked
	}
	if n := read("sports"); n > 4*firstLook {
		t.Errorf("%d records were read for %d entries", n, newest)
	}
	for i := 1; i < 20_000; i += 2 {
		write(feeds.ReasonWithdrawal, notice(i))
	}
	m.states[channelNamed("en/everything")] = feeds.ChannelState{Status: feeds.ChannelLive, Revision: 2000, Seq: int64(len(m.records))}
	if n := read("sports zoo"); n > 3*mostRead {
		t.Errorf("%d records were read of a topic that has no notice any more", n)
	}
}

// selects compares combinations with the log, and searches with what they must find.
func (y *year) selects() {
	y.Helper()
	c := y.publisher.Composer
	check := func(log Log) error {
		state, _, err := log.Channel(y.Context(), feeds.Channel{Locale: "ja", Kind: feeds.ChannelEverything})
		if err != nil {
			return err
		}
		for _, s := range combinations(y, c, "ja") {
			f, err := c.ComposeSelection(y.Context(), s)
			if err != nil {
				return err
			}
			if got, want := standing(f), united(y, c, log, s, state.Seq); !slices.Equal(got, want) {
				return fmt.Errorf("%s holds\n%v\nwant\n%v", s.PagePath(), got, want)
			}
		}
		return y.finds(c)
	}
	y.check(c.Read(y.Context(), func(log Log) error { return check(log) }))
}

// finds looks for each of some notices that readers of Japanese are shown by its own words.
func (y *year) finds(c *Composer) error {
	all, err := c.Compose(y.Context(), channelNamed("ja/all"))
	if err != nil {
		return err
	}
	for _, e := range all.Entries[:min(5, len(all.Entries))] {
		f, err := c.ComposeSelection(y.Context(), picked(y, c, "ja", search.Parse(e.Article.Title).String(), "", ""))
		if err != nil {
			return err
		}
		if !slices.Contains(standing(f), stands{e.Record.Seq, e.Article.ID, e.Article.Revision}) {
			return fmt.Errorf("%q of record %d is not found: %v", e.Article.Title, e.Record.Seq, standing(f))
		}
	}
	return nil
}
