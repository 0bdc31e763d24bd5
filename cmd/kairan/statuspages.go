package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/config"
	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/ops"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/web"
)

func (s status) Incidents(ctx context.Context, resolvedSince time.Time) ([]flow.Incident, error) {
	return s.db.Incidents(ctx, resolvedSince)
}

func (s status) Mutes(ctx context.Context) ([]flow.Mute, error) { return s.db.Mutes(ctx, time.Now()) }

// processesShown is for how long a process that is gone is shown.
const processesShown = 7 * 24 * time.Hour

func (s status) Processes(ctx context.Context) ([]flow.Process, error) {
	return s.db.Processes(ctx, time.Now().Add(-processesShown))
}

func (s status) Past(ctx context.Context, q ops.RunQuery) ([]ops.Run, error) {
	stored, err := s.db.History(ctx, store.RunQuery{
		Sources: q.Sources, Outcome: q.Outcome, Since: q.Since, Limit: q.Limit,
		Before: store.Run{ID: q.Before.ID, Started: q.Before.Started},
	})
	if err != nil {
		return nil, err
	}
	return shownRuns(stored), nil
}

func shownRuns(stored []store.Run) []ops.Run {
	runs := make([]ops.Run, len(stored))
	for i, run := range stored {
		runs[i] = shownRun(run)
	}
	return runs
}

const secondsPerDay = 24 * 60 * 60

// Year returns the days that were summed up, and of today, and of a yesterday that was not
// yet, the runs themselves.
func (s status) Year(ctx context.Context, source string, since int64) ([]ops.Day, error) {
	summed, err := s.db.Days(ctx, source, since)
	if err != nil {
		return nil, err
	}
	today := time.Now().Unix() / secondsPerDay
	from := today
	if len(summed) == 0 || summed[len(summed)-1].Day < today-1 {
		from--
	}
	summed = slices.DeleteFunc(summed, func(d store.SourceDay) bool { return d.Day >= from })
	var before store.SourceDay
	for day := today; day >= from; day-- {
		sum, err := s.db.CountSince(ctx, source, time.Unix(day*secondsPerDay, 0))
		if err != nil {
			return nil, err
		}
		of := store.SourceDay{Day: day, Runs: sum.Runs - before.Runs, Failed: sum.Failed - before.Failed, New: sum.New - before.New}
		before = sum
		summed = append(summed, of)
	}
	days := make([]ops.Day, len(summed))
	for i, d := range summed {
		days[i] = ops.Day{Day: d.Day, Runs: d.Runs, Failed: d.Failed, New: d.New}
	}
	return days, nil
}

// mostJobs is how many jobs are looked at.
const mostJobs = 5000

func (s status) Queue(ctx context.Context) ([]ops.Job, error) {
	queued, err := s.db.QueuedJobs(ctx, mostJobs)
	if err != nil {
		return nil, err
	}
	all := make([]ops.Job, len(queued))
	for i, j := range queued {
		all[i] = ops.Job{Kind: j.Kind, About: j.About, Running: j.State == "running", Could: j.Scheduled, Began: j.Attempted, Attempt: j.Attempt}
	}
	return all, nil
}

func (s status) Deeds(ctx context.Context, before int64, limit int) ([]ops.Deed, error) {
	stored, err := s.db.Deeds(ctx, before, limit)
	if err != nil {
		return nil, err
	}
	deeds := make([]ops.Deed, len(stored))
	for i, d := range stored {
		deeds[i] = ops.Deed(d)
	}
	return deeds, nil
}

// readersShown is for how many days who reads is summed up, today among them.
const readersShown = 7

func (s status) Channels(ctx context.Context) ([]ops.ChannelStatus, error) {
	published, err := s.db.Published(ctx)
	if err != nil {
		return nil, err
	}
	marks, err := s.db.Marked(ctx)
	if err != nil {
		return nil, err
	}
	counted, err := s.db.ReaderDays(ctx, time.Now().Unix()/secondsPerDay-readersShown+1)
	if err != nil {
		return nil, err
	}
	waiting := make(map[feeds.Channel]time.Time, len(marks))
	for _, m := range marks {
		waiting[m.Channel] = m.FirstChanged
	}
	readers := readersOf(counted)
	sizes := map[feeds.Channel]map[string]int64{}
	if s.shelf != nil {
		sizes = s.shelf.Sizes()
	}
	all := make([]ops.ChannelStatus, 0, len(published.Channels))
	site := &s.setup().config.Site
	for c, state := range published.Channels {
		name := c.String()
		shown := ops.ChannelStatus{
			Name: name, Locale: c.Locale, Entries: state.Entries, Archives: state.Archives, Waiting: waiting[c],
			Gone: state.Status != feeds.ChannelLive || !site.HasChannel(c), Readers: readers[name], Sizes: sizes[c],
		}
		if state.Revision > 0 {
			shown.Published = time.UnixMilli(state.Revision)
		}
		all = append(all, shown)
	}
	for _, m := range marks {
		if _, ok := published.Channels[m.Channel]; !ok && site.HasChannel(m.Channel) {
			all = append(all, ops.ChannelStatus{Name: m.Channel.String(), Locale: m.Channel.Locale, Waiting: m.FirstChanged})
		}
	}
	slices.SortFunc(all, func(a, b ops.ChannelStatus) int { return strings.Compare(a.Name, b.Name) })
	return all, nil
}

