package parse

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// longestDate is how many bytes a date may have; more is prose.
const longestDate = 160

// earliest is the first moment that is believed: no feed is older.
var earliest = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)

// readDate reads a date as people and programs write it, in any of the thirteen
// languages, with eras and digits of all of them. A date without a zone is read in
// the source's; one without a time begins its day. The result is in UTC, to the
// millisecond. A date that can't be true, in the future or before 1990, gives the
// zero time and a problem, as does one that can't be read; "" gives neither.
func readDate(s string, o Options) (time.Time, *Problem) {
	s = strings.TrimSpace(s)
	if s == "" {
		return time.Time{}, nil
	}
	t, ok := parseDate(s, o)
	switch {
	case !ok:
		return time.Time{}, &Problem{"date-unreadable", fmt.Sprintf("the date %q can't be read", shorten(collapse(s), 60))}
	case t.Before(earliest):
		return time.Time{}, &Problem{"date-past", fmt.Sprintf("the date %q is before 1990", shorten(collapse(s), 60))}
	case !o.Now.IsZero() && t.After(o.Now.Add(24*time.Hour)):
		return time.Time{}, &Problem{"date-future", fmt.Sprintf("the date %q is in the future", shorten(collapse(s), 60))}
	}
	return t.UTC().Truncate(time.Millisecond), nil
}

// parseDate reads the date whatever it is.
func parseDate(s string, o Options) (time.Time, bool) {
	if len(s) > longestDate {
		return time.Time{}, false
	}
	// What most feeds write needs no reader of ours.
	if len(s) >= 20 && s[4] == '-' {
		if t, err := time.Parse(time.RFC3339, s); err == nil && t.Year() < 2400 {
			return t, true
		}
	} else if len(s) >= 28 && s[3] == ',' {
		if t, err := time.Parse("Mon, 2 Jan 2006 15:04:05 -0700", s); err == nil && t.Year() < 2400 {
			return t, true
		}
	}
	r := dateReader{s: normalizeDate(s), o: o}
	return r.read()
}

// dateReader reads one date from left to right, and notes what each part must be.
type dateReader struct {
	s string
	o Options

	year, month, day   int
	hour, min, sec, ns int
	hasTime            bool
	weakMonth          bool // the month's name may have been a weekday's
	half               int  // 1 for the first half of the day, 2 for the second
	eraBase            int  // is added to the year; 0 for the common era
	thai               bool // a Thai month or era was named
	hijri              bool
	zone               string
	offset             int // seconds east
	hasOffset          bool
	numbers            []dateNumber
	timeNext           bool // a word announced a time
	assumedDay         bool // the first of the month, since none was told
	strangers          int  // words that belong to no date
}

// dateNumber is a number of which only the rest of the date can tell what it is.
type dateNumber struct{ value, digits int }

func (r *dateReader) read() (time.Time, bool) {
	if t, ok := epoch(r.s); ok {
		return t, true
	}
	for i := 0; i < len(r.s); {
		c, size := utf8.DecodeRuneInString(r.s[i:])
		switch {
		case c >= '0' && c <= '9':
			if r.complete() && r.hasTime && (i == 0 || r.s[i-1] != '+' && r.s[i-1] != '-') && !r.unitAhead(i) {
				return r.result() // another date begins
			}
			i = r.number(i)
		case (c == '+' || c == '-' || c == '−') && !r.hasOffset && (r.hasTime || r.zone == "utc" || r.zone == "gmt") && r.signed(i, size):
			i = r.zoneOffset(i, size)
		case unicode.IsLetter(c) || unicode.Is(unicode.Mn, c):
			i = r.word(i)
		default:
			i += size
		}
	}
	return r.result()
}

// complete tells whether the day is known.
func (r *dateReader) complete() bool { return r.year != 0 && r.month != 0 && r.day != 0 }

// signed tells whether a sign at i begins an offset: digits follow, and it does not
// join the parts of a date.
func (r *dateReader) signed(i, size int) bool {
	return i+size < len(r.s) && isDigit(r.s[i+size])
}

