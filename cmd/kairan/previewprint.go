package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/width"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/config"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/page"
)

// previewed is a preview as machines read it.
type previewed struct {
	Asked    string             `json:"asked"`
	Kind     feeds.SourceKind   `json:"kind"`
	URL      string             `json:"url"`
	Path     string             `json:"path,omitempty"` // of a folder
	Format   string             `json:"format,omitempty"`
	Title    string             `json:"title,omitempty"`
	Reason   string             `json:"reason,omitempty"`
	Articles []previewedArticle `json:"articles"`
	// Excluded are the entries that the configuration leaves out.
	Excluded []previewedArticle `json:"excluded,omitempty"`
	Listed   int                `json:"listed,omitempty"`
	// Next is where a page that lists goes on.
	Next     string   `json:"next,omitempty"`
	Problems []string `json:"problems"`
	Error    string   `json:"error,omitempty"`
	Config   string   `json:"config"`
	// Appended says that the source stands in the configuration now.
	Appended bool `json:"appended,omitempty"`
}

type previewedArticle struct {
	Title      string            `json:"title"`
	Link       string            `json:"link"`
	Language   string            `json:"language"`
	Published  *string           `json:"published"`
	From       feeds.DateOrigin  `json:"published_from"`
	Summary    string            `json:"summary,omitempty"`
	Alternate  []feeds.Alternate `json:"alternates,omitempty"`
	Terms      []previewedTerm   `json:"terms,omitempty"`
	Categories []string          `json:"categories,omitempty"`
	Images     []feeds.Image     `json:"images,omitempty"`
	Enclosures []feeds.Enclosure `json:"enclosures,omitempty"`
	Episode    feeds.Episode     `json:"episode,omitzero"`
}

// previewedTerm is a term of the source with the category that it means here; "" for none.
type previewedTerm struct {
	feeds.Term
	Category string `json:"category"`
}

// terms returns what an article's source calls its categories, with ours.
func (p *previewer) terms(a feeds.Article) (terms []previewedTerm) {
	for _, t := range a.Terms {
		terms = append(terms, previewedTerm{t, p.category(t)})
	}
	return terms
}

// category returns the category that a term means by itself; "" for none.
func (p *previewer) category(t feeds.Term) string {
	by := feeds.Source{Rules: p.source.Rules, NoKeywords: true}
	return strings.Join(p.mapper.Place(feeds.Article{Terms: []feeds.Term{t}}, by).Categories, "")
}

func (p *previewer) article(a feeds.Article) previewedArticle {
	return previewedArticle{
		Title: a.Title, Link: a.Link, Language: a.Language, Published: printedTime(a.Published), From: a.PublishedFrom, Summary: a.Summary,
		Alternate: a.Alternates, Terms: p.terms(a), Categories: a.Categories, Images: a.Images, Enclosures: a.Enclosures, Episode: a.Episode,
	}
}

// tellDropped says what had to go of the texts of the articles.
func (p *previewer) tellDropped() {
	var all []feeds.DroppedOf
	for i := range p.result.Articles {
		all = append(all, feeds.DroppedIn(&p.result.Articles[i]))
	}
	if said := feeds.TellDropped(all); said != "" {
		p.result.Problems = append(p.result.Problems, parse.Problem{Code: "dropped", Detail: said})
	}
}

