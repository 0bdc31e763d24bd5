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
//   - What is said is believed in the order that the caller gives, the configuration
//     first. Only where nothing is said the text's script is asked, and only where it
//     leaves no doubt.
//   - A text that can't be in its language is reported and not corrected: an operator
//     knows which of the two is wrong.
package language
