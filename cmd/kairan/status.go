package main

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/ops"
	"github.com/kairan-news/kairan/internal/probe"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/watch"
	"github.com/kairan-news/kairan/internal/web"
	"github.com/kairan-news/kairan/jobs"
)

// status tells operators how the service is.
type status struct {
	db    *store.DB
	setup func() *setup
	// offline sources are collected as little as disabled ones.
	offline bool
	metrics *jobMetrics
	counted *counted
	// shelf is the public site's; nil where the process serves none.
	shelf *web.Shelf
}

// countedFor is how long a count of all articles is told again: it reads whole tables, and
// is asked for several times a minute.
const countedFor = time.Minute

// counted are the numbers of articles as they were at some time of the last minute.
type counted struct {
	mu   sync.Mutex
	at   time.Time
	live store.Live

	asked    time.Time
	database flow.Database
}

// facts returns how large the database is, as it was at some time of the last minute.
func (c *counted) facts(ctx context.Context, db *store.DB) (flow.Database, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.asked) < countedFor {
		return c.database, nil
	}
	facts, err := db.Facts(ctx)
	if err == nil {
		c.asked, c.database = time.Now(), facts
	}
	return facts, err
}

// count counts all articles, unless that was done just now.
func (s status) count(ctx context.Context) (store.Live, error) {
	c := s.counted
	c.mu.Lock()
	defer c.mu.Unlock()
	if time.Since(c.at) < countedFor {
		return c.live, nil
	}
	live, err := s.db.Live(ctx)
	if err == nil {
		c.at, c.live = time.Now(), live
	}
	return live, err
}

func (s status) Ping(ctx context.Context) error { return s.db.Ping(ctx) }

// Writable looks whether the database can be written again, where it could not: a process
// that never writes would not find out.
func (s status) Writable(ctx context.Context) error {
	if s.db.Writable() == nil {
		return nil
	}
	return s.db.TryWriting(ctx)
}

func (s status) Sources(ctx context.Context) ([]ops.SourceStatus, error) {
	setup := s.setup()
	states, err := s.db.SourceStates(ctx)
	if err != nil {
		return nil, err
	}
	last, err := s.db.LastRuns(ctx)
	if err != nil {
		return nil, err
	}
	holds, err := s.db.Holds(ctx)
	if err != nil {
		return nil, err
	}
	live, err := s.count(ctx)
	if err != nil {
		return nil, err
	}
	known, err := s.learned(ctx)
	if err != nil {
		return nil, err
	}
	held, waiting := map[string]string{}, map[string][]ops.Hold{}
	for _, h := range holds {
		if !h.Released.IsZero() {
			continue
		}
		waiting[h.Source] = append(waiting[h.Source], ops.Hold{Reason: h.Reason, Since: h.Since, Articles: h.Articles})
		if held[h.Source] != "" {
			held[h.Source] += ". Also "
		}
		held[h.Source] += h.Reason
	}
	words := setup.bundle.Localizer("en")
	all := make([]ops.SourceStatus, 0, len(setup.config.Sources))
	for _, source := range setup.config.Sources {
		state := states[source.ID]
		learned := jobs.Learn(state)
		publisher, _ := setup.config.Site.Publisher(source.Publisher)
		name := publisher.Names["en"]
		if name == "" && publisher.NameID != "" {
			name = words.Text(publisher.NameID, nil)
		}
		st := ops.SourceStatus{
			Source:    source,
			Publisher: name,
			Zone:      setup.config.Site.Zone(source.Publisher),
			Host:      hostShown(source),
			State:     sourceCondition(source, state, learned, held[source.ID], s.offline),
			Holds:     waiting[source.ID],
			New:       state.LastNew,
			Rhythm:    known.rhythms[source.ID],
			Failures:  state.Failures,
			Held:      held[source.ID],
			Succeeded: state.LastSuccess,
			Due:       state.NextDue,
			Articles:  live.Sources[source.ID],
			Gone:      learned.Gone,
			NotBefore: learned.NotBefore,
			Moved:     fetch.Redact(learned.Moved),
		}
		if pause, ok := known.pauses[source.ID]; ok {
			st.Paused = &pause
			if st.State != ops.SourceDisabled {
				st.State = ops.SourcePaused
			}
		}
		for _, u := range learned.Unmapped {
			st.Unmapped = append(st.Unmapped, ops.UnmappedTerm(u))
		}
		if run, ok := last[source.ID]; ok {
			shown := shownRun(run)
			st.Last = &shown
		}
		all = append(all, st)
	}
	return all, nil
}

