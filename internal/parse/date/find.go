package date

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kairan-news/kairan/internal/parse"
)

// Find returns the first date in a text, and where it stands. Text that is
// longer than a few lines is not searched to its end.
func Find(text string, o parse.Options) (d Date, at string) {
	const most = 600
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "")
	}
	if strings.IndexFunc(text, unicode.IsNumber) < 0 && !strings.ContainsAny(text, hanDigits+"元") {
		return Date{}, ""
	}
	first := len(text) + 1
	shapes := shapes
	if isTaiwan(o) {
		shapes = taiwanShapes
	}
	for _, shape := range shapes {
		for _, m := range shape.FindAllStringIndex(text, 4) {
			if m[0] >= first || !standsAlone(text, m) {
				continue
			}
			if read, problem := Parse(text[m[0]:m[1]], o); problem == nil && !read.IsZero() {
				d, at, first = read, text[m[0]:m[1]], m[0]
				break
			}
		}
	}
	return d, at
}

// shapes are the forms of dates that can be told from other text. Digits of
// every script that Parse knows count. In Taiwan, three numbers are a date that elsewhere
// may be anything.
var shapes, taiwanShapes = func() (everywhere, taiwan []*regexp.Regexp) {
	const (
		d    = `[0-9０-９٠-٩۰-۹๐-๙]`
		d2   = d + `{1,2}`
		d4   = d + `{4}`
		cl   = `(?:[\sT　]*[(（][^)）]{1,6}[)）])?(?:[\sT　,]*` + d2 + `[:：]` + d + `{2}(?:[:：]` + d + `{2})?(?:\s?(?:[+-]\d{2}:?\d{2}|Z|[A-Z]{3,4}\b))?)?`
		han  = `[〇零一二三四五六七八九十百]`
		upTo = `\s?[-–—~〜～]\s?`
		ord  = `(?:st|nd|rd|th|er|º)?\.?`
		name = `[\p{L}\p{M}.'’]{3,15}\.?`
	)
	for _, s := range []string{
		`(?:中[華华])?民[國国]\s?(?:` + d + `{1,3}|元)\s?[-/.年]\s?` + d2 + `\s?[-/.月]\s?` + d2 + `(?:\s?日)?` + cl,
		`(?:中[華华])?民[國国]` + han + `{1,6}年` + han + `{1,2}月` + han + `{1,3}日`,
		`1` + d + `{2}\s?年\s?` + d2 + `\s?月\s?` + d2 + `\s?日` + cl,
		`(?:令和|平成|昭和|[㋿㍻㍼]|[RHＲＨ]\.?)\s?(?:` + d2 + `|元)\s?[年.．]\s?(?:[(（]` + d4 + `年?[)）]\s?年?\s?)?` + d2 + `\s?[月.．]\s?` + d2 + `\s?日?` + cl,
		d4 + `\s?(?:年|년)\s?(?:[(（][^)）]{1,8}[)）]\s?)?` + d2 + `\s?(?:月|월)\s?` + d2 + `\s?(?:日|일)` + cl,
		`[〇零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日`,
		d4 + `\s?[-/.．／]\s?` + d2 + `\s?[-/.．／]\s?` + d2 + cl,
		d2 + `[-/.]` + d2 + `[-/.]` + d4 + cl,
		d2 + ord + `(?:(?:\s+` + name + `)?` + upTo + d2 + ord + `)?\s+(?:de\s+|of\s+|d['’])?` + name + `,?\s+(?:de\s+|del\s+|พ\.ศ\.\s*)?` + d4 + cl,
		`[\p{L}\p{M}]{3,12}\.?\s+` + d2 + `(?:st|nd|rd|th)?(?:` + upTo + `(?:[\p{L}\p{M}]{3,12}\.?\s+)?` + d2 + `(?:st|nd|rd|th)?)?,?\s+` + d4 + cl,
	} {
		everywhere = append(everywhere, regexp.MustCompile(s))
	}
	bare := regexp.MustCompile(`1` + d + `{2}\s?[-/.．／]\s?` + d2 + `\s?[-/.．／]\s?` + d2 + cl)
	return everywhere, append(slices.Clone(everywhere), bare)
}()

// standsAlone reports whether no digit touches a match, as in a telephone number.
func standsAlone(text string, m []int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:m[0]])
	after, _ := utf8.DecodeRuneInString(text[m[1]:])
	return !unicode.IsDigit(before) && before != '-' && before != '/' && !unicode.IsDigit(after)
}

// IsLine reports whether a line is a date and nothing else.
func IsLine(line string, o parse.Options) bool {
	if len(line) > longest || !strings.ContainsFunc(line, unicode.IsDigit) {
		return false
	}
	r := reader{s: normalize(line), o: o}
	if _, ok := r.read(); !ok || r.assumedDay {
		return false
	}
	return r.strangers == 0
}

// InAddress returns the day that an address holds: /2026/04/01/ or /20260401….
func InAddress(link string, o parse.Options) Date {
	u, err := url.Parse(link)
	if err != nil {
		return Date{}
	}
	segments := strings.Split(u.Path, "/")
	for i, s := range segments {
		day := ""
		switch digits := leadingDigits(s); {
		case digits == 4 && len(s) == 4 && i+2 < len(segments) && isPair(segments[i+1]) && isPair(segments[i+2]):
			day = s + "-" + segments[i+1] + "-" + segments[i+2]
		case digits == 8 && s[0] == '2':
			day = s[:4] + "-" + s[4:6] + "-" + s[6:8]
		default:
			continue
		}
		t, problem := Parse(day, o)
		if problem == nil && t.Year() >= 2000 && day[5:7] <= "12" { // a month first is no date of an address
			return t
		}
	}
	return Date{}
}

// leadingDigits returns how many digits a text begins with.
func leadingDigits(s string) int {
	n := 0
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

// isPair reports whether a segment of a path has two characters, a digit first.
func isPair(s string) bool { return len(s) == 2 && isDigit(s[0]) }
