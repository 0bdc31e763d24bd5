package jobs

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/ledger"
	"github.com/kairan-news/kairan/internal/normalize"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/source"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/tracing"
)

// visit collects one source, of which this is known, and stores what came of it, with the
// run; a run that found nothing new its slice holds. It tells whether the host asked for
// less, and returns an error only where the store fails or the context ends.
func (e *Engine) visit(ctx context.Context, s *slice, v target, known store.SourceState) (throttled bool, err error) {
	w := &visitor{engine: e, slice: s, plan: s.plan, target: v, began: e.Now(), turn: turn{free: e.turns}}
	defer w.turn.end()
	var span tracing.Span
	ctx, span = e.Tracer.Begin(ctx, "visit", slog.String("source", v.source.ID), slog.String("publisher", v.source.Publisher))
	w.name = span.Name()
	defer func() { w.endSpan(span, err) }()
	w.recall(known)
	for _, step := range []func(context.Context) error{w.collect, w.reachBack, w.complete, w.probe, w.report, w.store} {
		if err := step(ctx); err != nil {
			if ctx.Err() != nil {
				return false, ctx.Err() // handed back: the visit was ended, the source is not to blame
			}
			return false, fmt.Errorf("collect %s: %w", v.source.ID, err)
		}
	}
	return w.throttled(), nil
}

// visitor is one visit to a source. Each of its steps builds on those before it.
type visitor struct {
	engine *Engine
	slice  *slice
	plan   *Plan
	target target
	began  time.Time
	turn   turn

	name  string            // in logs and traces
	state store.SourceState // what was known before, and from report on what is known now
	extra extra

	seen, seenBefore seen

	reading  string         // tells ways of reading a document apart
	document *ledger.Memory // what is remembered of the last one; nil until it is asked for

	result  source.Result
	leftOut []ledger.Entry  // the articles whose entries were not read
	pages   *source.Pages   // what is kept of the pages behind a feed's entries; nil until it was read
	older   []feeds.Article // what the feed had before, where it had to be fetched
	err     error           // why the source could not be collected
	failure *fetch.Error    // the same, where it is of the network or the server
	ours    bool            // it is our own network's
	gone    []string        // articles whose pages answered that they are gone

	run store.Run
}

// endSpan says what came of the visit, and ends its span.
func (w *visitor) endSpan(span tracing.Span, err error) {
	r := w.run
	span.Set(slog.String("outcome", r.Outcome), slog.Int64("first_seq", r.FirstSeq), slog.Int64("last_seq", r.LastSeq),
		slog.Int("new", r.New), slog.Int("changed", r.Changed), slog.Int("withdrawn", r.Withdrawn))
	span.End(cmp.Or(err, w.err))
}

// throttled reports whether the host asked for less.
func (w *visitor) throttled() bool { return w.failure != nil && w.failure.Throttled() }

// recall takes in what is remembered of the source.
func (w *visitor) recall(state store.SourceState) {
	id, address := w.target.source.ID, Address(*w.target.source)
	if state.Address != address {
		state = store.SourceState{NextDue: state.NextDue, Missing: state.Missing} // learned of another address
	}
	state.ID, state.Address = id, address
	w.state, w.extra, w.seenBefore = state, readExtra(state.Extra), readSeen(state.Seen)
	if by := wayOfReading(w.plan, w.target); by != w.extra.Reading {
		w.extra.Reading = by // what did not change is read all the same
		w.state.ETag, w.state.LastModified, w.state.Digest = "", "", ""
	}
}

// collect asks the source.
func (w *visitor) collect(ctx context.Context) (err error) {
	fetching, span := w.engine.Tracer.Start(ctx, "fetch")
	var unasked error // why the store could not be asked, for which no source is to blame
	w.result, w.err = w.plan.Collector.Collect(fetching, source.Input{
		Source: *w.target.source, Publisher: *w.target.publisher, Now: w.began, State: sourceState(w.state, w.extra), Gap: w.gap(&unasked),
		KeepFile: func(ctx context.Context, digest string, data []byte) error {
			unasked = w.engine.Store.KeepFile(ctx, digest, w.began, data)
			return unasked
		},
		KeepsFile: func(ctx context.Context, digest string) (kept bool, err error) {
			kept, unasked = w.engine.Store.KeepsFile(ctx, digest, w.began)
			return kept, unasked
		},
	})
	span.End(cmp.Or(unasked, w.err))
	if err := cmp.Or(ctx.Err(), unasked); err != nil {
		return err
	}
	if w.result.Fetched != nil {
		if err := w.read(ctx); err != nil {
			return err
		}
	}
	errors.As(w.err, &w.failure)
	w.ours, err = w.engine.see(ctx, w.target, w.failure, w.began)
	return err
}

