package locales

import (
	"cmp"
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"github.com/kairan-news/kairan/feeds"
)

// pluralForms returns CLDR's plural forms that whole numbers take in a language,
// as go-i18n decides them: it is asked for each number which form it takes. Nil
// means that go-i18n has no rules for the language.
func pluralForms(tag string) []string {
	bundle, err := probe(tag)
	if err != nil {
		return nil
	}
	localizer := i18n.NewLocalizer(bundle, tag)
	forms := []string{"other"} // required of every message, also where only fractions take it
	for _, n := range probes() {
		forms = append(forms, pluralForm(localizer, n))
	}
	slices.Sort(forms)
	return slices.Compact(forms)
}

// cldrForms are all plural forms, in CLDR's order.
var cldrForms = []string{"zero", "one", "two", "few", "many", "other"}

// probes are numbers that take every form that whole numbers take in some language.
func probes() []int {
	numbers := make([]int, 202)
	for n := range numbers {
		numbers[n] = n
	}
	return append(numbers, 1_000, 1_000_000)
}

// leastNumber returns the least number that takes a plural form; false where no whole number
// does.
func leastNumber(tag, form string) (n int, ok bool) {
	bundle, err := probe(tag)
	if err != nil {
		return 0, false
	}
	localizer := i18n.NewLocalizer(bundle, tag)
	for _, n := range probes() {
		if pluralForm(localizer, n) == form {
			return n, true
		}
	}
	return 0, false
}

// probe returns a bundle whose one message tells which form a number takes; an error where
// go-i18n has no rules for the language.
func probe(tag string) (*i18n.Bundle, error) {
	t := language.Make(tag)
	bundle := i18n.NewBundle(t)
	message := &i18n.Message{ID: "form", Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: "other"}
	return bundle, bundle.AddMessages(t, message)
}

func pluralForm(localizer *i18n.Localizer, n int) string {
	form, err := localizer.Localize(&i18n.LocalizeConfig{MessageID: "form", PluralCount: n})
	if err != nil {
		return "other"
	}
	return form
}

// formsOf returns the texts of a message by plural form.
func formsOf(m *i18n.Message) map[string]string {
	texts := make(map[string]string)
	for form, text := range map[string]string{
		"zero": m.Zero, "one": m.One, "two": m.Two, "few": m.Few, "many": m.Many, "other": m.Other,
	} {
		if text != "" {
			texts[form] = text
		}
	}
	return texts
}

// wantedForms returns the plural forms that a message needs, of those of its language: all
// where it or its model has several.
func wantedForms(m, model *i18n.Message, forms []string) []string {
	if len(formsOf(m)) > 1 || model != nil && len(formsOf(model)) > 1 {
		return forms
	}
	return []string{"other"}
}

// lackingForms returns the plural forms that a message of a locale needs and has not.
func lackingForms(tag string, m *i18n.Message, wanted []string) (lacking []string) {
	texts := formsOf(m)
	for _, form := range wanted {
		if strings.TrimSpace(texts[form]) == "" && !(len(wanted) > 1 && dispensable(tag, form)) {
			lacking = append(lacking, form)
		}
	}
	return lacking
}

// dispensable reports whether a message may do without a plural form, since Weblate, which
// counts by an older CLDR, takes it out: one that only fractions take, such as the Russian
// "other", and "one" in Vietnamese, whose words don't change.
func dispensable(tag, form string) bool {
	_, some := leastNumber(tag, form)
	return !some || form == "one" && feeds.FitOf("vi", tag) != feeds.FitNone
}

// completed returns a message of numbers with a text for each of them: where a plural form is
// missing, that is "other".
func completed(m *i18n.Message) *i18n.Message {
	if m.Other == "" || len(formsOf(m)) == 1 && !slices.Contains(placeholders(m), "Count") {
		return m
	}
	whole := *m
	for _, text := range []*string{&whole.Zero, &whole.One, &whole.Two, &whole.Few, &whole.Many} {
		*text = cmp.Or(*text, m.Other)
	}
	return &whole
}

// placeholders returns the names that are filled into any form of a message.
func placeholders(m *i18n.Message) []string {
	var names []string
	for _, text := range formsOf(m) {
		cut, _ := parse(text)
		names = append(names, cut.names()...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}
