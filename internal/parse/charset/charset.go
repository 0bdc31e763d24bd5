package charset

import (
	"bytes"
	"fmt"
	"mime"
	"slices"
	"strings"
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
// word, and last what fits the bytes best. A word that the bytes don't bear out is none,
// and what servers say of all files (see [isDefault]) goes behind a declaration that fits
// better. Bytes that no charset can read are replaced in their place alone.
//
// Where nothing true is said, the languages that the document may be in, as BCP 47 tags,
// help to guess; "" is none.
func Decode(data []byte, contentType string, languages ...string) ([]byte, []parse.Problem) {
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

	claims := claimsOf(data, fromHTTP(contentType), own)
	if isMarked {
		claims = append([]claim{{"its byte order mark", "UTF-8"}}, claims...)
	}
	e := weigh(data)
	if e.proven() || e.likely() && mayBeUTF8(claims) {
		return mendUTF8(data), append(denied, invalidUTF8)
	}
	return reading{data, e, languages}.asClaimed(claims)
}

// claimsOf are what HTTP and the document say, what counts first first.
func claimsOf(data []byte, http, own string) []claim {
	claims := []claim{{"HTTP", http}, {"the document", own}}
	if isDefault(http) && !isPage(data) && fitsDeclared(data, own) {
		slices.Reverse(claims)
	}
	return claims
}

// isDefault reports whether a label is one that servers give all files without knowing
// them: ISO-8859-1, by HTTP's old default (RFC 2616 §3.7.1), which is windows-1252, and
// US-ASCII, by that of text/xml (RFC 3023 §3.1).
func isDefault(label string) bool {
	switch canonical(label) {
	case "us-ascii", "ascii":
		return true
	}
	return lookup(label) == charmap.Windows1252
}

// isPage reports whether a document is a web page, of which HTTP knows the charset better
// than the page itself: so browsers have it (HTML §13.2.3.2), and a page that was wrong
// would be mended.
func isPage(data []byte) bool {
	for head := data[:min(len(data), sniffLimit)]; ; {
		i := bytes.IndexByte(head, '<')
		if i < 0 || i+1 >= len(head) {
			return false
		}
		if head = head[i+1:]; isLatin(rune(head[0])) {
			return len(head) > len("html") && strings.EqualFold(string(head[:len("html")]), "html")
		}
	}
}

// fitsDeclared reports whether a document is in the charset that it declares, rather than
// in windows-1252: one of several bytes for a character reads it without a fault, and one
// of single bytes gives letters that fit no worse.
func fitsDeclared(data []byte, own string) bool {
	enc := lookup(own)
	if enc == nil || enc == unicode.UTF8 || enc == charmap.Windows1252 {
		return false
	}
	sample := data[:min(len(data), guessLimit)]
	if _, isSingle := enc.(*charmap.Charmap); isSingle {
		return plausibility(sample, enc) >= plausibility(sample, charmap.Windows1252)
	}
	_, bad := transcodeCounting(data, enc)
	return bad == 0
}

// reading is a document that is to be read, with what its bytes say for UTF-8, and the
// languages that it may be in.
type reading struct {
	data      []byte
	evidence  evidence
	languages []string
}

// asClaimed reads the document in the first charset that is claimed and that its bytes
// bear out, else in the one that fits them best.
func (r reading) asClaimed(claims []claim) ([]byte, []parse.Problem) {
	var problems []parse.Problem
	for _, claim := range claims {
		out, more, ok := r.as(claim)
		problems = append(problems, more...)
		if ok {
			return out, problems
		}
	}
	out, more := r.byGuess()
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

// as reads the document in the charset that is claimed, unless the bytes don't bear it
// out.
func (r reading) as(c claim) (out []byte, problems []parse.Problem, ok bool) {
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
	case enc == unicode.UTF8 && (!r.evidence.slight() || escapesJapanese(r.data)):
		return nil, problem("charset", "%s says UTF-8, and the bytes are something else", c.by), false
	case enc == unicode.UTF8:
		return mendUTF8(r.data), []parse.Problem{invalidUTF8}, true
	case escapesJapanese(r.data) && enc != japanese.ISO2022JP, isDefault(c.label) && r.isOther() && r.fitsBetter(enc, 1):
		return nil, problem("charset", "%s says charset %s, and the bytes are something else", c.by, c.label), false
	}
	out, bad := transcodeCounting(r.data, enc)
	switch {
	case bad*50 > len(out) && r.fitsBetter(enc, 2):
		return nil, problem("charset", "%s says charset %s, and the bytes are something else", c.by, c.label), false
	case bad > 0:
		return out, problem("invalid-bytes", "%d places are not valid %s; they were replaced", bad, c.label), true
	}
	return out, nil, true
}

// byGuess reads the document, of whose charset nothing true is told.
func (r reading) byGuess() ([]byte, []parse.Problem) {
	if escapesJapanese(r.data) {
		return transcode(r.data, japanese.ISO2022JP)
	}
	enc, name := r.guess()
	if enc == nil {
		return mendUTF8(r.data), []parse.Problem{invalidUTF8}
	}
	problems := []parse.Problem{{Code: "charset", Detail: "nothing true tells the charset; the bytes look like " + name}}
	out, more := transcode(r.data, enc)
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
	if err != nil {
		enc, err = htmlindex.Get(strings.ToLower(strings.TrimSpace(label))) // with underscores, as ISO_8859-1:1987
	}
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
