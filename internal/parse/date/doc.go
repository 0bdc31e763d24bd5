// Package date reads dates as people and programs write them.
//
// It exists because a date decides where a notice stands and whether it is news at all,
// and because feeds hold every date that a human can write: eras of emperors, months in
// forty languages and more, digits of five scripts, years of Buddha, zones by names that three
// continents share. Libraries for dates read those of programs.
//
// A date is spelt in one way first (spelling.go), then read from left to right
// (read.go): numbers (number.go) and words (word.go) are noted for what they may be, and
// what each is follows from the rest. What was noted stands in parts.go.
//
// What was decided:
//
//   - A date is read in its source's zone and calendar. One that can't be true, in the
//     future or before 1990, gives none, and a problem says so.
//   - A range of days is its first one, in the year that is written; see range.go.
//   - A name of a zone is what the source's own zone is called, else what its country calls
//     so, else what most call so; see zones.go.
//   - A year of three digits is Taiwan's. Where no 年 says that it is a year, only a source
//     that is Taiwan's has it in prose.
//   - A day is that day where its source is, also where its midnight is skipped; see
//     moment.go.
//   - Whether a time of day was told is kept ([Date]): a reader is told one only where it was.
//   - Dates of the Islamic calendar are not converted: its days depend on who saw the moon.
//   - In prose a date is what has the shape of one (find.go): a number alone is a price.
package date
