// Package prose makes plain text fit for people to read: clean, and in one line.
//
// It exists because titles and summaries are shown where nobody can do anything about
// them any more, in lists, notifications and other people's feed readers. They hold no
// characters that XML forbids. Where they are cut is told by package plain.
package prose
