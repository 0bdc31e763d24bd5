package fetch

import (
	"bytes"
	"strings"
)

// robotsRules are the rules of a robots.txt that concern us. Without rules
// everything is allowed.
type robotsRules struct {
	rules []robotsRule
}

// robotsRule is one line. Its pattern is normalized as addresses are.
type robotsRule struct {
	pattern string
	allow   bool
}

// parseRobots reads a robots.txt (RFC 9309 §2.2) for one product token, in lower
// case. Groups for the same token are one; those of "*" hold where there is none of
// ours. What can't be read is passed over.
//
// The libraries for this were found to disagree with the RFC in what matters here:
// a rule without wildcards loses against one whose regular expression is longer,
// of two equal rules the first wins and not the one that allows, a token matches by
// its first letters, and one bad line voids the file.
func parseRobots(data []byte, token string) *robotsRules {
	var (
		ours, others       []robotsRule
		found              bool // a group of ours
		forUs, forAll      bool // the group at hand
		inRules, sawAgents bool
	)
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	for line := range bytes.FieldsFuncSeq(data, func(c rune) bool { return c == '\n' || c == '\r' }) {
		text, _, _ := strings.Cut(string(line), "#")
		name, value, ok := strings.Cut(text, ":")
		if !ok {
			continue
		}
		value = strings.TrimSpace(value)
		switch name = strings.ToLower(strings.TrimSpace(name)); name {
		case "user-agent":
			if inRules {
				forUs, forAll, inRules = false, false, false
			}
			sawAgents = true
			switch {
			case value == "*":
				forAll = true
			case token != "" && productToken(value) == token:
				forUs, found = true, true
			}
		case "allow", "disallow":
			if !sawAgents {
				continue // §2.1: a rule belongs to a group
			}
			inRules = true
			if value == "" {
				continue // an empty pattern matches nothing
			}
			rule := robotsRule{pattern: normalPattern(value), allow: name == "allow"}
			if forUs {
				ours = append(ours, rule)
			}
			if forAll {
				others = append(others, rule)
			}
		} // other lines, such as Sitemap, belong to no group (§2.2.4)
	}
	if found {
		return &robotsRules{rules: ours}
	}
	return &robotsRules{rules: others}
}

// allow reports whether a path with its query may be asked for, by the longest pattern
// that matches it (§2.2.2). Of two that are equally long the one that allows holds.
func (r *robotsRules) allow(path string) bool {
	path = strings.NewReplacer("*", "%2A", "$", "%24").Replace(normalPath(path))
	longest, allowed := -1, true
	for _, rule := range r.rules {
		if n := len(rule.pattern); (n > longest || n == longest && rule.allow) && matches(rule.pattern, path) {
			longest, allowed = n, rule.allow
		}
	}
	return allowed
}

// matches reports whether a path begins as the pattern says, where "*" is any number
// of characters and "$" at the end is the end (§2.2.3). It takes the first place
// for each piece between stars, so that its time is bounded by the product of the
// lengths, whatever the pattern.
func matches(pattern, path string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	pieces := strings.Split(pattern, "*")
	if !strings.HasPrefix(path, pieces[0]) {
		return false
	}
	path = path[len(pieces[0]):]
	for i, piece := range pieces[1:] {
		if whole && i == len(pieces)-2 {
			return strings.HasSuffix(path, piece)
		}
		at := strings.Index(path, piece)
		if at < 0 {
			return false
		}
		path = path[at+len(piece):]
	}
	return !whole || path == ""
}

// normalPattern is normalPath for a pattern, in which "*" and a "$" at the end are
// no characters of the path; these are written "%2A" and "%24".
func normalPattern(s string) string {
	s, whole := strings.CutSuffix(s, "$")
	s = strings.ReplaceAll(normalPath(s), "$", "%24")
	if whole {
		s += "$"
	}
	return s
}

// normalPath gives a path or a pattern the form in which they are compared (§2.2.2):
// unreserved characters (RFC 3986 §2.3) plain, those beyond ASCII percent-encoded,
// all other escapes as they are but in upper case.
func normalPath(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '%' && i+2 < len(s) && unhex(s[i+1]) >= 0 && unhex(s[i+2]) >= 0:
			if plain := byte(unhex(s[i+1])<<4 | unhex(s[i+2])); unreserved(plain) {
				b.WriteByte(plain)
			} else {
				b.WriteString(strings.ToUpper(s[i : i+3]))
			}
			i += 2
		case c >= 0x80 || c <= ' ':
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// unhex returns the value of a hexadecimal digit; -1 for any other character.
func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f', c >= 'A' && c <= 'F':
		return int(c|0x20-'a') + 10
	}
	return -1
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}
