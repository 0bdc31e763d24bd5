package locales

import (
	"testing"
	"time"
)

func TestDatesAndNumbers(t *testing.T) {
	b := mustLoad(t)
	for _, tt := range []struct{ tag, date, number string }{
		{"en", "February 1, 2026", "1,234,567"},
		{"ja", "2026年2月1日", "1,234,567"},
		{"zh-Hans", "2026年2月1日", "1,234,567"},
		{"zh-Hant", "2026年2月1日", "1,234,567"},
		{"ko", "2026년 2월 1일", "1,234,567"},
		{"nl", "1 februari 2026", "1.234.567"},
		{"fr", "1er février 2026", "1\u202f234\u202f567"},
		{"th", "1 กุมภาพันธ์ 2569", "1,234,567"},
		{"tr", "1 Şubat 2026", "1.234.567"},
		{"id", "1 Februari 2026", "1.234.567"},
		{"fil", "Pebrero 1, 2026", "1,234,567"},
		{"ar", "1 فبراير 2026", "1,234,567"},
		{"ru", "1 февраля 2026\u202fг.", "1\u00a0234\u00a0567"},
	} {
		l := b.Localizer(tt.tag, "en")
		if got := l.Date(day); got != tt.date {
			t.Errorf("%s: the date is %+q, want %+q", tt.tag, got, tt.date)
		}
		if got := l.Number(1234567); got != tt.number {
			t.Errorf("%s: the number is %+q, want %+q", tt.tag, got, tt.number)
		}
	}
}

func TestDatesOfNoteIn(t *testing.T) {
	b := mustLoad(t)
	for _, tt := range []struct {
		tag              string
		year, month, day int
		want, remark     string
	}{
		{"fr", 2026, 5, 11, "11 mai 2026", "only the first is an ordinal"},
		{"fr", 2026, 8, 1, "1er août 2026", ""},
		{"th", 2024, 2, 29, "29 กุมภาพันธ์ 2567", "a leap day of the common era"},
		{"ar", 2025, 12, 31, "31 ديسمبر 2025", ""},
		{"ru", 2026, 5, 9, "9 мая 2026\u202fг.", "the month is in the genitive"},
		{"tr", 2025, 12, 31, "31 Aralık 2025", ""},
	} {
		date := time.Date(tt.year, time.Month(tt.month), tt.day, 0, 0, 0, 0, time.UTC)
		if got := b.Localizer(tt.tag).Date(date); got != tt.want {
			t.Errorf("%s: %q, want %q (%s)", tt.tag, got, tt.want, tt.remark)
		}
	}
}

func TestADateIsReadInItsOwnZone(t *testing.T) {
	tokyo := time.FixedZone("JST", 9*60*60)
	l := mustLoad(t).Localizer("en")
	if got, want := l.Date(day.In(tokyo)), "February 2, 2026"; got != want {
		t.Errorf("in Tokyo it is %q, want %q", got, want)
	}
}

func TestNumbersSmallAndNegative(t *testing.T) {
	for _, tt := range []struct {
		tag  string
		n    int
		want string
	}{
		{"en", 0, "0"}, {"en", 999, "999"}, {"en", -1234, "-1,234"}, {"ar", 0, "0"}, {"nl", 1000, "1.000"},
	} {
		if got := styleOf(tt.tag).number(tt.n); got != tt.want {
			t.Errorf("%s: %d is %q, want %q", tt.tag, tt.n, got, tt.want)
		}
	}
}
