package jobs

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/riverqueue/river"

	"github.com/kairan-news/kairan/internal/store"
)

const (
	// throttledRest is how long a host is left alone that asked for less.
	throttledRest = time.Minute
	// freshTime is how long what a look at the sources' states has shown is gone by. Who
	// changes a state meanwhile is overtaken as by a visit that is under way.
	freshTime = time.Second
	// holdTime is how long a run that found nothing new is held for others that are to be
	// recorded with it, but for the time of the visit that is under way then; mostHeld is
	// how many are.
	holdTime = time.Second
	mostHeld = 32
)

// slice is a slice of time on one host: the work of one job.
type slice struct {
	engine *Engine
	host   string
	began  time.Time
	plan   *Plan

	due    []store.SourceState // of the sources that are still to be visited
	looked time.Time           // when they were read
	whole  bool                // they were all the sources of the host that this process collects

	// Runs that found nothing new wait here until there are some to be recorded at once.
	// What a process loses that dies meanwhile is when the sources were visited: they are
	// visited once more. Others never wait: whether a source failed is asked elsewhere.
	held []store.Visited
	wait time.Time // when the first of them came
}

// work visits what is due, one source after the other.
func (s *slice) work(ctx context.Context) error {
	for first := true; ; first = false {
		if more, err := s.look(ctx); err != nil || !more {
			return err
		}
		e := s.engine
		if e.isStopping() || e.Now().Sub(s.began) >= SliceTime {
			return river.JobSnooze(0)
		}
		if !first {
			if err := s.recordBy(ctx, e.Now().Add(s.plan.Pause)); err != nil {
				return err
			}
			if !s.pause(ctx) {
				return river.JobSnooze(0)
			}
		}
		throttled, err := s.visit(ctx)
		switch {
		case err != nil && ctx.Err() != nil:
			return river.JobSnooze(0)
		case err != nil:
			return err
		case throttled:
			return river.JobSnooze(throttledRest)
		}
	}
}

// look reports whether a source of the host is due that this process collects, first the one
// that has been due for longest. Where it leaves some to others, the job ends without
// them, and whoever collects them enqueues another.
func (s *slice) look(ctx context.Context) (more bool, err error) {
	e := s.engine
	if newest := e.plan.Load(); newest != s.plan {
		s.plan, s.due, s.whole = newest, nil, false // a reload counts from the next source on
	}
	if len(s.due) > 0 {
		return true, nil
	}
	if s.whole && s.isFresh() {
		return false, nil // each of them was visited just now
	}
	if err := s.record(ctx); err != nil {
		return false, err
	}
	ids := slices.DeleteFunc(slices.Clone(s.plan.hosts[s.host]), func(id string) bool { return !e.collects(id) })
	if len(ids) == 0 {
		return false, nil
	}
	s.looked = e.Now()
	if s.due, err = e.Store.DueStates(ctx, s.looked, ids); err != nil {
		return false, fmt.Errorf("collect from %s: %w", s.host, err)
	}
	s.whole = len(s.due) == len(ids)
	return len(s.due) > 0, nil
}

// isFresh reports whether the states may still be gone by.
func (s *slice) isFresh() bool { return s.engine.Now().Sub(s.looked) < freshTime }

// visit visits the source whose turn it is.
func (s *slice) visit(ctx context.Context) (throttled bool, err error) {
	state := s.due[0]
	s.due = s.due[1:]
	v := s.plan.targets[state.ID]
	if !s.isFresh() {
		if state, _, err = s.engine.Store.SourceState(ctx, state.ID); err != nil {
			return false, fmt.Errorf("collect %s: %w", v.source.ID, err)
		}
		if state.NextDue.After(s.engine.Now()) {
			return false, nil // it was put off since
		}
	}
	if throttled, err = s.engine.visit(ctx, s, v, state); err != nil {
		return throttled, err
	}
	return throttled, s.recordBy(ctx, s.engine.Now())
}

// pause waits between two requests to the host. It reports whether the work is to go on.
func (s *slice) pause(ctx context.Context) bool {
	if s.plan.Pause <= 0 {
		return true
	}
	timer := time.NewTimer(s.plan.Pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	case <-s.engine.stopping:
		return false
	}
}

// hold records a run that found nothing new, soon.
func (s *slice) hold(ctx context.Context, run store.Run, state store.SourceState) error {
	if len(s.held) == 0 {
		s.wait = s.engine.Now()
	}
	s.held = append(s.held, store.Visited{Run: run, State: state})
	if len(s.held) < mostHeld {
		return nil
	}
	return s.record(ctx)
}

// recordBy records the runs that are held if they would be for too long by then.
func (s *slice) recordBy(ctx context.Context, then time.Time) error {
	if len(s.held) == 0 || then.Sub(s.wait) < holdTime {
		return nil
	}
	return s.record(ctx)
}

// record records the runs that are held, also where the context has ended: these visits
// were made.
func (s *slice) record(ctx context.Context) error {
	held := s.held
	s.held = nil
	if err := s.engine.Store.RecordRuns(ctx, held); err != nil {
		return err
	}
	for _, v := range held {
		s.engine.visited(v.Run)
	}
	s.engine.keepSecure(ctx, s.plan)
	return nil
}
