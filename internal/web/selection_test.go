package web

import (
	"cmp"
	"context"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/check"
	"github.com/kairan-news/kairan/internal/search"
)

// picker is a city in which readers pick for themselves.
type picker struct {
	*city
	h http.Handler

	mu    sync.Mutex
	clock time.Time
	made  int           // selections
	more  bool          // there is more than was looked through
	fault error         // what the check says of documents
	body  []byte        // what is left of a faulty one
	hang  chan struct{} // making waits until it is closed; nil does not
	large int           // finds in the place of the city's own
}

// newPicker returns a city whose site has a search.
func newPicker(t testing.TB, change ...func(*Config)) *picker {
	t.Helper()
	p := &picker{city: newCity(t), clock: anyTime}
	p.settings.Site.Categories[2].Formerly = []string{"arts"}
	p.settings.Site.Publishers[1].Formerly = []string{"ryad"}
	config := Config{
		Settings: p.now, Shelf: p.shelf(20 * time.Millisecond), Channels: p.city, Articles: p.city, Selections: p, Metrics: NewMetrics(), Log: discard(),
		Now: func() time.Time { p.mu.Lock(); defer p.mu.Unlock(); return p.clock },
	}
	for _, c := range change {
		c(&config)
	}
	p.h = Public(config)
	return p
}

func (p *picker) pass(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clock = p.clock.Add(d)
}

func (p *picker) times() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.made
}

// set changes the picker.
func (p *picker) set(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
}

