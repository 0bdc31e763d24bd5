package config

import (
	"errors"
	"io/fs"
)

// openedFile is a file that a value names, as it was read.
type openedFile struct {
	name string // as the process opened it
	body []byte
	err  error
}

// readFile reads a file that a value names.
func (u *Unchecked) readFile(from Files, v *value, name string) {
	file := openedFile{name: name, err: errors.New("no file can be read here")}
	if from != nil {
		file.body, file.err = from.ReadFile(name)
	}
	u.opened[v] = append(u.opened[v], file)
}

// unread returns why a file could not be read, and what to do where it is not there or is
// something else; nil if it was read.
func (f openedFile) unread(absent, other string) *fault {
	switch {
	case f.err == nil:
		return nil
	case errors.Is(f.err, fs.ErrNotExist):
		return &fault{"is not there", absent}
	case errors.Is(f.err, fs.ErrPermission):
		return &fault{"can't be read", "let this process read it"}
	}
	return &fault{"can't be read: " + cause(f.err).Error(), other}
}
