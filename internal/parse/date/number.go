package date

import (
	"strings"
	"unicode/utf8"
)

// signed reports whether a sign at i begins an offset: digits follow, and it does not
// join the parts of a date.
func (r *reader) signed(i, size int) bool {
	return i+size < len(r.s) && isDigit(r.s[i+size])
}

// unitAhead reports whether the number at i names its own unit.
func (r *reader) unitAhead(i int) bool {
	for i < len(r.s) && isDigit(r.s[i]) {
		i++
	}
	rest := strings.TrimLeft(r.s[i:], " ")
	c, _ := utf8.DecodeRuneInString(rest)
	return strings.ContainsRune("年年년月월日일時时點点시分분秒초", c)
}

// digits reads at most limit digits at i.
func (r *reader) digits(i, limit int) (value, count int) {
	for i+count < len(r.s) && count < limit && isDigit(r.s[i+count]) {
		value = value*10 + int(r.s[i+count]-'0')
		count++
	}
	return value, count
}

// number takes the number at i, and what belongs to it, and returns the place
// behind it.
func (r *reader) number(i int) int {
	v, n := r.digits(i, 14)
	end := i + n
	if end < len(r.s) && isDigit(r.s[end]) { // longer than any date
		for end < len(r.s) && isDigit(r.s[end]) {
			end++
		}
		return end
	}
	if j, ok := r.timeAt(i, v, n); ok {
		return j
	}
	if r.isGluedTime(n, end) {
		v, n, end = v/pow10(n-4), 4, i+4
	}
	if r.compact(i, n) {
		return end
	}
	if j, ok := r.numericDate(i); ok {
		return j
	}
	return r.unit(v, n, end)
}

// isGluedTime reports whether a number of n digits that ends at end is a year with an hour
// right behind it: June 20, 202610:15.
func (r *reader) isGluedTime(n, end int) bool {
	return (n == 5 || n == 6) && end < len(r.s) && r.s[end] == ':' && !r.complete()
}

// timeAt takes the number v of n digits at i if it begins a time, and returns the place
// behind that.
func (r *reader) timeAt(i, v, n int) (int, bool) {
	end, next := i+n, byte(0)
	if end < len(r.s) {
		next = r.s[end]
	}
	switch {
	case n <= 2 && next == ':' && !r.hasTime:
		return r.clock(i, ':'), true
	case n > 2:
		return end, r.compactTime(i, n)
	case next == '.' && r.dottedTime(end) && !strings.HasSuffix(strings.TrimRight(r.s[:i], " "), "~"):
		return r.clock(i, '.'), true
	case next == 'h' && v <= 24 && !r.hasTime && (end+1 >= len(r.s) || !isLetterAt(r.s, end+1)):
		m, k := r.digits(end+1, 2)
		r.hour, r.min, r.hasTime = v, m, true
		return end + 1 + k, true
	}
	return r.spacedTime(i, v, end)
}

// spacedTime takes the hour v that ends at end and stands apart from its unit, as print has it
// in French, with the minute behind that: 13 h 30.
func (r *reader) spacedTime(i, v, end int) (int, bool) {
	j := r.skipSpaces(end)
	if j == end || v > 24 || r.hasTime || !r.hasDay() || j >= len(r.s) || r.s[j] != 'h' || j+1 < len(r.s) && isLetterAt(r.s, j+1) {
		return i, false
	}
	r.hour, r.hasTime = v, true
	if m, n := r.digits(r.skipSpaces(j+1), 3); n == 2 && m < 60 {
		r.min = m
		return r.skipSpaces(j+1) + n, true
	}
	return j + 1, true
}

