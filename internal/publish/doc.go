// Package publish makes what readers fetch of the log: it composes a channel, localizes
// it, has it rendered and checked, when it is asked for.
//
// A channel is a view of the log, so a [Composer] decides nothing that the log does
// not say: which version of a story stands in the channel, since when, and what it
// replaces are the answer of [feeds.View]. What is added here is what a reader of
// one language needs: names, labels, the language's mark before a title, the line
// of source and licence; and what a publisher has not allowed is left out here, in
// one place, before any format sees it.
//
// # A document is a cache of the log
//
// Nothing that is rendered is stored, since most documents are never asked for between two
// changes: each notice stands in some two hundred, and to make one takes a few
// milliseconds. [Composer.Make] is a function of the log up to a record, of the site, the
// words of a locale and the format; whoever holds its result holds it under the revision
// of the channel that came with it ([feeds.ChannelState]), from one reading of the store.
// Nothing here reads the clock: the 48 hours that a document holds at least are counted
// back from the channel's newest record.
//
// So a [Publisher] has little to do: it relates the articles that are new, closes
// archives, which are cuts alone, and raises the channel's revision, all in one
// transaction with the counter of the channel's mark. What can be closed it finds out
// anew only after some records or some time (check.go): between, a document holds at most
// ten entries more than it must.
//
// Each document is read back by the strict checker of package feeds where it is made. One
// that has a fault comes with its reason, and without the texts that fail, so that who
// serves it can let it give way to the last good one. At one publication in ten the
// publisher makes a document itself, so that a fault is known before a reader meets it.
// That one bad article can't hold up a channel, an entry whose text would not pass is
// shown without it, by its summary, and reported.
//
// What is recommended with an article is found before it is first shown, since collecting
// must not wait for it: a [Recommender] follows the log in its order, relates each article
// to those before it, and stores the outcome once. Which version of a related story a
// reader is led to is decided when a channel is composed, as it was at the end of the part
// of the log that is shown. Where one of these stories changes later, the store marks the
// channels that recommend it.
//
// # Live documents and archives
//
// The records that belong to a channel's view are counted off in fifties. Fifty that
// are behind one another become an archive (RFC 5005 §4), and where it ends, the cut,
// is stored once and never moves. The live document begins at the last cut and holds
// all that comes after it, so that no record is in neither and none is in both:
//
//	archive 1      archive 2          archive k      live document
//	(0, cut 1]     (cut 1, cut 2] …   (cut k−1, k]   (cut k, the revision's record]
//
// An archive is closed as soon as the live document can do without its records: when
// what comes after them still holds the newest 50 entries, and all of the last 48
// hours up to 300 entries or 1 MB. So a live document holds that, and less than an
// archive and ten entries more; only withdrawals after the cut can make it less than 50. A
// document says behind which record it begins, and which is its last (k:since and k:seq).
// The 1 MB are measured by the lengths of the stored texts, which the engines keep beside
// them: none is read for it.
//
// Each document shows what became of an entry within its own part of the log. An
// entry that was corrected three times within one part stands there once; one that
// was archived and then corrected or withdrawn stands in the archive as it was, and
// in the live document as it is now, or as a tombstone there. Tombstones stay in the
// live document until they are archived, or for a year.
//
// What an archive says is a function of the log up to its cut: its ids, sequences,
// revisions, titles and their order, and the versions of a story that it names, are those
// of that moment whenever it is made. It is composed under the languages that the channel
// accepted when it was closed, which stand with the cut: what a grown chain would let in
// enters no archive. Words, names, labels, addresses and the categories that an entry names
// are those of the day on which it is made, and a licence that allows less shows less.
//
// Closing one reads no more of the log than its own records, however long the past
// is; and a channel that comes late, as of a new locale, gets all its archives at its
// first publication, five hundred in a transaction.
//
// A notice of several publishers is one story, which stands once where all publishers' stand.
// The channel of one is a view of that one's records alone, as if there were no others.
//
// Which stories stand in a category is decided in the log, too. Where the rules of
// filing change, or a later version brings its story into another category, the story
// comes in at the head of the log, however old it is, with a record that says so and
// nothing else, or with that of the version; so it stands in the live document and in
// the next archive, and those that are closed stay as they are. Its entry keeps the
// article's dates: a change of the rules is no news. A story that leaves is no longer
// in the live document, and stays where it was archived. Only as long as a category
// has no archive at all, what comes in brings its past along: see package ledger,
// filing.go.
//
// Only an erasure, which the law may ask for, takes something out of what is closed: a
// tombstone stands where the article stood.
//
// # What readers pick
//
// A selection is a search, or a combination of topics and cities that somebody picked
// ([feeds.Selection]): nobody marks it, raises its revision or closes its archives. It is
// composed as of the last record of its locale's channel of everything, which each record
// changes, so that it is a function of the log as channels are, and whoever holds it holds it
// under that channel's revision.
//
// A combination is the union of views, one for each topic, each city, or each city's notices
// on each topic. They are read backwards together, down to one sequence number, until 50 places
// stand behind it: a view of a part of the log says of that part what the view of the whole
// says. So one of a single topic is the end of that topic's channel, entry by entry.
//
// A search asks the index, which holds what is live now, and keeps of its hits what the log
// shows to readers of the locale: an article that stands behind a better version is no find. So
// what is withdrawn leaves without a word, since the index does not know that it ever fitted.
//
// # Pages
//
// A document holds what happened within its part of the log; a page lists what there is
// today ([Composer.Page]). So the page of an archive shows those of its notices that nothing
// has happened to since, in their present words, and each notice of a channel stands on one of
// its pages, wherever its last record is.
//
// One thing on pages changes although nothing happens: a notice that is urgent stands before
// all others for a time ([feeds.UrgentFor]). Until when what is shown holds is found out
// when a channel is published (until.go), and kept with its state; then it is published anew.
//
// # The end of a channel
//
// A channel that is taken out of the configuration is made once more by the site that had
// it ([Composer.End]): its last live documents, below an entry that says so, are the only
// ones that are stored. Its archives are made by that site, too, which is kept for it
// ([Composer.Configuration]).
//
// # After a database was restored
//
// A copy of yesterday that takes the place of today's database has yesterday's log.
// What its sources are asked for again is appended under the same ids, which are made
// of what the sources say, but perhaps in another order, and sequence numbers that go on
// where the copy ends would mean other records than before. So a new [feeds.Epoch] is opened:
// numbers leap, and every document names it.
//
//   - Whoever knows entries by their ids meets nothing twice, and misses nothing that
//     the sources still list. What they listed and dropped within the lost day is gone.
//   - An entity tag holds the epoch, a sequence and a hash of the bytes. A tag of the lost
//     day matches nothing, and the answer is the whole document. A delta must be cut only for a tag that
//     the server itself has published in the present past, hash and all, or of which the
//     hash is that of the present document without what came later.
//   - Archives that are closed from then on have numbers beyond the epoch's name, so that no
//     address of the lost day leads to other records. All older ones are as they were.
//   - A restore counts as an adoption of words, so that every document has a new date: a
//     client that asks by date is not told that what it holds of the lost day still stands.
//   - A client that counts by k:seq finds another epoch than it knows, and in it the number
//     from which it has to read on.
//
// Where nobody opens an epoch the numbers come to mean other records. So a log that lacks
// what was seen of it has publishing stop until somebody does; see package jobs.
package publish
