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
// # Dates, numbers, names of languages
//
// Months and the order of a date are CLDR's, as in go-playground/locales, with
// what that library lacks: the Buddhist era of Thai dates, the Arabic-Indic
// digits of Arabic, the French "1er". Times have 24 hours. Zones are never
// named: CLDR calls Taipei's "Central Standard Time". Names of languages are
// CLDR's, as in golang.org/x/text, and messages "language.<tag>" where these
// are missing, or not what a newsroom would write.
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
