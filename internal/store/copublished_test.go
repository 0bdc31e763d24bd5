package store_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/store"
)

// of is the article of a publisher with that title.
func (h *house) of(publisher, title string) store.Stored {
	h.Helper()
	for _, a := range h.find(title) {
		if a.Publisher == publisher {
			return a
		}
	}
	h.Fatalf("%s has no %q", publisher, title)
	return store.Stored{}
}

// told are the records of a story, such as "new tokyo".
func (h *house) told(story string) (told []string) {
	h.Helper()
	for _, r := range must(h.StoryRecords(h.Context(), "", []string{story}))(h)[story] {
		told = append(told, fmt.Sprint(r.Reason, " ", r.Publisher))
	}
	return told
}

func (h *house) wantTold(story string, want ...string) {
	h.Helper()
	if got := h.told(story); !slices.Equal(got, want) {
		h.Errorf("the story is %q, want %q", got, want)
	}
}

// both has Tokyo and then Seoul publish a notice.
func (h *house) both() (tokyo, seoul store.Stored) {
	h.Helper()
	h.collect("a", 1, 0, notice(1))
	h.marks()
	h.collect("b", 1, 0, notice(1, of("seoul"), key("other"), in("sports")))
	return h.of("tokyo", "Notice 1"), h.of("seoul", "Notice 1")
}

