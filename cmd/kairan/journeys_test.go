package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/browsertest"
)

// What readers come to a site to do, done in a real browser at the program at work, in
// languages of both directions, with and without spaces between words.
//
// With -short it is done in two of them.
func TestJourneys(t *testing.T) {
	t.Parallel()
	site, behind := door(t)
	p := start(t, "serve", "--config", journeysConfig(t, site), "--data", t.TempDir())
	behind(p.site)
	tags := []string{"ja", "ar", "th", "zh-Hant", "en"}
	for _, tag := range tags {
		p.await(p.site+"/"+tag+"/all.json", "filled", holds(festivals[tag].title(journeysNotices-1)))
	}
	if testing.Short() {
		tags = tags[:2]
	}
	b := browsertest.Open(t)
	for i, tag := range tags {
		width := []int64{1280, 390}[i%2]
		t.Run(tag, func(t *testing.T) {
			j := &journey{Browser: b.Tab(t), t: t, site: site, locale: tag}
			j.Size(width, 800)
			j.Show(browsertest.Medium{Still: true}) // what is looked at is where it is looked for
			j.run("find a topic and subscribe to it", j.findAndSubscribe)
			j.run("read a notice", j.read)
			j.run("go back to the first notice", j.older)
			j.run("change the language and stay", j.changeLanguage)
			j.run("search", j.search)
			j.run("search within a topic", j.filter)
			j.run("with a keyboard alone", j.keyboard)
			j.run("without scripts", j.withoutScripts)
			j.run("on paper", j.onPaper)
			j.run("in the reader's own few colours", j.forcedColours)
		})
	}
	t.Run("the first view is light", func(t *testing.T) { firstViews(t, b, site) })
}

// journey is a reader who goes through the site in a language.
type journey struct {
	*browsertest.Browser
	t            *testing.T
	site, locale string
}

// run does one thing that readers do, of which the browser must not complain.
func (j *journey) run(name string, do func(*testing.T)) {
	j.t.Run(name, func(t *testing.T) {
		page, outer := j.Browser, j.t
		j.Browser, j.t = page.For(t), t
		defer func() { j.Browser, j.t = page, outer }()
		do(t)
		if complaints := j.Complaints(); len(complaints) > 0 {
			t.Errorf("the browser complains:\n%s", strings.Join(complaints, "\n"))
		}
		for _, r := range j.Requests() {
			if !strings.HasPrefix(r.URL, j.site+"/") {
				t.Errorf("a page asks for %s", r.URL)
			}
		}
	})
}

// at is an address of the site in the reader's language.
func (j *journey) at(path string) string { return j.site + "/" + j.locale + "/" + path }

// text is what the page says somewhere; "" if there is no such place.
func (j *journey) text(selector string) (text string) {
	j.t.Helper()
	j.Eval(fmt.Sprintf(`(document.querySelector(%q)?.textContent ?? '').trim()`, selector), &text)
	return text
}

// all is what a script makes of everything that a selector finds.
func (j *journey) all(selector, script string) (found []string) {
	j.t.Helper()
	j.Eval(fmt.Sprintf(`[...document.querySelectorAll(%q)].map(e => String(%s))`, selector, script), &found)
	return found
}

// count is how many a selector finds.
func (j *journey) count(selector string) (n int) {
	j.t.Helper()
	j.Eval(fmt.Sprintf(`document.querySelectorAll(%q).length`, selector), &n)
	return n
}

// do runs a script for what it does.
func (j *journey) do(script string) {
	j.t.Helper()
	var done bool
	j.Eval(`(() => { `+script+`; return true })()`, &done)
}

// open opens an address of the site in the reader's language.
func (j *journey) open(path string) {
	j.t.Helper()
	if got := j.Visit(j.at(path)); got != j.at(path) {
		j.t.Fatalf("%s led to %s", j.at(path), got)
	}
}

// link is a selector of a link in the page's main part.
func (j *journey) link(path string) string {
	return fmt.Sprintf(`main a[href="/%s/%s"]`, j.locale, path)
}

