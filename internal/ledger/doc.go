// Package ledger decides what a run of a source does to what is known: which articles
// are new, the same, revised, filed anew, moved, back or gone; under which keys and ids
// they are known; which stories they join; and what of it has to wait for a person.
//
// It is pure. It imports no database, reads no clock, and calls nobody back, so that its
// rules are told by tables that run in milliseconds.
//
// # How a run goes through it
//
// What a run [Brought] becomes a [Visit] ([Begin] cleans the articles, gives each its key
// and puts them into the order of the log). A [Look] finds out, before there is any
// transaction, what the run changes as a whole; most runs change nothing and end there.
// Then one [Part] after the other, of up to [Chunk] articles, is decided within the
// transaction that carries it out: its [Decision] is rows which the store merely writes,
// and its [Stories] hold the records for the log.
//
// What is known comes as a [Snapshot] of plain values. It can't be loaded at once, since
// what is to be asked for later depends on what was answered before: the versions of a
// story are only known when it is clear which story. So Snapshot, Look and Part have
// questions, each a method that returns keys, numbers or whether to ask, and take the
// answers; their comments say in which order. There is a fixed number of them, and the
// store answers each with one query. A callback would have had the rules wait for the
// database in the middle of a sentence; a snapshot of all that might matter would have
// been most of the database.
//
// # Where the rules are
//
//   - batch.go, namesakes.go: what came, cleaned, keyed, without duplicates
//   - identity.go: which known article is it; apart.go, where neither GUID nor link tells;
//     relaunch.go, where a source has moved or its site was made anew; successor.go and
//     fragment.go, where addresses and GUIDs change with each visit
//   - match.go: what that asks for; hash.go and visible.go: what counts as a change;
//     reread.go: what a newer release reads better, or is read elsewhere, which does not;
//     nochange.go and noise.go with ago.go: addresses, dates and counters, which do not either
//   - quarantine.go: sources that suddenly look like others
//   - window.go, leftout.go: what is missing; passed.go: what may have been missed
//   - withdraw.go: what is taken back, or declared to be, and when that has to wait;
//     excluded.go: what a person does not want
//   - memory.go, remember.go: which entries need not be read again
//   - naming.go, stories.go, correct.go, aliases.go: ids, translations, corrections, keys;
//     copublished.go: what another publisher has too
//   - categories.go: in which categories a story is; filing.go: where it stands in a
//     category's part of the log
//
// They are read from visit.go down: look.go and part.go with decide.go, then the rules,
// then match.go, questions.go and snapshot.go, batch.go and item.go, known.go, brought.go.
// No arrow goes back up.
//
// # Identity
//
// An article is known by (publisher, identity key, language), and by the aliases
// under which it was seen: its GUID and its link. It may stand in several sources of
// its publisher, is withdrawn when the last of them drops it, and is in the
// categories of all of them, but for defaults where one is placed. It stays the same when its source gives it another
// GUID, moves to another host, has its site made anew, or says another language.
//
// Items with one GUID or link, and one date or none, once were one article, which each
// newer one overwrote. A database from then is taken over as it is: its article is the
// item that it says now. The others were lost, and come as new where their document has
// them still. Of a document without such items nothing is new.
//
// # What is stored
//
// Hashes, digests and keys that stand in databases keep their values: hash.go, [Memory],
// the digest of a [Hold]. Values are compared in the form in which they are stored
// (stored.go).
package ledger
