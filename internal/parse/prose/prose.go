package prose

import (
	"strings"

	"github.com/kairan-news/kairan/internal/parse/entity"
)

// Clean drops the characters that neither XML nor a reader can use: controls
// but tab and line end, and those that are no characters.
func Clean(s string) string {
	for i := 0; i < len(s); i++ {
		if mayBeUnfit(s[i]) {
			return strings.Map(dropUnfit, s)
		}
	}
	return s
}

// mayBeUnfit reports whether a character that has the byte may be one that nobody can use.
func mayBeUnfit(b byte) bool {
	return b < 0x20 && b != '\t' && b != '\n' && b != '\r' || b == 0x7F || b == 0xC2 || b == 0xEF || b >= 0xF5
}

// dropUnfit returns -1 for the characters that nobody can use, and others as they are.
func dropUnfit(r rune) rune {
	if !entity.IsChar(r) || r == 0x7F || r >= 0x80 && r < 0xA0 && r != 0x85 || r == '\uFEFF' {
		return -1
	}
	return r
}

// Collapse makes one line of text: white space of every kind becomes one space, and
// none stands at its ends.
func Collapse(s string) string {
	s = Clean(s)
	if isCollapsed(s) {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

// isCollapsed reports, quickly, whether Collapse has nothing to do.
func isCollapsed(s string) bool {
	space := true
	for i := 0; i < len(s); i++ {
		switch b := s[i]; {
		case b == ' ':
			if space {
				return false
			}
			space = true
		case b < 0x20 || b == 0xC2 || b == 0xE1 || b == 0xE2 || b == 0xE3 && i+1 < len(s) && s[i+1] == 0x80:
			return false // it may be white space
		default:
			space = false
		}
	}
	return !space || len(s) == 0
}

// FirstOf returns the first string that is not blank.
func FirstOf(list ...string) string {
	for _, s := range list {
		if s = strings.TrimSpace(s); s != "" {
			return s
		}
	}
	return ""
}
