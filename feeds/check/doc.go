// Package check reads finished documents back, strictly, before they are published.
//
// It exists because a feed that is not well-formed is a dead feed for everybody at once,
// and because what renders it is put together from libraries that were each right by
// themselves. So what is published is not what was meant to be written, but what a reader
// that knows the specifications has read: it shares with what renders only the names of
// namespaces and what a value may be.
//
// [Document] passes what feeds.Render writes and not everything that the formats would
// allow. Each thing that a document must be is a [Rule]; each [Fault] names its rule and
// its place. All faults are told, not the first alone, since an operator wants to see
// whether it is one text or all.
//
// Read check.go first, with the rules in rule.go, then the format (atom.go, rss.go,
// json.go), what they share (extension.go, links.go), and what content (html.go) and values
// (values.go) must be. A document is read once, from its beginning to its end, and no tree
// is built: each publication waits for it.
package check
