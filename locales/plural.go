package locales

import (
	"slices"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// pluralForms returns CLDR's plural forms that whole numbers take in a language,
// as go-i18n decides them: it is asked for each number which form it takes. Nil
// means that go-i18n has no rules for the language.
func pluralForms(tag string) []string {
	t := language.Make(tag)
	bundle := i18n.NewBundle(t)
	probe := &i18n.Message{ID: "form", Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: "other"}
	if bundle.AddMessages(t, probe) != nil {
		return nil
	}
	localizer := i18n.NewLocalizer(bundle, tag)
	forms := []string{"other"} // required of every message, also where only fractions take it
	for n := range 202 {
		forms = append(forms, pluralForm(localizer, n))
	}
	forms = append(forms, pluralForm(localizer, 1_000), pluralForm(localizer, 1_000_000))
	slices.Sort(forms)
	return slices.Compact(forms)
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
