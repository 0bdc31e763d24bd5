package normalize

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
)

// foundOneByOne is what lexicon.found must return: it looks for each word in turn.
func foundOneByOne(text string, words []keyword) (hits []keyword) {
	for _, k := range words {
		if i := index(text, k); i >= 0 {
			hits = append(hits, k)
			for ; i >= 0; i = index(text, k) {
				text = text[:i] + blank + text[i+len(k.word):]
			}
		}
	}
	return hits
}

// lexiconOf returns the words of a language that has one category for each, in the
// order that addKeywords gives them.
func lexiconOf(words ...string) *lexicon {
	m := &Mapper{labels: map[string]string{}, keywords: map[string]*lexicon{}}
	said := map[string][]string{}
	var categories []feeds.Category
	for i, word := range words {
		c := feeds.Category{Term: fmt.Sprint("c", i)}
		if key := fold(word); key != "" && m.labels[key] == "" {
			m.labels[key] = c.Term
			said["category."+c.Term] = []string{word}
			categories = append(categories, c)
		}
	}
	m.addKeywords("xx", said, categories)
	return m.keywords["xx"]
}

// vocabularies are words within words, beside words, and too short for the index.
var vocabularies = map[string][]string{
	"English":  {"Fire", "Bush Fire", "Fires", "Art", "Arts", "Arts and Culture", "Culture", "Eau", "IT", "x", "COVID-19", "Park", "Parks"},
	"Japanese": {"交通", "公共交通", "交通安全", "DX", "環境", "環境・緑化", "ごみ", "スポーツ", "消防", "IT企業"},
	"Thai":     {"ขยะ", "วัฒนธรรม", "น้ำ", "น้ำท่วม", "ท่วม", "เมือง"},
	"Russian":  {"ЧС", "Мэр", "Мэрия", "Вода", "Водоснабжение"},
	"Arabic":   {"صحة", "الصحة", "مياه", "الصحة العامة"},
	"Korean":   {"환경", "환경 보호", "보호", "홍수"},
}

func TestFoundAgreesWithALookForEachWord(t *testing.T) {
	between := []string{"", "", " ", " ", "  ", "s", "x", "・", "の", "-", "1", "т", "่", "\u0301", "ال", blank, "\xe4", "е", "、"}
	random := rand.New(rand.NewPCG(1, 2))
	for name, vocabulary := range vocabularies {
		t.Run(name, func(t *testing.T) {
			words := lexiconOf(vocabulary...)
			var parts []string
			for _, k := range words.words {
				parts = append(parts, k.word, k.word[:random.IntN(len(k.word))], k.word[random.IntN(len(k.word)):])
			}
			hits := 0
			for range 20_000 {
				var text strings.Builder
				for range random.IntN(12) {
					text.WriteString(parts[random.IntN(len(parts))] + between[random.IntN(len(between))])
				}
				got, want := words.found(text.String()), foundOneByOne(text.String(), words.words)
				if !slices.Equal(got, want) {
					t.Fatalf("in %q there are %v, want %v", text.String(), got, want)
				}
				hits += len(got)
			}
			if hits < 5_000 {
				t.Errorf("only %d words stood in the texts", hits)
			}
		})
	}
}

func FuzzFound(f *testing.F) {
	f.Add("fire|bush fire|fires", "the bush fires, a bush fire: fire")
	f.Add("交通|公共交通|it", "公共交通it交通")
	f.Add("ขยะ|น้ำ", "น้ำขยะ")
	f.Add("мэр|чс", "мэр: чс, мэрия")
	f.Add("\x00|交通", "a交通b\x00")
	f.Fuzz(func(t *testing.T, vocabulary, text string) {
		words := lexiconOf(strings.Split(vocabulary, "|")...)
		if words == nil {
			return
		}
		for _, text := range []string{text, fold(text)} {
			if got, want := words.found(text), foundOneByOne(text, words.words); !slices.Equal(got, want) {
				t.Errorf("in %q there are %v, want %v", text, got, want)
			}
		}
	})
}

// A summary that only repeats the title is no second text.
func TestATextThatIsBothTitleAndSummaryCountsOnce(t *testing.T) {
	m := NewMapper([]feeds.Category{{Term: "culture"}}, map[string][]string{"category.culture": {"Museums"}},
		map[string]map[string][]string{"en": {"category.culture": {"Museums"}}})
	for summary, want := range map[string]string{"": "culture", "Museums  OPEN": "culture", "They open.": "culture"} {
		if got := m.byKeywords(feeds.Article{Language: "en", Title: "Museums open", Summary: summary}); got != want {
			t.Errorf("with the summary %q it is placed in %q, want %q", summary, got, want)
		}
	}
}
