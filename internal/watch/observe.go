package watch

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/probe"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/jobs"
)

// rememberProcesses is how long processes are seen that ended or are gone.
const rememberProcesses = 24 * time.Hour

// sizesFor is how long the database's sizes are told again: on PostgreSQL files are added up.
const sizesFor = time.Minute

// Service gathers what is to be seen of the service: it is an [Observer]. It reads the states
// of the sources, and of tables that grow with time nothing but what an index gives at once.
type Service struct {
	Store *store.DB
	// Plan returns the configuration that is in force.
	Plan func() Plan
	// Self returns what this process says of itself.
	Self func(now time.Time) flow.Process
	// Now is the clock; nil is time.Now.
	Now func() time.Time

	mu         sync.Mutex
	leaderSeen time.Time
	down       time.Time // since when our network is, as far as this process saw
	away       *flow.Failure
	unwritable *flow.Failure
	database   flow.Database // its sizes, as of sized
	sized      time.Time
	seen       map[string]shown
	rhythms    map[string]flow.Rhythm
	learned    time.Time // the newest of them
}

func (s *Service) now() time.Time {
	if s.Now == nil {
		return time.Now()
	}
	return s.Now()
}

// Observe implements [Observer].
func (s *Service) Observe(ctx context.Context) (o flow.Observation, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ahead, err := s.Store.Clock(ctx)
	if err != nil {
		return o, err
	}
	o.At = s.now().Add(ahead).Round(0)
	if s.leaderSeen.IsZero() {
		s.leaderSeen = o.At // before this process looked nobody says that there was none
	}
	plan := s.Plan()
	o.Locales = plan.Locales
	for _, part := range []func(context.Context, Plan, *flow.Observation) error{
		s.databaseNow, s.processes, s.jobs, s.sources, s.channels, s.outside,
	} {
		if err := part(ctx, plan, &o); err != nil {
			return flow.Observation{}, err
		}
	}
	s.away = nil
	return o, nil
}

// Own implements [Observer].
func (s *Service) Own(err error) flow.Observation {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now().Round(0)
	s.away = again(s.away, now, err)
	o := flow.Observation{At: now, Database: flow.Database{Engine: string(s.Store.Engine()), Away: s.away}}
	if now.Sub(s.away.Since) >= restPatience {
		o.Processes = []flow.Process{s.self(now)}
	}
	return o
}

// restPatience is how long the database may be away or unwritable before a process speaks for
// itself: before that is found to be the cause, it would look as if no other were there.
const restPatience = 2 * Every

// self is this process, which lives.
func (s *Service) self(now time.Time) flow.Process {
	p := s.Self(now)
	p.Beat = now
	return p
}

// again returns a failure with one more in the row.
func again(before *flow.Failure, now time.Time, err error) *flow.Failure {
	f := flow.Failure{At: now, Since: now, Count: 1, Error: err.Error()}
	if before != nil {
		f.Since, f.Count = before.Since, before.Count+1
	}
	return &f
}

func (s *Service) processes(ctx context.Context, _ Plan, o *flow.Observation) (err error) {
	if s.Store.Writable() != nil { // nobody can write that they live
		if s.unwritable != nil && o.At.Sub(s.unwritable.Since) >= restPatience {
			o.Processes = []flow.Process{s.self(o.At)}
		}
		return nil
	}
	o.Processes, err = s.Store.Processes(ctx, o.At.Add(-rememberProcesses))
	return err
}

func (s *Service) databaseNow(ctx context.Context, _ Plan, o *flow.Observation) error {
	if s.sized.IsZero() || o.At.Sub(s.sized).Abs() >= sizesFor {
		facts, err := s.Store.Facts(ctx)
		if err != nil {
			return err
		}
		s.database, s.sized = facts, o.At
	}
	o.Database = s.database
	o.Database.Behind = s.Store.Behind()
	err := s.Store.Writable()
	if err == nil {
		s.unwritable = nil
		return nil
	}
	s.unwritable = again(s.unwritable, o.At, err)
	o.Database.Unwritable = s.unwritable
	if u, ok := errors.AsType[*store.Unwritable](err); ok {
		o.Database.Cause = string(u.Cause)
	}
	return nil
}

func (s *Service) jobs(ctx context.Context, _ Plan, o *flow.Observation) (err error) {
	if o.Leader, o.LeaderUntil, err = s.Store.Leader(ctx); err != nil {
		return err
	}
	if o.Leader != "" && o.LeaderUntil.After(o.At) {
		s.leaderSeen = o.At
	}
	o.LeaderSeen = s.leaderSeen
	o.Queue, err = s.Store.Queue(ctx)
	return err
}

func (s *Service) channels(ctx context.Context, plan Plan, o *flow.Observation) (err error) {
	if o.Published, err = s.Store.LastPublished(ctx); err != nil {
		return err
	}
	marks, err := s.Store.Marked(ctx)
	if err != nil {
		return err
	}
	failing, err := s.Store.FailingPublications(ctx)
	if err != nil {
		return err
	}
	for _, m := range marks {
		if plan.HasChannel != nil && !plan.HasChannel(m.Channel) {
			continue // it waits to be taken away
		}
		name := m.Channel.String()
		c := flow.Channel{Name: name, Waiting: m.FirstChanged, Published: m.Published, Urgent: m.Urgent}
		if f, ok := failing[name]; ok {
			c.Failing = &f
		}
		o.Channels = append(o.Channels, c)
	}
	return nil
}

// outside is what lies outside of the program: the network, the copy of the site, the public
// address.
func (s *Service) outside(ctx context.Context, plan Plan, o *flow.Observation) error {
	down, err := jobs.NetworkDown(ctx, s.Store, o.At)
	if err != nil {
		return err
	}
	if down.IsZero() || s.down.IsZero() {
		s.down = down
	}
	o.Network.Down = s.down
	if o.Export, err = exported(ctx, s.Store); err != nil {
		return err
	}
	if o.Probe, err = probe.Seen(ctx, s.Store); err != nil {
		return err
	}
	backups, err := s.Store.Backups(ctx)
	if err != nil {
		return err
	}
	o.Backup = flow.BackupsAt(backups)
	restored, found, err := s.Store.RestoreFound(ctx)
	if found {
		o.Restore = flow.Restore{Found: restored.Found, Remembered: restored.Seen.Seq, Has: restored.End}
	}
	return err
}

// exported returns what became of the copies of the site.
func exported(ctx context.Context, db *store.DB) (flow.Export, error) {
	state, err := jobs.LastExport(ctx, db)
	if err != nil {
		return flow.Export{}, err
	}
	e := flow.Export{Target: state.Target, Last: state.Exported}
	if state.Failures > 0 {
		e.Failing = &flow.Failure{At: state.Failed, Since: state.FailingSince, Count: state.Failures, Error: state.Error}
		if e.Failing.Since.IsZero() {
			e.Failing.Since = state.Failed
		}
	}
	return e, nil
}
