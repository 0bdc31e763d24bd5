package notice

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/charset"
	"github.com/kairan-news/kairan/internal/parse/date"
	"github.com/kairan-news/kairan/internal/parse/field"
	"github.com/kairan-news/kairan/internal/parse/html"
	"github.com/kairan-news/kairan/internal/parse/language"
	"github.com/kairan-news/kairan/internal/parse/prose"
	"github.com/kairan-news/kairan/internal/plain"
)

// Parse reads one file of a folder: Markdown with front matter (.md), HTML
// (.html, .htm) or plain text as cities print it (.txt). The name is the slash
// path of the file within the folder's root.
//
// The name tells what the file does not: "2026-02-01-seminar.ja.md" is of 1 February
// 2026 and in Japanese, and one story with "2026-02-01-seminar.en.md". The language
// is that of the name, else of the file, else the configured one.
func Parse(name string, data []byte, o parse.Options) (feeds.Article, []parse.Problem, error) {
	if !Is(name) {
		return feeds.Article{}, nil, fmt.Errorf("parse notice %s: a file of type %q is no notice; use .md, .html or .txt", name, path.Ext(name))
	}
	story, lang := splitName(name)
	text, problems := charset.Decode(data, "", lang, o.Language, o.PublisherLanguage)
	n := &reader{o: o, problems: problems}
	n.article.StoryHint = story
	n.said = []string{lang}

	switch strings.ToLower(path.Ext(name)) {
	case ".md":
		n.readMarkdown(text)
	case ".txt":
		n.readPlainText(string(text))
	default:
		n.readHTML(text)
	}
	if n.article.Title == "" && n.article.Content == "" {
		return feeds.Article{}, n.problems, fmt.Errorf("parse notice %s: the file says nothing; write a title and a text into it", name)
	}
	n.finish(path.Base(story))
	return n.article, n.problems, nil
}

// finish fills in what the file left to its name and to its text.
func (n *reader) finish(name string) {
	a := &n.article
	a.Summary = plain.Summarize(prose.Collapse(a.Summary))
	if a.Summary == "" {
		a.Summary = plain.Summarize(html.Text(a.Content))
	}
	if a.Title == "" {
		a.Title = plain.Headline(a.Summary)
		n.problem("title", "the notice has no title; its first words stand for it")
	}
	if a.Published.IsZero() {
		n.setPublished(n.dateOfName(name))
	}
	a.PublishedFrom = feeds.DateDeclared
	if a.Published.IsZero() {
		a.Published = a.Updated
	}
	if a.Published.IsZero() {
		a.PublishedFrom = feeds.DateFirstSeen
	}

	text := a.Title + " " + a.Summary
	o := n.o
	o.Language, n.said = n.configured()
	var denied language.Denial
	if a.Language, denied = language.Of(text, o, n.said...); denied.Why != "" {
		n.problem("language-conflict", "it can't be in %s: %s", denied.Tag, denied.Why)
	}
	field.Bound(a)
}

// configured returns the language that stands whatever the text is in, and what the file
// says itself. The name of a file knows its language better than the file, and that
// better than its folder.
func (n *reader) configured() (tag string, said []string) {
	ofName, said := n.said[0], n.said[1:]
	says := func(s string) bool { return language.Tag(s) != "" }
	switch {
	case says(ofName):
		return ofName, said
	case slices.ContainsFunc(said, says):
		return "", said
	}
	return n.o.Language, said
}

// dateOfName returns the date that a file's name begins with, 2026-02-01 or
// 20260201; the zero time if it begins with none.
func (n *reader) dateOfName(name string) date.Date {
	for _, layout := range []string{"2006-01-02", "20060102"} {
		if len(name) < len(layout) || len(name) > len(layout) && unicode.IsDigit(rune(name[len(layout)])) {
			continue
		}
		if _, err := time.Parse(layout, name[:len(layout)]); err == nil {
			return n.date(name[:len(layout)])
		}
	}
	return date.Date{}
}
