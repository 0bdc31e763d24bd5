package jobs

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse"
	"github.com/kairan-news/kairan/internal/source"
	"github.com/kairan-news/kairan/internal/store"
)

// extra is what jobs keep with a source's state.
type extra struct {
	// Schedule is the specification that NextDue was computed by.
	Schedule string `json:"schedule,omitempty"`
	// Reading tells apart configurations and releases by which a document is read otherwise.
	Reading string `json:"reading,omitempty"`
	// Gone is when the server said first that the source is gone for good (410). It
	// counts while there are failures: a person who resumes the source forgets them.
	Gone time.Time `json:"gone,omitzero"`
	// NotBefore is when the source wishes to be asked next at the earliest.
	NotBefore time.Time `json:"not_before,omitzero"`
	// Unmapped counts the raw terms of the last document that no category was found for.
	Unmapped []Unmapped `json:"unmapped,omitempty"`
	// Dropped is what had to go of the texts of the last document.
	Dropped []feeds.DroppedOf `json:"dropped,omitempty"`
	Kind    json.RawMessage   `json:"kind,omitempty"`
}

// Unmapped is a term of a source for which no category was found.
type Unmapped struct {
	Term  string `json:"term"`
	Count int    `json:"count"`
}

// mostUnmapped bounds how many terms are remembered of a source.
const mostUnmapped = 30

// Learned is what jobs have learned about a source, for operators.
type Learned struct {
	// Gone is since when its server says that it is gone for good; zero if it doesn't.
	// It is probed weekly until it answers again or a person resumes it.
	Gone time.Time
	// NotBefore is when it wishes to be asked next at the earliest; zero if it has no
	// wish.
	NotBefore time.Time
	// Moved is the address that it has moved to for good and is asked at; "" for the
	// configured one.
	Moved string
	// Unmapped are the terms of its last document that no category was found for, the
	// most frequent first.
	Unmapped []Unmapped
}

// Learn reads what jobs have kept with a source's state.
func Learn(state store.SourceState) Learned {
	m := readExtra(state.Extra)
	l := Learned{NotBefore: m.NotBefore, Unmapped: m.Unmapped}
	if state.Failures > 0 {
		l.Gone = m.Gone
	}
	var kind struct {
		Moved string `json:"moved"`
	}
	if len(m.Kind) > 0 && json.Unmarshal(m.Kind, &kind) == nil {
		l.Moved = kind.Moved
	}
	return l
}

// wayOfReading returns what decides how a source's document is read, of the configuration and
// the release.
func wayOfReading(p *Plan, v target) string {
	s := v.source
	if s.Kind == feeds.KindPage || s.Kind == feeds.KindSitemap {
		return "" // their pages are read when they change
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %q %v%v %v %q %q %v %q", parse.Grammar, s.Language, s.DayFirst, s.MonthFirst, s.EditionURLs, s.EditionsOf, v.publisher.Language, v.publisher.Location, p.Collector.Tags))
	return hex.EncodeToString(sum[:6]) + source.RulesDigest(s) + source.FullTextDigest(s, v.publisher)
}

// wayOfFiling returns what tells ways of reading a source's document and of filing its
// articles apart: by configuration and by program.
func wayOfFiling(p *Plan, v target) string {
	s := v.source
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %s %q %q %v %q", p.Fingerprint, p.RulesFingerprint, wayOfReading(p, v), Address(*s), s.Publisher, s.NoKeywords, p.editions[s.ID]))
	return hex.EncodeToString(sum[:9])
}

// readExtra returns what was kept; what can't be read counts as nothing, since
// all of it can be learned anew.
func readExtra(data json.RawMessage) extra {
	var m extra
	if len(data) > 0 && json.Unmarshal(data, &m) != nil {
		return extra{}
	}
	return m
}

func sourceState(s store.SourceState, m extra) source.State {
	return source.State{ETag: s.ETag, LastModified: s.LastModified, FinalURL: s.FinalURL, Digest: s.Digest, Memory: m.Kind}
}

// keep writes the memory into a state.
func (m extra) keep(s *store.SourceState) {
	if extra, err := json.Marshal(m); err == nil {
		s.Extra = extra
	}
}

// mostFrequent returns the terms that were counted most often.
func mostFrequent(counts map[string]int) []Unmapped {
	var all []Unmapped
	for _, term := range slices.Sorted(maps.Keys(counts)) {
		all = append(all, Unmapped{term, counts[term]})
	}
	slices.SortStableFunc(all, func(a, b Unmapped) int { return cmp.Compare(b.Count, a.Count) })
	return all[:min(len(all), mostUnmapped)]
}
