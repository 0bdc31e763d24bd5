// Package language finds out which language a text is in.
//
// It exists because readers choose their channels by language, so that a notice with a
// wrong one is met by the wrong people and missed by the right ones; and because what
// documents call a language is whatever somebody typed into a template: "jp", "zh",
// "Nederlands", "en-US" on a page in Thai.
//
// What was decided:
//
//   - A language is a BCP 47 tag that can be compared with a locale's chain (RFC 4647
//     §3.4): with its script where that is not the usual one, and without its region.
//   - What a person configured stands. Then what the document says is believed, in the order
//     that the caller gives, unless its text contradicts it: a template says "en-US" of
//     Japanese, and "zh-CN" of traditional characters. Last the text is asked what it proves
//     ([script.Proven]). What is still open, the publisher's language settles, later.
//   - A text that can't be in the language that was said is reported: an operator knows what
//     is to be configured.
//   - Latin letters contradict nothing by themselves: names, addresses and quotations in them
//     are in all languages. Words do: German under a template's "en-US" has hardly one of the
//     small words of English, and many of its own ([script.IsInAnother]).
package language
