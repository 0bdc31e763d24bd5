// Package script counts the letters of a text by the script that they are of.
//
// It exists because two stages ask the same of a text: reading a document, whether its
// words can be in the language that it claims, and placing an article of which nothing
// tells the language, whether it can be in its publisher's. Neither knows the other, and
// two ways of counting would disagree sooner or later.
//
// It knows the scripts of our locales, and the characters that tell simplified from
// traditional Chinese, and judges nothing: how many letters make a language is the
// business of who asks. A letter that stands for a syllable or a word (kana, Han, Hangul)
// counts twice, so that a headline with a Latin name in it stays Japanese.
//
// It is pure, and looks at the beginning of a text alone, so that a long one costs no
// more than a short one.
package script
