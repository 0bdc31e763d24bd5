package ledger

import (
	"fmt"
	"maps"
	"slices"

	"github.com/kairan-news/kairan/feeds"
)

// Names are the slugs that are to be asked for, since new articles may get them.
func (p *Part) Names() (slugs []string) {
	for _, m := range p.matches {
		if m.known != nil {
			continue
		}
		if m.article.ID != "" {
			slugs = append(slugs, feeds.Slug(m.article.ID))
		}
		slugs = append(slugs, feeds.Slug(m.mint(1)))
	}
	return slugs
}

// Name gives the new articles their ids: the source's own on its first claim, else one
// that is minted. Taken says of the slugs that were asked for whether an article has them.
// A slug that it returns is to be asked for too, for another try.
func (p *Part) Name(taken map[string]bool) (ask []string) {
	taken = maps.Clone(taken)
	var contested []string
	for _, m := range p.matches {
		if m.known != nil {
			continue
		}
		claimed := m.article.ID
		if why := p.contest(m, taken); why != "" {
			contested = append(contested, fmt.Sprintf("contested id %q: %s, so one was minted for %q", claimed, why, m.article.Title))
			claimed = ""
		}
		if claimed == "" {
			claimed = m.mint(1)
			for n := 2; taken[feeds.Slug(claimed)]; n++ { // somebody's atom:id is what we would mint
				claimed = m.mint(n)
				if _, asked := taken[feeds.Slug(claimed)]; !asked {
					return []string{feeds.Slug(claimed)}
				}
			}
		}
		m.id = claimed
		taken[feeds.Slug(claimed)] = true
	}
	p.problems = append(p.problems, contested...)
	return nil
}

// contest says why a new article can't keep the identifier that its source gives it;
// "" where it can, or where it has none.
func (p *Part) contest(m *match, taken map[string]bool) string {
	id := m.article.ID
	switch {
	case id == "":
		return ""
	case taken[feeds.Slug(id)]:
		return "another article has it"
	case m.sharedID, slices.ContainsFunc(p.languages[id], func(l string) bool { return l != m.article.Language }):
		return "versions in several languages have it"
	}
	return ""
}

// mint returns the article's nth choice of an id.
func (m *match) mint(n int) string {
	key := m.key
	if n > 1 {
		key = fmt.Sprintf("%s\x00%d", key, n)
	}
	return feeds.MintID(m.article.Publisher, key, m.article.Language)
}
