package publish

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/check"
	"github.com/kairan-news/kairan/internal/plain"
)

func TestAStoryStandsOnceInItsBestVersion(t *testing.T) {
	m := newMemory()
	ja := m.put("drill", feeds.Article{Language: "ja", Title: "防災訓練", Categories: []string{"government"}})
	m.put("fair", feeds.Article{Language: "th", Title: "งานแสดง"})
	en := m.put("drill", feeds.Article{Language: "en", Title: "Drill"})
	for path, want := range map[string][]string{
		"en/all":              {"Drill", "[Thai] งานแสดง"},
		"ja/all":              {"防災訓練"},
		"ar/all":              {"[الإنجليزية] \u2068Drill\u2069"},
		"th/all":              {"[ภาษาอังกฤษ] Drill", "งานแสดง"},
		"en/government":       {"Drill"}, // since its Japanese version is in it
		"en/sports":           nil,
		"en/from/sample-city": {"Drill", "[Thai] งานแสดง"},
		"ja/from/sample-city": {"防災訓練"},
		"ja/everything":       {"Drill", "งานแสดง", "防災訓練"},
	} {
		if got := titles(compose(t, m, path)); !slices.Equal(got, want) {
			t.Errorf("%s has %q; want %q", path, got, want)
		}
	}

	e := compose(t, m, "en/all").Entries[0]
	if e.Replaces != ja {
		t.Errorf("the translation replaces %q; want %q", e.Replaces, ja)
	}
	if want := (feeds.Version{ID: ja, Language: "ja", Title: "防災訓練", URL: "https://news.example/ja/n/" + feeds.Slug(ja)}); len(e.Versions) != 1 || e.Versions[0] != want {
		t.Errorf("versions %v; want %v", e.Versions, want)
	}

	m.put("drill", feeds.Article{Language: "en", Title: "Drill, corrected"})
	if e := compose(t, m, "en/all").Entries[0]; e.Title != "Drill, corrected" || e.Replaces != ja || e.Record.Reason != feeds.ReasonCorrection {
		t.Errorf("after a correction: %q, replaces %q, for %s", e.Title, e.Replaces, e.Record.Reason)
	}

	m.withdraw(en)
	f := compose(t, m, "en/all")
	if want := []string{"[Japanese] 防災訓練", "[Thai] งานแสดง"}; !slices.Equal(titles(f), want) {
		t.Errorf("after the withdrawal: %q; want %q", titles(f), want)
	}
	if e := f.Entries[0]; e.Replaces != en || len(e.Versions) != 0 {
		t.Errorf("what was put back replaces %q and has versions %v", e.Replaces, e.Versions)
	}
	if len(f.Gone) != 1 || f.Gone[0].ID != en || f.Gone[0].Seq != 5 {
		t.Errorf("gone: %v; want %s", f.Gone, en)
	}
	if !f.Updated.Equal(f.Gone[0].When) || f.LastSeq != 5 {
		t.Errorf("updated %v, last %d; want those of the withdrawal, %v", f.Updated, f.LastSeq, f.Gone[0])
	}
	if f := compose(t, m, "th/all"); len(f.Gone) != 1 || f.Gone[0].ID != en || slices.Contains(titles(f), "[ภาษาอังกฤษ] Drill") {
		t.Errorf("th/all has %q, gone %v", titles(f), f.Gone)
	}
	if f := compose(t, m, "ja/all"); len(f.Gone) != 0 || f.LastSeq != 1 {
		t.Errorf("ja/all never showed it, and has gone %v, last %d", f.Gone, f.LastSeq)
	}

	m.put("drill", feeds.Article{Language: "en", Title: "Drill again"})
	if f := compose(t, m, "en/all"); len(f.Gone) != 0 || f.Entries[0].Title != "Drill again" {
		t.Errorf("after it came back: %q, gone %v", titles(f), f.Gone)
	}
}

