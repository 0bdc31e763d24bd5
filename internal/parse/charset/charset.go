package charset

import (
	"bytes"
	"fmt"
	"mime"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"github.com/kairan-news/kairan/internal/parse"
)

// sniffLimit is how many bytes at the start of a document are searched for its own
// word on its charset.
const sniffLimit = 4096

// Decode returns the document in UTF-8 without a byte order mark. What tells the
// charset is, in this order: a byte order mark that is not UTF-8's, that the bytes are
// UTF-8 nearly everywhere (see [evidence]), UTF-8's own mark, HTTP, the document's own
// word, and last what fits the bytes best. A word that the bytes don't bear out is none.
// Bytes that no charset can read are replaced in their place alone.
func Decode(data []byte, contentType string) ([]byte, []parse.Problem) {
	enc, n := startEncoding(data)
	if enc != nil && enc != unicode.UTF8 {
		return transcode(data[n:], enc)
	}
	isMarked := n > 0 // as UTF-8
	data = data[n:]
	own := fromDocument(data)
	var denied []parse.Problem
	if !isMarked {
		denied = deny(own)
	}
	switch isText := utf8.Valid(data) && (isMarked || !escapesJapanese(data)); {
	case isText && denied != nil && isASCII(data):
		return data, nil
	case isText:
		return data, denied
	}

	claims := []claim{{"HTTP", fromHTTP(contentType)}, {"the document", own}}
	if isMarked {
		claims = append([]claim{{"its byte order mark", "UTF-8"}}, claims...)
	}
	e := weigh(data)
	if e.proven() || e.likely() && mayBeUTF8(claims) {
		return mendUTF8(data), append(denied, invalidUTF8)
	}
	return readAsClaimed(data, claims, e)
}

// readAsClaimed reads a document in the first charset that is claimed and that its bytes
// bear out, else in the one that fits them best.
func readAsClaimed(data []byte, claims []claim, e evidence) ([]byte, []parse.Problem) {
	var problems []parse.Problem
	for _, claim := range claims {
		out, more, ok := claim.read(data, e)
		problems = append(problems, more...)
		if ok {
			return out, problems
		}
	}
	out, more := readByGuess(data)
	return out, append(problems, more...)
}

// deny tells that a document is UTF-8 which calls itself something else.
func deny(own string) []parse.Problem {
	switch canonical(own) {
	case "", "utf-8", "us-ascii":
		return nil
	}
	return []parse.Problem{{Code: "charset", Detail: fmt.Sprintf("the document calls itself %s, and is UTF-8; it was read as UTF-8", own)}}
}

// read reads a document in the charset that is claimed, unless the bytes don't bear it
// out.
func (c claim) read(data []byte, e evidence) (out []byte, problems []parse.Problem, ok bool) {
	if c.label == "" {
		return nil, nil, false
	}
	problem := func(code, format string, args ...any) []parse.Problem {
		return []parse.Problem{{Code: code, Detail: fmt.Sprintf(format, args...)}}
	}
	enc := lookup(c.label)
	switch {
	case enc == nil:
		return nil, problem("charset", "%s says charset %q, which nobody knows", c.by, c.label), false
	case enc == unicode.UTF8 && (!e.slight() || escapesJapanese(data)):
		return nil, problem("charset", "%s says UTF-8, and the bytes are something else", c.by), false
	case enc == unicode.UTF8:
		return mendUTF8(data), []parse.Problem{invalidUTF8}, true
	}
	out, bad := transcodeCounting(data, enc)
	switch {
	case bad*50 > len(out) && fitsBetter(data, enc):
		return nil, problem("charset", "%s says charset %s, and the bytes are something else", c.by, c.label), false
	case bad > 0:
		return out, problem("invalid-bytes", "%d places are not valid %s; they were replaced", bad, c.label), true
	}
	return out, nil, true
}

// readByGuess reads a document of whose charset nothing true is told.
func readByGuess(data []byte) ([]byte, []parse.Problem) {
	if escapesJapanese(data) {
		return transcode(data, japanese.ISO2022JP)
	}
	enc, name := guess(data)
	if enc == nil {
		return mendUTF8(data), []parse.Problem{invalidUTF8}
	}
	problems := []parse.Problem{{Code: "charset", Detail: "nothing true tells the charset; the bytes look like " + name}}
	out, more := transcode(data, enc)
	return out, append(problems, more...)
}

// invalidUTF8 is the problem of a document that is UTF-8 but for some bytes.
var invalidUTF8 = parse.Problem{Code: "invalid-bytes", Detail: "some bytes are not valid UTF-8; they were replaced"}

// claim is what somebody says of a document's charset; "" for nothing.
type claim struct{ by, label string }

