package flow

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

const (
	// stuckPatience is how long a change may wait for its publication; see [ChannelStuck].
	stuckPatience = 4*minute + 30*second
	// failingPatience is how long a channel may fail to be published, since the next attempt
	// often does.
	failingPatience = 2 * minute
	// manyChannels are told as one.
	manyChannels = 5
)

func (j *judge) channels() {
	var stuck, failing []Finding
	for _, c := range j.Channels {
		subject := Subject{OfChannel, c.Name}
		if f := c.Failing; f != nil && f.Count >= 2 && j.age(f.Since) >= failingPatience {
			failing = append(failing, Finding{Kind: ChannelFailing, Subject: subject, Since: f.Since, Urgency: either(c.Urgent, Page, Ticket),
				What:    fmt.Sprintf("Channel %s could not be published %d times in a row, for %s%s.", c.Name, f.Count, Lasting(j.age(f.Since)), quoted(f.Error)),
				Readers: either(c.Urgent, "Readers of this channel miss an urgent notice.", "Readers of this channel get its last good state."),
				Do:      "Look at it on the operators' page of channels, mend what it says, and republish it there."})
			continue
		}
		if wait := j.age(c.Waiting); !c.Waiting.IsZero() && j.age(latest(c.Waiting, j.Hindered.Jobs, j.Hindered.Publishing)) >= stuckPatience {
			stuck = append(stuck, Finding{Kind: ChannelStuck, Subject: subject, Since: c.Waiting,
				What:    fmt.Sprintf("Channel %s has had a change that is not published for %s.", c.Name, Lasting(wait)),
				Readers: "Readers of this channel miss what is stored already.",
				Do:      "Look at its job (\"kairan jobs\"), and republish it on the operators' page of channels."})
		}
	}
	j.many(failing, "channels can't be published", "Look at what they have in common on the operators' page of channels: the newest notice, a locale, or the last change of the configuration.")
	j.many(stuck, "channels have changes that are not published", "Look at the running jobs (\"kairan jobs\"), then restart \"kairan work\" (or \"serve\").")
}

// many adds findings of one kind about channels, as one where they are very many.
func (j *judge) many(found []Finding, what, do string) {
	if len(found) <= manyChannels {
		for _, f := range found {
			j.add(f)
		}
		return
	}
	first := slices.MinFunc(found, func(a, b Finding) int { return a.Since.Compare(b.Since) })
	all := Finding{Kind: first.Kind, Subject: Subject{Of: OfService}, Since: first.Since, Do: do,
		What:    fmt.Sprintf("%d %s, the first for %s.", len(found), what, Lasting(j.age(first.Since))),
		Readers: "Readers of these channels miss what is stored already."}
	for _, f := range found {
		all.Covers = append(all.Covers, f.Key())
		if f.Urgency == Page {
			all.Urgency = Page
		}
	}
	j.add(all)
}

func (j *judge) locales() {
	for _, l := range j.Locales {
		if l.Missing > 0 {
			j.add(Finding{Kind: LocaleIncomplete, Subject: Subject{OfLocale, l.Tag},
				What:    fmt.Sprintf("Locale %s lacks %s.", l.Tag, count(l.Missing, "message")),
				Readers: "Readers of this locale meet these words in another language.",
				Do:      "\"kairan locales export " + l.Tag + "\" writes what is to be translated."})
		}
	}
}

const (
	queuePatience   = 9 * minute // of a job that could run
	networkPatience = minute
	exportPatience  = 10 * minute
	exportLong      = hour // after so long who reads the copy notices
)

func (j *judge) jobs() {
	q := j.Queue
	if wait := j.age(q.Oldest); q.Waiting > 0 && !q.Oldest.IsZero() && j.age(latest(q.Oldest, j.Hindered.Jobs)) >= queuePatience {
		j.add(Finding{Kind: QueueWaiting, Subject: Subject{Of: OfService}, Since: q.Oldest,
			What:    fmt.Sprintf("%s for a process, the oldest for %s.", few(q.Waiting, "job", "waits", "wait"), Lasting(wait)),
			Readers: "Readers get news later than they could.",
			Do:      "Look at what runs (\"kairan jobs\"). If all of it is busy, run one more \"kairan work\"; if it hangs, restart it."})
	}
	if q.Discarded > 0 {
		j.add(Finding{Kind: JobsDiscarded, Subject: Subject{Of: OfService},
			What:    fmt.Sprintf("%s given up after many attempts.", few(q.Discarded, "job", "was", "were")),
			Readers: "Readers may miss what they were to do.",
			Do:      "\"kairan jobs\" says why. Mend that, then retry or delete them at /queue/."})
	}
	if down := j.Network.Down; !down.IsZero() && j.age(down) >= networkPatience {
		read := j.readByNetwork()
		j.add(Finding{Kind: NetworkDown, Subject: Subject{Of: OfService}, Since: down, Urgency: either(read, Page, Ticket),
			What: fmt.Sprintf("Hardly any host has been reached for %s: it is our own network.", Lasting(j.age(down))),
			Readers: either(read, "Readers get the feeds as they are, and nothing new. No source is blamed for it.",
				"Readers get what stands in folders alone: no source that needs the network was ever read. No source is blamed for it."),
			Do: "Look at the machine's network: its names (\"getent hosts example.org\"), its route, a firewall or a proxy. All sources are asked again each minute."})
	}
}

