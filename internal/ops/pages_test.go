package ops

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/kairan-news/kairan/internal/flow"
)

// allPages are the addresses of pages.
var allPages = []string{"/", "/incidents", "/jobs", "/sources", "/source/beijing", "/channels", "/locales", "/processes", "/configuration", "/audit"}

// row is a row of a page's table, its cells in one line.
func row(d *goquery.Document, selector string) string {
	return strings.Join(strings.Fields(strings.Join(texts(d, selector+" > *"), " | ")), " ")
}

func TestEveryPage(t *testing.T) {
	h := someOperations().handler(nil)
	for _, path := range allPages {
		r := get(h, path)
		fields(t, r, map[string]string{"Content-Type": htmlType, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Content-Security-Policy": security})
		if strings.Contains(security, "unsafe") {
			t.Error("the policy allows what is unsafe")
		}
		d := document(t, r)
		if r.StatusCode != http.StatusOK || d.Find("h1").Length() != 1 || d.Find("main#main").Length() != 1 || d.Find("nav [aria-current=page]").Length() != 1 {
			t.Errorf("%s: status %d, %d headings", path, r.StatusCode, d.Find("h1").Length())
		}
		if n := d.Find("[style], main script, [onclick]").Length(); n > 0 {
			t.Errorf("%s: %d elements that its policy forbids", path, n)
		}
		if n := d.Find("form[method=post]").Length(); n > 0 {
			t.Errorf("%s: %d buttons for who may only look", path, n)
		}
	}
	for path, want := range map[string]string{"/ops.css": "text/css; charset=utf-8", "/ops.js": "text/javascript; charset=utf-8", "/favicon.svg": "image/svg+xml"} {
		if r := get(h, path); r.StatusCode != http.StatusOK || r.Header.Get("Content-Type") != want {
			t.Errorf("%s: status %d, %s", path, r.StatusCode, r.Header.Get("Content-Type"))
		}
	}
	if r := ask(h, http.MethodPost, "/"); r.StatusCode != http.StatusMethodNotAllowed || r.Header.Get("Allow") == "" {
		t.Errorf("POST: status %d, Allow %q", r.StatusCode, r.Header.Get("Allow"))
	}
	if r := ask(h, http.MethodPost, "/act/run"); r.StatusCode != http.StatusNotFound && r.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("an action where nobody acts: status %d", r.StatusCode)
	}
}

func TestOverview(t *testing.T) {
	o := someOperations()
	d := document(t, get(o.handler(nil), "/"))
	if got := texts(d, ".word h1, .word p"); !slices.Equal(got, []string{"Troubled", "1 thing is wrong that readers notice, unless somebody acts."}) {
		t.Errorf("the whole: %q", got)
	}
	if got := d.Find("main > .incident").Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("aria-label", "") }); !slices.Equal(got, []string{"channel-stuck: channel ja/all", "source-held: source tomsk"}) {
		t.Errorf("what readers notice stands first, what is muted does not: %q", got)
	}
	first := d.Find("main > .incident").First()
	for _, want := range []string{"page", "waited for 9 minutes", "Readers of Japanese", "Look whether a process works", "since 2026-11-02T01:21:00Z (9 min)", "taken by hana", "on it"} {
		if !strings.Contains(strings.Join(strings.Fields(first.Text()), " "), want) {
			t.Errorf("of the first is not said %q", want)
		}
	}
	if got := first.Find("a").Map(func(_ int, s *goquery.Selection) string { return s.AttrOr("href", "") }); !slices.Equal(got, []string{"/channels", runbook + "#channel-stuck"}) {
		t.Errorf("it leads to %q", got)
	}
	if got := texts(d, ".more .incident .what strong"); !slices.Equal(got, []string{"The disk of a has 4 GiB left."}) {
		t.Errorf("muted: %q", got)
	}
	for i, want := range []string{
		"City of Tomsk | 2 h ago | 1 | 0 | 1 | 1 | 0", "City of Beijing | 2 h ago | 1 | 0 | 1 | 0 | 0",
		"City of Riyadh | 2 h ago | 1 | 0 | 0 | 0 | 1", "City of Tokyo | 2 h ago | 1 | 1 | 0 | 0 | 0",
	} {
		if got := row(d, fmt.Sprintf("tbody tr:nth-child(%d)", i+1)); got != want {
			t.Errorf("publisher %d: %s, want %s", i, got, want)
		}
	}
	if got := texts(d, ".tiles li"); len(got) != 2 || !strings.Contains(got[1], "1 channel waits, 9 min") {
		t.Errorf("locales: %q", got)
	}
}

