// Package readertest has programs that people read feeds with read a feed, so that tests
// see what a reader is shown of it.
//
// Each reader stands in a file of its own: how it is run, and what of its output is which
// field of a [Feed]. It is run as its users run it, with nothing of ours around it and
// nothing known but the address of a feed.
//
// Where a reader is missing the test is skipped, and says so; on a machine that builds (CI
// is set) its absence is a failure, since there nobody would notice.
package readertest
