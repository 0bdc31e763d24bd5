// Package parse turns the bytes of a document into articles.
//
// It exists because documents are wrong in every way there is. A city's feed is
// written by a content management system that nobody may change, in a charset
// that its server denies, with the month in Thai and the year of an emperor; and
// what a reader must never meet is a lost article. So what can be read is read, no
// more of a document is lost than the place where it is broken, and a [Problem] says,
// in words for operators, what was wrong.
//
// Each craft has a street of its own, and they lead one way:
//
//	feed  page  notice  opml           what documents say, and in which order it is believed
//	  └── field, html                  what they say it in: persons and terms, content and titles
//	        └── charset, date, address, language, prose, entity
//	              └── parse            what is known of a document, and what was wrong with it
//
// The four kinds of documents don't know each other. To follow an article, begin with
// the Parse of its kind; each package is read from that file down.
//
// What holds in all of them:
//
//   - A language is a tag that can be compared with a locale's chain. A text that can't be
//     in the language that is said is reported, and believed before a document, but not
//     before the configuration.
//   - A date is read from its raw text, in the source's zone and calendar. One that
//     can't be true gives none, and the first sight takes its place.
//   - HTML is sanitized on the way in; titles and summaries are plain text.
//   - A relative address is resolved against what the document gives as its base, else
//     against its own address.
//   - Nothing takes time or depth that grows faster than the document.
//
// They are pure: they open nothing, read no clock and keep no state. What the transport
// knew (the content type, the address), where and when the document was read, and how
// its source writes dates come in by [Options].
package parse
