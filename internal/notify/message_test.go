package notify

import (
	"strings"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
)

var words = Words{Service: "news.my-city.example", OperatorsURL: "https://ops.my-city.example", RunbookURL: "https://docs.my-city.example/runbook.md"}

func TestAMessageSaysWhatToDo(t *testing.T) {
	page := incident(1, flow.DatabaseUnwritable, flow.Page, noon.Add(-8*time.Minute))
	page.Subject, page.What, page.Readers, page.Do = flow.Subject{Of: flow.OfDatabase}, "The disk is full.", "Nothing new appears.", "Make room."
	over := incident(2, flow.SourceFailing, flow.Ticket, noon.Add(-3*time.Hour))
	over.Resolved = noon
	m := words.message("on-call", []news{{over, Resolved}, {page, Paged}}, noon)
	if got, want := m.Subject(), "[PAGE] news.my-city.example: The database can't be written, and 1 more"; got != want {
		t.Errorf("the subject is %q, want %q", got, want)
	}
	want := `PAGE: The database can't be written
What:     The disk is full.
Readers:  Nothing new appears.
Do:       Make room.
Since:    30 November 11:52 UTC, for 8 minutes
Look at:  https://ops.my-city.example/#database-unwritable-database
Runbook:  https://docs.my-city.example/runbook.md#database-unwritable

Over:
- A source can't be read (source s2), after 3 hours

All that is wrong: https://ops.my-city.example/
`
	if got := m.Text(); got != want {
		t.Errorf("the text is\n%s\nwant\n%s", got, want)
	}
	again := words.message("on-call", []news{{page, Paged}, {over, Resolved}}, noon.Add(time.Minute))
	if again.ID != m.ID || m.ID == words.message("other", []news{{page, Paged}, {over, Resolved}}, noon).ID {
		t.Error("a message's ID is not that of what is told to whom")
	}
}

func TestAMessageThatAllIsOverSaysSo(t *testing.T) {
	over := incident(2, flow.SourceFailing, flow.Ticket, noon.Add(-90*time.Second))
	over.Resolved = noon
	m := words.message("on-call", []news{{over, Resolved}}, noon)
	if got, want := m.Subject(), "[OVER] news.my-city.example: A source can't be read (source s2)"; got != want {
		t.Errorf("the subject is %q, want %q", got, want)
	}
	if m.Urgency() != "" || !strings.Contains(m.Text(), "after 90 seconds") {
		t.Errorf("it is as urgent as %q and says\n%s", m.Urgency(), m.Text())
	}
}

func TestAStormIsOneShortMessageWithTheWorstFirst(t *testing.T) {
	var all []news
	for id := range int64(298) {
		all = append(all, news{incident(id+1, flow.SourceFailing, flow.Ticket, noon), Opened})
	}
	all = append(all, news{incident(299, flow.ChannelStuck, flow.Page, noon), Paged}, news{incident(300, flow.WorkerGone, flow.Page, noon.Add(time.Second)), Paged})
	m := words.message("on-call", all, noon)
	if got, want := m.Subject(), "[PAGE] news.my-city.example: No process collects or publishes (source s300), and 299 more"; got != want {
		t.Errorf("the subject is %q, want %q", got, want)
	}
	text := m.Text()
	if len(text) > 2000 || !strings.Contains(text, "And 297 more:\n- 297 × A source can't be read\n") || strings.Index(text, "PAGE: A change") < strings.Index(text, "PAGE: No process") {
		t.Errorf("of a storm it is said, in %d bytes:\n%s", len(text), text)
	}
}

func TestManyThatAreOverAreCounted(t *testing.T) {
	var all []news
	for id := range int64(40) {
		i := incident(id+1, flow.SourceFailing, flow.Ticket, noon)
		i.Resolved = noon.Add(time.Minute)
		all = append(all, news{i, Resolved})
	}
	if text := words.message("x", all, noon).Text(); !strings.Contains(text, "Over:\n- 40 × A source can't be read\n") {
		t.Error(text)
	}
}
