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

// Place returns file:line:column, or the file alone.
func (p Problem) Place() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// Error returns the fault on one line: file:line:column: what; hint.
func (p Problem) Error() string {
	var b strings.Builder
	b.WriteString(p.Place() + ": ")
	b.WriteString(p.What)
	if p.Hint != "" {
		b.WriteString("; ")
		b.WriteString(p.Hint)
	}
	return b.String()
}

// Problems are all faults of a configuration: those of its own file, then those of the
// files that it includes, each in the order of its file. It is the error of [Parse].
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

// position is a place in a file of the configuration: the file by its number in the
// [report], line and column counted from 1. Columns count characters. Line 0 is the
// file as a whole.
type position struct{ file, line, column int }

// located is a fault and where it stands.
type located struct {
	at position
	fault
}

// report collects the faults of a configuration's files.
type report struct {
	// files are their names: the configuration's own, then those that it includes.
	files  []string
	faults []located
	// warnings are what is wrong and does no harm yet.
	warnings []located
}

func (r *report) add(at position, what, hint string) {
	r.faults = append(r.faults, located{at, fault{what, hint}})
}

func (r *report) warn(at position, what, hint string) {
	r.warnings = append(r.warnings, located{at, fault{what, hint}})
}

// place says where something stands to whom reads of a fault in a file: "on line 3", or
// "at cities/kyoto.yaml:3:5" if it is in another one.
func (r *report) place(at position, from int) string {
	if at.file == from {
		return fmt.Sprintf("on line %d", at.line)
	}
	return fmt.Sprintf("at %s:%d:%d", r.files[at.file], at.line, at.column)
}

// sorted returns faults or warnings in the order of the files and of what stands in them,
// each once: a node that is used twice through an alias has its faults once.
func (r *report) sorted(all []located) (problems Problems) {
	slices.SortStableFunc(all, func(a, b located) int {
		return cmp.Or(cmp.Compare(a.at.file, b.at.file), cmp.Compare(a.at.line, b.at.line), cmp.Compare(a.at.column, b.at.column))
	})
	for _, f := range slices.Compact(all) {
		problems = append(problems, Problem{r.files[f.at.file], f.at.line, f.at.column, f.what, f.hint})
	}
	return problems
}
