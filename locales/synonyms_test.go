package locales

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

func TestNoWordStandsForTwoCategories(t *testing.T) {
	meaning := make(map[string]string)
	for id, words := range mustLoad(t).Labels("category.") {
		for _, word := range words {
			key := strings.ToLower(word)
			if other := meaning[key]; other != "" && other != id {
				t.Errorf("%q stands for %s and for %s", word, other, id)
			}
			meaning[key] = id
		}
	}
}

// The loader lets a label win over a synonym in silence: in our own files a
// synonym that is another category's label is a mistake.
func TestNoSynonymIsALabelOfAnotherCategory(t *testing.T) {
	labels := make(map[string]string)
	all := bundleMessages(t)
	for _, messages := range all {
		for id, m := range messages {
			if strings.HasPrefix(id, "category.") {
				labels[compared(m.Other)] = id
			}
		}
	}
	for tag, categories := range readSynonyms(t) {
		for category, words := range categories {
			for _, word := range words {
				if id := labels[compared(strings.TrimPrefix(word, nameMark))]; id != "" && id != "category."+category {
					t.Errorf("%s: %q of %s is the label of %s", tag, word, category, id)
				}
			}
		}
	}
}

// A bundle needs no words; who adds some adds them for all categories.
func TestLocalesHaveWordsForEveryCategory(t *testing.T) {
	read := readSynonyms(t)
	if len(read) < 13 {
		t.Errorf("%d locales have words", len(read))
	}
	categories := slices.Sorted(maps.Keys(read[reference]))
	tags := mustLoad(t).Tags()
	for tag, words := range read {
		if got := slices.Sorted(maps.Keys(words)); !slices.Equal(got, categories) || !slices.Contains(tags, tag) {
			t.Errorf("%s has words for %q, want %q and a bundle", tag, got, categories)
		}
	}
}

func readSynonyms(t *testing.T) map[string]map[string][]string {
	t.Helper()
	file, err := embedded.ReadFile("synonyms.toml")
	if err != nil {
		t.Fatal(err)
	}
	var read map[string]map[string][]string
	if err := toml.Unmarshal(file, &read); err != nil {
		t.Fatal(err)
	}
	return read
}

func TestALabelOfTheCityWinsOverASynonym(t *testing.T) {
	b, err := Load(folder("active.en.toml", `"category.climate" = "Climate"`))
	if err != nil {
		t.Fatal(err)
	}
	labels := b.Labels("category.")
	if slices.Contains(labels["category.environment"], "Climate") || !slices.Contains(labels["category.climate"], "Climate") {
		t.Error(`"Climate" still means the environment`)
	}
}

func TestASynonymOfTheCityWinsOverOurs(t *testing.T) {
	b, err := Load(folder("synonyms.toml", "[en]\nhealth = [\"climate\"]\n"))
	if err != nil {
		t.Fatal(err)
	}
	labels := b.Labels("category.")
	if slices.Contains(labels["category.environment"], "Climate") || !slices.Contains(labels["category.health"], "climate") {
		t.Error(`"climate" still means the environment`)
	}
}

func TestANameAloneIsNotLookedForInTitles(t *testing.T) {
	b := mustLoad(t)
	if names := b.Labels("category.")["category.urban-development"]; !slices.Contains(names, "Development") {
		t.Errorf("the category is called %q", names)
	}
	for tag, word := range map[string]string{"en": "Development", "ko": "생활"} { // a synonym and a label
		for id, words := range b.Keywords(tag) {
			if slices.Contains(words, word) || slices.Contains(words, nameMark+word) {
				t.Errorf("%s: %q of %s is looked for", tag, word, id)
			}
		}
	}
}

func TestAStemIsNoName(t *testing.T) {
	b := mustLoad(t)
	if words := b.Keywords("ru")["category.disaster-prevention"]; !slices.Contains(words, "наводнени*") {
		t.Errorf("looked for are %q", words)
	}
	for id, names := range b.Labels("category.") {
		for _, name := range names {
			if strings.ContainsAny(name, nameMark+stemMark) {
				t.Errorf("%s is called %q", id, name)
			}
		}
	}
}

func TestACityMayHaveItsWordsLookedFor(t *testing.T) {
	b, err := Load(folder("synonyms.toml", "[en]\nurban-development = [\"Development\"]\nhealth = [\"=Clinic\", \"polio*\"]\n"))
	if err != nil {
		t.Fatal(err)
	}
	words := b.Keywords("en")
	if !slices.Contains(words["category.urban-development"], "Development") || !slices.Contains(words["category.health"], "polio*") || slices.Contains(words["category.health"], "Clinic") {
		t.Errorf("looked for are %q", words)
	}
	if _, err := Load(folder("synonyms.toml", "[en]\nhealth = [\"*\"]\n")); err == nil {
		t.Error("a star alone is a word")
	}
}
