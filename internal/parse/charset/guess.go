package charset

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
)

// candidate is a charset that is tried where nothing true is said.
type candidate struct {
	name string
	enc  encoding.Encoding
	// languages are those that were written in it, by their first subtags.
	languages string
}

// English is not among them: it is what templates say, and it has no letters beyond ASCII.
const (
	cyrillic = "ru bg uk be sr mk kk ky tg mn"
	western  = "de fr nl es it pt sv da no nb nn fi is id ms fil ca eu gl af sq ga"
	central  = "pl cs sk hu ro hr sl bs"
)

// candidates are the charsets that are tried, those first that win where others fit as
// well. Single-byte charsets can read nearly everything, so that only the letters that
// come out can decide between them.
var candidates = []candidate{
	{"EUC-JP", japanese.EUCJP, "ja"},
	{"Shift_JIS", japanese.ShiftJIS, "ja"},
	{"EUC-KR", korean.EUCKR, "ko"},
	{"Big5", traditionalchinese.Big5, "zh yue"},
	{"GB18030", simplifiedchinese.GB18030, "zh"},
	{"windows-874", charmap.Windows874, "th"},
	{"windows-1251", charmap.Windows1251, cyrillic},
	{"KOI8-R", charmap.KOI8R, cyrillic},
	{"KOI8-U", charmap.KOI8U, "uk"},
	{"ISO-8859-5", charmap.ISO8859_5, cyrillic},
	{"IBM866", charmap.CodePage866, cyrillic},
	{"x-mac-cyrillic", charmap.MacintoshCyrillic, cyrillic},
	{"windows-1253", charmap.Windows1253, "el"},
	{"ISO-8859-7", charmap.ISO8859_7, "el"},
	{"windows-1255", charmap.Windows1255, "he yi"},
	{"windows-1256", charmap.Windows1256, "ar fa ur"},
	{"ISO-8859-6", charmap.ISO8859_6, "ar"},
	{"windows-1254", charmap.Windows1254, "tr az"},
	{"windows-1252", charmap.Windows1252, western},
	{"windows-1250", charmap.Windows1250, central},
	{"ISO-8859-2", charmap.ISO8859_2, central},
	{"windows-1257", charmap.Windows1257, "lt lv et"},
	{"windows-1258", charmap.Windows1258, "vi"},
}

// guessLimit is how many bytes a guess looks at.
const guessLimit = 64 << 10

// guess returns the charset that gives the most plausible text; nil where
// the text is UTF-8 with a few faults.
func (r reading) guess() (encoding.Encoding, string) {
	sample := r.data[:min(len(r.data), guessLimit)]
	languages := append(languagesIn(sample), r.languages...)
	isHinted := slices.ContainsFunc(candidates, func(c candidate) bool { return c.isOf(languages) })
	switch e := weigh(sample); {
	case e.likely(), e.slight() && (e.sound > 0 || e.lone+e.bad == 0):
		return nil, ""
	case e.slight() && !isHinted && e.bad == 0:
		return charmap.Windows1252, "windows-1252" // a letter with a mark or a quotation mark here and there
	case e.slight() && !isHinted:
		return nil, ""
	}
	wide, alone := beyondASCII(sample)
	best, found := 0, candidate{"windows-1252", charmap.Windows1252, western}
	for _, c := range candidates {
		if _, isSingle := c.enc.(*charmap.Charmap); !isSingle && 10*alone > 9*wide {
			continue // two bytes that make a character stand together
		}
		score := 4 * plausibility(sample, c.enc)
		if c.isOf(languages) {
			score += wide * favour
		}
		if score > best {
			best, found = score, c
		}
	}
	return found.enc, found.name
}

// favour is what speaks for a charset of a language that the document may be in, for each
// byte beyond ASCII, in quarters: a common letter is worth 16.
const favour = 5

// isOf reports whether one of these languages was written in the charset.
func (c *candidate) isOf(languages []string) bool {
	for _, tag := range languages {
		first, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
		if first != "" && slices.Contains(strings.Fields(c.languages), first) {
			return true
		}
	}
	return false
}

// beyondASCII counts the bytes beyond ASCII, and those of them that stand alone beside a
// small letter, as in languages that have a few letters with marks.
func beyondASCII(data []byte) (wide, alone int) {
	isSmall := func(i int) bool { return i >= 0 && i < len(data) && 'a' <= data[i] && data[i] <= 'z' }
	for i, b := range data {
		if b < utf8.RuneSelf {
			continue
		}
		wide++
		if isASCIIAt(data, i-1) && isASCIIAt(data, i+1) && (isSmall(i-1) || isSmall(i+1)) {
			alone++
		}
	}
	return wide, alone
}

// languagesIn returns what a document says of its language before its charset is known.
func languagesIn(data []byte) (languages []string) {
	for _, m := range saidLanguage.FindAllSubmatch(data[:min(len(data), sniffLimit)], 4) {
		languages = append(languages, string(m[1]))
	}
	return languages
}

// saidLanguage is a language element of RSS or Dublin Core, an attribute xml:lang or lang,
// or a member of a JSON Feed.
var saidLanguage = regexp.MustCompile(`(?i)(?:<(?:dc:)?language>\s*|\blang=\s*["']|"language"\s*:\s*")([a-z]{2,3})\b`)

// isOther reports whether a document, which is no page, is in a language that windows-1252 has
// not the letters of, as far as it says so, else its publisher: its template, too, may have a
// default.
func (r reading) isOther() bool {
	for _, languages := range [][]string{languagesIn(r.data), r.languages} {
		isOf := func(c candidate) bool { return c.isOf(languages) }
		if slices.ContainsFunc(candidates, isOf) {
			return !slices.ContainsFunc(candidates, func(c candidate) bool { return c.enc == charmap.Windows1252 && isOf(c) }) && !isPage(r.data)
		}
	}
	return false
}

// fitsBetter reports whether another charset reads the data so many times better than enc.
func (r reading) fitsBetter(enc encoding.Encoding, times int) bool {
	sample := r.data[:min(len(r.data), guessLimit)]
	other, _ := r.guess()
	if other == nil {
		other = unicode.UTF8
	}
	return other != enc && plausibility(sample, other) > times*plausibility(sample, enc)
}
