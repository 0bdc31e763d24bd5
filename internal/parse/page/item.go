package page

import (
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/date"
	"github.com/kairan-news/kairan/internal/parse/html"
	"github.com/kairan-news/kairan/internal/parse/language"
)

// Item is an article as a listing or a sitemap names it.
type Item struct {
	// Link is absolute; an item has one always.
	Link string `json:"link"`
	// Former is the link as grammar 0 read it, by which it may be remembered; "" where that
	// is the same.
	Former string `json:"-"`
	// Title and Summary are plain text; "" where there is none.
	Title   string `json:"title,omitempty"`
	Summary string `json:"summary,omitempty"`
	// Language is normalized; "" where nothing tells.
	Language string `json:"language,omitempty"`
	// Published and Updated are zero where nothing tells.
	Published time.Time `json:"published,omitzero"`
	Updated   time.Time `json:"updated,omitzero"`
	// PublishedDay says that of Published only the day is told.
	PublishedDay bool `json:"published_day,omitempty"`
	// Terms are the keywords of a news sitemap.
	Terms []feeds.Term `json:"terms,omitempty"`
	// Images are those that a sitemap names.
	Images []feeds.Image `json:"images,omitempty"`
	// Alternates are versions in other languages.
	Alternates []feeds.Alternate `json:"alternates,omitempty"`
	// Place is where a listing has an item that was guessed, which pages of one list share;
	// "" for one that selectors found.
	Place string `json:"-"`
}

// setPublished takes the date of publication.
func (e *Item) setPublished(d date.Date) { e.Published, e.PublishedDay = d.Time, d.DayOnly }

// former returns what a link was by grammar 0, without what stands behind "#"; "" where that
// is the same.
func former(base, ref, link string) string {
	before, _, _ := strings.Cut(address.Former(base, ref), "#")
	if now, _, _ := strings.Cut(link, "#"); before == now {
		return ""
	}
	return before
}

// maxTerms and maxImages bound what a page may say of an article.
const (
	maxTerms  = 30
	maxImages = 10
)

// keywords splits a list of keywords.
func keywords(s string) (terms []feeds.Term) {
	for word := range strings.FieldsFuncSeq(s, func(c rune) bool { return strings.ContainsRune(",、，;；،", c) }) {
		terms = addTerm(terms, word)
	}
	return terms
}

// addTerm adds a term that is not there yet.
func addTerm(terms []feeds.Term, term string) []feeds.Term {
	term = html.Title(term)
	if term == "" || len(terms) >= maxTerms || len(term) > 200 {
		return terms
	}
	for _, t := range terms {
		if strings.EqualFold(t.Term, term) {
			return terms
		}
	}
	return append(terms, feeds.Term{Term: term})
}

// maxAlternates bounds the versions in other languages.
const maxAlternates = 40

// addAlternate adds a version in another language: one address for a language, not
// the article itself, and no front page, to which many sites send a reader whose
// language an article lacks.
func addAlternate(all []feeds.Alternate, own, hreflang, link string, o parse.Options) []feeds.Alternate {
	tag := language.Said(hreflang, o)
	if link == "" || tag == "" || link == own || strings.EqualFold(hreflang, "x-default") || len(all) >= maxAlternates {
		return all
	}
	if address.IsFrontPage(link) && !address.IsFrontPage(own) {
		return all
	}
	for _, a := range all {
		if a.Language == tag || a.Link == link {
			return all
		}
	}
	return append(all, feeds.Alternate{Language: tag, Link: link})
}
