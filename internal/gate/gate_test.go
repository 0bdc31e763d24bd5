package gate_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/kairan-news/kairan/internal/gate"
)

const (
	acting  = "acting-token-0123456789"
	looking = "looking-token-0123456789"
	wrong   = "wrong-token-0123456789"
)

// door is a gate before a page that says who has come.
type door struct {
	*gate.Gate
	http.Handler
	policy gate.Policy
	now    func() time.Time
	mu     sync.Mutex
	events []gate.Event
	log    bytes.Buffer
}

func newDoor(p gate.Policy) *door {
	d := &door{policy: p, now: time.Now}
	d.Gate = gate.New(gate.Config{
		Policy:  func() *gate.Policy { return &d.policy },
		Listens: &net.TCPAddr{IP: net.IPv4(10, 0, 0, 1), Port: 9090},
		Record: func(_ context.Context, e gate.Event) {
			d.mu.Lock()
			defer d.mu.Unlock()
			d.events = append(d.events, e)
		},
		Open: []string{"/ops.css"}, Health: []string{"/healthz"}, Basic: []string{"/ops.atom"},
		Now: func() time.Time { return d.now() },
		Log: slog.New(slog.NewTextHandler(&d.log, nil)),
	})
	d.Handler = d.Guard(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			if _, err := io.ReadAll(r.Body); err != nil {
				http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
				return
			}
		}
		c := gate.From(r.Context())
		fmt.Fprintf(w, "%s %s %s %s", c.Name, c.May, c.Way, c.Origin)
	}))
	return d
}

func tokens() gate.Policy {
	return gate.Policy{Tokens: []gate.Token{
		{Name: "yuki", Digest: gate.DigestOf(acting), May: gate.Act},
		{Name: "desk", Digest: gate.DigestOf(looking), May: gate.View},
	}}
}

type asking struct {
	method, path, from, host, body string
	header                         map[string]string
	cookies                        []*http.Cookie
}

func (d *door) ask(a asking) *http.Response {
	r := httptest.NewRequest(or(a.method, "GET"), "http://10.0.0.1:9090"+or(a.path, "/"), strings.NewReader(a.body))
	r.RemoteAddr = or(a.from, "10.0.0.7:4000")
	r.Host = or(a.host, r.Host)
	for name, value := range a.header {
		for _, one := range strings.Split(value, "|") {
			r.Header.Add(name, one)
		}
	}
	for _, c := range a.cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	return w.Result()
}

func or(given, usual string) string {
	if given == "" {
		return usual
	}
	return given
}

