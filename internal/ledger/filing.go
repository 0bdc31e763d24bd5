package ledger

import (
	"maps"
	"slices"

	"github.com/kairan-news/kairan/feeds"
)

// Filing: which stories stand in a category, and since when.
//
// A category has a log of its own, which is a part of the log: log_categories names
// the records that were appended while their story was in the category. Once a part of
// it is archived it is append-only like the log, so that what a channel has shown stays
// as it was:
//
//   - A story that comes into a category stands there from the next record on, at
//     the head of the log. Where it has no new record just then, as when the rules have
//     changed, one is appended that says so and nothing else ([feeds.ReasonFiling]): no
//     other channel knows of it, and the articles keep their dates.
//   - A story that leaves a category is outside from the next record on, in the same
//     way. What was shown of it stays in the archives, and its withdrawal, should
//     there be one, is told there too.
//   - As long as no channel of a category has closed an archive, a story that comes in
//     brings its past along, and stands where it would have stood; also if it had left
//     meanwhile. So a new category, or a renamed one, has the history that it would
//     have had.
//
// A record that brings a story in is found in the languages of all its live versions,
// since it shows each locale the best of them.

// Moves are what a transaction changes about the categories of stories.
type Moves map[*Story]move

type move struct {
	entered, left []string
	// past are those in which the story stands as if it always had.
	past []string
}

// Filed is a row of a category's log.
type Filed struct {
	Category, Language string
	Seq                int64
	Outside            bool
}

// Gains reports whether a story that there was comes into a category, so that it is to be
// asked of which categories a channel has closed an archive.
func (s *Stories) Gains() bool {
	for _, st := range s.byID {
		if st.movable() && len(without(st.categories(), st.before())) > 0 {
			return true
		}
	}
	return false
}

// movable reports whether the story may have changed its categories.
func (st *Story) movable() bool { return st.touched && (len(st.before()) > 0 || st.isOld()) }

// Move finds out which stories change their categories, and appends a record for
// those that have none. Closed are the categories of which a channel has closed an archive.
func (s *Stories) Move(closed map[string]bool) Moves {
	moves := Moves{}
	for _, st := range s.byID {
		if !st.movable() {
			continue
		}
		after := st.categories()
		m := move{left: without(st.before(), after)}
		for _, category := range without(after, st.before()) {
			if closed[category] {
				m.entered = append(m.entered, category)
			} else {
				m.past = append(m.past, category)
			}
		}
		if len(m.entered)+len(m.left)+len(m.past) > 0 {
			moves[st] = m
		}
	}
	s.tellMoves(moves)
	return moves
}

// tellMoves appends a record for each story that enters or leaves a category, and has none.
func (s *Stories) tellMoves(moves Moves) {
	recorded := map[*Story]bool{}
	for _, r := range s.Records {
		recorded[r.Story] = true
	}
	for _, st := range slices.SortedFunc(maps.Keys(moves), func(a, b *Story) int { return int(a.versions[0].ID - b.versions[0].ID) }) {
		i := slices.IndexFunc(st.versions, func(v *Version) bool { return !v.Withdrawn })
		if m := moves[st]; recorded[st] || i < 0 || len(m.entered)+len(m.left) == 0 {
			continue
		}
		live := st.versions[i]
		s.Records = append(s.Records, &Record{Story: st, Version: live, Revision: live.Revision, Reason: feeds.ReasonFiling, Language: live.Language})
	}
}

// Stories are those that change their categories.
func (m Moves) Stories() (ids []string) {
	for st := range m {
		ids = append(ids, st.ID)
	}
	return ids
}

// WithPast are the categories that stories enter as if they had always been there, by
// story, and these stories by category: their older records are to be filed too.
func (m Moves) WithPast() (categories, stories map[string][]string) {
	categories, stories = map[string][]string{}, map[string][]string{}
	for st, move := range m {
		for _, category := range move.past {
			categories[st.ID] = append(categories[st.ID], category)
			stories[category] = append(stories[category], st.ID)
		}
	}
	return categories, stories
}

// Left are the categories that stories leave, by story.
func (m Moves) Left() map[string][]string {
	left := map[string][]string{}
	for st, move := range m {
		if len(move.left) > 0 {
			left[st.ID] = move.left
		}
	}
	return left
}

// Withdrawing are the stories of which a version is withdrawn, which is told in the
// categories that they had too.
func (s *Stories) Withdrawing() (ids []string) {
	for _, r := range s.Records {
		if r.Reason == feeds.ReasonWithdrawal {
			ids = append(ids, r.Story.ID)
		}
	}
	return ids
}

// File returns the rows by which the records, which begin at a sequence number, enter the
// logs of the categories. Former are the categories that stories had which withdraw
// something; their channels are touched too.
func (s *Stories) File(first int64, moves Moves, former map[string][]string) (rows []Filed) {
	moved := map[*Story]bool{}
	for i, r := range s.Records {
		m := moves[r.Story]
		if moved[r.Story] {
			m = move{}
		}
		moved[r.Story] = true
		rows = append(rows, r.file(first+int64(i), m, former[r.Story.ID])...)
	}
	for id, categories := range former {
		s.byID[id].told = categories
	}
	return rows
}

// file returns the rows of one record.
func (r *Record) file(seq int64, m move, former []string) (rows []Filed) {
	for _, category := range r.Story.categories() {
		entered := slices.Contains(m.entered, category)
		if !entered && r.Reason == feeds.ReasonFiling {
			continue
		}
		rows = append(rows, Filed{Category: category, Language: r.Language, Seq: seq})
		if entered {
			for _, language := range r.Story.liveLanguages() {
				rows = append(rows, Filed{Category: category, Language: language, Seq: seq})
			}
		}
	}
	outside := m.left
	if r.Reason == feeds.ReasonWithdrawal {
		outside = slices.Concat(m.left, without(former, r.Story.categories()))
	}
	for _, category := range outside {
		rows = append(rows, Filed{category, r.Language, seq, true})
	}
	return rows
}
