package ledger

import (
	"slices"
	"strings"
)

// namesakes are the articles of a batch by their keys, in the order of the source. See
// apart.go for how those with one key are told apart.
type namesakes map[Key][]*item

// add enters an article under a key of its own: its link, where those before it have
// another one; else it is to be told apart by what it says. It reports whether it did: an
// article that is there already is not entered twice, nor one that may lack a part.
func (n namesakes) add(in *item) bool {
	for {
		key := Key{in.given, in.article.Language}
		others := n[key]
		if len(others) == 0 {
			n[key] = []*item{in}
			return true
		}
		if in.article.Link == "" || slices.ContainsFunc(others, func(o *item) bool { return o.link == in.link }) {
			return n.tellApart(key, in)
		}
		for _, in := range []*item{others[0], in} {
			in.sharedKey = max(in.sharedKey, otherLinks)
		}
		if in.given = in.link; in.given == "" || in.given == key.Key {
			in.given = in.article.Link // a front page
		}
	}
}

// tellApart enters an article under a key that others have with the same link, unless it is
// one of them or may lack a part. It reports whether it did.
func (n namesakes) tellApart(key Key, in *item) bool {
	for _, o := range n[key] {
		if in.repeats(o) {
			if in.article.Updated.After(o.article.Updated) {
				in.sharedKey = o.sharedKey
				*o = *in
			}
			o.repeated = true
			return false
		}
	}
	if in.cutOff {
		return false
	}
	n[key] = append(n[key], in)
	for _, o := range n[key] {
		o.sharedKey = sameLinks
	}
	return true
}

// repeats reports whether an article with the same key is the same one once more.
func (in *item) repeats(o *item) bool {
	a, b := &in.article, &o.article
	if in.folded() != o.folded() {
		return false
	}
	updated := a.GUID != "" && a.Published.Equal(b.Published) && in.dated() &&
		!a.Updated.IsZero() && !b.Updated.IsZero() && !a.Updated.Equal(b.Updated)
	return updated || in.text() == o.text()
}

// settle notes which of the articles that are told apart have title and date, or date
// and text, for themselves, and returns how many are told apart.
func (n namesakes) settle() (apart int) {
	for _, all := range n {
		all = slices.DeleteFunc(slices.Clone(all), func(in *item) bool { return in.sharedKey != sameLinks })
		apart += len(all)
		count := map[trait]int{}
		for _, in := range all {
			count[in.titleTrait()]++
			count[in.textTrait()]++
		}
		for _, in := range all {
			in.titled, in.worded = count[in.titleTrait()] == 1, count[in.textTrait()] == 1
		}
	}
	return apart
}

// trait is something by which articles of one key are told apart.
type trait struct {
	what      string
	published int64
}

func (in *item) titleTrait() trait { return trait{"title " + in.folded(), in.published()} }
func (in *item) textTrait() trait  { return trait{"text " + in.text(), in.published()} }

// folded is the title as it is compared.
func (in *item) folded() string {
	if in.foldedTitle == "" {
		in.foldedTitle = strings.ToLower(strings.Join(strings.Fields(in.article.Title), " "))
	}
	return in.foldedTitle
}

// text is a digest of what the article says below its title.
func (in *item) text() string {
	if in.textHash == "" {
		a := in.article
		a.Title, a.Link = "", ""
		in.textHash = contentHash(&a)
	}
	return in.textHash
}
