package main

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
	"testing"
)

// typed returns a package of these files, by their names.
func typed(t *testing.T, texts map[string]string) pkg {
	t.Helper()
	p := pkg{name: "p", fset: token.NewFileSet(), info: &types.Info{Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}}}
	var parsed []*ast.File
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		f, err := parser.ParseFile(p.fset, "p/"+name, "package p\n"+texts[name], parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, f)
		p.files = append(p.files, file{name: "p/" + name, lines: strings.Count(texts[name], "\n") + 1, ast: f})
	}
	config := types.Config{Importer: importer.Default()}
	var err error
	if p.types, err = config.Check("p", p.fset, parsed, p.info); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestArrows(t *testing.T) {
	for _, tt := range []struct {
		remark  string
		files   map[string]string
		all, up int
	}{
		{"one file alone", map[string]string{"a.go": "func a() { b() }; func b() { a() }"}, 0, 0},
		{"down", map[string]string{"a.go": "func a() { b() }", "b.go": "func b() {}"}, 1, 0},
		{"down, whatever the names of the files", map[string]string{"b.go": "func b() { a() }", "a.go": "func a() {}"}, 1, 0},
		{"twice the same is one", map[string]string{"a.go": "func a() { b(); b(); c() }", "b.go": "func b() {}; func c() {}"}, 1, 0},
		{"to each other", map[string]string{"a.go": "func a() { b() }", "b.go": "func b() { a() }"}, 2, 1},
		{"a ring", map[string]string{"a.go": "func a() { b() }", "b.go": "func b() { c() }", "c.go": "func c() { a() }"}, 3, 1},
		{"constants, variables and types", map[string]string{"a.go": "const a = 1; var b T", "b.go": "type T int; var c = a"}, 2, 1},
		{"a method of a type that is elsewhere", map[string]string{"a.go": "type T int", "b.go": "func (T) m() {}"}, 1, 0},
		{"a method that its type's file calls", map[string]string{"a.go": "type T int; func a(t T) { t.m() }", "b.go": "func (T) m() {}"}, 2, 1},
		{"a generic method", map[string]string{"a.go": "type T[E any] struct{}; func a(t T[int]) { t.m() }", "b.go": "func (T[E]) m() {}"}, 2, 1},
		{"fields are their type's", map[string]string{"a.go": "func a(t *T) int { return t.f }", "b.go": "type T struct{ f int }"}, 1, 0},
		{"a field's name is not a function's", map[string]string{"a.go": "func f() {}; func a(t T) { _ = t }", "b.go": "type T struct{ f int }; func b(t T) int { return t.f }"}, 1, 0},
		{"a local name hides another", map[string]string{"a.go": "func a() {}; func c() { b() }", "b.go": "func b() { a := 1; _ = a }"}, 1, 0},
		{"two rings that share a file", map[string]string{
			"a.go": "func a() { b(); d() }", "b.go": "func b() { c() }", "c.go": "func c() { a() }", "d.go": "func d() { a() }",
		}, 5, 2},
	} {
		t.Run(tt.remark, func(t *testing.T) {
			g := graphOf(typed(t, tt.files))
			if g.arrows() != tt.all || g.up() != tt.up {
				t.Errorf("%d arrows, %d of them up; want %d and %d", g.arrows(), g.up(), tt.all, tt.up)
			}
		})
	}
}

// The order in which a cycle is met makes no difference.
func TestTheFewestArrowsUpAreFound(t *testing.T) {
	// Everybody uses the one at the end, which uses the first: one arrow closes all cycles.
	g := graph{}
	const n = 12
	for i := range n {
		g = append(g, map[int]bool{})
		for j := i + 1; j < n; j++ {
			g[i][j] = true
		}
	}
	g[n-1][0] = true
	for turn := range n {
		turned := make(graph, n)
		for i := range g {
			at := (i*5 + turn) % n
			turned[at] = map[int]bool{}
			for j := range g[i] {
				turned[at][(j*5+turn)%n] = true
			}
		}
		if up := turned.up(); up != 1 {
			t.Errorf("turned by %d there are %d arrows up", turn, up)
		}
	}
}

