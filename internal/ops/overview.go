package ops

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// overview answers in ten seconds whether every city's news flows.
type overview struct {
	view
	// Word is one word of the whole, Class how it looks, Sentence what it means.
	Word, Class, Sentence string
	// Wrong is what is wrong, what readers notice most first; Muted what nobody is told of.
	Wrong, Muted []incidentView
	// Here is what is wrong with this process.
	Here       []string
	Publishers []publisherFlow
	Flowing    []publisherFlow // those with which nothing is wrong, where they are many
	Locales    []localeFlow
	Unread     bool // a publisher has sources that were never read, for no fault of theirs
}

// incidentView is an incident as pages show it.
type incidentView struct {
	flow.Incident
	Mute *flow.Mute // nil while it is told
	// Page is where its subject is shown; "" for none.
	Page    string
	Runbook string
}

// MuteKey names what is muted, for a form.
func (i incidentView) MuteKey() string {
	return strings.TrimSpace(string(i.Kind) + " " + string(i.Subject.Of) + " " + i.Subject.ID)
}

// publisherFlow is how the news of a publisher flows.
type publisherFlow struct {
	Key, Name string
	Sources   int // that are not disabled
	OK        int
	Failing   int // that need somebody, or fail
	Unread    int // that were never read, and of which that is nobody's fault
	Paused    int
	Late      int // that are overdue, or of which something is wrong
	New       time.Time
	Class     string
}

// localeFlow is how news flows to the readers of a locale.
type localeFlow struct {
	Tag       string
	Published time.Time // of any of its channels, the last
	Entries   int       // of all of its channels
	Channels  int
	Waiting   int
	Oldest    time.Time // since when one waits; zero for none
	Class     string
}

var overviewTemplate = parsePage("overview.html")

// lateAfter is how long a source may be due before it counts as late, and a channel changed
// before it counts as waiting too long.
const lateAfter = 5 * time.Minute

// fewPublishers are listed one by one; of more, those with which nothing is wrong stand
// together.
const fewPublishers = 40

func (o *pages) serveOverview(w http.ResponseWriter, r *http.Request) {
	p := &overview{view: o.view(r, "Overview", "/")}
	incidents, _ := look(r, &p.view, "incidents", &o.desk.incidents)
	mutes, _ := look(r, &p.view, "mutes", &o.desk.mutes)
	sources, known := look(r, &p.view, "sources", &o.desk.sources)
	channels, _ := look(r, &p.view, "channels", &o.desk.channels)
	processes, _ := look(r, &p.view, "processes", &o.desk.processes)
	for _, i := range o.incidentViews(incidents, mutes) {
		if i.Mute != nil {
			p.Muted = append(p.Muted, i)
		} else {
			p.Wrong = append(p.Wrong, i)
		}
	}
	missing, wrong := o.Readiness.Look(r.Context())
	p.Here = append(linesOf(missing), linesOf(wrong)...)
	p.Here = append(p.Here, o.faulty()...)
	watched := slices.ContainsFunc(processes, func(p flow.Process) bool { return alive(p, o.Now()) })
	found := flow.Findings(incidents, mutes)
	p.judge(found, known && len(p.Trouble) == 0, watched)
	for _, f := range publishersOf(sources, found, p.now) {
		p.Unread = p.Unread || f.Unread > 0
		if f.Class == "ok" && len(sources) > fewPublishers {
			p.Flowing = append(p.Flowing, f)
		} else {
			p.Publishers = append(p.Publishers, f)
		}
	}
	p.Locales = localesOf(channels, found, p.now)
	o.render(w, r, overviewTemplate, p)
}

// judge finds the word of the whole. Of the database nothing is known where it is away, and
// nothing new where nobody watches.
func (p *overview) judge(found []flow.Finding, known, watched bool) {
	state := flow.StateOf(found)
	switch {
	case !known:
		state = flow.Unknown
	case !watched:
		state = flow.Unwatched
	}
	p.Word, p.Class, p.Sentence = state.Word(), classOf(state), state.Sentence(found)
}

// classOf is how a state looks.
func classOf(s flow.State) string {
	switch s {
	case flow.Flowing:
		return "ok"
	case flow.Strained:
		return "failing"
	}
	return "failed"
}

