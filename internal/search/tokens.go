package search

import (
	"strings"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/plain"
)

// Version names how texts are taken apart. Whoever keeps tokens makes them anew where it is
// another one.
const Version = 1

// textLength is how much of an article's text is looked at, in characters.
const textLength = 600

// prefixes is up to how many letters the beginning of a word is a token of its own. There are
// too many words that begin with so few to look for them all.
const prefixes = 3

// The marks before a token tell what it is. A word, and a pair of characters, has none.
const (
	titleMark     = "=" // before another mark: it stands in the title
	startMark     = "^" // a pair with which a stretch of one script begins, or the one character that is all of it
	prefixMark    = "." // the beginning of a word, or a character
	languageMark  = "@"
	publisherMark = "/"
	dateMark      = "~" // when it was published: a decade, a year, a month
)

// Marks are the characters of ASCII that stand in tokens beside letters and digits: marks, and
// what tags of languages and keys of publishers have.
const Marks = "=^.@/~-_"

// Tokens are what an index keeps of an article. Each is of letters, digits and [Marks].
type Tokens struct {
	// Pairs are of neighbouring characters, in their order, so that those of a run follow one
	// another.
	Pairs []string
	// Others have no order, and none comes twice.
	Others []string
}

// TokensOf returns the tokens of an article: of its Title, Summary, Language, Publisher and
// Published, and of the beginning of its Content.
func TokensOf(a feeds.Article) Tokens {
	c := collector{seen: make(map[string]bool, 512), runs: map[string]bool{}}
	c.read(a.Title, titleMark)
	c.read(a.Title, "")
	c.read(a.Summary, "")
	c.read(first(plain.Text(a.Content, 4*textLength), textLength), "")
	c.add(languageMark + a.Language)
	c.add(publisherMark + a.Publisher)
	for _, date := range dates(a.Published) {
		c.add(dateMark + date)
	}
	return c.tokens
}

// collector gathers tokens.
type collector struct {
	tokens Tokens
	seen   map[string]bool
	runs   map[string]bool // with the mark before them: a run is found wherever it stands once
}

// read gathers the tokens of a text, with a mark before each.
func (c *collector) read(text, mark string) {
	scan(text, func(p piece) {
		if p.isRun {
			c.run(p.chars, mark)
			return
		}
		word := wordOf(p.chars)
		c.word(word, mark)
		if rest := withoutAnd(word); rest != "" {
			c.word(rest, mark)
		}
	})
}

// word gathers the tokens of a word.
func (c *collector) word(word, mark string) {
	c.add(mark + word)
	n := 0
	for at, r := range word {
		if n++; n > prefixes {
			break
		}
		c.add(mark + prefixMark + word[:at+len(string(r))])
	}
}

// run gathers the tokens of a run of characters. Behind its pairs the last character stands by
// itself, which keeps those of two runs apart.
func (c *collector) run(chars []rune, mark string) {
	run := mark + string(chars)
	if c.runs[run] {
		return
	}
	c.runs[run] = true
	last := len(chars) - 1
	for i := range last {
		c.tokens.Pairs = append(c.tokens.Pairs, mark+string(chars[i:i+2]))
		c.add(mark + prefixMark + string(chars[i]))
	}
	c.tokens.Pairs = append(c.tokens.Pairs, mark+prefixMark+string(chars[last]))
	c.starts(chars, mark)
}

// starts gathers the pairs with which the stretches of one script begin, and the characters
// that are all of one. A single character of hiragana is a particle more often than a word.
func (c *collector) starts(chars []rune, mark string) {
	for from, is := 0, otherKind; from < len(chars); {
		is = kindOf(chars[from], is)
		end := from + 1
		for end < len(chars) && kindOf(chars[end], is) == is {
			end++
		}
		if end > from+1 || is != hiragana {
			c.add(mark + startMark + string(chars[from:min(from+2, len(chars))]))
			if end == from+1 && end < len(chars) {
				c.add(mark + startMark + string(chars[from]))
			}
		}
		from = end
	}
}

// add gathers a token that has no order.
func (c *collector) add(token string) {
	if c.seen[token] {
		return
	}
	c.seen[token] = true
	c.tokens.Others = append(c.tokens.Others, token)
}

// String returns all tokens with a space between two, the pairs first.
func (t Tokens) String() string {
	return strings.Join(append(t.Pairs[:len(t.Pairs):len(t.Pairs)], t.Others...), " ")
}
