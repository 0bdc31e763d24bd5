package date

import (
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/parse"
)

func TestWhoWritesTheDayFirst(t *testing.T) {
	for _, test := range []struct {
		says string
		o    parse.Options
		want bool
	}{
		{"nothing is known", parse.Options{}, false},
		{"a person says so", parse.Options{DayFirst: true}, true},
		{"a person says that it is the month", parse.Options{MonthFirst: true, Language: "es"}, false},
		{"English", parse.Options{Language: "en"}, false},
		{"English of the United States", parse.Options{Language: "en-US"}, false},
		{"English of Ireland", parse.Options{Language: "en-IE"}, true},
		{"Spanish", parse.Options{Language: "es"}, true},
		{"Spanish of Panama", parse.Options{Language: "es-PA"}, false},
		{"Portuguese of Brazil", parse.Options{Language: "pt-BR"}, true},
		{"Vietnamese under a template's English", parse.Options{Language: "en", PublisherLanguage: "vi"}, true},
		{"Spanish of a city that writes English", parse.Options{Language: "es", PublisherLanguage: "en"}, false},
		{"Filipino", parse.Options{Language: "fil"}, false},
		{"Japanese", parse.Options{Language: "ja"}, false},
	} {
		want := time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC)
		if test.want {
			want = time.Date(2026, 4, 3, 0, 0, 0, 0, time.UTC)
		}
		if got, problem := Parse("03/04/2026", test.o); problem != nil || !got.Equal(want) {
			t.Errorf("%s: %v, %v, want %v", test.says, got, problem, want)
		}
		year, problem := Parse("2026/04/03", test.o)
		if problem != nil || year.Month() != time.April {
			t.Errorf("%s: the year first: %v, %v", test.says, year, problem)
		}
		if over, problem := Parse("12/25/2025", test.o); problem != nil || over.Day() != 25 {
			t.Errorf("%s: a day that is no month: %v, %v", test.says, over, problem)
		}
	}
}