// From the home page to a topic, whose feeds' addresses can be copied.
func (j *journey) findAndSubscribe(t *testing.T) {
	j.open("")
	if got := j.Follow(j.link("culture")); got != j.at("culture") {
		t.Fatalf("the topic's link leads to %s", got)
	}
	if n := j.count("main .notice"); n == 0 {
		t.Error("the topic shows no notice")
	}
	for _, format := range []string{"rss", "atom", "json"} {
		address := j.at("culture." + format)
		j.do(fmt.Sprintf(`
			document.querySelector('[data-here]')?.removeAttribute('data-here')
			const field = [...document.querySelectorAll('input[readonly]')].find(f => f.value === %q)
			if (!field) throw new Error('no field has the address')
			for (let d = field.closest('details'); d; d = d.parentElement.closest('details')) d.open = true
			let around = field
			while (!around.querySelector('button')) around = around.parentElement
			around.querySelector('button').setAttribute('data-here', '')`, address))
		j.Click("[data-here]")
		j.Until(`[...document.querySelectorAll('[aria-live], [role=status]')].some(e => e.textContent.trim() !== '')`)
		if got := j.Clipboard(); got != address {
			t.Errorf("copied was %q; want %s", got, address)
		}
	}
	if n := j.count(`main a[href^="feed:"]`); n == 0 {
		t.Error("no link opens a reader program")
	}
}

// The title that a list shows is that of the page to which it leads, and the page leads to the
// other versions, to its topic and to where it is from.
func (j *journey) read(t *testing.T) {
	j.open("culture")
	title := j.text(".notice h3")
	j.Follow(".notice h3 a")
	if got := j.text("h1"); got != title || got == "" {
		t.Errorf("%q leads to %q", title, got)
	}
	if j.count(`main a[href$="/culture"]`) == 0 || j.count(`main a[href*="/from/"]`) == 0 {
		t.Error("the page leads neither to its topic nor to its publisher")
	}
	if got, want := j.all("h1, h2, h3, h4, h5, h6", "e.tagName"), "H1"; len(got) == 0 || got[0] != want {
		t.Errorf("the headings are %v", got)
	}
}

// From page to page every notice can be reached, each once.
func (j *journey) older(t *testing.T) {
	j.open("all")
	seen := map[string]int{}
	for page := 1; ; page++ {
		for _, address := range j.all("main li h3 a", "e.href") {
			seen[address]++
		}
		if j.count(`main a[rel~="next"]`) == 0 {
			break
		}
		if page > journeysNotices {
			t.Fatal("there is no end of older notices")
		}
		j.Follow(`main a[rel~="next"]`)
	}
	for address, n := range seen {
		if n > 1 {
			t.Errorf("%s stands on %d pages", address, n)
		}
	}
	if len(seen) != journeysNotices {
		t.Errorf("%d of %d notices can be reached", len(seen), journeysNotices)
	}
	if j.count(`main a[rel~="prev"]`) == 0 {
		t.Error("no link leads back")
	}
}

// Who changes the language stays on what they look at.
func (j *journey) changeLanguage(t *testing.T) {
	other := map[string]string{"en": "ar", "ar": "zh-Hant", "zh-Hant": "ja", "ja": "th", "th": "en"}[j.locale]
	word := festivals[j.locale].word
	for _, path := range []string{"culture", "from/harbour", "all", "", "search?q=" + url.QueryEscape(word)} {
		j.open(path)
		j.Click(".languages summary")
		got := j.Follow(fmt.Sprintf(`.languages a[hreflang=%q]`, other))
		if want := j.site + "/" + other + "/" + path; got != want {
			t.Errorf("from %s it leads to %s; want %s", path, got, want)
		}
	}
	// A notice has a page of its own in each language that it is written in.
	j.open("all")
	j.do(fmt.Sprintf(`[...document.querySelectorAll('.notice a')].find(a => a.textContent.trim() === %q).setAttribute('data-here', '')`, festivals[j.locale].title(journeysNotices-1)))
	j.Follow("[data-here]")
	j.Click(".languages summary")
	j.Follow(fmt.Sprintf(`.languages a[hreflang=%q]`, other))
	if got, want := j.text("h1"), festivals[other].title(journeysNotices-1); got != want {
		t.Errorf("the notice's other version is %q; want %q", got, want)
	}
}