// learned is what is known of all sources beside their states.
type learned struct {
	pauses  map[string]flow.Pause
	rhythms map[string]flow.Rhythm
}

func (s status) learned(ctx context.Context) (l learned, err error) {
	if l.pauses, err = s.db.Pauses(ctx, time.Now()); err != nil {
		return l, err
	}
	l.rhythms, err = s.db.Rhythms(ctx)
	return l, err
}

// hostShown is whom a source is asked of; "" for a folder.
func hostShown(s feeds.Source) string {
	if s.Kind == feeds.KindFolder {
		return ""
	}
	return jobs.Host(s)
}

func sourceCondition(source feeds.Source, state store.SourceState, learned jobs.Learned, held string, offline bool) ops.SourceState {
	switch {
	case source.Disabled, offline && source.Kind != feeds.KindFolder:
		return ops.SourceDisabled
	case held != "":
		return ops.SourceHeld
	case !learned.Gone.IsZero():
		return ops.SourceGone
	case fetch.Degraded(state.Failures):
		return ops.SourceDegraded
	case state.Failures > 0:
		return ops.SourceFailing
	case state.Outcome == store.RunPartial:
		return ops.SourcePartial
	case state.LastSuccess.IsZero():
		return ops.SourceNew
	default:
		return ops.SourceOK
	}
}

func (s status) Runs(ctx context.Context, source string, limit int) ([]ops.Run, error) {
	stored, err := s.db.Runs(ctx, source, limit)
	if err != nil {
		return nil, err
	}
	runs := make([]ops.Run, len(stored))
	for i, run := range stored {
		runs[i] = shownRun(run)
	}
	return runs, nil
}

// shownRun leaves out of the error which source it is of, since that stands beside it.
func shownRun(r store.Run) ops.Run {
	r.Error = strings.Replace(r.Error, "collect "+r.Source+": ", "", 1)
	return ops.Run{
		ID: r.ID, Source: r.Source, Started: r.Started, Took: r.Took, Outcome: r.Outcome, Status: r.Status, Bytes: r.Bytes,
		New: r.New, Changed: r.Changed, Error: r.Error, Problems: r.Problems,
	}
}

func (s status) Figures(ctx context.Context) (ops.Figures, error) {
	live, err := s.count(ctx)
	if err != nil {
		return ops.Figures{}, err
	}
	records, err := s.db.LastSeq(ctx)
	if err != nil {
		return ops.Figures{}, err
	}
	marks, err := s.db.Marked(ctx)
	if err != nil {
		return ops.Figures{}, err
	}
	down, err := jobs.NetworkDown(ctx, s.db, time.Now())
	if err != nil {
		return ops.Figures{}, err
	}
	f := ops.Figures{
		LogSeq:      records,
		Articles:    live.Languages,
		Marks:       len(marks),
		NetworkDown: !down.IsZero(),
		Rejections:  s.metrics.rejections.Load(),
	}
	for _, m := range marks {
		if f.Waiting.IsZero() || m.FirstChanged.Before(f.Waiting) {
			f.Waiting = m.FirstChanged
		}
	}
	err = s.watchedFigures(ctx, &f)
	return f, err
}

// watchedFigures adds what the watch looks at, too.
func (s status) watchedFigures(ctx context.Context, f *ops.Figures) (err error) {
	_, until, err := s.db.Holder(ctx, watch.TermName)
	if err != nil {
		return err
	}
	if !until.IsZero() {
		f.Watched = until.Add(-watch.Term)
	}
	if f.Queue, err = s.db.Queue(ctx); err != nil {
		return err
	}
	if f.Database, err = s.counted.facts(ctx, s.db); err != nil {
		return err
	}
	f.Probe, err = probe.Seen(ctx, s.db)
	return err
}