// read reads what was fetched, but for the entries that are stored just as they stand
// there.
func (w *visitor) read(ctx context.Context) (err error) {
	if err := w.turn.begin(ctx); err != nil {
		return err
	}
	w.reading = wayOfFiling(w.plan, w.target)
	if w.err == nil && !w.state.LastSuccess.IsZero() { // else nothing was ever stored of it
		if w.document, err = w.engine.Store.Memory(ctx, w.target.source.ID, w.reading); err != nil {
			return err
		}
	}
	if err := w.recallPages(ctx); err != nil {
		return err
	}
	_, span := w.engine.Tracer.Start(ctx, "parse")
	w.err = w.parse()
	span.End(w.err)
	return ctx.Err()
}

// parse reads what was fetched, but for the entries that the document's memory has.
func (w *visitor) parse() (err error) {
	w.result, err = w.result.Read(w.document.Digests())
	w.leftOut = w.document.Entries(w.result.Digests)
	return err
}

// probe asks for articles that the source has left out.
func (w *visitor) probe(ctx context.Context) (err error) {
	if w.err != nil || w.result.Lost > 0 || w.state.Missing == 0 || w.target.source.Kind == feeds.KindFolder {
		return nil // what could not be read may be what is missing
	}
	w.turn.end() // pages may take their time
	w.gone, err = w.engine.probe(ctx, w.plan, w.target, w.result, w.leftOut)
	return err
}

// report says what came of the visit, and when the source is due again.
func (w *visitor) report(ctx context.Context) error {
	res := w.result
	w.run = store.Run{
		Source: w.target.source.ID, Visit: w.name, Started: w.began, Took: w.engine.Now().Sub(w.began),
		Status: res.Status, Bytes: res.Bytes, Outcome: outcome(res, w.err, w.ours),
	}
	for _, p := range res.Problems {
		w.run.Problems = append(w.run.Problems, p.Code+": "+p.Detail)
	}
	failedBefore := w.state.Failures > 0
	w.state.ETag, w.state.LastModified, w.state.FinalURL, w.state.Digest = res.State.ETag, res.State.LastModified, res.State.FinalURL, res.State.Digest
	if w.run.Outcome == store.RunPartial {
		// What came may differ from the last whole document, were it that again.
		w.state.ETag, w.state.LastModified, w.state.Digest = "", "", ""
	}
	w.state.LastRun, w.state.Outcome = w.began, w.run.Outcome
	switch {
	case w.err == nil:
		// Of a document that can be read in part, the rest is not read any better for its
		// being visited less often, while what is new in it would come late.
		w.state.Failures, w.state.LastSuccess = 0, w.began
		w.extra.Gone = time.Time{}
		w.run.Error = res.Shortfall()
	case w.run.Outcome == store.RunSkipped:
		w.run.Error = "our own network is down, and no source is blamed: " + w.err.Error()
	default:
		w.run.Error = w.err.Error()
		if !failedBefore {
			w.extra.Gone = time.Time{} // a person resumed it
		}
		if w.failure != nil && w.failure.Gone() && res.Again == 0 && w.extra.Gone.IsZero() {
			w.extra.Gone = w.began
		}
		w.state.Failures++
	}
	w.extra.Schedule, w.extra.Kind, w.extra.NotBefore = w.target.source.Schedule, res.State.Memory, time.Time{}
	if res.NotBefore.After(w.began) {
		w.extra.NotBefore = res.NotBefore
	}
	w.see()
	w.state.NextDue = w.engine.nextVisit(w.target, res, w.state, w.extra, w.began)
	if w.throttled() && w.target.source.RetryAfterHost {
		if err := w.slice.record(ctx); err != nil {
			return err
		}
		return w.engine.delayHost(ctx, w.plan, w.target, w.failure, w.began)
	}
	return nil
}

