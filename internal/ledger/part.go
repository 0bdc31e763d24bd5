package ledger

import "slices"

// Chunk is the number of articles of one transaction, in which they are added or
// withdrawn: some half of the 100 ms that a write on SQLite may last, most of it for the index of
// searches.
const Chunk = 50

// Part is what one transaction of a visit carries out: up to [Chunk] articles, and with
// the last of them what follows for the source as a whole.
//
// Its questions are to be answered in this order: those of the [Snapshot] about its batch,
// then Match; MetAnew and Compare; of the last part ExcludedKeys with ExcludedSlugs and
// Exclude, AsksMissing and Missing, AsksGone with Named, Take and Beside, AsksDeclared with
// Declare and Weigh, and Unfiled and Withdraw; TouchesStories, and if so PermalinkDigests with
// Copublished and Apart, StoryKeys and StoryIDs; Names and Name; Rewritten and Correct; Spoken;
// then Decide.
type Part struct {
	*matcher
	batch   Batch
	matches []*match
	// Last says that it is the last one of the visit.
	Last bool
	// Stories are those that it touches, which are to be loaded into it.
	Stories *Stories

	before Facts // what was known of the source before the run
	sight  Sight
	tally  Tally // of the parts before
	own    Tally
	memory []packed

	dropped   []string // kinds of holds that are over
	begun     []Hold
	gone      []*Known // what the source no longer holds, or is not to
	excluded  map[int64]bool
	kept      bool // what is missing, until a person says yes
	met       map[string]bool
	declared  Standing // what the run declares to be withdrawn, and may be
	unfiled   []int64
	counts    bool // some of these may be missing
	withdrawn []*Known
	more      bool // more is to be withdrawn than one transaction should

	elsewhere map[Key][]Copublished // what other publishers have, by links and languages
}

// Batch is what came.
func (p *Part) Batch() Batch { return p.batch }

// Match finds for the articles the known ones that they are.
func (p *Part) Match() {
	p.matches = p.match(p.batch)
	for _, m := range p.matches {
		if m.known != nil && m.fate <= noted {
			p.own.Unchanged++
		}
	}
}

// AsksMissing reports whether all live articles of the source are to be asked for, with the
// stories of the UnreadKeys and the hold on its withdrawals.
func (p *Part) AsksMissing() bool { return p.Last && p.run.Extent == Whole }

// UnreadKeys are the keys of stories of which something could not be read.
func (p *Part) UnreadKeys() []string { return p.run.unreadKeys() }

// AsksGone reports whether the articles that the run knows to be gone are to be asked for.
func (p *Part) AsksGone() bool {
	return p.Last && len(p.run.Gone.IDs)+len(p.run.Gone.Links) > 0 && !p.verdict.held
}

// AsksMissedBefore reports whether it is to be asked what was missing before, and when its
// page was seen gone.
func (p *Part) AsksMissedBefore() bool { return p.run.Extent == Crawled }

// TouchesStories reports whether the part adds to stories, or changes any: from before they
// are asked for until they are written nobody else may.
func (p *Part) TouchesStories() bool {
	return len(p.StoryIDs()) > 0 || slices.ContainsFunc(p.matches, func(m *match) bool { return m.known == nil })
}

// StoryKeys are the keys by which new articles look for their stories.
func (p *Part) StoryKeys() (keys []string) {
	for _, m := range p.matches {
		if m.known == nil {
			keys = append(keys, m.joinKeys()...)
		}
	}
	return keys
}

// StoryIDs are the stories to be loaded, beside those that the keys find.
func (p *Part) StoryIDs() (ids []string) {
	for _, m := range p.matches {
		if m.known != nil && m.fate >= refiled {
			ids = append(ids, m.known.Story)
		}
	}
	for _, k := range p.withdrawn {
		ids = append(ids, k.Story)
	}
	for _, m := range p.matches {
		if m.copublished != "" {
			ids = append(ids, m.copublished)
		}
	}
	return ids
}

// Spoken are the articles that are in another language than they were taken for: their
// aliases are to be asked for.
func (p *Part) Spoken() (ids []int64) {
	for _, m := range p.matches {
		if m.isRespoken() {
			ids = append(ids, m.known.ID)
		}
	}
	return ids
}

// Tally is what the visit has come to with this part.
func (p *Part) Tally() Tally {
	t := p.tally
	own := p.own
	own.Problems = p.problems
	t.add(own)
	return t
}

// Stored takes over that the articles were stored, so that the new ones have their numbers.
func (p *Part) Stored() {
	for _, m := range p.matches {
		if m.known == nil {
			p.seen[m.number()] = true // or a later part would take it for missing
		}
	}
	p.memory = append(append(p.memory, p.remembered(p.matches)...), p.listed(p.matches)...)
}

// End is what is to be stored of the source as a whole; false where a part comes after it.
func (p *Part) End() (e Upshot, last bool) {
	if !p.Last || p.more {
		return e, false
	}
	e = Upshot{Sight: p.sight, CountsMissing: p.run.Extent == Crawled, Facts: p.learned(), Before: p.before, Reread: p.verdict.held || p.run.Extent != Whole && len(p.begun) > 0}
	e.Memory, e.Remembers = p.run.remember(p.memory, p.verdict)
	return e, true
}

// Upshot is what a run leaves of its source as a whole.
type Upshot struct {
	Sight Sight
	// CountsMissing says that what is missing is to be counted, for Facts.
	CountsMissing bool
	// Facts are to be stored where they are others than Before.
	Facts, Before Facts
	// Memory is to be stored where it Remembers something else than before.
	Memory    []byte
	Remembers bool
	// Reread says that the document has to be read again, even if it doesn't change.
	Reread bool
}

// Size is how many articles the next part has.
func (p *Part) Size() int { return len(p.batch.items) }

// Tally is what a run came to.
type Tally struct {
	// New are articles that were stored first, Returned were withdrawn before,
	// Changed have a new revision, Refiled have other categories or terms and
	// nothing else new.
	New, Returned, Changed, Refiled, Withdrawn, Unchanged int
	// Held is what waits; nil if nothing.
	Held *Hold
	// Passed says in a sentence that notices may have been missed; "" if not. See passed.go.
	Passed string
	// Problems are for operators: duplicates, contested ids.
	Problems []string
}

func (t *Tally) add(o Tally) {
	t.New += o.New
	t.Returned += o.Returned
	t.Changed += o.Changed
	t.Refiled += o.Refiled
	t.Withdrawn += o.Withdrawn
	t.Unchanged += o.Unchanged
	t.Problems = append(t.Problems[:len(t.Problems):len(t.Problems)], o.Problems...)
	if o.Held != nil {
		t.Held = o.Held
	}
}