// A word is found, and what was searched for can be subscribed to.
func (j *journey) search(t *testing.T) {
	j.open("")
	const field = `form[role=search] input[name=q]`
	j.Click(field)
	j.Press(festivals[j.locale].word + "\r")
	j.Until(`location.pathname.endsWith('/search') && document.querySelector('h1')`)
	if n := j.count("main .notice"); n == 0 {
		t.Fatal("nothing is found")
	}
	if marked := j.all("main mark", "e.textContent"); !slices.Contains(marked, festivals[j.locale].word) {
		t.Errorf("marked is %q; want %q among it", marked, festivals[j.locale].word)
	}
	addresses := j.all("input[readonly]", "e.value")
	for _, format := range []string{"rss", "atom", "json"} {
		if !slices.ContainsFunc(addresses, func(a string) bool { return strings.HasPrefix(a, j.at("search."+format+"?q=")) }) {
			t.Errorf("there is no %s of the search; the addresses are %q", format, addresses)
		}
	}
	for _, none := range []string{"zzzzqqqq", "\u200f\"*"} {
		j.open("search?q=" + url.QueryEscape(none))
		if j.count("main .notice") > 0 || j.count("main a") == 0 {
			t.Errorf("who finds nothing by %q is not helped on", none)
		}
	}
}

// A search is narrowed to a topic, and keeps its words.
func (j *journey) filter(t *testing.T) {
	word := festivals[j.locale].word
	j.open("search?q=" + url.QueryEscape(word))
	before := j.count("main .notice")
	j.do(`for (const d of document.querySelectorAll('main form details')) d.open = true
		const one = document.querySelector('main form [name=topic]')
		if (one.tagName === 'SELECT') { one.value = 'tourism' } else { document.querySelector('main form [name=topic][value=tourism]').click() }`)
	j.Follow("main form button")
	var query url.Values
	var search string
	j.Eval(`location.search.slice(1)`, &search)
	query, err := url.ParseQuery(search)
	if err != nil || query.Get("q") != word || query.Get("topic") != "tourism" {
		t.Errorf("asked for is %q", search)
	}
	if after := j.count("main .notice"); after == 0 || after > before {
		t.Errorf("%d notices became %d", before, after)
	}
	for _, topics := range j.all("main .notice", `[...e.querySelectorAll('a')].some(a => a.pathname.endsWith('/tourism'))`) {
		if topics != "true" {
			t.Error("a notice is of another topic")
		}
	}
}

// Who has a keyboard alone reaches everything in the order in which it stands, and sees where
// they are.
func (j *journey) keyboard(t *testing.T) {
	var place struct {
		Tag, Text             string
		Seen, Inside, InOrder bool
		Outline               float64
	}
	look := func() {
		j.Eval(`(e => {
			const r = e.getBoundingClientRect(), s = getComputedStyle(e), before = window.before
			window.before = e
			return {tag: e.tagName, text: e.textContent.trim().slice(0, 60), outline: parseFloat(s.outlineStyle === 'none' ? 0 : s.outlineWidth),
				seen: r.width > 0 && r.height > 0 && r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth && e.checkVisibility(),
				inside: document.querySelector('main').contains(e),
				inOrder: !before || !!(before.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING)}
		})(document.activeElement)`, &place)
	}
	j.open("")
	j.Press("\t")
	look()
	if place.Tag != "A" || !place.Seen {
		t.Fatalf("the first stop is %+v; want the way to the content", place)
	}
	j.Press("\r")
	j.Press("\t")
	look()
	if !place.Inside {
		t.Errorf("past the head comes %+v", place)
	}

	j.open("")
	for stop := range 200 {
		j.Press("\t")
		look()
		if place.Tag == "BODY" {
			if stop < 10 {
				t.Errorf("there are only %d stops", stop)
			}
			break
		}
		if !place.Seen || place.Outline < 2 || !place.InOrder {
			t.Errorf("stop %d can't be seen, or is out of order: %+v", stop+1, place)
		}
	}

	// The menu of languages opens and closes.
	j.open("")
	j.do(`document.querySelector('.languages summary').focus()`)
	for _, step := range []struct {
		key  string
		open bool
	}{{"\r", true}, {"\r", false}, {" ", true}, {"\u001b", false}} {
		j.Press(step.key)
		var open bool
		if j.Eval(`document.querySelector('.languages').open`, &open); open != step.open {
			t.Errorf("after %q the languages are shown: %v", step.key, open)
		}
	}
	var kept bool
	if j.Eval(`document.activeElement === document.querySelector('.languages summary')`, &kept); !kept {
		t.Error("who closes the languages is lost")
	}
}

