// Package address makes absolute web addresses of what documents write, and tells what
// an address alone can tell.
//
// It exists because an article's address is what readers follow and what tells the
// article from others: it must be absolute, must lead to where its publisher meant, and
// must be the same when the same article comes by another way. So parameters that only
// count readers are taken off, and what is no web address is none.
//
// A reference is read as browsers read it (WHATWG URL), since that is where its publisher
// tried it, and resolved as RFC 3986 §5.2 says; what only a person would understand, such
// as quotes around it, is mended before. What is as it should be stays as it is written.
// Nothing but http and https comes out for articles and pictures, never with a name and a
// password; links within texts may be mailto and tel, too. What no browser could open is
// no address, rather than an error: who wrote it meant none that works.
package address
