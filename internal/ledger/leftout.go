package ledger

import (
	"slices"
	"time"
)

// A listing or a sitemap is made for people and for search engines: what stands in it
// and what does not is less certain than in a feed. So what was left out there is only
// asked for, with the versions in other languages that were found by it and are not
// listed themselves; and a page has to be seen gone by two runs, GoneRest apart, before
// its article is withdrawn. The collector may have met such a page itself, also one that
// is still listed. What is brought again is suspect no more.

// GoneRest is how long a page that was seen gone is not asked again.
const GoneRest = 30 * time.Minute

// Linked is an article of the source as its link finds it.
type Linked struct {
	ID                int64
	Slug, Story, Link string
}

// withLinks returns those of the articles that have links with these keys, and not only
// had them once.
func withLinks(articles []Linked, keys []string) []Linked {
	return slices.DeleteFunc(articles, func(a Linked) bool { return !hasKey(keys, a.Link) })
}

// notListed returns those of the articles that a listing does not name, at any address.
func (l *Listing) notListed(articles []Linked) []Linked {
	listed := linkKeys(l.Links)
	return slices.DeleteFunc(articles, func(a Linked) bool { return hasKey(listed, a.Link) })
}

// storiesOf returns the stories of articles, sorted.
func storiesOf(articles []Linked) (stories []string) {
	for _, a := range articles {
		stories = append(stories, a.Story)
	}
	slices.Sort(stories)
	return slices.Compact(stories)
}

// MissingStories returns the stories of what a listing left out, whose versions are to be
// asked for: of articles that its links found.
func (j *judgement) MissingStories(q WindowQuestion, found []Linked) []string {
	return storiesOf(j.run.Listing.notListed(withLinks(found, q.LeftOut)))
}

// lookThroughListing returns the articles whose pages are to be asked: those that the
// listing left out and the versions of these that it does not list, and those that were
// seen gone before and were not brought again.
func (j *judgement) lookThroughListing(versions []Linked, before map[int64]int64) Sight {
	inside := map[int64]bool{}
	for id, gone := range before {
		if gone != 0 && !j.seen[id] {
			inside[id] = true
		}
	}
	for _, a := range j.run.Listing.notListed(versions) {
		if !j.seen[a.ID] {
			inside[a.ID] = true
		}
	}
	return compareMissing(inside, before)
}
