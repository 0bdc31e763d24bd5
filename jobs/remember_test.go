package jobs

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/store"
)

// all returns what a store knows, but for what is remembered and how long things took.
func (h *house) all() string {
	h.Helper()
	var b strings.Builder
	for _, query := range []string{
		`SELECT * FROM articles ORDER BY id`, `SELECT * FROM aliases ORDER BY 1, 2, 3`, `SELECT * FROM story_keys ORDER BY 1, 2`,
		`SELECT * FROM revisions ORDER BY article, n`, `SELECT * FROM article_sources ORDER BY 1, 2`, `SELECT * FROM log ORDER BY seq`,
		`SELECT * FROM log_categories ORDER BY 1, 2, 3`, `SELECT * FROM source_states ORDER BY id`, `SELECT * FROM missing ORDER BY 1, 2`,
		`SELECT * FROM holds ORDER BY 1, 2`, `SELECT channel, counter, published, changed_ms, first_changed_ms, published_ms, urgent, past FROM marks ORDER BY 1`,
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

var histories = flag.Int("histories", 8, "how many `HISTORIES` of feeds are collected with a memory and without")

// What is left out because it is known must make no difference: two houses collect the
// same feeds as they change, one of which reads all of them each time. Which articles a
// document had, and no more, both know.
func TestWhatIsKnownMakesNoDifference(t *testing.T) {
	t.Parallel()
	left, histories := 0, *histories
	if testing.Short() {
		histories = min(histories, 2)
	}
	for seed := range histories {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			h := twoHouses(t, uint64(seed))
			for range 40 {
				h.step()
			}
			left += h.left
		})
	}
	if left < 40*histories {
		t.Errorf("%d entries were left out in %d histories: hardly any", left, histories)
	}
}

// history is one of a city's feeds, as a house with its memory and one without collect it.
type history struct {
	*testing.T
	*rand.Rand
	with, without *house
	feeds         map[string]*changingFeed
	served        map[string]string
	told          []string
	rules, left   int
}

func twoHouses(t *testing.T, seed uint64) *history {
	h := &history{T: t, Rand: rand.New(rand.NewPCG(seed, 7)), with: newHouse(t), without: newHouse(t), served: map[string]string{}}
	h.feeds = map[string]*changingFeed{
		"a": {host: "city.example", scheme: "http", language: "en", format: "rss"},
		"b": {host: "city.example", scheme: "http", language: "en", format: []string{"rss", "atom", "rdf"}[seed%3]},
	}
	if seed%4 >= 2 {
		h.feeds["b"].name = "other"
	}
	for _, id := range []string{"a", "b"} {
		for _, house := range h.both() {
			house.add(id, feedOf(id), "@hourly", func(s *feeds.Source) {
				s.ChangesCorrect, s.Volatile = seed%3 == 0, seed%7 == 3
				if seed%5 == 4 && id == "b" {
					s.EditionsOf = "a"
				}
			})
		}
	}
	return h
}

func (h *history) both() []*house { return []*house{h.with, h.without} }

func feedOf(id string) string { return "https://" + id + ".example/feed" }

// step has something happen to the feeds, and then to the houses.
func (h *history) step() {
	for _, id := range []string{"a", "b"} {
		if h.IntN(8) == 0 {
			h.told = append(h.told, id+" is not collected")
			continue
		}
		h.told = append(h.told, fmt.Sprintf("%s %s: %s", h.with.now().Format(time.DateTime), id, h.change(id)))
		var runs []store.Run
		for _, house := range h.both() {
			if house == h.without {
				if _, err := house.Store.Writer().ExecContext(h.Context(), `UPDATE remembered SET reading = ''`); err != nil {
					h.Fatal(err)
				}
			}
			runs = append(runs, house.collect(id))
		}
		h.left += remembers(h.with, id)
		h.compare(runs)
	}
	if what := h.operate(); what != "" {
		h.told = append(h.told, what)
		h.compare(nil)
	}
	pause := time.Duration(h.IntN(300)) * time.Minute
	if h.IntN(15) == 0 {
		pause += ownerLeaseOver
	}
	for _, house := range h.both() {
		house.pass(pause)
	}
}

