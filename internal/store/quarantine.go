package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
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

// anomaly is why a run is held.
type anomaly struct{ kind, reason string }

// verdict is what was found out about a run as a whole, before its transactions.
type verdict struct {
	// held says that known articles stay as they are; of a source that is crawled, that
	// none is withdrawn.
	held bool
	// links and hosts say that most articles came under other GUIDs, or at another
	// host: then the link, or its path, is enough to know an article.
	links, hosts bool
	// byLink is whether links are the source's keys from now on.
	byLink bool
	// redated is by how much known dates are to be shifted; 0 for not at all.
	redated time.Duration
	// rewritten says that most known articles have other texts.
	rewritten bool
	// put and drop are the holds to store and the kinds of those that are over.
	put  []Hold
	drop []string
}

// judge decides what the run may do to known articles.
func (w *work) judge(ctx context.Context, batch []*incoming) error {
	var found []anomaly
	switch {
	case w.c.Volatile:
	case w.c.Window:
		found = w.anomalies(batch)
	case w.c.Listing != nil:
		found = w.shrinkage()
	}
	v := &w.verdict
	v.rewritten = w.rewritten(batch)
	v.byLink = w.facts.linkKeys || v.links
	if len(found) == 0 && w.facts.holds == 0 {
		return nil
	}
	before, err := w.holds(ctx)
	if err != nil {
		return err
	}
	if !w.c.Window && w.c.Listing == nil && !w.c.Volatile { // which says nothing of how the source is now
		for _, h := range before {
			v.held = v.held || h.Released.IsZero() && (w.c.Crawled || w.c.Now.Sub(h.Since) < quarantineTime)
		}
		for _, in := range batch {
			w.submit(in)
		}
		return nil
	}
	digest := w.doings(batch)
	for _, a := range found {
		h, exists := before[a.kind]
		delete(before, a.kind)
		if !exists {
			h = Hold{Source: w.c.Run.Source, Kind: a.kind, Since: w.c.Now, digest: digest}
		} else if h.digest == digest {
			h.agreed++
		} else {
			h.digest, h.agreed = digest, 0
		}
		if w.c.Release || !h.Released.IsZero() || h.agreed >= agreement || w.c.Now.Sub(h.Since) >= quarantineTime {
			if exists {
				v.drop = append(v.drop, a.kind)
			}
			if a.kind == HoldDates {
				v.redated, _ = w.dateShift(batch)
			}
			continue
		}
		h.Reason = fmt.Sprintf("%s; what this would do to known articles waits until two more runs agree, six hours have passed, or: kairan sources release %s", a.reason, h.Source)
		h.Articles = nil
		if w.c.Listing != nil {
			h.Articles = w.c.Listing.LeftOut[:min(20, len(w.c.Listing.LeftOut))]
		}
		for _, in := range batch {
			if in.known != nil && in.action() >= refile && len(h.Articles) < 20 {
				h.Articles = append(h.Articles, in.known.title)
			}
		}
		v.held = true
		v.put = append(v.put, h)
	}
	for kind := range before { // the source is again as it was
		v.drop = append(v.drop, kind)
	}
	slices.Sort(v.drop)
	if v.held {
		v.byLink = w.facts.linkKeys // what is held does not teach
	}
	for _, in := range batch {
		w.submit(in)
	}
	return nil
}

// submit applies the verdict to an article.
func (w *work) submit(in *incoming) {
	k := in.known
	in.held = k != nil && w.verdict.held && !w.c.Crawled // whose pages come once
	in.redate = k != nil && !in.duplicate && w.verdict.redated != 0 && k.source == w.c.Run.Source && in.shift() == w.verdict.redated
}

// holds returns the quarantines of the source by kind.
func (w *work) holds(ctx context.Context) (map[string]Hold, error) {
	holds := map[string]Hold{}
	err := w.s.each(ctx, func(rows *sql.Rows) error {
		h, err := scanHold(rows)
		if h.Kind != HoldWithdrawals {
			holds[h.Kind] = h
		}
		return err
	}, `SELECT `+holdColumns+` FROM holds WHERE source = $1`, w.c.Run.Source)
	return holds, err
}

