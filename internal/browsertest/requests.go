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
func (h *heard) Requests() []Request {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := h.requests
	h.requests = nil
	clear(h.underway)
	return all
}

// hear takes down what the page asks for, and how much it was sent.
func (h *heard) hear(event any) {
	h.mu.Lock()
	defer h.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if strings.HasPrefix(e.Request.URL, "data:") {
			return
		}
		if i, ok := h.underway[e.RequestID]; ok && e.RedirectResponse != nil {
			h.requests[i].Bytes = int(e.RedirectResponse.EncodedDataLength)
		}
		h.requests = append(h.requests, Request{URL: e.Request.URL, Kind: string(e.Type)})
		h.underway[e.RequestID] = len(h.requests) - 1
	case *network.EventLoadingFinished:
		if i, ok := h.underway[e.RequestID]; ok {
			h.requests[i].Bytes = int(e.EncodedDataLength)
			delete(h.underway, e.RequestID)
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
