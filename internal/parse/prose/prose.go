package prose

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/kairan-news/kairan/internal/parse/entity"
	"github.com/kairan-news/kairan/internal/plain"
)

// Clean drops the characters that neither XML nor a reader can use: controls
// but tab and line end, and those that are no characters. A form feed parts words, and the
// controls from U+0080 on are what windows-1252 has in their places, as in references to
// them (HTML §13.2.5.80).
func Clean(s string) string {
	for i := 0; i < len(s); i++ {
		if mayBeUnfit(s[i]) {
			return strings.Map(fit, s)
		}
	}
	return s
}

// mayBeUnfit reports whether a character that has the byte may be one that nobody can use.
func mayBeUnfit(b byte) bool {
	return b < 0x20 && b != '\t' && b != '\n' && b != '\r' || b == 0x7F || b == 0xC2 || b == 0xEF || b >= 0xF0
}

// fit returns what stands for a character; -1 for those that nobody can use.
func fit(r rune) rune {
	switch {
	case r == '\f' || r == '\v':
		return ' '
	case r >= 0x80 && r < 0xA0:
		if meant := charmap.Windows1252.DecodeByte(byte(r)); meant != utf8.RuneError {
			return meant
		}
		return -1
	case !entity.IsChar(r) || r == 0x7F || r == '\uFEFF' || isNoncharacter(r):
		return -1
	}
	return r
}

// isNoncharacter reports whether a code point stands for no character and never will (Unicode
// §23.7). XML discourages those that it allows, and HTML calls each an error (XML 1.0 §2.2,
// HTML §13.2.3.5).
func isNoncharacter(r rune) bool { return r >= 0xFDD0 && r <= 0xFDEF || r&0xFFFE == 0xFFFE }

// Collapse makes one line of text, of clean characters: see [plain.OneLine].
func Collapse(s string) string {
	s = Clean(s)
	if isCollapsed(s) {
		return s
	}
	return plain.OneLine(s)
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
		case b < 0x20 || b >= 0xC2 && mayBeSpace(s[i:]):
			return false
		default:
			space = false
		}
	}
	return !space || len(s) == 0
}

// mayBeSpace reports whether the character beyond ASCII that a text begins with may be
// white space, or nothing to see.
func mayBeSpace(s string) bool {
	switch s[0] {
	case 0xE3:
		if len(s) > 1 && s[1] > 0x80 && s[1] != 0x85 {
			return false // kana, which most of Japanese is
		}
	case 0xC2, 0xCD, 0xE1, 0xE2, 0xEF:
	default:
		return false // no such character begins so
	}
	_, n := utf8.DecodeRuneInString(s)
	return plain.IsBlank(s[:n])
}

// FirstOf returns the first string in which there is something to see.
func FirstOf(list ...string) string {
	for _, s := range list {
		if s = strings.TrimSpace(s); s != "" && !plain.IsBlank(s) {
			return s
		}
	}
	return ""
}
