package main

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/source"
)

// xmlNames are the namespaces that the sources use.
const xmlNames = ` xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:content="http://purl.org/rss/1.0/modules/content/"` +
	` xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:georss="http://www.georss.org/georss"` +
	` xmlns:cc="http://web.resource.org/cc/" xmlns:at="http://purl.org/atompub/tombstones/1.0"`

// asAtom writes notices as Atom, and those that are taken back.
func asAtom(notices []difficulty, id string, withdrawn ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"%s xml:lang="en"><id>tag:city.example,2026:%s</id><title>City</title><link href="https://city.example/"/><updated>2026-11-02T09:00:00+09:00</updated>`, xmlNames, id)
	for _, name := range withdrawn {
		fmt.Fprintf(&b, `<at:deleted-entry ref="tag:city.example,2026:%s" when="2026-11-20T09:00:00+09:00"/>`, difficulty{name: name}.slug())
	}
	for i, d := range notices {
		if slices.Contains(withdrawn, d.name) {
			continue
		}
		fmt.Fprintf(&b, `<entry xml:lang="%s">%s`, html.EscapeString(d.language()), d.also)
		for _, part := range []struct{ name, text string }{
			{"id", fmt.Sprintf(`<id>tag:city.example,2026:%s</id>`, d.slug())},
			{"title", "<title>" + html.EscapeString(d.headline()) + "</title>"},
			{"link", fmt.Sprintf(`<link href="https://city.example/%s"/>`, d.slug())},
			{"date", "<published>" + moment(i).Format(time.RFC3339) + "</published>"},
		} {
			if !d.lacks(part.name) {
				b.WriteString(part.text)
			}
		}
		fmt.Fprintf(&b, `<category term="%s"/>`, topic(i))
		if text := d.text(); text != "" {
			fmt.Fprintf(&b, `<content type="html">%s</content>`, html.EscapeString(text))
		}
		b.WriteString("</entry>")
	}
	b.WriteString("</feed>")
	return b.String()
}

// asRSS writes notices as RSS.
func asRSS(notices []difficulty) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"%s><channel><title>City</title><link>https://city.example/</link><description>News</description><language>en</language>`, xmlNames)
	for i, d := range notices {
		fmt.Fprintf(&b, "<item>%s<dc:language>%s</dc:language>", d.also, d.language())
		for _, part := range []struct{ name, text string }{
			{"id", fmt.Sprintf(`<guid isPermaLink="false">rss:%s</guid>`, d.slug())},
			{"title", "<title>" + html.EscapeString(d.headline()) + "</title>"},
			{"link", fmt.Sprintf(`<link>https://city.example/rss/%s</link>`, d.slug())},
			{"date", "<pubDate>" + moment(i).Format(time.RFC1123Z) + "</pubDate>"},
		} {
			if !d.lacks(part.name) {
				b.WriteString(part.text)
			}
		}
		fmt.Fprintf(&b, `<category>%s</category>`, topic(i))
		if text := d.text(); text != "" {
			fmt.Fprintf(&b, `<content:encoded>%s</content:encoded>`, html.EscapeString(text))
		}
		b.WriteString("</item>")
	}
	b.WriteString("</channel></rss>")
	return b.String()
}

// asJSON writes notices as a JSON Feed.
func asJSON(t *testing.T, notices []difficulty) string {
	t.Helper()
	var items []string
	for i, d := range notices {
		item := map[string]json.RawMessage{}
		put := func(key, text string) {
			quoted, err := json.Marshal(text)
			if err != nil {
				t.Fatal(err)
			}
			item[key] = quoted
		}
		for _, key := range []struct{ part, name, text string }{
			{"id", "id", "json:" + d.slug()}, {"title", "title", d.headline()}, {"link", "url", "https://city.example/json/" + d.slug()},
			{"date", "date_published", moment(i).Format(time.RFC3339)}, {"", "content_html", d.text()}, {"", "language", d.language()},
		} {
			if (key.part == "" || !d.lacks(key.part)) && key.text != "" {
				put(key.name, key.text)
			}
		}
		item["tags"] = json.RawMessage(fmt.Sprintf("[%q]", topic(i)))
		if d.also != "" {
			var also map[string]json.RawMessage
			if err := json.Unmarshal([]byte(d.also), &also); err != nil {
				t.Fatalf("%s: %v\n%s", d.name, err, d.also)
			}
			maps.Copy(item, also)
		}
		text, err := json.Marshal(item)
		if err != nil {
			t.Fatalf("%s: %v", d.name, err)
		}
		items = append(items, string(text))
	}
	return `{"version": "https://jsonfeed.org/version/1.1", "title": "City", "home_page_url": "https://city.example/", "language": "en", "items": [` + strings.Join(items, ",\n") + "]}"
}

