// Package backup keeps copies of a SQLite database in files, and puts one in its place again.
//
// A copy is made of one moment while the database is at work, checked, and only then gets its
// name: whoever finds a file under that name has a whole one. It holds what the database
// holds, secrets too, so that none but its owner may read it.
//
// To restore is the moment in which most can go wrong, with the least patience. So all that
// can fail is done to the copy beside: it is unpacked, checked, brought to this version's
// schema and given a new epoch of the log. The database that is there is destroyed by
// nothing: it is moved aside, under a name that says when.
//
// PostgreSQL has pg_dump, and package store's OpenEpoch is all that is missing after
// pg_restore.
package backup
