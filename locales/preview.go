package locales

import (
	"slices"
	"strings"
	"time"
)

// Preview is what the readers of a locale see of a message.
type Preview struct {
	Locale string
	// Speaker is the locale whose message it is: another one where this one has none, and ""
	// where none has one.
	Speaker string
	// Stale says that it was made from another English than that of today.
	Stale bool
	// Texts are the message in each of its plural forms, filled in with samples.
	Texts []PreviewText
}

// PreviewText is one form of a message.
type PreviewText struct {
	Form string // "other" of a message that has no plural forms
	// Number is the least number that takes the form; -1 where no whole number does, and then
	// nothing is filled into the text.
	Number int
	Text   string
}

// Preview shows a message to who speaks along a chain.
func (b *Bundle) Preview(id string, chain ...string) Preview {
	l := b.Localizer(chain...)
	p := Preview{Locale: chain[0], Speaker: l.speaker(id)}
	m := b.texts[p.Speaker][id]
	if m == nil {
		return p
	}
	english := b.texts[reference][id]
	p.Stale = english != nil && readSources().stale(p.Speaker, m, english)
	sample := b.sample(l)
	forms := wantedForms(m, english, pluralForms(p.Speaker))
	if len(forms) == 1 && !slices.Contains(placeholders(m), "Count") {
		p.Texts = []PreviewText{{Form: forms[0], Text: l.Text(id, sample)}}
		return p
	}
	texts := formsOf(m)
	for _, form := range cldrForms {
		number, some := leastNumber(p.Speaker, form)
		switch {
		case !slices.Contains(forms, form):
		case some:
			p.Texts = append(p.Texts, PreviewText{form, number, l.Count(id, number, sample)})
		default:
			p.Texts = append(p.Texts, PreviewText{form, -1, texts[form]})
		}
	}
	return p
}

// sample is what is filled into messages that are shown to translators: names that a reader
// of theirs could meet, in their own words where there are any.
func (b *Bundle) sample(l *Localizer) map[string]any {
	sample := map[string]any{}
	for _, messages := range b.texts {
		for _, m := range messages {
			for _, name := range placeholders(m) {
				sample[name] = strings.ToUpper(name) // what nobody thought of here is seen to be filled in
			}
		}
	}
	for name, value := range map[string]any{
		"Site":      l.Text("site.title", nil),
		"Category":  l.Text("category.culture", nil),
		"Channel":   l.Text("category.culture", nil),
		"Page":      l.Text("category.culture", nil),
		"Publisher": l.Text("publisher.amsterdam", nil),
		"Language":  l.Language("nl"),
		"Format":    "RSS",
		"License":   "CC BY 4.0",
		"Date":      time.Date(2026, time.April, 1, 15, 30, 0, 0, time.UTC),
		"Time":      "April 1, 2026 at 15:30",
	} {
		sample[name] = value
	}
	return sample
}