func TestWordsOfAChannel(t *testing.T) {
	m := newMemory()
	for _, test := range []struct{ path, title, home, direction string }{
		{"en/all", "All Topics – Sample News", "https://news.example/en/", "ltr"},
		{"en/sports", "Sports & Games – Sample News", "https://news.example/en/sports", "ltr"},
		{"en/zoo", "zoo – Sample News", "https://news.example/en/zoo", "ltr"},
		{"en/from/careful-city", "Careful City – Sample News", "https://news.example/en/from/careful-city", "ltr"},
		{"ja/from/careful-city", "", "https://news.example/ja/from/careful-city", "ltr"},
		{"ar/everything", "", "https://news.example/ar/everything", "rtl"},
	} {
		f := compose(t, m, test.path)
		if test.title != "" && f.Title != test.title {
			t.Errorf("%s is called %q; want %q", test.path, f.Title, test.title)
		}
		if f.Title == "" || f.Description == "" || strings.Contains(f.Title+f.Description, "channel.") || strings.Contains(f.Title, "<no value>") {
			t.Errorf("%s is called %q, described %q", test.path, f.Title, f.Description)
		}
		if f.HomeURL != test.home || f.Direction != test.direction {
			t.Errorf("%s has the page %s, %s; want %s, %s", test.path, f.HomeURL, f.Direction, test.home, test.direction)
		}
		if want := "https://news.example/" + test.path + ".rss"; f.URL[feeds.RSS] != want {
			t.Errorf("%s is at %s; want %s", test.path, f.URL[feeds.RSS], want)
		}
		if len(f.Locales) != 4 || f.ID != feeds.ChannelID("sample", f.Channel) || f.Updated.IsZero() {
			t.Errorf("%s: %d locales, id %s, updated %v", test.path, len(f.Locales), f.ID, f.Updated)
		}
	}
	for path, want := range map[string]string{
		"en/all":               "The rights in each notice are its publisher’s; where a licence is named with it, that licence applies.",
		"ja/sports":            "各お知らせの権利は発表元に帰属します。ライセンスの表示があるお知らせは、そのライセンスに従ってご利用ください。",
		"en/from/sample-city":  "Source: Kazemori (sample city), CC BY 4.0",
		"en/from/careful-city": "The rights in each notice are its publisher’s; where a licence is named with it, that licence applies.",
	} {
		if f := compose(t, m, path); f.Rights != want {
			t.Errorf("%s has the rights %q; want %q", path, f.Rights, want)
		}
	}
	if f := compose(t, m, "en/only/sports"); len(f.Locales) != 0 {
		t.Errorf("a channel of one language leads to others: %v", f.Locales)
	}
	if _, err := composer(t, m).Compose(t.Context(), channel(t, "fr/all")); err == nil {
		t.Error("a channel that the site does not have is composed")
	}
}

