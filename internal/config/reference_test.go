package config

import (
	"cmp"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

//go:generate go test -run TestTheReferenceInTheDocumentationIsUpToDate -update

const referenceFile = "../../docs/configuration.md"

// generatedBelow parts what people write in the reference from what is made of the
// description.
const generatedBelow = "<!-- Below, this is made of internal/config/describe.go: run \"go generate ./internal/config\". -->\n"

func TestTheReferenceInTheDocumentationIsUpToDate(t *testing.T) {
	kept, err := os.ReadFile(referenceFile)
	if err != nil {
		t.Fatal(err)
	}
	written, _, ok := strings.Cut(string(kept), generatedBelow)
	if !ok {
		t.Fatalf("%s has no line %q", referenceFile, generatedBelow)
	}
	want := written + generatedBelow + reference(describe())
	if *update {
		if err := os.WriteFile(referenceFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if string(kept) != want {
		t.Errorf("%s is not up to date: run \"go generate ./internal/config\"", referenceFile)
	}
}

// The examples of the reference are files that are named in their first line.
func TestTheExamplesOfTheReferenceHaveNoFault(t *testing.T) {
	text, err := os.ReadFile(referenceFile)
	if err != nil {
		t.Fatal(err)
	}
	all := fstest.MapFS{}
	for _, m := range regexp.MustCompile("(?s)```yaml\n# ([^ \n]+)\n(.*?)```").FindAllSubmatch(text, -1) {
		all[string(m[1])] = &fstest.MapFile{Data: m[2]}
	}
	main, ok := all["kairan.yaml"]
	if !ok || len(all) < 2 {
		t.Fatalf("the examples are %v", all)
	}
	c, err := Read("kairan.yaml", main.Data, all).Check(bundlesOfAll{})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Included) != len(all)-1 {
		t.Errorf("the example includes %q", c.Included)
	}
}

func TestTheReferenceHasEveryKey(t *testing.T) {
	text := reference(describe())
	for _, key := range []string{"site", "include", "full_text", "keywords", "urls", "item", "password", "host_pause", "term"} {
		if !strings.Contains(text, "\n| `"+key+"` |") {
			t.Errorf("the reference does not have %q", key)
		}
	}
}

// reference returns a section for each record of a configuration, with all its keys.
func reference(s *shape) string {
	var r referrer
	r.section("kairan.yaml", "", s)
	return r.text.String()
}

// referrer writes the sections of a reference.
type referrer struct{ text strings.Builder }

// section writes what a record has, and then those of its keys that are records. Path
// is the keys that lead to it.
func (r *referrer) section(title, path string, s *shape) {
	level := "##"
	if strings.Contains(path, ".") {
		level = "###"
	}
	fmt.Fprintf(&r.text, "\n%s %s\n\n%s\n\n| key | value | default | meaning |\n|---|---|---|---|\n", level, title, s.doc)
	dropped := ""
	for _, f := range s.fields {
		if f.dropped != "" {
			dropped += fmt.Sprintf("- `%s` is read no more: %s. It is a warning in this version, and a fault in the next.\n", f.name, f.dropped)
			continue
		}
		fmt.Fprintf(&r.text, "| `%s` | %s | %s | %s |\n", f.name, cell(written(f.shape)), preset(f), cell(meaning(f.shape)))
	}
	if notes := rulesOf(s) + dropped; notes != "" {
		fmt.Fprintf(&r.text, "\n%s", notes)
	}
	for _, f := range s.fields {
		if f.dropped != "" {
			continue
		}
		if record := recordOf(f.shape); record != nil {
			at := strings.TrimPrefix(path+"."+f.name, ".")
			r.section("`"+strings.ReplaceAll(at, ".", "` › `")+"`", at, withDoc(record, f.shape.doc))
		}
	}
}

// withDoc returns a record's shape with the sentence of the key that has it, where it has
// none of its own.
func withDoc(s *shape, doc string) *shape {
	with := *s
	with.doc = cmp.Or(doc, s.doc)
	return &with
}

// recordOf returns the record that a value is, or that its elements are; nil for none.
func recordOf(s *shape) *shape {
	switch s.form {
	case recordForm:
		return s
	case listForm:
		return recordOf(s.of)
	case eitherForm:
		for _, c := range s.choices {
			if record := recordOf(c); record != nil {
				return record
			}
		}
	}
	return nil
}

// written says what is written as a value.
func written(s *shape) string {
	switch s.form {
	case wholeForm:
		return fmt.Sprintf("a number from %d to %d", s.min, s.max)
	case durationForm, sizeForm:
		return fmt.Sprintf("%s; from %s to %s", s.form, s.amount(s.min), s.amount(s.max))
	case listForm:
		if recordOf(s.of) == s.of {
			return "a list of what is below"
		}
		return "a list: " + written(s.of)
	case tableForm:
		key := "a text"
		if s.keys != nil {
			key = s.keys.noun
		}
		return fmt.Sprintf("a mapping: %s, to %s", key, written(s.of))
	case recordForm:
		return "what is below"
	case eitherForm:
		var all []string
		for _, c := range s.choices {
			all = append(all, written(c))
		}
		return strings.Join(all, "; or ")
	}
	if len(s.words) > 0 {
		return strings.Join(wordsOf(s), ", ")
	}
	return cmp.Or(s.noun, s.form.String())
}

func wordsOf(s *shape) (texts []string) {
	for _, w := range s.words {
		texts = append(texts, "`"+w.text+"`")
	}
	return texts
}

// meaning returns the sentences of a key, and of its words.
func meaning(s *shape) string {
	text := s.doc
	for i, w := range s.words {
		text += fmt.Sprintf("%s `%s` is %s", map[bool]string{true: "", false: ","}[i == 0], w.text, w.doc)
	}
	if len(s.words) > 0 {
		text += "."
	}
	return text
}

// preset says what holds without a key.
func preset(f field) string {
	switch {
	case f.required && f.unless != "":
		return fmt.Sprintf("required without `%s`", f.unless)
	case f.required:
		return "required"
	case f.preset != nil:
		return fmt.Sprintf("`%v`", f.preset)
	}
	return ""
}

// rulesOf says what a record must and must not have where its key has a value.
func rulesOf(s *shape) string {
	var values []string
	wants, forbids, without := map[string][]string{}, map[string][]string{}, map[string]string{}
	for _, r := range s.rules {
		value := fmt.Sprintf("`%s: %s`", r.key, r.value)
		if !slices.Contains(values, value) {
			values = append(values, value)
		}
		if r.require != "" {
			wants[value] = append(wants[value], "`"+r.require+"`")
		}
		if r.unless != "" {
			without[value] += fmt.Sprintf(", and no `%s` without `%s`", r.forbid, r.unless)
			continue
		}
		forbids[value] = append(forbids[value], "`"+r.forbid+"`")
	}
	var b strings.Builder
	for _, v := range values {
		fmt.Fprintf(&b, "- %s needs %s, and has no %s%s.\n", v, strings.Join(wants[v], ", "), strings.Join(forbids[v], ", "), without[v])
	}
	return b.String()
}

// cell escapes what a cell of a table would read as something else, but within `…`.
func cell(text string) string {
	parts := strings.Split(text, "`")
	for i := 0; i < len(parts); i += 2 {
		parts[i] = strings.NewReplacer("*", `\*`, "<", "&lt;").Replace(parts[i])
	}
	return strings.ReplaceAll(strings.Join(parts, "`"), "|", `\|`)
}
