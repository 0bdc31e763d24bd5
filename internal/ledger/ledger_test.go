package ledger

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

var noon = time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)

// notice is an article of Tokyo in Japanese, with changes made to it.
func notice(n int, changes ...func(*feeds.Article)) feeds.Article {
	a := feeds.Article{
		Publisher: "tokyo", GUID: fmt.Sprintf("guid-%d", n), Key: fmt.Sprintf("guid-%d", n),
		Link: fmt.Sprintf("https://city.example/%d", n), Language: "ja", Title: fmt.Sprintf("Notice %d", n),
		Content: "<p>What the city has to say.</p>", Published: noon.Add(time.Duration(n) * time.Minute), PublishedFrom: feeds.DateDeclared,
	}
	for _, change := range changes {
		change(&a)
	}
	return a
}

// notices are those from one number to another, the newest first.
func notices(from, to int, changes ...func(*feeds.Article)) (all []feeds.Article) {
	for n := to; n >= from; n-- {
		all = append(all, notice(n, changes...))
	}
	return all
}

func guid(g string) func(*feeds.Article)     { return func(a *feeds.Article) { a.GUID, a.Key = g, g } }
func title(s string) func(*feeds.Article)    { return func(a *feeds.Article) { a.Title = s } }
func content(s string) func(*feeds.Article)  { return func(a *feeds.Article) { a.Content = s } }
func link(l string) func(*feeds.Article)     { return func(a *feeds.Article) { a.Link = l } }
func language(l string) func(*feeds.Article) { return func(a *feeds.Article) { a.Language = l } }
func hint(h string) func(*feeds.Article)     { return func(a *feeds.Article) { a.StoryHint = h } }
func claims(id string) func(*feeds.Article)  { return func(a *feeds.Article) { a.ID = id } }
func later(d time.Duration) func(*feeds.Article) {
	return func(a *feeds.Article) { a.Published = a.Published.Add(d) }
}
func formerly(keys ...string) func(*feeds.Article) {
	return func(a *feeds.Article) { a.Aliases = keys }
}
func undated(a *feeds.Article) { a.Published, a.PublishedFrom = noon, feeds.DateFirstSeen }

// city is what is known in a test.
type city struct {
	facts   Facts
	known   []Known
	filings []Filing
	aliases map[Key]Alias
}

// at is a city of which source "a" has stored these articles, numbered from 1.
func at(articles ...feeds.Article) *city {
	c := &city{facts: Facts{Visited: true, Items: len(articles), Read: noon.Add(-time.Hour)}, aliases: map[Key]Alias{}}
	for _, a := range articles {
		c.add("a", a)
	}
	return c
}

// add has a source store an article first.
func (c *city) add(source string, a feeds.Article, changes ...func(*Known)) *city {
	in := newItem(&a)
	id := int64(len(c.known) + 1)
	k := Known{
		ID: id, UID: feeds.MintID("tokyo", in.given, a.Language), Story: fmt.Sprintf("story-%d", id), Publisher: "tokyo", Source: source,
		Language: a.Language, Link: a.Link, Title: a.Title, Hash: in.hash, Joins: in.joins, Terms: in.terms, Categories: in.categories,
		Revision: 1, Published: in.published(),
	}
	for _, change := range changes {
		change(&k)
	}
	c.known, c.filings = append(c.known, k), append(c.filings, Filing{Source: source, Terms: in.terms, Categories: in.categories, Gone: k.Withdrawn != 0})
	for _, key := range in.keys(in.given) {
		before, taken := c.aliases[Key{key, a.Language}]
		c.aliases[Key{key, a.Language}] = Alias{Article: id, Shared: taken && before.Article != id}
	}
	return c
}

func withdrawn(k *Known) { k.Withdrawn = Millis(noon) }
func erased(k *Known)    { k.Hash, k.Title, k.Link = ErasedHash, "", "" }

// tell answers what a snapshot asks about a batch.
func (c *city) tell(s *Snapshot, b Batch) {
	ask := func(keys []string) {
		for _, key := range keys {
			for _, k := range slices.Collect(func(yield func(Key) bool) {
				for k := range c.aliases {
					if k.Key == key && !yield(k) {
						return
					}
				}
			}) {
				s.AddAlias(k, c.aliases[k])
				c.tellArticles(s, s.Unread([]int64{c.aliases[k].Article}))
			}
		}
	}
	ask(s.Keys(b))
	ask(s.MoreKeys(b))
	c.tellArticles(s, s.Twins(b))
	if s.Recent(b) > 0 {
		c.tellRecent(s)
	}
	if s.FormerLinks(b) > 0 {
		var links []string
		for i, k := range c.known {
			if c.filings[i].Source == "a" {
				links = append(links, k.Link)
			}
		}
		ask(s.FormerKeys(b, links))
	}
	if s.RecentForTwins(b) > 0 {
		c.tellRecent(s)
	}
}

func (c *city) tellArticles(s *Snapshot, ids []int64) {
	for _, id := range ids {
		s.AddKnown(c.known[id-1], c.filings[id-1])
	}
	for _, source := range s.Owners() {
		s.AddOwner(source, Millis(s.run.Now)) // they still collect
	}
}

func (c *city) tellRecent(s *Snapshot) {
	var ids []int64
	for i := range c.known {
		if c.filings[i].Source == "a" {
			ids = append(ids, int64(i+1))
		}
	}
	c.tellArticles(s, s.Unread(ids))
	s.AddRecent(ids)
}

// brings is what a run of source "a" brings.
func brings(extent Extent, articles ...feeds.Article) Brought {
	return Brought{Source: Source{ID: "a"}, Articles: articles, Extent: extent, Now: noon.Add(48 * time.Hour)}
}

// look looks at what a run brings as far as to the judgement.
func (c *city) look(t *testing.T, b Brought, holds ...Hold) (*Visit, *Look) {
	t.Helper()
	c.facts.Holds = len(holds)
	v, err := Begin(b, c.facts)
	if err != nil {
		t.Fatal(err)
	}
	l := v.Look()
	c.tell(l.Snapshot, l.Batch())
	byKind := map[string]Hold{}
	for _, h := range holds {
		byKind[h.Kind] = h
	}
	l.Survey()
	l.Judge(byKind)
	return v, l
}

// part is a part of a visit whose articles were found.
func (c *city) part(t *testing.T, b Brought) *Part {
	t.Helper()
	v, err := Begin(b, c.facts)
	if err != nil {
		t.Fatal(err)
	}
	p := v.Next()
	c.tell(p.Snapshot, p.Batch())
	p.Match()
	return p
}

// becomes says what becomes of an article: "new", or the number of the known one and its
// fate.
func (m *match) becomes() string {
	if m.known == nil {
		return "new"
	}
	fates := map[fate]string{same: "same", duplicate: "duplicate", held: "held", noted: "noted", refiled: "refiled", changed: "changed"}
	words := []string{fmt.Sprint(m.known.ID), fates[m.fate]}
	for _, w := range []struct {
		word string
		is   bool
	}{{"revised", m.text == revised}, {"reread", m.text == reread}, {"relocated", m.text == relocated}, {"returned", m.returns}, {"respoken", m.speech == speaksAnother}, {"respelt", m.speech == respelt}} {
		if w.is {
			words = append(words, w.word)
		}
	}
	return strings.Join(words, " ")
}

// fates are what becomes of articles, in the order of the log.
func fates(all []*match) string {
	var words []string
	for _, m := range all {
		words = append(words, m.becomes())
	}
	return strings.Join(words, ", ")
}