func TestWordsOfAnEntry(t *testing.T) {
	m := newMemory()
	full := feeds.Article{
		Language: "ja", Title: "花火大会", Summary: "夏の花火。", Content: "<p>本文</p>", Source: "news", Link: "https://city.example/1",
		Categories: []string{"zoo", "sports"}, Corrected: time.Date(2026, 2, 1, 18, 0, 0, 0, time.UTC),
		Related: []feeds.Related{{Title: "前回", Date: time.Date(2026, 1, 26, 16, 0, 0, 0, time.UTC), Link: "https://city.example/0"}, {Title: "無題"}},
		Images:  []feeds.Image{{URL: "https://city.example/1.jpg"}},
		Feed:    feeds.SourceFeed{ID: "tag:city.example,2026:feed", Title: "花火だより", Link: "https://city.example/"},
		Updated: time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC),
	}
	m.put("fireworks", full)
	f := compose(t, m, "en/all")
	e := f.Entries[0]
	for what, is := range map[string][2]string{
		"title":       {e.Title, "[Japanese] 花火大会"},
		"note":        {e.LanguageNote, "This notice is in Japanese."},
		"correction":  {e.CorrectedNote, "Corrected on February 2, 2026 at 03:00 UTC+09:00"}, // by the clocks of the publisher, whose zone has no city
		"attribution": {e.Attribution, "Source: " + e.PublisherName + ", CC BY 4.0"},
		"heading":     {f.RelatedTitle, "Recommended for You"},
		"related":     {e.Related[0].DateText, "January 27, 2026"},
		"categories":  {fmt.Sprint(e.Categories), "[{sports Sports & Games https://news.example/en/sports} {zoo zoo https://news.example/en/zoo}]"},
		"source":      {e.Source.URL, "https://city.example/feed.xml"}, // without the password
		"its feed":    {e.Source.FeedID + " " + e.Source.Title + " " + e.Source.HomeURL, "tag:city.example,2026:feed 花火だより https://city.example/"},
		"its date":    {e.Source.Updated.Format(time.RFC3339), "2026-01-31T00:00:00Z"},
		"direction":   {e.Direction, "ltr"},
		"page":        {e.URL, "https://news.example/en/n/" + e.Article.Slug},
		"license":     {e.LicenseURL, "https://creativecommons.org/licenses/by/4.0/"},
		"undated":     {e.Related[1].DateText, ""},
	} {
		if is[0] != is[1] {
			t.Errorf("%s is %q; want %q", what, is[0], is[1])
		}
	}

	// A full-width bracket brings its own space.
	foreign := newMemory()
	foreign.put("s", feeds.Article{Language: "en", Title: "Fireworks"})
	if got := compose(t, foreign, "ja/all").Entries[0].Title; got != "［英語］Fireworks" {
		t.Errorf("in Japanese an English title is %q", got)
	}
	// Its own readers are told nothing about the language.
	if e := compose(t, m, "ja/all").Entries[0]; e.Title != "花火大会" || e.LanguageNote != "" {
		t.Errorf("in Japanese: %q, %q", e.Title, e.LanguageNote)
	}
	// Where every language is expected, titles are left alone, and the note is not.
	if e := compose(t, m, "en/everything").Entries[0]; e.Title != "花火大会" || e.LanguageNote == "" {
		t.Errorf("in everything: %q, %q", e.Title, e.LanguageNote)
	}
	// Thais count the years of the Buddha.
	thai := newMemory()
	thai.put("s", feeds.Article{Language: "th", Title: "ข่าว", Related: []feeds.Related{{Title: "ข่าว", Date: start}}})
	if got := compose(t, thai, "th/all").Entries[0].Related[0].DateText; !strings.Contains(got, "2569") {
		t.Errorf("a date in Thai is %q", got)
	}
	// A feed that only we can reach is not named.
	inner := newMemory()
	inner.put("s", feeds.Article{Language: "en", Title: "a", Source: "inner", Feed: feeds.SourceFeed{ID: "http://10.0.0.1/feed.xml", Title: "Intranet", Link: "http://10.0.0.1/"}})
	inner.put("t", feeds.Article{Language: "en", Title: "b", Source: "notices"})
	for _, e := range compose(t, inner, "en/all").Entries {
		if s := e.Source; s.URL+s.FeedID+s.HomeURL != "" || s.ID == "" || s.Title != e.PublisherName || s.Updated.IsZero() {
			t.Errorf("the source of %s is %v", e.Title, e.Source)
		}
	}
	// Nothing is said of a language that nobody told.
	unknown := newMemory()
	unknown.put("s", feeds.Article{Language: "und", Title: "???"})
	if e := compose(t, unknown, "en/everything").Entries[0]; e.LanguageNote != "" || e.Direction != "" {
		t.Errorf("undetermined: %q, %q", e.LanguageNote, e.Direction)
	}
}

func TestTheLicenceDecidesWhatIsShown(t *testing.T) {
	m := newMemory()
	m.put("s", feeds.Article{
		Publisher: "careful-city", Language: "en", Title: "Title", Link: "https://careful.example/1",
		Content:    "<p>" + strings.Repeat("Some <b>bold</b> words &amp; more. ", 30) + "</p>",
		Images:     []feeds.Image{{URL: "https://careful.example/1.jpg"}},
		Enclosures: []feeds.Enclosure{{URL: "https://careful.example/1.pdf"}},
		Episode:    feeds.Episode{Number: 1},
		Related:    []feeds.Related{{Title: "Related"}},
	})
	e := compose(t, m, "en/all").Entries[0]
	a := e.Article
	if a.Content != "" || a.Images != nil || a.Enclosures != nil || !a.Episode.IsZero() || a.Related != nil || e.Related != nil {
		t.Errorf("without a licence there is %q, %v, %v, %v", a.Content, a.Images, a.Enclosures, e.Related)
	}
	if !strings.HasPrefix(a.Summary, "Some bold words & more. ") || len(a.Summary) > plain.Excerpt+3 {
		t.Errorf("the summary is %q", a.Summary)
	}
	if e.Attribution != "Source: Careful City" || a.Link == "" || e.Title != "Title" {
		t.Errorf("attribution %q, link %q, title %q", e.Attribution, a.Link, e.Title)
	}
}

