package ledger

import "github.com/kairan-news/kairan/feeds"

// What joins language versions to a story.
//
//   - A new article joins the story of its hint, else that of an article whose link
//     it names as another version, else that of an article which named its link so.
//     The hint of one whose key others have too (apart.go) says nothing.
//   - By links it joins only a story that has no live version of its publisher in its
//     language: a link that many notices name, such as a language's front page, joins
//     nothing.
//   - One that finds none so joins that of the same notice of another publisher; see
//     copublished.go.
//   - An article never changes its story once it is stored, since the log says which
//     it was. So two stories that turn out to be one, as when a page names its
//     translation days after both were collected, stay two; what comes later joins
//     the first of them. Within one batch the order of the articles plays no part.

// join finds the story of a new article, and enters its keys for those after it.
func (s *Stories) join(m *match) *Story {
	st := s.own(m)
	if st == nil && m.copublished != "" {
		if found := s.story(m.copublished); !found.has(m.article.Publisher, m.article.Language) {
			st = found
		}
	}
	if st == nil {
		st = s.story(feeds.StoryID(m.id))
	}
	s.enter(m, st.ID)
	return st
}

// own returns the story of which an article is a version by what its publisher says; nil if
// there is none.
func (s *Stories) own(m *match) *Story {
	for _, key := range m.joinKeys() {
		id, ok := s.joins[key]
		if !ok {
			continue
		}
		if found := s.story(id); key[0] == 'h' || !found.has(m.article.Publisher, m.article.Language) {
			return found
		}
	}
	return nil
}

// enter lets those that look for an article find a story, unless they find another already.
func (s *Stories) enter(m *match, story string) {
	for _, key := range m.storyKeys() {
		if _, ok := s.joins[key]; !ok {
			s.joins[key] = story
		}
	}
}

// storyKeys are the keys that an article is found by (what joins others to it).
func (m *match) storyKeys() (keys []string) {
	if hint := m.storyHint(); hint != "" {
		keys = append(keys, "h:"+hint)
	}
	if m.link != "" {
		keys = append(keys, "l:"+m.link)
	}
	for _, alternate := range m.article.Alternates {
		if l := linkKey(alternate.Link); l != "" && l != m.link {
			keys = append(keys, "a:"+l)
		}
	}
	return keys
}

// joinKeys are the keys by which an article looks for its story, the surest first.
func (m *match) joinKeys() (keys []string) {
	if hint := m.storyHint(); hint != "" {
		keys = append(keys, "h:"+hint)
	}
	for _, alternate := range m.article.Alternates {
		if l := linkKey(alternate.Link); l != "" && l != m.link {
			keys = append(keys, "l:"+l)
		}
	}
	if m.link != "" {
		keys = append(keys, "a:"+m.link)
	}
	return keys
}

// storyHint is the article's own: what names several notices hints at none of them.
func (m *match) storyHint() string {
	if m.keyed == byText {
		return ""
	}
	return m.article.StoryHint
}

// leaveLanguage takes a version out of the views of the language that it was taken
// for; the record that follows puts it into those of its own, under the same id.
func (s *Stories) leaveLanguage(st *Story, m *match) {
	v := m.version
	if !v.Withdrawn {
		s.Records = append(s.Records, &Record{Story: st, Version: v, Revision: m.known.Revision, Reason: feeds.ReasonWithdrawal, Language: v.Language})
	}
	st.respell(v, m.article.Language)
	v.Withdrawn = true
}

// respell gives a version another language tag.
func (st *Story) respell(v *Version, language string) {
	st.former = Union(st.former, []string{v.Language})
	v.Language = language
}
