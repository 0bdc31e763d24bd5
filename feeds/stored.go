package feeds

import "time"

// RecordFilter picks records of the log. The zero value picks all.
type RecordFilter struct {
	// Languages picks records in languages that are accepted.
	Languages Accepted
	// Category picks records of stories of which any version had the category when
	// they were appended, and those that brought such a story in.
	Category string
	// Publisher picks one publisher's records, and Publishers those of any of several; "" and
	// nil pick all.
	Publisher  string
	Publishers []string
}

// ArticleRevision names a state of an article.
type ArticleRevision struct {
	ID       string
	Revision int
}

// Cut is where an archive of a channel begins and ends. Once it is stored it never
// moves. The zero value is the cut before the first archive.
type Cut struct {
	// Archive is the archive's number, from 1.
	Archive int
	// Since and Until are sequence numbers: the archive holds the channel's records
	// after the one, up to the other.
	Since, Until int64
	// Languages are those that the channel accepted when the archive was closed, the
	// best first; nil if every article stood for itself there, or if it is not known.
	Languages Chain
}

// StoredArticle is an article as a store gives it back.
type StoredArticle struct {
	Article // Categories are the article's own
	// StoryCategories are those of all versions of the story together: in these it stands.
	StoryCategories []string
	// Changed is when the revision was stored.
	Changed time.Time
	// Modified is when its publisher made the revision, as far as that is known: never
	// before that of an earlier revision, and not after Changed.
	Modified time.Time
	// Withdrawn is when the article was withdrawn; zero if it is live.
	Withdrawn time.Time
	// Erased is when its texts were removed for ever; zero if they were not.
	Erased time.Time
	// Recommended are the stories that are recommended with it, the best first.
	Recommended []string
}
