package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/internal/builtin"
	"github.com/kairan-news/kairan/internal/config"
)

// defaultFile is the configuration that is at work where none is named and it is there.
const defaultFile = "kairan.yaml"

// addConfig adds --config to a command that reads a configuration. Where none is named
// the command works on ./kairan.yaml, which it says on standard error, else on the
// built-in one. It is decided once: a service that reads its configuration again
// reads the same.
func addConfig(cmd *cobra.Command, file *string, usage string) {
	cmd.Flags().StringVar(file, "config", "", usage+" (default: ./"+defaultFile+" if it is there, else the built-in configuration; \"\" is the built-in one)")
	cmd.PreRun = func(cmd *cobra.Command, _ []string) {
		if cmd.Flags().Changed("config") {
			return
		}
		if _, err := os.Stat(defaultFile); errors.Is(err, fs.ErrNotExist) {
			return
		}
		*file = defaultFile
		noteDefault(cmd)
	}
}

// configurationOf returns the name and the text of the configuration to look at; "" is the
// built-in one.
func configurationOf(file string) (name string, data []byte, err error) {
	if file == "" {
		return builtin.Name, builtin.Config(), nil
	}
	if data, err = readConfiguration(file); err != nil {
		return "", nil, fmt.Errorf("read the configuration: %w; \"kairan init\" writes one to start from", err)
	}
	return file, data, nil
}

// readConfiguration reads a configuration's own file, which may be a pipe.
func readConfiguration(name string) ([]byte, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, config.MaxFileBytes+1)) // which tells that there is more
}

// configurationFiles opens the files that a configuration includes.
type configurationFiles struct{}

// ReadDir is [os.ReadDir].
func (configurationFiles) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(name) }

// ReadFile reads a regular file, or the one that a link leads to: opening a pipe would
// wait for somebody to write into it.
func (configurationFiles) ReadFile(name string) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, errors.New("it is a folder")
	case !info.Mode().IsRegular():
		return nil, errors.New("it is no regular file")
	}
	return readConfiguration(name)
}
