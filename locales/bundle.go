package locales

import (
	"cmp"
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"

	"github.com/kairan-news/kairan/feeds"
)

// reference is the locale whose bundle says which messages there are, and the
// end of every chain.
const reference = "en"

// Bundle holds the messages of every locale. It never changes after [Load], and
// may be used by many goroutines at once.
type Bundle struct {
	tags     []string // in their order: English first
	locales  map[string]*locale
	synonyms map[string][]string                 // by the id of the category's message
	said     map[string]map[string][]string      // the same as they were given, by locale
	quiet    map[string]map[string]bool          // those that are names alone, by locale, as they are compared
	texts    map[string]map[string]*i18n.Message // by locale and id
	notes    map[string]string                   // by id
	digest   string

	glossaries map[string]*Glossary // by the publisher's key
}

// Digest tells bundles apart that say anything in other words: it is a function of
// the files that they were read from.
func (b *Bundle) Digest() string { return b.digest }

// Tags returns the locales that have a bundle, in canonical spelling: English, and then all
// others by their tags.
func (b *Bundle) Tags() []string { return slices.Clone(b.tags) }

// Localizer returns what speaks for the locale chain[0]. Each message is looked
// for along the chain, and in English at last: for each tag in its own bundle, and then
// in those of the same language, so that what "ja-simple" lacks is said in "ja" and not in
// English. Tags that have no bundle are passed over, since a chain may hold languages that
// a reader accepts in articles alone. It is cheap: make one wherever one is needed.
func (b *Bundle) Localizer(chain ...string) *Localizer {
	l := &Localizer{tag: reference, chain: make([]*locale, 0, len(chain)+1)}
	if len(chain) > 0 {
		l.tag = chain[0]
	}
	for _, tag := range chain {
		if own := b.locales[tag]; own != nil {
			l.add(own)
			for _, next := range own.serving {
				l.add(next)
			}
		}
	}
	l.add(b.locales[reference])
	return l
}

func (l *Localizer) add(next *locale) {
	if next != nil && !slices.Contains(l.chain, next) {
		l.chain = append(l.chain, next)
	}
}

// serving returns the other locales of the language of a tag, in the same script, those that
// serve its readers best first.
func (b *Bundle) serving(tag string) (others []*locale) {
	for _, other := range b.tags {
		if other != tag && feeds.FitOf(tag, other) != feeds.FitNone {
			others = append(others, b.locales[other])
		}
	}
	slices.SortStableFunc(others, func(a, b *locale) int {
		return cmp.Compare(feeds.FitOf(tag, a.tag), feeds.FitOf(tag, b.tag))
	})
	return others
}

// Keywords returns the words that tell of the categories in texts of a locale, by the id of
// their messages: its own label and its own synonyms, but for those that are names alone
// ("=Development"). A word may have a star where it goes on ("наводнени*"). It is nil for a
// locale that has no bundle.
func (b *Bundle) Keywords(tag string) map[string][]string {
	own := b.locales[tag]
	if own == nil {
		return nil
	}
	words := make(map[string][]string)
	for id, m := range own.messages {
		if strings.HasPrefix(id, "category.") && m.fixed != "" {
			words[id] = slices.DeleteFunc(append([]string{WithoutReadings(m.fixed)}, b.said[tag][id]...), func(word string) bool { return b.quiet[tag][compared(word)] })
		}
	}
	return words
}

// Labels returns the messages whose id begins with prefix: the id and the texts
// of all locales, each text once, with its readings and without. To those of categories the words are added by
// which publishers call them otherwise. Messages that have something filled in
// are left out.
func (b *Bundle) Labels(prefix string) map[string][]string {
	labels := make(map[string][]string)
	for _, tag := range b.tags {
		for id, m := range b.locales[tag].messages {
			if !strings.HasPrefix(id, prefix) || m.fixed == "" {
				continue
			}
			for _, text := range []string{m.fixed, WithoutReadings(m.fixed)} {
				if !slices.Contains(labels[id], text) {
					labels[id] = append(labels[id], text)
				}
			}
		}
	}
	for id, words := range b.synonyms {
		if !strings.HasPrefix(id, prefix) {
			continue
		}
		for _, word := range words {
			if !slices.Contains(labels[id], word) {
				labels[id] = append(labels[id], word)
			}
		}
	}
	return labels
}
