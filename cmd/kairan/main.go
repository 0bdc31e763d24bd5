// Command kairan collects the news that a city and its partner cities publish,
// localizes it, and publishes it as RSS, Atom and JSON feeds.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // schedules need time zones where the system has none
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run runs the command line and returns its exit status: 0, or 1 where something
// failed, or what the command's help says. SIGINT and SIGTERM end the command's context; a second one ends the
// program at once.
func run(args []string, in io.Reader, out, errOut io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)

	root := newRootCommand()
	root.SetArgs(args)
	root.SetIn(in)
	root.SetOut(out)
	root.SetErr(errOut)
	if err := root.ExecuteContext(ctx); err != nil {
		if status, ok := errors.AsType[exitStatus](err); ok {
			return int(status)
		}
		if !errors.Is(err, errReported) {
			fmt.Fprintf(errOut, "kairan: %v\n", err)
		}
		return 1
	}
	return 0
}

// errReported ends a command with status 1 when it has said all there is to say.
var errReported = errors.New("already reported")

// exitStatus ends a command that has said all there is to say with a status of its own.
type exitStatus int

func (s exitStatus) Error() string { return fmt.Sprintf("exit status %d", int(s)) }
