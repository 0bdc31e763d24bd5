package config

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// manySources writes a file that is long enough to be read in parts. What item returns
// stands in the place of a source; "" leaves it as it is.
func manySources(head, tail, indent string, item func(i int) string) string {
	var b strings.Builder
	b.WriteString(head + "sources: # many\n")
	for i := range 1500 {
		text := fmt.Sprintf("id: source-%d\n%s  publisher: tokyo\n%s  kind: feed\n%s  url: https://host-%d.example/%d?a=1&b=2", i, indent, indent, indent, i%250, i)
		if item != nil {
			if other := item(i); other != "" {
				text = other
			}
		}
		if i%100 == 7 {
			b.WriteString("\n# a hundred more\n")
		}
		fmt.Fprintf(&b, "%s- %s\n", indent, text)
	}
	return b.String() + tail
}

const manyHead = "site: {id: tokyo, url: https://news.example}\npublishers:\n  - {key: tokyo, time_zone: Asia/Tokyo, language: ja}\n"

// What a file says, and what is wrong with it and where, is the same whether it is read
// in parts or as a whole.
func TestPartsAndWholeAgree(t *testing.T) {
	for _, test := range []struct {
		name, text string
		parts      bool
	}{
		{"sources at the end", manySources(manyHead, "", "  ", nil), true},
		{"sources that are not indented", manySources(manyHead, "", "", nil), true},
		{"something after them", manySources(manyHead, "fetch:\n  host_pause: 2s\n", "  ", nil), true},
		{"something after those that are not indented", manySources(manyHead, "fetch:\n  host_pause: 2s\n", "", nil), true},
		{"everything after them", manySources("", manyHead, "  ", nil), true},
		{"in braces", manySources(manyHead, "", "  ", func(i int) string {
			return fmt.Sprintf("{id: s%d, publisher: tokyo, kind: feed, url: \"https://host.example/the/feed/of/the/district/%d\"}", i, i)
		}), true},
		{"faults here and there", manySources(manyHead, "fetch:\n  host_pauze: 2s\n", "  ", func(i int) string {
			switch i {
			case 3, 450, 1499:
				return fmt.Sprintf("{id: s%d, publisher: tokyo, kind: rsss, url: \"https://host.example/the/feed/of/the/district/%d\"}", i, i)
			case 700:
				return "{id: source-5, publisher: kyoto, kind: feed, url: \"https://host.example/\"}"
			}
			return ""
		}), true},
		{"a text over several lines", manySources(manyHead, "", "  ", func(i int) string {
			return fmt.Sprintf("id: s%d\n    publisher: tokyo\n    kind: feed\n    url: >-\n      https://host.example/%d\n", i, i)
		}), true},
		{"an empty one", manySources(manyHead, "", "  ", func(i int) string { return map[int]string{900: "~"}[i] }), true},
		{"a fault of syntax", manySources(manyHead, "", "  ", func(i int) string { return map[int]string{900: "{id: [}"}[i] }), true},
		{"an anchor", manySources(manyHead, "", "  ", func(i int) string {
			return map[int]string{
				2:   "&first {id: first, publisher: tokyo, kind: feed, url: \"https://host.example/\"}",
				900: "{<<: *first, id: second}",
			}[i]
		}), false},
		{"sources twice", manySources(manyHead, "sources:\n  - {id: more}\n", "  ", nil), false},
		{"lines that end for Windows", strings.ReplaceAll(manySources(manyHead, "", "  ", nil), "\n", "\r\n"), false},
		{"few", manyHead + "sources:\n  - {id: s, publisher: tokyo, kind: feed, url: \"https://host.example/\"}\n", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			if parts := inParts([]byte(test.text)); (len(parts) > 1) != test.parts {
				t.Fatalf("it has %d parts", len(parts))
			}
			got, gotErr := Parse("kairan.yaml", []byte(test.text), bundles{})
			// A reference that nothing follows has the file read as a whole.
			want, wantErr := Parse("kairan.yaml", []byte(test.text+"\n# &whole\n"), bundles{})
			if d := cmp.Diff(fmt.Sprint(wantErr), fmt.Sprint(gotErr)); d != "" {
				t.Errorf("the faults (-whole +parts):\n%s", d)
			}
			if d := cmp.Diff(fmt.Sprintf("%+v", want), fmt.Sprintf("%+v", got)); d != "" {
				t.Errorf("the configuration (-whole +parts):\n%.2000s", d)
			}
		})
	}
}
