package source

import (
	"cmp"
	"slices"
	"time"

	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/page"
)

// A listing shows a window of what there is, and a sitemap often does. What leaves it at
// its end is old. What leaves it from between others may have been taken back: that is
// remembered as left out, in its place, and told with each reading ([Listing]), until it
// is listed again, the window has moved past it, or leftRest is over. Its page is then
// asked by who runs the collector; see [Collector.IsGone].

const (
	// leftRest is how long a page that was left out counts as such. One that is there
	// all that time has gone into an archive.
	leftRest = 30 * 24 * time.Hour
	// maxLeft is how many pages of one list are remembered as left out, and maxListed
	// how many pages of one list, and of all, are remembered.
	maxLeft   = 200
	maxListed = 1000

	// goneRest is when a listed page that was gone is asked for again, and maxGone how
	// many are.
	goneRest = 24 * time.Hour
	maxGone  = 50
	// fewGone is how many pages of a run may be gone, where that is most of them.
	fewGone = 3

	// forgotten is the digest of a page that was left out: when it is listed again, it
	// is fetched whatever its item says.
	forgotten = "x"
)

// listedPage is a page that a list names.
type listedPage struct {
	Link string `json:"link"`
	// Article is the address of the article that was read there; "" for Link.
	Article string `json:"article,omitempty"`
	// Left is when the list left it out; zero while it is listed.
	Left time.Time `json:"left,omitzero"`
}

// pageList is what is remembered of a listing, a sitemap, or a sitemap of an index.
type pageList struct {
	// Of is the address of a sitemap of an index; "" for the source's own.
	Of string `json:"of,omitempty"`
	// Pages are in the order of the list, those that were left out in their places.
	Pages []listedPage `json:"pages"`
}

// Listed is what a source lists, as of the run in which it was read.
type Listed struct {
	// Items is how many pages are listed.
	Items int
	// Links are the addresses of those pages and of the articles that were read there.
	Links []string
	// Meets says that a page was listed before that is listed now, or that stands on one of the
	// pages behind a listing's first one that were read.
	Meets bool
	// LeftOut are the addresses of articles that were listed once and are missing now
	// between others that still are.
	LeftOut []string
}

// reading is a list as it was just read.
type readList struct {
	of string
	// all are its items, and taken those that are followed, in the order in which
	// they are remembered.
	all, taken []page.Item
	// isWhole says that it was read to its end.
	isWhole bool
}

// learnLists takes in lists that were read to their ends.
func (w *crawl) learnLists(readings []readList) {
	has := map[string]bool{}
	for _, r := range readings {
		for _, e := range r.all {
			has[pageKey(e.Link)] = true
		}
	}
	for _, r := range readings {
		i := slices.IndexFunc(w.memory.Lists, func(l pageList) bool { return l.Of == r.of })
		var before []listedPage
		if i >= 0 {
			before = w.memory.Lists[i].Pages
			w.memory.Lists = slices.Delete(w.memory.Lists, i, i+1)
		}
		w.memory.Lists = append(w.memory.Lists, pageList{r.of, r.compare(before, has, w.in.Now)})
		for _, p := range before {
			if !has[pageKey(p.Link)] {
				w.leave(p)
			}
		}
	}
	listed := 0
	for i, l := range slices.Backward(w.memory.Lists) {
		if listed += len(l.Pages); listed > maxListed && i < len(w.memory.Lists)-1 {
			w.memory.Lists = w.memory.Lists[i+1:] // those that were read longest ago go
			break
		}
	}
	w.isRead = w.isRead || len(readings) > 0
}

// compare returns what is to be remembered of a list that named other pages before:
// its pages, and in their places those that were followed and are there still, and those
// that it left out from between others. A page is between others where one stands before
// it and one after it that are still listed, or where new ones have come at its end of
// the list.
func (r readList) compare(before []listedPage, has map[string]bool, now time.Time) []listedPage {
	was := make(map[string]listedPage, len(before))
	first, last := -1, -1 // of those that are still there
	for i, p := range before {
		was[pageKey(p.Link)] = p
		if has[pageKey(p.Link)] {
			if last = i; first < 0 {
				first = i
			}
		}
	}
	pages := make([]listedPage, 0, len(r.taken))
	place := make(map[string]int, len(r.taken))
	for _, e := range r.taken {
		place[pageKey(e.Link)] = len(pages)
		pages = append(pages, listedPage{Link: e.Link, Article: was[pageKey(e.Link)].Article})
	}
	if first < 0 || len(pages) == 0 {
		return pages // nothing of what was there is left: it is another list
	}
	isNew := func(link string) bool { _, old := was[pageKey(link)]; return !old }
	w := window{before: before, has: has, place: place, first: first, from: first, to: last}
	if isNew(pages[0].Link) {
		w.from = 0
	}
	goesOn := func(e page.Item) bool { _, taken := place[pageKey(e.Link)]; return !taken && isNew(e.Link) }
	if isNew(pages[len(pages)-1].Link) || slices.ContainsFunc(r.all, goesOn) {
		w.to = len(before)
	}
	beside := w.beside(now)
	all := make([]listedPage, 0, len(before)+len(pages))
	for i, p := range pages {
		all = append(append(all, beside[i]...), p)
	}
	all = append(all, beside[len(pages)]...)
	return all[:min(len(all), maxListed)]
}

