package main

import (
	"cmp"
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/kairan-news/kairan/internal/config"
)

// takes returns a check of a command's arguments, of which there are at least and at
// most so many.
func takes(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return fmt.Errorf("%s needs to be told more: %s", cmd.CommandPath(), cmd.UseLine())
		case len(args) > most:
			return fmt.Errorf("%s can't do anything with %q: %s", cmd.CommandPath(), args[most], cmd.UseLine())
		}
		return nil
	}
}

// group has a command that stands for others name the one that was meant, where it is
// given a name that none of them has.
func group(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	return fmt.Errorf("unknown command %q; %s", args[0], hint(config.Nearest(args[0], names...), cmd))
}

// hint names what was probably meant, else where to look.
func hint(near string, cmd *cobra.Command) string {
	if near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return fmt.Sprintf("%q lists what there is", cmd.CommandPath()+" --help")
}

// flagError says what is wrong with the flags of a command line.
func flagError(cmd *cobra.Command, err error) error {
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok {
		return unknownFlag(cmd, unknown)
	}
	if bad, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		return fmt.Errorf("--%s %q: %w", bad.GetFlag().Name, bad.GetValue(), valueError(bad))
	}
	if lacking, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		return fmt.Errorf("--%s lacks its value; %s", lacking.GetFlag().Name, hint("", cmd))
	}
	return err
}

func unknownFlag(cmd *cobra.Command, unknown *pflag.NotExistError) error {
	if letters := unknown.GetSpecifiedShortnames(); letters != "" {
		return fmt.Errorf("unknown flag -%s; %s", unknown.GetSpecifiedName(), hint("", cmd))
	}
	name := unknown.GetSpecifiedName()
	if owner := ownerOf(cmd.Root(), name); cmd.HasSubCommands() && owner != nil {
		return fmt.Errorf("unknown flag --%s; it belongs behind a command, such as \"%s --%s\"", name, owner.CommandPath(), name)
	}
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	near := config.Nearest(name, names...)
	if near != "" {
		near = "--" + near
	}
	return fmt.Errorf("unknown flag --%s; %s", name, hint(near, cmd))
}

// ownerOf returns the first command below cmd that has a flag.
func ownerOf(cmd *cobra.Command, flag string) *cobra.Command {
	for _, c := range cmd.Commands() {
		if c.Flags().Lookup(flag) != nil {
			return c
		}
	}
	return nil
}

// valueError says which values a flag has, where its kind tells.
func valueError(bad *pflag.InvalidValueError) error {
	switch bad.GetFlag().Value.Type() {
	case "bool":
		return errors.New("use true or false")
	case "int":
		return errors.New("use a whole number")
	default:
		return cmp.Or(bad.Unwrap(), error(bad))
	}
}