func (p *picker) MakeSelection(ctx context.Context, s feeds.Selection, format feeds.Format) (feeds.MadeSelection, error) {
	f, err := p.ComposeSelection(ctx, s)
	if err != nil {
		return feeds.MadeSelection{}, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.fault != nil {
		return feeds.MadeSelection{Body: p.body, Fault: p.fault}, nil
	}
	body, err := feeds.Render(f, format)
	return feeds.MadeSelection{Body: body}, err
}

func (p *picker) ComposeSelection(ctx context.Context, s feeds.Selection) (feeds.Feed, error) {
	p.mu.Lock()
	p.made++
	hang := p.hang
	p.mu.Unlock()
	if hang != nil {
		select {
		case <-hang:
		case <-ctx.Done():
			return feeds.Feed{}, ctx.Err()
		}
	}
	f, err := p.Compose(ctx, feeds.Channel{Locale: s.Locale, Kind: feeds.ChannelAll})
	if err != nil {
		return feeds.Feed{}, err
	}
	f.Entries = slices.DeleteFunc(f.Entries, func(e feeds.Entry) bool {
		a := e.Article
		fits := len(s.Topics) == 0 || slices.ContainsFunc(a.Categories, func(c string) bool { return slices.Contains(s.Topics, c) })
		fits = fits && (len(s.Cities) == 0 || slices.Contains(s.Cities, a.Publisher))
		for word := range strings.FieldsSeq(s.Words) {
			fits = fits && len(search.Parse(word).Spans(a.Title+" "+a.Summary+" "+a.Content)) > 0
		}
		return !fits
	})
	site := p.settings.Site
	f.Channel, f.Selection, f.ID, f.URL, f.HomeURL = feeds.Channel{Locale: s.Locale}, s, site.SelectionID(s), site.SelectionURLs(s), site.URL(s.PagePath())
	return f, nil
}

func (p *picker) Find(ctx context.Context, s feeds.Sought) (feeds.Finds, error) {
	f, err := p.ComposeSelection(ctx, s.Selection)
	if err != nil {
		return feeds.Finds{}, err
	}
	if s.Language != "" {
		f.Entries = slices.DeleteFunc(f.Entries, func(e feeds.Entry) bool { return e.Article.Language != s.Language })
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := p.large; n > 0 && len(f.Entries) > 0 {
		f.Entries = slices.Repeat(f.Entries[:1], n)
	}
	found := feeds.Finds{Count: len(f.Entries), More: p.more}
	if found.Count == 0 {
		found.Languages = []string{"th", "nl", "xx"}
	}
	from := min(s.Skip, found.Count)
	f.Entries = f.Entries[from:min(from+s.Most, found.Count)]
	found.Feed = f
	return found, nil
}

// from asks as somebody at an address.
func (p *picker) from(address, path string, fields ...string) *http.Response {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.RemoteAddr = address
	for i := 0; i+1 < len(fields); i += 2 {
		r.Header.Add(fields[i], fields[i+1])
	}
	w := httptest.NewRecorder()
	p.h.ServeHTTP(w, r)
	return w.Result()
}

func TestFeedOfASelection(t *testing.T) {
	p := newPicker(t)
	for _, test := range []struct {
		path     string
		format   feeds.Format
		has, not string
	}{
		{"/en/search.rss?q=flood", feeds.RSS, "Flood drill", "Night market"},
		{"/en/search.atom?q=flood+sirens&topic=government", feeds.Atom, "Flood drill", "Night market"},
		{"/en/search.json?q=market", feeds.JSONFeed, "Night market", "Flood drill"},
		{"/ja/search.atom?q=" + url.QueryEscape("水害"), feeds.Atom, "水害避難訓練", "予算案"},
		{"/th/search.rss?q=" + url.QueryEscape("งบประมาณ"), feeds.RSS, "ร่างงบประมาณ", "Night market"},
		{"/ar/search.atom?q=" + url.QueryEscape(search.Parse("السوق").String()), feeds.Atom, "السوق", "الفيضانات"},
		{"/en/feed.rss?topic=culture", feeds.RSS, "Night market", "Flood drill"},
		{"/en/feed.atom?topic=culture,government", feeds.Atom, "Flood drill", "no such thing"},
		{"/ar/feed.json?topic=culture&from=riyadh", feeds.JSONFeed, "السوق", "الفيضانات"},
		{"/en/feed.atom?topic=sports", feeds.Atom, "<feed", "<entry"}, // empty, and valid all the same
	} {
		t.Run(test.path, func(t *testing.T) {
			r := get(p.h, test.path)
			text := body(t, r)
			if r.StatusCode != http.StatusOK || !strings.Contains(text, test.has) || strings.Contains(text, test.not) {
				t.Fatalf("status %d, Location %s:\n%s", r.StatusCode, r.Header.Get("Location"), text)
			}
			if err := check.Document(test.format, []byte(text)); err != nil {
				t.Error(err)
			}
			fields(t, r, map[string]string{
				"Content-Type": test.format.MediaType(), "Cache-Control": feedControl, "Vary": feedVary, "Access-Control-Allow-Origin": "*",
				"X-Content-Type-Options": "nosniff", "Set-Cookie": "", "Content-Language": test.path[1:3],
			})
			links := strings.Join(r.Header["Link"], "\n")
			if !strings.Contains(links, "<https://news.city.example"+test.path+`>; rel="self"`) || strings.Count(links, "rel=") != 4 {
				t.Errorf("Link:\n%s", links)
			}
			tag := r.Header.Get("ETag")
			if tag == "" || strings.HasPrefix(tag, "W/") {
				t.Errorf("ETag %q", tag)
			}
			made := p.times()
			again := get(p.h, test.path, "If-None-Match", tag)
			if again.StatusCode != http.StatusNotModified || again.Header.Get("ETag") != tag {
				t.Errorf("with its tag: status %d", again.StatusCode)
			}
			fields(t, again, map[string]string{"Cache-Control": feedControl, "Vary": feedVary, "Access-Control-Allow-Origin": "*"})
			head := ask(p.h, http.MethodHead, test.path)
			if head.StatusCode != http.StatusOK || head.Header.Get("Content-Length") != r.Header.Get("Content-Length") || body(t, head) != "" {
				t.Errorf("HEAD: status %d, length %s", head.StatusCode, head.Header.Get("Content-Length"))
			}
			if r := get(p.h, test.path, "Accept-Encoding", "gzip"); len(text) > 500 && r.Header.Get("Content-Encoding") != "gzip" {
				t.Error("it is not compressed")
			}
			if p.times() != made {
				t.Errorf("it was made %d times more", p.times()-made)
			}
		})
	}
}

// Whatever spells a selection otherwise leads to the one address that it has.
func TestASelectionHasOneAddress(t *testing.T) {
	p := newPicker(t)
	for _, test := range []struct {
		path, location string
		status         int
		remark         string
	}{
		{"/en/feed.atom?from=riyadh&topic=government,culture", "/en/feed.atom?topic=culture,government&from=riyadh", 301, "order"},
		{"/en/feed.atom?topic=culture&topic=culture", "/en/feed.atom?topic=culture", 301, "duplicates"},
		{"/en/feed.atom?topic=culture&topic=government", "/en/feed.atom?topic=culture,government", 301, "as a form sends it"},
		{"/en/feed.atom?topic=arts&from=ryad", "/en/feed.atom?topic=culture&from=riyadh", 301, "names of before"},
		{"/en/feed.atom?topic=culture&_=1&utm_source=x", "/en/feed.atom?topic=culture", 301, "what is none of ours"},
		{"/en/feed.atom?topic=culture%2Cgovernment", "", 200, "an escape is the same"},
		{"/en/feed.rss?topic=culture&raw=1", "", 200, "what asks for the feed itself is no part of it"},
		{"/en/feed.json", "/en/all.json", 301, "nothing is all"},
		{"/en/search.atom?q=FLOOD", "/en/search.atom?q=flood", 301, "case"},
		{"/en/search.atom?q=%20flood%20%20drill", "/en/search.atom?q=drill+flood", 301, "spaces and order"},
		{"/en/search.atom?q=drill%20flood", "", 200, "a space is a space"},
		{"/en/search.atom?q=flood&from=&topic=&page=2", "/en/search.atom?q=flood", 301, "empty fields, and those of the page"},
		{"/en/search.rss?topic=culture", "/en/feed.rss?topic=culture", 301, "a search without words"},
		{"/en/feed.rss?topic=culture&q=x", "/en/feed.rss?topic=culture", 301, "a combination with words"},
		{"/EN/feed.rss?topic=culture", "/en/feed.rss?topic=culture", 301, "another spelling of the locale"},
		{"/en/search?q=Flood+drill&topic=&from=&lang=&since=&until=&order=best", "/en/search?q=Flood+drill", 301, "a form, as it is sent"},
		{"/en/search?order=newest&q=x&since=2026-01-02&topic=arts", "/en/search?q=x&topic=culture&since=2026-01-02&order=newest", 301, "order"},
		{"/en/search?q=&topic=culture", "/en/feed?topic=culture", 301, "a form with no word"},
		{"/en/search?q=&lang=ja", "/en/search", 301, "nor a topic"},
		{"/en/feed?topic=culture&topic=sports&from=riyadh", "/en/feed?topic=culture,sports&from=riyadh", 301, "boxes"},
		{"/en/feed?x", "/en/feed", 301, "nothing picked"},
		{"/en/search/?q=x", "/en/search?q=x", 301, "a slash too many"},
	} {
		r := get(p.h, test.path)
		if r.StatusCode != test.status || r.Header.Get("Location") != test.location {
			t.Errorf("%s: status %d to %s; want %d to %s: %s", test.path, r.StatusCode, r.Header.Get("Location"), test.status, test.location, test.remark)
		}
		if test.status == 301 && !strings.HasPrefix(r.Header.Get("Cache-Control"), "public") {
			t.Errorf("%s: Cache-Control %s", test.path, r.Header.Get("Cache-Control"))
		}
		if test.location != "" && test.location != "/en/all.json" {
			if r := get(p.h, test.location); r.StatusCode != http.StatusOK {
				t.Errorf("%s leads to %s: status %d, on to %s", test.path, test.location, r.StatusCode, r.Header.Get("Location"))
			}
		}
	}
}

func TestASelectionThatIsNone(t *testing.T) {
	p := newPicker(t)
	many := strings.Repeat("x,", 9) + "y,z,0"
	for _, test := range []struct {
		path   string
		status int
		says   string
	}{
		{"/en/feed.atom?topic=weather", 404, "There is no topic “weather” here."},
		{"/en/feed?from=atlantis", 404, "There is no city or state “atlantis” here."},
		{"/en/search.rss?q=x&topic=weather", 404, "There is no topic “weather” here."},
		{"/en/feed.atom?topic=a,b,c,d,e,f,g,h,i,j,k", 400, "at most 10 topics and 10 cities"},
		{"/en/feed.atom?from=" + many, 404, "no city or state “x”"},
		{"/en/feed.atom?from=1,2,3,4,5,6,7,8,9,10,11", 400, "at most 10 topics"},
		{"/en/search.json?q=" + strings.Repeat("a", 201), 400, "at most 200 characters"},
		{"/en/search?q=" + strings.Repeat("%E6%9D%B1", 201), 400, "at most 200 characters"},
		{"/en/search.rss", 400, "There is no word to search for"},
		{"/en/search.rss?q=%21%3F", 400, "There is no word to search for"},
		{"/en/search?q=x&since=31.12.2026", 400, "“31.12.2026” can’t be used here."},
		{"/en/search?q=x&lang=tlh", 400, "“tlh” can’t be used here."},
		{"/en/search?q=x&order=random", 400, "“random”"},
		{"/en/search?q=x&page=0", 400, "“0”"},
		{"/en/search?q=flood&page=2", 404, "Page Not Found"},
		{"/xx/search", 404, "Page Not Found"},
		{"/xx/feed.rss?topic=culture", 404, "Page Not Found"},
		{"/en/search.xml?q=x", 404, "Page Not Found"},
	} {
		r := get(p.h, test.path)
		text := body(t, r)
		if r.StatusCode != test.status || !strings.Contains(text, test.says) {
			t.Errorf("%s: status %d, want %d, and %q in\n%s", test.path, r.StatusCode, test.status, test.says, text)
		}
		fields(t, r, map[string]string{"Cache-Control": "no-store"})
		if strings.Contains(test.path, ".atom") {
			fields(t, r, map[string]string{"Access-Control-Allow-Origin": "*", "Vary": feedVary})
		}
		if test.status == 404 && strings.Contains(test.says, "topic") && !strings.Contains(text, "/en/culture") {
			t.Errorf("%s: what there is is not offered", test.path)
		}
	}
	if r := ask(p.h, http.MethodPost, "/en/search.rss?q=x"); r.StatusCode != http.StatusMethodNotAllowed || r.Header.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("POST: status %d", r.StatusCode)
	}
	if r := ask(p.h, http.MethodOptions, "/en/search.rss?q=x"); r.StatusCode != http.StatusNoContent {
		t.Errorf("OPTIONS: status %d", r.StatusCode)
	}
	if p.times() != 1 { // the second page of one find
		t.Errorf("%d selections were made of what is none", p.times())
	}
}

func TestFeedOfASelectionOpenedInABrowser(t *testing.T) {
	p := newPicker(t)
	for path, want := range map[string]string{
		"/en/search.rss?q=FLOOD":                    "/en/search?q=flood",
		"/en/feed.atom?topic=arts&from=riyadh":      "/en/feed?topic=culture&from=riyadh",
		"/en/search.atom?q=flood&topic=culture":     "/en/search?q=flood&topic=culture",
		"/en/search.json?q=" + "%E6%9D%B1%E4%BA%AC": "/en/search?q=%E6%9D%B1%E4%BA%AC",
	} {
		r := get(p.h, path, "Sec-Fetch-Dest", "document")
		if r.StatusCode != http.StatusFound || r.Header.Get("Location") != want {
			t.Errorf("%s: status %d to %s, want %s", path, r.StatusCode, r.Header.Get("Location"), want)
		}
		fields(t, r, map[string]string{"Cache-Control": "no-store", "Vary": feedVary})
	}
	if r := get(p.h, "/en/search.rss?q=flood&raw=1", "Sec-Fetch-Dest", "document"); r.StatusCode != http.StatusOK {
		t.Errorf("who asks for the feed itself: status %d", r.StatusCode)
	}
}

// A selection is made once for each state of what there is, and for all who ask at once.
func TestASelectionIsMadeOncePerState(t *testing.T) {
	p := newPicker(t)
	paths := []string{"/en/search.rss?q=flood", "/en/feed.rss?topic=disaster-prevention", "/en/search?q=flood", "/en/feed?topic=disaster-prevention"}
	var asked sync.WaitGroup
	for range 10 {
		for _, path := range paths {
			asked.Go(func() { get(p.h, path) })
		}
	}
	asked.Wait()
	if p.times() != len(paths) {
		t.Errorf("%d were made, want %d", p.times(), len(paths))
	}
	before := body(t, get(p.h, paths[0]))
	p.withdraw("flood", "en")
	until(t, func() bool { return body(t, get(p.h, paths[0])) != before })
	if text := body(t, get(p.h, paths[0])); strings.Contains(text, "Flood drill") {
		t.Error("what was withdrawn is found")
	}
}

func TestSelectionsWhileTheDatabaseIsAway(t *testing.T) {
	p := newPicker(t)
	const feed, page = "/en/search.rss?q=flood", "/en/search?q=flood"
	held, shown := body(t, get(p.h, feed)), body(t, get(p.h, page))
	tag := get(p.h, feed).Header.Get("ETag")
	p.fail(errAway)
	until(t, func() bool { return get(p.h, "/en/search.rss?q=market").StatusCode == http.StatusServiceUnavailable })
	fields(t, get(p.h, "/en/search.rss?q=market"), map[string]string{"Retry-After": retryAfter, "Cache-Control": "no-store"})
	if r := get(p.h, feed); r.StatusCode != http.StatusOK || body(t, r) != held {
		t.Errorf("what is held: status %d", r.StatusCode)
	}
	if r := get(p.h, feed, "If-None-Match", tag); r.StatusCode != http.StatusNotModified {
		t.Errorf("with its tag: status %d", r.StatusCode)
	}
	if r := get(p.h, page); r.StatusCode != http.StatusOK || body(t, r) != shown {
		t.Errorf("the page that is held: status %d", r.StatusCode)
	}
	p.fail(nil)
	until(t, func() bool { return get(p.h, "/en/search.rss?q=market").StatusCode == http.StatusOK })
}

// One address has so much made at once and a second, and what is held is not counted.
func TestOneAddressAsksTooOften(t *testing.T) {
	p := newPicker(t)
	const guest = "203.0.113.5:4711"
	n := 0
	next := func(address string) *http.Response {
		n++
		return p.from(address, fmt.Sprintf("/en/search.rss?q=flood%d", n))
	}
	for i := range askBurst {
		if r := next(guest); r.StatusCode != http.StatusOK {
			t.Fatalf("the %d. search: status %d", i+1, r.StatusCode)
		}
	}
	r := next(guest)
	if text := body(t, r); r.StatusCode != http.StatusTooManyRequests || !strings.Contains(text, "Too Many Searches") {
		t.Fatalf("status %d:\n%s", r.StatusCode, text)
	}
	fields(t, r, map[string]string{"Retry-After": askAgain, "Cache-Control": "no-store", "Access-Control-Allow-Origin": "*"})
	if r := p.from(guest, "/th/search?q=x"); r.StatusCode != http.StatusTooManyRequests || !strings.Contains(body(t, r), "ค้นหาบ่อยเกินไป") {
		t.Errorf("in Thai: status %d", r.StatusCode)
	}
	for range 100 {
		if r := p.from(guest, "/en/search.rss?q=flood1"); r.StatusCode != http.StatusOK {
			t.Fatalf("what is held: status %d", r.StatusCode)
		}
	}
	for _, address := range []string{"203.0.113.6:1", "[2001:db8::1]:1"} {
		if r := next(address); r.StatusCode != http.StatusOK {
			t.Errorf("%s: status %d", address, r.StatusCode)
		}
	}
	p.pass(time.Second)
	if a, b, c := next(guest), next(guest), next(guest); a.StatusCode != 200 || b.StatusCode != 200 || c.StatusCode != 429 {
		t.Errorf("after a second: %d, %d, %d", a.StatusCode, b.StatusCode, c.StatusCode)
	}
	for i := range 3 * askBurst { // a whole network of IPv6 is one
		r := next(fmt.Sprintf("[2001:db8:0:1::%x]:1", i+1))
		if want := i < askBurst; (r.StatusCode == http.StatusOK) != want {
			t.Fatalf("the %d. of a network: status %d", i+1, r.StatusCode)
		}
	}
	for i := range 3 * askBurst { // who is behind a proxy is not known
		for _, address := range []string{"127.0.0.1:1", "10.1.2.3:1", "[fd00::1]:1", "@"} {
			if r := next(address); r.StatusCode != http.StatusOK {
				t.Fatalf("the %d. from %s: status %d", i+1, address, r.StatusCode)
			}
		}
	}
	// What was made before stands where it can't be made anew.
	p.withdraw("flood", "en")
	if r := p.from(guest, "/en/search.rss?q=flood1"); r.StatusCode != http.StatusOK {
		t.Errorf("an older state: status %d", r.StatusCode)
	}
}

func TestAskersAreForgotten(t *testing.T) {
	now := anyTime
	a := newAskers(func() time.Time { return now })
	ask := func(i int) bool {
		return a.may(&http.Request{RemoteAddr: fmt.Sprintf("203.%d.%d.%d:1", i>>16&255, i>>8&255, i&255)})
	}
	for i := range mostAsker {
		ask(i)
	}
	now = now.Add(time.Minute)
	ask(mostAsker)
	if len(a.known) != 1 {
		t.Errorf("%d are known that may do all again", len(a.known))
	}
	for i := range 3 * mostAsker {
		ask(i)
	}
	if len(a.known) > mostAsker {
		t.Errorf("%d are known, more than %d", len(a.known), mostAsker)
	}
}

// So many work at once, some wait, and others are told to come again.
func TestManySearchesAtOnce(t *testing.T) {
	p := newPicker(t)
	hang := make(chan struct{})
	p.set(func() { p.hang = hang })
	seats := cap(newDesk().seats)
	var status sync.Map
	var asked sync.WaitGroup
	start := func(i int) {
		asked.Go(func() {
			r := p.from(fmt.Sprintf("203.0.113.%d:1", i), fmt.Sprintf("/en/search.rss?q=w%d", i))
			status.Store(i, r.StatusCode)
		})
	}
	for i := range seats {
		start(i)
	}
	until(t, func() bool { return p.times() == seats })
	for i := range mostQueued + 20 {
		start(seats + i)
	}
	refused := func() (n int) {
		status.Range(func(_, s any) bool {
			if s == http.StatusServiceUnavailable {
				n++
			}
			return true
		})
		return n
	}
	until(t, func() bool { return refused() >= 20 })
	close(hang)
	asked.Wait()
	if n := refused(); n < 20 || n > 20+mostQueued { // those that wait may lose their patience on a busy machine
		t.Errorf("%d were refused, want 20", n)
	}
}

func TestASelectionThatFailsTheCheck(t *testing.T) {
	p := newPicker(t)
	const feed = "/en/search.rss?q=flood"
	good := body(t, get(p.h, feed))
	p.set(func() { p.fault, p.body = fmt.Errorf("a fault"), []byte("<rss/>") })
	p.add(Notice{Article: feeds.Article{Key: "new", Story: "new", Publisher: "sample-city", Language: "en", Title: "A new notice", Published: anyTime}})
	until(t, func() bool { return body(t, get(p.h, feed)) == "<rss/>" })
	p.set(func() { p.body = nil })
	p.add(Notice{Article: feeds.Article{Key: "newer", Story: "newer", Publisher: "sample-city", Language: "en", Title: "A newer notice", Published: anyTime}})
	until(t, func() bool { return get(p.h, "/en/search.rss?q=newer").StatusCode == http.StatusServiceUnavailable })
	if text := body(t, get(p.h, feed)); text != "<rss/>" {
		t.Errorf("the last one does not stand, but\n%s\nof\n%s", text, good)
	}
}

func TestSearchPage(t *testing.T) {
	p := newPicker(t)
	p.add(Notice{Article: feeds.Article{
		Key: "wicked", Story: "wicked", Publisher: "sample-city", Language: "en", Title: `<script>alert("flood")</script>`, Summary: "No such word.",
		Content: "<p>" + strings.Repeat("Many words stand here. ", 20) + "Then the flood &amp; its <b>end</b>.</p>", Published: anyTime.AddDate(0, 0, -1),
	}})
	until(t, func() bool { return strings.Contains(body(t, get(p.h, "/en/search.rss?q=flood")), "alert") })
	r := get(p.h, "/en/search?q=flood")
	fields(t, r, map[string]string{"Content-Type": htmlType, "Cache-Control": pageControl, "Vary": "Accept-Encoding", "Content-Language": "en"})
	d := document(t, r)
	if got := texts(d, "h2"); !slices.Contains(got, "2 notices found") || !slices.Contains(got, "Subscribe to This Search") {
		t.Errorf("headings %q", got)
	}
	if got := texts(d, "h3 mark"); !slices.Equal(got, []string{"Flood", "flood"}) {
		t.Errorf("marked in titles: %q", got)
	}
	if got := texts(d, ".summary"); len(got) != 2 || !strings.Contains(got[1], "Then the flood & its end.") || !strings.HasPrefix(got[1], "…") {
		t.Errorf("summaries %q", got)
	}
	if d.Find("main script").Length() > 0 {
		t.Error("a title is taken for HTML")
	}
	if got := attributes(d, `meta[name=robots]`, "content"); !slices.Equal(got, []string{"noindex"}) {
		t.Errorf("robots: %q", got)
	}
	if got := attributes(d, `head link[type="application/atom+xml"]`, "href"); !slices.Equal(got, []string{"/en/search.atom?q=flood"}) {
		t.Errorf("feeds: %q", got)
	}
	if got := attributes(d, "#subscribe .formats input", "value"); len(got) != 3 || got[1] != "https://news.city.example/en/search.atom?q=flood" {
		t.Errorf("addresses: %q", got)
	}
	if got := texts(d, "#subscribe .format .hint"); len(got) != 3 || got[0] != got[1] {
		t.Errorf("Atom is said to tell of withdrawals: %q", got)
	}
	if d.Find("[role=search]").Length() != 1 {
		t.Error("there are two forms to search")
	}
	if got := attributes(d, "header a[hreflang=ja]", "href"); !slices.Equal(got, []string{"/ja/search?q=flood"}) {
		t.Errorf("in Japanese: %q", got)
	}
	if got := attributes(d, "main form", "action"); !slices.Equal(got, []string{"/en/search"}) || d.Find("main details[open]").Length() > 0 {
		t.Errorf("form to %q, narrowed: %d", got, d.Find("main details[open]").Length())
	}
	for _, field := range []string{"q", "topic", "from", "lang", "since", "until", "order"} {
		if n := d.Find(fmt.Sprintf(`main form [name=%[1]s][id=%[1]s]`, field)).Length(); n != 1 || d.Find(fmt.Sprintf(`main label[for=%s]`, field)).Length() != 1 {
			t.Errorf("%d fields for %s, or without a label", n, field)
		}
	}

	d = document(t, get(p.h, "/en/search?q=flood&topic=culture&lang=en"))
	if got := texts(d, "h2"); !slices.Contains(got, "Nothing was found") || d.Find("main details[open]").Length() != 1 {
		t.Errorf("headings %q", got)
	}
	help := attributes(d, ".help a", "href")
	if !slices.Equal(help, []string{"/en/search?q=flood", "/nl/search?q=flood", "/th/search?q=flood"}) {
		t.Errorf("help: %q", help)
	}
	if got := attributes(d, "option[selected]", "value"); !slices.Equal(got, []string{"culture", "en"}) {
		t.Errorf("picked: %q", got)
	}

	p.set(func() { p.large, p.more = 45, true })
	d = document(t, get(p.h, "/en/search?q=night&page=2"))
	if got := texts(d, "h2"); got[0] != "More than 45 notices found Page 2" || d.Find(".notice").Length() != findsAtOnce {
		t.Errorf("%q, %d notices", got, d.Find(".notice").Length())
	}
	if got := attributes(d, "nav.beside a", "href"); !slices.Equal(got, []string{"/en/search?q=night", "/en/search?q=night&page=3"}) {
		t.Errorf("pages: %q", got)
	}
	if !strings.Contains(d.Find("main").Text(), "At most 300 notices") {
		t.Error("the bound is not told")
	}
	if d := document(t, get(p.h, "/en/search?q=night&page=3")); d.Find(".notice").Length() != 5 || d.Find("a[rel=next]").Length() != 0 {
		t.Errorf("on the last page: %d notices", d.Find(".notice").Length())
	}

	d = document(t, get(p.h, "/en/search"))
	if d.Find(".notice").Length() > 0 || !slices.Contains(attributes(d, "main nav a", "href"), "/en/culture") || d.Find("main [type=search]").Length() != 1 {
		t.Error("the empty form is not there with the topics")
	}
	if r := get(p.h, "/en/search?q=%3F%21"); r.StatusCode != http.StatusOK || !strings.Contains(body(t, r), "Nothing was found") {
		t.Errorf("signs alone: status %d", r.StatusCode)
	}
}

func TestCombinationPage(t *testing.T) {
	p := newPicker(t)
	d := document(t, get(p.h, "/en/feed?topic=culture,disaster-prevention&from=sample-city"))
	if got := texts(d, "h1"); !slices.Equal(got, []string{"Culture and Disaster Prevention · Kazemori (sample city)"}) {
		t.Errorf("heading %q", got)
	}
	if got := titles(d); len(got) != 3 || got[0] != "Flood drill on the Sumire river this Saturday" {
		t.Errorf("notices %q", got)
	}
	if got := attributes(d, "input[checked]", "value"); !slices.Equal(got, []string{"disaster-prevention", "culture", "sample-city"}) {
		t.Errorf("picked: %q", got)
	}
	if got := attributes(d, "#subscribe .formats input", "value"); len(got) != 3 || got[1] != "https://news.city.example/en/feed.atom?topic=culture,disaster-prevention&from=sample-city" {
		t.Errorf("formats: %q", got)
	}
	if got := attributes(d, "header a[hreflang=ar]", "href"); !slices.Equal(got, []string{"/ar/feed?topic=culture,disaster-prevention&from=sample-city"}) {
		t.Errorf("in Arabic: %q", got)
	}
	d = document(t, get(p.h, "/ar/feed"))
	if d.Find("input[checked]").Length() > 0 || d.Find("input[type=checkbox]").Length() == 0 || d.Find(".notice").Length() > 0 {
		t.Error("nothing is picked yet")
	}
}

// What somebody types is text, whatever it looks like.
func TestWordsOfEvilMind(t *testing.T) {
	p := newPicker(t)
	for _, words := range []string{
		`"`, `""`, `'`, `*`, `flood*`, `-flood`, `flood NEAR drill`, `NEAR(flood drill, 2)`, `title:flood`, `flood OR 1=1`, `flood') --`, `^flood`, `{flood}`, `+ - ( ) : ^`,
		"flood\x00drill", "\xff\xfe", "flo\u202eod", "\u2067flood\u2069", "\u200bflood", "%", "_", `\`, "<script>alert(1)</script>", `" onfocus="alert(1)`, "{{.Site}}", "😀", strings.Repeat("漢", 200), "٪", "İstanbul", "ﷺ",
	} {
		q := url.QueryEscape(words)
		r := get(p.h, "/en/search?q="+q)
		if r.StatusCode == http.StatusMovedPermanently {
			r = get(p.h, r.Header.Get("Location"))
		}
		text := body(t, r)
		if r.StatusCode != http.StatusOK || strings.Contains(text, "<script>alert") || strings.Contains(text, `onfocus="alert`) || strings.ContainsAny(text, "\x00\ufffd") || !utf8.ValidString(text) {
			t.Errorf("%q: status %d\n%s", words, r.StatusCode, text)
		}
		for _, format := range feeds.Formats() {
			r := get(p.h, "/en/search."+string(format)+"?q="+q)
			if r.StatusCode == http.StatusMovedPermanently {
				to := r.Header.Get("Location")
				if r = get(p.h, to); r.StatusCode == http.StatusMovedPermanently {
					t.Errorf("%q leads on and on: %s, %s", words, to, r.Header.Get("Location"))
				}
			}
			text := body(t, r)
			switch r.StatusCode {
			case http.StatusBadRequest:
			case http.StatusOK:
				if err := check.Document(format, []byte(text)); err != nil {
					t.Errorf("%q as %s: %v", words, format, err)
				}
			default:
				t.Errorf("%q as %s: status %d", words, format, r.StatusCode)
			}
		}
		p.pass(time.Minute)
	}
}

