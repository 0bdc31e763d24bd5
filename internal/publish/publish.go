package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// Store keeps finished documents.
type Store interface {
	// Document returns the document of that key; false if there is none.
	Document(ctx context.Context, key feeds.DocumentKey) (feeds.Document, bool, error)
	// PutDocuments stores documents of a channel and clears the channel's mark if
	// its counter still is the one that was read before composing. It tells whether
	// the mark was cleared. The store counts the revisions.
	PutDocuments(ctx context.Context, channel string, docs []feeds.Document, counter int64, now time.Time) (cleared bool, err error)
}

// Publisher composes, renders, checks and keeps channels. It may be used by many
// goroutines at once.
type Publisher struct {
	Composer *Composer
	Store    Store
}

// Result is what became of a publication.
type Result struct {
	// Changed is the number of documents that changed.
	Changed int
	// Entries is the number of entries that the channel has.
	Entries int
	// Cleared tells whether the channel's mark was cleared; it was raised again
	// meanwhile if not, and the channel is to be published once more.
	Cleared bool
	// Rejected are the reasons for which documents, or texts of entries, stayed out:
	// the last good document stays up.
	Rejected []string
}

// Publish publishes the channel: it composes, renders and checks its documents and
// stores those that changed, with the counter of the channel's mark that was read
// before. Now becomes the Last-Modified of what changed.
//
// A document that the checker does not pass is no error: see [Result].Rejected.
func (p *Publisher) Publish(ctx context.Context, channel feeds.Channel, counter int64, now time.Time) (Result, error) {
	f, left, err := p.Composer.compose(ctx, channel)
	if err != nil {
		return Result{}, fmt.Errorf("publish %s: %w", channel, err)
	}
	res := Result{Entries: len(f.Entries), Rejected: left}
	var changed []feeds.Document
	for _, format := range feeds.Formats() {
		body, err := feeds.Render(f, format)
		if err == nil {
			err = feeds.Check(format, body)
		}
		if err != nil {
			res.Rejected = append(res.Rejected, fmt.Sprintf("%s.%s: %v", channel, format, err))
			continue
		}
		key := feeds.DocumentKey{Channel: channel.String(), Format: format}
		old, _, err := p.Store.Document(ctx, key)
		if err != nil {
			return res, fmt.Errorf("publish %s.%s: read the last document: %w", channel, format, err)
		}
		if bytes.Equal(old.Body, body) {
			continue
		}
		changed = append(changed, feeds.Document{
			DocumentKey: key,
			Body:        body,
			ETag:        etag(f.LastSeq, body),
			Modified:    modified(old.Modified, now),
			LastSeq:     f.LastSeq,
			Entries:     len(f.Entries),
		})
	}
	res.Changed = len(changed)
	if res.Cleared, err = p.Store.PutDocuments(ctx, channel.String(), changed, counter, now); err != nil {
		return res, fmt.Errorf("publish %s: store %d documents: %w", channel, len(changed), err)
	}
	return res, nil
}

// etag returns a strong entity tag (RFC 9110 §8.8.3): the sequence of the newest
// record, from which a delta can be told, and a hash of the bytes.
func etag(seq int64, body []byte) string {
	sum := sha256.Sum256(body)
	return fmt.Sprintf(`"%d-%s"`, seq, base64.RawURLEncoding.EncodeToString(sum[:16]))
}

// modified returns the Last-Modified of a document that changes now. It has a
// precision of a second and always grows, or who asks by date alone would miss the
// second of two changes within one second (RFC 9110 §8.8.2.2), or any after a clock
// that was set back.
func modified(before, now time.Time) time.Time {
	t := now.UTC().Truncate(time.Second)
	if !before.IsZero() && !t.After(before) {
		t = before.UTC().Truncate(time.Second).Add(time.Second)
	}
	return t
}
