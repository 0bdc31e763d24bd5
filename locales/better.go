package locales

import (
	"golang.org/x/text/language"

	"github.com/kairan-news/kairan/locales/cldr"
)

// override is what we write otherwise than CLDR.
type override struct {
	language string
	reason   string
	// write and names change what is CLDR's; nil where that stays.
	write func(f *cldr.Formats)
	names func(n *cldr.Names)
	// ordinal stands behind the first of a month.
	ordinal string
}

// overrides are all that we write otherwise than CLDR in dates, times, numbers,
// quotations and brackets. That
// Thai dates have the Buddhist year alone is [feeds.CalendarsOf]; what bundles call languages
// otherwise are their messages "language.<tag>".
var overrides = []override{
	{
		language: "en", reason: "The reader of English is anywhere and often has another first language: a time that is true in another city has 24 hours, which nobody misreads. CLDR's English is that of the United States.",
		write: func(f *cldr.Formats) { f.Time = f.Time24 },
	}, {
		language: "fr", reason: "The first of a month is an ordinal, 1er avril (Lexique des règles typographiques en usage à l’Imprimerie nationale). CLDR knows no ordinals of days.",
		ordinal: "er",
	}, {
		language: "fr", reason: "Guillemets have a no-break space within (the same, and as our messages have them). CLDR leaves it to who sets the text.",
		write: func(f *cldr.Formats) { f.Quotes = []string{"«\u00a0", "\u00a0»"} },
	}, {
		language: "ar", reason: "Newspapers quote between « and », as our messages do.",
		write: func(f *cldr.Formats) { f.Quotes = []string{"«", "»"} },
	}, {
		language: "ja", reason: "Brackets are as wide as the characters around them, as in our messages.",
		names: func(n *cldr.Names) { n.Of = "{0}（{1}）" },
	}, {
		language: "ko", reason: "Newspapers write 오전 and 오후, which CLDR has as the wide names of the halves; its time has the short ones, AM and PM.",
		write: func(f *cldr.Formats) {
			f.Periods = []cldr.Period{{From: 0, Name: "오전"}, {From: 12, Name: "오후"}}
		},
	}, {
		language: "vi", reason: "CLDR's “lúc 15:30 1 tháng 4, 2026” begins within a sentence; on its own, the date does without the word.",
		write: func(f *cldr.Formats) { f.AtTime = "{0}, {1}" },
	}, {
		language: "ne", reason: "A colon behind the date, as CLDR has it, reads like that of an hour.",
		write: func(f *cldr.Formats) { f.AtTime = "{1}, {0}" },
	},
}

// overridesOf returns those of a locale's language.
func overridesOf(tag string) (own []override) {
	base, _ := language.Make(tag).Base()
	for _, o := range overrides {
		if o.language == base.String() {
			own = append(own, o)
		}
	}
	return own
}
