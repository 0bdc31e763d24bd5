package feeds

import (
	"slices"
	"strings"
	"testing"
)

func TestFitOf(t *testing.T) {
	for _, test := range []struct {
		reader, text string
		want         Fit
		remark       string
	}{
		{"en", "en", FitExact, "the same"},
		{"en", "en-GB", FitSpecific, "an English of a region is English"},
		{"en-GB", "en", FitGeneral, "looked up: en-GB, en"},
		{"en-GB", "en-US", FitSibling, "another region's is still understood"},
		{"pt-BR", "pt", FitGeneral, "looked up: pt-BR, pt"},
		{"pt-BR", "pt-PT", FitSibling, "after pt"},
		{"pt", "pt-BR", FitSpecific, "filtered"},
		{"es-419", "es-MX", FitSibling, "regions are not taken to lie in one another"},
		{"nb", "no", FitExact, "Norwegian alone is Bokmål"},
		{"no", "nb", FitExact, "and the other way round"},
		{"nb", "nn", FitNone, "Nynorsk is written otherwise"},
		{"no", "nn", FitNone, "likewise"},
		{"ja", "ja-simple", FitVariant, "a simpler version, which yields"},
		{"ja-simple", "ja", FitOrdinary, "looked up: ja-simple, ja"},
		{"ja-simple", "ja-simple", FitExact, "the same"},
		{"ja", "ja-JP", FitSpecific, "the usual region"},
		{"de", "de-1901", FitVariant, "the old spelling"},
		{"zh-Hant", "zh-HK", FitSpecific, "Hong Kong writes traditional characters"},
		{"zh-Hant", "zh-Hant-TW", FitSpecific, "the script that is meant anyhow"},
		{"zh-HK", "zh-Hant", FitGeneral, "looked up by the script"},
		{"zh-HK", "zh-TW", FitSibling, "one script, two regions"},
		{"zh-Hans", "zh", FitExact, "Chinese alone is simplified"},
		{"zh-Hans", "zh-SG", FitSpecific, "Singapore writes simplified characters"},
		{"zh-Hans", "zh-Hant", FitNone, "another script"},
		{"zh-Hans", "zh-TW", FitNone, "another script"},
		{"zh-Hant", "yue", FitNone, "another language, although it is read"},
		{"sr", "sr-Latn", FitNone, "never across scripts"},
		{"sr-Latn", "sr-Latn-RS", FitSpecific, "one script"},
		{"sr", "sr-ME", FitNone, "Montenegro writes Latin letters"},
		{"uz", "uz-Cyrl", FitNone, "never across scripts"},
		{"az", "az-AZ", FitSpecific, "one script"},
		{"pa-PK", "pa", FitNone, "Shahmukhi is no Gurmukhi"},
		{"en", "und", FitNone, "what nothing told fits nobody"},
		{"und", "en", FitNone, "likewise"},
		{"en", "", FitNone, "no tag"},
		{"en", "eno", FitNone, "a longer name is another language"},
		{"fr", "frp", FitNone, "likewise"},
		{"fr-CA", "fr-CA", FitExact, "the same"},
		{"fr-CA", "fr-FR", FitSibling, "another region's"},
		{"id", "ms", FitNone, "near is not the same"},
		{"uk", "ru", FitNone, "near is not the same"},
		{"en", "en_GB!", FitNone, "what is no tag"},
	} {
		if got := FitOf(test.reader, test.text); got != test.want {
			t.Errorf("FitOf(%q, %q) = %d, want %d: %s", test.reader, test.text, got, test.want, test.remark)
		}
	}
}

