package locales

import (
	"maps"
	"slices"
	"strings"
)

// Missing are the messages that a locale lacks.
type Missing struct {
	// Of is how many messages there are, and Has how many of them the locale has.
	Of, Has int
	// By are those that it has not, by the locale that speaks for them.
	By map[string][]string
}

// Missing returns what the locale chain[0] lacks for readers who are spoken to along a chain.
// Of the messages of the English bundle those count that are wanted; nil wants all.
func (b *Bundle) Missing(wanted func(id string) bool, chain ...string) Missing {
	m := Missing{By: map[string][]string{}}
	l := b.Localizer(chain...)
	for _, id := range slices.Sorted(maps.Keys(b.texts[reference])) {
		if isOwnName(id) || wanted != nil && !wanted(id) {
			continue
		}
		m.Of++
		if b.texts[chain[0]][id] != nil {
			m.Has++
			continue
		}
		m.By[l.speaker(id)] = append(m.By[l.speaker(id)], id)
	}
	return m
}

// Wholeness says how whole a locale is.
type Wholeness struct {
	Tag string
	Missing
	// Stale are those that were made from another English than that of today.
	Stale []string
	// Forms are the plural forms of the language, nil where it has no rules for them. Lacking
	// are those that a message has not.
	Forms   []string
	Lacking map[string][]string
}

// Wholeness returns how whole the locale chain[0] is; see [Bundle.Missing].
func (b *Bundle) Wholeness(wanted func(id string) bool, chain ...string) Wholeness {
	tag := chain[0]
	w := Wholeness{Tag: tag, Missing: b.Missing(wanted, chain...), Forms: pluralForms(tag), Lacking: map[string][]string{}}
	made := readSources()
	for _, id := range slices.Sorted(maps.Keys(b.texts[tag])) {
		own, english := b.texts[tag][id], b.texts[reference][id]
		if english == nil || isOwnName(id) || wanted != nil && !wanted(id) {
			continue
		}
		if made.stale(tag, own, english) {
			w.Stale = append(w.Stale, id)
		}
		if lacking := lackingForms(tag, own, wantedForms(own, english, w.Forms)); len(lacking) > 0 {
			w.Lacking[id] = lacking
		}
	}
	return w
}

// isOwnName reports whether a message names a language, which a bundle does where CLDR's names
// do not fit it.
func isOwnName(id string) bool { return strings.HasPrefix(id, "language.") }

// speaker returns the locale whose message is shown; "" if there is none.
func (l *Localizer) speaker(id string) string {
	for _, loc := range l.chain {
		if _, ok := loc.messages[id]; ok {
			return loc.tag
		}
	}
	return ""
}

// Note returns what a translator is to know of a message; "" for one that explains itself.
func (b *Bundle) Note(id string) string { return b.notes[id] }

// IDs returns the messages that there are: those of the English bundle, and what others have
// beside them, such as the names of languages.
func (b *Bundle) IDs() []string {
	all := map[string]bool{}
	for _, messages := range b.texts {
		for id := range messages {
			all[id] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}
