// Package backroom lets operators into the job engine's own pages, which ask nobody who they
// are, write nothing down of what is done there, and need scripts.
//
// The gate stands before them as before all pages. This package adds what is theirs alone: a
// policy of content under which their scripts run, and runs nowhere else, and an entry in the
// audit log for each request that changes something, whatever it may be called in another
// version.
package backroom

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
)

// Prefix is where the pages stand.
const Prefix = "/queue"

// security lets the pages run their own scripts and no others. Styles are set by scripts, and
// pictures are within the style sheet.
const security = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Deed is what somebody changed, or tried to.
type Deed struct {
	// Action is the method and what was asked for: "POST jobs/cancel".
	Action string
	// Detail is what was sent with it.
	Detail string
	// Failure is what was answered; "" if it was done.
	Failure string
}

// The bounds of what is read and recorded, in bytes.
const (
	mostBody     = 64 << 10
	mostRecorded = 400
)

// Handler returns the pages behind their policy, each change recorded. What can't be recorded
// was done all the same: record has to say so somewhere.
func Handler(pages http.Handler, record func(context.Context, Deed)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", security)
		if r.Method == http.MethodGet || r.Method == http.MethodHead || r.Method == http.MethodOptions {
			pages.ServeHTTP(w, r)
			return
		}
		sent, err := io.ReadAll(http.MaxBytesReader(w, r.Body, mostBody))
		if err != nil {
			http.Error(w, "What was sent is too long, or broke off.", http.StatusRequestEntityTooLarge)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(sent))
		answer := &answer{ResponseWriter: w, status: http.StatusOK}
		pages.ServeHTTP(answer, r)
		deed := Deed{
			Action: r.Method + " " + strings.TrimPrefix(r.URL.Path, Prefix+"/api/"),
			Detail: shortened(sent),
		}
		if answer.status >= http.StatusBadRequest {
			if deed.Failure = shortened(answer.said.Bytes()); deed.Failure == "" {
				deed.Failure = http.StatusText(answer.status)
			}
		}
		record(context.WithoutCancel(r.Context()), deed)
	})
}

// shortened is a body on one line, as the audit log takes it.
func shortened(body []byte) string {
	text := strings.Join(strings.Fields(string(bytes.ToValidUTF8(body[:min(len(body), mostRecorded)], nil))), " ")
	if len(body) > mostRecorded {
		text += "…"
	}
	return text
}

// answer remembers what was answered, as much as is recorded of it.
type answer struct {
	http.ResponseWriter
	status int
	said   bytes.Buffer
}

func (a *answer) WriteHeader(status int) {
	a.status = status
	a.ResponseWriter.WriteHeader(status)
}

func (a *answer) Write(b []byte) (int, error) {
	if room := mostRecorded - a.said.Len(); room > 0 {
		a.said.Write(b[:min(len(b), room)])
	}
	return a.ResponseWriter.Write(b)
}

// Unwrap is for http.ResponseController.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
