package ledger

// Look finds out what a run changes before there is a transaction for it. What it sees may
// be old by the time the run is stored, which then merely looks as if the run had come a
// moment earlier: an article that this source holds can't be withdrawn by another.
//
// Its questions are to be answered in this order: those of the [Snapshot] about its batch,
// FormerLinks and FormerKeys, Overlaps, RecentForTwins, then Survey; Suspicions and Judge;
// Window; Passed; and End.
type Look struct {
	judgement
	visit  *Visit
	found  []anomaly
	window Sight
	passed string
}

// Look begins to look at what the run brought.
func (v *Visit) Look() *Look {
	return &Look{visit: v, judgement: judgement{
		matcher: &matcher{Snapshot: newSnapshot(v.run, v.before), verdict: &Verdict{}, seen: map[int64]bool{}},
		batch:   v.rest,
	}}
}

// Batch is all that came.
func (l *Look) Batch() Batch { return l.batch }

// Overlaps reports whether an article that came has a key of one that was not read: see
// [ErrOverlap].
func (l *Look) Overlaps() bool { return l.overlaps(l.batch) }

// Survey finds for all articles the known ones that they are, and reports whether the
// source's holds are to be asked for.
func (l *Look) Survey() (asksHolds bool) {
	l.FindTwins(l.batch)
	l.findSuccessors(l.batch)
	l.matches = l.survey(l.batch)
	l.found = l.suspect()
	return len(l.found) > 0 || l.Facts.Holds > 0
}

// Judge decides what the run may do to known articles, given the source's holds by kind,
// but for that on its withdrawals.
func (l *Look) Judge(holds map[string]Hold) {
	l.judge(l.found, holds)
	l.mendDates()
}

// LookThrough takes what was asked for: the newest articles, and what was missing before
// with when its page was seen gone.
func (l *Look) LookThrough(newest []Dated, before map[int64]int64) {
	l.see(l.lookThrough(newest, before))
}

// LookThroughListing takes the versions of the [Look.MissingStories], and what was missing
// before.
func (l *Look) LookThroughListing(versions []Linked, before map[int64]int64) {
	l.see(l.lookThroughListing(versions, before))
}

func (l *Look) see(s Sight) {
	l.window = s
	l.Facts.Missing = len(s.inside)
}

// HasPassed takes the articles of the source that were found by the links of a listing, and
// reports whether it may have: then Recent articles are to be asked for, and Pass.
func (l *Look) HasPassed(q PassedQuestion, found []Linked) bool { return !q.isListed(found) }

// Pass notes that the window has passed, if it has.
func (l *Look) Pass() { l.passed = l.passedBy() }

// AsksWithdrawals reports whether it is to be asked what a complete source no longer
// holds: where else there is nothing to carry out.
func (l *Look) AsksWithdrawals() bool { return l.run.Extent == Whole && l.isIdle(l.memory()) }

// isIdle reports whether the run, of whose document this is to be remembered, changes
// nothing but articles.
func (l *Look) isIdle(memory []packed) bool {
	_, other := l.run.remember(memory, l.verdict)
	return l.run.Gone.isEmpty() && len(l.run.Excluded) == 0 && !l.run.mayAwaitDeclared(l.Facts) && !l.run.Release && !other && l.learned() == l.visit.before &&
		len(l.verdict.Put)+len(l.verdict.Drop)+len(l.window.Put)+len(l.window.Drop) == 0
}

// memory is what is to be remembered of what the run leaves as it is.
func (l *Look) memory() []packed {
	var still []*match
	for _, m := range l.matches {
		if m.fate <= held {
			still = append(still, m)
		}
	}
	return append(l.remembered(still), l.listed(still)...)
}

// UnreadKeys are the keys of stories of which something could not be read.
func (l *Look) UnreadKeys() []string { return l.run.unreadKeys() }

// End has the visit go on with what was found out. A complete source no longer holds those
// of all its live articles that did not come, but for those of unread stories; isHeld says
// whether its withdrawals are held.
func (l *Look) End(all Standing, unread map[string]bool, isHeld bool) {
	v := l.visit
	v.memory = l.memory()
	v.idle = l.isIdle(v.memory) && (l.run.Extent != Whole || len(l.missing(all, unread)) == 0 && !isHeld)
	v.facts, v.verdict, v.sight, v.Tally.Passed = l.Facts, *l.verdict, l.window, l.passed
	v.rest.items, v.rest.stubs = nil, nil
	for _, m := range l.matches {
		if m.fate > held {
			v.rest.items = append(v.rest.items, m.item)
			continue
		}
		v.Tally.Unchanged++
		switch {
		case m.fate != duplicate:
			v.seen[m.known.ID] = true
		case !m.known.isErased() && !m.cutOff: // of an erased one nothing is said, its title least of all
			v.Tally.Problems = append(v.Tally.Problems, m.twice())
		}
	}
}
