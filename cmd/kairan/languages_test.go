package main

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/internal/source"
)

// languageTags are what people write as the language of a notice, and what it is written
// in; "" is nothing at all.
var languageTags = []string{
	"en", "en-GB", "en-US", "pt", "pt-BR", "pt-PT", "ja", "ja-simple", "zh-Hans", "zh-Hant", "zh-HK", "zh-TW", "zh",
	"no", "nb", "nn", "sr", "sr-Latn", "ko", "ar", "ar-SA", "vi", "ne", "th", "",
}

// kept are the tags that a file's name keeps otherwise than they are spelt, and brought those
// that a feed brings: it keeps a region only where the site has such a locale.
var (
	kept    = map[string]string{"zh": "zh-Hans", "": "und"}
	brought = map[string]string{
		"en-GB": "en", "en-US": "en", "pt-PT": "pt", "zh-HK": "zh-Hant", "zh-TW": "zh-Hant", "zh": "zh-Hans", "ar-SA": "ar", "": "und",
	}
)

// ownLanguage are the tags that each locale of the site is served in, without a mark. The
// locales that are not named are in none of them.
var ownLanguage = map[string]string{
	"en": "en en-GB en-US", "ja": "ja ja-simple", "ja-simple": "ja ja-simple", "zh-Hans": "zh-Hans zh", "zh-Hant": "zh-Hant zh-HK zh-TW",
	"ko": "ko", "th": "th", "ar": "ar ar-SA", "vi": "vi", "ne": "ne", "pt-BR": "pt pt-BR pt-PT",
	"nl": "", "fr": "", "tr": "", "id": "", "fil": "", "ru": "",
}

// spoken are texts in these languages.
var spoken = map[string]string{
	"en": sentences["en"], "pt": sentences["pt"], "ja": sentences["ja"], "zh-Hans": sentences["zh-Hans"], "zh-Hant": sentences["zh-Hant"],
	"ko": sentences["ko"], "ar": sentences["ar"], "vi": sentences["vi"], "th": sentences["th"],
	"ja-simple": "げつようびから おおきい みちを なおします。しゅうまつまで ほかの みちを つかって ください。",
	"nb":        "Arbeidet i hovedgaten begynner på mandag, og vi ber alle bruke andre veier til slutten av uken.",
	"nn":        "Arbeidet i hovudgata byrjar på måndag, og me ber alle nytta andre vegar til slutten av veka.",
	"sr":        "Радови у главној улици почињу у понедељак, молимо грађане да до краја недеље користе друге улице.",
	"sr-Latn":   "Radovi u glavnoj ulici počinju u ponedeljak, molimo građane da do kraja nedelje koriste druge ulice.",
	"ne":        "मुख्य सडकको काम सोमबारदेखि सुरु हुन्छ, हप्ताको अन्त्यसम्म अर्को बाटो प्रयोग गर्नुहोस्।",
	"":          "☎ 03-0000-0000",
}

// written returns a text in what a tag names.
func written(tag string) string {
	switch base, _, _ := strings.Cut(tag, "-"); {
	case spoken[tag] != "":
		return spoken[tag]
	case tag == "zh-HK" || tag == "zh-TW":
		return spoken["zh-Hant"]
	case tag == "zh":
		return spoken["zh-Hans"]
	case tag == "no":
		return spoken["nb"]
	default:
		return spoken[base]
	}
}

// told are the stories that the folder has in several languages, and the version that each
// locale shows: "*" is all that are not named, and "from" these in the publisher's channel,
// which accepts its own language. Of those that are merely accepted the first is
// shown that was stored, which is the last of the folder's.
var told = []struct {
	name, tags string
	shown      map[string]string
}{
	{"all", "ar ar-SA en en-GB en-US ja ja-simple ko nb ne nn no pt pt-BR pt-PT sr sr-Latn th vi zh-HK zh-Hans zh-Hant zh-TW",
		map[string]string{"ja": "ja", "ja-simple": "ja-simple", "zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant", "ko": "ko", "th": "th", "ar": "ar", "vi": "vi", "ne": "ne", "pt-BR": "pt-BR", "*": "en"}},
	{"regions", "en-GB pt-PT zh-HK", map[string]string{"pt-BR": "pt-PT", "zh-Hant": "zh-HK", "zh-Hans": "zh-HK", "*": "en-GB"}},
	{"general", "ko pt pt-PT zh-TW", map[string]string{"pt-BR": "pt", "zh-Hant": "zh-TW", "zh-Hans": "zh-TW", "ko": "ko", "*": "zh-TW"}},
	{"simple", "ja-simple zh-Hans", map[string]string{"ja": "ja-simple", "ja-simple": "ja-simple", "zh-Hans": "zh-Hans", "zh-Hant": "zh-Hans", "from": "ja-simple", "*": "zh-Hans"}},
	{"scripts", "nn sr sr-Latn", map[string]string{"*": "sr"}},
	{"yields", "ja ja-simple", map[string]string{"ja-simple": "ja-simple", "*": "ja"}},
}

