package config

import (
	"bytes"
	"errors"
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

// Parse reads the configuration of a file of that name. Its error is [Problems]:
// every fault of the file, and then there is no Config.
//
// Without labels (nil) every language is taken to have its bundle, and every
// message to be there.
func Parse(name string, data []byte, labels Labels) (*Config, error) {
	r := &report{file: name}
	root := readTree(r, data, describe())
	if root == nil {
		return nil, r.sorted()
	}
	b := &builder{report: r, labels: labels}
	c := b.config(name, root)
	if len(r.problems) > 0 {
		return nil, r.sorted()
	}
	return c, nil
}

// MessagesFolder returns the folder of message bundles that a configuration
// names, resolved, for loading them before the whole is read by [Parse]; "" for
// none, or where the file can't be read as far as that.
func MessagesFolder(name string, data []byte) string {
	if !bytes.Contains(data, []byte("messages")) {
		return "" // a long list of sources need not be read twice
	}
	root := readTree(&report{file: name}, data, describe())
	return resolve(name, root.get("site").get("messages").string())
}

// readTree returns the file's values, nil where there is nothing to go on with.
func readTree(r *report, data []byte, s *shape) *value {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if !utf8.Valid(data) {
		r.add(position{}, "the file is not UTF-8", "save it in that encoding")
		return nil
	}
	file, err := parseYAML(data)
	if err != nil {
		where, what := position{}, "this is not YAML"
		var syntax yaml.Error
		if errors.As(err, &syntax) {
			what = syntax.GetMessage()
			if t := syntax.GetToken(); t != nil && t.Position != nil {
				where = position{t.Position.Line, max(1, t.Position.Column)}
			}
		}
		r.add(where, "YAML: "+what, "look at the indentation, the quotes and the brackets here and on the line before")
		return nil
	}

	var bodies []ast.Node
	for _, d := range file.Docs {
		if d.Body != nil {
			bodies = append(bodies, d.Body)
		}
	}
	switch {
	case len(bodies) == 0:
		r.add(position{}, "the file is empty", "write one to start from with \"kairan init\"")
		return nil
	case len(bodies) > 1:
		r.add(at(bodies[1]), "a second document begins", "remove the line \"---\" before it")
	}
	w := &walker{report: r, anchors: anchorsOf(bodies[0]), open: map[string]bool{}, fit: map[fitText]bool{}}
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
