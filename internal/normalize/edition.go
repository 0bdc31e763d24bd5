package normalize

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/kairan-news/kairan/feeds"
)

// joinEditions says to which story an article belongs where its source's
// configuration knows it: by the part of its address that tells the language, or by a
// GUID that it shares with other editions. What the document says goes before. The
// address also tells the language of an article that nothing else tells.
func joinEditions(a *feeds.Article, c Context) {
	if rest, language, ok := editionURL(a.Link, c.Source.EditionURLs); ok {
		if a.StoryHint == "" {
			a.StoryHint = "url:" + rest
		}
		if a.Language == "" || a.Language == feeds.Undetermined {
			a.Language = language
		}
	}
	if c.Edition != "" && a.GUID != "" && a.StoryHint == "" {
		a.StoryHint = "guid:" + c.Edition + " " + a.GUID
	}
}

// editionURL returns what the addresses of all versions share, and the language of
// this one. The longest part that matches counts.
func editionURL(address string, urls map[string]string) (rest, language string, ok bool) {
	if address == "" || len(urls) == 0 {
		return "", "", false
	}
	key := feeds.LinkIdentity(address)
	parts := slices.SortedFunc(maps.Keys(urls), func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b))
	})
	for _, part := range parts {
		if i := strings.Index(key, part); i >= 0 {
			return key[:i] + "\t" + key[i+len(part):], urls[part], true
		}
	}
	return "", "", false
}

// Editions returns for each source that shares its notices with others, by
// EditionsOf, a name that they have in common.
func Editions(sources []*feeds.Source) map[string]string {
	group := make(map[string]string, len(sources))
	for _, s := range sources {
		group[s.ID] = s.ID
	}
	root := func(id string) string {
		for group[id] != id {
			id = group[id]
		}
		return id
	}
	declared := map[string]bool{}
	for _, s := range sources {
		if _, known := group[s.EditionsOf]; !known || s.EditionsOf == s.ID {
			continue
		}
		a, b := root(s.ID), root(s.EditionsOf)
		group[max(a, b)] = min(a, b) // the same name whatever the order of the sources
		declared[s.ID], declared[s.EditionsOf] = true, true
	}
	editions := make(map[string]string, len(declared))
	for id := range declared {
		editions[id] = root(id)
	}
	return editions
}
