package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/store"
)

// seen is what the last visits to a source showed, for who watches: what needs more than one
// visit to be known, or is not worth a look into the runs.
type seen struct {
	Failing *flow.Failure `json:"failing,omitempty"`
	Status  int           `json:"status,omitempty"`
	// Unread entries of the last document, and CutOff, in so many visits in a row.
	Unread       int `json:"unread,omitempty"`
	UnreadVisits int `json:"unread_visits,omitempty"`
	CutOff       int `json:"cut_off,omitempty"`
	// Listed is since when there have been entries that could not be read.
	Listed time.Time `json:"listed,omitzero"`
	// Passed is when notices may last have come and gone between two visits.
	Passed time.Time `json:"passed,omitzero"`
	// Gone is since when its server says that it is gone for good.
	Gone        time.Time           `json:"gone,omitzero"`
	Languages   map[string]language `json:"languages,omitempty"`
	Certificate time.Time           `json:"certificate,omitzero"`
	Wrong       string              `json:"wrong,omitempty"`
}

// language is how a language stands in a source's document.
type language struct {
	Entries int `json:"n"` // when it was there last
	Of      int `json:"of"`
	// Since is since when it has been there, or has been gone; Gone in how many visits.
	Since time.Time `json:"since"`
	Gone  int       `json:"gone,omitempty"`
}

// A language is missed where its entries were so many and such a part of a document, and were
// there for so long: a feed that has a notice in English now and then loses it at its end.
const (
	leastOfLanguage = 2
	partOfLanguage  = 10 // one in so many
	stayOfLanguage  = 3 * 24 * time.Hour
	// forgetLanguage is when a language that is gone is missed no more: it is told long since.
	forgetLanguage = 90 * 24 * time.Hour
)

func readSeen(data json.RawMessage) seen {
	var s seen
	if len(data) > 0 && json.Unmarshal(data, &s) != nil {
		return seen{} // all of it is seen anew
	}
	return s
}

// packed is how it is stored.
func (s seen) packed() json.RawMessage {
	data, err := json.Marshal(s)
	if err != nil {
		return nil // there is nothing in it that could fail
	}
	return data
}

// passed is how it is stored where notices may have come and gone since the last visit.
func (s seen) passed(now time.Time) json.RawMessage {
	s.Passed = now
	return s.packed()
}

// Seen returns what visits showed of a source, as far as its state says.
func Seen(state store.SourceSeen) flow.Source {
	s := readSeen(json.RawMessage(state.Seen))
	seen := flow.Source{
		Due: state.NextDue, LastRun: state.LastRun, Success: state.LastSuccess, LastNew: state.LastNew,
		Status: s.Status, Unread: s.Unread, UnreadVisits: s.UnreadVisits, CutOff: s.CutOff, Passed: s.Passed,
		Late: s.Unread, LateSince: s.Listed,
		Certificate: flow.Certificate{Until: s.Certificate, Wrong: s.Wrong},
	}
	if state.Failures > 0 { // else somebody forgave it, or has it begin anew
		seen.Gone = s.Gone
		seen.Failing = s.Failing
		if seen.Failing == nil { // it failed before what visits show was kept
			seen.Failing = &flow.Failure{At: state.LastRun, Since: state.LastRun}
		}
		seen.Failing.Count = state.Failures
	}
	for _, l := range slices.Sorted(maps.Keys(s.Languages)) {
		if at := s.Languages[l]; at.Gone > 0 {
			seen.LanguagesGone = append(seen.LanguagesGone, flow.LanguageGone{Language: l, Visits: at.Gone, Since: at.Since})
		}
	}
	return seen
}

// see takes in what a visit showed, but for its languages.
func (w *visitor) see() {
	w.seen = w.seenBefore // a document may be read twice
	w.seen.Languages = maps.Clone(w.seenBefore.Languages)
	s := &w.seen
	s.Gone = w.extra.Gone
	if s.Status = w.result.Status; w.failure != nil && w.failure.Status != 0 {
		s.Status = w.failure.Status
	}
	if until := w.plan.Certificates.of(w.target.host); !until.IsZero() {
		s.Certificate = until
	}
	switch {
	case w.run.Outcome == store.RunSkipped:
		return // it says nothing of the source
	case w.err == nil:
		s.Failing, s.Wrong = nil, ""
	default:
		s.Failing = failedAgain(s.Failing, w.state.Failures, w.began, reason(w.err))
		s.Wrong = ""
		if w.failure != nil {
			s.Wrong = w.failure.Certificate()
		}
	}
	if w.result.Unchanged || w.err != nil && len(w.result.Articles) == 0 {
		if w.err == nil {
			s.asBefore()
		}
		return // there was no document, or it is as it was
	}
	s.CutOff = oneMore(s.CutOff, !isToItsEnd(w.result))
	s.UnreadVisits = oneMore(s.UnreadVisits, w.result.Lost > 0)
	if s.Unread = w.result.Lost; s.Unread == 0 {
		s.Listed = time.Time{}
	} else if s.Listed.IsZero() {
		s.Listed = w.began
	}
}