func bodyOf(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func bearer(token string) map[string]string {
	return map[string]string{"Authorization": "Bearer " + token}
}

func with(header map[string]string, more ...string) map[string]string {
	all := map[string]string{}
	for k, v := range header {
		all[k] = v
	}
	for i := 0; i < len(more); i += 2 {
		all[more[i]] = more[i+1]
	}
	return all
}

func TestWhoComesInAndWhoMayAct(t *testing.T) {
	metrics := gate.DigestOf("metrics-token-0123456789")
	withMetrics := tokens()
	withMetrics.Metrics = &metrics
	onlyMetrics := gate.Policy{Metrics: &metrics}
	proxied := gate.Policy{Proxy: &gate.Proxy{Header: "X-Forwarded-User", From: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/24")}, May: gate.Act}}
	hosts := tokens()
	hosts.Hosts = []string{"ops.city.example"}
	for _, c := range []struct {
		name   string
		policy gate.Policy
		asking
		status int
		said   string
	}{
		{"without tokens everybody looks", gate.Policy{}, asking{}, 200, " view page 10.0.0.7"},
		{"without tokens nobody acts", gate.Policy{}, asking{method: "POST"}, 403, "KAIRAN_ADMIN_TOKEN"},
		{"a token in vain is no harm", gate.Policy{}, asking{header: bearer(wrong)}, 200, "view"},
		{"with tokens nobody looks unknown", tokens(), asking{}, 401, "Who are you"},
		{"nor acts", tokens(), asking{method: "POST"}, 401, "Who are you"},
		{"a browser is led to the login", tokens(), asking{path: "/sources?x=1", header: map[string]string{"Accept": "text/html"}}, 303, ""},
		{"a program of the API is not", tokens(), asking{path: "/api/v1/status", header: map[string]string{"Accept": "text/html"}}, 401, `"status":401`},
		{"a token that acts", tokens(), asking{method: "POST", path: "/api/v1/x", header: bearer(acting)}, 200, "yuki act api 10.0.0.7"},
		{"the scheme has no case", tokens(), asking{header: map[string]string{"Authorization": "bearer " + acting}}, 200, "yuki act page"},
		{"a token that looks", tokens(), asking{path: "/queue/api/jobs", header: bearer(looking)}, 200, "desk view queue"},
		{"and does not act", tokens(), asking{method: "POST", path: "/queue/api/jobs/cancel", header: bearer(looking)}, 403, "desk may look and not act"},
		{"nor by another method", tokens(), asking{method: "PATCH", header: bearer(looking)}, 403, "may look"},
		{"nor by one that nobody knows", tokens(), asking{method: "FROB", header: bearer(looking)}, 403, "may look"},
		{"health is open", tokens(), asking{path: "/healthz", host: "anything.example"}, 200, ""},
		{"so is the login's style", tokens(), asking{path: "/ops.css"}, 200, ""},
		{"but nothing beside it", tokens(), asking{path: "/ops.css/x"}, 401, ""},
		{"a token in an address is refused", tokens(), asking{path: "/?token=" + acting}, 400, "no place in an address"},
		{"also in one that can't be read", tokens(), asking{path: "/?%zz&Token=x"}, 400, "no place in an address"},
		{"Basic where programs need it", tokens(), asking{path: "/ops.atom", header: map[string]string{"Authorization": "Basic Omxvb2tpbmctdG9rZW4tMDEyMzQ1Njc4OQ=="}}, 200, "desk view"},
		{"and nowhere else", tokens(), asking{path: "/", header: map[string]string{"Authorization": "Basic Omxvb2tpbmctdG9rZW4tMDEyMzQ1Njc4OQ=="}}, 401, ""},
		{"metrics have a token of their own", withMetrics, asking{path: "/metrics", header: bearer("metrics-token-0123456789")}, 200, "metrics view"},
		{"which opens nothing else", withMetrics, asking{path: "/", header: bearer("metrics-token-0123456789")}, 401, ""},
		{"others see metrics too", withMetrics, asking{path: "/metrics", header: bearer(looking)}, 200, "desk view"},
		{"metrics alone are guarded", onlyMetrics, asking{path: "/metrics"}, 401, ""},
		{"by their token", onlyMetrics, asking{path: "/metrics", header: bearer("metrics-token-0123456789")}, 200, "metrics"},
		{"and no wrong one", onlyMetrics, asking{path: "/metrics", header: bearer(wrong)}, 401, ""},
		{"what stands beside them is not", onlyMetrics, asking{}, 200, "view"},
		{"a proxy says who it is", proxied, asking{method: "POST", header: map[string]string{"X-Forwarded-User": "mori", "X-Forwarded-For": "6.6.6.6, 192.0.2.9, 10.0.0.8"}}, 200, "mori act page 192.0.2.9"},
		{"from elsewhere it is not believed", proxied, asking{from: "10.0.1.7:4000", header: map[string]string{"X-Forwarded-User": "mori"}}, 401, ""},
		{"nor if it says two", proxied, asking{header: map[string]string{"X-Forwarded-User": "mori|root"}}, 401, ""},
		{"nor if it says nobody", proxied, asking{header: map[string]string{"X-Forwarded-User": " "}}, 401, ""},
		{"the header without a proxy is nothing", tokens(), asking{header: map[string]string{"X-Forwarded-User": "mori"}}, 401, ""},
		{"another name may be anybody's", gate.Policy{}, asking{host: "evil.example"}, 421, "admin.hosts"},
		{"also with a token", tokens(), asking{host: "evil.example:9090", header: bearer(acting)}, 421, "admin.hosts"},
		{"a name that looks like ours", gate.Policy{}, asking{host: "localhost.evil.example"}, 421, ""},
		{"another address", gate.Policy{}, asking{host: "10.0.0.2:9090"}, 421, ""},
		{"names of this machine", gate.Policy{}, asking{host: "localhost:1234"}, 200, ""},
		{"addresses of this machine", gate.Policy{}, asking{host: "[::1]:9090"}, 200, ""},
		{"a configured name", hosts, asking{host: "OPS.city.example.", header: bearer(acting)}, 200, "yuki"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newDoor(c.policy)
				r := d.ask(c.asking)
				body := bodyOf(t, r)
				if r.StatusCode != c.status || !strings.Contains(body, c.said) {
					t.Errorf("answered %d %q, want %d %q", r.StatusCode, body, c.status, c.said)
				}
				if c.status == 303 {
					if to := r.Header.Get("Location"); to != "/login?next=%2Fsources%3Fx%3D1" {
						t.Errorf("led to %q", to)
					}
				}
				for _, secret := range []string{acting, looking, wrong} {
					if strings.Contains(body, secret) || strings.Contains(d.log.String(), secret) || strings.Contains(fmt.Sprint(d.events), secret) {
						t.Errorf("a token is told: %q, %q, %v", body, d.log.String(), d.events)
					}
				}
			})
		})
	}
}

