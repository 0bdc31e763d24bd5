package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"github.com/kairan-news/kairan/internal/export"
	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/gate"
	"github.com/kairan-news/kairan/internal/machine"
	"github.com/kairan-news/kairan/internal/notify"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/tracing"
	"github.com/kairan-news/kairan/internal/watch"
	"github.com/kairan-news/kairan/internal/web"
	"github.com/kairan-news/kairan/jobs"
)

// parts says what of the service a process runs.
type parts struct{ site, jobs bool }

func newServeCommand() *cobra.Command {
	return newServiceCommand(parts{site: true, jobs: true}, &cobra.Command{
		Use:   "serve",
		Short: "Collect, publish and serve, in one process",
		Long: `Collect, publish and serve, in one process. Without a configuration it shows the
built-in one: Tokyo and its partner cities, with sample notices that need no
network.

SIGHUP reads the configuration again, with what it includes; one with errors changes
nothing. SIGINT and SIGTERM end the program when what runs has finished or was handed
back.`,
	})
}

// defaultAdmin is where operators find their pages.
const defaultAdmin = "127.0.0.1:9090"

func newServiceCommand(p parts, cmd *cobra.Command) *cobra.Command {
	var flags flags
	var listen, admin, target string
	var grace time.Duration
	cmd.Args = takes(0, 0)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if grace < 0 || grace > mostDrain {
			return fmt.Errorf("--drain %v: give a time up to %v, such as 5s", grace, mostDrain)
		}
		s := &service{flags: &flags, parts: p, out: cmd.OutOrStdout(), errOut: cmd.ErrOrStderr(), listen: listen, admin: admin, export: target, drain: drain{grace: grace}}
		return s.ended(cmd.Context(), s.run(cmd.Context()))
	}
	flags.add(cmd)
	cmd.Flags().StringVar(&admin, "admin", defaultAdmin, "`ADDR` of the operators' pages: HOST:PORT or unix:PATH")
	if p.site {
		cmd.Flags().StringVar(&listen, "listen", ":8080", "`ADDR` of the public site: HOST:PORT or unix:PATH")
	}
	cmd.Flags().DurationVar(&grace, "drain", 0, "how long to go on answering when asked to end, while /readyz says so to balancers, as a `TIME` like 5s")
	if p.jobs {
		flags.addOffline(cmd)
		addExport(cmd, &target, "`TARGET` to copy the site to after each publication: a directory or a bucket")
	}
	return cmd
}

// service is a process that runs until it is told to end.
type service struct {
	flags  *flags
	parts  parts
	out    io.Writer
	errOut io.Writer
	listen string
	admin  string
	export string // where the site is copied to; "" for nowhere

	log     *slog.Logger // of what goes wrong; see logging.go
	journal journal
	tracer  *tracing.Tracer // nil traces nothing
	db      *store.DB
	setup   atomic.Pointer[setup] // the one in force
	policy  atomic.Pointer[gate.Policy]
	engine  *jobs.Engine // nil without jobs
	shelf   *web.Shelf   // nil without the site
	copy    *siteCopy    // nil without an export
	counted *jobMetrics
	served  *servedMetrics // nil without the site
	readers *web.Readers   // nil without the site
	ending  chan struct{}

	process flow.Process // as it began
	machine *machine.Machine
	pulse   *watch.Pulse
	watch   *watch.Watch
	teller  *notify.Teller
	reloads reloads
	drain   drain
	// planSince is when the configuration became another by a reload, in Unix milliseconds; 0
	// is at the start.
	planSince atomic.Int64

	reloading sync.Mutex
}