// changed returns what a source says at its second visit: of the same notices the later
// state, and those that are new.
func changed(notices, later []difficulty) []difficulty {
	all := slices.Clone(notices)
	for _, d := range later {
		if i := slices.IndexFunc(all, func(known difficulty) bool { return known.name == d.name }); i >= 0 {
			all[i] = d
		} else {
			all = append(all, d)
		}
	}
	return all
}

// difficultSource is a city's web server that publishes all difficulties. What it says at
// the second visit is another state of it.
type difficultSource struct {
	atom, rss, json []difficulty
	visited         atomic.Bool
}

func newDifficultSource() *difficultSource {
	return &difficultSource{
		atom: slices.Concat(inAtom, everywhere("atom")),
		rss:  slices.Concat(inRSS, everywhere("rss")),
		json: slices.Concat(inJSON, everywhere("json")),
	}
}

// size is how many notices there are, with those of the folder, and those that come late.
func (s *difficultSource) size() int {
	n := len(changed(s.atom, afterwards)) + len(s.rss) + len(s.json) + len(withoutFullText)
	for name := range inFolder() {
		switch filepath.Ext(name) {
		case ".md", ".txt", ".html":
			n++
		}
	}
	return n
}

// handler serves the feeds.
func (s *difficultSource) handler(t *testing.T) http.Handler {
	texts := map[string]string{"/rss": asRSS(s.rss), "/json": asJSON(t, s.json), "/short": asAtom(withoutFullText, "short")}
	atom := asAtom(s.atom, "news")
	later := asAtom(changed(s.atom, afterwards), "news", "a point at the pole", "nested tables")
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path != "/atom":
			fmt.Fprint(w, texts[r.URL.Path])
		case s.visited.Load():
			fmt.Fprint(w, later)
		default:
			fmt.Fprint(w, atom)
		}
	})
}

// theDifficultSite has the program collect all difficulties, twice since some are corrected,
// taken back or translated late, and returns the flags by which it finds what it knows then.
func theDifficultSite(t *testing.T) *flags {
	t.Helper()
	dir := t.TempDir()
	s := newDifficultSource()
	server := httptest.NewServer(s.handler(t))
	t.Cleanup(server.Close)
	config := strings.Replace(difficultConfig, "%[1]s/news", "%[1]s/atom", 1)
	config = strings.Replace(config, "  default_locale: en\n", "  default_locale: en\n  locales: [en, ja, ar]\n", 1)
	for _, kind := range []string{"rss", "json"} {
		config += fmt.Sprintf("  - {id: news-%s, publisher: city, kind: feed, url: \"%%[1]s/%s\", allow_private: true}\n", kind, kind)
	}
	lay(t, filepath.Join(dir, "kairan.yaml"), fmt.Sprintf(config, server.URL))
	for name, text := range inFolder() {
		lay(t, filepath.Join(dir, "notices", name), text)
	}
	f := &flags{config: filepath.Join(dir, "kairan.yaml"), data: filepath.Join(dir, "data")}
	runProgram(t, "collect", "--config", f.config, "--data", f.data)
	s.visited.Store(true)
	if err := os.Remove(filepath.Join(dir, "notices", "taken-back-by-name.en.md")); err != nil {
		t.Fatal(err)
	}
	runProgram(t, "collect", "--config", f.config, "--data", f.data)
	return f
}

// lay writes a file that has lain there for as long as a folder of notices waits with a new
// one.
func lay(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := settle(file, source.SettleTime); err != nil {
		t.Fatal(err)
	}
}