// compactTime reads 1305 and 130500 behind a day, and reports whether it did.
func (r *reader) compactTime(i, n int) bool {
	if n != 6 && n != 4 || r.hasTime || i == 0 {
		return false
	}
	hour, _ := r.digits(i, 2)
	minute, _ := r.digits(i+2, 2)
	second := 0
	if n == 6 {
		second, _ = r.digits(i+4, 2)
	}
	if r.complete() && r.s[i-1] == 't' || r.hasDay() && !r.isAnotherYear(i, n) && hour <= 24 && minute <= 59 && second <= 59 {
		r.hour, r.min, r.sec, r.hasTime = hour, minute, second, true
	}
	return r.hasTime
}

// isAnotherYear reports whether the number of n digits at i, behind a day, may begin another
// day rather than tell the time.
func (r *reader) isAnotherYear(i, n int) bool {
	rest := r.s[i+n:]
	if rest != "" && !strings.ContainsRune(" z,)+", rune(rest[0])) && !strings.HasPrefix(rest, "h") {
		return true
	}
	v, _ := r.digits(i, n)
	year := r.year
	for _, m := range r.numbers {
		if m.isYear() && year == 0 {
			year = m.value
		}
	}
	return n == 4 && (r.ranged && v >= 1990 && v < 2100 || v == year)
}

func pow10(n int) int {
	p := 1
	for range n {
		p *= 10
	}
	return p
}

// dottedTime reports whether the dot at i stands between hour and minute, as in
// Indonesian: "pukul 13.05".
func (r *reader) dottedTime(i int) bool {
	if r.hasTime || !r.timeNext && !r.complete() && (r.month == 0 || len(r.numbers) < 2) {
		return false
	}
	v, n := r.digits(i+1, 3)
	return n == 2 && v < 60
}

