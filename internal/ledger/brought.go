package ledger

import (
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// Brought is what a run of a source brought.
type Brought struct {
	Source Source
	// Articles are all of one publisher. A collector that may keep an article's own
	// identifier (RFC 4287 §4.2.6) has set ID to it; else ID is "" and one is minted.
	// The order is the source's: the newest first, where it has one.
	Articles []feeds.Article
	// Behind is how many of the Articles, the last ones, are older than what the document
	// lists: they were fetched since it had nothing that was known. Those that are new are
	// stored as all others; known ones stay as they are, since archives tell what was. They
	// say nothing of what the source lists now.
	Behind int
	// Extent is what the Articles are of all that the source has.
	Extent Extent
	// Document tells which entries of a document the Articles are.
	Document Document
	// Listing is what a source that is crawled lists; nil where that was not read.
	Listing *Listing
	// Unread are the story hints of what a complete source holds but could not be
	// read: the articles of these stories stay as they are.
	Unread []string
	Gone   Gone
	// Excluded are articles that the source has and that are not to be published, by what
	// a person has said of it: those that were leave at once. See excluded.go.
	Excluded []feeds.Article
	// Grammar is the number of the rules by which the articles were read: those with a
	// higher one read the same bytes better; see reread.go.
	Grammar int
	// Urgent reports whether a story in these categories is published at once; nil for
	// never.
	Urgent func(categories []string) bool
	// Release does what would be held.
	Release bool
	// Now is the time of all records of the run.
	Now time.Time
}

// items returns how many entries the document has, be they read or not, and be they wanted
// or not.
func (b *Brought) items() int {
	return max(len(b.Articles)-b.Behind, len(b.Document.Digests)) + len(b.Excluded)
}

// unreadKeys are the story keys of what a complete source holds and could not be read.
func (b *Brought) unreadKeys() (keys []string) {
	for _, hint := range b.Unread {
		keys = append(keys, "h:"+hint)
	}
	return keys
}

// Source is what a person has said of a source.
type Source struct {
	ID string
	// Language is the configured one; "" where the source itself tells.
	Language string
	// Volatile sources are never held for what they list.
	Volatile bool
	// ChangesCorrect says that a text that changes more than a day after it was stored
	// is a correction, as if the source had declared it; see correct.go.
	ChangesCorrect bool
}

// Extent is what the articles of a run are of all that their source has.
type Extent int

const (
	// Some articles, which say nothing of others.
	Some Extent = iota
	// CutOff articles are of a document that ended too early: the last of them may lack
	// a part. It is stored if it is new, and corrects nothing.
	CutOff
	// Windowed articles are what the source lists now, whole but for what was too old for
	// it, as of a feed that was read to its end. They are compared with what the source
	// listed before: see quarantine.go and window.go.
	Windowed
	// Whole is the source, as of a folder: what is missing was removed, and is withdrawn.
	Whole
	// Crawled articles are pages that were read one by one, of a listing or a sitemap:
	// only those that are new or have changed. An article of such a source is withdrawn
	// only if two runs saw its page gone.
	Crawled
)

// Listing is what a listing or a sitemap names; see leftout.go.
type Listing struct {
	// Items is how many pages are listed.
	Items int
	// Newest says that these are so many of the newest, as of a page that lists: what was
	// listed before leaves it as others come.
	Newest bool
	// Meets says that the collector met something that was listed before.
	Meets bool
	// Links are the addresses of what is listed, LeftOut those of articles that are
	// missing between others.
	Links, LeftOut []string
}

// Gone is what a run found to be gone from its publisher.
type Gone struct {
	// IDs are of articles. Of a window only those that are missing within it are
	// withdrawn.
	IDs []string
	// Links are of articles whose pages were seen gone.
	Links []string
	// Declared are entries that the source itself says were withdrawn.
	Declared []Declaration
}

func (g Gone) isEmpty() bool { return len(g.IDs)+len(g.Links)+len(g.Declared) == 0 }

// Document is the document that articles are of; the zero value is one of which nothing
// is remembered.
type Document struct {
	// Digests are those of its entries, nil for none; 0 is none. An entry that Memory has
	// was not read; the others are the articles, in their order. See memory.go.
	Digests []uint64
	// Memory is what was remembered of the document before; nil if nobody asked.
	Memory *Memory
	// Reading tells ways of reading a document apart.
	Reading string
}
