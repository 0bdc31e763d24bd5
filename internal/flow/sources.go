package flow

import (
	"fmt"
	"time"
)

const (
	// A source fails with so many visits in a row, and for so long: before, it is a restart of
	// its server.
	failures     = 3
	failingLeast = hour
	// visitsGone is in how many visits in a row something has to be missing, since one
	// document may be odd.
	visitsGone = 2
	// passedTold is how long it is told that notices may have come and gone.
	passedTold = day
	// heldPatience is how long a source may be held; see [QuarantineForgotten].
	heldPatience = day - 30*minute
	// latePatience is the least time that a listed entry may be on its way.
	latePatience = 2 * hour
)

// active tells whether a source is meant to be visited.
func (s Source) active() bool { return !s.Disabled && s.Paused == nil }

func (s Source) subject() Subject { return Subject{OfSource, s.ID} }

func (j *judge) sources() {
	for _, s := range j.Sources {
		switch {
		case s.Disabled:
		case s.Paused != nil:
			p := s.Paused
			j.source(s, Finding{Kind: SourcePaused, Since: p.Since,
				What:    fmt.Sprintf("Source %s is paused by %s until %s%s.", s.ID, p.By, moment(p.Until), quoted(p.Reason)),
				Readers: "Readers get nothing new of it.",
				Do:      fmt.Sprintf("\"kairan resume %s\" ends the pause before its time.", s.ID)})
		default:
			j.reached(s)
			j.missing(s)
			j.waiting(s)
			j.rhythm(s)
			j.certificate(s.Certificate, s.subject(), s.Host+" (source "+s.ID+")", []string{s.Publisher})
		}
	}
}

// source adds a finding of a source.
func (j *judge) source(s Source, f Finding) {
	f.Subject, f.Publishers = s.subject(), []string{s.Publisher}
	j.add(f)
}

// reached is whether a source is visited and can be read.
func (j *judge) reached(s Source) {
	patience := min(max(s.Interval, 10*minute), hour)
	if late := j.age(s.Due); !s.Due.IsZero() && j.age(latest(s.Due, j.Hindered.Jobs)) > patience {
		j.source(s, Finding{Kind: Overdue, Since: s.Due,
			What:    fmt.Sprintf("Source %s has been due for %s, and no process took it up.", s.ID, Lasting(late)),
			Readers: "Readers get what is new there later than they could.",
			Do:      fmt.Sprintf("Look at what runs (\"kairan jobs\"); \"kairan run %s\" visits it now.", s.ID)})
	}
	if !s.Gone.IsZero() {
		j.source(s, Finding{Kind: SourceGone, Since: s.Gone,
			What:    fmt.Sprintf("Source %s is gone for good, as its server says since %s (status %d).", s.ID, moment(s.Gone), s.Status),
			Readers: "Readers get nothing new of it; what was published stays.",
			Do:      fmt.Sprintf("Look on the publisher's site where it went (\"kairan preview ADDRESS\"), and change or take out source %s in kairan.yaml.", s.ID)})
		return
	}
	f := s.Failing
	if f == nil || f.Count < failures || j.age(f.Since) < failingLeast {
		return
	}
	if s.Success.IsZero() {
		j.source(s, Finding{Kind: SourceNeverSucceeded, Since: f.Since,
			What:    fmt.Sprintf("Source %s could never be read, in %d visits%s.", s.ID, f.Count, quoted(f.Error)),
			Readers: "Readers get nothing of it.",
			Do:      fmt.Sprintf("\"kairan preview ADDRESS\" shows what is there; mend source %s in kairan.yaml.", s.ID)})
		return
	}
	j.source(s, Finding{Kind: SourceFailing, Since: f.Since,
		What:    fmt.Sprintf("Source %s could not be read %d times in a row, for %s%s.", s.ID, f.Count, Lasting(j.age(f.Since)), quoted(f.Error)),
		Readers: "Readers get nothing new of it.",
		Do:      fmt.Sprintf("Open its address yourself. If it fails for you too, write to publisher %s; \"kairan run %s\" visits it again now.", s.Publisher, s.ID)})
}

