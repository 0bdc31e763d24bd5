// Package opml reads lists of subscriptions (OPML 1.0 and 2.0), as feed readers export
// them.
//
// It exists so that who moves here brings all subscriptions along in one step. Readers
// disagree on the case of attributes, on which of two titles to write, and on whether a
// feed's address begins with "feed:"; what is no web address is kept as it is written, so
// that the operator can be told which one was left.
package opml
