package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"image"
	"image/png"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/internal/builtin"
	"github.com/kairan-news/kairan/internal/source"
)

// nginx serves a directory as deploy/nginx.conf says, with further lines of it written anew
// that are its user's (old, new, …), and returns its address.
func nginx(t *testing.T, root string, yours ...string) string {
	t.Helper()
	path, err := exec.LookPath("nginx")
	if err != nil {
		path, err = exec.LookPath("/usr/sbin/nginx")
	}
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("no nginx to test with: %v", err)
		}
		t.Skipf("SKIPPED, AND NOTHING SEEN: no nginx to test with: %v; install nginx", err)
	}
	shipped, err := os.ReadFile(filepath.Join("..", "..", "deploy", "nginx.conf"))
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	l.Close() // nginx takes it
	yours = append(yours, "listen 80;", "listen "+address+";", "root /srv/kairan;", "root "+root+";")
	snippet := string(shipped)
	for i := 0; i < len(yours); i += 2 {
		if strings.Count(snippet, yours[i]) != 1 {
			t.Fatalf("deploy/nginx.conf does not have %q once", yours[i])
		}
		snippet = strings.Replace(snippet, yours[i], yours[i+1], 1)
	}
	dir := t.TempDir()
	// Its workers run as another user where the test runs as root.
	user := ""
	if os.Getuid() == 0 {
		user = "user root;\n"
	}
	config := fmt.Sprintf(`%sdaemon off; pid %[2]s/pid; error_log stderr warn; worker_processes 1;
events {}
http {
	access_log off;
	client_body_temp_path %[2]s/body; proxy_temp_path %[2]s/proxy; fastcgi_temp_path %[2]s/fastcgi;
	uwsgi_temp_path %[2]s/uwsgi; scgi_temp_path %[2]s/scgi;
%[3]s
}`, user, dir, snippet)
	file := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(path, "-p", dir, "-e", "stderr", "-c", file)
	var log strings.Builder
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { cmd.Wait(); close(ended) }()
	t.Cleanup(func() {
		cmd.Process.Signal(os.Interrupt) // it may have ended already
		<-ended
		if log.Len() > 0 {
			t.Logf("nginx says:\n%s", log.String())
		}
	})
	eventually(t, func() bool {
		c, err := net.Dial("tcp", address)
		if err == nil {
			c.Close()
		}
		return err == nil
	}, func() string { return "nginx does not listen" })
	return "http://" + address
}

// runProgram runs the program to its end.
func runProgram(t *testing.T, args ...string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	if said, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("kairan %s: %v\n%s", strings.Join(args, " "), err, said)
	}
}

