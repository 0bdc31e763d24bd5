// Package parsetest holds what is promised of every article, whichever document it was
// read from, for the tests of those who read them.
package parsetest
