package ledger

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// visible is what [contentHash] sees of texts: no white space and no invisible
// characters, since where lines break, and whether a tag or a space parts two words, is
// noise; and all in one of Unicode's spellings, NFC.
//
// Nearly all texts have that spelling already. To ask Unicode's tables for each of
// their characters would cost more than all the rest, so it is noted meanwhile whether
// there is any that isn't known to be composed.
type visible struct {
	b     []byte
	tone  rune // the last of Thai's marks below and above, if no letter came since
	loose bool // there is a character that NFC might change
}

// text adds a text.
func (v *visible) text(s string) {
	b := v.b
	for i := 0; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if c > ' ' {
				b = append(b, c)
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case isComposed(r):
			v.tone = 0
		case isThaiMark(r) && r > v.tone: // in the order that NFC would bring them
			v.tone = r
		case unicode.IsSpace(r) || isInvisible(r):
			i += n
			continue
		default:
			v.loose = true
		}
		b = append(b, s[i:i+n]...)
		i += n
	}
	v.b = b
}

// markup adds the visible text of sanitized HTML. It needs no parser: in sanitized
// HTML every "<" begins a tag, and ">" in attributes is escaped.
func (v *visible) markup(s string) {
	for s != "" {
		text, rest, _ := strings.Cut(s, "<")
		if strings.IndexByte(text, '&') >= 0 {
			text = html.UnescapeString(text)
		}
		v.text(text)
		_, s, _ = strings.Cut(rest, ">")
	}
}

// field adds something that is taken as it is, such as an address, apart from what
// went before.
func (v *visible) field(s string) {
	v.b = append(append(v.b, 0), s...)
	v.loose = v.loose || strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}

// composed returns all that was added, in NFC.
func (v *visible) composed() []byte {
	if v.loose {
		return norm.NFC.Bytes(v.b)
	}
	return v.b
}

// isComposed reports whether a character, which is no space and has a width, is known to
// be the same in NFC whatever stands beside it: it is not taken apart, does not join the
// one before it, and takes no part in the ordering of marks.
func isComposed(r rune) bool { return isComposedLetter(r) || isComposedSign(r) }

func isComposedLetter(r rune) bool {
	switch {
	case r >= 0x309b && r <= 0x9fff, // katakana, Han
		r >= 0x3001 && r <= 0x3029,
		r >= 0x3030 && r <= 0x3098,         // hiragana, without the marks that join it
		r >= 0xac00 && r <= 0xd7a3,         // Hangul syllables
		r > 0xa0 && r < 0x300 && r != 0xad, // Latin
		r >= 0x1e00 && r <= 0x1eff,         // Latin
		r >= 0x0388 && r <= 0x0482,         // Greek, Cyrillic
		r >= 0x0620 && r <= 0x064a,         // Arabic, without marks
		r >= 0x0e01 && r <= 0x0e37,         // Thai
		r >= 0x0e3f && r <= 0x0e47 || r >= 0x0e4c && r <= 0x0e5b:
		return true
	}
	return false
}

func isComposedSign(r rune) bool {
	switch {
	case r >= 0x2010 && r <= 0x2027, // punctuation
		r >= 0x2030 && r <= 0x205e,                  // punctuation
		r >= 0x20a0 && r <= 0x20cf,                  // currencies
		r >= 0x2100 && r <= 0x2125,                  // signs like letters
		r >= 0x2190 && r <= 0x2328,                  // arrows, signs
		r >= 0x2460 && r <= 0x27bf,                  // circled numbers, shapes, signs
		r >= 0xff01 && r <= 0xffef,                  // wide and narrow forms
		r >= 0x1f300 && r <= 0x1faff, r == '\ufe0f': // emoji
		return true
	}
	return false
}

// isThaiMark reports whether a character is one of Thai's vowels below or tones above: it
// joins no letter, and NFC puts the vowel first, which is the order of their numbers.
func isThaiMark(r rune) bool { return r == 0x0e38 || r == 0x0e39 || r >= 0x0e48 && r <= 0x0e4b }

// isInvisible reports whether a character has no width: soft hyphen, zero-width spaces
// and joiners, direction marks, byte order mark.
func isInvisible(r rune) bool {
	return r == 0xad || r >= 0x200b && r <= 0x200f || r >= 0x2060 && r <= 0x2064 || r == 0xfeff
}