// copied serves what is copied to files, which is the site without what is made for one
// reader's question, and returns its address.
func copied(t *testing.T, config, data string) string {
	t.Helper()
	program := flags{config: config, data: data}
	setup, db, err := program.openExisting(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	site := newSiteCopy(db, setup.asItIs, nil, nil, slog.New(slog.DiscardHandler))
	following, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { _ = site.shelf.Run(following); close(ended) }()
	server := httptest.NewServer(site.exporter.Site)
	t.Cleanup(func() { server.Close(); stop(); <-ended; db.Close() })
	eventually(t, func() bool { return site.shelf.Ready() == nil }, func() string { return "" })
	return server.URL
}

const harbour = `
site:
  id: harbour
  url: https://news.harbour.example
  title: Harbour
  default_locale: en
  locales: [en, ja, ar]
  theme: {brand: "#7a1f2b"}
  stylesheet: own.css
  footer: [{to: imprint}]
  pages: {imprint: imprint.*.md}
categories: [government, infrastructure, {term: living, urgent: true}]
publishers:
  - key: harbour
    name: Harbour
    time_zone: Asia/Tokyo
    language: en
    licence: {name: CC BY 4.0, full_text: true}
sources:
  - id: notices
    publisher: harbour
    kind: folder
    path: notices
    language: en
    categories: {default: living}
`

// TestNginxServesWhatWasExported compares every answer of a web server that has the
// exported files with the program's own; with -short those of a site without archives.
func TestNginxServesWhatWasExported(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	web := nginx(t, out, allLanguages, fewLanguages, easyJapanese, "")
	config := filepath.Join(dir, "kairan.yaml")
	write := func(name, text string) {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := settle(name, source.SettleTime); err != nil {
			t.Fatal(err)
		}
	}
	write("kairan.yaml", harbour)
	write("own.css", ".notice { border-radius: 0 }")
	write("imprint.ja.md", "# 運営者\n\n市です。\n")
	sentences, notices, files := 500, 120, 500
	if testing.Short() {
		sentences, notices, files = 20, 20, 150
	}
	text := strings.Repeat("The harbour is open to ships and closed to cars. ", sentences)
	for i := range notices { // without -short so many, and so long, that there are archives
		write(fmt.Sprintf("notices/2026-03-01-notice-%d.en.md", i), fmt.Sprintf("---\ntitle: Notice %d\ndate: 2026-03-01T09:00:00+09:00\n---\nThis is what notice %d says. %s\n", i, i, text))
	}
	write("notices/2026-03-01-notice-1.ja.md", "---\ntitle: お知らせ\ndate: 2026-03-01T09:00:00+09:00\ncategory: 都市基盤\n---\n橋は車両通行止めです。\n")
	collect := func() {
		t.Helper()
		runProgram(t, "collect", "--config", config, "--data", filepath.Join(dir, "data"))
	}
	collect()
	if err := os.Remove(filepath.Join(dir, "notices", "2026-03-01-notice-7.en.md")); err != nil {
		t.Fatal(err)
	}
	collect()

	p := start(t, "serve", "--config", config, "--data", filepath.Join(dir, "data"), "--export", out)
	eventually(t, func() bool {
		_, err := os.Stat(filepath.Join(out, ".kairan-export.json.gz"))
		return err == nil
	}, p.output)
	p.await(p.admin+"/metrics", "with an export", holds(`kairan_exports_total{outcome="ok"} 1`))

	site := copied(t, config, filepath.Join(dir, "data"))
	addresses, gone := exported(t, out)
	wanted := []string{"/en/", "/en/all", "/ja/subscribe", "/en/living", "/ar/all.rss", "/en/all.atom", "/ja/feeds.opml", "/robots.txt", "/sitemap.xml", "/sitemap-1.xml", "/sitemap-pages.xml", "/news-sitemap.xml", "/en/about", "/ja/partners", "/ja/page/imprint", "/feed-extension.xsd", "/feed-extension.schema.json", "/favicon.svg", "/favicon.ico"}
	if !testing.Short() {
		wanted = append(wanted, "/en/all.1.atom", "/ja/living.1.json", "/en/all.1", "/ja/living.1")
	}
	for _, want := range wanted {
		if !addresses[want] {
			t.Errorf("%s was not exported", want)
		}
	}
	if gone != 3 || len(addresses) < files {
		t.Errorf("%d addresses, and %d marks of what is gone; want some %d, and 3", len(addresses), gone, files)
	}
	for _, status := range []struct {
		path   string
		fields []string
	}{
		{"/", nil},
		{"/", []string{"Accept-Language", "ja-JP,ja;q=0.9"}},
		{"/", []string{"Accept-Language", "uk"}},
		{"/index.html", nil},
		{"/en", nil},
		{"/en/all", nil},
		{"/en/all/", nil},
		{"/xx/all", nil},
		{"/en/living/", nil},
		{"/en/from/harbour/", nil},
		{"/en/nothing", nil},
		{"/en/nothing.rss", nil},
		{"/en/nothing.rss", []string{"Sec-Fetch-Dest", "document"}},
		{"/en/all.7.atom", nil},
		{"/nothing/at/all", nil},
		{"/en/index.html", nil},
		{"/en/living.html", nil},
		{"/en/all.atom.gz", nil},
		{"/.kairan-export.json.gz", nil},
		{"/404.html", nil},
		{"/en/all.atom", []string{"Sec-Fetch-Dest", "document"}},
		{"/en/living.json", []string{"Sec-Fetch-Dest", "document"}},
		{"/en/all.1.rss", []string{"Sec-Fetch-Dest", "document"}},
		{"/en/living.7.json", []string{"Sec-Fetch-Dest", "document"}},
		{"/en/nothing.1.rss", []string{"Sec-Fetch-Dest", "document"}},
		{"/en/all.atom?raw=1", []string{"Sec-Fetch-Dest", "document"}},
		{"/en/all.atom", []string{"Accept-Encoding", "gzip"}},
		{"/en/", []string{"Accept-Encoding", "gzip"}},
		{"/style-000000000000.css", nil},
	} {
		same(t, site, web, status.path, status.fields...)
	}
	for path := range addresses {
		same(t, site, web, path)
		same(t, site, web, path, "Accept-Encoding", "gzip")
		if t.Failed() {
			return
		}
	}
	// What marks a channel that has ended for good.
	for name, path := range map[string]string{"ended.gone": "/en/ended", "ended.atom.gone": "/en/ended.atom"} {
		if err := os.WriteFile(filepath.Join(out, "en", name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
		if a := ask(t, web+path, "Sec-Fetch-Dest", "document"); a.status != http.StatusGone || a.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s answers %d, %q", path, a.status, a.header.Get("Cache-Control"))
		}
	}
	// Whoever has it already is told so by either.
	mine := ask(t, site+"/en/all.atom")
	for _, server := range []string{site, web} {
		if r := ask(t, server+"/en/all.atom", "If-Modified-Since", mine.header.Get("Last-Modified")); r.status != http.StatusNotModified {
			t.Errorf("%s: If-Modified-Since: status %d", server, r.status)
		}
	}

	// What is published next is there soon, and what failed meanwhile harmed nothing.
	write("notices/2026-03-02-ferry.en.md", "---\ntitle: The ferry sails again\ndate: 2026-03-02T09:00:00+09:00\n---\nEvery hour.\n")
	collect()
	p.await(web+"/en/all.rss", "with the new notice", holds("The ferry sails again"))
}

// TestNginxServesAnExportBelowAPath does so where the site's address has a path, and asks
// for "/" in many languages of two sites: one that has all locales, and one that has few.
func TestNginxServesAnExportBelowAPath(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	notice := filepath.Join(dir, "notices", "2026-03-01-bridge.en.md")
	if err := os.MkdirAll(filepath.Dir(notice), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(notice, []byte("---\ntitle: Bridge closed\ndate: 2026-03-01T09:00:00+09:00\n---\nUse the ferry.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := settle(notice, source.SettleTime); err != nil {
		t.Fatal(err)
	}
	var logo bytes.Buffer
	if err := png.Encode(&logo, image.NewGray(image.Rect(0, 0, 120, 60))); err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string][]byte{"own.css": []byte(".notice { border-radius: 0 }"), "imprint.en.md": []byte("# Imprint\n\nThe city.\n"), "logo.png": logo.Bytes(), "arms.svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)} {
		if err := os.WriteFile(filepath.Join(dir, name), body, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const few = "  locales: [en, ja, ar]\n"
	below := strings.Replace(harbour, "https://news.harbour.example", "https://city.example/news/\n  icon: arms.svg\n  logo: logo.png", 1)
	sites := []struct {
		name, config string
		base         string // what addresses begin with
		pictures     []string
		yours        []string
	}{
		{"few", strings.Replace(below, "default_locale: en", "default_locale: ja", 1), "/news", []string{
			`<url>https://city\.example/news/logo-[0-9a-f]{12}\.png</url>`, `<logo>https://city\.example/news/logo-[0-9a-f]{12}\.png</logo>`,
			`<icon>https://city\.example/news/icon-[0-9a-f]{12}\.svg</icon>`,
			`"icon": "https://city\.example/news/logo-[0-9a-f]{12}\.png"`, `"favicon": "https://city\.example/news/icon-[0-9a-f]{12}\.svg"`,
		}, []string{
			`set $kairan_base "";`, `set $kairan_base "/news";`, `#rewrite ^/news$`, `rewrite ^/news$`, `#rewrite ^/news(/.*)$`, `rewrite ^/news(/.*)$`,
			allLanguages, fewLanguages, easyJapanese, "",
			`set $kairan_default en;`, `set $kairan_default ja;`,
		}},
		{"all", strings.Replace(harbour, few, "  "+builtinLocales(t)+"\n", 1), "", []string{`<icon>https://news\.harbour\.example/favicon\.svg</icon>`}, nil},
	}
	for _, site := range sites {
		config, data, out := filepath.Join(dir, site.name+".yaml"), filepath.Join(dir, "data-"+site.name), filepath.Join(dir, "out-"+site.name)
		if err := os.WriteFile(config, []byte(site.config), 0o600); err != nil {
			t.Fatal(err)
		}
		runProgram(t, "collect", "--config", config, "--data", data)
		p := start(t, "web", "--config", config, "--data", data)
		// Documents are dated a second apart, and have no date while it lies ahead.
		p.await(p.site+"/en/all.rss", "with the notice and its date", func(a answer) bool {
			return holds("Bridge closed")(a) && a.header.Get("Last-Modified") != ""
		})
		runProgram(t, "export", "--config", config, "--data", data, out)
		copy := copied(t, config, data)
		mine, web := copy+site.base, nginx(t, out, site.yours...)+site.base

		for _, path := range []string{
			"/en", "/en/", "/en/all", "/en/living", "/en/living/", "/en/from/harbour/", "/en/nothing", "/en/all.atom", "/ja/feeds.opml",
			"/robots.txt", "/sitemap.xml", "/favicon.ico", "/404.html", "/nothing/at/all", "/en/all.7.atom",
		} {
			same(t, mine, web, path)
			same(t, mine, web, path, "Sec-Fetch-Dest", "document")
		}
		feeds := ask(t, web+"/en/all.rss").body + ask(t, web+"/en/all.atom").body + ask(t, web+"/en/all.json").body
		for _, want := range site.pictures {
			if !regexp.MustCompile(want).MatchString(feeds) {
				t.Errorf("%s: no feed says %s", site.name, want)
			}
		}
		page := ask(t, web+"/en/").body
		for _, link := range regexp.MustCompile(`(?:href|src)="(/[^"]*)"`).FindAllStringSubmatch(page, -1) {
			link := strings.TrimPrefix(link[1], site.base)
			if a := ask(t, web+link); a.status != http.StatusOK {
				t.Errorf("%s: the page links %s, which answers %d", site.name, link, a.status)
			}
			same(t, mine, web, link)
		}
		for _, accept := range accepted {
			same(t, mine, web, "/", "Accept-Language", accept)
		}
		for _, refusal := range []string{"en;q=0,*", "ja;q=0, *;q=0.5", "en;q=0", "ja;q=0", "en;q=0,de"} {
			// The program's list speaks another language than one that is refused.
			want, got := ask(t, mine+"/", "Accept-Language", refusal), ask(t, web+"/", "Accept-Language", refusal)
			if got.status != want.status || got.header.Get("Location") != want.header.Get("Location") {
				t.Errorf("%s: %q: %d to %q, the program's is %d to %q", site.name, refusal, got.status, got.header.Get("Location"), want.status, want.header.Get("Location"))
			}
		}
		if site.base != "" {
			same(t, copy, strings.TrimSuffix(web, site.base), site.base)
			same(t, mine, web, "")
		}
	}
}

// builtinLocales is the line of the built-in configuration that names its locales.
func builtinLocales(t *testing.T) string {
	t.Helper()
	line := regexp.MustCompile(`(?m)^ *(locales: \[.*\])$`).FindSubmatch(builtin.Config())
	if line == nil {
		t.Fatal("the built-in configuration does not name its locales")
	}
	return string(line[1])
}

// easyJapanese is the beginning of the line that a site without "ja-simple" takes out.
const easyJapanese = `~*^ja[-_]simple(?![a-z])                                     ja-simple;`

// What deploy/nginx.conf names of all locales, and what its user leaves of it whose site has
// English, Japanese and Arabic.
const (
	allLanguages = "en|sco|ja|zh|cmn|yue|nan|hak|wuu|gan|hsn|cjy|ko|jje|nl|vls|zea|fr|th|nod|sou|tts|tr|id|in|fil|tl|ar|arb|acw|acx|adf|afb|ars|ayh|ayn|acm|apc|ajp|apd|ayl|ayp|aeb|aec|arq|ary|arz|avl|shu|ru|vi|ne|npi|pt"
	fewLanguages = "en|sco|ja|ar|arb|acw|acx|adf|afb|ars|ayh|ayn|acm|apc|ajp|apd|ayl|ayp|aeb|aec|arq|ary|arz|avl|shu"
)

// accepted are lists of languages in falling order, as browsers send them, and some that
// only programs do.
var accepted = []string{
	"", "*", "en", "JA", "ja-JP,ja;q=0.9", "pt-BR,ja;q=0.8", "pt-BR,pt;q=0.9,ja;q=0.8,en;q=0.7", "de", "uk,de;q=0.5",
	"ar-SA", "ar;q=0.8,ja;q=0.2", "en-GB,en;q=0.9,ar;q=0.8", "ja;q=0,ar", "ja;q=0.0 , en;q=0.9", "ja ; q=0, ar;q=0.5", "ja;q=0.001",
	"ko,ja;q=0.9", "zh-TW,zh;q=0.9,en;q=0.8", "zh-CN,zh;q=0.9", "zh", "zh-Hant-HK", "zh-Hans-TW", "zh-Hant", "zh-HK,en", "yue,en", "wuu-CN",
	"tl", "fil-PH,en;q=0.5", "id-ID", "in", "inh,ru;q=0.9", "fr-CA,fr;q=0.9", "nl-BE", "th,en;q=0.9", "tr-TR;q=1.0",
	"de-CH, de;q=0.9, fr;q=0.8", "enough,ja", "x,,ja",
	"ms", "uk", "kk-KZ,kk;q=0.9", "ms,*;q=0.1", "de,*", "*;q=0", "*;q=0,de",
	"arz-EG,en", "ary", "shu;q=0.5", "arz-Latn,ja", "ajp,de", "az", "ast,ja;q=0.1", "yue-Hans", "yue-CN", "zh_TW", "cmn-Hans", "sco", "ja-simple,de", "garbage!!", ";;;", "tts", "jje-KR", "vi-VN,vi;q=0.9", "ne", "npi,en", "pt-PT,de", "ja_Simple", "en_US", "pt_BR",
}

// exported returns the addresses whose files are in a directory, and how many marks
// of what is gone there are.
func exported(t *testing.T, out string) (addresses map[string]bool, gone int) {
	t.Helper()
	addresses = map[string]bool{}
	err := filepath.WalkDir(out, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), ".") {
			return err
		}
		name, _ := filepath.Rel(out, path)
		name = "/" + filepath.ToSlash(name)
		switch filepath.Ext(name) {
		case ".gz", ".zst", ".br":
			return nil
		case ".gone":
			gone++
			name = strings.TrimSuffix(name, ".gone")
		case ".html":
			if name == "/404.html" {
				return nil
			}
			name = strings.TrimSuffix(strings.TrimSuffix(name, ".html"), "index")
		}
		addresses[name] = true
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return addresses, gone
}

func ask(t *testing.T, url string, fields ...string) answer {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Accept-Encoding", "identity")
	for i := 0; i < len(fields); i += 2 {
		r.Header.Set(fields[i], fields[i+1])
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var body io.Reader = res.Body
	if res.Header.Get("Content-Encoding") == "gzip" {
		if body, err = gzip.NewReader(res.Body); err != nil {
			t.Fatal(err)
		}
	}
	b, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	return answer{res.StatusCode, res.Header, string(b)}
}

// same asks two servers, and compares what they answer.
func same(t *testing.T, mine, web, path string, fields ...string) {
	t.Helper()
	want, got := ask(t, mine+path, fields...), ask(t, web+path, fields...)
	if got.status != want.status {
		t.Errorf("%s %q: status %d, the program's is %d", path, fields, got.status, want.status)
		return
	}
	names := []string{"Location", "Access-Control-Allow-Origin", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"}
	if want.status == http.StatusOK {
		names = append(names, "Content-Type", "Content-Language", "Content-Encoding", "Cache-Control")
		if got.body != want.body {
			t.Errorf("%s %q: %d bytes, the program's are %d", path, fields, len(got.body), len(want.body))
		}
	} else if want.status >= 400 && got.header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s: an error may be kept: %q", path, got.header.Get("Cache-Control"))
	}
	if want.header.Get("Last-Modified") != "" {
		names = append(names, "Last-Modified")
	}
	for _, name := range names {
		if g, w := got.header.Get(name), want.header.Get(name); g != w {
			t.Errorf("%s %q: %s: %q, the program's is %q", path, fields, name, g, w)
		}
	}
	for _, word := range strings.Split(want.header.Get("Vary"), ", ") {
		// Only the program says what is wrong in the reader's language.
		if ofError := want.status >= 400 && word == "Accept-Language"; !ofError && word != "Accept-Encoding" && !strings.Contains(strings.Join(got.header["Vary"], ", "), word) {
			t.Errorf("%s: Vary: %q lacks %s", path, got.header["Vary"], word)
		}
	}
}