// anomalies returns how the source suddenly differs from what is known of it.
func (w *work) anomalies(batch []*incoming) (found []anomaly) {
	items := len(w.c.Articles) + len(w.c.Known)
	if before := w.facts.items; before >= quarantineLeast && 2*items < before {
		found = append(found, anomaly{HoldItems, fmt.Sprintf("it had %d items and has %d", before, items)})
	}
	known, renamed := len(w.c.Known), 0
	languages := map[string]int{}
	for _, in := range batch {
		if in.known == nil || in.duplicate {
			continue
		}
		known++
		renamed += int(flag(in.renamed))
		if in.speaks {
			languages[in.known.language+" → "+in.article.Language]++
		}
	}
	if known < quarantineLeast {
		return found
	}
	if !w.facts.linkKeys && 3*renamed > 2*known {
		found = append(found, anomaly{HoldGUIDs, fmt.Sprintf("%d of %d known articles have other GUIDs", renamed, known)})
	}
	if w.c.Language == "" { // else a person said so
		for change, n := range languages {
			if 2*n > known {
				found = append(found, anomaly{HoldLanguage, fmt.Sprintf("the language of %d of %d known articles changes (%s)", n, known, change)})
			}
		}
	}
	if shift, n := w.dateShift(batch); shift != 0 {
		found = append(found, anomaly{HoldDates, fmt.Sprintf("the dates of %d of %d known articles are shifted by %s", n, known, shift)})
	}
	return found
}

// shrinkage returns how a listing suddenly differs from what is known of it. What it has
// lost at its end asks for nothing.
func (w *work) shrinkage() []anomaly {
	items, left := w.c.Listing.Items, len(w.c.Listing.LeftOut)
	if before := w.facts.items; before >= quarantineLeast && 2*items < before && left > 0 {
		return []anomaly{{HoldItems, fmt.Sprintf("it had %d items and has %d, and %d are missing between others", before, items, left)}}
	}
	return nil
}

// dated returns the known articles that this source gives a date.
func (w *work) dated(batch []*incoming) (dated []*incoming) {
	for _, in := range batch {
		if in.known != nil && !in.duplicate && in.known.source == w.c.Run.Source && in.article.PublishedFrom != feeds.DateFirstSeen {
			dated = append(dated, in)
		}
	}
	return dated
}

// dateShift returns by how many hours most dates were shifted, and how many; 0 if
// they were not. Where all of these were one it is the date of the document, or a day
// that is read otherwise than before.
func (w *work) dateShift(batch []*incoming) (shift time.Duration, n int) {
	dated := w.dated(batch)
	all := w.listed(dated)
	if all < quarantineLeast {
		return 0, 0
	}
	shifts := map[time.Duration]int{}
	for _, in := range dated {
		shifts[in.shift()]++
	}
	for d, count := range shifts {
		if d.Abs() >= dateShift && 2*count > all {
			dates := map[int64]bool{}
			for _, in := range dated {
				if in.shift() == d {
					dates[in.known.published] = true
				}
			}
			if len(dates) > 1 {
				return d, count
			}
		}
	}
	return 0, 0
}

// shift returns by how much a known article's date is another than before.
func (in *incoming) shift() time.Duration {
	return in.article.Published.Sub(fromMillis(in.known.published))
}

// doings is a digest of what a run would do to known articles.
func (w *work) doings(batch []*incoming) string {
	if w.c.Listing != nil { // new pages come when they will
		return short([]byte(strings.Join(slices.Sorted(slices.Values(w.c.Listing.LeftOut)), "\n")))
	}
	var lines []string
	for _, in := range batch {
		if in.known == nil || in.action() < refile {
			continue
		}
		lines = append(lines, fmt.Sprintf("%d %d %s %s %s", in.known.id, in.action(), in.hash, in.article.Language, in.categories))
	}
	slices.SortFunc(lines, cmp.Compare)
	return short([]byte(strings.Join(lines, "\n")))
}

// settleHolds stores the holds that begin or go on, and removes those that are over.
func (w *work) settleHolds(ctx context.Context) error {
	for _, kind := range w.verdict.drop {
		if err := w.s.dropHold(ctx, w.c.Run.Source, kind); err != nil {
			return err
		}
	}
	for _, h := range w.verdict.put {
		if err := w.s.putHold(ctx, h); err != nil {
			return err
		}
		w.out.Held = &h
	}
	return nil
}
