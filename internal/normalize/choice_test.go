package normalize

import (
	"strings"
	"testing"

	"github.com/kairan-news/kairan/feeds"
)

func TestTakes(t *testing.T) {
	article := feeds.Article{
		Title: "Ferry Jobs: the party at Ｐｉｅｒ ３", Categories: []string{"culture"},
		Terms:   []feeds.Term{{Term: "Stellenangebote", Label: "求人情報"}, {Term: "防災訓練"}},
		Authors: []feeds.Person{{Name: "Harbour Office", Email: "press@port.example"}},
	}
	word := func(words ...string) feeds.Filter { return feeds.Filter{Anywhere: words} }
	for _, test := range []struct {
		name         string
		only, except feeds.Filter
		want         bool
	}{
		{name: "no rule", want: true},
		{name: "a word of the title, in another case", only: word("jobs"), want: true},
		{name: "a part of a word is no word", only: word("art")},
		{name: "several words", only: word("the  party"), want: true},
		{name: "a word in another width", only: word("pier 3"), want: true},
		{name: "a word of a script without spaces, within another", only: word("訓練"), want: true},
		{name: "the label of a category", except: word("求人"), want: false},
		{name: "a category of ours", only: feeds.Filter{Category: []string{"culture"}}, want: true},
		{name: "a category's word in the title alone", only: feeds.Filter{Category: []string{"ferry"}}},
		{name: "an author", only: feeds.Filter{Author: []string{"harbour office"}}, want: true},
		{name: "an author's address", except: feeds.Filter{Author: []string{`/@port\.example$/`}}, want: false},
		{name: "a pattern regards case", only: word("/^ferry/")},
		{name: "a pattern that does not", only: word("/(?i)^ferry/"), want: true},
		{name: "one of several", only: word("nothing", "ferry"), want: true},
		{name: "except goes before only", only: word("ferry"), except: feeds.Filter{Title: []string{"jobs"}}},
		{name: "a word with a slash is no pattern", only: word("and/or")},
	} {
		rules, err := ChoiceOf(&feeds.Source{Only: test.only, Except: test.except})
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		if got := rules.Takes(&article); got != test.want {
			t.Errorf("%s: taken %v, want %v", test.name, got, test.want)
		}
		if got, want := rules.Filters(), test.name != "no rule"; got != want {
			t.Errorf("%s: filters %v", test.name, got)
		}
	}
}

func TestTitle(t *testing.T) {
	for _, test := range []struct {
		rewrite     []feeds.Rewriting
		title, want string
	}{
		{nil, "a  b", "a  b"},
		{[]feeds.Rewriting{{Pattern: "[City of Port]"}}, "[City of Port]  Pier closed", "Pier closed"},
		{[]feeds.Rewriting{{Pattern: `/^(\d+)\/(\d+) /`, Replacement: "$2.$1. "}}, "4/1 Pier closed", "1.4. Pier closed"},
		{[]feeds.Rewriting{{Pattern: "a", Replacement: "b"}, {Pattern: "b", Replacement: "c"}}, "ab", "cc"},
		{[]feeds.Rewriting{{Pattern: "/.+/"}}, "Pier closed", "Pier closed"},
		{[]feeds.Rewriting{{Pattern: "x"}}, "Pier  closed", "Pier  closed"},
	} {
		rules, err := ChoiceOf(&feeds.Source{Rewrite: test.rewrite})
		if err != nil {
			t.Fatal(err)
		}
		if got := rules.Title(test.title); got != test.want {
			t.Errorf("%v of %q: %q, want %q", test.rewrite, test.title, got, test.want)
		}
	}
}

func TestCheckSought(t *testing.T) {
	for sought, want := range map[string]string{
		"word": "", "/": "", "/a|b/": "", "and/or": "",
		"/(/": "missing closing )", "/[z-a]/": "invalid character class range: z-a", "/a*/": "matches everything",
		"//": "matches everything", " ": "nothing to look for", "/(?=a)/": "invalid or unsupported Perl syntax",
	} {
		err := CheckSought(sought)
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", sought, err, want)
		}
	}
	if _, err := ChoiceOf(&feeds.Source{Except: feeds.Filter{Title: []string{"/(/"}}}); err == nil || !strings.Contains(err.Error(), "/(/") {
		t.Errorf("the error %v does not name the pattern", err)
	}
	if _, err := ChoiceOf(&feeds.Source{Rewrite: []feeds.Rewriting{{}}}); err == nil {
		t.Error("a rewriting of nothing has no error")
	}
}
