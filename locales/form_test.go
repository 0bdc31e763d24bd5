package locales

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// The files beside the code that are in one form are written so by "go generate": the
// bundles first, whose descriptions become notes.
//
//go:generate go test -run ^TestBundlesAreWrittenAsWeblateWritesThem$|^TestNotesAreInOrder$|^TestSourcesAreKnown$ -update
var update = flag.Bool("update", false, "write the bundles, the notes and the sources anew")

// described are descriptions of English messages that were found where notes should be.
var described = map[string]string{}

// Weblate (translate-toolkit's GoI18nTOMLFile upon tomlkit) keeps of a file what it does not
// change. What it changes it writes anew: the whole table of a message up to the next one,
// so that a comment between two would be lost, its plural forms in CLDR's order, its texts
// between quotation marks on one line. A key beside the plural forms would be a message of
// its own. A bundle that is written so stays as it is, byte for byte, but for what a
// translator changes.
func TestBundlesAreWrittenAsWeblateWritesThem(t *testing.T) {
	files, err := filepath.Glob("active.*.toml")
	if err != nil || len(files) == 0 {
		t.Fatal(err)
	}
	if *update {
		writeForWeblate(t, files)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		got := string(data)
		want, err := asWeblateWrites(got)
		if err != nil {
			t.Errorf("%s: %v; \"go generate ./locales\" writes it anew", file, err)
			continue
		}
		if line, one, other := firstDifference(got, want); line > 0 {
			t.Errorf("%s:%d: is\n\t%s\nand Weblate would write\n\t%s\n\"go generate ./locales\" does so", file, line, one, other)
		}
	}
}

func TestWhatWeblateWouldNotWrite(t *testing.T) {
	good := "# Words\n\n[\"page.home\"]\none = \"a \\\"b\\\"\u00a0\\\\ \\t\"\nother = \"c\"\n\n[\"page.back\"]\nother = \"d\"\n"
	if want, err := asWeblateWrites(good); err != nil || want != good {
		t.Fatalf("%q is taken for %q: %v", good, want, err)
	}
	for _, tt := range []struct{ old, new, remark string }{
		{"[\"page.back\"]", "# The way back\n[\"page.back\"]", "a comment between two messages"},
		{"\n\n[\"page.back\"]", "\n[\"page.back\"]", "no empty line"},
		{"other = \"d\"\n", "other = \"d\"", "no end of the last line"},
		{"other = \"d\"", "other = 'd'", "another quotation mark"},
		{"\u00a0", "\\u00a0", "a letter that needs no escape"},
		{"other = \"d\"", "other=\"d\"", "no spaces"},
		{"other = \"d\"", "other = \"\"\"d\"\"\"", "several lines"},
		{"other = \"d\"", "description = \"e\"\nother = \"d\"", "a key beside the plural forms"},
		{"one = \"a", "other = \"c\"\none = \"a", "a form twice"},
		{"[\"page.back\"]", "[\"page.home\"]", "a message twice"},
		{"\n", "\r\n", "the ends of lines of Windows"},
		{"# Words\n\n", "# Words\n\n\"page.next\" = \"Next\"\n\n", "a message that is no table"},
	} {
		bad := strings.ReplaceAll(good, tt.old, tt.new)
		if want, err := asWeblateWrites(bad); err == nil && want == bad {
			t.Errorf("%s is not seen", tt.remark)
		}
	}
}

// asWeblateWrites returns a bundle as it is when each of its messages was changed and
// changed back.
func asWeblateWrites(bundle string) (string, error) {
	var tables map[string]map[string]string
	meta, err := toml.Decode(bundle, &tables)
	if err != nil {
		return "", err
	}
	head, _, _ := strings.Cut(bundle, "\n[")
	var b strings.Builder
	b.WriteString(head + "\n")
	first := true
	for _, key := range meta.Keys() {
		if len(key) > 1 {
			continue
		}
		if !first {
			b.WriteString("\n")
		}
		first = false
		forms := tables[key[0]]
		for form := range forms {
			if !slices.Contains(cldrForms, form) {
				return "", fmt.Errorf("%q has a key %q, which is no plural form", key[0], form)
			}
		}
		fmt.Fprintf(&b, "[\"%s\"]\n", key[0])
		for _, form := range cldrForms {
			if text, ok := forms[form]; ok {
				fmt.Fprintf(&b, "%s = \"%s\"\n", form, escaped.Replace(text))
			}
		}
	}
	return b.String(), nil
}

// escaped are the characters that a basic string can't hold, but for control characters
// that no message has.
var escaped = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\t", `\t`, "\n", `\n`, "\r", `\r`)

