package flow

import (
	"slices"
	"time"
)

const (
	second = time.Second
	minute = time.Minute
	hour   = time.Hour
	day    = 24 * time.Hour
)

// LookEvery is how often somebody has to look, for the promises to hold.
const LookEvery = 15 * time.Second

// The rules by kind. What waits a while before it is told waits less than its promise, so
// that looking each [LookEvery] keeps it.
var rules = []Rule{
	{Kind: WorkerGone, Title: "No process collects or publishes", Urgency: Page, Promise: minute, Calm: minute, Stops: true},
	{Kind: LeaderGone, Title: "No process starts what is scheduled", Urgency: Page, Promise: minute, Calm: minute, Stops: true},
	{Kind: PublisherGone, Title: "Publications stand still", Urgency: Page, Promise: minute, Calm: 2 * minute, Stops: true},
	{Kind: NoWeb, Title: "No process serves", Urgency: Page, Promise: minute, Calm: minute, Stops: true},
	{Kind: ProcessGone, Title: "A process is gone", Urgency: Ticket, Promise: minute, Calm: minute},
	{Kind: ProcessCrashing, Title: "A process dies again and again", Urgency: Ticket, Within: "three deaths in an hour", Calm: 10 * minute},
	{Kind: TwoPlans, Title: "Two configurations are at work", Urgency: Ticket, Promise: minute, Calm: minute},
	{Kind: TwoVersions, Title: "Two versions are at work", Urgency: Ticket, Promise: minute, Calm: minute},
	{Kind: BadReload, Title: "A configuration could not be taken up", Urgency: Ticket, Within: "at once", Calm: minute},
	{Kind: OldWords, Title: "A process has older words than the others", Urgency: Ticket, Promise: 2 * minute, Calm: minute},

	{Kind: ClockStep, Title: "A clock was set", Urgency: Ticket, Promise: minute, Calm: minute},
	{Kind: ClockSkew, Title: "A clock is wrong", Urgency: Ticket, Promise: minute, Calm: 5 * minute},
	{Kind: DiskFull, Title: "A disk is full", Urgency: Page, Promise: minute, Calm: 2 * minute},
	{Kind: DiskFullSoon, Title: "A disk will be full soon", Urgency: Ticket, Within: "a week before it is full, or under a tenth free", Calm: hour},
	{Kind: InodesLow, Title: "A disk has no room for more files", Urgency: Ticket, Promise: minute, Calm: 10 * minute},
	{Kind: MemoryLow, Title: "A process needs nearly all of its memory", Urgency: Ticket, Promise: minute, Calm: 10 * minute},
	{Kind: FileDescriptors, Title: "A process has nearly all its files open", Urgency: Ticket, Promise: minute, Calm: 10 * minute},
	{Kind: NetworkDown, Title: "Our own network is down", Urgency: Page, Promise: 2 * minute, Calm: 2 * minute, Stops: true},

	{Kind: DatabaseAway, Title: "The database does not answer", Urgency: Page, Promise: minute, Calm: minute, Stops: true},
	{Kind: DatabaseUnwritable, Title: "The database can't be written", Urgency: Page, Promise: minute, Calm: minute, Stops: true},
	{Kind: DatabaseLogLarge, Title: "The database's log grows", Urgency: Ticket, Promise: minute, Calm: 10 * minute},
	{Kind: DatabaseBehind, Title: "The database lacks this version's schema", Urgency: Ticket, Promise: minute, Calm: minute},
	{Kind: Connections, Title: "The database has hardly a connection left", Urgency: Ticket, Promise: minute, Calm: 10 * minute},
	{Kind: RestoreFound, Title: "The database is older than it was", Urgency: Page, Within: "at once", Calm: minute, Stops: true},
	{Kind: BackupOld, Title: "The last backup is old", Urgency: Ticket, Within: "half an interval after it was expected", Calm: minute},

	{Kind: ChannelStuck, Title: "A change is not published", Urgency: Page, Promise: 5 * minute, Calm: minute},
	{Kind: ChannelFailing, Title: "A channel can't be published", Urgency: Ticket, Promise: 5 * minute, Calm: 2 * minute},
	{Kind: DocumentFaulty, Title: "A document does not pass its check", Urgency: Ticket, Promise: minute, Calm: 5 * minute},
	{Kind: ProbeFailing, Title: "The site does not answer readers as it should", Urgency: Page, Within: "two failures", Calm: 10 * minute},
	{Kind: ProbeUnproven, Title: "The site can't be asked from here", Urgency: Note, Within: "two failures", Calm: minute},
	{Kind: ProbeLate, Title: "The site is not asked as readers ask", Urgency: Ticket, Within: "three intervals, at least ten minutes", Calm: minute},
	{Kind: ExportFailing, Title: "The site can't be copied", Urgency: Ticket, Promise: 15 * minute, Calm: minute},
	{Kind: LocaleIncomplete, Title: "A locale lacks words", Urgency: Note, Within: "at once", Calm: minute},
	{Kind: NotifyFailing, Title: "A receiver can't be told", Urgency: Ticket, Within: "two failures", Calm: 5 * minute},

	{Kind: Overdue, Title: "A source is due and is not visited", Urgency: Ticket, Within: "an interval, at least ten minutes and at most an hour", Calm: 2 * minute},
	{Kind: QueueWaiting, Title: "Jobs wait", Urgency: Ticket, Promise: 10 * minute, Calm: 5 * minute},
	{Kind: JobsDiscarded, Title: "Jobs were given up", Urgency: Ticket, Promise: minute, Calm: minute},

	{Kind: SourceFailing, Title: "A source can't be read", Urgency: Ticket, Within: "three visits, at least an hour", Calm: 10 * minute},
	{Kind: SourceNeverSucceeded, Title: "A source could never be read", Urgency: Ticket, Within: "three visits, at least an hour", Calm: minute},
	{Kind: SourceGone, Title: "A source is gone for good", Urgency: Ticket, Within: "the next visit", Calm: minute},
	{Kind: CertificateWrong, Title: "A certificate is not believed", Urgency: Ticket, Within: "the next visit", Calm: minute},
	{Kind: CertificateExpiring, Title: "A certificate expires", Urgency: Ticket, Within: "14 days before", Calm: minute},
	{Kind: HostFailing, Title: "No source of a server can be read", Urgency: Ticket, Within: "three visits, at least an hour", Calm: 10 * minute},
	{Kind: PublisherDark, Title: "No news of a publisher flows", Urgency: Ticket, Within: "three visits, at least an hour", Calm: 10 * minute},
	{Kind: MostFailing, Title: "Most sources can't be read", Urgency: Page, Within: "three visits, at least an hour", Calm: 5 * minute, Stops: true},

	{Kind: SourceSilent, Title: "A source is silent", Urgency: Ticket, Within: "beyond its own rhythm, at least a day", Calm: minute},
	{Kind: SourceSlowing, Title: "A source brings less and less", Urgency: Ticket, Promise: 7 * day, Calm: day},
	{Kind: SourceLate, Title: "A source lists what is not in the feeds", Urgency: Ticket, Within: "two intervals, at least two hours", Calm: 10 * minute},
	{Kind: SourceEmpty, Title: "A source has brought nothing at all", Urgency: Note, Within: "the next visit", Calm: minute},
	{Kind: SourcePaused, Title: "A source is paused", Urgency: Note, Within: "at once", Calm: minute},
	{Kind: LanguageMissing, Title: "A language is gone from a source", Urgency: Ticket, Within: "two visits", Calm: minute},
	{Kind: DocumentCutOff, Title: "A source's document is cut off", Urgency: Ticket, Within: "two visits", Calm: minute},
	{Kind: EntriesUnread, Title: "Entries of a source can't be read", Urgency: Ticket, Within: "two visits", Calm: minute},
	{Kind: WindowPassed, Title: "Notices may have come and gone unseen", Urgency: Ticket, Within: "the next visit", Calm: minute},
	{Kind: QuarantineForgotten, Title: "A source is held and waits for a person", Urgency: Ticket, Promise: day, Calm: minute},
}

// byKind is where the rules are found.
var byKind = func() map[Kind]Rule {
	all := map[Kind]Rule{}
	for _, r := range rules {
		all[r.Kind] = r.complete()
	}
	return all
}()

// Rules returns the rules of all kinds, by what they are of.
func Rules() []Rule {
	all := slices.Clone(rules)
	for i := range all {
		all[i] = all[i].complete()
	}
	return all
}

// RuleOf returns the rule of a kind; ok is false for one that there is not, such as that of
// an incident which another version has stored.
func RuleOf(kind Kind) (rule Rule, ok bool) {
	rule, ok = byKind[kind]
	if !ok {
		return Rule{Kind: kind, Title: string(kind), Urgency: Ticket, Within: "at once", Calm: minute}, false
	}
	return rule, true
}

// complete says a promise in words where it is a time.
func (r Rule) complete() Rule {
	if r.Within == "" {
		r.Within = Lasting(r.Promise)
	}
	return r
}