// Each chain puts these languages into this order, and accepts no other of them.
func TestRank(t *testing.T) {
	const all = "ar en en-AU en-GB ja ja-simple ko nb no pt pt-BR pt-PT sr sr-Latn und zh-HK zh-Hans zh-Hant zh-TW"
	for _, test := range []struct{ chain, want string }{
		{"en", "en en-AU en-GB"},
		{"en-GB", "en-GB en en-AU"},
		{"ja en", "ja ja-simple en en-AU en-GB"},
		{"ja-simple en", "ja-simple ja en en-AU en-GB"},
		{"pt-BR en-GB", "pt-BR pt pt-PT en-GB en en-AU"},
		{"pt-BR pt-PT pt", "pt-BR pt-PT pt"},
		{"pt-BR pt-PT", "pt-BR pt pt-PT"},
		{"zh-Hans zh-Hant en", "zh-Hans zh-Hant zh-HK zh-TW en en-AU en-GB"},
		{"zh-HK zh-Hans", "zh-HK zh-Hant zh-TW zh-Hans"},
		{"no", "nb no"},
		{"sr-Latn", "sr-Latn"},
		{"ko *", "ko ar en en-AU en-GB ja nb no pt pt-BR pt-PT sr sr-Latn und zh-HK zh-Hans zh-Hant zh-TW ja-simple"},
		{"", ""},
	} {
		chain := Chain(strings.Fields(test.chain))
		got := slices.DeleteFunc(strings.Fields(all), func(tag string) bool { return !chain.Accepts(tag) })
		slices.SortStableFunc(got, func(a, b string) int {
			rankA, _ := chain.Rank(a)
			rankB, _ := chain.Rank(b)
			return rankA - rankB
		})
		if got := strings.Join(got, " "); got != test.want {
			t.Errorf("%q accepts %q, want %q", test.chain, got, test.want)
		}
	}
}

func TestBest(t *testing.T) {
	for _, test := range []struct{ chain, tags, want string }{
		{"pt-BR en *", "ko en pt-PT", "pt-PT"},
		{"pt-BR en *", "ko fr", "ko"},
		{"pt-BR en", "ko fr", ""},
		{"ja", "ja-simple ja", "ja"},
	} {
		if got := Chain(strings.Fields(test.chain)).Best(strings.Fields(test.tags)); got != test.want {
			t.Errorf("the best of %q for %q is %q, want %q", test.tags, test.chain, got, test.want)
		}
	}
}

// The language of the article is no worse than its place among those that are named.
func TestBestFirst(t *testing.T) {
	for _, test := range []struct{ chain, further, versions, want string }{
		{"ja-simple en *", "ja", "en ja fr", "ja en fr"},
		{"pt-BR en *", "pt", "en pt", "pt en"},
		{"nl en *", "ja", "fr ja en", "en ja fr"},
		{"nl en", "ja", "fr ja en", "en ja"},
		{"nl *", "fr", "ja-simple ja fr", "fr ja ja-simple"},
	} {
		var versions []Article
		for tag := range strings.FieldsSeq(test.versions) {
			versions = append(versions, Article{Language: tag})
		}
		var got []string
		for _, a := range Chain(strings.Fields(test.chain)).BestFirst(versions, test.further) {
			got = append(got, a.Language)
		}
		if got := strings.Join(got, " "); got != test.want {
			t.Errorf("%q with %q puts %q into the order %q, want %q", test.chain, test.further, test.versions, got, test.want)
		}
	}
}

func TestHome(t *testing.T) {
	s := &Site{Locales: []Locale{{Tag: "en"}, {Tag: "pt-BR"}, {Tag: "ja"}, {Tag: "ja-simple"}, {Tag: "zh-Hant"}}}
	for tag, want := range map[string]string{
		"en": "en", "en-GB": "en", "pt": "pt-BR", "pt-PT": "pt-BR", "ja": "ja", "ja-simple": "ja-simple", "zh-HK": "zh-Hant", "zh-Hans": "", "ko": "", "und": "",
	} {
		if got, ok := s.Home(tag); got != want || ok != (want != "") {
			t.Errorf("%q is at home in %q, %v; want %q", tag, got, ok, want)
		}
	}
}

func BenchmarkRank(b *testing.B) {
	chain := Chain{"ja", "en", AnyLanguage}
	for b.Loop() {
		for _, tag := range []string{"ja", "en", "en-GB", "ko", "zh-Hant"} {
			chain.Rank(tag)
		}
	}
}