// store stores the run, with the articles if there are any.
func (w *visitor) store(ctx context.Context) error {
	err := w.storeResult(ctx)
	if !errors.Is(err, ledger.ErrOverlap) {
		return err
	}
	// An article has a key of one that was not read: only all of the document tells.
	w.document.Forget()
	if err = w.parse(); err != nil {
		return err
	}
	if err := w.complete(ctx); err != nil {
		return err
	}
	if err := w.report(ctx); err != nil {
		return err
	}
	return w.storeResult(ctx)
}

func (w *visitor) storeResult(ctx context.Context) error {
	if w.broughtNothing() {
		w.extra.keep(&w.state)
		w.state.Seen = w.seen.packed()
		if w.run.Outcome == store.RunUnchanged {
			return w.slice.hold(ctx, w.run, w.state)
		}
		if err := w.engine.Store.RecordRun(ctx, w.run, w.state); err != nil {
			return err
		}
	} else if err := w.storeArticles(ctx); err != nil {
		return err
	}
	w.engine.visited(w.run)
	return nil
}

// failed reports whether the source could not be asked, or not be read at all.
func (w *visitor) failed() bool {
	return w.run.Outcome == store.RunFailed || w.run.Outcome == store.RunSkipped
}

// broughtNothing reports whether there is nothing to be stored but the run.
func (w *visitor) broughtNothing() bool {
	nothing := w.result.Unchanged && len(w.gone) == 0 || w.failed()
	return nothing && w.result.Listed == nil && len(w.result.Gone) == 0
}

// storeArticles stores the run with what it brought.
func (w *visitor) storeArticles(ctx context.Context) (err error) {
	ctx, span := w.engine.Tracer.Start(ctx, "store")
	defer func() { span.End(err) }()
	src := w.target.source
	articles, behind, excluded := w.choose()
	var terms []feeds.Term
	for _, e := range w.leftOut {
		terms = append(terms, e.Terms...)
	}
	for _, term := range w.plan.Mapper.Unmapped(terms, *src) {
		articles.Unmapped[term]++
	}
	unmapped := mostFrequent(articles.Unmapped)
	if !w.result.Unchanged && !w.failed() {
		w.extra.Unmapped = unmapped
	}
	for _, u := range unmapped {
		w.run.Problems = append(w.run.Problems, fmt.Sprintf("unmapped-term: %q, %d×", u.Term, u.Count))
	}
	if articles.Undetermined > 0 {
		w.run.Problems = append(w.run.Problems, fmt.Sprintf("language-unknown: of %d articles nothing tells the language: readers are not told it, and only locales that accept any have them; set \"language\" for the source, or name a file notice.en.txt", articles.Undetermined))
	}
	w.tellDropped(articles.Articles)
	if err := w.seeLanguages(ctx, articles.Articles); err != nil {
		return err
	}
	w.extra.keep(&w.state)
	w.state.Seen = w.seen.packed()
	pages, err := w.keptPages()
	if err != nil {
		return err
	}
	out, err := w.engine.Store.Collect(ctx, store.Collected{
		Run: w.run, State: w.state, SeenPassed: w.seen.passed(w.began), Pages: pages, Touched: w.plan.Site.Touched, Urgent: w.plan.urgent,
		Brought: ledger.Brought{
			Source:   ledger.Source{Language: src.Language, Volatile: src.Volatile, ChangesCorrect: src.ChangesCorrect},
			Articles: articles.Articles, Behind: behind, Extent: w.extent(), Listing: listing(w.result.Listed, src.Kind),
			Excluded: excluded, Unread: w.result.Unread, Gone: ledger.Gone{IDs: w.gone, Links: w.result.Gone, Declared: w.declared()},
			Document: ledger.Document{
				Digests: w.result.Digests, Memory: w.document, Reading: w.reading,
			},
			Grammar: parse.Grammar, Now: w.engine.Now(),
		},
	})
	w.run = out.Run
	return err
}

