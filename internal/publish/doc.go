// Package publish turns the log into what readers fetch: it composes a channel,
// localizes it, has it rendered and checked, and keeps it if it changed.
//
// A channel is a view of the log, so a [Composer] decides nothing that the log does
// not say: which version of a story stands in the channel, since when, and what it
// replaces are the answer of [feeds.View]. What is added here is what a reader of
// one language needs: names, labels, the language's mark before a title, the line
// of source and licence; and what a publisher has not allowed is left out here, in
// one place, before any format sees it.
//
// The same log gives the same feed: nothing here reads the clock. The 48 hours that
// a document holds at least are counted back from the channel's newest record, and
// the moment of publication only becomes the document's Last-Modified.
//
// A [Publisher] never replaces a good document by a doubtful one. Each document is
// read back by the strict checker of package feeds first. One that has a fault stays
// out, with its reason, and the last good one stays up; the formats beside it are
// published all the same. The channel's mark is cleared even so: rendering the same
// data again would find the same fault, and the next change marks the channel
// anyway.
//
// So that one bad article can't hold up a channel, an entry whose text would not
// pass is shown without it, by its summary, and reported.
package publish
