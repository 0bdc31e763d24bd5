package jobs

import (
	"maps"
	"testing"

	"github.com/kairan-news/kairan/internal/fetch"
)

// Whatever answers the collector by https while a slice works is kept when it ends.
func TestHostsThatAnswerByHTTPSAreKept(t *testing.T) {
	h := newHouse(t)
	h.secure = &SecureHosts{}
	h.add("city", cityFeed, "@hourly")
	h.serve(cityFeed, func() (*fetch.Response, error) {
		h.secure.Saw("city.example")
		return body(news(1))()
	})
	h.collect("city")
	got, err := h.Store.SecureHosts(t.Context())
	if want := map[string]bool{"city.example": true}; err != nil || !maps.Equal(got, want) {
		t.Errorf("kept are %v, %v; want %v", got, err, want)
	}
	h.collect("city")
	if again := h.secure.take(); len(again) != 0 {
		t.Errorf("%v are to be kept again", again)
	}
}
