package jobs

import (
	"net/url"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/normalize"
	"github.com/kairan-news/kairan/internal/probe"
	"github.com/kairan-news/kairan/internal/publish"
	"github.com/kairan-news/kairan/internal/source"
)

// Plan is the configuration as the jobs work by it. It does not change; a reload
// of the configuration puts another in its place.
type Plan struct {
	Site      *feeds.Site
	Collector *source.Collector
	Mapper    *normalize.Mapper
	Publisher *publish.Publisher
	// Secure takes note of the hosts that answer the collector by https; nil for nobody.
	Secure *SecureHosts
	// Certificates takes note of the certificates of hosts that answer the collector; nil for
	// nobody.
	Certificates *Certificates
	// Probe asks the site's public address as a reader would; nil for none.
	Probe *probe.Prober
	// Quiet returns the days around a time on which nothing is expected of a publisher; nil
	// for none.
	Quiet func(publisher string, now time.Time) []flow.Span
	// Pause is kept between two requests to one host; 0 for none.
	Pause time.Duration
	// Fingerprint tells configurations and programs apart that publish different
	// documents from the same data.
	Fingerprint string
	// Look tells configurations apart whose pages differ where documents don't.
	Look string
	// RulesFingerprint tells configurations apart that file articles otherwise.
	RulesFingerprint string

	targets map[string]target   // by source
	hosts   map[string][]string // sources by host, in the order of the configuration
	order   []string            // sources in the order of the configuration
	all     []*feeds.Source     // disabled ones too

	editions map[string]string // what sources have in common that are editions of each other
}

// target is what is needed to collect one source.
type target struct {
	source    *feeds.Source
	publisher *feeds.Publisher
	schedule  cron.Schedule
	choice    normalize.Choice
	host      string
}

// Planned is one source with its schedule, and with what is said of its entries.
type Planned struct {
	Source   *feeds.Source
	Schedule cron.Schedule
	// Choice is [normalize.ChoiceOf] the source; the zero value takes all entries as they are.
	Choice normalize.Choice
}

// NewPlan returns a plan for these sources; disabled ones are left out, and with
// offline all that need a network.
func NewPlan(p Plan, sources []Planned, offline bool) *Plan {
	p.targets, p.hosts = make(map[string]target, len(sources)), map[string][]string{}
	p.all, p.order = make([]*feeds.Source, 0, len(sources)), make([]string, 0, len(sources))
	publishers := map[string]*feeds.Publisher{}
	for _, planned := range sources {
		s := planned.Source
		p.all = append(p.all, s)
		if s.Disabled || offline && s.Kind != feeds.KindFolder {
			continue
		}
		publisher, ok := publishers[s.Publisher]
		if !ok {
			known, _ := p.Site.Publisher(s.Publisher)
			if known.Location == nil {
				known.Location = time.UTC
			}
			publisher = &known
			publishers[s.Publisher] = publisher
		}
		host := Host(*s)
		p.targets[s.ID] = target{s, publisher, planned.Schedule, planned.Choice, host}
		p.hosts[host] = append(p.hosts[host], s.ID)
		p.order = append(p.order, s.ID)
	}
	p.editions = normalize.Editions(p.all)
	return &p
}

// Sources returns the ids of the sources that are collected, in the order of the
// configuration.
func (p *Plan) Sources() []string { return p.order }

// Has reports whether the source is collected.
func (p *Plan) Has(id string) bool { _, ok := p.targets[id]; return ok }

// configured returns the ids of all sources, be they collected or not.
func (p *Plan) configured() []string {
	ids := make([]string, len(p.all))
	for i, s := range p.all {
		ids[i] = s.ID
	}
	return ids
}

// next returns when the schedule has the source visited after t, by the clocks of
// its publisher.
func (v target) next(t time.Time) time.Time {
	return v.schedule.Next(t.In(v.publisher.Location))
}

// Host returns what a source's requests are serialized by: the host and port of
// its address, or the folder's path.
func Host(s feeds.Source) string {
	if s.Kind == feeds.KindFolder {
		return "folder " + s.Path
	}
	u, err := url.Parse(s.URL)
	if err != nil {
		return s.URL
	}
	port := u.Port()
	if port == "" {
		if port = "443"; u.Scheme == "http" {
			port = "80"
		}
	}
	return strings.ToLower(u.Hostname()) + ":" + port
}
