package source

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/parse/page"
)

// leftPages is how long a page is kept whose entry has left the feed. An entry that comes
// back, as one does where a document was short for a day, still has its text.
const leftPages = 7 * 24 * time.Hour

// Pages are what is kept of the pages behind the entries of a feed. The zero value is of a
// feed of which nothing is kept; nil is of none.
type Pages struct {
	byKey map[string]*keptPage
}

// keptPage is what is kept of one page.
type keptPage struct {
	pageState
	text pageText

	before pageState // as it was stored
	stored bool
	fresh  bool // its text was read in this run
}

// pageState is what is kept of a page beside its text.
type pageState struct {
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
	FinalURL     string `json:"final_url,omitempty"`
	Digest       string `json:"digest,omitempty"`
	// By is a digest of the selector that the text was read by.
	By string `json:"by,omitempty"`
	// Taken is a digest of what the entry said when the text was asked for last, "" if there
	// is no text; Heard of what it said last.
	Taken string `json:"taken,omitempty"`
	Heard string `json:"heard,omitempty"`
	// Due is when the page is to be asked, zero if it is not; Tries is how often that failed.
	Due   time.Time `json:"due,omitzero"`
	Tries int       `json:"tries,omitempty"`
	// Left is when the entry was found to have left the feed; zero while it is there.
	Left time.Time `json:"left,omitzero"`
}

// pageText is what an article takes from its page.
type pageText struct {
	Content    string            `json:"content,omitempty"`
	Images     []feeds.Image     `json:"images,omitempty"`
	Alternates []feeds.Alternate `json:"alternates,omitempty"`
	Dropped    feeds.Dropped     `json:"dropped,omitempty"`
}

// ReadPages takes up the states that [Pages.Changes] gave, by their keys. What can't be read
// counts as nothing, and is learned anew.
func ReadPages(states map[string]string) *Pages {
	p := &Pages{byKey: make(map[string]*keptPage, len(states))}
	for key, state := range states {
		k := &keptPage{stored: true}
		if json.Unmarshal([]byte(state), &k.before) != nil {
			k.before = pageState{}
		}
		k.pageState = k.before
		p.byKey[key] = k
	}
	return p
}

// IsEmpty reports whether nothing is kept.
func (p *Pages) IsEmpty() bool { return len(p.byKey) == 0 }

// Waits reports whether the page behind a link is to be asked now.
func (p *Pages) Waits(link string, now time.Time) bool {
	k := p.byKey[keptKey(link)]
	return k != nil && !k.Due.IsZero() && !k.Due.After(now)
}

// Wanted returns the keys of the pages of these articles whose texts are kept and not here
// yet; they are to be handed in by Add.
func (p *Pages) Wanted(articles []feeds.Article) (keys []string) {
	for i := range articles {
		key := keptKey(articles[i].Link)
		if k := p.byKey[key]; k != nil && k.Taken != "" && !k.fresh && k.text.Content == "" {
			keys = append(keys, key)
		}
	}
	return keys
}

// Add takes up texts that [Pages.Changes] gave, by their keys.
func (p *Pages) Add(texts map[string]string) {
	for key, text := range texts {
		if k := p.byKey[key]; k != nil && json.Unmarshal([]byte(text), &k.text) != nil {
			k.text = pageText{}
		}
	}
}

// PageChange is what is to be kept of a page; its Text is "" where that has not changed.
type PageChange struct{ Key, State, Text string }

// Changes returns what is to be kept otherwise than before, and of which pages nothing is.
func (p *Pages) Changes() (put []PageChange, drop []string, err error) {
	for _, key := range slices.Sorted(maps.Keys(p.byKey)) {
		k := p.byKey[key]
		if k == nil {
			drop = append(drop, key)
			continue
		}
		if k.stored && k.pageState == k.before && !k.fresh {
			continue
		}
		change := PageChange{Key: key}
		for _, part := range []struct {
			to   *string
			from any
			is   bool
		}{{&change.State, k.pageState, true}, {&change.Text, k.text, k.fresh}} {
			if !part.is {
				continue
			}
			data, err := json.Marshal(part.from)
			if err != nil {
				return nil, nil, fmt.Errorf("keep a page: %w", err)
			}
			*part.to = string(data)
		}
		put = append(put, change)
	}
	return put, drop, nil
}

