package notify

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

var noon = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)

func incident(id int64, kind flow.Kind, urgency flow.Urgency, opened time.Time) flow.Incident {
	return flow.Incident{ID: id, Opened: opened, Seen: opened, Finding: flow.Finding{
		Kind: kind, Urgency: urgency, Since: opened, Subject: flow.Subject{Of: flow.OfSource, ID: fmt.Sprint("s", id)},
		What: "What is wrong.", Readers: "What readers notice.", Do: "What to do.",
	}}
}

func TestWhatIsDue(t *testing.T) {
	page, ticket, note := incident(1, flow.ChannelStuck, flow.Page, noon), incident(2, flow.SourceFailing, flow.Ticket, noon), incident(3, flow.SourcePaused, flow.Note, noon)
	taken := ticket
	taken.Taken = &flow.Taken{By: "Ada"}
	over := func(i flow.Incident, at time.Time) flow.Incident { i.Resolved = at; return i }
	risen := ticket
	risen.Urgency = flow.Page
	all := Receiver{Name: "all", AtLeast: flow.Ticket, Gather: 15 * time.Minute}
	pages := Receiver{Name: "pages", AtLeast: flow.Page, Gather: 15 * time.Minute}
	minutes := func(n int) time.Time { return noon.Add(time.Duration(n) * time.Minute) }
	for _, c := range []struct {
		what      string
		to        Receiver
		at        int // minutes after noon
		told      string
		quiet     bool
		incidents []flow.Incident
		want      string
	}{
		{what: "a page at once", to: all, incidents: []flow.Incident{page}, want: "1 paged"},
		{what: "a ticket is gathered", to: all, at: 14, incidents: []flow.Incident{ticket}, want: ""},
		{what: "and told then", to: all, at: 15, incidents: []flow.Incident{ticket}, want: "2 opened"},
		{what: "or with a page", to: all, incidents: []flow.Incident{ticket, page}, want: "2 opened, 1 paged"},
		{what: "a note never", to: all, at: 600, incidents: []flow.Incident{note}, want: ""},
		{what: "who wants pages has pages alone", to: pages, at: 600, incidents: []flow.Incident{ticket, page}, want: "1 paged"},
		{what: "once", to: all, at: 20, told: "1 paged, 2 opened", incidents: []flow.Incident{ticket, page}, want: ""},
		{what: "a ticket that became a page", to: all, at: 20, told: "2 opened", incidents: []flow.Incident{risen}, want: "2 paged"},
		{what: "which falls again", to: all, at: 20, told: "2 paged", incidents: []flow.Incident{ticket}, want: ""},
		{what: "muted, or paused", to: all, at: 20, quiet: true, incidents: []flow.Incident{ticket, page}, want: ""},
		{what: "somebody has taken it on", to: all, at: 20, incidents: []flow.Incident{taken}, want: ""},
		{what: "over before anybody was told", to: all, at: 20, incidents: []flow.Incident{over(page, minutes(1))}, want: ""},
		{what: "over", to: all, at: 20, told: "1 paged", incidents: []flow.Incident{over(page, minutes(20))}, want: "1 resolved"},
		{what: "over, although it is muted meanwhile", to: all, at: 20, quiet: true, told: "1 paged", incidents: []flow.Incident{over(page, minutes(20))}, want: "1 resolved"},
		{what: "over, and told so", to: all, at: 21, told: "1 paged, 1 resolved", incidents: []flow.Incident{over(page, minutes(20))}, want: ""},
		{what: "the end of a ticket is gathered", to: all, at: 34, told: "2 opened", incidents: []flow.Incident{over(ticket, minutes(20))}, want: ""},
		{what: "and told then", to: all, at: 35, told: "2 opened", incidents: []flow.Incident{over(ticket, minutes(20))}, want: "2 resolved"},
		{what: "not so soon after another", to: all, at: 0, told: "9 paged", incidents: []flow.Incident{page}, want: ""},
	} {
		s := standing{at: minutes(c.at), incidents: c.incidents, quiet: func(flow.Incident) bool { return c.quiet }, told: told{}}
		for text := range strings.SplitSeq(c.told, ", ") {
			var id int64
			var what string
			if n, _ := fmt.Sscan(text, &id, &what); n == 2 {
				s.told.note(id, what, noon)
			}
		}
		var got []string
		for _, n := range s.due(c.to) {
			got = append(got, fmt.Sprint(n.incident.ID, " ", n.what))
		}
		if strings.Join(got, ", ") != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
}

func TestMutesAndPausesAreForTheirTime(t *testing.T) {
	i := incident(1, flow.SourceFailing, flow.Ticket, noon)
	later := noon.Add(time.Hour)
	for _, c := range []struct {
		what   string
		mutes  []flow.Mute
		paused map[string]flow.Pause
		want   bool
	}{
		{"nothing", nil, nil, false},
		{"muted", []flow.Mute{{Key: i.Key(), Until: later}}, nil, true},
		{"no longer", []flow.Mute{{Key: i.Key(), Until: noon}}, nil, false},
		{"another is muted", []flow.Mute{{Key: flow.Key{Kind: i.Kind}, Until: later}}, nil, false},
		{"paused", nil, map[string]flow.Pause{"s1": {Until: later}}, true},
		{"no longer paused", nil, map[string]flow.Pause{"s1": {Until: noon}}, false},
		{"another is paused", nil, map[string]flow.Pause{"s2": {Until: later}}, false},
	} {
		if got := silenced(c.mutes, c.paused, noon)(i); got != c.want {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
	channel := i
	channel.Subject.Of = flow.OfChannel
	if silenced(nil, map[string]flow.Pause{"s1": {Until: later}}, noon)(channel) {
		t.Error("a source that is paused silences a channel of the same name")
	}
}
