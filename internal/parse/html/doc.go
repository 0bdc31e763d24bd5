// Package html makes HTML safe to be stored and shown, and plain text of it.
//
// It exists because content comes from outside and is shown to readers beside others' of
// whom they know nothing. It is cleaned once, on its way in, so that nothing that is
// stored can hurt anybody.
//
// What was decided:
//
//   - HTML is rewritten first (addresses, lazily loaded pictures, trackers, what is not
//     closed) and sanitized after it, so that the rewriting need not be trusted: the
//     policy of what may stand is bluemonday's to carry out.
//   - What the policy would change nothing of is not shown to it, since that costs as much
//     as reading the feed; settled.go knows far less than the policy does, and a fuzz test
//     holds the two together.
//   - So is HTML cut into tokens here as far as it is plain, which most is to its end; the
//     rest is the tokenizer's of x/net/html. A fuzz test holds plain.go to what that cuts.
//   - What has to go is counted where a reader of the original has it ([feeds.Dropped]), so that
//     nobody loses a form or a drawing of which nobody was told; dropped.go says what counts.
//   - Text leaves out the readings of ruby. In titles only the tags that HTML knows are
//     markup, so that "List<String>" stays.
package html
