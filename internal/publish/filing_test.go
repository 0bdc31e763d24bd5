package publish_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/check"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/storetest"
)

// walked is what a client has that walked a channel from its live document through
// its archives.
type walked struct {
	archives map[string]string      // by address
	seqs     []int64                // of the records, the newest first
	entries  map[string]walkedEntry // by id, in the newest state
	gone     map[string]bool
}

type walkedEntry struct {
	Title     string    `json:"title"`
	Published time.Time `json:"date_published"`
	Modified  time.Time `json:"date_modified"`
	Kairan    struct {
		Seq       int64     `json:"seq"`
		Reason    string    `json:"reason"`
		Corrected time.Time `json:"corrected"`
	} `json:"_kairan"`
}

func (h *house) walk(path string) walked {
	h.Helper()
	w := walked{map[string]string{}, nil, map[string]walkedEntry{}, map[string]bool{}}
	for next := path + ".json"; next != ""; {
		key, ok := feeds.ParseDocumentPath(next)
		if !ok {
			h.Fatalf("%s is no document's address", next)
		}
		d := h.document(key)
		if err := check.Document(feeds.JSONFeed, d.Body); err != nil {
			h.Errorf("%s: %v", next, err)
		}
		var doc struct {
			Next  string `json:"next_url"`
			Items []struct {
				ID string `json:"id"`
				walkedEntry
			} `json:"items"`
			Kairan struct {
				Withdrawn []struct {
					ID string `json:"id"`
				} `json:"withdrawn"`
			} `json:"_kairan"`
		}
		if err := json.Unmarshal(d.Body, &doc); err != nil {
			h.Fatal(err)
		}
		for _, item := range doc.Items {
			w.seqs = append(w.seqs, item.Kairan.Seq)
			if _, newer := w.entries[item.ID]; !newer {
				w.entries[item.ID] = item.walkedEntry
			}
		}
		for _, t := range doc.Kairan.Withdrawn {
			w.gone[t.ID] = true
		}
		if key.Archive > 0 {
			w.archives[next] = string(d.Body)
		}
		next = strings.TrimPrefix(doc.Next, h.site.BaseURL+"/")
	}
	return w
}

// once reports records that were met twice, or not in their order.
func (w walked) once(t *testing.T, what string) {
	t.Helper()
	for i := 1; i < len(w.seqs); i++ {
		if w.seqs[i] >= w.seqs[i-1] {
			t.Errorf("%s: record %d comes after %d", what, w.seqs[i], w.seqs[i-1])
		}
	}
}

// keeps reports archives that don't say what they said. The categories that an entry
// names are those of today.
func (w walked) keeps(t *testing.T, what string, before walked) {
	t.Helper()
	tags := regexp.MustCompile(`(?s)"(tags|categories)": \[.*?\]`)
	for address, body := range before.archives {
		if now := tags.ReplaceAllString(w.archives[address], ""); now != tags.ReplaceAllString(body, "") {
			t.Errorf("%s: %s does not say what it said:\n%s", what, address, cmp.Diff(body, w.archives[address]))
		}
	}
}

// refile has the rules put stories into other categories: those that are named, by
// their titles.
func (h *house) refile(categories map[string][]string) {
	h.Helper()
	h.now = h.now.Add(time.Hour)
	if _, err := h.Remap(h.Context(), store.Remapping{
		Map: func(a feeds.Article) ([]string, bool) {
			if c, ok := categories[a.Title]; ok {
				return c, false
			}
			return a.Categories, a.ByDefault
		},
		Touched: h.site.Touched, Now: h.now,
	}); err != nil {
		h.Fatal(err)
	}
	h.publishMarked()
}

func in(a feeds.Article, categories ...string) feeds.Article {
	a.Categories = categories
	return a
}

// written collects so many notices in English, a third of a day apart, the first half
// of them in one category and the others in another, in turns.
func (h *house) written(from, to int) {
	h.Helper()
	for n := from; n < to; n++ {
		h.now = h.now.Add(8 * time.Hour)
		h.collect(false, in(notice(fmt.Sprint("story-", n), "en", fmt.Sprint("Notice ", n)), []string{"government", "culture"}[n%2]))
	}
	h.publishMarked()
}

func idOf(n int) string { return feeds.MintID("sample-city", fmt.Sprint("story-", n), "en") }

