package search

import (
	"strings"
	"unicode/utf8"

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

// gram returns how many neighbouring characters of a run are a token. Letters are too few for
// two of them to tell anything.
func (k kind) gram() int {
	if k == letters {
		return 3
	}
	return 2
}

// The marks before a token tell what it is. A word, and a gram of characters, has none.
const (
	titleMark     = "=" // before another mark: it stands in the title
	startMark     = "^" // a pair with which a stretch of one script begins, or the one character that is all of it
	partMark      = "." // the beginning of a word, or fewer characters than a gram has
	languageMark  = "@"
	publisherMark = "/"
	dateMark      = "~" // when it was published: a decade, a year, a month
)

// Marks are the characters of ASCII that stand in tokens beside letters and digits: marks, and
// what tags of languages and keys of publishers have.
const Marks = "=^.@/~-_"

// Tokens are what an index keeps of an article. Each is of letters, digits and [Marks].
type Tokens struct {
	// Grams are of neighbouring characters, in their order, so that those of a run follow one
	// another.
	Grams []string
	// Others have no order, and none comes twice.
	Others []string
}

// TokensOf returns the tokens of an article: of its Title, Summary, Language, Publisher and
// Published, and of the beginning of its Content.
func TokensOf(a feeds.Article) Tokens {
	c := collector{seen: make(map[string]bool, 512), runs: map[string]bool{}}
	c.tokens.Others = make([]string, 0, 512)
	c.read(a.Title, titleMark)
	c.read(a.Title, "")
	c.read(a.Summary, "")
	c.read(first(strings.TrimSpace(plain.Text(a.Content, 4*textLength)), textLength), "")
	c.add("", languageMark, a.Language)
	c.add("", publisherMark, a.Publisher)
	for _, date := range dates(a.Published) {
		c.add("", dateMark, date)
	}
	return c.tokens
}

// collector gathers tokens.
type collector struct {
	tokens Tokens
	seen   map[string]bool
	token  []byte          // that is being looked at
	runs   map[string]bool // with the mark before them: a run is found wherever it stands once
}

// read gathers the tokens of a text, with a mark before each.
func (c *collector) read(text, mark string) {
	scan(text, func(p piece) {
		if p.kind != word {
			c.run(p, mark)
			return
		}
		whole := wordOf(p.chars)
		c.word(whole, mark)
		if rest := withoutAnd(whole); rest != "" {
			c.word(rest, mark)
		}
	})
}

// word gathers the tokens of a word.
func (c *collector) word(word, mark string) {
	if !c.add(mark, "", word) {
		return // and so are its beginnings
	}
	n := 0
	for at, r := range word {
		if n++; n > prefixes {
			break
		}
		c.add(mark, partMark, word[:at+utf8.RuneLen(r)])
	}
}

// run gathers the tokens of a run of characters. Behind its grams its last characters stand by
// themselves, which keeps those of two runs apart.
func (c *collector) run(p piece, mark string) {
	key := mark + string(p.chars)
	if c.runs[key] {
		return
	}
	c.runs[key] = true
	gram, last := p.gram(), len(p.chars)
	for i := range p.chars {
		if i+gram <= last {
			c.tokens.Grams = append(c.tokens.Grams, mark+string(p.chars[i:i+gram]))
		}
		for n := 1; n < gram && i+n <= last; n++ {
			if i+gram == last+1 && n == gram-1 {
				c.tokens.Grams = append(c.tokens.Grams, mark+partMark+string(p.chars[i:]))
			} else {
				c.add(mark, partMark, string(p.chars[i:i+n]))
			}
		}
	}
	c.starts(p.chars, mark)
}

// starts gathers the pairs with which the stretches of one script begin, and the characters
// that are all of one. A single character of hiragana is a particle more often than a word.
func (c *collector) starts(chars []rune, mark string) {
	for from, is := 0, other; from < len(chars); {
		is = stretchOf(chars[from], is)
		end := from + 1
		for end < len(chars) && stretchOf(chars[end], is) == is {
			end++
		}
		if end > from+1 || is != hiragana {
			c.add(mark, startMark, string(chars[from:min(from+2, len(chars))]))
			if end == from+1 && end < len(chars) {
				c.add(mark, startMark, string(chars[from]))
			}
		}
		from = end
	}
}

// add gathers a token that has no order, and reports whether it is a new one.
func (c *collector) add(mark, kind, text string) bool {
	c.token = append(append(append(c.token[:0], mark...), kind...), text...)
	if c.seen[string(c.token)] { // takes no memory, as most come twice
		return false
	}
	token := string(c.token)
	c.seen[token] = true
	c.tokens.Others = append(c.tokens.Others, token)
	return true
}

// String returns all tokens with a space between two, the grams first.
func (t Tokens) String() string {
	return strings.Join(append(t.Grams[:len(t.Grams):len(t.Grams)], t.Others...), " ")
}
