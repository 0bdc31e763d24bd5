package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/user"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/operate"
	"github.com/kairan-news/kairan/internal/store"
)

// desk is what a command works with that shows what a service does or acts on it.
type desk struct {
	*setup
	db  *store.DB
	out terminal
	now time.Time // by the database's clock
}

// open opens a desk. It is the caller's to close.
func (f *flags) openDesk(cmd *cobra.Command) (*desk, error) {
	ctx := cmd.Context()
	s, db, err := f.openExisting(ctx)
	if err != nil {
		return nil, err
	}
	d := &desk{setup: s, db: db, out: newTerminal(cmd.OutOrStdout())}
	if err := d.look(ctx); err != nil {
		db.Close()
		return nil, err
	}
	return d, nil
}

func (d *desk) Close() { d.db.Close() }

// look reads the clock anew.
func (d *desk) look(ctx context.Context) error {
	ahead, err := d.db.Clock(ctx)
	d.now = time.Now().Add(ahead).Round(0)
	return err
}

// status tells how the service is.
func (d *desk) status() status {
	return status{db: d.db, metrics: newJobMetrics(), counted: &counted{}, setup: func() *setup { return d.setup }}
}

// publisherName is what a publisher is called in English; its key where it has no name.
func (d *desk) publisherName(key string) string {
	p, _ := d.config.Site.Publisher(key)
	if name := p.Names["en"]; name != "" || p.NameID == "" {
		return cmp.Or(name, key)
	}
	return cmp.Or(d.bundle.Localizer("en").Text(p.NameID, nil), key)
}

// operator does what operators can do, as who runs the command.
func (d *desk) operator() *operate.Operator { return commandOperator(d.db, d.setup) }

// me is who runs the command: the system's user, and the machine.
func me() operate.Who {
	name := "uid " + strconv.Itoa(os.Getuid())
	if u, err := user.Current(); err == nil {
		name = cmp.Or(u.Username, name)
	}
	if asked := os.Getenv("SUDO_USER"); asked != "" {
		name = asked + " as " + name
	}
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	return operate.Who{Name: name + "@" + host, Way: "command"}
}

// said prints what was done.
func (d *desk) said(done operate.Done, err error) error {
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(d.out, done.Said)
	return err
}

// newDeedCommand returns a command that does something to one source and prints what it did.
func newDeedCommand(cmd *cobra.Command, do func(ctx context.Context, o *operate.Operator, source string) (operate.Done, error)) *cobra.Command {
	cmd.Args = takes(1, 1)
	return withDeed(cmd, func(ctx context.Context, o *operate.Operator, args []string) (operate.Done, error) {
		return do(ctx, o, args[0])
	})
}

// withDeed has a command do something and print what it did.
func withDeed(cmd *cobra.Command, do func(ctx context.Context, o *operate.Operator, args []string) (operate.Done, error)) *cobra.Command {
	var flags flags
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		d, err := flags.openDesk(cmd)
		if err != nil {
			return err
		}
		defer d.Close()
		return d.said(do(cmd.Context(), d.operator(), args))
	}
	flags.add(cmd)
	return cmd
}
