package web

import (
	"context"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/kairan-news/kairan/feeds"
)

// failure is what an error's page shows.
type failure struct {
	Heading string
	Text    string
	// Topics are where to go from here, and Newest what is there.
	Topics []channelLink
	Newest []item
}

// mostNewest is how many notices a page shows on which there is nothing else.
const mostNewest = 3

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
		if c.Kind == feeds.ChannelCategory {
			f.Topics = append(f.Topics, channelLink{g.channelLabel(c), g.listPath(c)})
		}
	}
	if status != http.StatusServiceUnavailable {
		f.Newest = s.newest(r.Context(), g, p)
	}
	s.serveOnce(w, r, p, failureTemplate, status)
}

// newest returns the newest notices of a page's locale, of which is remembered what there is
// for each state: addresses that are none are asked for by the thousand.
func (s *public) newest(ctx context.Context, g *guise, p *page) []item {
	all := feeds.Channel{Locale: p.Locale, Kind: feeds.ChannelAll}
	now := s.channelsStamp(g, all, nil)
	if now.revision == 0 || s.Shelf.failing.Load() != nil {
		return nil
	}
	if known, ok := s.latest.find(p.Locale); ok && known.stamp == now {
		return known.items
	}
	if !s.latest.asking.TryLock() {
		return nil // nobody waits for what is but of help
	}
	defer s.latest.asking.Unlock()
	// Whoever asked may go away: that is no fault to be remembered.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), composePatience)
	defer cancel()
	feed, err := s.Channels.Compose(ctx, all)
	if err != nil { // whoever asks for a page that is one meets the fault, and tells it
		s.latest.keep(p.Locale, latest{stamp: now}) // and it is not asked again for this
		return nil
	}
	items := g.items(p, feed)
	items = slices.Clone(items[:min(mostNewest, len(items))])
	s.latest.keep(p.Locale, latest{now, items})
	return items
}

// latest are the newest notices of a locale in a state.
type latest struct {
	stamp stamp
	items []item
}

// latests are those of all locales, as they are known. Its zero value knows none.
type latests struct {
	asking sync.Mutex // held by the one who asks for some
	mu     sync.Mutex
	of     map[string]latest // by locale
}

func (l *latests) find(locale string) (known latest, ok bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	known, ok = l.of[locale]
	return known, ok
}

func (l *latests) keep(locale string, known latest) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.of == nil {
		l.of = map[string]latest{}
	}
	l.of[locale] = known
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
