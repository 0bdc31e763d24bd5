package flow_test

import (
	"slices"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

func TestState(t *testing.T) {
	dark := finding(flow.PublisherDark, flow.Subject{Of: flow.OfPublisher, ID: "tokyo"})
	dark.Publishers, dark.Dark = []string{"tokyo"}, []string{"tokyo"}
	failing := finding(flow.SourceFailing, flow.Subject{Of: flow.OfSource, ID: "x"})
	failing.Publishers = []string{"tokyo"}
	for _, test := range []struct {
		found              []flow.Finding
		all, tokyo, lyon   flow.State
		japanese, thailand flow.State
	}{
		{nil, flow.Flowing, flow.Flowing, flow.Flowing, flow.Flowing, flow.Flowing},
		{[]flow.Finding{finding(flow.LocaleIncomplete, of(flow.OfLocale, "th"))}, flow.Flowing, flow.Flowing, flow.Flowing, flow.Flowing, flow.Flowing},
		{[]flow.Finding{failing}, flow.Strained, flow.Strained, flow.Flowing, flow.Flowing, flow.Flowing},
		{[]flow.Finding{dark}, flow.Strained, flow.Stopped, flow.Flowing, flow.Flowing, flow.Flowing},
		{[]flow.Finding{finding(flow.WorkerGone, service)}, flow.Stopped, flow.Stopped, flow.Stopped, flow.Stopped, flow.Stopped},
		{[]flow.Finding{finding(flow.ChannelStuck, of(flow.OfChannel, "ja/government"))}, flow.Troubled, flow.Flowing, flow.Flowing, flow.Troubled, flow.Flowing},
		{[]flow.Finding{finding(flow.DiskFull, of(flow.OfMachine, "alpha /data"))}, flow.Stopped, flow.Stopped, flow.Stopped, flow.Stopped, flow.Stopped},
		{[]flow.Finding{finding("unheard-of", service)}, flow.Strained, flow.Flowing, flow.Flowing, flow.Flowing, flow.Flowing},
	} {
		got := []flow.State{flow.StateOf(test.found), flow.StateOfPublisher(test.found, "tokyo"), flow.StateOfPublisher(test.found, "lyon"), flow.StateOfLocale(test.found, "ja"), flow.StateOfLocale(test.found, "th")}
		if want := []flow.State{test.all, test.tokyo, test.lyon, test.japanese, test.thailand}; !slices.Equal(got, want) {
			t.Errorf("%v: %v, want %v", test.found, got, want)
		}
	}
}

func TestSentences(t *testing.T) {
	ticket, page := flow.Finding{Urgency: flow.Ticket}, flow.Finding{Urgency: flow.Page}
	for state, want := range map[flow.State]string{
		flow.Strained:  "News flows; 2 things need somebody on a working day.",
		flow.Troubled:  "1 thing is wrong that readers notice, unless somebody acts.",
		flow.Flowing:   "Nothing is known to be wrong that needs somebody.",
		flow.Unwatched: "No process has looked in the last half minute, so nobody knows what is wrong.",
	} {
		if got := state.Sentence([]flow.Finding{ticket, page, ticket}); got != want {
			t.Errorf("%s: %s", state, got)
		}
	}
	said := map[string]bool{}
	for _, s := range flow.States() {
		said[s.Sentence(nil)] = true
	}
	if len(said) != len(flow.States()) || flow.Stopped.Word() != "Stopped" {
		t.Errorf("two states say the same: %v", said)
	}
}

// What is muted, over, or follows from something else decides nothing.
func TestFindings(t *testing.T) {
	cause := flow.Incident{Finding: finding(flow.NetworkDown, service)}
	follows := flow.Incident{Finding: finding(flow.SourceFailing, of(flow.OfSource, "x"))}
	key := cause.Key()
	follows.Under = &key
	muted := flow.Incident{Finding: finding(flow.DiskFull, of(flow.OfMachine, "alpha /data"))}
	over := flow.Incident{Finding: finding(flow.WorkerGone, service), Resolved: time.Unix(1, 0)}
	got := flow.Findings([]flow.Incident{cause, follows, muted, over}, []flow.Mute{{Key: muted.Key()}})
	if len(got) != 1 || got[0].Kind != flow.NetworkDown {
		t.Errorf("%+v", got)
	}
}
