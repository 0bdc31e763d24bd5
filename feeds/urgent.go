package feeds

import (
	"slices"
	"time"
)

// UrgentFor is how long a notice stands before all others that is in a category that is
// published at once, counted from the last change that its publisher made.
const UrgentFor = 72 * time.Hour

// UrgentUntil returns until when a notice stands before all others that is in these
// categories and was changed by its publisher last at that time ([StoredArticle.Modified]);
// the zero time where it does not. A notice that says itself when it expires would end here.
func (s *Site) UrgentUntil(categories []string, modified time.Time) time.Time {
	if modified.IsZero() || !slices.ContainsFunc(s.Categories, func(c Category) bool { return c.Urgent && slices.Contains(categories, c.Term) }) {
		return time.Time{}
	}
	return modified.Add(UrgentFor)
}
