package ledger

import (
	"slices"

	"github.com/kairan-news/kairan/feeds"
)

// Story is a story that a transaction touches. Its versions may be of several publishers;
// see copublished.go.
type Story struct {
	ID string

	versions  []*Version // in the order in which they came
	stood     Categories // what filed it before the transaction
	told      []string   // former categories in which a withdrawal is told
	former    []string   // languages that versions had before
	touched   bool
	withdrawn bool // a version was withdrawn
	past      bool // archives show it otherwise
}

// Version is one version of a story.
type Version struct {
	ID         int64 // 0 until it is stored
	Publisher  string
	Language   string
	Revision   int
	Categories []string
	ByDefault  bool // that nothing placed it in them
	Withdrawn  bool

	added bool // by this transaction
}

// Record is a line of the log to be.
type Record struct {
	Story    *Story
	Version  *Version
	Revision int
	Reason   feeds.Reason
	Language string
}

// Stories are those that a transaction touches, and the records that it appends.
type Stories struct {
	Records []*Record

	byID  map[string]*Story
	joins map[string]string // story key → story, as stored and as added
}

// NewStories returns none.
func NewStories() *Stories {
	return &Stories{byID: map[string]*Story{}, joins: map[string]string{}}
}

// AddKey adds the story that a key finds.
func (s *Stories) AddKey(key, story string) { s.joins[key] = story }

// AddVersion adds a version of a story; they come in the order of their numbers.
func (s *Stories) AddVersion(story string, v Version) {
	st := s.story(story)
	st.versions = append(st.versions, &v)
	st.stood.Add(v.Categories, v.ByDefault)
}

func (s *Stories) story(id string) *Story {
	st, ok := s.byID[id]
	if !ok {
		st = &Story{ID: id}
		s.byID[id] = st
	}
	return st
}

// Touched reports whether anything of the stories changed.
func (s *Stories) Touched() bool {
	for _, st := range s.byID {
		if st.touched {
			return true
		}
	}
	return false
}

// Withdraw takes a live article out of its story.
func (s *Stories) Withdraw(k *Known) {
	st := s.byID[k.Story]
	v := st.version(k.ID)
	v.Withdrawn = true
	st.touched, st.withdrawn = true, true
	s.Records = append(s.Records, &Record{Story: st, Version: v, Revision: k.Revision, Reason: feeds.ReasonWithdrawal, Language: v.Language})
}

// Refile puts articles into the categories that the sources which hold them file them under
// now, and notes them in each. It returns the stories that move; no other one is touched.
func (s *Stories) Refile(articles []*Known) (moved map[string]bool) {
	for _, k := range articles {
		v := s.byID[k.Story].version(k.ID)
		v.file(k.gather(k.Elsewhere))
		k.Categories, k.ByDefault = List(v.Categories), v.ByDefault
	}
	moved = map[string]bool{}
	for _, k := range articles {
		if st := s.byID[k.Story]; st.moves() {
			st.touched, moved[st.ID] = true, true
		}
	}
	return moved
}

// Erase has a story shown otherwise wherever it is shown, at once.
func (s *Stories) Erase(story string) {
	st := s.byID[story]
	st.touched, st.withdrawn, st.past = true, true, true
}

// changesPast reports whether archives show the story otherwise than before: they name its
// present categories.
func (st *Story) changesPast() bool {
	return st.past || st.isOld() && st.moves()
}

// moves reports whether the story is in other categories than before the transaction.
func (st *Story) moves() bool {
	before, after := st.before(), st.categories()
	return len(without(after, before))+len(without(before, after)) > 0
}

// isOld reports whether the story had a version before the transaction.
func (st *Story) isOld() bool {
	return slices.ContainsFunc(st.versions, func(v *Version) bool { return !v.added })
}

// before are the categories before the transaction.
func (st *Story) before() []string { return st.stood.All() }

// categories are those of all versions together.
func (st *Story) categories() []string {
	var all Categories
	for _, v := range st.versions {
		all.Add(v.Categories, v.ByDefault)
	}
	return all.All()
}

func (st *Story) languages() (all []string) {
	all = slices.Clone(st.former)
	for _, v := range st.versions {
		if !slices.Contains(all, v.Language) {
			all = append(all, v.Language)
		}
	}
	return all
}

// liveLanguages are those of the live versions.
func (st *Story) liveLanguages() (all []string) {
	for _, v := range st.versions {
		if !v.Withdrawn && !slices.Contains(all, v.Language) {
			all = append(all, v.Language)
		}
	}
	return all
}

// live reports whether the story has a live version.
func (st *Story) live() bool {
	return slices.ContainsFunc(st.versions, func(v *Version) bool { return !v.Withdrawn })
}

// has reports whether the story has a live version of a publisher in a language.
func (st *Story) has(publisher, language string) bool {
	return slices.ContainsFunc(st.versions, func(v *Version) bool {
		return !v.Withdrawn && v.Publisher == publisher && v.Language == language
	})
}

// file has a version be in categories.
func (v *Version) file(in Categories) { v.Categories, v.ByDefault = in.All(), in.ByDefault() }

// publishers are those of all versions, the first that came first.
func (st *Story) publishers() (all []string) {
	for _, v := range st.versions {
		if !slices.Contains(all, v.Publisher) {
			all = append(all, v.Publisher)
		}
	}
	return all
}

func (st *Story) version(id int64) *Version {
	i := slices.IndexFunc(st.versions, func(v *Version) bool { return v.ID == id })
	return st.versions[i]
}

// tell appends the record of a version that is new, or has changed.
func (s *Stories) tell(st *Story, v *Version, revision int) {
	r := &Record{Story: st, Version: v, Revision: revision, Reason: feeds.ReasonCorrection, Language: v.Language}
	if v.Withdrawn {
		r.Reason = feeds.ReasonNew
		if st.live() {
			r.Reason = feeds.ReasonTranslation
		}
		v.Withdrawn = false
	}
	s.Records = append(s.Records, r)
}

// Touch is what tells which channels a story's change touches, and how. A story has one for
// each of its publishers: whatever happens to a version may be seen beside the others.
type Touch struct {
	Publisher             string
	Languages, Categories []string
	// Withdrawn says that a version was withdrawn, Past that archives show the story
	// otherwise.
	Withdrawn, Past bool
	// Now are the categories that it has now.
	Now []string
}

// Touches are those of all stories that changed.
func (s *Stories) Touches() (all []Touch) {
	for _, st := range s.byID {
		if !st.touched {
			continue
		}
		now, languages := st.categories(), st.languages()
		slices.Sort(languages)
		t := Touch{
			Languages: languages, Categories: Union(Union(Union(nil, st.before()), now), st.told),
			Withdrawn: st.withdrawn, Past: st.changesPast(), Now: now,
		}
		for _, t.Publisher = range st.publishers() {
			all = append(all, t)
		}
	}
	return all
}

// ShownElsewhere are the stories of which something else is shown now where they are
// recommended: their titles, their best versions, or that there is none.
func (s *Stories) ShownElsewhere() (ids []string) {
	for _, r := range s.Records {
		if r.Reason != feeds.ReasonNew && r.Reason != feeds.ReasonFiling {
			ids = append(ids, r.Story.ID)
		}
	}
	return ids
}
