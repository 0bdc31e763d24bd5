package feeds

import (
	"testing"
	"time"
)

func TestWhetherATimeOfDayWasTold(t *testing.T) {
	tokyo := time.FixedZone("JST", 9*60*60)
	at := func(hour, minute int) time.Time { return time.Date(2026, 4, 1, hour, minute, 0, 0, tokyo).UTC() }
	for _, test := range []struct {
		article Article
		want    bool
		remark  string
	}{
		{Article{Published: at(15, 30), PublishedFrom: DateDeclared}, true, "a time"},
		{Article{Published: at(12, 0), PublishedFrom: DateDeclared}, true, "noon is a time"},
		{Article{Published: at(15, 30), PublishedFrom: DatePage}, true, "one that the page tells"},
		{Article{Published: at(0, 0), PublishedFrom: DateDeclared}, false, "midnight where the publisher is"},
		{Article{Published: at(9, 0), PublishedFrom: DateDeclared}, true, "and not at Greenwich"},
		{Article{Published: at(1, 0), PublishedFrom: DateDeclared, PublishedDay: true}, false, "a day that begins at one o'clock"},
		{Article{Published: at(15, 30), PublishedFrom: DateFirstSeen}, false, "when we saw it"},
	} {
		if got := test.article.IsTimed(tokyo); got != test.want {
			t.Errorf("%s: %v, want %v", test.remark, got, test.want)
		}
	}
}
