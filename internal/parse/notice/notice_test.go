package notice

import (
	"flag"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/parse/parsetest"
)

// printedNotice is laid out as cities print their notices.
const printedNotice = `Environment
Mayor Opens the 3rd Harbour Wetland for Visitors
On Sunday, March 1, the mayor opened the wetland together with pupils of two schools.
The wetland was a car park until 2019. It has paths of wood, a hide for watching birds, and a house where guides answer questions.
“We had forgotten what the bay sounds like,” said the mayor. “Come early… and bring boots.”
Entry is free. The wetland is open every day from sunrise to sunset.
Recommended for You
2026 Lantern Night
January 27, 2026
Tram line 2: no service on Sunday
March 5, 2026
New Year’s Greeting from the Mayor
December 31, 2025
`

func TestPrintedNotice(t *testing.T) {
	a, problems, err := Parse("env/wetland.en.txt", []byte(printedNotice), parse.Options{Location: parsetest.Zone(t, "Asia/Tokyo"), Now: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)})
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	if a.Title != "Mayor Opens the 3rd Harbour Wetland for Visitors" || a.Language != "en" || a.StoryHint != "env/wetland" || a.GUID != "" {
		t.Errorf("title %q, language %q, story %q, guid %q", a.Title, a.Language, a.StoryHint, a.GUID)
	}
	if diff := cmp.Diff([]feeds.Term{{Term: "Environment"}}, a.Terms); diff != "" {
		t.Error(diff)
	}
	if n := strings.Count(a.Content, "<p>"); n != 4 || strings.Contains(a.Content, "Recommended") {
		t.Errorf("%d paragraphs, want 4: %s", n, a.Content)
	}
	day := func(y int, m time.Month, d int) time.Time {
		return time.Date(y, m, d, 0, 0, 0, 0, parsetest.Zone(t, "Asia/Tokyo")).UTC()
	}
	want := []feeds.Related{
		{Title: "2026 Lantern Night", Date: day(2026, 1, 27)},
		{Title: "Tram line 2: no service on Sunday", Date: day(2026, 3, 5)},
		{Title: "New Year’s Greeting from the Mayor", Date: day(2025, 12, 31)},
	}
	if diff := cmp.Diff(want, a.Related); diff != "" {
		t.Error(diff)
	}
}

