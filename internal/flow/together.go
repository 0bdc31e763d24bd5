package flow

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

const (
	// darkLong is after how long readers of a publisher notice that nothing comes: a night
	// of maintenance has passed.
	darkLong = 12 * hour
	// Most sources fail if it is half of leastMost or more, on leastHosts or more.
	leastMost  = 10
	leastHosts = 3
	// leastOverdue and a tenth of all sources are so many that it is not about them.
	leastOverdue = 3
)

// unreadable are the kinds by which nothing at all can be read of a source.
func unreadable(k Kind) bool {
	switch k {
	case SourceFailing, SourceNeverSucceeded, SourceGone, CertificateWrong:
		return true
	}
	return false
}

// group is sources that have something in common, and those of them that can't be read.
type group struct {
	sources []*Source
	failing []Finding // one of each source
	words   map[string]int
}

func (g *group) see(s *Source, f *Finding) {
	g.sources = append(g.sources, s)
	if f == nil {
		return
	}
	g.failing = append(g.failing, *f)
	if s.Failing != nil {
		if g.words == nil {
			g.words = map[string]int{}
		}
		g.words[s.Failing.Error]++
	}
}

// all tells whether none of it can be read.
func (g *group) all() bool { return len(g.failing) == len(g.sources) }

// since is when the last of those that fail began to: since then there has been nothing.
func (g *group) since() (t time.Time) {
	for _, f := range g.failing {
		t = latest(t, f.Since)
	}
	return t
}

// error is what most of them say.
func (g *group) error() string {
	most := ""
	for _, text := range slices.Sorted(maps.Keys(g.words)) {
		if most == "" || g.words[text] > g.words[most] {
			most = text
		}
	}
	return quoted(most)
}

func (g *group) keys() (keys []Key) {
	for _, f := range g.failing {
		for _, k := range []Kind{SourceFailing, SourceNeverSucceeded, SourceGone, CertificateWrong} {
			keys = append(keys, Key{k, f.Subject})
		}
	}
	return keys
}

func (g *group) names(of func(*Source) string) []string {
	seen := map[string]bool{}
	for _, s := range g.sources {
		seen[of(s)] = true
	}
	return slices.Sorted(maps.Keys(seen))
}

func hostOf(s *Source) string      { return s.Host }
func publisherOf(s *Source) string { return s.Publisher }

// together says of sources that fail with one another what they have in common: they are
// most of all, or all of a publisher, or all of a server. The first of these that is so
// covers the others.
func (j *judge) together() {
	failing := map[string]*Finding{}
	for i := range j.found {
		if f := &j.found[i]; f.Subject.Of == OfSource && unreadable(f.Kind) && failing[f.Subject.ID] == nil {
			copied := *f
			failing[f.Subject.ID] = &copied
		}
	}
	var whole, broken group
	hosts, publishers := map[string]*group{}, map[string]*group{}
	for i := range j.Sources {
		s := &j.Sources[i]
		if !s.active() {
			continue
		}
		f := failing[s.ID]
		whole.see(s, f)
		if f != nil {
			broken.see(s, f)
		}
		if s.Host != "" {
			in(hosts, s.Host).see(s, f)
		}
		in(publishers, s.Publisher).see(s, f)
	}
	j.overdue(len(whole.sources))
	if j.most(&whole, &broken) {
		return
	}
	told := map[string]bool{} // servers of several publishers
	for _, name := range slices.Sorted(maps.Keys(hosts)) {
		told[name] = j.host(name, hosts[name], publishers)
	}
	for _, name := range slices.Sorted(maps.Keys(publishers)) {
		j.dark(name, publishers[name], told)
	}
}

func in(groups map[string]*group, name string) *group {
	if groups[name] == nil {
		groups[name] = &group{}
	}
	return groups[name]
}

