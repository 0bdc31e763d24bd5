package flow_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// What there is, what the receiver was told, and what it is told now.
var newsTests = []struct {
	incidents []flow.Incident
	told      []flow.Told
	mutes     []flow.Mute
	news      string
	remark    string
}{
	{[]flow.Incident{page(1, 0)}, nil, nil, "opened 1", "a page is told at once"},
	{[]flow.Incident{ticket(1, 10*time.Second)}, nil, nil, "", "a ticket may be over in a minute"},
	{[]flow.Incident{ticket(1, 2*time.Minute), ticket(2, time.Minute)}, nil, nil, "opened 1, opened 2", "in one message"},
	{[]flow.Incident{ticket(2, 2*time.Minute)}, []flow.Told{{1, flow.Opened, ago(5 * time.Minute)}}, nil, "", "tickets are gathered"},
	{[]flow.Incident{ticket(2, 8*time.Minute)}, []flow.Told{{1, flow.Opened, ago(10 * time.Minute)}}, nil, "opened 2", ""},
	{[]flow.Incident{ticket(2, 2*time.Minute), page(3, 0)}, []flow.Told{{1, flow.Opened, ago(5 * time.Minute)}}, nil, "opened 3, opened 2", "a page takes with it what waits"},
	{[]flow.Incident{page(1, time.Minute)}, []flow.Told{{1, flow.Opened, ago(time.Minute)}}, nil, "", "never twice"},
	{[]flow.Incident{note(1)}, nil, nil, "", "a note wakes nobody"},
	{[]flow.Incident{over(page(1, hours))}, []flow.Told{{1, flow.Opened, ago(hours)}}, nil, "resolved 1", ""},
	{[]flow.Incident{justOver(page(1, hours))}, []flow.Told{{1, flow.Opened, ago(hours)}}, nil, "", "it may come back"},
	{[]flow.Incident{justOver(page(1, hours)), again(page(1, 0))}, []flow.Told{{1, flow.Opened, ago(hours)}}, nil, "", "it has come back"},
	{[]flow.Incident{over(page(1, hours)), again(page(1, 0))}, []flow.Told{{1, flow.Opened, ago(hours)}, {1, flow.Resolved, ago(time.Minute)}}, nil, "opened 2", "it has come back after its end was told"},
	{[]flow.Incident{justOver(page(1, hours)), over(again(page(1, 10*time.Minute)))}, []flow.Told{{1, flow.Opened, ago(hours)}}, nil, "resolved 2", "its last end is told"},
	{[]flow.Incident{over(page(1, hours))}, nil, nil, "", "who was not told that it began is not told that it is over"},
	{[]flow.Incident{over(page(1, hours))}, []flow.Told{{1, flow.Opened, ago(hours)}, {1, flow.Resolved, ago(0)}}, nil, "", ""},
	{[]flow.Incident{taken(page(1, hours))}, nil, nil, "", "a person has it"},
	{[]flow.Incident{over(taken(page(1, hours)))}, []flow.Told{{1, flow.Opened, ago(hours)}}, nil, "resolved 1", "that it is over is told all the same"},
	{[]flow.Incident{under(page(1, hours))}, nil, nil, "", "the larger one is told"},
	{[]flow.Incident{page(1, hours)}, nil, []flow.Mute{{Key: page(1, 0).Key(), Since: ago(days), Until: noon.Add(days)}}, "", "muted"},
	{[]flow.Incident{page(1, hours)}, nil, []flow.Mute{{Key: page(1, 0).Key(), Since: ago(days), Until: ago(hours)}}, "opened 1", "the mute has ended"},
	{[]flow.Incident{raised(page(1, hours), 5*time.Minute)}, []flow.Told{{1, flow.Opened, ago(50 * time.Minute)}}, nil, "worse 1", "it was a ticket when it was told"},
	{[]flow.Incident{raised(page(1, hours), 5*time.Minute)}, []flow.Told{{1, flow.Opened, ago(time.Minute)}}, nil, "", "it was a page by then"},
	{[]flow.Incident{raised(page(1, hours), 5*time.Minute)}, []flow.Told{{1, flow.Opened, ago(50 * time.Minute)}, {1, flow.Worse, ago(time.Minute)}}, nil, "", ""},
	{[]flow.Incident{{Finding: finding(flow.WorkerGone, service), Opened: noon}}, nil, nil, "", "one that is not stored has no name to be told by"},
}

func incident(id int64, kind flow.Kind, age time.Duration) flow.Incident {
	return flow.Incident{ID: id, Finding: finding(kind, flow.Subject{Of: flow.OfService, ID: fmt.Sprint(id)}), Opened: ago(age), Seen: noon}
}

func page(id int64, age time.Duration) flow.Incident   { return incident(id, flow.WorkerGone, age) }
func ticket(id int64, age time.Duration) flow.Incident { return incident(id, flow.ClockSkew, age) }
func note(id int64) flow.Incident                      { return incident(id, flow.LocaleIncomplete, hours) }

func over(i flow.Incident) flow.Incident     { i.Resolved = ago(5 * time.Minute); return i }
func justOver(i flow.Incident) flow.Incident { i.Resolved = ago(time.Minute); return i }
func again(i flow.Incident) flow.Incident    { i.ID++; return i }
func taken(i flow.Incident) flow.Incident {
	i.Taken = &flow.Taken{By: "mei", At: noon}
	return i
}
func under(i flow.Incident) flow.Incident {
	i.Under = &flow.Key{Kind: flow.NetworkDown, Subject: service}
	return i
}
func raised(i flow.Incident, d time.Duration) flow.Incident { i.Raised = ago(d); return i }

func TestNews(t *testing.T) {
	for _, test := range newsTests {
		var items []string
		for _, i := range flow.News(test.incidents, test.mutes, test.told, noon) {
			items = append(items, fmt.Sprintf("%s %d", i.What, i.Incident.ID))
		}
		if got := strings.Join(items, ", "); got != test.news {
			t.Errorf("%s: %q, want %q", test.remark, got, test.news)
		}
	}
}

// Days of one incident that comes and goes each half hour is told once a day
// at most, and who is told everything at once is told nothing twice.
func TestNewsOfWhatFlaps(t *testing.T) {
	var m memory
	var told []flow.Told
	count := map[string]int{}
	now := noon
	for n := range 3 * 24 * 60 {
		now = now.Add(time.Minute)
		var found []flow.Finding
		if n%30 < 28 {
			found = append(found, finding(flow.ProbeFailing, service))
		}
		for k := range 100 {
			if n/60 == 5 {
				f := finding(flow.SourceFailing, flow.Subject{Of: flow.OfSource, ID: fmt.Sprint(k)})
				found = append(found, f)
			}
		}
		m.look(now, found...)
		news := flow.News(m.all, nil, told, now)
		if len(news) > 0 {
			count["messages"]++
		}
		for _, i := range news {
			told = append(told, flow.Told{Incident: i.Incident.ID, What: i.What, At: now})
			count[fmt.Sprint(i.Incident.ID, i.What)]++
		}
		m.all = slices.DeleteFunc(m.all, func(i flow.Incident) bool { return !i.Resolved.IsZero() && now.Sub(i.Resolved) > days })
	}
	for what, n := range count {
		if what != "messages" && n > 1 {
			t.Errorf("%s was told %d times", what, n)
		}
	}
	if n := count["messages"]; n < 4 || n > 8 {
		t.Errorf("%d messages", n)
	}
}

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
