package ledger

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// Quarantine: a source that suddenly looks like another one is held. What its run
// would do to known articles waits; new articles go through, since none may be lost.
// The hold ends when
//
//   - the source is again as it was: nothing of what was held is done;
//   - the next two runs would do the same to the same articles: it is no accident;
//   - a person releases it, or six hours have passed.
//
// While a run is held its validators are not kept, so that the document is read
// again; otherwise a source that did not change since would never be released. Of a
// listing or a sitemap only the withdrawals wait: a page that has changed is not read
// again, so that what it brought has to be stored.
const (
	quarantineTime = 6 * time.Hour
	// agreement is how many runs after the first have to agree.
	agreement = 2
	// quarantineLeast is the least number of articles that say something.
	quarantineLeast = 5
	// dateShift is the least shift that is held.
	dateShift = time.Hour
)

// judgement is what a run as a whole is judged by.
type judgement struct {
	*matcher
	batch   Batch
	matches []*match
}

// anomaly is why a run is held.
type anomaly struct{ kind, reason string }

// suspect returns how the source suddenly differs from what is known of it.
func (j *judgement) suspect() []anomaly {
	switch {
	case j.run.Source.Volatile:
		return nil
	case j.run.Extent == Windowed:
		return j.anomalies()
	case j.run.Listing != nil:
		return j.shrinkage()
	}
	return nil
}

// judge decides what the run may do to known articles, given how it differs from what is
// known and its holds so far, by kind.
func (j *judgement) judge(found []anomaly, before map[string]Hold) {
	v := j.verdict
	v.rewritten = j.rewritten()
	v.byLink = j.Facts.LinkKeys || v.links
	if len(found) == 0 && j.Facts.Holds == 0 {
		return
	}
	if j.showsAll() {
		j.settle(found, before)
	} else {
		v.held = slices.ContainsFunc(slices.Collect(maps.Values(before)), j.stays)
	}
	for _, m := range j.matches {
		j.submit(m)
	}
}

// showsAll reports whether the run says how the source is now.
func (j *judgement) showsAll() bool {
	return j.run.Extent == Windowed || j.run.Listing != nil || j.run.Source.Volatile
}

// stays reports whether a hold goes on while nothing shows how the source is.
func (j *judgement) stays(h Hold) bool {
	return h.Released.IsZero() && (j.run.Extent == Crawled || j.run.Now.Sub(h.Since) < quarantineTime)
}

// settle finds out which holds begin, go on and end.
func (j *judgement) settle(found []anomaly, before map[string]Hold) {
	v := j.verdict
	digest := j.doings()
	over := maps.Clone(before)
	for _, a := range found {
		h, exists := before[a.kind]
		delete(over, a.kind)
		h = j.meet(h, exists, a.kind, digest)
		if !j.isOver(h) {
			h.Reason = fmt.Sprintf("%s; what this would do to known articles waits until two more runs agree, six hours have passed, or: kairan sources release %s", a.reason, h.Source)
			h.Articles = j.examples()
			v.held = true
			v.Put = append(v.Put, h)
			continue
		}
		if exists {
			v.Drop = append(v.Drop, a.kind)
		}
		if a.kind == HoldDates {
			v.redated, _ = j.dateShift()
		}
	}
	v.Drop = append(v.Drop, slices.Collect(maps.Keys(over))...) // the source is again as it was
	slices.Sort(v.Drop)
	if v.held {
		v.byLink = j.Facts.LinkKeys // what is held does not teach
	}
}

// meet returns a hold after a run that would do what the digest is of.
func (j *judgement) meet(h Hold, exists bool, kind, digest string) Hold {
	switch {
	case !exists:
		return Hold{Source: j.run.Source.ID, Kind: kind, Since: j.run.Now, Digest: digest}
	case h.Digest == digest:
		h.Agreed++
	default:
		h.Digest, h.Agreed = digest, 0
	}
	return h
}

// isOver reports whether what is held is done now.
func (j *judgement) isOver(h Hold) bool {
	return j.run.Release || !h.Released.IsZero() || h.Agreed >= agreement || j.run.Now.Sub(h.Since) >= quarantineTime
}

