package feeds

import "errors"

// Made is what became of documents that were asked for.
type Made struct {
	// State is the channel's, as of the reading that the documents were made of.
	State ChannelState
	// Documents are in the order in which their formats were asked for.
	Documents []MadeDocument
	// Left are texts of entries that were left out, since they don't pass the check, and
	// why.
	Left []string
	// Withdrawn is the newest record by which the documents hold less than they did; 0 if
	// there is none.
	Withdrawn int64
}

// MadeDocument is a document that was made.
type MadeDocument struct {
	Document
	// Fault is why the document that was composed does not pass the strict check; nil if
	// it does. Body is then the document without the texts that fail, and nil where that
	// does not pass either.
	Fault error
}

// ErrNotPublished says that there is no such document.
var ErrNotPublished = errors.New("not published")

// MadeSelection is what became of the document of a selection that was asked for.
type MadeSelection struct {
	// Body is the document; without the texts that fail where Fault is not nil, and nil where
	// that does not pass the strict check either.
	Body  []byte
	Fault error
	// Left are texts of entries that were left out, and why; see [Made].
	Left []string
}
