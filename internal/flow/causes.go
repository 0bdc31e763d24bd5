package flow

import (
	"cmp"
	"slices"
)

// What follows from what. While a cause is found, findings of these kinds are not told
// beside it: whoever is on call mends the cause, and they go, or come to light again.
var (
	everything = []Kind{ // of which nothing can be known, or done, without the database
		WorkerGone, LeaderGone, PublisherGone, NoWeb, ProcessGone, ProcessCrashing, TwoPlans, TwoVersions, OldWords,
		ChannelStuck, ChannelFailing, DocumentFaulty, Overdue, QueueWaiting, JobsDiscarded, BackupOld, NotifyFailing, ExportFailing,
		SourceFailing, HostFailing, PublisherDark, MostFailing, SourceSilent, SourceSlowing, SourceLate, QuarantineForgotten,
		WindowPassed, DatabaseLogLarge, DatabaseBehind, Connections, ProbeLate, ProbeUnproven,
	}
	unpublished = []Kind{ChannelStuck, ChannelFailing, ExportFailing}
	uncollected = []Kind{Overdue, QueueWaiting, SourceSilent, SourceSlowing, SourceLate, WindowPassed}

	// causes of the whole.
	causes = map[Kind][]Kind{
		DatabaseAway:       append([]Kind{DatabaseUnwritable}, everything...),
		DatabaseUnwritable: everything,
		RestoreFound:       append([]Kind{PublisherGone}, unpublished...),
		WorkerGone:         slices.Concat([]Kind{LeaderGone, PublisherGone, BackupOld, ProbeLate}, unpublished, uncollected),
		LeaderGone:         slices.Concat([]Kind{PublisherGone, BackupOld, ProbeLate}, uncollected),
		PublisherGone:      unpublished,
		NetworkDown: {
			SourceFailing, SourceNeverSucceeded, HostFailing, PublisherDark, MostFailing, SourceSilent, SourceSlowing, SourceLate,
			CertificateWrong, WindowPassed, ExportFailing, NotifyFailing, ProbeUnproven,
		},
		TwoVersions: {TwoPlans, OldWords},
		TwoPlans:    {OldWords},
		QueueWaiting: {
			SourceSilent, SourceSlowing, WindowPassed,
		},
	}

	// ofOne are causes among findings of one subject.
	ofOne = map[Kind][]Kind{
		DiskFull:            {DiskFullSoon},
		ProcessCrashing:     {ProcessGone},
		CertificateWrong:    {CertificateExpiring, SourceFailing, SourceNeverSucceeded, SourceSilent, SourceSlowing, SourceLate},
		SourceGone:          {SourceFailing, SourceSilent, SourceSlowing, SourceLate, CertificateExpiring, CertificateWrong},
		SourceFailing:       {SourceSilent, SourceSlowing, SourceLate},
		Overdue:             {SourceSilent, SourceSlowing, SourceLate},
		DocumentCutOff:      {EntriesUnread, SourceLate, LanguageMissing, SourceSlowing, SourceSilent},
		EntriesUnread:       {SourceLate, SourceSlowing, SourceSilent},
		LanguageMissing:     {SourceSlowing},
		QuarantineForgotten: {SourceLate, LanguageMissing},
		SourceLate:          {SourceSlowing, SourceSilent},
		SourceSilent:        {SourceSlowing},
		ChannelFailing:      {ChannelStuck},
	}
)

// cover leaves what follows from nothing else, with what each covers.
func cover(found []Finding, o Observation) []Finding {
	owner := map[Key]int{} // by what is covered: the first finding that covers it
	claim := func(k Key, by int) {
		if _, claimed := owner[k]; !claimed && k != found[by].Key() {
			owner[k] = by
		}
	}
	of := map[Subject][]int{}
	for i, f := range found {
		of[f.Subject] = append(of[f.Subject], i)
	}
	for by, cause := range found {
		for _, i := range of[cause.Subject] {
			if slices.Contains(ofOne[cause.Kind], found[i].Kind) {
				claim(found[i].Key(), by)
			}
		}
		for i := range found {
			if !cause.wide() {
				break
			}
			if follows(&found[i], &cause, &o) {
				claim(found[i].Key(), by)
			}
		}
		for _, k := range cause.Covers {
			claim(k, by)
		}
	}
	// What is covered by something covered belongs to the root of it.
	covers := make([][]Key, len(found))
	for k, by := range owner {
		for range found {
			up, covered := owner[found[by].Key()]
			if !covered {
				break
			}
			by = up
		}
		covers[by] = append(covers[by], k)
	}
	var roots []Finding
	for i, f := range found {
		if _, covered := owner[f.Key()]; covered {
			continue
		}
		slices.SortFunc(covers[i], compareKeys)
		f.Covers = covers[i]
		roots = append(roots, f)
	}
	return roots
}

// wide tells whether a finding may have something under it that is of another subject, by the
// tables.
func (f *Finding) wide() bool {
	switch f.Subject.Of {
	case OfService, OfDatabase, OfMachine, OfChannel:
		return true
	}
	return false
}

// follows tells whether a finding follows from another of any subject: by the table, and from
// the few causes that look at more than kinds.
func follows(f, cause *Finding, o *Observation) bool {
	if slices.Contains(causes[cause.Kind], f.Kind) {
		return true
	}
	if cause.Kind == DiskFull {
		return fromFullDisk(f, cause, o)
	}
	switch f.Kind {
	case ProbeFailing:
		return probeFollows(cause.Kind, o.Probe)
	case ProcessGone:
		p := o.process(f.Subject.ID)
		return cause.Kind == WorkerGone && p.works() || cause.Kind == NoWeb && p.serves()
	case CertificateWrong:
		return cause.Kind == ProbeFailing && f.Subject == cause.Subject
	}
	return false
}

// probeFollows tells whether a kind of cause is why the public address is not as it should be.
func probeFollows(cause Kind, p Probe) bool {
	switch cause {
	case WorkerGone, PublisherGone, RestoreFound, ChannelStuck:
		return p.behind()
	case NoWeb:
		return !p.behind()
	case NetworkDown:
		return p.Reason == ProbeUnreachable
	}
	return false
}

// fromFullDisk tells whether a finding follows from a disk that is full: the database's, which
// says which disk.
func fromFullDisk(f, cause *Finding, o *Observation) bool {
	if cause.Urgency != Page || o.Database.Unwritable == nil {
		return false
	}
	return f.Kind == DatabaseUnwritable && o.Database.Cause == "disk-full" || slices.Contains(everything, f.Kind)
}

// process is the process of an id.
func (o Observation) process(id string) Process {
	i := slices.IndexFunc(o.Processes, func(p Process) bool { return p.ID == id })
	if i < 0 {
		return Process{}
	}
	return o.Processes[i]
}

// behind tells whether the probe met what was not published, or not yet.
func (p Probe) behind() bool { return p.Reason == ProbeStale || p.Reason == ProbeMissing }

func compareKeys(a, b Key) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Subject.Of, b.Subject.Of), cmp.Compare(a.Subject.ID, b.Subject.ID))
}
