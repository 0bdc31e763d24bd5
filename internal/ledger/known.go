package ledger

import (
	"slices"
	"strings"
	"time"
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
	Revision                                                          int
	Published                                                         int64
	Withdrawn                                                         int64 // 0 for a live one

	// Here is how the source of the run files it; without a source it doesn't. Elsewhere
	// is how others do.
	Here      Filing
	Elsewhere []Filing
}

// Filing is how a source files an article.
type Filing struct {
	Source, Terms, Categories string
	Gone                      bool
}

// ErasedHash stands for the content of an article that was erased. Nothing that a
// source brings has it, and what it brings for such an article is left aside.
const ErasedHash = "erased"

func (k *Known) isErased() bool { return k.Hash == ErasedHash }

// isFiled reports whether the source of the run holds the article, or held it.
func (k *Known) isFiled() bool { return k.Here.Source != "" }

// linkKey is the article's link as a key.
func (k *Known) linkKey() string { return linkKey(k.Link) }

// union returns the categories of the sources that hold the article, of these filings:
// its owner's first; those of all that held it where none does.
func (k *Known) union(filings []Filing) (all []string) {
	live := slices.ContainsFunc(filings, func(f Filing) bool { return !f.Gone })
	for _, owner := range []bool{true, false} {
		for _, f := range filings {
			if (f.Source == k.Source) != owner || live && f.Gone {
				continue
			}
			if theirs, err := Unlist[string](f.Categories); err == nil { // our own JSON
				all = Union(all, theirs)
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
}

// Snapshot is what is known of all that a batch touches, as far as it was asked for: see
// questions.go.
type Snapshot struct {
	Facts Facts

	run *Brought

	aliases   map[Key]Alias
	languages map[string][]string // in which a key is known
	known     map[int64]*Known
	alive     map[string]bool // other sources that hold articles first: those that still collect

	recent []int64 // what the source had of late
	asked  bool    // for that
	texts  map[textKey]int64
	titles map[textKey][]int64 // whatever the link
}

// textKey is what an article is known by where neither GUID nor link tells.
type textKey struct {
	language, link, title string
	published             int64
}

func newSnapshot(b *Brought, facts Facts) *Snapshot {
	return &Snapshot{
		Facts: facts, run: b,
		aliases: map[Key]Alias{}, languages: map[string][]string{}, known: map[int64]*Known{}, alive: map[string]bool{},
	}
}

// Source is the source of the run.
func (s *Snapshot) Source() string { return s.run.Source.ID }

// AddAlias adds whose a key is.
func (s *Snapshot) AddAlias(key Key, a Alias) {
	if _, ok := s.aliases[key]; !ok {
		s.languages[key.Key] = append(s.languages[key.Key], key.Language)
	}
	s.aliases[key] = a
}

// AddKnown adds an article, or if it is there already one more source that holds it.
func (s *Snapshot) AddKnown(k Known, f Filing) {
	have, ok := s.known[k.ID]
	if !ok {
		have = &k
		s.known[k.ID] = have
	}
	if f.Source == s.run.Source.ID {
		have.Here = f
	} else {
		have.Elsewhere = append(have.Elsewhere, f)
	}
}

// AddRecent adds the articles that the source had of late, which are known by now.
func (s *Snapshot) AddRecent(ids []int64) {
	s.recent, s.asked = ids, true
	s.texts, s.titles = map[textKey]int64{}, map[textKey][]int64{}
	for _, id := range ids {
		if k := s.known[id]; k != nil {
			s.texts[textKey{k.Language, k.linkKey(), k.Title, k.Published}] = id
			key := textKey{language: k.Language, title: k.Title, published: k.Published}
			s.titles[key] = append(s.titles[key], id)
		}
	}
}

// ownerLease is how long a source that is no longer collected keeps others from
// revising its articles.
const ownerLease = 72 * time.Hour

// AddOwner adds when another source was collected last, in milliseconds.
func (s *Snapshot) AddOwner(source string, collected int64) {
	s.alive[source] = s.run.Now.Sub(FromMillis(collected)) < ownerLease
}

// alias returns whose the key of an article is.
func (s *Snapshot) alias(in *item, key string) (Alias, bool) {
	a, ok := s.aliases[Key{key, in.article.Language}]
	return a, ok
}

// holder returns the article that has the key of another; nil if none has.
func (s *Snapshot) holder(in *item, key string) *Known {
	return s.known[s.aliases[Key{key, in.article.Language}].Article]
}

// mayRevise reports whether the source of the run may change what an article says.
func (s *Snapshot) mayRevise(k *Known) bool {
	if k.Source == s.run.Source.ID || !s.alive[k.Source] {
		return true
	}
	return !slices.ContainsFunc(k.Elsewhere, func(f Filing) bool { return f.Source == k.Source && !f.Gone })
}

func sameTitle(a, b string) bool {
	return a == b || strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}

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
