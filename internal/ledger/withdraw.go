package ledger

import (
	"fmt"
	"slices"
	"time"

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
	if p.waits(missing, len(all), before) {
		p.kept = true
		return
	}
	p.gone = append(p.gone, missing...)
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

// Withdraw takes back what no other source holds, and what the run declares to be
// withdrawn.
func (p *Part) Withdraw(elsewhere map[int64]bool) {
	p.withdrawn = slices.DeleteFunc(p.gone, func(k *Known) bool { return elsewhere[k.ID] && !p.declares(k.ID) })
}

// What a source itself declares to be withdrawn (RFC 6721, and our own words in a JSON
// Feed) is taken back at once, whichever source of its publisher brought it, unless the
// document lists it too, or it has changed since. That another source of the publisher
// still lists it does not keep it, nor bring it back: see [matcher.saysNothing]. So many at once
// that the source more likely broke wait for a person, as of one that is complete.

// Declaration is an entry that its source declares to be withdrawn.
type Declaration struct {
	// ID is what the source calls it.
	ID string
	// When is when it was withdrawn; zero where the source does not tell: then it holds whenever
	// the entry changed.
	When time.Time
}

// Declared is a live article that one of [Part.DeclaredKeys] found.
type Declared struct {
	*Known
	// Key is what found it.
	Key string
	// Changed is when it changed last, as its source dates that; the date of publication,
	// if it declares that alone; zero for neither.
	Changed time.Time
}

// keys returns what an article may be known by that was declared withdrawn.
func (d *Declaration) keys() []string {
	id := Clean(d.ID)
	if link := linkKey(id); link != "" && link != id {
		return []string{id, link}
	}
	return []string{id}
}

// AsksDeclared reports whether it is to be asked for what the run declares to be
// withdrawn, or whether such a declaration was held before.
func (p *Part) AsksDeclared() bool {
	return p.Last && !p.verdict.held && (len(p.run.Gone.Declared) > 0 || p.run.mayAwaitDeclared(p.Facts))
}

// mayAwaitDeclared reports whether withdrawals may be held that the run no longer declares.
func (b *Brought) mayAwaitDeclared(f Facts) bool { return b.Extent == Windowed && f.Holds > 0 }

// DeclaredKeys are the keys of what the run declares to be withdrawn.
func (p *Part) DeclaredKeys() (keys []string) {
	for i := range p.run.Gone.Declared {
		keys = append(keys, p.run.Gone.Declared[i].keys()...)
	}
	return keys
}

// Declare takes the live articles with these keys, and reports whether they are so many
// that it is to be asked for the hold on the source's withdrawals, and how many live
// articles the source has: then [Part.Weigh] decides.
func (p *Part) Declare(found []Declared) (asks bool) {
	when, undated := map[string]time.Time{}, map[string]bool{}
	for i := range p.run.Gone.Declared {
		d := &p.run.Gone.Declared[i]
		for _, key := range d.keys() {
			undated[key] = undated[key] || d.When.IsZero()
			if d.When.After(when[key]) {
				when[key] = d.When
			}
		}
	}
	for _, f := range found {
		isOlder := !undated[f.Key] && when[f.Key].Before(f.Changed)
		if !isOlder && !p.seen[f.ID] && !p.declares(f.ID) {
			p.declared = append(p.declared, f.Known)
		}
	}
	if len(p.declared) > heldOver || p.run.mayAwaitDeclared(p.Facts) {
		return true
	}
	p.gone = append(p.gone, p.undecided()...)
	return false
}

// Weigh decides whether what was declared is withdrawn, or waits: given how many live
// articles the source has, and the hold on its withdrawals, nil for none.
func (p *Part) Weigh(live int, before *Hold) {
	if !p.waits(p.declared, live, before) {
		p.gone = append(p.gone, p.undecided()...)
		return
	}
	p.declared = nil
}

// undecided are the declared articles that are not to be withdrawn for another reason.
func (p *Part) undecided() Standing {
	return slices.DeleteFunc(slices.Clone(p.declared), func(k *Known) bool {
		return slices.ContainsFunc(p.gone, func(g *Known) bool { return g.ID == k.ID })
	})
}

// declares reports whether the run declares an article to be withdrawn.
func (p *Part) declares(id int64) bool {
	return slices.ContainsFunc(p.declared, func(k *Known) bool { return k.ID == id })
}

// waits reports whether so many withdrawals of that many live articles wait for a person,
// given the hold on them, nil for none. What is held stays held when new articles make it a
// smaller share.
func (p *Part) waits(missing Standing, live int, before *Hold) bool {
	source := p.run.Source.ID
	released := p.run.Release || before != nil && !before.Released.IsZero()
	if len(missing) <= heldOver || before == nil && len(missing)*heldShare <= live || released {
		if before != nil && len(missing) <= Chunk { // else the release holds for the next part
			p.dropped = append(p.dropped, HoldWithdrawals)
		}
		return false
	}
	h := Hold{
		Source: source,
		Kind:   HoldWithdrawals,
		Reason: fmt.Sprintf("the run would withdraw %d of %d articles; release it with: kairan sources release %s", len(missing), live, source),
		Since:  p.run.Now,
	}
	if before != nil {
		h.Since = before.Since
	}
	for _, k := range missing[:min(mostExamples, len(missing))] {
		h.Articles = append(h.Articles, k.Title)
	}
	p.begun = append(p.begun, h)
	return true
}
