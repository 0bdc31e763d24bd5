// Package search says what readers find by which words: what a text is taken apart into, and a
// query, and which of the one fulfil the other. It is pure, and knows no database: one that
// keeps [Tokens] under the numbers of articles, finds the newest of those that fulfil a [Query],
// and leaves everything else of them alone, is an index of searches.
//
// # Why tokens of our own
//
// The engines that we store in part texts at spaces, and by rules of English at best. SQLite's
// trigrams find no word of two characters, which most words of Japanese and Chinese are. So
// texts are taken apart here, once for both engines, and a database compares tokens as they
// are.
//
// # What is a token
//
// Text is normalized (Unicode Standard Annex 15, NFKC) and small. A word of a script with
// spaces is a token, without the accents that readers leave out: é is e, ё is е, and all four i
// of Turkish are one; the Arabic article is taken off, and letters of Arabic that are written
// for one another are one. An apostrophe ends a word. So that a query finds longer words too,
// the first one, two and three letters of each are tokens as well: of the words that begin with
// four there are few enough to look for them all.
//
// Where no space ends a word, each two neighbouring characters are a token, and in Korean,
// whose particles stick to nouns: a query of several is found where its tokens stand in a row.
// In Thai and its neighbours these are three, since there are so few letters that each two of
// them stand in nearly every text. Single characters, and two of Thai, are tokens too. The script of
// each character decides, and not the language of the text. Kana of both kinds, and simplified
// and traditional characters, stay apart.
//
// Everything in a title is a token once more, with a mark; so are the characters with which a
// stretch of one script begins. Language, publisher, decade, year and month are tokens, so that
// a search is narrowed by them within the index.
//
// # What is looked at
//
// The title, the summary and the first 600 characters of the text: whatever a notice is about
// is named there, and what is behind is twice as much.
//
// # Best first
//
// A weight for each match, as BM25, needs all of them to be looked at, and a common word has a
// hundred thousand. Instead there are four classes ([Rank]), each a query of its own whose
// newest hits are read as far as they are wanted: the words stand in the title; they begin words
// there; they stand anywhere; they begin words anywhere. For a word of a script without spaces
// "as it is asked for" means that a stretch of one script begins with it. So 京都 finds 京都市 and
// の京都 first and 東京都 last. Within a class the newest come first, which is what
// readers of news want.
//
// # What it is not
//
// It knows no synonyms, no inflections but longer endings, and no mistakes of spelling. No
// character of a query has a meaning of its own. A word of 40 letters is as one that goes on.
package search
