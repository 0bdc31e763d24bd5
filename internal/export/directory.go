package export

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
)

// directory is a target in the file system.
type directory struct{ root string }

// make makes the directory. On a full disk it is made with the first file that there is
// room for.
func (d directory) make() error {
	if err := os.MkdirAll(d.root, 0o755); err != nil && !errors.Is(err, syscall.ENOSPC) {
		return fmt.Errorf("export: make the directory: %w", err)
	}
	return nil
}

func (d directory) String() string { return d.root }

func (d directory) Close() error { return nil }

func (d directory) parallel() int { return runtime.GOMAXPROCS(0) }

// pageName gives pages a name by which a web server knows their type.
func (d directory) pageName(path string) string {
	if path == "" || strings.HasSuffix(path, "/") {
		return path + "index.html"
	}
	return path + ".html"
}

// path returns where a file is; an error for a name that leads out of the directory.
func (d directory) path(name string) (string, error) {
	local := filepath.FromSlash(name)
	if !filepath.IsLocal(local) {
		return "", fmt.Errorf("the name %q leads out of the directory", name)
	}
	return filepath.Join(d.root, local), nil
}

func (d directory) read(_ context.Context, name string) ([]byte, error) {
	path, err := d.path(name)
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return data, err
}

func (d directory) has(_ context.Context, name string, e exported) bool {
	path, err := d.path(name)
	if err != nil {
		return false
	}
	info, err := os.Stat(path)
	return err == nil && info.Size() == e.Size && info.ModTime().Equal(e.Modified)
}

func (d directory) write(_ context.Context, f File) error {
	path, err := d.path(f.Name)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	temporary, err := os.CreateTemp(filepath.Dir(path), ".kairan-*")
	if err != nil {
		return err
	}
	defer os.Remove(temporary.Name()) // fails where it was renamed, as it should be
	_, err = temporary.Write(f.Body)
	if err == nil {
		err = temporary.Chmod(0o644)
	}
	if closeErr := temporary.Close(); err == nil {
		err = closeErr
	}
	if err == nil && !f.Modified.IsZero() {
		err = os.Chtimes(temporary.Name(), f.Modified, f.Modified)
	}
	if err != nil {
		return err
	}
	return os.Rename(temporary.Name(), path)
}

func (d directory) remove(_ context.Context, name string) error {
	path, err := d.path(name)
	if err != nil {
		return err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	// A directory that is empty now is of no use either. One that is not stays.
	for dir := filepath.Dir(path); dir != filepath.Clean(d.root) && os.Remove(dir) == nil; {
		dir = filepath.Dir(dir)
	}
	return nil
}
