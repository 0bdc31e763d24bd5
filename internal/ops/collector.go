package ops

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// statusCollector asks for the state of the service when Prometheus does.
type statusCollector struct {
	status   Status
	served   Documents // nil where the process serves none
	now      func() time.Time
	patience time.Duration

	up, writable, sources, sourceAge, articles, logSeq, marks, rejections, networkDown *prometheus.Desc
	documents, held, bytes, following, newestWords, faulty, faults                     *prometheus.Desc
}

func newStatusCollector(status Status, documents Documents, now func() time.Time) *statusCollector {
	desc := func(name, help string, labels ...string) *prometheus.Desc {
		return prometheus.NewDesc("kairan_"+name, help, labels, nil)
	}
	return &statusCollector{
		status: status, served: documents, now: now, patience: 5 * time.Second,
		up:          desc("status_up", "1 while the database answers the questions below, else 0."),
		writable:    desc("store_writable", "1 while the database can be written, as far as is known, else 0: its disk is full, or it may not be written."),
		sources:     desc("sources", "Configured sources, by state.", "state"),
		sourceAge:   desc("source_last_success_age_seconds", "Seconds since the source was last collected with success.", "source"),
		articles:    desc("articles", "Published articles, by language.", "language"),
		logSeq:      desc("log_sequence", "Sequence number of the newest record of the log."),
		networkDown: desc("network_down", "1 while most hosts can't be reached, which is our own network's fault, else 0."),
		marks:       desc("publish_marks", "Channels that wait to be published."),
		rejections:  desc("publish_rejections_total", "Faults of documents that publications looked at."),
		documents:   desc("documents", "Documents that can be asked for."),
		held:        desc("documents_held", "Documents in memory."),
		bytes:       desc("document_bytes", "Memory that documents take with all their codings."),
		following:   desc("documents_following", "1 while feeds follow the database, 0 while they are served in their last state."),
		newestWords: desc("documents_newest_words", "1 while this process makes documents with the words that were adopted last, 0 while others are newer: its configuration or its program is old."),
		faulty:      desc("documents_faulty", "Documents that did not pass the check when they were made last: the last good one stands in, or they go without the texts that fail."),
		faults:      desc("document_faults_total", "Documents and texts that did not pass the check."),
	}
}

// Describe implements prometheus.Collector.
func (c *statusCollector) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{c.up, c.writable, c.sources, c.sourceAge, c.articles, c.logSeq, c.marks, c.rejections, c.networkDown, c.documents, c.held, c.bytes, c.following, c.newestWords, c.faulty, c.faults} {
		ch <- d
	}
}

// Collect implements prometheus.Collector.
func (c *statusCollector) Collect(ch chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	if c.served != nil {
		state := c.served.State()
		gauge(c.documents, float64(state.Documents))
		gauge(c.held, float64(state.Held))
		gauge(c.bytes, float64(state.Bytes))
		gauge(c.following, truth(state.Behind == nil))
		gauge(c.newestWords, truth(state.OldWords.IsZero()))
		gauge(c.faulty, float64(len(state.Faulty)))
		ch <- prometheus.MustNewConstMetric(c.faults, prometheus.CounterValue, float64(state.Faults))
	}

	ctx, cancel := context.WithTimeout(context.Background(), c.patience)
	defer cancel()
	gauge(c.writable, truth(c.status.Writable(ctx) == nil))
	sources, err := c.status.Sources(ctx)
	if err != nil {
		gauge(c.up, 0)
		return
	}
	figures, err := c.status.Figures(ctx)
	if err != nil {
		gauge(c.up, 0)
		return
	}
	gauge(c.up, 1)
	count := map[SourceState]int{}
	for _, s := range sources {
		count[s.State]++
		if !s.Succeeded.IsZero() && s.State != SourceDisabled {
			gauge(c.sourceAge, c.now().Sub(s.Succeeded).Seconds(), s.Source.ID)
		}
	}
	for _, state := range sourceStates() {
		gauge(c.sources, float64(count[state]), string(state))
	}
	for language, n := range figures.Articles {
		gauge(c.articles, float64(n), language)
	}
	gauge(c.logSeq, float64(figures.LogSeq))
	gauge(c.marks, float64(figures.Marks))
	gauge(c.networkDown, truth(figures.NetworkDown))
	ch <- prometheus.MustNewConstMetric(c.rejections, prometheus.CounterValue, float64(figures.Rejections))
}

func truth(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
