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
// What is recommended with an article is found here as well, before it is first shown,
// since collecting must not wait for it: a [Recommender] follows the log in its order,
// relates each article to those before it, and stores the outcome once. Which version
// of a related story a reader is led to is decided when a channel is composed; in an
// archive, as it was at the archive's end.
//
// So that one bad article can't hold up a channel, an entry whose text would not
// pass is shown without it, by its summary, and reported.
//
// # Live documents and archives
//
// The records that belong to a channel's view are counted off in fifties. Fifty that
// are behind one another become an archive (RFC 5005 §4), and where it ends, the cut,
// is stored once and never moves. The live document begins at the last cut and holds
// all that comes after it, so that no record is in neither and none is in both:
//
//	archive 1      archive 2          archive k      live document
//	(0, cut 1]     (cut 1, cut 2] …   (cut k−1, k]   (cut k, end of the log]
//
// An archive is closed as soon as the live document can do without its records: when
// what comes after them still holds the newest 50 entries, and all of the last 48
// hours up to 300 entries or 1 MB. So a live document holds that, and less than an
// archive more; only withdrawals after the cut can make it less than 50. A document
// says behind which record it begins, and which is its last (k:since and k:seq).
//
// Each document shows what became of an entry within its own part of the log. An
// entry that was corrected three times within one part stands there once; one that
// was archived and then corrected or withdrawn stands in the archive as it was, and
// in the live document as it is now, or as a tombstone there. Tombstones stay in the
// live document until they are archived, or for a year.
//
// An archive is a function of the log up to its cut: the versions of a story that it
// names are those of that moment, and what was corrected or withdrawn since stands in
// it as it was, whenever it is composed. Words, names, addresses and the categories that
// an entry names are those of the day on which it is closed. After that it is bytes: it
// does not follow a new address of the site (which has to lead on from the old one),
// nor a new label.
//
// Closing one reads no more of the log than its own records, however long the past
// is; and a channel that comes late, as of a new locale, gets all its archives at its
// first publication. An archive of which a format does not pass the check is not
// closed, and the live document holds on to its records.
//
// Which stories stand in a category is decided in the log, too. Where the rules of
// filing change, or a later version brings its story into another category, the story
// comes in at the head of the log, however old it is, with a record that says so and
// nothing else, or with that of the version; so it stands in the live document and in
// the next archive, and those that are closed stay as they are. Its entry keeps the
// article's dates: a change of the rules is no news. A story that leaves is no longer
// in the live document, and stays where it was archived. Only as long as a category
// has no archive at all, what comes in brings its past along: see package store,
// filing.go.
//
// The languages of a channel are those of the configuration and not in the log: where a
// locale's chain grows, records of the new language that are behind a cut already enter
// no archive, and those that were archived stay.
//
// Only an erasure, which the law may ask for, changes what is closed:
// [Publisher.Rewrite] composes the archive again, between the same cuts, with a
// tombstone where the article stood.
//
// # After a database was restored
//
// A copy of yesterday that takes the place of today's database has yesterday's log.
// What its sources are asked for again is appended under the same ids, which are made
// of what the sources say, but under sequence numbers that meant other records before,
// and perhaps in another order. So:
//
//   - Whoever knows entries by their ids meets nothing twice, and misses nothing that
//     the sources still list. What they listed and dropped within the lost day is gone.
//   - An entity tag holds a sequence and a hash of the bytes. A tag of the lost day may
//     name a sequence that now exists again; the hash differs, so it matches nothing
//     and the answer is the whole document. A delta must be cut only for a tag that
//     the server itself has published in the present past, hash and all, or of which the
//     hash is that of the present document without what came later.
//   - Archives that were closed within the lost day are closed anew under the same
//     addresses, and may then hold something else than a cache has kept as immutable.
//     All older ones are as they were.
//   - A client that counts by k:seq sees it go back, or the record of its last number
//     be another. It should then read the live document as if for the first time, by
//     the ids.
package publish
