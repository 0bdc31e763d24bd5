package ledger

import (
	"cmp"
	"slices"
	"strings"

	"github.com/kairan-news/kairan/feeds"
)

// item is an article of a batch, as it came.
type item struct {
	article feeds.Article
	given   string // the key that its source gives it
	link    string // the link as a key; "" where it identifies nothing
	digest  uint64 // of its entry in the document; 0 for none
	stub    *Entry // what it is, of an article that was not read; nil for others

	cutOff     bool  // it may lack a part
	behind     bool  // it is older than what the document lists
	sharedLink bool  // another article of the batch has the link
	sharedID   bool  // the batch has its own identifier in other languages too
	repeated   bool  // the batch had it more than once
	echoed     *item // the first that says the same under another fragment of its GUID; nil for none
	sharedKey  sharing
	titled     bool // of those with its key and its link none has its title and its date
	worded     bool // of these none has its date and its text

	hash, terms, categories, joins string
	foldedTitle, textHash          string // "" until they are asked for

	former string // its link at a host where the source's articles were before; "" for none
	twin   int64  // the article that it was before its site was made anew, or its address changed; 0 for none
	mended bool   // its date alone may be another; see nochange.go
	varies bool   // its address changes with each visit; see successor.go
}

// sharing is what a batch shows of an article's key.
type sharing int

const (
	unshared   sharing = iota
	otherLinks         // others have it with other links
	sameLinks          // others have it and the link
)

func newItem(given *feeds.Article) *item {
	in := &item{article: *given}
	a := &in.article
	for _, s := range []*string{&a.ID, &a.GUID, &a.Key, &a.Link, &a.External, &a.Language, &a.Title, &a.Summary, &a.Content, &a.Rights, &a.StoryHint, &a.Publisher, &a.Source} {
		*s = Clean(*s)
	}
	a.Language = cmp.Or(a.Language, feeds.Undetermined)
	in.link = linkKey(a.Link)
	in.given = cmp.Or(a.Key, a.GUID, in.link)
	in.hash = contentHash(a)
	if in.given == "" {
		in.given = "text:" + in.hash
	}
	in.terms, in.categories = List(a.Terms), List(a.Categories)
	in.joins = joinsHash(a)
	return in
}

// keys returns what the article may be known by, the most trusted first, where its key
// is this one.
func (in *item) keys(key string) []string {
	keys := []string{key}
	for _, k := range []string{in.article.GUID, in.link} {
		if k != "" && !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	return keys
}

// lookups returns every key under which the article may be known, but for what it says.
func (in *item) lookups() []string {
	keys := in.keys(in.given)
	for _, k := range []string{otherScheme(in.article.GUID), in.former} {
		if k != "" {
			keys = append(keys, k)
		}
	}
	return append(keys, in.article.Aliases...)
}

// isPermalink reports whether the article's link is its identifier.
func (in *item) isPermalink() bool {
	return in.article.GUID == "" || linkKey(in.article.GUID) == in.link
}

// dated reports whether the source gives the article a date.
func (in *item) dated() bool { return in.article.PublishedFrom != feeds.DateFirstSeen }

// published is the article's date in milliseconds.
func (in *item) published() int64 { return Millis(in.article.Published) }

// textKey is the key of an article that neither GUID nor link tells from others.
func (in *item) textKey() string { return "text:" + in.hash }

// titleKey is what that was before, when all spaces of a title were plain ones.
func (in *item) titleKey() string {
	return "title:" + strings.Join(strings.Fields(in.article.Title), " ")
}
