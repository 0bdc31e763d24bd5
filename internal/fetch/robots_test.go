package fetch

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestRobotsRules(t *testing.T) {
	for _, r := range []struct {
		remark  string
		file    string
		allowed string // paths, separated by spaces
		denied  string
	}{
		{"nothing", "", "/ /a", ""},
		{"all is forbidden", "User-agent: *\nDisallow: /", "", "/ /a /a?b"},
		{"nothing is forbidden", "User-agent: *\nDisallow:", "/ /a", ""},
		{"the longest pattern holds, RFC 9309 §5.2", "User-agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif",
			"/example/page/ /example/page/x /", "/example/page/disallowed.gif"},
		{"of two that are equally long the one that allows", "User-agent: *\nDisallow: /a\nAllow: /a", "/a /ab", ""},
		{"a plain pattern against a shorter one with a star", "User-agent: *\nDisallow: /a.*b\nAllow: /a.x/b/c", "/a.x/b/c", "/a.y/b"},
		{"stars", "User-agent: *\nDisallow: /*.pdf\nDisallow: /a/*/c", "/a /a/c /pdf", "/x.pdf /x.pdfx /a/b/c /a/b/b/c/d"},
		{"a star at the end is nothing", "User-agent: *\nDisallow: /a*", "/b", "/a /ab"},
		{"the end", "User-agent: *\nDisallow: /*.gif$\nDisallow: /a$", "/x.gif?y /x.gifs /ab /a/", "/x.gif /a /y/x.gif.gif"},
		{"a dollar elsewhere is itself", "User-agent: *\nDisallow: /a$b", "/a /ab", "/a$b /a$bc"},
		{"many stars take no time", "User-agent: *\nDisallow: /" + strings.Repeat("*a", 500) + "$", "/" + strings.Repeat("a", 400) + "b", ""},
		{"our group before all others'", "User-agent: *\nDisallow: /\nUser-agent: kairan\nDisallow: /a", "/ /b", "/a"},
		{"whatever its place and spelling", "USER-AGENT : KaiRan\ndisallow : /a\n\nUser-agent: *\nDisallow: /", "/b", "/a"},
		{"with a version, which others write", "User-agent: Kairan/1.0\nDisallow: /a", "/b", "/a"},
		{"groups for one token are one", "User-agent: kairan\nDisallow: /a\nUser-agent: x\nDisallow: /x\nUser-agent: kairan\nDisallow: /b", "/x /c", "/a /b"},
		{"a group for several", "User-agent: x\nUser-agent: kairan\nUser-agent: y\nDisallow: /a", "/b", "/a"},
		{"an empty group of ours", "User-agent: *\nDisallow: /\n\nUser-agent: kairan\n", "/ /a", ""},
		{"a token that ours begins with is not ours", "User-agent: kai\nDisallow: /\nUser-agent: kairanbot\nDisallow: /", "/ /a", ""},
		{"rules before any group are nobody's", "Disallow: /a\nUser-agent: *\nDisallow: /b", "/a", "/b"},
		{"a sitemap does not end a group", "User-agent: kairan\nSitemap: https://city.example/s.xml\nDisallow: /a", "/b", "/a"},
		{"a bad line voids no other", "<html>\nUser-agent: *\nCrawl-delay: soon\nnonsense\nDisallow: /a", "/b", "/a"},
		{"comments, byte order mark, old line ends", "\ufeffUser-agent: * # all\rDisallow: /a # not this\r\n", "/b", "/a /a/b"},
		{"escapes are compared as what they are", "User-agent: *\nDisallow: /%7Ejoe/%E6%9D%B1\nDisallow: /a%3cd", "/~joe/", "/~joe/東 /%7ejoe/%e6%9d%b1 /a%3Cd"},
		{"an escaped slash is no slash", "User-agent: *\nDisallow: /a%2Fb", "/a/b", "/a%2fb /a%2Fb/c"},
		{"an escaped star is a star of the path", "User-agent: *\nDisallow: /a%2ab\nDisallow: /c%24", "/axb /c", "/a*b /a%2Ab /c$ /c$d"},
		{"letters beyond ASCII", "User-agent: *\nDisallow: /東京", "/東", "/東京 /%E6%9D%B1%E4%BA%AC/x"},
		{"the query counts", "User-agent: *\nDisallow: /*?print=", "/a?x=1 /a", "/a?print=1"},
	} {
		rules := parseRobots([]byte(r.file), "kairan")
		for _, path := range strings.Fields(r.allowed) {
			if !rules.allow(path) {
				t.Errorf("%s: %s is denied", r.remark, path)
			}
		}
		for _, path := range strings.Fields(r.denied) {
			if rules.allow(path) {
				t.Errorf("%s: %s is allowed", r.remark, path)
			}
		}
	}
}

