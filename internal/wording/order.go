package wording

import (
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Ordered returns a list in the order in which the locale's readers look for names: that of
// the Unicode Collation Algorithm (UTS #10), as CLDR tailors it to their language. What has
// one name stays in the order in which it comes.
func Ordered[T any](s *Speech, list []T, name func(T) string) []T {
	order := collate.New(language.Make(s.Locale))
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b T) int { return order.CompareString(name(a), name(b)) })
	return list
}
