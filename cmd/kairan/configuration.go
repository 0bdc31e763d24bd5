package main

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/kairan-news/kairan/internal/config"
)

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
