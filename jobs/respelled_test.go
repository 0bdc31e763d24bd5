package jobs

import (
	"fmt"
	"testing"

	"github.com/kairan-news/kairan/internal/store"
)

// TestALinkThatIsEncodedOtherwiseIsNoOther proves that a notice is known by its link however
// that is encoded (RFC 3986 §6.2.2), also when it says something else meanwhile.
func TestALinkThatIsEncodedOtherwiseIsNoOther(t *testing.T) {
	h := newHouse(t)
	const address = "https://city.example/feed"
	serve := func(link, title string) {
		h.serve(address, body(rss(fmt.Sprintf("<item><title>%s</title><link>%s</link><description>%[1]s.</description></item>", title, link))))
		h.collect("news")
	}
	h.add("news", address, "@hourly")
	serve("https://city.example/caf%C3%A9/beta", "The café opens")
	serve("https://city.example/caf%c3%a9/b%65ta", "The house by the river closes")
	serve("https://city.example/caf%C3%A9/beta", "All is as it was in town")
	records, err := h.Store.ChannelRecords(t.Context(), store.RecordFilter{}, 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	if len(records) != 3 {
		t.Fatalf("%d records: %+v", len(records), records)
	}
	for _, r := range records {
		if r.Article != records[0].Article {
			t.Errorf("record %d is of another article", r.Seq)
		}
	}
}
