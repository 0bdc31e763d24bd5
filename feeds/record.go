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
}

// Step is what one record does to the view of a channel.
type Step struct {
	Record Record
	// Article and Revision are the version to show from this record on. Article is
	// "" where nothing of the story is left.
	Article  string
	Revision int
	// Replaces is the article whose place this one takes, such as the fallback
	// that a late translation replaces; "" if the place was free or its own.
	Replaces string
	// Gone is the article that was withdrawn by this record and stood in the view;
	// "" if none.
	Gone string
}

// View returns what the records of one story do to a view that accepts these
// languages, best first, in the order of the records. Records that do not belong
// to the view give no step: a record belongs to it when its language is accepted
// and no earlier record of the story has a better language. Two versions in one
// language are taken in the order in which they came.
//
// Without languages (nil) every article stands for itself, and a record belongs
// to the view always.
func View(languages []string, story []Record) []Step {
	var steps []Step
	if languages == nil {
		for _, r := range story {
			step := Step{Record: r}
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
	for _, r := range story {
		before, was := best()
		at := slices.IndexFunc(live, func(l Record) bool { return l.Article == r.Article })
		switch {
		case r.Reason == ReasonWithdrawal && at >= 0:
			live = slices.Delete(live, at, at+1)
		case r.Reason == ReasonWithdrawal:
		case at >= 0:
			live[at] = r
		default:
			live = append(live, r)
		}
		after, is := best()

		switch {
		case was && !is:
			steps = append(steps, Step{Record: r, Gone: before.Article})
		case is && (!was || after.Article != before.Article || after.Revision != before.Revision):
			step := Step{Record: r, Article: after.Article, Revision: after.Revision}
			if was && after.Article != before.Article {
				step.Replaces = before.Article
				if r.Reason == ReasonWithdrawal {
					step.Gone = before.Article
				}
			}
			steps = append(steps, step)
		}
	}
	return steps
}
