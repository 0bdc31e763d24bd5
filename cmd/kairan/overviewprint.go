package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// print prints the overview for a person: the word of the whole, what is wrong, and how news
// flows.
func (o *overview) print(out terminal, now time.Time) error {
	var b strings.Builder
	screen := out
	screen.Writer = &b
	fmt.Fprintf(&b, "%s  %s\n", out.paint(stateColour(o.State), strings.ToUpper(string(o.State))), o.headline())
	shown := 0
	for _, i := range o.Incidents {
		if i.Under == nil && i.Urgency != flow.Note {
			b.WriteByte('\n')
			i.print(screen, now)
			shown++
		}
	}
	if rest := len(o.Incidents) - shown; rest > 0 {
		fmt.Fprintf(&b, "\n%s\n", out.paint(dim, count(rest, "incident that is a note or follows from these", "incidents that are notes or follow from these")+`: "kairan incidents"`))
	}
	b.WriteByte('\n')
	publishers := table{out: screen}
	publishers.head("PUBLISHER", "FLOW", "SOURCES", "LAST NEWS")
	without := 0
	for _, p := range o.Publishers {
		if p.Sources == 0 {
			without++
			continue
		}
		state := cell{string(p.State), stateColour(p.State)}
		if !p.Read && p.State == flow.Flowing {
			state = cell{"not yet", dim}
		}
		publishers.add(p.Name, state, p.Sources, ago(p.LastNew, now))
	}
	if err := publishers.print(); err != nil {
		return err
	}
	if without > 0 {
		fmt.Fprintf(&b, "%s\n", out.paint(dim, count(without, "publisher has", "publishers have")+" no source that is on"))
	}
	if some := o.localesInNeed(); len(some) > 0 {
		fmt.Fprintf(&b, "\nReaders in these locales miss something: %s.\n", strings.Join(some, ", "))
	}
	if o.Probe != nil {
		b.WriteByte('\n')
		printProbe(screen, o.Probe, now)
	}
	_, err := fmt.Fprint(out, b.String())
	return err
}

// printProbe says what a reader met at the public address.
func printProbe(out terminal, p *flow.Probe, now time.Time) {
	asked := fmt.Sprintf("%s was asked %s as a reader would", p.URL, ago(p.Last, now))
	switch {
	case p.Failing != nil:
		fmt.Fprintf(out, "%s, and fails (%s): %s.\n", asked, out.paint(red, p.Reason), p.Failing.Error)
	case p.Unproven != nil:
		fmt.Fprintf(out, "%s, and no answer has ever been as it is to be (%s); set probe.url or probe.disabled: %s.\n", asked, out.paint(yellow, p.Reason), p.Unproven.Error)
	default:
		fmt.Fprintf(out, "%s, and answers as it is to, in %s.\n", asked, p.Took.Round(time.Millisecond))
	}
	if p.Elsewhere != "" {
		fmt.Fprintf(out, "It sends readers to another host: %s\n", p.Elsewhere)
	}
}

// headline says what the word means, and who runs.
func (o *overview) headline() string {
	if o.Unwritable != "" {
		return "readers are served what there is; no process can say how it is: " + o.Unwritable
	}
	if o.State == flow.Unwatched && len(o.Processes) == 0 {
		return `no process of the service runs on this database; start "kairan serve", or "kairan work" and "kairan web"`
	}
	roles := map[string]int{}
	for _, p := range o.Processes {
		roles[p.Role]++
	}
	var parts []string
	for _, role := range []string{"serve", "work", "web"} {
		if roles[role] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", roles[role], role))
		}
	}
	who := strings.Join(parts, ", ")
	if o.State == flow.Unwatched {
		return "no process watches, so that nobody knows what is wrong; what follows may be old (" + who + ")"
	}
	return o.Sentence + "\n" + who + " at " + o.At.UTC().Format("15:04:05 UTC")
}

func (o *overview) localesInNeed() (tags []string) {
	for _, l := range o.Locales {
		if l.State != flow.Flowing && (o.State == flow.Strained || o.State == flow.Troubled) {
			tags = append(tags, l.Key)
		}
	}
	return tags
}

func stateColour(s flow.State) colour {
	switch s {
	case flow.Flowing:
		return green
	case flow.Strained:
		return yellow
	}
	return red
}

func urgencyColour(u flow.Urgency) colour {
	switch u {
	case flow.Page:
		return red
	case flow.Ticket:
		return yellow
	}
	return dim
}

// textIndent is how far the sentences of an incident are from the left, and leastText how
// many columns they take at least.
const (
	textIndent = 8
	leastText  = 30
)

// print prints an incident: what, since when, what readers notice, what to do, and who has
// taken it on.
func (i *openIncident) print(out terminal, now time.Time) {
	rule, _ := flow.RuleOf(i.Kind)
	title := out.paint(urgencyColour(i.Urgency), fmt.Sprintf("%-6s", strings.ToUpper(string(i.Urgency))))
	fmt.Fprintf(out, "%s  %s  %s\n", title, out.paint(bold, rule.Title), out.paint(dim, i.number()+", "+i.lasts(now)))
	for _, sentence := range []string{i.What, i.Readers, i.Do} {
		printIndented(out, sentence)
	}
	if i.Taken != nil {
		printIndented(out, fmt.Sprintf("Taken on by %s %s. %s", i.Taken.By, ago(i.Taken.At, now), i.Taken.Note))
	}
	if i.Muted != nil {
		printIndented(out, fmt.Sprintf("Muted by %s until %s: %s", i.Muted.By, i.Muted.Until.UTC().Format("2006-01-02 15:04 UTC"), i.Muted.Reason))
	}
}

// number is how commands name an incident.
func (i *openIncident) number() string {
	if i.ID == 0 {
		return string(i.Kind)
	}
	return "#" + strconv.FormatInt(i.ID, 10) + " " + string(i.Kind)
}

// lasts says since when an incident is, or when it was over.
func (i *openIncident) lasts(now time.Time) string {
	if !i.Resolved.IsZero() {
		return "resolved " + ago(i.Resolved, now) + " after " + shortly(i.Resolved.Sub(i.Since))
	}
	return "for " + shortly(now.Sub(i.Since)) + ", since " + i.Since.UTC().Format("2006-01-02 15:04 UTC")
}

func printIndented(out terminal, text string) {
	columns := 0
	if out.width > 0 {
		columns = max(leastText, out.width-textIndent)
	}
	for _, line := range wrapped(text, columns) {
		if line != "" {
			fmt.Fprintf(out, "%s%s\n", strings.Repeat(" ", textIndent), line)
		}
	}
}
