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
// # Chains
//
// A [Localizer] speaks for one locale. Where the locale's bundle lacks a message,
// the next of its chain is asked for that message, and English at last; go-i18n
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
// # Dates, numbers, names of languages
//
// Months and the order of a date are CLDR's, as in go-playground/locales, with
// what that library lacks: the Buddhist era of Thai dates, the Arabic-Indic
// digits of Arabic, the French "1er". Times have 24 hours. Zones are never
// named: CLDR calls Taipei's "Central Standard Time". Names of languages are
// CLDR's, as in golang.org/x/text, and messages "language.<tag>" where these
// are missing, or not what a newsroom would write. A language that is filled into a message
// as a [LanguageTag] is named in the language of that message.
//
// # Matching
//
// [Match] chooses a locale for a reader by CLDR's rules. It never takes a
// language for a guess: who reads Norwegian alone is answered in the fallback,
// and not in the first locale of a list. [Canonical] spells a tag, and
// [CanonicalLocale] finds the locale that an address means.
//
// # Labels
//
// [Bundle.Labels] turns the bundles around: all the words by which publishers
// call a category. synonyms.toml has those that are not our own labels.
package locales
