package probe

import (
	"crypto/tls"
	"errors"
	"fmt"
	"mime"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/feeds/check"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/flow"
)

// Grace is how much longer than caches may keep an answer a document may take to reach
// readers.
const Grace = 5 * time.Minute

// Answer is what came from the public address.
type Answer struct {
	// URL is the address that was asked.
	URL string
	// Response is nil where nobody answered; Err is why there is no document, beside a
	// response or without.
	Response *fetch.Response
	Err      error
}

// Expectation is what a document must be, by our own log.
type Expectation struct {
	Format feeds.Format
	// Feed is the channel as it is now.
	Feed feeds.Feed
	// Must is the newest record of the log that readers must have, and Since when it was
	// published; zero for none.
	Must Rung
	// MaxAge is how long caches may keep an answer.
	MaxAge time.Duration
	// Known are the ids that the channel had.
	Known Known
	Now   time.Time
}

// Verdict is what is wrong with an answer, if anything is.
type Verdict struct {
	// Reason is "" where all is well.
	Reason flow.ProbeReason
	// What is wrong, in a sentence without its full stop.
	What string
	// Document is the answer's; the zero value where it could not be read.
	Document Document
	// Certificate is that of the public address.
	Certificate flow.Certificate
	// Elsewhere is the address on another host that readers are sent to; "" if they aren't.
	Elsewhere string
}

// Check tells what is wrong with an answer: the first of what a reader would meet.
func Check(a Answer, e Expectation) Verdict {
	var v Verdict
	v.Certificate, v.Elsewhere = certificate(a), elsewhere(a)
	v.Reason, v.What = answered(a)
	if v.Reason == "" {
		v.Reason, v.What = wellFormed(a, e.Format)
	}
	if v.Reason == "" {
		document, err := Read(e.Format, a.Response.Body)
		if err != nil {
			v.Reason, v.What = flow.ProbeInvalid, fmt.Sprintf("%s can't be read: %v", a.URL, err)
			return v
		}
		v.Document = document
		v.Reason, v.What = held(a, document, e)
	}
	return v
}

// answered tells whether a document came.
func answered(a Answer) (flow.ProbeReason, string) {
	if a.Err == nil {
		return "", ""
	}
	failed, ok := errors.AsType[*fetch.Error](a.Err)
	if !ok {
		return flow.ProbeUnreachable, fmt.Sprintf("%s could not be asked: %v", a.URL, a.Err)
	}
	what := a.URL + ": " + failed.What
	if failed.Cause != nil {
		what += ": " + shortened(failed.Cause.Error())
	}
	switch failed.Kind {
	case fetch.KindPrivateAddress:
		what += "; if readers have it from within too, name it in probe.allow_private"
	case fetch.KindTLS:
		if _, wrong := errors.AsType[*tls.CertificateVerificationError](failed.Cause); wrong {
			return flow.ProbeCertificate, what
		}
	case fetch.KindHTTPStatus, fetch.KindUnasked304, fetch.KindBotWall, fetch.KindRedirectLoop, fetch.KindTooManyRedirects, fetch.KindRedirectInvalid:
		return flow.ProbeStatus, what
	case fetch.KindEmpty, fetch.KindTooLarge, fetch.KindTruncated, fetch.KindEncoding:
		return flow.ProbeInvalid, what
	}
	return flow.ProbeUnreachable, what
}

// wellFormed tells whether a document is one of the format.
func wellFormed(a Answer, format feeds.Format) (flow.ProbeReason, string) {
	want, _, _ := mime.ParseMediaType(format.MediaType())
	if got, _, err := mime.ParseMediaType(a.Response.ContentType); err != nil || got != want {
		return flow.ProbeInvalid, fmt.Sprintf("%s answered %d with %q in the place of a feed (%s)", a.URL, a.Response.Status, a.Response.ContentType, want)
	}
	if err := check.Document(format, a.Response.Body); err != nil {
		return flow.ProbeInvalid, fmt.Sprintf("%s is no valid feed: %s", a.URL, shortened(err.Error()))
	}
	return "", ""
}

