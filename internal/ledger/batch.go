package ledger

import (
	"fmt"
	"slices"

	"github.com/kairan-news/kairan/feeds"
)

// Batch is articles on their way into what is known, all of one publisher, in the order
// of the log.
type Batch struct {
	// Publisher is "" where nothing was read.
	Publisher string
	items     []*item
	stubs     []*item // of articles that are known just as they came, and were not read
}

// listed returns how many articles the document of a batch has.
func (b Batch) listed() int { return len(b.items) + len(b.stubs) }

// prepare cleans the articles of a run, gives each its key, drops duplicates and
// puts them into the order of the log: by the date of publication, and where that
// is the same against the order of the source, which begins with the newest.
func prepare(b *Brought) (batch Batch, problems []string, err error) {
	read, stubs := b.Document.expand()
	batch.stubs = stubs
	batch.items = make([]*item, 0, len(b.Articles))
	byKey := make(namesakes, len(b.Articles))
	byLink := make(map[Key]*item, len(b.Articles))
	again := echoes{}
	duplicates := 0
	for i := range b.Articles {
		in := newItem(&b.Articles[i])
		in.behind = i >= len(b.Articles)-b.Behind
		if read != nil && !in.behind {
			in.digest = read[i]
		}
		in.cutOff = b.Extent == CutOff && i == len(b.Articles)-1
		a := &in.article
		if a.Published.IsZero() {
			a.Published, a.PublishedFrom = b.Now, feeds.DateFirstSeen
		}
		if a.Publisher == "" || a.Publisher != b.Articles[0].Publisher {
			return Batch{}, nil, fmt.Errorf("an article of publisher %q in a batch of publisher %q", a.Publisher, b.Articles[0].Publisher)
		}
		batch.Publisher = a.Publisher
		key := in.given
		if !byKey.add(in) {
			duplicates++
			continue
		}
		if in.given != key {
			problems = append(problems, fmt.Sprintf("duplicate key %q: the link %s becomes the key", key, a.Link))
		}
		link := Key{in.link, a.Language}
		again.add(in)
		if other, ok := byLink[link]; ok && !in.isEchoOf(other) {
			other.sharedLink, in.sharedLink = true, true
		}
		byLink[link] = in
		batch.items = append(batch.items, in)
	}
	if duplicates > 0 {
		problems = append(problems, fmt.Sprintf("%d duplicates of articles of the same document were left out", duplicates))
	}
	if n := byKey.settle(); n > 0 {
		problems = append(problems, fmt.Sprintf("%d articles have a GUID or a link in common with others, and are told apart by title, date and text", n))
	}
	shareIDs(batch.items)
	slices.Reverse(batch.items)
	slices.SortStableFunc(batch.items, func(a, b *item) int { return a.article.Published.Compare(b.article.Published) })
	return batch, problems, nil
}

// shareIDs finds the identifiers that the batch gives to versions in several languages.
// They name a notice and not one of its versions, so that no version may keep them.
func shareIDs(items []*item) {
	languages := make(map[string]string, len(items)) // of an identifier; "" for several
	for _, in := range items {
		id := in.article.ID
		if language, ok := languages[id]; !ok {
			languages[id] = in.article.Language
		} else if language != in.article.Language {
			languages[id] = ""
		}
	}
	for _, in := range items {
		in.sharedID = in.article.ID != "" && languages[in.article.ID] == ""
	}
}

// expand returns the digests of the entries that were read, one an article, and the
// articles of those that were not.
func (d Document) expand() (read []uint64, stubs []*item) {
	for _, digest := range d.Digests {
		e, known := d.Memory.Entry(digest)
		if !known {
			read = append(read, digest)
			continue
		}
		stubs = append(stubs, &item{
			digest: digest, stub: &e,
			article: feeds.Article{Link: e.Link, Published: FromMillis(e.published), PublishedFrom: feeds.DateDeclared},
		})
	}
	return read, stubs
}
