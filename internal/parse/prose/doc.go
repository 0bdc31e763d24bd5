// Package prose makes plain text fit for people to read: clean, in one line, and as long
// as there is room for.
//
// It exists because titles and summaries are shown where nobody can do anything about
// them any more, in lists, notifications and other people's feed readers. They hold no
// characters that XML forbids, and where they are cut, the cut stands at the end of a
// sentence, else of a phrase or a word, as the text's script has it: Japanese and Chinese
// have no spaces, a Thai space ends a phrase, a Thai vowel may stand before its consonant,
// and a figure is not parted from what it counts. What publishing systems put behind a text
// that they cut is not part of it.
package prose
