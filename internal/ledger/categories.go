package ledger

// A category is a story's: what one of its versions is placed in, its translations belong
// to. So a story is filed by all of its versions together, and an article by all sources
// that hold it: what a source gives to what nothing else places ([feeds.Article.ByDefault])
// is no more than a stand-in, and counts only where nothing places any of them. A notice of
// a flood in three languages is not filed under "City government" as well because one of
// them lacks the word.
//
// Of what was stored before this was noted it is not known whether it was filed by
// default: it counts as placed, as it did, until its rules change or its own filing does.
// A run that finds it filed as before does not look: what a source reads again is no
// reason for a story to move.

// Categories gathers the categories of what belongs together. The zero value is of nothing.
type Categories struct{ placed, byDefault []string }

// Add adds the categories of a version, or of a source.
func (c *Categories) Add(categories []string, byDefault bool) {
	if byDefault {
		c.byDefault = Union(c.byDefault, categories)
	} else {
		c.placed = Union(c.placed, categories)
	}
}

// All are the categories that count, in the order in which they came.
func (c Categories) All() []string {
	if len(c.placed) > 0 {
		return c.placed
	}
	return c.byDefault
}

// ByDefault reports whether nothing but defaults was added.
func (c Categories) ByDefault() bool { return len(c.placed) == 0 && len(c.byDefault) > 0 }