// unitAhead tells whether the number at i names its own unit.
func (r *dateReader) unitAhead(i int) bool {
	for i < len(r.s) && isDigit(r.s[i]) {
		i++
	}
	rest := strings.TrimLeft(r.s[i:], " ")
	c, _ := utf8.DecodeRuneInString(rest)
	return strings.ContainsRune("年年년月월日일時时點点시分분秒초", c)
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// digits reads at most limit digits at i.
func (r *dateReader) digits(i, limit int) (value, count int) {
	for i+count < len(r.s) && count < limit && isDigit(r.s[i+count]) {
		value = value*10 + int(r.s[i+count]-'0')
		count++
	}
	return value, count
}

// number takes the number at i, and what belongs to it, and returns the place
// behind it.
func (r *dateReader) number(i int) int {
	v, n := r.digits(i, 14)
	end := i + n
	if end < len(r.s) && isDigit(r.s[end]) { // longer than any date
		for end < len(r.s) && isDigit(r.s[end]) {
			end++
		}
		return end
	}
	next := byte(0)
	if end < len(r.s) {
		next = r.s[end]
	}
	switch {
	case n <= 2 && next == ':' && !r.hasTime:
		return r.clock(i, ':')
	case n == 14 || n == 12 || n == 8:
		if r.compact(i, n) {
			return end
		}
	case (n == 6 || n == 4) && r.complete() && !r.hasTime && i > 0 && r.s[i-1] == 't':
		r.hour, _ = r.digits(i, 2)
		r.min, _ = r.digits(i+2, 2)
		if n == 6 {
			r.sec, _ = r.digits(i+4, 2)
		}
		r.hasTime = true
		return end
	case next == '.' && n <= 2 && r.dottedTime(end):
		return r.clock(i, '.')
	case next == 'h' && n <= 2 && v <= 24 && !r.hasTime && (end+1 >= len(r.s) || !isLetterAt(r.s, end+1)):
		r.hour, r.hasTime = v, true
		m, k := r.digits(end+1, 2)
		r.min = m
		return end + 1 + k
	}
	if j, ok := r.numericDate(i); ok {
		return j
	}
	return r.unit(v, n, end)
}

func isLetterAt(s string, i int) bool {
	c, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(c)
}

// dottedTime tells whether the dot at i stands between hour and minute, as in
// Indonesian: "pukul 13.05".
func (r *dateReader) dottedTime(i int) bool {
	if r.hasTime || !r.timeNext && !r.complete() {
		return false
	}
	v, n := r.digits(i+1, 3)
	return n == 2 && v < 60
}

// clock reads an hour, a minute and perhaps a second.
func (r *dateReader) clock(i int, sep byte) int {
	fields := [3]int{}
	for f := range fields {
		v, n := r.digits(i, 2)
		if n == 0 {
			break
		}
		fields[f] = v
		i += n
		if i >= len(r.s) || r.s[i] != sep || f == 2 {
			break
		}
		i++
	}
	r.hour, r.min, r.sec, r.hasTime = fields[0], fields[1], fields[2], true
	if i+1 < len(r.s) && (r.s[i] == '.' || r.s[i] == ',') && isDigit(r.s[i+1]) {
		i++
		scale := 100_000_000
		for i < len(r.s) && isDigit(r.s[i]) {
			r.ns += int(r.s[i]-'0') * scale
			scale /= 10
			i++
		}
	}
	return i
}

// compact reads 20260401, 202604011305 and 20260401130500.
func (r *dateReader) compact(i, n int) bool {
	if r.complete() {
		return false
	}
	y, _ := r.digits(i, 4)
	m, _ := r.digits(i+4, 2)
	d, _ := r.digits(i+6, 2)
	if y < 1900 || y > 2700 || m < 1 || m > 12 || d < 1 || d > 31 {
		return false
	}
	r.year, r.month, r.day = y, m, d
	if n >= 12 {
		r.hour, _ = r.digits(i+8, 2)
		r.min, _ = r.digits(i+10, 2)
		r.sec, _ = r.digits(i+12, 2)
		r.hasTime = true
	}
	return true
}

// numericDate reads three numbers with one separator between them: 2026-04-01,
// 2026/4/1, 2026. 4. 1, 22.06.2012, 4/1/26.
func (r *dateReader) numericDate(i int) (int, bool) {
	if r.complete() || r.month != 0 && !r.weakMonth {
		return i, false
	}
	a, na := r.digits(i, 4)
	j := i + na
	if j >= len(r.s) || !strings.ContainsRune("-/.", rune(r.s[j])) {
		return i, false
	}
	sep := r.s[j]
	j = r.skipSpaces(j + 1)
	b, nb := r.digits(j, 2)
	if nb == 0 || b < 1 || b > 31 {
		return i, false
	}
	j += nb
	if j >= len(r.s) || r.s[j] != sep {
		if na == 4 && b <= 12 && sep != '.' && (j >= len(r.s) || !isDigit(r.s[j])) { // 2026-04
			r.year, r.month, r.day = a, b, 1
			return j, true
		}
		return i, false
	}
	j = r.skipSpaces(j + 1)
	limit := 4
	if na == 4 {
		limit = 2
	}
	c, nc := r.digits(j, limit)
	if nc == 0 {
		return i, false
	}
	j += nc
	switch {
	case na == 4 || nc <= 2 && a > 31:
		r.year, r.month, r.day = a, b, c
	case r.eraBase != 0:
		r.year, r.month, r.day = a, b, c
	case sep == '.' || r.o.DayFirst || a > 12:
		r.year, r.month, r.day = c, b, a
	default:
		r.year, r.month, r.day = c, a, b
	}
	if r.month > 12 && r.day <= 12 {
		r.month, r.day = r.day, r.month
	}
	return j, true
}

// skipSpaces returns the place of the first byte from i on that is no space.
func (r *dateReader) skipSpaces(i int) int {
	for i < len(r.s) && r.s[i] == ' ' {
		i++
	}
	return i
}

// unit takes a number by the unit that follows it, or keeps it for later.
func (r *dateReader) unit(v, n, end int) int {
	j := r.skipSpaces(end)
	c, size := utf8.DecodeRuneInString(r.s[j:])
	switch c {
	case '年', '년':
		if r.year == 0 {
			r.year = v
			if r.eraBase == 0 && n <= 2 && v < 100 {
				r.year = twoDigitYear(v)
			}
		}
	case '月', '월':
		if r.month == 0 {
			r.month = v
		}
	case '日', '일', '号', '號':
		if r.day == 0 {
			r.day = v
		}
	case '時', '时', '點', '点', '시':
		r.hour, r.hasTime = v, true
	case '分', '분':
		r.min = v
	case '秒', '초':
		r.sec = v
	default:
		r.numbers = append(r.numbers, dateNumber{v, n})
		for _, suffix := range []string{"st", "nd", "rd", "th", "er", "º", "ª", "e"} {
			if strings.HasPrefix(r.s[end:], suffix) && (end+len(suffix) >= len(r.s) || !isLetterAt(r.s, end+len(suffix))) {
				return end + len(suffix)
			}
		}
		return end
	}
	return j + size
}

// zoneOffset reads +09:00, +0900, +9.
func (r *dateReader) zoneOffset(i, size int) int {
	sign := 1
	if r.s[i] != '+' {
		sign = -1
	}
	i += size
	v, n := r.digits(i, 4)
	h, m := v, 0
	i += n
	switch {
	case n >= 3:
		h, m = v/100, v%100
	case i+2 < len(r.s) && r.s[i] == ':':
		var k int
		if m, k = r.digits(i+1, 2); k > 0 {
			i += 1 + k
		}
	}
	if h <= 14 && m < 60 {
		r.offset, r.hasOffset = sign*(h*3600+m*60), true
	}
	return i
}

// word takes the word at i, and returns the place behind it.
func (r *dateReader) word(i int) int {
	end := i
	for end < len(r.s) {
		c, size := utf8.DecodeRuneInString(r.s[end:])
		if !unicode.IsLetter(c) && !unicode.In(c, unicode.Mn, unicode.Mc) && !(c == '.' && end+1 < len(r.s) && isLetterAt(r.s, end+1)) && c != '\'' {
			break
		}
		end += size
	}
	word := strings.ReplaceAll(r.s[i:end], ".", "")
	if end < len(r.s) && r.s[end] == '.' {
		end++
	}

	if rest, base, ok := eraOf(word); ok {
		r.eraBase = base
		r.thai = r.thai || base == thaiEra
		if rest == "元" {
			r.year = 1
		}
		return end
	}
	if next, m := r.levantMonth(word, end); m != 0 {
		r.setMonth(m, false)
		return next
	}
	if m, ok := monthNames[word]; ok {
		r.thai = r.thai || word[0] >= 0xE0 && isThaiText(word)
		r.setMonth(m, weakMonths[word])
		return end
	}
	switch word {
	case "am", "午前", "上午", "早上", "凌晨", "오전", "öö", "ص", "صباحا", "صباحًا":
		r.half = 1
	case "pm", "午後", "午后", "下午", "晚上", "中午", "오후", "ös", "مساء", "مساءً":
		r.half = 2
	case "م":
		if r.hasTime {
			r.half = 2
		}
	case "هـ", "ه", "ah", "hijri":
		r.hijri = true
	case "pukul", "jam", "kl", "klo", "om", "à", "a", "at", "saat", "alas", "เวลา", "الساعة":
		r.timeNext = true
	default:
		if r.hasTime || r.zone == "" {
			if _, ok := r.namedZone(word, time.Time{}); ok || word == "gmt" || word == "utc" {
				r.zone = word
			}
		}
		if hijriMonths[word] {
			r.hijri = true
		}
		if r.zone != word && !isDateWord(word) {
			r.strangers++
		}
	}
	return end
}

func isThaiText(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.Is(unicode.Thai, c)
}

// setMonth notes the month; a name that may be a weekday's gives way.
func (r *dateReader) setMonth(m int, weak bool) {
	if r.month == 0 || r.weakMonth && !weak {
		r.month, r.weakMonth = m, weak
	}
}

// levantMonth reads the months of Syria, Iraq and Lebanon that have two words.
func (r *dateReader) levantMonth(word string, end int) (int, int) {
	var first, second int
	switch word {
	case "كانون":
		first, second = 12, 1
	case "تشرين":
		first, second = 10, 11
	default:
		return end, 0
	}
	rest := strings.TrimLeft(r.s[end:], " ")
	skipped := len(r.s) - end - len(rest)
	for _, w := range []string{"الأول", "الاول", "أول"} {
		if strings.HasPrefix(rest, w) {
			return end + skipped + len(w), first
		}
	}
	for _, w := range []string{"الثاني", "الثانى", "ثاني"} {
		if strings.HasPrefix(rest, w) {
			return end + skipped + len(w), second
		}
	}
	return end, 0
}

// result puts the parts together.
func (r *dateReader) result() (time.Time, bool) {
	r.assign()
	if r.month == 0 || r.hijri {
		return time.Time{}, false
	}
	if r.day == 0 {
		r.day, r.assumedDay = 1, true
		if len(r.numbers) == 0 && r.year == 0 {
			return time.Time{}, false
		}
	}
	switch {
	case r.eraBase != 0 && r.year < 1900:
		if r.eraBase == thaiEra && r.year < 100 {
			r.year += 2500
		}
		r.year += r.eraBase
	case r.eraBase == 0 && r.year < 100:
		if r.thai {
			r.year += 2500
		} else {
			r.year = twoDigitYear(r.year)
		}
	}
	if r.year >= 2400 && r.year < 2700 {
		r.year += thaiEra
	}
	switch {
	case r.half == 2 && r.hour < 12:
		r.hour += 12
	case r.half == 1 && r.hour == 12:
		r.hour = 0
	}
	if r.year < 1900 || r.year > 9999 || r.month > 12 || r.hour > 24 || r.min > 59 || r.sec > 60 {
		return time.Time{}, false
	}
	loc := r.o.Location
	if loc == nil {
		loc = time.UTC
	}
	day := time.Date(r.year, time.Month(r.month), r.day, 0, 0, 0, 0, time.UTC)
	if day.Day() != r.day {
		return time.Time{}, false
	}
	t := time.Date(r.year, time.Month(r.month), r.day, r.hour, r.min, r.sec, r.ns, loc)
	if !r.hasOffset && r.zone != "" {
		r.offset, r.hasOffset = r.namedZone(r.zone, t)
	}
	if r.hasOffset {
		t = time.Date(r.year, time.Month(r.month), r.day, r.hour, r.min, r.sec, r.ns, time.FixedZone("", r.offset))
	}
	return t, true
}

// assign decides what the numbers without a unit are.
func (r *dateReader) assign() {
	for _, n := range r.numbers {
		switch {
		case r.year == 0 && (n.digits >= 3 && n.digits <= 4 || n.value > 31 && n.digits == 2):
			r.year = n.value
		case r.day == 0 && n.value >= 1 && n.value <= 31:
			r.day = n.value
		case r.year == 0 && n.digits == 2:
			r.year = n.value
			if n.value == 0 {
				r.year = 2000
			}
		}
	}
	if r.year == 0 && r.eraBase == 0 {
		r.month = 0 // no year, no date
	}
	if len(r.numbers) == 1 && r.numbers[0].digits == 4 && len(r.s) == 4 && r.month == 0 && r.day == 0 { // W3C-DTF: 2026
		r.year, r.month, r.day = r.numbers[0].value, 1, 1
	}
}

// twoDigitYear reads a year as RFC 2822 §4.3 and POSIX do.
func twoDigitYear(y int) int {
	if y < 70 {
		return 2000 + y
	}
	return 1900 + y
}

// epoch reads seconds or milliseconds since 1970.
func epoch(s string) (time.Time, bool) {
	if len(s) != 10 && len(s) != 13 {
		return time.Time{}, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	switch {
	case err != nil || n < 0:
		return time.Time{}, false
	case len(s) == 13:
		return time.UnixMilli(n).UTC(), true
	}
	return time.Unix(n, 0).UTC(), true
}

// normalizeDate spells a date so that the reader meets one form of each thing:
// digits of ASCII, small letters, no marks of direction; what stands in
// parentheses is left out unless it names a zone.
func normalizeDate(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	paren := -1 // where in b a parenthesis began
	for _, c := range s {
		switch {
		case c >= '０' && c <= '９':
			c = '0' + c - '０'
		case c >= '٠' && c <= '٩':
			c = '0' + c - '٠'
		case c >= '۰' && c <= '۹':
			c = '0' + c - '۰'
		case c >= '๐' && c <= '๙':
			c = '0' + c - '๐'
		case c >= '०' && c <= '९':
			c = '0' + c - '०'
		case c == '：':
			c = ':'
		case c == '／':
			c = '/'
		case c == '．' || c == '۔':
			c = '.'
		case c == '－' || c == '‐' || c == '‑' || c == '–' || c == '—':
			c = '-'
		case c == '\u0130':
			c = 'i'
		case c == '（' || c == '(' || c == '[' || c == '【':
			if paren < 0 {
				paren = b.Len()
			}
			c = ' '
		case c == '）' || c == ')' || c == ']' || c == '】':
			if paren >= 0 {
				inner := strings.TrimSpace(b.String()[paren:])
				if _, ok := zones[inner]; !ok {
					kept := b.String()[:paren]
					b.Reset()
					b.WriteString(kept)
				}
				paren = -1
			}
			c = ' '
		case c >= '\u200B' && c <= '\u200F', c >= '\u202A' && c <= '\u202E', c >= '\u2066' && c <= '\u2069', c == '\uFEFF', c == 'ـ':
			continue
		case unicode.IsSpace(c):
			c = ' '
		}
		b.WriteRune(unicode.ToLower(c))
	}
	return hanNumerals(strings.TrimSpace(b.String()))
}

// hanNumerals writes 二〇二六年四月一日 with digits.
func hanNumerals(s string) string {
	if !strings.ContainsAny(s, "年月日") || !strings.ContainsAny(s, "〇零一二三四五六七八九十") {
		return s
	}
	var out, run strings.Builder
	flush := func(unit rune) {
		if run.Len() > 0 && (unit == '年' || unit == '月' || unit == '日') {
			out.WriteString(strconv.Itoa(hanNumber(run.String())))
		} else {
			out.WriteString(run.String())
		}
		run.Reset()
	}
	for _, c := range s {
		if strings.ContainsRune("〇零一二三四五六七八九十", c) {
			run.WriteRune(c)
			continue
		}
		flush(c)
		out.WriteRune(c)
	}
	flush(0)
	return out.String()
}

// hanNumber reads 二〇二六 and 二十一.
func hanNumber(s string) int {
	n, tens := 0, 0
	for _, c := range s {
		if c == '十' {
			tens, n = max(n, 1)*10, 0
			continue
		}
		d := strings.IndexRune("〇一二三四五六七八九", c) / len("〇")
		n = n*10 + max(d, 0)
		if n > 9999 {
			return 0
		}
	}
	return tens + n
}
