package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/readertest"
)

var updateTable = flag.Bool("update-readers", false, "write the table of readers in docs/partners.md anew")

// fields are what is compared, in the order of the table's columns.
var fields = []string{"title", "link", "site", "date", "language", "author", "picture", "enclosure"}

// TestReadersShowWhatIsPublished has readers read difficult notices from each format that
// they know, with -short from Atom alone. What they don't show is told in faults, and
// nothing else is.
func TestReadersShowWhatIsPublished(t *testing.T) {
	t.Parallel()
	p := publishDifficult(t)
	want := wanted(t, p)
	for _, format := range []string{"rss", "atom"} {
		p.await(p.site+"/en/everything."+format, "filled", holds(want.entries[0].title))
	}
	for _, r := range readertest.All() {
		for _, format := range []string{"rss", "atom"} {
			if testing.Short() && format == "rss" {
				continue
			}
			t.Run(r.Name+"/"+format, func(t *testing.T) {
				t.Parallel()
				shown := r.Read(t, t.TempDir(), p.site+"/en/everything."+format)
				wrong := want.compare(t, shown)
				for _, field := range fields {
					want.judge(t, field, wrong[field], faultOf(r.Name, format, field))
				}
			})
		}
	}
}

// judge compares what is wrong of a field with what is known to be.
func (p publication) judge(t *testing.T, field string, wrong map[string]string, known fault) {
	t.Helper()
	names := slices.Sorted(maps.Keys(wrong))
	switch {
	case known.says == "" && len(wrong) > 0:
		t.Errorf("the %s is wrong of %d notices: %s", field, len(wrong), spell(wrong))
	case known.says != "" && len(wrong) == 0:
		t.Errorf("the %s is right of all notices, so that it is no fault any more: take out of faults, or out of its readers, %q", field, known.says)
	case known.of != nil && !slices.Equal(names, known.of):
		t.Errorf("the %s is wrong of %s; want of %s, since it %s", field, spell(wrong), known.of, known.says)
	case known.says != "" && known.of == nil && len(wrong) != p.with(field):
		t.Errorf("the %s is wrong of %d of %d notices; want of all, since it %s: %s", field, len(wrong), p.with(field), known.says, spell(wrong))
	}
}

