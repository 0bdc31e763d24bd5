package face

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// MaxStylesheet bounds a site's own style sheet, in bytes.
const MaxStylesheet = 256 << 10

// StylesheetFault is what a style sheet must not have.
type StylesheetFault struct {
	Line       int // counted from 1
	What, Hint string
}

func (f *StylesheetFault) Error() string { return fmt.Sprintf("line %d: %s", f.Line, f.What) }

// Preprocessed returns CSS as browsers read it before they look for tokens (CSS Syntax 3,
// §3.3): its lines end in a line feed.
func Preprocessed(css string) string { return preprocessing.Replace(css) }

var preprocessing = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n", "\x00", "\uFFFD")

// CheckStylesheet returns the first thing by which CSS would have a reader's browser ask
// another server: @import, an address with a scheme or a host in url(), src() or image-set(),
// and what stands there for an address that is written elsewhere, as var() does. It is nil
// where there is none. It reads CSS as it is [Preprocessed], and tokens as CSS Syntax 3 does,
// §4, so that no comment, escape or end of a line hides anything.
func CheckStylesheet(css string) *StylesheetFault {
	s := scanner{rest: Preprocessed(css), line: 1}
	for s.rest != "" {
		if f := s.next(); f != nil {
			return f
		}
	}
	return nil
}

// scanner reads CSS token by token, after it was preprocessed.
type scanner struct {
	rest string
	line int
	// open are the functions and brackets that are open, functions by their names.
	open []string
}

// next reads one token.
func (s *scanner) next() *StylesheetFault {
	line := s.line
	switch c := s.rest[0]; {
	case strings.HasPrefix(s.rest, "/*"):
		_, behind, _ := strings.Cut(s.rest[2:], "*/")
		s.skip(len(s.rest) - len(behind))
	case c == '"' || c == '\'':
		text := s.text()
		if s.loads() {
			return s.address(text, line)
		}
	case c == '@':
		s.skip(1)
		if strings.EqualFold(s.name(), "import") {
			return &StylesheetFault{line, "@import would ask for another file", "write what it has into this one"}
		}
	case isName(s.rest):
		name := strings.ToLower(s.name())
		if !strings.HasPrefix(s.rest, "(") {
			break
		}
		s.skip(1)
		if name == "url" {
			return s.url(line)
		}
		if s.loads() && isSubstitution(name) {
			return &StylesheetFault{line, fmt.Sprintf("%s() stands for an address", shortened(name)), "what it stands for can't be checked: write the address itself"}
		}
		s.open = append(s.open, name)
	case c == '(' || c == '[' || c == '{':
		s.open = append(s.open, string(c))
		s.skip(1)
	case c == ')' || c == ']' || c == '}':
		if len(s.open) > 0 {
			s.open = s.open[:len(s.open)-1]
		}
		s.skip(1)
	default:
		s.skip(1)
	}
	return nil
}

// loads reports whether a text at this place is the address of something to load.
func (s *scanner) loads() bool {
	for _, name := range s.open {
		switch name {
		case "url", "src", "image-set", "-webkit-image-set", "image", "cross-fade", "-webkit-cross-fade":
			return true
		}
	}
	return false
}

// isSubstitution reports whether a function stands for what is written elsewhere (CSS Values
// 5, §7), as those do that a style sheet makes itself.
func isSubstitution(name string) bool {
	switch name {
	case "var", "env", "attr", "if", "inherit", "random-item":
		return true
	}
	return strings.HasPrefix(name, "--")
}

// url reads what stands in url(), behind its bracket.
func (s *scanner) url(line int) *StylesheetFault {
	s.skip(len(s.rest) - len(strings.TrimLeft(s.rest, " \t\n")))
	if strings.HasPrefix(s.rest, `"`) || strings.HasPrefix(s.rest, "'") {
		text := s.text()
		s.open = append(s.open, "url")
		return s.address(text, line)
	}
	var b strings.Builder
	for s.rest != "" && s.rest[0] != ')' {
		if s.rest[0] == '\\' {
			b.WriteString(s.escape())
			continue
		}
		b.WriteByte(s.rest[0])
		s.skip(1)
	}
	s.skip(min(1, len(s.rest)))
	return s.address(b.String(), line)
}

// address refuses an address that leads to another server, or that the pages'
// Content-Security-Policy has nothing loaded from.
func (s *scanner) address(text string, line int) *StylesheetFault {
	// What browsers take out of an address before they read it (URL Standard, §4.4).
	text = strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(strings.Trim(text, " \t\r\n\f"))
	text = strings.ReplaceAll(text, `\`, "/")
	scheme, _, has := strings.Cut(text, ":")
	if strings.HasPrefix(text, "//") || has && !strings.ContainsAny(scheme, "/?#") {
		return &StylesheetFault{line, fmt.Sprintf("%q is no address of this site", shortened(text)), "pages ask no other server: leave it out, or write a path that your web server answers"}
	}
	return nil
}

func shortened(text string) string {
	if len(text) > 60 {
		return strings.ToValidUTF8(text[:60], "") + "…"
	}
	return text
}

// text reads a string.
func (s *scanner) text() string {
	quote := s.rest[0]
	s.skip(1)
	var b strings.Builder
	for s.rest != "" && s.rest[0] != quote && s.rest[0] != '\n' {
		if s.rest[0] == '\\' {
			b.WriteString(s.escape())
			continue
		}
		b.WriteByte(s.rest[0])
		s.skip(1)
	}
	s.skip(min(1, len(s.rest)))
	return b.String()
}

// isName reports whether a name begins here.
func isName(s string) bool {
	c := s[0]
	return c == '-' || c == '_' || c >= utf8.RuneSelf || isLetter(c) || c == '\\' && len(s) > 1 && s[1] != '\n'
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// name reads a name, its escapes resolved.
func (s *scanner) name() string {
	var b strings.Builder
	for s.rest != "" && (isName(s.rest) || s.rest[0] >= '0' && s.rest[0] <= '9') {
		if s.rest[0] == '\\' {
			b.WriteString(s.escape())
			continue
		}
		b.WriteByte(s.rest[0])
		s.skip(1)
	}
	return b.String()
}

// escape reads an escape, which begins with a backslash.
func (s *scanner) escape() string {
	s.skip(1)
	digits := 0
	for digits < min(6, len(s.rest)) && strings.IndexByte("0123456789abcdefABCDEF", s.rest[digits]) >= 0 {
		digits++
	}
	if digits == 0 {
		_, size := utf8.DecodeRuneInString(s.rest)
		text := s.rest[:size]
		s.skip(size)
		if text == "\n" {
			return "" // a string goes on in the next line
		}
		return text
	}
	code, err := strconv.ParseUint(s.rest[:digits], 16, 32)
	s.skip(digits)
	if s.rest != "" && strings.IndexByte(" \t\n", s.rest[0]) >= 0 {
		s.skip(1)
	}
	if err != nil {
		return "\uFFFD"
	}
	return string(rune(code))
}

// skip goes on by so many bytes.
func (s *scanner) skip(n int) {
	s.line += strings.Count(s.rest[:n], "\n")
	s.rest = s.rest[n:]
}