// DropAll has nothing kept any more.
func (p *Pages) DropAll() {
	for key := range p.byKey {
		p.byKey[key] = nil
	}
}

// keptKey is what a page is told from others by: its address, without a place in it.
func keptKey(link string) string {
	link, _, _ = strings.Cut(link, "#")
	return pageKey(link)
}

// meet returns what is kept of the page of an entry that says this now. It is to be asked if
// it is new, if its entry has changed, or if its text was read by another selector.
func (p *Pages) meet(key, said, by string, now time.Time) *keptPage {
	k := p.byKey[key]
	if k == nil {
		k = &keptPage{}
		p.byKey[key] = k
	}
	k.Left = time.Time{}
	if k.Heard != said || k.By != by {
		k.Due, k.Tries = now, 0
	}
	if k.By != by {
		k.ETag, k.LastModified, k.Digest = "", "", ""
	}
	k.Heard, k.By = said, by
	return k
}

// stillOf returns what is kept of a page whose text was taken for an entry that said this;
// nil where that is nothing.
func (p *Pages) stillOf(key, said string) *keptPage {
	if k := p.byKey[key]; k != nil && k.Taken == said {
		return k
	}
	return nil
}

// conditions are those on which a page is asked of which the text is kept.
func (k *keptPage) conditions() (r fetch.Request) {
	if k.Taken != "" {
		r.ETag, r.LastModified, r.ValidatorsFor, r.Digest = k.ETag, k.LastModified, k.FinalURL, k.Digest
	}
	return r
}

// settle notes that the page need not be asked again until its entry changes.
func (k *keptPage) settle() { k.Due, k.Tries = time.Time{}, 0 }

// take notes what a page answered: a text, or nil where that is what it was.
func (k *keptPage) take(got *fetch.Response, read *page.Article) {
	k.settle()
	k.ETag, k.LastModified, k.FinalURL, k.Digest = got.ETag, got.LastModified, got.URL, got.Digest
	if k.Taken = k.Heard; read != nil {
		k.text = pageText{read.Article.Content, read.Article.Images, read.Article.Alternates, read.Article.Dropped}
		k.fresh = true
	}
}

// origin returns whether another text than before is news: where the entry has changed since
// its text was taken from where it comes now, and not where that is found, or looked for, in
// the page for the first time.
func (k *keptPage) origin() feeds.TextOrigin {
	was, isChanged := k.before, k.stored && k.before.Heard != k.Heard
	switch {
	case was.Taken != "" && was.Taken != k.Heard, isChanged && k.Taken == "":
		return feeds.TextAsEver
	case k.Taken == "" && !k.Due.IsZero():
		return feeds.TextAwaited
	}
	return feeds.TextElsewhere
}

// leave notes which pages no entry of the feed leads to now, and forgets those that none has
// led to for long. These are the keys of those that one does.
func (p *Pages) leave(present map[string]bool, now time.Time) {
	for key, k := range p.byKey {
		switch {
		case k == nil:
		case present[key]:
			k.Left = time.Time{}
		case k.Left.IsZero():
			k.Left = now
		case now.Sub(k.Left) >= leftPages:
			p.byKey[key] = nil
		}
	}
}

// due returns when the next page is to be asked; zero if none is.
func (p *Pages) due() (next time.Time) {
	for _, k := range p.byKey {
		if k != nil && k.Left.IsZero() && !k.Due.IsZero() && (next.IsZero() || k.Due.Before(next)) {
			next = k.Due
		}
	}
	return next
}