// readByNetwork tells whether a source that needs the network was ever read. Where none was,
// such as where the program is tried out without a network, readers miss nothing that they
// had, and nobody is woken.
func (j *judge) readByNetwork() bool {
	return slices.ContainsFunc(j.Sources, func(s Source) bool { return !s.Folder && !s.Success.IsZero() })
}

// site is how the whole is seen from outside, and what is kept of it.
func (j *judge) site() {
	j.probe()
	if f := j.Export.Failing; f != nil && f.Count >= 2 && j.age(f.Since) >= exportPatience {
		last := "never"
		if !j.Export.Last.IsZero() {
			last = "last " + Lasting(j.age(j.Export.Last)) + " ago"
		}
		j.add(Finding{Kind: ExportFailing, Subject: Subject{Of: OfExport}, Since: f.Since, Urgency: either(j.age(f.Since) >= exportLong, Page, Ticket),
			What:    fmt.Sprintf("The site could not be copied %d times in a row, for %s%s; it was %s.", f.Count, Lasting(j.age(f.Since)), quoted(f.Error), last),
			Readers: "Readers who are served from the copy get nothing new.",
			Do:      "\"kairan check --export TARGET\" says what is wrong with the target. It is tried again by itself."})
	}
	if r := j.Restore; !r.Found.IsZero() {
		j.add(Finding{Kind: RestoreFound, Subject: ofDatabase(), Since: r.Found,
			What:    fmt.Sprintf("The database ends at record %d, and %d was seen before: it was restored from a backup and no new epoch was opened. Publishing has stopped.", r.Has, r.Remembered),
			Readers: "Readers get the feeds as they are; with publishing on, partners would miss records.",
			Do:      "Run \"kairan epoch --reason TEXT\". If another database was meant, point storage at that."})
	}
	if b := j.Backup; b.Every > 0 && (b.Last.IsZero() || j.age(b.Last) > b.Every+b.Every/2) {
		j.add(Finding{Kind: BackupOld, Subject: ofDatabase(), Since: either(b.Last.IsZero(), j.At, b.Last.Add(b.Every)),
			What: either(b.Last.IsZero(), fmt.Sprintf("There is no backup of the database, and one is expected every %s.", Lasting(b.Every)),
				fmt.Sprintf("The last backup of the database is %s old, and one is expected every %s.", Lasting(j.age(b.Last)), Lasting(b.Every))),
			Readers: "Readers notice nothing; what is lost with the disk is lost.",
			Do:      "Look why it was not made, and make one now: \"kairan backup FILE\"."})
	}
}

func (j *judge) probe() {
	p, subject := j.Probe, Subject{OfService, "probe"}
	asked := either(p.Document == "", "", ", asked for "+p.Document+",")
	if f := p.Failing; f != nil && f.Count >= 2 {
		what, do := probeWords(p.Reason)
		j.add(Finding{Kind: ProbeFailing, Subject: subject, Since: f.Since,
			What:    fmt.Sprintf("The public address%s %s, %d times in a row for %s%s.", asked, what, f.Count, Lasting(j.age(f.Since)), quoted(f.Error)),
			Readers: readersOfProbe(p.Reason),
			Do:      do})
	}
	if f := p.Unproven; f != nil && f.Count >= 2 {
		j.add(Finding{Kind: ProbeUnproven, Subject: subject, Since: f.Since,
			What:    fmt.Sprintf("The public address%s has never answered from here as it should%s, so that nobody knows what readers get.", asked, quoted(f.Error)),
			Readers: "Readers may notice nothing: it may be that there is no way from here to the address.",
			Do:      "Set probe.url in kairan.yaml to an address by which this machine reaches the site as readers do, or turn the probe off there."})
	}
	if late := j.age(latest(p.Last, j.Hindered.Jobs)); p.Every > 0 && !p.Last.IsZero() && late > max(3*p.Every, 10*minute) {
		j.add(Finding{Kind: ProbeLate, Subject: subject, Since: p.Last.Add(p.Every),
			What:    fmt.Sprintf("The public address was asked last %s ago, and is to be each %s.", Lasting(j.age(p.Last)), Lasting(p.Every)),
			Readers: "Readers notice nothing; nobody here would learn that the site does not answer.",
			Do:      "Look at what runs (\"kairan jobs\"), and in the log of \"work\" (or \"serve\") for why its job does not."})
	}
	if p.Reason == ProbeCertificate && p.Failing != nil && p.Certificate.Wrong == "" {
		return // what the certificate was is not known any longer
	}
	j.certificate(p.Certificate, subject, "the public address", nil)
}