const languagesConfig = `
site:
  id: languages
  url: https://news.city.example
  title: News
  default_locale: en
  messages: messages
categories: [living]
publishers:
  - {key: city, name: City, time_zone: Asia/Tokyo, language: ja, licence: {name: CC BY 4.0, full_text: true}}
  - {key: port, name: Port, time_zone: Asia/Tokyo, language: ja, licence: {name: CC BY 4.0, full_text: true}}
fetch: {host_pause: 0}
sources:
  - {id: notices, publisher: city, kind: folder, path: notices, categories: {default: living}}
  - {id: news, publisher: port, kind: feed, url: "%s", allow_private: true, categories: {default: living}}
`

// fileName is a file of the folder: in a language, or in none.
func fileName(story, tag string) string {
	if tag == "" {
		return "notices/" + story + ".md"
	}
	return "notices/" + story + "." + tag + ".md"
}

// titleOf is what a notice in a language is called.
func titleOf(name, tag string) string {
	text := []rune(written(tag))
	return fmt.Sprintf("%s %s/%s", strings.TrimSpace(string(text[:min(len(text), 24)])), name, tag)
}

// languageFiles are the configuration and the folder of the site.
func languageFiles(feed string) map[string]string {
	files := map[string]string{"kairan.yaml": fmt.Sprintf(languagesConfig, feed)}
	for tag, home := range map[string]string{"ja-simple": "トップ", "vi": "Trang chủ", "ne": "गृहपृष्ठ", "pt-BR": "Início"} {
		files["messages/active."+tag+".toml"] = fmt.Sprintf("[\"page.home\"]\nother = %q\n", home)
	}
	add := func(story, tag string) {
		files[fileName(story, tag)] = fmt.Sprintf("---\ntitle: %q\ndate: 2026-11-01T09:00:00+09:00\n---\n%s (%s)\n", titleOf(story, tag), written(tag), story)
	}
	for i, tag := range languageTags {
		add(fmt.Sprintf("%02d", i), tag)
	}
	for _, s := range told {
		for tag := range strings.FieldsSeq(s.tags) {
			add(s.name, tag)
		}
	}
	return files
}

