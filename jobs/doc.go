// Package jobs is what runs, when and how often.
//
// River is the job engine: on SQLite when one machine is enough, on PostgreSQL
// when it isn't. It gives durable jobs, unique jobs, leader election and rescue of
// what a dead worker held; this package has no queue, lock or lease of its own.
// These are the kinds of job, one file each:
//
//   - collect: one per host (see [CollectArgs]). It is a slice of time on that
//     host: it looks before each source whether it is still due, where it hasn't within
//     the last second, starts none after [SliceTime], and snoozes while any remain. Runs
//     that found nothing new it holds for a moment, to record some at once. Since it is
//     unique per host while it waits or runs, requests to one configured host are serial
//     in the whole cluster. A source's failure is a row of its run, never an error of the
//     job.
//   - publish: one per channel (see [PublishArgs]).
//   - export: one in the cluster (see [ExportArgs]), where a target is named: it copies
//     the site there after publications.
//   - remap: one in the cluster (see [RemapArgs]), where the rules or the taxonomy are
//     others than those by which articles are filed: it files all of them anew.
//   - index: one in the cluster (see [IndexArgs]), where articles are stored that searches
//     don't find yet: it brings them into the index, the newest first. Once a day it makes
//     the index one piece.
//   - probe: one in the cluster (see [ProbeArgs]), once a minute, where the plan has a
//     prober: it asks the site's public address as a reader would (publicprobe.go).
//   - learn: each hour, counts the runs of days that are over, and learns of sources when
//     they bring something new (see [LearnArgs]).
//   - maintain: once a day, prunes what is no longer needed: runs, who read which feed,
//     and pages of sources that are configured no more. It takes channels away whose last
//     entry was up for 90 days. A channel that was published and is none of the plan's has ended: that is found
//     whenever a plan is adopted (adopt.go, ending.go).
//
// Jobs are idempotent, and marks carry the truth. The transaction that stores
// articles raises a counter on each channel that their records belong to; the
// publisher raises the channel's revision together with the counter that it read, and
// clears the mark only if the counter has not moved. Documents are made by who serves
// them. What is due is kept with each source. So a job that runs twice, is lost, or dies
// between two steps does no harm: the sweep, each second, enqueues again what is due and
// what is marked.
//
// Who names sources has them visited at once by a process that collects no others
// ([Config.Only]): their hosts' jobs go before those that wait, and what else is due on
// those hosts stays due. A host's job that such a process takes and has no work for ends
// at once, and the sweep of those that collect all enqueues it again.
//
// What a host asks for is heeded: a 429 or 503 ends its slice, max-age, ttl and
// Retry-After move the next visit, and with retry_after_scope: host one source speaks
// for all of its host. A 410 leaves a weekly probe. When nearly no host answers it is
// our own network (outage.go): that is said once, the failures that led to it are taken
// back, and everybody is asked again in a minute. Where a feed, a listing or a sitemap
// leaves out an article amid others, its page is asked, a few a run (probe.go). Where a feed
// has nothing that was known, what it names as older is fetched (older.go); so it is with a
// listing, of which the collector does it (behind.go of package source). Where its articles
// are to have the texts of the pages behind its entries, those of new and changed entries are
// asked, so many a run (fulltext.go).
//
// What more than one visit shows of a source (that it fails, that a language is gone from its
// document, until when its certificate holds) is kept with its state, for who watches (seen.go).
// A paused source is due for nobody but who names it.
//
// What failed is never reported as ok. Of a feed whose entries could not all be read, the
// run is partial: what could be is stored, the number of the others is told, nothing
// counts as missing, and the document is read again at the next visit, which comes as
// soon as ever. Where none could be read the run has failed. A feed that is whole and
// empty is ok, since a list of warnings is empty most of the time.
//
// Of a feed that has changed only what is new or changed in it is read: the store
// remembers which entries it has just as they stand. visit.go fetches, asks the store for
// their digests, and reads the rest; where an entry shares a key with one of them, it reads
// all of the document. What was not read takes part in every rule all the same, since the
// ledger has it in the batch as it is known; a test lets two houses collect the same changing
// feeds, one of them without its memory, and compares all that they know.
//
// Where a feed, or a page that lists, shows nothing any more of what it had, notices may
// have come and gone between two visits: the run says so once, and is partial. The ledger
// finds it out, after the visit was reported: so the validators stay, since no second
// reading would bring anything back, and what the document lacks counts as ever.
//
// A channel whose page shows something else from some time on, although nothing changes, is
// marked when that time has come (lapse.go): its state knows until when what it shows holds.
//
// The sweep is a ticker in each working process and not a periodic job of River:
// it would write a row each second for nothing, and two that run beside each other
// only find that the other's jobs are there already.
//
// While the database can't be written, as on a full disk, nobody is visited, since nothing
// of it could be kept. A patient engine, of a service, waits and goes on by itself, also
// at its start; of others, what a person waits for ends with the error (unwritable.go).
//
// A log that lacks what was seen of it was restored: then sources are collected, and nothing
// is published until somebody has opened a new epoch (restored.go).
//
// What a sweep can't do it says once, and then seldom; what River complains of meanwhile is
// heard where a sweep has not told it (complaints.go). A visit and a publication have names,
// by which logs and traces are joined: the store keeps a visit's with the channels that it
// marks.
//
// # What is not promised
//
// A job may run more than once, and two publishers of one channel may run beside
// each other after a rescue. Redirect targets are limited to one request at a time
// per process, not per cluster. A run that a dead process held is taken up after
// [RescueAfter] and up to half a minute more.
package jobs
