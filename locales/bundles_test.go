package locales

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// bundleMessages returns the embedded messages by locale and id.
func bundleMessages(t *testing.T) map[string]map[string]*i18n.Message {
	t.Helper()
	return readEmbedded(t).messages
}

// readEmbedded reads the embedded bundles.
func readEmbedded(t *testing.T) *loader {
	t.Helper()
	l := newLoader()
	l.folder(embedded)
	if len(l.faults) > 0 {
		t.Fatal(l.faults)
	}
	return l
}

// A program that starts does not judge them again.
func TestTheEmbeddedBundlesHaveNoFault(t *testing.T) {
	l := readEmbedded(t)
	l.known = l.messages[reference]
	if l.check(); len(l.faults) > 0 {
		t.Error(l.faults)
	}
	l.read = append(l.read, readMessage{Message: &i18n.Message{ID: "page.hoem", Other: "Home"}, tag: "en"})
	if l.check(); len(l.faults) != 1 {
		t.Errorf("a message that does not exist makes %d faults", len(l.faults))
	}
	for _, tag := range l.tags {
		localizer := localizer(language.MustParse(tag), l.messages[tag])
		if _, err := localizer.Localize(&i18n.LocalizeConfig{MessageID: "page.home"}); err != nil {
			t.Errorf("%s: %v", tag, err)
		}
	}
}