// window is what a list showed before, beside what it shows now.
type window struct {
	before   []listedPage
	has      map[string]bool // the keys of what is listed now
	place    map[string]int  // of the pages that are taken now, by key
	first    int             // the first one before that is still listed
	from, to int             // the part of before that is between others
}

// beside returns the pages that are remembered beside those that are taken now, by the
// place before which they stood.
func (w window) beside(now time.Time) map[int][]listedPage {
	beside := map[int][]listedPage{}
	at, left := w.place[pageKey(w.before[w.first].Link)], 0
	for i, p := range w.before {
		key := pageKey(p.Link)
		j, taken := w.place[key]
		switch {
		case taken:
			at = j + 1
		case w.has[key]:
			p.Left = time.Time{}
			beside[at] = append(beside[at], p)
		case i >= w.from && i < w.to:
			p.Left = cmp.Or(p.Left, now)
			if now.Sub(p.Left) < leftRest && left < maxLeft {
				beside[at] = append(beside[at], p)
				left++
			}
		}
	}
	return beside
}

// leave has a page fetched anew should it be listed again, and no longer wait for one
// that was gone.
func (w *crawl) leave(p listedPage) {
	key := w.keyOf(p.Link)
	for _, k := range []string{key, w.keyOf(cmp.Or(p.Article, p.Link))} {
		if _, known := w.seen[k]; known {
			w.seen[k] = forgotten
		}
	}
	w.memory.Pending = slices.DeleteFunc(w.memory.Pending, func(q pendingPage) bool { return q.Gone && pageKey(q.Item.Link) == key })
}

// listedAt returns the place where a page is remembered as listed; nil if it isn't.
func (w *crawl) listedAt(link string) *listedPage {
	for _, l := range w.memory.Lists {
		for i := range l.Pages {
			if p := &l.Pages[i]; p.Link == link && p.Left.IsZero() {
				return p
			}
		}
	}
	return nil
}

// gone takes note of a page that answers that it is gone. One that is listed all the
// same is asked again, since it may come back with nothing new in the list.
func (w *crawl) gone(page pendingPage) {
	link := page.Item.Link
	p := w.listedAt(link)
	if page.From != "" || p == nil {
		w.res.Gone = append(w.res.Gone, link)
		return
	}
	w.res.Gone = append(w.res.Gone, cmp.Or(p.Article, link))
	waiting := 0
	for _, q := range w.memory.Pending {
		if q.Gone {
			waiting++
		}
	}
	if waiting < maxGone {
		page.Gone, page.Changed, page.Tries, page.NotBefore = true, true, 0, w.in.Now.Add(goneRest)
		w.memory.Pending = append(w.memory.Pending, page)
	}
}

// tell completes the result by what is remembered of the lists.
func (w *crawl) tell() {
	if n := len(w.res.Gone); n > fewGone && 2*n > w.pages {
		w.problem("pages-gone", "%d of %d pages answer that they are gone, which is taken for a fault of their server", n, w.pages)
		w.res.Gone = nil
	}
	w.res.ReadAt = map[string]string{}
	now := Listed{Meets: w.meets}
	for _, l := range w.memory.Lists {
		for _, p := range l.Pages {
			if p.Article != "" {
				w.res.ReadAt[p.Article] = p.Link
			}
			if !p.Left.IsZero() {
				now.LeftOut = append(now.LeftOut, cmp.Or(p.Article, p.Link))
				continue
			}
			now.Items++
			if now.Links = append(now.Links, p.Link); p.Article != "" {
				now.Links = append(now.Links, p.Article)
			}
		}
	}
	if w.isRead {
		w.res.Listed = &now
	}
}

// isWhole reports whether a list was read to its end.
func isWhole(problems []parse.Problem) bool {
	return !slices.ContainsFunc(problems, func(p parse.Problem) bool {
		return p.Code == "truncated" || p.Code == "not-well-formed" || p.Code == "sitemap-size"
	})
}
