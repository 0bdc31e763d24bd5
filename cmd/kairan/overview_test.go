package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/probe"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/watch"
)

// office is a database as a service leaves it that watches, for commands to look at.
type office struct {
	*testing.T
	db   *store.DB
	args []string // that lead to it
	now  time.Time
}

func newOffice(t *testing.T) *office {
	t.Helper()
	folder := t.TempDir()
	configuration := filepath.Join(folder, "kairan.yaml")
	text := testConfig(feedSource("news", "127.0.0.1:1", "/feed") + feedSource("roads", "127.0.0.1:1", "/roads"))
	if err := os.WriteFile(configuration, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	db, err := store.Open(t.Context(), "sqlite:"+filepath.Join(folder, "kairan.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if err := db.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return &office{T: t, db: db, args: []string{"--config", configuration, "--data", folder}, now: time.Now()}
}

// opens has a process beat, and watch.
func (o *office) opens() {
	o.Helper()
	p := flow.Process{ID: "harbour-serve-1", Role: "serve", Host: "harbour", PID: 7, Version: "v1", Plan: "p", Started: o.now.Add(-time.Hour), Beat: o.now}
	if err := o.db.Beat(o.Context(), p); err != nil {
		o.Fatal(err)
	}
	if held, err := o.db.Hold(o.Context(), watch.TermName, p.ID, o.now, time.Minute); err != nil || !held {
		o.Fatalf("the watch is held: %v, %v", held, err)
	}
}

// finds has the process that watches have found something, some time ago.
func (o *office) finds(kind flow.Kind, subject flow.Subject, urgency flow.Urgency, ago time.Duration) {
	o.Helper()
	err := o.db.PutIncidents(o.Context(), []flow.Incident{{
		Finding: flow.Finding{
			Kind: kind, Subject: subject, Urgency: urgency, Since: o.now.Add(-ago), What: "What is wrong with " + subject.String() + ".",
			Readers: "What readers notice.", Do: "What to do.", Publishers: []string{"city"},
		},
		Opened: o.now.Add(-ago), Seen: o.now,
	}})
	if err != nil {
		o.Fatal(err)
	}
}

// sees has the probe have seen something two minutes ago, and returns the command that shows
// it.
func (o *office) sees(p flow.Probe) []string {
	o.Helper()
	p.URL, p.Last = "https://news.harbour.example", o.now.Add(-2*time.Minute)
	body, err := json.Marshal(p)
	if err != nil {
		o.Fatal(err)
	}
	if err := o.db.SetMeta(o.Context(), probe.SeenKey, string(body)); err != nil {
		o.Fatal(err)
	}
	return []string{"status"}
}

// kairan runs a command and returns its exit status, and what it printed.
func (o *office) kairan(args ...string) (status int, out string) {
	o.Helper()
	var printed, errors bytes.Buffer
	status = run(append(args, o.args...), strings.NewReader(""), &printed, &errors)
	return status, printed.String() + errors.String()
}

// expect runs a command that is to print some texts.
func (o *office) expect(status int, texts []string, args ...string) string {
	o.Helper()
	got, out := o.kairan(args...)
	for _, text := range texts {
		if !strings.Contains(out, text) {
			o.Errorf("kairan %s prints no %q:\n%s", strings.Join(args, " "), text, out)
		}
	}
	if got != status {
		o.Errorf("kairan %s ends with %d, want %d:\n%s", strings.Join(args, " "), got, status, out)
	}
	return out
}

func TestTheExitStatusSaysWhetherSomebodyIsWoken(t *testing.T) {
	source := flow.Subject{Of: flow.OfSource, ID: "news"}
	o := newOffice(t)
	o.expect(2, []string{"UNWATCHED  no process of the service runs"}, "status")
	o.opens()
	o.expect(0, []string{"FLOWING  Nothing is known to be wrong that needs somebody.\n1 serve at ", "City       not yet  2        never"}, "status")
	o.finds(flow.SourceSilent, source, flow.Ticket, 50*time.Hour)
	o.expect(0, []string{"STRAINED  News flows; 1 thing needs somebody on a working day.\n1 serve at ", "TICKET", "#1 source-silent, for 2 days, since ", "What is wrong with source news.", "What readers notice.", "What to do.", "City       strained"}, "status")
	o.finds(flow.ProbeFailing, flow.Subject{Of: flow.OfService, ID: "probe"}, flow.Page, 7*time.Minute)
	out := o.expect(2, []string{"TROUBLED  1 thing is wrong that readers notice", "PAGE ", "#2 probe-failing, for 7 min"}, "status")
	if strings.Index(out, "PAGE") > strings.Index(out, "TICKET") {
		t.Errorf("what wakes somebody is not first:\n%s", out)
	}
	o.finds(flow.LocaleIncomplete, flow.Subject{Of: flow.OfLocale, ID: "ja"}, flow.Note, time.Hour)
	o.expect(2, []string{`1 incident that is a note or follows from these: "kairan incidents"`}, "status")

	o.expect(0, []string{"Nobody is told of probe-failing of service probe until"}, "incidents", "mute", "#2", "--reason", "the balancer moves", "--for", "3h")
	o.expect(0, []string{"STRAINED", "Muted by ", ": the balancer moves"}, "status")
	o.expect(0, []string{"is told of probe-failing of service probe again"}, "incidents", "unmute", "2")
	o.expect(2, []string{"PAGE"}, "status")
	o.expect(0, []string{"Incident 1 is taken on by "}, "incidents", "take", "1", "--note", "I have called them")
	o.expect(0, []string{"Taken on by ", "I have called them", "locale-incomplete"}, "incidents")
	o.expect(0, []string{"waits for somebody again"}, "incidents", "untake", "1")

	o.expect(2, []string{"https://news.harbour.example was asked 2 min ago as a reader would, and answers as it is to, in 12ms.", "It sends readers to another host: https://www.harbour.example/"}, o.sees(flow.Probe{
		Took: 12345 * time.Microsecond, Elsewhere: "https://www.harbour.example/",
	})...)
	o.expect(2, []string{"and fails (stale): it is old."}, o.sees(flow.Probe{Reason: flow.ProbeStale, Failing: &flow.Failure{Error: "it is old"}})...)
	o.expect(2, []string{"no answer has ever been as it is to be (unreachable); set probe.url or probe.disabled: refused."}, o.sees(flow.Probe{
		Reason: flow.ProbeUnreachable, Unproven: &flow.Failure{Error: "refused"},
	})...)

	var whole struct {
		State     string
		Pages     bool
		Incidents []struct {
			ID      int64
			Kind    string
			Subject flow.Subject
			Do      string
		}
		Publishers []struct{ Key, State string }
	}
	status, out := o.kairan("status", "--json")
	if err := json.Unmarshal([]byte(out), &whole); err != nil || status != 2 {
		t.Fatalf("status %d, %v:\n%s", status, err, out)
	}
	if whole.State != "troubled" || !whole.Pages || len(whole.Incidents) != 3 || whole.Incidents[0].Kind != "probe-failing" || whole.Incidents[0].Do != "What to do." || whole.Publishers[0].Key != "city" {
		t.Errorf("the overview for machines is %+v", whole)
	}
}

func TestWhatIsResolvedIsShownOnlyToWhoAsks(t *testing.T) {
	o := newOffice(t)
	o.opens()
	o.finds(flow.SourceSilent, flow.Subject{Of: flow.OfSource, ID: "news"}, flow.Ticket, 3*time.Hour)
	open, err := o.db.OpenIncidents(t.Context())
	if err != nil || len(open) != 1 {
		t.Fatalf("open are %v, %v", open, err)
	}
	open[0].Resolved = o.now.Add(-time.Hour)
	if err := o.db.PutIncidents(t.Context(), open); err != nil {
		t.Fatal(err)
	}
	o.expect(0, []string{"FLOWING"}, "status")
	o.expect(0, []string{"Nothing is known to be wrong."}, "incidents")
	o.expect(0, []string{"resolved 60 min ago after 2 h"}, "incidents", "--since", "24h")
	o.expect(0, []string{"Nothing is known to be wrong."}, "incidents", "list", "--since", "30m")
}

// screen is a terminal that tells each picture that is written to it.
type screen struct {
	mu       sync.Mutex
	pictures []string
	shown    chan struct{}
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pictures = append(s.pictures, string(p))
	select {
	case s.shown <- struct{}{}:
	default:
	}
	return len(p), nil
}

func TestStatusIsWatchedUntilItIsInterrupted(t *testing.T) {
	o := newOffice(t)
	o.opens()
	s := &screen{shown: make(chan struct{}, 1)}
	ctx, interrupt := context.WithCancel(t.Context())
	root := newRootCommand()
	root.SetArgs(append([]string{"status", "--watch"}, o.args...))
	root.SetOut(s)
	ended := make(chan error)
	go func() { ended <- root.ExecuteContext(ctx) }()
	<-s.shown
	interrupt()
	if err := <-ended; err != nil {
		t.Errorf("it ended with %v", err)
	}
	if len(s.pictures) != 1 || !strings.HasPrefix(s.pictures[0], "FLOWING") || strings.Contains(s.pictures[0], "\x1b") {
		t.Errorf("it showed %q", s.pictures)
	}
}

func TestLinesFitTheTerminal(t *testing.T) {
	i := openIncident{Incident: flow.Incident{ID: 3, Finding: flow.Finding{
		Kind: flow.SourceSilent, Urgency: flow.Page, Since: time.Now().Add(-time.Hour), What: "Source tokyo-ja has brought nothing new for 3 days; it usually does within 22 hours.",
	}}}
	var out bytes.Buffer
	i.print(terminal{Writer: &out, width: 48, colours: true}, time.Now())
	lines := strings.Split(strings.TrimRight(out.String(), "\n"), "\n")
	if len(lines) != 4 || !strings.HasPrefix(lines[0], "\x1b[1;31mPAGE  \x1b[0m") {
		t.Fatalf("printed are\n%s", &out)
	}
	for _, line := range lines[1:] {
		if len(line) > 48 || !strings.HasPrefix(line, "        ") {
			t.Errorf("the line %q does not fit", line)
		}
	}
}
