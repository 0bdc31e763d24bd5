// Package feed reads feeds: RSS, RDF, Atom and JSON Feed.
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
// Nor does gofeed see the long texts of the others, which the survey has seen to be well
// written: it gets marks in their places (spare.go, document.go), which spares nearly half of the
// time that it takes. What comes of a document is the same with them, which tests and fuzzer
// hold, too.
//
// Read feed.go first, then the format (rss.go, atom.go, jsonfeed.go): it makes drafts
// (draft.go) of entries, which reader.go cleans and adds. What a document needs before
// gofeed can read it stands in survey.go and repair.go, and under them what both know of
// XML: names.go, fault.go, family.go, scan.go.
//
// What was decided:
//
//   - A title in RSS is HTML, as its publishers write it and all readers take it; in
//     Atom it is what its type says; in JSON Feed it is plain text. References are
//     decoded once for XML and once for HTML, and never more.
//   - What an element is, its namespace says, and what the feed's own is, its root does,
//     however it is spelt; what is foreign never comes into an own one's place: names.go.
//   - What was seen and could not be read is counted, and a document of which nothing
//     could be is an error, unless it is whole and empty: lost.go.
//   - Of a document that was cut off, the last item is kept if its title and its
//     address are whole, without the field that the end cut through.
//   - Of an element that may stand once and stands twice, the first that is not empty is
//     meant, and what the others say may find an article that is known by it: twice.go.
//   - An identifier is kept character for character; as gofeed rewrites it, it is an alias.
//   - The text of Media RSS is an entry's own where that has no other; beside another one
//     it is a caption.
//   - JSON is read in the wrappings of scripts, and RSS in the form of JSON as the XML that
//     it stands for: jsonwrap.go, jsonxml.go.
//   - One article is bounded, and a text that is cut ends in a link to the whole: [field.Bound].
//   - A relative address of RSS and JSON Feed is resolved against xml:base, else the site
//     that the feed names, if all may ask there, else the document: many feeds are served
//     far from their sites. What is relative in an entry's text belongs to the entry's own
//     address. In Atom it is xml:base, else the document (RFC 4287 §2).
//   - Nothing takes time or depth that grows faster than the document: before gofeed
//     sees it, a document is flattened that is nested or cut into pieces beyond
//     reason, and searches for lost ends share one budget.
package feed
