package web

import (
	"github.com/kairan-news/kairan/internal/plain"
	"github.com/kairan-news/kairan/internal/redline"
)

// correction is what its publisher corrected in a notice at one time.
type correction struct {
	When        stampText
	Title, Text changes
	// Anew says that most of the text was written anew.
	Anew bool
}

// changes are the passages at which a text changed, with its language.
type changes struct {
	Lang, Dir string
	Passages  []redline.Passage
}

// mostCorrections is how many a page shows, the newest first.
const mostCorrections = 5

// corrections tells what was corrected in a notice: what its publisher calls so, and none of
// the changes that it made without a word. Where the licence allows no more than a summary,
// that is compared, and where a state has no more.
func (g *guise) corrections(p *page, n Notice, fullText bool) (all []correction) {
	for i := 0; i+1 < len(n.Revisions) && len(all) < mostCorrections; i++ {
		now, before := n.Revisions[i], n.Revisions[i+1]
		if !now.Corrected.After(before.Corrected) {
			continue
		}
		in := changes{Lang: htmlLang(n.Article.Language), Dir: direction(n.Article.Language)}
		c := correction{When: g.timeOf(p, n.Article.Publisher, now.Corrected), Title: in, Text: in}
		c.Title.Passages, _ = redline.Compare(before.Title, now.Title)
		var ok bool
		c.Text.Passages, ok = redline.Compare(toCompare(before, now, fullText))
		c.Anew = !ok
		if len(c.Title.Passages) > 0 || len(c.Text.Passages) > 0 || c.Anew {
			all = append(all, c)
		}
	}
	return all
}

// toCompare are the texts of two states that can be set against each other: both whole, or
// the summaries of both; "" where there are none. What one state lacks tells nothing: the
// whole text of an old state may have been removed, and nobody inserted what the other has.
func toCompare(before, now Revision, whole bool) (was, is string) {
	switch {
	case !whole:
		return before.Summary, now.Summary
	case before.Content != "" && now.Content != "":
		return plain.Text(before.Content, 0), plain.Text(now.Content, 0)
	case before.Summary != "" && now.Summary != "":
		return before.Summary, now.Summary
	}
	return "", ""
}
