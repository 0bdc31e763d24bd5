package gate

import (
	"bytes"
	"context"
	_ "embed"
	"html/template"
	"net/http"
	"net/url"
	"strings"
)

//go:embed login.html
var loginText string

var loginTemplate = template.Must(template.New("login.html").Parse(loginText))

// loginPage is what the login page shows.
type loginPage struct {
	Next    string
	Failure string
	// Has reports whether there are tokens to give.
	Has bool
	// Plain reports whether the page came without TLS from another machine.
	Plain bool
}

// mostLogin is how many bytes a login has, at most.
const mostLogin = 4 << 10

func (g *Gate) showLogin(w http.ResponseWriter, r *http.Request) {
	g.answer(w, r, http.StatusOK, loginPage{Next: nextOf(r.URL.Query().Get("next"))})
}

func (g *Gate) answer(w http.ResponseWriter, r *http.Request, status int, p loginPage) {
	p.Has = g.hasLogin()
	p.Plain = !isSecure(r) && peerOf(r).IsValid() && !peerOf(r).IsLoopback()
	var b bytes.Buffer
	if err := loginTemplate.Execute(&b, p); err != nil {
		g.Log.ErrorContext(r.Context(), "the login page could not be made", "error", err)
		http.Error(w, "The login page could not be made.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(b.Bytes())
}

// login begins a session for who gives a token.
func (g *Gate) login(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, mostLogin)
	if err := r.ParseForm(); err != nil {
		g.answer(w, r, http.StatusBadRequest, loginPage{Next: "/", Failure: "The form could not be read."})
		return
	}
	p := g.Policy()
	next := nextOf(r.PostForm.Get("next"))
	caller := Caller{Way: "page", Origin: shownOrigin(p.originOf(r)), May: View}
	if !g.hasLogin() {
		g.answer(w, r, http.StatusConflict, loginPage{Next: next})
		return
	}
	digest := DigestOf(strings.TrimSpace(r.PostForm.Get("token")))
	t, v := g.guess(r, p, caller, digest)
	switch v {
	case unseen:
		w.Header().Set("Retry-After", "20")
		g.answer(w, r, http.StatusTooManyRequests, loginPage{Next: next, Failure: tooMany})
		return
	case wrong:
		g.answer(w, r, http.StatusUnauthorized, loginPage{Next: next, Failure: "This token lets nobody in: it is mistyped, or it has ended."})
		return
	}
	if old, err := r.Cookie(g.cookie); err == nil {
		g.sessions.end(old.Value)
	}
	g.setCookie(w, r, g.sessions.begin(digest, g.Now()), int(sessionLife.Seconds()))
	caller.Name, caller.May = t.Name, t.May
	g.Record(context.WithoutCancel(r.Context()), Event{"login", caller, ""})
	http.Redirect(w, r, next, http.StatusSeeOther)
}

// logout ends the session. It is no deed, so that who may only look can log out.
func (g *Gate) logout(w http.ResponseWriter, r *http.Request) {
	if caller, v := g.identify(r); v == good && caller.Session {
		g.Record(context.WithoutCancel(r.Context()), Event{"logout", caller, ""})
	}
	if cookie, err := r.Cookie(g.cookie); err == nil {
		g.sessions.end(cookie.Value)
	}
	g.setCookie(w, r, "", -1)
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}

// setCookie sets the session's cookie for so many seconds.
func (g *Gate) setCookie(w http.ResponseWriter, r *http.Request, value string, seconds int) {
	http.SetCookie(w, &http.Cookie{
		Name: g.cookie, Value: value, Path: "/", MaxAge: seconds,
		HttpOnly: true, Secure: isSecure(r), SameSite: http.SameSiteStrictMode,
	})
}

// isSecure reports whether the browser speaks TLS, with this server or with one before it.
// Whoever says so untruly only keeps their own cookie from themselves.
func isSecure(r *http.Request) bool {
	return r.TLS != nil || strings.EqualFold(r.Header.Get("X-Forwarded-Proto"), "https")
}

// nextOf returns where to go from the login page: a path of this address.
func nextOf(given string) string {
	u, err := url.Parse(given)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(given, "/") || strings.HasPrefix(given, "//") || strings.ContainsAny(given, "\\\r\n\t") {
		return "/"
	}
	return given
}
