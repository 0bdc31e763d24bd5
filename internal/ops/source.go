package ops

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// runsShown is how many runs a source's page lists.
const runsShown = 50

// source is all of one source.
type source struct {
	view
	Source    *SourceStatus
	Words     string // its state, in words
	Rhythm    string
	Incidents []incidentView
	Runs      []Run
	Read      *Run // the newest run that read a document; nil if none did
	Year      year
	Median    int64 // of the bytes of runs that brought some
	Largest   int64
	Slowest   time.Duration
}

var sourceTemplate = parsePage("source.html")

func (o *pages) serveSource(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	p := &source{view: o.view(r, id, "/sources")}
	all, known := look(r, &p.view, "sources", &o.desk.sources)
	i := slices.IndexFunc(all, func(s SourceStatus) bool { return s.Source.ID == id })
	switch {
	case i >= 0:
		p.Source = &all[i]
	case known:
		http.Error(w, "There is no such source in the configuration.", http.StatusNotFound)
		return
	default:
		o.render(w, r, sourceTemplate, p)
		return
	}
	p.Words, p.Rhythm = p.stateWords(), rhythmWords(p.Source.Rhythm, p.Source.Zone, p.now)
	open, _ := look(r, &p.view, "incidents", &o.desk.incidents)
	mutes, _ := look(r, &p.view, "mutes", &o.desk.mutes)
	for _, i := range o.incidentViews(open, mutes) {
		if i.Page == sourcePath(id) {
			p.Incidents = append(p.Incidents, i)
		}
	}
	today := p.now.Unix() / secondsPerDay
	days, err := o.Status.Year(r.Context(), id, today-yearDays+1)
	if err == nil {
		p.Runs, err = o.Status.Runs(r.Context(), id, runsShown)
	}
	if err != nil {
		p.Trouble = append(p.Trouble, "runs: "+p.Redacted(err.Error()))
	}
	p.Year = newYear(days, today)
	p.measure()
	o.render(w, r, sourceTemplate, p)
}

// measure finds what the runs say of sizes, and which of them read a document last.
func (p *source) measure() {
	var sizes []int64
	for i, run := range p.Runs {
		if p.Read == nil && run.readDocument() {
			p.Read = &p.Runs[i]
		}
		if run.Bytes > 0 {
			sizes = append(sizes, run.Bytes)
		}
		p.Slowest = max(p.Slowest, run.Took)
	}
	if slices.Sort(sizes); len(sizes) > 0 {
		p.Median, p.Largest = sizes[len(sizes)/2], sizes[len(sizes)-1]
	}
}

// stateWords says how the source is, in a sentence or two.
func (p *source) stateWords() string {
	s := p.Source
	succeeded := "No visit has succeeded yet."
	if !s.Succeeded.IsZero() {
		succeeded = "The last visit that succeeded was " + p.Ago(s.Succeeded) + "."
	}
	switch s.State {
	case SourceHeld:
		return "A part of what its visits brought waits for somebody to look at it; the rest is published. " + succeeded
	case SourceGone:
		return fmt.Sprintf("Its server says that it is gone for good, since %s. It is asked once a week. %s", p.Ago(s.Gone), succeeded)
	case SourceDegraded:
		return fmt.Sprintf("Its last %s failed, so it is asked once a day. %s", several(s.Failures, "visit"), succeeded)
	case SourceFailing:
		return fmt.Sprintf("Its last %s failed; it is tried again, after longer and longer rests. %s", several(s.Failures, "visit"), succeeded)
	case SourcePartial:
		return "Of its last document a part could not be read, or notices may have been missed; what could be is published. " + succeeded
	case SourcePaused:
		return "Nobody visits it, since somebody has paused it. " + succeeded
	case SourceNew:
		if s.Last != nil {
			return "It has never been read: its visits so far were skipped, for no fault of its own."
		}
		return "It has not been visited yet."
	case SourceDisabled:
		return "It is switched off in the configuration."
	}
	if s.New.IsZero() {
		return "Visits succeed; none of the last 30 days brought anything new."
	}
	return "Visits succeed; something new came last " + p.Ago(s.New) + "."
}

// several is "visit" for one and "4 visits" for four: what stands behind "the last".
func several(n int, of string) string {
	if n == 1 {
		return of
	}
	return counted(n, of, of+"s")
}

// LastRuns is "The last run", "The last 20 runs".
func (p *source) LastRuns() string {
	if len(p.Runs) == 0 {
		return "Runs"
	}
	return "The last " + several(len(p.Runs), "run")
}

// Schedule writes its schedule with the zone that it is read in.
func (s SourceStatus) Schedule() string {
	zone := "UTC"
	if s.Zone != nil {
		zone = s.Zone.String()
	}
	return s.Source.Schedule + " (" + zone + ")"
}

// Address is where it is collected from.
func (s SourceStatus) Address() string {
	if s.Source.URL != "" {
		return s.Source.URL
	}
	return s.Source.Path
}

// Errors are the different errors of the runs shown, the newest first, with when each was
// seen last.
func (p *source) Errors() (all []Run) {
	var seen []string
	for _, r := range p.Runs {
		if text := strings.TrimSpace(r.Error); text != "" && !slices.Contains(seen, text) {
			seen = append(seen, text)
			all = append(all, r)
		}
	}
	return all
}
