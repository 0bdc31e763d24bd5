package config

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// Schema returns the JSON Schema (draft 2020-12) of kairan.yaml, for editors. It
// accepts whatever [Parse] accepts, but for anchors and aliases, which an editor
// resolves first. It does not know what only the whole file tells, such as
// whether a publisher exists, nor the names of time zones. Files that kairan.yaml
// includes have the schema #/$defs/included.
func Schema() []byte {
	whole := describe()
	included := includedShape(whole)
	var defs object
	for _, f := range included.fields {
		defs = append(defs, member{f.name, schemaOf(f.shape)})
		f.shape.defined = f.name
	}
	defs = append(defs, member{"included", schemaOf(included)})
	root := append(object{
		{"$schema", "https://json-schema.org/draft/2020-12/schema"},
		{"title", "kairan.yaml"},
	}, schemaOf(whole)...)
	root = append(root, member{"$defs", defs})
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(root); err != nil {
		panic(fmt.Sprintf("the schema is made of texts, numbers and lists: %v", err))
	}
	return b.Bytes()
}

// object is a JSON object whose members keep their order, so that the file can be
// read by people too.
type object []member

type member struct {
	name  string
	value any
}

// MarshalJSON writes the members in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		for j, part := range []any{m.name, m.value} {
			if j > 0 {
				b.WriteByte(':')
			}
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			if err := e.Encode(part); err != nil {
				return nil, err
			}
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func schemaOf(s *shape) object {
	if s.defined != "" {
		return object{{"$ref", "#/$defs/" + s.defined}}
	}
	var o object
	if s.doc != "" {
		o = append(o, member{"description", s.doc})
	}
	switch s.form {
	case textForm:
		return append(o, textSchema(s)...)
	case flagForm:
		return append(o, member{"type", "boolean"})
	case wholeForm:
		return append(o, member{"type", "integer"}, member{"minimum", s.min}, member{"maximum", s.max})
	case durationForm:
		return append(o, durationSchema(s)...)
	case sizeForm:
		return append(o, member{"anyOf", []object{
			{{"type", "string"}, {"pattern", `^[0-9]+ *(B|[kKMG]B|[KMG]iB)?$`}},
			{{"type", "integer"}, {"minimum", s.min}, {"maximum", s.max}},
		}})
	case listForm:
		o = append(o, member{"type", orNothing("array", s)}, member{"items", schemaOf(s.of)})
		if s.filled {
			o = append(o, member{"minItems", 1})
		}
		return o
	case tableForm:
		o = append(o, member{"type", orNothing("object", s)}, member{"additionalProperties", schemaOf(s.of)})
		if s.keys != nil {
			o = append(o, member{"propertyNames", schemaOf(s.keys)})
		}
		if s.filled {
			o = append(o, member{"minProperties", 1})
		}
		return o
	case recordForm:
		return append(o, recordSchema(s)...)
	default:
		choices := make([]object, len(s.choices))
		for i, c := range s.choices {
			choices[i] = schemaOf(c)
		}
		return append(o, member{"anyOf", choices})
	}
}

func durationSchema(s *shape) object {
	text := object{{"type", "string"}, {"pattern", `^(0|([0-9]+(\.[0-9]+)?(ms|s|m|h|d))+)$`}}
	if s.min > 0 {
		return text
	}
	return object{{"anyOf", []object{text, {{"const", 0}}}}}
}

func textSchema(s *shape) object {
	o := object{{"type", "string"}, {"minLength", 1}}
	if len(s.words) > 0 {
		values := make([]string, len(s.words))
		for i, w := range s.words {
			values[i] = w.text
		}
		o = append(o, member{"enum", values})
	}
	if s.pattern != nil {
		o = append(o, member{"pattern", s.pattern.String()})
	}
	if s.format != "" {
		o = append(o, member{"format", s.format})
	}
	if len(s.not) > 0 {
		o = append(o, member{"not", object{{"enum", s.not}}})
	}
	return o
}

func recordSchema(s *shape) object {
	var properties object
	var required, unless []string
	instead := ""
	for _, f := range s.fields {
		if f.dropped != "" {
			properties = append(properties, member{f.name, object{{"description", "Read no more: " + f.dropped + "."}, {"deprecated", true}}})
			continue
		}
		p := schemaOf(f.shape)
		if f.preset != nil {
			p = append(p, member{"default", f.preset})
		}
		properties = append(properties, member{f.name, p})
		switch {
		case f.required && f.unless != "":
			unless, instead = append(unless, f.name), f.unless
		case f.required:
			required = append(required, f.name)
		}
	}
	o := object{
		{"type", orNothing("object", s)},
		{"additionalProperties", false},
		{"properties", properties},
	}
	if len(required) > 0 {
		o = append(o, member{"required", required})
	}
	if instead != "" {
		o = append(o, member{"anyOf", []object{{{"required", unless}}, {{"required", []string{instead}}}}})
	}
	var rules []object
	for _, r := range s.rules {
		then := object{{"properties", object{{r.forbid, false}}}}
		if r.require != "" {
			then = append(object{{"required", []string{r.require}}}, then...)
		}
		when := object{{"properties", object{{r.key, object{{"const", r.value}}}}}}
		if r.unless != "" {
			when = append(when, member{"not", object{{"required", []string{r.unless}}}})
		}
		rules = append(rules, object{
			{"if", when},
			{"then", then},
		})
	}
	if len(rules) > 0 {
		o = append(o, member{"allOf", rules})
	}
	return o
}

// orNothing lets an editor accept a key that has nothing after it, as the walk
// does.
func orNothing(kind string, s *shape) any {
	if s.canBeNothing() {
		return []string{kind, "null"}
	}
	return kind
}