// failedAgain returns a failure with one more in the row, which is the one of that number.
func failedAgain(before *flow.Failure, number int, at time.Time, why string) *flow.Failure {
	f := flow.Failure{At: at, Since: at, Count: max(1, number), Error: why}
	if before != nil && number > 1 {
		f.Since = before.Since
	}
	return &f
}

// oneMore counts a row.
func oneMore(row int, goes bool) int {
	if goes {
		return row + 1
	}
	return 0
}

// mostReason bounds the reason of a failure that is kept, in bytes.
const mostReason = 200

// reason says why a visit failed, on a line, without addresses, of which ours may be one.
func reason(err error) string {
	if f, ok := errors.AsType[*fetch.Error](err); ok {
		return f.What
	}
	text, _, _ := strings.Cut(err.Error(), "\n")
	return strings.ToValidUTF8(text[:min(len(text), mostReason)], "")
}

// seeLanguages takes in which languages the document has, of which these articles were read.
func (w *visitor) seeLanguages(ctx context.Context, read []feeds.Article) error {
	kind := w.target.source.Kind
	if kind != feeds.KindFeed && kind != feeds.KindFolder || w.result.Unchanged || w.failed() || !isToItsEnd(w.result) {
		return nil
	}
	count := map[string]int{}
	total := 0
	for _, a := range read {
		count[a.Language]++
		total++
	}
	left, err := w.leftOutLanguages(ctx, count)
	if err != nil {
		return err
	}
	for l, n := range left {
		count[l] += n
		total += n
	}
	if total > 0 { // an empty list has lost its notices, not a language
		w.seen.Languages = languagesNow(w.seen.Languages, count, total, w.began)
	}
	return nil
}

// leftOutLanguages counts the languages of the entries that were not read. Where only one was
// ever seen they are of that one, and nobody is asked.
func (w *visitor) leftOutLanguages(ctx context.Context, read map[string]int) (map[string]int, error) {
	if len(w.leftOut) == 0 {
		return nil, nil
	}
	ever := maps.Clone(w.seen.Languages)
	for l := range read {
		if _, known := ever[l]; !known && len(ever) > 0 {
			ever[l] = language{}
		}
	}
	if len(ever) == 1 {
		for l := range ever {
			return map[string]int{l: len(w.leftOut)}, nil
		}
	}
	ids := make([]int64, len(w.leftOut))
	for i := range w.leftOut {
		ids[i] = w.leftOut[i].Article()
	}
	return w.engine.Store.LanguagesOf(ctx, ids)
}

// languagesNow returns how the languages stand when a document has so many entries of each.
func languagesNow(before map[string]language, count map[string]int, total int, now time.Time) map[string]language {
	after := map[string]language{}
	for l, n := range count {
		if l == "" {
			continue
		}
		since := now
		if was, known := before[l]; known && was.Gone == 0 {
			since = was.Since
		}
		after[l] = language{Entries: n, Of: total, Since: since}
	}
	for l, was := range before {
		if _, there := after[l]; there {
			continue
		}
		switch {
		case was.Gone > 0:
			was.Gone++
		case was.Entries < leastOfLanguage, was.Entries*partOfLanguage < was.Of, now.Sub(was.Since) < stayOfLanguage:
			continue
		default:
			was.Gone, was.Since = 1, now
		}
		if now.Sub(was.Since) < forgetLanguage {
			after[l] = was
		}
	}
	return after
}

// asBefore counts a visit that found a document as it was: what is wrong with it is so still.
func (s *seen) asBefore() {
	s.CutOff = oneMore(s.CutOff, s.CutOff > 0)
	s.UnreadVisits = oneMore(s.UnreadVisits, s.UnreadVisits > 0)
	for l, was := range s.Languages {
		if was.Gone > 0 {
			was.Gone++
			s.Languages[l] = was
		}
	}
}
