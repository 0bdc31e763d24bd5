package cldr

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

func TestTheDataIsSmall(t *testing.T) {
	if len(archive) > 1_000_000 {
		t.Errorf("the data has %d bytes, want a megabyte at most", len(archive))
	}
	if n := len(files()); n < 700 {
		t.Errorf("there are %d entries", n)
	}
}

// Every locale has all that a bundle needs, in patterns that can be written.
func TestEveryLocaleIsWhole(t *testing.T) {
	count := 0
	for name := range files() {
		tag, ok := strings.CutSuffix(name, ".json")
		if !ok || strings.Contains(tag, ".") || tag == "keys" || tag == "endonyms" {
			continue
		}
		count++
		parsed, err := language.Parse(tag)
		if err != nil {
			t.Errorf("%s: %v", tag, err)
			continue
		}
		f, n := FormatsOf(parsed), NamesOf(parsed)
		if f == nil || n == nil {
			t.Errorf("%s is not found by its tag", tag)
			continue
		}
		for what, wrong := range map[string]bool{
			"digits": len([]rune(f.Digits)) != 10, "months": len(f.Months) != 12 || slices.Contains(f.Months, ""),
			"days":   len(f.Days) != 7 || slices.Contains(f.Days, ""),
			"dates":  f.DateShort == "" || f.DateLong == "" || f.DateFull == "" || f.Time == "" || f.Time24 == "",
			"joints": !strings.Contains(f.AtTime, "{0}") || !strings.Contains(f.AtTime, "{1}") || len(f.List) != 4 || len(f.Quotes) != 2,
			"groups": f.LeastGrouped < 1, "variant": !strings.Contains(n.Of, "{1}"), "zone": !strings.Contains(n.zone, "{0}"),
			"halves":       len(f.Periods) == 0 && strings.ContainsAny(quoteless(f.Time), "aB"),
			"short months": len(f.MonthsShort) == 0 && strings.Contains(strings.ReplaceAll(f.DateShort+f.DateFull, "MMMM", ""), "MMM"),
			"short days":   len(f.DaysShort) == 0 && strings.Contains(strings.ReplaceAll(quoteless(f.DateFull), "EEEE", ""), "E"),
			"an era":       f.Era == "" && strings.Contains(quoteless(f.DateLong+f.DateFull), "G"),
			"other fields": strings.Trim(quoteless(f.DateShort+f.DateLong+f.DateFull+f.Time+f.Time24), "GyMLdEcahHKkmB") != "" && unknown(f),
		} {
			if wrong {
				t.Errorf("%s has no whole %s: %+v", tag, what, f)
			}
		}
	}
	if count < 400 {
		t.Errorf("there are %d locales", count)
	}
}

// unknown reports whether a pattern has a letter that nobody writes.
func unknown(f *Formats) bool {
	patterns := quoteless(strings.Join([]string{f.DateShort, f.DateLong, f.DateFull, f.Time, f.Time24}, " "))
	return strings.ContainsFunc(patterns, func(r rune) bool {
		return (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z') && !strings.ContainsRune("GyMLdEcahHKkmB", r)
	})
}

// quoteless returns a pattern without the texts between apostrophes.
func quoteless(pattern string) string {
	parts := strings.Split(pattern, "'")
	var b strings.Builder
	for i := 0; i < len(parts); i += 2 {
		b.WriteString(parts[i])
	}
	return b.String()
}

func TestWhatALocaleInherits(t *testing.T) {
	for _, tt := range []struct{ tag, date, remark string }{
		{"en", "MMMM d, y", ""},
		{"en-GB", "d MMMM y", "its region's"},
		{"en-JP", "MMMM d, y", "of a region that CLDR doesn't have"},
		{"zh-Hant-HK", "y年M月d日", ""},
		{"nb", "d. MMMM y", "as no"},
		{"ja-simple", "y年M月d日", "a variant is its language"},
		{"ja-Hira", "y年M月d日", "kana are Japanese"},
		{"pt-BR", "d 'de' MMMM 'de' y", "the region that the language mostly has"},
		{"tlh", "", "which CLDR doesn't have"},
		{"nl-Cyrl", "", "nor this"},
	} {
		date := ""
		if f := FormatsOf(language.Make(tt.tag)); f != nil {
			date = f.DateLong
		}
		if date != tt.date {
			t.Errorf("%s writes %q, want %q (%s)", tt.tag, date, tt.date, tt.remark)
		}
	}
}

func TestNames(t *testing.T) {
	names := func(tag string) *Names { return NamesOf(language.Make(tag)) }
	for _, tt := range []struct{ got, want, remark string }{
		{names("my").Language("ja"), "ဂျပန်", "a locale without a bundle"},
		{names("vi").Language("zh-Hant"), "Tiếng Trung (Phồn thể)", "made of language and script"},
		{names("sr-Latn").Language("ja"), "japanski", "in the script"},
		{names("sr").Language("ja"), "јапански", ""},
		{names("pt-PT").Language("cs"), "checo", "the region's own"},
		{names("pt-PT").Language("ja"), "japonês", "what it shares"},
		{names("zh-HK").Region("JP"), "日本", ""},
		{names("fr").Language("tlh"), "klingon", ""},
		{names("fr").Language("qqq"), "", "no language"},
		{names("fr").Variant("portugais", names("fr").Region("PT")), "portugais (Portugal)", ""},
		{names("ja").City("Asia/Tokyo"), "東京", ""},
		{names("en").City("Asia/Tokyo"), "Tokyo", "as the zone says"},
		{names("en").City("Japan"), "Tokyo", "another name of the zone"},
		{names("en").City("Asia/Kolkata"), "Kolkata", "whose name CLDR has not taken over"},
		{names("fr").City("Asia/Kolkata"), "Calcutta", ""},
		{names("my").City("Asia/Yangon"), "ရန်ကုန်", ""},
		{names("en").City("America/New_York"), "New York", ""},
		{names("en").City("America/Indiana/Knox"), "Knox", "of which there are no names"},
		{names("en").City("UTC"), "", "no city"},
		{names("en").City("Etc/GMT-9"), "", ""},
		{names("de").Zone("Tokio"), "Tokio (Ortszeit)", ""},
		{Endonym(language.Make("sr-Latn")), "srpski", ""},
		{Endonym(language.Make("zh-Hans")), "简体中文", ""},
		{Endonym(language.Make("vi")), "Tiếng Việt", ""},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q (%s)", tt.got, tt.want, tt.remark)
		}
	}
}

func BenchmarkNames(b *testing.B) {
	for b.Loop() {
		NamesOf(language.Burmese)
	}
}

func BenchmarkFormats(b *testing.B) {
	for b.Loop() {
		FormatsOf(language.Burmese)
	}
}
