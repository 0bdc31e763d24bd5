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
