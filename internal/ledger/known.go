package ledger

import (
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// Key is a key of an article among those of its publisher.
type Key struct{ Key, Language string }

// Alias is whose a key is.
type Alias struct {
	Article int64
	// Shared says that several articles were seen with the key.
	Shared bool
}

// KeyAlias is a key in any language, and whose it is.
type KeyAlias struct {
	Key string
	Alias
}

// Known is an article that is known. Dates are in milliseconds, lists as [List] writes
// them.
type Known struct {
	ID                                                                int64
	UID, Story, Publisher, Source, Language, Link, Title, Hash, Joins string
	Terms, Categories                                                 string
	ByDefault                                                         bool // that nothing placed it in its categories
	Revision                                                          int
	Published                                                         int64
	Withdrawn                                                         int64 // 0 for a live one
	Grammar                                                           int   // by which its newest revision was read; see reread.go

	// Here is how the source of the run files it; without a source it doesn't. Elsewhere
	// is how others do.
	Here      Filing
	Elsewhere []Filing
}

// Filing is how a source files an article.
type Filing struct {
	Source, Terms, Categories string
	ByDefault                 bool // that they are what the source gives to what nothing places
	Gone                      bool
}

// ErasedHash stands for the content of an article that was erased. Nothing that a
// source brings has it, and what it brings for such an article is left aside.
const ErasedHash = "erased"

func (k *Known) isErased() bool { return k.Hash == ErasedHash }

// MapAnew files an article as its sources do by other rules, and reports whether that
// changes anything. Categorize is given Publisher, Source, Language, Title, Summary, Link,
// Terms, and the Categories and ByDefault so far of the article as one of them files it.
func (k *Known) MapAnew(summary string, categorize func(feeds.Article) (categories []string, byDefault bool)) (moved bool, err error) {
	for i, f := range k.Elsewhere {
		terms, err := Unlist[feeds.Term](f.Terms)
		if err != nil {
			return false, err
		}
		old, err := Unlist[string](f.Categories)
		if err != nil {
			return false, err
		}
		categories, byDefault := categorize(feeds.Article{Publisher: k.Publisher, Source: f.Source, Language: k.Language, Title: k.Title,
			Summary: summary, Link: k.Link, Terms: terms, Categories: old, ByDefault: f.ByDefault})
		now := &k.Elsewhere[i]
		now.Categories, now.ByDefault = List(categories), byDefault
		moved = moved || *now != f
	}
	return moved, nil
}

// isFiled reports whether the source of the run holds the article, or held it.
func (k *Known) isFiled() bool { return k.Here.Source != "" }

// linkKey is the article's link as a key.
func (k *Known) linkKey() string { return linkKey(k.Link) }

// gather returns the categories of the sources that hold the article, of these filings:
// its owner's first; those of all that held it where none does.
func (k *Known) gather(filings []Filing) (all Categories) {
	live := slices.ContainsFunc(filings, func(f Filing) bool { return !f.Gone })
	for _, owner := range []bool{true, false} {
		for _, f := range filings {
			if (f.Source == k.Source) != owner || live && f.Gone {
				continue
			}
			if theirs, err := Unlist[string](f.Categories); err == nil { // our own JSON
				all.Add(theirs, f.ByDefault)
			}
		}
	}
	return all
}

// Facts are what was learned about a source itself.
type Facts struct {
	Visited  bool      // it was collected before
	Read     time.Time // when it was collected last
	LinkKeys bool      // links are its keys, since its GUIDs change with every fetch
	Items    int       // of the last run that was not held
	Missing  int       // articles that are missing within its window, or whose pages were seen gone
	Holds    int       // parts of its runs that are held
	Noise    Noise     // what it counts; see noise.go
}

// sameTitle reports whether two titles differ in white space and case alone.
func sameTitle(a, b string) bool {
	return a == b || strings.EqualFold(unspaced(a), unspaced(b))
}

// unspaced is a text without white space: whether a title has a space of another kind, or
// none between its sentences, is how it was read.
func unspaced(s string) string { return strings.Join(strings.Fields(s), "") }

// Union appends to a what it lacks of b.
func Union(a, b []string) []string {
	for _, s := range b {
		if !slices.Contains(a, s) {
			a = append(a, s)
		}
	}
	return a
}

// without returns what is in a and not in b.
func without(a, b []string) (rest []string) {
	for _, s := range a {
		if !slices.Contains(b, s) {
			rest = append(rest, s)
		}
	}
	return rest
}