func mustLoad(t testing.TB) *Bundle {
	t.Helper()
	b, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// ownNames are messages that only the locales that need them have.
func ownNames(id string) bool { return strings.HasPrefix(id, "language.") }

func TestLocalesAreFoundByTheirFiles(t *testing.T) {
	files, err := filepath.Glob("active.*.toml")
	if err != nil {
		t.Fatal(err)
	}
	tags := mustLoad(t).Tags()
	if len(tags) < 13 || len(tags) != len(files) {
		t.Errorf("there are %d files, and the locales %q", len(files), tags)
	}
	if tags[0] != reference || !slices.IsSorted(tags[1:]) {
		t.Errorf("the locales are in the order %q, want English and then the others by their tags", tags)
	}
}

func TestEveryBundleHasTheSameMessages(t *testing.T) {
	all := bundleMessages(t)
	for tag, messages := range all {
		for id := range all[reference] {
			if messages[id] == nil && !ownNames(id) {
				t.Errorf("%s lacks %q", tag, id)
			}
		}
		for id := range messages {
			if all[reference][id] == nil { // "goi18n merge" would drop it, and Weblate not show it
				t.Errorf("%s has %q, which English does not; \"go generate ./locales\" adds names of languages", tag, id)
			}
		}
	}
}

func TestTheMessagesThatOthersBuildOn(t *testing.T) {
	english := bundleMessages(t)[reference]
	ids := strings.Fields(`
		site.title site.tagline
		channel.all.title channel.all.description channel.category.title channel.category.description
		channel.publisher.title channel.publisher.description channel.everything.title channel.everything.description
		channel.only.name channel.only.title channel.only.description channel.link channel.ended.title channel.ended
		category.government category.international category.disaster-prevention category.environment
		category.urban-development category.infrastructure category.industry category.tourism category.culture
		category.health category.education category.sports category.living
		publisher.tokyo publisher.amsterdam publisher.bangkok publisher.beijing publisher.brussels publisher.hong-kong
		publisher.istanbul publisher.jakarta publisher.manila publisher.new-south-wales publisher.riyadh publisher.seoul
		publisher.taipei publisher.tomsk publisher.toronto publisher.sample-city
		entry.mark entry.language-note entry.attribution entry.attribution-licence entry.corrected entry.related
		page.home page.latest page.categories page.publishers page.languages page.languages-now page.subscribe page.feeds page.all-feeds
		page.all-news page.everything page.read-original page.published page.updated page.other-languages page.notices
		page.empty page.skip page.opml page.opml-all page.opml-topics page.opml-cities page.title page.about-feeds
		page.in-language page.urgent
		error.not-found.title error.not-found.text error.gone.title error.gone.text error.method.title error.method.text
		error.internal.title error.internal.text error.unavailable.title error.unavailable.text`)
	for _, id := range ids {
		if english[id] == nil {
			t.Errorf("there is no message %q", id)
		}
	}
}

// The forms are written down here beside what go-i18n says, so that a new version
// of its rules is noticed.
var pluralFormsByLocale = map[string]string{
	"en": "one other", "ja": "other", "zh-Hans": "other", "zh-Hant": "other", "ko": "other", "nl": "one other",
	"fr": "many one other", "th": "other", "tr": "one other", "id": "other", "fil": "one other",
	"ar": "few many one other two zero", "ru": "few many one other",
	"ja-simple": "other", "vi": "one other", "ne": "one other", "pt-BR": "many one other",
}

func TestPluralFormsAreThoseOfTheLanguage(t *testing.T) {
	all := bundleMessages(t)
	for tag, messages := range all {
		forms := pluralForms(tag)
		if got, want := strings.Join(forms, " "), pluralFormsByLocale[tag]; want != "" && got != want {
			t.Errorf("go-i18n gives %s the forms %q, want %q", tag, got, want)
		}
		for id, m := range messages {
			want := []string{"other"}
			if model := all[reference][id]; model != nil && model.One != "" {
				want = forms
			}
			if len(want) > 1 {
				want = slices.DeleteFunc(slices.Clone(want), func(form string) bool { return formsOf(m)[form] == "" && dispensable(tag, form) })
			}
			if got := slices.Sorted(maps.Keys(formsOf(m))); !slices.Equal(got, want) {
				t.Errorf("%s: %q has the plural forms %q, want %q", tag, id, got, want)
			}
		}
	}
}

// namesItself reports whether a message says "in Dutch": the English ones, which stand in
// for those that a bundle lacks, have a placeholder for the language, and a bundle of the
// language says it in its own grammar.
func namesItself(id string) bool {
	return slices.Contains([]string{"channel.all.description", "channel.category.description", "channel.publisher.description", "search.description"}, id)
}

func TestPlaceholdersAreThoseOfTheEnglishMessage(t *testing.T) {
	all := bundleMessages(t)
	for tag, messages := range all {
		for id, m := range messages {
			model := all[reference][id]
			if model == nil {
				continue
			}
			want := placeholders(model)
			if tag != reference && namesItself(id) {
				want = slices.DeleteFunc(want, func(name string) bool { return name == "Language" })
			}
			for form, text := range formsOf(m) {
				cut, err := parse(text)
				if err != nil {
					t.Errorf("%s: %q (%s): %v", tag, id, form, err)
				}
				got := cut.names()
				// "خبران" is "two notices": no number stands beside it.
				if slices.Contains([]string{"zero", "one", "two"}, form) && len(got) == 0 {
					continue
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s: %q (%s) fills in %q, want %q", tag, id, form, got, want)
				}
			}
		}
	}
}

// units are signs of the SI, which most languages write in Latin letters.
var units = strings.NewReplacer("}}KB", "}}", "}}MB", "}}", "}}GB", "}}", "\u00a0KB", "", "\u00a0MB", "", "\u00a0GB", "")

// sameAsEnglish are the messages that read as in English, with the reason.
var sameAsEnglish = map[string]string{
	"fr category.culture": "the French word",
	"fr page.urgent":      "the French word",
	"nl page.feeds":       "the Dutch word",
	"nl page.home":        "the word of Dutch sites",

	"id zone.Asia/Shanghai":  "the Indonesian name",
	"fil zone.Asia/Shanghai": "the Filipino name",
}

func TestNothingIsLeftInEnglish(t *testing.T) {
	all := bundleMessages(t)
	for tag, messages := range all {
		if tag == reference {
			continue
		}
		for id, m := range messages {
			model := all[reference][id]
			if model == nil || m.Other != model.Other || !hasWords(units.Replace(m.Other)) || ownNames(id) {
				continue
			}
			if _, known := pluralFormsByLocale[tag]; !known && !strings.Contains(m.Other, " ") {
				continue // one word may be that of a language that nobody here has looked at
			}
			if sameAsEnglish[tag+" "+id] == "" {
				t.Errorf("%s: %q is the same as in English: %q", tag, id, m.Other)
			}
		}
	}
}

// hasWords reports whether a message is more than what is filled in and marks.
func hasWords(text string) bool {
	return strings.ContainsFunc(placeholder.ReplaceAllString(text, ""), unicode.IsLetter)
}

func TestTextsAreCleanlySet(t *testing.T) {
	for tag, messages := range bundleMessages(t) {
		for id, m := range messages {
			for _, text := range formsOf(m) {
				if text != strings.TrimSpace(text) || strings.Contains(text, "  ") || strings.ContainsAny(text, "\n\t") {
					t.Errorf("%s: %q has spaces to spare: %q", tag, id, text)
				}
				if strings.ContainsAny(text, "\"'") {
					t.Errorf("%s: %q has typewriter quotes: %q", tag, id, text)
				}
				if strings.Contains(text, "...") {
					t.Errorf("%s: %q has three dots for …: %q", tag, id, text)
				}
			}
		}
	}
}

// Each mark that is wrong in a language, and what is right there.
var wrongMarks = []struct {
	tags  string
	wrong []string
	right string
}{
	{"ja ja-simple", []string{",", ":", ";", "?", "!", "[", "(", " {{.Language", "，"}, "full-width marks and 、"},
	{"zh-Hans zh-Hant", []string{",", ":", ";", "?", "!", "[", "(", "、、"}, "full-width marks"},
	{"zh-Hans", []string{"「", "」"}, "“ ”"},
	{"zh-Hant", []string{"“", "”"}, "「 」"},
	{"ar", []string{",", ";", "?", "“", "”"}, "، ؛ ؟ « »"},
	{"ru", []string{"“", "”", " – ", "еще", "все новое"}, "« » — ё"},
	{"fr", []string{" :", " ;", " ?", " !", "« ", " »", "“", "”"}, "no-break spaces (U+00A0, U+202F) and « »"},
	{"nl", []string{"“", "”"}, "‘ ’"},
}

func TestMarksAreThoseOfTheLanguage(t *testing.T) {
	all := bundleMessages(t)
	for _, rule := range wrongMarks {
		for tag := range strings.FieldsSeq(rule.tags) {
			for id, m := range all[tag] {
				for _, text := range formsOf(m) {
					for _, wrong := range rule.wrong {
						if strings.Contains(text, wrong) {
							t.Errorf("%s: %q has %q, want %s: %q", tag, id, wrong, rule.right, text)
						}
					}
				}
			}
		}
	}
}

func TestFrenchDoubleMarksHaveTheirSpaces(t *testing.T) {
	for id, m := range bundleMessages(t)["fr"] {
		for _, text := range formsOf(m) {
			runes := []rune(placeholder.ReplaceAllString(text, "x"))
			for i, r := range runes {
				switch {
				case r == ':' && (i == 0 || runes[i-1] != '\u00a0'),
					strings.ContainsRune(";!?", r) && (i == 0 || runes[i-1] != '\u202f'),
					r == '»' && (i == 0 || runes[i-1] != '\u00a0'),
					r == '«' && (i+1 == len(runes) || runes[i+1] != '\u00a0'):
					t.Errorf("%q lacks the space at %q: %q", id, r, text)
				}
			}
		}
	}
}

// The scripts that a bundle's own words may be in, beside Latin names.
func TestWordsAreInTheScriptOfTheLanguage(t *testing.T) {
	scripts := map[string][]*unicode.RangeTable{
		"ja": {unicode.Han, unicode.Hiragana, unicode.Katakana}, "ja-simple": {unicode.Han, unicode.Hiragana, unicode.Katakana},
		"zh-Hans": {unicode.Han}, "zh-Hant": {unicode.Han},
		"ko": {unicode.Hangul}, "ne": {unicode.Devanagari}, "th": {unicode.Thai}, "ar": {unicode.Arabic}, "ru": {unicode.Cyrillic},
	}
	// Names that stay Latin everywhere, Latin words of a keyboard, and units.
	latin := strings.NewReplacer("OPML", "", "Ctrl+F", "", "Command+F", "", "⌘F", "", "Mac", "")
	for tag, messages := range bundleMessages(t) {
		tables := scripts[tag]
		if script, _ := language.Make(tag).Script(); tables == nil && script.String() == "Latn" {
			tables = []*unicode.RangeTable{unicode.Latin}
		}
		if tables == nil {
			continue // a locale that was added
		}
		for id, m := range messages {
			for _, text := range formsOf(m) {
				for _, r := range latin.Replace(placeholder.ReplaceAllString(units.Replace(text), "")) {
					if unicode.IsLetter(r) && r != 'ー' && !unicode.In(r, tables...) {
						t.Errorf("%s: %q holds %q: %q", tag, id, r, text)
						break
					}
				}
			}
		}
	}
}

func TestSimplifiedAndTraditionalAreKeptApart(t *testing.T) {
	all := bundleMessages(t)
	for tag, foreign := range map[string]string{
		"zh-Hans": "東語聞體國際災環發開頁訂閱資來關為請點擊檔網錯誤務時暫無們與應個",
		"zh-Hant": "东语闻体国际灾环发开页订阅资来关为请点击档网错误务时暂无们与应个",
	} {
		for id, m := range all[tag] {
			for _, text := range formsOf(m) {
				if strings.ContainsAny(text, foreign) {
					t.Errorf("%s: %q holds characters of the other: %q", tag, id, text)
				}
			}
		}
	}
}
