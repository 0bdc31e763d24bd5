package locales

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	cldr "github.com/go-playground/locales"
	"github.com/go-playground/locales/ar"
	"github.com/go-playground/locales/en"
	"github.com/go-playground/locales/fil"
	"github.com/go-playground/locales/fr"
	"github.com/go-playground/locales/id"
	"github.com/go-playground/locales/ja"
	"github.com/go-playground/locales/ko"
	"github.com/go-playground/locales/ne"
	"github.com/go-playground/locales/nl"
	"github.com/go-playground/locales/pt_BR"
	"github.com/go-playground/locales/ru"
	"github.com/go-playground/locales/th"
	"github.com/go-playground/locales/tr"
	"github.com/go-playground/locales/vi"
	"github.com/go-playground/locales/zh_Hans"
	"github.com/go-playground/locales/zh_Hant"
)

// style is how a locale writes dates and numbers. The zero style is ISO 8601, for
// a locale that only an override folder has.
type style struct {
	cldr cldr.Translator
	// digits are the ten digits of the locale; "" is 0 to 9.
	digits string
	// long writes the long date where CLDR's is not what people write; nil takes CLDR's.
	long func(c cldr.Translator, t time.Time) string
}

// styleOf returns the style of a locale.
func styleOf(tag string) style {
	switch tag {
	case "en":
		return style{cldr: en.New()}
	case "ja", "ja-simple":
		return style{cldr: ja.New()}
	case "zh-Hans":
		return style{cldr: zh_Hans.New()}
	case "zh-Hant":
		return style{cldr: zh_Hant.New()}
	case "ko":
		return style{cldr: ko.New()}
	case "nl":
		return style{cldr: nl.New()}
	case "fr":
		return style{cldr: fr.New(), long: frenchDate}
	case "th":
		return style{cldr: th.New(), long: thaiDate}
	case "tr":
		return style{cldr: tr.New()}
	case "id":
		return style{cldr: id.New()}
	case "fil":
		return style{cldr: fil.New()}
	case "ar":
		// CLDR's default digits for ar, and for ar-SA, where Riyadh is, are the
		// Arabic-Indic ones. The library writes CLDR's separators with ASCII digits.
		return style{cldr: ar.New(), digits: "٠١٢٣٤٥٦٧٨٩"}
	case "ru":
		return style{cldr: ru.New()}
	case "vi":
		return style{cldr: vi.New(), long: vietnameseDate}
	case "ne":
		return style{cldr: ne.New(), digits: "०१२३४५६७८९"}
	case "pt-BR":
		return style{cldr: pt_BR.New()}
	}
	return style{}
}

// frenchDate writes the first of a month as "1er": CLDR knows no ordinals of days.
func frenchDate(c cldr.Translator, t time.Time) string {
	date := c.FmtDateLong(t)
	if t.Day() == 1 {
		return "1er" + strings.TrimPrefix(date, "1")
	}
	return date
}

// thaiDate writes the year in the Buddhist era, which is 543 years ahead of the
// common one since 1941. The digits are those of Thai newsrooms.
func thaiDate(c cldr.Translator, t time.Time) string {
	return strconv.Itoa(t.Day()) + " " + c.MonthWide(t.Month()) + " พ.ศ. " + strconv.Itoa(t.Year()+543)
}

// vietnameseDate leaves out the word for day, which stands before a date in a sentence.
func vietnameseDate(_ cldr.Translator, t time.Time) string {
	return fmt.Sprintf("%d tháng %d, %d", t.Day(), t.Month(), t.Year())
}

func (s style) date(t time.Time) string {
	switch {
	case s.cldr == nil:
		return t.Format(time.DateOnly)
	case s.long != nil:
		return s.long(s.cldr, t)
	default:
		return s.native(s.cldr.FmtDateLong(t))
	}
}

func (s style) number(n int) string {
	if s.cldr == nil {
		return strconv.Itoa(n)
	}
	return s.native(s.cldr.FmtNumber(float64(n), 0))
}

// decimal writes a number with one decimal place, or none where that is zero.
func (s style) decimal(n float64) string {
	places := uint64(1)
	if n = math.Round(n*10) / 10; n == math.Trunc(n) {
		places = 0
	}
	if s.cldr == nil {
		return strconv.FormatFloat(n, 'f', int(places), 64)
	}
	return s.native(s.cldr.FmtNumber(n, places))
}

// native replaces ASCII digits by the locale's.
func (s style) native(text string) string {
	if s.digits == "" {
		return text
	}
	digits := []rune(s.digits)
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return digits[r-'0']
		}
		return r
	}, text)
}
