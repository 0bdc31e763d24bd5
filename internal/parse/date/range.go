package date

import "strings"

// A range of days begins at its first one, in the year that is written behind its last:
// 20-22 June 2026, 30.6.-2.7.2026, June 20 to July 2, 2026. Where it lasts beyond the end
// of a year, that is the year of its last day.

// isRangeWord reports whether a word stands between the ends of a range.
func isRangeWord(word string) bool {
	switch word {
	case "to", "till", "until", "through", "bis", "au", "al", "tot", "до", "по", "til", "do", "ate", "até", "hasta", "ถึง", "sampai", "hingga", "đến", "까지", "から", "至", "到":
		return true
	}
	return false
}

// noteUntil notes the month of a range's last day.
func (r *reader) noteUntil(month int) {
	if !r.ranged || r.until != 0 || r.year != 0 {
		return
	}
	for _, n := range r.numbers {
		if n.isYear() {
			return // the first day has a year of its own
		}
	}
	r.until = month
}

// startRange puts the first day of a range before the last, which was read in digits.
func (r *reader) startRange(sep byte) {
	if !r.ranged {
		return
	}
	year, month, day := r.year, r.month, r.day
	switch n := r.numbers; {
	case len(n) == 1 && n[0].value >= 1 && n[0].value < day && n[0].digits <= 2:
		r.day = n[0].value
	case len(n) == 2 && n[0].digits <= 2 && n[1].digits <= 2:
		r.orderOf([3]number{n[0], n[1], {year, 4}}, sep)
		if r.month > month {
			r.year--
		}
	default:
		return
	}
	if r.month < 1 || r.month > 12 || r.day < 1 {
		r.year, r.month, r.day = year, month, day
	}
	r.numbers = nil
}

// isRangeBefore reports whether nothing but a dash stands between the last number and the
// place i.
func (r *reader) isRangeBefore(i int) bool {
	if len(r.numbers) == 0 || r.numbersEnd > i {
		return false
	}
	between := strings.Trim(r.s[r.numbersEnd:i], " .")
	return between == "-" || between == "~" || isRangeWord(between)
}

// beginsYearBefore puts the first day of a range that lasts beyond the end of a year into
// the year that ends.
func (r *reader) beginsYearBefore() {
	if r.until != 0 && r.until < r.month {
		r.year--
	}
}

// isDash reports whether a character stands between the ends of a range.
func isDash(c rune) bool { return strings.ContainsRune("-~−", c) }
