package ops

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// runsShown is how many runs a source's page lists.
const runsShown = 50

const htmlType = "text/html; charset=utf-8"

//go:embed templates/*.html
var templateFiles embed.FS

var (
	sourcesTemplate = parsePage("sources.html")
	sourceTemplate  = parsePage("source.html")
)

func parsePage(name string) *template.Template {
	return template.Must(template.New("layout.html").ParseFS(templateFiles, "templates/layout.html", "templates/"+name))
}

// page is what operators' pages show.
type page struct {
	Title   string
	Version string
	now     time.Time

	// On the page of all sources.
	Missing []string // what keeps the process from its work
	Wrong   []string // what does not, and needs somebody all the same
	Figures []figure
	Holds   []SourceStatus
	Sources []SourceStatus

	// On the page of one.
	Source *SourceStatus
	Runs   []Run
	Read   *Run // the newest run that read a document; nil if none did
	Strip  strip
}

type figure struct{ Name, Value string }

// StateText is the state in words.
func (s SourceStatus) StateText() string {
	switch s.State {
	case SourceFailing, SourceDegraded:
		return fmt.Sprintf("%s %d×", s.State, s.Failures)
	}
	return string(s.State)
}

func (o *pages) serveSources(w http.ResponseWriter, r *http.Request) {
	sources, err := o.Status.Sources(r.Context())
	if err != nil {
		o.unavailable(w, r, err)
		return
	}
	figures, err := o.Status.Figures(r.Context())
	if err != nil {
		o.unavailable(w, r, err)
		return
	}
	p := &page{Title: "Sources", Sources: byNeed(sources)}
	for _, s := range sources {
		if s.Held != "" {
			p.Holds = append(p.Holds, s)
		}
	}
	missing, wrong := o.Readiness.Look(r.Context())
	p.Missing, p.Wrong = linesOf(missing), linesOf(wrong)
	if figures.NetworkDown {
		p.Wrong = append(p.Wrong, "network: most hosts can't be reached; no source is blamed, and each is asked again every minute")
	}
	p.Wrong = append(p.Wrong, o.faulty()...)
	p.Figures = o.figures(sources, figures)
	o.render(w, r, sourcesTemplate, p)
}

// mostFaulty is how many faulty documents the page names.
const mostFaulty = 20

// faulty returns a sentence for each document that does not pass the check.
func (o *pages) faulty() (all []string) {
	if o.Documents == nil {
		return nil
	}
	faulty := o.Documents.State().Faulty
	for i, f := range faulty {
		if i == mostFaulty {
			return append(all, fmt.Sprintf("and %d more feeds", len(faulty)-mostFaulty))
		}
		all = append(all, fmt.Sprintf("feed /%s does not pass the check, and gives way to its last good state or goes without the texts that fail: %s", f.Path, f.Reason))
	}
	return all
}

// linesOf returns the lines of an error; none where there is none.
func linesOf(err error) []string {
	if err == nil {
		return nil
	}
	return strings.Split(err.Error(), "\n")
}

// byNeed sorts the sources that need a person to the top, and keeps the order of
// the configuration otherwise.
func byNeed(sources []SourceStatus) []SourceStatus {
	need := func(s SourceStatus) int { return slices.Index(sourceStates(), s.State) }
	sorted := slices.Clone(sources)
	slices.SortStableFunc(sorted, func(a, b SourceStatus) int { return need(a) - need(b) })
	return sorted
}

func (o *pages) figures(sources []SourceStatus, f Figures) []figure {
	var all []figure
	for _, state := range sourceStates() {
		n := 0
		for _, s := range sources {
			if s.State == state {
				n++
			}
		}
		if n > 0 {
			all = append(all, figure{"sources " + string(state), strconv.Itoa(n)})
		}
	}
	articles := 0
	for _, n := range f.Articles {
		articles += n
	}
	all = append(all,
		figure{"articles in " + strconv.Itoa(len(f.Articles)) + " languages", strconv.Itoa(articles)},
		figure{"records in the log", strconv.FormatInt(f.LogSeq, 10)},
		figure{"channels to publish", strconv.Itoa(f.Marks)},
		figure{"faults found", strconv.FormatInt(f.Rejections, 10)},
	)
	if o.Documents != nil {
		state := o.Documents.State()
		all = append(all, figure{"documents", strconv.Itoa(state.Documents)}, figure{"in memory", bytesText(state.Bytes)})
	}
	return all
}

func (o *pages) serveSource(w http.ResponseWriter, r *http.Request) {
	sources, err := o.Status.Sources(r.Context())
	if err != nil {
		o.unavailable(w, r, err)
		return
	}
	i := slices.IndexFunc(sources, func(s SourceStatus) bool { return s.Source.ID == r.PathValue("id") })
	if i < 0 {
		http.Error(w, "There is no such source in the configuration.", http.StatusNotFound)
		return
	}
	runs, err := o.Status.Runs(r.Context(), sources[i].Source.ID, runsShown)
	if err != nil {
		o.unavailable(w, r, err)
		return
	}
	p := &page{Title: sources[i].Source.ID, Source: &sources[i], Runs: runs, Strip: newStrip(runs)}
	if i := slices.IndexFunc(runs, Run.readDocument); i >= 0 {
		p.Read = &runs[i]
	}
	o.render(w, r, sourceTemplate, p)
}

func (o *pages) unavailable(w http.ResponseWriter, r *http.Request, err error) {
	o.Log.ErrorContext(r.Context(), "an operators' page could not be made", "path", r.URL.Path, "error", err)
	http.Error(w, "The database does not answer: "+err.Error(), http.StatusServiceUnavailable)
}

func (o *pages) render(w http.ResponseWriter, r *http.Request, t *template.Template, p *page) {
	p.Version, p.now = o.Version, o.Now()
	var b bytes.Buffer
	if err := t.Execute(&b, p); err != nil {
		o.Log.ErrorContext(r.Context(), "an operators' page could not be rendered", "path", r.URL.Path, "error", err)
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", htmlType)
	w.Header().Set("Content-Length", strconv.Itoa(b.Len()))
	_, _ = w.Write(b.Bytes())
}

// Now is the time of the page.
func (p *page) Now() string { return p.Machine(p.now) }

// Machine writes a time in full, in UTC.
func (p *page) Machine(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// Ago says how far a time is from now, roughly.
func (p *page) Ago(t time.Time) string {
	d := p.now.Sub(t)
	if d < 0 {
		return "in " + roughly(-d)
	}
	return roughly(d) + " ago"
}

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
func (p *page) Took(d time.Duration) string {
	if d < time.Second {
		return strconv.FormatInt(d.Milliseconds(), 10) + " ms"
	}
	return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
}

// Bytes writes a number of bytes in units of 1024; "" for none.
func (p *page) Bytes(n int64) string {
	if n == 0 {
		return ""
	}
	return bytesText(n)
}

func bytesText(n int64) string {
	switch {
	case n < 1<<10:
		return strconv.FormatInt(n, 10) + " B"
	case n < 1<<20:
		return strconv.FormatFloat(float64(n)/(1<<10), 'f', 1, 64) + " KiB"
	}
	return strconv.FormatFloat(float64(n)/(1<<20), 'f', 1, 64) + " MiB"
}
