// Package script counts the letters of a text by the script that they are of, and tells which
// language a text proves to be in, whatever is said of it.
//
// It exists because two stages ask the same of a text: reading a document, whether its
// words can be in the language that it claims, and placing an article of which nothing
// tells the language, whether it can be in its publisher's. Neither knows the other, and
// two ways of counting would disagree sooner or later.
//
// It knows the scripts of our locales, and the characters that tell simplified from
// traditional Chinese. A letter that stands for a syllable or a word (kana, Han, Hangul)
// counts twice, so that a headline with a Latin name in it stays Japanese.
//
// What was decided of proofs:
//
//   - A proof is what leaves no doubt: a script that one language alone is written in
//     (kana, Hangul, Thai), the small words that each sentence has, in a text that is long
//     enough to have them, and last letters that one language alone has.
//   - Han without kana proves nothing between Japanese and Chinese, unless its characters
//     are such as Japanese doesn't have: 防災訓練実施 is Japanese, 防災 is both.
//   - All else is no proof: "" is the answer, and not the likeliest language. How many letters
//     make a language that somebody named is the business of who asks.
//
// It is pure, and looks at the beginning of a text alone, so that a long one costs no
// more than a short one.
package script