func TestParseNotice(t *testing.T) {
	type outcome struct {
		Title, Language, Content, Summary, Published string
		Terms                                        []string
		Problems                                     []string
	}
	tests := []struct {
		name, file, in string
		want           outcome
	}{
		{"front matter", "n/2026-02-01-seminar.ja.md",
			"---\ntitle: セミナーを開きました\ndate: 2026-02-01T10:00:00+09:00\ncategories: [国際, 環境]\nsummary: 各都市が集まりました。\n---\n市長が**各都市**の代表と会いました。\n",
			outcome{Title: "セミナーを開きました", Language: "ja", Content: "<p>市長が<strong>各都市</strong>の代表と会いました。</p>", Summary: "各都市が集まりました。", Published: "2026-02-01T01:00:00Z", Terms: []string{"国際", "環境"}}},
		{"a heading is the title", "a.md", "# Bridge *closed*\n\nFor a week.\n",
			outcome{Title: "Bridge closed", Language: "nl", Content: "<p>For a week.</p>", Summary: "For a week."}},
		{"a heading that repeats the title", "a.md", "---\ntitle: Bridge closed\n---\n# Bridge closed\n\nFor a week.\n",
			outcome{Title: "Bridge closed", Language: "nl", Content: "<p>For a week.</p>", Summary: "For a week."}},
		{"the name has the date", "2026-02-01-bridge.en.md", "# Bridge\n\nClosed.\n",
			outcome{Title: "Bridge", Language: "en", Content: "<p>Closed.</p>", Summary: "Closed.", Published: "2026-02-01T00:00:00Z"}},
		{"a title with a colon", "a.md", "---\ntitle: Trams: line 2\n---\nText.\n",
			outcome{Title: "Trams: line 2", Language: "nl", Content: "<p>Text.</p>", Summary: "Text.", Problems: []string{"front-matter"}}},
		{"a fence with a space behind it", "a.md", "--- \ntitle: a\n--- \nText.\n",
			outcome{Title: "a", Language: "nl", Content: "<p>Text.</p>", Summary: "Text."}},
		{"front matter that is not closed", "a.md", "---\ntitle: Trams\ncategories:\n  - traffic\nlayout: post\nlanguage: en\n\nNote: line 2 rests.\n",
			outcome{Title: "Trams", Language: "en", Content: "<p>Note: line 2 rests.</p>", Summary: "Note: line 2 rests.", Terms: []string{"traffic"}, Problems: []string{"front-matter", "front-matter"}}},
		{"front matter that is not closed, and text at once", "a.md", "---\ntitle: Trams\nLine 2 rests.\nLine 3, too.\n",
			outcome{Title: "Trams", Language: "nl", Content: "<p>Line 2 rests. Line 3, too.</p>", Summary: "Line 2 rests. Line 3, too.", Problems: []string{"front-matter"}}},
		{"a line, and no front matter", "a.md", "---\n# Trams\n\nLine 2 rests.\n",
			outcome{Title: "Trams Line 2 rests.", Language: "nl", Content: "<hr> <h1>Trams</h1> <p>Line 2 rests.</p>", Summary: "Trams Line 2 rests.", Problems: []string{"title"}}},
		{"text between two lines", "a.md", "---\nLine 2 rests.\n\n---\n\nLine 3, too.\n",
			outcome{Title: "Line 2 rests. Line 3, too.", Language: "nl", Content: "<hr> <p>Line 2 rests.</p> <hr> <p>Line 3, too.</p>", Summary: "Line 2 rests. Line 3, too.", Problems: []string{"title"}}},
		{"an unknown key", "a.md", "---\ntitle: a\nlayout: post\n---\nText.\n",
			outcome{Title: "a", Language: "nl", Content: "<p>Text.</p>", Summary: "Text.", Problems: []string{"front-matter"}}},
		{"aliases are no bomb", "a.md", "---\ntitle: &a x\nsummary: *a\n---\nText.\n",
			outcome{Title: "&a x", Language: "nl", Content: "<p>Text.</p>", Summary: "*a", Problems: []string{"front-matter"}}},
		{"a script in Markdown", "a.md", "# a\n\nb <script>x</script>[c](javascript:d)\n",
			outcome{Title: "a", Language: "nl", Content: "<p>b c</p>", Summary: "b c"}},
		{"a table", "a.md", "# a\n\n|b|c|\n|-|-|\n|1|2|\n",
			outcome{Title: "a", Language: "nl", Content: "<table> <thead> <tr> <th>b</th> <th>c</th> </tr> </thead> <tbody> <tr> <td>1</td> <td>2</td> </tr> </tbody> </table>", Summary: "b c 1 2"}},
		{"a page", "a.html", `<html lang="fr"><head><title>Pont | Ville</title><meta name="description" content="Le pont ferme."><meta name="dcterms.issued" content="2026-02-01"></head><body><nav>Menu</nav><main><h1>Le pont ferme</h1><p>Une semaine.</p></main><footer>x</footer></body></html>`,
			outcome{Title: "Le pont ferme", Language: "fr", Content: "<p>Une semaine.</p>", Summary: "Le pont ferme.", Published: "2026-02-01T00:00:00Z"}},
		{"a page with readers' comments and a warning", "a.html", `<html lang="en"><body><noscript><p>Switch scripts on.</p></noscript><main><article><h1>Bridge closed</h1><p>For a week.</p><div id="comments"><p>At last.</p></div><p hidden>Draft</p></article></main></body></html>`,
			outcome{Title: "Bridge closed", Language: "en", Content: "<p>For a week.</p>", Summary: "For a week."}},
		{"a page with teasers before its article", "a.html", `<html lang="en"><body><article><h2>Another</h2><p>Elsewhere.</p></article><article><h1>Bridge closed</h1><p>For a week.</p></article></body></html>`,
			outcome{Title: "Bridge closed", Language: "en", Content: "<p>For a week.</p>", Summary: "For a week."}},
		{"no category", "a.txt", "The bridge is closed\nThe bridge is closed for a week.\nTrams run.\n",
			outcome{Title: "The bridge is closed", Language: "nl", Content: "<p>The bridge is closed for a week.</p><p>Trams run.</p>", Summary: "The bridge is closed for a week. Trams run."}},
		{"a date under the headline", "a.ja.txt", "環境\n公園の木を植え替えます\n令和8年2月1日（日）\n木を植え替えます。\n",
			outcome{Title: "公園の木を植え替えます", Language: "ja", Content: "<p>木を植え替えます。</p>", Summary: "木を植え替えます。", Published: "2026-02-01T00:00:00Z", Terms: []string{"環境"}}},
		{"lines that are wrapped", "a.txt", "Health\nCheck-ups\n\nThe check-ups begin on Monday in all of the wards of\nthe city, and end in the last week of the following\nmonth.\n\nBring your card.\n",
			outcome{Title: "Check-ups", Language: "nl", Content: "<p>The check-ups begin on Monday in all of the wards of the city, and end in the last week of the following month.</p><p>Bring your card.</p>", Summary: "The check-ups begin on Monday in all of the wards of the city, and end in the last week of the following month. Bring your card.", Terms: []string{"Health"}}},
		{"text in Shift_JIS", "a.ja.txt", "\x8a\xc2\x8b\xab\n\x8c\xf6\x89\x80\x82\xcc\x96\xd8\n\x96\xd8\x82\xf0\x90A\x82\xa6\x82\xdc\x82\xb7\x81B\n",
			outcome{Title: "公園の木", Language: "ja", Content: "<p>木を植えます。</p>", Summary: "木を植えます。", Terms: []string{"環境"}, Problems: []string{"charset"}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a, problems, err := Parse(tt.file, []byte(tt.in), parse.Options{Language: "nl"})
			if err != nil {
				t.Fatal(err)
			}
			got := outcome{Title: a.Title, Language: a.Language, Content: strings.Join(strings.Fields(a.Content), " "), Summary: a.Summary}
			if !a.Published.IsZero() {
				got.Published = a.Published.Format(time.RFC3339)
			}
			for _, term := range a.Terms {
				got.Terms = append(got.Terms, term.Term)
			}
			for _, p := range problems {
				got.Problems = append(got.Problems, p.Code)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s%v", diff, problems)
			}
		})
	}
}

