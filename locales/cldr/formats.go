package cldr

import "golang.org/x/text/language"

// Formats is how a locale writes. Patterns are those of UTS 35, Part 4, §8 (date field
// symbols) and Part 2 (lists): "d 'de' MMMM 'de' y", "{0} and {1}".
type Formats struct {
	DateShort string // digits alone, in most locales
	DateLong  string // with the month's name
	DateFull  string // with the weekday
	Time      string // hours and minutes, by 12 or 24 hours as is usual
	Time24    string // hours and minutes, by 24 hours
	AtTime    string // a long date {1} and the time {0}

	// Names of months and days (Sunday first) as they stand in a date; Short and Alone are
	// nil where no pattern has them.
	Months, MonthsShort, MonthsAlone []string
	Days, DaysShort, DaysAlone       []string
	Periods                          []Period // the halves or parts of the day; nil where no pattern has them
	Era                              string   // the common era; "" where no pattern has it

	Digits       string // ten of them
	Decimal      string
	Group        string
	Minus        string
	Grouping     []int // how many digits the last group has, and each before it; empty for no groups
	LeastGrouped int   // how many digits have to stand before a group for it to be parted

	List   []string // of two, and of more: the start, the middle, the end
	Quotes []string // the mark before what is quoted, and that behind
}

// Period is a part of the day.
type Period struct {
	From int // its first hour
	Name string
}

// FormatsOf returns how a locale writes: as CLDR has it, or its language without the region.
// It is nil for a language that CLDR doesn't have in that script. It reads them anew each
// time.
func FormatsOf(tag language.Tag) *Formats {
	f, found := new(Formats), false
	for _, name := range locales(tag) {
		found = read(name+".json", f) || found
	}
	if !found {
		return nil
	}
	return f
}
