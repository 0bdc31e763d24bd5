// Package address makes absolute web addresses of what documents write, and tells what
// an address alone can tell.
//
// It exists because an article's address is what readers follow and what tells the
// article from others: it must be absolute, must lead to where its publisher meant, and
// must be the same when the same article comes by another way. So parameters that only
// count readers are taken off, and what is no web address is none.
//
// A reference is resolved as RFC 3986 §5.2 says. Nothing but http and https comes out for
// articles and pictures; links within texts may be mailto and tel, too. What can't be
// parsed is no address, rather than an error: who wrote it meant none that works.
package address
