package gate

import (
	"context"
	"fmt"
	"log/slog"
	"math/bits"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"
)

// Event is something that the audit log is to have of who comes in.
type Event struct {
	Action  string // "login" or "logout"
	Caller  Caller
	Failure string // "" where it was let in
}

// Config is what a gate needs.
type Config struct {
	// Policy returns the one in force. It may change; sessions of tokens that are gone end.
	Policy func() *Policy
	// Listens is the address that requests come in by; nil stands for a socket of the file
	// system.
	Listens net.Addr
	// Record writes into the audit log. It is called by who waits for an answer.
	Record func(context.Context, Event)
	// Open are the paths that nobody is asked for who they are: health, and what the login
	// page is made of. Health is also answered under any Host.
	Open   []string
	Health []string
	// Basic are the paths where a token may be the password of HTTP Basic, for programs that
	// can't show it otherwise.
	Basic []string
	Now   func() time.Time
	Log   *slog.Logger
}

// Gate lets requests in, or not.
type Gate struct {
	Config
	sessions sessions
	slow     slow
	cross    *http.CrossOriginProtection
	cookie   string
}

// New returns a gate. Its cookie is named for its port, since a browser gives a host's cookies
// to all of its ports.
func New(c Config) *Gate {
	g := &Gate{Config: c, cookie: "kairan-session", cross: http.NewCrossOriginProtection()}
	if tcp, ok := c.Listens.(*net.TCPAddr); ok {
		g.cookie = fmt.Sprintf("kairan-session-%d", tcp.Port)
	}
	g.sessions.all = map[Digest]session{}
	g.slow.known = map[netip.Addr]*guesser{}
	return g
}

// mostBody is how many bytes of a request are read, at most.
const mostBody = 1 << 20

// Guard returns a handler of what may be seen and done behind the gate, and of the gate's own
// pages: /login and /logout.
func (g *Gate) Guard(next http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /login", g.showLogin)
	mux.HandleFunc("POST /login", g.login)
	mux.HandleFunc("POST /logout", g.logout)
	mux.Handle("/", g.asked(next))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		setSecurity(w.Header())
		switch {
		case !slices.Contains(g.Health, r.URL.Path) && !g.knowsHost(g.Policy(), r):
			refuse(w, r, http.StatusMisdirectedRequest, "This address is not known by the name that it was asked by. If it is yours, add it to admin.hosts in the configuration.")
			return
		case hasToken(r.URL):
			refuse(w, r, http.StatusBadRequest, "A token has no place in an address, which is written down everywhere. It counts as known to others now: make another one, and send it as Authorization: Bearer, or log in at /login.")
			return
		}
		if err := g.cross.Check(r); err != nil {
			refuse(w, r, http.StatusForbidden, "This was asked by a page of another site, and is not done. If you meant it, do it from the operators' own pages; a proxy before them must pass Host on unchanged.")
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, mostBody)
		mux.ServeHTTP(w, r)
	})
}

// hasToken reports whether an address has a token in it.
func hasToken(u *url.URL) bool {
	if u.RawQuery == "" {
		return false
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return strings.Contains(strings.ToLower(u.RawQuery), "token=")
	}
	for name := range query {
		if slices.Contains([]string{"token", "access_token", "admin_token"}, strings.ToLower(name)) {
			return true
		}
	}
	return false
}

// asked asks who a request is from before it passes it on.
func (g *Gate) asked(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if slices.Contains(g.Open, r.URL.Path) || slices.Contains(g.Health, r.URL.Path) {
			next.ServeHTTP(w, r)
			return
		}
		caller, verdict := g.identify(r)
		switch {
		case verdict == unseen:
			w.Header().Set("Retry-After", "20")
			refuse(w, r, http.StatusTooManyRequests, tooMany)
		case verdict == wrong:
			g.unknown(w, r)
		case !isSafe(r.Method) && !caller.CanAct():
			refuse(w, r, http.StatusForbidden, caller.WhyNot())
		default:
			next.ServeHTTP(w, r.WithContext(With(r.Context(), caller)))
		}
	})
}

const tooMany = "Too many wrong tokens were shown. Wait half a minute, and try again."

func isSafe(method string) bool {
	return method == http.MethodGet || method == http.MethodHead || method == http.MethodOptions
}

