package main

import (
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

func newVersionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print which Kairan this is",
		Args:  takes(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := fmt.Fprintln(cmd.OutOrStdout(), versionLine())
			return err
		},
	}
}

func versionLine() string {
	return fmt.Sprintf("kairan %s %s %s/%s", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
}

// build tells programs apart that call themselves by one version: those that were built
// from changed files, or where nothing told the commit, as in a container.
func build(version string, program fs.FileInfo) string {
	if version != "devel" && !strings.HasSuffix(version, "+dirty") {
		return version
	}
	return fmt.Sprintf("%s of %d bytes at %d", version, program.Size(), program.ModTime().UnixMilli())
}

// thisBuild is the build that runs.
func thisBuild() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("find the program: %w", err)
	}
	program, err := os.Stat(path)
	if err != nil {
		return "", fmt.Errorf("look at the program: %w", err)
	}
	return build(version(), program), nil
}

// version returns the module's version, with the commit that it was built from
// where the build knows it.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	if v == "" || v == "(devel)" {
		v = "devel"
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				v += "-" + s.Value[:min(12, len(s.Value))]
			}
		}
	}
	return v
}
