package ledger

import (
	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse/address"
)

// What two publishers publish, as a city and its department do, is one notice. An article is
// its publisher's own for ever, with an id of its own; but one that is new joins the story of
// a live article of another publisher that has its link, its title (but for spaces, case and
// the form of signs) and its language. So a reader of everything meets the notice once: a
// view of a story shows one version of a language, the first that came, and when that is
// withdrawn the next takes its place. A view of one publisher is made of that publisher's
// records alone, and shows its own.
//
//   - The publisher's own rules come first: an article that is a version of a story of its
//     publisher's joins that. What its batch brings of the same notice in other languages
//     follows it to the story of the other publisher, in whichever order they come.
//   - A front page joins nothing, nor does a link that several articles of either publisher
//     have, or had: it is the page of many notices.
//   - What is stored stays in its story, since the log says which it is: notices that were
//     two before there was this rule stay two, and a title that is corrected later changes
//     nothing about the story.
//
// That the articles are in one story, and not one article, keeps their ids, revisions,
// licences and dates apart, and what happens to the one from the other: each publisher
// corrects, withdraws and erases what is its own.
//
// Others' articles are found by 64 bits of their links, since aliases are each publisher's
// own; a table for it has one row for an article.

// Copublished is a live article of another publisher, found by a link.
type Copublished struct{ Story, Publisher, Language, Link, Title string }

// PermalinkDigests are what the same notices of other publishers are looked for by.
func (p *Part) PermalinkDigests() (digests []int64) {
	for _, m := range p.matches {
		if p.isPermalinked(m) {
			digests = append(digests, linkDigest(m.link))
		}
	}
	return digests
}

// isPermalinked reports whether a new article's link is its own.
func (p *Part) isPermalinked(m *match) bool {
	if m.known != nil || m.link == "" || m.sharedLink || m.keyed == byText || address.IsFrontPage(m.article.Link) {
		return false
	}
	_, others := p.alias(m.item, m.link)
	return !others
}

// Copublished takes in what was found, in the order of the articles' numbers, and returns of
// which links, by publisher, it is to be asked whether several articles have them.
func (p *Part) Copublished(found []Copublished) (ask map[string][]string) {
	p.elsewhere, ask = map[Key][]Copublished{}, map[string][]string{}
	for _, c := range found {
		key := Key{linkKey(c.Link), c.Language}
		p.elsewhere[key] = append(p.elsewhere[key], c)
	}
	for _, m := range p.matches {
		for _, c := range p.counterparts(m) {
			ask[c.Publisher] = append(ask[c.Publisher], m.link)
		}
	}
	return ask
}

// Apart takes in which of these several articles have, by publisher, and finds the stories.
func (p *Part) Apart(shared map[string]map[Key]bool) {
	for _, m := range p.matches {
		for _, c := range p.counterparts(m) {
			if !shared[c.Publisher][Key{m.link, c.Language}] {
				m.copublished = c.Story
				break
			}
		}
	}
}

// counterparts returns the articles of other publishers that are the same notice as a new one, by
// what they say of it.
func (p *Part) counterparts(m *match) (all []Copublished) {
	if !p.isPermalinked(m) {
		return nil
	}
	for _, c := range p.elsewhere[Key{m.link, m.article.Language}] {
		if feeds.FoldTitle(unspaced(c.Title)) == feeds.FoldTitle(unspaced(m.article.Title)) {
			all = append(all, c)
		}
	}
	return all
}

// foresee lets the versions that a batch brings of one notice find the story that one of
// them joins as another publisher's, before any of them begins one.
func (p *Part) foresee() {
	for _, m := range p.matches {
		if m.known == nil && m.copublished != "" && p.Stories.own(m) == nil {
			p.Stories.enter(m, m.copublished)
		}
	}
}

// newPermalinks lets other publishers' articles find those of the part by their links: each
// the first of its publisher that has the link.
func (p *Part) newPermalinks(aliases []AliasRow) (rows []Permalink) {
	links := map[string]bool{}
	for _, m := range p.matches {
		links[m.link] = true
	}
	for _, a := range aliases {
		if _, known := p.aliases[a.Key]; a.Key.Key != "" && links[a.Key.Key] && !a.Shared && !known {
			rows = append(rows, Permalink{linkDigest(a.Key.Key), a.Of})
		}
	}
	return rows
}