func TestAPageOfAnotherSiteDoesNothing(t *testing.T) {
	for _, c := range []struct {
		name   string
		header map[string]string
		status int
	}{
		{"another site, as browsers of today say it", map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, 403},
		{"another port of the host", map[string]string{"Sec-Fetch-Site": "same-site", "Origin": "http://10.0.0.1:8080"}, 403},
		{"without Sec-Fetch-Site, as to an address without TLS", map[string]string{"Origin": "http://evil.example"}, 403},
		{"a page that hides where it is from", map[string]string{"Origin": "null"}, 403},
		{"text/plain, that needs no leave", map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example", "Content-Type": "text/plain"}, 403},
		{"our own page", map[string]string{"Sec-Fetch-Site": "same-origin", "Origin": "http://10.0.0.1:9090"}, 200},
		{"our own page without Sec-Fetch-Site", map[string]string{"Origin": "http://10.0.0.1:9090"}, 200},
		{"a program", nil, 200},
	} {
		for _, path := range []string{"/sources/x/pause", "/queue/api/jobs/cancel", "/api/v1/remap"} {
			t.Run(c.name+path, func(t *testing.T) {
				d := newDoor(tokens())
				session := d.mustLogin(t, acting)
				r := d.ask(asking{method: "POST", path: path, header: c.header, cookies: []*http.Cookie{session}})
				if r.StatusCode != c.status {
					t.Errorf("answered %d %q, want %d", r.StatusCode, bodyOf(t, r), c.status)
				}
			})
		}
	}
	d := newDoor(tokens())
	for _, path := range []string{"/login", "/logout"} {
		if r := d.ask(asking{method: "POST", path: path, header: map[string]string{"Origin": "http://evil.example"}}); r.StatusCode != 403 {
			t.Errorf("%s from elsewhere is answered %d", path, r.StatusCode)
		}
	}
}

// login gives a token to the login page.
func (d *door) login(token, next string, header map[string]string) *http.Response {
	form := url.Values{"token": {token}, "next": {next}}.Encode()
	return d.ask(asking{method: "POST", path: "/login", body: form, header: with(header, "Content-Type", "application/x-www-form-urlencoded")})
}

func (d *door) mustLogin(t *testing.T, token string) *http.Cookie {
	t.Helper()
	r := d.login(token, "/", nil)
	if r.StatusCode != 303 || len(r.Cookies()) != 1 {
		t.Fatalf("login is answered %d %q with %v", r.StatusCode, bodyOf(t, r), r.Cookies())
	}
	return r.Cookies()[0]
}

func TestALoginIsACookieThatNobodyElseReads(t *testing.T) {
	d := newDoor(tokens())
	for _, c := range []struct {
		proto  string
		secure bool
	}{{"", false}, {"https", true}} {
		r := d.login(acting, "/sources?state=held", map[string]string{"X-Forwarded-Proto": c.proto})
		if r.StatusCode != 303 || r.Header.Get("Location") != "/sources?state=held" {
			t.Errorf("login is answered %d to %q", r.StatusCode, r.Header.Get("Location"))
		}
		cookie := r.Cookies()[0]
		if !cookie.HttpOnly || cookie.SameSite != http.SameSiteStrictMode || cookie.Path != "/" || cookie.MaxAge != 12*60*60 || cookie.Secure != c.secure || cookie.Domain != "" {
			t.Errorf("the cookie is %q", cookie.Raw)
		}
		if cookie.Name != "kairan-session-9090" || strings.Contains(cookie.Value, acting) || len(cookie.Value) < 26 {
			t.Errorf("the cookie is %q", cookie.Raw)
		}
		if r.Header.Get("Cache-Control") != "no-store" || r.Header.Get("Referrer-Policy") != "same-origin" {
			t.Errorf("the answer has %v", r.Header)
		}
	}
	if len(d.events) != 2 || d.events[0].Action != "login" || d.events[0].Caller.Name != "yuki" || d.events[0].Failure != "" {
		t.Errorf("recorded are %+v", d.events)
	}
}

func TestASessionEndsWithItsTimeItsTokenOrALogout(t *testing.T) {
	for name, end := range map[string]func(*testing.T, *door, *http.Cookie){
		"twelve hours": func(_ *testing.T, d *door, _ *http.Cookie) {
			later := time.Now().Add(12 * time.Hour)
			d.now = func() time.Time { return later }
		},
		"the token is taken out": func(_ *testing.T, d *door, _ *http.Cookie) { d.policy.Tokens = d.policy.Tokens[1:] },
		"the token ends":         func(_ *testing.T, d *door, _ *http.Cookie) { d.policy.Tokens[0].Until = time.Now() },
		"a thousand others begin": func(t *testing.T, d *door, _ *http.Cookie) {
			for range 1000 {
				d.mustLogin(t, looking)
			}
		},
		"a logout": func(t *testing.T, d *door, c *http.Cookie) {
			r := d.ask(asking{method: "POST", path: "/logout", cookies: []*http.Cookie{c}})
			if gone := r.Cookies(); r.StatusCode != 303 || len(gone) != 1 || gone[0].MaxAge >= 0 || gone[0].Value != "" {
				t.Errorf("logout is answered %d with %v", r.StatusCode, gone)
			}
			if last := d.events[len(d.events)-1]; last.Action != "logout" || last.Caller.Name != "yuki" {
				t.Errorf("recorded is %+v", last)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDoor(tokens())
			cookie := d.mustLogin(t, acting)
			ask := func() int {
				return d.ask(asking{method: "POST", path: "/remap", cookies: []*http.Cookie{cookie}}).StatusCode
			}
			if status := ask(); status != 200 {
				t.Fatalf("logged in it is answered %d", status)
			}
			end(t, d, cookie)
			if status := ask(); status != 401 {
				t.Errorf("ended it is answered %d", status)
			}
		})
	}
}

func TestALoginLeadsNowhereElse(t *testing.T) {
	d := newDoor(tokens())
	for _, next := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "javascript:alert(1)", "", "sources", "/\t/evil.example"} {
		if to := d.login(acting, next, nil).Header.Get("Location"); to != "/" {
			t.Errorf("from %q it leads to %q", next, to)
		}
	}
	page := bodyOf(t, d.ask(asking{path: "/login?next=" + url.QueryEscape(`/"><script>`)}))
	if strings.Contains(page, "<script>") {
		t.Errorf("the page is %s", page)
	}
	if strings.Contains(bodyOf(t, d.login(looking+"x", "/", nil)), looking) {
		t.Error("the page tells what was typed")
	}
}

