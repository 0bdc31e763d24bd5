package ledger

import (
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// When an article was changed last is its publisher's to say ("the most recent instant in
// time when an entry … was modified in a way the publisher considers significant", RFC 4287
// §4.2.15): of what it says first, the date of change that it declares, else of
// publication. A further revision is dated by the source where that declares a later date
// than it did before; an unchanged one does not date a changed text, and then it is when we
// saw the change. The date never goes back, and is not later than when we stored it.

// modified returns when a revision of the article was made.
func (p *Part) modified(m *match) time.Time {
	dated := declaredChange(m.datedRevision(), p.run.Now)
	switch {
	case m.known == nil || m.before == nil:
		return dated
	case m.text == revised && !dated.After(declaredChange(&m.before.Article, p.run.Now)):
		return p.run.Now
	}
	return laterOf(dated, m.before.Modified)
}

// Modified returns when a revision was made that was stored without that date: the first
// one tells by its own dates; a further one was found when it was stored, at the first visit
// after the change.
func Modified(a *feeds.StoredArticle) time.Time {
	if a.Revision > 1 {
		return a.Changed
	}
	return declaredChange(&a.Article, a.Changed)
}

// declaredChange is the date of the last change that the source declares of an article,
// not later than when it was stored.
func declaredChange(a *feeds.Article, stored time.Time) time.Time {
	t := laterOf(laterOf(a.Published, a.Updated), a.Corrected)
	if t.After(stored) {
		return stored
	}
	return t
}

func laterOf(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
