package feeds

import (
	"slices"
	"time"
)

// Reason says why a record stands in the log.
type Reason string

// The reasons of a record.
const (
	ReasonNew         Reason = "new"         // the first version of a story
	ReasonTranslation Reason = "translation" // a further version of a story, be it another publisher's
	ReasonCorrection  Reason = "correction"  // a new revision of an article
	ReasonWithdrawal  Reason = "withdrawal"  // the article is no longer published
	// ReasonFiling is a story that comes into a category, or leaves one, without
	// anything about it being new. Only that category's channels know of the record.
	ReasonFiling Reason = "filing"
)

// Record is one line of the log: what happened, in the order in which it was
// stored. Sequence order is commit order, and records never change.
type Record struct {
	Seq int64
	// Time is when the record was appended.
	Time      time.Time
	Reason    Reason
	Article   string // the article's ID
	Revision  int
	Story     string
	Language  string
	Publisher string
	// Outside says that the story did not belong to the category that was asked for,
	// as of this record. It is false where no category was.
	Outside bool
}

// Step is what one record does to the view of a channel.
type Step struct {
	Record Record
	// Article and Revision are the version to show from this record on. Article is
	// "" where nothing of the story is left.
	Article  string
	Revision int
	// Changed is when that version became what it is: the record's time, or an earlier
	// one where the story was merely filed otherwise.
	Changed time.Time
	// Replaces is the article whose place this one takes, such as the fallback
	// that a late translation replaces; "" if the place was free or its own.
	Replaces string
	// Gone is the article that was withdrawn by this record and stands in the view, or
	// stood there until its story left; "" if none.
	Gone string
}

// Shows reports whether readers of the view see anything of the step: it is not so where
// a story leaves a category.
func (s Step) Shows() bool { return s.Article != "" || s.Gone != "" }

// View returns what the records of one story do to a view that accepts these
// languages, in the order of the records. Records that do not belong
// to the view give no step: a record belongs to it when its language is accepted
// and no earlier record of the story has a better language. Two versions in one
// language are taken in the order in which they came.
//
// A story belongs to the view of a category from the first record on that is not
// [Record.Outside]: that shows its best version, whatever it was before. Where the
// story leaves, a step shows nothing; what was shown is only taken back when it is
// withdrawn.
//
// Without a chain (nil) every article stands for itself, and a record belongs to the
// view always, but for a notice that several publishers publish in one language: what
// comes from another publisher than the first stands behind that one's, and takes its
// place when the last of it is withdrawn. A record may have several steps then.
func View(accepted Accepted, story []Record) []Step {
	if accepted.Chain == nil {
		return viewOfAll(story)
	}
	var steps []Step
	v := view{accepted: accepted}
	for _, r := range story {
		if step, ok := v.take(r); ok {
			steps = append(steps, step)
		}
	}
	return steps
}

// viewOfAll returns the steps of a view in which every article stands for itself. Each is
// of one article alone.
func viewOfAll(story []Record) []Step {
	var steps []Step
	var v view
	for _, r := range story {
		before := v.publisherIn(r.Language)
		v.keep(r)
		now := v.publisherIn(r.Language)
		switch {
		case before != "" && r.Publisher != before: // it stands behind another's
		case r.Reason != ReasonWithdrawal:
			steps = append(steps, Step{Record: r, Article: r.Article, Revision: r.Revision, Changed: r.Time})
		default:
			steps = append(steps, Step{Record: r, Changed: r.Time, Gone: r.Article})
			if now != before {
				steps = append(steps, v.follow(r, now)...)
			}
		}
	}
	return steps
}

// publisherIn returns whose versions in a language stand in a view of all; "" if nobody's.
func (v *view) publisherIn(language string) string {
	i := slices.IndexFunc(v.live, func(l Record) bool { return l.Language == language })
	if i < 0 {
		return ""
	}
	return v.live[i].Publisher
}

// follow returns the steps by which the versions of a publisher come to the place of the one
// that a record withdrew.
func (v *view) follow(r Record, publisher string) (steps []Step) {
	for _, l := range v.live {
		if l.Language == r.Language && l.Publisher == publisher {
			steps = append(steps, Step{Record: r, Article: l.Article, Revision: l.Revision, Changed: r.Time, Replaces: r.Article})
		}
	}
	return steps
}

// view is what is seen of a story, as of the records that were taken.
type view struct {
	accepted Accepted
	live     []Record        // the newest record of each version, in the order in which the versions came
	inside   bool            // the story belongs to the view's category
	shown    Record          // of the version that is shown; the zero Record if none is
	left     map[string]bool // what was shown when the story left; nil until it does
}

// take takes the next record. It reports whether that does anything to the view.
func (v *view) take(r Record) (step Step, ok bool) {
	before, wasInside := v.shown, v.inside
	v.inside = !r.Outside
	v.keep(r)
	v.shown = v.best(r.Seq)
	now := &v.shown

	withdrawn := r.Reason == ReasonWithdrawal && (before.Article == r.Article || v.left[r.Article])
	switch {
	case now.Article == "" && withdrawn:
		delete(v.left, r.Article)
		return Step{Record: r, Changed: r.Time, Gone: r.Article}, true
	case now.Article == before.Article && now.Revision == before.Revision:
		return Step{}, false
	case now.Article == "":
		if v.left == nil {
			v.left = map[string]bool{}
		}
		v.left[before.Article] = true
		return Step{Record: r, Changed: r.Time}, true
	}
	delete(v.left, now.Article)
	step = Step{Record: r, Article: now.Article, Revision: now.Revision, Changed: r.Time}
	if !wasInside && (now.Article != r.Article || r.Reason == ReasonFiling) {
		step.Changed = now.Time
	}
	if now.Article != before.Article {
		step.Replaces = before.Article
		if r.Reason == ReasonWithdrawal {
			step.Gone = before.Article
		}
	}
	return step, true
}

// keep takes a record among those of the versions that live.
func (v *view) keep(r Record) {
	if r.Reason == ReasonFiling {
		return
	}
	at := slices.IndexFunc(v.live, func(l Record) bool { return l.Article == r.Article })
	switch gone := r.Reason == ReasonWithdrawal; {
	case gone && at >= 0:
		v.live = slices.Delete(v.live, at, at+1)
	case gone: // it never came
	case at >= 0:
		v.live[at] = r
	default:
		v.live = append(v.live, r)
	}
}

// best returns the record of the version to show as of a record; the zero Record if there is
// none.
func (v *view) best(as int64) (b Record) {
	if !v.inside {
		return b
	}
	least := 0
	for i := range v.live {
		if rank, ok := v.accepted.rank(v.live[i], as); ok && (b.Article == "" || rank < least) {
			b, least = v.live[i], rank
		}
	}
	return b
}
