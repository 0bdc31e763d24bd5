package notify

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

// Words are what messages say beside their incidents.
type Words struct {
	// Service is what the service is called in subjects, such as its host.
	Service string
	// OperatorsURL is where the operators' pages are, without a slash at its end; "" is not
	// said.
	OperatorsURL string
	// RunbookURL is the address of the runbook, of which each kind of incident is a section.
	RunbookURL string
}

// Message is what a receiver is told at once. Its lists are sorted, the worst first.
type Message struct {
	// ID is the same for what is the same told to the same receiver.
	ID       string
	Receiver string
	At       time.Time
	Words    Words
	Began    []flow.Incident
	Over     []flow.Incident
	// Test says that it is no more than a test.
	Test bool
}

func (w Words) message(receiver string, all []news, at time.Time) Message {
	m := Message{Receiver: receiver, At: at, Words: w}
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b news) int {
		return cmp.Or(cmp.Compare(rank(a.incident), rank(b.incident)), a.incident.Since.Compare(b.incident.Since), cmp.Compare(a.incident.Kind, b.incident.Kind), cmp.Compare(a.incident.ID, b.incident.ID))
	})
	id := sha256.New()
	fmt.Fprintf(id, "%s\x00", receiver)
	for _, n := range all {
		fmt.Fprintf(id, "%d %d %s %s %s\x00", n.incident.ID, n.incident.Opened.UnixMilli(), n.incident.Kind, n.incident.Subject, n.what)
		if n.what == Resolved {
			m.Over = append(m.Over, n.incident)
		} else {
			m.Began = append(m.Began, n.incident)
		}
	}
	m.ID = hex.EncodeToString(id.Sum(nil)[:16])
	return m
}

// TestMessage returns a message that says that it is a test.
func (w Words) TestMessage(receiver string, at time.Time) Message {
	return Message{ID: fmt.Sprintf("test-%d", at.UnixNano()), Receiver: receiver, At: at, Words: w, Test: true}
}

// rank sorts incidents: what stops all news, then what is a page, then the others.
func rank(i flow.Incident) int {
	rule, _ := flow.RuleOf(i.Kind)
	switch {
	case i.Urgency == flow.Page && rule.Stops:
		return 0
	case i.Urgency == flow.Page:
		return 1
	case i.Urgency == flow.Ticket:
		return 2
	}
	return 3
}

// Urgency is that of the worst that began; "" where all is over.
func (m Message) Urgency() flow.Urgency {
	if len(m.Began) == 0 {
		return ""
	}
	return m.Began[0].Urgency
}

// Subject is the message in a line.
func (m Message) Subject() string {
	if m.Test {
		return fmt.Sprintf("[TEST] %s: this is only a test", m.Words.Service)
	}
	of, label := m.Began, strings.ToUpper(string(m.Urgency()))
	if len(of) == 0 {
		of, label = m.Over, "OVER"
	}
	text := fmt.Sprintf("[%s] %s: %s", label, m.Words.Service, headline(of[0]))
	if more := len(m.Began) + len(m.Over) - 1; more > 0 {
		text += fmt.Sprintf(", and %d more", more)
	}
	return text
}

// headline is the kind of an incident with what has it: "A disk is full (machine web-1)".
func headline(i flow.Incident) string {
	rule, _ := flow.RuleOf(i.Kind)
	if i.Subject.ID == "" {
		return rule.Title
	}
	return fmt.Sprintf("%s (%s)", rule.Title, i.Subject)
}

// How much is told in full.
const (
	fullUpTo  = 6 // so many are all told in full
	fullOfAll = 3 // of more, so many of the worst
	overUpTo  = 10
)

// Text is the message as somebody reads it who has just been woken.
func (m Message) Text() string {
	var b strings.Builder
	if m.Test {
		fmt.Fprintf(&b, "This is a test of the receiver %q. If you can read it, it works.\n", m.Receiver)
	}
	full := m.Began
	if len(full) > fullUpTo {
		full = full[:fullOfAll]
	}
	for _, i := range full {
		m.writeFull(&b, i)
	}
	if rest := m.Began[len(full):]; len(rest) > 0 {
		fmt.Fprintf(&b, "And %d more:\n%s\n", len(rest), counts(rest))
	}
	if len(m.Over) > 0 {
		b.WriteString("Over:\n")
		if len(m.Over) > overUpTo {
			b.WriteString(counts(m.Over))
		} else {
			for _, i := range m.Over {
				fmt.Fprintf(&b, "- %s, after %s\n", headline(i), flow.Lasting(i.Resolved.Sub(i.Since)))
			}
		}
		b.WriteByte('\n')
	}
	if m.Words.OperatorsURL != "" {
		fmt.Fprintf(&b, "All that is wrong: %s/\n", m.Words.OperatorsURL)
	}
	return b.String()
}

func (m Message) writeFull(b *strings.Builder, i flow.Incident) {
	fmt.Fprintf(b, "%s: %s\n", strings.ToUpper(string(i.Urgency)), headline(i))
	line := func(name, text string) {
		if text != "" {
			fmt.Fprintf(b, "%-9s %s\n", name+":", text)
		}
	}
	line("What", i.What)
	line("Readers", i.Readers)
	line("Do", i.Do)
	line("Since", fmt.Sprintf("%s, for %s", i.Since.UTC().Format("2 January 15:04 UTC"), flow.Lasting(max(0, m.At.Sub(i.Since)))))
	line("Look at", m.Page(i))
	line("Runbook", m.Runbook(i))
	b.WriteByte('\n')
}

// Page is the address of an incident on the operators' pages; "" where nobody has said where
// they are.
func (m Message) Page(i flow.Incident) string {
	if m.Words.OperatorsURL == "" {
		return ""
	}
	if i.Subject.Of == flow.OfSource && i.Subject.ID != "" {
		return m.Words.OperatorsURL + "/source/" + i.Subject.ID
	}
	return m.Words.OperatorsURL + "/#" + i.Key().Anchor()
}

// Runbook is the address of the section of the runbook on an incident.
func (m Message) Runbook(i flow.Incident) string {
	if m.Words.RunbookURL == "" {
		return ""
	}
	return m.Words.RunbookURL + "#" + string(i.Kind)
}

// counts says how many there are of each kind, a line each, in the order in which they come
// first.
func counts(all []flow.Incident) string {
	var kinds []flow.Kind
	number := map[flow.Kind]int{}
	for _, i := range all {
		if number[i.Kind]++; number[i.Kind] == 1 {
			kinds = append(kinds, i.Kind)
		}
	}
	var b strings.Builder
	for _, kind := range kinds {
		rule, _ := flow.RuleOf(kind)
		fmt.Fprintf(&b, "- %d × %s\n", number[kind], rule.Title)
	}
	return b.String()
}