// Nothing needs a script, and what does is not there without.
func (j *journey) withoutScripts(t *testing.T) {
	j.Scripts(false)
	defer j.Scripts(true)
	j.open("culture")
	for _, button := range j.all(`button:not(form button)`, `e.checkVisibility() + ' ' + e.outerHTML`) {
		if strings.HasPrefix(button, "true") {
			t.Errorf("without a script this button does nothing: %s", button)
		}
	}
	addresses := j.all("input[readonly]", "e.value")
	for _, format := range []string{"rss", "atom", "json"} {
		if !slices.Contains(addresses, j.at("culture."+format)) {
			t.Errorf("the address of the feed in %s can't be selected; there are %q", format, addresses)
		}
	}
	j.findByLinks(t)
	j.read(t)
	j.filter(t)
}

// findByLinks goes from the first page to a city's by links alone.
func (j *journey) findByLinks(t *testing.T) {
	j.open("")
	if got := j.Follow(j.link("from/harbour")); got != j.at("from/harbour") {
		t.Errorf("the city's link leads to %s", got)
	}
}

// Paper has the notice, and nothing that is only of use on a screen.
func (j *journey) onPaper(t *testing.T) {
	j.open("culture")
	j.Follow(".notice h3 a")
	j.Show(browsertest.Medium{Print: true})
	defer j.Show(browsertest.Medium{Still: true})
	for _, shown := range j.all(`nav, form, button, summary, .skip, [role=search]`, `e.checkVisibility() + ' ' + e.outerHTML.slice(0, 100)`) {
		if strings.HasPrefix(shown, "true") {
			t.Errorf("this is printed: %s", shown)
		}
	}
	if got := j.all("h1, .content", "e.checkVisibility()"); !slices.Equal(got, []string{"true", "true"}) {
		t.Errorf("whether the heading and the text are printed: %v", got)
	}
}

// Where the reader's colours take the place of the page's, what was told by a background alone
// is still told.
func (j *journey) forcedColours(t *testing.T) {
	j.Show(browsertest.Medium{ForcedColors: true})
	defer j.Show(browsertest.Medium{Still: true})
	for _, path := range []string{"", "culture", "search"} {
		j.open(path)
		for _, bare := range j.all(`button, .button, input, select, summary`, `(e.checkVisibility() && parseFloat(getComputedStyle(e).borderTopWidth) < 1 && !/^(checkbox|radio|hidden)$/.test(e.type) && (e.tagName !== 'SUMMARY' || getComputedStyle(e).listStyleType === 'none')) + ' ' + e.outerHTML.slice(0, 100)`) {
			if strings.HasPrefix(bare, "true") {
				t.Errorf("%s: this has no border: %s", path, bare)
			}
		}
		for _, own := range j.all(`body, body *`, `(getComputedStyle(e).forcedColorAdjust !== 'auto' && e.namespaceURI === 'http://www.w3.org/1999/xhtml') + ' ' + e.outerHTML.slice(0, 100)`) {
			if strings.HasPrefix(own, "true") {
				t.Errorf("%s: this keeps its own colours: %s", path, own)
			}
		}
	}
}

// lightest is what a first view may weigh without its pictures, in bytes.
const lightest = 100 << 10

// firstViews weighs what is loaded by who opens a page before any other, and looks at its
// pictures, of which none may move what is read when it comes.
func firstViews(t *testing.T, b *browsertest.Browser, site string) {
	for _, path := range []string{"/ja/", "/ja/all", "/ar/culture", "/ja/subscribe", "/ja/search?q=" + url.QueryEscape(festivals["ja"].word)} {
		b := b.Tab(t)
		b.Size(1280, 800)
		b.Visit(site + path)
		requests := b.Requests()
		bytes := browsertest.Weight(requests, "Image")
		t.Logf("%s weighs %d bytes without pictures", path, bytes)
		if bytes > lightest || bytes == 0 {
			t.Errorf("%s weighs %d bytes without its pictures; want %d at most: %+v", path, bytes, lightest, requests)
		}
		var pictures []struct {
			Source               string
			Width, Height, Place int
			Lazy                 bool
		}
		b.Eval(`[...document.querySelectorAll('main img')].map((e, i) => ({source: e.outerHTML, place: i, width: +e.getAttribute('width'), height: +e.getAttribute('height'), lazy: e.loading === 'lazy'}))`, &pictures)
		for _, p := range pictures {
			if p.Width == 0 || p.Height == 0 || !p.Lazy && p.Place > 0 {
				t.Errorf("%s: a picture has no size, or is loaded before it is looked at: %s", path, p.Source)
			}
		}
		if path == "/ja/" && len(pictures) == 0 {
			t.Errorf("%s shows no picture", path)
		}
	}
}

