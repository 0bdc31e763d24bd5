package flow_test

import (
	"fmt"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// A cluster whose only worker was killed: one finding says so, and what follows from it is
// not told beside it.
func ExampleJudge() {
	now := time.Date(2026, 5, 20, 3, 12, 0, 0, time.UTC)
	killed := now.Add(-45 * time.Second)
	found := flow.Judge(flow.Observation{
		At: now,
		Processes: []flow.Process{
			{ID: "1", Role: "work", Host: "alpha", PID: 41, Started: now.Add(-9 * time.Hour), Beat: killed},
			{ID: "2", Role: "web", Host: "beta", PID: 17, Started: now.Add(-9 * time.Hour), Beat: now},
		},
		Leader: "1", LeaderUntil: killed.Add(5 * time.Second),
		Channels: []flow.Channel{{Name: "ja/government", Waiting: killed}},
	})
	for _, f := range found {
		fmt.Println(f.Urgency, f.Kind)
		fmt.Println(f.What)
		fmt.Println(f.Readers)
		fmt.Println(f.Do)
	}
	fmt.Println(flow.StateOf(found))
	// Output:
	// page worker-gone
	// No process has collected or published for 45 seconds: the last "work" or "serve" is gone.
	// Readers get the feeds as they are, and nothing new.
	// Start "kairan work" ("kairan serve" on one machine) again, and look at the end of its log for why it ended.
	// stopped
}

func ExampleRuleOf() {
	rule, _ := flow.RuleOf(flow.ChannelStuck)
	fmt.Printf("%s: %s, told within %s\n", rule.Title, rule.Urgency, rule.Within)
	rule, _ = flow.RuleOf(flow.ProbeFailing)
	fmt.Printf("%s: %s, told within %s\n", rule.Title, rule.Urgency, rule.Within)
	// Output:
	// A change is not published: page, told within 5 minutes
	// The site does not answer readers as it should: page, told within two failures
}

// A press office that publishes each weekday at nine: a weekend is no silence, and a Friday
// without a word is one.
func ExampleRhythm_Learn() {
	monday := time.Date(2026, 5, 18, 0, 0, 0, 0, time.UTC)
	var came []time.Time
	for n := range 56 {
		if n%7 < 5 {
			came = append(came, monday.AddDate(0, 0, n-56).Add(9*time.Hour))
		}
	}
	var rhythm flow.Rhythm
	rhythm = rhythm.Learn(came, nil, time.UTC, nil, monday)
	friday := flow.Source{ID: "press", LastNew: came[len(came)-1], Rhythm: rhythm}
	thursday := flow.Source{ID: "press", LastNew: came[len(came)-2], Rhythm: rhythm}
	fmt.Println(rhythm.Usually())
	fmt.Println(friday.SilentAfter().Format("Monday 15:04"))
	fmt.Println(thursday.SilentAfter().Format("Monday 15:04"))
	// Output:
	// usually within 3 days
	// Monday 15:00
	// Friday 17:00
}

// What flaps is one incident, and is over when it was not found for a while.
func ExampleReconcile() {
	now := time.Date(2026, 5, 20, 3, 0, 0, 0, time.UTC)
	away := flow.Finding{Kind: flow.DatabaseAway, Subject: flow.Subject{Of: flow.OfDatabase}, Urgency: flow.Page, What: "It is away."}
	open := flow.Reconcile(nil, []flow.Finding{away}, now)
	fmt.Println(len(open), "opened")
	fmt.Println(len(flow.Reconcile(open, nil, now.Add(30*time.Second))), "changed after half a minute")
	over := flow.Reconcile(open, nil, now.Add(time.Minute))
	fmt.Println("resolved at", over[0].Resolved.Format("15:04"))
	// Output:
	// 1 opened
	// 0 changed after half a minute
	// resolved at 03:01
}
