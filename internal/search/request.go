package search

import "time"

// Request asks for articles. Its zero value finds all of them.
type Request struct {
	// Terms are all to be found in an article. Empty ones find all articles.
	Terms Terms
	// Languages are those of articles, as BCP 47 tags; nil is all.
	Languages []string
	// Publishers are keys, of which an article has any; nil is all.
	Publishers []string
	// Categories are terms of the site, of which an article has any; nil is all.
	Categories []string
	// Since (inclusive) and Until (exclusive) bound when an article was published; zero is open.
	Since, Until time.Time
	Order        Order
	// After is the last hit of what came before; zero is none.
	After Place
	// Limit is how many hits are wanted at most; 0 means [DefaultLimit].
	Limit int
}

// DefaultLimit is how many hits are found where a request doesn't say.
const DefaultLimit = 50

// Order is the order of hits.
type Order int

const (
	// Newest has what was stored last first.
	Newest Order = iota
	// Best has what fits best first, and the newest first where two fit alike; see [Rank].
	Best
)

// Rank is how well an article fits: the lower the better. It is 0 where hits are the newest.
type Rank int

const (
	_            Rank = iota
	InTitleWhole      // all words stand in the title, as they are asked for
	InTitle           // all words stand in the title, or begin longer words there
	Whole             // all words stand in the title or in the text, as they are asked for
	Within            // the rest: words begin longer ones, or stand amid a longer run of characters
)

// Place is where a hit stands among all hits of a request.
type Place struct {
	Rank Rank
	// Row is the store's number of the article, at least 1: the later it was stored, the higher.
	Row int64
}

// Hit is an article that was found.
type Hit struct {
	Place
	// Article and Story are IDs, Publisher is a key.
	Article, Story, Language, Publisher string
	Published                           time.Time
}

// Found is what was found.
type Found struct {
	Hits []Hit
	// More says that there are more behind the last hit.
	More bool
	// Bounded says that only the newest matches were looked through for the categories and
	// dates that are asked for: older ones may have them too.
	Bounded bool
	// Building says that not all stored articles are in the index yet.
	Building bool
}
