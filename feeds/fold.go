package feeds

import (
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// FoldTitle makes titles comparable: two that differ in case, width, spaces or the
// form of their quotation marks and dashes alone fold to the same.
func FoldTitle(title string) string {
	s := norm.NFKC.String(strings.Join(strings.Fields(title), " "))
	s = strings.Map(func(r rune) rune {
		switch r {
		case '‘', '’', 'ʼ', '`', '´':
			return '\''
		case '“', '”', '„', '«', '»':
			return '"'
		case '‐', '‑', '–', '—', '−':
			return '-'
		}
		return r
	}, s)
	return cases.Fold().String(s)
}
