package main

import (
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/tracing"
	"github.com/kairan-news/kairan/internal/web"
)

// requests writes down what readers were answered. Of many answers that went well some
// stand for the others: the first of each second, and one in a hundred. So it is with what
// was not found, ten of a second. Of failures of our own the first two of a spell are
// written, then one in a hundred: why they are is said elsewhere, and once. Each line has
// how many like it were not written since the last.
type requests struct {
	log    *slog.Logger
	traced bool
	well   perSecond // below 400
	amiss  perSecond // 400 to 499
	ours   failures  // 500 and above
}

func newRequests(log *slog.Logger, traced bool) *requests {
	return &requests{log: log, traced: traced, well: perSecond{most: 1}, amiss: perSecond{most: 10}}
}

// answered is told each answer of the public site.
func (q *requests) answered(r *http.Request, a web.Answer) {
	if q.traced {
		span := tracing.Of(r.Context())
		span.Call("serve " + a.Class)
		span.Set(documentAttrs(a)...)
	}
	unwritten, write := q.sample(a.Status, time.Now())
	if !write {
		return
	}
	level := slog.LevelInfo
	if a.Status >= http.StatusInternalServerError {
		level = slog.LevelWarn
	}
	about := []slog.Attr{
		slog.String("method", r.Method), slog.String("class", a.Class), slog.String("path", shortened(r.URL.Path)), slog.Int("status", a.Status),
		slog.Int64("bytes", a.Bytes), slog.Float64("took_ms", ms(a.Took)), slog.String("reader", readerProgram(r.UserAgent())),
	}
	about = append(about, documentAttrs(a)...)
	if trace := tracing.ID(tracing.Of(r.Context()).Name()); q.traced && trace != "" {
		about = append(about, slog.String("trace", trace))
	}
	if unwritten > 0 {
		about = append(about, slog.Int("unwritten", unwritten))
	}
	q.log.LogAttrs(r.Context(), level, "answered", about...)
}

// documentAttrs say which feed was sent, made of what.
func documentAttrs(a web.Answer) []slog.Attr {
	if a.Document == (feeds.DocumentKey{}) {
		return nil
	}
	kept := "held"
	if a.First {
		kept = "made"
	}
	return []slog.Attr{
		slog.String("channel", a.Document.Channel.String()), slog.Int64("revision", a.Revision), slog.Int64("seq", a.Seq), slog.String("document", kept),
	}
}

func (q *requests) sample(status int, now time.Time) (unwritten int, write bool) {
	switch {
	case status >= http.StatusInternalServerError:
		return q.ours.take(now)
	case status >= http.StatusBadRequest:
		return q.amiss.take(now)
	default:
		return q.well.take(now)
	}
}

// oneIn is of how many more answers one is written down.
const oneIn = 100

// perSecond lets the first of each second through, and one in a hundred of the others.
type perSecond struct {
	most int

	mu        sync.Mutex
	second    int64
	taken     int // in this second
	unwritten int // since the last that was written
	others    int // that were not among the first of their second
}

func (p *perSecond) take(now time.Time) (unwritten int, write bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if second := now.Unix(); second != p.second {
		p.second, p.taken = second, 0
	}
	if p.taken++; p.taken > p.most {
		if p.others++; p.others%oneIn != 0 {
			p.unwritten++
			return 0, false
		}
	}
	unwritten, p.unwritten = p.unwritten, 0
	return unwritten, true
}

// failures lets the first of a spell of them through, which is over after a minute without
// one, and one in a hundred of the others.
type failures struct {
	mu        sync.Mutex
	last      time.Time
	count     int // of the spell
	unwritten int
}

// How many failures of a spell are written at its beginning, and how long after the last
// one it is over.
const (
	spellFirst = 2
	spellRest  = time.Minute
)

func (s *failures) take(now time.Time) (unwritten int, write bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now.Sub(s.last) > spellRest {
		s.count = 0
	}
	s.last = now
	if s.count++; s.count > spellFirst && s.count%oneIn != 0 {
		s.unwritten++
		return 0, false
	}
	unwritten, s.unwritten = s.unwritten, 0
	return unwritten, true
}

// mostPath is how much of a path stands in the log, in bytes.
const mostPath = 200

func shortened(path string) string {
	if len(path) > mostPath {
		return path[:mostPath] + "…"
	}
	return path
}

// browsers are the products by which a browser's User-Agent tells it from others that it
// claims to be too, the most telling first.
var browsers = []struct{ product, name string }{
	{"Edg", "Edge"}, {"OPR", "Opera"}, {"SamsungBrowser", "Samsung"}, {"Firefox", "Firefox"}, {"Thunderbird", "Thunderbird"},
	{"Chrome", "Chrome"}, {"Version", "Safari"},
}

// readerProgram returns what program asks, by the first product of its User-Agent (RFC 9110
// §10.1.5) without the version; of those that call themselves Mozilla the browser, or the
// robot that says so in its comment. "" where it does not say.
func readerProgram(agent string) string {
	first, rest, _ := strings.Cut(agent, " ")
	name, _, _ := strings.Cut(first, "/")
	if name == "Mozilla" {
		name = mozilla(rest)
	}
	if len(name) > 40 {
		name = name[:40]
	}
	return strings.ToValidUTF8(name, "")
}

func mozilla(rest string) string {
	if comment, ok := strings.CutPrefix(rest, "(compatible; "); ok {
		name, _, _ := strings.Cut(comment, ";")
		name, _, _ = strings.Cut(name, "/")
		return strings.TrimRight(name, ")")
	}
	for _, b := range browsers {
		if strings.Contains(rest, " "+b.product+"/") {
			return b.name
		}
	}
	return "Mozilla"
}
