package web

import (
	"net/http"
	"time"

	"github.com/kairan-news/kairan/feeds"
)

// Answer is what the public site answered, for who writes it down; see [Config.Answered].
type Answer struct {
	// Class is that of the address: feed, channel, article, page, asset, redirect, unknown.
	Class  string
	Status int
	// Bytes is how long the body is that was written.
	Bytes int64
	Took  time.Duration
	// Document is the feed's; the zero value where there was none to be sent.
	Document feeds.DocumentKey
	// Revision is the channel's by which the document was made, and Seq its newest record.
	Revision, Seq int64
	// First says that nobody was sent this state of the document before, by this process.
	First bool
}

// recorder remembers what was answered.
type recorder struct {
	http.ResponseWriter
	Answer
}

func (r *recorder) WriteHeader(status int) {
	if r.Status == 0 {
		r.Status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	if r.Status == 0 {
		r.Status = http.StatusOK
	}
	n, err := r.ResponseWriter.Write(b)
	r.Bytes += int64(n)
	return n, err
}

// Unwrap is for http.ResponseController.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// classify takes note of what kind of address it is.
func classify(w http.ResponseWriter, class string) {
	if r, ok := w.(*recorder); ok {
		r.Class = class
	}
}

// sends takes note of the document that is the answer.
func sends(w http.ResponseWriter, key feeds.DocumentKey, c *content) {
	r, ok := w.(*recorder)
	if !ok {
		return
	}
	r.Document, r.Revision, r.Seq = key, c.revision, c.seq
	if !c.sent.Load() { // which is nearly always all
		r.First = !c.sent.Swap(true)
	}
}

// watched counts the answers of the public site, and tells them.
func (s *public) watched(next http.Handler) http.Handler {
	if s.Metrics == nil && s.Answered == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		rec := &recorder{ResponseWriter: w, Answer: Answer{Class: "unknown"}}
		next.ServeHTTP(rec, r)
		if rec.Status == http.StatusMovedPermanently {
			rec.Class = "redirect"
		}
		rec.Took = time.Since(start)
		if s.Metrics != nil {
			s.Metrics.observe(rec.Class, rec.Status, rec.Took)
		}
		if s.Answered != nil {
			s.Answered(r, rec.Answer)
		}
	})
}
