package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/kairan-news/kairan/internal/api"
	"github.com/kairan-news/kairan/internal/config"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/ops"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/watch"
)

// apiData answers the API what pages are answered.
type apiData struct {
	status
	version string
}

// resolvedShown is for how long the API tells incidents that are resolved.
const resolvedShown = 30 * 24 * time.Hour

func (d apiData) Status(ctx context.Context) (api.Status, error) {
	s := api.Status{At: time.Now(), Version: d.version, Open: map[flow.Urgency]int{flow.Page: 0, flow.Ticket: 0, flow.Note: 0}, Sources: map[string]int{}}
	sources, err := d.status.Sources(ctx)
	if err != nil {
		return s, err
	}
	figures, err := d.Figures(ctx)
	if err != nil {
		return s, err
	}
	open, err := d.db.OpenIncidents(ctx)
	if err != nil {
		return s, err
	}
	for _, i := range open {
		s.Open[i.Urgency]++
	}
	mutes, err := d.Mutes(ctx)
	if err != nil {
		return s, err
	}
	_, until, err := d.db.Holder(ctx, watch.TermName)
	if err != nil {
		return s, err
	}
	found := flow.Findings(open, mutes)
	if s.State = flow.StateOf(found); until.Before(s.At) {
		s.State = flow.Unwatched
	}
	s.Sentence = s.State.Sentence(found)
	for _, source := range sources {
		s.Sources[string(source.State)]++
		s.Articles += source.Articles
	}
	s.Log, s.Waiting = figures.LogSeq, figures.Marks
	return s, nil
}

func (d apiData) Incidents(ctx context.Context, resolved bool) ([]api.Incident, error) {
	read := d.db.OpenIncidents
	if resolved {
		read = func(ctx context.Context) ([]flow.Incident, error) {
			return d.db.Incidents(ctx, time.Now().Add(-resolvedShown))
		}
	}
	incidents, err := read(ctx)
	if err != nil {
		return nil, err
	}
	mutes, err := d.Mutes(ctx)
	if err != nil {
		return nil, err
	}
	until := map[flow.Key]time.Time{}
	for _, m := range mutes {
		until[m.Key] = m.Until
	}
	all := make([]api.Incident, len(incidents))
	for n, i := range incidents {
		all[n] = api.Incident{Incident: i, Muted: until[i.Key()]}
	}
	return all, nil
}

func (d apiData) Sources(ctx context.Context) ([]api.Source, error) {
	sources, err := d.status.Sources(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]api.Source, len(sources))
	for i, s := range sources {
		all[i] = api.Source{
			ID: s.Source.ID, Publisher: s.Source.Publisher, Kind: string(s.Source.Kind), Address: fetch.Redact(s.Source.URL), State: string(s.State),
			Failures: s.Failures, Held: s.Held, Paused: s.Paused, Articles: s.Articles, Succeeded: s.Succeeded, Gone: s.Gone, Moved: s.Moved,
		}
		if s.Source.URL == "" {
			all[i].Address = ""
		}
		if s.State != ops.SourceDisabled {
			all[i].Due = s.Due
		}
		if s.Last != nil {
			last := apiRun(*s.Last, "")
			all[i].Last = &last
		}
	}
	return all, nil
}

// Runs goes on from "milliseconds.id".
func (d apiData) Runs(ctx context.Context, source, after string, limit int) ([]api.Run, error) {
	q := store.RunQuery{Sources: []string{source}, Limit: limit}
	if ms, id, ok := strings.Cut(after, "."); ok {
		started, err := strconv.ParseInt(ms, 10, 64)
		if err != nil {
			return nil, nil
		}
		if q.Before.ID, err = strconv.ParseInt(id, 10, 64); err != nil {
			return nil, nil
		}
		q.Before.Started = time.UnixMilli(started)
	}
	runs, err := d.db.History(ctx, q)
	if err != nil {
		return nil, err
	}
	all := make([]api.Run, len(runs))
	for i, r := range runs {
		all[i] = apiRun(shownRun(r), fmt.Sprintf("%d.%d", r.Started.UnixMilli(), r.ID))
	}
	return all, nil
}