// choose normalizes what came, leaves out what the configuration excludes, and changes the
// titles as it says. What is left out is told from the rest by its normalized form, and
// does not count in what is said of the terms and languages of the source. The last of what
// is chosen, so many as are behind, left the document before the visit.
func (w *visitor) choose() (chosen normalize.Result, behind int, excluded []feeds.Article) {
	choice, c := w.target.choice, w.context()
	chosen = normalize.Articles(w.result.Articles, c)
	if excluded = w.exclude(choice, chosen.Articles); len(excluded) > 0 {
		chosen = normalize.Articles(w.result.Articles, c)
	}
	if len(excluded) > 0 && len(chosen.Articles)+len(w.leftOut) == 0 {
		w.run.Problems = append(w.run.Problems, fmt.Sprintf("all-excluded: \"only\" and \"except\" leave none of its %d entries", len(excluded)))
	}
	for _, a := range normalize.Articles(w.older, c).Articles {
		if choice.Takes(&a) {
			chosen.Articles = append(chosen.Articles, a)
			behind++
		}
	}
	for i := range chosen.Articles {
		a := &chosen.Articles[i]
		a.Title = choice.Title(a.Title)
	}
	return chosen, behind, excluded
}

// context is what normalizing has to know of the source.
func (w *visitor) context() normalize.Context {
	return normalize.Context{
		Source: *w.target.source, Publisher: *w.target.publisher, Format: w.result.Format, Mapper: w.plan.Mapper, Edition: w.plan.editions[w.target.source.ID],
	}
}

// exclude takes out of the result what the choice leaves out, given all of it as it is
// normalized, and returns that.
func (w *visitor) exclude(choice normalize.Choice, normalized []feeds.Article) (excluded []feeds.Article) {
	if !choice.Filters() {
		return nil
	}
	res := &w.result
	var taken []feeds.Article
	known := max(0, len(res.Digests)-len(res.Articles)) // entries that were not read have their digests first
	digests := slices.Clone(res.Digests[:known])
	for i := range normalized {
		if !choice.Takes(&normalized[i]) {
			excluded = append(excluded, normalized[i])
			continue
		}
		taken = append(taken, res.Articles[i])
		if res.Digests != nil {
			digests = append(digests, res.Digests[known+i])
		}
	}
	if len(excluded) > 0 {
		res.Articles, res.Digests = taken, digests
	}
	return excluded
}

// extent is what the articles that came are of all that the source has.
func (w *visitor) extent() ledger.Extent {
	kind, res := w.target.source.Kind, w.result
	switch {
	case kind == feeds.KindPage || kind == feeds.KindSitemap:
		return ledger.Crawled
	case res.Complete:
		return ledger.Whole
	case kind == feeds.KindFeed && (w.err != nil || !isToItsEnd(res)):
		return ledger.CutOff
	case kind == feeds.KindFeed && res.Lost == 0 && !res.Unchanged:
		return ledger.Windowed
	}
	return ledger.Some
}

// declared is what the document declares to be withdrawn. One that is not whole may list
// it too, where it can't be seen.
func (w *visitor) declared() (all []ledger.Declaration) {
	if w.extent() == ledger.CutOff {
		return nil
	}
	for _, d := range w.result.Deleted {
		all = append(all, ledger.Declaration{ID: d.ID, When: d.When})
	}
	return all
}

// listing returns what a source lists in the words of the ledger.
func listing(l *source.Listed, kind feeds.SourceKind) *ledger.Listing {
	if l == nil {
		return nil
	}
	return &ledger.Listing{Items: l.Items, Newest: kind == feeds.KindPage, Meets: l.Meets, Links: l.Links, LeftOut: l.LeftOut}
}

// isToItsEnd reports whether a document was read to its end.
func isToItsEnd(res source.Result) bool {
	return !slices.ContainsFunc(res.Problems, func(p parse.Problem) bool { return p.Code == "truncated" })
}

// outcome says what came of a visit.
func outcome(res source.Result, err error, ours bool) string {
	switch {
	case err != nil && len(res.Articles) > 0, err == nil && res.Lost > 0:
		return store.RunPartial
	case err != nil && ours:
		return store.RunSkipped
	case err != nil:
		return store.RunFailed
	case res.Unchanged:
		return store.RunUnchanged
	default:
		return store.RunOK
	}
}

// turn is a visitor's turn to parse and to store what it fetched. Many hosts are
// asked at a time, since that is waiting; but a document that is being read takes
// many times its size, and more of them than the processors have work for would only
// wait for each other.
type turn struct {
	free chan struct{} // has room for each turn that may be had at once
	has  bool
}

// begin waits for the turn, unless it has begun.
func (t *turn) begin(ctx context.Context) error {
	if t.has {
		return nil
	}
	select {
	case t.free <- struct{}{}:
		t.has = true
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// end gives the turn to another.
func (t *turn) end() {
	if t.has {
		t.has = false
		<-t.free
	}
}
