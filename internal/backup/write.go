package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/kairan-news/kairan/internal/store"
)

// mode is that of copies: they hold what the database holds, secrets too.
const mode fs.FileMode = 0o600

// Copier is a database that can be copied while it is at work.
type Copier interface {
	CopyTo(ctx context.Context, path string, written func(bytes int64)) error
}

// Writing says where a copy is written.
type Writing struct {
	// File is its name; compressed if that ends in .gz or .zst.
	File string
	// Force has it take the place of a file that is there.
	Force bool
	// Written, where it is not nil, is told now and then how many bytes are written, before
	// they are compressed.
	Written func(bytes int64)
}

// ErrThere says that a file is there already.
var ErrThere = errors.New("it is there already; choose another name, or replace it with --force")

// Write makes a copy of a database, and returns its size in bytes. Where it fails a file that
// is there stays as it was, and no part of the new one is left.
func Write(ctx context.Context, db Copier, w Writing) (size int64, err error) {
	if size, err = write(ctx, db, w); err != nil {
		return 0, fmt.Errorf("write the backup %s: %w", w.File, err)
	}
	return size, nil
}

func write(ctx context.Context, db Copier, w Writing) (size int64, err error) {
	if _, err := os.Lstat(w.File); err == nil && !w.Force {
		return 0, ErrThere
	}
	beside, err := temporary(w.File)
	if err != nil {
		return 0, err
	}
	defer func() { os.Remove(beside) }() // it has another name by then, if all went well
	if err := db.CopyTo(ctx, beside, w.Written); err != nil {
		return 0, err
	}
	if as := packingOf(w.File); as != plain {
		packed, err := packBeside(ctx, w.File, beside, as)
		if err != nil {
			return 0, err
		}
		os.Remove(beside)
		beside = packed
	}
	info, err := os.Stat(beside)
	if err != nil {
		return 0, err
	}
	if err := place(beside, w.File, w.Force); err != nil {
		return 0, err
	}
	return info.Size(), store.SyncFolder(filepath.Dir(w.File))
}

// place gives a file its name. Without force that of another, which came meanwhile, is not
// taken.
func place(from, to string, force bool) error {
	if force {
		return os.Rename(from, to)
	}
	err := os.Link(from, to)
	switch {
	case errors.Is(err, fs.ErrExist):
		return ErrThere
	case err != nil: // a disk that knows no links
		return os.Rename(from, to)
	}
	return os.Remove(from)
}

// temporary makes an empty file beside another, which only its owner may read.
func temporary(beside string) (string, error) {
	f, err := os.CreateTemp(filepath.Dir(beside), "."+filepath.Base(beside)+"-*")
	if err != nil {
		return "", err
	}
	return f.Name(), errors.Join(f.Chmod(mode), f.Close())
}

// packBeside compresses a file into another one beside it.
func packBeside(ctx context.Context, name, from string, as packing) (string, error) {
	path, err := temporary(name)
	if err != nil {
		return "", err
	}
	to, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err == nil {
		err = errors.Join(pack(ctx, to, from, as), to.Sync(), to.Close())
	}
	if err != nil {
		os.Remove(path)
		return "", err
	}
	return path, nil
}
