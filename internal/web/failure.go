package web

import (
	"html/template"
	"net/http"
	"strconv"
	"strings"
)

// failure is what an error's page shows.
type failure struct {
	Heading string
	Text    string
	// Channels are where to go from here.
	Channels []channelLink
}

// fail answers with a page that says in the reader's language what is wrong and
// where to go. No cache may keep it.
func (s *public) fail(w http.ResponseWriter, r *http.Request, g *guise, status int) {
	if status == http.StatusNotFound && s.Shelf.Ready() != nil {
		status = http.StatusServiceUnavailable // what there is, or was, is not known yet
	}
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", retryAfter)
	}
	name := map[int]string{
		http.StatusNotFound:           "not-found",
		http.StatusGone:               "gone",
		http.StatusMethodNotAllowed:   "method",
		http.StatusServiceUnavailable: "unavailable",
	}[status]
	if name == "" {
		name = "internal"
	}
	s.answer(w, r, g, status, func(p *page) (heading, text string) {
		return p.text("error." + name + ".title"), p.text("error." + name + ".text")
	})
}

// answer says something in the reader's language, and where to go from there.
func (s *public) answer(w http.ResponseWriter, r *http.Request, g *guise, status int, say func(*page) (heading, text string)) {
	locale, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	h := w.Header()
	if _, ok := g.speech[locale]; !ok {
		locale, _ = g.reader(strings.Join(r.Header.Values("Accept-Language"), ", "))
		h.Add("Vary", "Accept-Language")
	}
	p := s.newPage(g, locale, func(locale string) string { return g.prefix + "/" + locale + "/" })
	f := &failure{}
	f.Heading, f.Text = say(p)
	p.Title = p.text("page.title", "Page", f.Heading, "Site", p.Site())
	p.Body = f
	for _, c := range s.listed(g, locale) {
		f.Channels = append(f.Channels, channelLink{Label: g.channelLabel(c), Path: g.pagePath(c)})
	}
	s.serveOnce(w, r, p, failureTemplate, status)
}

// serveOnce answers with a page that no cache may keep.
func (s *public) serveOnce(w http.ResponseWriter, r *http.Request, p *page, t *template.Template, status int) {
	body, err := p.render(t)
	if err != nil {
		s.Log.ErrorContext(r.Context(), "a page could not be made", "path", r.URL.Path, "status", status, "error", err)
		body = []byte(http.StatusText(status))
	}
	h := w.Header()
	h["Cache-Control"] = noStore
	h.Set("Content-Type", htmlType)
	speakTo(h, p.Locale)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}
