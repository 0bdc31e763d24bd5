package publish

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// Ending is the end of a channel that was taken out of the configuration.
type Ending struct {
	// Title is what the channel was called; "" for what it would be called now.
	Title string
	// Ended is when it was taken out.
	Ended time.Time
}

// PublishEnding publishes the last entry of a channel: that it has ended, and where
// to go from there. The log is no longer asked, since the channel is no view of it
// any more; what its last documents hold stays below the entry, so that nobody
// misses what came just before. Publishing the same ending again changes nothing.
func (p *Publisher) PublishEnding(ctx context.Context, channel feeds.Channel, e Ending, counter int64, now time.Time) (res Result, err error) {
	if res, err = p.publishEnding(ctx, channel, e, counter, now); err != nil {
		return res, fmt.Errorf("publish the end of %s: %w", channel, err)
	}
	return res, nil
}

func (p *Publisher) publishEnding(ctx context.Context, channel feeds.Channel, e Ending, counter int64, now time.Time) (res Result, err error) {
	last := map[feeds.Format]feeds.Document{}
	for _, format := range feeds.Formats() {
		if last[format], _, err = p.Store.Document(ctx, feeds.DocumentKey{Channel: channel.String(), Format: format}); err != nil {
			return res, err
		}
	}
	cut, err := p.Composer.Log.LastCut(ctx, channel.String())
	if err != nil {
		return res, err
	}
	f := p.Composer.ending(channel, e, readState(last[feeds.JSONFeed].Body))
	f.Previous = archiveURLs(p.Composer.Site, channel, cut.Archive)
	res.Entries = 1

	var changed []feeds.Document
	for _, format := range feeds.Formats() {
		old := last[format]
		if bytes.Contains(old.Body, []byte(f.Entries[0].Article.ID)) {
			continue
		}
		body, entries, err := endingDocument(f, format, old.Body)
		if err != nil {
			res.Rejected = append(res.Rejected, fmt.Sprintf("%s.%s: %v", channel, format, err))
			continue
		}
		changed = append(changed, feeds.Document{
			DocumentKey: feeds.DocumentKey{Channel: channel.String(), Format: format},
			Body:        body, ETag: feeds.ETag(f.LastSeq, body), Modified: modified(old.Modified, now), LastSeq: f.LastSeq, Entries: entries,
		})
		res.Entries = entries
	}
	res.Changed = len(changed)
	if res.Cleared, err = p.Store.PutDocuments(ctx, channel.String(), changed, counter, now); err != nil {
		return res, fmt.Errorf("store %d documents: %w", len(changed), err)
	}
	return res, nil
}

// state is what the last documents of a channel tell of it.
type state struct {
	Title  string `json:"title"`
	Kairan struct {
		Seq       int64     `json:"seq"`
		Since     int64     `json:"since"`
		Updated   time.Time `json:"updated"`
		Withdrawn []struct {
			ID   string    `json:"id"`
			When time.Time `json:"when"`
			Seq  int64     `json:"seq"`
		} `json:"withdrawn"`
	} `json:"_kairan"`
}

// readState reads a JSON Feed of ours; the zero value of what is none.
func readState(doc []byte) (s state) {
	if json.Unmarshal(doc, &s) != nil {
		return state{}
	}
	return s
}

// ChannelTitle returns the title that a channel's JSON Feed gives it; "" if it gives
// none.
func ChannelTitle(doc []byte) string { return readState(doc).Title }

