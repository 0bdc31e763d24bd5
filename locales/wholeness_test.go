package locales

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestEmbeddedLocalesAreWhole(t *testing.T) {
	b := mustLoad(t)
	for _, tag := range b.Tags() {
		w := b.Wholeness(nil, tag)
		if w.Of < 80 || w.Has != w.Of || len(w.By) > 0 || len(w.Lacking) > 0 {
			t.Errorf("%s: %+v", tag, w)
		}
	}
}

func TestHalfABundleIsNotTakenForAWholeOne(t *testing.T) {
	b, err := Load(folder(
		"active.de.toml", "\"page.home\" = \"Start\"\n\"page.feeds\" = \"Feeds\"\n",
		"active.de-CH.toml", "\"page.feeds\" = \"RSS\"\n\"language.gsw\" = \"Schweizerdeutsch\"\n",
		"active.en.toml", "\"category.harbour\" = \"Harbour\"\n",
		"notes.toml", "\"category.harbour\" = \"Where ships are.\"\n",
	))
	if err != nil {
		t.Fatal(err)
	}
	pages := func(id string) bool {
		return slices.Contains([]string{"page.home", "page.feeds", "page.updated", "category.harbour"}, id)
	}
	w := b.Wholeness(pages, "de-CH", "nl", "en")
	if w.Has != 1 || w.Of != 4 {
		t.Errorf("%d of %d messages, want 1 of 4", w.Has, w.Of)
	}
	want := map[string][]string{"de": {"page.home"}, "nl": {"page.updated"}, "en": {"category.harbour"}}
	if !maps.EqualFunc(w.By, want, slices.Equal) {
		t.Errorf("others speak for it: %q, want %q", w.By, want)
	}
	if got := b.Note("category.harbour") + b.Note("page.home"); got != "Where ships are." {
		t.Errorf("the notes are %q", got)
	}
	if ids := b.IDs(); !slices.Contains(ids, "category.harbour") || !slices.Contains(ids, "language.gsw") || !slices.IsSorted(ids) {
		t.Errorf("the messages are %q", ids)
	}
}

func TestWhatCouldBeReadIsReturnedBesideTheFaults(t *testing.T) {
	b, err := Read(folder(
		"active.cs.toml", "\"page.home\" = \"Domů\"\n\"page.notices\" = { one = \"{{.Count}} zpráva\", other = \"{{.Count}} zpráv\" }\n",
		"active.de.toml", "\"page.home\" =\n",
		"notes.toml", "\"page.home\"\n",
	))
	if b == nil {
		t.Fatalf("nothing was read: %v", err)
	}
	if w := b.Wholeness(nil, "cs", "en"); w.Has != 2 || !slices.Equal(w.Lacking["page.notices"], []string{"few"}) && !slices.Equal(w.Lacking["page.notices"], []string{"few", "many"}) {
		t.Errorf("%d messages, and page.notices lacks %q of %q", w.Has, w.Lacking["page.notices"], w.Forms)
	}
	for i, want := range []string{"active.cs.toml:2: message \"page.notices\" has no text for the plural form", "active.de.toml:1: ", "notes.toml:1: "} {
		lines := strings.Split(err.Error(), "\n")
		if i >= len(lines) || !strings.HasPrefix(lines[i], want) {
			t.Errorf("fault %d of\n%v\nis not %s", i+1, err, want)
		}
	}
	if b, err := Read(os.DirFS(filepath.Join(t.TempDir(), "nowhere"))); b != nil || err == nil {
		t.Errorf("a folder that can't be read: %v, %v", b, err)
	}
}

// A message that is wrong in each of its forms is wrong once.
func TestAFaultIsToldOnce(t *testing.T) {
	_, err := Load(folder("active.ar.toml", `["page.notices"]
zero = "{{.Cuont}}"
one = "{{.Cuont}}"
two = "{{if}}"
few = "{{if}}"
many = ""
other = ""
`))
	var faults Faults
	if !errors.As(err, &faults) || len(faults) != 3 {
		t.Errorf("%d faults, want 3: of the forms that lack, of what is no placeholder, and of the one that there is not\n%v", len(faults), err)
	}
	if !strings.Contains(err.Error(), `has no text for the plural forms "many" and "other"; give it all that ar has: few, many, one, other, two, zero`) {
		t.Error(err)
	}
}

func TestPreview(t *testing.T) {
	b, err := Load(folder("active.de.toml", `"page.updated" = "Geändert am {{.Date}}"`))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ id, chain, want string }{
		{"page.home", "nl en", "nl: other 0 " + b.Localizer("nl").Text("page.home", nil)},
		{"page.home", "de nl en", "nl: other 0 " + b.Localizer("nl").Text("page.home", nil)},
		{"page.notices", "en", "en: one 1 1 notice, other 0 0 notices"},
		{"page.notices", "ja", "ja: other 0 お知らせ0件"},
		{"page.notices", "ru", "ru: one 1 1 новость, few 2 2 новости, many 0 0 новостей, other -1 {{.Count}} новости"},
		{"entry.attribution-licence", "en", "en: other 0 Source: City of Amsterdam, CC BY 4.0"},
		{"page.no-such", "en", ": "},
	} {
		p := b.Preview(tt.id, strings.Fields(tt.chain)...)
		var texts []string
		for _, text := range p.Texts {
			texts = append(texts, strings.Join([]string{text.Form, strconv.Itoa(text.Number), text.Text}, " "))
		}
		if got := p.Speaker + ": " + strings.Join(texts, ", "); got != tt.want {
			t.Errorf("%s in %s is\n\t%s\nwant\n\t%s", tt.id, tt.chain, got, tt.want)
		}
	}
	if p := b.Preview("page.updated", "de", "en"); len(p.Texts) != 1 || !strings.Contains(p.Texts[0].Text, "2026") {
		t.Errorf("the date is not filled in: %+v", p)
	}
}