func TestTwoTokensOfOneNameAndOneThatHasEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := tokens()
		p.Tokens = append(p.Tokens, gate.Token{Name: "yuki", Digest: gate.DigestOf("next-token-0123456789"), May: gate.Act})
		p.Tokens[0].Until = time.Now().Add(time.Hour)
		d := newDoor(p)
		for _, token := range []string{acting, "next-token-0123456789"} {
			if r := d.ask(asking{header: bearer(token)}); !strings.HasPrefix(bodyOf(t, r), "yuki act") {
				t.Errorf("the token %s is answered %d", token, r.StatusCode)
			}
		}
		time.Sleep(time.Hour)
		r := d.ask(asking{header: bearer(acting)})
		if r.StatusCode != 401 {
			t.Errorf("ended it is answered %d", r.StatusCode)
		}
		if last := d.events[len(d.events)-1]; !strings.Contains(last.Failure, "token yuki has ended on 2000-01-01") {
			t.Errorf("recorded is %+v", last)
		}
	})
}

func TestWhatIsTooLongIsNotRead(t *testing.T) {
	d := newDoor(tokens())
	r := d.ask(asking{method: "POST", path: "/api/v1/x", header: bearer(acting), body: strings.Repeat("x", 2<<20)})
	if r.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("two megabytes are answered %d", r.StatusCode)
	}
	if r := d.login(strings.Repeat("x", 1<<20), "/", nil); r.StatusCode != 400 || len(d.events) != 0 {
		t.Errorf("a token of a megabyte is answered %d", r.StatusCode)
	}
	for _, method := range []string{"PUT", "DELETE", "PATCH"} {
		if r := d.ask(asking{method: method, path: "/login", header: bearer(acting)}); r.StatusCode != http.StatusMethodNotAllowed && r.StatusCode != 200 {
			t.Errorf("%s /login is answered %d", method, r.StatusCode)
		}
	}
}