// TestWhatIsFiledLate proves that a story that comes into a category, or leaves one,
// after archives were closed behind its records, is met once by whoever walks the
// category's channels, and that archives stay as they were.
func TestWhatIsFiledLate(t *testing.T) {
	for engine, address := range map[string]func(testing.TB) string{
		"sqlite":   storetest.SQLite,
		"postgres": postgres.URL,
	} {
		t.Run(engine, func(t *testing.T) {
			if testing.Short() && engine == "postgres" {
				t.Skip("-short: proven on SQLite alone")
			}
			h := newHouse(t, address(t))
			h.site.Locales = slices.DeleteFunc(h.site.Locales, func(l feeds.Locale) bool { return l.Tag != "en" && l.Tag != "ja" })
			h.written(0, 240)
			const all, culture, government = "en/all", "en/culture", "en/government"
			before := map[string]walked{}
			for _, path := range []string{all, culture, government, "ja/culture", "en/only/culture"} {
				before[path] = h.walk(path)
			}
			if n := len(before[culture].archives); n != 1 || len(before[culture].entries) != 120 {
				t.Fatalf("%d archives, %d entries", n, len(before[culture].entries))
			}

			// The rules change: two old stories and a new one come into culture as well, an
			// archived one and a new one leave it.
			h.refile(map[string][]string{
				"Notice 2": {"government", "culture"}, "Notice 4": {"culture"}, "Notice 238": {"culture", "government"},
				"Notice 3": {"government"}, "Notice 239": {"government"},
			})
			after := map[string]walked{}
			for path := range before {
				w := h.walk(path)
				w.once(t, path)
				w.keeps(t, path, before[path])
				after[path] = w
			}
			for _, path := range []string{culture, "ja/culture", "en/only/culture"} {
				for _, n := range []int{2, 4, 238} {
					was := before[all].entries[idOf(n)]
					is, ok := after[path].entries[idOf(n)]
					if !ok || is.Kairan.Reason != "filing" || !is.Published.Equal(was.Published) || !is.Modified.Equal(was.Modified) || !is.Kairan.Corrected.IsZero() {
						t.Errorf("%s has of notice %d %v %+v; it was %+v", path, n, ok, is, was)
					}
				}
				if _, stands := after[path].entries[idOf(239)]; stands || len(after[path].gone) > 0 {
					t.Errorf("%s: a story that left is there %v, gone are %v", path, stands, after[path].gone)
				}
			}
			if d := len(after[culture].entries) - len(before[culture].entries); d != 2 {
				t.Errorf("%s has %d entries more, want 3 that came and one less", culture, d)
			}
			if !slices.Equal(after[all].seqs, before[all].seqs) {
				t.Errorf("%s tells other records than before", all)
			}

			// A month later all is where it was.
			h.written(240, 500)
			for path := range before {
				w := h.walk(path)
				w.once(t, path)
				w.keeps(t, path, after[path])
				for id := range after[path].entries {
					if _, ok := w.entries[id]; !ok {
						t.Errorf("%s has lost %s", path, id)
					}
				}
				after[path] = w
			}

			// A translation brings its category along: the original comes in too.
			h.collect(false, in(notice("story-6", "ja", "お知らせ"), "culture"))
			h.publishMarked()
			w := h.walk(culture)
			if e := w.entries[idOf(6)]; e.Title != "Notice 6" || !e.Modified.Equal(before[all].entries[idOf(6)].Modified) {
				t.Errorf("%s has %+v", culture, e)
			}
			if e, ok := h.walk("ja/culture").entries[feeds.MintID("sample-city", "story-6", "ja")]; !ok || e.Title != "お知らせ" {
				t.Errorf("ja/culture has %v %+v", ok, e)
			}

			// What left and is withdrawn is withdrawn where it had been, too.
			if _, err := h.Erase(t.Context(), store.Erasure{ID: idOf(3), Reason: "court order", Touched: h.site.Touched, Now: h.now}); err != nil {
				t.Fatal(err)
			}
			h.publishMarked()
			// The archives that held it hold all else that they held.
			for _, path := range []string{all, government, culture} {
				w := h.walk(path)
				w.once(t, path)
				if !w.gone[idOf(3)] {
					t.Errorf("%s does not tell that notice 3 is gone", path)
				}
				if _, ok := w.entries[idOf(3)]; ok {
					t.Errorf("%s has what was erased", path)
				}
				delete(after[path].entries, idOf(3))
				for id := range after[path].entries {
					if _, ok := w.entries[id]; !ok {
						t.Errorf("%s has lost %s", path, id)
					}
				}
			}
		})
	}
}

// TestANewCategoryHasItsPast proves that a category of which nothing is archived gets
// the history that it would have had.
func TestANewCategoryHasItsPast(t *testing.T) {
	h := newHouse(t, storetest.SQLite(t))
	h.site.Locales = slices.DeleteFunc(h.site.Locales, func(l feeds.Locale) bool { return l.Tag != "en" })
	h.written(0, 240)
	before := h.walk("en/government")
	h.site.Categories = append(h.site.Categories, feeds.Category{Term: "zoo", Labels: map[string]string{"en": "Zoo"}})
	to := map[string][]string{}
	for n := 0; n < 240; n += 2 {
		to[fmt.Sprint("Notice ", n)] = []string{"zoo"}
	}
	h.refile(to)
	after := h.walk("en/zoo")
	after.once(t, "en/zoo")
	if !slices.Equal(after.seqs, before.seqs) || len(after.archives) != len(before.archives) {
		t.Errorf("the new category tells the records %v in %d archives; its past is %v in %d", after.seqs, len(after.archives), before.seqs, len(before.archives))
	}
	left := h.walk("en/government")
	left.keeps(t, "en/government", before)
}