func TestPackagesWithMostArrowsUpComeFirst(t *testing.T) {
	down := typed(t, map[string]string{"a.go": "func a() { b() }", "b.go": "func b() {}"})
	one := typed(t, map[string]string{"a.go": "func a() { b() }", "b.go": "func b() { a() }"})
	two := typed(t, map[string]string{"a.go": "func a() { b(); c() }", "b.go": "func b() { a() }", "c.go": "func c() { a() }"})
	all := arrowsOf([]pkg{down, one, two})
	if len(all) != 2 || all[0] != (arrows{"p", 3, 4, 2}) || all[1] != (arrows{"p", 2, 2, 1}) {
		t.Errorf("%+v", all)
	}
}

func TestBranches(t *testing.T) {
	for body, want := range map[string]int{
		"":                                   1,
		"if a {}":                            2,
		"if a {} else {}":                    2,
		"if a {} else if b {}":               3,
		"if a && b || a {}":                  4,
		"_ = a && b":                         2,
		"for a {}":                           2,
		"for {}":                             2,
		"for range s {}":                     2,
		"switch { case a: case b: default:}": 3,
		"switch { case a, b: }":              2,
		"switch any(s).(type) { case int: }": 2,
		"select { case <-c: default: }":      2,
		"func() { if a {} }()":               2,
	} {
		p := typed(t, map[string]string{"a.go": "var a, b, s, c = true, true, []int{}, make(chan int)\nfunc f() { " + body + " }\nvar g = func() { " + body + " }"})
		found := branchingOf([]pkg{p}, 0)
		if len(found) != 2 || found[0].branches != want || found[1].branches != want {
			t.Errorf("%q: %+v; want %d", body, found, want)
		}
		if found := branchingOf([]pkg{p}, want); len(found) > 0 {
			t.Errorf("%q branches more than %d times: %+v", body, want, found)
		}
	}
}

func TestPlaces(t *testing.T) {
	p := typed(t, map[string]string{
		"a.go": "type Options struct { Known func() bool; Other int }\nfunc (Options) Ask() {}",
		"b.go": "func b(o Options) bool { return o.Known != nil && o.Known() }\nfunc c() { _ = Options{Known: nil} }\nfunc d(o Options) int { return o.Other }",
		"c.go": "type memory struct { Known int }\nfunc e(m memory) int { return m.Known }\nvar f = Options{Known: nil}",
		"d.go": "func g(o Options) { o.Ask() }\nfunc h() { b(Options{}) }",
	})
	places, missing := placesOf([]pkg{p}, []string{"p.Options.Known", "p.Options.Gone", "q.Options.Known"})
	if len(places) != 3 || filesOf(places) != 2 || !slices.Equal(missing, []string{"p.Options.Gone", "q.Options.Known"}) {
		t.Errorf("%d places in %d files, missing are %q", len(places), filesOf(places), missing)
	}
	if places, _ := placesOf([]pkg{p}, []string{"p.Options.Ask", "p.b"}); len(places) != 2 {
		t.Errorf("%d places name a method and a function", len(places))
	}
}

func TestLines(t *testing.T) {
	if n := linesOf([]pkg{typed(t, map[string]string{"a.go": "\n\nvar a = 1", "b.go": ""})}); n != 4 {
		t.Errorf("%d lines", n)
	}
}

// The figures are those of this module.
func TestTheModuleIsRead(t *testing.T) {
	packages, err := load()
	if err != nil {
		t.Fatal(err)
	}
	if len(packages) != 1 || packages[0].name != "internal/figures" || len(packages[0].files) < 4 || linesOf(packages) < 300 {
		t.Errorf("%+v", packages)
	}
	direct, err := directModules()
	if err != nil || direct == 0 {
		t.Errorf("%d direct modules, %v", direct, err)
	}
	if n, err := compiledPackages("."); err != nil || n < 50 {
		t.Errorf("%d packages are compiled for this one, %v", n, err)
	}
}
