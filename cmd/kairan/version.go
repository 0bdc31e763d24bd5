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

// stamp is the version that was given when the program was built, by
// "-ldflags=-X main.stamp=…", as in the image, which is built without the history.
var stamp string

// version returns which Kairan this is, in one word.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	return versionOf(stamp, info)
}

// versionOf returns the version of a program: what was given when it was built, else the
// module's version, in which Go names the commit, or the tag that stands at it, else the
// commit, else "devel". Where files had been changed it ends in "dirty".
func versionOf(stamp string, info *debug.BuildInfo) string {
	if stamp != "" {
		return stamp
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	v := "devel"
	if revision := settings["vcs.revision"]; revision != "" {
		v += "-" + revision[:min(12, len(revision))]
	}
	if settings["vcs.modified"] == "true" {
		v += "+dirty"
	}
	return v
}

// build tells programs apart that call themselves by one version: those that were built
// from changed files, or where nothing told the commit.
func build(version string, program fs.FileInfo) string {
	if version != "devel" && !strings.HasSuffix(version, "dirty") {
		return version
	}
	return fmt.Sprintf("%s (%d bytes, of %s)", version, program.Size(), program.ModTime().UTC().Format("2006-01-02T15:04:05.000Z"))
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