// identify says who a request is from. The verdict is wrong where they are to say so first.
func (g *Gate) identify(r *http.Request) (Caller, verdict) {
	p, now := g.Policy(), g.Now()
	caller := Caller{Way: wayOf(r.URL.Path), Origin: shownOrigin(p.originOf(r)), May: View}
	if shown, ok := g.shown(r); ok {
		return g.byToken(r, p, caller, shown)
	}
	if r.URL.Path == "/metrics" && p.Metrics != nil {
		return caller, wrong
	}
	if p.Proxy != nil && p.Proxy.believes(peerOf(r)) {
		if users := r.Header.Values(p.Proxy.Header); len(users) == 1 && strings.TrimSpace(users[0]) != "" {
			caller.Name, caller.May = strings.TrimSpace(users[0]), p.Proxy.May
			return caller, good
		}
	}
	if cookie, err := r.Cookie(g.cookie); err == nil {
		if digest, ok := g.sessions.token(cookie.Value, now); ok {
			if t, ok, _ := p.match(digest, now); ok {
				caller.Name, caller.May, caller.Session = t.Name, t.May, true
				return caller, good
			}
		}
	}
	if !p.Guards() {
		return caller, good
	}
	return caller, wrong
}

// shown returns the token that a request shows, and false if it shows none.
func (g *Gate) shown(r *http.Request) (token string, ok bool) {
	header := r.Header.Get("Authorization")
	if scheme, token, ok := strings.Cut(header, " "); ok && strings.EqualFold(scheme, "Bearer") {
		return strings.TrimSpace(token), true
	}
	if slices.Contains(g.Basic, r.URL.Path) && isSafe(r.Method) {
		_, token, ok = r.BasicAuth()
	}
	return token, ok
}

// byToken lets in who shows a token.
func (g *Gate) byToken(r *http.Request, p *Policy, caller Caller, shown string) (Caller, verdict) {
	digest := DigestOf(shown)
	if r.URL.Path == "/metrics" && p.Metrics != nil && isSame(digest, *p.Metrics) {
		caller.Name = "metrics"
		return caller, good
	}
	if !p.Guards() && r.URL.Path != "/metrics" {
		return caller, good // there is nothing that it could be compared with
	}
	t, v := g.guess(r, p, caller, digest)
	caller.Name, caller.May = t.Name, t.May
	return caller, v
}

// guess compares a token that was shown, records what is wrong, and waits then.
func (g *Gate) guess(r *http.Request, p *Policy, caller Caller, digest Digest) (found Token, v verdict) {
	now := g.Now()
	var ended bool
	v, nth := g.slow.guess(r.Context(), p.originOf(r), now, func() (ok bool) {
		found, ok, ended = p.match(digest, now)
		return ok
	})
	if v != wrong {
		return found, v
	}
	failure := "wrong token"
	if ended {
		failure = fmt.Sprintf("token %s has ended on %s", found.Name, found.Until.UTC().Format(time.DateOnly))
	}
	if bits.OnesCount(uint(nth)) == 1 { // the first, and then ever fewer
		if nth > 1 {
			failure += fmt.Sprintf(" (%d times in a row)", nth)
		}
		g.Log.WarnContext(r.Context(), "somebody was not let in to the operators' pages", "origin", caller.Origin, "way", caller.Way, "why", failure)
		g.Record(context.WithoutCancel(r.Context()), Event{"login", caller, failure})
	}
	return found, wrong
}

// unknown answers who has to say first who they are.
func (g *Gate) unknown(w http.ResponseWriter, r *http.Request) {
	scheme := `Bearer realm="Kairan operators"`
	if slices.Contains(g.Basic, r.URL.Path) {
		scheme = `Basic realm="Kairan operators", charset="UTF-8"`
	}
	if r.Method == http.MethodGet && wayOf(r.URL.Path) == "page" && strings.Contains(r.Header.Get("Accept"), "text/html") && r.Header.Get("Authorization") == "" && g.hasLogin() {
		http.Redirect(w, r, "/login?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		return
	}
	w.Header().Set("WWW-Authenticate", scheme)
	refuse(w, r, http.StatusUnauthorized, "Who are you? Send a token as Authorization: Bearer, or log in at /login.")
}

// hasLogin reports whether there are tokens that a person could give.
func (g *Gate) hasLogin() bool { return len(g.Policy().Tokens) > 0 }
