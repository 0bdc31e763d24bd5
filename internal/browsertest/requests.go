package browsertest

import (
	"slices"
	"strings"

	"github.com/chromedp/cdproto/network"
)

// Request is one of those that a page has made.
type Request struct {
	URL string
	// Kind is what was asked for: "Document", "Stylesheet", "Script", "Image" and others
	// (https://chromedevtools.github.io/devtools-protocol/tot/Network/#type-ResourceType).
	Kind string
	// Bytes came over the network, compressed as they were, with the header: 0 as long as
	// the answer has not ended, and for one that was held.
	Bytes int
}

// Requests returns what was asked of servers since the last call.
func (b *Browser) Requests() []Request {
	b.mu.Lock()
	defer b.mu.Unlock()
	all := b.requests
	b.requests = nil
	clear(b.underway)
	return all
}

// hear takes down what the page asks for, and how much it was sent.
func (b *Browser) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if strings.HasPrefix(e.Request.URL, "data:") {
			return
		}
		if i, ok := b.underway[e.RequestID]; ok && e.RedirectResponse != nil {
			b.requests[i].Bytes = int(e.RedirectResponse.EncodedDataLength)
		}
		b.requests = append(b.requests, Request{URL: e.Request.URL, Kind: string(e.Type)})
		b.underway[e.RequestID] = len(b.requests) - 1
	case *network.EventLoadingFinished:
		if i, ok := b.underway[e.RequestID]; ok {
			b.requests[i].Bytes = int(e.EncodedDataLength)
			delete(b.underway, e.RequestID)
		}
	}
}

// Weight is how many bytes came over the network for these requests, but for those of some
// kinds.
func Weight(requests []Request, but ...string) (bytes int) {
	for _, r := range requests {
		if !slices.Contains(but, r.Kind) {
			bytes += r.Bytes
		}
	}
	return bytes
}
