package jobs

import "github.com/kairan-news/kairan/feeds"

// What had to go of the texts that readers are shown is a problem of the visit, as long as
// they are. Of articles that were not read again, because they stand just as they did, it is
// remembered with the source.

// mostDropped bounds of how many articles of a source it is remembered.
const mostDropped = 100

// tellDropped says with the run what had to go of the source's articles, given those that were
// read. Where none was, what is known is repeated only beside other problems, which would
// take its place.
func (w *visitor) tellDropped(read []feeds.Article) {
	if w.failed() {
		return
	}
	if !w.result.Unchanged {
		w.extra.Dropped = w.droppedNow(read)
	} else if len(w.run.Problems) == 0 {
		return
	}
	if !w.target.publisher.License.FullText {
		return // readers are shown summaries, in which nothing is missing
	}
	if said := feeds.TellDropped(w.extra.Dropped); said != "" {
		w.run.Problems = append(w.run.Problems, "dropped: "+said)
	}
}

// droppedNow returns what had to go of the articles that were read, and of those before them
// that are still there, the newest first.
func (w *visitor) droppedNow(read []feeds.Article) (now []feeds.DroppedOf) {
	isRead := make(map[string]bool, len(read))
	for i := range read {
		of := feeds.DroppedIn(&read[i])
		isRead[of.Where] = true
		if len(of.Dropped) > 0 {
			now = append(now, of)
		}
	}
	isThere := w.stillThere()
	for _, before := range w.extra.Dropped {
		if !isRead[before.Where] && isThere(before.Where) {
			now = append(now, before)
		}
	}
	return now[:min(len(now), mostDropped)]
}

// stillThere returns what tells whether an article that was not read is one of the source's
// last document: of a feed, one whose entry is known; of a listing, any that its pages have not
// answered to be gone, since they are read once.
func (w *visitor) stillThere() func(where string) bool {
	there := map[string]bool{}
	if kind := w.target.source.Kind; kind == feeds.KindPage || kind == feeds.KindSitemap {
		for _, link := range w.result.Gone {
			there[link] = true
		}
		return func(where string) bool { return !there[where] }
	}
	for _, e := range w.leftOut {
		there[e.Link] = true
	}
	return func(where string) bool { return there[where] }
}
