package feed

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/date"
	"github.com/kairan-news/kairan/internal/parse/entity"
	"github.com/kairan-news/kairan/internal/parse/field"
	"github.com/kairan-news/kairan/internal/parse/html"
	"github.com/kairan-news/kairan/internal/parse/language"
	"github.com/kairan-news/kairan/internal/parse/prose"
	"github.com/kairan-news/kairan/internal/plain"
)

// reader reads one document.
type reader struct {
	o parse.Options
	// dates are the options by which dates are read.
	dates parse.Options
	feed  *Feed
	text  []byte // of an XML document, as it was surveyed last
	// found are the problems of single articles, counted by code.
	found     []countedProblem
	empty     int // entries that hold nothing
	conflicts int
	conflict  string // what is said of the first
	noted     int    // the problems of articles, conflicts among them
	early     int    // dates that may be believed another time
}

// countedProblem is a problem that several articles may have.
type countedProblem struct {
	parse.Problem
	count int
}

// reportFaults tells what was repaired.
func (r *reader) reportFaults(faults fault) {
	for _, f := range faultNames {
		if faults&f.fault != 0 {
			r.feed.Problems = append(r.feed.Problems, parse.Problem{Code: f.code, Detail: f.detail})
		}
	}
}

// infoFor returns the surveys of the entries that gofeed read, one for each; of none,
// where it read others than were surveyed.
func (r *reader) infoFor(v *survey, entries int) []entryInfo {
	if len(v.entries) == entries {
		return v.entries
	}
	return make([]entryInfo, entries)
}

// sourceOf returns an entry as it stands in the document; nil where that is not known.
func (r *reader) sourceOf(info entryInfo) []byte {
	if info.span.to <= info.span.from {
		return nil
	}
	return r.text[info.span.from:info.span.to]
}

// add cleans a draft and appends it to the feed.
func (r *reader) add(d draft) {
	noted, early := r.noted, r.early
	a := feeds.Article{
		GUID: d.guid, Link: d.link, Title: prose.Collapse(entity.Plain(d.title)),
		Authors: d.authors, Terms: d.terms, Images: d.images, Enclosures: d.enclosures, Episode: d.episode, Related: d.related, Rights: prose.Collapse(d.rights),
		Aliases: d.knownBy(), Point: d.point, External: d.external, Feed: d.from,
	}
	var pictures []feeds.Image
	a.Content, pictures, a.Dropped = contentOf(&d)
	if !isVisible(a.Title) {
		a.Title = ""
	}
	if len(a.Images) == 0 && len(pictures) > 0 {
		a.Images = pictures[:1]
	}
	a.Summary = summaryOf(d.summary, d.summaryPlain)
	if a.Summary == "" {
		a.Summary = summaryOf(feeds.WithoutLines(d.content), d.contentPlain)
	}
	if a.Title == "" {
		a.Title = plain.Headline(prose.FirstOf(a.Summary, altOf(a.Images), altOf(pictures)))
	}
	var denied language.Denial
	a.Language, denied = language.Of(a.Title+" "+a.Summary, r.o, d.said...)
	for _, alt := range d.alternates {
		if alt.Language != "" && alt.Language != a.Language && alt.Link != "" {
			a.Alternates = append(a.Alternates, alt)
		}
	}
	published, updated := r.date(d.published), r.date(d.updated)
	a.PublishedFrom = feeds.DateDeclared
	if published.IsZero() {
		published = updated
	}
	a.Published, a.PublishedDay, a.Updated = published.Time, published.DayOnly, updated.Time
	if a.Published.IsZero() {
		a.PublishedFrom = feeds.DateFirstSeen
	}
	if denied.Why != "" {
		r.noteConflict(&a, denied)
	}
	if r.noted > noted || r.early > early {
		d.digest = 0 // to be said of it each time, or read otherwise one day
	}
	field.Bound(&a)
	r.feed.Articles = append(r.feed.Articles, a)
	r.feed.Digests = append(r.feed.Digests, d.digest)
}

// isVisible reports whether a reader sees anything of a text: titles are left blank with
// characters that join, direct or space out others.
func isVisible(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) &&
			!unicode.Is(unicode.Variation_Selector, r) && r != blankBraille
	})
}

// blankBraille is the pattern without a dot, which Unicode counts among the symbols.
const blankBraille = '\u2800'

// altOf returns the first text that stands for a picture.
func altOf(pictures []feeds.Image) string {
	for _, p := range pictures {
		if p.Alt != "" {
			return p.Alt
		}
	}
	return ""
}

// contentOf returns the content of a draft as clean HTML, or its summary where it has
// none, the pictures in it, and what had to go.
func contentOf(d *draft) (content string, pictures []feeds.Image, dropped feeds.Dropped) {
	text, plain, base := d.content, d.contentPlain, prose.FirstOf(d.contentBase, d.base, d.link)
	if strings.TrimSpace(text) == "" {
		text, plain, base = d.summary, d.summaryPlain, prose.FirstOf(d.summaryBase, d.base, d.link)
	}
	if plain {
		return html.Paragraphs(text), nil, nil
	}
	return html.CleanEntry(text, base, prose.FirstOf(d.link, base))
}

// summaryOf returns the summary that HTML or plain text gives.
func summaryOf(source string, isPlain bool) string {
	if isPlain {
		return plain.Summarize(prose.Collapse(source))
	}
	return plain.Summarize(html.Text(source))
}

// date returns the first of the dates that can be read and be true. What is wrong
// with the others is a problem only if none is right.
func (r *reader) date(candidates []string) date.Date {
	var first *parse.Problem
	for _, s := range candidates {
		t, problem := date.Parse(s, r.dates)
		if problem == nil && !t.IsZero() {
			return t
		}
		if problem != nil && problem.Code == date.Future {
			r.early++
		}
		if first == nil {
			first = problem
		}
	}
	if first != nil {
		r.note(*first)
	}
	return date.Date{}
}

// note counts a problem of one article.
func (r *reader) note(p parse.Problem) {
	r.noted++
	for i := range r.found {
		if r.found[i].Code == p.Code {
			r.found[i].count++
			return
		}
	}
	r.found = append(r.found, countedProblem{p, 1})
}

// noteConflict counts an article that can't be in the language that was said.
func (r *reader) noteConflict(a *feeds.Article, denied language.Denial) {
	r.noted++
	if r.conflicts++; r.conflicts == 1 {
		r.conflict = fmt.Sprintf("can't be in %s: of %q, %s", denied.Tag, plain.Abridge(a.Title, 60), denied.Why)
	}
}

// report writes the counted problems, each once.
func (r *reader) report() {
	for _, p := range r.found {
		if p.count > 1 {
			p.Detail = fmt.Sprintf("%s; so are %d others", p.Detail, p.count-1)
		}
		r.feed.Problems = append(r.feed.Problems, p.Problem)
	}
	if r.conflicts > 0 {
		r.feed.Problems = append(r.feed.Problems, parse.Problem{Code: "language-conflict",
			Detail: fmt.Sprintf("%d of %d articles %s", r.conflicts, r.feed.Entries(), r.conflict)})
	}
}