// A source that was never read, since no network is there, is neither well nor failing; its
// city does not flow, and is not blamed.
func TestACityThatWasNeverRead(t *testing.T) {
	o := someOperations()
	o.incidents = nil
	for i := range o.sources {
		if o.sources[i].Source.ID == "tokyo" {
			o.sources[i].State, o.sources[i].New = SourceNew, time.Time{}
		}
	}
	d := document(t, get(o.handler(nil), "/"))
	tokyo := d.Find("tbody tr").FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.Contains(s.Text(), "City of Tokyo") })
	if got := strings.Join(texts(d, "thead th"), " | "); !strings.Contains(got, "OK | Not read yet | Failing") {
		t.Errorf("columns: %s", got)
	}
	cells := tokyo.Children().Map(func(_ int, s *goquery.Selection) string { return strings.TrimSpace(s.Text()) })
	if got := strings.Join(cells, " | "); tokyo.Find(".dot.paused").Length() != 1 || got != "City of Tokyo | never | 1 | 0 | 1 | 0 | 0 | 0" {
		t.Errorf("it is shown as %q", got)
	}
	if d.Find("td[data-label='Not read yet'].zero").Length() == 0 {
		t.Error("those that were read have no cell")
	}
}

// On a phone a value that there is none of takes no room: its cell is empty to the style sheet.
func TestEmptyCellsAreEmpty(t *testing.T) {
	h := someOperations().handler(func(c *Config) { c.Actor = &acting{may: true} })
	for _, path := range allPages {
		d := document(t, get(h, path))
		d.Find(".cards td").Each(func(_ int, s *goquery.Selection) {
			if html, _ := s.Html(); html != "" && strings.TrimSpace(html) == "" {
				t.Errorf("%s: the cell %q has white space alone", path, s.AttrOr("data-label", ""))
			}
		})
	}
}

func TestOneWordOfTheWhole(t *testing.T) {
	for name, test := range map[string]struct {
		change func(*operations)
		want   string
	}{
		"a page":      {func(*operations) {}, "Troubled"},
		"a ticket":    {func(o *operations) { o.incidents = o.incidents[:1] }, "Strained"},
		"a mute":      {func(o *operations) { o.incidents = o.incidents[2:3] }, "Flowing"},
		"nothing":     {func(o *operations) { o.incidents = nil }, "Flowing"},
		"a stop":      {func(o *operations) { o.incidents[1].Kind = flow.WorkerGone }, "Stopped"},
		"no watch":    {func(o *operations) { o.processes = nil }, "Unwatched"},
		"no database": {func(o *operations) { o.away = errAway }, "Unknown"},
	} {
		o := someOperations()
		test.change(o)
		if got := texts(document(t, get(o.handler(nil), "/")), ".word h1"); !slices.Equal(got, []string{test.want}) {
			t.Errorf("%s: %q, want %s", name, got, test.want)
		}
	}
}

// Where the database does not answer any more, a page shows what it showed, and says of when.
func TestPagesWithoutADatabase(t *testing.T) {
	o := someOperations()
	now := anyTime
	h := o.handler(func(c *Config) { c.Now = func() time.Time { return now } })
	for _, path := range allPages {
		get(h, path)
	}
	o.away, now = errors.New("dial tcp 10.0.0.7:5432: connection refused"), now.Add(2*time.Hour)
	for _, path := range allPages {
		r := get(h, path)
		got := body(t, r)
		if r.StatusCode != http.StatusServiceUnavailable || !strings.Contains(got, "connection refused") || path != "/" && strings.Contains(got, "10.0.0.7") {
			t.Errorf("%s: status %d, it says what is away: %v", path, r.StatusCode, strings.Contains(got, "connection refused"))
		}
		if path == "/sources" && (!strings.Contains(got, "tomsk") || !strings.Contains(got, "What is shown is of 2026-11-02T01:30:00Z, 2 h ago")) {
			t.Errorf("%s does not show what it did", path)
		}
	}
	o.away, now = nil, now.Add(time.Hour)
	if r := get(h, "/sources"); r.StatusCode != http.StatusOK {
		t.Errorf("when it is back: status %d", r.StatusCode)
	}
}

