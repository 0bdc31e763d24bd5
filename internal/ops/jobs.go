package ops

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// jobs is what runs, what waits, what comes next, and what was done.
type jobs struct {
	view
	Running, Waiting, Later []Job
	MoreWaiting             int
	Oldest                  time.Time // since when the job could run that waits longest; zero for none
	Next                    []*SourceStatus
	NotScheduled            int

	Filter     runFilter
	Publishers []Link // key and name
	Past       []Run
	More       string // the address of what is older; "" for none
}

// runFilter is what the form of the history asks for, as it stands in the address.
type runFilter struct{ Source, Publisher, Outcome, Since, Before string }

// span is a choice of the form.
type span struct {
	Value, Text string
	For         time.Duration
}

var spans = []span{{"1h", "the last hour", time.Hour}, {"24h", "the last day", 24 * time.Hour}, {"7d", "the last week", 7 * 24 * time.Hour}, {"30d", "all that is kept (30 days)", 31 * 24 * time.Hour}}

var outcomes = []string{"ok", "unchanged", "partial", "held", "failed", "skipped"}

// Spans and Outcomes are what the form offers.
func (p *jobs) Spans() []span      { return spans }
func (p *jobs) Outcomes() []string { return outcomes }

// How much of each list is shown.
const (
	jobsShown  = 20
	nextShown  = 20
	pastShown  = 50
	mostSpaces = 1 << 8 // of what is typed into a field
)

var jobsTemplate = parsePage("jobs.html")

func (o *pages) serveJobs(w http.ResponseWriter, r *http.Request) {
	p := &jobs{view: o.view(r, "Jobs", "/jobs"), Filter: runFilterOf(r.URL.Query())}
	queue, _ := look(r, &p.view, "jobs", &o.desk.queue)
	sources, _ := look(r, &p.view, "sources", &o.desk.sources)
	p.sort(queue)
	p.schedule(sources)
	p.Publishers = publishersIn(sources)
	q, ok := p.Filter.query(sources, p.now)
	if ok && len(p.Trouble) == 0 {
		past, err := o.Status.Past(r.Context(), q)
		if err != nil {
			p.Trouble = append(p.Trouble, "history: "+p.Redacted(err.Error()))
		}
		if len(past) == q.Limit {
			p.More = p.Filter.older(past[q.Limit-2])
			past = past[:q.Limit-1]
		}
		p.Past = past
	}
	o.render(w, r, jobsTemplate, p)
}

// AllWaiting is how many jobs could run and do not.
func (p *jobs) AllWaiting() int { return len(p.Waiting) + p.MoreWaiting }

// sort tells jobs that run from those that could, and from those that have a time.
func (p *jobs) sort(queue []Job) {
	for _, j := range queue {
		switch {
		case j.Running:
			p.Running = append(p.Running, j)
		case j.Could.After(p.now):
			p.Later = append(p.Later, j)
		default:
			p.Waiting = append(p.Waiting, j)
		}
	}
	if len(p.Waiting) > 0 {
		p.Oldest = p.Waiting[0].Could
	}
	p.MoreWaiting = max(0, len(p.Waiting)-jobsShown)
	p.Waiting = p.Waiting[:min(jobsShown, len(p.Waiting))]
}

// schedule finds what comes next.
func (p *jobs) schedule(sources []SourceStatus) {
	for i := range sources {
		s := &sources[i]
		if s.State == SourceDisabled || s.State == SourcePaused || s.Due.IsZero() {
			p.NotScheduled++
			continue
		}
		p.Next = append(p.Next, s)
	}
	slices.SortStableFunc(p.Next, func(a, b *SourceStatus) int { return a.Due.Compare(b.Due) })
	p.Next = p.Next[:min(nextShown, len(p.Next))]
}

// publishersIn are those that have sources, by key and name, sorted by name.
func publishersIn(sources []SourceStatus) (all []Link) {
	seen := map[string]bool{}
	for _, s := range sources {
		if key := s.Source.Publisher; !seen[key] {
			seen[key] = true
			name := s.Publisher
			if name == "" {
				name = key
			}
			all = append(all, Link{key, name})
		}
	}
	slices.SortFunc(all, func(a, b Link) int { return strings.Compare(a.Text, b.Text) })
	return all
}

func runFilterOf(v url.Values) runFilter {
	short := func(name string) string {
		s := strings.TrimSpace(v.Get(name))
		return s[:min(len(s), mostSpaces)]
	}
	f := runFilter{Source: short("source"), Publisher: short("publisher"), Outcome: short("outcome"), Since: short("since"), Before: short("before")}
	if !slices.Contains(outcomes, f.Outcome) {
		f.Outcome = ""
	}
	if !slices.ContainsFunc(spans, func(s span) bool { return s.Value == f.Since }) {
		f.Since = "24h"
	}
	return f
}

// query is what the store is asked; false where nothing can fit.
func (f runFilter) query(sources []SourceStatus, now time.Time) (q RunQuery, ok bool) {
	q = RunQuery{Outcome: f.Outcome, Limit: pastShown + 1}
	for _, s := range spans {
		if s.Value == f.Since {
			q.Since = now.Add(-s.For)
		}
	}
	if f.Source != "" || f.Publisher != "" {
		q.Sources = []string{}
		for _, s := range sources {
			if (f.Source == "" || strings.Contains(s.Source.ID, f.Source)) && (f.Publisher == "" || s.Source.Publisher == f.Publisher) {
				q.Sources = append(q.Sources, s.Source.ID)
			}
		}
		if len(q.Sources) == 0 {
			return q, false
		}
	}
	started, id, _ := strings.Cut(f.Before, ".")
	if ms, err := strconv.ParseInt(started, 10, 64); err == nil {
		q.Before.Started = time.UnixMilli(ms)
		q.Before.ID, _ = strconv.ParseInt(id, 10, 64)
	}
	return q, true
}

// older is the address of the runs behind one.
func (f runFilter) older(last Run) string {
	v := url.Values{"since": {f.Since}, "before": {strconv.FormatInt(last.Started.UnixMilli(), 10) + "." + strconv.FormatInt(last.ID, 10)}}
	for name, value := range map[string]string{"source": f.Source, "publisher": f.Publisher, "outcome": f.Outcome} {
		if value != "" {
			v.Set(name, value)
		}
	}
	return "/jobs?" + v.Encode() + "#history"
}

// Class is how a table shows the outcome.
func (r Run) Class() string {
	switch {
	case r.Outcome == "skipped": // nobody is to blame
		return "disabled"
	case r.Failed():
		return "failed"
	case r.Outcome == "held" || r.Outcome == "partial":
		return "held"
	}
	return "ok"
}