func TestWhatADocumentHolds(t *testing.T) {
	notice := func(i int) feeds.Article {
		return feeds.Article{Language: "en", Title: fmt.Sprint(i), Content: "<p>text</p>"}
	}
	for _, test := range []struct {
		name  string
		n     int
		pause time.Duration
		long  int // bytes of each text
		want  int
	}{
		{"nothing", 0, 0, 0, 0},
		{"few", 7, 24 * time.Hour, 0, 7},
		{"the newest 50, and less than an archive", 80, 24 * time.Hour, 0, 80},
		{"the newest 50, however old", 100, 24 * time.Hour, 0, 50},
		{"all of the last 48 hours", 160, time.Hour / 2, 0, 110},
		{"up to 300", 400, time.Minute, 0, 300},
		{"or 1 MB", 240, time.Minute, 10_000, 90},
		{"50, even if they are more than 1 MB", 110, time.Minute, 100_000, 60},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := newMemory()
			m.pause = test.pause
			for i := range test.n {
				a := notice(i)
				a.Content = "<p>" + strings.Repeat("x", test.long) + "</p>"
				m.put(fmt.Sprint("story-", i), a)
			}
			publish(t, m, "en/all", start)
			f := compose(t, m, "en/all")
			if len(f.Entries) != test.want {
				t.Errorf("%d entries; want %d", len(f.Entries), test.want)
			}
			if closed := len(m.cuts[channelNamed("en/all")]); closed != (test.n-test.want)/archiveSize || f.Since != int64(closed*archiveSize) {
				t.Errorf("%d archives, and the live document begins behind %d", closed, f.Since)
			}
			if test.n > 0 && f.Entries[0].Title != fmt.Sprint(test.n-1) {
				t.Errorf("the first is %q, not the newest", f.Entries[0].Title)
			}
		})
	}
}

// TestTheLogIsReadNoFurtherThanNeeded proves that a channel with a long past costs no
// more than one with a short one.
func TestTheLogIsReadNoFurtherThanNeeded(t *testing.T) {
	m := newMemory()
	m.pause = time.Hour
	stories := 3000
	if testing.Short() {
		stories = 1000
	}
	for i := range stories {
		m.put(fmt.Sprint("story-", i), feeds.Article{Language: "en", Title: fmt.Sprint(i)})
	}
	p := publisher(t, m)
	publishBy(t, p, m, "en/all", start)
	m.asked = 0
	if _, err := p.Composer.Make(t.Context(), channel(t, "en/all"), 0, feeds.Atom); err != nil || m.asked > 2*archiveSize {
		t.Errorf("%d records were read for a document, %v", m.asked, err)
	}
	m.asked = 0
	m.put("another", feeds.Article{Language: "en", Title: "another"})
	if res, err := p.Publish(t.Context(), channel(t, "en/all"), m.counter, start); err != nil || res.Closed != 0 || m.asked > checkRecords {
		t.Errorf("%d records were read for a publication, %v", m.asked, err)
	}
}

// TestAChannelThatIsEmptiedSaysSo proves that a channel is looked at anew where it is
// marked although nothing came: the configuration changed what it shows.
func TestAChannelThatIsEmptiedSaysSo(t *testing.T) {
	m := newMemory()
	for i := range 3 {
		m.put(fmt.Sprint("story-", i), feeds.Article{Language: "en", Title: fmt.Sprint(i), Categories: []string{"sports"}})
	}
	p := publisher(t, m)
	publishBy(t, p, m, "en/sports", start)
	if n := m.states[channelNamed("en/sports")].Entries; n != 3 {
		t.Fatalf("%d entries; want 3", n)
	}
	clear(m.filed)
	m.counter++
	publishBy(t, p, m, "en/sports", start)
	if n := m.states[channelNamed("en/sports")].Entries; n != 0 {
		t.Errorf("a channel from which every notice went still says that it has %d", n)
	}
}

// TestReadingInPartsIsReadingTheWhole proves, for random logs, that a document holds
// what it would hold if the whole log were viewed at once.
func TestReadingInPartsIsReadingTheWhole(t *testing.T) {
	seeds := uint64(20)
	if testing.Short() {
		seeds = 3
	}
	for seed := range seeds {
		r := rand.New(rand.NewPCG(seed, 1))
		m := newMemory()
		m.pause = time.Duration(1+r.IntN(3600)) * time.Second
		var ids []string
		for range 900 {
			switch story := fmt.Sprint("story-", r.IntN(300)); {
			case r.IntN(8) == 0 && len(ids) > 0:
				if id := ids[r.IntN(len(ids))]; !m.withdrawn[id] {
					m.withdraw(id)
				}
			default:
				language := []string{"en", "ja", "ar", "ko"}[r.IntN(4)]
				ids = append(ids, m.put(story, feeds.Article{Language: language, Title: story + language}))
			}
		}
		for _, path := range []string{"en/all", "ja/all", "ar/everything"} {
			f := compose(t, m, path)
			want := whole(m, site().Accepted(channel(t, path)).Chain)
			for i, e := range f.Entries {
				if e.Record.Seq != want[i].seq() || e.Article.ID != want[i].step.Article || e.Article.Revision != want[i].step.Revision {
					t.Fatalf("seed %d, %s, entry %d is %s of record %d; want %s of record %d", seed, path, i, e.Article.Title, e.Record.Seq, want[i].step.Article, want[i].seq())
				}
			}
			if len(f.Entries) < min(newest, len(want)) {
				t.Errorf("seed %d, %s has %d entries of %d", seed, path, len(f.Entries), len(want))
			}
			for i, g := range f.Gone {
				if slices.ContainsFunc(f.Entries, func(e feeds.Entry) bool { return e.Article.ID == g.ID }) {
					t.Errorf("seed %d, %s: %s is both there and gone", seed, path, g.ID)
				}
				if i > 0 && g.Seq > f.Gone[i-1].Seq {
					t.Errorf("seed %d, %s: what is gone is in disorder", seed, path)
				}
			}
		}
	}
}

