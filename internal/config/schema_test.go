package config

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

var update = flag.Bool("update", false, "write the schema anew")

//go:generate go test -run TestTheSchemaInTheDocumentationIsUpToDate -update

const schemaFile = "../../docs/kairan.schema.json"

func TestTheSchemaInTheDocumentationIsUpToDate(t *testing.T) {
	if *update {
		if err := os.MkdirAll("../../docs", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(schemaFile, Schema(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(kept, Schema()) {
		t.Errorf("%s is not up to date: run \"go generate ./internal/config\"", schemaFile)
	}
}

func TestTheSchemaAndParseAgree(t *testing.T) {
	schema := compile(t, "")
	source := func(rest string) string {
		return "site: {id: tokyo, url: 'https://news.example'}\npublishers: [{key: tokyo, time_zone: UTC, language: ja}]\nsources: [{id: a, publisher: tokyo, " + rest + "}]\n"
	}
	for _, test := range []struct {
		what, yaml string
		accepted   bool
	}{
		{"the least", valid, true},
		{"the template", string(Template()), true},
		{"an empty section", valid + "categories:\nfetch: {host_pause: 0}\n", true},
		{"a size in bytes", valid + "fetch: {max_size: 2048, timeout: 1m30s}\n", true},
		{"an unknown key", valid + "fetsh: {}\n", false},
		{"a key that is missing", "site: {id: tokyo}\npublishers: []\nsources: []\n", false},
		{"sources alone in other files", "site: {id: tokyo, url: 'https://news.example'}\ninclude: [sources/*.yaml]\n", true},
		{"a pattern that is a mapping", "site: {id: tokyo, url: 'https://news.example'}\ninclude: {sources: a.yaml}\n", false},
		{"no sources and nothing included", "site: {id: tokyo, url: 'https://news.example'}\npublishers: []\n", false},
		{"a section that is missing", "site: {id: tokyo, url: 'https://news.example'}\n", false},
		{"a bad id", strings.Replace(valid, "id: tokyo", "id: Tokyo", 1), false},
		{"a category that is an address", valid + "categories: [all]\n", false},
		{"a bad kind", source("kind: rsss, url: 'https://a.example'"), false},
		{"a feed at a path", source("kind: feed, path: a"), false},
		{"a folder at a url", source("kind: folder, url: 'https://a.example'"), false},
		{"a folder", source("kind: folder, path: a"), true},
		{"a page", source("kind: page, url: 'https://a.example', selectors: {item: ul.news li, date: time}, max_pages: 5"), true},
		{"selectors of a folder", source("kind: folder, path: a, selectors: {item: li}"), false},
		{"a feed that takes pages", source("kind: feed, url: 'https://a.example', full_text: fetch, selectors: {content: main}, max_pages: 5"), true},
		{"a feed that takes none, and so many", source("kind: feed, url: 'https://a.example', max_pages: 5"), false},
		{"the full text of a page", source("kind: page, url: 'https://a.example', full_text: fetch"), false},
		{"a page that takes no pages", source("kind: page, url: 'https://a.example', max_pages: 0"), false},
		{"a bad address", source("kind: feed, url: www.a.example"), false},
		{"a flag that is a text", source("kind: feed, url: 'https://a.example', disabled: 'no'"), false},
		{"a bad duration", valid + "fetch: {timeout: 30}\n", false},
		{"a bad storage", valid + "storage: mysql://db/kairan\n", false},
	} {
		t.Run(test.what, func(t *testing.T) {
			_, err := Read("kairan.yaml", []byte(test.yaml), fstest.MapFS{"sources/a.yaml": {Data: []byte("sources: []\n")}}).Check(bundlesOfAll{})
			if (err == nil) != test.accepted {
				t.Errorf("Parse: %v", err)
			}
			if err := schema.Validate(decode(t, []byte(test.yaml))); (err == nil) != test.accepted {
				t.Errorf("schema: %v", err)
			}
		})
	}
}

func TestTheSchemaKnowsIncludedFiles(t *testing.T) {
	schema := compile(t, "#/$defs/included")
	for _, test := range []struct {
		what, yaml string
		accepted   bool
	}{
		{"sources", "sources: [{id: a, publisher: tokyo, kind: feed, url: 'https://a.example'}]\n", true},
		{"publishers", "publishers: [{key: kyoto, name: Kyoto, time_zone: UTC, language: ja}]\n", true},
		{"an empty list", "sources:\n", true},
		{"a site", "site: {id: tokyo, url: 'https://news.example'}\n", false},
		{"an include", "include: more/*.yaml\n", false},
		{"a fault in a source", "sources: [{id: a, publisher: tokyo, kind: rsss, url: 'https://a.example'}]\n", false},
	} {
		t.Run(test.what, func(t *testing.T) {
			main := valid + "include: more.yaml\n"
			_, err := Read("kairan.yaml", []byte(main), fstest.MapFS{"more.yaml": {Data: []byte(test.yaml)}}).Check(bundlesOfAll{})
			if (err == nil) != test.accepted {
				t.Errorf("Check: %v", err)
			}
			if err := schema.Validate(decode(t, []byte(test.yaml))); (err == nil) != test.accepted {
				t.Errorf("schema: %v", err)
			}
		})
	}
}

// compile returns the schema at a place of the whole one; "" is the whole.
func compile(t *testing.T, place string) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("kairan.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("kairan.schema.json" + place)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// decode reads YAML as an editor does.
func decode(t *testing.T, text []byte) any {
	t.Helper()
	asJSON, err := yaml.YAMLToJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
	if err != nil {
		t.Fatal(err)
	}
	return value
}
