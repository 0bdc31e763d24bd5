package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/ledger"
)

// Ending is a channel that was taken out of the configuration.
type Ending struct {
	Channel feeds.Channel
	// Title is what its feed was called.
	Title string
	// Ended is when it was taken out. Gone is since when its addresses answer 410;
	// zero while its last entry is up.
	Ended, Gone time.Time
	// Site names the site by which its archives are made ([Reader.SiteOf]); "" if none
	// was kept.
	Site string
}

// Endings returns the channels that have ended.
func (r Reader) Endings(ctx context.Context) (map[feeds.Channel]Ending, error) {
	endings := map[feeds.Channel]Ending{}
	err := r.s.each(ctx, func(rows *sql.Rows) error {
		var e Ending
		var ended, gone int64
		err := rows.Scan(channelName{&e.Channel}, &e.Title, &ended, &gone, &e.Site)
		e.Ended, e.Gone = ledger.FromMillis(ended), ledger.FromMillis(gone)
		endings[e.Channel] = e
		return err
	}, `SELECT channel, title, ended_ms, gone_ms, site FROM endings`)
	if err != nil {
		return nil, fmt.Errorf("read the channels that have ended: %w", err)
	}
	return endings, nil
}

// errEnded says that a channel is noted as ended already.
var errEnded = errors.New("ended already")

// EndChannel notes a channel as ended, with its last documents, and tells whether it
// did: not if it is noted already, if it is not live, or if something changed behind in
// the log since pastChanges was read ([Reader.PastChanges]), which the documents might
// show.
func (db *DB) EndChannel(ctx context.Context, e Ending, documents []feeds.Document, pastChanges int64, now time.Time) (ended bool, err error) {
	rows := make([][]any, len(documents))
	entries := 0
	for i, d := range documents {
		rows[i] = []any{e.Channel.String(), string(d.Format), int64(d.Archive), d.Body, d.LastSeq, int64(d.Entries)}
		entries = max(entries, d.Entries)
	}
	err = db.write(ctx, func(ctx context.Context, s session) error {
		ended = false
		if err := s.lock(ctx, lockLog, ""); err != nil { // so that nothing is erased beside this
			return err
		}
		if n, err := s.pastChanges(ctx); err != nil || n != pastChanges {
			return err
		}
		n, err := s.exec(ctx, `UPDATE channels SET status = 'ended' WHERE channel = $1 AND status = 'live'`, e.Channel.String())
		if err != nil || n == 0 {
			return err
		}
		if n, err = s.exec(ctx, `INSERT INTO endings (channel, title, ended_ms, gone_ms, site)
			VALUES (CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS BIGINT), 0, CAST($4 AS TEXT)) ON CONFLICT (channel) DO NOTHING`,
			e.Channel.String(), ledger.Clean(e.Title), ledger.Millis(e.Ended), e.Site); err != nil {
			return err
		}
		if n == 0 {
			return errEnded
		}
		if err := s.insert(ctx, `INSERT INTO ending_documents (channel, format, archive, body, last_seq, entries)`, rows,
			`ON CONFLICT (channel, format, archive) DO UPDATE SET body = excluded.body, last_seq = excluded.last_seq, entries = excluded.entries`, nil); err != nil {
			return err
		}
		if _, err := s.exec(ctx, `DELETE FROM marks WHERE channel = $1`, e.Channel.String()); err != nil {
			return err
		}
		var seq int64
		if _, err := s.one(ctx, []any{&seq}, `SELECT seq FROM channels WHERE channel = $1`, e.Channel.String()); err != nil {
			return err
		}
		ended = true
		_, err = s.raise(ctx, raise{channel: e.Channel, seq: seq, entries: entries, now: now})
		return err
	})
	if errors.Is(err, errEnded) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("end channel %s: %w", e.Channel, err)
	}
	return ended, nil
}

// EndingDocument returns a document of a channel that has ended, and false if none is
// stored.
func (r Reader) EndingDocument(ctx context.Context, key feeds.DocumentKey) (d feeds.Document, ok bool, err error) {
	d.DocumentKey = key
	ok, err = r.s.one(ctx, []any{&d.Body, &d.LastSeq, &d.Entries},
		`SELECT body, last_seq, entries FROM ending_documents WHERE channel = $1 AND format = $2 AND archive = $3`,
		key.Channel.String(), string(key.Format), int64(key.Archive))
	if err != nil {
		return feeds.Document{}, false, fmt.Errorf("read the last document %s: %w", key.Path(), err)
	}
	if ok {
		d.ETag = feeds.ETag(0, d.LastSeq, d.Body)
	}
	return d, ok, nil
}

