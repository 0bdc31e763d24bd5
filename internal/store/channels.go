package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
)

// A channel's documents are made when they are asked for. What is kept of the channel is
// its revision, which names the state in which they are made, and what they are made of:
// see [feeds.ChannelState].
//
// Revisions are times, so that they serve as the documents' dates of change, and each is
// a second later than the last at least, since such a date has whole seconds: who asks by
// it misses no change, also by a clock that was set back. For the same reason each is later
// than the words that were adopted last.

// revisionStep lies between two revisions of a channel at least, in milliseconds.
const revisionStep = 1000

// Raise closes archives and raises the revision of a channel, both or neither, and
// clears the channel's mark; see [feeds.Raise].
func (db *DB) Raise(ctx context.Context, r feeds.Raise) (out feeds.Raised, err error) {
	err = db.write(ctx, func(ctx context.Context, s session) (err error) {
		out = feeds.Raised{}
		if out.Stored, err = s.closeArchives(ctx, r); err != nil || !out.Stored || r.More {
			return err
		}
		past, err := s.clearMark(ctx, r, &out)
		if err != nil {
			return err
		}
		out.Revision, err = s.raise(ctx, raise{channel: r.Channel, seq: r.Seq, past: past, entries: r.Entries, until: r.Until, now: r.Now, publication: r.Publication})
		return err
	})
	if err != nil {
		return feeds.Raised{}, fmt.Errorf("raise the revision of channel %s: %w", r.Channel, err)
	}
	return out, nil
}

// clearMark clears a channel's mark if nothing came since, and tells whether its past
// changed. It writes before it reads, since what it read could else be of before a mark
// that another transaction is about to commit, which PostgreSQL would then clear unseen.
func (s session) clearMark(ctx context.Context, r feeds.Raise, out *feeds.Raised) (past bool, err error) {
	marked, err := s.exec(ctx, `UPDATE marks SET published_ms = $2 WHERE channel = $1`, r.Channel.String(), ledger.Millis(r.Now))
	if err != nil || marked == 0 {
		out.Cleared = true
		return false, err
	}
	var counter, flagged int64
	var visits string
	if _, err := s.one(ctx, []any{&counter, &flagged, &visits}, `SELECT counter, past, visits FROM marks WHERE channel = $1`, r.Channel.String()); err != nil {
		return false, err
	}
	out.Visits = strings.Fields(visits)
	if out.Cleared = counter == r.Counter; out.Cleared {
		_, err = s.exec(ctx, `UPDATE marks SET published = counter, urgent = 0, past = 0, visits = '' WHERE channel = $1`, r.Channel.String())
	} else {
		_, err = s.exec(ctx, `UPDATE marks SET past = 0 WHERE channel = $1`, r.Channel.String())
	}
	return flagged != 0, err
}

// raise is what is to become of one channel's state.
type raise struct {
	channel feeds.Channel
	seq     int64
	past    bool // archives change too
	entries int  // negative leaves the number, and until
	until   time.Time
	now     time.Time
	// publication names the publication that raises it; "" for none.
	publication string
}

// raise raises a channel's revision and returns it. That its sequence number never goes back keeps what
// [DB.Erase] put at the log's end from being undone by a publication that was at work.
func (s session) raise(ctx context.Context, r raise) (revision int64, err error) {
	if err := s.lock(ctx, lockRevisions, ""); err != nil {
		return 0, err
	}
	adopted, err := s.adopted(ctx)
	if err != nil {
		return 0, err
	}
	floor := max(ledger.Millis(r.now), adopted.Adopted+revisionStep)
	_, err = s.one(ctx, []any{&revision}, `INSERT INTO channels (channel, status, revision, past, seq, since, archives, entries, publication, until_ms)
		VALUES (CAST($1 AS TEXT), 'live', CAST($2 AS BIGINT), 0, CAST($3 AS BIGINT),
			(SELECT coalesce(max(until_seq), 0) FROM archives WHERE channel = $1),
			(SELECT coalesce(max(n), 0) FROM archives WHERE channel = $1), CASE WHEN CAST($4 AS BIGINT) < 0 THEN 0 ELSE $4 END, CAST($6 AS TEXT), CAST($7 AS BIGINT))
		ON CONFLICT (channel) DO UPDATE SET
			revision = CASE WHEN channels.revision + $5 < excluded.revision THEN excluded.revision ELSE channels.revision + $5 END,
			seq = CASE WHEN channels.seq < excluded.seq THEN excluded.seq ELSE channels.seq END, since = excluded.since,
			archives = CASE WHEN channels.status = 'live' THEN excluded.archives ELSE channels.archives END,
			entries = CASE WHEN $4 < 0 THEN channels.entries ELSE excluded.entries END, publication = excluded.publication,
			until_ms = CASE WHEN $4 < 0 THEN channels.until_ms ELSE excluded.until_ms END
		RETURNING revision`,
		r.channel.String(), floor, r.seq, int64(r.entries), int64(revisionStep), r.publication, ledger.Millis(r.until))
	if err != nil || !r.past {
		return revision, err
	}
	_, err = s.exec(ctx, `UPDATE channels SET past = revision WHERE channel = $1`, r.channel.String())
	return revision, err
}