// writeForWeblate writes bundles anew that somebody has written in another way. English gets
// the names of languages that any other has: tools know no messages but those that it has.
func writeForWeblate(t *testing.T, files []string) {
	t.Helper()
	english, names := "", map[string]bool{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text, ids := rewritten(t, file, string(data))
		if file == "active.en.toml" {
			english = text
		}
		for _, id := range ids {
			names[id] = ownNames(id)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	l := mustLoad(t).Localizer(reference)
	for _, id := range slices.Sorted(maps.Keys(names)) {
		if !names[id] || strings.Contains(english, "["+strconv.Quote(id)+"]") {
			continue
		}
		name := l.Language(strings.TrimPrefix(id, "language."))
		if id == "language.name" {
			name = "{{.Language}}"
		}
		english += fmt.Sprintf("\n[%q]\nother = %q\n", id, name)
	}
	if err := os.WriteFile("active.en.toml", []byte(english), 0o644); err != nil {
		t.Fatal(err)
	}
}

// rewritten returns a bundle whose messages are tables, whose comments between them stand in
// its head, and whose descriptions are notes; and the ids of its messages.
func rewritten(t *testing.T, file, bundle string) (text string, ids []string) {
	t.Helper()
	var messages map[string]any
	meta, err := toml.Decode(bundle, &messages)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	head, rest := bundle, ""
	if at := messageBegins.FindStringIndex(bundle); at != nil {
		head, rest = bundle[:at[0]], bundle[at[0]:]
	}
	for line := range strings.Lines(rest) {
		if strings.HasPrefix(line, "# ") && !strings.HasPrefix(line, "# ---") {
			head = strings.TrimRight(head, "\n") + "\n" + line
		}
	}
	var b strings.Builder
	b.WriteString(strings.TrimRight(head, "\n") + "\n")
	for _, key := range meta.Keys() {
		if len(key) > 1 {
			continue
		}
		ids = append(ids, key[0])
		fmt.Fprintf(&b, "\n[%q]\n", key[0])
		forms, ok := messages[key[0]].(map[string]any)
		if !ok {
			forms = map[string]any{"other": messages[key[0]]}
		}
		for _, form := range cldrForms {
			if text, ok := forms[form]; ok {
				fmt.Fprintf(&b, "%s = \"%s\"\n", form, escaped.Replace(fmt.Sprint(text)))
			}
		}
		if note, ok := forms["description"]; ok && file == "active.en.toml" {
			described[key[0]] = fmt.Sprint(note)
		}
	}
	return b.String(), ids
}

// messageBegins is where the first message of a bundle does.
var messageBegins = regexp.MustCompile(`(?m)^["\[]`)

// firstDifference returns the first line, from 1, in which two texts differ; 0 if none does.
func firstDifference(a, b string) (line int, one, other string) {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range max(len(as), len(bs)) {
		one, other = "", ""
		if i < len(as) {
			one = as[i]
		}
		if i < len(bs) {
			other = bs[i]
		}
		if one != other || i >= len(as) || i >= len(bs) {
			return i + 1, one, other
		}
	}
	return 0, "", ""
}

// Notes stand in the order of the English bundle, and are of messages that there are.
func TestNotesAreInOrder(t *testing.T) {
	data, err := os.ReadFile(notesFile)
	if err != nil {
		t.Fatal(err)
	}
	notes := map[string]string{}
	if err := toml.Unmarshal(data, &notes); err != nil {
		t.Fatal(err)
	}
	english, err := os.ReadFile("active.en.toml")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		maps.Copy(notes, described)
	}
	want := notesInOrder(t, string(english), notes)
	if *update {
		if err := os.WriteFile(notesFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if line, one, other := firstDifference(string(data), want); line > 0 {
		t.Errorf("%s:%d: is\n\t%s\nwant\n\t%s\n\"go generate ./locales\" does so", notesFile, line, one, other)
	}
}

// notesInOrder is the text of the file of notes.
func notesInOrder(t *testing.T, english string, notes map[string]string) string {
	t.Helper()
	meta, err := toml.Decode(english, new(map[string]any))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("# Notes for translators: where a message is seen, and what is filled into it. Readers never see\n" +
		"# them. A message without a note explains itself.\n")
	last := ""
	for _, key := range meta.Keys() {
		note, ok := notes[key[0]]
		if !ok || len(key) > 1 {
			continue
		}
		kind, _, _ := strings.Cut(key[0], ".")
		if kind != last {
			b.WriteString("\n")
		}
		last = kind
		fmt.Fprintf(&b, "%q = \"%s\"\n", key[0], escaped.Replace(note))
	}
	return b.String()
}
