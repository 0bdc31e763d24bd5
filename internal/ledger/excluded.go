package ledger

import (
	"slices"

	"github.com/kairan-news/kairan/feeds"
)

// What a person has excluded is still in its source, so that it is neither missing nor gone:
// it counts among the source's items, and is not asked for. If it was published before, it
// is withdrawn by the run that excludes it. That is what the person has asked for, so that
// nothing holds it back, be it most of the source: but a source that is held, whose
// document may not be its own.
//
// An excluded article is told by the key that its source gives it. Where that may be of
// several, by its language and its link too: an article is rather left published than
// taken for another.

// ExcludedKeys are the keys of the excluded articles, whose articles are to be asked for,
// and then those of the slugs that [Part.ExcludedSlugs] returns; none where what the source
// says is held.
func (p *Part) ExcludedKeys() (keys []string) {
	if !p.Last || p.verdict.held {
		return nil
	}
	for i := range p.run.Excluded {
		keys = append(keys, newItem(&p.run.Excluded[i]).given)
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// ExcludedSlugs are those of the articles that were found by the keys and have the link of
// an excluded one.
func (p *Part) ExcludedSlugs(found []Linked) (slugs []string) {
	for _, a := range found {
		if !p.seen[a.ID] && slices.ContainsFunc(p.run.Excluded, func(e feeds.Article) bool { return hasLink(a.Link, e.Link) }) {
			slugs = append(slugs, a.Slug)
		}
	}
	return slugs
}

// hasLink reports whether two links are one, or one of them says nothing.
func hasLink(a, b string) bool {
	x, y := linkKey(Clean(a)), linkKey(Clean(b))
	return x == "" || y == "" || sameLink(x, y)
}

// Exclude takes back those of the live articles that are excluded.
func (p *Part) Exclude(live Standing) {
	p.excluded = map[int64]bool{}
	for _, k := range live {
		if slices.ContainsFunc(p.run.Excluded, func(a feeds.Article) bool { return a.Language == k.Language }) {
			p.excluded[k.ID] = true
			p.gone = append(p.gone, k)
		}
	}
}