// PublicationOf returns what names the publication that raised a channel's revision to this
// one ([feeds.Raise]); "" if that had no name, or the channel has been raised since.
func (r Reader) PublicationOf(ctx context.Context, channel feeds.Channel, revision int64) (publication string, err error) {
	_, err = r.s.one(ctx, []any{&publication}, `SELECT publication FROM channels WHERE channel = $1 AND revision = $2`, channel.String(), revision)
	if err != nil {
		return "", fmt.Errorf("read the publication of channel %s: %w", channel, err)
	}
	return publication, nil
}

// raisePast raises both revisions of channels at once, without a publication: what was
// shown must be shown no more.
func (s session) raisePast(ctx context.Context, channels []feeds.Channel, now time.Time) error {
	var seq int64
	if _, err := s.one(ctx, []any{&seq}, `SELECT coalesce(max(seq), 0) FROM log`); err != nil {
		return err
	}
	names := make([]string, len(channels))
	for i, c := range channels {
		names[i] = c.String()
	}
	known, err := s.channels(ctx, `SELECT channel FROM channels WHERE status = 'live' AND channel = ANY($1) ORDER BY channel`, names)
	if err != nil {
		return err
	}
	for _, c := range known {
		if _, err := s.raise(ctx, raise{channel: c, seq: seq, past: true, entries: -1, now: now}); err != nil {
			return err
		}
	}
	return nil
}

const channelColumns = `channel, status, revision, past, seq, since, archives, entries`

func scanChannel(rows *sql.Rows) (c feeds.ChannelState, err error) {
	err = rows.Scan(channelName{&c.Channel}, &c.Status, &c.Revision, &c.Past, &c.Seq, &c.Since, &c.Archives, &c.Entries)
	return c, err
}

// channelName reads a channel from its name.
type channelName struct{ channel *feeds.Channel }

// Scan implements [sql.Scanner].
func (n channelName) Scan(value any) error {
	switch name := value.(type) {
	case string:
		return n.channel.UnmarshalText([]byte(name))
	case []byte:
		return n.channel.UnmarshalText(name)
	default:
		return fmt.Errorf("a channel's name is a text, and no %T", value)
	}
}

// channels returns the channels that a query names.
func (s session) channels(ctx context.Context, query string, args ...any) (all []feeds.Channel, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		var c feeds.Channel
		err := rows.Scan(channelName{&c})
		all = append(all, c)
		return err
	}, query, args...)
	return all, err
}

// Channel returns the state of a channel, and false if it was never published.
func (r Reader) Channel(ctx context.Context, channel feeds.Channel) (state feeds.ChannelState, ok bool, err error) {
	err = r.s.each(ctx, func(rows *sql.Rows) (err error) {
		ok = true
		state, err = scanChannel(rows)
		return err
	}, `SELECT `+channelColumns+` FROM channels WHERE channel = $1`, channel.String())
	if err != nil {
		return feeds.ChannelState{}, false, fmt.Errorf("read the state of channel %s: %w", channel, err)
	}
	return state, ok, nil
}

// Channels returns the states of all channels that were ever published.
func (r Reader) Channels(ctx context.Context) (map[feeds.Channel]feeds.ChannelState, error) {
	states := map[feeds.Channel]feeds.ChannelState{}
	err := r.s.each(ctx, func(rows *sql.Rows) error {
		c, err := scanChannel(rows)
		states[c.Channel] = c
		return err
	}, `SELECT `+channelColumns+` FROM channels`)
	if err != nil {
		return nil, fmt.Errorf("read the states of the channels: %w", err)
	}
	return states, nil
}