// readersOf sums up by channel and program what is counted by format.
func readersOf(counted []store.ReaderDay) map[string][]ops.Reader {
	readers := map[string][]ops.Reader{}
	for _, c := range counted {
		of := readers[c.Channel]
		i := slices.IndexFunc(of, func(r ops.Reader) bool { return r.Program == c.Reader })
		if i < 0 {
			i, of = len(of), append(of, ops.Reader{Program: c.Reader})
		}
		of[i].Requests += c.Requests
		of[i].Subscribers += c.Subscribers
		of[i].Clients += c.Clients
		readers[c.Channel] = of
	}
	return readers
}

// mostMissing is how many missing messages of a locale are named.
const mostMissing = 50

func (s status) Locales(ctx context.Context) ([]ops.LocaleStatus, error) {
	setup := s.setup()
	seen, err := s.db.FirstSeenSince(ctx, time.Now().Add(-7*24*time.Hour))
	if err != nil {
		return nil, err
	}
	published, err := s.db.Published(ctx)
	if err != nil {
		return nil, err
	}
	languages := map[string][]string{} // by story
	for _, f := range seen {
		languages[f.Story] = append(languages[f.Story], f.Language)
	}
	words := setup.bundle.Localizer("en")
	all := make([]ops.LocaleStatus, 0, len(setup.config.Site.Locales))
	for _, l := range setup.config.Site.Locales {
		whole := setup.bundle.Wholeness(nil, l.Chain...)
		shown := ops.LocaleStatus{Tag: l.Tag, Name: words.Language(l.Tag), Of: whole.Of, Has: whole.Has, Stale: len(whole.Stale), Lacking: len(whole.Lacking), Chain: l.Chain}
		for by, ids := range whole.By {
			for _, id := range ids {
				shown.Missing = append(shown.Missing, fmt.Sprintf("%s (in %s)", id, cmp.Or(by, "no language")))
			}
		}
		slices.Sort(shown.Missing)
		shown.Missing = shown.Missing[:min(mostMissing, len(shown.Missing))]
		for _, of := range languages {
			switch {
			case slices.Contains(of, l.Tag):
				shown.Own++
			case slices.ContainsFunc(of, l.Chain.Accepts):
				shown.Other++
			}
		}
		if r := published.Channels[feeds.Channel{Locale: l.Tag, Kind: feeds.ChannelAll}].Revision; r > 0 {
			shown.Published = time.UnixMilli(r)
		}
		all = append(all, shown)
	}
	return all, nil
}

func (s status) Configuration(context.Context) (ops.Configuration, error) {
	setup := s.setup()
	c := setup.config
	shown := ops.Configuration{Name: c.Name, Included: c.Included, Plan: setup.digest, Loaded: setup.loaded}
	for _, w := range c.Warnings {
		shown.Warnings = append(shown.Warnings, ops.Warning{Place: w.Place(), What: w.What, Hint: w.Hint})
	}
	disabled := 0
	for _, source := range c.Sources {
		if source.Disabled {
			disabled++
		}
	}
	shown.Settings = []ops.Setting{
		{Name: "Site", Value: c.Site.ID + ", at " + c.Site.BaseURL},
		{Name: "Storage", Value: config.Redact(c.Storage)},
		{Name: "Locales", Value: strconv.Itoa(len(c.Site.Locales))},
		{Name: "Categories", Value: strconv.Itoa(len(c.Site.Categories))},
		{Name: "Publishers", Value: strconv.Itoa(len(c.Site.Publishers))},
		{Name: "Sources", Value: fmt.Sprintf("%d, of which %d disabled", len(c.Sources), disabled)},
		{Name: "Channels", Value: strconv.Itoa(len(c.Site.Channels()))},
		{Name: "Fetching", Value: fmt.Sprintf("%s a request at most, %s to the first byte, %d MiB a document, %s between two requests to a host",
			c.Fetch.Timeout, c.Fetch.FirstByteTimeout, c.Fetch.MaxBytes>>20, c.Fetch.HostPause)},
	}
	// What is shown is chosen, so that nothing that is configured later is shown unless
	// somebody has seen that it holds no secret. Sources have pages of their own.
	text, err := json.MarshalIndent(struct {
		Site     feeds.Site   `json:"site"`
		Messages string       `json:"messages,omitempty"`
		Fetch    config.Fetch `json:"fetch"`
	}{c.Site, c.Messages, c.Fetch}, "", "  ")
	if err != nil {
		return shown, fmt.Errorf("show the configuration: %w", err)
	}
	shown.Text = string(text)
	return shown, nil
}

// shownDocuments tells operators of the documents on a shelf.
type shownDocuments struct{ *web.Shelf }

func (d shownDocuments) State() ops.DocumentState {
	s := d.Shelf.State()
	shown := ops.DocumentState{Documents: s.Documents, Held: s.Held, Bytes: s.Bytes, Behind: s.Behind, OldWords: s.OldWords, Faults: s.Faults}
	for _, f := range s.Faulty {
		shown.Faulty = append(shown.Faulty, ops.Fault{Path: f.Path, Reason: f.Reason})
	}
	return shown
}
