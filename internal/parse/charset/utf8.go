package charset

import "unicode/utf8"

// evidence is what speaks for UTF-8 in bytes that are not valid UTF-8 as a whole, and
// what against it.
//
// Chance makes well-formed characters of other charsets too, of two bytes mostly: a
// quarter of what a text in EUC-JP, GBK or Thai is taken to pieces into, and less in all
// others. So a character counts for the bytes that had to follow its first, which chance
// seldom gets right twice. The tests hold the limits for texts of many languages and
// lengths.
type evidence struct {
	// sound are the bytes that had to follow the first of a well-formed character, and did.
	sound int
	// bad are the bytes that are of no character, but for those of cut and lone ones.
	bad int
	// cut are the bytes of characters of which at least two are there and the last ones
	// are not, as where a text was cut off at a number of bytes. They prove nothing.
	cut int
	// lone are single bytes between ASCII. They are no characters of a charset that has
	// several bytes for each: some item was pasted in from Latin-1 or windows-1252.
	lone int
}

// weigh returns what the bytes say for UTF-8 and against it. Pairs of surrogates, which
// CESU-8 and Java write for characters beyond U+FFFF, are well-formed characters here.
func weigh(data []byte) (e evidence) {
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			i++
			continue
		}
		if n := soundAt(data, i); n > 0 {
			e.sound += min(n, utf8.UTFMax) - 1
			i += n
			continue
		}
		n := begunAt(data, i)
		switch end := i + n; {
		case n >= 2 && (isASCIIAt(data, end) || soundAt(data, end) > 2):
			e.cut += n
		case isASCIIAt(data, i-1) && isASCIIAt(data, i+1):
			e.lone++
		default:
			e.bad += max(n, 1)
		}
		i += max(n, 1)
	}
	return e
}

// against is what speaks against UTF-8, in quarters of a bad byte.
func (e evidence) against() int { return 4*e.bad + e.lone }

// proven reports whether the bytes are UTF-8 whatever anybody says: more speaks for it than
// against it, by more than chance makes of a short text.
func (e evidence) proven() bool {
	const chance = 4
	return 4*(e.sound-chance) > e.against()
}

// likely reports whether the bytes are UTF-8 where somebody says so, or nobody says
// otherwise: then twice as much is enough, of however little.
func (e evidence) likely() bool { return e.proven() || 2*e.sound > e.against() }

// slight reports whether there is too little to say that the bytes are no UTF-8.
func (e evidence) slight() bool { return e.bad+e.lone == 0 || e.bad+e.lone+e.cut <= 3 }

// soundAt returns how many bytes the well-formed character at i has, or the pair of
// surrogates; 0 where there is none.
func soundAt(data []byte, i int) int {
	if i >= len(data) || data[i] < utf8.RuneSelf {
		return 0
	}
	if r, n := utf8.DecodeRune(data[i:]); r != utf8.RuneError || n > 1 {
		return n
	}
	if _, ok := surrogatesAt(data, i); ok {
		return surrogatesSize
	}
	return 0
}

// begunAt returns how many bytes at i begin a character that is not whole; 0 for a byte
// that begins none.
func begunAt(data []byte, i int) (n int) {
	for i+n < len(data) && !utf8.FullRune(data[i:i+n+1]) {
		n++
	}
	return n
}

// surrogatesSize is how many bytes a pair of surrogates has.
const surrogatesSize = 6

// surrogatesAt returns the character that a pair of surrogates of three bytes each
// stands for (Unicode Technical Report 26, CESU-8).
func surrogatesAt(data []byte, i int) (r rune, ok bool) {
	if len(data)-i < surrogatesSize {
		return 0, false
	}
	b := data[i : i+surrogatesSize]
	for k, want := range [surrogatesSize]struct{ mask, bits byte }{{0xFF, 0xED}, {0xF0, 0xA0}, {0xC0, 0x80}, {0xFF, 0xED}, {0xF0, 0xB0}, {0xC0, 0x80}} {
		if b[k]&want.mask != want.bits {
			return 0, false
		}
	}
	high := rune(b[1]&0x0F)<<6 | rune(b[2]&0x3F)
	low := rune(b[4]&0x0F)<<6 | rune(b[5]&0x3F)
	return 0x10000 + high<<10 + low, true
}

// mendUTF8 repairs text that is UTF-8 but for a few bytes. A pair of surrogates becomes
// the character that it stands for. A single byte between ASCII is what a careless paste
// of Latin-1 leaves, and is read so; all else becomes U+FFFD, one for each byte. It is
// never left out, nor is a character that has more bytes than it needs: a reader is to
// see that something is missing, and no checker to be deceived (RFC 3629 §10).
func mendUTF8(data []byte) []byte {
	out := make([]byte, 0, len(data)+16)
	for i := 0; i < len(data); {
		if data[i] < utf8.RuneSelf {
			out = append(out, data[i])
			i++
			continue
		}
		if r, ok := surrogatesAt(data, i); ok {
			out = utf8.AppendRune(out, r)
			i += surrogatesSize
			continue
		}
		r, n := utf8.DecodeRune(data[i:])
		if r != utf8.RuneError || n > 1 {
			out = append(out, data[i:i+n]...)
			i += n
			continue
		}
		if data[i] >= 0xA0 && isASCIIAt(data, i-1) && isASCIIAt(data, i+1) {
			out = utf8.AppendRune(out, rune(data[i]))
		} else {
			out = append(out, "\uFFFD"...)
		}
		i++
	}
	return out
}

func isASCIIAt(data []byte, i int) bool {
	return i < 0 || i >= len(data) || data[i] < utf8.RuneSelf
}