// ReviveChannel forgets that a channel has ended. One whose last entry was up goes on
// where it was; of one that was gone everything is made anew.
func (db *DB) ReviveChannel(ctx context.Context, e Ending) error {
	err := db.write(ctx, func(ctx context.Context, s session) error {
		if !e.Gone.IsZero() {
			if err := s.dropChannel(ctx, e.Channel); err != nil {
				return err
			}
		}
		for _, text := range []string{
			`UPDATE channels SET status = 'live' WHERE channel = $1`,
			`DELETE FROM ending_documents WHERE channel = $1`,
			`DELETE FROM endings WHERE channel = $1`,
		} {
			if _, err := s.exec(ctx, text, e.Channel.String()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("revive channel %s: %w", e.Channel, err)
	}
	return nil
}

// BuryChannel takes an ended channel's documents away for good. What is left is its
// state, by which a web process knows how many archives there were.
func (db *DB) BuryChannel(ctx context.Context, channel feeds.Channel, now time.Time) error {
	err := db.write(ctx, func(ctx context.Context, s session) error {
		return s.bury(ctx, channel, now)
	})
	if err != nil {
		return fmt.Errorf("bury channel %s: %w", channel, err)
	}
	return nil
}

func (s session) bury(ctx context.Context, channel feeds.Channel, now time.Time) error {
	for _, text := range []string{
		`UPDATE channels SET status = 'gone', entries = 0 WHERE channel = $1`,
		`DELETE FROM ending_documents WHERE channel = $1`,
		`DELETE FROM marks WHERE channel = $1`,
		`DELETE FROM archives WHERE channel = $1`,
	} {
		if _, err := s.exec(ctx, text, channel.String()); err != nil {
			return err
		}
	}
	if _, err := s.exec(ctx, `UPDATE endings SET gone_ms = $2 WHERE channel = $1`, channel.String(), ledger.Millis(now)); err != nil {
		return err
	}
	_, err := s.raise(ctx, raise{channel: channel, past: true, entries: -1, now: now})
	return err
}

// buryHolding buries the channels that have ended and of which a stored document has one
// of these texts: no log of theirs is left from which it could be written anew. It raises
// the past of the others, whose archives are still composed.
func (s session) buryHolding(ctx context.Context, texts []string, now time.Time) (buried []Buried, err error) {
	holding := map[feeds.Channel]bool{}
	if err := s.each(ctx, func(rows *sql.Rows) error {
		var channel feeds.Channel
		var body sql.RawBytes
		err := rows.Scan(channelName{&channel}, &body)
		holding[channel] = holding[channel] || slices.ContainsFunc(texts, func(t string) bool { return bytes.Contains(body, []byte(t)) })
		return err
	}, `SELECT channel, body FROM ending_documents`); err != nil {
		return nil, err
	}
	for _, channel := range slices.SortedFunc(maps.Keys(holding), feeds.Channel.Compare) {
		state, _, err := Reader{s}.Channel(ctx, channel)
		if err != nil {
			return nil, err
		}
		if holding[channel] {
			b := Buried{ChannelState: state}
			if b.Numbers, err = s.archiveNumbers(ctx, channel); err != nil {
				return nil, err
			}
			buried = append(buried, b)
			err = s.bury(ctx, channel, now)
		} else {
			_, err = s.raise(ctx, raise{channel: channel, seq: state.Seq, past: true, entries: -1, now: now})
		}
		if err != nil {
			return nil, err
		}
	}
	return buried, nil
}

// archiveNumbers returns the numbers of the closed archives of a channel.
func (s session) archiveNumbers(ctx context.Context, channel feeds.Channel) (all []int, err error) {
	err = s.each(ctx, func(rows *sql.Rows) error {
		var n int
		err := rows.Scan(&n)
		all = append(all, n)
		return err
	}, `SELECT n FROM archives WHERE channel = $1 ORDER BY n`, channel.String())
	return all, err
}

// PutSite keeps a site as the one that was adopted last, and returns its name, by which
// [Ending] refers to it. Body is opaque to the store. Sites of which nobody has need any
// more are forgotten.
func (db *DB) PutSite(ctx context.Context, body []byte, now time.Time) (name string, err error) {
	sum := sha256.Sum256(body)
	name = hex.EncodeToString(sum[:16])
	err = db.write(ctx, func(ctx context.Context, s session) error {
		if err := s.insert(ctx, `INSERT INTO sites (digest, body, adopted_ms)`, [][]any{{name, ledger.Clean(string(body)), ledger.Millis(now)}},
			`ON CONFLICT (digest) DO UPDATE SET adopted_ms = excluded.adopted_ms`, nil); err != nil {
			return err
		}
		_, err := s.exec(ctx, `DELETE FROM sites WHERE digest <> $1 AND NOT EXISTS (SELECT 1 FROM endings e WHERE e.site = sites.digest AND e.gone_ms = 0)`, name)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("keep the site: %w", err)
	}
	return name, nil
}

// LastSite returns the name and the body of the site that was adopted last; "" if none
// was kept.
func (r Reader) LastSite(ctx context.Context) (name string, body []byte, err error) {
	var text string
	if _, err := r.s.one(ctx, []any{&name, &text}, `SELECT digest, body FROM sites ORDER BY adopted_ms DESC, digest LIMIT 1`); err != nil {
		return "", nil, fmt.Errorf("read the last site: %w", err)
	}
	return name, []byte(text), nil
}

// SiteOf returns the body of the site by which the archives of a channel that has ended
// are made; nil if none was kept.
func (r Reader) SiteOf(ctx context.Context, channel feeds.Channel) ([]byte, error) {
	var text string
	if _, err := r.s.one(ctx, []any{&text}, `SELECT s.body FROM endings e JOIN sites s ON s.digest = e.site WHERE e.channel = $1`, channel.String()); err != nil {
		return nil, fmt.Errorf("read the site of channel %s: %w", channel, err)
	}
	if text == "" {
		return nil, nil
	}
	return []byte(text), nil
}
