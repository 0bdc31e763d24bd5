// Package check reads finished documents back, strictly, before they are published.
//
// It exists because a feed that is not well-formed is a dead feed for everybody at once,
// and because what renders it is put together from libraries that were each right by
// themselves. So what is published is not what was meant to be written, but what a reader
// that knows the specifications has read: it shares with what renders only the names of
// namespaces and what a value may be.
//
// [Document] passes what feeds.Render writes and not everything that the formats would
// allow. Each thing that a document must be is a [Rule]; each [Fault] names its rule and
// its place. All faults are told, not the first alone, since an operator wants to see
// whether it is one text or all.
//
// Read check.go first, with the rules in rule.go, then the format (atom.go, rss.go,
// json.go, with what is ours in it in kairan.go), what they share (extension.go, links.go), and what content (html.go) and values
// (values.go) must be. A document is read once, from its beginning to its end, and no tree
// is built: each publication waits for it.
//
// # What the W3C's validator says beside
//
// Of the documents of a site of difficult notices, the W3C's feed validator tells besides
// what is no rule of a format, or none for us:
//
//   - UnknownNamespace: RFC 6721, the Podcast Namespace and ours are younger than its list;
//     RSS and Atom may be extended (RFC 4287 §6).
//   - DuplicateUpdated: RFC 4287 §4.2.15 asks for no two entries to differ in their dates, which
//     are their publishers'.
//   - MissingItunesElement, MissingItunesEmail, UnsupportedItunesFormat: a channel of notices,
//     some of which have sounds, is no podcast, and Apple lists none that isn't submitted.
//   - ContainsRelRef: a footnote's "#…" leads to a place of the same text; see package feeds.
//   - ContainsHTML, ContainsUndeclaredHTML: a title is about "<b>" and "&amp;", and says so.
//   - BadCharacters: U+FFFD stands where the publisher has it.
//   - SecurityRisk: its list of elements lacks bdo and a few others that show text alone.
//   - InvalidUriChar, InvalidURLAttribute: of hosts with underscores or a dot behind them and of
//     addresses of IPv6, which RFC 3986 §3.2.2 has.
//   - InvalidTAG: an id is its publisher's, and "MUST NOT change" (RFC 4287 §4.2.6).
//   - InvalidLanguage: it knows no languages of three letters but those of ISO 639-2.
//   - CharacterData: "&#x26;" and "&amp;" are the same character to whoever reads XML.
package check
