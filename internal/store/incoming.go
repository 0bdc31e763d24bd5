package store

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// incoming is an article on its way into the store.
type incoming struct {
	article feeds.Article
	key     string // the identity key
	link    string // the link as a key; "" where it identifies nothing
	oneLink bool   // no other article of the batch has the link
	cutOff  bool   // it may lack a part
	given   string // its key before the store was asked
	several bool   // the batch has the key that the source gave with other links too
	apart   bool   // the batch has its key and its link for other articles too
	titled  bool   // of these none has its title and its date
	worded  bool   // of these none has its date and its text
	tongues bool   // the batch has its own identifier in other languages too

	digest   uint64 // of its entry in the document; 0 for none
	repeated bool   // the batch had it more than once

	twin int64 // the article that it was before its site was made anew; 0 for none

	hash, terms, categories, joins string
	foldedTitle, textHash          string // "" until they are asked for

	// What the store made of it; found anew in each transaction.
	known     *known // nil if the article is new
	shared    bool   // the key that the source gave names several articles
	reused    bool   // the key that the source gave named another article before
	byText    bool   // neither its GUID nor its link tells it from others; see apart.go
	duplicate bool   // the batch holds the known article under another key too
	newKey    bool   // the article was found under another key
	renamed   bool   // this source had it under another GUID
	speaks    bool   // it is in another language than it was taken for
	redate    bool   // its date was shifted for good
	held      bool   // known, and to be left as it is
	former    string // its link at a host where the source's articles were before
	moved     bool   // its link alone is new: the same path at another host, or https
	revise    bool   // its content is new, and this source may say so
	returns   bool
	corrected time.Time // the date of its correction that the store found out
	id        string    // the new article's
	member    *member
}

// actions are what an incoming article asks for, most of all first.
type action int

const (
	nothing action = iota
	note           // something to write that no reader sees
	refile         // other terms or categories, or another host
	change         // a record
)

func (in *incoming) action() action {
	k := in.known
	switch {
	case k == nil:
		return change
	case in.duplicate || in.held:
		return nothing
	case in.returns || in.revise || in.speaks:
		return change
	case in.moved || k.filing.terms != in.terms || k.filing.categories != in.categories || k.filing.gone || !k.filed:
		return refile
	case in.newKey || in.redate || k.joins != in.joins && k.filing.source == k.source:
		return note
	default:
		return nothing
	}
}

// prepare cleans the articles of a run, gives each its key, drops duplicates and
// puts them into the order of the log: by the date of publication, and where that
// is the same against the order of the source, which begins with the newest.
func prepare(c *Collected) (batch []*incoming, problems []string, err error) {
	batch = make([]*incoming, 0, len(c.Articles))
	byKey := make(namesakes, len(c.Articles))
	byLink := make(map[aliasKey]*incoming, len(c.Articles))
	duplicates := 0
	for i := range c.Articles {
		in := newIncoming(&c.Articles[i])
		if c.Digests != nil {
			in.digest = c.Digests[i]
		}
		in.cutOff = c.CutOff && i == len(c.Articles)-1
		a := &in.article
		if a.Published.IsZero() {
			a.Published, a.PublishedFrom = c.Now, feeds.DateFirstSeen
		}
		if a.Publisher == "" || a.Publisher != c.Articles[0].Publisher {
			return nil, nil, fmt.Errorf("an article of publisher %q in a batch of publisher %q", a.Publisher, c.Articles[0].Publisher)
		}
		key := in.key
		if !byKey.add(in) {
			duplicates++
			continue
		}
		if in.key != key {
			problems = append(problems, fmt.Sprintf("duplicate key %q: the link %s becomes the key", key, a.Link))
		}
		if other, ok := byLink[aliasKey{in.link, a.Language}]; ok {
			other.oneLink, in.oneLink = false, false
		}
		byLink[aliasKey{in.link, a.Language}] = in
		batch = append(batch, in)
	}
	if duplicates > 0 {
		problems = append(problems, fmt.Sprintf("%d duplicates of articles of the same document were left out", duplicates))
	}
	if n := byKey.settle(); n > 0 {
		problems = append(problems, fmt.Sprintf("%d articles have a GUID or a link in common with others, and are told apart by title, date and text", n))
	}
	for _, in := range batch {
		in.given, in.several = in.key, in.shared
	}
	shareIDs(batch)
	slices.Reverse(batch)
	slices.SortStableFunc(batch, func(a, b *incoming) int { return a.article.Published.Compare(b.article.Published) })
	return batch, problems, nil
}

// shareIDs finds the identifiers that the batch gives to versions in several languages.
// They name a notice and not one of its versions, so that no version may keep them.
func shareIDs(batch []*incoming) {
	languages := make(map[string]string, len(batch)) // of an identifier; "" for several
	for _, in := range batch {
		id := in.article.ID
		if language, ok := languages[id]; !ok {
			languages[id] = in.article.Language
		} else if language != in.article.Language {
			languages[id] = ""
		}
	}
	for _, in := range batch {
		in.tongues = in.article.ID != "" && languages[in.article.ID] == ""
	}
}