func (p *previewer) printJSON(w io.Writer) error {
	out := previewed{
		Asked: p.asked, Kind: p.source.Kind, URL: p.source.URL, Path: p.source.Path, Format: p.format, Title: p.title, Reason: p.reason,
		Listed: len(p.entries), Next: p.next, Articles: []previewedArticle{}, Problems: []string{}, Appended: p.appended,
		Config: string(config.FormatSources([]feeds.Source{p.suggested}, 2)),
	}
	if p.failure != nil {
		out.Error = p.failure.Error()
	} else {
		out.Error = p.result.Shortfall()
	}
	for _, a := range p.result.Articles {
		out.Articles = append(out.Articles, p.article(a))
	}
	for _, a := range p.excluded {
		out.Excluded = append(out.Excluded, p.article(a))
	}
	for _, problem := range p.result.Problems {
		out.Problems = append(out.Problems, problem.Code+": "+problem.Detail)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// mostShown is how many articles the table has.
const mostShown = 20

func (p *previewer) print(w io.Writer) error {
	var b bytes.Buffer
	where := cmp.Or(p.source.URL, p.source.Path)
	fmt.Fprintf(&b, "%s\n", where)
	if where != p.asked {
		fmt.Fprintf(&b, "  asked for %s\n", p.asked)
	}
	fmt.Fprintf(&b, "  %s", p.source.Kind)
	if p.format != "" && p.format != string(p.source.Kind) {
		fmt.Fprintf(&b, ", %s", p.format)
	}
	if p.title != "" {
		fmt.Fprintf(&b, ", %q", p.title)
	}
	fmt.Fprintln(&b)
	if p.reason != "" {
		fmt.Fprintf(&b, "  %s\n", p.reason)
	}
	p.printTable(&b)
	if p.next != "" {
		fmt.Fprintf(&b, "  the list goes on at %s\n", p.next)
	}
	p.printExcluded(&b)
	p.printTerms(&b)
	p.printFiles(&b)
	if p.failure != nil {
		fmt.Fprintf(&b, "\nFailed: %v\n", p.failure)
	} else if missing := p.result.Shortfall(); missing != "" {
		fmt.Fprintf(&b, "\nFailed in part: %s\n", missing)
	}
	if len(p.result.Problems) > 0 {
		fmt.Fprintln(&b, "\nFound wrong:")
		for _, problem := range p.result.Problems {
			fmt.Fprintf(&b, "  %s: %s\n", problem.Code, problem.Detail)
		}
	}
	p.printOthers(&b)
	p.printSuggestion(&b)
	_, err := w.Write(b.Bytes())
	return err
}

// printSuggestion prints the source as it could stand in the configuration, or stands
// there now, and what to do next.
func (p *previewer) printSuggestion(b *bytes.Buffer) {
	s := p.suggested
	switch {
	case p.appended:
		fmt.Fprintf(b, "\nAdded to %s:\n\n", p.file)
	case p.file != "":
		fmt.Fprintf(b, "\nFor %s, into which --append writes it:\n\nsources:\n", p.file)
	default:
		fmt.Fprintln(b, "\nFor kairan.yaml:\n\nsources:")
	}
	for _, note := range p.notes(s) {
		fmt.Fprintf(b, "  # %s\n", note)
	}
	b.Write(config.FormatSources([]feeds.Source{s}, 2))
	if p.appended {
		fmt.Fprintf(b, "\nNext: kairan collect --config %s %s\n", p.file, s.ID)
	}
}

// printTerms prints how the source files its articles, the most frequent term first, and
// where each would go here.
func (p *previewer) printTerms(b *bytes.Buffer) {
	type row struct {
		term  feeds.Term
		count int
	}
	var rows []row
	for _, a := range p.result.Articles {
		for _, t := range a.Terms {
			i := slices.IndexFunc(rows, func(r row) bool { return r.term == t })
			if i < 0 {
				i, rows = len(rows), append(rows, row{term: t})
			}
			rows[i].count++
		}
	}
	if len(rows) == 0 {
		return
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(b.count, a.count) })
	fmt.Fprintln(b, "\nWhat the source calls its categories, and which of yours they are:")
	for _, r := range rows[:min(len(rows), mostShown)] {
		name := r.term.Term
		if r.term.Label != "" && r.term.Label != name {
			name += " (" + r.term.Label + ")"
		}
		category := p.category(r.term)
		if category == "" {
			category = "none: name one under \"categories: map\""
		}
		fmt.Fprintf(b, "  %s  %3d×  %s\n", padded(name, 40), r.count, category)
	}
	if rest := len(rows) - mostShown; rest > 0 {
		fmt.Fprintf(b, "  … and %d more\n", rest)
	}
}

// printFiles prints how many articles have images and files, with the first of each.
func (p *previewer) printFiles(b *bytes.Buffer) {
	var image, file string
	images, files := 0, 0
	for _, a := range p.result.Articles {
		if len(a.Images) > 0 {
			image = cmp.Or(image, a.Images[0].URL)
			images++
		}
		if len(a.Enclosures) > 0 {
			e := a.Enclosures[0]
			file = cmp.Or(file, strings.TrimSpace(e.URL+" "+e.Type))
			files++
		}
	}
	if images+files > 0 {
		fmt.Fprintln(b)
	}
	if images > 0 {
		fmt.Fprintf(b, "%s with images, such as %s\n", count(images, "article", "articles"), image)
	}
	if files > 0 {
		fmt.Fprintf(b, "%s with files, such as %s\n", count(files, "article", "articles"), file)
	}
}

func (p *previewer) printTable(b *bytes.Buffer) {
	articles := p.result.Articles
	count := fmt.Sprintf("%d articles", len(articles))
	if len(articles) == 1 {
		count = "1 article"
	}
	fmt.Fprintf(b, "\n%s read", count)
	if len(p.entries) > 0 {
		fmt.Fprintf(b, "; the page lists %d", len(p.entries))
	}
	fmt.Fprintln(b)
	row := func(title, date, language, link string) {
		fmt.Fprintf(b, "  %s  %-10s  %-7s  %s\n", padded(title, 48), date, language, link)
	}
	day := func(t time.Time) string {
		if t.IsZero() {
			return "-"
		}
		if p.publisher.Location != nil {
			t = t.In(p.publisher.Location)
		}
		return t.Format(time.DateOnly)
	}
	if len(articles)+len(p.entries) > 0 {
		row("TITLE", "DATE", "LANG", "LINK")
	}
	for _, a := range articles[:min(len(articles), mostShown)] {
		date := day(a.Published)
		if a.PublishedFrom == feeds.DateFirstSeen {
			date = "-"
		}
		row(a.Title, date, a.Language, cmp.Or(a.Link, a.StoryHint))
	}
	rest := max(0, len(articles)-mostShown)
	for _, e := range p.entries {
		is := func(a feeds.Article) bool { return a.Link == e.Link }
		if slices.ContainsFunc(articles, is) || slices.ContainsFunc(p.excluded, is) {
			continue
		}
		if len(articles) >= mostShown {
			rest++
			continue
		}
		articles = append(articles, feeds.Article{Link: e.Link})
		row(e.Title, day(e.Published), cmp.Or(e.Language, "?"), e.Link)
	}
	if rest > 0 {
		fmt.Fprintf(b, "  … and %d more\n", rest)
	}
}

// printExcluded names the entries that the configuration leaves out.
func (p *previewer) printExcluded(b *bytes.Buffer) {
	if len(p.excluded) == 0 {
		return
	}
	fmt.Fprintf(b, "\nLeft out by \"only\" and \"except\" of %s:\n", p.configuredAs)
	for _, a := range p.excluded[:min(len(p.excluded), mostShown)] {
		fmt.Fprintf(b, "  %s  %s\n", padded(a.Title, 48), cmp.Or(a.Link, a.StoryHint))
	}
	if rest := len(p.excluded) - mostShown; rest > 0 {
		fmt.Fprintf(b, "  … and %d more\n", rest)
	}
}

// printOthers names the other feeds behind a page.
func (p *previewer) printOthers(b *bytes.Buffer) {
	first := true
	for _, f := range p.found {
		if f.URL == p.source.URL || f.By == page.ByPath {
			continue
		}
		if first {
			fmt.Fprintln(b, "\nThe page leads to these, too:")
			first = false
		}
		fmt.Fprintf(b, "  %-7s  %s  %s %s\n", f.Type, f.URL, f.Title, f.Language)
	}
}

// padded makes a text so wide on a terminal, where the characters of East Asia are
// two columns wide.
func padded(s string, columns int) string {
	var b strings.Builder
	used := 0
	for _, c := range s {
		wide := 1
		if k := width.LookupRune(c).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			wide = 2
		}
		if used+wide > columns-1 {
			b.WriteRune('…')
			used++
			break
		}
		b.WriteRune(c)
		used += wide
	}
	return b.String() + strings.Repeat(" ", max(0, columns-used))
}