func TestSources(t *testing.T) {
	o := someOperations()
	h := o.handler(nil)
	ids := func(query string) string {
		return strings.Join(texts(document(t, get(h, "/sources"+query)), "tbody th"), " ")
	}
	for query, want := range map[string]string{
		"": "tomsk beijing riyadh tokyo taipei", "?sort=id": "beijing riyadh taipei tokyo tomsk", "?state=held": "tomsk", "?publisher=tokyo": "tokyo",
		"?q=TO": "tomsk tokyo", "?q=beijing.example": "beijing", "?sort=success": "taipei tokyo beijing tomsk riyadh", "?sort=due": "tokyo beijing tomsk riyadh taipei",
		"?state=nonsense&sort=nonsense&page=-4": "tomsk beijing riyadh tokyo taipei", "?q=nowhere": "", "?page=9": "",
	} {
		if got := ids(query); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	d := document(t, get(h, "/sources"))
	if got := texts(d, "td.state"); !slices.Equal(got, []string{"held", "failing 4×", "paused", "ok", "disabled"}) {
		t.Errorf("states: %v", got)
	}
	if got, want := row(d, "tbody tr:nth-child(2)"), "beijing | City of Beijing | failing 4× | 60 min ago | 5 h ago failed | 2 h ago | in 25 min | 1,234 | get https://beijing.example/feed: dial tcp [our address]: no answer within 30 s; look whether the host is up <b>"; got != want {
		t.Errorf("a failing one: %s", got)
	}
	if got := row(d, "tbody tr:nth-child(5)"); got != "taipei | City of Taipei | disabled | never | never | never | – | 1,234 |" {
		t.Errorf("a disabled one: %s", got)
	}
	for range 400 {
		o.sources = append(o.sources, o.sources[0])
	}
	h = o.handler(nil)
	first := document(t, get(h, "/sources?sort=id"))
	next := first.Find(".pager [rel=next]").AttrOr("href", "")
	if first.Find("tbody tr").Length() != sourcesShown || next == "" {
		t.Fatalf("%d rows, further at %q", first.Find("tbody tr").Length(), next)
	}
	if d := document(t, get(h, next)); d.Find("tbody tr").Length() != sourcesShown || d.Find(".pager [rel=prev]").AttrOr("href", "") != "/sources?sort=id" {
		t.Errorf("the next page: %d rows", d.Find("tbody tr").Length())
	}
}

func TestSource(t *testing.T) {
	h := someOperations().handler(nil)
	d := document(t, get(h, "/source/beijing"))
	if got := d.Find(".runs tbody tr").Length(); got != runsShown {
		t.Errorf("%d runs, want the last %d", got, runsShown)
	}
	if got := texts(d, ".words"); len(got) != 1 || !strings.Contains(got[0], "Its last 4 visits failed") || !strings.Contains(got[0], "succeeded was 60 min ago") {
		t.Errorf("its state in words: %q", got)
	}
	if got := texts(d, ".runs tbody tr:nth-child(6) .error"); len(got) != 1 || !strings.HasSuffix(got[0], "is up <b>") {
		t.Errorf("in the list stands the first line: %q", got)
	}
	if got := texts(d, "pre"); len(got) != 1 || got[0] != "get https://beijing.example/feed: dial tcp [our address]: no answer within 30 s; look whether the host is up <b>\ncaused by [our path]" {
		t.Errorf("the errors, whole, once, and without our own addresses: %q", got)
	}
	if got := texts(d, ".problems li"); !slices.Equal(got, []string{"language-conflict: the text of 3 articles is not in ja", "date-unreadable: run 2"}) {
		t.Errorf("what is wrong with the newest document that was read: %q", got)
	}
	year := d.Find("svg.year")
	if label := year.AttrOr("aria-label", ""); !strings.Contains(label, "new articles on") || !strings.Contains(label, "visits failed on") || year.Find("rect.good").Length() == 0 || year.Find("rect.bad").Length() == 0 {
		t.Errorf("a year: %q", label)
	}
	if got := texts(d, "main dd"); !slices.Contains(got, "*/30 * * * * (Asia/Tokyo)") || !slices.Contains(got, "10:55 Asia/Tokyo (in 25 min)") {
		t.Errorf("its time is its publisher's: %q", got)
	}
	held := document(t, get(h, "/source/tomsk"))
	if got := texts(held, ".hold"); len(got) != 1 || !strings.Contains(got[0], "14 of 20") || !strings.Contains(got[0], "Night market") || !strings.Contains(got[0], "(26 h)") || !strings.Contains(got[0], "kairan sources release tomsk") {
		t.Errorf("what is held: %q", got)
	}
	if got := texts(held, ".incident .what strong"); len(got) != 1 {
		t.Errorf("its incidents: %q", got)
	}
	if got := texts(document(t, get(h, "/source/riyadh")), ".hold"); len(got) != 1 || !strings.Contains(got[0], "by hana 60 min ago, until 2026-11-03T00:30:00Z (in 23 h): they move their site") {
		t.Errorf("its pause: %q", got)
	}
	if got := texts(document(t, get(h, "/source/tokyo")), "main dd"); !slices.Contains(got, "Something new comes about every 24 h, mostly between 10:00 and 11:00 (Asia/Tokyo). The longest silence of eight weeks was 24 h.") {
		t.Errorf("its rhythm: %q", got)
	}
	if r := get(h, "/source/nowhere"); r.StatusCode != http.StatusNotFound {
		t.Errorf("an unknown source: status %d", r.StatusCode)
	}
}

func TestJobs(t *testing.T) {
	h := someOperations().handler(nil)
	d := document(t, get(h, "/jobs"))
	if got := texts(d, ".figures b"); !slices.Equal(got, []string{"1", "1", "90 s", "1"}) {
		t.Errorf("running, waiting, age, later: %q", got)
	}
	if got := row(d, ".columns tbody tr:nth-child(1)"); got != "tokyo | 10:55 Asia/Tokyo | */30 * * * *" {
		t.Errorf("the next visit, by its publisher's clock: %s", got)
	}
	past := func(query string) []string { return texts(document(t, get(h, "/jobs"+query)), "form ~ table tbody th") }
	for query, want := range map[string]int{"": 25, "?since=30d": pastShown, "?outcome=failed": 3, "?source=bei": 25, "?source=tokyo": 0, "?publisher=beijing&outcome=ok": 4, "?publisher=nowhere": 0, "?since=1h": 2} {
		if got := len(past(query)); got != want {
			t.Errorf("%q: %d runs, want %d", query, got, want)
		}
	}
	more := document(t, get(h, "/jobs?since=30d&source=bei")).Find("[rel=next]").AttrOr("href", "")
	if u, err := url.Parse(more); err != nil || u.Query().Get("source") != "bei" {
		t.Fatalf("older are at %q", more)
	}
	if got := len(past(strings.TrimSuffix(strings.TrimPrefix(more, "/jobs"), "#history"))); got != 10 {
		t.Errorf("the next page has %d runs, want 10", got)
	}
}

func TestChannelsAndWhoReadsThem(t *testing.T) {
	h := someOperations().handler(nil)
	d := document(t, get(h, "/channels?locale=ja"))
	if got := row(d, "p + table tbody tr:nth-child(1)"); got != "ja/all | 3 min ago | 9 min | 48 | 2 | 70.3 KiB | 388 | 42 | Feedly 42, Newsboat 12" {
		t.Errorf("a channel: %s", got)
	}
	if got := row(d, "h2 ~ table tbody tr:nth-child(1)"); got != "Feedly | 595 | 84 | –" {
		t.Errorf("a program: %s", got)
	}
	if got := row(document(t, get(h, "/channels?sort=waiting")), "tbody tr:nth-child(1)"); !strings.HasPrefix(got, "ja/all") {
		t.Errorf("what waits: %s", got)
	}
	if got := texts(document(t, get(h, "/channels?q=CULTURE")), "form ~ table tbody th"); !slices.Equal(got, []string{"en/culture", "Feedly", "Newsboat"}) {
		t.Errorf("by name: %q", got)
	}
}

func TestWhatElseIsShown(t *testing.T) {
	h := someOperations().handler(nil)
	for path, wants := range map[string][]string{
		"/locales":       {"91 %", "entry.more (in en)", "th › en › *"},
		"/processes":     {"2 configurations are at work: 0123456789ab, fedcba987654", "120.0 MiB of 512.0 MiB (23 %)", "64 of 1,024 open", "database: 40.0 GiB free of 100.0 GiB; fills by 1.0 GiB a day", "not heard of since 60 min ago", "unknown key"},
		"/configuration": {"web on nikko failed 60 min ago", "did you mean sources?", "works by another plan, fedcba987654", "kairan.yaml:9:1 the key old is read no more take it out", "sample, at https://news.example"},
		"/incidents":     {"No process works.", "60 min", "a disk is on its way"},
		"/audit":         {"there is no such source", "source riyadh", "page from 127.0.0.1"},
	} {
		got := strings.Join(strings.Fields(document(t, get(h, path)).Find("main").Text()), " ")
		for _, want := range wants {
			if !strings.Contains(got, want) {
				t.Errorf("%s does not say %q: %s", path, want, got)
			}
		}
	}
	d := document(t, get(h, "/audit"))
	if n := d.Find("tbody tr").Length(); n != deedsShown {
		t.Errorf("%d deeds", n)
	}
	if n := document(t, get(h, d.Find("[rel=next]").AttrOr("href", ""))).Find("tbody tr").Length(); n != 50 {
		t.Errorf("%d older deeds, want 50", n)
	}
}

// acting remembers what was asked for.
type acting struct {
	may   bool
	asked []Action
	err   error
}

func (a *acting) May(*http.Request) bool { return a.may }
func (a *acting) Act(_ context.Context, _ *http.Request, action Action) (string, error) {
	a.asked = append(a.asked, action)
	return "It is done.", a.err
}

func post(h http.Handler, path string, form url.Values) *http.Response {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

// What pages have buttons for is done as their forms ask for it.
func TestActions(t *testing.T) {
	o := someOperations()
	a := &acting{may: true}
	h := o.handler(func(c *Config) { c.Actor = a })
	offered := map[string]bool{}
	for _, path := range append(slices.Clone(allPages), "/source/tomsk", "/source/riyadh") {
		document(t, get(h, path)).Find("form[method=post]").Each(func(_ int, s *goquery.Selection) {
			form := url.Values{"reason": {" why "}, "for": {"24h"}}
			s.Find("input[type=hidden]").Each(func(_ int, i *goquery.Selection) { form.Set(i.AttrOr("name", ""), i.AttrOr("value", "")) })
			action := strings.TrimPrefix(s.AttrOr("action", ""), "/act/")
			offered[action] = true
			a.asked = nil
			r := post(h, s.AttrOr("action", ""), form)
			if d := document(t, r); r.StatusCode != http.StatusOK || !slices.Equal(texts(d, ".notice"), []string{"It is done."}) || d.Find("main a").AttrOr("href", "") != path {
				t.Errorf("%s on %s: status %d", action, path, r.StatusCode)
			}
			if want := (Action{Name: action, Subject: form.Get("subject"), Reason: "why", For: "24h"}); len(a.asked) != 1 || a.asked[0] != want {
				t.Errorf("%s on %s: asked for %+v, want %+v", action, path, a.asked, want)
			}
		})
	}
	for _, action := range Actions() {
		if !offered[action] {
			t.Errorf("no page has a button for %s", action)
		}
	}

	a.asked, a.err = nil, errors.New("Source beijing is paused until tomorrow.")
	if r := post(h, "/act/run", url.Values{"subject": {"beijing"}, "back": {"https://evil.example/"}}); r.StatusCode != http.StatusUnprocessableEntity {
		t.Errorf("what can't be done: status %d", r.StatusCode)
	} else if d := document(t, r); d.Find("main a").AttrOr("href", "") != "/" || !slices.Equal(texts(d, ".notice.bad"), []string{a.err.Error()}) {
		t.Errorf("it says %q", texts(d, ".notice"))
	}
	if r := post(h, "/act/explode", nil); r.StatusCode != http.StatusNotFound {
		t.Errorf("an action that is none: status %d", r.StatusCode)
	}
	a.may, a.asked = false, nil
	if r := post(h, "/act/run", url.Values{"subject": {"beijing"}}); r.StatusCode != http.StatusForbidden || len(a.asked) > 0 {
		t.Errorf("who may only look: status %d", r.StatusCode)
	}
}

func TestLocalPaths(t *testing.T) {
	for back, want := range map[string]string{
		"/sources?page=2": "/sources?page=2", "": "/", "//evil.example/": "/", "https://evil.example/": "/", "javascript:alert(1)": "/", `/\evil.example`: "/", "relative": "/",
	} {
		if got := localPath(back); got != want {
			t.Errorf("%q: %q, want %q", back, got, want)
		}
	}
}

func TestOurOwnAddressesAreNotShown(t *testing.T) {
	for text, want := range map[string]string{
		"dial tcp 192.168.1.7:443: refused":                           "dial tcp [our address]: refused",
		"lookup x on 127.0.0.53:53: no such host":                     "lookup x on [our address]: no such host",
		"dial tcp [fd00::1]:443: refused":                             "dial tcp [our address]: refused",
		"dial tcp [::1]:8080: refused":                                "dial tcp [our address]: refused",
		"read tcp 10.0.0.4:50412->203.0.113.9:443: reset":             "read tcp [our address]->203.0.113.9:443: reset",
		"open /srv/news/secret.md: permission denied":                 "open [our path]: permission denied",
		"get https://city.example/data/feed.xml: 500":                 "get https://city.example/data/feed.xml: 500",
		"hakone can't reach hakone.example, and hakone:9090 neither":  "[ours] can't reach hakone.example, and [ours]:9090 neither",
		"at 12:30:45 version 1.2.3.4 of kairan.yaml:12:3 was refused": "at 12:30:45 version 1.2.3.4 of kairan.yaml:12:3 was refused",
	} {
		if got := redact(text, []string{"hakone", ""}); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// A page is told when something has changed, and at the end that there is no more.
func TestEvents(t *testing.T) {
	o := someOperations()
	ending := make(chan struct{})
	server := httptest.NewServer(o.handler(func(c *Config) { c.Ending = ending }))
	defer server.Close()
	open := func() *http.Response {
		r, err := http.Get(server.URL + "/events")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { r.Body.Close() })
		return r
	}
	r := open()
	if r.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("status %d, %s", r.StatusCode, r.Header.Get("Content-Type"))
	}
	lines := bufio.NewScanner(r.Body)
	if !lines.Scan() || lines.Text() != "event: state" || !lines.Scan() || !strings.HasPrefix(lines.Text(), "data: ") {
		t.Fatalf("the first words are %q", lines.Text())
	}
	for range mostStreams - 1 {
		if r := open(); r.StatusCode != http.StatusOK {
			t.Fatalf("status %d", r.StatusCode)
		}
	}
	if r := open(); r.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("one more than may be: status %d", r.StatusCode)
	}
	close(ending)
	for lines.Scan() {
	}
	if err := lines.Err(); err != nil {
		t.Errorf("the stream is cut off: %v", err)
	}
}

func TestTheDigestTellsWhatHasChanged(t *testing.T) {
	o := someOperations()
	p := &pages{Config: Config{Now: func() time.Time { return anyTime }}}
	digest := func() string {
		p.desk = newDesk(o, p.Now)
		return p.digest(t.Context())
	}
	before := digest()
	if digest() != before {
		t.Error("nothing has changed")
	}
	for _, c := range []struct {
		name   string
		change func()
	}{
		{"an incident is taken", func() { o.incidents[0].Taken = &flow.Taken{} }},
		{"a source fails", func() { o.sources[0].State = SourceFailing }},
		{"a process is gone", func() { o.processes = o.processes[1:] }},
		{"a mute", func() { o.mutes = nil }},
		{"the database is away", func() { o.away = errAway }}, // which hides all else
	} {
		c.change()
		after := digest()
		if after == before {
			t.Errorf("not told: %s", c.name)
		}
		before = after
	}
}
