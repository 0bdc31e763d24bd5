package locales

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"
)

// intl is what Node's Intl makes of CLDR 48; see cldr/gen/golden.js.
type intl struct {
	Numbers []int
	Dates   []struct {
		Locale, TimeZone, Short, Long, Full, Time, DateTime string
		At                                                  int64
	}
	Names  map[string]map[string]string
	Counts map[string][]string
	Lists  map[string][]string
}

func readIntl(t *testing.T) (golden intl) {
	t.Helper()
	data, err := os.ReadFile("testdata/intl.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &golden); err != nil {
		t.Fatal(err)
	}
	return golden
}

// allSpeak are the embedded bundles, and one for each locale that is compared and has none.
func allSpeak(t *testing.T, golden intl) *Bundle {
	t.Helper()
	var files []string
	for tag := range golden.Counts {
		files = append(files, "active."+tag+".toml", `"category.zoo" = "Zoo"`)
	}
	b, err := Load(folder(files...))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// ours is what we write in place of what CLDR has, by locale and kind: one for each of the
// overrides, and the Thai year. What is not here is CLDR's to the letter.
var ours = map[string]func(theirs string, at time.Time) string{
	"en time":     func(_ string, at time.Time) string { return at.Format("15:04") },
	"en dateTime": func(_ string, at time.Time) string { return at.Format("January 2, 2006 at 15:04") },
	"fr long":     ordinalFirst, "fr full": ordinalFirst, "fr dateTime": ordinalFirst,
	"ko time": koreanHalves, "ko dateTime": koreanHalves,
	"th full":     func(theirs string, _ time.Time) string { return strings.Replace(theirs, "พ.ศ. ", "", 1) },
	"vi dateTime": func(theirs string, at time.Time) string { return vietnamese(theirs) },
	"ne dateTime": func(theirs string, at time.Time) string { return strings.Replace(theirs, ": ", ", ", 1) },
}

func ordinalFirst(theirs string, at time.Time) string {
	if at.Day() != 1 {
		return theirs
	}
	before, after, _ := strings.Cut(theirs, "1 ")
	return before + "1er " + after
}

func koreanHalves(theirs string, _ time.Time) string {
	return strings.NewReplacer("AM", "오전", "PM", "오후").Replace(theirs)
}

func vietnamese(theirs string) string {
	theirs = strings.TrimPrefix(theirs, "lúc ")
	return theirs[:len("15:04")] + "," + theirs[len("15:04"):]
}

// asV8 writes a date as Node's engine does, which has a common space for the narrow one of
// CLDR, since programs were surprised by that.
func asV8(date string) string { return strings.ReplaceAll(date, "\u202f", " ") }

func TestDatesAndTimesAreCLDRs(t *testing.T) {
	golden := readIntl(t)
	b := allSpeak(t, golden)
	if len(golden.Dates) != 17*40 {
		t.Fatalf("there are %d instants, want 40 in 17 locales", len(golden.Dates))
	}
	used := make(map[string]bool)
	for _, g := range golden.Dates {
		zone, err := time.LoadLocation(g.TimeZone)
		if err != nil {
			t.Fatal(err)
		}
		at := time.UnixMilli(g.At).In(zone)
		l := b.Localizer(g.Locale)
		for _, tt := range []struct{ kind, theirs, got string }{
			{"short", g.Short, l.DateShort(at)},
			{"long", g.Long, l.Date(at)},
			{"full", g.Full, l.DateFull(at)},
			{"time", g.Time, l.Time(at)},
			{"dateTime", g.DateTime, l.chain[0].style().dateTime(at)},
		} {
			want := tt.theirs
			if own := ours[g.Locale+" "+tt.kind]; own != nil {
				want = own(tt.theirs, at)
				used[g.Locale+" "+tt.kind] = used[g.Locale+" "+tt.kind] || want != tt.theirs
			}
			if asV8(tt.got) != asV8(want) {
				t.Errorf("%s %s of %v: got %+q, want %+q", g.Locale, tt.kind, at, tt.got, want)
			}
		}
	}
	for kind := range ours {
		if !used[kind] {
			t.Errorf("what we write otherwise than CLDR as %q is the same", kind)
		}
	}
}

func TestNumbersAndListsAreCLDRs(t *testing.T) {
	golden := readIntl(t)
	b := allSpeak(t, golden)
	for tag, counts := range golden.Counts {
		l := b.Localizer(tag)
		for i, n := range golden.Numbers {
			if got := l.Number(n); got != counts[i] {
				t.Errorf("%s writes %d as %+q, want %+q", tag, n, got, counts[i])
			}
		}
		for i, want := range golden.Lists[tag] {
			if got := l.List([]string{"A", "B", "C", "D"}[:i+1]...); got != want {
				t.Errorf("%s lists %d as %q, want %q", tag, i+1, got, want)
			}
		}
	}
}

func TestLanguageNamesAreCLDRs(t *testing.T) {
	golden := readIntl(t)
	b := allSpeak(t, golden)
	for reader, names := range golden.Names {
		l := b.Localizer(reader)
		if len(names) < 120 {
			t.Errorf("%s is compared in %d names", reader, len(names))
		}
		for tag, theirs := range names {
			if l.chain[0].messages["language."+tag].fixed != "" {
				continue // the bundle knows better
			}
			want := theirs
			if _, ok := l.chain[0].messages["language.name"]; ok {
				want = l.Text("language.name", data{"Language": theirs})
			}
			if got := l.Language(tag); got != want {
				t.Errorf("%s calls %s %q, want %q", reader, tag, got, want)
			}
		}
	}
}
