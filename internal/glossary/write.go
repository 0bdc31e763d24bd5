package glossary

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Write writes suggestions as a glossary of a publisher, with what speaks for each name.
func Write(w io.Writer, publisher string, all []Suggestion) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# Suggested for glossary.%s.toml, of the versions of its notices. Nothing of this is applied:\n", publisher)
	b.WriteString("# look each name over, take out what is wrong, and save the rest beside the bundles of messages.\n")
	for _, s := range all {
		fmt.Fprintf(&b, "\n[[%s]]\n", s.Kind)
		for _, n := range s.Names {
			fmt.Fprintf(&b, "%s = %s", n.Language, quoted(n.Text))
			if n.Of > 0 {
				fmt.Fprintf(&b, "  # %d of %d notices, such as %s", n.Agree, n.Of, quoted(n.Example))
			}
			b.WriteByte('\n')
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// quoted is a basic string of TOML, on one line.
func quoted(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range strings.Join(strings.Fields(s), " ") {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7F:
			b.WriteString(`\u` + fmt.Sprintf("%04s", strconv.FormatInt(int64(r), 16)))
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