// whole views the whole log at once.
func whole(m *memory, languages []string) []place {
	v := &view{}
	lists := map[string][]feeds.Record{}
	for _, r := range m.records {
		key := r.Story
		if languages == nil {
			key = r.Article
		}
		lists[key] = append(lists[key], r)
	}
	for _, list := range lists {
		v.add(feeds.View(feeds.Accepted{Chain: languages}, list))
	}
	slices.SortFunc(v.places, func(a, b place) int { return int(b.seq() - a.seq()) })
	return v.places
}

func TestSameLogSameFeed(t *testing.T) {
	m := newMemory()
	for i := range 70 {
		m.put(fmt.Sprint("story-", i%40), feeds.Article{Language: []string{"en", "ja", "th"}[i%3], Title: fmt.Sprint(i), Categories: []string{"zoo", "sports"}})
	}
	first := compose(t, m, "en/all")
	for range 10 {
		if again := compose(t, m, "en/all"); !reflect.DeepEqual(first, again) {
			t.Fatalf("the feed differs from one time to the next: %s", cmp.Diff(first, again))
		}
	}
}

func TestAnArticleThatIsMissingIsAnError(t *testing.T) {
	m := newMemory()
	id := m.put("s", feeds.Article{Language: "en", Title: "a"})
	clear(m.articles)
	m.states[channelNamed("en/all")] = feeds.ChannelState{Channel: channelNamed("en/all"), Status: feeds.ChannelLive, Revision: 1000, Seq: 1}
	_, err := composer(t, m).Compose(t.Context(), channel(t, "en/all"))
	if err == nil || !strings.Contains(err.Error(), id) || !strings.Contains(err.Error(), "en/all") {
		t.Errorf("the error is %v", err)
	}
}

// TestTombstonesLastAYear proves that what was withdrawn is told for a year of the
// channel's own time.
func TestTombstonesLastAYear(t *testing.T) {
	m := newMemory()
	id := m.put("old", feeds.Article{Language: "en", Title: "old"})
	m.withdraw(id)
	m.pause = 364 * 24 * time.Hour
	m.put("new", feeds.Article{Language: "en", Title: "new"})
	if f := compose(t, m, "en/all"); len(f.Gone) != 1 {
		t.Errorf("after 364 days: %v", f.Gone)
	}
	m.pause = 2 * 24 * time.Hour
	m.put("newer", feeds.Article{Language: "en", Title: "newer"})
	if f := compose(t, m, "en/all"); len(f.Gone) != 0 {
		t.Errorf("after 366 days: %v", f.Gone)
	}
}

// A publisher that gives a day and no time means a day of its own: midnight in Tokyo is
// the day before in UTC.
func TestADayStaysThatDay(t *testing.T) {
	m := newMemory()
	m.put("notice", feeds.Article{Language: "en", Title: "Notice", Publisher: "sample-city", Published: time.Date(2026, 3, 31, 15, 0, 0, 0, time.UTC)})
	f := compose(t, m, "en/all")
	for format, want := range map[feeds.Format]string{
		feeds.RSS:      "<pubDate>Wed, 01 Apr 2026 00:00:00 +0900</pubDate>",
		feeds.Atom:     "<published>2026-04-01T00:00:00+09:00</published>",
		feeds.JSONFeed: `"date_published": "2026-04-01T00:00:00+09:00"`,
	} {
		body, err := feeds.Render(f, format)
		if err != nil {
			t.Fatal(err)
		}
		if err := check.Document(format, body); err != nil {
			t.Errorf("%s: %v", format, err)
		}
		if !strings.Contains(string(body), want) {
			t.Errorf("%s does not say %s:\n%s", format, want, body)
		}
	}
}
