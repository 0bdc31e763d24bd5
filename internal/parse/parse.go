package parse

import "time"

// Grammar is the number of the rules by which bytes are read. A release that reads the same
// bytes otherwise than the one before raises it, so that what it reads better is taken
// silently for what its source always said, and is no news of its source.
const Grammar = 3

// Options is what is known about a document beside its bytes. The zero value is
// usable: nothing is known.
type Options struct {
	// ContentType is HTTP's Content-Type, of which the charset is used; "" if none.
	ContentType string
	// BaseURL is the address that the document came from; relative links that the
	// document itself gives no base for are resolved against it.
	BaseURL string
	// Location is the zone of dates that name none; nil means UTC.
	Location *time.Location
	// Country is an ISO 3166-1 code that decides between zones of one name, such as
	// IST and CST; "" lets the Location decide.
	Country string
	// Language is what the configuration says; it goes before all that the
	// document says. "" if nothing is configured.
	Language string
	// Tags are tags with a region or a variant that a person named: as a locale of the site,
	// or as the language of the publisher. Where a document says one of them, that is meant.
	Tags []string
	// PublisherLanguage is the language that the publisher mostly writes in. It helps to
	// guess the charset of a document that tells none; "" if it is not known.
	PublisherLanguage string
	// DayFirst reads 03/04/2026 as 3 April, and MonthFirst as 4 March; where neither is set,
	// the publisher's language decides, or the document's.
	DayFirst, MonthFirst bool
	// Now is the time of reading. A date more than ten minutes after it is not
	// believed; the zero value believes every date from 1990 on.
	Now time.Time
	// RelatedHeadings are lines that begin the list of related notices at the end
	// of a plain text notice, compared without case, beside "Recommended for You".
	RelatedHeadings []string
	// File returns the address under which a file is published that a notice of a folder
	// names by its place beside it; "" where the reference means no such file. The base is
	// what it is resolved against then; "" for nothing. Nil publishes none.
	File func(ref, base string) string
	// Known are the digests of entries of a feed that need not be read; nil has all of
	// them read.
	Known map[uint64]bool
}

// Problem is something that was wrong with a document, for operators.
type Problem struct {
	// Code is constant, such as "charset" or "date-future".
	Code string
	// Detail is one English sentence.
	Detail string
}