// Lapsed returns the channels whose pages show something else since a time that has come,
// although nothing changed ([feeds.Raise]), but for those that are marked already.
func (r Reader) Lapsed(ctx context.Context, now time.Time) ([]feeds.Channel, error) {
	lapsed, err := r.s.channels(ctx, `SELECT c.channel FROM channels c LEFT JOIN marks m ON m.channel = c.channel
		WHERE c.until_ms > 0 AND c.until_ms <= $1 AND c.status = 'live' AND coalesce(m.counter = m.published, TRUE) ORDER BY c.channel`, ledger.Millis(now))
	if err != nil {
		return nil, fmt.Errorf("look for channels whose time has run out: %w", err)
	}
	return lapsed, nil
}

// Published returns the states of the channels, the words that were adopted last and the
// epoch, in one reading.
func (db *DB) Published(ctx context.Context) (p feeds.Published, err error) {
	err = db.Snapshot(ctx, func(r Reader) (err error) {
		if p.Channels, err = r.Channels(ctx); err == nil {
			p.Words, err = r.Adopted(ctx)
		}
		if err == nil {
			p.Epoch, err = r.Epoch(ctx)
		}
		return err
	})
	if err != nil {
		return feeds.Published{}, fmt.Errorf("read what is published: %w", db.explained(err))
	}
	return p, nil
}

// DropChannel deletes what is kept of a channel: its state, its archives, its mark.
func (db *DB) DropChannel(ctx context.Context, channel feeds.Channel) error {
	err := db.write(ctx, func(ctx context.Context, s session) error {
		return s.dropChannel(ctx, channel)
	})
	if err != nil {
		return fmt.Errorf("drop channel %s: %w", channel, err)
	}
	return nil
}

func (s session) dropChannel(ctx context.Context, channel feeds.Channel) error {
	for _, text := range []string{
		`DELETE FROM channels WHERE channel = $1`,
		`DELETE FROM ending_documents WHERE channel = $1`,
		`DELETE FROM archives WHERE channel = $1`,
		`DELETE FROM marks WHERE channel = $1`,
	} {
		if _, err := s.exec(ctx, text, channel.String()); err != nil {
			return err
		}
	}
	return nil
}

// The languages of an archive as they are stored.
const everyLanguage = "*"

func packLanguages(languages feeds.Chain) string {
	if languages == nil {
		return everyLanguage
	}
	return strings.Join(languages, " ")
}

func unpackLanguages(packed string) feeds.Chain {
	if packed == everyLanguage || packed == "" {
		return nil
	}
	return strings.Fields(packed)
}

// KnowLanguages notes the languages of a channel's archives that were closed when nobody
// noted them yet.
func (db *DB) KnowLanguages(ctx context.Context, languages map[feeds.Channel]feeds.Chain) error {
	unknown, err := db.read().channels(ctx, `SELECT DISTINCT channel FROM archives WHERE languages = '' ORDER BY channel`)
	if err != nil {
		return fmt.Errorf("look for archives whose languages are not known: %w", err)
	}
	for batch := range slices.Chunk(unknown, 100) {
		err := db.write(ctx, func(ctx context.Context, s session) error {
			for _, c := range batch {
				if l, ok := languages[c]; ok {
					if _, err := s.exec(ctx, `UPDATE archives SET languages = $2 WHERE channel = $1 AND languages = ''`, c.String(), packLanguages(l)); err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("note the languages of archives: %w", err)
		}
	}
	return nil
}

// closeArchives stores the cuts of a raise, and tells whether it did.
func (s session) closeArchives(ctx context.Context, r feeds.Raise) (stored bool, err error) {
	if len(r.Cuts) == 0 {
		return true, nil
	}
	if err := s.lock(ctx, lockLog, ""); err != nil { // so that nobody files behind this
		return false, err
	}
	if n, err := s.pastChanges(ctx); err != nil || n != r.PastChanges {
		return false, err
	}
	epoch, err := Reader{s}.Epoch(ctx)
	if err != nil {
		return false, err
	}
	var archives, until int64
	if _, err := s.one(ctx, []any{&archives, &until}, `SELECT coalesce(max(n), 0), coalesce(max(until_seq), 0) FROM archives WHERE channel = $1`, r.Channel.String()); err != nil {
		return false, err
	}
	rows := make([][]any, len(r.Cuts))
	for i, cut := range r.Cuts {
		if cut.Archive != epoch.NextArchive(int(archives)) || cut.Since != until || cut.Until <= cut.Since {
			return false, nil
		}
		archives, until = int64(cut.Archive), cut.Until
		rows[i] = []any{r.Channel.String(), int64(cut.Archive), cut.Since, cut.Until, ledger.Millis(r.Now), packLanguages(cut.Languages)}
	}
	return true, s.insert(ctx, `INSERT INTO archives (channel, n, since_seq, until_seq, closed_ms, languages)`, rows, ``, nil)
}
