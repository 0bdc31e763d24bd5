package date

import (
	"strings"

	"github.com/kairan-news/kairan/internal/parse"
)

// isDayFirst reports whether 03/04/2026 is 3 April: where a person says so, or where nobody
// writes the month first who writes in the publisher's language, or if that is not known in
// the document's. English without a country and Filipino leave it open; a city that writes
// English writes its Spanish in the same way.
func isDayFirst(o parse.Options) bool {
	if o.DayFirst || o.MonthFirst {
		return o.DayFirst
	}
	language := o.PublisherLanguage
	if language == "" {
		language = o.Language
	}
	base, rest, _ := strings.Cut(language, "-")
	if base == "en" {
		return dayFirstEnglish[rest]
	}
	return dayFirst[base] && !monthFirst[language]
}

// Which languages write numbers of dates day first, by the patterns of CLDR (dates,
// dateFormatLength "short").
var (
	dayFirst = setOf("ar bg ca cs da de el es fi fr gl he hr id it ms nb nl no pl pt ro ru sk sl sr th tr uk vi")
	// dayFirstEnglish are the countries that write so in English.
	dayFirstEnglish = setOf("AU GB HK IE IN MT MY NZ SG")
	// monthFirst are the tags that do not write as others of their language.
	monthFirst = setOf("es-PA es-PR es-US")
)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}
