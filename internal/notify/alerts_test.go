package notify

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/kairan-news/kairan/internal/flow"
)

//go:generate go test -run TestTheAlertsAreThoseOfTheRules -update

var update = flag.Bool("update", false, "write deploy/alerts.yml anew, below its mark")

const (
	alertsFile  = "../../deploy/alerts.yml"
	runbookFile = "../../docs/runbook.md"
	// generatedBelow parts the rules that people write from those that are made.
	generatedBelow = "  # Below, this is made of the rules of internal/flow: run \"go generate ./internal/notify\".\n"
	// runbookAt is where alerts find the runbook.
	runbookAt = "https://github.com/kairan-news/kairan/blob/main/docs/runbook.md"
)

// Of each kind that is more than a note there is an alert of its name, as urgent as what was
// found.
func alertsOf(rules []flow.Rule) string {
	var b strings.Builder
	b.WriteString("  - name: kairan-findings\n    rules:\n")
	for _, r := range rules {
		if r.Urgency == flow.Note {
			continue
		}
		fmt.Fprintf(&b, `      - alert: %s
        expr: max by (kind, urgency) (kairan_finding{kind="%s", urgency=~"page|ticket"}) > 0
        labels: {severity: "{{ $labels.urgency }}"}
        annotations:
          summary: "%s"
          description: "{{ $value }} of this kind. The operators' pages say of what, what readers notice and what to do."
          runbook_url: "%s#%s"
`, alertName(r.Kind), r.Kind, r.Title, runbookAt, r.Kind)
	}
	return b.String()
}

// alertName is the kind in the way of Prometheus: KairanWorkerGone.
func alertName(kind flow.Kind) string {
	name := "Kairan"
	for word := range strings.SplitSeq(string(kind), "-") {
		name += strings.ToUpper(word[:1]) + word[1:]
	}
	return name
}

func TestTheAlertsAreThoseOfTheRules(t *testing.T) {
	kept := string(read(t, alertsFile))
	written, _, ok := strings.Cut(kept, generatedBelow)
	if !ok {
		t.Fatalf("%s has no line %q", alertsFile, generatedBelow)
	}
	want := written + generatedBelow + alertsOf(flow.Rules())
	if *update {
		if err := os.WriteFile(alertsFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if kept != want {
		t.Errorf("%s is not up to date: run \"go generate ./internal/notify\"", alertsFile)
	}
}

func TestTheRunbookHasASectionForEachRuleAndEachAlert(t *testing.T) {
	sections := map[string]string{}
	for section := range strings.SplitSeq(string(read(t, runbookFile)), "\n## ") {
		heading, text, _ := strings.Cut(section, "\n")
		if _, twice := sections[heading]; twice {
			t.Errorf("the runbook has the section %q twice", heading)
		}
		sections[heading] = text
	}
	for _, r := range flow.Rules() {
		text, ok := sections[string(r.Kind)]
		if !ok {
			t.Errorf("the runbook has no section %q", r.Kind)
			continue
		}
		if !strings.HasPrefix(text, "\n**"+r.Title+".**") {
			t.Errorf("section %s does not begin with its title, %q", r.Kind, r.Title)
		}
		for _, part := range []string{"\n- Means: ", "\n- Readers: ", "\n- Confirm: ", "\n- Do", "\n- Ends by itself: "} {
			if !strings.Contains(text, part) {
				t.Errorf("section %s does not have %q", r.Kind, strings.TrimSpace(part))
			}
		}
	}
	known := regexp.MustCompile(`^[a-z-]+$`)
	for heading := range sections {
		if kind := flow.Kind(heading); known.MatchString(heading) && !slices.Contains([]string{"all-is-dead", "reader-errors", "reader-slow"}, heading) {
			if _, ok := flow.RuleOf(kind); !ok {
				t.Errorf("the runbook has a section %q, of which there is no rule", heading)
			}
		}
	}
	links := regexp.MustCompile(`runbook_url: "([^"]*)"`).FindAllStringSubmatch(string(read(t, alertsFile)), -1)
	if len(links) < 40 {
		t.Errorf("the alerts have only %d links", len(links))
	}
	for _, link := range links {
		address, anchor, _ := strings.Cut(link[1], "#")
		if _, ok := sections[anchor]; address != runbookAt || !ok {
			t.Errorf("an alert links to %s, which is no section", link[1])
		}
	}
}

// Each link within the runbook leads to a section.
func TestLinksWithinTheRunbookLeadSomewhere(t *testing.T) {
	text := string(read(t, runbookFile))
	for _, link := range regexp.MustCompile(`\]\(#([a-z-]+)\)`).FindAllStringSubmatch(text, -1) {
		if !strings.Contains(text, "\n## "+link[1]+"\n") {
			t.Errorf("the runbook links to %s, which is no section", link[1])
		}
	}
}

func TestPrometheusTakesTheAlertsAndFiresThemAsItShould(t *testing.T) {
	promtool := findPromtool(t)
	for _, args := range [][]string{
		{"check", "rules", "alerts.yml"},
		{"test", "rules", "alerts_test.yml"},
	} {
		command := exec.Command(promtool, args...)
		command.Dir = filepath.Dir(alertsFile)
		if out, err := command.CombinedOutput(); err != nil {
			t.Errorf("promtool %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
}

// findPromtool finds it where it is installed, and where .ci/parts puts it.
func findPromtool(t *testing.T) string {
	t.Helper()
	if path, err := exec.LookPath("promtool"); err == nil {
		return path
	}
	if cache, err := os.UserCacheDir(); err == nil {
		path := filepath.Join(cache, "kairan", "promtool")
		if _, err := os.Stat(path); err == nil {
			return path
		}
	}
	const missing = "there is no promtool: \"make parts\" unpacks it on Debian and its kin; else install Prometheus"
	if os.Getenv("CI") != "" {
		t.Fatal(missing)
	}
	t.Skip(missing)
	return ""
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
