// Package schematest holds feeds against the schemas that partners are given, for tests:
// docs/feed-extension.xsd of what RSS and Atom have in our namespace, and
// docs/feed-extension.schema.json of what JSON Feed has under _kairan. The documents may
// have nothing of ours that the schemas do not describe, though partners are told that more
// may come.
package schematest

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/kairan-news/kairan/feeds"
)

// The schemas, by their paths in the module.
const (
	XML  = "docs/feed-extension.xsd"
	JSON = "docs/feed-extension.schema.json"
)

// roots describe as much of a format as leads to what is ours in it.
var roots = map[feeds.Format]string{feeds.RSS: "feeds/testdata/rss.xsd", feeds.Atom: "feeds/testdata/atom.xsd"}

// Path returns the path of a file of the module, from wherever in it a test runs.
func Path(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(dir, filepath.FromSlash(name))
		} else if !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
		above := filepath.Dir(dir)
		if above == dir {
			t.Fatal("the test runs outside of the module")
		}
		dir = above
	}
}

// Checker finds what is wrong with documents.
type Checker struct {
	xmllint string
	roots   map[feeds.Format]string
	json    *jsonschema.Schema
}

// New returns a checker. The test is skipped without xmllint, and fails under CI.
func New(t testing.TB) *Checker {
	t.Helper()
	program, err := exec.LookPath("xmllint")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("no xmllint to test with: %v", err)
		}
		t.Skipf("SKIPPED, AND NOTHING SEEN: no xmllint to test with: %v; install libxml2-utils", err)
	}
	c := &Checker{xmllint: program, roots: map[feeds.Format]string{}, json: closed(t)}
	for format, path := range roots {
		c.roots[format] = Path(t, path)
	}
	return c
}

// Flaws returns what is wrong with documents of a format, by their names; of one that has no
// flaw there is nothing.
func (c *Checker) Flaws(t testing.TB, format feeds.Format, documents map[string][]byte) map[string]string {
	t.Helper()
	if format != feeds.JSONFeed {
		return c.xmlFlaws(t, format, documents)
	}
	flaws := map[string]string{}
	for name, doc := range documents {
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(doc))
		if err == nil {
			err = c.json.Validate(value)
		}
		if err != nil {
			flaws[name] = err.Error()
		}
	}
	return flaws
}

// most is how many documents one call of xmllint reads: a command has room for so many
// names.
const most = 500

// xmlFlaws gives xmllint many documents at once, since it reads the schema each time.
func (c *Checker) xmlFlaws(t testing.TB, format feeds.Format, documents map[string][]byte) map[string]string {
	t.Helper()
	dir := t.TempDir()
	names := map[string]string{} // by the file
	var files []string
	for name, doc := range documents {
		file := fmt.Sprintf("%d.xml", len(files))
		if err := os.WriteFile(filepath.Join(dir, file), doc, 0o600); err != nil {
			t.Fatal(err)
		}
		names[file], files = name, append(files, file)
	}
	flaws := map[string]string{}
	for len(files) > 0 {
		some := files[:min(most, len(files))]
		files = files[len(some):]
		cmd := exec.CommandContext(t.Context(), c.xmllint, append([]string{"--nonet", "--noout", "--huge", "--schema", c.roots[format]}, some...)...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		for line := range strings.Lines(string(out)) {
			file, _, _ := strings.Cut(line, ":")
			if name, ok := names[file]; ok {
				flaws[name] += line
			}
		}
		// Of each document that has no flaw it says so.
		for _, file := range some {
			if !bytes.Contains(out, []byte(file+" validates\n")) && flaws[names[file]] == "" {
				flaws[names[file]] = fmt.Sprintf("%v\n%s", err, out)
			}
		}
	}
	return flaws
}

// closed compiles the schema of _kairan so that it allows only the keys that it names.
func closed(t testing.TB) *jsonschema.Schema {
	t.Helper()
	file, err := os.Open(Path(t, JSON))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	doc, err := jsonschema.UnmarshalJSON(file)
	if err != nil {
		t.Fatal(err)
	}
	closeObjects(doc.(map[string]any)["$defs"])
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("closed.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("closed.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// closeObjects allows the objects of a schema the keys alone that it names.
func closeObjects(schema any) {
	switch schema := schema.(type) {
	case map[string]any:
		if _, ok := schema["properties"]; ok && schema["type"] == "object" {
			schema["additionalProperties"] = false
		}
		for _, inner := range schema {
			closeObjects(inner)
		}
	case []any:
		for _, inner := range schema {
			closeObjects(inner)
		}
	}
}
