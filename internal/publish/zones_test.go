package publish_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/publish"
)

// TestAPublisherThatLeavesKeepsItsZone holds that the zone of a publisher that is configured
// no longer goes from each site to the next.
func TestAPublisherThatLeavesKeepsItsZone(t *testing.T) {
	tokyo, err := time.LoadLocation("Asia/Tokyo")
	if err != nil {
		t.Fatal(err)
	}
	tomsk, err := time.LoadLocation("Asia/Tomsk")
	if err != nil {
		t.Fatal(err)
	}
	generations := []struct {
		publishers []feeds.Publisher
		want       string
	}{
		{[]feeds.Publisher{{Key: "a", Location: tokyo}, {Key: "b", Location: tomsk}}, "Asia/Tokyo Asia/Tomsk UTC"},
		{[]feeds.Publisher{{Key: "b", Location: tomsk}}, "Asia/Tokyo Asia/Tomsk UTC"},
		{nil, "Asia/Tokyo Asia/Tomsk UTC"},
		{[]feeds.Publisher{{Key: "a", Location: tomsk}}, "Asia/Tomsk Asia/Tomsk UTC"},
		{[]feeds.Publisher{{Key: "a"}}, "UTC Asia/Tomsk UTC"},
	}
	body := []byte(`{}`)
	for i, g := range generations {
		site := &feeds.Site{Publishers: g.publishers}
		if site.FormerZones, err = publish.FormerZones(body, site); err != nil {
			t.Fatal(err)
		}
		if got := site.Zone("a").String() + " " + site.Zone("b").String() + " " + site.Zone("c").String(); got != g.want {
			t.Errorf("generation %d has zones %s, want %s", i, got, g.want)
		}
		composer := publish.Composer{Site: site}
		if body, err = composer.Configuration(); err != nil {
			t.Fatal(err)
		}
		before, err := composer.Before(body)
		if err != nil {
			t.Fatal(err)
		}
		if got := before.Site.Zone("b"); got.String() != "Asia/Tomsk" {
			t.Errorf("generation %d is kept with zone %s of b", i, got)
		}
	}
}
