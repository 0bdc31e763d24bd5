package jobs

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/store"
)

// changingFeed is a feed that its publisher treats as publishers do.
type changingFeed struct {
	items    []changingItem // the newest first
	host     string
	scheme   string
	language string
	zone     time.Duration // by which all dates are wrong
	n        int
	atom     bool
}

type changingItem struct {
	guid, path, title, text, term, language string
	date                                    time.Time // zero for none
}

// change does one thing to the feed, and says what.
func (f *changingFeed) change(r *rand.Rand, now time.Time) string {
	some := func() int { return r.IntN(max(1, len(f.items))) }
	if len(f.items) < 4 {
		f.add(r, now, 6)
		return "six new items"
	}
	switch r.IntN(24) {
	case 0, 1, 2, 3, 4:
		n := 1 + r.IntN(3)
		f.add(r, now, n)
		return fmt.Sprint(n, " new items")
	case 5, 6:
		f.items[some()].text += " And more."
		return "another text"
	case 7:
		f.items[some()].title += " (updated)"
		return "another title"
	case 8:
		i := some()
		f.items = slices.Delete(f.items, i, i+1)
		return "an item left out"
	case 9:
		f.items = f.items[:len(f.items)-1-r.IntN(2)]
		return "the oldest left out"
	case 10:
		f.items = append(f.items, f.items[some()])
		return "an item twice"
	case 11:
		f.add(r, now, 1)
		f.items[0].guid = f.items[some()].guid
		return "a new item with an old GUID"
	case 12:
		f.add(r, now, 1)
		f.items[0].path = f.items[some()].path
		return "a new item with an old link"
	case 13:
		f.n++
		for i := range f.items {
			f.items[i].guid = fmt.Sprint("again-", f.n, "-", i)
		}
		return "other GUIDs"
	case 14:
		f.host = fmt.Sprintf("www%d.city.example", r.IntN(3))
		return "another host"
	case 15:
		f.scheme = []string{"http", "https"}[r.IntN(2)]
		return "scheme " + f.scheme
	case 16:
		f.zone = time.Duration(r.IntN(3)) * time.Hour
		return "shifted dates"
	case 17:
		f.language = []string{"en", "de"}[r.IntN(2)]
		return "language " + f.language
	case 18:
		f.items = f.items[:len(f.items)/3]
		return "most left out"
	case 19:
		f.items[some()].date = time.Time{}
		return "an item without a date"
	case 20:
		f.items[some()].term = []string{"Environment", "Potholes", ""}[r.IntN(3)]
		return "another category"
	case 21:
		i, j := some(), some()
		f.items[i], f.items[j] = f.items[j], f.items[i]
		return "another order"
	case 22:
		f.add(r, now, 1)
		i := 1 + r.IntN(len(f.items)-1)
		f.items[0] = f.items[i]
		f.items[0].language = "fr"
		return "an item in another language"
	default:
		i := some()
		f.items[i].path = fmt.Sprint("elsewhere/", f.n, "/", i)
		return "another link"
	}
}

func (f *changingFeed) add(r *rand.Rand, now time.Time, n int) {
	for range n {
		f.n++
		it := changingItem{
			guid: fmt.Sprint("g", f.n), path: fmt.Sprint("n/", f.n), title: fmt.Sprint("Notice ", f.n),
			text: fmt.Sprint("What the city has to say of <b>", f.n, "</b>."), date: now.Add(-time.Duration(r.IntN(300)) * time.Minute),
		}
		if r.IntN(3) == 0 {
			it.term = []string{"Culture", "Environment", "Unheard of"}[r.IntN(3)]
		}
		if r.IntN(12) == 0 {
			it.guid = ""
		}
		if r.IntN(20) == 0 {
			it.date = now.Add(72 * time.Hour)
		}
		f.items = append([]changingItem{it}, f.items...)
	}
	f.items = f.items[:min(len(f.items), 25)]
}

// document writes the feed at a time.
func (f *changingFeed) document(now time.Time) string {
	var b strings.Builder
	base := f.scheme + "://" + f.host + "/"
	if f.atom {
		fmt.Fprintf(&b, `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang=%q><title>News</title><id>%s</id><updated>%s</updated>`, f.language, "https://city.example/feed", now.Format(time.RFC3339))
	} else {
		fmt.Fprintf(&b, `<rss version="2.0"><channel><title>News</title><link>%s</link><description>News</description><language>%s</language><lastBuildDate>%s</lastBuildDate>`, base, f.language, now.Format(time.RFC1123Z))
	}
	for _, it := range f.items {
		date := it.date.Add(f.zone)
		switch {
		case f.atom:
			lang := ""
			if it.language != "" {
				lang = fmt.Sprintf(` xml:lang=%q`, it.language)
			}
			fmt.Fprintf(&b, "\n<entry%s><title>%s</title>", lang, it.title)
			if it.guid != "" {
				fmt.Fprintf(&b, `<id>tag:city.example,2026:%s</id>`, it.guid)
			}
			fmt.Fprintf(&b, `<link href="%s%s"/><content type="html"><![CDATA[<p>%s</p>]]></content>`, base, it.path, it.text)
			if it.term != "" {
				fmt.Fprintf(&b, `<category term=%q/>`, it.term)
			}
			if !it.date.IsZero() {
				fmt.Fprintf(&b, `<published>%s</published>`, date.Format(time.RFC3339))
			}
			b.WriteString("</entry>")
		default:
			fmt.Fprintf(&b, "\n<item><title>%s</title><link>%s%s</link><description><![CDATA[<p>%s</p>]]></description>", it.title, base, it.path, it.text)
			if it.guid != "" {
				fmt.Fprintf(&b, `<guid isPermaLink="false">%s</guid>`, it.guid)
			}
			if it.term != "" {
				fmt.Fprintf(&b, `<category>%s</category>`, it.term)
			}
			if it.language != "" {
				fmt.Fprintf(&b, `<dc:language xmlns:dc="http://purl.org/dc/elements/1.1/">%s</dc:language>`, it.language)
			}
			if !it.date.IsZero() {
				fmt.Fprintf(&b, `<pubDate>%s</pubDate>`, date.Format(time.RFC1123Z))
			}
			b.WriteString("</item>")
		}
	}
	if f.atom {
		b.WriteString("</feed>")
	} else {
		b.WriteString("</channel></rss>")
	}
	fmt.Fprintf(&b, "<!-- made at %s -->", now)
	return b.String()
}

