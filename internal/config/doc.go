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
// # Several files
//
// Who reads hundreds of sources keeps them in files of their own, which the
// configuration names by patterns (include.go):
//
//   - An included file has publishers and sources, and nothing else: what there is
//     once stands in the configuration's own file. It includes no further ones.
//   - A pattern is relative to the configuration's own file, as any path is to the file
//     in which it stands. "*" matches neither hidden files nor folders within folders;
//     links are followed.
//   - The lists are joined: the configuration's own elements first, then those of the
//     included files in the order of their paths. Each file is read once, however
//     many patterns match it. Ids are one space, anchors are of one file.
//   - A pattern that matches nothing, a file that is empty or can't be read, and a
//     folder that matches are faults: what was published from their sources would
//     end without a word, where a folder was not mounted or a name mistyped.
//   - Bounds: 1,000 files, 16 MiB each, 64 MiB in all.
//
// # What is promised
//
//   - Nothing but [Read] opens files, those that its [Files] open (what is included, and the
//     pictures, the pages and the style sheet of the site, whose content is part of the
//     configuration), and nothing asks the
//     network. The database of time zones is compiled in, so a configuration
//     that is right on one machine is right on all.
//   - Every fault is reported, in the order of the files; a configuration with a
//     fault gives no [Config] at all, so a reload changes all or nothing.
//   - What may be a secret, the storage URL and whatever stands in an address
//     before an @, is never part of an error or of a Config's text.
//   - Schedules are checked here once ([ParseSchedule]), and cannot fail later.
package config
