package flow

// The kinds of fault, by what they are of. [Rules] says what holds for each.
const (
	// Processes.
	WorkerGone      Kind = "worker-gone"      // no process collects and publishes
	LeaderGone      Kind = "leader-gone"      // none of them starts what is scheduled
	PublisherGone   Kind = "publisher-gone"   // they live, and nothing is published
	NoWeb           Kind = "no-web"           // no process serves
	ProcessGone     Kind = "process-gone"     // one is gone, and others do its duty
	ProcessCrashing Kind = "process-crashing" // it dies again and again
	TwoPlans        Kind = "two-plans"
	TwoVersions     Kind = "two-versions"
	BadReload       Kind = "bad-reload"
	OldWords        Kind = "old-words"

	// Machines.
	ClockStep       Kind = "clock-step"
	ClockSkew       Kind = "clock-skew"
	DiskFull        Kind = "disk-full"
	DiskFullSoon    Kind = "disk-full-soon"
	InodesLow       Kind = "inodes"
	MemoryLow       Kind = "memory"
	FileDescriptors Kind = "file-descriptors"
	NetworkDown     Kind = "network-down"

	// The database.
	DatabaseAway       Kind = "database-away"
	DatabaseUnwritable Kind = "database-unwritable"
	DatabaseLogLarge   Kind = "database-log-large"
	DatabaseBehind     Kind = "database-behind"
	Connections        Kind = "connections"
	RestoreFound       Kind = "restore-found"
	BackupOld          Kind = "backup-old"

	// What is published, and how it is seen.
	ChannelStuck     Kind = "channel-stuck"
	ChannelFailing   Kind = "channel-failing"
	DocumentFaulty   Kind = "document-faulty"
	ProbeFailing     Kind = "probe-failing"
	ProbeUnproven    Kind = "probe-unproven" // nobody knows whether it can be asked from here
	ProbeLate        Kind = "probe-late"     // it is not asked
	ExportFailing    Kind = "export-failing"
	LocaleIncomplete Kind = "locale-incomplete"
	NotifyFailing    Kind = "notify-failing"

	// Jobs.
	Overdue       Kind = "overdue"       // due, and no worker took it up
	QueueWaiting  Kind = "queue-waiting" // jobs that could run do not
	JobsDiscarded Kind = "jobs-discarded"

	// Sources that can't be read, one by one and together.
	SourceFailing        Kind = "source-failing"
	SourceNeverSucceeded Kind = "source-never-succeeded"
	SourceGone           Kind = "source-gone"
	CertificateWrong     Kind = "certificate-wrong"
	CertificateExpiring  Kind = "certificate-expiring"
	HostFailing          Kind = "host-failing"   // all sources of a server
	PublisherDark        Kind = "publisher-dark" // all sources of a publisher
	MostFailing          Kind = "most-failing"   // most of all sources

	// Sources that are read, and of which something is missing.
	SourceSilent        Kind = "source-silent"
	SourceSlowing       Kind = "source-slowing"
	SourceLate          Kind = "source-late"
	SourceEmpty         Kind = "source-empty"
	SourcePaused        Kind = "source-paused"
	LanguageMissing     Kind = "language-gone"
	DocumentCutOff      Kind = "document-cut-off"
	EntriesUnread       Kind = "entries-unread"
	WindowPassed        Kind = "window-passed"
	QuarantineForgotten Kind = "quarantine-forgotten"
)
