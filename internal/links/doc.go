// Package links says which links are one.
//
// There are two such questions, and they have two answers. [Key] tells links apart that are
// met today: in what a run brought, in a list of pages, among what is known. [Identity] is
// what the identity key of an article is minted of that has no identifier of its own; ids
// that readers' programs keep for ever are made of it, so that it never changes.
//
// Both leave the scheme out, so that a site that moves from http to https stays what it
// was, and take hosts and their ports as RFC 3986 §6.2.2.1 and §6.2.3 have them. They
// differ in what stands behind "#". It names a place within one page, and makes no other
// article; but some sites list several notices on one page, and whoever tells links apart
// must not take these for one.
package links