func TestEveryLocaleIsSearched(t *testing.T) {
	faults := regexp.MustCompile(`<no value>|ZgotmplZ|%!|[^a-z/](?:search|page)\.[a-z]`)
	p := newPicker(t)
	for _, l := range p.settings.Site.Locales {
		for _, path := range []string{"/search", "/search?q=zzzz&lang=en", "/search?q=2026", "/feed", "/feed?topic=culture", "/feed?topic=nowhere", "/search?q=x&page=900", "/search?q=x&page=9000"} {
			r := get(p.h, "/"+l.Tag+path)
			text := body(t, r)
			if fault := faults.FindString(text); fault != "" {
				t.Errorf("/%s%s has %q", l.Tag, path, fault)
			}
			if strings.Contains(text, "There is no topic") && l.Tag != "en" || strings.Contains(text, "Search") && l.Tag != "en" && !strings.Contains(text, "English") {
				t.Errorf("/%s%s speaks English", l.Tag, path)
			}
		}
		p.pass(time.Minute)
	}
}

func TestOpenSearch(t *testing.T) {
	p := newPicker(t)
	page := document(t, get(p.h, "/ja/"))
	at := attributes(page, "link[rel=search]", "href")
	if len(at) != 1 {
		t.Fatalf("%d links to it", len(at))
	}
	r := get(p.h, at[0])
	var d openSearch
	if err := xml.Unmarshal([]byte(body(t, r)), &d); err != nil || r.Header.Get("Content-Type") != openSearchType {
		t.Fatalf("%s, %v", r.Header.Get("Content-Type"), err)
	}
	if n := len([]rune(d.ShortName)); n == 0 || n > 16 || d.Language != "ja" || d.URLs[0].Template != "https://news.city.example/ja/search?q={searchTerms}" {
		t.Errorf("%+v", d)
	}
	if r := get(p.h, strings.Replace(strings.TrimPrefix(d.URLs[1].Template, "https://news.city.example"), "{searchTerms}", "flood", 1)); r.StatusCode != http.StatusOK {
		t.Errorf("its feed: status %d", r.StatusCode)
	}
}

