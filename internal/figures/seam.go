package main

import (
	"go/ast"
	"go/types"
	"strings"
)

// seam is what is said of the entries of a feed that are known, and so not read: a field
// or a function of each package that has a part in it. Whoever changes that changes this
// list. (Pages that a crawl knows are another matter.)
var seam = []string{
	"internal/ledger.Memory.Digests", // which are known
	"internal/parse.Options.Known",   // to the parser, which leaves them out
	"internal/ledger.Memory.Entries", // the articles that those are which were left out
	"internal/ledger.Memory.Entry",
}

// place is a function, or another declaration, that mentions what is looked for.
type place struct {
	file string
	decl ast.Decl
}

// placesOf returns where the names are mentioned that are given as "package.Type.Field",
// "package.Type.Method" or "package.Function", and those names that are not there. What
// declares a name is no such place.
func placesOf(packages []pkg, names []string) (places []place, missing []string) {
	meant := map[types.Object]bool{}
	for _, name := range names {
		if o := lookup(packages, name); o != nil {
			meant[o] = true
		} else {
			missing = append(missing, name)
		}
	}
	for _, p := range packages {
		for _, f := range p.files {
			for _, d := range f.ast.Decls {
				if mentions(p, d, meant) {
					places = append(places, place{f.name, d})
				}
			}
		}
	}
	return places, missing
}

// mentions reports whether a declaration uses one of these.
func mentions(p pkg, d ast.Decl, meant map[types.Object]bool) bool {
	found := false
	ast.Inspect(d, func(n ast.Node) bool {
		if name, ok := n.(*ast.Ident); ok && meant[p.info.Uses[name]] {
			found = true
		}
		return !found
	})
	return found
}

// lookup returns what a name stands for; nil if it is not there.
func lookup(packages []pkg, name string) types.Object {
	for _, p := range packages {
		inside, ok := strings.CutPrefix(name, p.name+".")
		if !ok {
			continue
		}
		declared, member, _ := strings.Cut(inside, ".")
		o := p.types.Scope().Lookup(declared)
		if o == nil || member == "" {
			return o
		}
		field, _, _ := types.LookupFieldOrMethod(o.Type(), true, p.types, member)
		return field
	}
	return nil
}

// filesOf counts the files that places are in.
func filesOf(places []place) int {
	files := map[string]bool{}
	for _, p := range places {
		files[p.file] = true
	}
	return len(files)
}
