package main

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"
)

// An arrow leads from a file to another of the same package that declares what it uses: a
// constant, variable, type or function of the package, or a method. However many names a
// file uses of another, that is one arrow. Fields are part of their type.
//
// Where the files of a package can be put in an order in which every arrow leads down, the
// package is read from the top to the bottom. Each cycle of arrows has one at least that
// leads up. Arrows up are those that lead up in the order in which they are fewest. To find
// that order is hard (it is the feedback arc set of a graph), so that it is looked for in
// each strongly connected part by moving one file at a time to where it is best, until
// nothing gets better: the count is never too small, and may be a little too large.

// arrows is what arrows there are within a package.
type arrows struct {
	name           string
	files, all, up int
}

// arrowsOf returns the packages that have arrows up, those with most first.
func arrowsOf(packages []pkg) []arrows {
	var all []arrows
	for _, p := range packages {
		g := graphOf(p)
		if up := g.up(); up > 0 {
			all = append(all, arrows{p.name, len(g), g.arrows(), up})
		}
	}
	slices.SortFunc(all, func(a, b arrows) int { return cmp.Or(b.up-a.up, cmp.Compare(a.name, b.name)) })
	return all
}

// graph has for each file the files that arrows lead to, by their numbers.
type graph []map[int]bool

func graphOf(p pkg) graph {
	declared := map[types.Object]int{}
	for i, f := range p.files {
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if name, ok := n.(*ast.Ident); ok && p.info.Defs[name] != nil && isShared(p.info.Defs[name]) {
				declared[p.info.Defs[name]] = i
			}
			return true
		})
	}
	g := make(graph, len(p.files))
	for i, f := range p.files {
		g[i] = map[int]bool{}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			name, ok := n.(*ast.Ident)
			if !ok {
				return true
			}
			if to, ok := declared[origin(p.info.Uses[name])]; ok && to != i {
				g[i][to] = true
			}
			return true
		})
	}
	return g
}

// isShared reports whether other files can use what is declared: it is the package's own, or
// a method.
func isShared(o types.Object) bool {
	if f, ok := o.(*types.Func); ok {
		return f.Name() != "init" && f.Name() != "_"
	}
	return o.Pkg() != nil && o.Parent() == o.Pkg().Scope()
}

// origin returns what an instance of something generic was made of.
func origin(o types.Object) types.Object {
	if f, ok := o.(*types.Func); ok {
		return f.Origin()
	}
	return o
}

// arrows counts the arrows.
func (g graph) arrows() int {
	n := 0
	for _, to := range g {
		n += len(to)
	}
	return n
}

// up counts the arrows up.
func (g graph) up() int {
	n := 0
	for _, part := range g.parts() {
		n += g.upWithin(part)
	}
	return n
}

// upWithin counts the arrows up among some files, in the best order that is found.
func (g graph) upWithin(files []int) int {
	order := slices.Clone(files)
	// Who is used by few and uses many begins.
	slices.SortStableFunc(order, func(a, b int) int { return g.surplus(b, files) - g.surplus(a, files) })
	best := g.against(order)
	for better := true; better; {
		better = false
		for _, f := range slices.Clone(order) {
			from := slices.Index(order, f)
			without := slices.Delete(slices.Clone(order), from, from+1)
			for to := range order {
				moved := slices.Insert(slices.Clone(without), to, f)
				if n := g.against(moved); n < best {
					best, order, better = n, moved, true
				}
			}
		}
	}
	return best
}

// surplus is how many more of some files a file uses than use it.
func (g graph) surplus(f int, files []int) int {
	n := 0
	for _, other := range files {
		if g[f][other] {
			n++
		}
		if g[other][f] {
			n--
		}
	}
	return n
}

// against counts the arrows that lead up in an order of files.
func (g graph) against(order []int) int {
	n := 0
	for i, from := range order {
		for _, above := range order[:i] {
			if g[from][above] {
				n++
			}
		}
	}
	return n
}

// parts returns the strongly connected parts of more than one file: those within which
// each file leads to each other.
func (g graph) parts() [][]int {
	reach := make([]map[int]bool, len(g))
	for i := range g {
		reach[i] = map[int]bool{}
		g.follow(i, reach[i])
	}
	var parts [][]int
	seen := map[int]bool{}
	for i := range g {
		if seen[i] || !reach[i][i] {
			continue
		}
		var part []int
		for j := range g {
			if reach[i][j] && reach[j][i] {
				part, seen[j] = append(part, j), true
			}
		}
		parts = append(parts, part)
	}
	return parts
}

// follow adds the files that arrows lead to, over others too.
func (g graph) follow(from int, reached map[int]bool) {
	for to := range g[from] {
		if !reached[to] {
			reached[to] = true
			g.follow(to, reached)
		}
	}
}