// A site that is copied has none of all that.
func TestASiteWithoutSearch(t *testing.T) {
	p := newPicker(t, func(c *Config) { c.Selections = nil })
	for _, path := range []string{"/en/search", "/en/search?q=x", "/en/search.rss?q=x", "/en/feed", "/en/feed.atom?topic=culture", "/en/opensearch.xml"} {
		if r := get(p.h, path); r.StatusCode != http.StatusNotFound {
			t.Errorf("%s: status %d", path, r.StatusCode)
		}
	}
	if d := document(t, get(newPicker(t).h, "/en/")); d.Find(".masthead form[role=search]").Length() != 1 {
		t.Error("the head of other pages has no form")
	}
	if d := document(t, get(p.h, "/en/")); d.Find("form, link[rel=search]").Length() > 0 {
		t.Error("a form leads nowhere")
	}
	if text := body(t, get(p.h, "/robots.txt")); strings.Contains(text, "Disallow") {
		t.Errorf("robots.txt:\n%s", text)
	}
	with := newPicker(t)
	text := body(t, get(with.h, "/robots.txt"))
	for _, line := range []string{"Disallow: /en/search?\n", "Disallow: /zh-Hant/feed?\n", "Disallow: /en/search.\n"} {
		if !strings.Contains(text, line) {
			t.Errorf("robots.txt lacks %q:\n%s", line, text)
		}
	}
}

