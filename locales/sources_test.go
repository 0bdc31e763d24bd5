package locales

import (
	"os"
	"strings"
	"testing"

	"github.com/nicksnyder/go-i18n/v2/i18n"
)

// Who changes an English message has it noted which translations were made from the one of
// before. Those who translate need not.
func TestSourcesAreKnown(t *testing.T) {
	data, err := os.ReadFile(sourcesFile)
	if err != nil && !*update {
		t.Fatal(err)
	}
	made, err := parseSources(data)
	if err != nil {
		t.Fatal(err)
	}
	l := newLoader()
	l.folder(os.DirFS("."))
	now := made.renewed(l.messages)
	if *update {
		if err := os.WriteFile(sourcesFile, []byte(now.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	for id, digest := range now[reference] {
		if made[reference][id] != digest {
			t.Errorf("%q is new or has another text in English: run \"go generate ./locales\"", id)
		}
	}
	for tag, ids := range made {
		for id := range ids {
			if l.messages[reference][id] == nil {
				t.Errorf("%s has %q, which is no message any more: run \"go generate ./locales\"", tag, id)
			}
		}
	}
}

func TestATranslationIsStaleUntilItIsMadeAnew(t *testing.T) {
	said := func(english, french string) map[string]map[string]*i18n.Message {
		return map[string]map[string]*i18n.Message{
			"en": {"page.home": {ID: "page.home", Other: english}},
			"fr": {"page.home": {ID: "page.home", Other: french}, "language.mul": {ID: "language.mul", Other: "plusieurs langues"}},
		}
	}
	var made sources
	for _, step := range []struct {
		english, french string
		noted           bool // by "go generate"
		stale           bool
		remark          string
	}{
		{"Home", "Accueil", false, false, "nothing is noted of it"},
		{"Home", "Accueil", true, false, "it is new"},
		{"Start", "Accueil", false, true, "the English is another"},
		{"Start", "Accueil", true, true, "to note that does not make it good"},
		{"Front Page", "Accueil", true, true, "nor does a third English"},
		{"Front Page", "À la une", false, false, "it was made anew"},
		{"Front Page", "À la une", true, false, ""},
		{"Home", "À la une", false, true, "and the English changed again"},
		{"Front Page", "À la une", false, false, "and back"},
	} {
		all := said(step.english, step.french)
		if step.noted {
			made = made.renewed(all)
		}
		if got := made.stale("fr", all["fr"]["page.home"], all["en"]["page.home"]); got != step.stale {
			t.Errorf("%s, %s: stale is %t (%s)", step.english, step.french, got, step.remark)
		}
	}
	again, err := parseSources([]byte(made.String()))
	if err != nil || again.String() != made.String() || strings.Contains(made.String(), "language.mul") {
		t.Errorf("%v\n%s", err, made)
	}
}
