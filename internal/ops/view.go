package ops

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"sync"
	"time"
)

//go:embed templates/*.html
var templateFiles embed.FS

const htmlType = "text/html; charset=utf-8"

// pageTemplate returns a page's template within the layout that all share. It is read when it
// is first asked for, since most commands show no page.
type pageTemplate func() *template.Template

func parsePage(name string) pageTemplate {
	return sync.OnceValue(func() *template.Template {
		return template.Must(template.New("layout.html").Funcs(template.FuncMap{"about": about, "button": button}).
			ParseFS(templateFiles, "templates/layout.html", "templates/parts.html", "templates/"+name))
	})
}

// about gives a part of a page the page along with what it is about.
func about(page, it any) map[string]any { return map[string]any{"Page": page, "It": it} }

// button is what a button of a page does.
func button(name, subject, text string) any {
	return struct{ Name, Subject, Text string }{name, subject, text}
}

// view is what every page has.
type view struct {
	Title   string
	Path    string // of the page among those of the navigation
	Back    string // the address of the page, to come back to
	Version string
	Links   []Link
	// Trouble are sentences on why the page is not of now, or not whole.
	Trouble []string
	// Said is what came of the action before, Failed whether it failed.
	Said   string
	Failed bool
	// Acts says that who asks may do something.
	Acts bool
	// Visitor is who asks.
	Visitor Visitor

	status int // of HTTP; 0 is 200, or 503 where there is trouble
	now    time.Time
	pages  *pages
}

// navigation are the pages, in their order.
var navigation = []Link{
	{"/", "Overview"}, {"/jobs", "Jobs"}, {"/sources", "Sources"}, {"/channels", "Channels"}, {"/locales", "Locales"},
	{"/processes", "Processes"}, {"/configuration", "Configuration"}, {"/audit", "Audit"},
}

// Navigation returns the pages.
func (v *view) Navigation() []Link { return navigation }

func (o *pages) view(r *http.Request, title, path string) view {
	v := view{Title: title, Path: path, Back: r.URL.RequestURI(), Version: o.Version, Links: o.Links, now: o.Now(), pages: o}
	v.Acts = o.Actor != nil && o.Actor.May(r)
	if o.Visitor != nil {
		v.Visitor = o.Visitor(r)
	}
	return v
}

// base is the view of a page, also where it is embedded.
func (v *view) base() *view { return v }

type paged interface{ base() *view }

// look takes a kept answer for a page. Where it is not of now it says so there; without any
// the page can't be made.
func look[T any](r *http.Request, v *view, what string, k *kept[T]) (value T, ok bool) {
	value, at, err := k.get(r.Context())
	if err == nil {
		return value, true
	}
	if at.IsZero() {
		v.Trouble = append(v.Trouble, fmt.Sprintf("%s: the database does not answer: %s", what, v.Redacted(err.Error())))
		return value, false
	}
	v.Trouble = append(v.Trouble, fmt.Sprintf("%s: the database does not answer: %s. What is shown is of %s, %s", what, v.Redacted(err.Error()), v.Machine(at), v.Ago(at)))
	return value, true
}

// render sends a page. One with trouble is sent as 503, with what there is.
func (o *pages) render(w http.ResponseWriter, r *http.Request, t pageTemplate, p paged) {
	v := p.base()
	var b bytes.Buffer
	if err := t().Execute(&b, p); err != nil {
		o.Log.ErrorContext(r.Context(), "an operators' page could not be rendered", "path", r.URL.Path, "error", err)
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Type", htmlType)
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	if len(v.Trouble) > 0 {
		o.Log.ErrorContext(r.Context(), "an operators' page is not whole", "path", r.URL.Path, "error", v.Trouble[0])
		h.Set("Retry-After", retryAfter)
		v.status = http.StatusServiceUnavailable
	}
	if v.status != 0 {
		w.WriteHeader(v.status)
	}
	_, _ = w.Write(b.Bytes())
}

// Now is the time of the page.
func (v *view) Now() string { return v.Machine(v.now) }

// Machine writes a time in full, in UTC.
func (v *view) Machine(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// In writes a time as a clock in a zone shows it; nil is UTC.
func (v *view) In(t time.Time, zone *time.Location) string {
	if zone == nil {
		zone = time.UTC
	}
	t = t.In(zone)
	form := "15:04"
	if y, d := t.Year(), t.YearDay(); y != v.now.In(zone).Year() || d != v.now.In(zone).YearDay() {
		form = "Mon 2 Jan 15:04"
	}
	return t.Format(form) + " " + zone.String()
}

// Ago says how far a time is from now, roughly; a zero time never was.
func (v *view) Ago(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	d := v.now.Sub(t)
	if d < 0 {
		return "in " + roughly(-d)
	}
	return roughly(d) + " ago"
}

// When shows how long ago a time is, with the time itself for who wants it. It is a method, not
// a template, since a page of many sources has it a thousand times.
func (v *view) When(t time.Time) template.HTML {
	if t.IsZero() {
		return `<span class="soft">never</span>`
	}
	machine := v.Machine(t)
	return template.HTML(`<time datetime="` + machine + `" title="` + machine + `">` + v.Ago(t) + `</time>`)
}

// For says how long something lasts that began at a time.
func (v *view) For(t time.Time) string { return roughly(max(0, v.now.Sub(t))) }

func roughly(d time.Duration) string {
	switch {
	case d < 2*time.Minute:
		return strconv.Itoa(int(d/time.Second)) + " s"
	case d < 2*time.Hour:
		return strconv.Itoa(int(d/time.Minute)) + " min"
	case d < 48*time.Hour:
		return strconv.Itoa(int(d/time.Hour)) + " h"
	}
	return strconv.Itoa(int(d/(24*time.Hour))) + " days"
}

// Took writes how long something took.
func (v *view) Took(d time.Duration) string {
	if d < time.Second {
		return strconv.FormatInt(d.Milliseconds(), 10) + " ms"
	}
	return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
}

// Bytes writes a number of bytes in units of 1024; "" for none.
func (v *view) Bytes(n int64) string {
	switch {
	case n == 0:
		return ""
	case n < 1<<10:
		return strconv.FormatInt(n, 10) + " B"
	case n < 1<<20:
		return strconv.FormatFloat(float64(n)/(1<<10), 'f', 1, 64) + " KiB"
	case n < 1<<30:
		return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) + " MiB"
	}
	return strconv.FormatFloat(float64(n)/(1<<30), 'f', 1, 64) + " GiB"
}

// Count writes a number with its noun: "1 source", "2 sources".
func (v *view) Count(n int, one, many string) string { return counted(n, one, many) }

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return grouped(int64(n)) + " " + many
}

// Number writes a number with its thousands apart.
func (v *view) Number(n int64) string { return grouped(n) }

func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// Difference is how many of one number are not of the other.
func (v *view) Difference(of, has int) int { return of - has }

// SourcePath is the page of a source.
func (v *view) SourcePath(id string) string { return sourcePath(id) }
