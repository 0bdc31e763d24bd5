package ops

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/kairan-news/kairan/internal/flow"
)

// statusCollector asks for the state of the service when Prometheus does.
type statusCollector struct {
	status   Status
	desk     *desk     // what pages look at, which was asked for just now if somebody looks at one
	served   Documents // nil where the process serves none
	version  string
	now      func() time.Time
	patience time.Duration
	descs    map[string]*prometheus.Desc
}

// scrapedWithin is how old at most is what the collector tells.
const scrapedWithin = 5 * time.Second

// gauges are what the collector tells, by name without "kairan_".
var gauges = []struct {
	name, help string
	labels     []string
}{
	{"build_info", "1, with the version of the program.", []string{"version"}},
	{"database_up", "1 while the database answers, else 0; what it is asked for is then not told.", nil},
	{"database_writable", "1 while the database can be written, as far as is known, else 0.", nil},
	{"database_size_bytes", "Size of the database.", nil},
	{"database_log_bytes", "Size of SQLite's write-ahead log; 0 for PostgreSQL.", nil},
	{"finding", "Incidents that are open, by kind and by how much readers notice.", []string{"kind", "urgency"}},
	{"watched_timestamp_seconds", "When a process last looked what is wrong; 0 if none ever did.", nil},
	{"processes", "Processes that live, by role.", []string{"role"}},
	{"sources", "Configured sources, by state.", []string{"state"}},
	{"source_last_success_timestamp_seconds", "When the source was last collected with success; 0 if it never was.", []string{"source"}},
	{"source_never_succeeded", "1 if the source was never collected with success, else 0.", []string{"source"}},
	{"publisher_newest_article_timestamp_seconds", "When a source of the publisher last brought something new; 0 if none did.", []string{"publisher"}},
	{"articles", "Published articles, by language.", []string{"language"}},
	{"log_sequence", "Sequence number of the newest record of the log.", nil},
	{"publish_waiting_channels", "Channels with changes that are not published.", nil},
	{"publish_oldest_change_timestamp_seconds", "Since when the oldest change waits to be published; 0 if none does.", nil},
	{"queue_waiting_jobs", "Jobs that could run and wait for a process.", nil},
	{"queue_oldest_job_timestamp_seconds", "Since when the oldest of these could run; 0 if there is none.", nil},
	{"queue_discarded_jobs", "Jobs that were given up.", nil},
	{"probe_success", "1 if our public address last answered as it should, else 0.", nil},
	{"probe_last_timestamp_seconds", "When our public address was last asked.", nil},
	{"probe_duration_seconds", "How long our public address took to answer.", nil},
	{"network_down", "1 while most hosts can't be reached, which is our own network's fault, else 0.", nil},
	{"documents", "Documents that can be asked for.", nil},
	{"documents_held", "Documents in memory.", nil},
	{"documents_bytes", "Memory that documents take with all their codings.", nil},
	{"documents_following", "1 while feeds follow the database, 0 while they are served in their last state.", nil},
	{"documents_newest_words", "1 while this process makes documents with the words that were adopted last, 0 while its configuration or its program is old.", nil},
	{"documents_faulty", "Documents that did not pass the check when they were made last.", nil},
}

// Counters, likewise.
const (
	faultsTotal     = "document_faults_total"
	rejectionsTotal = "publish_rejections_total"
)

func newStatusCollector(status Status, desk *desk, documents Documents, version string, now func() time.Time) *statusCollector {
	c := &statusCollector{status: status, desk: desk, served: documents, version: version, now: now, patience: 5 * time.Second, descs: map[string]*prometheus.Desc{}}
	for _, g := range gauges {
		c.descs[g.name] = prometheus.NewDesc("kairan_"+g.name, g.help, g.labels, nil)
	}
	c.descs[faultsTotal] = prometheus.NewDesc("kairan_"+faultsTotal, "Documents and texts that did not pass the check.", nil, nil)
	c.descs[rejectionsTotal] = prometheus.NewDesc("kairan_"+rejectionsTotal, "Faults of documents that publications looked at.", nil, nil)
	return c
}

// Describe implements prometheus.Collector.
func (c *statusCollector) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range c.descs {
		ch <- d
	}
}

// Collect implements prometheus.Collector.
func (c *statusCollector) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), c.patience)
	defer cancel()
	o := &out{c.descs, ch}
	o.gauge("build_info", 1, c.version)
	if c.served != nil {
		o.documents(c.served.State())
	}
	o.gauge("database_writable", truth(c.status.Writable(ctx) == nil))
	o.gauge("database_up", truth(c.collect(ctx, o) == nil))
}