// examples returns some of the articles that a hold is about.
func (j *judgement) examples() (articles []string) {
	if l := j.run.Listing; l != nil {
		articles = slices.Clone(l.LeftOut[:min(mostExamples, len(l.LeftOut))])
	}
	for _, m := range j.matches {
		if m.known != nil && m.fate >= refiled && len(articles) < mostExamples {
			articles = append(articles, m.known.Title)
		}
	}
	return articles
}

// mostExamples is how many articles a hold names.
const mostExamples = 20

// anomalies returns how a document suddenly differs from what is known of its source.
func (j *judgement) anomalies() (found []anomaly) {
	items := j.run.items()
	if before := j.Facts.Items; before >= quarantineLeast && 2*items < before {
		found = append(found, anomaly{HoldItems, fmt.Sprintf("it had %d items and has %d", before, items)})
	}
	known, others := 0, 0
	languages := map[string]int{}
	for _, m := range j.matches {
		if !m.isListedAgain() {
			continue
		}
		known++
		if m.found == renamed {
			others++
		}
		if m.changesLanguage() {
			languages[m.known.Language+" → "+m.article.Language]++
		}
	}
	if known < quarantineLeast {
		return found
	}
	if !j.Facts.LinkKeys && 3*others > 2*known {
		found = append(found, anomaly{HoldGUIDs, fmt.Sprintf("%d of %d known articles have other GUIDs", others, known)})
	}
	if j.run.Source.Language == "" { // else a person said so
		for change, n := range languages {
			if 2*n > known {
				found = append(found, anomaly{HoldLanguage, fmt.Sprintf("the language of %d of %d known articles changes (%s)", n, known, change)})
			}
		}
	}
	if shift, n := j.dateShift(); shift != 0 {
		found = append(found, anomaly{HoldDates, fmt.Sprintf("the dates of %d of %d known articles are shifted by %s", n, known, shift)})
	}
	return found
}

// isListedAgain reports whether the document lists a known article.
func (m *match) isListedAgain() bool { return m.known != nil && m.fate != duplicate && !m.behind }

// shrinkage returns how a listing suddenly differs from what is known of it. What it has
// lost at its end asks for nothing.
func (j *judgement) shrinkage() []anomaly {
	items, left := j.run.Listing.Items, len(j.run.Listing.LeftOut)
	if before := j.Facts.Items; before >= quarantineLeast && 2*items < before && left > 0 {
		return []anomaly{{HoldItems, fmt.Sprintf("it had %d items and has %d, and %d are missing between others", before, items, left)}}
	}
	return nil
}

// dateShift returns by how many hours most dates were shifted, and how many; 0 if
// they were not. Where all of these were one it is the date of the document, or a day
// that is read otherwise than before.
func (j *judgement) dateShift() (shift time.Duration, n int) {
	shifts := map[time.Duration][]int64{} // the dates before
	all := 0
	for _, m := range j.matches { // the known articles that this source gives a date
		if m.known != nil && m.fate != duplicate && m.known.Source == j.run.Source.ID && m.dated() && m.text != reread {
			shifts[m.shift()] = append(shifts[m.shift()], m.known.Published)
			all++
		}
	}
	if all < quarantineLeast {
		return 0, 0
	}
	for d, dates := range shifts {
		n := len(dates)
		slices.Sort(dates)
		if d.Abs() >= dateShift && 2*n > all && len(slices.Compact(dates)) > 1 {
			return d, n
		}
	}
	return 0, 0
}

// doings is a digest of what a run would do to known articles.
func (j *judgement) doings() string {
	if l := j.run.Listing; l != nil { // new pages come when they will
		return short([]byte(strings.Join(slices.Sorted(slices.Values(l.LeftOut)), "\n")))
	}
	var lines []string
	for _, m := range j.matches {
		if m.known == nil || m.fate < refiled {
			continue
		}
		does := 2 // as these were numbered when the first digests were stored
		if m.fate == changed {
			does = 3
		}
		lines = append(lines, fmt.Sprintf("%d %d %s %s %s", m.known.ID, does, m.hash, m.article.Language, m.categories))
	}
	slices.SortFunc(lines, cmp.Compare)
	return short([]byte(strings.Join(lines, "\n")))
}

// rewritten reports whether most of what is known changed in one run.
func (j *judgement) rewritten() bool {
	known, texts := 0, 0
	for _, m := range j.matches {
		if m.known != nil && m.fate != duplicate {
			known++
			if m.text == revised {
				texts++
			}
		}
	}
	return texts >= quarantineLeast && 2*texts > known
}
