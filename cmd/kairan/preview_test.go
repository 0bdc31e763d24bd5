package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/internal/config"
)

const previewedFeed = `<?xml version="1.0"?><rss version="2.0"><channel><title>City news</title><link>https://city.example/</link><language>ja</language>
<item><title>市立図書館の開館時間を変更します</title><link>https://city.example/1</link><pubDate>Wed, 01 Apr 2026 09:00:00 +0900</pubDate></item>
<item><title>春の交通安全運動を実施します</title><link>https://city.example/2</link></item></channel></rss>`

// serveCity serves documents by their paths, and nothing else.
func serveCity(t *testing.T, documents map[string]string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := documents[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		kind := "text/html; charset=utf-8"
		if strings.HasPrefix(body, "<?xml") {
			kind = "application/xml"
		}
		w.Header().Set("Content-Type", kind)
		fmt.Fprint(w, strings.ReplaceAll(body, "BASE", "http://"+r.Host))
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// preview runs the command, without pauses between requests.
func preview(t *testing.T, address string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "kairan.yaml")
	text := "site: {id: my-site, url: https://news.example}\npublishers:\n  - {key: tokyo, time_zone: Asia/Tokyo, language: ja}\n" +
		"sources:\n  - {id: other, publisher: tokyo, kind: folder, path: .}\nfetch: {host_pause: 0}\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errOut bytes.Buffer
	status = run(append([]string{"preview", "--allow-private", "--config", file, address}, args...), strings.NewReader(""), &out, &errOut)
	if status == 0 && len(args) == 0 {
		// What it prints to be pasted is valid where it is to be pasted.
		_, sources, ok := strings.Cut(out.String(), "\nsources:\n")
		if !ok {
			t.Fatalf("no configuration in:\n%s", out.String())
		}
		pasted := strings.Replace(text, "sources:\n", "sources:\n"+sources, 1)
		if _, err := config.Read("kairan.yaml", []byte(pasted), nil).Check(nil); err != nil {
			t.Errorf("what is to be pasted has a fault: %v\n%s", err, pasted)
		}
	}
	return out.String(), errOut.String(), status
}

func TestPreview(t *testing.T) {
	page := func(title string) string {
		return `<html lang="nl"><title>` + title + `</title><meta property="article:published_time" content="2026-04-01"><main><h1>` + title + `</h1><p>` + strings.Repeat("De tekst van het bericht is lang genoeg. ", 6) + `</p></main>`
	}
	base := serveCity(t, map[string]string{
		"/feed.rdf":    previewedFeed,
		"/":            `<!DOCTYPE html><title>Home</title><link rel="alternate" type="application/rss+xml" href="/broken"><link rel="alternate" type="application/rss+xml" href="/feed.rdf"><link rel="alternate" type="application/rss+xml" href="/comments.xml">`,
		"/broken":      "<html>not a feed</html>",
		"/full.xml":    strings.Replace(previewedFeed, "<item>", `<item><category>防災</category><category>Potholes</category><enclosure url="https://city.example/plan.pdf" type="application/pdf" length="9"/><enclosure url="https://city.example/map.png" type="image/png" length="9"/>`, 1),
		"/hidden/":     `<html><title>x</title>`,
		"/part.xml":    strings.Replace(previewedFeed, "<item>", "<item><headline>Zonder woord</headline></item><item>", 1),
		"/none.xml":    `<rss version="2.0"><channel><title>City news</title><item><headline>Zonder woord</headline></item></channel></rss>`,
		"/cut.xml":     `<rss version="2.0"><channel><title>City news</title><it`,
		"/nieuws/":     `<html lang="nl"><title>Nieuws</title><main><ul><li><a href="/nieuws/1">De brug over het kanaal is weer open</a> 1 april 2026</li><li><a href="/nieuws/2">De markt verhuist naar het plein</a> 31 maart 2026</li><li><a href="/nieuws/3">Zwembad dicht wegens onderhoud</a></li></ul><nav class="pager"><a href="?blad=2">Volgende</a></nav></main>`,
		"/nieuws/1":    page("De brug over het kanaal is weer open"),
		"/nieuws/2":    page("De markt verhuist naar het plein"),
		"/sitemap.xml": `<?xml version="1.0"?><urlset><url><loc>BASE/nieuws/1</loc><lastmod>2026-04-01</lastmod></url></urlset>`,
	})
	for _, test := range []struct {
		name, path string
		args       []string
		want       []string
		status     int
	}{
		{name: "a feed", path: "/feed.rdf", want: []string{"feed, RSS 2.0, \"City news\"", "2 articles read", "市立図書館の開館時間を変更します", "2026-04-01  ja", "kind: feed", "publisher: tokyo", "language: ja", `schedule: "@every 30m"`}},
		{name: "what a feed has beside texts", path: "/full.xml", want: []string{"1×  disaster-prevention", "Potholes", "1×  none: name one under", "1 article with images, such as https://city.example/map.png", "1 article with files, such as https://city.example/plan.pdf application/pdf"}},
		{name: "a feed behind a home page", path: "/", want: []string{base + "/feed.rdf", "asked for " + base + "/", "the page leads to this feed (declared)", "The page leads to these, too:", "/comments.xml", "url: " + base + "/feed.rdf"}},
		{name: "a feed of which a part can't be read", path: "/part.xml", want: []string{"2 articles read", "Failed in part: 1 of 3 entries could not be read"}},
		{name: "a feed of which nothing can be read", path: "/none.xml", status: 1, want: []string{"/none.xml: of its 1 entries none could be read"}},
		{name: "a feed that ends in its head", path: "/cut.xml", status: 1, want: []string{"/cut.xml: the document ends too early"}},
		{name: "a page", path: "/nieuws/", want: []string{`page, "Nieuws"`, "2 articles read; the page lists 3", "the list goes on at " + base + "/nieuws/?blad=2", "Zwembad dicht wegens onderhoud", "page-gone", "kind: page", "language: nl", `schedule: "@hourly"`}},
		{name: "a sitemap", path: "/sitemap.xml", want: []string{"sitemap", "1 article read", "kind: sitemap"}},
		{name: "a page without articles whose site has a sitemap", path: "/hidden/", want: []string{"its site has this sitemap", "kind: sitemap", "url: " + base + "/sitemap.xml"}},
		{name: "nothing there", path: "/missing", status: 1, want: []string{"kairan: preview", "404"}},
		{name: "a kind that it is not", path: "/nieuws/", args: []string{"--kind", "feed"}, status: 1, want: []string{"no feed"}},
		{name: "a kind that there is not", path: "/nieuws/", args: []string{"--kind", "rss"}, status: 1, want: []string{"use feed, page or sitemap"}},
		{name: "a zone that there is not", path: "/nieuws/", args: []string{"--timezone", "JST"}, status: 1, want: []string{"use a name such as Asia/Tokyo"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			stdout, stderr, status := preview(t, base+test.path, test.args...)
			if status != test.status {
				t.Fatalf("status %d\n%s%s", status, stdout, stderr)
			}
			for _, want := range test.want {
				if !strings.Contains(stdout+stderr, want) {
					t.Errorf("%q is not in\n%s%s", want, stdout, stderr)
				}
			}
		})
	}
}

// Of a feed that brings summaries only it is said how to have more, and no more is done.
func TestPreviewOfSummaries(t *testing.T) {
	const note = `"full_text: fetch" takes the texts from the pages`
	item := func(content string) string {
		return `<?xml version="1.0"?><rss version="2.0"><channel><title>City</title><item><title>The park opens</title><link>BASE/1</link><description>In short.</description>` + content + `</item></channel></rss>`
	}
	base := serveCity(t, map[string]string{
		"/short": item(""),
		"/whole": item(`<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/">` + strings.Repeat("The park by the river opens on Saturday. ", 30) + `</content:encoded>`),
	})
	for path, want := range map[string]bool{"/short": true, "/whole": false} {
		out, _, status := preview(t, base+path)
		if status != 0 || strings.Contains(out, note) != want || strings.Contains(out, "\n    full_text") {
			t.Errorf("preview of %s, %d:\n%s", path, status, out)
		}
	}
}

func TestPreviewForMachines(t *testing.T) {
	base := serveCity(t, map[string]string{"/feed": previewedFeed})
	stdout, stderr, status := preview(t, base+"/feed", "--json")
	var got previewed
	if err := json.Unmarshal([]byte(stdout), &got); err != nil || status != 0 {
		t.Fatalf("%v, status %d: %s%s", err, status, stdout, stderr)
	}
	if got.Kind != "feed" || got.Title != "City news" || len(got.Articles) != 2 || *got.Articles[0].Published != "2026-04-01T00:00:00Z" || got.Articles[1].From != "first-seen" || !strings.Contains(got.Config, "kind: feed") {
		t.Errorf("%+v", got)
	}
}

func TestPreviewOfTermsForMachines(t *testing.T) {
	base := serveCity(t, map[string]string{"/feed": strings.Replace(previewedFeed, "<item>", `<item><category>防災</category><category>Potholes</category><enclosure url="https://city.example/plan.pdf" type="application/pdf" length="9"/>`, 1)})
	stdout, stderr, status := preview(t, base+"/feed", "--json")
	var got previewed
	if err := json.Unmarshal([]byte(stdout), &got); err != nil || status != 0 || len(got.Articles) != 2 {
		t.Fatalf("%v, status %d: %s%s", err, status, stdout, stderr)
	}
	a := got.Articles[0]
	if len(a.Terms) != 2 || a.Terms[0].Category != "disaster-prevention" || a.Terms[1].Category != "" || a.Terms[1].Term.Term != "Potholes" ||
		len(a.Enclosures) != 1 || a.Enclosures[0].Type != "application/pdf" || len(a.Categories) != 1 {
		t.Errorf("%+v", a)
	}
}

// What the configuration says of a source's entries is done to what is shown of it.
func TestPreviewOfASourceOfTheConfiguration(t *testing.T) {
	base := serveCity(t, map[string]string{"/feed": previewedFeed})
	dir := t.TempDir()
	file := filepath.Join(dir, "kairan.yaml")
	notices := filepath.Join(dir, "notices")
	for name, text := range map[string]string{
		file: "site: {id: my-site, url: https://news.example}\npublishers:\n  - {key: tokyo, time_zone: Asia/Tokyo, language: ja}\nsources:\n" +
			"  - {id: library, publisher: tokyo, kind: feed, url: \"" + base + "/feed\", only: [図書館], rewrite: [{pattern: 市立図書館, replacement: 図書館}]}\n" +
			"  - {id: notes, publisher: tokyo, kind: folder, path: notices, except: {title: [jobs]}}\n",
		filepath.Join(notices, "1.en.txt"): "Jobs at the town hall\n\nThe town hall looks for a clerk.\n",
		filepath.Join(notices, "2.en.txt"): "The bridge is open again\n\nIt may be crossed from Monday.\n",
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct{ asked, taken, left, id string }{
		{base + "/feed", "図書館の開館時間を変更します", "", "library"},
		{notices, "The bridge is open again", "Jobs at the town hall", "notes"},
	} {
		var out, errOut, machines bytes.Buffer
		if status := run([]string{"preview", "--allow-private", "--config", file, test.asked}, strings.NewReader(""), &out, &errOut); status != 0 {
			t.Fatalf("status %d\n%s", status, errOut.String())
		}
		if text := out.String(); !strings.Contains(text, "1 article read") || !strings.Contains(text, "Left out by \"only\" and \"except\" of "+test.id+":") || !strings.Contains(text, test.left) {
			t.Errorf("of %s is said\n%s", test.asked, text)
		}
		run([]string{"preview", "--json", "--allow-private", "--config", file, test.asked}, strings.NewReader(""), &machines, &errOut)
		var got previewed
		if err := json.Unmarshal(machines.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		if len(got.Articles) != 1 || got.Articles[0].Title != test.taken || len(got.Excluded) != 1 || !strings.Contains(got.Excluded[0].Title, test.left) {
			t.Errorf("of %s came %+v, without %+v", test.asked, got.Articles, got.Excluded)
		}
	}
}

// What is appended can be collected: it may be on the private network that it was seen on.
func TestPreviewAppendsWhatCanBeCollected(t *testing.T) {
	base := serveCity(t, map[string]string{"/feed": previewedFeed})
	dir := t.TempDir()
	file := filepath.Join(dir, "kairan.yaml")
	text := "site: {id: my-site, url: https://news.example}\npublishers:\n  - {key: tokyo, time_zone: Asia/Tokyo, language: ja}\n" +
		"sources:\n  # not yet\n  - {id: other, publisher: tokyo, kind: folder, path: ., disabled: true}\nfetch: {host_pause: 0}\n"
	if err := os.WriteFile(file, []byte(text), 0o640); err != nil {
		t.Fatal(err)
	}
	var out, errOut bytes.Buffer
	for _, args := range [][]string{
		{"preview", "--config", file, "--append", "--allow-private", "--id", "city-news", base + "/feed"},
		{"check", "--config", file},
		{"collect", "--config", file, "--data", dir, "--no-publish", "city-news"},
	} {
		if status := run(args, strings.NewReader(""), &out, &errOut); status != 0 {
			t.Fatalf("%s: status %d\n%s%s", args[0], status, out.String(), errOut.String())
		}
	}
	if !strings.Contains(out.String(), "city-news  ok       2") {
		t.Errorf("of the source is said\n%s", out.String())
	}
	var again bytes.Buffer
	if status := run([]string{"preview", "--config", file, "--append", "--allow-private", base + "/feed"}, strings.NewReader(""), &again, &again); status != 1 || !strings.Contains(again.String(), `already, as "city-news"`) {
		t.Errorf("a second time: status %d\n%s", status, again.String())
	}
}

func TestPreviewStaysOutOfPrivateNetworks(t *testing.T) {
	base := serveCity(t, map[string]string{"/feed": previewedFeed})
	var out, errOut bytes.Buffer
	if status := run([]string{"preview", base + "/feed"}, strings.NewReader(""), &out, &errOut); status != 1 || !strings.Contains(errOut.String(), "allow_private") {
		t.Errorf("status %d: %s%s", status, out.String(), errOut.String())
	}
}

func TestSuggestedIDs(t *testing.T) {
	taken := func(id string) bool { return id == "metro-tokyo-ja" }
	for _, test := range []struct{ address, language, want string }{
		{"https://www.metro.tokyo.lg.jp/rss/index.rdf", "ja", "metro-tokyo-ja-2"},
		{"https://www.amsterdam.nl/nieuws", "nl", "amsterdam-nl"},
		{"https://www.gov.taipei/x", "zh-Hant", "gov-zh-hant"},
		{"http://127.0.0.1:8080/", "", "source"},
		{"https://" + strings.Repeat("long-", 12) + "name.example/", "fr", "long-long-long-long-long-long-long-lon-fr"},
	} {
		if got := suggestID(taken, hostName(test.address), test.language); got != test.want {
			t.Errorf("%s: %q, want %q", test.address, got, test.want)
		}
	}
}

// A feed is found by the header of the page that it belongs to, and by the address that
// browsers hand to feed readers.
func TestPreviewFindsAFeedByAHeaderAndUnderFeed(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/news":
			w.Header().Add("Link", `</style.css>; rel=preload; as=style`)
			w.Header().Add("Link", `</api>; rel="alternate"; type="application/json+oembed", <somewhere/out>; rel="alternate"; type="application/rss+xml"; title="News"`)
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, "<!doctype html><title>News</title><p>What the city has to say.</p>")
		case "/somewhere/out":
			w.Header().Set("Content-Type", "application/rss+xml")
			fmt.Fprint(w, previewedFeed)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	host := strings.TrimPrefix(server.URL, "http://")
	for _, asked := range []string{server.URL + "/news", "feed://" + host + "/somewhere/out", "feed:" + server.URL + "/somewhere/out"} {
		out, errOut, status := preview(t, asked)
		if status != 0 || !strings.HasPrefix(out, server.URL+"/somewhere/out\n") || !strings.Contains(out, "2 articles read") {
			t.Errorf("%s: status %d\n%s%s", asked, status, out, errOut)
		}
	}
}
