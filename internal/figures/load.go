package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// pkg is a package of the module, without its tests.
type pkg struct {
	name  string // its path in the module, such as "internal/parse"
	fset  *token.FileSet
	files []file
	types *types.Package
	info  *types.Info
}

// file is a file of a package. Its name is its path in the module.
type file struct {
	name  string
	lines int
	ast   *ast.File
}

// listed is what "go list" says of a package.
type listed struct {
	ImportPath string
	Dir        string
	Export     string
	GoFiles    []string
	Standard   bool
	Module     *struct {
		Path, Dir string
		Main      bool
	}
}

// load reads the packages of the module that the working directory is in, as they are
// compiled for this system.
func load() ([]pkg, error) {
	all, err := list("-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles,Standard,Module", "./...")
	if err != nil {
		return nil, err
	}
	exports := map[string]string{}
	for _, l := range all {
		exports[l.ImportPath] = l.Export
	}
	fset := token.NewFileSet()
	imports := imports{map[string]*types.Package{}, importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, fmt.Errorf("nothing is compiled of %s", path)
		}
		return os.Open(exports[path])
	})}
	var packages []pkg // what is imported comes before who imports it
	for _, l := range all {
		if l.Module == nil || !l.Module.Main || len(l.GoFiles) == 0 {
			continue
		}
		p, err := check(fset, imports, l)
		if err != nil {
			return nil, err
		}
		packages = append(packages, p)
		imports.own[l.ImportPath] = p.types
	}
	return packages, nil
}

// imports finds the module's own packages as they were checked, so that a name stands for
// one thing in all of them, and others as they were compiled.
type imports struct {
	own    map[string]*types.Package
	others types.Importer
}

// Import implements [types.Importer].
func (i imports) Import(path string) (*types.Package, error) {
	if p, ok := i.own[path]; ok {
		return p, nil
	}
	return i.others.Import(path)
}

// check parses a package and finds what its names stand for.
func check(fset *token.FileSet, imports types.Importer, l listed) (pkg, error) {
	p := pkg{name: strings.TrimPrefix(l.ImportPath, l.Module.Path+"/"), fset: fset, info: &types.Info{Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}}}
	var parsed []*ast.File
	for _, name := range l.GoFiles {
		text, err := os.ReadFile(filepath.Join(l.Dir, name))
		if err != nil {
			return pkg{}, fmt.Errorf("read a package: %w", err)
		}
		f, err := parser.ParseFile(fset, p.name+"/"+name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return pkg{}, fmt.Errorf("read a package: %w", err)
		}
		parsed = append(parsed, f)
		p.files = append(p.files, file{p.name + "/" + name, bytes.Count(text, []byte("\n")), f})
	}
	config := types.Config{Importer: imports}
	var err error
	if p.types, err = config.Check(l.ImportPath, fset, parsed, p.info); err != nil {
		return pkg{}, fmt.Errorf("find what names stand for in %s: %w", l.ImportPath, err)
	}
	return p, nil
}

// list asks the go command for packages.
func list(args ...string) ([]listed, error) {
	out, err := goCommand(append([]string{"list"}, args...)...)
	if err != nil {
		return nil, err
	}
	var all []listed
	for decoder := json.NewDecoder(strings.NewReader(out)); ; {
		var l listed
		switch err := decoder.Decode(&l); {
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, fmt.Errorf("read what go list says: %w", err)
		}
		all = append(all, l)
	}
}

// compiledPackages counts what is compiled for a package, itself and the standard
// library's counted in.
func compiledPackages(path string) (int, error) {
	all, err := list("-deps", "-json=ImportPath", path)
	return len(all), err
}

// directModules counts the modules that go.mod requires and does not call indirect.
func directModules() (int, error) {
	out, err := goCommand("mod", "edit", "-json")
	if err != nil {
		return 0, err
	}
	var mod struct {
		Require []struct{ Indirect bool }
	}
	if err := json.Unmarshal([]byte(out), &mod); err != nil {
		return 0, fmt.Errorf("read go.mod: %w", err)
	}
	n := 0
	for _, r := range mod.Require {
		if !r.Indirect {
			n++
		}
	}
	return n, nil
}

func goCommand(args ...string) (string, error) {
	cmd := exec.Command("go", args...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w", strings.Join(args, " "), err)
	}
	return string(out), nil
}

// linesOf counts the lines of all files.
func linesOf(packages []pkg) int {
	n := 0
	for _, p := range packages {
		for _, f := range p.files {
			n += f.lines
		}
	}
	return n
}
