package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is one fault of a configuration.
type Problem struct {
	File string
	// Line and Column count from 1; 0 where the fault is of the file as a whole.
	Line, Column int
	// What is wrong, and what to do about it; Hint may be "".
	What, Hint string
}

// Error returns the fault on one line: file:line:column: what; hint.
func (p Problem) Error() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", p.Line, p.Column)
	}
	b.WriteString(": ")
	b.WriteString(p.What)
	if p.Hint != "" {
		b.WriteString("; ")
		b.WriteString(p.Hint)
	}
	return b.String()
}

// Problems are all faults of a configuration, in the order of the file. It is
// the error of [Parse].
type Problems []Problem

// Error returns one line for each fault.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives errors.As each fault.
func (ps Problems) Unwrap() []error {
	errs := make([]error, len(ps))
	for i, p := range ps {
		errs[i] = p
	}
	return errs
}

// fault is what is wrong with a value, before it is known where it stands.
type fault struct{ what, hint string }

// position is a place in the file, counted from 1. Columns count characters.
type position struct{ line, column int }

// report collects the faults of one file.
type report struct {
	file     string
	problems Problems
}

func (r *report) add(at position, what, hint string) {
	r.problems = append(r.problems, Problem{r.file, at.line, at.column, what, hint})
}

// sorted returns the faults in the order of the file, each once: a node that is
// used twice through an alias has its faults once.
func (r *report) sorted() Problems {
	slices.SortStableFunc(r.problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return slices.Compact(r.problems)
}