// all returns what a store knows, but for what is remembered and how long things took.
func (h *house) all() string {
	h.Helper()
	var b strings.Builder
	for _, query := range []string{
		`SELECT * FROM articles ORDER BY id`, `SELECT * FROM aliases ORDER BY 1, 2, 3`, `SELECT * FROM story_keys ORDER BY 1, 2`,
		`SELECT * FROM revisions ORDER BY article, n`, `SELECT * FROM article_sources ORDER BY 1, 2`, `SELECT * FROM log ORDER BY seq`,
		`SELECT * FROM log_categories ORDER BY 1, 2, 3`, `SELECT * FROM source_states ORDER BY id`, `SELECT * FROM missing ORDER BY 1, 2`,
		`SELECT * FROM holds ORDER BY 1, 2`, `SELECT * FROM marks ORDER BY 1`,
		`SELECT source, started_ms, outcome, added, changed, withdrawn, unchanged, error, problems FROM runs ORDER BY source, id`,
	} {
		rows, err := h.Store.Writer().QueryContext(h.Context(), query)
		if err != nil {
			h.Fatal(err)
		}
		columns, _ := rows.Columns()
		values := make([]any, len(columns))
		for i := range values {
			values[i] = new(any)
		}
		fmt.Fprintln(&b, query)
		for rows.Next() {
			if err := rows.Scan(values...); err != nil {
				h.Fatal(err)
			}
			for _, v := range values {
				fmt.Fprintf(&b, "%v|", *v.(*any))
			}
			b.WriteByte('\n')
		}
		rows.Close()
	}
	return b.String()
}

// What is left out because it is known must make no difference: two houses collect the
// same feeds as they change, one of them without its memory.
func TestWhatIsKnownMakesNoDifference(t *testing.T) {
	histories := 16
	if testing.Short() {
		histories = 4
	}
	left := 0
	for seed := range histories {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { left += twoHouses(t, uint64(seed)) })
	}
	if left < 40*histories {
		t.Errorf("%d entries were left out in %d histories: hardly any", left, histories)
	}
}

// twoHouses runs a history and returns how many entries were left out in it.
func twoHouses(t *testing.T, seed uint64) (left int) {
	r := rand.New(rand.NewPCG(seed, 7))
	with, without := newHouse(t), newHouse(t)
	sources := map[string]*changingFeed{
		"a": {host: "city.example", scheme: "http", language: "en"},
		"b": {host: "city.example", scheme: "http", language: "en", atom: seed%2 == 1},
	}
	corrects := func(s *feeds.Source) { s.ChangesCorrect = seed%3 == 0 }
	for _, id := range []string{"a", "b"} {
		for _, h := range []*house{with, without} {
			h.add(id, "https://"+id+".example/feed", "@hourly", corrects)
		}
	}
	var told []string
	for step := range 40 {
		now := with.now()
		for _, id := range []string{"a", "b"} {
			f := sources[id]
			what := "nothing"
			for range r.IntN(3) {
				what = f.change(r, now)
			}
			if r.IntN(9) == 0 && id == "b" && len(sources["a"].items) > 3 {
				f.items = append([]changingItem{sources["a"].items[r.IntN(3)]}, f.items...)
				what = "an item of the other source"
			}
			text := f.document(now)
			if r.IntN(15) == 0 {
				text = text[:len(text)*2/3]
				what += ", cut off"
			}
			told = append(told, fmt.Sprintf("%d %s: %s", step, id, what))
			var runs []store.Run
			for _, h := range []*house{with, without} {
				h.serve("https://"+id+".example/feed", body(text))
				if h == without {
					if _, err := h.Store.Writer().ExecContext(t.Context(), `DELETE FROM remembered`); err != nil {
						t.Fatal(err)
					}
				}
				runs = append(runs, h.collect(id))
			}
			left += remembers(with, id)
			if a, b := with.all(), without.all(); a != b {
				t.Fatalf("%s\nwith memory, without:\n%+v\n%+v\n%s", strings.Join(told, "\n"), runs[0], runs[1], difference(a, b))
			}
		}
		pause := time.Duration(r.IntN(300)) * time.Minute
		with.pass(pause)
		without.pass(pause)
	}
	return left
}

// difference is what two texts differ in.
func difference(a, b string) string {
	one, other := strings.Split(a, "\n"), strings.Split(b, "\n")
	var out []string
	for _, line := range one {
		if strings.HasPrefix(line, "SELECT") || !slices.Contains(other, line) {
			out = append(out, "+ "+line)
		}
	}
	for _, line := range other {
		if strings.HasPrefix(line, "SELECT") || !slices.Contains(one, line) {
			out = append(out, "- "+line)
		}
	}
	return strings.Join(out, "\n")
}

// remembers is how many entries of a source the next visit could leave out.
func remembers(h *house, id string) int {
	h.Helper()
	plan := h.Engine.plan.Load()
	memory, err := h.Store.Memory(h.Context(), id, readingOf(plan, plan.visits[id]))
	if err != nil {
		h.Fatal(err)
	}
	return memory.Len()
}
