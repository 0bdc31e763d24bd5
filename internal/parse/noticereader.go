package parse

import (
	"fmt"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// noticeReader reads one file.
type noticeReader struct {
	o        Options
	article  feeds.Article
	said     []string // what tells the language, best first
	problems []Problem
}

// problem notes what was wrong with the file.
func (n *noticeReader) problem(code, format string, args ...any) {
	n.problems = append(n.problems, Problem{code, fmt.Sprintf(format, args...)})
}

// date reads a date of the file; what can't be read is a problem.
func (n *noticeReader) date(s string) time.Time {
	t, problem := readDate(s, n.o)
	if problem != nil {
		n.problems = append(n.problems, *problem)
	}
	return t
}

// base is what relative links of the notice are resolved against.
func (n *noticeReader) base() string {
	return innerBase(n.o.BaseURL, n.article.Link)
}