func apiRun(r ops.Run, id string) api.Run {
	return api.Run{
		ID: id, Started: r.Started, Milliseconds: r.Took.Milliseconds(), Outcome: r.Outcome, Status: r.Status, Bytes: r.Bytes,
		New: r.New, Changed: r.Changed, Error: r.Error, Problems: r.Problems,
	}
}

func (d apiData) Channels(ctx context.Context) ([]api.Channel, error) {
	states, err := d.db.Channels(ctx)
	if err != nil {
		return nil, err
	}
	marks, err := d.db.Marked(ctx)
	if err != nil {
		return nil, err
	}
	waiting := map[string]time.Time{}
	for _, m := range marks {
		waiting[m.Channel.String()] = m.FirstChanged
	}
	var all []api.Channel
	for _, c := range d.setup().config.Site.Channels() {
		state := states[c]
		shown := api.Channel{Name: c.String(), Revision: state.Revision, Entries: state.Entries, Archives: state.Archives, Waiting: waiting[c.String()]}
		if state.Revision > 0 {
			shown.Published = time.UnixMilli(state.Revision)
		}
		all = append(all, shown)
	}
	return all, nil
}

func (d apiData) Processes(ctx context.Context) ([]api.Process, error) {
	processes, err := d.status.Processes(ctx)
	all := make([]api.Process, len(processes))
	for i, p := range processes {
		all[i] = api.Process(p)
	}
	return all, err
}

func (d apiData) Jobs(ctx context.Context, limit int) ([]api.Job, error) {
	jobs, err := d.db.QueuedJobs(ctx, limit)
	all := make([]api.Job, len(jobs))
	for i, j := range jobs {
		all[i] = api.Job(j)
	}
	return all, err
}

func (d apiData) Locales(context.Context) ([]api.Locale, error) {
	setup := d.setup()
	var all []api.Locale
	for _, l := range setup.config.Site.Locales {
		lacks := setup.bundle.Missing(shownBy(&setup.config.Site), l.Chain...)
		all = append(all, api.Locale{Tag: l.Tag, Accepts: l.Chain, Missing: lacks.Of - lacks.Has})
	}
	return all, nil
}

func (d apiData) Configuration(context.Context) (api.Configuration, error) {
	setup := d.setup()
	c := setup.config
	shown := api.Configuration{
		Name: c.Name, Included: append([]string{}, c.Included...), Site: c.Site.ID, Address: c.Site.BaseURL, Storage: config.Redact(c.Storage), Plan: setup.digest,
		Locales: []string{}, Categories: []string{}, Publishers: []string{}, Sources: len(c.Sources), Channels: len(c.Site.Channels()), Warnings: []string{},
	}
	for _, l := range c.Site.Locales {
		shown.Locales = append(shown.Locales, l.Tag)
	}
	for _, category := range c.Site.Categories {
		shown.Categories = append(shown.Categories, category.Term)
	}
	for _, p := range c.Site.Publishers {
		shown.Publishers = append(shown.Publishers, p.Key)
	}
	for _, w := range c.Warnings {
		shown.Warnings = append(shown.Warnings, w.Error())
	}
	return shown, nil
}

func (d apiData) Audit(ctx context.Context, before int64, limit int) ([]api.Deed, error) {
	deeds, err := d.db.Deeds(ctx, before, limit)
	all := make([]api.Deed, len(deeds))
	for i, deed := range deeds {
		all[i] = api.Deed(deed)
	}
	return all, err
}

func (d apiData) Requests(ctx context.Context, limit int) ([]api.Request, error) {
	requests, err := d.db.Requests(ctx, limit)
	all := make([]api.Request, len(requests))
	for i, r := range requests {
		all[i] = api.Request{ID: r.ID, Time: r.Time, Who: r.Who, What: r.What, Answers: []api.Answer{}}
		for _, a := range r.Answers {
			all[i].Answers = append(all[i].Answers, api.Answer(a))
		}
	}
	return all, err
}