// collect tells what the database says. Nothing is told of it where it does not answer.
func (c *statusCollector) collect(ctx context.Context, o *out) error {
	if err := c.status.Ping(ctx); err != nil {
		return err
	}
	sources, err := c.desk.sources.within(ctx, scrapedWithin)
	if err != nil {
		return err
	}
	figures, err := c.desk.figures.within(ctx, scrapedWithin)
	if err != nil {
		return err
	}
	incidents, err := c.desk.incidents.within(ctx, scrapedWithin)
	if err != nil {
		return err
	}
	processes, err := c.desk.processes.within(ctx, scrapedWithin)
	if err != nil {
		return err
	}
	o.sources(sources)
	o.figures(figures)
	o.findings(incidents)
	o.processes(processes, c.now())
	return nil
}

// out is where metrics go.
type out struct {
	descs map[string]*prometheus.Desc
	ch    chan<- prometheus.Metric
}

func (o *out) gauge(name string, v float64, labels ...string) {
	o.ch <- prometheus.MustNewConstMetric(o.descs[name], prometheus.GaugeValue, v, labels...)
}

func (o *out) counter(name string, v float64) {
	o.ch <- prometheus.MustNewConstMetric(o.descs[name], prometheus.CounterValue, v)
}

func (o *out) documents(state DocumentState) {
	o.gauge("documents", float64(state.Documents))
	o.gauge("documents_held", float64(state.Held))
	o.gauge("documents_bytes", float64(state.Bytes))
	o.gauge("documents_following", truth(state.Behind == nil))
	o.gauge("documents_newest_words", truth(state.OldWords.IsZero()))
	o.gauge("documents_faulty", float64(len(state.Faulty)))
	o.counter(faultsTotal, float64(state.Faults))
}

func (o *out) sources(sources []SourceStatus) {
	count := map[SourceState]int{}
	newest := map[string]time.Time{}
	for _, s := range sources {
		count[s.State]++
		if s.State == SourceDisabled {
			continue
		}
		o.gauge("source_last_success_timestamp_seconds", seconds(s.Succeeded), s.Source.ID)
		o.gauge("source_never_succeeded", truth(s.Succeeded.IsZero()), s.Source.ID)
		if known, ok := newest[s.Source.Publisher]; !ok || s.New.After(known) {
			newest[s.Source.Publisher] = s.New
		}
	}
	for _, state := range sourceStates() {
		o.gauge("sources", float64(count[state]), string(state))
	}
	for publisher, at := range newest {
		o.gauge("publisher_newest_article_timestamp_seconds", seconds(at), publisher)
	}
}

func (o *out) figures(f Figures) {
	for language, n := range f.Articles {
		o.gauge("articles", float64(n), language)
	}
	o.gauge("log_sequence", float64(f.LogSeq))
	o.gauge("publish_waiting_channels", float64(f.Marks))
	o.gauge("publish_oldest_change_timestamp_seconds", seconds(f.Waiting))
	o.gauge("network_down", truth(f.NetworkDown))
	o.gauge("watched_timestamp_seconds", seconds(f.Watched))
	o.gauge("queue_waiting_jobs", float64(f.Queue.Waiting))
	o.gauge("queue_oldest_job_timestamp_seconds", seconds(f.Queue.Oldest))
	o.gauge("queue_discarded_jobs", float64(f.Queue.Discarded))
	o.gauge("database_size_bytes", float64(f.Database.Size))
	o.gauge("database_log_bytes", float64(f.Database.Log))
	if !f.Probe.Last.IsZero() {
		o.gauge("probe_success", truth(f.Probe.Failing == nil && f.Probe.Unproven == nil))
		o.gauge("probe_duration_seconds", f.Probe.Took.Seconds())
		o.gauge("probe_last_timestamp_seconds", seconds(f.Probe.Last))
	}
	o.counter(rejectionsTotal, float64(f.Rejections))
}

// findings tells how many there are of each kind that there is, so that what is over goes to
// 0, and of the other urgencies where there are any.
func (o *out) findings(incidents []flow.Incident) {
	type which struct {
		kind    flow.Kind
		urgency flow.Urgency
	}
	count := map[which]int{}
	for _, r := range flow.Rules() {
		count[which{r.Kind, r.Urgency}] = 0
	}
	for _, i := range incidents {
		if i.Resolved.IsZero() {
			count[which{i.Kind, i.Urgency}]++
		}
	}
	for w, n := range count {
		o.gauge("finding", float64(n), string(w.kind), string(w.urgency))
	}
}

func (o *out) processes(all []flow.Process, at time.Time) {
	count := map[string]int{"serve": 0, "work": 0, "web": 0}
	for _, p := range all {
		if p.Alive(at) {
			count[p.Role]++
		}
	}
	for role, n := range count {
		o.gauge("processes", float64(n), role)
	}
}

// seconds is a time as Prometheus has it; 0 for none.
func seconds(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.UnixMilli()) / 1000
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
