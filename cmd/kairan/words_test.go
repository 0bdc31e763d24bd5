package main

import (
	"fmt"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/BurntSushi/toml"
	xhtml "golang.org/x/net/html"

	"github.com/kairan-news/kairan/locales"
)

// TestEveryWordIsOfItsOwnBundle copies a whole site, every page, feed, archive and list in
// every locale, with bundles whose messages tell where they begin and end and of which
// bundle they are. No document of a locale has a message of another, and on no page do
// letters stand outside of messages but for those of notices, numbers and names.
func TestEveryWordIsOfItsOwnBundle(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	tags := markedBundles(t, filepath.Join(dir, "words"))
	if testing.Short() {
		tags = []string{"en", "ja", "ar", "th", "zh-Hant"}
	}
	writeGreekNotices(t, filepath.Join(dir, "notices"))
	config := filepath.Join(dir, "kairan.yaml")
	text := fmt.Sprintf(`
site: {id: words, url: "https://words.example", locales: [%s], messages: words}
categories: [government, {term: living, urgent: true}, culture]
publishers: [{key: tokyo, name_id: publisher.tokyo, time_zone: Asia/Tokyo, language: el, licence: {name: CC0 1.0, url: "https://creativecommons.org/publicdomain/zero/1.0/", full_text: true}}]
sources: [{id: notices, publisher: tokyo, kind: folder, path: notices}]
`, strings.Join(tags, ", "))
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out")
	runProgram(t, "collect", "--config", config, "--data", filepath.Join(dir, "data"))
	runProgram(t, "export", out, "--config", config, "--data", filepath.Join(dir, "data"))

	bundle, err := locales.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, tag := range tags {
		names := knownNames(tags, bundle.Localizer(tag))
		err := filepath.WalkDir(filepath.Join(out, tag), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			name, _ := filepath.Rel(out, path)
			kinds[filepath.Ext(path)]++
			lookAtWords(t, name, tag, data, names)
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
	for _, kind := range []string{".html", ".rss", ".atom", ".json", ".opml"} {
		if kinds[kind] < 3*len(tags) {
			t.Errorf("%d documents of %s were looked at", kinds[kind], kind)
		}
	}
}

// What messages of a bundle are put between.
const (
	messageStart = "⟦%s⟧"
	messageEnd   = "⟦/⟧"
)

// markedBundles writes the bundles of the program into a folder, with the marks around each
// text. It returns their tags.
func markedBundles(t *testing.T, dir string) []string {
	t.Helper()
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../../locales/active.*.toml")
	if err != nil || len(files) < 13 {
		t.Fatalf("%d bundles: %v", len(files), err)
	}
	var tags []string
	for _, file := range files {
		tag := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(file), "active."), ".toml")
		tags = append(tags, tag)
		var messages map[string]map[string]string
		if _, err := toml.DecodeFile(file, &messages); err != nil {
			t.Fatal(err)
		}
		for _, forms := range messages {
			for form, text := range forms {
				if form != "description" {
					forms[form] = fmt.Sprintf(messageStart, tag) + text + messageEnd
				}
			}
		}
		f, err := os.Create(filepath.Join(dir, filepath.Base(file)))
		if err != nil {
			t.Fatal(err)
		}
		if err := toml.NewEncoder(f).Encode(messages); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return tags
}

// writeGreekNotices writes notices whose texts are in Greek letters alone: one in several
// languages, one with a file and a correction.
func writeGreekNotices(t *testing.T, dir string) {
	t.Helper()
	for name, text := range map[string]string{
		"α.el.md":      "---\ntitle: Ωδή\ndate: 2026-03-04 15:30\ncategory: government\nauthor: Ωμέγα\n---\nΑλφα βήτα γάμμα.\n",
		"α.ja.md":      "---\ntitle: Ωδή ιω\ndate: 2026-03-04\ncategory: government\n---\nΑλφα βήτα.\n",
		"β.en.md":      "---\ntitle: Βήτα\ndate: 2026-03-05\ncategory: living\ncorrected: 2026-03-07\n---\nΑλφα [δέλτα](α.txt) έψιλον.\n",
		"γ.zh-Hant.md": "---\ntitle: Γάμμα\ndate: 2026-03-06\ncategory: living\n---\nΑλφα βήτα ζήτα ήτα.\n",
		"α.txt":        "Αλφα\n\nΒήτα.\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

var messageMark = regexp.MustCompile(`⟦([^⟧]*)⟧`)

// ownName is where a list names a language in itself.
var ownName = regexp.MustCompile(`(lang="([A-Za-z-]+)"[^>]*>)⟦([A-Za-z-]+)⟧([^⟦]*)⟦/⟧`)

// withoutOwnNames takes out the names that languages have in themselves: they are words of
// their own bundles, wherever they stand.
func withoutOwnNames(doc []byte) []byte {
	return ownName.ReplaceAllFunc(doc, func(found []byte) []byte {
		part := ownName.FindSubmatch(found)
		if string(part[2]) != string(part[3]) {
			return found
		}
		return part[1]
	})
}

// ruby is the markup of readings, amid the words of a message.
var ruby = regexp.MustCompile(`</?(?:ruby|rt|rp)>`)

// lookAtWords reports messages of other bundles in a document of a locale, and on a page
// letters that are of no message.
func lookAtWords(t *testing.T, name, tag string, doc []byte, names map[string]bool) {
	doc = withoutOwnNames(ruby.ReplaceAll(doc, nil))
	for _, mark := range messageMark.FindAllStringSubmatch(string(doc), -1) {
		if mark[1] != tag && mark[1] != "/" {
			at := strings.Index(string(doc), mark[0])
			t.Errorf("%s has a message of %s: …%.300s", name, mark[1], doc[max(0, at-100):])
			return
		}
	}
	if filepath.Ext(name) != ".html" {
		return
	}
	for _, text := range textsOf(doc) {
		if rest := outsideOfMessages(text); strings.ContainsFunc(rest, isForeignLetter) && !names[rest] && !strings.HasPrefix(rest, "https://words.example/") {
			t.Errorf("%s has %q outside of messages, in %q", name, rest, text)
		}
	}
}

// textsOf returns what a page shows or says: its texts but for dates, and the attributes
// that are read.
func textsOf(page []byte) (texts []string) {
	var within []string
	z := xhtml.NewTokenizer(strings.NewReader(string(page)))
	for {
		switch z.Next() {
		case xhtml.ErrorToken:
			return texts
		case xhtml.StartTagToken, xhtml.SelfClosingTagToken:
			token := z.Token()
			if slices.Contains([]string{"script", "style", "time"}, token.Data) && token.Type == xhtml.StartTagToken {
				within = append(within, token.Data)
			}
			for _, a := range token.Attr {
				if slices.Contains([]string{"title", "alt", "aria-label", "content", "placeholder"}, a.Key) && strings.Contains(a.Val, "⟦") {
					texts = append(texts, a.Val)
				}
			}
		case xhtml.EndTagToken:
			if name, _ := z.TagName(); len(within) > 0 && string(name) == within[len(within)-1] {
				within = within[:len(within)-1]
			}
		case xhtml.TextToken:
			if text := html.UnescapeString(string(z.Text())); len(within) == 0 && strings.TrimSpace(text) != "" {
				texts = append(texts, strings.TrimSpace(text))
			}
		}
	}
}

// outsideOfMessages returns what of a text stands between no marks.
func outsideOfMessages(text string) string {
	var b strings.Builder
	depth, last := 0, 0
	for _, at := range messageMark.FindAllStringSubmatchIndex(text, -1) {
		if depth == 0 {
			b.WriteString(text[last:at[0]])
		}
		if text[at[2]:at[3]] == "/" {
			depth--
		} else {
			depth++
		}
		last = at[1]
	}
	if depth == 0 {
		b.WriteString(text[last:])
	}
	return strings.TrimSpace(b.String())
}

// isForeignLetter reports whether a letter is none of the notices'.
func isForeignLetter(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Greek, r) }

// knownNames are the names that stand on pages as they are: of formats, of a licence, and of
// languages, in themselves and in the reader's words.
func knownNames(tags []string, l *locales.Localizer) map[string]bool {
	names := map[string]bool{
		"RSS": true, "Atom": true, "JSON Feed": true, "OPML:": true, "CC0 1.0": true, "If-None-Match: \"…\"\nA-IM: feed": true,
	}
	for _, standards := range [][]string{{"RFC 5005"}, {"RFC 9110", "RFC 3229"}, {"RFC 6721"}} {
		names[strings.Join(standards, ", ")] = true
	}
	for _, systems := range []string{"Windows, Linux", "macOS, iOS", "Android"} {
		names[systems] = true
	}
	for _, programs := range [][]string{{"Fluent Reader", "Thunderbird"}, {"NetNewsWire"}, {"Feeder", "Read You"}, {"Feedly", "Inoreader", "The Old Reader"}} {
		names[l.List(programs...)] = true
	}
	for _, tag := range append(tags, "el") {
		names[locales.Endonym(tag)], names[l.Language(tag)] = true, true
	}
	return names
}
