// Package related finds which notices a reader of one notice may want to read next.
//
// It is pure and knows no database: an [Index] is told the log, record by record,
// and asked about an article before it is told of it. So the answer depends on the
// log up to the article's record alone, is the same in whichever process it is
// asked, and can be stored once and for all.
//
// # What counts
//
// Each language has a window of its own: the 2,000 articles whose records are the
// newest. Within it, two notices are alike by TF-IDF: the more words they share and
// the fewer other notices have these words, the more. The weights are lnc.ltc in the
// notation of the SMART system; so the weights of what is in the window never need
// to be computed anew. Words of the title count three times. What is in the same
// categories gains a little, and what was published weeks apart loses up to half.
// Nothing is recommended whose words have next to nothing in common, that was
// published half a year before or after, that is another version of the same story,
// or that was withdrawn.
//
// A source that lists related notices itself knows better: those of them that are in
// the window come first, in the source's order.
//
// # Words
//
// Words are folded and cut to their first five letters, which in most languages that
// we publish leaves the stem; a table of endings for each would be worth little more
// here. Where words aren't spaced (Chinese, Japanese, Thai, Khmer, Lao, Burmese), and
// in Korean, whose particles stick to the nouns, pairs of neighbouring characters
// stand for words. The script of each run of letters decides and not the language:
// a Japanese notice that writes "Smart City" is found by it.
//
// # What is not promised
//
// Categories are those that the article has when its record is read; a change of the
// rules files articles anew without a record, so an index that was told of them
// before and one that is built later may weigh them differently. What was stored
// stays.
package related
