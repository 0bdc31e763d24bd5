package main

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"slices"
)

// branching is a function that branches often.
type branching struct {
	name     string
	place    string // file:line
	branches int
}

// branchingOf returns the functions that branch more often than most, the worst first.
func branchingOf(packages []pkg, most int) []branching {
	var all []branching
	for _, p := range packages {
		for _, f := range p.files {
			for _, d := range f.ast.Decls {
				for name, node := range functionsOf(d) {
					if n := branches(node); n > most {
						at := p.fset.Position(node.Pos())
						all = append(all, branching{name, fmt.Sprintf("%s:%d", at.Filename, at.Line), n})
					}
				}
			}
		}
	}
	slices.SortFunc(all, func(a, b branching) int { return cmp.Or(b.branches-a.branches, cmp.Compare(a.place, b.place)) })
	return all
}

// functionsOf returns the functions of a declaration by their names: a function, a method,
// or what variables are given.
func functionsOf(d ast.Decl) map[string]ast.Node {
	all := map[string]ast.Node{}
	switch d := d.(type) {
	case *ast.FuncDecl:
		all[d.Name.Name] = d
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			values, ok := spec.(*ast.ValueSpec)
			if !ok {
				continue
			}
			for i, value := range values.Values {
				if fn, ok := value.(*ast.FuncLit); ok {
					all[values.Names[i].Name] = fn
				}
			}
		}
	}
	return all
}

// branches counts as gocyclo does (cyclomatic complexity, McCabe 1976): one way through a
// function, and one more for each if, for, case and && or ||, those of functions within it
// counted in. What has no condition, "default" and "else", adds no way.
func branches(fn ast.Node) int {
	n := 1
	ast.Inspect(fn, func(node ast.Node) bool {
		if isBranch(node) {
			n++
		}
		return true
	})
	return n
}

func isBranch(node ast.Node) bool {
	switch node := node.(type) {
	case *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt:
		return true
	case *ast.CaseClause:
		return node.List != nil
	case *ast.CommClause:
		return node.Comm != nil
	case *ast.BinaryExpr:
		return node.Op == token.LAND || node.Op == token.LOR
	default:
		return false
	}
}
