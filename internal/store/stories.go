package store

import (
	"context"
	"database/sql"
	"slices"

	"github.com/kairan-news/kairan/feeds"
)

// What joins language versions to a story.
//
//   - A new article joins the story of its hint, else that of an article whose link
//     it names as another version, else that of an article which named its link so.
//     The hint of one whose key others have too (apart.go) says nothing.
//   - By links it joins only a story that has no live version in its language: a
//     link that many notices name, such as a language's front page, joins nothing.
//   - An article never changes its story once it is stored, since the log says which
//     it was. So two stories that turn out to be one, as when a page names its
//     translation days after both were collected, stay two; what comes later joins
//     the first of them. Within one batch the order of the articles plays no part.

// story is a story that the transaction touches.
type story struct {
	id        string
	publisher string
	members   []*member // in the order in which they came
	before    []string  // the categories of all versions before the transaction
	told      []string  // former categories in which a withdrawal is told
	former    []string  // languages that versions had before
	touched   bool
	withdrawn bool // a version was withdrawn
	past      bool // archives show it otherwise
}

// member is one version of a story.
type member struct {
	id         int64 // 0 until it is stored
	added      bool  // by this transaction
	language   string
	revision   int
	categories []string
	withdrawn  bool
}

// record is a line of the log to be.
type record struct {
	story    *story
	member   *member
	revision int
	reason   feeds.Reason
	language string
}

// changesPast reports whether archives show the story otherwise than before: they name its
// present categories.
func (st *story) changesPast() bool {
	isOld := slices.ContainsFunc(st.members, func(m *member) bool { return !m.added })
	after := st.categories()
	return st.past || isOld && len(without(after, st.before))+len(without(st.before, after)) > 0
}

func (st *story) categories() (all []string) {
	for _, m := range st.members {
		all = union(all, m.categories)
	}
	return all
}

func (st *story) languages() (all []string) {
	all = slices.Clone(st.former)
	for _, m := range st.members {
		if !slices.Contains(all, m.language) {
			all = append(all, m.language)
		}
	}
	return all
}

// liveLanguages are those of the live versions.
func (st *story) liveLanguages() (all []string) {
	for _, m := range st.members {
		if !m.withdrawn && !slices.Contains(all, m.language) {
			all = append(all, m.language)
		}
	}
	return all
}

// live tells whether the story has a live version, in that language if it is not "".
func (st *story) live(language string) bool {
	return slices.ContainsFunc(st.members, func(m *member) bool {
		return !m.withdrawn && (language == "" || m.language == language)
	})
}

func (st *story) member(id int64) *member {
	i := slices.IndexFunc(st.members, func(m *member) bool { return m.id == id })
	return st.members[i]
}

// storyKeys are the keys that an article is found by (what joins others to it).
func (in *incoming) storyKeys() (keys []string) {
	if hint := in.storyHint(); hint != "" {
		keys = append(keys, "h:"+hint)
	}
	if in.link != "" {
		keys = append(keys, "l:"+in.link)
	}
	for _, alternate := range in.article.Alternates {
		if l := linkKey(alternate.Link); l != "" && l != in.link {
			keys = append(keys, "a:"+l)
		}
	}
	return keys
}

// joinKeys are the keys by which an article looks for its story, the surest first.
func (in *incoming) joinKeys() (keys []string) {
	if hint := in.storyHint(); hint != "" {
		keys = append(keys, "h:"+hint)
	}
	for _, alternate := range in.article.Alternates {
		if l := linkKey(alternate.Link); l != "" && l != in.link {
			keys = append(keys, "l:"+l)
		}
	}
	if in.link != "" {
		keys = append(keys, "a:"+in.link)
	}
	return keys
}

// storyHint is the article's own: what names several notices hints at none of them.
func (in *incoming) storyHint() string {
	if in.byText {
		return ""
	}
	return in.article.StoryHint
}

