package flow_test

import (
	"slices"
	"testing"

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
		{[]flow.Finding{failing}, flow.Disturbed, flow.Disturbed, flow.Flowing, flow.Flowing, flow.Flowing},
		{[]flow.Finding{dark}, flow.Disturbed, flow.Stopped, flow.Flowing, flow.Flowing, flow.Flowing},
		{[]flow.Finding{finding(flow.WorkerGone, service)}, flow.Stopped, flow.Stopped, flow.Stopped, flow.Stopped, flow.Stopped},
		{[]flow.Finding{finding(flow.ChannelStuck, of(flow.OfChannel, "ja/government"))}, flow.Disturbed, flow.Flowing, flow.Flowing, flow.Disturbed, flow.Flowing},
		{[]flow.Finding{finding(flow.DiskFull, of(flow.OfMachine, "alpha /data"))}, flow.Stopped, flow.Stopped, flow.Stopped, flow.Stopped, flow.Stopped},
		{[]flow.Finding{finding("unheard-of", service)}, flow.Disturbed, flow.Flowing, flow.Flowing, flow.Flowing, flow.Flowing},
	} {
		got := []flow.State{flow.StateOf(test.found), flow.StateOfPublisher(test.found, "tokyo"), flow.StateOfPublisher(test.found, "lyon"), flow.StateOfLocale(test.found, "ja"), flow.StateOfLocale(test.found, "th")}
		if want := []flow.State{test.all, test.tokyo, test.lyon, test.japanese, test.thailand}; !slices.Equal(got, want) {
			t.Errorf("%v: %v, want %v", test.found, got, want)
		}
	}
}
