// Package store keeps what Kairan has learned: articles and their revisions, the
// log, the state of sources, marks on channels and their revisions. It is one
// Go type, [DB], over SQLite (one machine) and PostgreSQL (several).
//
// # Why it is shaped like this
//
// The log is the spine. A record is appended in the same transaction as the
// article that it speaks of, under one lock, so that the order of sequence
// numbers is the order of commits and a reader who has seen number n has seen all
// before it. The lock is taken before the stories are looked at that a transaction changes,
// since one may be of several publishers. Everything that is published is cut from the log; so a batch of a
// source, its records, the marks on the channels that they touch, the validators
// for the next request and the row of the run stand or fall together: see
// [DB.Collect]. Losing validators costs a second download; keeping them without
// the articles would lose the articles for ever.
//
// Marks carry the truth about what has to be published. Each change raises a
// channel's counter; the publisher reads the counter, closes archives, and raises the
// channel's revision with it ([DB.Raise]), which clears the mark only if the counter
// is still the same. So a change that comes in between is never forgotten, and no
// job has to be enqueued inside a transaction. Marked are also the channels of which
// something changes without a record of theirs: by a translation elsewhere, a moved link,
// another category, a story that they recommend.
//
// Documents are not stored, but for the last ones of channels that have ended: they are
// made from the log, of one moment ([DB.Snapshot]), and held by who serves them under the
// channel's revision; see channels.go.
//
// Writers on SQLite share one connection with the job engine, and readers have a
// pool of their own; so writers queue up inside the process instead of failing
// with "database is locked". No write transaction lasts over 100 ms: large batches
// are stored and withdrawn in parts, pruning and re-mapping go in batches, and SQLite's
// checkpoints are made beside the writer for the most part (checkpoint.go).
// What a run changes is found out before its transaction, so that articles that
// are as they were never enter it; runs that bring nothing share transactions. The
// entries of a feed that are stored just as they stood in it are remembered by the
// digests of their bytes, so that they need not even be read again (remember.go, and
// memory.go of the ledger). What was read in the pages behind a feed's entries is kept with
// the run too, as its collector puts it (pages.go).
// The files that a folder's notices show are kept before the run that shows them (files.go).
//
// # What readers search
//
// The live articles stand in an index of searches as their current revisions are, on SQLite one
// of FTS5 without contents, on PostgreSQL a GIN of a tsvector. Both are given tokens of ours
// (package search), part nothing themselves, and are asked for the newest that fulfil a query
// (search.go). Whatever changes articles writes them into it in the same transaction, of what
// it finds stored (index.go). What was stored before there was an index comes into it by small
// steps (fill.go), and so does SQLite's into one piece (tidy.go).
//
// # When it can't be written
//
// On a full disk, in a folder that may only be read, or with a PostgreSQL that is a
// standby, a database may still be read. Errors that say so are known in one place,
// unwritable.go, which remembers them: whoever serves, shows or works asks there
// ([DB.Writable]), and whoever waits has it tried again ([DB.TryWriting]). A SQLite file
// is then opened without what readers and writers usually share, if nothing stands in its
// write-ahead log (readconnector.go). One that has no room for this version's schema is read
// by the one that it has, until there is (behind.go).
//
// # What is durable
//
// What was acknowledged survives the death of the process (kill -9) on both
// engines. On SQLite a loss of power may take back the newest transactions, as a
// whole and never the middle of one (WAL with synchronous=NORMAL): the validators
// go with the articles, so that the next visit brings them again under the same
// ids. PostgreSQL keeps what it acknowledged as its own settings say.
//
// # One text of SQL
//
// Statements are written for PostgreSQL and run on both engines. Two things are
// rewritten for SQLite, in sql.go: "= ANY($n)" becomes a search in a JSON list, and
// rows are inserted by VALUES instead of unnest. SQLite's connections keep the statements
// that they prepared, the job engine's too (keep.go). Times are milliseconds UTC, 0 for
// none; lists inside a row are JSON.
//
// # No rules
//
// What a run does to what is known is decided by the ledger, on plain values. Here its
// questions are answered (load.go), its decisions written (apply.go), and the records of
// its stories appended, filed and marked (log.go), in one transaction ([session.carryOut]).
// Who maps anew ([DB.Remap]) or erases ([DB.Erase]) goes the same way.
package store