func newIncoming(given *feeds.Article) *incoming {
	in := &incoming{article: *given, oneLink: true}
	a := &in.article
	for _, s := range []*string{&a.ID, &a.GUID, &a.Key, &a.Link, &a.Language, &a.Title, &a.Summary, &a.Content, &a.Rights, &a.StoryHint, &a.Publisher, &a.Source} {
		*s = clean(*s)
	}
	a.Language = cmp.Or(a.Language, undetermined)
	in.link = linkKey(a.Link)
	in.key = cmp.Or(a.Key, a.GUID, in.link)
	in.hash = contentHash(a)
	if in.key == "" {
		in.key = "text:" + in.hash
	}
	in.terms, in.categories = list(a.Terms), list(a.Categories)
	in.joins = joinsHash(a)
	return in
}

// united returns the categories of a known article once this source files it anew.
func (in *incoming) united(source string) []string {
	k := *in.known
	k.filings = append(slices.Clone(k.filings), filing{source: source, categories: in.categories})
	if in.returns || in.revise || in.speaks {
		k.source = source
	}
	return k.united()
}

// language returns the language of the article after the run.
func (in *incoming) language() string {
	if in.known != nil && !in.speaks {
		return in.known.language
	}
	return in.article.Language
}

// keys returns what the article may be known by, the most trusted first.
func (in *incoming) keys() []string {
	keys := []string{in.key}
	for _, k := range []string{in.article.GUID, in.link} {
		if k != "" && !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	return keys
}

// lookups returns every key under which the store may know the article, but for what it
// says.
func (in *incoming) lookups() []string {
	keys := in.keys()
	if !slices.Contains(keys, in.given) {
		keys = append(keys, in.given)
	}
	for _, k := range []string{otherScheme(in.article.GUID), in.former} {
		if k != "" {
			keys = append(keys, k)
		}
	}
	return keys
}

// otherScheme returns a GUID that is an address with https in the place of http, and
// the other way round; "" for all others.
func otherScheme(guid string) string {
	if rest, ok := strings.CutPrefix(guid, "http://"); ok {
		return "https://" + rest
	}
	if rest, ok := strings.CutPrefix(guid, "https://"); ok {
		return "http://" + rest
	}
	return ""
}

// otherName returns a link's key with "www." before its host where it has none, and
// without it where it has: few sites have two things under these names, and many have
// one under both. It returns "" for "".
func otherName(link string) string {
	if link == "" {
		return ""
	}
	if rest, ok := strings.CutPrefix(link, "www."); ok {
		return rest
	}
	return "www." + link
}

// isPermalink tells whether the article's link is its identifier.
func (in *incoming) isPermalink() bool {
	return in.article.GUID == "" || linkKey(in.article.GUID) == in.link
}

// sameLink tells whether two keys are of one link, with "www." or without.
func sameLink(a, b string) bool {
	return strings.TrimPrefix(a, "www.") == strings.TrimPrefix(b, "www.")
}

// samePath tells whether two keys are of one path, be it at two hosts.
func samePath(a, b string) bool {
	_, a, _ = strings.Cut(a, "/")
	_, b, _ = strings.Cut(b, "/")
	return a == b
}

// isMove tells whether nothing of a known article is new but the host of its link, or
// https in the place of http; or its whole link, where the site was made anew. A reader
// has no use for the news that a site has moved, so that this is no correction; but the
// old address may lead nowhere before long.
func (in *incoming) isMove(k *known) bool {
	if in.link == "" || in.article.Link == k.link {
		return false
	}
	if in.hash == k.hash { // which does not see the scheme
		return strings.HasPrefix(in.article.Link, "https:")
	}
	before, after := linkKey(k.link), in.link
	oldHost, oldPath, _ := strings.Cut(before, "/")
	host, path, _ := strings.Cut(after, "/")
	if in.twin != k.id && (oldHost == host || oldPath != path) {
		return false
	}
	a := in.article
	a.Link = k.link
	a.Enclosures = slices.Clone(a.Enclosures)
	for i := range a.Enclosures {
		if scheme, rest, ok := strings.Cut(a.Enclosures[i].URL, "://"); ok && strings.HasPrefix(rest, host+"/") {
			a.Enclosures[i].URL = scheme + "://" + oldHost + strings.TrimPrefix(rest, host)
		}
	}
	return contentHash(&a) == k.hash
}

// linkKey returns a link without its scheme, as a key; "" for one that says nothing
// about which article it is: none at all, or a site's front page.
func linkKey(link string) string {
	u, err := url.Parse(link)
	if err != nil || u.Host == "" {
		return ""
	}
	path := u.EscapedPath()
	if strings.Trim(path, "/") == "" && u.RawQuery == "" && u.Fragment == "" {
		return ""
	}
	host := strings.ToLower(u.Hostname())
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		host += ":" + port
	}
	key := host + path
	if u.RawQuery != "" {
		key += "?" + u.RawQuery
	}
	if u.Fragment != "" {
		key += "#" + u.EscapedFragment()
	}
	return key
}
