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
	ReasonTranslation Reason = "translation" // a further version of a story
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
// languages, best first, in the order of the records. Records that do not belong
// to the view give no step: a record belongs to it when its language is accepted
// and no earlier record of the story has a better language. Two versions in one
// language are taken in the order in which they came.
//
// A story belongs to the view of a category from the first record on that is not
// [Record.Outside]: that shows its best version, whatever it was before. Where the
// story leaves, a step shows nothing; what was shown is only taken back when it is
// withdrawn.
//
// Without languages (nil) every article stands for itself, and a record belongs
// to the view always.
func View(languages []string, story []Record) []Step {
	var steps []Step
	if languages == nil {
		for _, r := range story {
			step := Step{Record: r, Changed: r.Time}
			if r.Reason == ReasonWithdrawal {
				step.Gone = r.Article
			} else {
				step.Article, step.Revision = r.Article, r.Revision
			}
			steps = append(steps, step)
		}
		return steps
	}

	var live []Record // the newest record of each version, in the order in which the versions came
	best := func() (b Record, ok bool) {
		rank := len(languages)
		for _, r := range live {
			if i := slices.Index(languages, r.Language); i >= 0 && i < rank {
				b, rank, ok = r, i, true
			}
		}
		return b, ok
	}
	inside := false
	left := map[string]bool{} // what was shown when the story left
	for _, r := range story {
		before, was := best()
		was = was && inside
		at := slices.IndexFunc(live, func(l Record) bool { return l.Article == r.Article })
		switch {
		case r.Reason == ReasonFiling:
		case r.Reason == ReasonWithdrawal && at >= 0:
			live = slices.Delete(live, at, at+1)
		case r.Reason == ReasonWithdrawal:
		case at >= 0:
			live[at] = r
		default:
			live = append(live, r)
		}
		entered := !inside && !r.Outside
		inside = !r.Outside
		after, is := best()
		is = is && inside

		withdrawn := r.Reason == ReasonWithdrawal && (was && before.Article == r.Article || left[r.Article])
		switch {
		case !is && withdrawn:
			steps = append(steps, Step{Record: r, Changed: r.Time, Gone: r.Article})
			delete(left, r.Article)
		case was && !is:
			steps = append(steps, Step{Record: r, Changed: r.Time})
			left[before.Article] = true
		case is && (!was || after.Article != before.Article || after.Revision != before.Revision):
			step := Step{Record: r, Article: after.Article, Revision: after.Revision, Changed: r.Time}
			if entered && (after.Article != r.Article || r.Reason == ReasonFiling) {
				step.Changed = after.Time
			}
			if was && after.Article != before.Article {
				step.Replaces = before.Article
				if r.Reason == ReasonWithdrawal {
					step.Gone = before.Article
				}
			}
			delete(left, after.Article)
			steps = append(steps, step)
		}
	}
	return steps
}
