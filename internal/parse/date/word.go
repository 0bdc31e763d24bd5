package date

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word takes the word at i, and returns the place behind it.
func (r *reader) word(i int) int {
	end := r.wordEnd(i)
	word := strings.ReplaceAll(r.s[i:end], ".", "")
	if end < len(r.s) && r.s[end] == '.' {
		end++
	}
	if next, ok := r.vietnamese(word, i, end); ok {
		return next
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
	if m := r.monthOf(word); m != 0 {
		r.thai = r.thai || word[0] >= 0xE0 && isThaiText(word)
		r.setMonth(m, weakMonths[word])
		return end
	}
	if !r.markWord(word, i) && !r.markHan(word, end) {
		r.otherWord(word, end)
	}
	return end
}

// wordEnd returns the place behind the word at i.
func (r *reader) wordEnd(i int) int {
	for i < len(r.s) {
		c, size := utf8.DecodeRuneInString(r.s[i:])
		if !unicode.IsLetter(c) && !unicode.In(c, unicode.Mn, unicode.Mc) && !(c == '.' && i+1 < len(r.s) && isLetterAt(r.s, i+1)) && c != '\'' {
			break
		}
		i += size
	}
	return i
}

// vietnamese takes a month or a weekday, whose numbers stand behind them: tháng 10, thứ 2, T2.
func (r *reader) vietnamese(word string, i, end int) (next int, ok bool) {
	switch word {
	case "tháng", "thg":
		next, month := r.countedMonth(end)
		if month != 0 {
			r.setMonth(month, false)
		}
		return next, true
	case "th": // 20 Th6, 2026
		if v, n := r.digits(end, 3); n == 1 || n == 2 {
			r.setMonth(v, false)
			return end + n, true
		}
		return 0, false
	case "thứ":
		end = r.skipSpaces(end)
	case "t":
		if i > 0 {
			return 0, false
		}
	default:
		return 0, false
	}
	if v, n := r.digits(end, 2); n == 1 && v >= 2 && v <= 7 {
		return end + n, true
	}
	return 0, false
}

// setHalf notes the half of the day that stands before an hour, the one at end; it is another
// hour's where one was told already.
func (r *reader) setHalf(half, end int) {
	if i := r.skipSpaces(end); r.hasTime && i < len(r.s) && isDigit(r.s[i]) {
		return
	}
	r.half = half
}

// markHan takes a word of Han characters, kana or Hangul that begins or ends with one that says
// how numbers are to be read, as nothing parts words there. end is the place behind it.
func (r *reader) markHan(word string, end int) bool {
	c, size := utf8.DecodeRuneInString(word)
	if !unicode.In(c, unicode.Han, unicode.Hangul) || len(word) == size && c != '半' && c != '반' {
		return false
	}
	if c == '半' || c == '반' {
		if r.hasTime && r.min == 0 {
			r.min = 30
		}
		return true
	}
	for half, marks := range halves {
		for _, mark := range marks {
			if strings.HasPrefix(word, mark) || strings.HasSuffix(word, mark) {
				r.setHalf(half, end)
				return true
			}
		}
	}
	return false
}

// halves are what says in which half of a day an hour is, noon and midnight among them, or
// that it is in the night.
var halves = [5][]string{
	1: {"午前", "上午", "早上", "凌晨", "오전", "자정", "未明", "早朝", "清晨", "새벽"},
	2: {"午後", "午后", "下午", "晚上", "오후", "夕方", "傍晚", "저녁"},
	3: {"深夜", "夜中", "夜間", "半夜", "今夜", "夜晚"},
	4: {"中午", "正午", "정오"},
}

// markWord takes a word that says how numbers are to be read, and reports whether it is
// one.
func (r *reader) markWord(word string, i int) bool {
	switch word {
	case "am", "öö", "ص", "صباحا", "صباحًا", "πμ", "midnight", "minuit", "medianoche", "mitternacht", "mezzanotte", "полночь":
		r.hourBefore(i)
		r.half = 1
	case "pm", "ös", "μμ", "مساء", "مساءً":
		r.hourBefore(i)
		r.half = 2
	case "noon", "midday", "midi", "mediodía", "mittag", "mittags", "mezzogiorno", "полдень":
		r.hourBefore(i)
		r.half = 4
	case "朝", "아침":
		r.setHalf(1, i+len(word))
	case "昼", "夕":
		r.setHalf(2, i+len(word))
	case "夜", "晚", "밤":
		r.setHalf(3, i+len(word))
	case "낮":
		r.setHalf(4, i+len(word))
	case "uhr", "uur", "h", "hrs":
		r.hourBefore(i)
	case "م":
		if r.hasTime {
			r.half = 2
		}
	case "هـ", "ه", "ah", "hijri":
		r.hijri = true
	case "pukul", "jam", "kl", "klo", "om", "à", "a", "at", "saat", "alas", "เวลา", "الساعة":
		r.timeNext = true
	default:
		return false
	}
	return true
}

// otherWord takes the name of a zone, and notes what belongs to no date. end is the place
// behind the word.
func (r *reader) otherWord(word string, end int) {
	if r.isZone(word, end) {
		r.zone = word
	}
	r.ranged = r.ranged || isRangeWord(word)
	if hijriMonths[word] {
		r.hijri = true
	}
	if r.zone != word && !isCommonWord(word) {
		r.strangers++
	}
}

func isThaiText(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.Is(unicode.Thai, c)
}

// setMonth notes the month; a name that may be a weekday's gives way.
func (r *reader) setMonth(m int, weak bool) {
	if r.month == 0 || r.weakMonth && !weak {
		r.month, r.weakMonth = m, weak
	} else if m != r.month && !weak {
		r.noteUntil(m)
	}
}

// levantMonth reads the months of Syria, Iraq and Lebanon that have two words.
func (r *reader) levantMonth(word string, end int) (int, int) {
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
