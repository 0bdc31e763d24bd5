package locales

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// folder makes a folder of messages from pairs of name and content.
func folder(files ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		fsys[files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return fsys
}

func TestOverrideWinsMessageByMessage(t *testing.T) {
	b, err := Load(folder("active.nl.toml", `"page.home" = "Thuis"`))
	if err != nil {
		t.Fatal(err)
	}
	l := b.Localizer("nl", "en")
	if got := l.Text("page.home", nil); got != "Thuis" {
		t.Errorf("page.home is %q, want the override's", got)
	}
	if got := l.Text("page.picture", nil); got != "Afbeelding" {
		t.Errorf("page.picture is %q, want the embedded one", got)
	}
	if got := mustLoad(t).Localizer("nl").Text("page.home", nil); got != "Home" {
		t.Errorf("a bundle that was loaded without the override says %q", got)
	}
}

func TestOverrideAddsACitysOwnCategoriesAndPublishers(t *testing.T) {
	b, err := Load(folder(
		"active.en.toml", "[\"category.harbour\"]\nother = \"Harbour\"\n",
		"active.ja.toml", `"category.harbour" = "港湾局"`+"\n"+`"publisher.yokohama" = "横浜市"`,
		"synonyms.toml", "[en]\nharbour = [\"Port\"]\n"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := b.Labels("category.")["category.harbour"], []string{"Harbour", "港湾局", "Port"}; !slices.Equal(got, want) {
		t.Errorf("the labels are %q, want %q", got, want)
	}
	if got := b.Localizer("ja").Text("publisher.yokohama", nil); got != "横浜市" {
		t.Errorf("the publisher is %q", got)
	}
}

func TestOverrideAddsALocale(t *testing.T) {
	b, err := Load(folder("active.de.toml", `
"page.home" = "Startseite"
"date.date-time" = "{{.Date}} um {{.Time}}" # which was a message once
"page.back" = "Zurück" # and so was this
"page.notices" = { one = "{{.Count}} Meldung", other = "{{.Count}} Meldungen" }
"page.published" = "Veröffentlicht am {{.Date}}"`))
	if err != nil {
		t.Fatal(err)
	}
	if tags := b.Tags(); !slices.Contains(tags, "de") {
		t.Errorf("the locales are %q, want de among them", tags)
	}
	l := b.Localizer("de", "nl", "en")
	for _, tt := range []struct{ got, want, remark string }{
		{l.Text("page.home", nil), "Startseite", "its own"},
		{l.Count("page.notices", 1, nil), "1 Meldung", "its own plural"},
		{l.Text("page.picture", nil), "Afbeelding", "the next of the chain"},
		{l.Date(day), "1. Februar 2026", "CLDR has it"},
		{l.Number(1234), "1.234", "and its groups"},
		{l.Language("ja"), "Japanisch", "CLDR knows it"},
		{l.Dir(), "ltr", ""},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q (%s)", tt.got, tt.want, tt.remark)
		}
	}
}

func TestOverrideTellsEveryFaultAtOnce(t *testing.T) {
	b, err := Load(folder(
		"active.nl.toml", `# a city's own words
"page.home" = ""
"page.homee" = "Thuis"
"page.published" = "Op {{.Dat}}"
"page.updated" = "Op {{if .Date}}heden{{end}}"
"page.picture" = "{{.Site}}"
["page.notices"]
other = "{{.Count}} stuks"
`,
		"active.fr.toml", "\"page.home\" = \"Accueil\"\n\"page.picture = \"Image\"\n",
		"active.ZH-hant.toml", `"page.home" = "首頁"`,
		"active.klingonese.toml", `"page.home" = "juH"`,
		"messages.en.toml", `"page.home" = "Home"`,
		"active.ja.toml", "page.home = 3\n",
		"synonyms.toml", "[en]\nenvironment = [\"Bees\"]\nhealth = [\n  \"Bees\",\n]\n",
		"notes.txt", "not read",
		"notes.toml", "\"page.home\" = \"for translators\"\n",
	))
	if b != nil {
		t.Error("a bundle with faults was returned")
	}
	var faults Faults
	if !errors.As(err, &faults) {
		t.Fatalf("the error is %T: %v", err, err)
	}
	want := []string{
		`active.ZH-hant.toml: "ZH-hant" is not the canonical spelling of its tag; name it active.zh-Hant.toml`,
		`active.fr.toml:2: `,
		`active.ja.toml: unsupported file format int64`,
		`active.klingonese.toml: "klingonese" is not a language; use a BCP 47 tag`,
		`active.nl.toml:2: message "page.home" has no text for the plural form "other"; give it all that nl has: other`,
		`active.nl.toml:3: there is no message "page.homee"; did you mean "page.home"?`,
		`active.nl.toml:4: message "page.published" has no {{.Dat}}; it has {{.Date}}`,
		`active.nl.toml:5: message "page.updated": "Op {{if .Date}}heden{{end}}" is not a placeholder; write placeholders as {{.Name}}`,
		`active.nl.toml:6: message "page.picture" has no {{.Site}}; nothing is filled into it: leave the braces out`,
		`active.nl.toml:7: message "page.notices" has no text for the plural form "one"; give it all that nl has: one, other`,
		`messages.en.toml: is not the name of a bundle; name it active.<tag>.toml`,
		`synonyms.toml:4: "Bees" stands for both category.environment and category.health; leave it with the one that publishers mean`,
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != len(want) {
		t.Errorf("%d faults, want %d:\n%v", len(lines), len(want), err)
	}
	for i := range min(len(lines), len(want)) {
		if !strings.HasPrefix(lines[i], want[i]) {
			t.Errorf("fault %d is\n  %s\nwant\n  %s", i, lines[i], want[i])
		}
	}
}

func TestOverrideFolderThatIsNotThere(t *testing.T) {
	_, err := Load(os.DirFS(filepath.Join(t.TempDir(), "nowhere")))
	if err == nil || !strings.Contains(err.Error(), "folder of messages: can't be read") {
		t.Errorf("the error is %v", err)
	}
}

func TestOverrideMayBeEmpty(t *testing.T) {
	if _, err := Load(fstest.MapFS{}); err != nil {
		t.Error(err)
	}
}

func TestDigestTellsBundlesApart(t *testing.T) {
	other, err := Load(folder("active.nl.toml", `"page.home" = "Thuis"`))
	if err != nil {
		t.Fatal(err)
	}
	first, again := mustLoad(t), mustLoad(t)
	if first.Digest() != again.Digest() {
		t.Error("the same files have two digests")
	}
	if first.Digest() == other.Digest() {
		t.Error("other words have the same digest")
	}
}

func TestWhatARegionLacksIsSaidInItsLanguage(t *testing.T) {
	b, err := Load(folder(
		"active.nl-BE.toml", `"page.home" = "Startbladzijde"`,
		"active.sr.toml", `"page.home" = "Почетна"`,
		"active.sr-Latn.toml", `"page.feeds" = "Izvori"`,
	))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ chain, id, want, remark string }{
		{"nl-BE en", "page.home", "Startbladzijde", "its own"},
		{"nl-BE en", "page.picture", b.Localizer("nl").Text("page.picture", nil), "the language's, before English"},
		{"nl en", "page.home", b.Localizer("nl").Text("page.home", nil), "the language's own before a region's"},
		{"sr en", "page.feeds", "Feeds", "nothing in another script"},
		{"en nl-BE", "page.home", "Home", "in the order of the chain"},
	} {
		if got := b.Localizer(strings.Fields(tt.chain)...).Text(tt.id, nil); got != tt.want {
			t.Errorf("%s: %s is %q, want %q (%s)", tt.chain, tt.id, got, tt.want, tt.remark)
		}
	}
}

func TestPluralFormsThatWeblateDoesNotCount(t *testing.T) {
	b, err := Load(folder(
		"active.vi.toml", "[\"page.notices\"]\nother = \"{{.Count}} thông báo\"\n",
		"active.pl.toml", "[\"page.notices\"]\none = \"{{.Count}} ogłoszenie\"\nfew = \"{{.Count}} ogłoszenia\"\nmany = \"{{.Count}} ogłoszeń\"\n",
	))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		tag  string
		n    int
		want string
	}{
		{"vi", 0, "0 thông báo"}, {"vi", 1, "1 thông báo"}, {"vi", 2, "2 thông báo"},
		{"pl", 1, "1 ogłoszenie"}, {"pl", 3, "3 ogłoszenia"}, {"pl", 12, "12 ogłoszeń"},
	} {
		if got := b.Localizer(tt.tag, "en").Count("page.notices", tt.n, nil); got != tt.want {
			t.Errorf("%s: %d is %q, want %q", tt.tag, tt.n, got, tt.want)
		}
	}
	for _, tag := range []string{"vi", "pl"} {
		if w := b.Wholeness(nil, tag, "en"); len(w.Lacking) > 0 {
			t.Errorf("%s lacks %q", tag, w.Lacking)
		}
	}
}