// journeysNotices is how many there are: more than the newest of one day, which stand on one
// page, and two archives behind it.
const journeysNotices = 430

// festival is how a language tells of one.
type festival struct{ word, before, after string }

func (f festival) title(n int) string {
	return fmt.Sprintf("%s %s %s %d", f.before, f.word, f.after, n+1)
}

var festivals = map[string]festival{
	"en":      {"festival", "The", "at the harbour, No."},
	"ja":      {"祭り", "港の", "のお知らせ 第"},
	"ar":      {"مهرجان", "إعلان عن", "الميناء رقم"},
	"th":      {"เทศกาล", "ขอเชิญร่วมงาน", "ที่ท่าเรือ ครั้งที่"},
	"zh-Hant": {"市集", "港口", "活動 第"},
}

// door is the site's public address, which is known before the program has found a port for
// itself: a server that hands all on to where the program is.
func door(t *testing.T) (address string, behind func(program string)) {
	t.Helper()
	var to *url.URL
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(to) }}
	server := httptest.NewServer(proxy)
	t.Cleanup(server.Close)
	return server.URL, func(program string) {
		var err error
		if to, err = url.Parse(program); err != nil {
			t.Fatal(err)
		}
	}
}

// journeysConfig writes a site with notices of two cities, in part in every language, and
// returns where its configuration is.
func journeysConfig(t *testing.T, site string) string {
	t.Helper()
	folder := t.TempDir()
	picture := aPicture(t)
	first := time.Now().AddDate(0, 0, -journeysNotices)
	for _, city := range []string{"harbour", "seoul"} {
		if err := os.Mkdir(filepath.Join(folder, city), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, city, "picture.png"), picture, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for n := range journeysNotices {
		tags := []string{"en"}
		if n%10 == 0 || n == journeysNotices-1 {
			tags = []string{"en", "ja", "ar", "th", "zh-Hant"}
		}
		for _, tag := range tags {
			f := festivals[tag]
			text := fmt.Sprintf("---\ntitle: %q\ndate: %s\ncategory: %s\nauthor: Harbour Office\n", f.title(n), first.AddDate(0, 0, n).Format(time.RFC3339), []string{"culture", "tourism"}[n%2])
			if n%3 == 0 {
				text += "image: picture.png\nimage_alt: " + f.word + "\n"
			}
			text += "---\n" + strings.Repeat(f.before+" "+f.word+" "+f.after+" "+tag+".\n\n", 3)
			city := []string{"harbour", "seoul"}[n/5%2]
			name := fmt.Sprintf("%s-notice-%03d.%s.md", first.AddDate(0, 0, n).Format(time.DateOnly), n, tag)
			if err := os.WriteFile(filepath.Join(folder, city, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	// What was written long ago has settled.
	old := time.Now().Add(-time.Hour)
	if err := filepath.WalkDir(folder, func(name string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chtimes(name, old, old)
	}); err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(folder, "kairan.yaml")
	if err := os.WriteFile(config, []byte(`
site:
  id: journeys
  url: `+site+`
  title: Harbour News
  default_locale: en
  locales: [en, ja, ar, th, zh-Hant]
categories: [culture, tourism, sports]
publishers:
  - {key: harbour, name: Harbour, time_zone: Asia/Tokyo, language: ja, home_page: "https://harbour.example/", licence: {name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/", full_text: true}}
  - {key: seoul, name_id: publisher.seoul, time_zone: Asia/Seoul, language: ko, licence: {name: CC BY 4.0, full_text: true}}
sources:
  - {id: harbour, publisher: harbour, kind: folder, path: ./harbour}
  - {id: seoul, publisher: seoul, kind: folder, path: ./seoul}
`), 0o600); err != nil {
		t.Fatal(err)
	}
	return config
}

// aPicture is a picture of a landscape's shape.
func aPicture(t *testing.T) []byte {
	t.Helper()
	p := image.NewPaletted(image.Rect(0, 0, 600, 400), color.Palette{color.RGBA{31, 58, 95, 255}})
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
