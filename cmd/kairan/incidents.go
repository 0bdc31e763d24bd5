package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/operate"
)

func newIncidentsCommand() *cobra.Command {
	var flags flags
	var asJSON bool
	var since lookback
	list := func(cmd *cobra.Command, _ []string) error {
		d, err := flags.openDesk(cmd)
		if err != nil {
			return err
		}
		defer d.Close()
		return d.listIncidents(cmd.Context(), since, asJSON)
	}
	addList := func(cmd *cobra.Command) *cobra.Command {
		flags.add(cmd)
		cmd.Flags().BoolVar(&asJSON, "json", false, "print a JSON list, for machines")
		cmd.Flags().Var(&since, "since", "show those too that were resolved within this time, such as 24h or 3d")
		return cmd
	}
	cmd := addList(&cobra.Command{
		Use:   "incidents",
		Short: "List what is wrong, take it on, or mute it",
		Long: `List what is wrong, with what it is wrong, since when, what readers notice and what to
do. "take" says that you are at it, and "mute" has nobody told of it until a time.`,
		Args: group,
		RunE: list,
	})
	cmd.AddCommand(
		addList(&cobra.Command{Use: "list", Short: "List what is wrong", Args: takes(0, 0), RunE: list}),
		newTakeCommand(), newUntakeCommand(), newMuteCommand(), newUnmuteCommand(),
	)
	return cmd
}

func (d *desk) listIncidents(ctx context.Context, since lookback, asJSON bool) error {
	all, err := d.incidents(ctx, since.from(d.now))
	if err != nil {
		return err
	}
	if since == 0 {
		all = slices.DeleteFunc(all, func(i openIncident) bool { return !i.Resolved.IsZero() })
	}
	if asJSON {
		return printJSON(d.out, all)
	}
	if len(all) == 0 {
		_, err := fmt.Fprintln(d.out, "Nothing is known to be wrong.")
		return err
	}
	var picture strings.Builder
	screen := d.out
	screen.Writer = &picture
	for n, i := range all {
		if n > 0 {
			picture.WriteByte('\n')
		}
		i.print(screen, d.now)
		if i.Under != nil {
			printIndented(screen, fmt.Sprintf("It follows from %s of %s.", i.Under.Kind, i.Under.Subject))
		}
	}
	_, err = fmt.Fprint(d.out, picture.String())
	return err
}

func newTakeCommand() *cobra.Command {
	var note string
	cmd := newIncidentCommand(&cobra.Command{
		Use:   "take NUMBER",
		Short: "Say that you are at it",
		Long: `Say that you are at it, so that nobody else has to begin. It is shown with the incident.
"untake" says that you are not any more.`,
	}, func(ctx context.Context, o *operate.Operator, id int64) (operate.Done, error) {
		return o.Take(ctx, me(), id, note)
	})
	cmd.Flags().StringVar(&note, "note", "", "`TEXT` that others read")
	return cmd
}

func newUntakeCommand() *cobra.Command {
	return newIncidentCommand(&cobra.Command{
		Use:   "untake NUMBER",
		Short: "Say that nobody is at it any more",
	}, func(ctx context.Context, o *operate.Operator, id int64) (operate.Done, error) {
		return o.Untake(ctx, me(), id)
	})
}

// newIncidentCommand returns a command that does something to an incident.
func newIncidentCommand(cmd *cobra.Command, do func(ctx context.Context, o *operate.Operator, id int64) (operate.Done, error)) *cobra.Command {
	var flags flags
	cmd.Args = takes(1, 1)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		id, err := incidentNumber(args[0])
		if err != nil {
			return err
		}
		d, err := flags.openDesk(cmd)
		if err != nil {
			return err
		}
		defer d.Close()
		return d.said(do(cmd.Context(), d.operator(), id))
	}
	flags.add(cmd)
	return cmd
}

func incidentNumber(text string) (int64, error) {
	id, err := strconv.ParseInt(strings.TrimPrefix(text, "#"), 10, 64)
	if err != nil || id < 1 {
		return 0, fmt.Errorf("%q is no number of an incident; \"kairan incidents\" lists them", text)
	}
	return id, nil
}

func newMuteCommand() *cobra.Command {
	var reason string
	var end ending
	cmd := newKeyCommand(&cobra.Command{
		Use:   "mute NUMBER --reason TEXT --for TIME",
		Short: "Have nobody told of it until a time",
		Long: `Have nobody told of an incident until a time, whether it lasts or comes back. It is
shown as ever. What has no incident yet is named by its kind, and of what it is:

	kairan incidents mute 12 --reason "they move house" --for 3d
	kairan incidents mute source-silent source harbour-ja --reason "office closed" --until 2027-01-04`,
	}, func(ctx context.Context, o *operate.Operator, key flow.Key) (operate.Done, error) {
		until, err := end.text()
		if err != nil {
			return operate.Done{}, err
		}
		return o.Mute(ctx, me(), key, reason, until)
	})
	cmd.Flags().StringVar(&reason, "reason", "", "`TEXT` that others read")
	end.add(cmd)
	return cmd
}

func newUnmuteCommand() *cobra.Command {
	return newKeyCommand(&cobra.Command{
		Use:   "unmute NUMBER",
		Short: "Have those on call told of it again",
		Long: `Have those on call told of it again, by the incident's number, or by kind and of what it
is: kairan incidents unmute source-silent source harbour-ja`,
	}, func(ctx context.Context, o *operate.Operator, key flow.Key) (operate.Done, error) {
		return o.Unmute(ctx, me(), key)
	})
}

// newKeyCommand returns a command that does something to what a number of an incident means,
// or to a kind with the thing that may have it.
func newKeyCommand(cmd *cobra.Command, do func(ctx context.Context, o *operate.Operator, key flow.Key) (operate.Done, error)) *cobra.Command {
	var flags flags
	cmd.Args = takes(1, 3)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		d, err := flags.openDesk(cmd)
		if err != nil {
			return err
		}
		defer d.Close()
		key, err := d.incidentKey(cmd.Context(), args)
		if err != nil {
			return err
		}
		return d.said(do(cmd.Context(), d.operator(), key))
	}
	flags.add(cmd)
	return cmd
}

// incidentKey is what arguments mean: a number, or a kind, a part and its id.
func (d *desk) incidentKey(ctx context.Context, args []string) (flow.Key, error) {
	if len(args) > 1 {
		key := flow.Key{Kind: flow.Kind(args[0]), Subject: flow.Subject{Of: flow.Part(args[1])}}
		if len(args) > 2 {
			key.Subject.ID = args[2]
		}
		return key, nil
	}
	id, err := incidentNumber(args[0])
	if err != nil {
		return flow.Key{}, err
	}
	all, err := d.db.Incidents(ctx, time.Time{})
	if err != nil {
		return flow.Key{}, err
	}
	n := slices.IndexFunc(all, func(i flow.Incident) bool { return i.ID == id })
	if n < 0 {
		return flow.Key{}, fmt.Errorf("there is no incident %d; \"kairan incidents --since 24h\" lists them", id)
	}
	return all[n].Key(), nil
}