// held holds a document against our own log, and against what it was before.
func held(a Answer, d Document, e Expectation) (flow.ProbeReason, string) {
	switch {
	case e.Known.Feed != "" && d.ID != e.Known.Feed && d.ID == e.Feed.ID:
		return flow.ProbeIDsChanged, fmt.Sprintf("the feed at %s has another id than before: %s in the place of %s", a.URL, d.ID, e.Known.Feed)
	case d.ID != e.Feed.ID:
		return flow.ProbeInvalid, fmt.Sprintf("%s is another feed than it is to be: its id is %s in the place of %s", a.URL, d.ID, e.Feed.ID)
	}
	if a.Response.Age > e.MaxAge+Grace {
		return flow.ProbeStale, fmt.Sprintf("a cache gave %s as it had it %s before, and may keep it for %s", a.URL, a.Response.Age, e.MaxAge)
	}
	if reason, what := upToDate(a, d, e); reason != "" {
		return reason, what
	}
	if before, after, changed := e.Known.changed(d); changed {
		return flow.ProbeIDsChanged, fmt.Sprintf("the entry %s of %s has another id than before: %s", before.Link, a.URL, after)
	}
	return "", ""
}

// upToDate tells whether a document has what was published long enough ago.
func upToDate(a Answer, d Document, e Expectation) (flow.ProbeReason, string) {
	var newest *feeds.Entry // that lacks
	var seq int64           // up to which the document must reach
	has := make(map[string]bool, len(d.Entries))
	for _, entry := range d.Entries {
		has[entry.ID] = true
	}
	for i := range e.Feed.Entries {
		entry := &e.Feed.Entries[i]
		if entry.Record.Seq > e.Must.Seq {
			continue
		}
		seq = max(seq, entry.Record.Seq)
		if !has[entry.ID()] && (newest == nil || entry.Record.Seq > newest.Record.Seq) {
			newest = entry
		}
	}
	if e.Feed.LastSeq <= e.Must.Seq {
		seq = max(seq, e.Feed.LastSeq) // it may be a withdrawal's
	}
	ago := e.Now.Sub(e.Must.At).Round(time.Minute)
	switch {
	case d.Seq < seq && newest != nil:
		return flow.ProbeStale, fmt.Sprintf("%s is old: it ends at record %d and lacks %s (record %d), which was published %s ago", a.URL, d.Seq, newest.ID(), newest.Record.Seq, ago)
	case d.Seq < seq:
		return flow.ProbeStale, fmt.Sprintf("%s is old: it ends at record %d, and record %d was published %s ago", a.URL, d.Seq, seq, ago)
	case newest != nil:
		return flow.ProbeMissing, fmt.Sprintf("%s lacks %s (record %d), which was published %s ago", a.URL, newest.ID(), newest.Record.Seq, ago)
	}
	return "", ""
}

// certificate is what an answer shows of the public address's certificate.
func certificate(a Answer) (c flow.Certificate) {
	if a.Response != nil {
		c.Until = a.Response.CertificateUntil
	}
	failed, ok := errors.AsType[*tls.CertificateVerificationError](a.Err)
	if !ok {
		return c
	}
	c.Wrong = shortened(failed.Err.Error())
	if len(failed.UnverifiedCertificates) > 0 {
		c.Until = failed.UnverifiedCertificates[0].NotAfter
	}
	return c
}

// elsewhere is the address on another host that an answer came from.
func elsewhere(a Answer) string {
	if a.Response == nil || len(a.Response.Hops) == 0 || host(a.Response.URL) == host(a.URL) {
		return ""
	}
	return fetch.Redact(a.Response.URL)
}

// shortened is a text on one line that fits into a sentence.
func shortened(text string) string {
	const most = 240
	text = strings.Join(strings.Fields(text), " ")
	if letters := []rune(text); len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return text
}