var copublishedBullets = []bullet{
	{"what two publishers publish is one story of two articles, and marks the channels of both", func(t *testing.T, h *house) {
		tokyo, seoul := h.both()
		if tokyo.Story != seoul.Story || tokyo.ID == seoul.ID {
			t.Errorf("they are %s of %s and %s of %s", tokyo.ID, tokyo.Story, seoul.ID, seoul.Story)
		}
		h.wantTold(tokyo.Story, "new tokyo", "translation seoul")
		if want := []string{"culture", "sports"}; !slices.Equal(tokyo.StoryCategories, want) || !slices.Equal(seoul.StoryCategories, want) {
			t.Errorf("they are in %q and %q", tokyo.StoryCategories, seoul.StoryCategories)
		}
		h.wantMarks("en/everything", "en/from/tokyo", "ja/all", "ja/culture", "ja/everything", "ja/from/seoul", "ja/from/tokyo", "ja/only/culture", "ja/only/sports", "ja/sports", "th/everything", "th/from/tokyo")
		h.collect("a", 0, 0, notice(1))
		h.collect("b", 0, 0, notice(1, of("seoul"), key("other"), in("sports")))
		h.wantTold(tokyo.Story, "new tokyo", "translation seoul")
	}},
	{"of these each is corrected, withdrawn and published again by its own publisher", func(t *testing.T, h *house) {
		tokyo, _ := h.both()
		h.collect("b", 0, 1, notice(1, of("seoul"), key("other"), title("Corrected")))
		if h.of("tokyo", "Notice 1").Revision != 1 || h.of("seoul", "Corrected").Story != tokyo.Story {
			t.Error("a correction changed more than its article")
		}
		h.run("a", nil, complete, func(c *store.Collected) { c.Release = true })
		if h.of("tokyo", "Notice 1").Withdrawn.IsZero() || !h.of("seoul", "Corrected").Withdrawn.IsZero() {
			t.Error("the withdrawal is not of the one alone")
		}
		h.collect("a", 0, 0, notice(1))
		h.wantTold(tokyo.Story, "new tokyo", "translation seoul", "correction seoul", "withdrawal tokyo", "translation tokyo")
	}},
	{"of these one is erased alone", func(t *testing.T, h *house) {
		tokyo, seoul := h.both()
		h.marks()
		must(h.Erase(t.Context(), store.Erasure{ID: tokyo.ID, Reason: "court order", Touched: site.Touched, Now: h.now}))(t)
		if left := h.of("seoul", "Notice 1"); left.Content != seoul.Content || !left.Withdrawn.IsZero() {
			t.Errorf("left is %+v", left)
		}
		versions := must(h.Versions(t.Context(), []string{tokyo.Story}))(t)[tokyo.Story]
		if len(versions) != 1 || versions[0].ID != seoul.ID {
			t.Errorf("the versions are %+v", versions)
		}
		if marks := h.marks(); !slices.Contains(marks, "ja/from/seoul!") || !slices.Contains(marks, "ja/from/tokyo!") || !slices.Contains(marks, "ja/all!") {
			t.Errorf("marked are %q", marks)
		}
		if out := h.run("a", []feeds.Article{notice(1)}); out.New+out.Returned > 0 {
			t.Errorf("it came back: %+v", out)
		}
	}},
	{"a category has the story while one of its publishers files it there", func(t *testing.T, h *house) {
		tokyo, _ := h.both()
		outside := func(category string) (out []bool) {
			for _, r := range must(h.StoryRecords(t.Context(), category, []string{tokyo.Story}))(t)[tokyo.Story] {
				out = append(out, r.Outside)
			}
			return out
		}
		h.collect("b", 0, 0, notice(1, of("seoul"), key("other"), in("culture")))
		if got := outside("sports"); !slices.Equal(got, []bool{false, false, true}) {
			t.Errorf("it is outside: %v", got)
		}
		h.collect("a", 0, 0, notice(1, in("sports")))
		if got := outside("culture"); len(got) != 2 || slices.Contains(got, true) {
			t.Errorf("it is outside: %v", got)
		}
		if _, err := h.Remap(t.Context(), store.Remapping{Map: func(a feeds.Article) ([]string, bool) {
			if a.Publisher == "seoul" {
				return []string{"disaster-prevention"}, false
			}
			return a.Categories, false
		}, Touched: site.Touched, Now: h.now}); err != nil {
			t.Fatal(err)
		}
		if got := h.of("tokyo", "Notice 1").StoryCategories; !slices.Equal(got, []string{"sports", "disaster-prevention"}) {
			t.Errorf("it is in %q", got)
		}
	}},
	{"what another publisher has withdrawn, or has under a link of several, joins nothing", func(t *testing.T, h *house) {
		h.collect("a", 1, 0, notice(1))
		h.run("a", nil, complete, func(c *store.Collected) { c.Release = true })
		h.collect("b", 1, 0, notice(1, of("seoul")))
		all := link("https://city.example/alerts")
		h.collect("c", 1, 0, notice(2, all))
		h.collect("c", 1, 0, notice(3, all, content("<p>Another one.</p>")))
		h.collect("d", 2, 0, notice(2, all, of("seoul")), notice(4, of("seoul"), all))
		h.collect("e", 1, 0, notice(3, all, of("seoul"), content("<p>Another one.</p>")))
		for _, title := range []string{"Notice 1", "Notice 2", "Notice 3"} {
			if story := h.of("tokyo", title).Story; story == h.of("seoul", title).Story {
				t.Errorf("%s is one story: %q", title, h.told(story))
			}
		}
	}},
	{"what two publishers publish at once is one story", func(t *testing.T, h *house) {
		const n = 12
		var wg sync.WaitGroup
		for _, publisher := range []string{"tokyo", "seoul", "riga"} {
			wg.Go(func() {
				for i := range n {
					if _, err := h.Collect(t.Context(), store.Collected{
						Run: store.Run{Source: publisher, Started: h.now}, Touched: site.Touched,
						Brought: ledger.Brought{Articles: []feeds.Article{notice(i, of(publisher))}, Now: h.now},
					}); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		stories := map[string]int{}
		for _, r := range h.records() {
			stories[r.Story]++
		}
		if len(stories) != n {
			t.Errorf("%d notices are %d stories: %v", n, len(stories), stories)
		}
	}},
	{"a publisher that becomes another keeps what both published", func(t *testing.T, h *house) {
		tokyo, seoul := h.both()
		must(h.RenamePublisher(t.Context(), "seoul", "tokyo", nil, h.now))(t)
		h.wantTold(tokyo.Story, "new tokyo", "translation tokyo")
		h.collect("a", 0, 0, notice(1), notice(1, key("other"), in("sports")))
		for _, id := range []string{tokyo.ID, seoul.ID} {
			if a, ok, err := h.ArticleBySlug(t.Context(), feeds.Slug(id)); err != nil || !ok || !a.Withdrawn.IsZero() || a.Publisher != "tokyo" {
				t.Errorf("%s is %+v, %v, %v", id, a, ok, err)
			}
		}
	}},
}

// TestWhatWasStoredBeforeIsFoundByItsLink proves that a database of before takes no notice
// as another's twice from then on, and that nothing in it moves.
func TestWhatWasStoredBeforeIsFoundByItsLink(t *testing.T) {
	onEachEngine(t, func(t *testing.T, address func(testing.TB) string) {
		t.Parallel()
		h := &house{T: t, DB: open(t, address(t)), now: noon}
		if err := h.MigrateTo(t.Context(), 11); err != nil {
			t.Fatal(err)
		}
		insert := func(n int, a feeds.Article) {
			t.Helper()
			id := feeds.MintID(a.Publisher, a.Key, a.Language)
			for _, text := range []string{
				fmt.Sprintf(`INSERT INTO articles (uid, slug, story, publisher, source, key, language, guid, link, title, revision, hash, joins, terms, categories, published_ms, first_seen_ms, withdrawn_ms, grammar)
					VALUES ('%s', '%s', '%s', '%s', 's-%s', '%s', '%s', '%s', '%s', '%s', 1, 'h', '', '[]', '[]', 1, 1, 0, 0)`,
					id, feeds.Slug(id), feeds.StoryID(id), a.Publisher, a.Publisher, a.Key, a.Language, a.GUID, a.Link, a.Title),
				fmt.Sprintf(`INSERT INTO article_sources (source, article, terms, categories, gone_ms) VALUES ('s-%s', %d, '[]', '[]', 0)`, a.Publisher, n),
				fmt.Sprintf(`INSERT INTO revisions (article, n, hash, time_ms, title, summary, content, link, rights, published_ms, published_from, updated_ms, corrected_ms, lists)
					VALUES (%d, 1, 'h', 1, '%s', '', '', '%s', '', 1, 'declared', 0, 0, '{}')`, n, a.Title, a.Link),
				fmt.Sprintf(`INSERT INTO log (seq, article, revision, reason, story, language, publisher, time_ms) VALUES (%d, %d, 1, 'new', '%s', '%s', '%s', 1)`,
					n, n, feeds.StoryID(id), a.Language, a.Publisher),
			} {
				if _, err := h.Writer().ExecContext(t.Context(), text); err != nil {
					t.Fatal(err)
				}
			}
		}
		insert(1, notice(1))
		insert(2, notice(1, of("seoul")))
		insert(3, notice(2, link("")))
		insert(4, notice(3, language("en")))
		if err := h.Migrate(t.Context()); err != nil {
			t.Fatal(err)
		}
		if tokyo, seoul := h.of("tokyo", "Notice 1"), h.of("seoul", "Notice 1"); tokyo.Story == seoul.Story {
			t.Error("what was stored moved to another story")
		}
		h.collect("new", 3, 0, notice(1, of("riga")), notice(2, link(""), of("riga")), notice(3, of("riga"), language("en")))
		for title, joined := range map[string]bool{"Notice 1": true, "Notice 2": false, "Notice 3": true} {
			if got := h.of("tokyo", title).Story == h.of("riga", title).Story; got != joined {
				t.Errorf("%s is one story: %v, want %v", title, got, joined)
			}
		}
	})
}