// incidentViews sorts incidents by what readers notice, the longest first among equals.
func (o *pages) incidentViews(incidents []flow.Incident, mutes []flow.Mute) []incidentView {
	all := make([]incidentView, 0, len(incidents))
	for _, i := range incidents {
		v := incidentView{Incident: i, Page: pageOf(i.Subject), Runbook: o.section(i.Kind)}
		if n := slices.IndexFunc(mutes, func(m flow.Mute) bool { return m.Key == i.Key() }); n >= 0 {
			v.Mute = &mutes[n]
		}
		all = append(all, v)
	}
	order := []flow.Urgency{flow.Page, flow.Ticket, flow.Note}
	slices.SortStableFunc(all, func(a, b incidentView) int {
		return cmp.Or(slices.Index(order, a.Urgency)-slices.Index(order, b.Urgency), a.Since.Compare(b.Since))
	})
	return all
}

// pageOf is where a subject is shown; "" for none.
func pageOf(s flow.Subject) string {
	switch s.Of {
	case flow.OfSource:
		return sourcePath(s.ID)
	case flow.OfPublisher:
		return publisherPath(s.ID)
	case flow.OfProcess, flow.OfMachine:
		return "/processes"
	case flow.OfChannel:
		return "/channels"
	case flow.OfLocale:
		return "/locales"
	}
	return ""
}

// publishersOf sums up sources by publisher: first those with which something is wrong, and of
// these those of which nothing can be read.
func publishersOf(sources []SourceStatus, found []flow.Finding, now time.Time) []publisherFlow {
	wrong := map[flow.Subject]bool{}
	for _, f := range found {
		wrong[f.Subject] = f.Urgency != flow.Note || wrong[f.Subject]
	}
	at := map[string]int{}
	var all []publisherFlow
	for _, s := range sources {
		if s.State == SourceDisabled {
			continue
		}
		n, ok := at[s.Source.Publisher]
		if !ok {
			n = len(all)
			at[s.Source.Publisher] = n
			all = append(all, publisherFlow{Key: s.Source.Publisher, Name: cmp.Or(s.Publisher, s.Source.Publisher)})
		}
		f := &all[n]
		f.count(s.State)
		if s.State != SourcePaused && (!s.Due.IsZero() && now.Sub(s.Due) > lateAfter || wrong[flow.Subject{Of: flow.OfSource, ID: s.Source.ID}]) {
			f.Late++
		}
		if s.New.After(f.New) {
			f.New = s.New
		}
	}
	for i := range all {
		all[i].Class = all[i].classOf(flow.StateOfPublisher(found, all[i].Key))
	}
	order := []string{"failed", "failing", "paused", "ok"}
	slices.SortStableFunc(all, func(a, b publisherFlow) int {
		return cmp.Or(slices.Index(order, a.Class)-slices.Index(order, b.Class), cmp.Compare(min(a.OK, 1), min(b.OK, 1)), cmp.Compare(b.Failing+b.Late, a.Failing+a.Late), cmp.Compare(a.Name, b.Name))
	})
	return all
}

// count counts a source by its state.
func (f *publisherFlow) count(s SourceState) {
	f.Sources++
	switch s {
	case SourceOK:
		f.OK++
	case SourceNew:
		f.Unread++
	case SourcePaused:
		f.Paused++
	default:
		f.Failing++
	}
}

// classOf says how the whole is, of which the incidents say how it flows.
func (f *publisherFlow) classOf(state flow.State) string {
	class := classOf(state)
	switch {
	case class == "ok" && f.Failing+f.Late > 0:
		return "failing"
	case class == "ok" && f.OK == 0:
		return "paused"
	}
	return class
}

// localesOf sums up channels by locale.
func localesOf(channels []ChannelStatus, found []flow.Finding, now time.Time) []localeFlow {
	at := map[string]int{}
	var all []localeFlow
	for _, c := range channels {
		if c.Gone {
			continue
		}
		n, ok := at[c.Locale]
		if !ok {
			n = len(all)
			at[c.Locale] = n
			all = append(all, localeFlow{Tag: c.Locale, Class: classOf(flow.StateOfLocale(found, c.Locale))})
		}
		f := &all[n]
		f.Channels++
		f.Entries += c.Entries
		if c.Published.After(f.Published) {
			f.Published = c.Published
		}
		if !c.Waiting.IsZero() {
			f.Waiting++
			if f.Oldest.IsZero() || c.Waiting.Before(f.Oldest) {
				f.Oldest = c.Waiting
			}
			if now.Sub(c.Waiting) > lateAfter && f.Class == "ok" {
				f.Class = "failing"
			}
		}
	}
	slices.SortStableFunc(all, func(a, b localeFlow) int { return cmp.Compare(a.Tag, b.Tag) })
	return all
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
