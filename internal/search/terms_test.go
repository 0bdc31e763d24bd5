package search_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/kairan-news/kairan/internal/search"
)

func TestParse(t *testing.T) {
	for _, test := range []struct{ query, want, remark string }{
		{"", "", "nothing"},
		{" \t—?! ", "", "no words"},
		{"Harbour", "harbour", "a word"},
		{"  harbour   FESTIVAL ", "festival harbour", "sorted"},
		{"festival harbour festival", "festival harbour", "once"},
		{`"harbour" -festival* OR (NEAR)`, "festival harbour near or", "no character has a meaning of its own"},
		{"京都 お祭り", "お祭り 京都", "runs"},
		{"京都kyoto", "kyoto 京都", "two scripts"},
		{"المدينة", "مدينه", "without the article"},
		{"الالعاب", "عاب", "and without it again, so that it stays as it is"},
		{"a b c d e f g h i j", "a b c d e f g h", "eight words"},
		{strings.Repeat("x", 300), strings.Repeat("x", 40), "forty letters of one"},
		{strings.Repeat("京", 60), strings.Repeat("京", 32), "thirty-two characters of runs"},
		{strings.Repeat("京", 20) + " " + strings.Repeat("都", 20) + " 府", strings.Repeat("京", 20) + " " + strings.Repeat("都", 12), "of all runs"},
		{strings.Repeat(" ", 199) + "ab", "a", "two hundred characters"},
		{"\xff\x00\u202eharbour\u2069", "harbour", "what is no text"},
	} {
		terms := search.Parse(test.query)
		if got := terms.String(); got != test.want || terms.Empty() != (test.want == "") {
			t.Errorf("%s: %.60q is parsed as %q, want %q", test.remark, test.query, got, test.want)
		}
	}
}

func TestSpans(t *testing.T) {
	for _, test := range []struct{ query, text, want string }{
		{"harbour", "The Harbours, and HARBOUR.", "The [Harbours], and [HARBOUR]."},
		{"ete", "L’été à Paris", "L’[été] à Paris"},
		{"isik", "Işık Festivali", "[Işık] Festivali"},
		{"京都", "東京都と京都", "東[京都]と[京都]"},
		{"東京 京都", "東京都", "[東京都]"},
		{"ガス", "ｶﾞｽ会社", "[ｶﾞｽ]会社"},
		{"مدينة", "في المُدينةِ القديمة", "في [المُدينةِ] القديمة"},
		{"مهرجان", "ومهرجان", "[ومهرجان]"},
		{"น้ำ", "ดื่มน้ำ", "ดื่ม[น้ำ]"},
		{"e", "e\u0301 x", "[e\u0301] x"},
		{"nothing", "The harbour", "The harbour"},
		{"", "The harbour", "The harbour"},
	} {
		var b strings.Builder
		at := 0
		for _, s := range search.Parse(test.query).Spans(test.text) {
			b.WriteString(test.text[at:s.From] + "[" + test.text[s.From:s.To] + "]")
			at = s.To
		}
		b.WriteString(test.text[at:])
		if got := b.String(); got != test.want {
			t.Errorf("%q is found in %q as %q, want %q", test.query, test.text, got, test.want)
		}
	}
}

// Dates are asked for by as few tokens as hold them.
func TestDates(t *testing.T) {
	day := func(s string) (t time.Time) {
		if s != "" {
			t, _ = time.Parse(time.DateOnly, s)
		}
		return t
	}
	for _, test := range []struct{ since, until, want string }{
		{"", "", ""},
		{"2026-02-10", "2026-04-02", "~2026-02 or ~2026-03 or ~2026-04"},
		{"2026-02-10", "2026-04-01", "~2026-02 or ~2026-03"},
		{"2019-12-01", "2021-02-01", "~2019-12 or ~2020 or ~2021-01"},
		{"2009-12-31", "2020-01-01", "~2009-12 or ~201"},
		{"2026-01-01", "2026-01-01", "none"},
		{"2026-05-01", "2026-01-01", "none"},
		{"", "1991-02-03", "~197 or ~198 or ~1990 or ~1991-01 or ~1991-02"},
		{"2089-11-02", "", "~2089-11 or ~2089-12 or ~209"},
		{"1950-01-01", "1970-01-02", "~1970-01"},
	} {
		step := search.Request{Since: day(test.since), Until: day(test.until)}.Steps()[0]
		got := step.Query.String()
		if step.IsImpossible() {
			got = "none"
		}
		if got != test.want {
			t.Errorf("from %s to %s: %q, want %q", test.since, test.until, got, test.want)
		}
	}
}

func ExampleRequest_Steps() {
	q := search.Request{Terms: search.Parse("harbour 東京都"), Languages: []string{"ja", "en"}, Order: search.Best}
	for _, step := range q.Steps() {
		fmt.Println(step.Rank, step.Query)
	}
	// Output:
	// 1 =harbour and =東京+=京都 and =^東京 and @ja or @en
	// 2 =harbour… and =東京+=京都 and @ja or @en
	// 3 harbour and 東京+京都 and ^東京 and @ja or @en
	// 4 harbour… and 東京+京都 and @ja or @en
}

// Whatever is asked for is bounded, is read back as it is written, and finds a text that is the
// query itself.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"harbour festival", "京都市の花火", "กรุงเทพมหานคร", "والمدينة", "İstanbul’un", "\xff\x00", "e\u0301\u0301", "ｶﾞｽ２０２６", "नेपाली", "불꽃축제 ", "ßßß", "ǣ", "ำๆ", "ー"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, query string) {
		terms := search.Parse(query)
		text := terms.String()
		if again := search.Parse(text); again.String() != text {
			t.Errorf("%q is written as %q, and that as %q", query, text, again)
		}
		if n := utf8.RuneCountInString(text); n > 8*41+32 || !utf8.ValidString(text) || len(strings.Fields(text)) > 8 {
			t.Errorf("%q is parsed as %q", query, text)
		}
		last := 0
		for _, s := range terms.Spans(query) {
			if s.From < last || s.To <= s.From || s.To > len(query) {
				t.Errorf("%q is found in itself at %v", query, terms.Spans(query))
			}
			last = s.To
		}
		for _, step := range (search.Request{Terms: terms, Order: search.Best}).Steps() {
			for _, alternatives := range step.Query {
				for _, c := range alternatives {
					if len(c.Tokens) == 0 || slices.ContainsFunc(c.Tokens, func(t string) bool { return strings.ContainsAny(t, " '\"\\") || t == "" }) {
						t.Errorf("%q asks for %q", query, c.Tokens)
					}
				}
			}
		}
	})
}
