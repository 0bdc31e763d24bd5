package date

import (
	"strings"
	"time"
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
	if !r.markWord(word) {
		r.otherWord(word)
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

// markWord takes a word that says how numbers are to be read, and reports whether it is
// one.
func (r *reader) markWord(word string) bool {
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
		return false
	}
	return true
}

// otherWord takes the name of a zone, and notes what belongs to no date.
func (r *reader) otherWord(word string) {
	if r.hasTime || r.zone == "" {
		if _, ok := r.namedZone(word, time.Time{}); ok || word == "gmt" || word == "utc" {
			r.zone = word
		}
	}
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
