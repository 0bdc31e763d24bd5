package related

import (
	"cmp"
	"container/list"
	"math"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

const (
	// Most is how many stories are recommended with an article at most.
	Most = 5
	// Window is how many articles of a language are compared with.
	Window = 2000

	// apart is how far two articles may lie apart in time.
	apart = 180 * 24 * time.Hour
	// fading is the time in which half of what age takes away is gone.
	fading = 30 * 24 * time.Hour
	// alike is the least cosine of two articles that have something in common.
	alike = 0.08
	// categoryWeight is what the same categories are worth beside it.
	categoryWeight = 0.15
	// Terms that more than a third of a window of so many articles has are passed
	// over: they say next to nothing, and cost most.
	commonFrom = 100
)

// Index knows the newest articles of each language. It may not be used by several
// goroutines at once.
type Index struct {
	size    int
	windows map[string]*window
}

// NewIndex returns an empty index with windows of [Window] articles.
func NewIndex() *Index { return newIndex(Window) }

func newIndex(size int) *Index {
	return &Index{size: size, windows: map[string]*window{}}
}

// window holds the articles of one language whose records are the newest.
type window struct {
	docs     []*doc // by slot; nil where a slot is free
	free     []int32
	byID     map[string]*doc
	byTitle  map[string]*doc // the newest of a publisher with a folded title
	order    *list.List      // of *doc, the newest record first
	postings map[uint64][]posting
	live     int
	scores   []float64 // by slot; all 0 between two questions
}

// doc is an article in its window. One that was withdrawn keeps its place, so that
// a window is a function of the log: without its slot, and without terms.
type doc struct {
	id, story, title string
	categories       []string
	published        time.Time
	terms            []uint64
	slot             int32 // -1 once it was withdrawn
	place            *list.Element
}

type posting struct {
	slot   int32
	weight float32
}

// Put tells the index of a record that shows an article in this state: a new one, a
// corrected one, or one that came back.
func (x *Index) Put(a feeds.Article) {
	w := x.window(a.Language)
	w.remove(a.ID)
	d := &doc{id: a.ID, story: a.Story, title: titleKey(a.Publisher, a.Title), categories: a.Categories, published: a.Published}
	w.enter(d, x.size)
	d.slot = w.slot(d)
	w.live++
	w.byTitle[d.title] = d

	terms := termsOf(a)
	norm := 0.0
	for _, t := range terms {
		norm += frequency(t.count) * frequency(t.count)
	}
	norm = math.Sqrt(norm)
	d.terms = make([]uint64, len(terms))
	for i, t := range terms {
		d.terms[i] = t.hash
		w.postings[t.hash] = append(w.postings[t.hash], posting{d.slot, float32(frequency(t.count) / norm)})
	}
}

// Withdraw tells the index of a record that withdraws an article.
func (x *Index) Withdraw(id, language string) {
	w := x.window(language)
	w.remove(id)
	w.enter(&doc{id: id, slot: -1}, x.size)
}

func (x *Index) window(language string) *window {
	language = feeds.Writing(language)
	w := x.windows[language]
	if w == nil {
		w = &window{byID: map[string]*doc{}, byTitle: map[string]*doc{}, order: list.New(), postings: map[uint64][]posting{}}
		x.windows[language] = w
	}
	return w
}

// enter puts a document before all others, and the last one out.
func (w *window) enter(d *doc, size int) {
	w.byID[d.id] = d
	d.place = w.order.PushFront(d)
	if w.order.Len() > size {
		w.remove(w.order.Back().Value.(*doc).id)
	}
}

func (w *window) slot(d *doc) int32 {
	if n := len(w.free); n > 0 {
		slot := w.free[n-1]
		w.free = w.free[:n-1]
		w.docs[slot] = d
		return slot
	}
	w.docs = append(w.docs, d)
	w.scores = append(w.scores, 0)
	return int32(len(w.docs) - 1)
}

// remove takes a document out, if it is there.
func (w *window) remove(id string) {
	d := w.byID[id]
	if d == nil {
		return
	}
	delete(w.byID, id)
	w.order.Remove(d.place)
	if d.slot < 0 {
		return
	}
	if w.byTitle[d.title] == d {
		delete(w.byTitle, d.title)
	}
	w.docs[d.slot] = nil
	w.free = append(w.free, d.slot)
	w.live--
	for _, t := range d.terms {
		p := w.postings[t]
		i := slices.IndexFunc(p, func(p posting) bool { return p.slot == d.slot })
		p[i] = p[len(p)-1]
		if p = p[:len(p)-1]; len(p) == 0 {
			delete(w.postings, t)
		} else {
			w.postings[t] = p
		}
	}
}

// candidate is an article that may be recommended.
type candidate struct {
	*doc
	score float64
}

// Related returns the stories that are recommended with an article, the best first,
// at most [Most]. The index must not have been told of the article's record yet.
func (x *Index) Related(a feeds.Article) []string {
	w := x.windows[feeds.Writing(a.Language)]
	if w == nil {
		return nil
	}
	stories := []string{}
	add := func(d *doc) {
		if d.story != a.Story && d.id != a.ID && !slices.Contains(stories, d.story) && len(stories) < Most {
			stories = append(stories, d.story)
		}
	}
	for _, own := range a.Related {
		if d := w.byTitle[titleKey(a.Publisher, own.Title)]; d != nil {
			add(d)
		}
	}
	for _, c := range w.alike(termsOf(a), &a) {
		add(c.doc)
	}
	return stories
}

// alike returns the articles that are like one with these terms, the most alike
// first.
func (w *window) alike(terms []term, a *feeds.Article) []candidate {
	// The weights of a pair are summed up in the order of the text, so that the same
	// two always have the same sum to the last bit.
	common := math.MaxInt
	if w.live >= commonFrom {
		common = w.live / 3
	}
	var touched []int32
	norm := 0.0
	for _, t := range terms {
		p := w.postings[t.hash]
		weight := frequency(t.count) * rarity(w.live, max(1, len(p)))
		norm += weight * weight
		if len(p) > common {
			continue
		}
		for _, p := range p {
			if w.scores[p.slot] == 0 {
				touched = append(touched, p.slot)
			}
			w.scores[p.slot] += weight * float64(p.weight)
		}
	}
	norm = math.Sqrt(norm)
	var found []candidate
	for _, slot := range touched {
		d, cosine := w.docs[slot], w.scores[slot]/norm
		w.scores[slot] = 0
		age := a.Published.Sub(d.published).Abs()
		if cosine < alike || age > apart || d.story == a.Story {
			continue
		}
		score := cosine + categoryWeight*overlap(a.Categories, d.categories)
		found = append(found, candidate{d, score * (1 + math.Exp2(-age.Hours()/fading.Hours())) / 2})
	}
	slices.SortFunc(found, func(a, b candidate) int {
		return cmp.Or(-cmp.Compare(a.score, b.score), b.published.Compare(a.published), cmp.Compare(a.id, b.id))
	})
	return found
}

// frequency is the weight of how often a term occurs in a text.
func frequency(count int) float64 { return 1 + math.Log(float64(count)) }

// rarity is the weight of how few of n articles have a term.
func rarity(n, have int) float64 {
	return math.Log1p((float64(n-have) + 0.5) / (float64(have) + 0.5))
}

// overlap is the share of two lists of categories that both have, from 0 to 1.
func overlap(a, b []string) float64 {
	both := 0
	for _, s := range a {
		if slices.Contains(b, s) {
			both++
		}
	}
	if both == 0 {
		return 0
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

func titleKey(publisher, title string) string {
	return publisher + "\x00" + feeds.FoldTitle(title)
}
