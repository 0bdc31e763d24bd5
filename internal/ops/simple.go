package ops

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// localesPage is the page of the locales.
type localesPage struct {
	view
	Locales []LocaleStatus
}

// processesPage is the page of the processes.
type processesPage struct {
	view
	Alive, Gone []flow.Process
	Plans       []string
	Versions    []string
}

// configurationPage is the page of the plan at work.
type configurationPage struct {
	view
	Configuration
	// Others are processes that live and work by another plan.
	Others []flow.Process
	// Reloads are processes whose last reload failed.
	Reloads []flow.Process
}

// auditPage is the page of what people did.
type auditPage struct {
	view
	Deeds []Deed
	More  string // the address of what is older; "" for none
}

var (
	localesTemplate       = parsePage("locales.html")
	processesTemplate     = parsePage("processes.html")
	configurationTemplate = parsePage("configuration.html")
	auditTemplate         = parsePage("audit.html")
)

func (o *pages) serveLocales(w http.ResponseWriter, r *http.Request) {
	p := &localesPage{view: o.view(r, "Locales", "/locales")}
	p.Locales, _ = look(r, &p.view, "locales", &o.desk.locales)
	o.render(w, r, localesTemplate, p)
}

// Percent is how many of a hundred messages a locale has.
func (l LocaleStatus) Percent() int {
	if l.Of == 0 {
		return 100
	}
	return l.Has * 100 / l.Of
}

func (o *pages) serveProcesses(w http.ResponseWriter, r *http.Request) {
	p := &processesPage{view: o.view(r, "Processes", "/processes")}
	all, _ := look(r, &p.view, "processes", &o.desk.processes)
	for _, process := range all {
		if !alive(process, p.now) {
			p.Gone = append(p.Gone, process)
			continue
		}
		p.Alive = append(p.Alive, process)
		if !slices.Contains(p.Plans, process.Plan) {
			p.Plans = append(p.Plans, process.Plan)
		}
		if !slices.Contains(p.Versions, process.Version) {
			p.Versions = append(p.Versions, process.Version)
		}
	}
	slices.Reverse(p.Gone) // the last that went first
	o.render(w, r, processesTemplate, p)
}

// Digest is the beginning of a plan's digest, enough to tell two apart.
func (v *view) Digest(plan string) string { return plan[:min(len(plan), 12)] }

// Share writes which part of something is in use; "" where the whole is not known.
func (v *view) Share(part, whole int64) string {
	if whole <= 0 {
		return ""
	}
	return strconv.FormatInt(part*100/whole, 10) + " %"
}

// Whole is a number for templates, which know no conversions.
func (v *view) Whole(n int) int64 { return int64(n) }

// Skewed reports whether a clock is off by so much that it matters.
func (v *view) Skewed(d time.Duration) bool { return d.Abs() > 2*time.Second }

func (o *pages) serveConfiguration(w http.ResponseWriter, r *http.Request) {
	p := &configurationPage{view: o.view(r, "Configuration", "/configuration")}
	p.Configuration, _ = look(r, &p.view, "configuration", &o.desk.configuration)
	all, _ := look(r, &p.view, "processes", &o.desk.processes)
	for _, process := range all {
		if !alive(process, p.now) {
			continue
		}
		if process.Plan != p.Plan {
			p.Others = append(p.Others, process)
		}
		if process.Facts.Reload != nil {
			p.Reloads = append(p.Reloads, process)
		}
	}
	o.render(w, r, configurationTemplate, p)
}

// deedsShown is how many deeds a page lists.
const deedsShown = 100

func (o *pages) serveAudit(w http.ResponseWriter, r *http.Request) {
	p := &auditPage{view: o.view(r, "Audit", "/audit")}
	before, err := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64)
	if err != nil || before < 0 {
		before = 0
	}
	deeds, err := o.Status.Deeds(r.Context(), before, deedsShown+1)
	if err != nil {
		p.Trouble = append(p.Trouble, "audit: "+p.Redacted(err.Error()))
	}
	if len(deeds) > deedsShown {
		deeds = deeds[:deedsShown]
		p.More = "/audit?before=" + strconv.FormatInt(deeds[deedsShown-1].ID, 10)
	}
	p.Deeds = deeds
	o.render(w, r, auditTemplate, p)
}
