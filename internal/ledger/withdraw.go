package ledger

import (
	"fmt"
	"slices"

	"github.com/kairan-news/kairan/feeds"
)

// A run that would withdraw more than heldOver articles and more than one in
// heldShare of its source's is held: it is more likely that the source broke than
// that a city took so much back.
const (
	heldOver  = 3
	heldShare = 5
)

// Standing are articles that are filed by the source of the run and are not withdrawn, the
// oldest first, with what withdrawing them takes: ID, UID, Story, Publisher, Language,
// Title, Revision.
type Standing []*Known

// missing returns the live articles of the source that the run did not bring, but
// for those that are there and could not be read: of these stories.
func (w *matcher) missing(all Standing, unread map[string]bool) (missing Standing) {
	for _, k := range all {
		if !w.seen[k.ID] && !unread[k.Story] {
			missing = append(missing, k)
		}
	}
	return missing
}

// Missing finds which live articles a complete source no longer holds, unless they are so
// many that a person has to say yes: given all of them, the stories of what is there and
// could not be read, and the hold on the source's withdrawals if there is one.
func (p *Part) Missing(all Standing, unread map[string]bool, before *Hold) {
	missing := slices.DeleteFunc(p.missing(all, unread), func(k *Known) bool { return p.excluded[k.ID] })
	source := p.run.Source.ID
	released := p.run.Release || before != nil && !before.Released.IsZero()
	// What is held stays held when new articles make it a smaller share.
	if len(missing) <= heldOver || before == nil && len(missing)*heldShare <= len(all) || released {
		if before != nil && len(missing) <= Chunk { // else the release holds for the next part
			p.dropped = append(p.dropped, HoldWithdrawals)
		}
		p.gone = append(p.gone, missing...)
		return
	}
	p.kept = true
	h := Hold{
		Source: source,
		Kind:   HoldWithdrawals,
		Reason: fmt.Sprintf("the run would withdraw %d of %d articles; release it with: kairan sources release %s", len(missing), len(all), source),
		Since:  p.run.Now,
	}
	if before != nil {
		h.Since = before.Since
	}
	for _, k := range missing[:min(mostExamples, len(missing))] {
		h.Articles = append(h.Articles, k.Title)
	}
	p.begun = append(p.begun, h)
}

// GoneLinks are keys of the links whose pages were seen gone.
func (p *Part) GoneLinks() []string { return linkKeys(p.run.Gone.Links) }

// Named are the slugs of the articles that the run knows to be gone, with what was found by
// their links; none where what it says is held.
func (p *Part) Named(found []Linked) (slugs []string) {
	for _, id := range p.run.Gone.IDs {
		slugs = append(slugs, feeds.Slug(id))
	}
	p.met = map[string]bool{}
	for _, a := range withLinks(found, p.GoneLinks()) {
		p.met[a.Slug] = true
		slugs = append(slugs, a.Slug)
	}
	return slugs
}

// Take takes back those of the live articles with these slugs that are not here, or are
// missing within the window, or whose pages were met. Of a source that is crawled each page
// has to be seen gone by two runs: given what was missing before, it returns the stories of
// those that this run is the first to see gone. Who takes one back takes back all, as a
// rule, and the others may not be listed.
func (p *Part) Take(named Standing, before map[int64]int64) (stories []string) {
	for _, k := range named {
		if p.seen[k.ID] || p.excluded[k.ID] || p.sight.inside != nil && !p.sight.inside[k.ID] && !p.met[feeds.Slug(k.UID)] {
			continue
		}
		p.seen[k.ID] = true
		first := before[k.ID]
		switch {
		case p.run.Extent != Crawled || first != 0 && first <= Millis(p.run.Now.Add(-GoneRest)):
			p.gone = append(p.gone, k)
		case first == 0:
			p.sight.Gone = append(p.sight.Gone, k.ID)
			stories = append(stories, k.Story)
		}
	}
	slices.Sort(stories)
	return slices.Compact(stories)
}

// Beside notes the other versions of the stories that [Part.Take] returned.
func (p *Part) Beside(versions []Linked) {
	for _, a := range versions {
		if !p.seen[a.ID] { // nor one of the gone
			p.sight.Beside = append(p.sight.Beside, a.ID)
		}
	}
}

// Unfiled are the articles that the source no longer holds, as many as one transaction
// should take: of these it is to be asked which other sources hold.
func (p *Part) Unfiled() (ids []int64) {
	if len(p.gone) > Chunk {
		p.gone, p.more = p.gone[:Chunk], true
	}
	for _, k := range p.gone {
		ids = append(ids, k.ID)
	}
	if p.counts = p.Facts.Missing > 0; p.counts && len(ids) > 0 {
		noted := slices.DeleteFunc(slices.Clone(p.sight.Put), func(id int64) bool { return slices.Contains(ids, id) })
		p.Facts.Missing -= len(p.sight.Put) - len(noted)
		p.sight.Put = noted
	}
	p.unfiled = ids
	return ids
}

// Found takes how many of the unfiled articles were missing.
func (p *Part) Found(n int) { p.Facts.Missing -= n }

// Withdraw takes back what no other source holds.
func (p *Part) Withdraw(elsewhere map[int64]bool) {
	p.withdrawn = slices.DeleteFunc(p.gone, func(k *Known) bool { return elsewhere[k.ID] })
}