// TestTheTableOfReadersIsTrue compares the table in docs/partners.md with what the test
// above has readers show.
func TestTheTableOfReadersIsTrue(t *testing.T) {
	file := filepath.Join("..", "..", "docs", "partners.md")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := strings.Cut(string(text), tableBegins)
	table, after, ends := strings.Cut(rest, tableEnds)
	if !begins || !ends {
		t.Fatalf("%s has no %s and %s", file, tableBegins, tableEnds)
	}
	if want := tableOfReaders(); table != want {
		if !*updateTable {
			t.Fatalf("%s has another table of readers; run go test ./cmd/kairan -run TestTheTableOfReaders -update-readers, and read what changed. It should be:\n%s", file, want)
		}
		if err := os.WriteFile(file, []byte(before+tableBegins+want+tableEnds+after), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

const (
	tableBegins = "<!-- What follows is made of cmd/kairan/faults_test.go. -->\n"
	tableEnds   = "<!-- What goes before is made of cmd/kairan/faults_test.go. -->\n"
)

// tableOfReaders writes what readers show of each field, and why not.
func tableOfReaders() string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n| reader | format | %s |\n|---|---|%s\n", strings.Join(fields, " | "), strings.Repeat("---|", len(fields)))
	for _, r := range readertest.All() {
		for _, format := range []string{"rss", "atom"} {
			fmt.Fprintf(&b, "| %s | %s |", r.Name, map[string]string{"rss": "RSS", "atom": "Atom"}[format])
			for _, field := range fields {
				shown := "yes"
				if f := faultOf(r.Name, format, field); f.says != "" && f.of == nil {
					shown = "no"
				} else if f.says != "" {
					shown = "in part"
				}
				fmt.Fprintf(&b, " %s |", shown)
			}
			b.WriteString("\n")
		}
	}
	b.WriteString("\n")
	for _, f := range faults {
		fmt.Fprintf(&b, "- **%s** (%s): it %s.\n", f.field, strings.Join(f.readers, ", "), f.says)
	}
	b.WriteString("\n")
	return b.String()
}

// publication is what every reader should show.
type publication struct {
	site    string
	entries []notice // of which each has its id, title, date and link
	byLink  map[string]string
}

// wanted completes the difficult notices by what the program gives them: an address to
// those that have no page, a title and a date to those without. That stands in the JSON
// Feed, which has one field for each.
func wanted(t *testing.T, p *process) publication {
	t.Helper()
	a := p.await(p.site+"/en/everything.json", "filled", holds(`"date_modified"`))
	var f struct {
		Home  string `json:"home_page_url"`
		Items []struct {
			ID, URL, Title string
			Date           string `json:"date_published"`
		}
	}
	if err := json.Unmarshal([]byte(a.body), &f); err != nil {
		t.Fatal(err)
	}
	said := publication{site: f.Home, byLink: map[string]string{}}
	all := append(defaults(difficult), defaults(short)...)
	all = append(all, filed...)
	if len(f.Items) != len(all) || len(all) < 50 {
		t.Fatalf("%d notices are published; want %d, and 50 at least", len(f.Items), len(all))
	}
	for _, n := range all {
		i := slices.IndexFunc(f.Items, func(i struct {
			ID, URL, Title string
			Date           string `json:"date_published"`
		}) bool {
			return i.ID == n.atomID() || n.link == "" && i.Title == n.title
		})
		if i < 0 {
			t.Fatalf("the notice %s is not published:\n%s", n.id, a.body)
		}
		item := f.Items[i]
		if n.link == "" {
			n.link = item.URL
		}
		if n.title == "" {
			n.title = item.Title
		}
		if n.date == "" {
			n.date = item.Date
		}
		said.entries = append(said.entries, n)
		said.byLink[n.link] = n.id
	}
	return said
}

// with returns how many notices have a field.
func (p publication) with(field string) int {
	n := 0
	for _, e := range p.entries {
		switch field {
		case "author":
			n += min(len(e.authors), 1)
		case "picture":
			n += min(len(e.picture), 1)
		case "enclosure":
			n += min(len(e.enclosures), 1)
		case "site":
			return 1
		default:
			n++
		}
	}
	return n
}

// compare returns what is wrong of what a reader shows: by the field, what it shows of
// which notice.
func (p publication) compare(t *testing.T, shown readertest.Feed) (wrong map[string]map[string]string) {
	t.Helper()
	wrong = map[string]map[string]string{}
	fault := func(field, id string, got any) {
		if wrong[field] == nil {
			wrong[field] = map[string]string{}
		}
		wrong[field][id] = fmt.Sprintf("%q", got)
	}
	if len(shown.Entries) != len(p.entries) {
		t.Errorf("it shows %d notices; want %d", len(shown.Entries), len(p.entries))
	}
	if shown.Site != p.site {
		fault("site", "site", shown.Site)
	}
	byID := map[string]readertest.Entry{}
	for _, e := range shown.Entries {
		id := p.find(e)
		if id == "" {
			t.Errorf("it shows what is no notice: %+v", e)
		}
		byID[id] = e
	}
	for _, n := range p.entries {
		e, ok := byID[n.id]
		if !ok {
			t.Errorf("it does not show %s", n.id)
			continue
		}
		date, err := time.Parse(time.RFC3339, n.date)
		if err != nil {
			t.Fatal(err)
		}
		if e.Title != n.title {
			fault("title", n.id, e.Title)
		}
		if e.Link != n.link {
			fault("link", n.id, e.Link)
		}
		if !e.Date.Equal(date) {
			fault("date", n.id, e.Date.Format(time.RFC3339))
		}
		if e.Language != n.lang {
			fault("language", n.id, e.Language)
		}
		if n.authors != nil && strings.Join(e.Authors, ", ") != strings.Join(n.authors, ", ") {
			fault("author", n.id, e.Authors)
		}
		if n.picture != "" && !slices.Contains(e.Pictures, n.picture) {
			fault("picture", n.id, e.Pictures)
		}
		if !slices.Equal(e.Enclosures, n.enclosures) {
			fault("enclosure", n.id, e.Enclosures)
		}
	}
	return wrong
}

// find returns which notice an entry is: by the id, or for a reader that shows none by the
// link or the title.
func (p publication) find(e readertest.Entry) string {
	for _, n := range p.entries {
		if e.ID != "" && e.ID == n.atomID() || e.Link == n.link || e.Title == n.title {
			return n.id
		}
	}
	return ""
}

func spell(wrong map[string]string) string {
	var all []string
	for _, id := range slices.Sorted(maps.Keys(wrong)) {
		all = append(all, id+" "+wrong[id])
	}
	return strings.Join(all, ", ")
}