func TestWithoutTokensItListensForThisMachineAlone(t *testing.T) {
	for _, c := range []struct {
		address string
		alone   bool
	}{
		{"127.0.0.1:9090", true}, {"[::1]:9090", true}, {"localhost:9090", true}, {"unix:/run/kairan/ops.sock", true}, {"127.8.9.1:0", true},
		{":9090", false}, {"0.0.0.0:9090", false}, {"[::]:9090", false}, {"10.0.0.1:9090", false}, {"kairan:9090", false}, {"localhost.example:1", false},
	} {
		err := (&gate.Policy{}).CheckAddress(c.address)
		if (err == nil) != c.alone {
			t.Errorf("%s: %v", c.address, err)
		}
		if err != nil && !strings.Contains(err.Error(), "KAIRAN_ADMIN_TOKEN") {
			t.Errorf("%s says not what to do: %v", c.address, err)
		}
		p := tokens()
		if err := p.CheckAddress(c.address); err != nil {
			t.Errorf("with tokens %s: %v", c.address, err)
		}
	}
}

// askAndLeave asks as who goes away before the answer.
func (d *door) askAndLeave(a asking) int {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r := httptest.NewRequestWithContext(ctx, "GET", "http://10.0.0.1:9090/", nil)
	r.RemoteAddr = or(a.from, "10.0.0.7:4000")
	for name, value := range a.header {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	return w.Code
}

func one(c *http.Cookie) []*http.Cookie { return []*http.Cookie{c} }
