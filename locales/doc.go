// Package locales holds every word that a reader of Kairan reads, in every
// language that it is published in, and chooses among them.
//
// # Bundles
//
// A locale is a BCP 47 tag that has a bundle of messages: active.<tag>.toml, in
// the format of go-i18n. The bundles are part of the program. A city that wants
// other words, or another language, gives [Load] a folder of its own, whose
// messages win one by one. Load reads everything before it judges and returns
// every fault at once, with the file, the line and what to do. A [Bundle] never
// changes: to reload is to load a new one.
//
// notes.toml says of messages what a translator must know, and sources.toml which English
// each translation was made from; both stand beside the bundles, which hold nothing but
// messages, so that Weblate and goi18n keep them as they are (docs/translators.md).
// [Bundle.Wholeness] tells what a locale lacks, and [Bundle.Preview] shows a message.
//
// # Chains
//
// A [Localizer] speaks for one locale. Where the locale's bundle lacks a message, those of
// the same language are asked for it, then the next of its chain, and English at last; go-i18n
// alone would fall from the first straight to the default language. A message is
// taken whole: its text, its plural form and the numbers and dates in it are of
// one language, never of two.
//
// # Text of two directions
//
// What is filled into a message and holds letters that run against the message's
// direction is isolated with U+2068 and U+2069 (Unicode Standard Annex 9, §2.4.2), so
// that "CC BY 4.0" does not scramble an Arabic line. All else is left alone, and
// nothing is added to what is stored. Texts are plain: who writes HTML escapes
// them.
//
// # Readings
//
// A bundle may give the reading of Chinese characters in brackets behind them, as easy
// Japanese does: "お知（し）らせ". It needs no markup of its own, since cities and textbooks
// write it so. [Localizer.Text] leaves the brackets, which feeds and titles of windows show;
// [Ruby] sets readings above the characters where HTML is seen, and [WithoutReadings] takes
// them out where a text is spoken.
//
// # Dates, numbers, names
//
// How a locale writes dates, times, numbers, lists and quotations, and what it calls
// languages and cities, is CLDR's, in package cldr beside the bundles. It is there for
// every locale that CLDR covers, so that a bundle of an operator has its dates and names
// from its one file. What newsrooms write otherwise is a short list with its reasons
// (better.go): the French "1er", 24 hours in English. A language that CLDR lacks has the
// dates of ISO 8601.
//
// Years are those of the locale's own calendar, which is the Buddhist one in Thai, and of
// others where the site wants them: 令和8年（2026年）. See [feeds.CalendarsOf].
//
// A time of day is told with the place whose time it is ([Localizer.DateTime]), by the city
// after which its IANA zone is called: readers know where Tokyo is, and few of them what JST
// is; CLDR's own names of zones take Taipei's for "Central Standard Time", and those by
// country can't tell Jakarta's from Makassar's. The words around the city are the message
// date.in-zone, since they have to fit into a sentence ("Tokyo time", where CLDR's have
// the capitals of a list); a bundle without it has CLDR's. A message zone.<zone> names
// another city where a country's readers think of that: Beijing for Asia/Shanghai.
//
// Names of languages are CLDR's, and messages "language.<tag>" where these are missing, or
// not what a newsroom would write, as of Norwegian and Chinese. A language that is filled into
// a message as a [LanguageTag] is named in the language of that message.
//
// # Matching
//
// [Match] chooses a locale for a reader by what their browser names, and says where there is
// none: nobody is answered in a language that they did not ask for, unless it is the one in
// which speakers of theirs write (near.go). How well a tag serves another is the affair of
// [github.com/kairan-news/kairan/feeds.FitOf]. [Canonical] spells a tag, and
// [CanonicalLocale] finds the locale to which an address leads.
//
// # Labels
//
// [Bundle.Labels] turns the bundles around: all the words by which publishers
// call a category. synonyms.toml has those that are not our own labels.
package locales