func (s *service) run(ctx context.Context) error {
	began := time.Now()
	if err := s.beginLog(ctx); err != nil {
		return err
	}
	first, err := s.flags.load(s.listen)
	if err != nil {
		return err
	}
	first.tracer = s.tracer
	policy, err := s.admit(first.config)
	if err != nil {
		return err
	}
	s.policy.Store(policy)
	first.warn(s.log)
	s.setup.Store(first)
	s.counted = newJobMetrics()

	// Ports come first: one that is taken is the likeliest fault, and soonest told.
	listeners, err := s.listenAll(ctx)
	if err != nil {
		return err
	}
	defer listeners.close()
	if s.db, err = s.flags.openToServe(ctx, first); err != nil {
		return err
	}
	defer s.db.Close()
	s.counted.delays, s.counted.publisher = s.db.Delays, func(source string) string {
		found, _ := s.setup.Load().config.Source(source)
		return found.Publisher
	}
	boundGarbage()
	if s.process, err = newProcess(s.parts.role()); err != nil {
		return err
	}
	s.machine = s.newMachine()
	s.pulse = &watch.Pulse{Store: s.db, Self: s.self, Log: s.log}
	s.teller = notify.New(s.db, first.notifyWords(), s.log, first.receivers()...)
	s.watch = s.newWatch()
	if err := s.db.Writable(); err != nil && !s.parts.jobs { // else the jobs tell it
		s.log.Error("readers are served what there is", "error", err)
	}
	s.ending = make(chan struct{})
	if s.parts.site {
		s.readers = &web.Readers{}
		s.served = newServedMetrics(s.db.StoredAt)
		s.shelf = web.NewShelf(web.ShelfConfig{Documents: documents{s.db, s.setup.Load}, Settings: s.settings, Reached: s.served.reached, Log: s.log})
	}
	if s.parts.jobs {
		plan, err := first.plan(s.db, s.flags.offline)
		if err != nil {
			return err
		}
		config := jobs.Config{
			Store: s.db, Log: s.log, ID: s.process.ID, Patient: true, HighWater: store.NewHighWater(s.db, s.flags.highWater(first)),
			Visited: s.visited, Published: s.published, Tracer: s.tracer,
		}
		if s.export != "" {
			target, err := export.Open(s.export)
			if err != nil {
				return err
			}
			defer target.Close()
			s.copy = newSiteCopy(s.db, s.setup.Load, target, s.shelf, s.log)
			config.Export, config.ExportTarget = s.copy.export, target.String()
		}
		if s.engine, err = jobs.New(config, plan); err != nil {
			return err
		}
	}
	return s.serve(ctx, listeners, began)
}

// visited is told each run of this process.
func (s *service) visited(r store.Run) {
	s.counted.visited(r)
	s.journal.visited(r)
}

// published is told each publication of this process.
func (s *service) published(p jobs.Publication) {
	s.counted.published(p)
	s.journal.published(p)
}

// serviceGarbage is how much garbage a service lets gather, in per cent of what is in use,
// for [debug.SetGCPercent]: a long document is a megabyte in several forms for some
// milliseconds, and memory is dearer to a process that stays than a tenth of that time.
const serviceGarbage = 50

// boundGarbage bounds the garbage of a service. The environment's GOGC goes before it.
func boundGarbage() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(serviceGarbage)
	}
}

// serve runs what there is to run until the context ends or a part of it fails.
func (s *service) serve(ctx context.Context, l listeners, began time.Time) error {
	metrics := web.NewMetrics()
	asked := ctx
	group, ctx := errgroup.WithContext(ctx)
	serving, cease := context.WithCancel(context.WithoutCancel(ctx))
	defer cease()
	if s.engine != nil {
		if err := s.engine.Start(ctx); err != nil {
			return err
		}
		group.Go(func() error { return s.journal.eachMinute(ctx) })
	}
	if s.parts.site {
		group.Go(func() error { return s.shelf.Run(serving) })
		group.Go(func() error { return s.followSecure(ctx) })
		group.Go(func() error { return keepReaders(serving, s.readers, s.db, s.log) })
		group.Go(func() error { return serveHTTP(serving, l.site, s.drain.closing(s.publicSite(metrics)), s.log) })
	}
	group.Go(func() error { return serveHTTP(serving, l.admin, s.guarded(l.admin, s.operatorsSite(metrics)), s.log) })
	s.began(l, time.Since(began))
	s.sayWhoMayAct()
	group.Go(func() error { return s.heed(ctx) })
	group.Go(func() error { return s.pulse.Run(ctx) })
	group.Go(func() error {
		defer s.teller.Wait()
		return s.watch.Run(ctx)
	})
	group.Go(func() error { return s.beatHeart(ctx) })
	group.Go(func() error { return s.reloadOnHangup(ctx) })
	if s.engine == nil { // else the sweep does both
		group.Go(func() error { return s.awaitSchema(ctx) })
		group.Go(func() error { return s.watchLog(ctx) })
	}

	group.Go(func() error {
		defer cease()
		s.drain.watch(asked, ctx, s.log)
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		close(s.ending)
		if s.engine != nil {
			stopEngine(ctx, s.engine, s.log)
		}
		return nil
	})
	if err := group.Wait(); err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	return nil
}
