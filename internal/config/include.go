package config

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// Files opens what a configuration includes, and the pictures that it names. Names are as the process can open them.
//
// ReadFile refuses what is no regular file, since reading another might never end, and
// need not return more than [MaxFileBytes] and one.
type Files interface {
	ReadDir(name string) ([]fs.DirEntry, error)
	ReadFile(name string) ([]byte, error)
}

const (
	// maxFiles and maxBytes bound what a configuration includes, in all.
	maxFiles = 1000
	maxBytes = 64 << 20
)

// includer reads the files that a configuration includes.
type includer struct {
	*Unchecked
	from  Files
	shape *shape
}

// included is a file that a pattern matches.
type included struct {
	name string // relative to the folder of the configuration's own file, or absolute
	by   *value // the pattern
}

// include reads all files that match the patterns, each once, in the order of their
// paths.
func (in *includer) include(patterns *value) {
	if in.from == nil {
		in.miss(patterns.at, "nothing can be included here", "write all into one file")
		return
	}
	list := patterns.items
	if patterns.form == textForm {
		list = []*value{patterns}
	}
	var all []included
	for _, pattern := range list {
		if pattern.bad {
			in.partial = true
			continue
		}
		names, f := in.match(pattern.text)
		if f != nil {
			in.miss(pattern.at, fmt.Sprintf("include %q %s", pattern.text, f.what), f.hint)
		}
		for _, name := range names {
			all = append(all, included{name, pattern})
		}
	}
	slices.SortStableFunc(all, func(a, b included) int { return cmp.Compare(a.name, b.name) })
	all = slices.CompactFunc(all, func(a, b included) bool { return a.name == b.name })
	if len(all) > maxFiles {
		in.miss(patterns.at, fmt.Sprintf("include names %d files, and %d at most are read", len(all), maxFiles), "write more into each of them")
		return
	}
	in.readAll(all, patterns)
}

// miss reports why something that was to be included is not.
func (in *includer) miss(at position, what, hint string) {
	in.partial = true
	in.add(at, what, hint)
}

// readAll reads the files, all of them before the first is looked into.
func (in *includer) readAll(all []included, patterns *value) {
	texts, total := make(map[int][]byte, len(all)), 0 // by the numbers of the files
	for _, file := range all {
		number := len(in.files)
		in.files = append(in.files, in.opened(file.name))
		in.folders = append(in.folders, filepath.Dir(file.name))
		in.roots = append(in.roots, nil)
		data, err := in.from.ReadFile(in.files[number])
		if err != nil {
			in.miss(position{file: number}, "the file can't be read: "+cause(err).Error(),
				fmt.Sprintf("%s; it is included %s", unreadableHint(err), in.place(file.by.at, number)))
			continue
		}
		texts[number] = data
		if total += len(data); total > maxBytes {
			in.miss(patterns.at, "the included files have more than 64 MiB", "include less")
			return
		}
	}
	for number := 1; number < len(in.files); number++ {
		text, ok := texts[number]
		if !ok {
			continue
		}
		if in.roots[number] = readTree(in.report, number, text, in.shape); in.roots[number] == nil {
			in.partial = true
		}
	}
}

// opened returns a name relative to the configuration's own file as the process can open
// it; "" is the folder of that file.
func (in *includer) opened(name string) string {
	if name == "" {
		return filepath.Dir(in.name)
	}
	return resolve(in.name, name)
}

// match returns the files that a pattern matches, but for the configuration itself. A
// pattern that matches nothing is a fault: what was published from its files would else
// end without a word.
func (in *includer) match(pattern string) (names []string, f *fault) {
	p := filepath.ToSlash(filepath.Clean(filepath.FromSlash(pattern)))
	folder := ""
	if strings.HasPrefix(p, "/") {
		folder, p = string(filepath.Separator), p[1:]
	}
	g := globber{in: in}
	if err := g.walk(folder, strings.Split(p, "/"), false); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, &fault{"matches no file: there is no " + in.shownPath(err), "paths are relative to the file in which they stand"}
		}
		return nil, &fault{fmt.Sprintf("can't be followed: the folder %s can't be read: %v", in.shownPath(err), cause(err)), unreadableHint(err)}
	}
	own := filepath.Clean(in.name)
	names = slices.DeleteFunc(g.names, func(name string) bool { return in.opened(name) == own })
	if len(names) == 0 {
		return nil, &fault{"matches no file", "remove it, or write \"sources: []\" into a file that it matches if there is nothing to include yet"}
	}
	return names, nil
}

// shownPath returns the path that an error of the file system is about.
func (in *includer) shownPath(err error) string {
	if of, ok := errors.AsType[*fs.PathError](err); ok {
		return of.Path
	}
	return "such folder"
}

// unreadableHint says what to do about what can't be read.
func unreadableHint(err error) string {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "let this process read it"
	case errors.Is(err, fs.ErrNotExist):
		return "write it, or leave it out"
	}
	return "include files alone, such as sources/*.yaml"
}

// cause returns what an error says of a path, without the path.
func cause(err error) error {
	if of, ok := errors.AsType[*fs.PathError](err); ok {
		return of.Err
	}
	return err
}

// globber finds what a pattern matches. [filepath.Glob] would ignore folders that can't
// be read, and match the hidden files that editors leave.
type globber struct {
	in    *includer
	names []string
}

// walk finds what the elements of a pattern match below a folder. After the first
// wildcard, in the wild, a name that is not there is no fault.
func (g *globber) walk(folder string, elements []string, wild bool) error {
	element, rest := elements[0], elements[1:]
	if !wild && !strings.ContainsAny(element, `*?[\`) {
		return g.enter(filepath.Join(folder, element), rest, false)
	}
	entries, err := g.in.from.ReadDir(g.in.opened(folder))
	if err != nil {
		return err
	}
	for _, e := range entries {
		link := e.Type()&fs.ModeSymlink != 0
		if !matches(element, e.Name()) || len(rest) > 0 && !e.IsDir() && !link {
			continue
		}
		err := g.enter(filepath.Join(folder, e.Name()), rest, true)
		if err != nil && !(link && errors.Is(err, syscall.ENOTDIR)) {
			return err
		}
	}
	return nil
}

// matches reports whether an element of a pattern that was checked matches a name. What
// is hidden is matched only by an element that begins with a dot.
func matches(element, name string) bool {
	if strings.HasPrefix(name, ".") && !strings.HasPrefix(element, ".") {
		return false
	}
	ok, err := path.Match(element, name)
	return err == nil && ok
}

// enter takes a name that matches so far.
func (g *globber) enter(name string, rest []string, wild bool) error {
	if len(rest) > 0 {
		return g.walk(name, rest, wild)
	}
	g.names = append(g.names, name)
	return nil
}