// ownerLeaseOver is after which a source that was not collected has lost its articles.
const ownerLeaseOver = 75 * time.Hour

// change has a feed's server answer otherwise than before.
func (h *history) change(id string) (what string) {
	f, now := h.feeds[id], h.with.now()
	what = "nothing"
	for range h.IntN(3) {
		what = f.change(h.Rand, now)
	}
	if other := h.feeds["a"]; h.IntN(9) == 0 && id == "b" && len(other.items) > 3 {
		f.items = append([]changingItem{other.items[h.IntN(3)]}, f.items...)
		what = "an item of the other source"
	}
	text := f.document(now)
	answer := body(text)
	switch h.IntN(25) {
	case 0:
		text = text[:len(text)*2/3]
		answer = body(text)
		what += ", cut off"
	case 1:
		text = text[:len(text)*2/3]
		answer = func() (*fetch.Response, error) {
			got, _ := body(text)()
			got.Truncated = true
			return got, &fetch.Error{Kind: fetch.KindTruncated, URL: feedOf(id), What: "the body ended too early"}
		}
		what += ", which came in part"
	case 2:
		answer = func() (*fetch.Response, error) { return status(500)(feedOf(id)) }
		what += ", which did not come"
	case 3, 4:
		answer = body(h.served[id])
		what += ", and what was there before came"
	default:
		h.served[id] = text
	}
	for _, house := range h.both() {
		house.serve(feedOf(id), answer)
	}
	return what
}

// operate does to the houses what their operators do.
func (h *history) operate() (what string) {
	switch h.IntN(20) {
	case 0:
		slug := h.someArticle()
		if slug == "" {
			return ""
		}
		for _, house := range h.both() {
			if _, err := house.Store.Erase(h.Context(), store.Erasure{ID: slug, Reason: "a court said so", Touched: house.plan.Load().Site.Touched, Now: house.now()}); err != nil {
				h.Fatal(err)
			}
		}
		return "an article is erased"
	case 1:
		h.rules++
		h.configure(func(s *feeds.Source) {
			s.Rules = map[string]string{"Potholes": []string{"culture", "environment"}[h.rules%2], "Unheard of": "culture"}
		})
		for _, house := range h.both() {
			if err := (&remapWorker{engine: house.Engine}).Work(h.Context(), nil); err != nil {
				h.Fatal(err)
			}
		}
		return "other rules"
	case 2:
		h.rules++
		h.configure(func(s *feeds.Source) { s.Language = []string{"", "en", "de"}[h.rules%3] })
		return "another language is configured"
	}
	return ""
}

// configure changes the configuration of all sources.
func (h *history) configure(change func(*feeds.Source)) {
	for _, house := range h.both() {
		for i := range house.planned {
			s := *house.planned[i].Source
			change(&s)
			house.planned[i].Source = &s
		}
		plan := house.newPlan()
		plan.RulesFingerprint = fmt.Sprint("rules ", h.rules)
		if err := house.Adopt(h.Context(), plan); err != nil {
			h.Fatal(err)
		}
	}
}

// someArticle is the slug of an article; "" where there is none.
func (h *history) someArticle() (slug string) {
	var n int
	if err := h.with.Store.Writer().QueryRowContext(h.Context(), `SELECT count(*) FROM articles`).Scan(&n); err != nil {
		h.Fatal(err)
	}
	if n == 0 {
		return ""
	}
	if err := h.with.Store.Writer().QueryRowContext(h.Context(), `SELECT slug FROM articles ORDER BY id LIMIT 1 OFFSET $1`, h.IntN(n)).Scan(&slug); err != nil {
		h.Fatal(err)
	}
	return slug
}

// compare wants both houses to know the same.
func (h *history) compare(runs []store.Run) {
	h.Helper()
	if a, b := h.with.all(), h.without.all(); a != b {
		h.Fatalf("%s\nwith memory, without:\n%+v\n%s", strings.Join(h.told, "\n"), runs, difference(a, b))
	}
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
	memory, err := h.Store.Memory(h.Context(), id, wayOfFiling(plan, plan.targets[id]))
	if err != nil {
		h.Fatal(err)
	}
	return len(memory.Digests())
}