func TestFrontMatter(t *testing.T) {
	a, problems, err := Parse("a.md", []byte(`---
title: "Budget"
updated: 2026-02-03
corrected: 2026-02-04
authors:
  - Press Office
  - name: Finance Division
link: https://city.example/budget?utm_source=x
language: zh-TW
rights: © City
image: /budget.jpg
image_alt: The budget in a chart
---
[The plan](plan.pdf)
`), parse.Options{BaseURL: "https://city.example/"})
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	want := feeds.Article{
		Title: "Budget", Summary: "The plan", Language: "zh-Hant", StoryHint: "a", Link: "https://city.example/budget",
		Content:   `<p><a href="https://city.example/plan.pdf">The plan</a></p>`,
		Authors:   []feeds.Person{{Name: "Press Office"}, {Name: "Finance Division"}},
		Published: time.Date(2026, 2, 3, 0, 0, 0, 0, time.UTC), PublishedFrom: feeds.DateDeclared,
		Updated: time.Date(2026, 2, 3, 0, 0, 0, 0, time.UTC), Corrected: time.Date(2026, 2, 4, 0, 0, 0, 0, time.UTC),
		Images: []feeds.Image{{URL: "https://city.example/budget.jpg", Alt: "The budget in a chart"}}, Rights: "© City",
	}
	if diff := cmp.Diff(want, a); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestNoticeThatIsNone(t *testing.T) {
	if _, _, err := Parse("a.pdf", []byte("x"), parse.Options{}); err == nil {
		t.Error("a PDF was read")
	}
	if _, _, err := Parse("a.md", []byte("\n\n"), parse.Options{}); err == nil {
		t.Error("an empty file was read")
	}
}

func FuzzParseNotice(f *testing.F) {
	f.Add("2026-04-01-shelter.en.md", []byte("---\ntitle: Shelter\ncategories: [a, b]\n---\n# Shelter\n\nText with *stars* and <b>HTML</b>."))
	f.Add("a.md", []byte("---\ntitle: a: b\nimage_alt: x\n---\n- one\n- two\n\n|a|b|\n|-|-|\n|1|2|\n"))
	f.Add("notice.ja.txt", []byte("環境\n公園の木を植え替えます\n令和8年4月1日\n木を植え替えます。\n\nRecommended for You\n花の展示\n2026年3月1日\n"))
	f.Add("a.html", []byte(`<html lang="ar"><head><meta name="date" content="2026-04-01"><title>a</title></head><body><main><h1>a</h1><p onclick=x>b</p></main></body></html>`))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		a, _, err := Parse(name, data, parse.Options{})
		if err == nil {
			parsetest.CheckArticle(t, a)
		}
	})
}

// hostileBytes is the size of a hostile document. A fetch may bring 10 MiB; the tests
// take a twentieth of it, which is enough to tell what grows with the square.
var hostileBytes = flag.Int("hostile", 1<<19, "the size of hostile documents, in `BYTES`")

// hostileSize is a quarter of that with -short.
func hostileSize() int {
	if testing.Short() {
		return *hostileBytes / 4
	}
	return *hostileBytes
}

// hostileTime is how long a hostile document may take. It is generous, since other
// tests run at the same time; what grows with the square of a document takes hours.
const hostileTime = 20 * time.Second

func TestHostileNotices(t *testing.T) {
	tests := []struct{ name, file, unit string }{
		{"nested quotes", "a.md", "> "},
		{"nested lists", "a.md", "- "},
		{"brackets", "a.md", "["},
		{"stars", "a.md", "*a "},
		{"backticks", "a.md", "`a``"},
		{"rows of a table", "a.md", "|a|b|\n|-|-|\n"},
		{"nested HTML", "a.html", "<div>"},
		{"formatting", "a.html", "<b><i>"},
		{"lines", "a.txt", "a\n"},
		{"dates", "a.txt", "April 1, 2026\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			began := time.Now()
			_, _, err := Parse(tt.file, []byte(strings.Repeat(tt.unit, hostileSize()/len(tt.unit))), parse.Options{})
			if took := time.Since(began); took > hostileTime {
				t.Errorf("took %v", took)
			} else {
				t.Logf("%v, %v", took.Round(time.Millisecond), err)
			}
		})
	}
}
