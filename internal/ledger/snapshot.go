package ledger

import (
	"slices"
	"time"
)

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
			s.texts[textKey{k.Language, k.linkKey(), unspaced(k.Title), k.Published}] = id
			key := textKey{language: k.Language, title: unspaced(k.Title), published: k.Published}
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
