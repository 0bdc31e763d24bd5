// Package feeds is the vocabulary of Kairan and the formats that it publishes.
//
// It is pure: it reads no clock, opens no connection and knows no database, so
// that the same data always gives the same bytes. Every other package speaks in
// its words:
//
//   - a [Publisher] owns sources; a [Source] is what is collected;
//   - an [Article] is one language version of one notice, a story is the set of
//     articles that are translations of one another, a revision is a state of an
//     article in time;
//   - the log is a sequence of [Record]s, and a [Channel] is a view of it: a
//     [Locale]'s chain of languages × what it holds;
//   - a [Feed] is a channel composed and localized, ready to be rendered in a
//     [Format]; the outcome is a [Document].
package feeds
