package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/jobs"
)

func newCollectCommand() *cobra.Command {
	var flags flags
	var asJSON, noPublish bool
	cmd := &cobra.Command{
		Use:   "collect [SOURCE…]",
		Short: "Collect sources now",
		Long: `Collect these sources now and no others, or without arguments all that are
enabled, whenever they are due, and publish what changed. It works beside a running
"kairan serve" on the same data: each source is visited once, by the one or the
other. What else is due is left to "kairan serve" and "kairan work". A paused source is
visited only where it is named.

The exit status is 1 if a source failed, and if the database can't be written, such as
on a full disk, which ends the command at once.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return runCollect(cmd, &flags, args, asJSON, noPublish)
		},
	}
	flags.add(cmd)
	flags.addOffline(cmd)
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object a source, for machines")
	cmd.Flags().BoolVar(&noPublish, "no-publish", false, "leave publishing to others")
	return cmd
}

func runCollect(cmd *cobra.Command, flags *flags, args []string, asJSON, noPublish bool) error {
	ctx := cmd.Context()
	log, err := flags.logger(cmd.ErrOrStderr(), slog.LevelWarn)
	if err != nil {
		return err
	}
	setup, err := flags.load("")
	if err != nil {
		return err
	}
	setup.warn(log)
	db, err := flags.open(ctx, setup)
	if err != nil {
		return err
	}
	defer db.Close()
	plan, err := setup.plan(db, flags.offline)
	if err != nil {
		return err
	}
	sources, err := chosenSources(setup, plan, args)
	if err != nil {
		return err
	}
	if len(args) == 0 {
		if sources, err = withoutPaused(ctx, db, sources); err != nil {
			return err
		}
	}
	if err := tuneMemory(ctx, db); err != nil {
		return err
	}
	config := jobs.Config{Store: db, Log: log, CollectOnly: noPublish}
	if len(args) > 0 {
		config.Only = sources
	}
	engine, err := jobs.New(config, plan)
	if err != nil {
		return err
	}
	if err := engine.Start(ctx); err != nil {
		return err
	}
	defer stopEngine(ctx, engine, log)

	return collectNow(cmd, engine, sources, asJSON, noPublish)
}

// collectNow collects these sources, prints what came of each, and publishes.
func collectNow(cmd *cobra.Command, engine *jobs.Engine, sources []string, asJSON, noPublish bool) error {
	ctx := cmd.Context()
	bar := newProgress(cmd.ErrOrStderr(), len(sources), "collecting")
	runs, collectErr := engine.CollectNow(ctx, sources, func(r store.Run) { bar.step(r.Source) })
	bar.done()
	if err := printRuns(cmd.OutOrStdout(), sources, runs, asJSON); err != nil {
		return err
	}
	if collectErr != nil {
		return collectErr
	}
	if !noPublish {
		bar := newProgress(cmd.ErrOrStderr(), 0, "publishing")
		err := engine.PublishNow(ctx, bar.left)
		bar.done()
		if err != nil {
			return err
		}
	}
	for _, r := range runs {
		if r.Outcome == store.RunFailed || r.Outcome == store.RunSkipped {
			return errReported
		}
	}
	return nil
}

// How much garbage there may be in per cent of what is in use, for
// [debug.SetGCPercent]: while all documents are new, and later.
const (
	firstGarbage = 200
	laterGarbage = 60
)

// tuneMemory gives back what reading the configuration took, and decides between
// memory and time. Where nothing was ever collected every document is new, and nearly
// all that it takes is garbage once it is stored: to let more of it gather than Go does
// saves a tenth of the time. Later hardly any document is, and memory is dearer. The
// environment's GOGC goes before it.
func tuneMemory(ctx context.Context, db *store.DB) error {
	debug.FreeOSMemory()
	if os.Getenv("GOGC") != "" {
		return nil
	}
	runs, err := db.Runs(ctx, "", 1)
	if err != nil {
		return err
	}
	if len(runs) == 0 {
		debug.SetGCPercent(firstGarbage)
	} else {
		debug.SetGCPercent(laterGarbage)
	}
	return nil
}

// withoutPaused returns the sources that nobody has paused.
func withoutPaused(ctx context.Context, db *store.DB, sources []string) ([]string, error) {
	paused, err := db.Pauses(ctx, time.Now())
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(sources), func(id string) bool { _, is := paused[id]; return is }), nil
}

// chosenSources returns the sources that are meant, all without arguments.
func chosenSources(setup *setup, plan *jobs.Plan, args []string) ([]string, error) {
	if len(args) == 0 {
		return plan.Sources(), nil
	}
	var errs []error
	for _, id := range args {
		switch {
		case plan.Has(id):
		case setup.hasSource(id):
			errs = append(errs, fmt.Errorf("source %q is disabled, or needs a network while offline", id))
		default:
			errs = append(errs, fmt.Errorf("no source %q in %s; \"kairan sources\" lists them", id, setup.name))
		}
	}
	slices.Sort(args)
	return slices.Compact(args), errors.Join(errs...)
}

// runLine is a run as machines read it.
type runLine struct {
	Source    string   `json:"source"`
	Outcome   string   `json:"outcome"`
	Status    int      `json:"status,omitempty"`
	Bytes     int64    `json:"bytes"`
	New       int      `json:"new"`
	Changed   int      `json:"changed"`
	Withdrawn int      `json:"withdrawn"`
	TookMS    int64    `json:"took_ms"`
	Error     string   `json:"error,omitempty"`
	Problems  []string `json:"problems,omitempty"`
}

func lineOf(r store.Run) runLine {
	return runLine{r.Source, r.Outcome, r.Status, r.Bytes, r.New, r.Changed, r.Withdrawn, r.Took.Milliseconds(), r.Error, r.Problems}
}

// printRuns prints what came of each source, in their order.
func printRuns(w io.Writer, sources []string, runs map[string]*store.Run, asJSON bool) error {
	if asJSON {
		out := json.NewEncoder(w)
		out.SetEscapeHTML(false)
		for _, id := range sources {
			r, ok := runs[id]
			if !ok {
				continue
			}
			if err := out.Encode(lineOf(*r)); err != nil {
				return err
			}
		}
		return nil
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "SOURCE\tOUTCOME\tNEW\tCHANGED\tTOOK\t")
	for _, id := range sources {
		r, ok := runs[id]
		if !ok {
			fmt.Fprintf(table, "%s\tnot reached\t\t\t\t\n", id)
			continue
		}
		fmt.Fprintf(table, "%s\t%s\t%d\t%d\t%s\t%s\n", id, r.Outcome, r.New, r.Changed, r.Took.Round(time.Millisecond), remark(*r))
	}
	return table.Flush()
}

// remark says what a person should know of a run beside its numbers.
func remark(r store.Run) string {
	switch {
	case r.Error != "":
		return r.Error
	case (r.Outcome == store.RunHeld || r.Outcome == store.RunPartial) && len(r.Problems) > 0:
		return r.Problems[len(r.Problems)-1] // why, and what to do: release it, or visit it more often
	case r.Withdrawn > 0 && len(r.Problems) > 0:
		return fmt.Sprintf("%d withdrawn; %s", r.Withdrawn, firstOf(r.Problems))
	case r.Withdrawn > 0:
		return fmt.Sprintf("%d withdrawn", r.Withdrawn)
	case len(r.Problems) > 0:
		return firstOf(r.Problems)
	default:
		return ""
	}
}

// mostOfProblem is how many characters of a problem stand in a table.
const mostOfProblem = 240

// firstOf returns the first of a run's problems on one line, and how many more there are.
func firstOf(problems []string) string {
	first := []rune(strings.Join(strings.Fields(problems[0]), " "))
	if len(first) > mostOfProblem {
		first = append(first[:mostOfProblem:mostOfProblem], '…')
	}
	if more := len(problems) - 1; more > 0 {
		return fmt.Sprintf("%s (and %s: see --json or the operators' page)", string(first), count(more, "more problem", "more problems"))
	}
	return string(first)
}

// progress is a line on a terminal, and nothing elsewhere. It is used by one goroutine
// at a time.
type progress struct {
	terminal    *os.File // nil for none
	what        string
	count, most int
}

func newProgress(w io.Writer, total int, what string) *progress {
	p := &progress{what: what, most: total}
	if file, ok := w.(*os.File); ok {
		// The other devices that take characters, such as /dev/null, mind no line.
		if info, err := file.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			p.terminal = file
		}
	}
	p.show()
	return p
}

// step counts one more.
func (p *progress) step(what string) {
	p.what = what
	p.count++
	p.show()
}

// left shows how many are left of the most that ever were.
func (p *progress) left(n int) {
	p.most = max(p.most, n)
	p.count = p.most - n
	p.show()
}

// show writes the line over the last one. A terminal that can't be written to is no
// reason to stop.
func (p *progress) show() {
	if p.terminal != nil {
		_, _ = fmt.Fprint(p.terminal, eraseLine, p)
	}
}

func (p *progress) done() {
	if p.terminal != nil {
		_, _ = fmt.Fprint(p.terminal, eraseLine)
	}
}

// eraseLine goes to the beginning of the cursor's line and clears it (ECMA-48 section
// 8.3.41).
const eraseLine = "\r\x1b[2K"

// String is short, so that it is one line on any terminal.
func (p *progress) String() string {
	if p.most == 0 {
		return p.what
	}
	return fmt.Sprintf("%d of %d: %.50s", p.count, p.most, p.what)
}

// stopTime is how long running jobs may take to finish when the program ends.
const stopTime = 20 * time.Second

// stopEngine hands back what does not finish in time.
func stopEngine(ctx context.Context, engine *jobs.Engine, log *slog.Logger) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	if err := engine.Stop(ctx); err != nil {
		log.Error("the jobs did not stop well; they will be taken up again", "error", err)
	}
}
