package locales

import (
	"time"

	"github.com/kairan-news/kairan/locales/cldr"
)

// Date returns the long date of t, in t's own time zone: "February 1, 2026",
// "2026年2月1日", "1 กุมภาพันธ์ 2569".
func (l *Localizer) Date(t time.Time) string { return l.chain[0].style().date(t) }

// DateShort returns the date in digits: "2/1/26", "2026/02/01".
func (l *Localizer) DateShort(t time.Time) string { return l.chain[0].style().shortDate(t) }

// DateFull returns the date with its day of the week: "Sunday, February 1, 2026".
func (l *Localizer) DateFull(t time.Time) string { return l.chain[0].style().weekday(t) }

// Time returns the time of day of t, in t's own time zone: "16:05", "下午4:05".
func (l *Localizer) Time(t time.Time) string { return l.chain[0].style().clock(t) }

// DateTime returns the date and the time of day of t, and of which place that is the time:
// "February 1, 2026 at 16:05, Tokyo time". The place is the one by which the IANA time zone
// of t is called; a zone that is no place is written as it is called itself: "UTC".
//
// The city after which a zone is called may be none that a publisher's readers think of:
// a message "zone.<name of the zone>" says which it is, as "zone.Asia/Shanghai" does
// Beijing. The words around it are the message "date.in-zone", or CLDR's.
func (l *Localizer) DateTime(t time.Time) string { return l.chain[0].dateTime(t) }

// dateTime returns the time and its place in this very locale.
func (l *locale) dateTime(t time.Time) string {
	when := l.style().dateTime(t)
	city := l.city(t.Location().String())
	if city == "" {
		return when + " " + offsetName(t)
	}
	if text, err := l.localize("date.in-zone", nil, map[string]any{"Time": when, "City": city}); err == nil {
		return text
	}
	if names := l.names(); names != nil {
		city = names.Zone(city)
	}
	return when + " (" + city + ")"
}

// city returns the city whose time a zone is; "" for a zone that is no city's.
func (l *locale) city(zone string) string {
	if city := l.messages["zone."+zone].fixed; city != "" {
		return city
	}
	if names := l.names(); names != nil {
		return names.City(zone)
	}
	return cldr.CityOf(zone)
}

// offsetName is how a zone is called that is no city's.
func offsetName(t time.Time) string {
	if _, offset := t.Zone(); offset == 0 {
		return "UTC"
	}
	return t.Format("UTC-07:00")
}

// Number returns a whole number in the locale's digits and groups: "1,234,567".
func (l *Localizer) Number(n int) string { return l.chain[0].style().number(n) }

// List joins texts as in a sentence: "Tokyo, Seoul, and Taipei". None is "", and one is
// itself.
func (l *Localizer) List(texts ...string) string { return l.chain[0].style().list(texts) }

// Quote puts a text between the locale's quotation marks: “Tokyo”, „Tokyo“, 「東京」.
func (l *Localizer) Quote(text string) string { return l.chain[0].style().quote(text) }
