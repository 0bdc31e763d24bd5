package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/kairan-news/kairan/internal/config"
	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/gate"
	"github.com/kairan-news/kairan/internal/operate"
	"github.com/kairan-news/kairan/internal/ops"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/jobs"
)

// newOperator returns what does what operators can do, by the setup in force.
func newOperator(db *store.DB, setup func() *setup, offline bool, log *slog.Logger) *operate.Operator {
	return &operate.Operator{
		Store: db,
		Known: func() operate.Known {
			now := setup()
			known := operate.Known{Name: now.name, Site: &now.config.Site, Sources: now.config.Sources, Offline: offline}
			for _, r := range flow.Rules() {
				known.Kinds = append(known.Kinds, r.Kind)
			}
			return known
		},
		Refile:   func(ctx context.Context) error { return jobs.ForgetRules(ctx, db) },
		Composer: func() operate.Composer { return setup().composer(db) },
		Near:     config.Nearest,
		Now:      time.Now,
		Log:      log,
	}
}

// commandOperator is one of a command, which tells what it does on its own output.
func commandOperator(db *store.DB, s *setup) *operate.Operator {
	return newOperator(db, func() *setup { return s }, false, slog.New(slog.DiscardHandler))
}

// operator is this process's.
func (s *service) operator() *operate.Operator {
	o := newOperator(s.db, s.setup.Load, s.flags.offline, s.log)
	o.Process, o.Reread = s.process.ID, s.reread
	return o
}

// reread reads the configuration again, and has others see what came of it.
func (s *service) reread(ctx context.Context) error {
	err := s.reload(ctx)
	s.reloads.ended(err, time.Now())
	s.pulse.Soon()
	if err != nil {
		s.log.Error("the configuration was not reloaded; the one in force stays", "error", err)
		return err
	}
	s.log.Info("the configuration was reloaded", "configuration", s.setup.Load().config)
	return nil
}

// heed does at each beat what all processes are asked.
func (s *service) heed(ctx context.Context) error {
	heeder := &operate.Heeder{
		Store: s.db, Process: s.process.ID, Started: s.process.Started, Now: time.Now,
		Do: map[operate.Action]func(context.Context) error{operate.Reload: s.reread},
	}
	if s.engine != nil {
		heeder.Do[operate.Remap] = s.engine.Refile
	}
	tick := time.NewTicker(flow.BeatEvery)
	defer tick.Stop()
	failing := false
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		err := heeder.Heed(ctx)
		if err != nil && !failing && ctx.Err() == nil {
			s.log.Warn("what all processes are asked can't be seen; it is looked for again", "error", err)
		}
		failing = err != nil
	}
}

// visitorOf tells a page who asks for it.
func visitorOf(r *http.Request) ops.Visitor {
	c := gate.From(r.Context())
	return ops.Visitor{Name: c.Name, WhyNot: c.WhyNot(), Session: c.Session}
}

// actor does what is asked for from a page.
type actor struct{ operator *operate.Operator }

// May implements ops.Actor.
func (actor) May(r *http.Request) bool { return gate.From(r.Context()).CanAct() }

// Act implements ops.Actor.
func (a actor) Act(ctx context.Context, r *http.Request, asked ops.Action) (said string, err error) {
	c := gate.From(ctx)
	who, o := operate.Who{Name: c.Name, Way: "page", Origin: c.Origin}, a.operator
	var done operate.Done
	switch operate.Action(asked.Name) {
	case operate.Run:
		done, err = o.Run(ctx, who, asked.Subject)
	case operate.Pause:
		done, err = o.Pause(ctx, who, asked.Subject, asked.Reason, asked.For)
	case operate.Resume:
		done, err = o.Resume(ctx, who, asked.Subject)
	case operate.Release:
		done, err = o.Release(ctx, who, asked.Subject)
	case operate.Retry:
		done, err = o.Retry(ctx, who, asked.Subject)
	case operate.Republish:
		done, err = o.Republish(ctx, who, asked.Subject)
	case operate.Remap:
		done, err = o.Remap(ctx, who)
	case operate.Reload:
		done, err = o.Reload(ctx, who)
	case operate.Erase:
		done, err = o.Erase(ctx, who, asked.Subject, asked.Reason)
	case operate.Take, operate.Untake:
		done, err = actOnIncident(ctx, o, who, asked)
	case operate.Mute, operate.Unmute:
		done, err = actOnFinding(ctx, o, who, asked)
	default:
		return "", fmt.Errorf("there is no action %q", asked.Name)
	}
	return done.Said, err
}

func actOnIncident(ctx context.Context, o *operate.Operator, who operate.Who, asked ops.Action) (operate.Done, error) {
	id, err := strconv.ParseInt(asked.Subject, 10, 64)
	if err != nil {
		return operate.Done{}, errors.New("an incident's number is missing")
	}
	if operate.Action(asked.Name) == operate.Untake {
		return o.Untake(ctx, who, id)
	}
	return o.Take(ctx, who, id, asked.Reason)
}

// actOnFinding mutes or unmutes "kind part id".
func actOnFinding(ctx context.Context, o *operate.Operator, who operate.Who, asked ops.Action) (operate.Done, error) {
	kind, subject, _ := strings.Cut(asked.Subject, " ")
	of, id, _ := strings.Cut(subject, " ")
	key := flow.Key{Kind: flow.Kind(kind), Subject: flow.Subject{Of: flow.Part(of), ID: id}}
	if operate.Action(asked.Name) == operate.Unmute {
		return o.Unmute(ctx, who, key)
	}
	return o.Mute(ctx, who, key, asked.Reason, asked.For)
}
