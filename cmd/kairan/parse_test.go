package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestParseCommand(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := write("good.xml", `<rss version="2.0"><channel><title>City &amp;amp; Harbour</title><link>/</link><language>jp</language>
		<item><title>a</title><link>n/1?utm_source=x</link><author>press@city.example (Press)</author><pubDate>2026/04/01 09:00</pubDate><description>&lt;p&gt;b&lt;/p&gt;</description></item>
		<item><title>c</title></item></channel></rss>`)
	page := write("page.html", "<html><body>no feed</body></html>")

	run := func(stdin string, args ...string) []string {
		t.Helper()
		cmd := newParseCommand()
		var out bytes.Buffer
		cmd.SetOut(&out)
		cmd.SetIn(strings.NewReader(stdin))
		cmd.SetArgs(args)
		if err := cmd.Execute(); err != nil {
			t.Fatalf("parse %v: %v", args, err)
		}
		return strings.Split(strings.TrimSpace(out.String()), "\n")
	}

	lines := run("", good, "--base-url", "https://city.example/feed", "--timezone", "Asia/Tokyo")
	want := `{"file":` + quoted(t, good) + `,"error":null,"feed":{"title":"City & Harbour","link":"https://city.example/","language":"ja","id":"","description":"","updated":null},` +
		`"entries":[{"id":"https://city.example/n/1","title":"a","link":"https://city.example/n/1","published":"2026-04-01T00:00:00Z","updated":null,"language":"ja","author":"Press","content":"<p>b</p>","summary":"b","authors":[{"name":"Press","email":"press@city.example"}]},` +
		`{"id":"","title":"c","link":"","published":null,"updated":null,"language":"ja","author":"","content":"","summary":""}]}`
	if len(lines) != 1 || lines[0] != want {
		t.Errorf("\n got %s\nwant %s", lines[0], want)
	}

	part := write("part.xml", `<rss version="2.0"><channel><title>City</title><item><title>a</title></item><item><headline>b</headline></item></channel></rss>`)
	if lines = run("", part); !strings.Contains(lines[0], `"error":null`) || !strings.HasSuffix(lines[0], `"summary":""}],"lost":1}`) {
		t.Errorf("of a document of which an entry can't be read: %s", lines[0])
	}
	cut := write("cut.xml", `<rss version="2.0"><channel><title>City</title><it`)
	if lines = run("", cut); !strings.Contains(lines[0], "ends too early") {
		t.Errorf("of a document that ends in its head: %s", lines[0])
	}

	missing := filepath.Join(dir, "missing.xml")
	lines = run(page+"\n\n"+good+"\r\n"+missing+"\n", "-")
	if len(lines) != 3 {
		t.Fatalf("%d lines for three paths: %q", len(lines), lines)
	}
	for i, path := range []string{page, good, missing} {
		var doc struct {
			File    string
			Error   *string
			Feed    *struct{}
			Entries []struct{}
		}
		if err := json.Unmarshal([]byte(lines[i]), &doc); err != nil {
			t.Fatal(err)
		}
		if doc.File != path || (doc.Error == nil) != (path == good) || (doc.Feed != nil) != (path == good) || doc.Entries == nil {
			t.Errorf("line %d is %s", i, lines[i])
		}
	}
}

func TestParseCommandPrintsWhatAnEntryHasBesideItsText(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"rss.xml": `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Port</title><item><title>a</title><link>https://port.example/1</link>
			<dc:creator>Harbour Office</dc:creator><dc:rights>© Port</dc:rights><category domain="https://port.example/topics">Ferries</category>
			<enclosure url="https://port.example/a.pdf" type="application/pdf" length="12"/><media:content url="https://port.example/a.jpg" medium="image" type="image/jpeg"/></item></channel></rss>`,
		"atom.xml": `<feed xmlns="http://www.w3.org/2005/Atom"><title>Port</title><id>urn:port</id><updated>2026-04-01T00:00:00Z</updated><entry><title>a</title><id>https://port.example/1</id><updated>2026-04-01T00:00:00Z</updated>
			<author><name>Harbour Office</name></author><rights>© Port</rights><category term="Ferries" scheme="https://port.example/topics"/>
			<link rel="enclosure" href="https://port.example/a.pdf" type="application/pdf" length="12"/><link rel="enclosure" href="https://port.example/a.jpg" type="image/jpeg"/></entry></feed>`,
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := newParseCommand()
		var out bytes.Buffer
		cmd.SetOut(&out)
		cmd.SetArgs([]string{path})
		if err := cmd.Execute(); err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{
			`"authors":[{"name":"Harbour Office"}]`, `"rights":"© Port"`, `"term":"Ferries"`, `"scheme":"https://port.example/topics"`,
			`"enclosures":[{"url":"https://port.example/a.pdf","type":"application/pdf","length":12}`, `"images":[{"url":"https://port.example/a.jpg"`,
		} {
			if !strings.Contains(out.String(), want) {
				t.Errorf("%s: %s is not in %s", name, want, out.String())
			}
		}
	}
}

func TestParseCommandRefusesAZoneThatIsNone(t *testing.T) {
	cmd := newParseCommand()
	cmd.SetArgs([]string{"--timezone", "Mars/Olympus", "x"})
	cmd.SetOut(&bytes.Buffer{})
	cmd.SetErr(&bytes.Buffer{})
	if err := cmd.Execute(); err == nil || !strings.Contains(err.Error(), "Asia/Tokyo") {
		t.Errorf("error %v, want one that names a zone", err)
	}
}

func quoted(t *testing.T, s string) string {
	t.Helper()
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
