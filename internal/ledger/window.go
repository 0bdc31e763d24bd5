package ledger

import "slices"

// A feed shows a window of what there is. An article that leaves the window at its
// old end is not withdrawn; one that is missing between older and newer ones which
// are still listed may have been. It is noted; when it is missing in a later run too,
// its page is asked ([DB.Suspects]), and when that answers 404 or 410 the run names it
// in [Collected.Gone].
//
// So it is with a listing or a sitemap, of which the collector says what was left out:
// see leftout.go for what is different there.

// Sight is what a run shows of what its source left out.
type Sight struct {
	// Put are articles that are missing and were not before, and Drop those that no
	// longer are.
	Put, Drop []int64
	// Gone are articles whose pages this run was the first to see gone, and Beside those of
	// the same stories.
	Gone, Beside []int64

	inside map[int64]bool // articles that are missing within the window; nil where it says nothing
}

// Dated is an article with its date in milliseconds.
type Dated struct{ ID, Published int64 }

// WindowQuestion is what is to be asked to find out what a run left out.
type WindowQuestion struct {
	// Newest is how many of the source's newest live articles are asked for, 0 for none.
	Newest int
	// Missing are those that were missing before, each with when its page was seen gone.
	Missing bool
	// LeftOut are keys of links, whose articles are asked for.
	LeftOut []string
}

// AskWindow returns what is to be asked of a run; false where it says nothing of what is
// missing.
func (j *judgement) AskWindow() (q WindowQuestion, says bool) {
	q.Missing = j.Facts.Missing > 0
	switch {
	case j.verdict.held:
		return q, false
	case j.run.Listing != nil:
		q.LeftOut = linkKeys(j.run.Listing.LeftOut)
		return q, true
	case j.run.Extent != Windowed || len(j.dates()) < 2:
		return q, false
	}
	// The newest by far are enough: a window does not reach further than twice itself.
	q.Newest = 2*j.batch.listed() + 50
	return q, true
}

// dates returns the dates of a window's articles, the oldest first.
func (j *judgement) dates() []int64 {
	dates := make([]int64, 0, j.batch.listed())
	for _, m := range j.matches {
		switch {
		case m.behind:
		case m.known != nil:
			dates = append(dates, m.known.Published)
		case m.dated():
			dates = append(dates, m.published())
		}
	}
	slices.Sort(dates)
	return dates
}

// lookThrough returns what is missing within the window of a batch, given its source's
// newest articles and what was missing before. One in ten of the oldest is overlooked,
// since a notice that is pinned to the top for years would make the window as long.
func (j *judgement) lookThrough(newest []Dated, before map[int64]int64) Sight {
	dates := j.dates()
	first, last := dates[len(dates)/10], dates[len(dates)-1]
	inside := map[int64]bool{}
	for _, a := range newest {
		if !j.seen[a.ID] && first < a.Published && a.Published < last {
			inside[a.ID] = true
		}
	}
	return compareMissing(inside, before)
}

// compareMissing finds out what of the missing is to be stored.
func compareMissing(inside map[int64]bool, before map[int64]int64) Sight {
	s := Sight{inside: inside}
	for id := range inside {
		if _, ok := before[id]; !ok {
			s.Put = append(s.Put, id)
		}
	}
	for id := range before {
		if !inside[id] {
			s.Drop = append(s.Drop, id)
		}
	}
	slices.Sort(s.Put)
	slices.Sort(s.Drop)
	return s
}