// clock reads an hour, a minute and perhaps a second.
func (r *reader) clock(i int, sep byte) int {
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

// compact reads 20260401, 202604011305 and 20260401130500, and reports whether it did.
func (r *reader) compact(i, n int) bool {
	switch {
	case r.complete():
		return false
	case n == 7:
		return r.compactTaiwan(i)
	case n != 8 && n != 12 && n != 14:
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

// compactTaiwan reads 1150401 as Taiwan does.
func (r *reader) compactTaiwan(i int) bool {
	y, n := r.digits(i, 3)
	m, _ := r.digits(i+3, 2)
	d, _ := r.digits(i+5, 2)
	if !isTaiwan(r.o) || !isTaiwanYear(y, n) || m < 1 || m > 12 || d < 1 || d > 31 {
		return false
	}
	r.year, r.month, r.day, r.eraBase = y, m, d, taiwanEra
	return true
}

// numericDate reads three numbers with one separator between them: 2026-04-01,
// 2026/4/1, 2026. 4. 1, 22.06.2012, 4/1/26.
func (r *reader) numericDate(i int) (int, bool) {
	if r.complete() || r.month != 0 && !r.weakMonth {
		return i, false
	}
	a, na := r.digits(i, 4)
	j := i + na
	if !r.isSeparator(j, na) {
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
		return j, na == 4 && sep != '.' && r.yearAndMonth(a, b, j)
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
	r.orderOf([3]number{{a, na}, {b, nb}, {c, nc}}, sep)
	r.startRange(sep)
	return j + nc, true
}

// isSeparator reports whether the character at j parts the numbers of a date, of which the
// first has so many digits. Cameras write 2026:04:01.
func (r *reader) isSeparator(j, digits int) bool {
	return j < len(r.s) && (strings.IndexByte("-/.", r.s[j]) >= 0 || r.s[j] == ':' && digits == 4)
}

// yearAndMonth takes 2026-04 where no digit stands behind it, and reports whether it did.
func (r *reader) yearAndMonth(year, month, end int) bool {
	if year < 1900 || month > 12 || end < len(r.s) && isDigit(r.s[end]) {
		return false
	}
	r.year, r.month, r.day = year, month, 1
	return true
}

// orderOf decides which of three numbers is the year, the month and the day.
func (r *reader) orderOf(n [3]number, sep byte) {
	a, b, c := n[0].value, n[1].value, n[2].value
	r.impossible = r.impossible || n[0].isNothing() || n[2].isNothing()
	switch {
	case isTaiwanYear(a, n[0].digits) && r.eraBase == 0 && (sep != '-' || isTaiwan(r.o)):
		r.year, r.month, r.day, r.eraBase = a, b, c, taiwanEra
	case r.leads(n):
		r.year, r.month, r.day = a, b, c
	case sep == '.' || isDayFirst(r.o) || a > 12:
		r.year, r.month, r.day = c, b, a
	default:
		r.year, r.month, r.day = c, a, b
	}
	if r.month > 12 && r.day <= 12 {
		r.month, r.day = r.day, r.month
	}
}

// leads reports whether the first of three numbers is the year.
func (r *reader) leads(n [3]number) bool {
	first, isShort := n[0], n[2].digits <= 2
	return first.digits == 4 || r.eraBase != 0 || isShort && (first.value > 31 || first.digits == 2 && n[1].value <= 12 && isYearFirst(r.o))
}

// skipSpaces returns the place of the first byte from i on that is no space.
func (r *reader) skipSpaces(i int) int {
	for i < len(r.s) && r.s[i] == ' ' {
		i++
	}
	return i
}

// unit takes a number by the unit that follows it, or keeps it for later.
func (r *reader) unit(v, n, end int) int {
	j := r.skipSpaces(end)
	c, size := utf8.DecodeRuneInString(r.s[j:])
	switch c {
	case '年', '년':
		r.numberedYear(v, n)
	case '月', '월':
		if r.month == 0 {
			r.month = v
		}
	case '日', '일', '号', '號':
		if r.day == 0 {
			r.day = v
		}
	case '時', '时', '點', '点', '시':
		if r.timeOver = r.hasTime; !r.timeOver {
			r.hour, r.hasTime = v, true
		}
	case '分', '분':
		if !r.timeOver {
			r.min = v
		}
	case '秒', '초':
		if !r.timeOver {
			r.sec = v
		}
	default:
		r.days = r.days || r.isRangeBefore(end-n)
		r.numbers = append(r.numbers, number{v, n})
		r.numbersEnd = r.ordinalEnd(end)
		return r.numbersEnd
	}
	return j + size
}

// numberedYear takes a year of n digits that calls itself one.
func (r *reader) numberedYear(v, n int) {
	switch {
	case r.year != 0:
		return
	case r.eraBase == 0 && (isTaiwanYear(v, n) || n == 2 && v >= 79 && isTaiwan(r.o)):
		r.eraBase = taiwanEra
	case r.eraBase == 0 && n <= 2:
		v = twoDigitYear(v)
	case r.eraBase == 0 && v < 1000:
		r.impossible = true
	}
	r.year = v
}

// hourBefore takes the number that stands right before the word at i for the hour.
func (r *reader) hourBefore(i int) {
	last := len(r.numbers) - 1
	if r.hasTime || last < 0 || strings.Trim(r.s[r.numbersEnd:i], " ") != "" {
		return
	}
	hour, minute := r.numbers[last].value, 0
	if r.numbers[last].digits > 2 { // 230pm
		hour, minute = hour/100, hour%100
	}
	if hour > 24 || minute > 59 {
		return
	}
	r.hour, r.min, r.hasTime = hour, minute, true
	r.numbers = r.numbers[:last]
}

// ordinalEnd returns the place behind what makes the number before i an ordinal, else i.
func (r *reader) ordinalEnd(i int) int {
	for _, suffix := range []string{"st", "nd", "rd", "th", "er", "º", "ª", "e"} {
		if end := i + len(suffix); strings.HasPrefix(r.s[i:], suffix) && (end >= len(r.s) || !isLetterAt(r.s, end)) {
			return end
		}
	}
	return i
}

// zoneOffset reads +09:00, +0900, +9.
func (r *reader) zoneOffset(i, size int) int {
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
