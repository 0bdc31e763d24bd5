// Package tongue tells which language a text proves to be in, whatever is said of it.
//
// It exists because two stages ask it: reading a document, whose word on its language may
// be a template's, and placing an article of which nothing tells the language, before its
// publisher's is taken. Where they judged differently, an article would change its
// language on its way.
//
// What was decided:
//
//   - A proof is what leaves no doubt: a script that one language alone is written in
//     (kana, Hangul, Thai), the small words that each sentence has, in a text that is long
//     enough to have them, and last letters that one language alone has.
//   - Han without kana proves nothing between Japanese and Chinese, unless its characters
//     are such as Japanese doesn't have: 防災訓練実施 is Japanese, 防災 is both.
//   - All else is no proof: "" is the answer, and not the likeliest language.
package tongue