// mayBeUTF8 reports whether somebody says that a document is UTF-8, or nobody names
// another charset that is known.
func mayBeUTF8(claims []claim) bool {
	other := false
	for _, claim := range claims {
		switch lookup(claim.label) {
		case unicode.UTF8:
			return true
		case nil:
		default:
			other = true
		}
	}
	return !other
}

// startEncoding returns the encoding that the first bytes tell, and the length of a byte
// order mark among them. UTF-8's own mark gives unicode.UTF8.
func startEncoding(data []byte) (encoding.Encoding, int) {
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		return unicode.UTF8, 3
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE, 0, 0}):
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), 4
	case bytes.HasPrefix(data, []byte{0, 0, 0xFE, 0xFF}):
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), 4
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), 2
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), 2
	}
	return wideEncoding(data), 0
}

// wideEncoding recognizes UTF-16 and UTF-32 without a byte order mark by the zeros
// around the first character of a document, '<' or '{' (XML 1.0, appendix F).
func wideEncoding(data []byte) encoding.Encoding {
	if len(data) < 8 {
		return nil
	}
	var zero [4]bool
	for i := range zero {
		zero[i] = data[i] == 0
	}
	switch zero {
	case [4]bool{false, true, true, true}:
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	case [4]bool{true, true, true, false}:
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	case [4]bool{false, true, false, true}:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case [4]bool{true, false, true, false}:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

// transcode converts data and says whether something in it was no text.
func transcode(data []byte, enc encoding.Encoding) ([]byte, []parse.Problem) {
	if enc == unicode.UTF8 {
		if utf8.Valid(data) {
			return data, nil
		}
		return mendUTF8(data), []parse.Problem{invalidUTF8}
	}
	out, bad := transcodeCounting(data, enc)
	if bad > 0 {
		return out, []parse.Problem{{Code: "invalid-bytes", Detail: fmt.Sprintf("%d places were no text in the document's charset; they were replaced", bad)}}
	}
	return out, nil
}

// transcodeCounting converts data and counts the places that could not be read.
func transcodeCounting(data []byte, enc encoding.Encoding) ([]byte, int) {
	out := convert(data, enc)
	return out, bytes.Count(out, []byte("\uFFFD"))
}

// convert converts data; what can't be read becomes U+FFFD.
func convert(data []byte, enc encoding.Encoding) []byte {
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return bytes.ToValidUTF8(data, []byte("\uFFFD"))
	}
	return out
}

func isASCII(data []byte) bool {
	for _, b := range data {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// fromHTTP returns the charset parameter of a Content-Type.
func fromHTTP(contentType string) string {
	if contentType == "" {
		return ""
	}
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		return strings.Trim(params["charset"], `"' `)
	}
	_, rest, ok := strings.Cut(strings.ToLower(contentType), "charset=")
	if !ok {
		return ""
	}
	rest, _, _ = strings.Cut(rest, ";")
	return strings.Trim(rest, `"' `)
}

// fromDocument returns what the document says of its charset: an XML declaration's
// encoding, else the charset of an HTML meta element; "" if it says nothing.
func fromDocument(data []byte) string {
	head := data[:min(len(data), sniffLimit)]
	if i := bytes.Index(head, []byte("<?xml")); i >= 0 {
		if end := bytes.Index(head[i:], []byte(">")); end > 0 {
			if v := pseudoAttr(head[i:i+end], "encoding"); v != "" {
				return v
			}
		}
	}
	lower := bytes.ToLower(head)
	for at := 0; ; {
		i := bytes.Index(lower[at:], []byte("<meta"))
		if i < 0 {
			return ""
		}
		at += i + len("<meta")
		end := bytes.IndexByte(lower[at:], '>')
		if end < 0 {
			return ""
		}
		if tag := lower[at : at+end]; bytes.Contains(tag, []byte("charset")) {
			if v := pseudoAttr(tag, "charset"); v != "" {
				return v
			}
		}
		at += end
	}
}

// pseudoAttr returns the value of name=value in text, quoted or not.
func pseudoAttr(text []byte, name string) string {
	i := bytes.Index(text, []byte(name))
	if i < 0 {
		return ""
	}
	rest := bytes.TrimLeft(text[i+len(name):], " \t\r\n")
	if len(rest) == 0 || rest[0] != '=' {
		return ""
	}
	rest = bytes.TrimLeft(rest[1:], " \t\r\n\"'")
	end := bytes.IndexAny(rest, "\"' \t\r\n;?/>")
	if end < 0 {
		end = len(rest)
	}
	return string(rest[:end])
}

// canonical spells a label as lookup reads it.
func canonical(label string) string {
	label = strings.ToLower(strings.TrimSpace(label))
	return strings.ReplaceAll(label, "_", "-")
}

// lookup returns the encoding of a label; nil if nobody knows it.
func lookup(label string) encoding.Encoding {
	name := canonical(label)
	if enc, ok := labels[name]; ok {
		return enc
	}
	for _, spelling := range [][2]string{{"cp125", "windows-125"}, {"win-125", "windows-125"}, {"win125", "windows-125"}, {"windows125", "windows-125"}, {"iso8859-", "iso-8859-"}} {
		if n, ok := strings.CutPrefix(name, spelling[0]); ok {
			name = spelling[1] + n
			break
		}
	}
	enc, err := htmlindex.Get(name)
	if err != nil || enc == encoding.Replacement {
		return nil
	}
	return enc
}

// labels are what the WHATWG's index lacks: the labels of Windows code pages, IBM855,
// UTF-32, and the spellings that servers use.
var labels = labelled(
	named{unicode.UTF8, "utf8 utf-8 unicode utf8mb4 us-ascii ascii"},
	named{japanese.ShiftJIS, "cp932 ms932 windows-31j sjis-win x-sjis x-ms-cp932 shift-jis shiftjis sjis ms-kanji"},
	named{japanese.EUCJP, "eucjp euc-jp ujis eucjp-win eucjp-ms cp51932 x-euc-jp x-euc"},
	named{japanese.ISO2022JP, "iso-2022-jp iso2022jp iso-2022-jp-ms cp50220 cp50221 jis csiso2022jp"},
	named{korean.EUCKR, "cp949 ms949 uhc x-windows-949 windows-949 euckr euc-kr ks-c-5601-1987 ksc5601 ksc-5601 johab"},
	named{simplifiedchinese.GB18030, "gb2312 gbk cp936 ms936 windows-936 euc-cn x-gbk gb-2312 gb-2312-80 gb18030 gb18030-2000 gb-18030"},
	named{simplifiedchinese.HZGB2312, "hz hz-gb-2312"},
	named{traditionalchinese.Big5, "big5 big-5 cp950 ms950 windows-950 big5-hkscs big5hkscs big5-eten x-x-big5 euc-tw"},
	named{charmap.Windows874, "tis-620 tis620 windows-874 cp874 ms874 x-windows-874 iso-8859-11 ibm874 dos-874"},
	named{charmap.CodePage855, "ibm855 cp855 855 csibm855 dos-855"},
	named{charmap.CodePage866, "ibm866 cp866 866 csibm866 dos-866"},
	named{charmap.MacintoshCyrillic, "maccyrillic mac-cyrillic x-mac-cyrillic x-mac-ukrainian macintosh-cyrillic"},
	named{charmap.Macintosh, "macroman mac macintosh x-mac-roman"},
	named{charmap.KOI8R, "koi8 koi8r koi8-r cskoi8r"},
	named{charmap.KOI8U, "koi8u koi8-u koi8-ru"},
	named{charmap.CodePage437, "ibm437 cp437"},
	named{charmap.CodePage850, "ibm850 cp850"},
	named{charmap.CodePage852, "ibm852 cp852"},
	named{charmap.CodePage862, "ibm862 cp862"},
	named{charmap.ISO8859_6, "iso-8859-6-i iso-8859-6-e csiso88596i"},
	// Bytes that are no UTF-16 by their mark or by their zeros say so in vain.
	named{unicode.UTF8, "utf-16 utf-16le utf16 utf-16be utf-32 utf-32le utf-32be ucs-2 ucs-4 iso-10646-ucs-2"},
)

// named is an encoding with its labels, parted by spaces.
type named struct {
	encoding.Encoding
	labels string
}

func labelled(entries ...named) map[string]encoding.Encoding {
	all := map[string]encoding.Encoding{}
	for _, e := range entries {
		for label := range strings.FieldsSeq(e.labels) {
			all[label] = e.Encoding
		}
	}
	return all
}

// escapesJapanese reports whether the bytes are seven-bit text with the escape
// sequences of ISO-2022-JP, which is valid UTF-8 and means something else.
func escapesJapanese(data []byte) bool {
	if bytes.IndexByte(data, 0x1B) < 0 {
		return false
	}
	return (bytes.Contains(data, []byte("\x1B$B")) || bytes.Contains(data, []byte("\x1B$@"))) && isASCII(data)
}

// candidates are the charsets that are tried where nothing true is said, the
// strictest first. Single-byte charsets can read nearly everything, so that only
// the letters that come out can decide between them.
var candidates = []struct {
	name string
	enc  encoding.Encoding
}{
	{"EUC-JP", japanese.EUCJP},
	{"Shift_JIS", japanese.ShiftJIS},
	{"EUC-KR", korean.EUCKR},
	{"Big5", traditionalchinese.Big5},
	{"GB18030", simplifiedchinese.GB18030},
	{"windows-874", charmap.Windows874},
	{"windows-1251", charmap.Windows1251},
	{"KOI8-R", charmap.KOI8R},
	{"windows-1256", charmap.Windows1256},
	{"windows-1254", charmap.Windows1254},
	{"windows-1252", charmap.Windows1252},
}

// guessLimit is how many bytes a guess looks at.
const guessLimit = 64 << 10

// guess returns the charset that gives the most plausible text; nil where
// the text is UTF-8 with a few faults.
func guess(data []byte) (encoding.Encoding, string) {
	sample := data[:min(len(data), guessLimit)]
	if e := weigh(sample); e.slight() || e.likely() {
		return nil, ""
	}
	best, at := 0, len(candidates)-1
	for i, c := range candidates {
		if score := plausibility(sample, c.enc); score > best {
			best, at = score, i
		}
	}
	return candidates[at].enc, candidates[at].name
}

// fitsBetter reports whether another charset reads the data clearly better than enc.
func fitsBetter(data []byte, enc encoding.Encoding) bool {
	sample := data[:min(len(data), guessLimit)]
	other, _ := guess(sample)
	if other == nil {
		other = unicode.UTF8
	}
	return other != enc && plausibility(sample, other) > 2*plausibility(sample, enc)
}

// commonHan are frequent characters of Chinese and Japanese, in both forms.
const commonHan = "的一是不了在人有我他這这中大來来上國国個个到說说們们為为子和你地出道也時时年得就那要下以生會会自著着去之過过家學学對对可她里后後小心多天而能好都然沒没日於于起還还發发成事只作當当想看文無无開开手十用主行方又如前所本見见經经頭头面公同三已老從从動动兩两長长知民樣样現现分將将外但身些與与高意進进把法此實实回二理美點点月明其種种聲声全工己話话市政府新聞安全東京部区區都県町村会社お知報通"

// frequentHan holds the characters of commonHan.
var frequentHan = sync.OnceValue(func() map[rune]bool {
	all := make(map[rune]bool, 256)
	for _, r := range commonHan {
		all[r] = true
	}
	return all
})

// plausibility scores how much what comes out looks like text that people write:
// frequent characters of its script count for it, replacements, rare symbols and
// letters of two scripts side by side count against it. A character of two bytes
// counts as two.
func plausibility(sample []byte, enc encoding.Encoding) int {
	out := convert(sample, enc)
	score := 0
	var last rune
	for len(out) > 0 {
		r, n := utf8.DecodeRune(out)
		out = out[n:]
		switch {
		case r < utf8.RuneSelf:
			if isLatin(r) && last >= 0x370 && last < 0x1100 {
				score -= 4
			}
		case r == utf8.RuneError:
			score -= 20
		case r < 0x1100:
			score += alphabetic(r, last)
		default:
			score += eastAsian(r)
		}
		last = r
	}
	return score
}

// isLatin reports whether a character is a letter of ASCII.
func isLatin(r rune) bool { return 'a' <= r|0x20 && r|0x20 <= 'z' }

// alphabetic scores a character of an alphabet, by what stands before it.
func alphabetic(r, last rune) int {
	switch {
	case r >= 0x0E01 && r <= 0x0E5B, r >= 0x0430 && r <= 0x044F, r >= 0x0621 && r <= 0x0652: // Thai, Cyrillic in small letters, Arabic
		if isLatin(last) {
			return 3 - 6
		}
		return 3
	case r >= 0x0410 && r <= 0x042F: // Cyrillic, capital
		if last >= 0x0430 && last <= 0x044F || isLatin(last) {
			return -3
		}
	case r >= 0xC0 && r <= 0x17F: // Latin with marks
		if last < utf8.RuneSelf {
			return 2
		}
	case r < 0xA0: // controls
		return -6
	}
	return 0
}

// eastAsian scores a character of the scripts of East Asia, and the symbols beside them.
func eastAsian(r rune) int {
	switch {
	case r >= 0x3040 && r <= 0x30FF: // kana
		return 8
	case r >= 0xAC00 && r <= 0xD7A3: // Hangul
		return 6
	case r >= 0x4E00 && r <= 0x9FFF: // Han
		if frequentHan()[r] {
			return 2 + 8
		}
		return 2
	case r >= 0x3000 && r <= 0x303F, r >= 0xFF00 && r <= 0xFF60: // CJK punctuation, full width
		return 6
	case r >= 0xFF61 && r <= 0xFF9F, r >= 0xE000 && r <= 0xF8FF, r >= 0x2500 && r <= 0x259F:
		return -6
	}
	return 0
}
