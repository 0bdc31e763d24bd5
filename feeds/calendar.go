package feeds

// Calendar counts years. In all of them the months and days are those of the Gregorian one.
type Calendar string

// The calendars in which a locale may write years.
const (
	CalendarGregorian Calendar = "gregorian"
	// CalendarBuddhist counts from the Buddha's death: 2026 is 2569.
	CalendarBuddhist Calendar = "buddhist"
	// CalendarJapanese counts from the enthronement of the emperor: 2026 is 令和8年.
	CalendarJapanese Calendar = "japanese"
)

// CalendarsOf returns the calendars in which a locale can write years, the first that which
// it has where nobody says otherwise: Thai newsrooms write 2569, Japanese ones 2026年 or
// 令和8年.
func CalendarsOf(locale string) []Calendar {
	switch {
	case FitOf("ja", locale) != FitNone:
		return []Calendar{CalendarGregorian, CalendarJapanese}
	case FitOf("th", locale) != FitNone:
		return []Calendar{CalendarBuddhist, CalendarGregorian}
	}
	return []Calendar{CalendarGregorian}
}
