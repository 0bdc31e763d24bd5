package config

import (
	"bytes"
	"regexp"

	"github.com/goccy/go-yaml/ast"
)

// The syntax tree of a file takes fifty times its size. A file with thousands of
// sources is therefore read in parts, one after the other: all of it with its first
// sources alone, then the others, some at a time. Every part is a file by itself in
// which what was cut away is left as empty lines, so that each value stands where it
// stood. What can't be cut with certainty, or has a fault of syntax, is read as a whole.
const (
	// longFile is the size in bytes from which a file is read in parts.
	longFile = 128 << 10
	// partOf is how many sources a part has.
	partOf = 200
)

var (
	sourcesLine = regexp.MustCompile(`^sources:[ ]*(#.*)?$`)
	// reference is an anchor or an alias, or may be one: it can't be followed from one
	// part to another.
	reference = regexp.MustCompile(`(?m)(^|[\s,\[{:-])[&*][^\s]`)
)

// inParts cuts a file; nil if it is to be read as a whole.
func inParts(data []byte) [][]byte {
	if len(data) < longFile || bytes.ContainsAny(data, "\t\r") || reference.Match(data) {
		return nil
	}
	lines := bytes.SplitAfter(data, []byte("\n"))
	key, items, end := itemLines(lines)
	if len(items) <= partOf {
		return nil
	}
	var parts [][]byte
	for first := 0; first < len(items); first += partOf {
		from, to := items[first], end
		if first+partOf < len(items) {
			to = items[first+partOf]
		}
		var part []byte
		for i, line := range lines {
			if i >= from && i < to || i == key || first == 0 && (i < from || i >= end) {
				part = append(part, line...)
			} else if i < to || first == 0 {
				part = append(part, '\n')
			}
		}
		parts = append(parts, part)
	}
	return parts
}

// itemLines finds the line of the key "sources", the lines on which the elements of
// its list begin, and the one after the last; no elements where that is not sure.
func itemLines(lines [][]byte) (key int, items []int, end int) {
	key, end = -1, len(lines)
	indent := -1
	for i, line := range lines {
		text := bytes.TrimRight(line, "\n ")
		at := len(text) - len(bytes.TrimLeft(text, " "))
		switch {
		case key < 0:
			if sourcesLine.Match(text) {
				key = i
			}
		case at == len(text) || text[at] == '#':
		case bytes.HasPrefix(text[at:], []byte("- ")) && (indent < 0 || at == indent):
			indent = at
			items = append(items, i)
		case indent < 0:
			return key, nil, end
		case at > indent:
		case at == 0:
			for _, rest := range lines[i:] {
				if sourcesLine.Match(bytes.TrimRight(rest, "\n ")) {
					return key, nil, end // a second list: whatever that means
				}
			}
			return key, items, i
		default:
			return key, nil, end
		}
	}
	return key, items, end
}

// readInParts reads the parts of a file; false if it has to be read as a whole.
func readInParts(r *report, parts [][]byte, s *shape) (root *value, ok bool) {
	found := &report{file: r.file}
	w := &walker{report: found, anchors: map[string]ast.Node{}, open: map[string]bool{}, fit: map[fitText]bool{}}
	for i, part := range parts {
		file, err := parseYAML(part)
		if err != nil || len(file.Docs) != 1 {
			return nil, false
		}
		if i == 0 {
			if root = w.read(file.Docs[0].Body, s, s.noun); root == nil || root.bad || root.get("sources") == nil {
				return nil, false
			}
			continue
		}
		list, ok := sourcesOf(file.Docs[0].Body)
		if !ok {
			return nil, false
		}
		sourcesField, _ := s.field("sources")
		more := w.read(list, sourcesField.shape, "sources")
		sources := root.get("sources")
		sources.items = append(sources.items, more.list()...)
	}
	r.problems = append(r.problems, found.problems...)
	return root, true
}

// sourcesOf returns the list of a part that has nothing else.
func sourcesOf(body ast.Node) (*ast.SequenceNode, bool) {
	m, ok := body.(*ast.MappingNode)
	if !ok || len(m.Values) != 1 {
		return nil, false
	}
	list, ok := m.Values[0].Value.(*ast.SequenceNode)
	return list, ok
}
