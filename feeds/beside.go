package feeds

import "slices"

// Beside returns those of a story's live versions that are offered beside one of them, in
// their order: what its publisher has in the story, and what others have in further
// languages, the first of each. Another publisher's version in its own language says the
// same, and is no translation.
func Beside(a Article, story []Article) (beside []Article) {
	languages := []string{a.Language}
	for _, o := range story {
		if o.Publisher == a.Publisher {
			languages = append(languages, o.Language)
		}
	}
	for _, o := range story {
		switch {
		case o.ID == a.ID:
		case o.Publisher == a.Publisher:
			beside = append(beside, o)
		case !slices.Contains(languages, o.Language):
			languages = append(languages, o.Language)
			beside = append(beside, o)
		}
	}
	return beside
}
