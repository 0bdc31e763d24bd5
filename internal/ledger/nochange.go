package ledger

import (
	"path"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// What is no change makes no new revision, no record and no date of change; the newest
// revision takes it over in silence:
//
//   - Another address of the article, where its key and its date stay; and another address
//     of an attachment, if it is the same file by its type and its name, or by its size.
//   - Another date of publication and nothing else, as where a year was mended; unless most
//     of the document has other dates, or the date is later than the last visit, when the
//     article was there already: then it is the date of the document.
//   - What counts in a source that is noisy: see noise.go.

// weighChange finds out whether a revised article has changed at all, given how it is
// stored.
func (p *Part) weighChange(m *match, before *feeds.Article) {
	switch places := countedIn(before, &m.article); {
	case m.isReaddressed(before):
		m.text = relocated
	case len(places) == 0 || isNewer(before, &m.article):
		return
	default:
		p.counted = append(p.counted, places)
		if !p.Facts.Noise.covers(places) || p.run.isUrgent(m.article.Categories) {
			return
		}
		m.text = reread
	}
	m.fate = m.asks()
}

// isNewer reports whether an article declares a later date than before.
func isNewer(before, after *feeds.Article) bool {
	return Millis(after.Published) > Millis(before.Published) || after.Updated.After(before.Updated) || after.Corrected.After(before.Corrected)
}

// isReaddressed reports whether nothing is new but addresses.
func (m *match) isReaddressed(before *feeds.Article) bool {
	if m.article.Link != before.Link && m.dated() && m.published() != m.known.Published {
		return false // a GUID that may be the one of each week's notice
	}
	a := m.article
	a.Link = before.Link
	if slices.EqualFunc(before.Enclosures, a.Enclosures, isSameFile) {
		a.Enclosures = before.Enclosures
	}
	return contentHash(&a) == m.known.Hash
}

// isSameFile reports whether two attachments are one file, be it at two addresses.
func isSameFile(a, b feeds.Enclosure) bool {
	if a.Type != b.Type {
		return false
	}
	return a.URL == b.URL || a.Length > 0 && a.Length == b.Length || fileName(a.URL) != "" && fileName(a.URL) == fileName(b.URL) && a.Length == b.Length
}

// fileName returns the name of the file that an address is of; "" where it has none, as
// where a program sends it.
func fileName(address string) string {
	address, _, _ = strings.Cut(address, "#")
	address, _, _ = strings.Cut(address, "?")
	name := path.Base(address)
	switch path.Ext(name) {
	case "", ".php", ".asp", ".aspx", ".jsp", ".do", ".cgi":
		return ""
	}
	return name
}

// mendDates finds the articles of which nothing is new but the date of publication, unless
// that says nothing.
func (j *judgement) mendDates() {
	if j.run.Extent != Windowed || j.verdict.held || j.verdict.redated != 0 {
		return
	}
	var dated []*match
	for _, m := range j.matches {
		if m.isRedated() {
			dated = append(dated, m)
		}
	}
	if j.batch.mostly(len(dated)) {
		return
	}
	for _, m := range dated {
		if m.mended = j.mayMend(m); m.mended && m.text == asItWas && !m.claims() {
			m.text = reread
			m.fate = m.asks()
		}
	}
}

// isRedated reports whether an article that was read has another date than it is known by.
func (m *match) isRedated() bool {
	return m.known != nil && m.stub == nil && m.fate != duplicate && m.dated() && m.shift() != 0
}

// mayMend reports whether the date of an article may be a better one: it is this source's,
// under the key that it had, and its date is not that of this visit.
func (j *judgement) mayMend(m *match) bool {
	return m.known.Source == j.run.Source.ID && m.found == underItsKey && m.keyed == byKey &&
		!isBetween(j.Facts.Read, m.article.Published, j.run.Now)
}

// isBetween reports whether a time lies between two others.
func isBetween(first, t, last time.Time) bool { return t.After(first) && !t.After(last) }
