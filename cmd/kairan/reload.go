package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// reloadOnHangup reads the configuration again at each SIGHUP.
func (s *service) reloadOnHangup(ctx context.Context) error {
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	defer signal.Stop(hangup)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-hangup:
			_ = s.reread(ctx) // which tells what is wrong
		}
	}
}

// reload puts the configuration in force as it now stands in its file. Where that has
// errors nothing has changed. Where the database fails amid it the old one stays in force,
// and the next reload, or the next start, goes on with what was begun.
func (s *service) reload(ctx context.Context) error {
	s.reloading.Lock() // a signal, a page and another process may ask at once
	defer s.reloading.Unlock()
	next, err := s.flags.load(s.listen)
	if err != nil {
		return err
	}
	next.tracer = s.tracer
	policy, err := s.admit(next.config)
	if err != nil {
		return err
	}
	if err := next.settle(ctx, s.db); err != nil {
		return err
	}
	if now := s.setup.Load().config; s.flags.storage == "" && next.config.Storage != now.Storage {
		return errors.New("the storage can't be changed by a reload; restart the program")
	}
	if s.engine != nil {
		plan, err := next.plan(s.db, s.flags.offline)
		if err != nil {
			return err
		}
		if err := s.engine.Adopt(ctx, plan); err != nil {
			return err
		}
	}
	next.warn(s.log)
	if s.setup.Load().digest != next.digest {
		s.planSince.Store(time.Now().UnixMilli())
	}
	s.teller.Adopt(next.notifyWords(), next.receivers())
	s.setup.Store(next)
	s.policy.Store(policy)
	return nil
}
