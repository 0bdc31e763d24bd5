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
// A document that is well-formed pays for one cheap scan beside gofeed's parse. One
// that is not, or in which names hide what they mean, is rewritten by who knows the
// shape of feeds, and surveyed again, so that what the survey found and what gofeed read
// are of the same document. The format's own parsers of gofeed are called, since its
// universal model has no place for half of what a feed says.
//
// Of a document that its caller has read before, the entries that it remembers are cut
// out before gofeed sees them (digest.go): a feed with one new item costs about as much
// as one item. What the others come to is the same as beside them, which the tests hold
// for every document of theirs, and the fuzzer for all it can think of.
//
// What was decided:
//
//   - Bytes that are UTF-8 but for some are UTF-8 with some that are broken, whoever says
//     otherwise, and only these are replaced: one notice that was cut off amid a character
//     must not change how all the others are read. A charset that is declared and that
//     the bytes don't bear out is not declared. See utf8.go.
//   - A title in RSS is HTML, as its publishers write it and all readers take it; in
//     Atom it is what its type says; in JSON Feed it is plain text. References are
//     decoded once for XML and once for HTML, and never more.
//   - A language is a tag that can be compared with a locale's chain: see [Language].
//     A text in another script than its language's is reported and not corrected.
//   - A date is read from its raw text, in the source's zone and calendar. One that
//     can't be true gives none, and the first sight takes its place. A day is that day
//     where the source is, also where its midnight is skipped; see datemoment.go. Dates of
//     the Islamic calendar are not converted: its days depend on who saw the moon.
//   - What an element is, its namespace says, and what the feed's own is, its root does,
//     however it is spelt; what is foreign never comes into an own one's place: names.go.
//   - What was seen and could not be read is counted, and a document of which nothing
//     could be is an error, unless it is whole and empty: lost.go.
//   - Of a document that was cut off, the last item is kept if its title and its
//     address are whole, without the field that the end cut through.
//   - HTML is rewritten first (addresses, lazily loaded pictures, trackers, what is
//     not closed) and sanitized after it, so that the rewriting need not be trusted.
//   - A relative address is resolved against xml:base, else the address of the
//     document, else that of the article.
//   - Nothing takes time or depth that grows faster than the document: before gofeed
//     sees it, a document is flattened that is nested or cut into pieces beyond
//     reason, and searches for lost ends share one budget.
//
// It is pure: it opens nothing, reads no clock and keeps no state. What the
// transport knew (the content type, the address), where and when the document was
// read, and how its source writes dates come in by [Options].
package parse
