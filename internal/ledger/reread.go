package ledger

import (
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// What is read better is no news. A new release may find the text of a page where the one
// before found its footer, or a date that it could not read: the source says what it said,
// and no reader has use for the notice as new, corrected or updated.
//
// So each article is stored with the number of the grammar by which it was read, and one
// that is met again by a higher one takes its newest revision's place silently: there is no
// record, and its date of change stays. Only what the source itself says it has changed
// since ([feeds.Article.Updated], [feeds.Article.Corrected]) is a revision as always. What
// a source changes between the last reading by the old grammar and the first by the new
// one, without saying so, can't be told from what is read better, and goes the same way.
//
// So it is with a text that is read elsewhere than before ([feeds.TextElsewhere]): in the
// page behind an entry that was a summary, or in the entry again. Its title is its source's
// all the time: where that is another, the article has changed. One whose text is still to
// come ([feeds.TextAwaited]) stays as it is.

// MetAnew are the articles whose newest revisions are to be asked for: those that are met by
// a higher grammar than the one by which they were read, and those that seem to have changed
// or moved.
func (p *Part) MetAnew() (ids []int64) {
	for _, m := range p.matches {
		if m.text != asItWas && m.fate != held {
			ids = append(ids, m.known.ID)
		}
	}
	return ids
}

// Compare finds out which of these articles are read otherwise than they are stored, by
// their ids, and which have changed at their source.
func (p *Part) Compare(stored map[string]feeds.StoredArticle) {
	for _, m := range p.matches {
		if m.known == nil || m.fate == held {
			continue
		}
		before, ok := stored[m.known.UID]
		if ok {
			m.before = &before
		}
		if ok && m.isRevised() {
			p.weighChange(m, &before.Article)
			continue
		}
		if m.text != reread {
			continue
		}
		after := m.datedRevision()
		switch {
		case !ok || m.hash != m.known.Hash && (p.saysItChanged(&before.Article, after) || p.isRetitled(m, &before.Article)):
			m.text = revised
		case isReadAlike(&before.Article, after):
			m.text = readAlike
		}
		if m.fate = m.asks(); m.fate <= noted {
			p.own.Unchanged++
		}
	}
}

// isRevised reports whether a live article seems to have changed.
func (m *match) isRevised() bool { return m.text == revised && !m.returns }

// isRetitled reports whether an article whose text alone may be read elsewhere than before
// has another title.
func (p *Part) isRetitled(m *match, before *feeds.Article) bool {
	return m.article.TextFrom == feeds.TextElsewhere && m.known.Grammar >= p.run.Grammar && !sameText((*visible).text, before.Title, m.article.Title)
}

// saysItChanged reports whether an article declares a change since its source was read
// last. A day is left for dates without a time, and for zones.
func (p *Part) saysItChanged(before, after *feeds.Article) bool {
	since := p.Facts.Read.Add(-24 * time.Hour)
	return after.Updated.After(before.Updated) && after.Updated.After(since) || after.Corrected.After(before.Corrected) && after.Corrected.After(since)
}

// isReadAlike reports whether two readings of an article are the same to whoever reads it.
func isReadAlike(a, b *feeds.Article) bool {
	return a.Title == b.Title && a.Summary == b.Summary && a.Content == b.Content && a.Link == b.Link && a.Rights == b.Rights &&
		isDatedAlike(a, b) && a.Feed == b.Feed && a.Point == b.Point && a.External == b.External &&
		slices.Equal(a.Authors, b.Authors) && slices.Equal(a.Images, b.Images) && slices.Equal(a.Enclosures, b.Enclosures) && isSameEpisode(a.Episode, b.Episode) &&
		slices.Equal(a.Alternates, b.Alternates) && slices.EqualFunc(a.Related, b.Related, isSameRelated)
}

func isDatedAlike(a, b *feeds.Article) bool {
	return isSameTime(a.Published, b.Published) && a.PublishedFrom == b.PublishedFrom && a.PublishedDay == b.PublishedDay && isSameTime(a.Updated, b.Updated)
}

func isSameEpisode(a, b feeds.Episode) bool {
	return a.Season == b.Season && a.Number == b.Number && a.Type == b.Type && a.Explicit == b.Explicit && slices.Equal(a.Transcripts, b.Transcripts)
}

func isSameRelated(a, b feeds.Related) bool {
	return a.Title == b.Title && a.Link == b.Link && isSameTime(a.Date, b.Date)
}

// isSameTime compares times as they are stored.
func isSameTime(a, b time.Time) bool { return Millis(a) == Millis(b) }
