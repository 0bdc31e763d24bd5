package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/config"
)

func newInitCommand() *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:   "init [FILE]",
		Short: "Write a commented kairan.yaml to start from",
		Long: `Write a commented kairan.yaml to start from. It shows every section by example
and has no fault; a file that is there already is kept, unless --force is given.`,
		Args: takes(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			name := "kairan.yaml"
			if len(args) == 1 {
				name = args[0]
			}
			if err := writeTemplate(name, force); err != nil {
				return err
			}
			_, err := fmt.Fprintf(cmd.OutOrStdout(), `Wrote %[1]s. Next:
  1. Edit it: your site's id and address, your publishers, your sources.
  2. Make the folder "notices" beside it and put a notice there, or remove that source.
  3. kairan check --config %[1]s
  4. kairan serve --config %[1]s
`, name)
			return err
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "overwrite a file that is there already")
	return cmd
}

// writeTemplate writes the file whole or not at all: the one that is there already is not
// lost to a full disk.
func writeTemplate(name string, force bool) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	switch {
	case err == nil:
		_, err = f.Write(config.Template())
		if closeErr := f.Close(); err == nil {
			err = closeErr
		}
		if err != nil {
			os.Remove(name) // what there is of it would be in the way
		}
	case errors.Is(err, fs.ErrExist) && force:
		err = replaceFile(name, config.Template())
	case errors.Is(err, fs.ErrExist):
		return fmt.Errorf("%s is there already: name another file, or overwrite it with --force", name)
	}
	if err != nil {
		return fmt.Errorf("write a configuration to start from: %w", err)
	}
	return nil
}