// languageFeed has a notice in each language, and a story in three.
func languageFeed() string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><id>tag:port.example,2026:feed</id><title>Port</title><link href="https://port.example/"/><updated>2026-11-02T09:00:00+09:00</updated>`)
	entry := func(id, tag, links string) {
		fmt.Fprintf(&b, `<entry xml:lang=%q><id>tag:port.example,2026:%s</id><title>%s</title><link href="https://port.example/%[2]s"/>%[4]s<published>2026-11-01T10:00:00+09:00</published><content type="html">%s</content></entry>`,
			tag, id, html.EscapeString(titleOf(id, tag)), links, html.EscapeString("<p>"+written(tag)+" ("+id+")</p>"))
	}
	for i, tag := range languageTags {
		entry(fmt.Sprintf("port-%02d", i), tag, "")
	}
	versions := []string{"ja-simple", "ko", "pt-PT"}
	for _, tag := range versions {
		links := ""
		for _, other := range versions {
			if other != tag {
				links += fmt.Sprintf(`<link rel="alternate" hreflang=%q href="https://port.example/port-story-%s"/>`, other, other)
			}
		}
		entry("port-story-"+tag, tag, links)
	}
	b.WriteString("</feed>")
	return b.String()
}

// wantedEntry is an entry that is to stand in a channel.
type wantedEntry struct {
	title, language string
	foreign         bool // the reader is told of its language
}

// wantedOf are the entries of a channel by their titles.
func wantedOf(locale, kind string) map[string]wantedEntry {
	all := map[string]wantedEntry{}
	own := strings.Fields(ownLanguage[locale])
	of, _, _ := strings.Cut(kind, "/")
	add := func(name, tag string, tags map[string]string) {
		isOwn := slices.Contains(own, tag)
		if kind == "only/living" && (!isOwn || locale == "ja-simple" && tag == "ja") {
			return
		}
		e := wantedEntry{title: titleOf(name, tag), language: tag, foreign: !isOwn && tag != ""}
		if other, ok := tags[tag]; ok {
			e.language = other
		}
		all[e.title] = e
	}
	best := func(tags string, shown map[string]string) []string {
		if kind == "everything" {
			return strings.Fields(tags)
		}
		for _, by := range []string{locale, of, "*"} {
			if tag := shown[by]; tag != "" {
				return []string{tag}
			}
		}
		return nil
	}
	if kind != "from/port" {
		for i, tag := range languageTags {
			add(fmt.Sprintf("%02d", i), tag, kept)
		}
		for _, s := range told {
			for _, tag := range best(s.tags, s.shown) {
				add(s.name, tag, kept)
			}
		}
	}
	if kind != "from/city" {
		for i, tag := range languageTags {
			add(fmt.Sprintf("port-%02d", i), tag, brought)
		}
		shown := map[string]string{"ko": "ko", "ja": "ja-simple", "ja-simple": "ja-simple", "pt-BR": "pt-PT", "from": "ja-simple", "*": "pt-PT"}
		for _, tag := range best("ja-simple ko pt-PT", shown) {
			add("port-story-"+tag, tag, brought)
		}
	}
	return all
}

// TestEachLanguageIsWhereItBelongs has notices in 25 tags go through a folder and a feed into
// the channels of 17 locales: each stands exactly where its readers look for it, is marked
// where it is in another language than theirs, and says of each part in which language and
// direction that is. With -short one locale stands for those in whose language nothing is.
func TestEachLanguageIsWhereItBelongs(t *testing.T) {
	t.Parallel()
	p := publishLanguages(t)
	for locale, own := range ownLanguage {
		if testing.Short() && own == "" && locale != "ru" {
			continue
		}
		for _, kind := range []string{"all", "living", "only/living", "from/city", "from/port", "everything"} {
			p.checkLanguages(locale, kind)
		}
	}
}

// languageSite is a site in 17 locales that is served.
type languageSite struct {
	*process
	t   *testing.T
	dir string
}

func publishLanguages(t *testing.T) *languageSite {
	t.Helper()
	s := newLanguageSite(t, languageFiles)
	s.collect()
	s.serve()
	return s
}

// newLanguageSite lays out a site and what it collects; files are by the address of the feed.
func newLanguageSite(t *testing.T, files func(feed string) map[string]string) *languageSite {
	t.Helper()
	feed := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/atom+xml")
		fmt.Fprint(w, languageFeed())
	}))
	t.Cleanup(feed.Close)
	s := &languageSite{t: t, dir: t.TempDir()}
	s.write(files(feed.URL))
	return s
}

// write writes files that have lain there for a while.
func (s *languageSite) write(files map[string]string) {
	s.t.Helper()
	for name, text := range files {
		file := filepath.Join(s.dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			s.t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			s.t.Fatal(err)
		}
		if err := settle(file, source.SettleTime); err != nil {
			s.t.Fatal(err)
		}
	}
}

func (s *languageSite) flags() []string {
	return []string{"--config", filepath.Join(s.dir, "kairan.yaml"), "--data", filepath.Join(s.dir, "data")}
}

func (s *languageSite) collect() {
	s.t.Helper()
	runProgram(s.t, append([]string{"collect"}, s.flags()...)...)
}

func (s *languageSite) serve() {
	s.t.Helper()
	s.process = start(s.t, append([]string{"web"}, s.flags()...)...)
}

// readEntry is an entry as a document has it.
type readEntry struct {
	title, language, content string
}

// checkLanguages looks at a channel in each format, and at its page.
func (s *languageSite) checkLanguages(locale, kind string) {
	s.t.Helper()
	wanted := wantedOf(locale, kind)
	for _, format := range []string{"json", "atom", "rss"} {
		name := locale + "/" + kind + "." + format
		read := readEntries(s.t, format, s.get(s.site+"/"+name).body)
		found := map[string]bool{}
		for _, e := range read {
			want, isMarked, ok := lookUp(wanted, e.title)
			if !ok {
				s.t.Errorf("%s has %q, which does not belong there", name, e.title)
				continue
			}
			found[want.title] = true
			if kind == "everything" || kind == "only/living" {
				if isMarked {
					s.t.Errorf("%s marks %q", name, e.title)
				}
			} else if isMarked != want.foreign {
				s.t.Errorf("%s: marked is %v: %q", name, isMarked, e.title)
			}
			s.checkEntry(name, locale, want, e)
		}
		for title := range wanted {
			if !found[title] {
				s.t.Errorf("%s lacks %q", name, title)
			}
		}
	}
	s.checkPage(locale, kind, wanted)
}

// lookUp finds the entry of which a title is, perhaps behind a mark.
func lookUp(wanted map[string]wantedEntry, title string) (e wantedEntry, isMarked, ok bool) {
	if e, ok = wanted[title]; ok {
		return e, false, true
	}
	for _, e := range wanted {
		if strings.HasSuffix(strings.Trim(title, "\u2068\u2069"), e.title) {
			return e, true, true
		}
	}
	return e, false, false
}

var saidOf = regexp.MustCompile(`<div( lang="[^"]*" dir="[^"]*")>`)

// checkEntry looks at what an entry says of its language, and of its parts'.
func (s *languageSite) checkEntry(name, locale string, want wantedEntry, e readEntry) {
	language := want.language
	if language == "und" {
		language = ""
	}
	if e.language != language {
		s.t.Errorf("%s: %q is said to be in %q, want %q", name, e.title, e.language, language)
	}
	notes := strings.Count(e.content, `class="kairan-note"`)
	if want.foreign && notes != 1 || !want.foreign && notes != 0 {
		s.t.Errorf("%s: %d notes of language: %q", name, notes, e.title)
	}
	around := fmt.Sprintf(` lang="%s" dir="%s"`, locale, directionOf(locale))
	parts := []string{around}
	own := fmt.Sprintf(` lang="%s" dir="%s"`, language, directionOf(language))
	if language == "" {
		own = ` lang="" dir="auto"`
	}
	if own != around {
		parts = append(parts, own)
	}
	var said []string
	for _, m := range saidOf.FindAllStringSubmatch(e.content, -1) {
		said = append(said, m[1])
	}
	if !slices.Equal(said, parts) {
		s.t.Errorf("%s: what is around %q and its text have%q, want%q", name, e.title, said, parts)
	}
}

// directionOf is written down beside what the program knows.
func directionOf(tag string) string {
	if strings.HasPrefix(tag, "ar") {
		return "rtl"
	}
	return "ltr"
}

// readEntries reads the entries of a document.
func readEntries(t *testing.T, format, body string) (all []readEntry) {
	t.Helper()
	var err error
	switch format {
	case "json":
		var d struct {
			Items []struct {
				Title, Language string
				Content         string `json:"content_html"`
			}
		}
		err = json.Unmarshal([]byte(body), &d)
		for _, i := range d.Items {
			all = append(all, readEntry{i.Title, i.Language, i.Content})
		}
	case "atom":
		var d struct {
			Entries []struct {
				Language string `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
				Title    struct {
					Language string `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
					Text     string `xml:",chardata"`
				} `xml:"title"`
				Content string `xml:"content"`
			} `xml:"entry"`
		}
		err = xml.Unmarshal([]byte(body), &d)
		for _, e := range d.Entries {
			if in := e.Title.Language; in != "" && in != e.Language { // else it is its entry's
				t.Errorf("the title %q is said to be in %q, and its entry in %q", e.Title.Text, e.Title.Language, e.Language)
			}
			all = append(all, readEntry{e.Title.Text, e.Language, e.Content})
		}
	default:
		var d struct {
			Items []struct {
				Title    string `xml:"title"`
				Language string `xml:"http://purl.org/dc/elements/1.1/ language"`
				Content  string `xml:"http://purl.org/rss/1.0/modules/content/ encoded"`
			} `xml:"channel>item"`
		}
		err = xml.Unmarshal([]byte(body), &d)
		for _, i := range d.Items {
			all = append(all, readEntry{i.Title, i.Language, i.Content})
		}
	}
	if err != nil {
		t.Errorf("%.300s: %v", body, err)
	}
	return all
}

var pageMarks = regexp.MustCompile(`<span class="badge">`)
var pageTitle = regexp.MustCompile(`<h3 lang="([^"]*)" dir="([^"]*)"><a href="[^"]*">(.*?)</a></h3>`)

// checkPage looks at the page of a channel.
func (s *languageSite) checkPage(locale, kind string, wanted map[string]wantedEntry) {
	s.t.Helper()
	name := locale + "/" + kind
	body := s.get(s.site + "/" + name).body
	foreign := 0
	for _, e := range wanted {
		if e.foreign {
			foreign++
		}
	}
	if n := len(pageMarks.FindAllString(body, -1)); n != foreign {
		s.t.Errorf("the page %s tells of %d notices in other languages, want %d", name, n, foreign)
	}
	titles := pageTitle.FindAllStringSubmatch(body, -1)
	if len(titles) != len(wanted) {
		s.t.Errorf("%s shows %d notices, want %d", name, len(titles), len(wanted))
	}
	for _, m := range titles {
		title := html.UnescapeString(m[3])
		want, isMarked, ok := lookUp(wanted, title)
		if !ok || isMarked {
			s.t.Errorf("the page %s has %q", name, title)
			continue
		}
		language, direction := want.language, directionOf(want.language)
		if language == "und" {
			language, direction = "", "auto"
		}
		if m[1] != language || m[2] != direction {
			s.t.Errorf("the page %s has %q as %q %q", name, title, m[1], m[2])
		}
	}
}
