//go:build linux

// Benchpublish measures what publishing costs: CPU, memory, time and bytes written of the
// program itself, as operators run it, against sources on loopback; with -large on stores of
// 30,000 to 300,000 articles; with -operators how soon the operators' pages answer under load;
// with -soak whether what it takes stays as it is. It prints a table with what is wanted beside what
// was measured.
//
// It is a program and no benchmark of package testing, since what it measures is another
// process. It stands in internal so that nobody takes it for a command of Kairan's.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "benchpublish:", err)
		stop()
		os.Exit(1)
	}
}

// bench is one measurement.
type bench struct {
	folder, program string
	sources, items  int
	schedule        string // of the sources; "" is once a year
	rows            rows
}

func run(ctx context.Context) error {
	b := &bench{}
	var large, operators, keep bool
	var soak time.Duration
	flag.IntVar(&b.sources, "sources", 1000, "how many `FEEDS` are collected")
	flag.IntVar(&b.items, "items", 30, "how many `NOTICES` each has")
	flag.BoolVar(&large, "large", false, "measure stores of up to 300,000 articles instead")
	flag.BoolVar(&operators, "operators", false, "measure the operators' pages under load instead")
	flag.DurationVar(&soak, "soak", 0, "watch a program under load for such a `TIME` instead, and fail if what it takes grows")
	flag.StringVar(&b.program, "program", "", "measure this `FILE` instead of what is built from the module")
	flag.BoolVar(&keep, "keep", false, "leave the databases where they are")
	flag.Parse()

	var err error
	if b.folder, err = os.MkdirTemp("", "benchpublish"); err != nil {
		return err
	}
	if keep {
		defer progress("everything is in %s", b.folder)
	} else {
		defer os.RemoveAll(b.folder)
	}
	if b.program == "" {
		if err := b.build(ctx); err != nil {
			return err
		}
	}
	measure := b.publishing
	switch {
	case large:
		measure = b.growing
	case operators:
		measure = b.operators
	case soak > 0:
		measure = func(ctx context.Context) error { return b.soak(ctx, soak) }
	}
	err = measure(ctx)
	b.rows.print(os.Stdout)
	return err
}

func (b *bench) build(ctx context.Context) error {
	progress("building")
	b.program = filepath.Join(b.folder, "kairan")
	build := exec.CommandContext(ctx, "go", "build", "-o", b.program, "./cmd/kairan")
	build.Stdout, build.Stderr = os.Stderr, os.Stderr
	if err := build.Run(); err != nil {
		return fmt.Errorf("build the program, from the module's root: %w", err)
	}
	return nil
}

// configFile and dataFolder are of the program that is measured.
func (b *bench) configFile() string { return filepath.Join(b.folder, "kairan.yaml") }
func (b *bench) dataFolder() string { return filepath.Join(b.folder, "data") }

// progress says what goes on.
func progress(format string, args ...any) { fmt.Fprintf(os.Stderr, format+"\n", args...) }