// probeWords say what the probe met, and what to do about it.
func probeWords(reason ProbeReason) (what, do string) {
	switch reason {
	case ProbeUnreachable:
		return "could not be reached", "Look at the web server or balancer in front, at its names and its certificate, and whether a \"web\" or \"serve\" lives (\"kairan status\")."
	case ProbeStatus:
		return "answered with an error", "Look at the logs of the web server in front and of \"web\" or \"serve\" for this time."
	case ProbeInvalid:
		return "answered with a document that is not valid", "Ask for it yourself. If it is another one than at the process's own address, it is changed on its way: look at the web server or CDN in front."
	case ProbeStale:
		return "answered with an old document", "Compare it with the process's own address. If that is newer, clear the cache in front; else look at the channels (\"kairan status\")."
	case ProbeMissing:
		return "answered without the newest article that it must have", "Compare it with the process's own address. If that has it, clear the cache in front; else look at the channels (\"kairan status\")."
	case ProbeIDsChanged:
		return "answered with other ids for known articles", "Undo what was changed last before more readers see them all as new: look at site.id, and whether the database was replaced."
	case ProbeCertificate:
		return "has a certificate that is not believed", "Renew it at the web server or balancer in front, and look why that did not happen by itself."
	}
	return "did not pass the probe", "Ask for it yourself, and look at the logs of \"web\" or \"serve\"."
}

func readersOfProbe(reason ProbeReason) string {
	switch reason {
	case ProbeUnreachable, ProbeStatus, ProbeCertificate:
		return "Readers get no feeds."
	case ProbeIDsChanged:
		return "Readers see old notices as new ones."
	case ProbeInvalid:
		return "Readers' programs may not read the feed."
	}
	return "Readers miss what is published already."
}

const (
	certificateSoon = 14 * day
	certificateNow  = 3 * day // for our own
)

// certificate judges a server's certificate: our own, or that of sources.
func (j *judge) certificate(c Certificate, subject Subject, of string, publishers []string) {
	own := subject.Of == OfService
	do := either(own, "Renew it at the web server or balancer in front, and look why that did not happen by itself.",
		"Write to whoever runs that server. Don't turn checking off: anybody could put news in its place.")
	if c.Wrong != "" {
		j.add(Finding{Kind: CertificateWrong, Subject: subject, Urgency: either(own, Page, Ticket), Publishers: publishers,
			What:    fmt.Sprintf("The certificate of %s is not believed%s.", of, quoted(c.Wrong)),
			Readers: either(own, "Readers' programs refuse to ask for the feeds.", "Readers miss what is new there."),
			Do:      do})
		return
	}
	left := c.Until.Sub(j.At)
	if c.Until.IsZero() || left > certificateSoon {
		return
	}
	expires := either(left > 0, "expires in "+Lasting(left), "expired "+Lasting(left)+" ago")
	j.add(Finding{Kind: CertificateExpiring, Subject: subject, Since: c.Until.Add(-certificateSoon), Publishers: publishers,
		Urgency: either(own && left < certificateNow, Page, Ticket),
		What:    fmt.Sprintf("The certificate of %s %s.", of, expires),
		Readers: either(own, "Readers notice nothing until then; after it their programs refuse to ask for the feeds.", "Readers notice nothing until then; after it nothing new can be read there."),
		Do:      do})
}

// localeOf is the locale of a channel or a document, as it stands in its name.
func localeOf(name string) string {
	tag, _, _ := strings.Cut(strings.TrimPrefix(name, "/"), "/")
	return tag
}

// elapsed is how much of a time from one moment to another lies in the span.
func (s Span) elapsed(from, until time.Time) time.Duration {
	if s.From.After(from) {
		from = s.From
	}
	if s.Until.Before(until) {
		until = s.Until
	}
	return max(0, until.Sub(from))
}
