package probe

import (
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/flow"
)

// rounds is what a round leaves for the next.
type rounds struct {
	URL string `json:"url"`
	// Turn counts the rounds that asked a document in its turn. Back says that the last
	// one did so while another fails, which is the next to be asked.
	Turn int  `json:"turn"`
	Back bool `json:"back,omitempty"`
	// Row is how many rounds failed in a row, of whatever document.
	Row int `json:"row,omitempty"`
	// Failing are the documents that failed when they were asked last, by their paths. A
	// Count of 0 is of those of which that is in doubt.
	Failing map[string]failing `json:"failing,omitempty"`
	// Ladders say up to which record channels were published when, by their names.
	Ladders   map[string]Ladder `json:"ladders,omitempty"`
	Succeeded time.Time         `json:"succeeded,omitzero"`
}

type failing struct {
	flow.Failure
	Reason flow.ProbeReason `json:"reason"`
}

// climb notes up to which record channels are published, and forgets what is of no channel
// any more. What was published before a time is to be told from it later.
func (r *rounds) climb(live []feeds.Channel, states map[feeds.Channel]feeds.ChannelState, before time.Time) {
	ladders, documents := map[string]Ladder{}, map[string]bool{}
	for _, c := range live {
		s := states[c]
		ladders[c.String()] = r.Ladders[c.String()].climbed(Rung{At: time.UnixMilli(s.Revision).UTC(), Seq: s.Seq}, before)
		for _, format := range feeds.Formats() {
			documents[feeds.DocumentKey{Channel: c, Format: format}.Path()] = true
		}
	}
	r.Ladders = ladders
	for path := range r.Failing {
		if !documents[path] {
			delete(r.Failing, path)
		}
	}
}

// next chooses what is asked: what has failed once, at once; what fails longer, every second
// time; else what has its turn.
func (r *rounds) next(live []feeds.Channel, defaultLocale string) feeds.DocumentKey {
	path, f := r.unasked()
	if path != "" && (f.Count < 2 || r.Back) {
		r.Back = false
		key, _ := feeds.ParseDocumentPath(path) // it is a path that a key has made
		return key
	}
	r.Back = path != ""
	key := inTurn(r.Turn, live, defaultLocale)
	r.Turn++
	return key
}

// unasked is the failing document that was asked the longest ago; first one that is not known
// to fail again.
func (r *rounds) unasked() (path string, f failing) {
	for p, other := range r.Failing {
		once, onceBefore := other.Count < 2, f.Count < 2
		earlier := other.At.Before(f.At) || other.At.Equal(f.At) && p < path
		if path == "" || once && !onceBefore || once == onceBefore && earlier {
			path, f = p, other
		}
	}
	return path, f
}

// inTurn is the default locale each second time, and each of the others between, all in each
// format.
func inTurn(turn int, live []feeds.Channel, defaultLocale string) feeds.DocumentKey {
	formats := feeds.Formats()
	others := slices.Clone(live)
	home := slices.IndexFunc(others, func(c feeds.Channel) bool { return c.Locale == defaultLocale })
	first := others[max(0, home)]
	others = slices.DeleteFunc(others, func(c feeds.Channel) bool { return c == first })
	n := turn / 2
	if len(others) == 0 {
		return feeds.DocumentKey{Channel: first, Format: formats[turn%len(formats)]}
	}
	if turn%2 == 0 {
		return feeds.DocumentKey{Channel: first, Format: formats[n%len(formats)]}
	}
	return feeds.DocumentKey{Channel: others[n%len(others)], Format: formats[n/len(others)%len(formats)]}
}

// note notes what came of a document.
func (r *rounds) note(path string, v Verdict, now time.Time) {
	if v.Reason == "" {
		if _, mended := r.Failing[path]; mended {
			r.doubt()
		}
		delete(r.Failing, path)
		r.Row, r.Succeeded = 0, now
		return
	}
	r.Row++
	f := r.Failing[path]
	if f.Count == 0 {
		f.Since = now
	}
	f.At, f.Count, f.Error, f.Reason = now, f.Count+1, v.What, v.Reason
	if r.Failing == nil {
		r.Failing = map[string]failing{}
	}
	r.Failing[path] = f
}

// doubt is for the others that fail, once one of them does no more: what it was may have been
// mended for all. They are asked at once, one after the other, and begin anew to fail.
func (r *rounds) doubt() {
	for path, f := range r.Failing {
		f.Count = 0
		r.Failing[path] = f
	}
}

// tell tells of the documents that fail the one that did the most often in a row, and since
// when any does. As what failed once is asked again at once, two rounds that fail in a row
// are two of one document.
func (r *rounds) tell(seen *flow.Probe, implied bool) {
	seen.Succeeded = r.Succeeded
	var worst *failing
	var since time.Time
	for path := range r.Failing {
		f := r.Failing[path]
		if f.Count == 0 {
			continue
		}
		if worst == nil || f.Count > worst.Count || f.Count == worst.Count && f.At.After(worst.At) {
			worst = &f
		}
		if since.IsZero() || f.Since.Before(since) {
			since = f.Since
		}
	}
	if worst == nil {
		return
	}
	seen.Reason = worst.Reason
	failure := worst.Failure
	failure.Since, failure.Count = since, max(failure.Count, r.Row)
	if implied && r.Succeeded.IsZero() {
		seen.Unproven = &failure
	} else {
		seen.Failing = &failure
	}
}
