// Package prose makes plain text fit for people to read: clean, in one line, and as long
// as there is room for.
//
// It exists because titles and summaries are shown where nobody can do anything about
// them any more, in lists, notifications and other people's feed readers. They hold no
// characters that XML forbids, and where they are cut, the cut stands at the end of a
// sentence, else of a word, as the text's script has it: Japanese and Chinese have no
// spaces, and a Thai vowel may stand before its consonant.
package prose
