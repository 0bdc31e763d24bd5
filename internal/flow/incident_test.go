package flow_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// memory is what a store keeps of incidents.
type memory struct {
	all []flow.Incident
	ids int64
}

func (m *memory) open() (open []flow.Incident) {
	for _, i := range m.all {
		if i.Resolved.IsZero() {
			open = append(open, i)
		}
	}
	return open
}

func (m *memory) put(changed []flow.Incident) {
	for _, i := range changed {
		if i.ID == 0 {
			m.ids++
			i.ID = m.ids
			m.all = append(m.all, i)
			continue
		}
		at := slices.IndexFunc(m.all, func(o flow.Incident) bool { return o.ID == i.ID })
		m.all[at] = i
	}
}

func (m *memory) look(now time.Time, found ...flow.Finding) {
	m.put(flow.Reconcile(m.open(), found, now))
}

func finding(kind flow.Kind, subject flow.Subject) flow.Finding {
	rule, _ := flow.RuleOf(kind)
	return flow.Finding{Kind: kind, Subject: subject, Urgency: rule.Urgency, Since: ago(hours), What: "It is wrong.", Readers: "They notice.", Do: "Mend it."}
}

// A story is what is found each 15 seconds (a letter for each finding, "." for none), and what
// is known at its end.
var stories = []struct {
	found, known string
	remark       string
}{
	{"a", "a open since 0s", ""},
	{"aaaa", "a open since 0s", ""},
	{"a.a.a..a", "a open since 0s", "what flaps is one"},
	{"a....", "a resolved after 1m0s", "over when it was not found for a minute"},
	{"a.....a", "a resolved after 1m0s, a open since 1m30s", "later it is another"},
	{"ab", "a open since 0s, b open since 15s", ""},
	{"f", "f open since 0s", ""},
	{"fh", "f open since 0s under h, h open since 15s", "the server covers its source"},
	{"fhhhhhhhhhhh", "f open since 0s under h, h open since 15s", ""},
	{"fhf", "f open since 0s, h open since 15s", "its own again"},
	{"fh.....", "f open since 0s under h, h open since 15s", ""},
	{"fh" + strings.Repeat(".", 40), "f resolved after 10m15s, h resolved after 10m15s", "over together"},
	{"hhhhhf", "h open since 0s, f open since 1m15s", "of what was covered from the first nothing is known"},
	{"fd", "f open since 0s under d, d open since 15s", "without the database nothing can be known of a source"},
	{"fdddddddd", "f open since 0s under d, d open since 15s", "nor is it over"},
}

func TestReconcile(t *testing.T) {
	for _, story := range stories {
		source := flow.Subject{Of: flow.OfSource, ID: "x"}
		host := finding(flow.HostFailing, flow.Subject{Of: flow.OfHost, ID: "h"})
		failing := finding(flow.SourceFailing, source)
		host.Covers = []flow.Key{failing.Key()}
		letters := map[rune]flow.Finding{
			'a': finding(flow.BadReload, service), 'b': finding(flow.ClockSkew, flow.Subject{Of: flow.OfMachine, ID: "m"}),
			'f': failing, 'h': host, 'd': finding(flow.DatabaseAway, flow.Subject{Of: flow.OfDatabase}),
		}
		letter := func(k flow.Key) string {
			for l, f := range letters {
				if f.Key() == k {
					return string(l)
				}
			}
			return "?"
		}
		var m memory
		for n, l := range story.found {
			now := noon.Add(time.Duration(n) * flow.LookEvery)
			if l == '.' {
				m.look(now)
			} else if l == 'b' {
				m.look(now, letters['a'], letters['b'])
			} else {
				m.look(now, letters[l])
			}
		}
		var known []string
		for _, i := range m.all {
			text := fmt.Sprintf("%s open since %s", letter(i.Key()), i.Opened.Sub(noon))
			if !i.Resolved.IsZero() {
				text = fmt.Sprintf("%s resolved after %s", letter(i.Key()), i.Resolved.Sub(noon))
			}
			if i.Under != nil {
				text += " under " + letter(*i.Under)
			}
			known = append(known, text)
		}
		if got := strings.Join(known, ", "); got != story.known {
			t.Errorf("%s: %s: %s, want %s", story.found, story.remark, got, story.known)
		}
	}
}

// What comes and goes all day is one incident before long, and over when it is.
func TestReconcileOfWhatFlaps(t *testing.T) {
	var m memory
	now := noon
	for n := range 24 * 60 * 4 {
		now = now.Add(flow.LookEvery)
		if n%20 < 17 { // found for four minutes, then not for nearly one
			m.look(now, finding(flow.DatabaseAway, flow.Subject{Of: flow.OfDatabase}))
		} else {
			m.look(now)
		}
	}
	if len(m.all) != 1 || m.all[0].Flaps < 100 || !m.all[0].Resolved.IsZero() {
		t.Errorf("%d incidents, the last %+v", len(m.all), m.all[len(m.all)-1])
	}
	for range 31 * 4 {
		now = now.Add(flow.LookEvery)
		m.look(now)
	}
	if len(m.open()) != 0 {
		t.Error("it is never over")
	}
}

// However findings come and go: of each key one incident at most is open, what is resolved
// stays as it is, what is found is open, and what is resolved was not found for a while.
func TestReconcileKeepsItsPromises(t *testing.T) {
	for seed := range uint64(60) {
		keepsPromises(t, rand.New(rand.NewPCG(seed, 3)))
	}
}

func FuzzReconcile(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) { keepsPromises(t, rand.New(rand.NewPCG(seed, 4))) })
}

func keepsPromises(t *testing.T, r *rand.Rand) {
	rules := flow.Rules()
	var m memory
	now := noon
	seen := map[flow.Key]time.Time{}
	for range 60 {
		now = now.Add(time.Duration(r.IntN(60)-2) * time.Second)
		var found []flow.Finding
		for n := range r.IntN(6) {
			f := finding(rules[r.IntN(12)*4].Kind, flow.Subject{Of: flow.OfSource, ID: fmt.Sprint(r.IntN(2))})
			if n == 0 && r.IntN(4) == 0 {
				f = finding(flow.NetworkDown, service)
			}
			f.Urgency = []flow.Urgency{flow.Page, flow.Ticket, flow.Note}[r.IntN(3)]
			found = append(found, f)
		}
		before := slices.Clone(m.all)
		m.look(now, found...)
		open := map[flow.Key]flow.Incident{}
		for n, i := range m.all {
			if n < len(before) && !before[n].Resolved.IsZero() && !reflect.DeepEqual(before[n], i) {
				t.Fatalf("%v has changed to %v", before[n], i)
			}
			if !i.Resolved.IsZero() {
				rule, _ := flow.RuleOf(i.Kind)
				if last := seen[i.Key()]; n < len(before) && before[n].Resolved.IsZero() && now.Sub(last) < rule.Calm*2/3 {
					t.Fatalf("%s was over %s after it was found", i.Kind, now.Sub(last))
				}
				continue
			}
			if _, twice := open[i.Key()]; twice {
				t.Fatalf("%v is open twice", i.Key())
			}
			open[i.Key()] = i
		}
		for _, f := range found {
			seen[f.Key()] = now
			if i, is := open[f.Key()]; !is || i.Under != nil {
				t.Fatalf("%v is found, and %v", f.Key(), i)
			}
		}
	}
}