func TestSearchesAreCounted(t *testing.T) {
	var metrics *Metrics
	p := newPicker(t, func(c *Config) { metrics = c.Metrics })
	get(p.h, "/en/search.rss?q=flood")
	get(p.h, "/en/search.rss?q=flood")
	get(p.h, "/en/feed.rss?topic=culture")
	families, err := metrics.Registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, f := range families {
		for _, m := range f.Metric {
			var labels []string
			for _, l := range m.Label {
				labels = append(labels, l.GetValue())
			}
			got[f.GetName()+" "+strings.Join(labels, " ")] = cmp.Or(m.Counter.GetValue(), float64(m.Histogram.GetSampleCount()))
		}
	}
	for name, want := range map[string]float64{
		"kairan_searches_total search made": 1, "kairan_searches_total search held": 1, "kairan_searches_total combination made": 1,
		"kairan_search_duration_seconds search": 1, "kairan_searches_total search limited": 0,
	} {
		if got[name] != want {
			t.Errorf("%s is %v, want %v", name, got[name], want)
		}
	}
}

func TestMarkedText(t *testing.T) {
	for _, test := range []struct{ language, text, words, want, remark string }{
		{"en", "The harbour & its Harbours", "harbour", "The <mark>harbour</mark> &amp; its <mark>Harbours</mark>", "words that begin so, whole"},
		{"en", "a <b>harbour</b>", "b", "a &lt;<mark>b</mark>&gt;harbour&lt;/<mark>b</mark>&gt;", "text stays text"},
		{"ja", "東京都の水害避難訓練", "避難 水害", "東京都の<mark>水害避難</mark>訓練", "characters amid others; what touches is one"},
		{"th", "ร่างงบประมาณปีหน้า", "งบประมาณ", "ร่าง<mark>งบประมาณ</mark>ปีหน้า", "likewise in Thai"},
		{"tr", "İstanbul’da", "istanbul", "<mark>İstanbul</mark>’da", "as they are compared"},
		{"ar", "افتتاح السوق", "سوق", "افتتاح <mark>السوق</mark>", "with the article"},
		{"en", "nothing", "harbour", "nothing", "nothing found"},
		{"en", "nothing", "", "nothing", "nothing sought"},
		{"ja-simple", "お知（し）らせ", "知", string(ruby("お知（し）らせ")), "where readings stand above characters none"},
	} {
		if got := string(markedText(test.language, test.text, search.Parse(test.words))); got != test.want {
			t.Errorf("%q in %q is %q, want %q: %s", test.words, test.text, got, test.want, test.remark)
		}
	}
}

// A summary without the words gives way to the part of the text that has them.
func TestExcerptAroundWords(t *testing.T) {
	long := strings.Repeat("Nothing of it here. ", 10)
	for _, test := range []struct{ summary, content, words, want, remark string }{
		{"The harbour.", "<p>" + long + "harbour</p>", "harbour", "The harbour.", "the summary has them"},
		{"Nothing.", "<p>Nothing at all.</p>", "harbour", "Nothing.", "nothing has them"},
		{"Nothing.", "<p>At the harbour.</p>", "harbour", "At the harbour.", "from the beginning"},
		{"Nothing.", "<p>" + long + "Now the harbour opens.</p>", "harbour", "…it here. Nothing of it here. Now the harbour opens.", "from a word on"},
		{"ない。", "<p>" + strings.Repeat("何もここにはない。", 9) + "港が開く。</p>", "港が", "…はない。" + strings.Repeat("何もここにはない。", 4) + "港が開く。", "between characters"},
	} {
		got := item{Summary: test.summary}.marked(search.Parse(test.words), test.content).Summary
		if got != test.want {
			t.Errorf("%q for %q, want %q: %s", got, test.words, test.want, test.remark)
		}
	}
}