// loadStories reads the stories that the transaction may touch.
func (w *work) loadStories(ctx context.Context, part []*incoming, gone []*known) error {
	var keys, ids []string
	for _, in := range part {
		switch {
		case in.known == nil:
			keys = append(keys, in.joinKeys()...)
		case in.action() >= refile:
			ids = append(ids, in.known.story)
		}
	}
	for _, k := range gone {
		ids = append(ids, k.story)
	}
	if len(keys) > 0 {
		if err := w.s.each(ctx, func(rows *sql.Rows) error {
			var key, id string
			err := rows.Scan(&key, &id)
			w.joins[key] = id
			ids = append(ids, id)
			return err
		}, `SELECT key, story FROM story_keys WHERE publisher = $1 AND key = ANY($2)`, part[0].article.Publisher, keys); err != nil {
			return err
		}
	}
	if len(ids) == 0 {
		return nil
	}
	err := w.s.each(ctx, func(rows *sql.Rows) error {
		var m member
		var id, publisher, categories string
		var withdrawn int64
		if err := rows.Scan(&m.id, &id, &publisher, &m.language, &m.revision, &categories, &withdrawn); err != nil {
			return err
		}
		m.withdrawn = withdrawn != 0
		var err error
		m.categories, err = unlist[string](categories)
		st := w.story(id, publisher)
		st.members = append(st.members, &m)
		return err
	}, `SELECT id, story, publisher, language, revision, categories, withdrawn_ms FROM articles WHERE story = ANY($1) ORDER BY id`, ids)
	for _, st := range w.stories {
		st.before = st.categories()
	}
	return err
}

func (w *work) story(id, publisher string) *story {
	st, ok := w.stories[id]
	if !ok {
		st = &story{id: id, publisher: publisher}
		w.stories[id] = st
	}
	return st
}

// join finds the story of a new article, and enters its keys for those after it.
func (w *work) join(in *incoming) *story {
	a := &in.article
	var st *story
	for _, key := range in.joinKeys() {
		id, ok := w.joins[key]
		if !ok {
			continue
		}
		if found := w.story(id, a.Publisher); key[0] == 'h' || !found.live(a.Language) {
			st = found
			break
		}
	}
	if st == nil {
		st = w.story(feeds.StoryID(in.id), a.Publisher)
	}
	for _, key := range in.storyKeys() {
		if _, ok := w.joins[key]; !ok {
			w.joins[key] = st.id
		}
	}
	return st
}

// decide says what becomes of an incoming article and of its story.
func (w *work) decide(in *incoming) {
	k := in.known
	act := in.action()
	if act < refile {
		return
	}
	var st *story
	if k == nil {
		st = w.join(in)
		in.member = &member{added: true, language: in.article.Language, categories: union(nil, in.article.Categories), withdrawn: true}
		st.members = append(st.members, in.member)
	} else {
		st = w.stories[k.story]
		in.member = st.member(k.id)
		in.member.categories = in.united(w.c.Run.Source)
	}
	st.touched = true
	if in.speaks {
		w.leaveLanguage(st, in)
	}
	// Archives show of each revision the language, the source and the terms that its article has now.
	st.past = st.past || k != nil && (in.speaks || k.source != w.c.Run.Source || k.terms != in.terms)
	r := &record{story: st, member: in.member, revision: 1, reason: feeds.ReasonCorrection, language: in.member.language}
	if k != nil {
		r.revision = k.revision + int(flag(in.revise))
	}
	switch {
	case act == refile:
		st.past = true
		w.out.Refiled++
		return
	case k == nil:
		w.out.New++
	case in.returns:
		w.out.Returned++
	default:
		w.out.Changed++
	}
	if in.member.withdrawn {
		r.reason = feeds.ReasonNew
		if st.live("") {
			r.reason = feeds.ReasonTranslation
		}
		in.member.withdrawn = false
	}
	w.records = append(w.records, r)
}

// leaveLanguage takes a version out of the views of the language that it was taken
// for; the record that follows puts it into those of its own, under the same id.
func (w *work) leaveLanguage(st *story, in *incoming) {
	m := in.member
	if !m.withdrawn {
		w.records = append(w.records, &record{story: st, member: m, revision: in.known.revision, reason: feeds.ReasonWithdrawal, language: m.language})
	}
	st.former = union(st.former, []string{m.language})
	m.language, m.withdrawn = in.article.Language, true
}

// union appends to a what it lacks of b.
func union(a, b []string) []string {
	for _, s := range b {
		if !slices.Contains(a, s) {
			a = append(a, s)
		}
	}
	return a
}
