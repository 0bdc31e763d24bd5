package config

import (
	"bytes"
	"errors"
	"slices"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Labels is what a configuration must know of the message bundles.
// The Bundle of package locales has it.
type Labels interface {
	// Tags returns the locales that have a bundle.
	Tags() []string
	// Labels returns the messages whose id begins with the prefix, by their id.
	Labels(prefix string) map[string][]string
}

// Unchecked is a configuration that was read with all that it includes, and whose words
// have their forms, as far as there are no faults yet; see [Read].
type Unchecked struct {
	*report
	name string
	// roots are the values of the files by their numbers, the configuration's own
	// first; nil where there is nothing to go on with. folders are where the files lie,
	// relative to the first one.
	roots   []*value
	folders []string
	// partial says that some of what it includes could not be read.
	partial bool
	// opened are the files that values name, beside those that are included.
	opened map[*value][]openedFile
}

// Read reads the text of the configuration file of that name, and the files that it
// includes or names as pictures. What is wrong with them is for [Unchecked.Check] to say.
// Without files (nil) it can have none.
func Read(name string, data []byte, files Files) *Unchecked {
	whole := describe()
	u := &Unchecked{report: &report{files: []string{name}}, name: name, folders: []string{""}, opened: map[*value][]openedFile{}}
	root := readTree(u.report, 0, data, whole)
	u.roots = []*value{root}
	include := root.get("include")
	switch {
	case include == nil:
	case include.bad:
		u.partial = true
	default:
		in := includer{Unchecked: u, from: files, shape: includedShape(whole)}
		in.include(include)
	}
	u.readPictures(files)
	u.readFace(files)
	return u
}

// Messages returns the folder of message bundles that the configuration names, resolved,
// for loading them before [Unchecked.Check]; "" for none, or where the file could not be
// read as far as that.
func (u *Unchecked) Messages() string {
	return resolve(u.name, u.roots[0].get("site").get("messages").string())
}

// Check reports what does not fit together, beside what did not fit by itself. Its error is
// [Problems]: every fault of the files, and then there is no Config.
//
// Without labels (nil) every language is taken to have its bundle, and every
// message to be there.
func (u *Unchecked) Check(labels Labels) (*Config, error) {
	faults := &report{files: u.files, faults: slices.Clone(u.faults)}
	if u.roots[0] == nil {
		return nil, faults.sorted(faults.faults)
	}
	b := &builder{report: faults, labels: labels, folders: u.folders, partial: u.partial, opened: u.opened}
	c := b.config(u)
	if len(b.faults) > 0 {
		return nil, faults.sorted(faults.faults)
	}
	c.Warnings = faults.sorted(append(faults.warnings, u.warnings...))
	return c, nil
}

// all returns the elements of a list that every file may have a part of.
func (u *Unchecked) all(key string) (items []*value) {
	for _, root := range u.roots {
		items = append(items, root.get(key).list()...)
	}
	return items
}

// MaxFileBytes bounds a file of a configuration: its syntax tree takes a hundred times
// as much memory.
const MaxFileBytes = 16 << 20

// readTree returns the values of the file of that number, nil where there is nothing to
// go on with.
func readTree(r *report, number int, data []byte, s *shape) *value {
	whole := position{file: number}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	switch {
	case len(data) > MaxFileBytes:
		r.add(whole, "the file has more than 16 MiB", "divide it into several, and name them in \"include\"")
		return nil
	case !utf8.Valid(data):
		r.add(whole, "the file is not UTF-8", "save it in that encoding")
		return nil
	}
	file, err := parseYAML(data)
	if err != nil {
		where, what := whole, "this is not YAML"
		var syntax yaml.Error
		if errors.As(err, &syntax) {
			what = syntax.GetMessage()
			where = placeOf(syntax.GetToken(), number)
		}
		r.add(where, "YAML: "+what, "look at the indentation, the quotes and the brackets here and on the line before")
		return nil
	}
	w := &walker{report: r, file: number, open: map[string]bool{}, fit: map[fitText]bool{}}
	var bodies []ast.Node
	for _, d := range file.Docs {
		if d.Body != nil {
			bodies = append(bodies, d.Body)
		}
	}
	switch {
	case len(bodies) == 0:
		r.add(whole, "the file is empty", s.start)
		return nil
	case len(bodies) > 1:
		r.add(w.at(bodies[1]), "a second document begins", "remove the line \"---\" before it")
	}
	w.anchors = anchorsOf(bodies[0])
	root := w.read(bodies[0], s, s.noun)
	if root == nil || root.bad {
		return nil
	}
	return root
}

// parseYAML returns the syntax tree. A panic of the parser is an error too: a
// service that reads its configuration again must not end by it.
func parseYAML(data []byte) (file *ast.File, err error) {
	defer func() {
		if r := recover(); r != nil {
			file, err = nil, errors.New("the parser gave up")
		}
	}()
	return parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
}

// anchorsOf returns what is marked with an anchor anywhere.
func anchorsOf(root ast.Node) map[string]ast.Node {
	anchors := map[string]ast.Node{}
	for _, n := range ast.Filter(ast.AnchorType, root) {
		a := n.(*ast.AnchorNode)
		anchors[a.Name.GetToken().Value] = a.Value
	}
	return anchors
}
