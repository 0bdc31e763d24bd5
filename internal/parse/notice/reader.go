package notice

import (
	"fmt"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/address"
	"github.com/kairan-news/kairan/internal/parse/date"
)

// reader reads one file.
type reader struct {
	o        parse.Options
	article  feeds.Article
	said     []string // what tells the language, best first
	problems []parse.Problem
}

// problem notes what was wrong with the file.
func (n *reader) problem(code, format string, args ...any) {
	n.problems = append(n.problems, parse.Problem{Code: code, Detail: fmt.Sprintf(format, args...)})
}

// date reads a date of the file; what can't be read is a problem.
func (n *reader) date(s string) date.Date {
	t, problem := date.Parse(s, n.o)
	if problem != nil {
		n.problems = append(n.problems, *problem)
	}
	return t
}

// setPublished takes the date of publication.
func (n *reader) setPublished(d date.Date) {
	n.article.Published, n.article.PublishedDay = d.Time, d.DayOnly
}

// picture returns the address of a picture, which may be a file beside the notice; "" if it
// has none.
func (n *reader) picture(base, ref string) string {
	if n.o.File != nil && ref != "" {
		if link := n.o.File(ref, base); link != "" {
			return link
		}
	}
	return address.Web(base, ref)
}

// base is what relative links of the notice are resolved against.
func (n *reader) base() string {
	return address.Within(n.o.BaseURL, n.article.Link)
}
