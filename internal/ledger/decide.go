package ledger

import (
	"cmp"
	"slices"

	"github.com/kairan-news/kairan/feeds"
)

// Decide returns what the part does, once all was asked; spoken are the aliases of the
// articles that [Part.Spoken] named.
func (p *Part) Decide(spoken []KeyAlias) Decision {
	d := Decision{Unfiled: p.unfiled, CountsUnfiled: p.counts}
	if p.Last {
		d.Dropped, d.Begun = slices.Concat(p.verdict.Drop, p.dropped), slices.Concat(p.verdict.Put, p.begun)
	}
	for i := range d.Begun {
		p.own.Held = &d.Begun[i]
	}
	for _, k := range p.withdrawn {
		p.Stories.Withdraw(k)
		p.own.Withdrawn++
		d.Withdrawn = append(d.Withdrawn, k.ID)
	}
	p.foresee()
	for _, m := range p.matches {
		if m.known == nil {
			d.Added = append(d.Added, p.add(m))
		} else if m.fate > held {
			p.decideKnown(m, &d)
		}
	}
	d.Spoken, d.Respoken = p.respeak(spoken)
	d.Aliases, d.Forgotten = p.newAliases()
	d.Permalinks = p.newPermalinks(d.Aliases)
	d.StoryKeys = p.newStoryKeys()
	for _, m := range p.matches {
		if m.known == nil || m.text == revised && m.fate != held {
			d.Revisions = append(d.Revisions, p.revision(m))
		}
		if m.isFiledAnew() {
			d.Filings = append(d.Filings, FilingRow{m.of(), m.terms, m.categories, m.article.ByDefault})
		}
	}
	return d
}

// decideKnown adds to a decision what becomes of a known article that is not held.
func (p *Part) decideKnown(m *match, d *Decision) {
	if m.fate >= refiled {
		p.change(m)
	}
	d.Updated = append(d.Updated, p.updated(m))
	switch m.text {
	case relocated:
		d.Relocated = append(d.Relocated, Revision{Of: m.of(), N: m.known.Revision, Hash: m.hash, Article: &m.article, Modified: p.modified(m)})
	case reread:
		d.Reread = append(d.Reread, p.revision(m))
	}
}

// add adds a new article to its story.
func (p *Part) add(m *match) Addition {
	st := p.Stories.join(m)
	m.version = &Version{added: true, Publisher: m.article.Publisher, Language: m.article.Language, Withdrawn: true}
	m.version.file(m.placed())
	m.story = st.ID
	st.versions = append(st.versions, m.version)
	st.touched = true
	p.own.New++
	p.Stories.tell(st, m.version, 1)
	return Addition{
		Version: m.version, Article: &m.article, UID: m.id, Story: st.ID,
		Key: m.key, Hash: m.hash, Joins: m.joins, Terms: m.terms, Grammar: p.run.Grammar,
	}
}

// change changes a known article's story.
func (p *Part) change(m *match) {
	k := m.known
	st := p.Stories.byID[k.Story]
	m.version = st.version(k.ID)
	m.version.file(m.united(p.run.Source.ID))
	st.touched = true
	switch m.speech {
	case speaksAnother:
		p.Stories.leaveLanguage(st, m)
	case respelt:
		st.respell(m.version, m.article.Language)
	}
	// Archives show of each revision the language, the source and the terms that its article has now.
	st.past = st.past || m.fate == refiled || m.speech != speaksAsBefore || k.Source != p.run.Source.ID || k.Terms != m.terms
	switch {
	case m.fate == refiled:
		p.own.Refiled++
	case m.returns:
		p.own.Returned++
	default:
		p.own.Changed++
	}
	if m.fate == changed {
		p.Stories.tell(st, m.version, m.nextRevision())
	}
}

// placed returns the categories of a new article.
func (m *match) placed() (all Categories) {
	all.Add(m.article.Categories, m.article.ByDefault)
	return all
}

// united returns the categories of a known article once this source files it anew.
func (m *match) united(source string) Categories {
	k := *m.known
	if m.claims() {
		k.Source = source
	}
	return k.gather(append(slices.Clone(k.Elsewhere), Filing{Source: source, Categories: m.categories, ByDefault: m.article.ByDefault}))
}

// updated returns a known article as it is after the run.
func (p *Part) updated(m *match) Known {
	next := *m.known
	if m.fate >= refiled {
		next.Categories, next.ByDefault = List(m.version.Categories), m.version.ByDefault
	}
	if m.claims() {
		next.Source, next.Withdrawn = p.run.Source.ID, 0
	}
	if m.speech != speaksAsBefore {
		next.Language = m.article.Language
	}
	if m.text == reread || m.text == readAlike || m.text == revised {
		next.Grammar = p.run.Grammar
	}
	if m.redate {
		next.Published += p.verdict.redated.Milliseconds()
	}
	switch m.text {
	case relocated:
		next.Link, next.Hash = m.article.Link, m.hash
	case reread:
		next.Link, next.Title, next.Hash = m.article.Link, m.article.Title, m.hash
		next.Published = Millis(m.datedRevision().Published)
	case revised:
		next.Link, next.Title, next.Hash, next.Revision = m.article.Link, m.article.Title, m.hash, m.nextRevision()
		next.Published = Millis(m.datedRevision().Published)
	}
	if next.Source == p.run.Source.ID {
		next.Terms, next.Joins = m.terms, m.joins
	}
	return next
}

// datedRevision returns the article with the date of the known one where its source gives
// it none: when it was seen first, not when it changed.
func (m *match) datedRevision() *feeds.Article {
	a := m.article
	if k := m.known; k != nil && !m.dated() && k.Published != 0 {
		a.Published = FromMillis(k.Published)
	}
	return &a
}

func (p *Part) revision(m *match) Revision {
	return Revision{
		Of: m.of(), N: m.nextRevision(), Hash: m.hash, Article: m.datedRevision(),
		Corrected: cmp.Or(m.article.Corrected, m.corrected), Modified: p.modified(m),
	}
}

// isFiledAnew reports whether the source files the article otherwise than before.
func (m *match) isFiledAnew() bool {
	k := m.known
	if k == nil {
		return true
	}
	asBefore := k.isFiled() && !k.Here.Gone && k.Here.Terms == m.terms && k.Here.Categories == m.categories &&
		(m.fate < refiled || k.Here.ByDefault == m.article.ByDefault) // see categories.go
	return m.fate != duplicate && m.fate != held && !asBefore
}

// newStoryKeys lets later articles join the stories of these.
func (p *Part) newStoryKeys() (rows []StoryKey) {
	added := map[string]bool{}
	for _, m := range p.matches {
		story := m.story
		if m.known != nil {
			if !p.joinsAnew(m) {
				continue
			}
			story = m.known.Story
		}
		for _, key := range m.storyKeys() {
			if !added[key] {
				added[key] = true
				rows = append(rows, StoryKey{key, story})
			}
		}
	}
	return rows
}

// joinsAnew reports whether what joins others to a known article is other than before.
func (p *Part) joinsAnew(m *match) bool {
	k := m.known
	return m.fate != duplicate && m.fate != held && (k.Joins != m.joins || m.link != k.linkKey() && m.found != varied) &&
		(k.Source == p.run.Source.ID || m.text == revised || m.returns)
}
