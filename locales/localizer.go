package locales

import (
	"slices"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/locales/cldr"
)

// Localizer speaks for one locale. It may be used by many goroutines at once.
type Localizer struct {
	tag   string
	chain []*locale // not empty: English is its last
}

// In returns what speaks for the same locale with the years of its dates in these calendars:
// the first as the year, the others in brackets behind it. Without any, and where the
// locale has no bundle, it is the localizer itself. [feeds.CalendarsOf] are those that a locale has.
func (l *Localizer) In(calendars ...feeds.Calendar) *Localizer {
	if len(calendars) == 0 || l.chain[0].tag != l.tag {
		return l
	}
	own := *l.chain[0]
	own.style = sync.OnceValue(func() *style { return l.chain[0].style().in(calendars) })
	in := &Localizer{tag: l.tag, chain: slices.Clone(l.chain)}
	in.chain[0] = &own
	return in
}

// Dir returns the direction of the locale's script, "ltr" or "rtl", as HTML's dir.
func (l *Localizer) Dir() string {
	if l.chain[0].tag == l.tag {
		return l.chain[0].dir
	}
	return Direction(l.tag)
}

// Has reports whether the chain, or English, has the message.
func (l *Localizer) Has(id string) bool {
	for _, loc := range l.chain {
		if _, ok := loc.messages[id]; ok {
			return true
		}
	}
	return false
}

// Text returns the message with data filled in. It is plain text: who writes
// HTML escapes it.
//
// An int, a float64, a time.Time or a [LanguageTag] among the data is written as the language
// of the message writes numbers, those of one decimal place at most, and long dates, and
// names languages. Values that hold letters of another direction are
// isolated.
//
// Text never fails. A message that is missing, or that wants data that was not
// given, is looked for further down the chain; where even English has none, the
// id is returned, so that the fault is seen.
func (l *Localizer) Text(id string, data map[string]any) string {
	for _, loc := range l.chain {
		m, ok := loc.messages[id]
		if !ok {
			continue
		}
		if m.fixed != "" {
			return m.fixed
		}
		if text, err := loc.localize(id, nil, data); err == nil {
			return text
		}
	}
	return id
}

// Count returns the message in the plural form for n, with data and n as .Count
// filled in. It is otherwise like [Localizer.Text].
func (l *Localizer) Count(id string, n int, data map[string]any) string {
	for _, loc := range l.chain {
		if _, ok := loc.messages[id]; !ok {
			continue
		}
		if text, err := loc.localize(id, &n, data); err == nil {
			return text
		}
	}
	return id
}

// locale is a bundle's messages in one language.
type locale struct {
	tag      string
	dir      string
	messages map[string]message
	// serving are the other locales of the same language, the best first.
	serving []*locale
	// i18n returns what localizes messages of this language alone, so that nothing is
	// mixed. It is made when it is first asked for: most programs speak to nobody, or in
	// few languages.
	i18n func() *i18n.Localizer
	// style and names are CLDR's, read when they are first asked for. The style of a language
	// that CLDR doesn't have is ISO 8601; its names are nil.
	style func() *style
	names func() *cldr.Names
}

// message is what is known of a message beside what go-i18n holds.
type message struct {
	fixed string // the text, where nothing is filled in and there is no plural
}

// localize returns the message of this very locale. count is nil for a message
// that is not a plural.
func (l *locale) localize(id string, count *int, data map[string]any) (string, error) {
	in := values{data: data, locale: l}
	config := i18n.LocalizeConfig{MessageID: id, TemplateData: &in, TemplateParser: parser{}}
	if count != nil {
		config.PluralCount = *count
		in.count = l.style().number(*count)
	}
	return l.i18n().Localize(&config)
}