// missing is what its documents lack that they had or should have.
func (j *judge) missing(s Source) {
	if s.CutOff >= visitsGone {
		j.source(s, Finding{Kind: DocumentCutOff,
			What:    fmt.Sprintf("The document of source %s was cut off in %s in a row.", s.ID, count(s.CutOff, "visit")),
			Readers: "Readers miss the notices that stand behind the cut.",
			Do:      fmt.Sprintf("Open its address yourself. If it is whole there, it is larger than fetch.max_size allows or breaks off on its way; else write to publisher %s.", s.Publisher)})
	}
	if s.Unread > 0 && s.UnreadVisits >= visitsGone {
		j.source(s, Finding{Kind: EntriesUnread,
			What:    fmt.Sprintf("%s of source %s can't be read.", either(s.Unread == 1, "1 entry", fmt.Sprintf("%d entries", s.Unread)), s.ID),
			Readers: "Readers miss these notices.",
			Do:      fmt.Sprintf("The page of source %s says which and why; \"kairan preview\" shows what becomes of its address. Write to publisher %s, or mend its settings.", s.ID, s.Publisher)})
	}
	var gone []string
	var since time.Time
	for _, l := range s.LanguagesGone {
		if l.Visits >= visitsGone {
			gone = append(gone, l.Language)
			if since.IsZero() || l.Since.Before(since) {
				since = l.Since
			}
		}
	}
	if len(gone) > 0 {
		j.source(s, Finding{Kind: LanguageMissing, Since: since,
			What:    fmt.Sprintf("Source %s has had no entry in %s for %s.", s.ID, list(gone), Lasting(j.age(since))),
			Readers: fmt.Sprintf("Readers of %s get its news in another language, or not at all.", list(gone)),
			Do:      fmt.Sprintf("Look on the publisher's site whether the language has moved to an address of its own (\"kairan preview ADDRESS\"), and write to publisher %s.", s.Publisher)})
	}
	if !s.Passed.IsZero() && j.age(s.Passed) < passedTold {
		j.source(s, Finding{Kind: WindowPassed, Since: s.Passed,
			What:    fmt.Sprintf("Of source %s notices may have come and gone between two visits, last on %s: none of its entries was known.", s.ID, moment(s.Passed)),
			Readers: "Readers may have missed some of its notices.",
			Do:      fmt.Sprintf("Visit it more often than every %s (schedule: of source %s in kairan.yaml), or ask for a longer feed.", Lasting(s.Interval), s.ID)})
	}
}

// waiting is what was seen of it and waits.
func (j *judge) waiting(s Source) {
	for _, h := range s.Held {
		if held := j.age(h.Since); held >= heldPatience {
			j.source(s, Finding{Kind: QuarantineForgotten, Since: h.Since,
				What:    fmt.Sprintf("Source %s has been held for %s%s, and nobody has decided.", s.ID, Lasting(held), quoted(h.Reason)),
				Readers: "Readers get its new notices, and see others as they were before.",
				Do:      fmt.Sprintf("Its page says what it would do. If that is right: \"kairan sources release %s\"; else \"kairan pause %s --reason TEXT --for TIME\" and write to publisher %s.", s.ID, s.ID, s.Publisher)})
			break
		}
	}
	if late := j.age(s.LateSince); s.Late > 0 && !s.LateSince.IsZero() && late > max(2*s.Interval, latePatience) {
		j.source(s, Finding{Kind: SourceLate, Since: s.LateSince,
			What:    fmt.Sprintf("Source %s lists %s not in the feeds, the oldest for %s.", s.ID, few(s.Late, "notice", "that is", "that are"), Lasting(late)),
			Readers: "Readers miss these notices.",
			Do:      fmt.Sprintf("The page of source %s says what they wait for: pages that can't be fetched, a hold, or a share of each run (max_pages).", s.ID)})
	}
}
