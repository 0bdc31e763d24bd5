package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/ops"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/storetest"
	"github.com/kairan-news/kairan/internal/web"
	"github.com/kairan-news/kairan/jobs"
)

// The exposition of the whole program: what it tells is documented, as Prometheus wants it, and
// all that the dashboard and the alerts ask for.
func TestMetricsAreDocumentedAndAskedForAsTheyAre(t *testing.T) {
	all := exposition(t)
	documented := map[string]bool{}
	text, err := os.ReadFile("../../docs/operators.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range regexp.MustCompile("(?m)^\\| `(kairan_[a-z_]+)` \\|").FindAllStringSubmatch(string(text), -1) {
		documented[m[1]] = true
	}
	for name := range all {
		if strings.HasPrefix(name, "kairan_") && !documented[name] {
			t.Errorf("docs/operators.md does not say what %s is", name)
		}
	}
	for name := range documented {
		if !all[name] {
			t.Errorf("docs/operators.md says what %s is, and nothing tells it", name)
		}
	}
	alerts, err := os.ReadFile("../../deploy/alerts.yml")
	if err != nil {
		t.Fatal(err)
	}
	for _, expr := range append(dashboardExpressions(t), string(alerts)) {
		for _, name := range regexp.MustCompile(`\bkairan_[a-z_]+`).FindAllString(expr, -1) {
			if family := strings.TrimSuffix(name, "_bucket"); !all[family] {
				t.Errorf("%s is asked for, and nothing tells it", name)
			}
		}
	}
}

// exposition returns the names of all metrics of a process that does all.
func exposition(t *testing.T) map[string]bool {
	db, err := store.Open(t.Context(), storetest.SQLite(t))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	counted := newJobMetrics()
	counted.visited(store.Run{Outcome: store.RunOK, New: 1})
	counted.published(jobs.Publication{Waited: 1})
	copied := newSiteCopy(db, nil, nil, nil, nil)
	copied.exports.WithLabelValues("ok").Inc()
	metrics := web.NewMetrics()
	ops.Handler(ops.Config{Status: everything{}, Documents: everything{}, Registry: metrics.Registry, Collectors: slices.Concat(counted.collectors(), copied.collectors(), []prometheus.Collector{newServedMetrics(db.StoredAt).delay})})
	problems, err := testutil.GatherAndLint(metrics.Registry)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
	families, err := metrics.Registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{}
	for _, f := range families {
		all[f.GetName()] = true
	}
	return all
}

func dashboardExpressions(t *testing.T) (all []string) {
	data, err := os.ReadFile("../../deploy/dashboard.json")
	if err != nil {
		t.Fatal(err)
	}
	type source struct{ Type, UID string }
	var dashboard struct {
		Title      string
		Templating struct {
			List []struct{ Name, Type, Query string }
		}
		Panels []struct {
			Title      string
			Datasource source
			Targets    []struct {
				Expr       string
				Datasource source
			}
		}
	}
	if err := json.Unmarshal(data, &dashboard); err != nil {
		t.Fatal(err)
	}
	if v := dashboard.Templating.List; len(v) != 1 || v[0].Name != "datasource" || v[0].Type != "datasource" || v[0].Query != "prometheus" {
		t.Errorf("the dashboard's variables are %+v", v)
	}
	for _, p := range dashboard.Panels {
		for _, target := range p.Targets {
			if want := (source{"prometheus", "${datasource}"}); target.Datasource != want || p.Datasource != want {
				t.Errorf("panel %q asks %+v", p.Title, target.Datasource)
			}
			all = append(all, target.Expr)
		}
	}
	if len(all) < 20 {
		t.Errorf("the dashboard has only %d expressions", len(all))
	}
	return all
}

func TestTheDashboardAsksWhatPrometheusUnderstands(t *testing.T) {
	promtool, err := exec.LookPath("promtool")
	if err != nil {
		cache, _ := os.UserCacheDir()
		promtool = filepath.Join(cache, "kairan", "promtool")
		if _, err := os.Stat(promtool); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatal("there is no promtool: see .ci/parts")
			}
			t.Skip("there is no promtool: \"make parts\" unpacks it on Debian and its kin; else install Prometheus")
		}
	}
	var rules strings.Builder
	rules.WriteString("groups:\n  - name: dashboard\n    rules:\n")
	for n, expr := range dashboardExpressions(t) {
		fmt.Fprintf(&rules, "      - record: dashboard:panel%d\n        expr: %q\n", n, expr)
	}
	file := filepath.Join(t.TempDir(), "rules.yml")
	if err := os.WriteFile(file, []byte(rules.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(promtool, "check", "rules", file).CombinedOutput(); err != nil {
		t.Errorf("promtool: %v\n%s", err, out)
	}
}

// everything is a service of which there is something of all.
type everything struct{ ops.Status }

func (everything) Ping(context.Context) error     { return nil }
func (everything) Writable(context.Context) error { return nil }
func (everything) Ready() error                   { return nil }
func (everything) State() ops.DocumentState       { return ops.DocumentState{} }

func (everything) Sources(context.Context) ([]ops.SourceStatus, error) {
	return []ops.SourceStatus{{Source: feeds.Source{ID: "tokyo-ja", Publisher: "tokyo"}, State: ops.SourceOK}}, nil
}

func (everything) Figures(context.Context) (ops.Figures, error) {
	return ops.Figures{Articles: map[string]int{"ja": 1}, Probe: flow.Probe{Last: time.Now()}}, nil
}

func (everything) Incidents(context.Context, time.Time) ([]flow.Incident, error) { return nil, nil }
func (everything) Processes(context.Context) ([]flow.Process, error)             { return nil, nil }