func TestRobots(t *testing.T) {
	const forbid = "User-agent: kairan-test\nDisallow: /private/\n"
	big := strings.Repeat("# nothing here\n", RobotsMaxBytes/15) + strings.Repeat("\n", 15) + "User-agent: *\nDisallow: /private/\n"
	for _, r := range []struct {
		what    string
		server  http.HandlerFunc
		allowed bool // of /private/a; all else is allowed or not with it, but where there are rules
		rules   bool
		remark  bool // there is an error for operators
	}{
		{what: "has rules", server: answer(200, forbid), rules: true},
		{what: "has rules behind redirects", server: byPath{"/robots.txt": redirectTo("/r", 301), "/r": answer(200, forbid)}.serve, rules: true},
		{what: "has gzipped rules", server: answer(200, compressed("gzip", forbid), "Content-Encoding: gzip"), rules: true},
		{what: "cuts its rules off", server: raw("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + forbid), rules: true},
		{what: "has none", server: answer(404, forbid), allowed: true},
		{what: "has none any more", server: answer(410, ""), allowed: true},
		{what: "hides them", server: answer(403, ""), allowed: true},
		{what: "has empty ones", server: answer(200, ""), allowed: true},
		{what: "goes round in a circle", server: redirectTo("/robots.txt", 302), allowed: true},
		{what: "has a fault", server: answer(500, ""), remark: true},
		{what: "is closed", server: answer(503, ""), remark: true},
		{what: "has had enough", server: answer(429, ""), remark: true},
		{what: "closes the connection", server: raw(), remark: true},
		{what: "has rules beyond what is read", server: answer(200, big), allowed: true},
	} {
		t.Run(r.what, func(t *testing.T) {
			s := serve(t, r.server)
			robots := NewRobots(newClient(t))
			private, err := robots.AllowedFor(t.Context(), Request{URL: s.URL + "/private/a"})
			if private != r.allowed || (err != nil) != r.remark {
				t.Errorf("/private/a: %v, %v", private, err)
			}
			if public, _ := robots.AllowedFor(t.Context(), Request{URL: s.URL + "/news"}); public != (r.allowed || r.rules) {
				t.Errorf("/news: %v", public)
			}
			if itself, err := robots.AllowedFor(t.Context(), Request{URL: s.URL + "/robots.txt"}); !itself || err != nil {
				t.Errorf("/robots.txt: %v, %v", itself, err)
			}
		})
	}
}

func TestRobotsAreKept(t *testing.T) {
	var clock atomic.Int64
	var asked []string
	var mu sync.Mutex
	respond := answer(200, "User-agent: *\nDisallow: /private/\n", `ETag: "r"`)
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked = append(asked, r.Header.Get("If-None-Match"))
		h := respond
		mu.Unlock()
		h(w, r)
	})
	switchTo := func(h http.HandlerFunc) { mu.Lock(); respond, asked = h, nil; mu.Unlock() }
	robots := NewRobots(newClient(t, func(c *Config) { c.Now = func() time.Time { return now.Add(time.Duration(clock.Load())) } }))
	ask := func(after time.Duration, want bool, remark bool, requests ...string) {
		t.Helper()
		clock.Store(int64(after))
		got, err := robots.AllowedFor(t.Context(), Request{URL: s.URL + "/private/a"})
		if got != want || (err != nil) != remark || fmt.Sprintf("%q", asked) != fmt.Sprintf("%q", requests) {
			t.Errorf("after %v: %v, %v; asked %q, want %q", after, got, err, asked, requests)
		}
	}

	var wait sync.WaitGroup
	for range 20 { // one request serves all who come at once
		wait.Go(func() {
			if ok, err := robots.AllowedFor(t.Context(), Request{URL: s.URL + "/public"}); !ok || err != nil {
				t.Errorf("/public: %v, %v", ok, err)
			}
		})
	}
	wait.Wait()
	ask(0, false, false, "")
	ask(23*time.Hour, false, false, "")
	switchTo(answer(304, ""))
	ask(25*time.Hour, false, false, `"r"`)
	switchTo(answer(500, "")) // the rules that are known hold
	ask(50*time.Hour, false, true, `"r"`)
	if ok, _ := robots.AllowedFor(t.Context(), Request{URL: s.URL + "/public"}); !ok {
		t.Error("the rules that were known do not hold")
	}
	ask(50*time.Hour+RobotsRetry-time.Second, false, true, `"r"`) // whoever asks later is told as well
	switchTo(answer(404, ""))
	ask(52*time.Hour, true, false, `"r"`)
}

func TestRobotsMemoryIsBounded(t *testing.T) {
	robots := NewRobots(newClient(t))
	for i := range robotsHosts + 100 {
		robots.host(robotsKey{origin: fmt.Sprint("http://host-", i, ".example")})
	}
	if n := len(robots.hosts); n > robotsHosts {
		t.Errorf("%d hosts are remembered", n)
	}
}

func TestProductToken(t *testing.T) {
	for agent, want := range map[string]string{
		DefaultUserAgent: "kairan", "City-Bot_x/2": "city-bot_x", "Plain": "plain", "1/2": "", "": "",
	} {
		if got := productToken(agent); got != want {
			t.Errorf("%q: %q, want %q", agent, got, want)
		}
	}
}
