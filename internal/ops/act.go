package ops

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Visitor is who looks at a page.
type Visitor struct {
	Name string // "" where nobody is asked
	// WhyNot says why they can't act, and what to do; "" if they can.
	WhyNot string
	// Session reports whether they can log out.
	Session bool
}

// Action is what an operator asks for from a page.
type Action struct {
	// Name is one of [Actions].
	Name string
	// Subject is what it is done to: a source's id, a channel's name, an incident's number,
	// or "kind part id" of what is muted; "" where there is one.
	Subject string
	// Reason is why, in the operator's words, and For how long it is to last, as
	// [time.ParseDuration] reads it; "" where the action has none.
	Reason, For string
}

// Actions are the names of actions that pages have buttons for.
func Actions() []string {
	return []string{"run", "pause", "resume", "release", "retry", "take", "untake", "mute", "unmute", "republish", "remap", "reload", "erase"}
}

// mostForm bounds a form, in bytes.
const mostForm = 64 << 10

// serveAct does what a form asks for, and leads back to its page, which says what came of it.
func (o *pages) serveAct(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, mostForm)
	if err := r.ParseForm(); err != nil {
		http.Error(w, "The form can't be read: "+err.Error(), http.StatusBadRequest)
		return
	}
	a := Action{Name: r.PathValue("action"), Subject: r.PostForm.Get("subject"), Reason: strings.TrimSpace(r.PostForm.Get("reason")), For: r.PostForm.Get("for")}
	switch {
	case !slices.Contains(Actions(), a.Name):
		http.Error(w, "There is no such action.", http.StatusNotFound)
		return
	case !o.Actor.May(r):
		http.Error(w, "You may look, and not act: that needs a token that may act.", http.StatusForbidden)
		return
	}
	v := o.view(r, "Done", "")
	v.Back = localPath(r.PostForm.Get("back"))
	said, err := o.Actor.Act(r.Context(), r, a)
	o.desk.forget()
	if err != nil {
		v.Title, v.Said, v.Failed = "Not done", v.Redacted(err.Error()), true
		v.status = http.StatusUnprocessableEntity
	} else {
		v.Said = said
	}
	o.render(w, r, actedTemplate, &acted{v})
}

// localPath returns a path on this address, whatever was sent.
func localPath(back string) string {
	u, err := url.Parse(back)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(back, "//") || strings.Contains(back, "\\") {
		return "/"
	}
	return u.RequestURI()
}

// acted is the page that says what came of an action.
type acted struct{ view }

var actedTemplate = parsePage("acted.html")
