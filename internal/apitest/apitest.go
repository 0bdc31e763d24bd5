// Package apitest holds an OpenAPI 3.1 description to the specification, and answers to the
// description.
//
// The specification is the schema that the OpenAPI Initiative publishes
// (https://spec.openapis.org/oas/3.1/schema/2022-10-07). Since the schemas of OpenAPI 3.1 are
// JSON Schema 2020-12 as they stand, what checks those checks answers too.
package apitest

import (
	"bytes"
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

//go:embed openapi-3.1.schema.json
var specification []byte

// Promise is a description that answers are held to.
type Promise struct {
	document map[string]any
	compiler *jsonschema.Compiler
	flaw     error
}

// New reads a description.
func New(t testing.TB, description []byte) *Promise {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(description))
	if err != nil {
		t.Fatal(err)
	}
	document, ok := value.(map[string]any)
	if !ok {
		t.Fatalf("the description is %T", value)
	}
	spec, err := jsonschema.UnmarshalJSON(bytes.NewReader(specification))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	for name, resource := range map[string]any{"specification.json": spec, "description.json": document} {
		if err := c.AddResource(name, resource); err != nil {
			t.Fatal(err)
		}
	}
	whole, err := c.Compile("specification.json")
	if err != nil {
		t.Fatal(err)
	}
	return &Promise{document, c, whole.Validate(document)}
}

// Flaw returns what of the description is not OpenAPI 3.1; nil if all of it is. Its schemas
// are JSON Schema, which the specification does not look into.
func (p *Promise) Flaw() error {
	if p.flaw != nil {
		return p.flaw
	}
	for name := range at(p.document, "components", "schemas") {
		if _, err := p.compiler.Compile("description.json#/components/schemas/" + name); err != nil {
			return fmt.Errorf("schema %s: %w", name, err)
		}
	}
	return nil
}

// Operations returns all that are described: "GET /sources/{id}".
func (p *Promise) Operations() (all []string) {
	for path := range at(p.document, "paths") {
		for method := range at(p.document, "paths", path) {
			all = append(all, strings.ToUpper(method)+" "+path)
		}
	}
	slices.Sort(all)
	return all
}

// Operation returns the one that a path of a request, without its prefix and its query, is of;
// "" for none.
func (p *Promise) Operation(method, path string) string {
	for _, operation := range p.Operations() {
		of, described, _ := strings.Cut(operation, " ")
		if of == method && matches(described, path) {
			return operation
		}
	}
	return ""
}

func matches(described, path string) bool {
	want, got := strings.Split(described, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return false
	}
	for i := range want {
		if want[i] != got[i] && !strings.HasPrefix(want[i], "{") {
			return false
		}
	}
	return true
}

// Answer returns what is wrong with an answer of an operation.
func (p *Promise) Answer(operation string, status int, mediaType string, body []byte) error {
	method, path, _ := strings.Cut(operation, " ")
	where := []string{"paths", path, strings.ToLower(method), "responses", strconv.Itoa(status)}
	if at(p.document, where...) == nil {
		where[4] = "default"
	}
	if ref, ok := at(p.document, where...)["$ref"].(string); ok {
		where = strings.Split(strings.TrimPrefix(ref, "#/"), "/")
	}
	return p.holds(append(where, "content", mediaType, "schema"), body)
}

// Wish returns what is wrong with what is sent with an operation; "" is nothing.
func (p *Promise) Wish(operation string, body []byte) error {
	method, path, _ := strings.Cut(operation, " ")
	where := []string{"paths", path, strings.ToLower(method), "requestBody"}
	wanted := at(p.document, where...)
	switch required := wanted["required"] == true; {
	case len(body) == 0 && required:
		return fmt.Errorf("%s wants a body", operation)
	case len(body) == 0:
		return nil
	case wanted == nil:
		return fmt.Errorf("%s takes no body", operation)
	}
	return p.holds(append(where, "content", "application/json", "schema"), body)
}

// holds returns what is wrong with a body by a schema of the description.
func (p *Promise) holds(where []string, body []byte) error {
	if at(p.document, where...) == nil {
		return fmt.Errorf("nothing is described at %s", strings.Join(where, " "))
	}
	pointer := "description.json#"
	for _, step := range where {
		pointer += "/" + strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(step)
	}
	schema, err := p.compiler.Compile(pointer)
	if err != nil {
		return err
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// at returns the object at a place of a document; nil if there is none.
func at(document map[string]any, steps ...string) map[string]any {
	for _, step := range steps {
		document, _ = document[step].(map[string]any)
	}
	return document
}
