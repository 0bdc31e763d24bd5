package ledger

import (
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// What makes a changed text a correction that readers are told of, where a source has
// asked for it ([Source.ChangesCorrect]):
//
//   - The title, or the text, says something else than before; what counts as other is
//     what [contentHash] sees. Another file is a revision as always,
//     and so is a full text where there was only a summary.
//   - The article was stored more than a day ago. In its first day a notice is still
//     being finished.
//   - Not most of the run's known articles changed at once: then a page was built anew,
//     or is read in another way.
//
// The date is the one of the revision, and later revisions keep it until the next
// correction. A date that the source declares itself comes first.

// correctionAge is how old an article is that can be corrected by a change.
const correctionAge = 24 * time.Hour

// Text is what an article says now, with when it was stored first and corrected last, in
// milliseconds.
type Text struct {
	Article                 int64
	FirstSeen, Corrected    int64
	Title, Summary, Content string
}

// Rewritten are the articles whose texts are to be asked for, since a change may be a
// correction.
func (p *Part) Rewritten() (ids []int64) {
	if !p.run.Source.ChangesCorrect {
		return nil
	}
	for _, m := range p.matches {
		if m.text == revised && m.fate != held {
			ids = append(ids, m.known.ID)
		}
	}
	return ids
}

// Correct finds the dates of correction of the articles that are revised, given what they
// said before.
func (p *Part) Correct(texts []Text) {
	before := make(map[int64]Text, len(texts))
	for _, t := range texts {
		before[t.Article] = t
	}
	for _, m := range p.matches {
		t, ok := before[0], false
		if m.known != nil {
			t, ok = before[m.known.ID]
		}
		if !ok {
			continue
		}
		m.corrected = FromMillis(t.Corrected)
		if !p.verdict.rewritten && p.run.Now.Sub(FromMillis(t.FirstSeen)) > correctionAge && t.saysOther(&m.article) {
			m.corrected = p.run.Now
		}
	}
	if p.verdict.rewritten && len(texts) > 0 {
		p.report("%d texts changed with most of the source: readers are not told of corrections", len(texts))
	}
}

// saysOther reports whether an article's title or text is another than before. Contents
// are compared with contents, and summaries with summaries.
func (t Text) saysOther(after *feeds.Article) bool {
	if !sameText((*visible).text, t.Title, after.Title) {
		return true
	}
	if t.Content != "" && after.Content != "" {
		return !sameText((*visible).markup, t.Content, after.Content)
	}
	return t.Summary != "" && after.Summary != "" && !sameText((*visible).text, t.Summary, after.Summary)
}