func (j *judge) most(whole, broken *group) bool {
	n, hosts := len(whole.failing), broken.names(hostOf)
	if len(whole.sources) < leastMost || n*2 < len(whole.sources) || len(hosts) < leastHosts {
		return false
	}
	var keys []Key
	for _, h := range hosts {
		keys = append(keys, Key{HostFailing, Subject{OfHost, h}})
	}
	for _, p := range broken.names(publisherOf) {
		keys = append(keys, Key{PublisherDark, Subject{OfPublisher, p}})
	}
	j.add(Finding{Kind: MostFailing, Subject: Subject{Of: OfService}, Since: whole.since(), Covers: append(whole.keys(), keys...),
		What:    fmt.Sprintf("%d of %d sources on %d servers can't be read%s.", n, len(whole.sources), len(hosts), whole.error()),
		Readers: "Readers get hardly anything new.",
		Do:      "They have in common what lies between them and us: look at a proxy or firewall, whether our address is refused (open some from another network), and at the last change of the configuration or version."})
	return true
}

// host tells of a server of several sources none of which can be read; true where several
// publishers are on it.
func (j *judge) host(name string, g *group, all map[string]*group) (shared bool) {
	if !g.all() || len(g.sources) < 2 {
		return false
	}
	publishers := g.names(publisherOf)
	var dark []string
	for _, p := range publishers {
		if all[p].all() {
			dark = append(dark, p)
		}
	}
	j.add(Finding{Kind: HostFailing, Subject: Subject{OfHost, name}, Since: g.since(), Covers: g.keys(), Publishers: publishers, Dark: dark,
		Urgency: either(len(publishers) > 1 && j.age(g.since()) >= darkLong, Page, Ticket),
		What:    fmt.Sprintf("None of the %d sources on %s can be read for %s%s.", len(g.sources), name, Lasting(j.age(g.since())), g.error()),
		Readers: fmt.Sprintf("Readers get nothing new of it (%s).", list(publishers)),
		Do:      "Open the server yourself. If it fails for you too, write to whoever runs it; if not, ask whether our address is refused there."})
	return len(publishers) > 1
}

// dark tells of a publisher none of whose sources can be read.
func (j *judge) dark(name string, g *group, told map[string]bool) {
	since := g.since()
	long := j.age(since) >= darkLong
	hosts := g.names(hostOf)
	if !g.all() || len(g.sources) < 2 && !long || !slices.ContainsFunc(hosts, func(h string) bool { return !told[h] }) {
		return // a shared server is told by itself
	}
	keys := g.keys()
	for _, h := range hosts {
		if !told[h] {
			keys = append(keys, Key{HostFailing, Subject{OfHost, h}})
		}
	}
	what := either(len(g.sources) == 1, "its only source ("+g.sources[0].ID+") can't be read", fmt.Sprintf("none of its %d sources can be read", len(g.sources)))
	j.add(Finding{Kind: PublisherDark, Subject: Subject{OfPublisher, name}, Since: since, Covers: keys, Publishers: []string{name}, Dark: []string{name}, Urgency: either(long, Page, Ticket),
		What:    fmt.Sprintf("No news of %s has flowed for %s: %s, on %s%s.", name, Lasting(j.age(since)), what, list(hosts), g.error()),
		Readers: "Readers of this publisher get nothing new at all.",
		Do:      "Open its site yourself. If it fails for you too, call the publisher; if not, ask whether our address is refused there. \"kairan sources\" says what each source met."})
}

// overdue puts very many overdue sources into one finding.
func (j *judge) overdue(active int) {
	var all []Finding
	for _, f := range j.found {
		if f.Kind == Overdue {
			all = append(all, f)
		}
	}
	if len(all) < max(leastOverdue, active/10) {
		return
	}
	first := slices.MinFunc(all, func(a, b Finding) int { return a.Since.Compare(b.Since) })
	root := Finding{Kind: Overdue, Subject: Subject{Of: OfService}, Since: first.Since, Urgency: either(len(all)*2 >= active, Page, Ticket),
		What:    fmt.Sprintf("%d of %d sources are due, the first for %s (%s), and no process took them up.", len(all), active, Lasting(j.age(first.Since)), strings.TrimPrefix(first.Subject.String(), "source ")),
		Readers: "Readers get what is new later than they could.",
		Do:      "Look at what runs (\"kairan jobs\"). If all of it is busy, run one more \"kairan work\"; if it hangs, restart it."}
	for _, f := range all {
		root.Covers = append(root.Covers, f.Key())
	}
	j.add(root)
}
