// Package deps holds the tests of who may import whom, that the page of the architecture
// names files that are there, and through how many of them it leads. It has no code of its
// own.
package deps
