// Package parse turns the bytes of a feed or of a notice's file into articles.
//
// It exists because documents are wrong in every way there is. A city's feed is
// written by a content management system that nobody may change, in a charset
// that its server denies, with the month in Thai and the year of an emperor; and
// what a reader must never meet is a lost article. So the package reads what can
// be read, loses no more of a document than the place where it is broken, and says
// in Problems, in words for operators, what was wrong.
//
// The way of a document:
//
//	bytes → charset (UTF-8) → survey (well-formed?) → repair, only if not
//	      → gofeed → what gofeed drops, from the survey → clean text, HTML, dates
//
// A document that is well-formed pays for one cheap scan beside gofeed's parse.
//
// It is pure: it opens nothing, reads no clock and keeps no state. What the
// transport knew (the content type, the address), where and when the document was
// read, and how its source writes dates come in by [Options].
package parse
