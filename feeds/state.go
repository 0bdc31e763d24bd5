package feeds

import "time"

// ChannelStatus says what became of a channel.
type ChannelStatus string

// The statuses of a channel.
const (
	// ChannelLive is a channel that a site publishes.
	ChannelLive ChannelStatus = "live"
	// ChannelEnded is one that was taken out of the configuration, and whose last entry
	// is up.
	ChannelEnded ChannelStatus = "ended"
	// ChannelGone is one of which nothing is left but its name.
	ChannelGone ChannelStatus = "gone"
)

// ChannelState is what is kept of a channel: enough to know whether a document that
// somebody holds is still the present one, and what to compose it of. The documents
// themselves are made from the log when they are asked for.
type ChannelState struct {
	Channel Channel
	Status  ChannelStatus
	// Revision names a state of the live document. It is the time at which it was
	// raised, in milliseconds of Unix time, and grows by a second at least with each
	// change, so that none comes twice and the times of two, in whole seconds, differ.
	// 0 stands for a channel that was never published.
	Revision int64
	// Past is the revision as of which something changed that closed archives show: an
	// article was erased, or has other categories, terms, another link, source or language.
	// It is at most Revision; 0 if nothing did.
	Past int64
	// Seq is the newest record of the log that the live document is composed of, and
	// Since the record behind which it begins: the last cut.
	Seq, Since int64
	// Archives is the number of the newest archive, 0 if none is closed: as many as there
	// are in the first [Epoch]. It stays when they are gone with their channel.
	Archives int
	// Entries is how many entries the live document has, or a number above 0 that is
	// near it: an empty channel is not advertised.
	Entries int
}

// Published is what a site publishes, in one reading.
type Published struct {
	// Channels are those that were ever published.
	Channels map[Channel]ChannelState
	// Words are those that were adopted last.
	Words AdoptedWords
	// Epoch is the life of the log.
	Epoch Epoch
}

// AdoptedWords name what documents are made with besides the log: the configuration of
// the site, the messages of its locales, and the program.
type AdoptedWords struct {
	// Digest tells them apart from others; "" if none were adopted yet.
	Digest string
	// Adopted is since when they are in force, in milliseconds of Unix time.
	Adopted int64
}

// Raise is a channel that is published.
type Raise struct {
	Channel Channel
	// Counter is that of the channel's mark, as it was read before the log was.
	Counter int64
	// Seq is the record up to which the live document is composed, and Entries how many
	// entries it has, or nearly.
	Seq     int64
	Entries int
	// Until is when the channel's page shows something else although nothing changed
	// ([Site.UrgentUntil]): then it is to be published anew. The zero time is never.
	Until time.Time
	// Cuts are archives to close, in their order, unless something changed behind in the
	// log since PastChanges was read.
	Cuts        []Cut
	PastChanges int64
	// More says that there is more to close: the archives are closed, and the revision
	// and the mark stay.
	More bool
	Now  time.Time
	// Publication names the publication in logs and traces; "" leaves it without a name.
	Publication string
}

// Raised is what a [Raise] came to.
type Raised struct {
	// Stored reports whether it was done: not if an archive was to be closed that is not the
	// next one, or if the past changed.
	Stored bool
	// Cleared reports whether the channel's mark was cleared; it was raised again
	// meanwhile if not, and the channel is to be published once more.
	Cleared bool
	// Revision is the channel's new one; 0 if it was not raised.
	Revision int64
	// Visits name those that the channel was marked by; see [Raise.Publication]. They may
	// not be all: of many that come between two publications the first some are kept. What
	// came while the channel was published is there, and comes again with the next.
	Visits []string
}
