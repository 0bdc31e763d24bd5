package config

import (
	"regexp"
	"slices"
)

// A shape describes what may stand at a place of kairan.yaml. The walk and the
// JSON Schema are both made from it.
type shape struct {
	form form
	// noun completes "must be …": "a time zone".
	noun string
	// doc is a sentence for editors.
	doc string

	// Of a text.
	words   []word              // the only values, if there are any
	pattern *regexp.Regexp      // for the JSON Schema too; nil for none
	not     []string            // what the pattern would allow
	format  string              // a format of JSON Schema, such as "uri"
	reads   func(string) *fault // looks deeper than a JSON Schema can
	secret  bool                // never to be repeated in an error

	// Of a whole number: the least and the greatest.
	min, max int64

	// of is what a list or table holds; keys are the keys of a table.
	of, keys *shape
	// filled lists and tables have one element at least.
	filled bool

	// Of a record. elsewhere are keys that belong to another one, and what to do about
	// them.
	fields    []field
	rules     []rule
	elsewhere map[string]string

	// start says what to write into a file that is empty, if it has this shape.
	start string

	// defined is its name among the definitions of the JSON Schema; "" for none.
	defined string

	// choices are shapes of different forms, of which the value has one.
	choices []*shape
}

// form is the outer form of a shape.
type form int

const (
	textForm     form = iota // one scalar, read as text
	flagForm                 // true or false
	wholeForm                // a whole number
	durationForm             // a time and its unit, or 0
	sizeForm                 // bytes, with or without a unit
	listForm
	tableForm  // keys of one shape, values of one shape
	recordForm // known keys
	eitherForm // one of several forms
)

// String returns the form as errors call it.
func (f form) String() string {
	switch f {
	case textForm:
		return "a text"
	case flagForm:
		return "true or false"
	case wholeForm:
		return "a whole number"
	case durationForm:
		return "a time with its unit, such as 30s or 5m"
	case sizeForm:
		return "a size, such as 500KiB or 10MiB"
	case listForm:
		return "a list"
	default:
		return "a mapping of keys to values"
	}
}

// field is a key of a record. One that was dropped stays in the description for one
// version, in which it is a warning.
type field struct {
	name     string
	also     []string // what people write instead
	required bool
	unless   string // a key in whose presence this one is not required
	example  string // completes the hint where a required field is missing
	preset   any    // the default, for editors
	dropped  string // what holds in its place, if it is read no more; it has no shape then
	shape    *shape
}

// rule says what else a record must or must not have where its key has a value.
type rule struct {
	key, value string
	require    string
	forbid     string
	unless     string // a key in whose presence it is not forbidden
	hint       string
}

// keywords returns the record's keys that are read.
func (s *shape) keywords() (all []word) {
	for _, f := range s.fields {
		if f.dropped == "" {
			all = append(all, word{text: f.name, also: f.also})
		}
	}
	return all
}

func (s *shape) field(name string) (field, bool) {
	for _, f := range s.fields {
		if f.name == name {
			return f, true
		}
	}
	return field{}, false
}

// choice returns the choice of that form.
func (s *shape) choice(of func(form) bool) *shape {
	for _, c := range s.choices {
		if of(c.form) {
			return c
		}
	}
	return nil
}

// canBeNothing reports whether a key may have nothing after it: lists, tables, and
// records that need no field.
func (s *shape) canBeNothing() bool {
	switch s.form {
	case listForm, tableForm:
		return true
	case recordForm:
		return !slices.ContainsFunc(s.fields, func(f field) bool { return f.required })
	case eitherForm:
		return slices.ContainsFunc(s.choices, (*shape).canBeNothing)
	default:
		return false
	}
}
