// Package value says what the values of a published document may be (text, addresses,
// languages, media types, addresses of e-mail), and makes such of what comes in.
//
// It exists because what renders a document and what checks it must agree on this to the
// letter: a value that one lets through and the other doesn't would hold up a channel.
package value
