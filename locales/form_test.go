package locales

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// cldrOrder is the order of plural forms in which Weblate writes them.
var cldrOrder = strings.Fields("zero one two few many other")

// Weblate (translate-toolkit's GoI18nTOMLFile upon tomlkit) keeps of a file what it does not
// change. What it changes it writes anew: the whole table of a message up to the next one,
// so that a comment between two would be lost, its plural forms in CLDR's order, its texts
// between quotation marks on one line. A key beside the plural forms would be a message of
// its own. A bundle that is written so stays as it is, byte for byte, but for what a
// translator changes.
func TestBundlesAreWrittenAsWeblateWritesThem(t *testing.T) {
	for tag := range bundleMessages(t) {
		file := "active." + tag + ".toml"
		data, err := embedded.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		got := string(data)
		want, err := asWeblateWrites(got)
		if err != nil {
			t.Errorf("%s: %v", file, err)
		}
		if line, one, other := firstDifference(got, want); line > 0 {
			t.Errorf("%s:%d: is\n\t%s\nand Weblate would write\n\t%s", file, line, one, other)
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
			if !slices.Contains(cldrOrder, form) {
				return "", fmt.Errorf("%q has a key %q, which is no plural form", key[0], form)
			}
		}
		fmt.Fprintf(&b, "[\"%s\"]\n", key[0])
		for _, form := range cldrOrder {
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

func TestNotesAreOfMessagesThatThereAre(t *testing.T) {
	data, err := embedded.ReadFile(notesFile)
	if err != nil {
		t.Fatal(err)
	}
	var notes map[string]string
	if err := toml.Unmarshal(data, &notes); err != nil {
		t.Fatal(err)
	}
	english := bundleMessages(t)[reference]
	for id := range notes {
		if english[id] == nil {
			t.Errorf("there is no message %q", id)
		}
	}
}
