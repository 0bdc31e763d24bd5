// Package config reads kairan.yaml, the only truth about what a city publishes
// and where it collects it. The database holds only what was learned.
//
// # Why not decode into a struct
//
// A decoder stops at its first error, knows keys but not what they mean, and
// forgets where a value stood. The people who write this file are not
// programmers, and reload it on a running service: they need every fault at
// once, each with its line, its column and what to do. So the file is walked as
// a syntax tree, beside a description of what may stand where (describe.go). The
// walk (walk.go) reports what does not fit and gives values with their places;
// build.go turns them into the words of package feeds and reports what fits by
// itself but not together, such as a source of a publisher that does not exist.
// The JSON Schema for editors (schema.go) is made from the same description, so
// the two cannot disagree about a key.
//
// # What is promised
//
//   - [Parse] is pure: it opens no file and asks no network. The database of
//     time zones is compiled in, so a configuration that is right on one machine
//     is right on all.
//   - Every fault is reported, in the order of the file; a configuration with a
//     fault gives no [Config] at all, so a reload changes all or nothing.
//   - What may be a secret, the storage URL and whatever stands in an address
//     before an @, is never part of an error or of a Config's text.
//   - Schedules are checked here once ([ParseSchedule]), and cannot fail later.
package config
