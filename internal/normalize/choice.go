package normalize

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kairan-news/kairan/feeds"
)

// A Choice is what the configuration of a source says of its entries: which of them become
// articles, and how their titles are written. What is looked for is a word or a pattern. A
// word is looked for without regard to case and width, as a whole where its script parts
// words by spaces, else anywhere. A pattern stands between slashes, /^Vacanc(y|ies):/, and is
// a regular expression of Go's package regexp (RE2), which regards case unless it begins
// with (?i).

// CheckSought returns what is wrong with a word or a pattern; nil for nothing.
func CheckSought(sought string) error {
	_, err := compile(sought)
	return err
}

// Choice is what is said of a source's entries. The zero value takes all as they are.
type Choice struct {
	only, except filter
	rewrite      []rewriting
}

// ChoiceOf reads what is said of a source's entries. Its error names the pattern that can't be read.
func ChoiceOf(s *feeds.Source) (c Choice, err error) {
	if c.only, err = compileFilter(s.Only); err != nil {
		return Choice{}, err
	}
	if c.except, err = compileFilter(s.Except); err != nil {
		return Choice{}, err
	}
	for _, w := range s.Rewrite {
		compiled, err := compileRewriting(w)
		if err != nil {
			return Choice{}, err
		}
		c.rewrite = append(c.rewrite, compiled)
	}
	return c, nil
}

// Filters reports whether it may leave articles out.
func (c Choice) Filters() bool { return !c.only.isEmpty() || !c.except.isEmpty() }

// Takes reports whether an article is one that only names, where it names any, and none
// that except names. Categories are compared with the terms of its source and with ours.
func (c Choice) Takes(a *feeds.Article) bool {
	return (c.only.isEmpty() || c.only.matches(a)) && !c.except.matches(a)
}

// Title returns a title as it is to be written: all rewritings one after the other. One of
// which nothing would be left stays.
func (c Choice) Title(title string) string {
	written := title
	for _, w := range c.rewrite {
		written = w.apply(written)
	}
	if written == title {
		return title
	}
	if written = strings.Join(strings.Fields(written), " "); written == "" {
		return title
	}
	return written
}

// filter is a compiled [feeds.Filter].
type filter struct{ anywhere, title, category, author []sought }

func compileFilter(given feeds.Filter) (f filter, err error) {
	for _, list := range []struct {
		to   *[]sought
		from []string
	}{{&f.anywhere, given.Anywhere}, {&f.title, given.Title}, {&f.category, given.Category}, {&f.author, given.Author}} {
		for _, text := range list.from {
			s, err := compile(text)
			if err != nil {
				return filter{}, fmt.Errorf("%s: %w", text, err)
			}
			*list.to = append(*list.to, s)
		}
	}
	return f, nil
}

func (f filter) isEmpty() bool {
	return len(f.anywhere)+len(f.title)+len(f.category)+len(f.author) == 0
}

// matches reports whether one of what is looked for is in the article.
func (f filter) matches(a *feeds.Article) bool {
	return f.isIn(a.Title, f.title) || slices.ContainsFunc(categoriesOf(a), func(c string) bool { return f.isIn(c, f.category) }) ||
		slices.ContainsFunc(a.Authors, func(p feeds.Person) bool { return f.isIn(p.Name, f.author) || f.isIn(p.Email, f.author) })
}

// isIn reports whether one of the words and patterns, or one that is looked for anywhere,
// is in a text.
func (f filter) isIn(text string, here []sought) bool {
	if text == "" || len(f.anywhere)+len(here) == 0 {
		return false
	}
	folded := fold(text)
	is := func(s sought) bool { return s.isIn(text, folded) }
	return slices.ContainsFunc(here, is) || slices.ContainsFunc(f.anywhere, is)
}

// categoriesOf returns what an article's source calls its categories, and what we do.
func categoriesOf(a *feeds.Article) []string {
	all := slices.Clone(a.Categories)
	for _, t := range a.Terms {
		all = append(all, t.Term, t.Label)
	}
	return all
}

// sought is a word or a pattern.
type sought struct {
	word     string // folded; "" for a pattern
	unspaced bool   // of a script without spaces between words
	pattern  *regexp.Regexp
}

func compile(text string) (sought, error) {
	expression, isPattern := between(text)
	if isPattern {
		p, err := readPattern(expression)
		return sought{pattern: p}, err
	}
	word := fold(text)
	if word == "" {
		return sought{}, errors.New("there is nothing to look for")
	}
	return sought{word: word, unspaced: isUnspaced(word)}, nil
}

// between returns what stands between the slashes of a pattern.
func between(text string) (expression string, isPattern bool) {
	text = strings.TrimSpace(text)
	if len(text) < 2 || text[0] != '/' || text[len(text)-1] != '/' {
		return "", false
	}
	return text[1 : len(text)-1], true
}

// readPattern reads a regular expression. One that matches the empty text matches
// everything, which nobody means.
func readPattern(expression string) (*regexp.Regexp, error) {
	p, err := regexp.Compile(expression)
	if bad, ok := errors.AsType[*syntax.Error](err); ok {
		return nil, fmt.Errorf("%s: %s", bad.Code, bad.Expr)
	}
	if err != nil {
		return nil, err
	}
	if p.MatchString("") {
		return nil, errors.New("it matches everything, since it matches nothing at all")
	}
	return p, nil
}

// isIn reports whether it is in a text, which is also given folded.
func (s sought) isIn(text, folded string) bool {
	if s.pattern != nil {
		return s.pattern.MatchString(text)
	}
	for from := 0; ; {
		i := strings.Index(folded[from:], s.word)
		if i < 0 {
			return false
		}
		i += from
		before, _ := utf8.DecodeLastRuneInString(folded[:i])
		after, _ := utf8.DecodeRuneInString(folded[i+len(s.word):])
		if s.unspaced || !goesOn(before) && !goesOn(after) {
			return true
		}
		_, size := utf8.DecodeRuneInString(folded[i:])
		from = i + size
	}
}

// isOfUnspaced reports whether a character is of a script that has no spaces between words, or
// puts them elsewhere.
func isOfUnspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Hangul)
}

// goesOn reports whether a word goes on with a character beside it.
func goesOn(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r)) && !isOfUnspaced(r)
}

// rewriting is a compiled [feeds.Rewriting].
type rewriting struct {
	text        string // to be replaced as it is written; "" for a pattern
	pattern     *regexp.Regexp
	replacement string
}

func compileRewriting(w feeds.Rewriting) (r rewriting, err error) {
	r.replacement = w.Replacement
	if expression, isPattern := between(w.Pattern); isPattern {
		if r.pattern, err = readPattern(expression); err != nil {
			return r, fmt.Errorf("%s: %w", w.Pattern, err)
		}
		return r, nil
	}
	if r.text = w.Pattern; r.text == "" {
		return r, errors.New("there is nothing to look for")
	}
	return r, nil
}

func (r rewriting) apply(title string) string {
	if r.pattern != nil {
		return r.pattern.ReplaceAllString(title, r.replacement)
	}
	return strings.ReplaceAll(title, r.text, r.replacement)
}
