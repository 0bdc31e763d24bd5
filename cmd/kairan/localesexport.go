package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/kairan-news/kairan/locales"
)

func newLocalesExportCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "export DIR",
		Short: "Write the built-in message bundles into a folder, to start from",
		Long: `Write the built-in message bundles into a folder, with the notes for translators and the
words by which categories are called: to translate the English one into a further language,
or to change words of another. A file that is there is not touched.

A site lays the folder over the built-in bundles that site.messages names. What stands in it
wins over those of later versions too: keep in it what is yours, and no more.`,
		Args: takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return exportLocales(cmd.OutOrStdout(), args[0])
		},
	}
}

// exportLocales writes what there is not yet, and says of each file what became of it. It is
// an error if a file was there with other words.
func exportLocales(out io.Writer, folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("write the bundles: %w", err)
	}
	files := locales.Files()
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return fmt.Errorf("write the bundles: %w", err)
	}
	others := 0
	for _, entry := range entries {
		name := entry.Name()
		if !strings.HasSuffix(name, ".toml") || name == "sources.toml" { // which is of the built-in ones alone
			continue
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return fmt.Errorf("write the bundles: %w", err)
		}
		became, err := writeNew(filepath.Join(folder, name), data)
		if err != nil {
			return fmt.Errorf("write the bundles: %w", err)
		}
		if became == isAnother {
			others++
		}
		fmt.Fprintf(out, "%s %s\n", filepath.Join(folder, name), became)
	}
	if others > 0 {
		return fmt.Errorf("%s had been there with other words, and stayed as it was; name an empty folder to get all", count(others, "file", "files"))
	}
	return nil
}

// What became of a file.
const (
	isWritten = "is written"
	isSame    = "is there already"
	isAnother = "is there already, with other words"
)

// writeNew writes a file that is not there yet.
func writeNew(name string, data []byte) (became string, err error) {
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		there, err := os.ReadFile(name)
		if err == nil && !bytes.Equal(there, data) {
			return isAnother, nil
		}
		return isSame, err
	}
	if err != nil {
		return "", err
	}
	_, err = file.Write(data)
	return isWritten, errors.Join(err, file.Close())
}
