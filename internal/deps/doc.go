// Package deps holds the tests of who may import whom, and that the page of the
// architecture names files that are there. It has no code of its own.
package deps
