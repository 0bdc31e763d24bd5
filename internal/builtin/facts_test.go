package builtin_test

import (
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/builtin"
)

// A version may say less than the others, and nothing that they do not: each of its figures
// stands in the English or the Japanese version, which tell everything.
func TestTheVersionsOfASampleTellTheSame(t *testing.T) {
	told := map[string]map[int]bool{}
	for _, s := range samples(t) {
		if s.language != "en" && s.language != "ja" {
			continue
		}
		if told[s.story] == nil {
			told[s.story] = map[int]bool{}
		}
		for _, n := range figures(t, s.name) {
			told[s.story][n] = true
			if n > 12 && n < 24 {
				told[s.story][n-12] = true // 13:00 is one in the afternoon
			}
			if n < 12 {
				told[s.story][n+12] = true
			}
		}
	}
	for _, s := range samples(t) {
		for _, n := range figures(t, s.name) {
			if s.language == "th" && n > 2500 {
				n -= 543 // the Buddhist era
			}
			if !told[s.story][n] {
				t.Errorf("%s tells of %d, which is neither in the English nor in the Japanese version", s.name, n)
			}
		}
	}
}

var (
	readingOf = regexp.MustCompile(`<rt>[^<]*</rt>|<[^>]*>`)
	number    = regexp.MustCompile(`\d{1,3}(?:[.,\x{202f}]\d{3})+|\d+`)
)

// figures are the whole numbers in the text of a sample.
func figures(t *testing.T, name string) []int {
	t.Helper()
	data, err := fs.ReadFile(builtin.Samples(), name)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	if _, body, ok := strings.Cut(text, "\n---\n"); ok {
		text = body
	}
	text = strings.Map(func(r rune) rune {
		if r >= '०' && r <= '९' {
			return '0' + r - '०'
		}
		return r
	}, readingOf.ReplaceAllString(text, ""))
	var all []int
	for _, digits := range number.FindAllString(text, -1) {
		n, err := strconv.Atoi(strings.NewReplacer(".", "", ",", "", "\u202f", "").Replace(digits))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, n)
	}
	return all
}

// Whoever reads "Wednesday, October 7" must not have to guess which of the two is meant.
func TestTheWeekdaysOfTheSamplesAreThoseOfTheCalendar(t *testing.T) {
	english := regexp.MustCompile(`([A-Z][a-z]+day), ([A-Z][a-z]+) (\d+)\b(?:, (\d{4}))?`)
	japanese := regexp.MustCompile(`(?:(\d{4})年)?(\d+)月(\d+)日（([月火水木金土日])[）・]`)
	checked := 0
	check := func(name, date, weekday string, year, month, day int) {
		if year == 0 {
			year = 2026
			if month < 10 {
				year = 2027
			}
		}
		checked++
		if got := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Weekday().String(); got != weekday {
			t.Errorf("%s: %q is a %s", name, date, got)
		}
	}
	number := func(s string) int {
		n, _ := strconv.Atoi(s) // 0 where the year is not said
		return n
	}
	for _, s := range samples(t) {
		switch s.language {
		case "en":
			for _, m := range english.FindAllStringSubmatch(s.text, -1) {
				month, err := time.Parse("January", m[2])
				if err != nil {
					t.Errorf("%s: %v", s.name, err)
				}
				check(s.name, m[0], m[1], number(m[4]), int(month.Month()), number(m[3]))
			}
		case "ja":
			for _, m := range japanese.FindAllStringSubmatch(s.text, -1) {
				i := strings.Index("日月火水木金土", m[4]) / len("日")
				check(s.name, m[0], time.Weekday(i).String(), number(m[1]), number(m[2]), number(m[3]))
			}
		}
	}
	if checked < 30 {
		t.Errorf("only %d dates have a weekday", checked)
	}
}
