package watch

import (
	"context"

	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/jobs"
)

// sources puts together what is configured, what the visits showed, and what people said.
func (s *Service) sources(ctx context.Context, plan Plan, o *flow.Observation) error {
	states, err := s.Store.SourcesSeen(ctx)
	if err != nil {
		return err
	}
	holds, err := s.Store.Holds(ctx)
	if err != nil {
		return err
	}
	pauses, err := s.Store.Pauses(ctx, o.At)
	if err != nil {
		return err
	}
	if err := s.learn(ctx); err != nil {
		return err
	}
	if len(s.seen) > len(states) || s.seen == nil {
		s.seen = make(map[string]shown, len(states)) // some are gone
	}
	held := map[string][]flow.Held{}
	for _, h := range holds {
		if h.Released.IsZero() {
			held[h.Source] = append(held[h.Source], flow.Held{Reason: h.Reason, Since: h.Since})
		}
	}
	o.Sources = make([]flow.Source, 0, len(plan.Sources))
	for _, source := range plan.Sources {
		seen := flow.Source{}
		if state := states[source.ID]; state.Address == source.Address {
			seen = s.shown(source.ID, state)
		} else { // it was learned of another address
			seen.Due = state.NextDue
		}
		seen.ID, seen.Publisher, seen.Host, seen.Folder, seen.Zone = source.ID, source.Publisher, source.Host, source.Folder, source.Zone
		seen.Disabled, seen.Held, seen.Expect = source.Disabled, held[source.ID], source.Expect
		seen.Rhythm = s.rhythms[source.ID]
		if source.Interval != nil {
			seen.Interval = source.Interval(o.At)
		}
		if source.Quiet != nil {
			seen.Quiet = source.Quiet(o.At)
		}
		if pause, ok := pauses[source.ID]; ok {
			seen.Paused = &pause
		}
		o.Sources = append(o.Sources, seen)
	}
	return nil
}

// shown is what a source's state showed, and what it is read as.
type shown struct {
	state store.SourceSeen
	as    flow.Source
}

// shown reads what a source's state shows, where it is another than at the last look: most
// were not visited since.
func (s *Service) shown(id string, state store.SourceSeen) flow.Source {
	last, ok := s.seen[id]
	if !ok || last.state != state {
		last = shown{state, jobs.Seen(state)}
		s.seen[id] = last
	}
	return last.as
}

// learn takes in the rhythms that were learned since it did last: they are large, and others
// once a day.
func (s *Service) learn(ctx context.Context) error {
	fresh, err := s.Store.RhythmsSince(ctx, s.learned)
	if err != nil {
		return err
	}
	if s.rhythms == nil {
		s.rhythms = map[string]flow.Rhythm{}
	}
	for id, r := range fresh {
		s.rhythms[id] = r
		if r.Learned.After(s.learned) {
			s.learned = r.Learned
		}
	}
	return nil
}