// ending returns the feed with the last entry alone, and the tombstones that it had.
func (c *Composer) ending(channel feeds.Channel, e Ending, last state) feeds.Feed {
	next := feeds.Channel{Locale: channel.Locale, Kind: feeds.ChannelAll}
	if _, ok := c.Site.Locale(next.Locale); !ok {
		next.Locale = c.Site.DefaultLocale
	}
	w := c.words(channel)
	f := w.feed()
	if e.Title != "" {
		f.Title = e.Title
	}
	f.LastSeq, f.Since, f.Updated = last.Kairan.Seq, last.Kairan.Since, last.Kairan.Updated
	if e.Ended.After(f.Updated) {
		f.Updated = e.Ended
	}
	for _, t := range last.Kairan.Withdrawn {
		f.Gone = append(f.Gone, feeds.Tombstone{ID: t.ID, Slug: feeds.Slug(t.ID), When: t.When, Seq: t.Seq})
	}
	data := map[string]any{"Channel": f.Title}
	text := w.Text("channel.ended", data)
	nextTitle, _ := c.words(next).title()
	f.Entries = []feeds.Entry{{
		Article: feeds.Article{
			ID: feeds.EndingID(c.Site.ID, channel, e.Ended), Language: channel.Locale, Published: e.Ended,
			Title: w.Text("channel.ended.title", data), Summary: text,
			Content: "<p>" + html.EscapeString(text) + `</p><p><a href="` + html.EscapeString(PageURL(c.Site, next)) + `">` + html.EscapeString(nextTitle) + "</a></p>",
		},
		Record:        feeds.Record{Time: e.Ended},
		URL:           PageURL(c.Site, next),
		Title:         w.Text("channel.ended.title", data),
		Direction:     w.Dir(),
		Changed:       e.Ended,
		PublisherName: f.SiteTitle,
		PublisherURL:  c.Site.BaseURL + "/",
	}}
	return f
}

// endingDocument renders the feed with the entries of its last document below its
// own, and returns how many it has. Where they don't fit, such as some that an older
// program wrote, the last entry stands alone.
func endingDocument(f feeds.Feed, format feeds.Format, last []byte) (doc []byte, entries int, err error) {
	alone, err := feeds.Render(f, format)
	if err == nil {
		err = feeds.Check(format, alone)
	}
	if err != nil {
		return nil, 0, err
	}
	if doc, entries, ok := withEntries(alone, format, last); ok && fit(feeds.Check(format, doc)) {
		return doc, entries, nil
	}
	return alone, 1, nil
}

// fit tells whether entries of an earlier document may stand in a new one, by what the
// check says of them there. Older programs did not write an entry's own link last as
// well; that a reader opens another version is better than that it misses a notice.
func fit(err error) bool {
	var faults feeds.Faults
	if err == nil || !errors.As(err, &faults) {
		return err == nil
	}
	return !slices.ContainsFunc(faults, func(f feeds.Fault) bool { return f.Rule != feeds.RuleOwnLink })
}

// withEntries puts the entries of one document behind the only one of another.
func withEntries(alone []byte, format feeds.Format, last []byte) (doc []byte, entries int, ok bool) {
	parts, err := feeds.TakeApart(format, last)
	at := endOfEntry(alone, format)
	if err != nil || at < 0 {
		return nil, 0, false
	}
	between := map[feeds.Format]string{feeds.RSS: "\n    ", feeds.Atom: "\n  ", feeds.JSONFeed: ",\n  "}[format]
	var below bytes.Buffer
	entries = 1
	for i := range parts.All {
		if p := &parts.All[i]; !p.Gone {
			below.WriteString(between)
			below.Write(bytes.TrimSpace(p.Bytes(last)))
			entries++
		}
	}
	return slices.Insert(alone, at, below.Bytes()...), entries, true
}

// endOfEntry returns where the only entry of a document of ours ends; -1 if it has
// none.
func endOfEntry(doc []byte, format feeds.Format) int {
	switch format {
	case feeds.RSS, feeds.Atom:
		// Within an entry these words are escaped.
		end := map[feeds.Format]string{feeds.RSS: "</item>", feeds.Atom: "</entry>"}[format]
		if at := bytes.LastIndex(doc, []byte(end)); at >= 0 {
			return at + len(end)
		}
	case feeds.JSONFeed:
		// Within a text there is a backslash before the quotation mark.
		const items = "\n \"items\": ["
		start := strings.Index(string(doc), items)
		if start < 0 {
			return -1
		}
		list := json.NewDecoder(bytes.NewReader(doc[start+len(items)-1:]))
		var entry json.RawMessage
		if _, err := list.Token(); err != nil || !list.More() || list.Decode(&entry) != nil {
			return -1
		}
		return start + len(items) - 1 + int(list.InputOffset())
	}
	return -1
}
